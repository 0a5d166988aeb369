/* Defaults, copies and what is freed of a network that was asked for. */
#include "network/spec.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "network/connection.h"

static void *copy_of(const void *from, size_t count, size_t size)
{
    return from ? memcpy(xreallocarray(NULL, count, size), from, count * size) : NULL;
}

void matrix_copy(struct matrix *to, const struct matrix *from)
{
    *to = *from;
    to->value = copy_of(from->value, from->rows * from->columns, sizeof *from->value);
}

void matrix_free(struct matrix *matrix)
{
    free(matrix->value);
    *matrix = (struct matrix){0};
}

void connection_spec_init(struct connection_spec *spec)
{
    *spec = (struct connection_spec){
        .kind = connection_kinds[0],
        .synapse = synapse_types[0],
        .tau_synapse = 0.005,
        .solver = connection_solvers[0],
        .reg = 0.1,
        .seed = 1,
        .scale = 1,
        .excitatory = 0.7,
        .learning = {.on = true, .rate = 1e-4, .tau = 0.005},
    };
}

void connection_spec_copy(struct connection_spec *to, const struct connection_spec *from)
{
    *to = *from;
    to->name = from->name ? xstrdup(from->name) : NULL;
    to->function = from->function ? xstrdup(from->function) : NULL;
    to->target = from->target ? xstrdup(from->target) : NULL;
    matrix_copy(&to->transform, &from->transform);
    matrix_copy(&to->decoders, &from->decoders);
    matrix_copy(&to->weights, &from->weights);
    matrix_copy(&to->mask, &from->mask);
    to->from.of = copy_of(from->from.of, from->from.count, sizeof *from->from.of);
    to->to.of = copy_of(from->to.of, from->to.count, sizeof *from->to.of);
    if (from->points)
        to->points = eval_points_copy(from->points);
}

void connection_spec_free(struct connection_spec *spec)
{
    free(spec->name);
    free(spec->function);
    free(spec->target);
    matrix_free(&spec->transform);
    matrix_free(&spec->decoders);
    matrix_free(&spec->weights);
    matrix_free(&spec->mask);
    free(spec->from.of);
    free(spec->to.of);
    eval_points_free(spec->points);
    memset(spec, 0, sizeof *spec);
}

void network_spec_init(struct network_spec *spec)
{
    *spec = (struct network_spec){0};
}

struct place_spec *network_spec_place(struct network_spec *spec, const char *name)
{
    spec->place = xreallocarray(spec->place, spec->places + 1, sizeof *spec->place);
    struct place_spec *place = &spec->place[spec->places++];
    *place = (struct place_spec){.name = xstrdup(name), .dims = 1};
    population_spec_init(&place->population);
    return place;
}

struct connection_spec *network_spec_connect(struct network_spec *spec, const char *name, size_t pre, size_t post)
{
    spec->connection = xreallocarray(spec->connection, spec->connections + 1, sizeof *spec->connection);
    struct connection_spec *connection = &spec->connection[spec->connections++];
    connection_spec_init(connection);
    connection->name = xstrdup(name);
    connection->pre = pre;
    connection->post = post;
    return connection;
}

static void copy_place(struct place_spec *to, const struct place_spec *from)
{
    *to = *from;
    to->name = xstrdup(from->name);
    population_spec_copy(&to->population, &from->population);
    to->input = from->input ? stimulus_copy(from->input) : NULL;
}

void network_spec_copy(struct network_spec *to, const struct network_spec *from)
{
    *to = *from;
    to->place = xcalloc(from->places, sizeof *to->place);
    to->connection = xcalloc(from->connections, sizeof *to->connection);
    for (size_t i = 0; i < from->places; i++)
        copy_place(&to->place[i], &from->place[i]);
    for (size_t i = 0; i < from->connections; i++)
        connection_spec_copy(&to->connection[i], &from->connection[i]);
}

void network_spec_free(struct network_spec *spec)
{
    for (size_t i = 0; i < spec->places; i++) {
        free(spec->place[i].name);
        population_spec_free(&spec->place[i].population);
        stimulus_free(spec->place[i].input);
    }
    for (size_t i = 0; i < spec->connections; i++)
        connection_spec_free(&spec->connection[i]);
    free(spec->place);
    free(spec->connection);
    *spec = (struct network_spec){0};
}
