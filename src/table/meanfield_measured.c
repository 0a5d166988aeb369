/* Spiking populations beside theory, as tables: their rate, and their answer to a sine. */
#include <math.h>

#include "meanfield/discrete.h"
#include "meanfield/siegert.h"
#include "rig/live.h"
#include "session/names.h"
#include "table/meanfield_live.h"
#include "table/meanfield_request.h"
#include "table/table_span.h"

static struct channel *population_of(const struct meanfield_request *request, struct error *error)
{
    const struct value *name = argument(request->arguments, "NAME");
    return name->given ? name->channel : channel_default(request->session, CHANNEL_LIVE, error);
}

static void note_differs(struct meanfield_request *request, const struct channel *channel)
{
    char differs[160];
    meanfield_live_differs(channel, differs, sizeof differs);
    if (differs[0])
        voice_note(&request->voice, "%s: %s", channel->name, differs);
}

static void note_step(struct meanfield_request *request, double dt, const char *what, double theory, double at_dt)
{
    char step[NUMBER_HUMAN];
    if (fabs(at_dt / theory - 1) > 0.02)
        voice_note(&request->voice,
                   "steps of %s let neurons cross the threshold and come back unseen: expect %+.3g%% in %s",
                   number_human(step, dt, DIMENSION_TIME), 100 * (at_dt / theory - 1), what);
}

/* Where an interval is a few steps long, spikes are not spread evenly over a step. */
#define STEPS_ENOUGH 10

static void note_coarse(struct meanfield_request *request, double dt, double rate)
{
    char step[NUMBER_HUMAN];
    if (rate * dt * STEPS_ENOUGH > 1)
        voice_note(&request->voice, "an interval is %.2g steps of %s: theory_dt, which is for many, is a rough guide",
                   1 / (rate * dt), number_human(step, dt, DIMENSION_TIME));
}

bool meanfield_table_live(struct meanfield_request *request, struct error *error)
{
    static const char *const columns[] = {"population", "mu",      "sigma",  "time",      "spikes",
                                          "rate",       "rate_se", "theory", "theory_dt", NULL};
    struct meanfield_neuron neuron, moved;
    struct working_point point;
    struct live_rate rate;
    live_drain(&request->session->rig);
    const struct channel *channel = population_of(request, error);
    if (!channel || !meanfield_live_neuron(channel, &neuron, &point, error) ||
        !table_window_say(request->session, channel, argument_number(request->arguments, "from", NAN),
                          argument_number(request->arguments, "to", NAN), error) ||
        !meanfield_live_rate(request->session, channel, argument_number(request->arguments, "from", NAN),
                             argument_number(request->arguments, "to", NAN), &rate, error) ||
        !sheet_header(request->sheet, error, columns))
        return false;
    double dt = request->session->rig.status.dt;
    moved = discrete_neuron(&neuron, point.sigma, dt);
    double theory = siegert_rate(&neuron, point, METHOD_SHIFT).rate;
    double at_dt = siegert_rate(&moved, point, METHOD_SHIFT).rate;
    sheet_text(request->sheet, channel->name);
    meanfield_put_point(request->sheet, point);
    sheet_number(request->sheet, rate.to - rate.from);
    sheet_integer(request->sheet, (int64_t)rate.spread.spikes);
    sheet_number(request->sheet, rate.spread.rate);
    sheet_number(request->sheet, rate.spread.error);
    sheet_number(request->sheet, theory);
    sheet_number(request->sheet, at_dt);
    sheet_row(request->sheet);
    note_differs(request, channel);
    note_step(request, dt, "the rate", theory, at_dt);
    note_coarse(request, dt, theory);
    return true;
}

static void put_probe(struct meanfield_request *request, struct working_point point, double frequency,
                      const struct probe_result *result)
{
    struct sheet *sheet = request->sheet;
    meanfield_put_point(sheet, point);
    sheet_number(sheet, frequency);
    sheet_number(sheet, result->amplitude);
    meanfield_put(sheet, result->amplitude_se);
    meanfield_put(sheet, result->phase);
    meanfield_put(sheet, result->phase_se);
    sheet_number(sheet, result->theory.amplitude);
    sheet_number(sheet, result->theory.phase);
    sheet_number(sheet, result->at_dt.amplitude);
    sheet_number(sheet, result->at_dt.phase);
    sheet_row(sheet);
}

static bool probe_rows(struct meanfield_request *request, const struct channel *channel, struct probe_request *probe,
                       struct working_point point, struct error *error)
{
    struct probe_result result;
    for (size_t m = 0; m < request->freq->count; m++) {
        probe->frequency = request->freq->value[m];
        if (!meanfield_probe(request->session, channel, probe, &result, error))
            return false;
        put_probe(request, point, probe->frequency, &result);
    }
    note_differs(request, channel);
    note_step(request, probe->dt, "the amplitude", result.theory.amplitude, result.at_dt.amplitude);
    return true;
}

bool meanfield_table_probe(struct meanfield_request *request, struct error *error)
{
    static const char *const columns[] = {"mu",           "sigma",        "freq",     "amplitude",
                                          "amplitude_se", "phase",        "phase_se", "theory_amplitude",
                                          "theory_phase", "dt_amplitude", "dt_phase", NULL};
    struct meanfield_neuron neuron;
    struct working_point point;
    const struct channel *channel = population_of(request, error);
    if (!channel || !meanfield_live_neuron(channel, &neuron, &point, error) || !transfer_noisy(point, error) ||
        !transfer_check(&neuron, request->freq->count, request->freq->value, error))
        return false;
    double amplitude = argument_number(request->arguments, "amplitude", NAN);
    struct probe_request probe = {.amplitude = isnan(amplitude) ? 0.1 * point.sigma : amplitude,
                                  .time = argument(request->arguments, "time")->number,
                                  .dt = request->session->rig.status.dt};
    for (size_t m = 0; m < request->freq->count; m++) {
        probe.frequency = request->freq->value[m];
        if (!meanfield_probe_check(channel, &probe, error))
            return false;
    }
    return sheet_header(request->sheet, error, columns) && probe_rows(request, channel, &probe, point, error);
}
