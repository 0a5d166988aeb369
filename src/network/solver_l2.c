/* Regularised least squares for the decoders (nef/decoder.h); the transform multiplies what it finds. */
#include <stdlib.h>

#include "base/xalloc.h"
#include "network/connection.h"

/* Decoders are solved for f alone and then multiplied, as the peer does. */
static double *function_targets(const struct connection *c, const struct eval_points *points, struct error *error)
{
    double *target = xreallocarray(NULL, c->outputs * points->count, sizeof *target);
    double *in = xreallocarray(NULL, c->inputs * points->count, sizeof *in);
    bool good = true;
    for (size_t k = 0; k < points->count; k++)
        for (size_t i = 0; i < c->inputs; i++)
            in[k * c->inputs + i] = points->x[k * points->dims + c->from[i]];
    if (c->function)
        good = function_values(c->function, in, points->count, target, error);
    else
        for (size_t k = 0; k < points->count; k++)
            for (size_t i = 0; i < c->inputs; i++)
                target[i * points->count + k] = in[k * c->inputs + i];
    free(in);
    if (good)
        return target;
    free(target);
    return NULL;
}

static void multiply(struct connection *c, const struct decoder *decoder)
{
    c->decoders = xcalloc(c->rows * c->n_pre, sizeof *c->decoders);
    for (size_t r = 0; r < c->rows; r++)
        for (size_t o = 0; o < c->outputs; o++) {
            double by = c->transform[r * c->outputs + o];
            for (size_t i = 0; by != 0 && i < c->n_pre; i++)
                c->decoders[r * c->n_pre + i] += by * decoder->weight[o * c->n_pre + i];
        }
}

static bool solve(struct connection *c, const struct connection_spec *spec, const struct connection_end *pre,
                  const struct connection_end *post, struct progress progress, struct error *error)
{
    (void)post;
    struct eval_points *points = connection_points(spec, pre->population, error);
    double *target = points ? function_targets(c, points, error) : NULL;
    struct decoder *decoder =
        target ? decoder_solve_targets(pre->population, target, c->outputs, points, spec->reg, progress, error) : NULL;
    if (decoder) {
        multiply(c, decoder);
        connection_note_points(c, points);
    }
    free(target);
    eval_points_free(points);
    decoder_free(decoder);
    return c->decoders;
}

const struct connection_solver solver_l2 = {
    .name = "l2",
    .summary = "least squares with a ridge: the decoders of the framework",
    .solve = solve,
};
