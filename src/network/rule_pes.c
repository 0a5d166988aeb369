/* PES, the prescribed error sensitivity (MacNeil & Eliasmith 2011), step by step as nengo:
 *
 *   p = low-pass(activities), this step's included
 *   decoded:  d_i changes by  -(rate dt / n_pre) error p_i
 *   full:     w_ji changes by -(rate dt / n_pre) (scaled encoder_j . error) p_i,  scaled = encoder gain / radius
 *
 * where error is actual minus target (nengo issue 642). A full change is an encoder times a vector, so the vector is
 * all that is kept: sum over steps of -(rate dt / n_pre) error p. As a current the weight is multiplied by the gain
 * again. */
#include <math.h>
#include <stdlib.h>
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
        return error_set(error,
                         "learn=pes: %s gets a current with kind=neurons, and no value that could be wrong; "
                         "kind=decoded or kind=full works",
                         post->name);
    if (c->learning.keep_signs && c->kind != &connection_full)
        return error_set(
            error, "signs=keep holds the signs of weights, and a decoded connection has decoders; kind=full works");
    if (c->learning.keep_signs && 9.0 * (double)c->n_pre * (double)c->padded > 2e9)
        return error_set(error, "signs=keep needs the matrix of weights, which would take %.3g GB; up to 2 GB work",
                         9e-9 * (double)c->n_pre * (double)c->padded);
    return error_dims == c->rows ||
           error_set(error, "the error has %zu dimension%s, and the connection says %zu value%s to %s", error_dims,
                     error_dims == 1 ? "" : "s", c->rows, c->rows == 1 ? "" : "s", post->name);
}

static size_t traces(const struct connection *c)
{
    return c->n_pre;
}

/* The sign of each of a neuron's weights; of those that are 0, that of the others together. */
static void find_signs(const double *weight, signed char *sign, size_t n)
{
    double sum = 0;
    for (size_t j = 0; j < n; j++)
        sum += weight[j];
    for (size_t j = 0; j < n; j++) {
        double from = weight[j] != 0 ? weight[j] : sum;
        sign[j] = from > 0 ? 1 : from < 0 ? -1 : 0;
    }
}

static void begin(struct network *n, struct projection *link)
{
    const struct connection *c = link->connection;
    if (c->learning.keep_signs) {
        link->learned.weights = xaligned(c->n_pre * c->padded, sizeof *link->learned.weights);
        link->sign = xcalloc(c->n_pre * c->padded, sizeof *link->sign);
        connection_matrix(c, n->place[link->post].population, link->learned.weights);
        for (size_t i = 0; i < c->n_pre; i++)
            find_signs(link->learned.weights + i * c->padded, link->sign + i * c->padded, c->n_post);
        return;
    }
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

/* As the vector would change every weight, and then back to 0 where the sign would be another. */
static void change_matrix(struct network *n, struct projection *link, double alpha)
{
    const struct connection *c = link->connection;
    const struct population *post = n->place[link->post].population;
    double *by = xcalloc(c->n_post, sizeof *by);
    for (size_t r = 0; r < c->rows; r++)
        for (size_t j = 0; j < c->n_post; j++)
            by[j] += post->gain[j] * (post->scaled[c->to[r] * post->padded + j] * (alpha * link->learning->error[r]));
    for (size_t i = 0; i < c->n_pre; i++) {
        double *weight = link->learned.weights + i * c->padded, p = link->learning->trace[i];
        const signed char *sign = link->sign + i * c->padded;
        for (size_t j = 0; p != 0 && j < c->n_post; j++) {
            double w = weight[j] + by[j] * p;
            weight[j] = w * sign[j] > 0 ? w : 0;
        }
    }
    free(by);
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
    if (link->learned.weights) {
        change_matrix(n, link, alpha);
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
