#ifndef BENCH_LITERAL_H
#define BENCH_LITERAL_H

#include <stddef.h>

#include "model/neuron.h"

/* One step of n neurons; returns how many spiked. */
typedef size_t literal_step(size_t n, const double *bias, const double *scaled, double x, double *voltage,
                            double *refractory, double *output, double dt, const struct neuron_params *p);
literal_step literal_fastlif, literal_lif;

#endif
