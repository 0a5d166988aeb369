/* Spiking populations under the input `white` beside what theory says of them. UI thread only. */
#ifndef TABLE_MEANFIELD_LIVE_H
#define TABLE_MEANFIELD_LIVE_H

#include "meanfield/neuron.h"
#include "meanfield/transfer.h"
#include "rig/channel.h"
#include "signal/spread.h"

/* The neuron and the working point of mean-field theory that a live channel is. False with a sentence when it
 * is none: another input, or a model that does not spike. */
bool meanfield_live_neuron(const struct channel *channel, struct meanfield_neuron *neuron, struct working_point *point,
                           struct error *error);
/* What keeps the simulation from being the neuron of the theory, "" when nothing does: a floor under the
 * voltage. */
void meanfield_live_differs(const struct channel *channel, char *out, size_t size);

struct session;
/* The rate of all neurons together in (from, to]. */
struct live_rate {
    double from, to; /* s */
    struct rate_spread spread;
};
/* from, to: NaN stands for "as soon as the start is forgotten" (and changes of neurons, input and dt are) and
 * "now". False with a sentence when there is nothing. */
bool meanfield_live_rate(const struct session *session, const struct channel *channel, double from, double to,
                         struct live_rate *out, struct error *error);

/* How the population answers a sine, measured on a copy that runs for itself with other noise. */
struct probe_request {
    double frequency; /* Hz, > 0 */
    double amplitude; /* V, > 0 */
    double time;      /* s measured, rounded to whole periods */
    double dt;        /* s */
};
struct probe_result {
    double rate;                    /* Hz */
    double amplitude, amplitude_se; /* Hz/V */
    double phase, phase_se;         /* rad */
    struct transfer theory, at_dt;  /* at_dt: with steps of dt */
};
/* False with a sentence when steps are too long for the frequency, or too many would be needed. */
bool meanfield_probe_check(const struct channel *channel, const struct probe_request *request, struct error *error);
/* The request has passed the check. Errors of measurement are NaN for one neuron, the phase without spikes.
 * False with a sentence; also when Ctrl-C stops it. */
bool meanfield_probe(struct session *session, const struct channel *channel, const struct probe_request *request,
                     struct probe_result *out, struct error *error);

#endif
