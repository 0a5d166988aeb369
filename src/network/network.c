/* Putting a network together: room for what runs, and the order of a step. network/advance.c runs it. */
#include "network/network.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/xalloc.h"
#include "order.h"

/* ---- places ---- */

static bool is_wanted(const struct network *n, size_t place)
{
    for (size_t l = 0; l < n->links; l++) {
        const struct learning_rule *rule = n->link[l].connection->learning.rule;
        if ((n->link[l].pre == place && !n->link[l].exact) ||
            (n->link[l].post == place && rule && rule->changes_encoders))
            return true;
    }
    return false;
}

static bool gets_currents(const struct network *n, size_t place)
{
    for (size_t l = 0; l < n->links; l++)
        if (n->link[l].post == place && n->link[l].connection->kind->has_currents(n->link[l].connection))
            return true;
    return false;
}

static void open_neurons(struct network *n, struct place *p, size_t index)
{
    const struct population *population = p->population;
    p->has_neurons = true;
    if (population->model->advance) {
        p->state = population_state_new(population);
        p->bits = xaligned(NETWORK_STEPS * (population->padded / 64), sizeof *p->bits);
        if (is_wanted(n, index))
            p->spiked = xreallocarray(NULL, NETWORK_STEPS * population->n, sizeof *p->spiked);
    } else if (is_wanted(n, index)) {
        p->rate = xaligned(NETWORK_STEPS * population->padded, sizeof *p->rate);
    }
    if (gets_currents(n, index))
        p->current = xaligned(NETWORK_STEPS * population->padded, sizeof *p->current);
}

static void open_place(struct network *n, size_t index, const struct network_place *from)
{
    struct place *p = &n->place[index];
    p->population = from->population;
    p->dims = from->population ? from->population->dims : from->dims;
    p->x = xcalloc(NETWORK_STEPS * (p->dims ? p->dims : 1), sizeof *p->x);
    for (size_t l = 0; l < n->links; l++)
        p->driven = p->driven || n->link[l].post == index;
    if (p->population && !n->ideal && !p->population->model->direct)
        open_neurons(n, p, index);
}

static void close_place(struct place *p)
{
    population_state_free(p->state);
    private_noise_free(p->noise);
    free(p->x);
    free(p->bits);
    free(p->rate);
    free(p->current);
    free(p->scaled);
    free(p->spiked);
}

/* ---- links ---- */

static void open_learning(struct network *n, struct projection *link)
{
    const struct learning_spec *spec = &link->connection->learning;
    if (!spec->rule || n->ideal || (link->exact && !spec->rule->changes_encoders))
        return;
    struct learning *learning = link->learning = xcalloc(1, sizeof *learning);
    learning->rule = spec->rule;
    learning->on = spec->on;
    learning->rate = spec->rate;
    learning->tau = spec->tau;
    learning->traces = spec->rule->traces(link->connection);
    learning->trace = xcalloc(learning->traces, sizeof *learning->trace);
    learning->state = xcalloc(learning->traces, sizeof *learning->state);
    learning->error_place = spec->has_error ? spec->error : SIZE_MAX;
    learning->errors = spec->has_error ? n->place[spec->error].dims : 0;
    learning->error = xcalloc(learning->errors + 1, sizeof *learning->error);
    learning->value = xcalloc(link->connection->rows + 1, sizeof *learning->value);
    spec->rule->begin(n, link);
}

static bool has_neurons(const struct network *n, const struct network_place *place)
{
    return !n->ideal && place->population && !place->population->model->direct;
}

static void open_link(struct network *n, struct projection *link, const struct network_link *from,
                      const struct network_place *place)
{
    *link = (struct projection){.connection = from->connection, .pre = from->pre, .post = from->post};
    link->exact = !has_neurons(n, &place[from->pre]);
}

/* Once places are there: learning may want their dimensions. */
static void open_values(struct network *n, struct projection *link)
{
    const struct connection *c = link->connection;
    open_learning(n, link);
    link->width = link->exact || c->decoders ? c->rows : 0;
    if (link->learned.weights)
        link->width = c->padded;
    else if (!link->exact)
        link->width += (link->learned.change ? c->rows : 0) + (c->weights ? c->padded : 0);
    link->value = xcalloc((NETWORK_STEPS + 1) * (link->width + 1), sizeof *link->value);
    link->state = xcalloc(SYNAPSE_ORDER_MAX * (link->width + 1), sizeof *link->state);
    link->u = xcalloc(link->width + 1, sizeof *link->u);
}

static void close_link(struct projection *link)
{
    free(link->value);
    free(link->state);
    free(link->u);
    free(link->learned.decoders);
    free(link->learned.change);
    free(link->learned.weights);
    free(link->sign);
    if (link->learning) {
        free(link->learning->trace);
        free(link->learning->state);
        free(link->learning->error);
        free(link->learning->value);
        free(link->learning);
    }
}

const double *link_value(const struct projection *link, size_t step)
{
    return link->value + step * link->width;
}

/* ---- the order of a step ---- */

struct arrows {
    struct arrow *arrow;
    size_t count, capacity;
};

static void add(struct arrows *arrows, size_t from, size_t to, bool late)
{
    xgrow(&arrows->arrow, &arrows->capacity, arrows->count + 1, sizeof *arrows->arrow);
    arrows->arrow[arrows->count++] = (struct arrow){from, to, late};
}

static void add_rule(size_t places, size_t links, size_t l, const struct network_link *link, struct arrows *arrows)
{
    const struct learning_spec *learning = &link->connection->learning;
    size_t self = places + l, rule = places + links + l;
    add(arrows, self, rule, false);
    add(arrows, link->pre, rule, false);
    if (learning->has_error)
        add(arrows, learning->error, rule, false);
    if (learning->rule->changes_encoders)
        add(arrows, link->post, rule, false);
    add(arrows, rule, learning->rule->changes_encoders ? link->post : self, true);
}

static bool name_circle(const struct network_place *place, size_t places, const size_t *circle, size_t length,
                        struct error *error)
{
    struct text text = {0};
    size_t named = 0, first = 0;
    for (size_t i = 0; i < length; i++)
        if (circle[i] < places) {
            text_printf(&text, "%s%s", named ? " to " : "", place[circle[i]].name);
            first = named++ ? first : circle[i];
        }
    error_set(error,
              "%s to %s has no synapse on its way, so a value would depend on itself in the same step; "
              "synapse=lowpass on one of them works",
              text_string(&text), place[first].name);
    text_free(&text);
    return false;
}

static struct order *find_order(const struct network_place *place, size_t places, const struct network_link *link,
                                size_t links, bool ideal, struct error *error)
{
    struct arrows arrows = {0};
    size_t vertices = places + 2 * links, length = 0;
    for (size_t l = 0; l < links; l++) {
        add(&arrows, link[l].pre, places + l, false);
        add(&arrows, places + l, link[l].post, link[l].connection->synapse != &synapse_none);
        if (link[l].connection->learning.rule && !ideal)
            add_rule(places, links, l, &link[l], &arrows);
    }
    size_t *circle = xcalloc(vertices + 1, sizeof *circle);
    struct order *order = order_new(vertices, arrows.arrow, arrows.count, circle, &length);
    if (!order)
        name_circle(place, places, circle, length, error);
    free(circle);
    free(arrows.arrow);
    return order;
}

bool network_check_order(const struct network_place *place, size_t places, const struct network_link *link,
                         size_t links, struct error *error)
{
    struct order *order = find_order(place, places, link, links, false, error);
    order_free(order);
    return order;
}

struct network *network_new(const struct network_place *place, size_t places, const struct network_link *link,
                            size_t links, bool ideal, struct error *error)
{
    struct network *n = xcalloc(1, sizeof *n);
    n->order = find_order(place, places, link, links, ideal, error);
    if (!n->order) {
        free(n);
        return NULL;
    }
    n->ideal = ideal;
    n->places = places;
    n->links = links;
    n->link = xcalloc(links, sizeof *n->link);
    for (size_t l = 0; l < links; l++)
        open_link(n, &n->link[l], &link[l], place);
    for (size_t i = 0; i < places; i++)
        open_place(n, i, &place[i]);
    for (size_t l = 0; l < links; l++)
        open_values(n, &n->link[l]);
    return n;
}

void network_free(struct network *n)
{
    if (!n)
        return;
    for (size_t l = 0; l < n->links; l++)
        close_link(&n->link[l]);
    for (size_t i = 0; i < n->places; i++)
        close_place(&n->place[i]);
    free(n->link);
    order_free(n->order);
    free(n);
}

/* ---- going on from another one, and from the beginning ---- */

/* Of the same population it is taken as it is; of another one the first neurons go on. */
static void adopt_place(struct place *p, struct place *old)
{
    if (p->state && p->population == old->population) {
        struct population_state *state = p->state;
        p->state = old->state;
        old->state = state;
    } else if (p->state && old->state) {
        population_state_adopt(p->state, old->state);
    }
    if (p->state && old->noise && private_noise_is(old->noise, p->population->n, old->noise_input->seed)) {
        p->noise = old->noise;
        p->noise_input = old->noise_input;
        old->noise = NULL;
    }
    bool same = p->scaled && old->scaled && p->population->padded == old->population->padded && p->dims == old->dims;
    if (same)
        memcpy(p->scaled, old->scaled, p->dims * p->population->padded * sizeof *p->scaled);
}

static void adopt_rows(double *to, const double *from, const struct connection *c)
{
    if (to && from)
        memcpy(to, from, c->rows * c->n_pre * sizeof *to);
}

static void adopt_learning(struct learning *learning, const struct learning *old)
{
    if (!learning || !old || learning->rule != old->rule || learning->traces != old->traces)
        return;
    memcpy(learning->trace, old->trace, old->traces * sizeof *old->trace);
    memcpy(learning->state, old->state, old->traces * sizeof *old->state);
    learning->watch = old->watch;
    if (learning->errors == old->errors) {
        memcpy(learning->error, old->error, old->errors * sizeof *old->error);
        learning->pending = old->pending;
    }
}

static void adopt_link(struct projection *link, const struct projection *old, double dt, bool again)
{
    const struct connection *c = link->connection, *before = old->connection;
    if (!again && c->rows == before->rows && c->n_pre == before->n_pre) {
        adopt_rows(link->learned.decoders, old->learned.decoders, c);
        adopt_rows(link->learned.change, old->learned.change, c);
        if (link->learned.weights && old->learned.weights && c->padded == before->padded)
            memcpy(link->learned.weights, old->learned.weights, c->n_pre * c->padded * sizeof *link->learned.weights);
        adopt_learning(link->learning, old->learning);
    }
    if (link->width != old->width || c->synapse == &synapse_none || before->synapse == &synapse_none)
        return;
    memcpy(link->value, old->value, link->width * sizeof *link->value);
    if (c->synapse == before->synapse && c->tau_synapse == before->tau_synapse) {
        memcpy(link->state, old->state, SYNAPSE_ORDER_MAX * link->width * sizeof *link->state);
    } else {
        struct synapse_filter filter = synapse_filter(c->synapse, c->tau_synapse, dt);
        synapse_rest(&filter, link->width, link->value, link->state);
    }
}

void network_adopt(struct network *n, struct network *old, const size_t *where, const bool *again)
{
    size_t common = n->places < old->places ? n->places : old->places;
    for (size_t i = 0; i < common; i++)
        adopt_place(&n->place[i], &old->place[i]);
    for (size_t l = 0; l < n->links && old->dt > 0; l++)
        if (where[l] != SIZE_MAX)
            adopt_link(&n->link[l], &old->link[where[l]], old->dt, again[l]);
}

static void reset_learning(struct learning *learning)
{
    memset(learning->trace, 0, learning->traces * sizeof *learning->trace);
    memset(learning->state, 0, learning->traces * sizeof *learning->state);
    memset(learning->error, 0, learning->errors * sizeof *learning->error);
    learning->pending = false;
    learning->watch = (struct learning_watch){0};
}

void network_reset(struct network *n, bool learned)
{
    for (size_t i = 0; i < n->places; i++) {
        if (n->place[i].state)
            population_state_reset(n->place[i].state);
        if (n->place[i].noise)
            private_noise_reset(n->place[i].noise);
    }
    for (size_t l = 0; l < n->links; l++) {
        struct projection *link = &n->link[l];
        memset(link->value, 0, (NETWORK_STEPS + 1) * link->width * sizeof *link->value);
        memset(link->state, 0, SYNAPSE_ORDER_MAX * link->width * sizeof *link->state);
        if (link->learning && learned)
            network_unlearn(n, l);
        if (link->learning)
            reset_learning(link->learning);
    }
}

void network_noise(struct network *n, size_t place, const struct stimulus *input)
{
    struct place *p = &n->place[place];
    bool wanted = p->state && input && input->type->private_noise;
    if (!wanted || !private_noise_is(p->noise, p->population->n, input->seed)) {
        private_noise_free(p->noise);
        p->noise = wanted ? private_noise_new(p->population->n, input->seed) : NULL;
    }
    p->noise_input = wanted ? input : NULL;
}

void network_learn(struct network *n, size_t link, bool on)
{
    struct learning *learning = n->link[link].learning;
    if (!learning)
        return;
    learning->on = on;
    learning->watch = (struct learning_watch){0};
}

void network_unlearn(struct network *n, size_t l)
{
    struct projection *link = &n->link[l];
    const struct connection *c = link->connection;
    if (!link->learning)
        return;
    link->learning->pending = false;
    link->learning->watch = (struct learning_watch){0};
    if (link->learned.decoders)
        memcpy(link->learned.decoders, c->decoders, c->rows * c->n_pre * sizeof *c->decoders);
    if (link->learned.change)
        memset(link->learned.change, 0, c->rows * c->n_pre * sizeof *link->learned.change);
    if (link->learned.weights)
        connection_matrix(c, n->place[link->post].population, link->learned.weights);
    struct place *post = &n->place[link->post];
    if (link->learning->rule->changes_encoders && post->scaled)
        memcpy(post->scaled, post->population->scaled, post->dims * post->population->padded * sizeof *post->scaled);
}
