/* What all kernels over lanes begin with. Expects the lanes. */
#define INLINE TARGET static inline __attribute__((always_inline))

/* The currents of LANES neurons from the i-th of a block on, in the order of operations of struct neuron_drive. `dims`
 * is a constant at each call, so the common cases carry no loop. */
INLINE vec lanes_current(const struct neuron_drive *drive, size_t dims, const double *bias, const double *x, size_t i)
{
    vec j = lanes_load(bias + i);
    if (dims == 0)
        return j;
    vec dot = lanes_mul(lanes_load(drive->scaled + i), lanes_set(x[0]));
    for (size_t d = 1; d < dims; d++)
        dot = lanes_add(dot, lanes_mul(lanes_load(drive->scaled + d * drive->scaled_stride + i), lanes_set(x[d])));
    return lanes_add(j, dot);
}
