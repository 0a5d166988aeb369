/* Dale's principle (network/dale.h) as a way to find a connection's weights. */
#include <math.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "network/dale.h"

static bool signs(const struct connection_spec *spec, const struct connection_end *pre, double *sign,
                  struct error *error)
{
    size_t n = pre->population->n;
    const struct matrix *mask = &spec->mask;
    if (!mask->rows && !(spec->excitatory >= 0 && spec->excitatory <= 1))
        return error_set(error, "excitatory=%g: a share is between 0 and 1", spec->excitatory);
    if (!mask->rows) {
        dale_signs(n, spec->excitatory, spec->seed, sign);
        return true;
    }
    if (mask->rows * mask->columns != n)
        return error_set(error, "excitatory: %zu rows for the %zu neurons of %s", mask->rows * mask->columns, n,
                         pre->name);
    for (size_t i = 0; i < n; i++) {
        double value = mask->value[i];
        if (value != 0 && value != 1 && value != 0.5)
            return error_set(error, "excitatory: row %zu is %g; 1 excites, 0 inhibits, 0.5 does both", i + 1, value);
        sign[i] = value == 1 ? 1 : value == 0 ? -1 : 0;
    }
    return true;
}

static bool solve_for(struct connection *c, const struct connection_spec *spec, const struct connection_end *pre,
                      const struct connection_end *post, const struct eval_points *points, const double *target,
                      const double *sign, struct progress progress, struct error *error)
{
    struct dale_request request = {.pre = pre->population,
                                   .post = post->population,
                                   .points = points,
                                   .rows = c->rows,
                                   .target = target,
                                   .to = c->to,
                                   .sign = sign,
                                   .reg = spec->reg,
                                   .gram = spec->gram};
    c->weights = xaligned(c->n_pre * c->padded, sizeof *c->weights);
    connection_note_points(c, points);
    return dale_solve(&request, c->weights, &c->met, progress, error);
}

static bool solve(struct connection *c, const struct connection_spec *spec, const struct connection_end *pre,
                  const struct connection_end *post, struct progress progress, struct error *error)
{
    if (!(spec->reg >= 0) || !isfinite(spec->reg))
        return error_set(error, "reg=%g: must be 0 or more, and finite", spec->reg);
    struct eval_points *points = connection_points(spec, pre->population, error);
    if (!points)
        return false;
    double *target = xreallocarray(NULL, c->rows * points->count, sizeof *target);
    double *sign = xcalloc(c->n_pre, sizeof *sign);
    bool good = signs(spec, pre, sign, error) && connection_targets(c, points, target, error) &&
                solve_for(c, spec, pre, post, points, target, sign, progress, error);
    free(sign);
    free(target);
    eval_points_free(points);
    return good;
}

const struct connection_solver solver_dale = {
    .name = "dale",
    .summary = "non-negative least squares for each post-neuron's current: a neuron excites or inhibits, never both",
    .weights = true,
    .carries_bias = true,
    .solve = solve,
};
