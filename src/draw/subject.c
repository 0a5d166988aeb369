#include "draw/subject.h"

#include <math.h>
#include <stdio.h>

#include "base/number.h"

bool subject_is_rate_model(const struct subject *s)
{
    return s->population && s->spikes.neurons == 0;
}

bool subject_is_record(const struct subject *s)
{
    return s->recording || s->arrival.source;
}

size_t subject_places(const struct subject *s)
{
    return s->places ? s->places : s->neurons;
}

uint32_t subject_neuron(const struct subject *s, size_t place)
{
    return s->order ? s->order[place] : (uint32_t)place;
}

long subject_place(const struct subject *s, long neuron)
{
    if (neuron < 0 || (size_t)neuron >= s->neurons)
        return -1;
    if (!s->order)
        return neuron;
    for (size_t i = 0; i < subject_places(s); i++)
        if (s->order[i] == (uint32_t)neuron)
            return (long)i;
    return -1;
}

const char *subject_label(const struct subject *s, uint32_t neuron, char *buffer, size_t size)
{
    if (neuron < s->spikes.neurons && s->spikes.type)
        return source_label(&s->spikes, neuron, buffer, size);
    snprintf(buffer, size, "%lu", (unsigned long)neuron);
    return buffer;
}

const char *subject_word(const char *label)
{
    char first = (char)(label[0] | 32);
    return first >= 'a' && first <= 'z' ? "" : "neuron ";
}

const char *subject_title(const struct subject *s, uint32_t neuron, char *buffer, size_t size)
{
    char own[LABEL_BYTES];
    const char *label = subject_label(s, neuron, own, sizeof own);
    snprintf(buffer, size, "%s%s", subject_word(label), label);
    return buffer;
}

void subject_rows(const struct subject *s, size_t *first, size_t *rows)
{
    size_t places = subject_places(s);
    *first = s->first_row < places ? s->first_row : 0;
    size_t rest = places - *first;
    *rows = s->rows && s->rows < rest ? s->rows : rest;
}

double subject_present(const struct subject *s)
{
    return isfinite(s->now) ? s->now : s->to;
}

double subject_rate_now(const struct subject *s, uint32_t neuron)
{
    enum { SPIKES = 6 };
    const double longest = 0.25, usual = 0.06;
    double times[SPIKES], now = subject_present(s);
    if (neuron >= s->spikes.neurons || !isfinite(now))
        return 0;
    double from = s->changed > 0 ? fmax(now - longest, nextafter(s->changed, INFINITY)) : now - longest;
    size_t all = source_train(&s->spikes, neuron, from, now, times, SPIKES);
    size_t k = all < SPIKES ? all : SPIKES;
    if (k < 2)
        return from > now - longest ? NAN : k / longest;
    size_t first = k - 2;
    while (first > 0 && times[first - 1] >= now - usual)
        first--;
    double interval = (times[k - 1] - times[first]) / (double)(k - 1 - first);
    double silence = now - times[k - 1];
    double longer = fmax(interval, silence);
    return longer > 0 ? 1 / longer : 0;
}

struct time_span subject_span(const struct subject *s, double from, double to)
{
    struct time_span span = {.from = from, .to = from, .steps = !subject_is_record(s)}, record;
    if (s->spikes.neurons == 0 || !source_extent(&s->spikes, &record))
        return span;
    if (s->population && to > s->changed)
        span_since(&record, s->changed);
    span = record;
    span.from = fmax(from, record.from);
    if (to < record.to) {
        span.to = to;
        span.closed = false;
    }
    span.to = fmax(span.from, span.to);
    return span;
}

const char *subject_since(const struct subject *s, double from, double to, char *buffer, size_t size)
{
    char time[NUMBER_HUMAN];
    bool within = s->population && s->changed > from && s->changed < to;
    snprintf(buffer, size, "%s%s", within ? "since " : "",
             within ? number_human(time, s->changed, DIMENSION_TIME) : "");
    return buffer;
}

const double *subject_input(const struct subject *s, double time)
{
    if (!s->history)
        return NULL;
    size_t steps = history_steps(s->history), i = history_find(s->history, time);
    if (steps == 0 || (i == 0 && history_time(s->history, 0) > time + 1e-3) ||
        time > history_time(s->history, steps - 1))
        return NULL;
    return history_input(s->history, i < steps ? i : steps - 1);
}

double subject_step(const struct subject *s)
{
    if (s->recording && s->recording->samples > 1)
        return (s->recording->last - s->recording->first) / (double)(s->recording->samples - 1);
    if (s->history && history_steps(s->history) > 1)
        return history_time(s->history, 1) - history_time(s->history, 0);
    return 0;
}
