/* Times first, then each neuron's whole column (interpolation needs all of it), then the rows.
 *
 * A window (from, to) is cut out of the estimate, not out of the record: spikes before and after it belong to intervals
 * and kernels that reach into it. So the times estimated at go on beyond the window where the record does: by one sample
 * at the record's ends for intervals, whose ends are all the estimator needs to know, and by the kernel's length. */
#include "table/rate_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/stop.h"
#include "base/xalloc.h"
#include "rig/trains.h"
#include "session/state.h"
#include "table/labels.h"

#define EVENTS_DT 0.001
/* A kernel whose sum is farther from one than this is spoken of. */
#define GAIN_OFF 0.15
/* Doubles that one table may hold in memory. */
#define CELLS_MAX 200000000.0

struct times {
    double *t;
    size_t count;         /* with those outside of the window */
    size_t before, after; /* how many of them are outside, at either end */
};

/* The samples of the whole record. */
struct extent {
    double first, last, dt;
    bool any;
};

/* Multiples of dt in [from, to]; a rounding error of an end does not lose a row. */
static bool grid_times(double from, double to, double dt, struct times *times, struct error *error)
{
    double first = ceil(from / dt - 1e-6), last = floor(to / dt + 1e-6);
    char human[NUMBER_HUMAN];
    if (!(last - first < CELLS_MAX))
        return error_set(error, "rows every %s make too large a table: choose a larger dt, or from and to",
                         number_human(human, dt, DIMENSION_TIME));
    times->count = last < first ? 0 : (size_t)(last - first) + 1;
    times->t = xreallocarray(NULL, times->count, sizeof *times->t);
    for (size_t i = 0; i < times->count; i++)
        times->t[i] = (first + (double)i) * dt;
    return true;
}

static void sample_times(const struct recording *recording, double from, double to, struct times *times)
{
    times->t = xreallocarray(NULL, recording->samples, sizeof *times->t);
    for (size_t i = 0; i < recording->samples; i++)
        if (recording->sample_time[i] >= from && recording->sample_time[i] <= to)
            times->t[times->count++] = recording->sample_time[i];
}

static bool own_samples(const struct channel *channel, const struct rate_request *request)
{
    return channel->recording && channel->recording->samples > 0 && request->dt == 0;
}

/* What the table covers when no window is asked for. */
static struct extent record_extent(const struct channel *channel, const struct spike_source *source,
                                   const struct rate_request *request)
{
    struct extent e = {.first = 0, .last = -1, .dt = request->dt > 0 ? request->dt : EVENTS_DT};
    e.any = source_span(source, &e.first, &e.last);
    if (e.any && (channel->followed || (channel->recording && channel->recording->samples == 0))) {
        /* Whole steps around the first and last event, so that neither falls outside. */
        e.first = floor(e.first / e.dt + 1e-6) * e.dt;
        e.last = ceil(e.last / e.dt - 1e-6) * e.dt;
    }
    return e;
}

static bool choose_times(const struct channel *channel, const struct extent *record,
                         const struct rate_request *request, struct times *times, struct error *error)
{
    double from = isnan(request->from) ? record->first : request->from;
    double to = isnan(request->to) ? record->last : request->to;
    char low[NUMBER_HUMAN], high[NUMBER_HUMAN];
    if (from > to && !(isnan(request->from) && isnan(request->to)))
        return error_set(error, "from=%s is after to=%s", number_human(low, from, DIMENSION_TIME),
                         number_human(high, to, DIMENSION_TIME));
    if (own_samples(channel, request)) {
        sample_times(channel->recording, from, to, times);
        return true;
    }
    return grid_times(from, to, record->dt, times, error);
}

/* Puts `before` times in front, `after` behind, in steps of dt away from the window. */
static void extend(struct times *times, size_t before, size_t after, double dt)
{
    double first = times->t[0], last = times->t[times->count - 1];
    times->t = xreallocarray(times->t, before + times->count + after, sizeof *times->t);
    memmove(times->t + before, times->t, times->count * sizeof *times->t);
    for (size_t i = 0; i < before; i++)
        times->t[i] = first - (double)(before - i) * dt;
    for (size_t i = 0; i < after; i++)
        times->t[before + times->count + i] = last + (double)(i + 1) * dt;
    times->count += before + after;
    times->before = before;
    times->after = after;
}

static void extend_to_record(struct times *times, const struct extent *record, const struct kernel *kernel)
{
    if (times->count == 0 || !record->any)
        return;
    double before = times->t[0] - record->first, after = record->last - times->t[times->count - 1];
    if (!kernel) {
        double tiny = 1e-6 * record->dt;
        extend(times, before > tiny, after > tiny, 0);
        if (times->before)
            times->t[0] = record->first;
        if (times->after)
            times->t[times->count - 1] = record->last;
        return;
    }
    double dt = times->count > 1 ? times->t[1] - times->t[0] : record->dt, reach = (double)kernel_taps(kernel);
    extend(times, (size_t)fmax(fmin(before / dt + 1e-6, reach), 0), (size_t)fmax(fmin(after / dt + 1e-6, reach), 0),
           dt);
}

/* Rows of zeros where nothing was recorded look like silence. */
static void say_if_elsewhere(struct session *session, const struct channel *channel, const struct extent *record,
                             const struct times *times)
{
    char first[NUMBER_HUMAN], last[NUMBER_HUMAN];
    if (times->count == 0 || !record->any ||
        (times->t[0] <= record->last && times->t[times->count - 1] >= record->first))
        return;
    session_note(session, "%s has no record there: it goes from %s to %s", channel->name,
                 number_human(first, record->first, DIMENSION_TIME), number_human(last, record->last, DIMENSION_TIME));
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

/* The kernel for these times, NULL when the intervals between spikes are asked for. The number of taps depends on the
 * last bit of the step, and a window is to show what the whole shows: one that begins inside the record takes the step
 * from where the record begins. */
static bool make_kernel(struct session *session, const struct channel *channel, const struct rate_request *request,
                        const struct extent *record, const struct times *times, struct kernel **kernel,
                        struct error *error)
{
    double begin = ceil(record->first / record->dt - 1e-6), pair[2] = {begin * record->dt, (begin + 1) * record->dt};
    bool inside = times->count > 0 && record->any && times->t[0] > record->first;
    const double *t = !inside ? times->t : own_samples(channel, request) ? channel->recording->sample_time : pair;
    size_t count = !inside ? times->count : own_samples(channel, request) ? channel->recording->samples : 2;
    char tau[NUMBER_HUMAN], step[NUMBER_HUMAN];
    double dt = request->dt > 0 ? request->dt : EVENTS_DT;
    *kernel = NULL;
    if (!request->kernel)
        return true;
    if (!kernel_step(t, count, &dt, error))
        return false;
    *kernel = kernel_new(request->kernel, request->tau, dt, error);
    if (*kernel && fabs(kernel_gain(*kernel) - 1) > GAIN_OFF)
        session_note(session,
                     "tau=%s is short for rows every %s: rates read as %.3g times what they are; choose a "
                     "longer tau or a smaller dt",
                     number_human(tau, request->tau, DIMENSION_TIME), number_human(step, dt, DIMENSION_TIME),
                     kernel_gain(*kernel));
    return *kernel != NULL;
}

/* rate[neuron][row] */
static void estimate(const struct spike_source *source, const struct rate_request *request,
                     const struct kernel *kernel, const struct times *times, double *rate)
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

static bool spike_rows(struct session *session, const struct channel *channel,
                       const struct spike_source *source, const struct rate_request *request,
                       const struct extent *record, struct times *times, struct sheet *sheet, struct error *error)
{
    size_t neurons = source->neurons;
    struct kernel *kernel;
    if (!make_kernel(session, channel, request, record, times, &kernel, error))
        return false;
    extend_to_record(times, record, kernel);
    size_t rows = times->count;
    if ((double)rows * (double)neurons > CELLS_MAX) {
        kernel_free(kernel);
        return error_set(error,
                         "%zu rows of %zu neurons make too large a table: choose a larger dt, or from and to",
                         rows, neurons);
    }
    bool begun = labels_begin(sheet, channel, "t", error);
    if (begun && rows > 0) {
        double *rate = xreallocarray(NULL, neurons * rows, sizeof *rate);
        estimate(source, request, kernel, times, rate);
        for (size_t k = times->before; k < rows - times->after && !stop_requested(); k++) {
            sheet_number(sheet, times->t[k]);
            for (size_t i = 0; i < neurons; i++)
                sheet_number(sheet, rate[i * rows + k]);
            sheet_row(sheet);
        }
        free(rate);
    }
    kernel_free(kernel);
    return begun && (rows == 0 || !stop_requested() || error_set(error, "interrupted"));
}

bool rate_table(struct session *session, const struct channel *channel, const struct rate_request *request,
                struct sheet *sheet, struct error *error)
{
    struct times times = {0};
    struct spike_source source = channel_source(channel);
    struct extent record = record_extent(channel, &source, request);
    if (!choose_times(channel, &record, request, &times, error))
        return false;
    say_if_elsewhere(session, channel, &record, &times);
    bool spikes = !channel->population || channel->population->model->advance;
    bool good = spikes ? spike_rows(session, channel, &source, request, &record, &times, sheet, error)
                       : rate_model_rows(channel, &times, sheet, error);
    free(times.t);
    return good;
}
