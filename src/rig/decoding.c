/* Three clocks: `wanted` counts changes that call for other decoders, `solved` says which of them the
 * decoders in use are for, and the trace follows the record. When neurons change, the trace is brought up to
 * that moment and the place marked; it goes on with the decoders there are, and once the new ones are solved
 * it goes back to the mark and reads the same spikes again. What is seen in the end does not depend on how
 * long solving took. */
#include "rig/decoding.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/xalloc.h"
#include "rig/rig.h"
#include "rig/solving.h"
#include "signal/span.h"

#define WARM_UP 25         /* time constants after which a filter has forgotten how it began */
#define TRACE_BUDGET 0.015 /* s to compute a whole window in */
#define RATE_COST 25e-9    /* s, of one neuron's rate, */
#define TERM_COST 1.5e-9   /* and of each further dimension and output */
#define POINT_COST 3e-7    /* s, of everything else in a point */

struct decoding {
    uint64_t wanted, solved; /* 0: never */
    struct solving *solving; /* NULL: nothing is being solved */
    uint64_t solving_for;
    struct solution solution;
    char trouble[sizeof((struct error *)0)->text];
    struct readout_trace trace;
    bool traced;        /* the trace goes on; else it is to be begun anew */
    double traced_from; /* points are kept from here on */
    size_t stride;
    bool marked; /* neurons changed, and the decoders are not theirs yet */
    struct readout_place place;
    struct decoding_view view;
    char synapse[64];
};

static void forget_trace(struct decoding *d)
{
    d->traced = d->marked = false;
}

void decoding_free(struct decoding *d)
{
    if (!d)
        return;
    solving_free(d->solving);
    solution_free(&d->solution);
    readout_trace_free(&d->trace);
    free(d);
}

static struct decoding *decoding_of(struct channel *channel)
{
    if (!channel->decoding) {
        channel->decoding = xcalloc(1, sizeof *channel->decoding);
        channel->decoding->wanted = 1;
    }
    return channel->decoding;
}

static struct readout readout_of(const struct rig *rig, const struct channel *channel)
{
    const struct decoding *d = channel->decoding;
    return (struct readout){.population = channel->population,
                            .decoder = d->solution.decoder,
                            .function = d->solution.function,
                            .synapse = channel->spec.synapse,
                            .tau = channel->spec.tau_synapse,
                            .history = channel->history,
                            .length = rig->length,
                            .lengths = rig->lengths};
}

/* The decoders in use fit the neurons there are, if they may be an earlier version's. */
static bool usable(const struct channel *channel)
{
    const struct solution *s = &channel->decoding->solution;
    return s->decoder && s->decoder->n == channel->population->n &&
           function_dims(s->function) == channel->population->dims;
}

/* ---- solving ---- */

/* Outputs may have become other ones; only if neurons alone have changed does the trace go on. */
static void install(struct decoding *d, struct solution solution, uint64_t version)
{
    bool same = d->solution.function && solution.function &&
                strcmp(function_text(d->solution.function), function_text(solution.function)) == 0 &&
                function_dims(d->solution.function) == function_dims(solution.function);
    solution_free(&d->solution);
    d->solution = solution;
    d->solved = version;
    if (same && d->traced && d->marked)
        readout_trace_return(&d->trace, &d->place);
    else
        forget_trace(d);
    if (version == d->wanted)
        d->marked = false;
}

static void refuse(struct decoding *d, const struct error *error, uint64_t version)
{
    solution_free(&d->solution);
    forget_trace(d);
    d->solved = version;
    snprintf(d->trouble, sizeof d->trouble, "%s", error->text);
}

/* Takes what was solved, waiting for it; of what was told to stop nothing may come. */
static void collect(struct decoding *d)
{
    struct solution solution;
    struct error error;
    if (solving_result(d->solving, &solution, &error)) {
        d->trouble[0] = '\0';
        install(d, solution, d->solving_for);
    } else if (!solving_stopped(d->solving)) {
        refuse(d, &error, d->solving_for);
    }
    solving_free(d->solving);
    d->solving = NULL;
}

static void begin(struct rig *rig, struct channel *channel)
{
    struct decoding *d = channel->decoding;
    d->solving_for = d->wanted;
    d->solving = solving_new(channel);
    if (rig->started && !solving_is_quick(d->solving))
        solving_start(d->solving);
    else
        solving_do(d->solving, (struct progress){0});
}

static void go_on_solving(struct rig *rig, struct channel *channel)
{
    struct decoding *d = channel->decoding;
    if (d->solving && !solving_fits(d->solving, channel))
        solving_stop(d->solving);
    if (d->solving && solving_done(d->solving))
        collect(d);
    if (!d->solving && d->solved != d->wanted) {
        begin(rig, channel);
        if (solving_done(d->solving))
            collect(d);
    }
}

bool decoding_busy(const struct channel *channel)
{
    return channel->decoding && channel->decoding->solving;
}

/* ---- changes ---- */

void decoding_neurons_change(struct rig *rig, struct channel *channel, double time)
{
    struct decoding *d = channel->decoding;
    if (!d)
        return;
    d->wanted++;
    if (!d->traced || !usable(channel) || d->trace.until < time - 1)
        forget_trace(d);
    if (!d->traced)
        return;
    struct readout readout = readout_of(rig, channel);
    readout_trace_extend(&d->trace, &readout, time, d->traced_from, d->stride);
    readout_trace_mark(&d->trace, &d->place);
    d->marked = true;
}

void decoding_function_changed(struct channel *channel)
{
    if (channel->decoding)
        channel->decoding->wanted++;
}

void decoding_synapse_changed(struct channel *channel)
{
    decoding_forget(channel);
}

void decoding_forget(struct channel *channel)
{
    if (channel->decoding)
        forget_trace(channel->decoding);
}

double decoding_since(const struct channel *channel, bool *others)
{
    size_t steps = history_steps(channel->history);
    *others = steps > 0 && channel->changed > 0 && history_time(channel->history, 0) <= channel->changed;
    return *others ? channel->changed : -INFINITY;
}

/* ---- the trace of a window ---- */

/* Every how many steps rates and target are computed: all that the budget allows, in powers of two so that it
 * stays the same while a window moves. */
static size_t stride_for(const struct channel *channel, double steps)
{
    const struct population *p = channel->population;
    double terms = (double)(p->dims + channel->decoding->solution.decoder->outputs - 2);
    double cost = (double)p->n * (RATE_COST + terms * TERM_COST) + POINT_COST;
    size_t stride = 1;
    while (steps * cost / (double)stride > TRACE_BUDGET)
        stride *= 2;
    return stride;
}

/* What comes before the window has a stride of its own: it may be much longer. */
static void start_trace(struct decoding *d, const struct channel *channel, const struct readout *readout, double first,
                        double since, bool others)
{
    double warm = readout->synapse->order ? WARM_UP * readout->tau : 0;
    double begin = history_time(channel->history, 0), dt = readout->length[readout->lengths - 1].dt;
    bool late = first - warm > since && first - warm > begin;
    double from = late ? first - warm : since;
    readout_trace_free(&d->trace);
    readout_trace_init(&d->trace, channel->population->dims, readout->decoder->outputs);
    readout_trace_start(&d->trace, from, late || others);
    readout_trace_extend(&d->trace, readout, nextafter(first, -INFINITY), INFINITY,
                         stride_for(channel, (first - fmax(from, begin)) / dt));
    d->traced_from = first;
    d->traced = true;
    d->marked = false;
}

static void trace_window(struct rig *rig, struct channel *channel, double first, double last)
{
    struct decoding *d = channel->decoding;
    struct readout readout = readout_of(rig, channel);
    struct time_span seen = {.from = first, .to = last, .steps = true};
    bool others;
    double since = decoding_since(channel, &others);
    if (history_steps(channel->history) == 0)
        return;
    size_t stride = stride_for(channel, (last - first) / rig->status.dt);
    bool goes_on = d->traced && d->stride == stride && d->trace.until >= first &&
                   (d->traced_from <= first || d->traced_from <= history_time(channel->history, 0));
    if (!goes_on) {
        d->stride = stride;
        start_trace(d, channel, &readout, first, since, others);
    }
    readout_trace_extend(&d->trace, &readout, span_high(&seen), d->traced_from, stride);
    if (first > d->traced_from) {
        readout_trace_drop(&d->trace, first);
        d->traced_from = first;
    }
}

static void describe(struct decoding *d, const struct channel *channel)
{
    char tau[NUMBER_HUMAN];
    const struct population_spec *spec = &channel->spec;
    if (spec->synapse->order == 0 || spec->tau_synapse == 0)
        snprintf(d->synapse, sizeof d->synapse, "%s", synapse_none.title);
    else
        snprintf(d->synapse, sizeof d->synapse, "%s %s", spec->synapse->title,
                 number_human(tau, spec->tau_synapse, DIMENSION_TIME));
}

const struct decoding_view *decoding_look(struct rig *rig, struct channel *channel, double first, double last)
{
    struct decoding *d = decoding_of(channel);
    go_on_solving(rig, channel);
    bool there = usable(channel);
    if (there)
        trace_window(rig, channel, first, last);
    describe(d, channel);
    const struct solution *s = &d->solution;
    d->view = (struct decoding_view){.synapse = d->synapse,
                                     .function = there ? function_text(s->function) : "",
                                     .target = there ? s->function : NULL,
                                     .same = there && s->identity,
                                     .decoder = there ? s->decoder : NULL,
                                     .trace = there && d->traced ? &d->trace : NULL,
                                     .low = s->low,
                                     .high = s->high,
                                     .solving = d->solved != d->wanted,
                                     .trouble = d->trouble[0] ? d->trouble : NULL};
    return &d->view;
}
