/* Firing rates from inter-spike intervals, exactly as nengo_extras.neurons.rates_isi defines them.
 *
 * From the spike times e0 < e1 < ... of one neuron and the sample times t[0..n-1] (rising), points (rt, r) are made:
 *   midpoint off:  rt = [t0, e0 .. e(k-1), t(n-1)],  r = [0, 1/isi0, .., 1/isi(k-2), 0, 0]   (the last spike carries 0)
 *   midpoint on:   rt = [t0, mid0 .. mid(k-2), t(n-1)],  r = [0, 1/isi0, .., 1/isi(k-2), 0]
 * and interpolated at t. None or one spike: all zeros.
 *
 * Where nengo_extras raises an error, these are the answers:
 *   - A spike on the first or last sample puts two points at one rt (zero, slinear, quadratic, cubic raise). The one
 *     that comes later in the list counts: the rate that begins there, the value from the right. The kinds that do
 *     not raise (nearest, linear, previous, next) give what it gives there.
 *   - Too few points for a quadratic (3) or cubic (4): the highest order that they allow, at worst a straight line.
 * Equal spike times, and times so close that 1/interval overflows, count once, so no rate is ever infinite.
 * Quadratic and cubic overshoot, below 0 Hz too, as those of nengo_extras do. Rates in Hz. Pure; any thread. */
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

extern const struct isi_interp isi_zero, isi_nearest, isi_linear, isi_slinear, isi_previous, isi_next, isi_quadratic,
    isi_cubic;
extern const struct isi_interp *const isi_interps[]; /* in that order; zero is the default */
extern const size_t isi_interp_count;

/* spikes[k] rising, t[n] rising, out[n]. Spikes outside [t0, t(n-1)] are ignored. Allocates its points. */
void isi_rates(const double *spikes, size_t k, const double *t, size_t n, const struct isi_interp *interp,
               bool midpoint, double *out);

#endif
