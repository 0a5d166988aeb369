/* The neuron advances with the 64 of its block, by the kernel that simulated it: what is simulated in company comes out
 * the same alone. */
#include "rig/retrace.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/xalloc.h"
#include "network/connection.h"
#include "rig/wired.h"

/* Steps between two states that are kept. */
#define KEPT_EVERY 4096
/* Neurons of the past: so many populations, and so many bytes of them, at most. */
#define PAST_MOST 256
#define PAST_BYTES 16e6

struct kept {
    uint64_t step, astray; /* the next one */
    double time;           /* s, of the one before */
    double value[NEURON_FIELDS_MAX];
    const struct neuron_model *model;
};

struct retrace {
    size_t neuron;
    uint64_t next; /* step, counted from the beginning of the record, dropped ones too */
    double last;   /* s: the time of the step before; NaN: there was none */
    double first;  /* s: of the first step of all, to notice another record */
    uint64_t astray;
    double *value; /* [NEURON_FIELDS_MAX][NEURON_BLOCK] of the whole block */
    double *x;     /* [POPULATION_STEPS][dims] */
    size_t x_capacity;
    const struct population *population; /* whose state that is; to be compared only; NULL: nobody's yet */
    const struct neuron_model *model;
    size_t of_block;   /* neurons of the block that there are */
    struct kept *kept; /* [kept_count], rising */
    size_t kept_count, kept_capacity;
};

/* ---- what can be simulated again ---- */

bool retrace_possible(const struct rig *rig, const struct channel *channel, struct error *error)
{
    const struct population *p = channel->population;
    if (!p)
        return error_set(error, "%s was recorded: of its neurons only the spikes are known, no voltages",
                         channel->name);
    if (p->node || !p->model->advance)
        return error_set(error, "%s has no membranes: %s", channel->name,
                         p->node ? "a node only holds a value" : "its neurons have rates and do not spike");
    bool reached = false;
    for (size_t i = 0; i < rig->wires; i++) {
        const struct wired *w = rig->wired[i];
        if (w->spec.post != channel->slot)
            continue;
        reached = true;
        if (w->built && w->built->kind->has_currents(w->built))
            return error_set(error,
                             "%s brings each neuron of %s a current of its own, and those are not kept: only what "
                             "arrives as a value (kind=decoded) can be simulated again",
                             w->face.name, channel->name);
        if (w->spec.learning.rule && w->spec.learning.rule->changes_encoders)
            return error_set(error, "%s changes the encoders of %s while it runs, and those are not kept", w->face.name,
                             channel->name);
    }
    if (!reached && channel->input && channel->input->type->private_noise)
        return error_set(error,
                         "each neuron of %s has noise of its own, which is not kept: their voltages cannot be "
                         "simulated again",
                         channel->name);
    return true;
}

/* ---- neurons of the past ---- */

static double bytes_of(const struct population *p)
{
    return (double)p->padded * (double)(2 * p->dims + 6) * sizeof(double);
}

static void drop_first(struct channel *channel)
{
    population_free(channel->past[0].population);
    memmove(channel->past, channel->past + 1, --channel->pasts * sizeof *channel->past);
}

void retrace_replaced(struct channel *channel, double time)
{
    double bytes = bytes_of(channel->population);
    size_t steps = history_steps(channel->history);
    if (steps == 0)
        return; /* nothing was simulated with it */
    xgrow(&channel->past, &channel->past_capacity, channel->pasts + 1, sizeof *channel->past);
    channel->past[channel->pasts++] = (struct past_population){population_share(channel->population), time};
    while (channel->pasts > 0 && channel->past[0].until < history_time(channel->history, 0))
        drop_first(channel); /* and so has the record what it did */
    for (size_t i = 0; i + 1 < channel->pasts; i++)
        bytes += bytes_of(channel->past[i].population);
    while (channel->pasts > 0 && (channel->pasts > PAST_MOST || bytes > PAST_BYTES)) {
        bytes -= bytes_of(channel->past[0].population);
        channel->began_at_rest = false;
        drop_first(channel);
    }
}

void retrace_begin(struct channel *channel, bool rest)
{
    retrace_forget(channel);
    channel->began_at_rest = rest;
}

void retrace_forget(struct channel *channel)
{
    while (channel->pasts > 0)
        population_free(channel->past[--channel->pasts].population);
    free(channel->past);
    channel->past = NULL;
    channel->past_capacity = 0;
}

bool retrace_unsure(const struct channel *channel)
{
    return !channel->began_at_rest || history_dropped(channel->history) > 0;
}

/* Which neurons there were in the step that ended then, and how long it was. */
static const struct population *population_at(const struct channel *channel, double time)
{
    for (size_t i = 0; i < channel->pasts; i++)
        if (time <= channel->past[i].until)
            return channel->past[i].population;
    return channel->population;
}

static double step_at(const struct rig *rig, double time)
{
    double dt = rig->length[0].dt;
    for (size_t i = 1; i < rig->lengths && rig->length[i].from < time; i++)
        dt = rig->length[i].dt;
    return dt;
}

/* ---- the state ---- */

struct retrace *retrace_new(size_t neuron)
{
    struct retrace *r = xcalloc(1, sizeof *r);
    r->neuron = neuron;
    r->last = r->first = NAN;
    r->value = xaligned(NEURON_FIELDS_MAX * NEURON_BLOCK, sizeof *r->value);
    return r;
}

void retrace_free(struct retrace *r)
{
    if (!r)
        return;
    free(r->value);
    free(r->x);
    free(r->kept);
    free(r);
}

size_t retrace_neuron(const struct retrace *r)
{
    return r->neuron;
}

double retrace_time(const struct retrace *r)
{
    return r->last;
}

uint64_t retrace_astray(const struct retrace *r)
{
    return r->astray;
}

static size_t lane(const struct retrace *r)
{
    return r->neuron % NEURON_BLOCK;
}

static void rest(struct retrace *r)
{
    memset(r->value, 0, NEURON_FIELDS_MAX * NEURON_BLOCK * sizeof *r->value);
    r->population = NULL;
    r->model = NULL;
}

static void begin(struct retrace *r, const struct channel *channel)
{
    rest(r);
    r->next = history_dropped(channel->history);
    r->last = NAN;
    r->first = history_steps(channel->history) ? history_time(channel->history, 0) : NAN;
    r->astray = 0;
    r->kept_count = 0;
}

/* What the state becomes when other neurons take over: fields of the same name go on, as in the engine. */
static void take_over(struct retrace *r, const struct population *p)
{
    size_t block = r->neuron / NEURON_BLOCK * NEURON_BLOCK;
    size_t of_block = p->n < block ? 0 : p->n - block < NEURON_BLOCK ? p->n - block : NEURON_BLOCK;
    if (r->model && p->model->advance) {
        double *before = xaligned(NEURON_FIELDS_MAX * NEURON_BLOCK, sizeof *before);
        memcpy(before, r->value, NEURON_FIELDS_MAX * NEURON_BLOCK * sizeof *before);
        struct population_state old = {r->model, r->of_block, NEURON_BLOCK, before},
                                now = {p->model, of_block, NEURON_BLOCK, r->value};
        memset(r->value, 0, NEURON_FIELDS_MAX * NEURON_BLOCK * sizeof *r->value);
        population_state_adopt(&now, &old);
        free(before);
    } else {
        rest(r);
    }
    r->population = p;
    r->model = p->model->advance ? p->model : NULL;
    r->of_block = of_block;
}

static void keep(struct retrace *r)
{
    xgrow(&r->kept, &r->kept_capacity, r->kept_count + 1, sizeof *r->kept);
    struct kept *kept = &r->kept[r->kept_count++];
    *kept = (struct kept){.step = r->next, .astray = r->astray, .time = r->last, .model = r->model};
    for (size_t f = 0; r->model && f < neuron_fields(r->model); f++)
        kept->value[f] = r->value[f * NEURON_BLOCK + lane(r)];
}

/* Others of the block stand still at what they have: only this neuron counts. */
static void go_back(struct retrace *r, const struct kept *kept, const struct population *p)
{
    for (size_t f = 0; f < NEURON_FIELDS_MAX; f++)
        r->value[f * NEURON_BLOCK + lane(r)] = kept->value[f];
    r->next = kept->step;
    r->astray = kept->astray;
    r->last = kept->time;
    r->population = p;
    r->model = kept->model;
    r->of_block = kept->model ? lane(r) + 1 : 0;
}

/* ---- steps ---- */

/* Up to `most` steps with the same neurons and dt: how many. */
static size_t stretch(const struct rig *rig, const struct channel *channel, size_t first, size_t most)
{
    size_t steps = history_steps(channel->history), count = 1;
    double time = history_time(channel->history, first), dt = step_at(rig, time);
    const struct population *p = population_at(channel, time);
    while (count < most && first + count < steps) {
        time = history_time(channel->history, first + count);
        if (population_at(channel, time) != p || step_at(rig, time) != dt)
            break;
        count++;
    }
    return count;
}

static bool in_record(const struct channel *channel, size_t step, size_t neuron)
{
    size_t count, low = 0;
    const uint32_t *spiked = history_spiked(channel->history, step, &count);
    while (low < count) {
        size_t middle = low + (count - low) / 2;
        if (spiked[middle] < neuron)
            low = middle + 1;
        else
            count = middle;
    }
    size_t all;
    history_spiked(channel->history, step, &all);
    return low < all && spiked[low] == neuron;
}

/* The inputs of so many steps, one behind the other. */
static void gather(struct retrace *r, const struct channel *channel, size_t first, size_t count, size_t dims)
{
    xgrow(&r->x, &r->x_capacity, POPULATION_STEPS * dims + 1, sizeof *r->x);
    for (size_t k = 0; k < count; k++)
        memcpy(r->x + k * dims, history_input(channel->history, first + k), dims * sizeof *r->x);
}

/* Through steps first .. first + count - 1 of what is kept, all alike; fills `step` with the last. */
static void advance(struct retrace *r, const struct rig *rig, const struct channel *channel, size_t first, size_t count,
                    struct retrace_step *step)
{
    double time = history_time(channel->history, first), dt = step_at(rig, time), J[NEURON_BLOCK];
    const struct population *p = population_at(channel, time);
    uint64_t spikes[POPULATION_STEPS] = {0};
    size_t block = r->neuron / NEURON_BLOCK * NEURON_BLOCK, last = first + count - 1;
    if (p != r->population)
        take_over(r, p);
    bool there = r->neuron < p->n && p->model->advance, dead = p->alive && !(p->alive[r->neuron / 64] >> lane(r) & 1);
    if (there) {
        gather(r, channel, first, count, p->dims);
        struct neuron_drive drive = {.bias = p->bias_acting + block,
                                     .dims = p->dims,
                                     .scaled = p->scaled + block,
                                     .scaled_stride = p->padded,
                                     .x = r->x};
        neuron_currents(&drive, count - 1, J);
        p->model->advance(&p->params, dt, count, &drive, r->value, NEURON_BLOCK, spikes, 1);
    }
    for (size_t k = 0; k < count; k++) {
        bool spiked = there && !dead && spikes[k] >> lane(r) & 1;
        r->astray += spiked != in_record(channel, first + k, r->neuron);
    }
    r->next += count;
    r->last = history_time(channel->history, last);
    if (!step)
        return;
    *step = (struct retrace_step){.time = r->last,
                                  .current = there ? J[lane(r)] : NAN,
                                  .population = p,
                                  .dt = dt,
                                  .spiked = there && !dead && spikes[count - 1] >> lane(r) & 1};
    for (size_t f = 0; f < NEURON_FIELDS_MAX; f++)
        step->state[f] = there ? r->value[f * NEURON_BLOCK + lane(r)] : NAN;
}

/* Whether what it went through is still what is recorded. */
static bool is_same_record(const struct retrace *r, const struct channel *channel)
{
    uint64_t dropped = history_dropped(channel->history);
    size_t steps = history_steps(channel->history);
    if (isnan(r->first) || r->next < dropped || r->next > dropped + steps)
        return false;
    return (dropped > 0 || history_time(channel->history, 0) == r->first) &&
           (r->next == dropped || history_time(channel->history, (size_t)(r->next - dropped) - 1) == r->last);
}

static void find_kept(struct retrace *r, const struct channel *channel, uint64_t wanted)
{
    uint64_t dropped = history_dropped(channel->history);
    while (r->kept_count > 0 && (r->kept[r->kept_count - 1].step > wanted))
        r->kept_count--;
    const struct kept *kept = r->kept_count ? &r->kept[r->kept_count - 1] : NULL;
    if (!kept || kept->step < dropped) {
        begin(r, channel);
        return;
    }
    go_back(r, kept, isnan(kept->time) ? NULL : population_at(channel, kept->time));
    r->kept_count--; /* it is kept anew at once */
}

bool retrace_seek(struct retrace *r, const struct rig *rig, const struct channel *channel, double time, size_t most)
{
    uint64_t dropped = history_dropped(channel->history);
    if (!is_same_record(r, channel))
        begin(r, channel);
    uint64_t wanted = dropped + history_find(channel->history, time);
    if (wanted < r->next)
        find_kept(r, channel, wanted);
    while (r->next < wanted && most > 0) {
        if (r->next % KEPT_EVERY == 0)
            keep(r);
        size_t first = (size_t)(r->next - dropped), count = (size_t)(wanted - r->next);
        size_t until = KEPT_EVERY - (size_t)(r->next % KEPT_EVERY);
        count = count < until ? count : until;
        count = count < most ? count : most;
        count = stretch(rig, channel, first, count < POPULATION_STEPS ? count : POPULATION_STEPS);
        advance(r, rig, channel, first, count, NULL);
        most -= count;
    }
    return r->next == wanted;
}

bool retrace_next(struct retrace *r, const struct rig *rig, const struct channel *channel, struct retrace_step *step)
{
    if (!is_same_record(r, channel))
        begin(r, channel);
    size_t first = (size_t)(r->next - history_dropped(channel->history));
    if (first >= history_steps(channel->history))
        return false;
    if (r->next % KEPT_EVERY == 0)
        keep(r);
    advance(r, rig, channel, first, 1, step);
    return true;
}
