/* How fast a simulated neuron fires, against how fast it should: a spiking model under constant currents, stepped from
 * rest, beside the closed form G[J]. What is left over is the error of the time step.
 *
 *   rate     = spikes / time
 *   isi_rate = (spikes - 1) / (time from the first to the last spike), 0 with fewer than two
 *
 * Both times the amplitude, also of FastLIF, whose spikes do not know it: they stand beside G[J] and are in its unit.
 * Advanced piece by piece, so that a command can be stopped and a picture be drawn before it is finished. One thread at
 * a time. */
#ifndef MODEL_ACCURACY_H
#define MODEL_ACCURACY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/neuron.h"

struct accuracy;

/* A spiking model, steps of dt > 0 s, currents J[count], which are copied. */
struct accuracy *accuracy_new(const struct neuron_model *model, const struct neuron_params *params, double dt,
                              const double *J, size_t count);
void accuracy_free(struct accuracy *accuracy); /* NULL is fine */
/* So many steps more. */
void accuracy_advance(struct accuracy *accuracy, uint64_t steps);

struct accuracy_row {
    double J;
    uint64_t spikes;
    double rate, isi_rate;           /* Hz */
    int64_t first_step, last_step;   /* of a spike, counted from 1; -1: none */
    double state[NEURON_FIELDS_MAX]; /* now: the fields that the model names */
};
const struct neuron_model *accuracy_model(const struct accuracy *accuracy);
size_t accuracy_count(const struct accuracy *accuracy);
uint64_t accuracy_steps(const struct accuracy *accuracy); /* done */
struct accuracy_row accuracy_row(const struct accuracy *accuracy, size_t i);

/* How far a measured rate is from G[J]: a share of G[J]; 0 where both are 0, INFINITY where only G[J] is. */
double accuracy_error(double measured, double exact);

#endif
