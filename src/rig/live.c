/* Live populations: built here to be looked at, and from the same spec by the engine to be simulated. A change is a new
 * population; the engine puts its own into place first, and only when that is done does the channel have it. */
#include "session/state.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "model/stimulus_vector.h"
#include "rig/decoding.h"
#include "rig/followed.h"
#include "view/window.h"

/* Appends what the engine recorded; true if there was anything. */
static bool append(struct channel *channel, const struct spike_batch *batch)
{
    if (!batch || batch->steps == 0)
        return false;
    history_append(channel->history, batch);
    return true;
}

static bool free_slot(const struct session *session, size_t *slot)
{
    bool used[ENGINE_SLOTS] = {false};
    for (size_t i = 0; i < session->channels; i++)
        if (session->channel[i]->population)
            used[session->channel[i]->slot] = true;
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

static size_t history_limit(const struct session *session)
{
    return (size_t)(session->settings.history * 1e6);
}

/* The record goes on over a change, unless x has another number of dimensions. */
static void fit_record(struct session *session, struct channel *channel, size_t dims_before)
{
    size_t dims = channel->population->dims;
    if (dims == dims_before)
        return;
    history_free(channel->history);
    channel->history = history_new_ideal(dims, history_limit(session));
    channel->dropped_said = 0;
}

void live_new_records(struct session *session)
{
    live_drain(session);
    for (size_t i = 0; i < session->channels; i++) {
        struct channel *channel = session->channel[i];
        if (channel->followed)
            followed_limit(channel->followed, history_limit(session));
        if (!channel->population)
            continue;
        history_free(channel->history);
        channel->history = history_new_ideal(channel->population->dims, history_limit(session));
        channel->dropped_said = 0;
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

/* Swaps what the channel simulates for what the engine has built from the same spec and input. Takes population and
 * input unless it fails. */
static bool put(struct session *session, struct channel *channel, const struct population_spec *spec,
                struct population *population, struct stimulus *input, struct error *error)
{
    struct port_placed placed;
    live_drain(session);
    if (!port_place(session->engine, channel->slot, &placed, error))
        return false;
    append(channel, placed.recorded);
    size_t dims_before = channel->population ? channel->population->dims : 0;
    if (channel->population)
        decoding_neurons_change(session, channel, placed.time);
    if (!same_synapse(&channel->spec, spec))
        decoding_synapse_changed(channel);
    if (!channel->population || !population_same(channel->population, population))
        channel->changed = placed.time;
    population_free(channel->population);
    channel->population = population;
    set_input(channel, input);
    set_spec(channel, spec);
    fit_record(session, channel, dims_before);
    channel->shown.stale = true;
    if (channel->selected >= (long)population->n)
        channel->selected = 0;
    return true;
}

static bool slot_of(const struct session *session, const struct channel *channel, const char *name, size_t *slot,
                    struct error *error)
{
    if (channel)
        *slot = channel->slot;
    return channel || free_slot(session, slot) ||
           error_set(error, "there are %d populations already, and no room for %s: remove one first", ENGINE_SLOTS,
                     name);
}

static struct channel *new_live(struct session *session, const char *name, size_t slot, struct error *error)
{
    struct channel *channel = channel_add(session, name, error);
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

static bool suits_now(const struct session *session, const struct stimulus *input, struct error *error)
{
    return stimulus_suits_step(input, session->length[session->lengths - 1].dt, error);
}

struct channel *live_put(struct session *session, struct channel *channel, const char *name,
                         const struct population_spec *spec, struct stimulus *input, struct error *error)
{
    struct population *population = population_new(spec, error);
    bool fresh = !channel;
    size_t slot;
    if (!population || !slot_of(session, channel, name, &slot, error))
        return give_up(channel, population, input);
    input = fitting_input(channel, input, population->dims);
    if (!suits_now(session, input, error) || !port_build(session->engine, slot, spec, input, error) ||
        (fresh && !(channel = new_live(session, name, slot, error))))
        return give_up(channel, population, input);
    if (!put(session, channel, spec, population, input, error)) {
        give_up(channel, population, input);
        if (fresh)
            channel_remove(session, channel);
        return NULL;
    }
    /* Something to follow through the panes from the start: an ON neuron a little above the middle. */
    if (fresh && channel_show_first(session, channel))
        channel->selected = (long)population->order[population->n * 5 / 8];
    return channel;
}

bool live_input(struct session *session, struct channel *channel, struct stimulus *input, struct error *error)
{
    input = fitting_input(channel, input, channel->population->dims);
    if (!suits_now(session, input, error) ||
        !port_feed(session->engine, channel->slot, input, &channel->driven, error)) {
        stimulus_free(input);
        return false;
    }
    set_input(channel, input);
    return true;
}

void live_remove(struct session *session, struct channel *channel)
{
    port_empty(session->engine, channel->slot);
    channel_remove(session, channel);
}

bool live_drain(struct session *session)
{
    bool any = false;
    for (size_t i = 0; i < session->channels; i++) {
        struct channel *channel = session->channel[i];
        if (channel->population)
            any = append(channel, port_take(session->engine, channel->slot)) || any;
    }
    return any;
}

void live_follow(struct session *session)
{
    struct channel *live = NULL;
    for (size_t i = 0; i < session->channels && !live; i++)
        live = session->channel[i]->population ? session->channel[i] : NULL;
    session->window.point.on = false; /* looked at the present, no moment is meant any more */
    view_time_follow(session, live);
}

/* What the engine recorded before goes with the reset; a batch fetched after it holds the first steps anew. */
bool live_reset(struct session *session, struct error *error)
{
    if (!port_reset(session->engine, error))
        return false;
    session->length[0] = (struct step_length){0, session->length[session->lengths - 1].dt};
    session->lengths = 1;
    for (size_t i = 0; i < session->channels; i++)
        if (session->channel[i]->history) {
            history_clear(session->channel[i]->history);
            decoding_forget(session->channel[i]);
            session->channel[i]->dropped_said = 0;
            session->channel[i]->changed = session->channel[i]->driven = 0;
        }
    live_follow(session);
    session->status = port_status(session->engine);
    return true;
}

/* What the populations are fed can be followed in such steps. */
static bool inputs_suit(const struct session *session, double dt, struct error *error)
{
    for (size_t i = 0; i < session->channels; i++) {
        const struct channel *channel = session->channel[i];
        if (channel->population && !stimulus_suits_step(channel->input, dt, error))
            return error_prefix(error, "input of %s: ", channel->name);
    }
    return true;
}

bool live_dt(struct session *session, double dt, struct error *error)
{
    double time;
    bool good = inputs_suit(session, dt, error) && port_dt(session->engine, dt, &time, error);
    session->status = port_status(session->engine);
    if (good) {
        xgrow(&session->length, &session->length_capacity, session->lengths + 1, sizeof *session->length);
        session->length[session->lengths++] = (struct step_length){time, dt};
    }
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

void live_note_losses(struct session *session)
{
    char number[NUMBER_COUNTED];
    for (size_t i = 0; i < session->channels; i++) {
        struct channel *channel = session->channel[i];
        uint64_t dropped = channel->history ? history_dropped(channel->history) : 0;
        if (dropped <= channel->dropped_said)
            continue;
        channel->dropped_said = dropped;
        session_note(
            session,
            "%s: the record is longer than %.0f MB, so its oldest %s dropped; set history=MB "
            "keeps more",
            channel->name, session->settings.history, number_counted(number, dropped, "step was|steps were"));
    }
}
