/* One neuron by itself: its static rate curve, its response to currents from a file step by step, and how far the rate
 * it is simulated to have is from that curve. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/stop.h"
#include "base/xalloc.h"
#include "command/families.h"
#include "typed/population_rows.h"
#include "typed/rate_words.h"
#include "language/command.h"
#include "model/neuron.h"
#include "model/rate.h"
#include "rig/live.h"
#include "session/job.h"
#include "session/message.h"
#include "session/session.h"
#include "table/accuracy_table.h"
#include "table/table_span.h"
#include "table/voltage_table.h"

static bool read_params(const struct arguments *arguments, const struct neuron_model *model,
                        struct neuron_params *params, struct error *error)
{
    *params = neuron_defaults;
    return neuron_rows_apply(arguments, model, params, error) && neuron_params_check(model, params, error);
}

/* ---- response ---- */

static void response_more(const struct session *session, const struct arguments *words, struct parameter_set *set)
{
    (void)session;
    (void)words;
    neuron_rows_add(set, true, true);
    parameter_set_drop(set, "min_voltage");
    parameter_set_add(set, (struct parameter){.name = "gain",
                                              .type = TYPE_QUANTITY,
                                              .fallback = "1",
                                              .help = "dJ/dx: the derivative is d rate / d x"});
}

struct response_job {
    const struct rate_curve *curve;
    struct neuron_params params;
    const struct points *J;
    double gain;
};

static bool work_response(void *own, struct sheet *sheet, struct progress progress, struct error *error)
{
    static const char *const columns[] = {"J", "rate", "derivative", NULL};
    (void)progress;
    const struct response_job *job = own;
    if (!sheet_header(sheet, error, columns))
        return false;
    for (size_t i = 0; i < job->J->count && !stop_requested(); i++) {
        double J = job->J->value[i], slope = job->curve->slope(&job->params, J);
        sheet_number(sheet, J);
        sheet_number(sheet, job->curve->rate(&job->params, J));
        sheet_number(sheet, slope == 0 ? 0 : job->gain * slope);
        sheet_row(sheet);
    }
    return !stop_requested() || error_set(error, "interrupted");
}

static bool run_response(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                         struct error *error)
{
    struct neuron_params params;
    if (!read_params(arguments, NULL, &params, error))
        return false;
    struct response_job *own = xcalloc(1, sizeof *own);
    *own = (struct response_job){.curve = rate_curves[argument(arguments, "model")->choice],
                                 .params = params,
                                 .J = &argument(arguments, "J")->points,
                                 .gain = argument(arguments, "gain")->number};
    return session_job(session, &(struct job){"writing", false, own, work_response, NULL, free}, sheet, error);
}

static const struct parameter response_parameters[] = {
    {.name = "model", .type = TYPE_CHOICE, .choices = rate_words, .fallback = "softlif", .help = "the curve"},
    {.name = "J", .type = TYPE_POINTS, .required = true, .infinite = true, .help = "currents, threshold at 1"},
    {0},
};

/* ---- inject ---- */

static const char *spiking_name(const void *list, size_t i)
{
    (void)list;
    for (size_t m = 0; m < neuron_model_count; m++)
        if (neuron_models[m]->advance && i-- == 0)
            return neuron_models[m]->name;
    return "";
}

static const struct neuron_model *spiking_model(size_t i)
{
    size_t m = 0;
    while (!neuron_models[m]->advance || i-- > 0)
        m++;
    return neuron_models[m];
}

static struct word_list spiking_words(const struct session *session)
{
    (void)session;
    size_t count = 0;
    for (size_t m = 0; m < neuron_model_count; m++)
        count += neuron_models[m]->advance != NULL;
    return (struct word_list){"spiking model", count, spiking_name, NULL};
}

struct injection {
    const struct neuron_model *model;
    struct neuron_params params;
    double dt, height;
    size_t neurons, padded;
    size_t fields;
    double *J;        /* [padded] */
    double *state;    /* [fields][padded] */
    uint64_t *spikes; /* [padded / NEURON_BLOCK] */
};

static void injection_init(struct injection *in, size_t neurons)
{
    in->neurons = neurons;
    in->padded = (neurons + NEURON_BLOCK - 1) / NEURON_BLOCK * NEURON_BLOCK;
    in->J = xaligned(in->padded, sizeof *in->J);
    in->fields = neuron_fields(in->model);
    in->state = xaligned(in->fields * in->padded, sizeof *in->state);
    in->spikes = xaligned(in->padded / NEURON_BLOCK, sizeof *in->spikes);
    in->height = in->model->spike_height(&in->params, in->dt);
}

static void injection_free(struct injection *in)
{
    free(in->J);
    free(in->state);
    free(in->spikes);
}

static void injection_step(struct injection *in, const double *J)
{
    memcpy(in->J, J, in->neurons * sizeof *J);
    for (size_t i = 0; i < in->padded; i += NEURON_BLOCK) {
        struct neuron_drive drive = {.bias = in->J + i};
        in->model->advance(&in->params, in->dt, 1, &drive, in->state + i, in->padded, in->spikes + i / NEURON_BLOCK, 1);
    }
}

static void injection_rows(const struct injection *in, struct sheet *sheet, size_t step)
{
    for (size_t i = 0; i < in->neurons; i++) {
        bool spiked = in->spikes[i / NEURON_BLOCK] >> (i % NEURON_BLOCK) & 1;
        sheet_integer(sheet, (int64_t)step);
        sheet_integer(sheet, (int64_t)i);
        sheet_number(sheet, in->J[i]);
        for (size_t f = 0; f < in->fields; f++)
            sheet_number(sheet, in->state[f * in->padded + i]);
        sheet_number(sheet, spiked ? in->height : 0);
        sheet_row(sheet);
    }
}

static bool injection_header(const struct neuron_model *model, struct sheet *sheet, struct error *error)
{
    const char *columns[NEURON_FIELDS_MAX + 5] = {"step", "neuron", "J"};
    size_t count = 3;
    for (const struct neuron_field *field = model->state; field->name; field++)
        columns[count++] = field->name;
    columns[count++] = "spiked";
    return sheet_header(sheet, error, columns);
}

static bool injected(const struct arguments *arguments, struct injection *in, struct error *error)
{
    const struct csv_table *current = argument(arguments, "current")->table;
    *in = (struct injection){.model = spiking_model((size_t)argument(arguments, "model")->choice),
                             .dt = argument(arguments, "dt")->number};
    return ((current->rows > 0 && current->columns > 0) ||
            error_set(error, "current=%.200s has no rows: one a step is wanted",
                      argument(arguments, "current")->text)) &&
           read_params(arguments, in->model, &in->params, error);
}

static bool check_inject(struct session *session, const struct arguments *arguments, struct error *error)
{
    struct injection in;
    (void)session;
    return injected(arguments, &in, error);
}

static bool work_inject(const struct arguments *arguments, struct sheet *sheet, struct progress progress,
                        struct error *error)
{
    const struct csv_table *current = argument(arguments, "current")->table;
    struct injection in;
    if (!injected(arguments, &in, error) || !injection_header(in.model, sheet, error))
        return false;
    injection_init(&in, current->columns);
    bool good = true;
    for (size_t step = 0; step < current->rows && good; step++) {
        injection_step(&in, current->value + step * current->columns);
        injection_rows(&in, sheet, step + 1);
        good = step % 64 || !progress.stop(progress.context, (double)step / (double)current->rows);
    }
    injection_free(&in);
    return good || error_set(error, "interrupted");
}

static void inject_more(const struct session *session, const struct arguments *words, struct parameter_set *set)
{
    (void)session;
    (void)words;
    neuron_rows_add(set, true, false);
    parameter_set_drop(set, "sigma");
}

static const struct parameter inject_parameters[] = {
    {.name = "model", .type = TYPE_CHOICE, .choices = spiking_words, .fallback = NEURON_DEFAULT, .help = "the neuron"},
    {.name = "current", .type = TYPE_TABLE, .required = true, .help = "J: one column a neuron, one row a step"},
    {.name = "dt",
     .type = TYPE_QUANTITY,
     .dimension = DIMENSION_TIME,
     .low = 0,
     .low_open = true,
     .high = 1e6,
     .fallback = "1ms",
     .help = "length of a step"},
    {0},
};

/* ---- accuracy ---- */

/* A population's own parameters stand for the usual ones. */
static void accuracy_more(const struct session *session, const struct arguments *words, struct parameter_set *set)
{
    (void)session;
    neuron_rows_add(set, !argument(words, "NAME")->given, false);
    parameter_set_drop(set, "sigma");
}

struct accuracy_job {
    struct accuracy_table plan;
    double dt;             /* the present one */
    struct points present; /* only that */
};

static bool work_accuracy(void *own, struct sheet *sheet, struct progress progress, struct error *error)
{
    const struct accuracy_job *job = own;
    return accuracy_table(&job->plan, sheet, progress, error);
}

static bool run_accuracy(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                         struct error *error)
{
    const struct value *model = argument(arguments, "model"), *dt = argument(arguments, "dt"),
                       *name = argument(arguments, "NAME");
    struct neuron_params params = name->given ? name->channel->population->params : neuron_defaults;
    const struct neuron_model *only = model->given ? spiking_model((size_t)model->choice) : NULL;
    const struct neuron_model *checked = only ? only : neuron_models[0];
    if (!name->given || name->channel->population->model != checked)
        neuron_own_defaults(checked, &params);
    if (!neuron_rows_apply(arguments, checked, &params, error) || !neuron_params_check(checked, &params, error))
        return false;
    if (params.amplitude != 1)
        session_note(session, "rates are in the unit of G[J], amplitude=%.4g times spikes per second",
                     params.amplitude);
    session->rig.status = port_status(session->rig.engine);
    struct accuracy_job *own = xcalloc(1, sizeof *own);
    own->dt = session->rig.status.dt;
    own->present = (struct points){.value = &own->dt, .count = 1};
    own->plan = (struct accuracy_table){
        .params = params,
        .J = &argument(arguments, "J")->points,
        .dt = dt->given ? &dt->points : &own->present,
        .time = argument(arguments, "time")->number,
        .only = only,
    };
    return session_job(session, &(struct job){"simulating", false, own, work_accuracy, NULL, free}, sheet, error);
}

static const struct parameter accuracy_parameters[] = {
    {.name = "NAME",
     .type = TYPE_CHANNEL,
     .wanted = CHANNEL_LIVE,
     .positional = true,
     .shown_only = true,
     .help = "a population whose parameters the neurons have (default: the usual ones)"},
    {.name = "model",
     .type = TYPE_CHOICE,
     .choices = spiking_words,
     .help = "only this neuron (default: all that spike at the rate of G[J])"},
    {.name = "J",
     .type = TYPE_POINTS,
     .infinite = true,
     .fallback = "0.5,1,1.05,1.1,1.2,1.5,2,3,5,10,20,50",
     .help = "constant currents, threshold at 1"},
    {.name = "dt",
     .type = TYPE_POINTS,
     .dimension = DIMENSION_TIME,
     .low = 0,
     .low_open = true,
     .high = 1e6,
     .help = "lengths of a step, as in 5ms,1ms,0.1ms (default: the present one)"},
    {.name = "time",
     .type = TYPE_QUANTITY,
     .dimension = DIMENSION_TIME,
     .low = 0,
     .low_open = true,
     .high = 1e9,
     .fallback = "10s",
     .help = "how long each is simulated, from rest"},
    {0},
};

/* ---- voltage ---- */

/* The selected neuron where none is named. False with a sentence. */
static bool which_neurons(const struct channel *channel, const struct value *given, size_t *neuron, size_t *neurons,
                          struct error *error)
{
    size_t n = channel_neurons(channel);
    *neurons = given->given ? given->points.count : 1;
    neuron[0] = channel->selected > 0 ? (size_t)channel->selected : 0;
    if (*neurons > VOLTAGE_NEURONS)
        return error_set(error, "neuron=%.60s: %d neurons at a time is the most", given->text, VOLTAGE_NEURONS);
    for (size_t i = 0; given->given && i < *neurons; i++) {
        double number = given->points.value[i];
        if (!(number >= 0 && number < (double)n && number == floor(number)))
            return error_set(error, "neuron=%g: %s has the neurons 0 to %zu", number, channel->name, n - 1);
        neuron[i] = (size_t)number;
    }
    return true;
}

static bool run_voltage(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                        struct error *error)
{
    const struct channel *channel = argument(arguments, "NAME")->channel;
    size_t neuron[VOLTAGE_NEURONS], neurons;
    struct time_span span;
    live_drain(&session->rig);
    return which_neurons(channel, argument(arguments, "neuron"), neuron, &neurons, error) &&
           table_span_say(session, channel, argument_number(arguments, "from", NAN),
                          argument_number(arguments, "to", NAN), &span, error) &&
           voltage_table(session, channel, neuron, neurons, &span, sheet, error);
}

static const struct parameter voltage_parameters[] = {
    {.name = "NAME",
     .type = TYPE_CHANNEL,
     .wanted = CHANNEL_LIVE,
     .positional = true,
     .help = "a population (default: the one in focus)"},
    {.name = "neuron", .type = TYPE_POINTS, .help = "one or more neurons, as in 7 or 3,7 (default: the selected one)"},
    {.name = "from", .type = TYPE_QUANTITY, .dimension = DIMENSION_TIME, .help = "only after this time"},
    {.name = "to", .type = TYPE_QUANTITY, .dimension = DIMENSION_TIME, .help = "only up to this time"},
    {0},
};

static const struct command commands[] = {
    {.name = "response",
     .summary = "a table of the static rate curve and its slope",
     .example = "response model=softlif J=0:3:301 sigma=0.05",
     .parameters = response_parameters,
     .more = response_more,
     .table = true,
     .run = run_response},
    {.name = "inject",
     .summary = "steps neurons through currents from a file and tables their states",
     .details = "The states are those after each step; spiked is the height of a spike, 1/dt for FastLIF.",
     .example = "inject model=fastlif current=@J.csv dt=1ms > states.csv",
     .parameters = inject_parameters,
     .more = inject_more,
     .table = true,
     .beside = "injecting",
     .check = check_inject,
     .work = work_inject},
    {.name = "voltage",
     .summary = "a table of the voltages that neurons of a population went through, step by step",
     .details = "Of a run only inputs and spikes are kept; the neurons are simulated again, which gives the same "
                "voltages to the\n"
                "last digit. The columns are those of inject. The pane voltage draws it.",
     .example = "voltage A neuron=7 from=1s to=1.1s > voltage.csv",
     .parameters = voltage_parameters,
     .table = true,
     .run = run_voltage},
    {.name = "accuracy",
     .summary = "a table of the rates that simulated neurons have, beside G[J], for several dt",
     .details = "exact_rate is G[J]; rate is spikes over time, isi_rate one over the mean interval; error is "
                "how far\n"
                "isi_rate is from G[J], as a share of it. fast_ is FastLIF, which errs with dt; the pane "
                "accuracy draws it.",
     .example = "accuracy dt=5ms,1ms,0.1ms J=0:10:41 > accuracy.csv",
     .parameters = accuracy_parameters,
     .more = accuracy_more,
     .table = true,
     .run = run_accuracy},
};

const struct command_family family_neuron = {"Single neurons", commands, sizeof commands / sizeof *commands};
