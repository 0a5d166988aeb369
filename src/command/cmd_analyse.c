/* Tables of spikes: the spikes themselves, rates estimated from them, numbers about each neuron. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/stop.h"
#include "base/xalloc.h"
#include "command/families.h"
#include "command/rate_words.h"
#include "language/command.h"
#include "model/rate.h"
#include "rig/trains.h"
#include "session/state.h"
#include "signal/isi.h"
#include "signal/kernel.h"
#include "signal/stats.h"
#include "table/labels.h"
#include "table/rate_table.h"
#include "table/table_span.h"

static double number_or_nan(const struct arguments *arguments, const char *name)
{
    const struct value *value = argument(arguments, name);
    return value->given ? value->number : NAN;
}

static struct time_span wanted_span(struct session *session, const struct arguments *arguments,
                                    const struct channel *channel)
{
    return table_span_say(session, channel, number_or_nan(arguments, "from"), number_or_nan(arguments, "to"));
}

/* ---- spikes ---- */

struct spike_rows {
    struct sheet *sheet;
    const struct channel *channel;
};

static void put_spike(void *context, double time, uint32_t neuron)
{
    const struct spike_rows *rows = context;
    if (stop_requested())
        return; /* the rest of the walk costs little */
    sheet_number(rows->sheet, time);
    char label[32];
    if (rows->channel->population)
        sheet_integer(rows->sheet, neuron);
    else
        sheet_text(rows->sheet, channel_label(rows->channel, neuron, label, sizeof label));
    sheet_row(rows->sheet);
}

static bool run_spikes(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                       struct error *error)
{
    static const char *const columns[] = {"time", "neuron", NULL};
    struct channel *channel = argument(arguments, "NAME")->channel;
    live_drain(session);
    struct spike_source source = channel_source(channel);
    if (!labels_need_spikes(channel, "its rates: rates NAME", error) || !sheet_header(sheet, error, columns))
        return false;
    struct time_span span = wanted_span(session, arguments, channel);
    source_each(&source, span_low(&span), span_high(&span), put_spike, &(struct spike_rows){sheet, channel});
    return !stop_requested() || error_set(error, "interrupted");
}

#define SPAN_ROWS                                                                                            \
    {.name = "from", .type = TYPE_QUANTITY, .dimension = DIMENSION_TIME, .help = "only from this time on (of a population: after it)"},  \
    {                                                                                                        \
        .name = "to", .type = TYPE_QUANTITY, .dimension = DIMENSION_TIME, .help = "only up to this time (of a recording: before it)"     \
    }
#define ANY_NAME                                                                                             \
    {                                                                                                        \
        .name = "NAME", .type = TYPE_CHANNEL, .positional = true,                                            \
        .help = "a population or recording (default: the one in focus)"                                      \
    }

static const struct parameter spikes_parameters[] = {ANY_NAME, SPAN_ROWS, {0}};

/* ---- rates ---- */

/* Keys of the other method are a mistake; a kernel's keys alone say which method is meant. */
static bool choose_method(const struct arguments *arguments, struct rate_request *request,
                          struct error *error)
{
    static const char *const keys[][4] = {{"interp", "midpoint", NULL}, {"kernel", "tau", "causal", NULL}};
    const struct value *method = argument(arguments, "method");
    bool kernel = method->given ? method->choice == RATE_KERNEL
                                : argument(arguments, "kernel")->given || argument(arguments, "tau")->given ||
                                      argument(arguments, "causal")->given;
    for (const char *const *key = keys[!kernel]; *key; key++)
        if (argument(arguments, *key)->given)
            return error_set(error, "%s= belongs to method=%s, and this is method=%s", *key,
                             kernel ? "isi" : "kernel", kernel ? "kernel" : "isi");
    request->kernel = kernel ? rate_kernels[argument(arguments, "kernel")->choice] : NULL;
    request->tau = argument(arguments, "tau")->number;
    request->causal = argument(arguments, "causal")->on;
    request->interp = isi_interps[argument(arguments, "interp")->choice];
    request->midpoint = argument(arguments, "midpoint")->on;
    return true;
}

static bool run_rates(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                      struct error *error)
{
    struct channel *channel = argument(arguments, "NAME")->channel;
    const struct value *dt = argument(arguments, "dt"), *from = argument(arguments, "from"),
                       *to = argument(arguments, "to");
    struct rate_request request = {
        .dt = dt->given             ? dt->number
              : channel->population ? session->status.dt
                                    : 0,
        .from = from->given ? from->number : NAN,
        .to = to->given ? to->number : NAN,
    };
    if (!choose_method(arguments, &request, error))
        return false;
    live_drain(session);
    if (channel->population && !channel->population->model->advance)
        session_note(session,
                     "%s is a population of %s rate neurons: these are its rates, not estimates from spikes",
                     channel->name, channel->population->model->title);
    return rate_table(session, channel, &request, sheet, error);
}

static const struct parameter rates_parameters[] = {
    ANY_NAME,
    {.name = "method",
     .type = TYPE_CHOICE,
     .choices = rate_method_words,
     .fallback = "isi",
     .help = "isi: one over the interval between spikes; kernel: every spike is spread over time"},
    {.name = "interp",
     .type = TYPE_CHOICE,
     .choices = rate_interp_words,
     .fallback = "zero",
     .help = "isi: how rates go on between spikes"},
    {.name = "midpoint",
     .type = TYPE_SWITCH,
     .fallback = "off",
     .help = "isi: a rate belongs to the middle of its interval, not to its beginning"},
    {.name = "kernel",
     .type = TYPE_CHOICE,
     .choices = rate_kernel_words,
     .fallback = KERNEL_DEFAULT,
     .help = "what a spike is spread into: a decay, a bell, a decay with a soft edge, a rise and decay"},
    {.name = "tau",
     .type = TYPE_QUANTITY,
     .dimension = DIMENSION_TIME,
     .low = 0,
     .low_open = true,
     .high = 1e9,
     .fallback = KERNEL_DEFAULT_TAU,
     .help = "kernel: how long a spike counts; longer is smoother"},
    {.name = "causal",
     .type = TYPE_SWITCH,
     .fallback = "off",
     .help = "kernel: it begins with the spike, so that a rate looks only back"},
    {.name = "dt",
     .type = TYPE_QUANTITY,
     .dimension = DIMENSION_TIME,
     .low = 0,
     .low_open = true,
     .high = 1e9,
     .help = "time between rows (default: the simulation's step, 1 ms for events, a dense file's own times)"},
    SPAN_ROWS,
    {0},
};

/* ---- stats ---- */

struct stats_request {
    struct time_span span;
    double window, refractory; /* s */
};

static void stats_row(struct sheet *sheet, const struct channel *channel, size_t neuron,
                      const struct trains *trains, const struct stats_request *request)
{
    const double *train = trains->time + trains->start[neuron];
    size_t spikes = trains->start[neuron + 1] - trains->start[neuron];
    struct train_stats stats = train_stats(train, spikes, &request->span);
    char label[32];
    if (channel->population)
        sheet_integer(sheet, (int64_t)neuron);
    else
        sheet_text(sheet, channel_label(channel, neuron, label, sizeof label));
    sheet_integer(sheet, (int64_t)stats.spikes);
    sheet_number(sheet, stats.rate);
    sheet_number(sheet, stats.isi_mean);
    sheet_number(sheet, stats.isi_cv);
    sheet_number(sheet, stats.isi_median);
    sheet_number(sheet, stats.isi_min);
    sheet_integer(sheet, (int64_t)stats.duplicates);
    sheet_number(sheet, stats.isi_cv2);
    sheet_number(sheet, stats.isi_lv);
    sheet_number(sheet, train_fano(train, spikes, &request->span, request->window));
    sheet_integer(sheet, (int64_t)train_violations(train, spikes, request->refractory));
    sheet_row(sheet);
}

static bool run_stats(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                      struct error *error)
{
    static const char *const columns[] = {"neuron",     "spikes",     "rate",       "isi_mean", "isi_cv",
                                          "isi_median", "isi_min",    "duplicates", "isi_cv2",  "isi_lv",
                                          "fano",       "violations", NULL};
    struct channel *channel = argument(arguments, "NAME")->channel;
    struct stats_request request = {.window = argument(arguments, "window")->number,
                                    .refractory = argument(arguments, "refractory")->number};
    live_drain(session);
    struct spike_source source = channel_source(channel);
    if (!labels_need_spikes(channel, "its rates: rates NAME", error) || !sheet_header(sheet, error, columns))
        return false;
    request.span = wanted_span(session, arguments, channel);
    struct trains trains = trains_gather(&source, span_low(&request.span), span_high(&request.span));
    for (size_t i = 0; i < trains.neurons && !stop_requested(); i++)
        stats_row(sheet, channel, i, &trains, &request);
    trains_free(&trains);
    return !stop_requested() || error_set(error, "interrupted");
}

static const struct parameter stats_parameters[] = {
    ANY_NAME,
    SPAN_ROWS,
    {.name = "window",
     .type = TYPE_QUANTITY,
     .dimension = DIMENSION_TIME,
     .low = 0,
     .low_open = true,
     .high = 1e9,
     .fallback = "100ms",
     .help = "fano: spikes are counted in windows of this length"},
    {.name = "refractory",
     .type = TYPE_QUANTITY,
     .dimension = DIMENSION_TIME,
     .low = 0,
     .high = 1e9,
     .fallback = "2ms",
     .help = "violations: intervals below this are counted"},
    {0},
};

static const struct command commands[] = {
    {.name = "spikes",
     .summary = "a table of the spikes recorded",
     .example = "spikes A > spikes.csv",
     .parameters = spikes_parameters,
     .table = true,
     .run = run_spikes},
    {.name = "rates",
     .summary = "a table of firing rates over time, one column a neuron",
     .details = "Of a rate model these are its rates themselves.",
     .example = "rates A method=isi interp=linear midpoint=on",
     .parameters = rates_parameters,
     .table = true,
     .run = run_rates},
    {.name = "stats",
     .summary = "a table of spike counts, rates and intervals, one row a neuron",
     .details = "isi_cv, isi_cv2 and isi_lv say how irregular intervals are: 0 as a clock, 1 as chance.\n"
                "isi_cv2 and isi_lv compare neighbours, so that a slowly changing rate does not count.\n"
                "fano is the variance of spike counts over their mean: 0 as a clock, 1 as chance.",
     .example = "stats A from=1s",
     .parameters = stats_parameters,
     .table = true,
     .run = run_stats},
};

const struct command_family family_analyse = {"Tables", commands, sizeof commands / sizeof *commands};
