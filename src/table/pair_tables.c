#include "table/pair_tables.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/xalloc.h"
#include "rig/channel.h"
#include "rig/trains.h"
#include "session/message.h"
#include "session/session.h"
#include "signal/correlogram.h"
#include "signal/psth.h"
#include "signal/stats.h"
#include "table/labels.h"
#include "table/table_span.h"
#include "text/csv_read.h"

#define BINS_MOST 100000

static struct channel *channel_of(const struct arguments *arguments)
{
    return argument(arguments, "NAME")->channel;
}

static struct trains all_of(const struct channel *channel)
{
    struct spike_source source = channel_source(channel);
    struct time_span span = table_span(channel, NAN, NAN);
    return trains_gather(&source, span_low(&span), span_high(&span));
}

/* ---- around events ---- */

/* The column of times: the one called so, else the first. */
static double event_at(const struct csv_table *table, size_t row)
{
    static const char *const names[] = {"time", "t", "time_s", "onset", "event"};
    long column = -1;
    for (size_t i = 0; i < sizeof names / sizeof *names && column < 0; i++)
        column = csv_table_column(table, names[i]);
    return table->value[row * table->columns + (column < 0 ? 0 : (size_t)column)];
}

static bool is_within(const struct time_span *span, double event, double before, double after)
{
    return isfinite(event) && event - before >= span->from - 1e-9 && event + after <= span->to + 1e-9;
}

static size_t bins_of(const struct arguments *arguments)
{
    double whole = argument(arguments, "before")->number + argument(arguments, "after")->number;
    double bins = whole / argument(arguments, "bin")->number;
    return bins <= BINS_MOST ? (size_t)ceil(bins - 1e-9) : 0;
}

static bool check_neuron(const struct arguments *arguments, const char *row, bool wanted, struct error *error)
{
    const struct value *value = argument(arguments, row);
    return (!value->given && !wanted) || channel_neuron(channel_of(arguments), value->text, error) >= 0;
}

bool psth_table_check(struct session *session, const struct arguments *arguments, struct error *error)
{
    const struct channel *channel = channel_of(arguments);
    const struct csv_table *events = argument(arguments, "events")->table;
    double before = argument(arguments, "before")->number, after = argument(arguments, "after")->number;
    if (!labels_need_spikes(channel, "its rates: rates NAME", error) ||
        !check_neuron(arguments, "NEURON", false, error))
        return false;
    if (before + after <= 0 || bins_of(arguments) == 0)
        return error_set(error, "before, after and bin make %.0f bins; from 1 to %d are possible",
                         fmax((before + after) / argument(arguments, "bin")->number, 0), BINS_MOST);
    struct time_span span = table_span(channel, NAN, NAN);
    size_t within = 0;
    for (size_t i = 0; i < events->rows; i++)
        within += is_within(&span, event_at(events, i), before, after);
    if (within == 0)
        return error_set(error, "none of %zu events has its whole window within the record of %s, %.4g s to %.4g s",
                         events->rows, channel->name, span.from, span.to);
    if (within < events->rows)
        session_note(session, "%zu of %zu events have their whole window in the record; the others are left out",
                     within, events->rows);
    return true;
}

static int by_time(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Spikes of the one neuron, or of all, rising. */
static double *merged(const struct trains *trains, long only, size_t *count)
{
    size_t first = only < 0 ? 0 : trains->start[only], end = trains->start[only < 0 ? (long)trains->neurons : only + 1];
    double *time = xcalloc(end - first + 1, sizeof *time);
    memcpy(time, trains->time + first, (end - first) * sizeof *time);
    if (only < 0)
        qsort(time, end - first, sizeof *time, by_time);
    *count = end - first;
    return time;
}

bool psth_table_work(const struct arguments *arguments, struct sheet *sheet, struct progress progress,
                     struct error *error)
{
    static const char *const columns[] = {"t", "spikes", "rate", "sem", NULL};
    const struct channel *channel = channel_of(arguments);
    const struct csv_table *events = argument(arguments, "events")->table;
    const struct value *neuron = argument(arguments, "NEURON");
    struct time_span span = table_span(channel, NAN, NAN);
    struct trains trains = all_of(channel);
    long only = neuron->given ? channel_neuron(channel, neuron->text, error) : -1;
    struct psth p = {.bins = bins_of(arguments),
                     .bin = argument(arguments, "bin")->number,
                     .before = argument(arguments, "before")->number};
    double after = argument(arguments, "after")->number, neurons = only < 0 ? (double)trains.neurons : 1;
    p.spikes = xcalloc(p.bins, sizeof *p.spikes);
    p.squares = xcalloc(p.bins, sizeof *p.squares);
    uint64_t *scratch = xcalloc(p.bins, sizeof *scratch);
    size_t count;
    double *time = merged(&trains, only, &count);
    bool good = true;
    for (size_t i = 0; i < events->rows && good; i++) {
        good = i % 64 || !progress.stop(progress.context, (double)i / (double)events->rows) ||
               error_set(error, "interrupted");
        if (good && is_within(&span, event_at(events, i), p.before, after))
            psth_add(&p, time, count, event_at(events, i), scratch);
    }
    good = good && sheet_header(sheet, error, columns);
    for (size_t k = 0; k < p.bins && good; k++) {
        sheet_number(sheet, (double)k * p.bin - p.before);
        sheet_integer(sheet, (int64_t)p.spikes[k]);
        sheet_number(sheet, psth_rate(&p, k) / neurons);
        sheet_number(sheet, psth_error(&p, k) / neurons);
        sheet_row(sheet);
    }
    free(time);
    free(scratch);
    free(p.spikes);
    free(p.squares);
    trains_free(&trains);
    return good;
}

/* ---- pairs ---- */

static size_t side_of(const struct arguments *arguments)
{
    double side = argument(arguments, "window")->number / argument(arguments, "bin")->number;
    return side <= BINS_MOST / 2 ? (size_t)llround(side) : BINS_MOST;
}

bool correlogram_table_check(struct session *session, const struct arguments *arguments, struct error *error)
{
    (void)session;
    return labels_need_spikes(channel_of(arguments), "its rates: rates NAME", error) &&
           check_neuron(arguments, "NEURON", true, error) && check_neuron(arguments, "OTHER", false, error) &&
           (side_of(arguments) < BINS_MOST ||
            error_set(error, "window and bin make too many bins; up to %d are possible", BINS_MOST));
}

bool correlogram_table_work(const struct arguments *arguments, struct sheet *sheet, struct progress progress,
                            struct error *error)
{
    static const char *const columns[] = {"lag", "pairs", "rate", "expected", NULL};
    const struct channel *channel = channel_of(arguments);
    const struct value *other = argument(arguments, "OTHER");
    long a = channel_neuron(channel, argument(arguments, "NEURON")->text, error);
    long b = other->given ? channel_neuron(channel, other->text, error) : a;
    if (a < 0 || b < 0)
        return false;
    (void)progress; /* a sweep over two trains */
    struct time_span span = table_span(channel, NAN, NAN);
    struct trains trains = all_of(channel);
    double bin = argument(arguments, "bin")->number;
    size_t side = side_of(arguments), of_a = trains.start[a + 1] - trains.start[a],
           of_b = trains.start[b + 1] - trains.start[b];
    uint64_t *count = xcalloc(2 * side + 1, sizeof *count);
    correlogram_count(trains.time + trains.start[a], of_a, trains.time + trains.start[b], of_b, a == b, bin, side,
                      count);
    double expected = train_stats(trains.time + trains.start[b], of_b, &span).rate;
    bool good = sheet_header(sheet, error, columns);
    for (size_t k = 0; k < 2 * side + 1 && good; k++) {
        sheet_number(sheet, ((double)k - (double)side) * bin);
        sheet_integer(sheet, (int64_t)count[k]);
        sheet_number(sheet, of_a ? (double)count[k] / (double)of_a / bin : NAN);
        sheet_number(sheet, expected);
        sheet_row(sheet);
    }
    free(count);
    trains_free(&trains);
    return good;
}
