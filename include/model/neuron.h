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
    const char *help;
};
extern const struct neuron_param neuron_param_table[];
extern const size_t neuron_param_count;

/* False with a sentence naming the first value out of range and the range that works. */
bool neuron_params_check(const struct neuron_params *params, struct error *error);

struct rate_curve;

/* Neurons of one block advance together and stay in registers or first-level cache through all steps of a call. */
#define NEURON_BLOCK 64

struct neuron_model {
    const char *name;               /* "fastlif": the word in commands */
    const char *title;              /* "FastLIF": in headings */
    const char *summary;            /* a line for help and the manual */
    const struct rate_curve *curve; /* what its tuning curves and decoders are made of */
    /* NULL for a rate model. Advances one block of exactly NEURON_BLOCK neurons by `steps` steps of `dt`:
     *   J       [steps][NEURON_BLOCK]  current of each step
     *   voltage, refractory [NEURON_BLOCK], read and written
     *   spikes  [steps]                bit i of word s set if neuron i spiked in step s
     * Arrays are 64-byte aligned. */
    void (*advance)(const struct neuron_params *params, double dt, size_t steps, const double *J, double *voltage,
                    double *refractory, uint64_t *spikes);
    /* Height of one spike in the peer's output: FastLIF 1/dt whatever the amplitude, LIF amplitude/dt. */
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

#endif
