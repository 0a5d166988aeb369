/* Neuron models: one const descriptor each, listed once in neuron_models.
 *
 * A spiking model advances many neurons over many steps; a rate model has only its curve. Parameters, state and
 * constants derived from parameters are kept apart: parameters here, state in the two arrays given to `advance`,
 * derived constants inside one call of `advance`.
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

struct neuron_params {
    double tau_rc;      /* membrane time constant, s, > 0 */
    double tau_ref;     /* absolute refractory period, s, >= 0 */
    double sigma;       /* SoftLIF smoothing, in units of J, > 0 */
    double amplitude;   /* height of a spike, factor on rates, > 0 */
    double min_voltage; /* floor of the membrane voltage, <= 0, -inf allowed */
};

/* tau_rc 20 ms, tau_ref 2 ms, sigma 0.02, amplitude 1, min_voltage 0 */
extern const struct neuron_params neuron_defaults;

/* What a parameter is called, measures and may be; the parser, `set`, help and the checks read this table. */
struct neuron_param {
    const char *name;
    enum dimension dimension;
    size_t offset; /* in struct neuron_params */
    double low, high;
    bool low_open; /* low itself is refused */
    const char *instead; /* what gives what `low` would mean; NULL: nothing does */
    const char *help;
};
extern const struct neuron_param neuron_param_table[];
extern const size_t neuron_param_count;

/* False with a sentence naming the first value out of range and the range that works. */
bool neuron_params_check(const struct neuron_params *params, struct error *error);

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

/* The currents of one step, in the order of operations above. */
void neuron_currents(const struct neuron_drive *drive, size_t step, double J[NEURON_BLOCK]);

struct neuron_model {
    const char *name;               /* "fastlif": the word in commands */
    const char *title;              /* "FastLIF": in headings */
    const char *summary;            /* a line for help and the manual */
    const struct rate_curve *curve; /* what its tuning curves and decoders are made of */
    /* NULL for a rate model. Advances one block of exactly NEURON_BLOCK neurons by `steps` steps of `dt`; voltage and
     * refractory [NEURON_BLOCK], 64-byte aligned, are read and written; bit i of spikes[s * spike_stride] is set if
     * neuron i spiked in step s. */
    void (*advance)(const struct neuron_params *params, double dt, size_t steps, const struct neuron_drive *drive,
                    double *voltage, double *refractory, uint64_t *spikes, size_t spike_stride);
    /* Height of one spike in the peer's output: FastLIF 1/dt whatever the amplitude, LIF amplitude/dt. NULL likewise. */
    double (*spike_height)(const struct neuron_params *params, double dt);
};

extern const struct neuron_model neuron_fastlif, neuron_lif, neuron_softlif, neuron_lifrate;
/* Every model, in the order shown to people; the first is the default. */
extern const struct neuron_model *const neuron_models[];
extern const size_t neuron_model_count;

/* The instruction set the kernels run on: "avx512", "avx2", "generic"; chosen at the first use, best first.
 * LIFSCOPE_KERNEL=generic|avx2|avx512 in the environment forces one (if the machine has it). */
const char *neuron_kernel_name(void);
/* Forces one by name for tests and benchmarks; false when the machine does not have it. Not while a step runs. */
bool neuron_kernel_use(const char *name);
/* Every name this build knows, whether or not the machine has it; ends at NULL. */
extern const char *const neuron_kernel_names[];

#endif
