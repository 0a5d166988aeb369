/* Voja (Voelker, Crawford & Eliasmith 2014): the encoders of neurons that fire turn towards the value that makes them
 * fire,
 *
 *   scaled_j changes by  rate dt s p_j (gain_j / radius value - scaled_j)
 *
 * with p_j the smoothed activity of post-neuron j, value what the connection brings in this step, and s = 1, or 1 + the
 * value of an error node where there is one (nengo's learning signal: -1 stands still). */
#include <math.h>
#include <string.h>

#include "activity.h"
#include "base/xalloc.h"

static bool fits(const struct connection *c, const struct connection_end *pre, const struct connection_end *post,
                 size_t error_dims, struct error *error)
{
    (void)pre;
    if (!post->population || post->population->model->direct)
        return error_set(error, "learn=voja turns encoders, and %s has no neurons", post->name);
    if (c->kind != &connection_decoded || c->rows != post->dims)
        return error_set(error, "learn=voja needs a decoded connection to all %zu dimension%s of %s", post->dims,
                         post->dims == 1 ? "" : "s", post->name);
    return error_dims <= 1 ||
           error_set(error, "learn=voja takes a signal of one dimension, and error= has %zu", error_dims);
}

static size_t traces(const struct connection *c)
{
    return c->n_post;
}

static void begin(struct network *n, struct projection *link)
{
    struct place *post = &n->place[link->post];
    size_t numbers = post->dims * post->population->padded;
    if (post->scaled)
        return;
    post->scaled = xaligned(numbers, sizeof *post->scaled);
    memcpy(post->scaled, post->population->scaled, numbers * sizeof *post->scaled);
}

static void observe(struct network *n, struct projection *link, size_t step)
{
    struct learning *learning = link->learning;
    activity_smooth(learning, &n->place[link->post], n->dt, step);
    /* The signal and what arrives in this step are kept until the next one begins. */
    learning->signal = 1;
    if (learning->error_place != SIZE_MAX)
        learning->signal += n->place[learning->error_place].x[step * n->place[learning->error_place].dims];
    memcpy(learning->value, link_value(link, step), link->width * sizeof *learning->value);
    learning->pending = learning->on;
}

static void apply(struct network *n, struct projection *link)
{
    struct learning *learning = link->learning;
    struct place *post = &n->place[link->post];
    const struct population *p = post->population;
    double alpha = learning->rate * n->dt * learning->signal;
    learning->pending = false;
    for (size_t d = 0; d < post->dims; d++) {
        double *scaled = post->scaled + link->connection->to[d] * p->padded;
        for (size_t j = 0; j < p->n; j++) {
            double by =
                p->gain[j] / p->radius * (learning->trace[j] * learning->value[d]) - learning->trace[j] * scaled[j];
            if (isfinite(alpha * by))
                scaled[j] += alpha * by;
        }
    }
}

const struct learning_rule rule_voja = {
    .name = "voja",
    .summary = "encoders of post-neurons that fire turn towards the value that arrives",
    .changes_encoders = true,
    .rate = 1e-2,
    .fits = fits,
    .traces = traces,
    .begin = begin,
    .observe = observe,
    .apply = apply,
};
