/* When one train spikes relative to another: the cross-correlogram of Perkel, Gerstein and Moore (1967), and with itself the
 * auto-correlogram. Pure; any thread. */
#ifndef SIGNAL_CORRELOGRAM_H
#define SIGNAL_CORRELOGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Adds to count[2 side + 1] the pairs of a spike of `a` and a spike of `b` by the lag t_b - t_a: bin side + k holds lags from
 * (k - 1/2) bin up to (k + 1/2) bin, so that the middle one is round 0. Times rise. `same`: both are one train, and no spike
 * is paired with itself. Lags on an edge, up to the rounding of times that are multiples of a step, go to the later bin. Takes
 * a time of the number of spikes plus that of pairs within reach. */
void correlogram_count(const double *a, size_t a_count, const double *b, size_t b_count, bool same, double bin,
                       size_t side, uint64_t *count);

#endif
