/* Tables of spikes: the spikes themselves, rates estimated from them, numbers about each neuron. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/stop.h"
#include "base/xalloc.h"
#include "command/families.h"
#include "typed/rate_words.h"
#include "language/command.h"
#include "model/rate.h"
#include "rig/live.h"
#include "rig/trains.h"
#include "session/job.h"
#include "session/message.h"
#include "session/session.h"
#include "signal/isi.h"
#include "signal/kernel.h"
#include "signal/stats.h"
#include "table/labels.h"
#include "table/rate_table.h"
#include "table/table_span.h"

static bool wanted_span(struct session *session, const struct arguments *arguments, const struct channel *channel,
                        struct time_span *span, struct error *error)
{
    return table_span_say(session, channel, argument_number(arguments, "from", NAN),
                          argument_number(arguments, "to", NAN), span, error);
}

/* ---- spikes ---- */

/* What all tables here work on. */
struct table_job {
    struct channel *channel; /* frozen */
    struct time_span span;
    struct rate_table *rates;
    double window, refractory; /* s, of stats */
};

static void free_table_job(void *own)
{
    struct table_job *job = own;
    rate_table_free(job->rates);
    channel_free(job->channel);
    free(job);
}

static struct table_job *table_job_new(const struct channel *channel)
{
    struct table_job *job = xcalloc(1, sizeof *job);
    job->channel = channel_frozen(channel);
    return job;
}

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

static bool work_spikes(void *own, struct sheet *sheet, struct progress progress, struct error *error)
{
    static const char *const columns[] = {"time", "neuron", NULL};
    (void)progress;
    const struct table_job *job = own;
    struct spike_source source = channel_source(job->channel);
    if (!sheet_header(sheet, error, columns))
        return false;
    source_each(&source, span_low(&job->span), span_high(&job->span), put_spike,
                &(struct spike_rows){sheet, job->channel});
    return !stop_requested() || error_set(error, "interrupted");
}

static bool run_spikes(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                       struct error *error)
{
    struct channel *channel = argument(arguments, "NAME")->channel;
    struct time_span span;
    live_drain(&session->rig);
    if (!labels_need_spikes(channel, "its rates: rates NAME", error) ||
        !wanted_span(session, arguments, channel, &span, error))
        return false;
    struct table_job *own = table_job_new(channel);
    own->span = span;
    return session_job(session, &(struct job){"writing", false, own, work_spikes, NULL, free_table_job}, sheet, error);
}

#define SPAN_ROWS                                                                                                      \
    {.name = "from",                                                                                                   \
     .type = TYPE_QUANTITY,                                                                                            \
     .dimension = DIMENSION_TIME,                                                                                      \
     .help = "only from this time on (of a population: after it)"},                                                    \
    {                                                                                                                  \
        .name = "to", .type = TYPE_QUANTITY, .dimension = DIMENSION_TIME,                                              \
        .help = "only up to this time (of a recording: before it)"                                                     \
    }
#define ANY_NAME                                                                                                       \
    {                                                                                                                  \
        .name = "NAME", .type = TYPE_CHANNEL, .positional = true,                                                      \
        .help = "a population or recording (default: the one in focus)"                                                \
    }

static const struct parameter spikes_parameters[] = {ANY_NAME, SPAN_ROWS, {0}};

/* ---- rates ---- */

/* Keys of the other method are a mistake; a kernel's keys alone say which method is meant. */
static bool choose_method(const struct arguments *arguments, struct rate_request *request, struct error *error)
{
    static const char *const keys[][4] = {{"interp", "midpoint", NULL}, {"kernel", "tau", "causal", NULL}};
    const struct value *method = argument(arguments, "method");
    bool kernel = method->given ? method->choice == RATE_KERNEL
                                : argument(arguments, "kernel")->given || argument(arguments, "tau")->given ||
                                      argument(arguments, "causal")->given;
    for (const char *const *key = keys[!kernel]; *key; key++)
        if (argument(arguments, *key)->given)
            return error_set(error, "%s= belongs to method=%s, and this is method=%s", *key, kernel ? "isi" : "kernel",
                             kernel ? "kernel" : "isi");
    request->kernel = kernel ? rate_kernels[argument(arguments, "kernel")->choice] : NULL;
    request->tau = argument(arguments, "tau")->number;
    request->causal = argument(arguments, "causal")->on;
    request->interp = isi_interps[argument(arguments, "interp")->choice];
    request->midpoint = argument(arguments, "midpoint")->on;
    return true;
}

static bool work_rates(void *own, struct sheet *sheet, struct progress progress, struct error *error)
{
    (void)progress;
    const struct table_job *job = own;
    return rate_table_write(job->rates, sheet, error);
}

static bool run_rates(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                      struct error *error)
{
    struct channel *channel = argument(arguments, "NAME")->channel;
    struct rate_request request = {
        .dt = argument_number(arguments, "dt", channel->population ? session->rig.status.dt : 0),
        .from = argument_number(arguments, "from", NAN),
        .to = argument_number(arguments, "to", NAN),
    };
    if (!choose_method(arguments, &request, error))
        return false;
    live_drain(&session->rig);
    if (channel->population && !channel->population->model->advance)
        session_note(session, "%s is a population of %s rate neurons: these are its rates, not estimates from spikes",
                     channel->name, channel->population->model->title);
    struct table_job *own = table_job_new(channel);
    own->rates = rate_table_new(session, own->channel, &request, error);
    if (own->rates)
        return session_job(session, &(struct job){"rates", false, own, work_rates, NULL, free_table_job}, sheet, error);
    free_table_job(own);
    return false;
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

static void stats_row(struct sheet *sheet, const struct table_job *job, size_t neuron, const struct trains *trains)
{
    const struct channel *channel = job->channel;
    const double *train = trains->time + trains->start[neuron];
    size_t spikes = trains->start[neuron + 1] - trains->start[neuron];
    struct train_stats stats = train_stats(train, spikes, &job->span);
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
    sheet_number(sheet, train_fano(train, spikes, &job->span, job->window));
    sheet_integer(sheet, (int64_t)train_violations(train, spikes, job->refractory));
    sheet_row(sheet);
}

static bool work_stats(void *own, struct sheet *sheet, struct progress progress, struct error *error)
{
    static const char *const columns[] = {"neuron",     "spikes",     "rate",       "isi_mean", "isi_cv",
                                          "isi_median", "isi_min",    "duplicates", "isi_cv2",  "isi_lv",
                                          "fano",       "violations", NULL};
    (void)progress;
    const struct table_job *job = own;
    struct spike_source source = channel_source(job->channel);
    if (!sheet_header(sheet, error, columns))
        return false;
    struct trains trains = trains_gather(&source, span_low(&job->span), span_high(&job->span));
    for (size_t i = 0; i < trains.neurons && !stop_requested(); i++)
        stats_row(sheet, job, i, &trains);
    trains_free(&trains);
    return !stop_requested() || error_set(error, "interrupted");
}

static bool run_stats(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                      struct error *error)
{
    struct channel *channel = argument(arguments, "NAME")->channel;
    struct time_span span;
    live_drain(&session->rig);
    if (!labels_need_spikes(channel, "its rates: rates NAME", error) ||
        !wanted_span(session, arguments, channel, &span, error))
        return false;
    struct table_job *own = table_job_new(channel);
    own->window = argument(arguments, "window")->number;
    own->refractory = argument(arguments, "refractory")->number;
    own->span = span;
    return session_job(session, &(struct job){"stats", false, own, work_stats, NULL, free_table_job}, sheet, error);
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
