/* A population of neurons: what was asked for (spec), what that makes of each neuron (population, immutable once
 * built) and what changes as time passes (population_state).
 *
 * Neuron i with encoder e_i receives J_i(x) = gain_i (e_i . x) / radius + bias_i. Gain and bias follow from its max
 * rate and intercept as its model says (neuron_model.gain_bias).
 *
 * Ownership: population_new copies what it needs from the spec. A built population never changes, so the thread that
 * simulates it and the thread that draws it may both read it; a change means building another one. */
#ifndef MODEL_POPULATION_H
#define MODEL_POPULATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "model/neuron.h"
#include "model/synapse.h"

/* How a per-neuron property gets its values. */
struct distribution {
    enum { DISTRIBUTION_UNIFORM, DISTRIBUTION_VALUES, DISTRIBUTION_AXES } kind; /* AXES: of encoders only */
    double low, high; /* UNIFORM: low == high stands for "all neurons" */
    double *values; /* VALUES: owned, `count` of them; count must be n, of encoders in several dimensions n dims (neuron
                         by neuron) or dims (one for all neurons) */
    size_t count;
    size_t width; /* VALUES of a table: its columns, a neuron in each row; 0: a list */
};

/* Gain, bias and encoders given directly (neurons=@file); owned. Encoders are kept to the last bit if their length is 1
 * within rounding, else brought to it and the
 * gain multiplied by it, so that J is the same. */
struct neuron_table {
    size_t n, dims;
    double *gain, *bias; /* [n] */
    double *encoders;    /* [n][dims] */
};

/* Length of the encoder of neuron i; exactly 1 within rounding. The population has it in its gain. */
double neuron_table_length(const struct neuron_table *given, size_t i);

#define POPULATION_MAX_NEURONS 16000000
#define POPULATION_MAX_DIMS 64
/* Neurons times dimensions: encoders of 2 GB. */
#define POPULATION_MAX_ENCODERS 128000000

struct population_spec {
    bool node; /* no population: a point that holds a value of `dims` numbers. See population_spec_node */
    size_t n, dims;
    double radius; /* > 0 */
    uint64_t seed;
    const struct neuron_model *model;
    struct neuron_params params;
    struct distribution max_rates;  /* Hz */
    struct distribution intercepts; /* in units of x / radius */
    /* Directions: given ones are brought to length 1, as nengo does; without a length or with NaN they are refused.
     * UNIFORM low < high (the default, -1:1) draws them evenly from the unit sphere, in 1-D +1 or -1; low == high, in
     * 1-D only, gives all neurons that sign. AXES puts neuron i on axis i % dims, there and back in turn. */
    struct distribution encoders;
    /* In place of what follows from max rate and intercept, where their kind is VALUES or low == high (`given_gain`,
     * `given_bias`); max rate and intercept are then those they amount to. */
    bool given_gain, given_bias;
    struct distribution gain, bias;
    /* Max rates and intercepts are turned into gain and bias as this model with these parameters does; those that they
     * then amount to in the neurons' own are other ones. NULL: the own, so that max rates and intercepts are as asked. */
    const struct neuron_model *held_model;
    struct neuron_params held;
    bool bias_off; /* the bias is no part of the current while it runs: something else brings it. Curves keep it */
    /* Share of the neurons that never fire, 0..1, drawn by seed; curves and decoders know nothing of it. */
    double lesion;
    /* Where functions are asked for, unless a decoder is told other points (nef/decoder.h): [eval_count][dims]; owned.
     * NULL: eval_count are drawn, 0: as many as usual. No neuron depends on them. */
    double *eval_points;
    size_t eval_count;
    struct neuron_table *given; /* or NULL; then it decides n, dims, gain, bias and encoders */
    /* What is decoded from it; no neuron depends on these. */
    char *function;                     /* of x, as typed (nef/function.h); owned; NULL: x itself */
    double reg;                         /* of the decoders: share of the highest rate taken for noise */
    const struct synapse_type *synapse; /* that filters its spikes */
    double tau_synapse;                 /* s */
};

/* n 50, dims 1, radius 1, seed 1, fastlif, max_rates 200:400 Hz, intercepts -1:0.9, random +-1 encoders; x is decoded,
 * reg 0.1, low-pass of 10 ms. */
void population_spec_init(struct population_spec *spec);
/* A node: a direct population of one neuron that nobody looks at. The spec is that of population_spec_init before. */
void population_spec_node(struct population_spec *spec, size_t dims);
void population_spec_copy(struct population_spec *to, const struct population_spec *from); /* deep */
void population_spec_free(struct population_spec *spec);                                   /* what it owns */

struct population {
    bool node; /* a point that holds a value; its one neuron means nothing */
    size_t n, dims;
    size_t padded; /* n rounded up to NEURON_BLOCK; columns below have this length, padding is silent */
    double radius;
    const struct neuron_model *model;
    struct neuron_params params;
    double *gain, *bias;
    double *bias_acting;          /* what the simulation adds: bias, or 0 where it is off or the neuron is lesioned */
    uint64_t *alive;              /* [padded / 64] a bit for each neuron that is not lesioned; NULL: all are alive */
    double *encoders;             /* [dims][padded]: one column a dimension */
    double *scaled;               /* [dims][padded]: encoder * (gain / radius), what the simulation multiplies x with */
    double *max_rate, *intercept; /* asked for, or recovered from gain and bias (NaN where there is none) */
    uint32_t *order;              /* [n] neurons sorted for display: encoder sign, then intercept */
    size_t shared;                /* how many more than one hold it */
};

/* NULL with a sentence that names the wrong value and the range that works. */
struct population *population_new(const struct population_spec *spec, struct error *error);
/* One more holds it, and is to free it too. Both are asked for by one thread, whoever reads. */
struct population *population_share(struct population *population);
void population_free(struct population *population);

/* Whether the neurons of both are the same ones: with the same input they spike, or have rates, alike. What rounds the
 * curves of a model that spikes (sigma), and what is decoded, does not matter. */
bool population_same(const struct population *a, const struct population *b);

/* J of neuron i at x[dims], as the simulation computes it. */
double population_current(const struct population *population, size_t i, const double *x);
/* J of neuron i as a tuning curve computes it, gain * (x . e / radius) + bias (rounds differently in the last bit). */
double population_tuning_current(const struct population *population, size_t i, const double *x);
/* The same of all neurons into J[n], to the same bits. */
void population_tuning_currents(const struct population *population, const double *x, double *J);
/* Settled rate of neuron i at x[dims] by `curve` (NULL: the model's own), Hz: neuron_rate of model/rate.h. */
double population_rate(const struct population *population, const struct rate_curve *curve, size_t i, const double *x);
/* The most of neuron i's own curve, at the end of its preferred direction: max_rate in the curve's unit, 0 where it is
 * silent even there. */
double population_highest_rate(const struct population *population, size_t i);

/* What each neuron of a spiking population keeps from step to step: the fields that its model names. Starts at rest,
 * all 0. One thread at a time. */
struct population_state {
    const struct neuron_model *model;
    size_t n, padded;
    double *value; /* [fields][padded], each column 64-byte aligned */
};
struct population_state *population_state_new(const struct population *population);
/* The column [padded] of a field, by its place in model->state. */
double *population_state_column(const struct population_state *state, size_t field);
/* Carries the first neurons' state over from `old` (of a population this one replaces), field by field of the same
 * name; the rest, and neurons that an infinite current has killed (NaN), start at rest. */
void population_state_adopt(struct population_state *state, const struct population_state *old);
void population_state_reset(struct population_state *state);
void population_state_free(struct population_state *state);

/* Most steps of one call of population_advance. */
#define POPULATION_STEPS 16

/* Advances a spiking population by `steps` (1..POPULATION_STEPS) steps of dt.
 *   x      [steps][dims]          the represented input of each step
 *   spikes [steps][padded / 64]   bit i % 64 of word i / 64 in row s: neuron i spiked in step s
 * Allocates nothing. The result does not depend on how steps are split over calls or on the instruction set. */
void population_advance(const struct population *population, struct population_state *state, double dt, size_t steps,
                        const double *x, uint64_t *spikes);
/* Only the part-th of `parts` equal shares of the blocks. Shares touch different memory, so threads may advance them
 * side by side. */
void population_advance_part(const struct population *population, struct population_state *state, double dt,
                             size_t steps, const double *x, uint64_t *spikes, size_t part, size_t parts);

/* The same under another drive: what is added to bias, other encoders. Columns of `drive` are the population's,
 * `padded` long; bias_stride is 0 or padded. */
void population_advance_drive(const struct population *population, struct population_state *state, double dt,
                              size_t steps, const struct neuron_drive *drive, uint64_t *spikes, size_t part,
                              size_t parts);

/* A sentence about one population for people: "50 FastLIF neurons, 200-400 Hz, intercepts -1:0.9". */
void population_describe(const struct population_spec *spec, char *out, size_t size);

#endif
