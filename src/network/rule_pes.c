/* PES, the prescribed error sensitivity (MacNeil & Eliasmith 2011), step by step as nengo:
 *
 *   p = low-pass(activities), this step's included
 *   decoded:  d_i changes by  -(rate dt / n_pre) error p_i
 *   full:     w_ji changes by -(rate dt / n_pre) (scaled encoder_j . error) p_i,  scaled = encoder gain / radius
 *
 * where error is actual minus target (nengo issue 642). A full change is an encoder times a vector, so the vector is all
 * that is kept: sum over steps of -(rate dt / n_pre) error p. As a current the weight is multiplied by the gain again. */
#include <math.h>
#include <string.h>

#include "activity.h"
#include "base/xalloc.h"

#define LARGEST 1e100 /* of a change: more is on its way out of what numbers can hold */
#define WINDOW 1.0    /* s */

static bool fits(const struct connection *c, const struct connection_end *pre, const struct connection_end *post,
                 size_t error_dims, struct error *error)
{
    if (!pre->population || pre->population->model->direct)
        return error_set(error, "learn=pes changes decoders, and %s has no neurons", pre->name);
    if (c->kind == &connection_neurons)
        return error_set(error, "learn=pes: %s gets a current with kind=neurons, and no value that could be wrong; "
                         "kind=decoded or kind=full works", post->name);
    return error_dims == c->rows || error_set(error, "the error has %zu dimension%s, and the connection says %zu value%s to %s",
                                              error_dims, error_dims == 1 ? "" : "s", c->rows, c->rows == 1 ? "" : "s",
                                              post->name);
}

static size_t traces(const struct connection *c)
{
    return c->n_pre;
}

static void begin(struct network *n, struct projection *link)
{
    (void)n;
    const struct connection *c = link->connection;
    if (c->kind == &connection_full) {
        link->learned.change = xcalloc(c->rows * c->n_pre, sizeof *link->learned.change);
        return;
    }
    link->learned.decoders = xreallocarray(NULL, c->rows * c->n_pre, sizeof *link->learned.decoders);
    memcpy(link->learned.decoders, c->decoders, c->rows * c->n_pre * sizeof *c->decoders);
}

static double mean_square(const double *trace, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += trace[i] * trace[i];
    return sum / (double)n;
}

static void watch(struct learning *learning, double dt)
{
    struct learning_watch *w = &learning->watch;
    const double *error = learning->error;
    size_t errors = learning->errors;
    double square = 0;
    for (size_t r = 0; r < errors; r++)
        square += error[r] * error[r];
    w->square += square * dt;
    w->power += mean_square(learning->trace, learning->traces) * dt;
    w->time += dt;
    if (error[0] * w->sign < 0)
        w->turns++;
    if (error[0] != 0)
        w->sign = error[0] > 0 ? 1 : -1;
    if (w->time < WINDOW)
        return;
    w->last = sqrt(w->square / w->time);
    w->first = w->windows++ ? w->first : w->last;
    w->last_turns = w->turns;
    w->last_power = w->power / w->time;
    w->time = w->square = w->power = 0;
    w->turns = 0;
}

static void observe(struct network *n, struct projection *link, size_t step)
{
    struct learning *learning = link->learning;
    const struct place *from = &n->place[learning->error_place];
    activity_smooth(learning, &n->place[link->pre], n->dt, step);
    memcpy(learning->error, from->x + step * from->dims, learning->errors * sizeof *learning->error);
    learning->pending = learning->on;
    if (learning->on)
        watch(learning, n->dt);
}

static void apply(struct network *n, struct projection *link)
{
    struct learning *learning = link->learning;
    const struct connection *c = link->connection;
    double alpha = -learning->rate * n->dt / (double)c->n_pre;
    double *changed = link->learned.change ? link->learned.change : link->learned.decoders;
    learning->pending = false;
    for (size_t r = 0; r < c->rows; r++)
        if (!(fabs(alpha * learning->error[r]) < LARGEST)) {
            learning->watch.stopped = true;
            learning->on = false;
            return;
        }
    for (size_t r = 0; r < c->rows; r++) {
        double by = alpha * learning->error[r];
        double *row = changed + r * c->n_pre;
        for (size_t i = 0; by != 0 && i < c->n_pre; i++)
            row[i] += by * learning->trace[i];
    }
}

const struct learning_rule rule_pes = {
    .name = "pes",
    .summary = "decoders, or weights, change against an error: what POST says minus what it should say",
    .needs_error = true,
    .rate = 1e-4,
    .fits = fits,
    .traces = traces,
    .begin = begin,
    .observe = observe,
    .apply = apply,
};
