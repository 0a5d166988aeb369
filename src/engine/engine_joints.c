/* What joins the slots. Connections and both networks are built before the sim stands still for them. */
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "engine_state.h"
#include "network/build.h"

static void joints_free(struct joints *joints)
{
    for (size_t i = 0; i < joints->count; i++) {
        connection_spec_free(&joints->spec[i]);
        connection_free(joints->built[i]);
    }
    free(joints->spec);
    free(joints->built);
    free(joints->again);
    *joints = (struct joints){0};
}

void engine_joints_free(struct engine *e)
{
    joints_free(&e->joined);
    joints_free(&e->prepared);
    free(e->learned.decoders);
    free(e->learned.change);
    free(e->learned.weights);
}

static void joints_open(struct joints *joints, size_t count)
{
    *joints = (struct joints){count, xcalloc(count, sizeof *joints->spec), xcalloc(count, sizeof(struct connection *)),
                              xcalloc(count, sizeof *joints->again)};
}

/* A copy of the specs; without those to an empty slot, where `stands` (or NULL) says what stands where. */
static void joints_copy(struct joints *to, const struct joints *from, const struct population *const *stands)
{
    joints_open(to, from->count);
    to->count = 0;
    for (size_t i = 0; i < from->count; i++) {
        const struct connection_spec *spec = &from->spec[i];
        bool stays = !stands || (stands[spec->pre] && stands[spec->post] &&
                                 (!spec->learning.has_error || stands[spec->learning.error]));
        if (stays) {
            to->again[to->count] = from->again[i];
            connection_spec_copy(&to->spec[to->count++], spec);
        }
    }
}

bool engine_connections(struct port *port, const struct port_connection *connection, size_t count, struct error *error)
{
    struct engine *e = engine_of(port);
    for (size_t i = 0; i < count; i++)
        if (connection[i].spec->pre >= ENGINE_SLOTS || connection[i].spec->post >= ENGINE_SLOTS)
            return error_set(error, "connection %zu goes to slot %zu: there are %d", i, connection[i].spec->post,
                             ENGINE_SLOTS);
    joints_free(&e->prepared);
    joints_open(&e->prepared, count);
    for (size_t i = 0; i < count; i++) {
        connection_spec_copy(&e->prepared.spec[i], connection[i].spec);
        e->prepared.again[i] = connection[i].again;
    }
    e->is_prepared = true;
    return true;
}

/* ---- networks ---- */

static struct connection_end end_of(const struct connection_spec *spec, size_t slot,
                                    const struct population *const *stands)
{
    const struct population *population = stands[slot];
    return (struct connection_end){spec->name, population && !population->node ? population : NULL,
                                   population ? population->dims : 0};
}

static bool build(struct joints *joints, const struct population *const *stands, struct error *error)
{
    for (size_t i = 0; i < joints->count; i++) {
        const struct connection_spec *spec = &joints->spec[i];
        if (!stands[spec->pre] || !stands[spec->post] || (spec->learning.has_error && !stands[spec->learning.error]))
            return error_set(error, "%s: nothing stands at one of its ends", spec->name);
        struct connection_end pre = end_of(spec, spec->pre, stands), post = end_of(spec, spec->post, stands);
        size_t dims = spec->learning.has_error ? stands[spec->learning.error]->dims : 0;
        joints->built[i] = connection_new(spec, &pre, &post, (struct progress){0}, error);
        if (!joints->built[i] || !network_check_learning(joints->built[i], &pre, &post, dims, error))
            return error_prefix(error, "%s: ", spec->name);
    }
    return true;
}

static bool make_networks(struct rejoin *r, const struct population *const *stands, struct error *error)
{
    struct network_link *link = xcalloc(r->joints.count, sizeof *link);
    for (size_t i = 0; i < r->joints.count; i++)
        link[i] = (struct network_link){r->joints.spec[i].name, r->joints.built[i], r->joints.spec[i].pre,
                                        r->joints.spec[i].post};
    r->network = sim_network(stands, link, r->joints.count, false, error);
    if (r->network && r->joints.count > 0)
        r->ideal = sim_network(stands, link, r->joints.count, true, error);
    free(link);
    return r->network && (r->ideal || r->joints.count == 0);
}

static void find_origins(struct rejoin *r, const struct joints *before)
{
    r->where = xcalloc(r->joints.count, sizeof *r->where);
    r->again = xcalloc(r->joints.count, sizeof *r->again);
    for (size_t i = 0; i < r->joints.count; i++) {
        r->where[i] = SIZE_MAX;
        r->again[i] = r->joints.again[i];
        for (size_t k = 0; k < before->count; k++)
            if (strcmp(before->spec[k].name, r->joints.spec[i].name) == 0)
                r->where[i] = k;
    }
}

bool engine_rejoin(struct engine *e, size_t slot, const struct population *population, struct rejoin *r,
                   struct error *error)
{
    const struct population *stands[ENGINE_SLOTS];
    *r = (struct rejoin){0};
    for (size_t s = 0; s < ENGINE_SLOTS; s++)
        stands[s] = s == slot ? population : e->held[s].population;
    if (e->is_prepared)
        joints_copy(&r->joints, &e->prepared, NULL);
    else
        joints_copy(&r->joints, &e->joined, stands);
    if (!e->is_prepared)
        memset(r->joints.again, 0, r->joints.count * sizeof *r->joints.again);
    find_origins(r, &e->joined);
    if (build(&r->joints, stands, error) && make_networks(r, stands, error))
        return true;
    engine_rejoin_free(r);
    return false;
}

void engine_rejoin_place(struct sim *sim, struct rejoin *r)
{
    sim_join(sim, &r->network, &r->ideal, r->where, r->again);
}

void engine_rejoin_keep(struct engine *e, struct rejoin *r)
{
    struct joints before = e->joined;
    e->joined = r->joints;
    r->joints = before;
    if (e->is_prepared)
        joints_free(&e->prepared);
    e->is_prepared = false;
    engine_rejoin_free(r);
}

void engine_rejoin_free(struct rejoin *r)
{
    network_free(r->network);
    network_free(r->ideal);
    joints_free(&r->joints);
    free(r->where);
    free(r->again);
    *r = (struct rejoin){0};
}

static void place_joints(struct sim *sim, void *argument)
{
    engine_rejoin_place(sim, argument);
}

bool engine_join(struct port *port, struct error *error)
{
    struct engine *e = engine_of(port);
    struct rejoin r;
    if (!engine_rejoin(e, ENGINE_SLOTS, NULL, &r, error))
        return false;
    engine_call(e, place_joints, &r);
    engine_rejoin_keep(e, &r);
    return true;
}

/* ---- learning ---- */

static size_t find(const struct engine *e, const char *name, struct error *error)
{
    for (size_t i = 0; i < e->joined.count; i++)
        if (strcmp(e->joined.spec[i].name, name) == 0)
            return i;
    error_set(error, "there is no connection '%.60s'", name);
    return SIZE_MAX;
}

struct learning_call {
    size_t link;
    enum port_learning what;
    struct engine *engine;
    struct port_learned *learned;
};

static void learn(struct sim *sim, void *argument)
{
    const struct learning_call *call = argument;
    if (call->what == PORT_LEARN_RESET)
        network_unlearn(sim->network, call->link);
    else
        network_learn(sim->network, call->link, call->what == PORT_LEARN_ON);
}

bool engine_learn(struct port *port, const char *name, enum port_learning what, struct error *error)
{
    struct engine *e = engine_of(port);
    struct learning_call call = {.link = find(e, name, error), .what = what};
    if (call.link == SIZE_MAX)
        return false;
    engine_call(e, learn, &call);
    if (what != PORT_LEARN_RESET)
        e->joined.spec[call.link].learning.on = what == PORT_LEARN_ON;
    return true;
}

static double *copy(double *room, const double *from, size_t count)
{
    if (!from)
        return NULL;
    room = xreallocarray(room, count, sizeof *room);
    return memcpy(room, from, count * sizeof *room);
}

static void look(struct sim *sim, void *argument)
{
    struct learning_call *call = argument;
    const struct projection *link = &sim->network->link[call->link];
    size_t count = link->connection->rows * link->connection->n_pre;
    struct port_learned *learned = call->learned;
    *learned = (struct port_learned){.rows = link->connection->rows, .n_pre = link->connection->n_pre};
    if (link->learned.decoders)
        learned->decoders = call->engine->learned.decoders =
            copy(call->engine->learned.decoders, link->learned.decoders, count);
    if (link->learned.change)
        learned->change = call->engine->learned.change =
            copy(call->engine->learned.change, link->learned.change, count);
    learned->not_finite = link->not_finite;
    learned->padded = link->connection->padded;
    if (link->learned.weights)
        learned->weights = call->engine->learned.weights =
            copy(call->engine->learned.weights, link->learned.weights, learned->padded * learned->n_pre);
    if (link->learning) {
        learned->on = link->learning->on;
        learned->watch = link->learning->watch;
    }
}

bool engine_learned(struct port *port, const char *name, struct port_learned *learned, struct error *error)
{
    struct engine *e = engine_of(port);
    struct learning_call call = {.link = find(e, name, error), .engine = e, .learned = learned};
    if (call.link == SIZE_MAX)
        return false;
    engine_call(e, look, &call);
    return true;
}
