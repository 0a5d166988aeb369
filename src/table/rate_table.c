/* Times first, then each neuron's whole column (interpolation needs all of it), then the rows.
 *
 * A window (from, to) is cut out of the estimate, not out of the record: spikes before and after it belong to intervals
 * and kernels that reach into it. So the times estimated at go on beyond the window where the record does: by one
 * sample at the record's ends for intervals, whose ends are all the estimator needs to know, and by the kernel's
 * length. */
#include "table/rate_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/stop.h"
#include "base/xalloc.h"
#include "rig/trains.h"
#include "session/message.h"
#include "session/session.h"
#include "table/labels.h"
#include "table/table_span.h"

/* A kernel whose sum is farther from one than this is too short for the step. */
#define GAIN_OFF 0.15
/* Doubles that one table may hold in memory. */
#define CELLS_MAX 200000000.0

/* Row k is at own[k], or at k dt. */
struct times {
    const double *own; /* a dense file's times; NULL: multiples of dt */
    double dt, first;  /* `first` is the k of t[before] */
    double *t;
    size_t count;         /* with those outside of the window */
    size_t before, after; /* how many of them are outside, at either end */
};

static bool has_spikes(const struct channel *channel)
{
    return !channel->population || channel->population->model->advance;
}

/* The samples of the whole record. */
struct extent {
    double first, last, dt;
    bool any;
};

static double time_of(const struct times *times, double k)
{
    return times->own ? times->own[(size_t)k] : k * times->dt;
}

static void fill_times(struct times *times, double first, size_t count)
{
    times->t = xreallocarray(times->t, count, sizeof *times->t);
    times->count = count;
    for (size_t i = 0; i < count; i++)
        times->t[i] = time_of(times, first + (double)i);
}

/* Multiples of dt in [from, to]; a rounding error of an end does not lose a row. */
static bool grid_times(double from, double to, double dt, struct times *times, struct error *error)
{
    double first = ceil(from / dt - 1e-6), last = floor(to / dt + 1e-6);
    char human[NUMBER_HUMAN];
    if (!(last - first < CELLS_MAX))
        return error_set(error, "rows every %s make too large a table: choose a larger dt, or from and to",
                         number_human(human, dt, DIMENSION_TIME));
    *times = (struct times){.dt = dt, .first = first};
    fill_times(times, first, last < first ? 0 : (size_t)(last - first) + 1);
    return true;
}

static void sample_times(const struct recording *recording, double from, double to, struct times *times)
{
    size_t first = 0, end = recording->samples;
    while (first < end && recording->sample_time[first] < from)
        first++;
    while (end > first && recording->sample_time[end - 1] > to)
        end--;
    *times = (struct times){.own = recording->sample_time, .first = (double)first};
    fill_times(times, times->first, end - first);
}

static bool own_samples(const struct channel *channel, const struct rate_request *request)
{
    return channel->recording && channel->recording->samples > 0 && request->dt == 0;
}

/* Whether only the present neurons are asked about, and the record has steps of others before them. */
static bool of_present_neurons(const struct channel *channel, const struct rate_request *request, double first)
{
    return channel->population && channel->changed >= first && !(request->from < channel->changed) &&
           !(request->to <= channel->changed);
}

/* What the table covers when no window is asked for. */
static struct extent record_extent(const struct channel *channel, const struct spike_source *source,
                                   const struct rate_request *request)
{
    const struct recording *recording = channel->recording;
    struct extent e = {.first = 0, .last = -1, .dt = request->dt > 0 ? request->dt : KERNEL_EVENTS_DT};
    e.any = source_span(source, &e.first, &e.last);
    bool events = channel->followed || (recording && recording->samples == 0);
    if (recording && recording->samples == 0 && recording->told) {
        e.any = true;
        e.first = recording->begin;
        e.last = recording->end;
    }
    if (e.any && events) {
        /* Whole steps around the first and last event, so that neither falls outside. */
        e.first = floor(e.first / e.dt + 1e-6) * e.dt;
        e.last = ceil(e.last / e.dt - 1e-6) * e.dt;
    }
    if (e.any && of_present_neurons(channel, request, e.first))
        e.first = nextafter(channel->changed + 1e-6 * e.dt, INFINITY);
    return e;
}

static bool choose_times(const struct channel *channel, const struct extent *record, const struct rate_request *request,
                         struct times *times, struct error *error)
{
    double from = isnan(request->from) ? record->first : request->from;
    double to = isnan(request->to) ? record->last : request->to;
    struct spike_source source = channel_source(channel);
    struct time_span known;
    if (has_spikes(channel) && source_extent(&source, &known) && !known.closed) {
        from = fmax(from, known.from);
        to = fmin(to, known.to);
    }
    if (own_samples(channel, request)) {
        sample_times(channel->recording, from, to, times);
        return true;
    }
    return grid_times(from, to, record->dt, times, error);
}

/* Room for `before` times in front and `after` behind. */
static void widen(struct times *times, size_t before, size_t after)
{
    size_t count = before + times->count + after;
    times->t = xreallocarray(times->t, count, sizeof *times->t);
    memmove(times->t + before, times->t, times->count * sizeof *times->t);
    times->count = count;
    times->before = before;
    times->after = after;
}

/* An interval may reach to the ends of the record, and they are all that it needs to know of it. */
static void extend_to_ends(struct times *times, const struct extent *record)
{
    double tiny = 1e-6 * record->dt;
    widen(times, times->t[0] - record->first > tiny, record->last - times->t[times->count - 1] > tiny);
    if (times->before)
        times->t[0] = record->first;
    if (times->after)
        times->t[times->count - 1] = record->last;
}

static size_t within_reach(double samples, size_t reach)
{
    return samples > 0 ? (size_t)fmin(samples, (double)reach) : 0;
}

static void extend_to_record(struct times *times, const struct channel *channel, const struct extent *record,
                             const struct kernel *kernel)
{
    if (times->count == 0 || !record->any)
        return;
    if (!kernel) {
        extend_to_ends(times, record);
        return;
    }
    double low = times->own ? 0 : ceil(record->first / times->dt - 1e-6);
    double high = times->own ? (double)channel->recording->samples - 1 : floor(record->last / times->dt + 1e-6);
    double last = times->first + (double)times->count - 1;
    times->before = within_reach(times->first - low, kernel_reach(kernel));
    times->after = within_reach(high - last, kernel_reach(kernel));
    fill_times(times, times->first - (double)times->before, times->before + times->count + times->after);
}

/* Rates of a rate model: its curve at the input of each time. */
static bool rate_model_rows(const struct channel *channel, const struct times *times, struct sheet *sheet,
                            struct error *error)
{
    const struct population *population = channel->population;
    double x[POPULATION_MAX_DIMS];
    if (!labels_begin(sheet, channel, "t", error))
        return false;
    for (size_t k = 0; k < times->count; k++) {
        size_t step = history_find(channel->history, times->t[k] * (1 - 1e-12));
        if (step == history_steps(channel->history))
            break;
        memcpy(x, history_input(channel->history, step), population->dims * sizeof *x);
        sheet_number(sheet, times->t[k]);
        for (size_t i = 0; i < population->n; i++)
            sheet_number(sheet, population_rate(population, NULL, i, x));
        sheet_row(sheet);
    }
    return true;
}

static void say_gain(struct session *session, const struct rate_request *request, double dt, double gain)
{
    char tau[NUMBER_HUMAN], step[NUMBER_HUMAN];
    number_human(tau, request->tau, DIMENSION_TIME);
    number_human(step, dt, DIMENSION_TIME);
    if (fabs(gain - 1) > GAIN_OFF)
        session_note(session,
                     "tau=%s is short for rows every %s: rates read as %.3g times what they are; choose a "
                     "longer tau or a smaller dt",
                     tau, step, gain);
    else if (!kernel_sums_to_one(gain))
        session_note(session,
                     "%s with tau=%s, rows every %s: a spike counts as %.4g, and rates read as that many times "
                     "what they are",
                     request->kernel->name, tau, step, gain);
}

/* The kernel for the whole record, NULL when the intervals between spikes are asked for. The number of taps depends on
 * the last bit of the step, so that this is what it is, and not what the times of the window round it to. */
static bool make_kernel(struct session *session, const struct channel *channel, const struct rate_request *request,
                        const struct extent *record, struct kernel **kernel, struct error *error)
{
    const struct recording *recording = channel->recording;
    double dt = record->dt;
    *kernel = NULL;
    if (!request->kernel)
        return true;
    if (own_samples(channel, request) && !kernel_step(recording->sample_time, recording->samples, &dt, error))
        return false;
    *kernel = kernel_new(request->kernel, request->tau, dt, request->causal, error);
    if (*kernel)
        say_gain(session, request, dt, kernel_gain(*kernel));
    return *kernel != NULL;
}

/* rate[neuron][row] */
static void estimate(const struct spike_source *source, const struct rate_request *request, const struct kernel *kernel,
                     const struct times *times, double *rate)
{
    size_t rows = times->count;
    struct trains trains = trains_gather(source, times->t[0], times->t[rows - 1]);
    for (size_t i = 0; i < source->neurons && !stop_requested(); i++) {
        const double *train = trains.time + trains.start[i];
        size_t spikes = trains.start[i + 1] - trains.start[i];
        if (kernel)
            kernel_rates(kernel, train, spikes, times->t, rows, rate + i * rows);
        else
            isi_rates(train, spikes, times->t, rows, request->interp, request->midpoint, rate + i * rows);
    }
    trains_free(&trains);
}

struct rate_table {
    const struct channel *channel; /* frozen, the caller's */
    struct rate_request request;
    struct kernel *kernel; /* NULL: intervals, or a rate model */
    struct times times;
};

static bool prepare_spikes(struct session *session, struct rate_table *table, const struct extent *record,
                           struct error *error)
{
    size_t neurons = channel_neurons(table->channel);
    if (!make_kernel(session, table->channel, &table->request, record, &table->kernel, error))
        return false;
    extend_to_record(&table->times, table->channel, record, table->kernel);
    return (double)table->times.count * (double)neurons <= CELLS_MAX ||
           error_set(error, "%zu rows of %zu neurons make too large a table: choose a larger dt, or from and to",
                     table->times.count, neurons);
}

struct rate_table *rate_table_new(struct session *session, const struct channel *channel,
                                  const struct rate_request *request, struct error *error)
{
    struct rate_table *table = xcalloc(1, sizeof *table);
    *table = (struct rate_table){.channel = channel, .request = *request};
    struct spike_source source = channel_source(channel);
    struct extent record = record_extent(channel, &source, request);
    struct time_span span;
    bool good = table_span_say(session, channel, request->from, request->to, &span, error);
    if (good)
        table_say_rate_unit(session, channel);
    if (good && choose_times(channel, &record, request, &table->times, error) &&
        (!has_spikes(channel) || prepare_spikes(session, table, &record, error)))
        return table;
    rate_table_free(table);
    return NULL;
}

static bool spike_rows(const struct rate_table *table, struct sheet *sheet, struct error *error)
{
    const struct times *times = &table->times;
    struct spike_source source = channel_source(table->channel);
    size_t rows = times->count, neurons = source.neurons;
    double unit = channel_rate_unit(table->channel);
    if (!memory_fits((double)neurons * (double)rows * sizeof(double), error))
        return error_prefix(error, "%zu rows of %zu neurons: ", rows, neurons);
    if (!labels_begin(sheet, table->channel, "t", error))
        return false;
    if (rows == 0)
        return true;
    double *rate = xreallocarray(NULL, neurons * rows, sizeof *rate);
    estimate(&source, &table->request, table->kernel, times, rate);
    for (size_t k = times->before; k < rows - times->after && !stop_requested(); k++) {
        sheet_number(sheet, times->t[k]);
        for (size_t i = 0; i < neurons; i++)
            sheet_number(sheet, rate[i * rows + k] * unit);
        sheet_row(sheet);
    }
    free(rate);
    return !stop_requested() || error_set(error, "interrupted");
}

bool rate_table_write(const struct rate_table *table, struct sheet *sheet, struct error *error)
{
    return has_spikes(table->channel) ? spike_rows(table, sheet, error)
                                      : rate_model_rows(table->channel, &table->times, sheet, error);
}

void rate_table_free(struct rate_table *table)
{
    if (!table)
        return;
    kernel_free(table->kernel);
    free(table->times.t);
    free(table);
}
