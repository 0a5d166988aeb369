/* A connection as panes show it, borrowed for one frame. */
#ifndef PANE_CONNECTION_VIEW_H
#define PANE_CONNECTION_VIEW_H

#include <stdbool.h>

#include "draw/view.h"
#include "network/connection.h"

/* Learning was switched on or off. */
struct learn_turn {
    double time; /* s */
    bool on;
};

struct connection_view {
    const struct connection *connection;
    struct connection_learned learned; /* what a rule has made of it so far; NULLs: nothing, or there is no rule */
    const char *function; /* "x^2", as typed, or "x"; NULL: its weights were given, and nobody said what they do */
    bool learns, on;      /* a rule changes it, and does at present */
    const struct learn_turn *turn; /* [turns] when that was another, the first when it was joined */
    size_t turns;
    const struct subject *error; /* the place whose value is the error; NULL: the rule needs none */
    /* Its two ends: what is selected, in which order, and which part of it is looked at. Where both are one place they
     * differ in that, so that any part of the weights can be looked at. */
    const struct subject *pre, *post;
};

/* Current per Hz that each neuron of PRE brings to neuron j of POST now, into row[connection->n_pre]; false where there
 * are no neurons at both ends. */
bool connection_view_row(const struct connection_view *view, size_t j, double *row);
/* Why there are no weights to show of a subject, as a sentence into out; NULL where there are. */
const char *connection_view_trouble(const struct subject *subject, char *out, size_t size);

#endif
