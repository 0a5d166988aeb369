/* The rows and the meaning of population keys, shared by `population` and `set`. UI thread only. */
#ifndef TYPED_POPULATION_ROWS_H
#define TYPED_POPULATION_ROWS_H

#include "language/arguments.h"

/* The parameters of all neuron models, or only those that every model has (`common`). `filled`: defaults are filled in.
 * The model checks their bounds. */
void neuron_rows_add(struct parameter_set *set, bool filled, bool common);
/* Writes those of `model` (NULL: those that every model has) into *params. False with a sentence when one was typed
 * that the model has not. */
bool neuron_rows_apply(const struct arguments *arguments, const struct neuron_model *model,
                       struct neuron_params *params, struct error *error);

/* Adds n, dims, radius, model, seed, the neuron parameters, max_rates, intercepts, encoders, function, reg, synapse,
 * tau_synapse, neurons. Defaults are shown but not filled in: what is not typed stays as `spec` has it. `present` (or
 * NULL) is what the rows say that there is now. */
void population_rows_add(struct parameter_set *set, const struct population_spec *present);
/* Whether any of them was typed. */
bool population_rows_given(const struct arguments *arguments);
/* Whether one was typed that makes other neurons; the rest only changes what is decoded from them. */
bool population_rows_rebuild(const struct arguments *arguments);
/* Writes what was typed into *spec (built before). False with a sentence. */
bool population_rows_apply(const struct arguments *arguments, struct population_spec *spec, struct error *error);
/* What is held while constants of neurons change from those of `was`: `gain`, what turned max rates and intercepts into
 * gain and bias so far goes on doing it; else those are made anew. */
void population_rows_hold(bool gain, const struct arguments *arguments, const struct population_spec *was,
                          struct population_spec *spec);
/* "tau_rc 20 -> 30 ms, n 50 -> 80" for what was typed; where a number was typed without a unit and is a hundred times
 * another, which unit it has. */
void population_rows_change(const struct arguments *arguments, const struct population_spec *before,
                            const struct population_spec *after, struct text *out);
/* "tau_rc stays 20 ms, sigma stays 0.02" for what was typed, with the present values of `spec`; verb is " stays". */
void population_rows_show(const struct arguments *arguments, const struct population_spec *spec, const char *verb,
                          char *out, size_t size);

#endif
