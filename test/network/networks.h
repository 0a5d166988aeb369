/* The peer's networks, from test/data/net_*.csv, and small ones made by hand. */
#ifndef TEST_NETWORK_NETWORKS_H
#define TEST_NETWORK_NETWORKS_H

#include "harness.h"

#include "base/xalloc.h"
#include "network/build.h"

static inline bool net_is(const struct table *t, size_t row, const char *network, const char *column, const char *name)
{
    return strcmp(table_text(t, row, "network"), network) == 0 && strcmp(table_text(t, row, column), name) == 0;
}

/* Numbers in columns x1, x2, ... of a row, or prefix1, prefix2, ...; how many there are. */
static inline size_t net_vector(const struct table *t, size_t row, const char *prefix, double *out)
{
    size_t dims = 0;
    char name[16];
    for (; dims < 3; dims++) {
        snprintf(name, sizeof name, "%s%zu", prefix, dims + 1);
        if (!*table_text(t, row, name))
            break;
        out[dims] = table_number(t, row, name);
    }
    return dims;
}

static inline size_t net_rows(const struct table *t, const char *network, const char *column, const char *name)
{
    size_t rows = 0;
    for (size_t r = 0; r < t->rows; r++)
        rows += net_is(t, r, network, column, name);
    return rows;
}

static inline size_t net_population(struct network_spec *spec, const char *network, const char *name, size_t dims)
{
    struct table t = table_read("net_neurons.csv");
    struct place_spec *place = network_spec_place(spec, name);
    struct population_spec *p = &place->population;
    p->model = &neuron_lif;
    struct neuron_table *given = p->given = xcalloc(1, sizeof *given);
    given->n = net_rows(&t, network, "population", name);
    given->dims = p->dims = dims;
    given->gain = xcalloc(given->n, sizeof *given->gain);
    given->bias = xcalloc(given->n, sizeof *given->bias);
    given->encoders = xcalloc(given->n * dims, sizeof *given->encoders);
    for (size_t r = 0; r < t.rows; r++) {
        if (!net_is(&t, r, network, "population", name))
            continue;
        size_t i = (size_t)table_number(&t, r, "neuron");
        given->gain[i] = table_number(&t, r, "gain");
        given->bias[i] = table_number(&t, r, "bias");
        p->radius = table_number(&t, r, "radius");
        ck_assert_uint_eq(net_vector(&t, r, "e", given->encoders + i * dims), dims);
    }
    ck_assert_uint_gt(given->n, 0);
    table_free(&t);
    return spec->places - 1;
}

static inline size_t net_node(struct network_spec *spec, const char *name, size_t dims)
{
    struct place_spec *place = network_spec_place(spec, name);
    place->node = true;
    place->dims = dims;
    return spec->places - 1;
}

static inline struct eval_points *net_points(const char *network, const char *population, size_t dims)
{
    struct table t = table_read("net_eval_points.csv");
    struct eval_points *points = xcalloc(1, sizeof *points);
    points->dims = dims;
    points->x = xcalloc(net_rows(&t, network, "population", population) * dims, sizeof *points->x);
    for (size_t r = 0; r < t.rows; r++)
        if (net_is(&t, r, network, "population", population))
            net_vector(&t, r, "x", points->x + points->count++ * dims);
    table_free(&t);
    return points;
}

static inline struct connection_spec *net_connect(struct network_spec *spec, size_t pre, size_t post,
                                                  const char *function, const struct synapse_type *synapse, double tau)
{
    char name[64];
    snprintf(name, sizeof name, "%s_%s", spec->place[pre].name, spec->place[post].name);
    struct connection_spec *c = network_spec_connect(spec, name, pre, post);
    c->function = function ? xstrdup(function) : NULL;
    c->synapse = synapse;
    c->tau_synapse = tau;
    return c;
}

static inline void net_transform(struct connection_spec *c, double by)
{
    c->transform = (struct matrix){1, 1, xcalloc(1, sizeof(double))};
    c->transform.value[0] = by;
}

static inline void net_dimension(struct dimensions *d, size_t which)
{
    d->count = 1;
    d->of = xcalloc(1, sizeof *d->of);
    d->of[0] = which;
}

static inline struct network_parts *net_build(const struct network_spec *spec)
{
    struct error error = {""};
    struct network_parts *parts = network_parts_new(spec, (struct progress){0}, &error);
    if (!parts)
        ck_abort_msg("%s", error.text);
    return parts;
}

/* Fills a place's own input for the `steps` steps after step `done`. */
static inline void net_input(struct network_parts *parts, size_t place, const double *x, size_t done, size_t steps)
{
    struct network *both[] = {parts->network, parts->ideal};
    for (size_t b = 0; b < 2; b++) {
        struct place *p = &both[b]->place[place];
        memcpy(p->x, x + done * p->dims, steps * p->dims * sizeof *p->x);
    }
}

/* Places without an input begin every call with 0. */
static inline void net_clear(struct network_parts *parts)
{
    struct network *both[] = {parts->network, parts->ideal};
    for (size_t b = 0; b < 2; b++)
        for (size_t i = 0; i < both[b]->places; i++)
            memset(both[b]->place[i].x, 0, NETWORK_STEPS * both[b]->place[i].dims * sizeof(double));
}

#endif
