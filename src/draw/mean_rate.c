#include "draw/mean_rate.h"

#include <math.h>

double mean_rate_bin(const struct subject *s, const struct timebase *t)
{
    double window = t->last - t->first, bin = (t->to - t->from) / t->width;
    size_t spikes = source_count(&s->spikes, t->first, t->last);
    if (spikes > 0)
        bin = fmax(bin, fmin(20 * window / (double)spikes, window / 20));
    if (s->recording && s->recording->samples > 1)
        bin = fmax(bin, 2 * (s->recording->last - s->recording->first) / (double)(s->recording->samples - 1));
    return bin;
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

/* The time for which [from, to) stands. Whole steps fall into it, one more or one less: each counts with its
 * length. 0 when it is not known. */
static double time_known(const struct subject *s, double from, double to)
{
    if (s->history) {
        size_t a = history_find(s->history, from), b = history_find(s->history, to);
        return a == 0 || b <= a ? 0 : history_time(s->history, b - 1) - history_time(s->history, a - 1);
    }
    if (s->recording && s->recording->samples > 1) {
        double step = (s->recording->last - s->recording->first) / (double)(s->recording->samples - 1);
        return step * (double)(samples_before(s->recording, to) - samples_before(s->recording, from));
    }
    return to - from;
}

double mean_rate(const struct subject *s, double from, double to)
{
    double known = s->spikes.neurons > 0 ? time_known(s, from, to) : 0;
    size_t spikes = source_count(&s->spikes, from, nextafter(to, -INFINITY));
    return known > 0 ? (double)spikes / known / (double)s->spikes.neurons : NAN;
}
