/* A change is planned first: which connections are built anew, from which specs. When all of them are built and the
 * order of a step exists, the engine is handed the whole list, and only when it has taken that do the plan's
 * connections become the session's. */
#include "session/wiring.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/xalloc.h"
#include "model/random.h"
#include "model/stimulus_vector.h"
#include "network/build.h"
#include "rig/live.h"
#include "rig/rig.h"
#include "rig/wired.h"
#include "session/ahead.h"
#include "session/message.h"
#include "session/removal.h"
#include "session/session.h"
#include "view/arrange.h"
#include "view/connection_subject.h"

struct planned {
    struct wired *wired; /* NULL: one that is new */
    struct connection_spec spec;
    struct connection *built; /* owned; NULL: wired's stays */
    bool again;
};

struct plan {
    struct session *session;
    const struct channel *changed;       /* a place whose population is another one; NULL: none is */
    const struct population *population; /* that one */
    size_t count;
    struct planned *planned;
};

void wiring_name(const struct session *session, const char *pre, const char *post, char *name)
{
    int most = SUBJECT_NAME - 4, half = most / 2; /* with '_' and a number behind it has to fit */
    bool fits = strlen(pre) + strlen(post) < (size_t)most;
    snprintf(name, SUBJECT_NAME, "%.*s_%.*s", fits ? most : half, pre, fits ? most : half - 1, post);
    size_t length = strlen(name);
    for (int number = 2; wired_named(&session->rig, name) || channel_named(&session->rig, name); number++)
        snprintf(name + length, SUBJECT_NAME - length, "%d", number);
}

/* ---- planning ---- */

static const struct population *stands(const struct plan *plan, const struct channel *channel)
{
    return channel == plan->changed ? plan->population : channel->population;
}

static struct connection_end end_of(const struct plan *plan, size_t slot)
{
    const struct channel *channel = wired_place(&plan->session->rig, slot);
    const struct population *population = stands(plan, channel);
    return (struct connection_end){channel->name, population->node ? NULL : population, population->dims};
}

static void plan_open(struct plan *plan, struct session *session)
{
    *plan = (struct plan){.session = session, .planned = xcalloc(session->rig.wires + 1, sizeof *plan->planned)};
    for (size_t i = 0; i < session->rig.wires; i++) {
        struct planned *planned = &plan->planned[plan->count++];
        planned->wired = session->rig.wired[i];
        connection_spec_copy(&planned->spec, &session->rig.wired[i]->spec);
    }
}

static void plan_free(struct plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        connection_spec_free(&plan->planned[i].spec);
        connection_free(plan->planned[i].built);
    }
    free(plan->planned);
}

static const struct connection *planned_built(const struct planned *planned)
{
    return planned->built ? planned->built : planned->wired->built;
}

static bool build(struct plan *plan, struct planned *planned, struct error *error)
{
    const struct connection_spec *spec = &planned->spec;
    struct connection_end pre = end_of(plan, spec->pre), post = end_of(plan, spec->post);
    connection_free(planned->built);
    planned->built = ahead_connection(plan->session, spec, &pre, &post, error);
    size_t dims = spec->learning.has_error ? end_of(plan, spec->learning.error).dims : 0;
    return planned->built && network_check_learning(planned->built, &pre, &post, dims, error);
}

/* A loop without a synapse has no order. */
static bool check_order(const struct plan *plan, struct error *error)
{
    struct network_place place[ENGINE_SLOTS] = {{0}};
    struct network_link *link = xcalloc(plan->count, sizeof *link);
    for (size_t i = 0; i < plan->session->rig.channels; i++) {
        const struct channel *channel = plan->session->rig.channel[i];
        if (channel->population)
            place[channel->slot] = (struct network_place){.name = channel->name, .population = stands(plan, channel)};
    }
    for (size_t i = 0; i < plan->count; i++)
        link[i] = (struct network_link){plan->planned[i].spec.name, planned_built(&plan->planned[i]),
                                        plan->planned[i].spec.pre, plan->planned[i].spec.post};
    bool good = network_check_order(place, ENGINE_SLOTS, link, plan->count, error);
    free(link);
    return good;
}

/* Hands the engine the list; it takes effect with the next change of a slot, or port_join. */
static bool hand_over(const struct plan *plan, struct error *error)
{
    struct port_connection *connection = xcalloc(plan->count, sizeof *connection);
    struct connection_spec *solved = xcalloc(plan->count, sizeof *solved);
    for (size_t i = 0; i < plan->count; i++) {
        connection_solved(planned_built(&plan->planned[i]), &plan->planned[i].spec, &solved[i]);
        connection[i] = (struct port_connection){&solved[i], plan->planned[i].again};
    }
    bool good = port_connections(plan->session->rig.engine, connection, plan->count, error);
    for (size_t i = 0; i < plan->count; i++)
        connection_spec_free(&solved[i]);
    free(solved);
    free(connection);
    return good;
}

/* What was handed over and not taken is replaced by what there is. */
static void take_back(struct session *session)
{
    struct plan plan;
    struct error ignored;
    plan_open(&plan, session);
    hand_over(&plan, &ignored);
    plan_free(&plan);
}

/* ---- taking a plan over ---- */

static struct wired *new_wired(struct session *session, const struct connection_spec *spec)
{
    struct wired *wired = xcalloc(1, sizeof *wired);
    snprintf(wired->face.name, sizeof wired->face.name, "%s", spec->name);
    wired->face.wired = wired;
    wired->face.selected = -1;
    wired->asked = NAN;
    session->rig.wired = xreallocarray(session->rig.wired, session->rig.wires + 1, sizeof(struct wired *));
    session->rig.wired[session->rig.wires++] = wired;
    return wired;
}

static void free_wired(struct wired *wired)
{
    connection_subject_free(wired);
    connection_spec_free(&wired->spec);
    connection_free(wired->built);
    free(wired->turn);
    free(wired);
}

/* Puts what was planned into the session; gives the last one. */
static struct wired *commit(struct plan *plan)
{
    struct wired *wired = NULL;
    for (size_t i = 0; i < plan->count; i++) {
        struct planned *planned = &plan->planned[i];
        wired = planned->wired ? planned->wired : new_wired(plan->session, &planned->spec);
        if (!planned->built)
            continue;
        connection_spec_free(&wired->spec);
        connection_free(wired->built);
        wired->spec = planned->spec;
        wired->built = planned->built;
        wired->unsettled_said = wired->stopped_said = wired->not_finite_said = false;
        planned->spec = (struct connection_spec){0};
        planned->built = NULL;
    }
    return wired;
}

/* ---- what a place is fed with, in words ---- */

static bool is_nothing(const struct stimulus *input)
{
    return input->type == &stimulus_constant && input->param[0] == 0 && !input->next;
}

/* "sin(2πt) + A_B + C_B": its own input, unless that is 0, and the connections that arrive. */
static void describe(const struct session *session, struct channel *channel)
{
    size_t size = sizeof channel->input_text, used;
    stimulus_describe_all(channel->input, channel->population->dims, channel->input_text, size);
    used = wired_reaches(&session->rig, channel) && is_nothing(channel->input) ? 0 : strlen(channel->input_text);
    for (size_t i = 0; i < session->rig.wires && used + SUBJECT_NAME + 4 < size; i++)
        if (session->rig.wired[i]->spec.post == channel->slot)
            used += (size_t)snprintf(channel->input_text + used, size - used, "%s%s", used ? " + " : "",
                                     session->rig.wired[i]->face.name);
}

static void describe_all(struct session *session)
{
    session->rig.chaos_known = false;
    for (size_t i = 0; i < session->rig.wires; i++)
        wired_note_turn(session->rig.wired[i], port_status(session->rig.engine).time);
    for (size_t i = 0; i < session->rig.channels; i++)
        if (session->rig.channel[i]->population)
            describe(session, session->rig.channel[i]);
}

/* ---- populations that change ---- */

static bool same_numbers(const double *a, const double *b, size_t count)
{
    return memcmp(a, b, count * sizeof *a) == 0;
}

/* Whether nothing that decoders or weights are solved from is another. */
static bool same_neurons(const struct population *a, const struct population *b)
{
    return a->n == b->n && a->dims == b->dims && a->radius == b->radius && a->model == b->model &&
           memcmp(&a->params, &b->params, sizeof a->params) == 0 && same_numbers(a->gain, b->gain, a->n) &&
           same_numbers(a->bias, b->bias, a->n) && same_numbers(a->encoders, b->encoders, a->padded * a->dims);
}

/* Learned or loaded, a connection belongs to the neurons that its ends have. */
static bool check_kept(const struct connection_spec *c, const struct channel *channel,
                       const struct population_spec *spec, struct error *error)
{
    const char *how = c->learning.rule ? "learned" : c->weights.rows || c->decoders.rows ? "loaded" : NULL;
    size_t n = spec->given ? spec->given->n : spec->n;
    if (!how || (n == channel->population->n && spec->seed == channel->spec.seed))
        return true;
    return error_set(
        error, "%s was %s for the neurons %s has: with another n or seed they would be others; disconnect %s first",
        c->name, how, channel->name, c->name);
}

/* Plans what follows from another population at a place. */
static bool plan_population(struct plan *plan, struct channel *channel, const struct population_spec *spec,
                            const struct population *population, struct error *error)
{
    bool same = same_neurons(channel->population, population);
    plan->changed = channel;
    plan->population = population;
    for (size_t i = 0; i < plan->count; i++) {
        struct planned *planned = &plan->planned[i];
        struct connection_spec *c = &planned->spec;
        bool touched = c->pre == channel->slot || c->post == channel->slot ||
                       (c->learning.has_error && c->learning.error == channel->slot);
        if (!touched || same)
            continue;
        if (c->pre == channel->slot && !planned->wired->own_seed)
            c->seed = spec->seed;
        if (!check_kept(c, channel, spec, error))
            return false;
        if (!build(plan, planned, error))
            return error_prefix(error, "%s: ", c->name);
    }
    return check_order(plan, error);
}

/* Puts the plan into place together with the population. */
static struct channel *put_planned(struct plan *plan, struct channel *channel, const char *name,
                                   const struct population_spec *spec, struct population *population,
                                   struct stimulus *input, struct error *error)
{
    if (!hand_over(plan, error)) {
        if (input != channel->input)
            stimulus_free(input);
        return NULL;
    }
    channel = live_put_built(&plan->session->rig, channel, name, spec, population_share(population), input, error);
    if (channel)
        commit(plan);
    else
        take_back(plan->session);
    return channel;
}

static bool check_input(const struct session *session, const struct channel *channel, const struct stimulus *input,
                        struct error *error)
{
    return !input || !input->type->private_noise || !wired_reaches(&session->rig, channel) ||
           error_set(error, "%s: input=%s is a current of the neurons' own, and a connection brings a value already",
                     channel->name, input->type->name);
}

struct channel *wiring_put(struct session *session, struct channel *channel, const char *name,
                           const struct population_spec *spec, struct stimulus *input, struct error *error)
{
    return wiring_put_built(session, channel, name, spec, NULL, input, error);
}

struct channel *wiring_put_built(struct session *session, struct channel *channel, const char *name,
                                 const struct population_spec *spec, struct population *built, struct stimulus *input,
                                 struct error *error)
{
    if (!channel && wired_named(&session->rig, name)) {
        stimulus_free(input);
        population_free(built);
        error_set(error, "%s is a connection: choose another name, or `disconnect %s` first", name, name);
        return NULL;
    }
    if (!built && !(built = ahead_population(session, channel, name, spec, error))) {
        if (!channel || input != channel->input)
            stimulus_free(input);
        return NULL;
    }
    bool fresh = !channel;
    if (fresh || session->rig.wires == 0) {
        channel = live_put_built(&session->rig, channel, name, spec, built, input, error);
        if (fresh && channel)
            channel_show_live(&session->look, channel);
        return channel;
    }
    struct population *population = built;
    struct plan plan;
    plan_open(&plan, session);
    bool good = check_input(session, channel, input, error) && plan_population(&plan, channel, spec, population, error);
    if (good)
        channel = put_planned(&plan, channel, name, spec, population, input, error);
    else if (input != channel->input)
        stimulus_free(input);
    plan_free(&plan);
    population_free(population);
    describe_all(session);
    return good ? channel : NULL;
}

bool wiring_input(struct session *session, struct channel *channel, struct stimulus *input, struct error *error)
{
    bool private_noise = input->type->private_noise;
    bool good = check_input(session, channel, input, error) &&
                (!private_noise || !channel_is_node(channel) ||
                 error_set(error, "input=%s is for neurons, and %s is a node", input->type->name, channel->name));
    if (!good)
        stimulus_free(input);
    good = good && live_input(&session->rig, channel, input, error);
    describe(session, channel);
    return good;
}

/* ---- connections that change ---- */

/* The plan with the connection in it, its last one where it is new. */
static struct planned *plan_connection(struct plan *plan, struct wired *wired, const struct connection_spec *spec,
                                       bool again)
{
    struct planned *planned = NULL;
    for (size_t i = 0; i < plan->count && wired; i++)
        if (plan->planned[i].wired == wired)
            planned = &plan->planned[i];
    if (!planned)
        planned = &plan->planned[plan->count++];
    connection_spec_free(&planned->spec);
    connection_spec_copy(&planned->spec, spec);
    planned->again = again;
    return planned;
}

/* POST's bias is in the weights: without it in the neurons, too. */
static bool place_without_bias(struct plan *plan, size_t slot, struct error *error)
{
    struct channel *post = wired_place(&plan->session->rig, slot);
    struct population_spec spec;
    population_spec_copy(&spec, &post->spec);
    spec.bias_off = true;
    struct population *built = ahead_population(plan->session, post, post->name, &spec, error);
    bool good = built && live_put_built(&plan->session->rig, post, post->name, &spec, built, NULL, error);
    population_spec_free(&spec);
    if (good)
        session_note(plan->session, "%s: its bias is off now, because the weights of %s bring it", post->name,
                     plan->planned[plan->count - 1].spec.name);
    return good;
}

static bool place(struct plan *plan, const struct connection_spec *spec, struct error *error)
{
    const struct channel *post = wired_place(&plan->session->rig, spec->post);
    bool carries = spec->solver->carries_bias && !spec->weights.rows && !post->spec.bias_off;
    return carries ? place_without_bias(plan, spec->post, error) : port_join(plan->session->rig.engine, error);
}

struct wired *wiring_connect(struct session *session, struct wired *wired, const struct connection_spec *spec,
                             bool own_seed, bool again, struct error *error)
{
    const struct channel *post = wired_place(&session->rig, spec->post);
    if (post->input->type->private_noise) {
        error_set(
            error,
            "%s: its input is %s, a current of the neurons' own, and a connection would bring a value; input %s 0 "
            "first",
            post->name, post->input->type->name, post->name);
        return NULL;
    }
    struct plan plan;
    plan_open(&plan, session);
    bool good = build(&plan, plan_connection(&plan, wired, spec, again), error) && check_order(&plan, error) &&
                hand_over(&plan, error);
    if (good && !place(&plan, spec, error)) {
        take_back(session);
        good = false;
    }
    if (good && wired)
        commit(&plan);
    else if (good)
        wired = commit(&plan);
    plan_free(&plan);
    if (!good)
        return NULL;
    wired->own_seed = own_seed;
    describe_all(session);
    return wired;
}

static void forget(struct session *session, struct wired *wired)
{
    size_t i = 0;
    while (session->rig.wired[i] != wired)
        i++;
    memmove(&session->rig.wired[i], &session->rig.wired[i + 1],
            (session->rig.wires - i - 1) * sizeof session->rig.wired[0]);
    session->rig.wires--;
    knobs_prune(session);
    free_wired(wired);
}

static void plan_without(struct plan *plan, const struct channel *place, const struct wired *wired)
{
    size_t kept = 0;
    for (size_t i = 0; i < plan->count; i++) {
        struct planned *planned = &plan->planned[i];
        const struct connection_spec *c = &planned->spec;
        bool goes = planned->wired == wired || (place && (c->pre == place->slot || c->post == place->slot ||
                                                          (c->learning.has_error && c->learning.error == place->slot)));
        if (goes)
            connection_spec_free(&planned->spec);
        else
            plan->planned[kept++] = *planned;
    }
    plan->count = kept;
}

bool wiring_disconnect(struct session *session, struct wired *wired, struct error *error)
{
    struct plan plan;
    plan_open(&plan, session);
    plan_without(&plan, NULL, wired);
    bool good = hand_over(&plan, error) && port_join(session->rig.engine, error);
    plan_free(&plan);
    if (good)
        forget(session, wired);
    describe_all(session);
    return good;
}

static bool remove_place(struct session *session, struct channel *channel, bool said, struct error *error)
{
    if (session->rig.wires > 0) {
        struct plan plan;
        plan_open(&plan, session);
        plan_without(&plan, channel, NULL);
        bool good = hand_over(&plan, error);
        plan_free(&plan);
        if (!good)
            return false;
    }
    size_t slot = channel->slot;
    live_remove(session, channel);
    for (size_t i = session->rig.wires; i > 0; i--) {
        struct wired *wired = session->rig.wired[i - 1];
        const struct connection_spec *c = &wired->spec;
        if (c->pre == slot || c->post == slot || (c->learning.has_error && c->learning.error == slot)) {
            if (said)
                session_note(session, "%s goes with it", wired->face.name);
            forget(session, wired);
        }
    }
    describe_all(session);
    return true;
}

bool wiring_remove(struct session *session, struct channel *channel, struct error *error)
{
    return remove_place(session, channel, true, error);
}

void wiring_take_back(struct session *session, struct channel *channel)
{
    struct error ignored;
    remove_place(session, channel, false, &ignored);
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
    bool good = wiring_put(session, channel, channel->name, &spec, input, error) != NULL;
    population_spec_free(&spec);
    return good;
}

/* All or none: what stands in the way of one population's seed is found before the first has another. */
static bool check_seed(const struct session *session, uint64_t seed, struct error *error)
{
    for (size_t i = 0; i < session->rig.wires; i++) {
        const struct connection_spec *c = &session->rig.wired[i]->spec;
        const size_t ends[] = {c->pre, c->post};
        for (size_t e = 0; e < 2; e++) {
            const struct channel *channel = wired_place(&session->rig, ends[e]);
            struct population_spec spec = channel->spec;
            spec.seed = random_seed_named(seed, channel->name);
            if (!channel->own_seed && !spec.given && !check_kept(c, channel, &spec, error))
                return false;
        }
    }
    return true;
}

bool wiring_seed(struct session *session, uint64_t seed, struct error *error)
{
    if (!check_seed(session, seed, error))
        return false;
    for (size_t i = 0; i < session->rig.channels; i++)
        if (session->rig.channel[i]->population && !reseed(session, session->rig.channel[i], seed, error))
            return false;
    session->rig.seed = seed;
    return true;
}

/* ---- learning ---- */

bool wiring_learned(struct session *session, const struct wired *wired, struct port_learned *learned,
                    struct error *error)
{
    *learned = (struct port_learned){0};
    return !wired->spec.learning.rule || port_learned(session->rig.engine, wired->face.name, learned, error);
}

static void keep_decoders(const struct connection *c, const double *decoders, struct connection_spec *spec)
{
    matrix_free(&spec->decoders);
    spec->decoders = (struct matrix){c->n_pre, c->rows, xreallocarray(NULL, c->n_pre * c->rows, sizeof(double))};
    for (size_t i = 0; i < c->n_pre; i++)
        for (size_t r = 0; r < c->rows; r++)
            spec->decoders.value[i * c->rows + r] = decoders[r * c->n_pre + i];
}

/* The scale goes on multiplying them. */
static bool keep_weights(const struct connection *c, const struct connection_learned *learned,
                         const struct population *post, struct connection_spec *spec, struct error *error)
{
    struct connection unscaled = *c;
    unscaled.scale = 1;
    if (!memory_fits(24.0 * (double)c->n_pre * (double)c->n_post, error))
        return error_prefix(error, "learned weights as a matrix: ");
    matrix_free(&spec->weights);
    matrix_free(&spec->decoders);
    spec->weights = (struct matrix){c->n_post, c->n_pre, xreallocarray(NULL, c->n_post * c->n_pre, sizeof(double))};
    for (size_t j = 0; j < c->n_post; j++)
        connection_weights_row(&unscaled, learned, post, j, spec->weights.value + j * c->n_pre);
    return true;
}

bool wiring_keep_learned(struct session *session, const struct wired *wired, struct connection_spec *spec,
                         struct error *error)
{
    struct port_learned got;
    if (!wiring_learned(session, wired, &got, error))
        return false;
    struct connection_learned learned = {(double *)got.decoders, (double *)got.change, (double *)got.weights};
    if (got.change || got.weights)
        return keep_weights(wired->built, &learned, wired_place(&session->rig, spec->post)->population, spec, error);
    if (got.decoders)
        keep_decoders(wired->built, got.decoders, spec);
    return true;
}

void wiring_free(struct session *session)
{
    for (size_t i = 0; i < session->rig.wires; i++)
        free_wired(session->rig.wired[i]);
    free(session->rig.wired);
    session->rig.wired = NULL;
    session->rig.wires = 0;
}
