/* A population under the input white is a neuron of the theory; its rate is counted from where the start is
 * forgotten. */
#include "table/meanfield_live.h"

#include <math.h>
#include <stdio.h>

#include "base/number.h"
#include "model/stimulus_white.h"
#include "session/session.h"

/* The start is forgotten after so many time constants. */
#define FORGOTTEN 20

bool meanfield_live_neuron(const struct channel *channel, struct meanfield_neuron *neuron, struct working_point *point,
                           struct error *error)
{
    const struct stimulus *input = channel->input;
    char plain[128];
    neuron_words(neuron_is_plain, "model=", " or ", plain, sizeof plain);
    if (!channel->population->model->advance)
        return error_set(error, "%s is a rate model and has no spikes: set %s %s", channel->name, channel->name, plain);
    if (!neuron_is_plain(channel->population->model))
        return error_set(error, "%s is %s, which the theory does not know: set %s %s", channel->name,
                         channel->population->model->title, channel->name, plain);
    if (input->type != &stimulus_white)
        return error_set(error, "%s needs white noise: input %s white mu=10mV sigma=10mV", channel->name,
                         channel->name);
    *neuron = (struct meanfield_neuron){.tau_m = channel->population->params.tau_rc,
                                        .tau_s = input->param[WHITE_TAU_S],
                                        .tau_r = channel->population->params.tau_ref,
                                        .V_th = input->param[WHITE_V_TH],
                                        .V_0 = input->param[WHITE_V_0]};
    *point = (struct working_point){input->param[WHITE_MU], input->param[WHITE_SIGMA]};
    return meanfield_neuron_check(neuron, error);
}

void meanfield_live_differs(const struct channel *channel, char *out, size_t size)
{
    double floor = channel->population->params.min_voltage;
    char plain[128];
    neuron_words(neuron_is_plain, "model=", " or ", plain, sizeof plain);
    out[0] = '\0';
    if (!channel->population->model->advance)
        snprintf(out, size, "a rate model gets no noise: set %s %s", channel->name, plain);
    else if (isfinite(floor))
        snprintf(out, size, "min_voltage=%.4g keeps V up, which the theory does not know: set %s min_voltage=-inf",
                 floor, channel->name);
}

/* Since when steps are as long as they are. */
static double stepped_since(const struct session *session)
{
    const struct step_length *length = session->rig.length;
    size_t k = session->rig.lengths - 1;
    while (k > 0 && length[k - 1].dt == length[k].dt)
        k--;
    return length[k].from;
}

static bool choose_span(const struct session *session, const struct channel *channel, double *from, double *to,
                        struct error *error)
{
    struct spike_source source = channel_source(channel);
    struct time_span record;
    char low[NUMBER_HUMAN], high[NUMBER_HUMAN];
    double start = fmax(fmax(channel->changed, channel->driven), stepped_since(session));
    if (!source_extent(&source, &record))
        return error_set(error, "%s has not run yet: run 2s", channel->name);
    start += FORGOTTEN * (channel->population->params.tau_rc + channel->input->param[WHITE_TAU_S]);
    if (isnan(*from))
        *from = start;
    if (isnan(*to))
        *to = record.to;
    *from = fmax(*from, record.from);
    *to = fmin(*to, record.to);
    if (!(*to > *from))
        return error_set(error, "there is nothing of %s from %s to %s: run it for longer", channel->name,
                         number_human(low, *from, DIMENSION_TIME), number_human(high, *to, DIMENSION_TIME));
    return true;
}

bool meanfield_live_rate(const struct session *session, const struct channel *channel, double from, double to,
                         struct live_rate *out, struct error *error)
{
    if (!choose_span(session, channel, &from, &to, error))
        return false;
    struct spike_source source = channel_source(channel);
    struct time_span span = {.from = from, .to = to, .steps = true};
    *out = (struct live_rate){from, to, rate_spread(&source, &span)};
    return true;
}
