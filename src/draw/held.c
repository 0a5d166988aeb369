#include "draw/held.h"

#include <math.h>
#include <stdio.h>

bool held_directly(const struct subject *s)
{
    return s->population && (s->population->node || s->population->model->direct);
}

static void thin(struct held *held, double from, double to)
{
    const struct history *history = held->subject->history;
    size_t first = history_find(history, from), end = history_find(history, nextafter(to, INFINITY));
    while ((end - first) / held->stride > HELD_POINTS)
        held->stride *= 2;
    held->first = first / held->stride + (first % held->stride != 0);
    held->count = end > 0 ? (end - 1) / held->stride + 1 : 0;
}

bool held_of(const struct subject *s, double from, double to, struct held *held)
{
    *held = (struct held){.subject = s, .stride = 1};
    if (!s->population || !s->history || history_steps(s->history) == 0)
        return false;
    if (held_directly(s)) {
        held->values = s->population->dims;
        thin(held, from, to);
        return true;
    }
    held->trace = s->decoding ? s->decoding->trace : NULL;
    if (!held->trace)
        return false;
    held->values = held->trace->outputs;
    held->first = readout_find(held->trace, from);
    held->count = readout_find(held->trace, nextafter(to, INFINITY));
    return true;
}

const char *held_why_not(const struct subject *s, char *out, size_t size)
{
    if (!s->population)
        return "only populations and nodes have a value";
    if (s->decoding && s->decoding->trouble)
        return s->decoding->trouble;
    if (s->history && history_steps(s->history) > 0)
        return "solving the decoders…";
    snprintf(out, size, "%s has not run yet: run, or Space on an empty line, starts it", s->name);
    return out;
}

struct legend_entry held_entry(const struct held *held, const char *sign)
{
    if (held->trace)
        return (struct legend_entry){sign, "decoded spikes", "spikes", INK_SELECTED};
    return (struct legend_entry){sign, "value", "value", INK_SELECTED};
}

struct legend_entry held_ideal_entry(const char *sign)
{
    return (struct legend_entry){sign, "ideal", "ideal", INK_PREDICT};
}

double held_time(const struct held *held, size_t i)
{
    return held->trace ? readout_time(held->trace, i) : history_time(held->subject->history, i * held->stride);
}

double held_time_at(const void *held, size_t i)
{
    return held_time(held, i);
}

double held_value_at(const void *of, size_t i, size_t index)
{
    const struct held *held = of;
    return held->trace ? readout_decoded(held->trace, i)[index]
                       : history_input(held->subject->history, i * held->stride)[index];
}

double held_ideal_at(const void *of, size_t i, size_t index)
{
    const struct held *held = of;
    return held->trace ? readout_target(held->trace, i)[index]
                       : history_ideal(held->subject->history, i * held->stride)[index];
}

const char held_chaotic[] = "chaotic: no error against the ideal";

double held_rms(const struct held *held, size_t index)
{
    double sum = 0;
    size_t count = 0;
    for (size_t i = held->first; i < held->count; i++) {
        double difference = held_value_at(held, i, index) - held_ideal_at(held, i, index);
        if (!isfinite(difference))
            continue;
        sum += difference * difference;
        count++;
    }
    return count ? sqrt(sum / (double)count) : NAN;
}

#define LOOK_BACK 3 /* times what is shown */

static void widen(double value, double *least, double *largest)
{
    if (!isfinite(value))
        return;
    *least = fmin(*least, value);
    *largest = fmax(*largest, value);
}

void held_range(const struct held *held, double *least, double *largest)
{
    double radius = held_directly(held->subject) ? 0 : held->subject->population->radius;
    size_t shown = held->count > held->first ? held->count - held->first : 0,
           begin = held->first > LOOK_BACK * shown ? held->first - LOOK_BACK * shown : 0;
    *least = *largest = 0;
    for (size_t i = begin; i < held->count; i++)
        for (size_t k = 0; k < held->values; k++) {
            widen(held_value_at(held, i, k), least, largest);
            widen(held_ideal_at(held, i, k), least, largest);
        }
    if (*largest >= -*least)
        *largest = fmax(*largest, radius);
    else
        *least = fmin(*least, -radius);
}
