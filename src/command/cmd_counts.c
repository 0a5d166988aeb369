/* What the panes of counts, intervals and the population's rate draw, as tables. */
#include <math.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "language/command.h"
#include "rig/live.h"
#include "rig/trains.h"
#include "session/session.h"
#include "signal/stats.h"
#include "table/labels.h"
#include "table/pair_tables.h"
#include "table/table_span.h"

#define BINS_MAX 1000000

static struct time_span span_of(const struct arguments *arguments)
{
    return table_span(argument(arguments, "NAME")->channel, argument_number(arguments, "from", NAN),
                      argument_number(arguments, "to", NAN));
}

static bool check_spikes(struct session *session, const struct arguments *arguments, struct error *error)
{
    const struct channel *channel = argument(arguments, "NAME")->channel;
    struct time_span span;
    return labels_need_spikes(channel, "its rates: rates NAME", error) &&
           table_span_say(session, channel, argument_number(arguments, "from", NAN),
                          argument_number(arguments, "to", NAN), &span, error);
}

static struct trains gather(const struct arguments *arguments, const struct time_span *span)
{
    struct spike_source source = channel_source(argument(arguments, "NAME")->channel);
    return trains_gather(&source, span_low(span), span_high(span));
}

/* How far it is: asked for every neuron or window, it looks now and then. */
static bool stopped(struct progress progress, size_t done, size_t all, struct error *error)
{
    return done % 64 == 0 && progress.stop(progress.context, (double)done / (double)all) &&
           !error_set(error, "interrupted");
}

static void put_label(struct sheet *sheet, const struct channel *channel, size_t neuron)
{
    char label[32];
    if (channel->population)
        sheet_integer(sheet, (int64_t)neuron);
    else
        sheet_text(sheet, channel_label(channel, neuron, label, sizeof label));
}

/* Which neurons: all, or the one asked for. */
static bool wanted(const struct arguments *arguments, const struct channel *channel, long *neuron, struct error *error)
{
    const struct value *value = argument(arguments, "NEURON");
    *neuron = value->given ? channel_neuron(channel, value->text, error) : -1;
    return !value->given || *neuron >= 0;
}

static bool check_neuron(struct session *session, const struct arguments *arguments, struct error *error)
{
    long neuron;
    return wanted(arguments, argument(arguments, "NAME")->channel, &neuron, error) &&
           check_spikes(session, arguments, error);
}

static bool is_wanted(long only, size_t neuron)
{
    return only < 0 || only == (long)neuron;
}

/* ---- counts ---- */

static bool work_counts(const struct arguments *arguments, struct sheet *sheet, struct progress progress,
                        struct error *error)
{
    static const char *const columns[] = {"neuron", "spikes", "rate", NULL};
    const struct channel *channel = argument(arguments, "NAME")->channel;
    struct time_span span = span_of(arguments);
    struct trains trains = gather(arguments, &span);
    bool good = sheet_header(sheet, error, columns);
    for (size_t i = 0; good && i < trains.neurons; i++) {
        if (!(good = !stopped(progress, i, trains.neurons, error)))
            break;
        size_t spikes = trains.start[i + 1] - trains.start[i];
        put_label(sheet, channel, i);
        sheet_integer(sheet, (int64_t)spikes);
        sheet_number(sheet, train_stats(trains.time + trains.start[i], spikes, &span).rate);
        sheet_row(sheet);
    }
    trains_free(&trains);
    return good;
}

/* ---- intervals ---- */

static bool work_intervals(const struct arguments *arguments, struct sheet *sheet, struct progress progress,
                           struct error *error)
{
    static const char *const columns[] = {"neuron", "time", "interval", NULL};
    const struct channel *channel = argument(arguments, "NAME")->channel;
    long only;
    if (!wanted(arguments, channel, &only, error))
        return false;
    struct time_span span = span_of(arguments);
    struct trains trains = gather(arguments, &span);
    bool good = sheet_header(sheet, error, columns);
    for (size_t i = 0; good && i < trains.neurons; i++) {
        good = !stopped(progress, i, trains.neurons, error);
        for (size_t k = trains.start[i] + 1; good && k < trains.start[i + 1] && is_wanted(only, i); k++) {
            put_label(sheet, channel, i);
            sheet_number(sheet, trains.time[k]);
            sheet_number(sheet, trains.time[k] - trains.time[k - 1]);
            sheet_row(sheet);
        }
    }
    trains_free(&trains);
    return good;
}

/* ---- isi ---- */

/* The longest interval of the neurons wanted; 0 when there is none. */
static double longest(const struct trains *trains, long only)
{
    double most = 0;
    for (size_t i = 0; i < trains->neurons; i++)
        for (size_t k = trains->start[i] + 1; k < trains->start[i + 1] && is_wanted(only, i); k++)
            most = fmax(most, trains->time[k] - trains->time[k - 1]);
    return most;
}

/* Intervals of what has steps are whole numbers of them, up to rounding, and must not fall on both sides of an edge. */
static void count_intervals(const struct trains *trains, long only, double bin, size_t bins, size_t *count)
{
    for (size_t i = 0; i < trains->neurons; i++)
        for (size_t k = trains->start[i] + 1; k < trains->start[i + 1] && is_wanted(only, i); k++) {
            double interval = trains->time[k] - trains->time[k - 1];
            size_t place = (size_t)(interval / bin + 1e-6);
            if (interval > 0)
                count[place < bins ? place : bins - 1]++;
        }
}

static bool work_isi(const struct arguments *arguments, struct sheet *sheet, struct progress progress,
                     struct error *error)
{
    static const char *const columns[] = {"from", "to", "intervals", NULL};
    const struct channel *channel = argument(arguments, "NAME")->channel;
    size_t bins = (size_t)argument(arguments, "bins")->count;
    (void)progress; /* it takes no longer than gathering */
    long only;
    if (!wanted(arguments, channel, &only, error))
        return false;
    struct time_span span = span_of(arguments);
    struct trains trains = gather(arguments, &span);
    double most = longest(&trains, only), bin = most / (double)bins;
    size_t *count = xcalloc(bins, sizeof *count);
    bool good = sheet_header(sheet, error, columns);
    if (bin > 0)
        count_intervals(&trains, only, bin, bins, count);
    for (size_t b = 0; good && bin > 0 && b < bins; b++) {
        sheet_number(sheet, (double)b * bin);
        sheet_number(sheet, b + 1 == bins ? most : (double)(b + 1) * bin);
        sheet_integer(sheet, (int64_t)count[b]);
        sheet_row(sheet);
    }
    free(count);
    trains_free(&trains);
    return good;
}

/* ---- poprate ---- */

/* Spikes of all neurons in window w of the span, half-open as it is. */
static bool work_poprate(const struct arguments *arguments, struct sheet *sheet, struct progress progress,
                         struct error *error)
{
    static const char *const columns[] = {"from", "to", "spikes", "rate", NULL};
    double bin = argument(arguments, "bin")->number;
    struct spike_source source = channel_source(argument(arguments, "NAME")->channel);
    struct time_span span = span_of(arguments);
    double windows = ceil(span_length(&span) / bin - 1e-9);
    if (!(windows <= BINS_MAX))
        return error_set(error, "%.0f windows of bin=%g s make too large a table: choose a larger bin, or from and to",
                         windows, bin);
    if (!sheet_header(sheet, error, columns))
        return false;
    for (size_t w = 0; (double)w < windows; w++) {
        if (stopped(progress, w, (size_t)windows, error))
            return false;
        struct time_span window = {
            .from = span.from + (double)w * bin, .to = span.from + (double)(w + 1) * bin, .steps = span.steps};
        bool whole = window.to <= span.to * (1 + 1e-12) || (double)(w + 1) < windows;
        if (!whole)
            window.to = span.to;
        size_t spikes = source_count(&source, span_low(&window), span_high(&window));
        sheet_number(sheet, window.from);
        sheet_number(sheet, window.to);
        sheet_integer(sheet, (int64_t)spikes);
        double length = whole ? bin : span_length(&window);
        sheet_number(sheet, source.neurons ? (double)spikes / length / (double)source.neurons : NAN);
        sheet_row(sheet);
    }
    return true;
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
#define NEURON_ROW                                                                                                     \
    {                                                                                                                  \
        .name = "NEURON", .type = TYPE_TEXT, .positional = true, .help = "only this neuron's (default: all)"           \
    }

static const struct parameter counts_parameters[] = {ANY_NAME, SPAN_ROWS, {0}};
static const struct parameter intervals_parameters[] = {ANY_NAME, NEURON_ROW, SPAN_ROWS, {0}};
static const struct parameter isi_parameters[] = {
    ANY_NAME,
    NEURON_ROW,
    {.name = "bins",
     .type = TYPE_COUNT,
     .low = 1,
     .high = BINS_MAX,
     .fallback = "50",
     .help = "how many, of equal width, from 0 to the longest interval"},
    SPAN_ROWS,
    {0},
};
static const struct parameter poprate_parameters[] = {
    ANY_NAME,
    {.name = "bin",
     .type = TYPE_QUANTITY,
     .dimension = DIMENSION_TIME,
     .low = 0,
     .low_open = true,
     .high = 1e9,
     .fallback = "10ms",
     .help = "length of a window"},
    SPAN_ROWS,
    {0},
};

#define LENGTH(of, standard, text)                                                                                     \
    {                                                                                                                  \
        .name = of, .type = TYPE_QUANTITY, .dimension = DIMENSION_TIME, .high = 1e6, .fallback = standard,             \
        .help = text                                                                                                   \
    }
#define BIN_ROW(standard)                                                                                              \
    {                                                                                                                  \
        .name = "bin", .type = TYPE_QUANTITY, .dimension = DIMENSION_TIME, .low_open = true, .high = 1e6,              \
        .fallback = standard, .help = "length of a bin"                                                                \
    }

static const struct parameter psth_parameters[] = {
    ANY_NAME,
    NEURON_ROW,
    {.name = "events",
     .type = TYPE_TABLE,
     .required = true,
     .help = "times of the events, a row each: the column time, t, time_s, onset or event, else the first"},
    BIN_ROW("10ms"),
    LENGTH("before", "500ms", "so much before each event"),
    LENGTH("after", "1s", "and so much after it"),
    {0},
};
static const struct parameter correlogram_parameters[] = {
    ANY_NAME,
    {.name = "NEURON", .type = TYPE_TEXT, .positional = true, .required = true, .help = "the neuron at lag 0"},
    {.name = "OTHER", .type = TYPE_TEXT, .positional = true, .help = "the other one (default: the same)"},
    BIN_ROW("1ms"),
    LENGTH("window", "50ms", "lags up to this, on either side"),
    {0},
};

static const struct command commands[] = {
    {.name = "poprate",
     .summary = "a table of the rate of all neurons together, in windows",
     .details =
         "Spikes in each window, and how many that is a neuron and second. The last window ends with the record.",
     .example = "poprate A bin=20ms",
     .parameters = poprate_parameters,
     .table = true,
     .beside = "counting",
     .check = check_spikes,
     .work = work_poprate},
    {.name = "counts",
     .summary = "a table of the spikes of each neuron",
     .example = "counts A from=1s to=2s",
     .parameters = counts_parameters,
     .table = true,
     .beside = "counting",
     .check = check_spikes,
     .work = work_counts},
    {.name = "intervals",
     .summary = "a table of the intervals between spikes, with the time each ends",
     .example = "intervals A 7",
     .parameters = intervals_parameters,
     .table = true,
     .beside = "counting",
     .check = check_neuron,
     .work = work_intervals},
    {.name = "isi",
     .summary = "a histogram of the intervals between spikes, as a table",
     .example = "isi A 7 bins=20",
     .parameters = isi_parameters,
     .table = true,
     .beside = "counting",
     .check = check_neuron,
     .work = work_isi},
    {.name = "psth",
     .summary = "a histogram of the spikes around events, over all of them, with its standard error",
     .details = "Of all neurons (rates are a neuron's) or of one. t is where a bin begins, 0 the event.",
     .example = "psth R 7 events=@onsets.csv bin=20ms",
     .parameters = psth_parameters,
     .table = true,
     .beside = "counting",
     .check = psth_table_check,
     .work = psth_table_work},
    {.name = "correlogram",
     .summary = "when one neuron spikes relative to another, as a table",
     .details = "Pairs by their lag; how often the other one spikes then, and would if it did not care.",
     .example = "correlogram A 3 5 bin=1ms window=50ms",
     .parameters = correlogram_parameters,
     .table = true,
     .beside = "counting",
     .check = correlogram_table_check,
     .work = correlogram_table_work},
};

const struct command_family family_counts = {"Counting", commands, sizeof commands / sizeof *commands};
