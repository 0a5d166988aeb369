/* Live populations: built here to be looked at, and from the same spec by the engine to be simulated. A change is a new
 * population; the engine puts its own into place first, and only when that is done does the channel have it. */
#include "rig/live.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/voice.h"
#include "base/xalloc.h"
#include "model/stimulus_vector.h"
#include "rig/decoding.h"
#include "rig/followed.h"
#include "rig/retrace.h"
#include "rig/rig.h"

/* Appends what the engine recorded; true if there was anything. */
static bool append(struct channel *channel, const struct spike_batch *batch)
{
    if (!batch || batch->steps == 0)
        return false;
    history_append(channel->history, batch);
    return true;
}

static bool free_slot(const struct rig *rig, size_t *slot)
{
    bool used[ENGINE_SLOTS] = {false};
    for (size_t i = 0; i < rig->channels; i++)
        if (rig->channel[i]->population)
            used[rig->channel[i]->slot] = true;
    for (*slot = 0; *slot < ENGINE_SLOTS; (*slot)++)
        if (!used[*slot])
            return true;
    return false;
}

static struct stimulus *default_input(void)
{
    struct error ignored;
    double nothing[STIMULUS_MAX_PARAMS] = {0};
    return stimulus_new(&stimulus_constant, nothing, 1, NULL, &ignored);
}

static size_t history_limit(const struct rig *rig)
{
    return (size_t)(rig->history * 1e6);
}

/* The record goes on over a change, unless x has another number of dimensions. */
static void fit_record(struct rig *rig, struct channel *channel, size_t dims_before)
{
    size_t dims = channel->population->dims;
    if (dims == dims_before)
        return;
    history_free(channel->history);
    channel->history = history_new_ideal(dims, history_limit(rig));
    channel->dropped_said = 0;
    retrace_begin(channel, dims_before == 0);
}

void live_new_records(struct rig *rig)
{
    live_drain(rig);
    for (size_t i = 0; i < rig->channels; i++) {
        struct channel *channel = rig->channel[i];
        if (channel->followed)
            followed_limit(channel->followed, history_limit(rig));
        if (!channel->population)
            continue;
        history_free(channel->history);
        channel->history = history_new_ideal(channel->population->dims, history_limit(rig));
        channel->dropped_said = 0;
        retrace_begin(channel, false);
    }
}

void live_keep_less(struct rig *rig)
{
    size_t most = 0, bytes;
    for (size_t i = 0; i < rig->channels; i++) {
        const struct channel *channel = rig->channel[i];
        bytes = channel->history    ? history_bytes(channel->history)
                : channel->followed ? stream_bytes(followed_stream(channel->followed))
                                    : 0;
        most = bytes > most ? bytes : most;
    }
    rig->history = fmax(fmin(rig->history, floor((double)most / 2e6)), 1);
    for (size_t i = 0; i < rig->channels; i++) {
        struct channel *channel = rig->channel[i];
        if (channel->followed)
            followed_limit(channel->followed, history_limit(rig));
        if (channel->history)
            history_keep(channel->history, history_limit(rig));
    }
}

static bool same_synapse(const struct population_spec *a, const struct population_spec *b)
{
    return a->synapse == b->synapse && a->tau_synapse == b->tau_synapse;
}

static void set_spec(struct channel *channel, const struct population_spec *spec)
{
    struct population_spec copy;
    population_spec_copy(&copy, spec);
    population_spec_free(&channel->spec);
    channel->spec = copy;
}

static void set_input(struct channel *channel, struct stimulus *input)
{
    if (channel->input != input)
        stimulus_free(channel->input);
    channel->input = input;
    stimulus_describe_all(input, channel->population->dims, channel->input_text, sizeof channel->input_text);
}

/* Other neurons from that time on. */
static void replaced(struct channel *channel, double time)
{
    if (channel->population)
        retrace_replaced(channel, time);
    channel->changed = time;
}

/* Swaps what the channel simulates for what the engine has built from the same spec and input. Takes population and
 * input unless it fails. */
static bool put(struct rig *rig, struct channel *channel, const struct population_spec *spec,
                struct population *population, struct stimulus *input, struct error *error)
{
    struct port_placed placed;
    live_drain(rig);
    if (!port_place(rig->engine, channel->slot, &placed, error))
        return false;
    append(channel, placed.recorded);
    size_t dims_before = channel->population ? channel->population->dims : 0;
    if (channel->population)
        decoding_neurons_change(rig, channel, placed.time);
    if (!same_synapse(&channel->spec, spec))
        decoding_synapse_changed(channel);
    if (!channel->population || !population_same(channel->population, population))
        replaced(channel, placed.time);
    population_free(channel->population);
    channel->population = population;
    set_input(channel, input);
    set_spec(channel, spec);
    fit_record(rig, channel, dims_before);
    channel->shown.stale = true;
    if (channel->selected >= (long)population->n)
        channel->selected = 0;
    return true;
}

bool live_slot(const struct rig *rig, const struct channel *channel, const char *name, size_t *slot,
               struct error *error)
{
    if (channel)
        *slot = channel->slot;
    return channel || free_slot(rig, slot) ||
           error_set(error, "there are %d populations already, and no room for %s: remove one first", ENGINE_SLOTS,
                     name);
}

static struct channel *new_live(struct rig *rig, const char *name, size_t slot, struct error *error)
{
    struct channel *channel = channel_add(rig, name, error);
    if (channel) {
        channel->slot = slot;
        population_spec_init(&channel->spec);
    }
    return channel;
}

static struct stimulus *present_input(const struct channel *channel)
{
    return channel ? channel->input : NULL;
}

/* `input` or else the present one, for so many dimensions. Takes `input`. */
static struct stimulus *fitting_input(const struct channel *channel, struct stimulus *input, size_t dims)
{
    if (!input)
        input = present_input(channel) ? present_input(channel) : default_input();
    struct stimulus *fitted = stimulus_fit(input, dims);
    if (fitted && input != present_input(channel))
        stimulus_free(input);
    return fitted ? fitted : input;
}

/* What live_put takes, given back. */
static struct channel *give_up(const struct channel *channel, struct population *population, struct stimulus *input)
{
    population_free(population);
    if (input != present_input(channel))
        stimulus_free(input);
    return NULL;
}

void live_prepared(struct rig *rig, size_t slot, const struct population *population)
{
    rig->prepared[slot] = population;
}

/* The engine builds what the slot is to hold, unless it has; this is asked once. */
static bool build(struct rig *rig, size_t slot, const struct population_spec *spec, const struct population *population,
                  const struct stimulus *input, struct error *error)
{
    bool prepared = rig->prepared[slot] == population;
    rig->prepared[slot] = NULL;
    return prepared ? port_drive(rig->engine, slot, input, error) : port_build(rig->engine, slot, spec, input, error);
}

static double present_dt(const struct rig *rig)
{
    return rig->length[rig->lengths - 1].dt;
}

static bool suits_now(const struct rig *rig, const struct stimulus *input, struct error *error)
{
    return stimulus_suits_step(input, present_dt(rig), error);
}

static void say_loss(const struct rig *rig, const struct channel *channel)
{
    char loss[200];
    stimulus_describe_loss(channel->input, present_dt(rig), loss, sizeof loss);
    if (loss[0])
        voice_note(&rig->voice, "input of %s: %s", channel->name, loss);
}

struct channel *live_put(struct rig *rig, struct channel *channel, const char *name, const struct population_spec *spec,
                         struct stimulus *input, struct error *error)
{
    return live_put_built(rig, channel, name, spec, NULL, input, error);
}

struct channel *live_put_built(struct rig *rig, struct channel *channel, const char *name,
                               const struct population_spec *spec, struct population *built, struct stimulus *input,
                               struct error *error)
{
    struct population *population = built ? built : population_new(spec, error);
    bool fresh = !channel;
    size_t slot;
    if (!population || !live_slot(rig, channel, name, &slot, error))
        return give_up(channel, population, input);
    input = fitting_input(channel, input, population->dims);
    if (!suits_now(rig, input, error) || !build(rig, slot, spec, population, input, error) ||
        (fresh && !(channel = new_live(rig, name, slot, error))))
        return give_up(channel, population, input);
    if (!put(rig, channel, spec, population, input, error)) {
        give_up(channel, population, input);
        if (fresh)
            channel_drop(rig, channel);
        return NULL;
    }
    return channel;
}

bool live_input(struct rig *rig, struct channel *channel, struct stimulus *input, struct error *error)
{
    input = fitting_input(channel, input, channel->population->dims);
    if (!suits_now(rig, input, error) || !port_feed(rig->engine, channel->slot, input, &channel->driven, error)) {
        stimulus_free(input);
        return false;
    }
    set_input(channel, input);
    say_loss(rig, channel);
    return true;
}

bool live_drain(struct rig *rig)
{
    bool any = false;
    for (size_t i = 0; i < rig->channels; i++) {
        struct channel *channel = rig->channel[i];
        if (channel->population)
            any = append(channel, port_take(rig->engine, channel->slot)) || any;
    }
    return any;
}

/* What the engine recorded before goes with the reset; a batch fetched after it holds the first steps anew. */
bool live_reset(struct rig *rig, struct error *error)
{
    if (!port_reset(rig->engine, error))
        return false;
    rig->length[0] = (struct step_length){0, rig->length[rig->lengths - 1].dt};
    rig->lengths = 1;
    for (size_t i = 0; i < rig->channels; i++)
        if (rig->channel[i]->history) {
            history_clear(rig->channel[i]->history);
            decoding_forget(rig->channel[i]);
            retrace_begin(rig->channel[i], true);
            rig->channel[i]->dropped_said = 0;
            rig->channel[i]->changed = rig->channel[i]->driven = 0;
        }
    rig->status = port_status(rig->engine);
    return true;
}

/* What the populations are fed can be followed in such steps. */
static bool inputs_suit(const struct rig *rig, double dt, struct error *error)
{
    for (size_t i = 0; i < rig->channels; i++) {
        const struct channel *channel = rig->channel[i];
        if (channel->population && !stimulus_suits_step(channel->input, dt, error))
            return error_prefix(error, "input of %s: ", channel->name);
    }
    return true;
}

bool live_dt(struct rig *rig, double dt, struct error *error)
{
    double time;
    bool good = inputs_suit(rig, dt, error) && port_dt(rig->engine, dt, &time, error);
    rig->status = port_status(rig->engine);
    if (good) {
        xgrow(&rig->length, &rig->length_capacity, rig->lengths + 1, sizeof *rig->length);
        rig->length[rig->lengths++] = (struct step_length){time, dt};
    }
    for (size_t i = 0; good && i < rig->channels; i++)
        if (rig->channel[i]->population)
            say_loss(rig, rig->channel[i]);
    return good;
}

static bool same_function(const struct population_spec *a, const struct population_spec *b)
{
    return strcmp(a->function ? a->function : "", b->function ? b->function : "") == 0 && a->reg == b->reg;
}

void live_readout(struct channel *channel, const struct population_spec *spec)
{
    if (!same_function(&channel->spec, spec))
        decoding_function_changed(channel);
    if (!same_synapse(&channel->spec, spec))
        decoding_synapse_changed(channel);
    set_spec(channel, spec);
}

void live_note_losses(struct rig *rig)
{
    char number[NUMBER_COUNTED];
    for (size_t i = 0; i < rig->channels; i++) {
        struct channel *channel = rig->channel[i];
        uint64_t dropped = channel->history ? history_dropped(channel->history) : 0;
        if (dropped <= channel->dropped_said)
            continue;
        channel->dropped_said = dropped;
        voice_note(&rig->voice,
                   "%s: the record is longer than %.0f MB, so its oldest %s dropped; set history=MB "
                   "keeps more",
                   channel->name, rig->history, number_counted(number, dropped, "step was|steps were"));
    }
}
