/* Rates that are held: each sample takes the value of one point. Both lists rise, so one pass suffices. */
#include "signal/isi.h"

#include "isi_reach.h"

#define STRIDE 8

/* Writes whole strides, beyond `to` if need be: what comes next writes over that. Intervals are short, and a
 * loop that ends where it must costs more than the stores. */
static size_t fill(double *out, size_t n, size_t from, size_t to, double value)
{
    size_t j = from;
    for (; j < to && j + STRIDE <= n; j += STRIDE)
        for (size_t k = 0; k < STRIDE; k++)
            out[j + k] = value;
    for (; j < to; j++)
        out[j] = value;
    return to;
}

/* The last point at or before the sample. */
static void hold_previous(const double *rt, const double *r, size_t k, const double *t, size_t n, double *out)
{
    double density = isi_density(t, n);
    size_t j = 0;
    for (size_t i = 0; i + 1 < k; i++)
        j = fill(out, n, j, isi_reach(t, n, j, rt[i + 1], density), r[i]);
    fill(out, n, j, n, r[k - 1]);
}

/* The first point at or after the sample. */
static void hold_next(const double *rt, const double *r, size_t k, const double *t, size_t n, double *out)
{
    double density = isi_density(t, n);
    size_t j = 0;
    for (size_t i = 0; i + 1 < k; i++)
        j = fill(out, n, j, isi_reach_beyond(t, n, j, rt[i], density), r[i]);
    fill(out, n, j, n, r[k - 1]);
}

/* The halves are added, as the peer does, because (a + b) / 2 rounds otherwise and moves ties. */
static void hold_nearest(const double *rt, const double *r, size_t k, const double *t, size_t n, double *out)
{
    double density = isi_density(t, n);
    size_t j = 0;
    for (size_t i = 0; i + 1 < k; i++)
        j = fill(out, n, j, isi_reach_beyond(t, n, j, rt[i + 1] / 2 + rt[i] / 2, density), r[i]);
    fill(out, n, j, n, r[k - 1]);
}

const struct isi_interp isi_zero = {
    .name = "zero",
    .summary = "1/interval held from one spike to the next",
    .interpolate = hold_previous,
};

const struct isi_interp isi_previous = {
    .name = "previous",
    .summary = "the last value, the same as zero",
    .interpolate = hold_previous,
};

const struct isi_interp isi_next = {
    .name = "next",
    .summary = "the value to come",
    .interpolate = hold_next,
};

const struct isi_interp isi_nearest = {
    .name = "nearest",
    .summary = "the value nearest in time, the earlier one half-way",
    .interpolate = hold_nearest,
};
