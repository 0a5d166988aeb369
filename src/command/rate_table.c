/* Times first, then each neuron's whole column (interpolation needs all of it), then the rows. */
#include "command/rate_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/xalloc.h"
#include "command/state.h"
#include "command/trains.h"

#define EVENTS_DT 0.001
/* A kernel whose sum is farther from one than this is spoken of. */
#define GAIN_OFF 0.15
/* Doubles that one table may hold in memory. */
#define CELLS_MAX 200000000.0

struct times {
    double *t;
    size_t count;
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

static bool choose_times(const struct channel *channel, const struct spike_source *source,
                         const struct rate_request *request, struct times *times, struct error *error)
{
    double first = 0, last = -1, dt = request->dt > 0 ? request->dt : EVENTS_DT;
    bool any = source_span(source, &first, &last);
    bool events = channel->recording && channel->recording->samples == 0;
    /* Whole steps around the first and last event, so that neither falls outside. */
    double from =
        isnan(request->from) ? (events && any ? floor(first / dt + 1e-6) * dt : first) : request->from;
    double to = isnan(request->to) ? (events && any ? ceil(last / dt - 1e-6) * dt : last) : request->to;
    if (channel->recording && channel->recording->samples > 0 && request->dt == 0) {
        sample_times(channel->recording, from, to, times);
        return true;
    }
    return grid_times(from, to, dt, times, error);
}

/* Rates of a rate model: its curve at the input of each time. */
static bool rate_model_rows(const struct channel *channel, const struct times *times, struct sheet *sheet,
                            struct error *error)
{
    const struct population *population = channel->population;
    double x[POPULATION_MAX_DIMS];
    if (!analyse_labels(sheet, channel, "t", error))
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

/* The kernel for these times, NULL when the intervals between spikes are asked for. */
static bool make_kernel(struct session *session, const struct rate_request *request,
                        const struct times *times, struct kernel **kernel, struct error *error)
{
    char tau[NUMBER_HUMAN], step[NUMBER_HUMAN];
    double dt = request->dt > 0 ? request->dt : EVENTS_DT;
    *kernel = NULL;
    if (!request->kernel)
        return true;
    if (!kernel_step(times->t, times->count, &dt, error))
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
    for (size_t i = 0; i < source->neurons && !session_stopped(); i++) {
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
                       const struct times *times, struct sheet *sheet, struct error *error)
{
    size_t rows = times->count, neurons = source->neurons;
    struct kernel *kernel;
    if ((double)rows * (double)neurons > CELLS_MAX)
        return error_set(error,
                         "%zu rows of %zu neurons make too large a table: choose a larger dt, or from and to",
                         rows, neurons);
    if (!make_kernel(session, request, times, &kernel, error))
        return false;
    bool begun = analyse_labels(sheet, channel, "t", error);
    if (begun && rows > 0) {
        double *rate = xreallocarray(NULL, neurons * rows, sizeof *rate);
        estimate(source, request, kernel, times, rate);
        for (size_t k = 0; k < rows && !session_stopped(); k++) {
            sheet_number(sheet, times->t[k]);
            for (size_t i = 0; i < neurons; i++)
                sheet_number(sheet, rate[i * rows + k]);
            sheet_row(sheet);
        }
        free(rate);
    }
    kernel_free(kernel);
    return begun && (rows == 0 || !session_stopped() || error_set(error, "interrupted"));
}

bool rate_table(struct session *session, const struct channel *channel, const struct rate_request *request,
                struct sheet *sheet, struct error *error)
{
    struct times times = {0};
    struct spike_source source = channel_source(channel);
    if (!choose_times(channel, &source, request, &times, error))
        return false;
    bool spikes = channel->recording || channel->population->model->advance;
    bool good = spikes ? spike_rows(session, channel, &source, request, &times, sheet, error)
                       : rate_model_rows(channel, &times, sheet, error);
    free(times.t);
    return good;
}
