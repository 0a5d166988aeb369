/* Decoding what was recorded: the trace that the decoded pane draws, as a table. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/stop.h"
#include "base/xalloc.h"
#include "command/families.h"
#include "language/command.h"
#include "rig/decoding.h"
#include "rig/live.h"
#include "rig/solving.h"
#include "session/job.h"
#include "session/message.h"
#include "session/session.h"
#include "table/table_span.h"

static void put_names(struct sheet *sheet, const char *name, size_t count)
{
    char numbered[32];
    for (size_t i = 0; i < count; i++) {
        snprintf(numbered, sizeof numbered, "%s%zu", name, i + 1);
        sheet_text(sheet, count == 1 ? name : numbered);
    }
}

static bool begin_decoded(struct sheet *sheet, size_t dims, size_t outputs, struct error *error)
{
    static const char *const names[] = {"target", "decoded", "ideal", "error"};
    if (!sheet_begin(sheet, error))
        return false;
    sheet_text(sheet, "t");
    put_names(sheet, "x", dims);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        put_names(sheet, names[i], outputs);
    sheet_row(sheet);
    return true;
}

static void put_numbers(struct sheet *sheet, const double *value, size_t count)
{
    for (size_t i = 0; i < count; i++)
        sheet_number(sheet, value[i]);
}

static void put_point(struct sheet *sheet, const struct readout_trace *trace, size_t i)
{
    const double *target = readout_target(trace, i), *decoded = readout_decoded(trace, i);
    sheet_number(sheet, readout_time(trace, i));
    put_numbers(sheet, readout_x(trace, i), trace->dims);
    put_numbers(sheet, target, trace->outputs);
    put_numbers(sheet, decoded, trace->outputs);
    put_numbers(sheet, readout_ideal(trace, i), trace->outputs);
    for (size_t k = 0; k < trace->outputs; k++)
        sheet_number(sheet, decoded[k] - target[k]);
    sheet_row(sheet);
}

/* low <= t <= high, s; dt apart, 0: every step. */
struct rows {
    double low, high, dt;
};

/* Steps are counted half-open, as everywhere; multiples of dt are samples, from `from` to `to` as those of rates. */
static struct rows rows_of(const struct time_span *span, double from, double dt)
{
    double tiny = 1e-9 * dt;
    if (!(dt > 0))
        return (struct rows){span_low(span), span_high(span), 0};
    return (struct rows){isnan(from) ? span_low(span) : span->from - tiny, span->to + tiny, dt};
}

/* Piece by piece, so that a long record is never in memory a second time. Rows are dt apart: the first step
 * at or after each multiple. */
static bool put_trace(struct sheet *sheet, const struct readout *readout, double since, bool others,
                      const struct rows *rows, struct error *error)
{
    const size_t piece = 4096;
    struct readout_trace trace;
    size_t steps = history_steps(readout->history);
    double begin = steps ? fmax(rows->low, history_time(readout->history, 0)) : 0;
    double next = rows->dt > 0 ? ceil(begin / rows->dt - 1e-9) * rows->dt : begin;
    readout_trace_init(&trace, readout->population->dims, readout->decoder->outputs);
    readout_trace_start(&trace, since, others);
    for (size_t i = 0; i < steps && !stop_requested(); i += piece) {
        size_t last = i + piece < steps ? i + piece - 1 : steps - 1;
        readout_trace_extend(&trace, readout, fmin(history_time(readout->history, last), rows->high), rows->low, 1);
        for (size_t k = 0; k < trace.count; k++) {
            double time = readout_time(&trace, k);
            if (rows->dt > 0 && time < next - 1e-9 * rows->dt)
                continue;
            put_point(sheet, &trace, k);
            next = (floor(time / rows->dt + 1e-9) + 1) * rows->dt;
        }
        readout_trace_drop(&trace, INFINITY);
    }
    readout_trace_free(&trace);
    return !stop_requested() || error_set(error, "interrupted");
}

static void say_begin(struct session *session, const struct channel *channel, double since)
{
    char time[NUMBER_HUMAN];
    session_note(session, "%s: begins at %s, when its neurons changed; what others spiked before is not decoded",
                 channel->name, number_human(time, since, DIMENSION_TIME));
}

/* The decoders are solved here from copies, whatever panes have solved meanwhile: they are the same ones. */
struct decoded_job {
    struct channel *channel; /* frozen */
    struct solving *solving;
    struct solution solution;
    struct step_length *length; /* [lengths] */
    size_t lengths;
    struct rows rows;
    double since;
    bool others;
};

static void free_decoded(void *own)
{
    struct decoded_job *job = own;
    solving_free(job->solving);
    solution_free(&job->solution);
    channel_free(job->channel);
    free(job->length);
    free(job);
}

static bool work_decoded(void *own, struct sheet *sheet, struct progress progress, struct error *error)
{
    struct decoded_job *job = own;
    const struct channel *channel = job->channel;
    solving_do(job->solving, progress);
    if (!solving_result(job->solving, &job->solution, error))
        return false;
    struct readout readout = {.population = channel->population,
                              .decoder = job->solution.decoder,
                              .function = job->solution.function,
                              .synapse = channel->spec.synapse,
                              .tau = channel->spec.tau_synapse,
                              .history = channel->history,
                              .length = job->length,
                              .lengths = job->lengths};
    return begin_decoded(sheet, channel->population->dims, readout.decoder->outputs, error) &&
           put_trace(sheet, &readout, job->since, job->others, &job->rows, error);
}

static bool run_decoded(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                        struct error *error)
{
    struct channel *channel = argument(arguments, "NAME")->channel;
    double from = argument_number(arguments, "from", NAN), to = argument_number(arguments, "to", NAN);
    live_drain(&session->rig);
    if (!table_window_say(session, channel, from, to, error))
        return false;
    struct time_span span = table_span(channel, from, to);
    struct decoded_job *own = xcalloc(1, sizeof *own);
    own->rows = rows_of(&span, from, argument_number(arguments, "dt", 0));
    own->since = decoding_since(channel, &own->others);
    own->channel = channel_frozen(channel);
    own->solving = solving_new(channel);
    own->lengths = session->rig.lengths;
    own->length = xreallocarray(NULL, own->lengths, sizeof *own->length);
    memcpy(own->length, session->rig.length, own->lengths * sizeof *own->length);
    if (own->others && !(from >= own->since))
        say_begin(session, channel, own->since);
    return session_job(session, &(struct job){"decoding", false, own, work_decoded, NULL, free_decoded}, sheet, error);
}

static const struct parameter decoded_parameters[] = {
    {.name = "NAME",
     .type = TYPE_CHANNEL,
     .wanted = CHANNEL_LIVE,
     .positional = true,
     .help = "a population (default: the one in focus)"},
    {.name = "from", .type = TYPE_QUANTITY, .dimension = DIMENSION_TIME, .help = "only after this time"},
    {.name = "to", .type = TYPE_QUANTITY, .dimension = DIMENSION_TIME, .help = "only up to this time"},
    {.name = "dt",
     .type = TYPE_QUANTITY,
     .dimension = DIMENSION_TIME,
     .low = 0,
     .low_open = true,
     .high = 1e9,
     .help = "time between rows (default: every step)"},
    {0},
};

static const struct command commands[] = {
    {.name = "decoded",
     .summary = "a table of what a population's spikes were decoded into, over time",
     .details = "target is f(x), with the function of set NAME function=; decoded the sum of the decoders of "
                "the spikes of each\n"
                "step, 1/dt high, filtered by the synapse; ideal the same made of rates instead of spikes; "
                "error is decoded -\n"
                "target. A spike counts in the step it falls into (a Nengo probe shows it one step later). "
                "The filter starts at 0\n"
                "with the record; where the neurons were others before, from the ideal.",
     .example = "decoded A from=1s dt=10ms > decoded.csv",
     .parameters = decoded_parameters,
     .table = true,
     .run = run_decoded},
};

const struct command_family family_decoded = {"Decoding spikes", commands, sizeof commands / sizeof *commands};
