/* Firing rates by a kernel, exactly as nengo_extras.neurons.rates_kernel defines them.
 *
 * A train becomes samples x[i] at evenly spaced times t[i], a spike being 1/dt high, and is convolved with
 * taps: out[i] = sum over k of tap[k] x[i + delay - k],  x = 0 outside, as many samples out as in. With
 * T = tau / dt and round() half to even:
 *
 *   expon       tap[k] = exp(-k/T) / T,                    ceil(5 T) taps,    delay round(T)
 *   gauss       the normal density at k - 4 s, s = T/2,    ceil(8 s) taps,    delay round(4 s)
 *   alpha       tap[k] = k/T^2 exp(-k/T),                  ceil(5 T) taps,    delay round(T)
 *   expogauss   expon with tau, and its result (only what lies within the samples) by gauss with tau / 4
 *
 * What follows from this definition and is kept: rates sag towards the first and last sample. Taps do not add
 * up to one (kernel_gain says to what: expon reads high by 1/(2 T), alpha low by 4 %). expon and alpha begin
 * before the spike, and alpha lags: its middle is T after it. One tap more or less hangs on the rounding of
 * dt.
 *
 * A causal kernel has the same taps and no delay: it begins with the spike, so that a rate depends on nothing
 * that comes later. Of gauss the middle is then 2 tau after the spike.
 *
 * A spike belongs to the sample nearest to it, half-way between two to the later; several in one sample add
 * up; one more than half a step outside the samples does not count. With a causal kernel it belongs to the
 * first sample that is not before it. Spikes of a dense file lie on samples, as
 * those of nengo do. Rates in Hz. Made kernels are read-only: any thread. */
#ifndef SIGNAL_KERNEL_H
#define SIGNAL_KERNEL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct kernel_shape;

struct rate_kernel {
    const char *name; /* "expon" */
    const char *summary;
    const struct kernel_shape *shape;  /* what every spike is spread into */
    const struct kernel_shape *smooth; /* NULL, or what the sum is smoothed with, at a quarter of tau */
};

extern const struct rate_kernel kernel_expon, kernel_gauss, kernel_expogauss, kernel_alpha;
extern const struct rate_kernel *const rate_kernels[]; /* in that order */
extern const size_t rate_kernel_count;

/* The default of nengo_extras, for the command and the pane: gauss with 40 ms. */
#define KERNEL_DEFAULT "gauss"
#define KERNEL_DEFAULT_TAU "40ms"
/* s between rates made of events, where nobody says. */
#define KERNEL_EVENTS_DT 0.001
/* More taps than this are refused (tau of 200 s at 1 ms). */
#define KERNEL_TAPS_MAX 1000000

/* The step of the sample times t[n], for kernel_new: t[1] - t[0] as nengo_extras has it; where times were rounded
 * (30 kHz with six decimals) the mean step. False with a sentence when they are not evenly spaced. With fewer
 * than two samples *dt stays as it is. */
bool kernel_step(const double *t, size_t n, double *dt, struct error *error);

struct kernel;
/* A kernel for a time constant and a step, both in seconds; NULL with a sentence when tau is not positive,
 * less than a thousandth of dt, or asks for more than KERNEL_TAPS_MAX taps. */
struct kernel *kernel_new(const struct rate_kernel *kind, double tau, double dt, bool causal, struct error *error);
void kernel_free(struct kernel *kernel);

/* Number of taps and delay in samples; of expogauss, those of its expon. */
size_t kernel_taps(const struct kernel *kernel);
size_t kernel_delay(const struct kernel *kernel);
double kernel_tap(const struct kernel *kernel, size_t k);
/* What a steady rate of 1 Hz reads as, far from the ends: the sum of the taps. */
double kernel_gain(const struct kernel *kernel);
/* Whether that is 1 to the digits that people read, half a thousandth. */
bool kernel_sums_to_one(double gain);
/* How many samples away from it a spike may still be seen. */
size_t kernel_reach(const struct kernel *kernel);

/* spikes[k] rising, t[n] rising and evenly spaced by the kernel's dt, out[n]. Allocates scratch. The time it
 * takes grows with n + k for expon and alpha, with k * taps for gauss, with n * taps / 5 for expogauss. */
void kernel_rates(const struct kernel *kernel, const double *spikes, size_t k, const double *t, size_t n, double *out);

#endif
