#include "network/build.h"

#include <math.h>
#include <stdlib.h>

#include "base/xalloc.h"

bool network_check_learning(const struct connection *c, const struct connection_end *pre,
                            const struct connection_end *post, size_t error_dims, struct error *error)
{
    const struct learning_spec *learning = &c->learning;
    const struct learning_rule *rule = learning->rule;
    if (!rule)
        return true;
    if (rule->needs_error && !learning->has_error)
        return error_set(error, "learn=%s needs error=NODE, whose value is what %s says minus what it should say",
                         rule->name, post->name);
    if (!(learning->rate > 0) || !isfinite(learning->rate))
        return error_set(error, "rate=%g: must be greater than 0 and finite", learning->rate);
    if (!(learning->tau >= 0) || !isfinite(learning->tau))
        return error_set(error, "pre_synapse=%g s: must be 0 or more, and finite", learning->tau);
    return rule->fits(c, pre, post, learning->has_error ? error_dims : 0, error);
}

static bool build_places(struct network_parts *parts, const struct network_spec *spec, struct error *error)
{
    for (size_t i = 0; i < spec->places; i++) {
        const struct place_spec *place = &spec->place[i];
        if (place->node)
            continue;
        parts->population[i] = population_new(&place->population, error);
        if (!parts->population[i])
            return error_prefix(error, "%s: ", place->name);
    }
    return true;
}

static size_t dims_of(const struct network_parts *parts, const struct network_spec *spec, size_t place)
{
    return parts->population[place] ? parts->population[place]->dims : spec->place[place].dims;
}

static struct connection_end end_of(const struct network_parts *parts, const struct network_spec *spec, size_t place)
{
    return (struct connection_end){spec->place[place].name, parts->population[place], dims_of(parts, spec, place)};
}

static bool build_connections(struct network_parts *parts, const struct network_spec *spec, struct progress progress,
                              struct error *error)
{
    for (size_t l = 0; l < spec->connections; l++) {
        const struct connection_spec *c = &spec->connection[l];
        struct connection_end pre = end_of(parts, spec, c->pre), post = end_of(parts, spec, c->post);
        parts->connection[l] = connection_new(c, &pre, &post, progress, error);
        size_t error_dims = c->learning.has_error ? dims_of(parts, spec, c->learning.error) : 0;
        if (!parts->connection[l] || !network_check_learning(parts->connection[l], &pre, &post, error_dims, error))
            return error_prefix(error, "%s: ", c->name);
    }
    return true;
}

static struct network *put_together(const struct network_parts *parts, const struct network_spec *spec, bool ideal,
                                    struct error *error)
{
    struct network_place *place = xcalloc(spec->places, sizeof *place);
    struct network_link *link = xcalloc(spec->connections, sizeof *link);
    for (size_t i = 0; i < spec->places; i++)
        place[i] = (struct network_place){spec->place[i].name, parts->population[i], spec->place[i].dims};
    for (size_t l = 0; l < spec->connections; l++)
        link[l] = (struct network_link){spec->connection[l].name, parts->connection[l], spec->connection[l].pre,
                                        spec->connection[l].post};
    struct network *network = network_new(place, spec->places, link, spec->connections, ideal, error);
    free(place);
    free(link);
    return network;
}

struct network_parts *network_parts_new(const struct network_spec *spec, struct progress progress, struct error *error)
{
    struct network_parts *parts = xcalloc(1, sizeof *parts);
    parts->places = spec->places;
    parts->connections = spec->connections;
    parts->population = xcalloc(spec->places, sizeof *parts->population);
    parts->connection = xcalloc(spec->connections, sizeof *parts->connection);
    if (build_places(parts, spec, error) && build_connections(parts, spec, progress, error) &&
        (parts->network = put_together(parts, spec, false, error)) &&
        (parts->ideal = put_together(parts, spec, true, error)))
        return parts;
    network_parts_free(parts);
    return NULL;
}

void network_parts_free(struct network_parts *parts)
{
    if (!parts)
        return;
    network_free(parts->network);
    network_free(parts->ideal);
    for (size_t l = 0; l < parts->connections; l++)
        connection_free(parts->connection[l]);
    for (size_t i = 0; i < parts->places; i++)
        population_free(parts->population[i]);
    free(parts->population);
    free(parts->connection);
    free(parts);
}
