/* Neuron models: one const descriptor each, in a file of its own, listed once in neuron_models.
 *
 * A spiking model advances many neurons over many steps; a rate model has only its curve. Parameters, state and
 * constants derived from parameters are kept apart: parameters in struct neuron_params, which a model lists as rows;
 * state in columns that a model names and nobody else need know; derived constants inside one call of `advance`.
 *
 * Currents and voltages are dimensionless with threshold 1 and reset 0; times are seconds, rates hertz.
 * All functions are pure functions of the memory they are given; any thread. */
#ifndef MODEL_NEURON_H
#define MODEL_NEURON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/number.h"

/* Parameters that only one model has. */
#define NEURON_OWN_MAX 4

struct neuron_params {
    double tau_rc;              /* membrane time constant, s, > 0 */
    double tau_ref;             /* absolute refractory period, s, >= 0 */
    double sigma;               /* SoftLIF smoothing, in units of J, > 0 */
    double amplitude;           /* height of a spike, factor on rates, > 0 */
    double min_voltage;         /* floor of the membrane voltage, <= 0, -inf allowed */
    double own[NEURON_OWN_MAX]; /* what they are is up to the model; see NEURON_OWN */
};

/* tau_rc 20 ms, tau_ref 2 ms, sigma 0.02, amplitude 1, min_voltage 0: the fallbacks of neuron_lif_params */
extern const struct neuron_params neuron_defaults;

/* What a parameter is called, measures and may be; the parser, `set`, help and the checks read these rows. */
struct neuron_param {
    const char *name;
    enum dimension dimension;
    size_t offset; /* in struct neuron_params */
    double fallback;
    double low, high;
    bool low_open; /* low itself is refused */
    /* Where low is refused: how to have what it would mean, as the end of the sentence that refuses it ("for the hard
     * corner use model=lif"); NULL: there is no such way. */
    const char *instead;
    const char *help;
};
/* The offset of a model's own parameter number i. */
#define NEURON_OWN(i) (offsetof(struct neuron_params, own) + (i) * sizeof(double))

/* The rows of the LIF family, which a model may take for its own; end at NULL. */
#define NEURON_LIF_PARAMS &neuron_tau_rc, &neuron_tau_ref, &neuron_sigma, &neuron_amplitude, &neuron_min_voltage
extern const struct neuron_param neuron_tau_rc, neuron_tau_ref, neuron_sigma, neuron_amplitude, neuron_min_voltage;

struct neuron_model;

/* The i-th parameter of all models together, each name once; NULL beyond the last. */
const struct neuron_param *neuron_param(size_t i);
/* Whether the model has it; NULL as a model: whether every model has it. */
bool neuron_has_param(const struct neuron_model *model, const struct neuron_param *param);
/* Its value, to be read and written. */
double *neuron_param_value(struct neuron_params *params, const struct neuron_param *param);
/* Gives the model's own parameters their fallbacks; the others stay as they are. */
void neuron_own_defaults(const struct neuron_model *model, struct neuron_params *params);
/* False with a sentence naming the first value out of the model's range and the range that works. NULL as a model:
 * those values that every model has. */
bool neuron_params_check(const struct neuron_model *model, const struct neuron_params *params, struct error *error);

struct rate_curve;

/* Neurons of one block advance together and stay in registers or first-level cache through all steps of a call. */
#define NEURON_BLOCK 64

/* What drives one block. The current of neuron i in step s is
 *   bias[s * bias_stride + i] + sum over d of scaled[d * scaled_stride + i] * x[s * dims + d]
 * with the sum taken in order of d before the bias is added. All columns are 64-byte aligned; borrowed. */
struct neuron_drive {
    const double *bias;
    size_t bias_stride; /* 0: the same in every step; else a multiple of NEURON_BLOCK */
    size_t dims;        /* 0: the bias is all there is */
    const double *scaled;
    size_t scaled_stride;
    const double *x;
};

/* x in a step; where there is none, nothing is added to NULL. `dims` is the drive's, known when a kernel is
 * compiled. */
static inline const double *neuron_drive_x(const struct neuron_drive *drive, size_t dims, size_t step)
{
    return dims ? drive->x + step * dims : NULL;
}

/* The currents of one step, in the order of operations above. */
void neuron_currents(const struct neuron_drive *drive, size_t step, double J[NEURON_BLOCK]);

/* One number that a neuron keeps from step to step; 0 at rest. */
struct neuron_field {
    const char *name;  /* "refractory_time": in tables of states */
    const char *brief; /* "refractory": where a name is part of another */
};
#define NEURON_FIELDS_MAX 8

/* Advances one block of exactly NEURON_BLOCK neurons by `steps` steps of `dt`; field f of neuron i is
 * state[f * state_stride + i], the columns 64-byte aligned, read and written; bit i of spikes[s * spike_stride] is set
 * if neuron i spiked in step s. The result does not depend on how steps are split over calls. */
typedef void neuron_advance(const struct neuron_params *params, double dt, size_t steps,
                            const struct neuron_drive *drive, double *state, size_t state_stride, uint64_t *spikes,
                            size_t spike_stride);

struct neuron_model {
    const char *name;               /* "fastlif": the word in commands */
    const char *title;              /* "FastLIF": in headings */
    const char *summary;            /* a line for help and the manual */
    const char *column;             /* what its columns begin with in tables of several models; NULL: its name */
    const struct rate_curve *curve; /* what its tuning curves and decoders are made of */
    bool direct; /* no neurons are simulated: what is represented is taken as it is, and the curve is only shown */
    const struct neuron_param *const *params; /* its parameters; ends at NULL */

    /* Gain and bias with which a neuron fires at max_rate for x = 1 and begins to fire at x = intercept. max_rate > 0
     * and, with a refractory period, < 1/tau_ref; intercept < 1. What is not a positive gain and a finite bias is
     * refused. */
    void (*gain_bias)(const struct neuron_params *params, double max_rate, double intercept, double *gain,
                      double *bias);
    /* About the lowest max rate that gain_bias can represent, Hz. */
    double (*lowest_rate)(const struct neuron_params *params);
    /* The max rate and intercept that gain and bias amount to; NaN where the neuron has none. */
    void (*recover)(const struct neuron_params *params, double gain, double bias, double *max_rate, double *intercept);
    /* The rate under a constant current J once the neuron's slow state has settled; without that state it would be
     * rate(context, J), which does not fall with J. NULL: there is no such state. */
    double (*settled_rate)(const struct neuron_params *params, double (*rate)(const void *context, double J),
                           const void *context, double J);

    /* Spiking models; a rate model has none of these. */
    const struct neuron_field *state; /* ends at a NULL name */
    neuron_advance *advance;
    /* Height of one spike in the output of nengo's or nengo-extras' neuron: amplitude / dt, or 1 / dt where that
     * neuron's spikes have no amplitude. */
    double (*spike_height)(const struct neuron_params *params, double dt);
};

extern const struct neuron_model neuron_fastlif, neuron_lif, neuron_adaptivelif, neuron_softlif, neuron_lifrate,
    neuron_direct;
/* Every model, in the order shown to people; the first is the default. */
extern const struct neuron_model *const neuron_models[];
extern const size_t neuron_model_count;
#define NEURON_DEFAULT "fastlif" /* its name */

/* How many numbers a neuron keeps; 0 for a rate model. */
size_t neuron_fields(const struct neuron_model *model);
/* Whether it spikes at the rate of its curve, whatever was before: a LIF neuron without a slow state. */
bool neuron_is_plain(const struct neuron_model *model);
bool neuron_spikes(const struct neuron_model *model);
/* "fastlif, lif or softlif": the names of the models that are `which`, each after `before`, the last after `joint`,
 * into out. */
void neuron_words(bool (*which)(const struct neuron_model *model), const char *before, const char *joint, char *out,
                  size_t size);

#endif
