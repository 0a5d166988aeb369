/* What the slots hold. The sim only borrows it, so everything is built before the sim stands still for it, and freed
 * when the sim has let go of it. Of the two batches of a slot one is being filled and one is its reader's. */
#include "engine_state.h"

static void content_free(struct content *content)
{
    population_free(content->population);
    stimulus_free(content->input);
    batch_free(content->spare);
    batch_free(content->filled);
    batch_free(content->left);
    *content = (struct content){0};
}

void engine_slots_free(struct engine *e)
{
    for (size_t s = 0; s < ENGINE_SLOTS; s++) {
        content_free(&e->held[s]);
        content_free(&e->built[s]);
    }
}

bool engine_build(struct port *port, size_t slot, const struct population_spec *spec, const struct stimulus *input,
                  struct error *error)
{
    struct content *content = &engine_of(port)->built[slot];
    struct population *population = population_new(spec, error);
    if (!population)
        return false;
    content_free(content);
    content->population = population;
    content->input = input ? stimulus_copy(input) : NULL;
    content->spare = sim_batch_new(population);
    content->filled = sim_batch_new(population);
    return true;
}

bool engine_drive(struct port *port, size_t slot, const struct stimulus *input, struct error *error)
{
    struct content *content = &engine_of(port)->built[slot];
    if (!content->population)
        return error_set(error, "slot %zu: nothing has been built for it", slot);
    stimulus_free(content->input);
    content->input = input ? stimulus_copy(input) : NULL;
    return true;
}

struct placing {
    size_t slot;
    struct content *content;
    struct rejoin *rejoin;
    double time;
};

/* The batch of the old population leaves the slot. */
static void place(struct sim *sim, void *argument)
{
    struct placing *placing = argument;
    struct content *content = placing->content;
    struct sim_slot *slot = &sim->slot[placing->slot];
    content->left = slot->batch;
    *slot = (struct sim_slot){content->population, content->input, content->filled};
    content->filled = NULL;
    engine_rejoin_place(sim, placing->rejoin);
    placing->time = sim_time(sim);
}

/* Puts `content` into the slot; *time: when. False with a sentence, and nothing has changed. */
static bool replace(struct engine *e, size_t slot, struct content content, double *time, struct error *error)
{
    struct rejoin rejoin;
    if (!engine_rejoin(e, slot, content.population, &rejoin, error))
        return false;
    struct placing placing = {.slot = slot, .content = &content, .rejoin = &rejoin};
    engine_call(e, place, &placing);
    engine_rejoin_keep(e, &rejoin);
    content_free(&e->held[slot]);
    e->held[slot] = content;
    *time = placing.time;
    return true;
}

bool engine_place(struct port *port, size_t slot, struct port_placed *placed, struct error *error)
{
    struct engine *e = engine_of(port);
    struct content content = e->built[slot];
    if (!content.population)
        return error_set(error, "slot %zu: nothing has been built for it", slot);
    if (!replace(e, slot, content, &placed->time, error))
        return false;
    e->built[slot] = (struct content){0};
    placed->recorded = e->held[slot].left;
    return true;
}

void engine_empty(struct port *port, size_t slot)
{
    struct error never;
    double time;
    replace(engine_of(port), slot, (struct content){0}, &time, &never);
}

struct feeding {
    size_t slot;
    const struct stimulus *input;
    double time;
};

static void feed(struct sim *sim, void *argument)
{
    struct feeding *feeding = argument;
    sim_set_input(sim, feeding->slot, feeding->input);
    feeding->time = sim_time(sim);
}

bool engine_feed(struct port *port, size_t slot, const struct stimulus *input, double *time, struct error *error)
{
    struct engine *e = engine_of(port);
    if (!e->held[slot].population)
        return error_set(error, "slot %zu is empty", slot);
    struct stimulus *copy = input ? stimulus_copy(input) : NULL;
    struct feeding feeding = {.slot = slot, .input = copy};
    engine_call(e, feed, &feeding);
    stimulus_free(e->held[slot].input);
    e->held[slot].input = copy;
    *time = feeding.time;
    return true;
}

const struct spike_batch *engine_take(struct port *port, size_t slot)
{
    struct engine *e = engine_of(port);
    struct content *content = &e->held[slot];
    if (!content->population)
        return NULL;
    batch_clear(content->spare);
    pthread_mutex_lock(&e->lock);
    struct spike_batch **live = &e->sim.slot[slot].batch, *full = *live;
    *live = content->spare;
    content->spare = full;
    e->pending = false;
    e->waiting = false;
    pthread_cond_signal(&e->work);
    pthread_mutex_unlock(&e->lock);
    return full;
}
