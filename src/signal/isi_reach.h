/* Stepping from point to point along rising sample times. Samples are evenly spaced as a rule, so the place
 * of the next point is computed; a look at its neighbours proves it right, and a walk finds it where it is
 * not. */
#ifndef SIGNAL_ISI_REACH_H
#define SIGNAL_ISI_REACH_H

#include <math.h>
#include <stddef.h>

/* Samples a second, 0 when that makes no sense. */
static inline double isi_density(const double *t, size_t n)
{
    double density = (double)(n - 1) / (t[n - 1] - t[0]);
    return isfinite(density) ? density : 0;
}

/* First j >= from with t[j] >= edge; n when none. */
static inline size_t isi_reach(const double *t, size_t n, size_t from, double edge, double density)
{
    if (from == n || t[from] >= edge)
        return from;
    /* Counted from the first sample, not from the last place found, so that one search need not wait for the
     * other. An edge on a sample must not be computed to lie behind it. */
    double place = (edge - t[0]) * density - 1e-6;
    if (place > 0 && place < (double)n - 2) {
        size_t guess = (size_t)place + 1;
        if (guess > from && t[guess - 1] < edge && t[guess] >= edge)
            return guess;
        for (size_t j = guess > from + 1 ? guess - 1 : from + 1; j < guess + 2; j++)
            if (t[j - 1] < edge && t[j] >= edge)
                return j;
    }
    while (from < n && t[from] < edge)
        from++;
    return from;
}

/* The same with t[j] > edge. */
static inline size_t isi_reach_beyond(const double *t, size_t n, size_t from, double edge, double density)
{
    return isi_reach(t, n, from, nextafter(edge, INFINITY), density);
}

#endif
