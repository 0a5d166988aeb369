#include "signal/psth.h"

#include <math.h>
#include <string.h>

#define SLACK 1e-6 /* of a bin: what rounding of times makes of a lag on an edge */

/* The first time that is not before `from`. */
static size_t find(const double *time, size_t count, double from)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t at = low + (high - low) / 2;
        if (time[at] < from)
            low = at + 1;
        else
            high = at;
    }
    return low;
}

void psth_add(struct psth *p, const double *time, size_t count, double event, uint64_t *scratch)
{
    memset(scratch, 0, p->bins * sizeof *scratch);
    for (size_t i = find(time, count, event - p->before - SLACK * p->bin); i < count; i++) {
        double place = floor((time[i] - event + p->before) / p->bin + SLACK);
        if (place >= (double)p->bins)
            break;
        if (place >= 0)
            scratch[(size_t)place]++;
    }
    for (size_t k = 0; k < p->bins; k++) {
        p->spikes[k] += scratch[k];
        p->squares[k] += (double)scratch[k] * (double)scratch[k];
    }
    p->trials++;
}

double psth_rate(const struct psth *p, size_t k)
{
    return p->trials ? (double)p->spikes[k] / (double)p->trials / p->bin : NAN;
}

double psth_error(const struct psth *p, size_t k)
{
    double n = (double)p->trials, mean = (double)p->spikes[k] / n;
    if (p->trials < 2)
        return NAN;
    double variance = fmax(p->squares[k] - n * mean * mean, 0) / (n - 1);
    return sqrt(variance / n) / p->bin;
}
