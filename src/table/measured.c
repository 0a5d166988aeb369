/* A recording has its stimulus beside it. The input of a live population is in its history, step by step: a step's
 * spikes belong to the x of that step. */
#include "table/measured.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/number.h"
#include "base/stop.h"
#include "base/xalloc.h"
#include "rig/tuned.h"
#include "session/session.h"
#include "table/table_span.h"

static struct trace trace_of_history(const struct history *history, size_t axis)
{
    struct trace trace = {.kind = TRACE_STEPS, .count = history_steps(history)};
    trace.time = xreallocarray(NULL, trace.count, sizeof *trace.time);
    trace.x = xreallocarray(NULL, trace.count, sizeof *trace.x);
    for (size_t i = 0; i < trace.count; i++) {
        trace.time[i] = history_time(history, i);
        trace.x[i] = history_input(history, i)[axis];
    }
    return trace;
}

bool measured_check(const struct channel *channel, const struct measured_request *request, struct error *error)
{
    size_t neurons = channel_neurons(channel);
    if (channel->followed)
        return error_set(error,
                         "%s is a stream, and curves need a stimulus beside the spikes: unfollow %s makes a "
                         "recording, stimulus %s @FILE.csv gives it one",
                         channel->name, channel->name, channel->name);
    if (!channel->population && !channel->tuned)
        return error_set(error, "%s has no stimulus beside it; stimulus %s @FILE.csv gives one: a table of time and x",
                         channel->name, channel->name);
    if (request->points < 2)
        return error_set(error, "points=%zu: measured curves need 2 at least", request->points);
    return (double)request->points * (double)neurons <= TUNED_COUNTS_MAX ||
           error_set(error, "%zu points of %zu neurons make too large a table", request->points, neurons);
}

/* Where the steps of a dense file begin and end whose rows lie in a window: a row stands for the step before it. */
static double before(const struct trace *trace, double limit, double first)
{
    double time = first;
    for (size_t i = 0; i < trace->count && trace->time[i] <= limit; i++)
        time = trace->time[i];
    return time;
}

/* Where it is counted: the time asked for, within what is known. */
static void find_span(const struct channel *channel, const struct trace *trace, const struct measured_request *request,
                      double *from, double *to)
{
    struct time_span asked = table_span(channel, request->from, request->to);
    if (channel->tuned)
        tuned_span(channel->tuned, channel->recording, from, to);
    else if (!trace_span(trace, from, to))
        *from = *to = 0;
    bool rows = channel->recording && trace->kind == TRACE_STEPS;
    if (!isnan(request->from) || channel->population)
        *from = fmax(*from, rows ? before(trace, nextafter(span_low(&asked), -INFINITY), *from) : asked.from);
    if (!isnan(request->to))
        *to = fmin(*to, rows ? before(trace, span_high(&asked), *from) : asked.to);
}

static struct tuning_bins *count(const struct channel *channel, const struct trace *trace,
                                 const struct measured_request *request, struct error *error)
{
    double from, to, low = 0, high = 0;
    char a[NUMBER_HUMAN], b[NUMBER_HUMAN];
    struct spike_source source = channel_source(channel);
    find_span(channel, trace, request, &from, &to);
    bool any = trace_range(trace, from, to, &low, &high);
    if (channel->population && request->whole) {
        high = channel->population->radius;
        low = -high;
    } else if (!any) {
        if (channel->population && history_steps(channel->history) == 0)
            error_set(error, "%s has not run yet: run 1s", channel->name);
        else
            error_set(error, "nothing is known about x of %s from %s to %s", channel->name,
                      number_human(a, isnan(request->from) ? from : request->from, DIMENSION_TIME),
                      number_human(b, isnan(request->to) ? to : request->to, DIMENSION_TIME));
        return NULL;
    }
    struct tuning_bins *bins = tuning_bins_new(trace, from, to, low, high, request->points, source.neurons);
    tuning_bins_source(bins, trace, &source);
    return bins;
}

struct tuning_bins *measured_bins(const struct channel *channel, const struct measured_request *request,
                                  struct error *error)
{
    if (!measured_check(channel, request, error))
        return NULL;
    if (channel->tuned)
        return count(channel, &channel->tuned->trace, request, error);
    struct trace trace = trace_of_history(channel->history, request->axis);
    struct tuning_bins *bins = count(channel, &trace, request, error);
    trace_free(&trace);
    return bins;
}

static bool header(const struct channel *channel, bool errors, struct sheet *sheet, struct error *error)
{
    char label[32], both[300];
    if (!sheet_begin(sheet, error))
        return false;
    sheet_text(sheet, "x");
    for (size_t i = 0; i < channel_neurons(channel); i++) {
        const char *name = channel_label(channel, i, label, sizeof label);
        sheet_text(sheet, name);
        snprintf(both, sizeof both, "%s_se", name);
        if (errors)
            sheet_text(sheet, both);
    }
    sheet_row(sheet);
    return true;
}

bool measured_table(const struct channel *channel, const struct measured_request *request, struct sheet *sheet,
                    struct error *error)
{
    struct tuning_bins *bins = measured_bins(channel, request, error);
    double unit = channel_rate_unit(channel);
    if (!bins || !header(channel, request->errors, sheet, error)) {
        tuning_bins_free(bins);
        return false;
    }
    for (size_t b = 0; b < bins->bins && !stop_requested(); b++) {
        sheet_number(sheet, tuning_bins_x(bins, b));
        for (size_t i = 0; i < bins->units; i++) {
            sheet_number(sheet, unit * tuning_bins_rate(bins, i, b));
            if (request->errors)
                sheet_number(sheet, unit * tuning_bins_error(bins, i, b));
        }
        sheet_row(sheet);
    }
    tuning_bins_free(bins);
    return !stop_requested() || error_set(error, "interrupted");
}
