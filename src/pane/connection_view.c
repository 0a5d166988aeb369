#include "pane/connection_view.h"

#include <stdio.h>

bool connection_view_row(const struct connection_view *v, size_t j, double *row)
{
    return connection_weights_row(v->connection, &v->learned, v->post->population, j, row);
}

const char *connection_view_trouble(const struct subject *s, char *out, size_t size)
{
    const struct connection_view *v = s->connection;
    if (!v) { /* something else has the name now */
        snprintf(out, size, "%s is no connection", s->name);
        return out;
    }
    const struct connection *c = v->connection;
    bool direct = v->pre->population && v->pre->population->model->direct;
    const char *without = c->n_pre == 0 || direct ? v->pre->name : c->n_post == 0 ? v->post->name : NULL;
    if (!without)
        return NULL;
    snprintf(out, size, "there are no weights: %s has no neurons", without);
    return out;
}
