/* White noise on the membrane itself, the input of mean-field theory: every neuron gets
 *
 *     tau dV/dt = -V + mu + sigma sqrt(tau) xi(t) + amplitude sin(2 pi frequency t)
 *
 * with noise of its own (model/private_noise.h), through an exponential synapse when tau_s is not 0; the sine
 * goes through it, too. Voltages become currents with the reset at 0 and the threshold at 1. Gain, bias and
 * encoders play no part. The value is the mean that all neurons share. */
#include "model/stimulus.h"

#include <math.h>
#include <stdio.h>

#include "model/stimulus_white.h"

static bool prepare(struct stimulus *stimulus, struct error *error)
{
    char threshold[NUMBER_HUMAN], reset[NUMBER_HUMAN];
    if (stimulus->param[WHITE_V_TH] > stimulus->param[WHITE_V_0])
        return true;
    return error_set(error, "white: V_th=%s: the threshold must be above the reset, V_0=%s",
                     number_human(threshold, stimulus->param[WHITE_V_TH], DIMENSION_VOLT),
                     number_human(reset, stimulus->param[WHITE_V_0], DIMENSION_VOLT));
}

double stimulus_white_scale(const struct stimulus *stimulus)
{
    return 1 / (stimulus->param[WHITE_V_TH] - stimulus->param[WHITE_V_0]);
}

static double value(const struct stimulus *stimulus, double time)
{
    const double *p = stimulus->param;
    double w = 2 * M_PI * p[WHITE_FREQUENCY], through = w * p[WHITE_TAU_S], sine = 0;
    if (p[WHITE_AMPLITUDE] != 0) {
        double turns = p[WHITE_FREQUENCY] * time;
        sine =
            p[WHITE_AMPLITUDE] * sin(2 * M_PI * (turns - floor(turns)) - atan(through)) / sqrt(1 + through * through);
    }
    return (p[WHITE_MU] - p[WHITE_V_0] + sine) * stimulus_white_scale(stimulus);
}

static void describe(const struct stimulus *stimulus, char *out, size_t size)
{
    char mu[NUMBER_HUMAN], sigma[NUMBER_HUMAN], tau[NUMBER_HUMAN];
    const double *p = stimulus->param;
    int used = snprintf(out, size, "white \xce\xbc %s \xcf\x83 %s", number_human(mu, p[WHITE_MU], DIMENSION_VOLT),
                        number_human(sigma, p[WHITE_SIGMA], DIMENSION_VOLT));
    if (p[WHITE_TAU_S] > 0 && used > 0 && (size_t)used + 32 < size)
        snprintf(out + used, size - (size_t)used, " \xcf\x84_s %s", number_human(tau, p[WHITE_TAU_S], DIMENSION_TIME));
}

const struct stimulus_type stimulus_white = {
    .name = "white",
    .summary = "white noise of mean mu and deviation sigma, each neuron its own: what mean-field theory is about",
    .params =
        {
            [WHITE_MU] = {"mu", DIMENSION_VOLT, 10e-3, -1e3, 1e3, "mean of the input"},
            [WHITE_SIGMA] = {"sigma", DIMENSION_VOLT, 10e-3, 0, 1e3,
                             "its deviation: without a threshold V would have sigma/sqrt(2)"},
            [WHITE_TAU_S] = {"tau_s", DIMENSION_TIME, 0, 0, 1e3,
                             "decay of the synapse the noise comes through; 0: none"},
            [WHITE_V_TH] = {"V_th", DIMENSION_VOLT, 15e-3, -1e3, 1e3, "threshold"},
            [WHITE_V_0] = {"V_0", DIMENSION_VOLT, 0, -1e3, 1e3, "reset, below V_th"},
            [WHITE_FREQUENCY] = {"frequency", DIMENSION_RATE, 0, 0, 1e6, "of a sine added to the mean"},
            [WHITE_AMPLITUDE] = {"amplitude", DIMENSION_VOLT, 0, 0, 1e3, "of that sine"},
        },
    .seeded = true,
    .private_noise = true,
    .prepare = prepare,
    .value = value,
    .describe = describe,
};
