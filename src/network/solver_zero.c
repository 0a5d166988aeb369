/* Nothing at all, to begin learning with. */
#include "base/xalloc.h"
#include "network/connection.h"

static bool solve(struct connection *c, const struct connection_spec *spec, const struct connection_end *pre,
                  const struct connection_end *post, struct progress progress, struct error *error)
{
    (void)spec, (void)pre, (void)post, (void)progress, (void)error;
    c->decoders = xcalloc(c->rows * c->n_pre, sizeof *c->decoders);
    return true;
}

const struct connection_solver solver_zero = {
    .name = "zero",
    .summary = "all decoders are 0: where learning may start",
    .solve = solve,
};
