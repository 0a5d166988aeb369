/* Two filters run over the record side by side, one fed with spikes, one with rates. */
#include "nef/readout_trace.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "nef/readout.h"

/* trace->state: the filters' states, then the rates' sum that the second one is fed with. */
static double *spike_state(const struct readout_trace *t)
{
    return t->state;
}

static double *ideal_state(const struct readout_trace *t)
{
    return t->state + SYNAPSE_ORDER_MAX * t->outputs;
}

static double *held_rates(const struct readout_trace *t)
{
    return t->state + 2 * SYNAPSE_ORDER_MAX * t->outputs;
}

static size_t state_size(const struct readout_trace *t)
{
    return (2 * SYNAPSE_ORDER_MAX + 1) * t->outputs;
}

static size_t width(const struct readout_trace *t)
{
    return 1 + t->dims + 3 * t->outputs;
}

static double *row_at(const struct readout_trace *t, size_t i)
{
    return t->row + (t->first + i) * width(t);
}

void readout_trace_init(struct readout_trace *trace, size_t dims, size_t outputs)
{
    *trace = (struct readout_trace){.dims = dims, .outputs = outputs, .until = -INFINITY};
    trace->state = xcalloc(state_size(trace), sizeof *trace->state);
}

void readout_trace_free(struct readout_trace *trace)
{
    free(trace->row);
    free(trace->state);
    *trace = (struct readout_trace){.until = -INFINITY};
}

/* ---- going on ---- */

static bool spikes(const struct readout *readout)
{
    return readout->population->model->advance != NULL;
}

/* Length of the step that ends at `time`. */
static double length_at(const struct readout *readout, double time)
{
    size_t i = readout->lengths - 1;
    while (i > 0 && readout->length[i].from >= time)
        i--;
    return readout->length[i].dt;
}

void readout_trace_start(struct readout_trace *t, double from, bool settled)
{
    t->first = t->count = 0;
    t->taken = 0;
    t->until = from;
    t->settled = settled;
    memset(t->state, 0, state_size(t) * sizeof *t->state);
}

/* Where the rates of the first step have stood for ever. */
static void settle(struct readout_trace *t, const struct synapse_filter *filter)
{
    synapse_rest(filter, t->outputs, held_rates(t), spike_state(t));
    synapse_rest(filter, t->outputs, held_rates(t), ideal_state(t));
    t->settled = false;
}

/* Room for one row more; old ones that were dropped make it first. */
static double *new_row(struct readout_trace *t)
{
    if (t->first > t->count) {
        memmove(t->row, row_at(t, 0), t->count * width(t) * sizeof *t->row);
        t->first = 0;
    }
    xgrow(&t->row, &t->capacity, t->first + t->count + 1, width(t) * sizeof *t->row);
    return row_at(t, t->count++);
}

/* Spikes of neurons that are no more do not count. */
static size_t known(const uint32_t *neuron, size_t count, size_t n)
{
    while (count > 0 && neuron[count - 1] >= n)
        count--;
    return count;
}

static void decode_step(const struct readout *readout, size_t step, double dt, double *raw)
{
    const struct population *p = readout->population;
    size_t count;
    const uint32_t *neuron = history_spiked(readout->history, step, &count);
    readout_spikes(readout->decoder, neuron, known(neuron, count, p->n), p->model->spike_height(&p->params, dt), raw);
}

static void take_step(struct readout_trace *t, const struct readout *readout, size_t step,
                      const struct synapse_filter *filter, double dt, bool keep, size_t stride)
{
    const double *x = history_input(readout->history, step);
    double raw[FUNCTION_OUTPUTS_MAX], decoded[FUNCTION_OUTPUTS_MAX], ideal[FUNCTION_OUTPUTS_MAX];
    size_t k = t->outputs;
    bool on_stride = t->taken++ % stride == 0;
    if (on_stride)
        decoder_value(readout->decoder, readout->population, x, held_rates(t));
    if (t->settled)
        settle(t, filter);
    synapse_step(filter, k, held_rates(t), ideal_state(t), ideal);
    if (spikes(readout)) {
        decode_step(readout, step, dt, raw);
        synapse_step(filter, k, raw, spike_state(t), decoded);
    } else {
        memcpy(decoded, ideal, k * sizeof *decoded);
    }
    if (!keep || !on_stride)
        return;
    double *row = new_row(t);
    row[0] = history_time(readout->history, step);
    memcpy(row + 1, x, t->dims * sizeof *row);
    function_value(readout->function, history_ideal(readout->history, step), row + 1 + t->dims);
    memcpy(row + 1 + t->dims + k, decoded, k * sizeof *row);
    memcpy(row + 1 + t->dims + 2 * k, ideal, k * sizeof *row);
}

void readout_trace_extend(struct readout_trace *t, const struct readout *readout, double to, double keep, size_t stride)
{
    const struct history *history = readout->history;
    struct synapse_filter filter = {0};
    double filter_dt = 0;
    for (size_t i = history_find(history, nextafter(t->until, INFINITY)); i < history_steps(history); i++) {
        double time = history_time(history, i), dt = length_at(readout, time);
        if (time > to)
            break;
        if (dt != filter_dt)
            filter = synapse_filter(readout->synapse, readout->tau, filter_dt = dt);
        take_step(t, readout, i, &filter, dt, time >= keep, stride);
        t->until = time;
    }
}

void readout_trace_drop(struct readout_trace *trace, double time)
{
    size_t gone = readout_find(trace, time);
    trace->first += gone;
    trace->count -= gone;
}

void readout_trace_mark(const struct readout_trace *trace, struct readout_place *place)
{
    place->until = trace->until;
    place->taken = trace->taken;
    place->settled = trace->settled;
    memcpy(place->state, trace->state, state_size(trace) * sizeof *trace->state);
}

void readout_trace_return(struct readout_trace *trace, const struct readout_place *place)
{
    trace->until = place->until;
    trace->taken = place->taken;
    trace->settled = place->settled;
    memcpy(trace->state, place->state, state_size(trace) * sizeof *trace->state);
    trace->count = readout_find(trace, nextafter(place->until, INFINITY));
}

/* ---- looking ---- */

double readout_time(const struct readout_trace *trace, size_t i)
{
    return row_at(trace, i)[0];
}

const double *readout_x(const struct readout_trace *trace, size_t i)
{
    return row_at(trace, i) + 1;
}

const double *readout_target(const struct readout_trace *trace, size_t i)
{
    return row_at(trace, i) + 1 + trace->dims;
}

const double *readout_decoded(const struct readout_trace *trace, size_t i)
{
    return readout_target(trace, i) + trace->outputs;
}

const double *readout_ideal(const struct readout_trace *trace, size_t i)
{
    return readout_target(trace, i) + 2 * trace->outputs;
}

size_t readout_find(const struct readout_trace *trace, double time)
{
    size_t low = 0, high = trace->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (readout_time(trace, middle) < time)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct mean_square {
    double sum;
    size_t count;
};

static void add_square(struct mean_square *mean, double difference)
{
    if (!isfinite(difference))
        return;
    mean->sum += difference * difference;
    mean->count++;
}

static double root(const struct mean_square *mean)
{
    return mean->count ? sqrt(mean->sum / (double)mean->count) : NAN;
}

struct readout_error readout_rms(const struct readout_trace *trace, size_t output, double from, double to)
{
    struct mean_square target = {0}, ideal = {0};
    for (size_t i = readout_find(trace, from); i < trace->count && readout_time(trace, i) <= to; i++) {
        double decoded = readout_decoded(trace, i)[output];
        add_square(&target, decoded - readout_target(trace, i)[output]);
        add_square(&ideal, decoded - readout_ideal(trace, i)[output]);
    }
    return (struct readout_error){root(&target), root(&ideal)};
}
