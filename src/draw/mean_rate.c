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

/* Whole steps fall into it, one more or one less: each counts with its
 * length. */
double mean_rate_known(const struct subject *s, double from, double to)
{
    if (s->history) {
        size_t a = history_find(s->history, from), b = history_find(s->history, to);
        return a == 0 || b <= a ? 0 : history_time(s->history, b - 1) - history_time(s->history, a - 1);
    }
    if (s->recording && s->recording->samples > 1) {
        double step = (s->recording->last - s->recording->first) / (double)(s->recording->samples - 1);
        return step * (double)(samples_before(s->recording, to) - samples_before(s->recording, from));
    }
    /* Before its first and after its last spike nothing is known of a list of spikes. */
    double first, last;
    if (subject_is_record(s) && source_span(&s->spikes, &first, &last)) {
        from = fmax(from, first);
        to = fmin(to, last);
    }
    return fmax(to - from, 0);
}

double mean_rate(const struct subject *s, double from, double to)
{
    double known = s->spikes.neurons > 0 ? mean_rate_known(s, from, to) : 0;
    size_t spikes = source_count(&s->spikes, from, nextafter(to, -INFINITY));
    return known > 0 ? (double)spikes / known / (double)s->spikes.neurons : NAN;
}
