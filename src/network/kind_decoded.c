/* Decoded: values are added to what POST represents, each to its dimension. */
#include "shape.h"

#include "network/network.h"

static bool shape(struct connection *c, const struct connection_spec *spec, const struct connection_end *pre,
                  const struct connection_end *post, struct error *error)
{
    (void)pre;
    return shape_to(c, spec, post, error) && shape_transform(c, spec, c->rows, post->name, error);
}

static void arrive(const struct projection *link, size_t step, struct place *post)
{
    const struct connection *c = link->connection;
    const double *value = link_value(link, step);
    double *x = post->x + step * post->dims;
    for (size_t r = 0; r < c->rows; r++)
        x[c->to[r]] += value[r];
}

static bool has_currents(const struct connection *c)
{
    (void)c;
    return false;
}

static double current(const struct connection *c, const struct population *post, size_t j, size_t row)
{
    return post->scaled[c->to[row] * post->padded + j];
}

const struct connection_kind connection_decoded = {
    .name = "decoded",
    .summary = "PRE's value, decoded from its spikes, is added to what POST represents",
    .shape = shape,
    .arrive = arrive,
    .has_currents = has_currents,
    .current = current,
};
