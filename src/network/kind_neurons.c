/* Neurons: PRE's value becomes a current of each neuron of POST, whatever its gain and encoder. For gating. */
#include "base/xalloc.h"
#include "network/network.h"
#include "shape.h"

/* A number or a row is the same for all neurons, as is no transform at all. */
static double *currents_for(const struct connection *c, const struct connection_spec *spec,
                            const struct connection_end *post)
{
    const struct matrix *given = &spec->transform;
    size_t n = post->population->n;
    bool one = given->rows == 0 || (given->rows == 1 && given->columns == 1 && c->outputs == 1);
    bool row = one || (given->rows == 1 && given->columns == c->outputs);
    if (!row)
        return shape_matrix(given, n, c->outputs);
    if (one && c->outputs != 1)
        return NULL;
    double *currents = xcalloc(n * c->outputs, sizeof *currents);
    for (size_t j = 0; j < n; j++)
        for (size_t o = 0; o < c->outputs; o++)
            currents[j * c->outputs + o] = given->rows ? given->value[o] : 1;
    return currents;
}

static bool shape(struct connection *c, const struct connection_spec *spec, const struct connection_end *pre,
                  const struct connection_end *post, struct error *error)
{
    (void)pre;
    c->rows = c->outputs;
    if (spec->to.count)
        return error_set(
            error, "kind=neurons goes to the neurons of %s and not to one of its dimensions; without to= it works",
            post->name);
    c->currents = currents_for(c, spec, post);
    if (!c->currents)
        return error_set(error,
                         "transform is %zu x %zu; kind=neurons takes a number, %zu for all neurons alike, or %zu x %zu",
                         spec->transform.rows, spec->transform.columns, c->outputs, post->population->n, c->outputs);
    c->transform = shape_matrix(&(struct matrix){0}, c->rows, c->rows);
    return true;
}

static void arrive(const struct projection *link, size_t step, struct place *post)
{
    const struct connection *c = link->connection;
    const double *value = link_value(link, step);
    if (!post->current) /* in the ideal, which has no currents */
        return;
    double *current = post->current + step * post->population->padded;
    for (size_t j = 0; j < c->n_post; j++)
        for (size_t r = 0; r < c->rows; r++)
            current[j] += c->currents[j * c->rows + r] * value[r];
}

static bool has_currents(const struct connection *c)
{
    (void)c;
    return true;
}

static double current(const struct connection *c, const struct population *post, size_t j, size_t row)
{
    (void)post;
    return c->currents[j * c->rows + row];
}

const struct connection_kind connection_neurons = {
    .name = "neurons",
    .summary = "PRE's value times the transform is a current of each neuron of POST, past gain and encoder: for gating",
    .neurons_at_post = true,
    .shape = shape,
    .arrive = arrive,
    .has_currents = has_currents,
    .current = current,
};
