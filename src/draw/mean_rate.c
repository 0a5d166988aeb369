#include "draw/mean_rate.h"

#include <math.h>

#include "draw/subject.h"

/* Counts of parts, in all columns together. */
#define PARTS_ALL 4096
#define PARTS_MOST 32

/* The shortest time over which a mean says more than how finely it was taken. */
static double least_bin(const struct subject *s, const struct timebase *t)
{
    double window = t->last - t->first, bin = 0;
    size_t spikes = source_count(&s->spikes, t->first, t->last);
    if (spikes > 0)
        bin = fmin(20 * window / (double)spikes, window / 20);
    return fmax(bin, (s->recording ? 2 : 1) * subject_step(s));
}

double mean_rate_bin(const struct subject *s, const struct timebase *t)
{
    return fmax(least_bin(s, t), (t->to - t->from) / t->width);
}

int mean_rate_parts(const struct subject *s, const struct timebase *t)
{
    double least = least_bin(s, t), dot = (t->to - t->from) / t->width;
    double most = fmin(fmax(floor((double)PARTS_ALL / t->width), 1), PARTS_MOST);
    return least > 0 ? (int)fmin(fmax(floor(dot / least), 1), most) : 1;
}

static size_t samples_before(const struct recording *recording, double time)
{
    size_t low = 0, high = recording->samples;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (recording->sample_time[middle] < time)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Of what has steps a window holds whole ones, one more or one less: each counts with its length. */
static double known_of(const struct subject *s, const struct time_span *span)
{
    double low = span_low(span), high = nextafter(span_high(span), INFINITY);
    if (s->history) {
        size_t a = history_find(s->history, low), b = history_find(s->history, high);
        struct time_span record;
        if (b <= a || !source_extent(&s->spikes, &record))
            return 0;
        return history_time(s->history, b - 1) - (a > 0 ? history_time(s->history, a - 1) : record.from);
    }
    if (s->recording && s->recording->samples > 1)
        return subject_step(s) * (double)(samples_before(s->recording, high) - samples_before(s->recording, low));
    return span_length(span);
}

double mean_rate_known(const struct subject *s, double from, double to)
{
    struct time_span span = subject_span(s, from, to);
    return span.to > span.from ? known_of(s, &span) : 0;
}

double mean_rate(const struct subject *s, double from, double to)
{
    struct time_span span = subject_span(s, from, to);
    double known = span.to > span.from ? known_of(s, &span) : 0;
    if (!(known > 0))
        return NAN;
    return (double)source_counted(&s->spikes, &span) / known / (double)s->spikes.neurons;
}
