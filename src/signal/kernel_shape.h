/* One shape of taps, for a time constant of T samples: how many, where, and the quick way to spread spikes by
 * it. */
#ifndef SIGNAL_KERNEL_SHAPE_H
#define SIGNAL_KERNEL_SHAPE_H

#include <stddef.h>

struct kernel_taps {
    const struct kernel_shape *shape;
    double T;
    size_t count, delay;
    void *prepared; /* by the shape; freed with free() */
};

struct kernel_shape {
    /* Taps and delay before they are known to be of a sane size. */
    double (*count)(double T);
    double (*delay)(double T);
    double (*tap)(double T, size_t k);
    void *(*prepare)(const struct kernel_taps *taps);
    /* out[n] becomes the convolution with spikes `height` high at samples that rise (or repeat). */
    void (*spread)(const struct kernel_taps *taps, const size_t *sample, size_t spikes, double height, double *out,
                   size_t n);
    /* The same of any signal: x has KERNEL_BLOCK zeros before and after its n samples. NULL: not needed of
     * it. */
    void (*smooth)(const struct kernel_taps *taps, const double *x, double *out, size_t n);
};

extern const struct kernel_shape kernel_shape_expon, kernel_shape_gauss, kernel_shape_alpha;

#endif
