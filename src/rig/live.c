/* Live populations: built here, simulated over there. A change is a new population brought to the engine
 * between two chunks; the old one is freed when the engine has let go of it. */
#include "session/state.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "model/random.h"
#include "model/stimulus_vector.h"
#include "rig/decoding.h"
#include "rig/followed.h"
#include "view/window.h"

struct placing {
    size_t slot;
    const struct population *population;
    const struct stimulus *input;
    struct spike_batch *batch; /* empty; comes back with what the slot recorded until then; may be NULL */
    double time;               /* of the simulation, when it was done */
};

static bool place(struct sim *sim, void *argument)
{
    struct placing *placing = argument;
    struct spike_batch **live = &sim->slot[placing->slot].batch, *full = *live;
    if (placing->batch && full) {
        *live = placing->batch;
        placing->batch = full;
    }
    sim_place(sim, placing->slot, placing->population, placing->input);
    placing->time = sim_time(sim);
    return true;
}

static bool place_input(struct sim *sim, void *argument)
{
    struct placing *placing = argument;
    sim_set_input(sim, placing->slot, placing->input);
    placing->time = sim_time(sim);
    return true;
}

static bool free_slot(const struct session *session, size_t *slot)
{
    bool used[SIM_MAX_SLOTS] = {false};
    for (size_t i = 0; i < session->channels; i++)
        if (session->channel[i]->population)
            used[session->channel[i]->slot] = true;
    for (*slot = 0; *slot < SIM_MAX_SLOTS; (*slot)++)
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

/* The record goes on over a change, unless x has another number of dimensions. The batch has to hold a step in which
 * every neuron spikes, so it grows with the population. */
static void fit_record(struct session *session, struct channel *channel)
{
    size_t dims = channel->population->dims;
    bool same = channel->batch && channel->batch->dims == dims;
    batch_free(channel->batch);
    channel->batch = sim_batch_new(channel->population);
    if (same)
        return;
    history_free(channel->history);
    channel->history = history_new(dims, history_limit(session));
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
        channel->history = history_new(channel->population->dims, history_limit(session));
        channel->dropped_said = 0;
    }
}

static void describe_input(struct channel *channel)
{
    stimulus_describe_all(channel->input, channel->population->dims, channel->input_text,
                          sizeof channel->input_text);
}

/* True if there was anything. */
static bool append_batch(struct channel *channel)
{
    if (!channel->batch || channel->batch->steps == 0)
        return false;
    history_append(channel->history, channel->batch);
    batch_clear(channel->batch);
    return true;
}

static bool same_synapse(const struct population_spec *a, const struct population_spec *b)
{
    return a->synapse == b->synapse && a->tau_synapse == b->tau_synapse;
}

/* Swaps what the channel simulates. Takes population and input. */
static void put(struct session *session, struct channel *channel, const struct population_spec *spec,
                struct population *population, struct stimulus *input)
{
    live_drain(session);
    struct placing placing = {channel->slot, population, input, channel->batch, 0};
    engine_call(session->engine, place, &placing);
    channel->batch = placing.batch;
    append_batch(channel);
    if (channel->population)
        decoding_neurons_change(session, channel, placing.time);
    if (!same_synapse(&channel->spec, spec))
        decoding_synapse_changed(channel);
    population_free(channel->population);
    if (channel->input != input)
        stimulus_free(channel->input);
    channel->population = population;
    channel->changed = placing.time;
    channel->input = input;
    struct population_spec copy;
    population_spec_copy(&copy, spec);
    population_spec_free(&channel->spec);
    channel->spec = copy;
    fit_record(session, channel);
    describe_input(channel);
    channel->shown.stale = true;
    if (channel->selected >= (long)population->n)
        channel->selected = -1;
}

static struct channel *new_live(struct session *session, const char *name, struct error *error)
{
    size_t slot;
    if (!free_slot(session, &slot)) {
        error_set(error, "there are %d populations already, and no room for %s: remove one first",
                  SIM_MAX_SLOTS, name);
        return NULL;
    }
    struct channel *channel = channel_add(session, name, error);
    if (channel) {
        channel->slot = slot;
        population_spec_init(&channel->spec);
    }
    return channel;
}

/* `input` or else the present one, for so many dimensions. Takes `input`. */
static struct stimulus *fitting_input(const struct channel *channel, struct stimulus *input, size_t dims)
{
    if (!input)
        input = channel->input ? channel->input : default_input();
    struct stimulus *fitted = stimulus_fit(input, dims);
    if (fitted && input != channel->input)
        stimulus_free(input);
    return fitted ? fitted : input;
}

struct channel *live_put(struct session *session, struct channel *channel, const char *name,
                         const struct population_spec *spec, struct stimulus *input, struct error *error)
{
    struct population *population = population_new(spec, error);
    bool fresh = !channel;
    if (population && !channel)
        channel = new_live(session, name, error);
    if (!population || !channel) {
        population_free(population);
        stimulus_free(input);
        return NULL;
    }
    put(session, channel, spec, population, fitting_input(channel, input, population->dims));
    if (fresh && session->layout.panes == 0) {
        /* Something to follow through the panes from the start: an ON neuron a little above the middle. */
        channel->selected = (long)population->order[population->n * 5 / 8];
        channel_show_first(session, channel);
    }
    return channel;
}

void live_input(struct session *session, struct channel *channel, struct stimulus *input)
{
    input = fitting_input(channel, input, channel->population->dims);
    struct placing placing = {.slot = channel->slot, .input = input};
    engine_call(session->engine, place_input, &placing);
    channel->driven = placing.time;
    stimulus_free(channel->input);
    channel->input = input;
    describe_input(channel);
}

void live_remove(struct session *session, struct channel *channel)
{
    struct placing placing = {.slot = channel->slot};
    engine_call(session->engine, place, &placing);
    channel_remove(session, channel);
}

bool live_drain(struct session *session)
{
    bool any = false;
    for (size_t i = 0; i < session->channels; i++) {
        struct channel *channel = session->channel[i];
        if (!channel->batch)
            continue;
        engine_take(session->engine, channel->slot, &channel->batch);
        any = append_batch(channel) || any;
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

static bool reset(struct sim *sim, void *argument)
{
    (void)argument;
    sim_reset(sim);
    return true;
}

/* What the engine recorded before goes with the reset; a batch fetched after it holds the first steps anew. */
void live_reset(struct session *session)
{
    engine_call(session->engine, reset, NULL);
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
    session->status = engine_status(session->engine);
}

struct dt_change {
    double dt, time; /* s; when it was changed */
    struct error *error;
};

static bool change_dt(struct sim *sim, void *argument)
{
    struct dt_change *change = argument;
    change->time = sim_time(sim);
    return sim_set_dt(sim, change->dt, change->error);
}

bool live_dt(struct session *session, double dt, struct error *error)
{
    struct dt_change change = {dt, 0, error};
    bool good = engine_call(session->engine, change_dt, &change);
    session->status = engine_status(session->engine);
    if (good) {
        xgrow(&session->length, &session->length_capacity, session->lengths + 1, sizeof *session->length);
        session->length[session->lengths++] = (struct step_length){change.time, dt};
    }
    return good;
}

static bool same_function(const struct population_spec *a, const struct population_spec *b)
{
    return strcmp(a->function ? a->function : "", b->function ? b->function : "") == 0 && a->reg == b->reg;
}

void live_readout(struct channel *channel, const struct population_spec *spec)
{
    struct population_spec copy;
    population_spec_copy(&copy, spec);
    if (!same_function(&channel->spec, spec))
        decoding_function_changed(channel);
    if (!same_synapse(&channel->spec, spec))
        decoding_synapse_changed(channel);
    population_spec_free(&channel->spec);
    channel->spec = copy;
}

static bool reseed(struct session *session, struct channel *channel, uint64_t seed, struct error *error)
{
    struct population_spec spec;
    struct stimulus *input = NULL;
    population_spec_copy(&spec, &channel->spec);
    if (!channel->own_seed)
        spec.seed = random_seed_named(seed, channel->name);
    if (!channel->own_noise_seed)
        input = stimulus_reseed(channel->input, random_seed_named(seed, channel->name));
    bool good = live_put(session, channel, channel->name, &spec, input, error) != NULL;
    population_spec_free(&spec);
    return good;
}

bool live_seed(struct session *session, uint64_t seed, struct error *error)
{
    for (size_t i = 0; i < session->channels; i++)
        if (session->channel[i]->population && !reseed(session, session->channel[i], seed, error))
            return false;
    session->settings.seed = seed;
    return true;
}

void live_note_losses(struct session *session)
{
    char number[NUMBER_HUMAN];
    for (size_t i = 0; i < session->channels; i++) {
        struct channel *channel = session->channel[i];
        uint64_t dropped = channel->history ? history_dropped(channel->history) : 0;
        if (dropped <= channel->dropped_said)
            continue;
        channel->dropped_said = dropped;
        session_note(
            session,
            "%s: the record is longer than %.0f MB, so its oldest %s steps were dropped; set history=MB "
            "keeps more",
            channel->name, session->settings.history, number_grouped(number, dropped));
    }
}
