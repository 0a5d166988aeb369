/* The loops in which kernel rates spend their time, per instruction set. Every set gives the same bits. They
 * work on KERNEL_BLOCK samples at once, which stay in registers, and read up to that many beyond the ends of
 * what they are given: those places must exist and hold zeros. Pure; any thread. */
#ifndef SIGNAL_KERNEL_SUM_H
#define SIGNAL_KERNEL_SUM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/cpu.h"

#define KERNEL_BLOCK 32

/* A sum of cut-off curves f(k) = exp(-k/T), or k exp(-k/T) when `ramps`, k = 0 .. count - 1. Each table holds
 * KERNEL_BLOCK zeros and then KERNEL_BLOCK + 1 values, of the curves' beginning or of where they would have
 * gone on had they not been cut off. */
struct kernel_decay {
    size_t count, delay;
    bool ramps;
    double begin_fade[2 * KERNEL_BLOCK + 1], begin_ramp[2 * KERNEL_BLOCK + 1]; /* from k = 0 */
    double end_fade[2 * KERNEL_BLOCK + 1], end_ramp[2 * KERNEL_BLOCK + 1];     /* from k = count */
};

struct kernel_sum {
    /* out[i] = height * sum over s of tap[i + delay - sample[s]]; sample[spikes] rising or repeating,
     * tap[count] with a margin on both sides. */
    void (*spread)(const double *tap, size_t count, size_t delay, const size_t *sample, size_t spikes, double height,
                   double *out, size_t n);
    /* out[i] = sum over k of tap[k] x[i + delay - k]; x[n] with a margin on both sides. */
    void (*smooth)(const double *tap, size_t count, size_t delay, const double *x, double *out, size_t n);
    /* out[i] = height * sum over s of f(i + delay - sample[s]). The first `begun` spikes began before out[0];
     * there, fade and ramp are the sums over those of them that still last of exp(-k/T) and k exp(-k/T). */
    void (*decay)(const struct kernel_decay *decay, size_t begun, double fade, double ramp, const size_t *sample,
                  size_t spikes, double height, double *out, size_t n);
};

/* By instruction set. */
extern const struct kernel_sum *const kernel_sums[CPU_SETS];
/* The one in use. */
const struct kernel_sum *kernel_sum(void);

#endif
