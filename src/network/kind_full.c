/* Full: what arrives is a current for each neuron of POST, through a matrix of weights. Weights that are decoders times
 * encoders are never multiplied out: gain_j (e_j . d_i) / radius times the spikes is the same as the decoded value
 * encoded, so these take that way, and so does what PES learns (network/rule_pes.c). A matrix that is given or solved
 * by Dale's principle is no such product and is kept as it is. */
#include "network/network.h"
#include "shape.h"

static bool shape(struct connection *c, const struct connection_spec *spec, const struct connection_end *pre,
                  const struct connection_end *post, struct error *error)
{
    (void)pre;
    return shape_to(c, spec, post, error) && shape_transform(c, spec, c->rows, post->name, error);
}

static void add_currents(double *to, const double *from, size_t n)
{
    for (size_t j = 0; j < n; j++)
        to[j] += from[j];
}

/* The gain enters twice: once as the weight is learned (with gain times encoder), once as the weight acts. */
static void add_learned(const struct projection *link, const double *value, struct place *post, double *current)
{
    const struct connection *c = link->connection;
    const struct population *p = post->population;
    for (size_t r = 0; r < c->rows; r++) {
        const double *scaled = p->scaled + c->to[r] * p->padded;
        for (size_t j = 0; j < p->n; j++)
            current[j] += p->gain[j] * (scaled[j] * value[r]);
    }
}

static void arrive(const struct projection *link, size_t step, struct place *post)
{
    const struct connection *c = link->connection;
    const double *value = link_value(link, step);
    double *x = post->x + step * post->dims;
    if (!post->current) { /* in the ideal, which has no currents */
        for (size_t r = 0; r < c->rows; r++)
            x[c->to[r]] += value[r];
        return;
    }
    double *current = post->current + step * post->population->padded;
    if (link->learned.weights) {
        add_currents(current, value, post->population->n);
        return;
    }
    if (c->decoders) {
        for (size_t r = 0; r < c->rows; r++)
            x[c->to[r]] += value[r];
        value += c->rows;
    }
    if (link->learned.change) {
        add_learned(link, value, post, current);
        value += c->rows;
    }
    if (c->weights)
        add_currents(current, value, post->population->n);
}

static bool has_currents(const struct connection *c)
{
    return c->weights || c->learning.rule;
}

static double current(const struct connection *c, const struct population *post, size_t j, size_t row)
{
    return post->scaled[c->to[row] * post->padded + j];
}

const struct connection_kind connection_full = {
    .name = "full",
    .summary = "weights from every neuron of PRE to every neuron of POST: decoders times encoders, given or by Dale's "
               "principle",
    .neurons_at_pre = true,
    .neurons_at_post = true,
    .takes_weights = true,
    .shape = shape,
    .arrive = arrive,
    .has_currents = has_currents,
    .current = current,
};
