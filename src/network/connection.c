/* Building a connection: dimensions and shapes first, then what is given or solved. */
#include "network/connection.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/xalloc.h"

const struct connection_kind *const connection_kinds[] = {&connection_decoded, &connection_full, &connection_neurons};
const size_t connection_kind_count = sizeof connection_kinds / sizeof *connection_kinds;
const struct connection_solver *const connection_solvers[] = {&solver_l2, &solver_dale, &solver_zero};
const size_t connection_solver_count = sizeof connection_solvers / sizeof *connection_solvers;

#define WEIGHTS_MAX 2e9 /* bytes */

static bool fill_from(struct connection *c, const struct connection_spec *spec, const struct connection_end *pre,
                      struct error *error)
{
    c->inputs = spec->from.count ? spec->from.count : pre->dims;
    c->from = xcalloc(c->inputs, sizeof *c->from);
    for (size_t i = 0; i < c->inputs; i++) {
        c->from[i] = spec->from.count ? spec->from.of[i] : i;
        if (c->from[i] >= pre->dims)
            return error_set(error, "from=%zu: %s has %zu dimension%s", c->from[i] + 1, pre->name, pre->dims,
                             pre->dims == 1 ? "" : "s");
    }
    return true;
}

static bool fill_function(struct connection *c, const struct connection_spec *spec, struct error *error)
{
    c->outputs = c->inputs;
    if (!spec->function)
        return true;
    c->function = function_new(spec->function, c->inputs, error);
    if (!c->function)
        return false;
    c->outputs = function_outputs(c->function);
    return true;
}

static bool fill_target(struct connection *c, const struct connection_spec *spec, struct error *error)
{
    if (!spec->target)
        return true;
    c->target = function_new(spec->target, c->inputs, error);
    if (!c->target)
        return error_prefix(error, "target: ");
    size_t values = function_outputs(c->target);
    return values == c->outputs || error_set(error, "target=%.60s has %zu value%s, and the connection says %zu",
                                             spec->target, values, values == 1 ? "" : "s", c->outputs);
}

static bool check_ends(const struct connection_spec *spec, const struct connection_end *pre,
                       const struct connection_end *post, struct error *error)
{
    const struct connection_kind *kind = spec->kind;
    const char *without = kind->neurons_at_pre && !pre->population     ? pre->name
                          : kind->neurons_at_post && !post->population ? post->name
                                                                       : NULL;
    if (without && spec->solver->weights && !spec->weights.rows)
        return error_set(error,
                         "solver=%s finds weights between neurons, and %s is a node and has none; solver=l2 works",
                         spec->solver->name, without);
    if (without)
        return error_set(error, "%s: %s is a node and has no neurons; kind=decoded works",
                         spec->weights.rows         ? "weights"
                         : kind == &connection_full ? "kind=full"
                                                    : "kind=neurons",
                         without);
    if ((spec->weights.rows || spec->solver->weights) && !kind->takes_weights)
        return error_set(error, "%s makes a matrix of weights, and kind=%s has none; kind=full works",
                         spec->weights.rows ? "weights=" : spec->solver->name, kind->name);
    if (spec->decoders.rows && !pre->population)
        return error_set(error, "decoders: %s is a node, its value needs none", pre->name);
    if (!(spec->scale == spec->scale) || !isfinite(spec->scale))
        return error_set(error, "scale=%g: must be finite", spec->scale);
    return true;
}

static bool put_decoders(struct connection *c, const struct connection_spec *spec, const struct connection_end *pre,
                         struct error *error)
{
    const struct matrix *given = &spec->decoders;
    if (given->rows != c->n_pre || given->columns != c->rows)
        return error_set(error, "decoders are %zu x %zu, and %s has %zu neurons and %zu value%s to say: %zu x %zu fits",
                         given->rows, given->columns, pre->name, c->n_pre, c->rows, c->rows == 1 ? "" : "s", c->n_pre,
                         c->rows);
    c->decoders = xreallocarray(NULL, c->rows * c->n_pre, sizeof *c->decoders);
    for (size_t r = 0; r < c->rows; r++)
        for (size_t i = 0; i < c->n_pre; i++) {
            double d = given->value[i * given->columns + r];
            if (!isfinite(d))
                return error_set(error, "decoders: that of neuron %zu is %g; all must be finite", i, d);
            c->decoders[r * c->n_pre + i] = d;
        }
    return true;
}

static bool put_weights(struct connection *c, const struct connection_spec *spec, const struct connection_end *pre,
                        const struct connection_end *post, struct error *error)
{
    const struct matrix *given = &spec->weights;
    if (given->rows != c->n_post)
        return error_set(error, "weights are %zu x %zu, %s has %zu neuron%s: connect needs post x pre, %zu x %zu",
                         given->rows, given->columns, post->name, c->n_post, c->n_post == 1 ? "" : "s", c->n_post,
                         c->n_pre);
    if (given->columns != c->n_pre)
        return error_set(error, "weights are %zu x %zu, %s has %zu neuron%s: connect needs post x pre, %zu x %zu",
                         given->rows, given->columns, pre->name, c->n_pre, c->n_pre == 1 ? "" : "s", c->n_post,
                         c->n_pre);
    c->weights = xaligned(c->n_pre * c->padded, sizeof *c->weights);
    for (size_t j = 0; j < c->n_post; j++)
        for (size_t i = 0; i < c->n_pre; i++) {
            double w = given->value[j * given->columns + i];
            if (!isfinite(w))
                return error_set(error, "weights: row %zu, column %zu is %g; all must be finite", j, i, w);
            c->weights[i * c->padded + j] = w;
        }
    return true;
}

static bool check_room(const struct connection *c, const struct connection_end *pre, const struct connection_end *post,
                       struct error *error)
{
    double bytes = 8.0 * (double)c->n_pre * (double)c->padded;
    char rows[NUMBER_HUMAN], columns[NUMBER_HUMAN];
    if (bytes <= WEIGHTS_MAX)
        return memory_fits(bytes, error) || error_prefix(error, "weights from %s to %s: ", pre->name, post->name);
    return error_set(error,
                     "weights from %s to %s are %s x %s and would take %.3g GB; up to 2 GB work, and "
                     "kind=decoded needs no matrix",
                     pre->name, post->name, number_grouped(rows, c->n_post), number_grouped(columns, c->n_pre),
                     bytes / 1e9);
}

/* What PRE says, where it has neurons. */
static bool find_weights(struct connection *c, const struct connection_spec *spec, const struct connection_end *pre,
                         const struct connection_end *post, struct progress progress, struct error *error)
{
    bool direct = pre->population && pre->population->model->direct;
    bool matrix = spec->weights.rows || spec->solver->weights;
    if (matrix && !check_room(c, pre, post, error))
        return false;
    if (spec->weights.rows)
        return put_weights(c, spec, pre, post, error);
    if (!pre->population || direct)
        return true;
    if (spec->decoders.rows)
        return put_decoders(c, spec, pre, error);
    return spec->solver->solve(c, spec, pre, post, progress, error);
}

struct connection *connection_new(const struct connection_spec *spec, const struct connection_end *pre,
                                  const struct connection_end *post, struct progress progress, struct error *error)
{
    struct connection *c = xcalloc(1, sizeof *c);
    c->kind = spec->kind;
    c->synapse = spec->synapse;
    c->tau_synapse = spec->tau_synapse;
    c->scale = spec->scale;
    c->n_pre = pre->population ? pre->population->n : 0;
    c->n_post = post->population ? post->population->n : 0;
    c->padded = post->population ? post->population->padded : 0;
    c->learning = spec->learning;
    if (check_ends(spec, pre, post, error) && fill_from(c, spec, pre, error) && fill_function(c, spec, error) &&
        fill_target(c, spec, error) && c->kind->shape(c, spec, pre, post, error) &&
        find_weights(c, spec, pre, post, progress, error))
        return c;
    connection_free(c);
    return NULL;
}

void connection_free(struct connection *c)
{
    if (!c)
        return;
    free(c->from);
    function_free(c->function);
    function_free(c->target);
    free(c->transform);
    free(c->decoders);
    free(c->to);
    free(c->currents);
    free(c->weights);
    free(c->met.rms);
    free(c->met.wanted);
    free(c);
}

/* ---- values ---- */

static void find_value(const struct connection *c, struct function *f, const double *x, double *u)
{
    double in[POPULATION_MAX_DIMS],
        value[FUNCTION_OUTPUTS_MAX > POPULATION_MAX_DIMS ? FUNCTION_OUTPUTS_MAX : POPULATION_MAX_DIMS];
    for (size_t i = 0; i < c->inputs; i++)
        in[i] = x[c->from[i]];
    if (f)
        function_value(f, in, value);
    else
        memcpy(value, in, c->outputs * sizeof *value);
    for (size_t r = 0; r < c->rows; r++) {
        double sum = 0;
        for (size_t o = 0; o < c->outputs; o++)
            if (c->transform[r * c->outputs + o] != 0)
                sum += c->transform[r * c->outputs + o] * value[o];
        u[r] = sum;
    }
}

void connection_exact(const struct connection *c, bool ideal, const double *x, double *u)
{
    find_value(c, ideal && c->target ? c->target : c->function, x, u);
}

struct eval_points *connection_points(const struct connection_spec *spec, const struct population *pre,
                                      struct error *error)
{
    if (!spec->points && !eval_points_fit(spec->point_count, pre->dims, FUNCTION_OUTPUTS_MAX, error))
        return NULL;
    struct eval_points *points =
        spec->points ? eval_points_copy(spec->points) : eval_points_draw(pre, spec->point_count, spec->seed);
    if (points->dims == pre->dims)
        return points;
    error_set(error, "evaluation points of dimension %zu do not fit a population of dimension %zu", points->dims,
              pre->dims);
    eval_points_free(points);
    return NULL;
}

void connection_note_points(struct connection *c, const struct eval_points *points)
{
    c->points = points->count;
    c->least = INFINITY;
    c->largest = -INFINITY;
    for (size_t k = 0; k < points->count; k++) {
        c->least = fmin(c->least, points->x[k * points->dims]);
        c->largest = fmax(c->largest, points->x[k * points->dims]);
    }
}

static bool check_finite(const struct connection *c, const double *x, struct error *error)
{
    double in[POPULATION_MAX_DIMS], out[FUNCTION_OUTPUTS_MAX];
    for (size_t i = 0; i < c->inputs; i++)
        in[i] = x[c->from[i]];
    return function_values(c->function, in, 1, out, error);
}

bool connection_targets(const struct connection *c, const struct eval_points *points, double *values,
                        struct error *error)
{
    double *u = xcalloc(c->rows, sizeof *u);
    bool good = true;
    for (size_t k = 0; k < points->count && good; k++) {
        const double *x = points->x + k * points->dims;
        good = !c->function || check_finite(c, x, error);
        if (good)
            find_value(c, c->function, x, u);
        for (size_t r = 0; r < c->rows; r++)
            values[r * points->count + k] = u[r];
    }
    free(u);
    return good;
}

/* ---- as given ---- */

void connection_solved(const struct connection *c, const struct connection_spec *spec, struct connection_spec *solved)
{
    connection_spec_copy(solved, spec);
    eval_points_free(solved->points);
    solved->points = NULL;
    if (c->decoders && !spec->decoders.rows) {
        solved->decoders = (struct matrix){c->n_pre, c->rows, xreallocarray(NULL, c->n_pre * c->rows, sizeof(double))};
        for (size_t i = 0; i < c->n_pre; i++)
            for (size_t r = 0; r < c->rows; r++)
                solved->decoders.value[i * c->rows + r] = c->decoders[r * c->n_pre + i];
    }
    if (c->weights && !spec->weights.rows) {
        solved->weights =
            (struct matrix){c->n_post, c->n_pre, xreallocarray(NULL, c->n_post * c->n_pre, sizeof(double))};
        for (size_t j = 0; j < c->n_post; j++)
            for (size_t i = 0; i < c->n_pre; i++)
                solved->weights.value[j * c->n_pre + i] = c->weights[i * c->padded + j];
    }
}

/* ---- weights as currents ---- */

static void add_scaled(double by, const double *from, size_t n, double *row)
{
    for (size_t i = 0; i < n; i++)
        row[i] += by * from[i];
}

bool connection_weights_row(const struct connection *c, const struct connection_learned *learned,
                            const struct population *post, size_t j, double *row)
{
    const double *decoders = learned && learned->decoders ? learned->decoders : c->decoders;
    const double *change = learned ? learned->change : NULL;
    if (c->n_pre == 0 || !post || !(decoders || c->weights))
        return false;
    memset(row, 0, c->n_pre * sizeof *row);
    if (learned && learned->weights) {
        for (size_t i = 0; i < c->n_pre; i++)
            row[i] = c->scale * learned->weights[i * c->padded + j];
        return true;
    }
    for (size_t r = 0; r < c->rows && (decoders || change); r++) {
        double current = c->scale * c->kind->current(c, post, j, r);
        if (decoders)
            add_scaled(current, decoders + r * c->n_pre, c->n_pre, row);
        if (change)
            add_scaled(post->gain[j] * current, change + r * c->n_pre, c->n_pre, row);
    }
    for (size_t i = 0; c->weights && i < c->n_pre; i++)
        row[i] += c->scale * c->weights[i * c->padded + j];
    return true;
}

void connection_matrix(const struct connection *c, const struct population *post, double *matrix)
{
    if (c->weights) {
        memcpy(matrix, c->weights, c->n_pre * c->padded * sizeof *matrix);
        return;
    }
    memset(matrix, 0, c->n_pre * c->padded * sizeof *matrix);
    for (size_t r = 0; r < c->rows; r++)
        for (size_t i = 0; i < c->n_pre; i++)
            for (size_t j = 0; j < c->n_post; j++)
                matrix[i * c->padded + j] += c->kind->current(c, post, j, r) * c->decoders[r * c->n_pre + i];
}
