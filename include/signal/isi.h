/* Firing rates from inter-spike intervals, exactly as nengo_extras.neurons.rates_isi defines them.
 *
 * From the spike times e0 < e1 < ... of one neuron and the sample times t[0..n-1] (rising), points (rt, r) are made:
 *   midpoint off:  rt = [t0, e0 .. e(k-1), t(n-1)],  r = [0, 1/isi0, .., 1/isi(k-2), 0, 0]   (the last spike carries 0)
 *   midpoint on:   rt = [t0, mid0 .. mid(k-2), t(n-1)],  r = [0, 1/isi0, .., 1/isi(k-2), 0]
 * and interpolated at t. None or one spike: all zeros. Where the peer raises an error (a spike on the first or last
 * sample duplicates an rt) the duplicate that comes later in the list wins: the value from the right.
 * Equal spike times (duplicates) count once, so no rate is ever infinite. Rates in Hz. Pure; any thread. */
#ifndef SIGNAL_ISI_H
#define SIGNAL_ISI_H

#include <stdbool.h>
#include <stddef.h>

struct isi_interp {
    const char *name; /* "zero" */
    const char *summary;
    /* points rt[0..k-1] non-decreasing, k >= 2; t[0..n-1] rising within them */
    void (*interpolate)(const double *rt, const double *r, size_t k, const double *t, size_t n, double *out);
};

extern const struct isi_interp *const isi_interps[]; /* zero (the default), linear, ... */
extern const size_t isi_interp_count;

/* spikes[k] rising, t[n] rising, out[n]. Spikes outside [t0, t(n-1)] are ignored. Allocates its points. */
void isi_rates(const double *spikes, size_t k, const double *t, size_t n, const struct isi_interp *interp,
               bool midpoint, double *out);

#endif
