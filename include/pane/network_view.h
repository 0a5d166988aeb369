/* All that is joined, as the pane of the network shows it, borrowed for one frame: places in the order they were made, and
 * below each the connections that leave it. */
#ifndef PANE_NETWORK_VIEW_H
#define PANE_NETWORK_VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "draw/view.h"

/* What panes of the network are about, where others have a name: there is one network. No place can be called so. */
#define NETWORK_NAME "the network"

struct network_row {
    char name[SUBJECT_NAME]; /* of the place, or of the connection */
    bool connection;
    bool last;       /* the last connection of its place */
    const char *to;  /* a connection's POST */
    char about[80];  /* "node of 2 dimensions", "x^2 · 5 ms" */
    bool learns, on; /* a rule may change it, and does */
    bool inhibits;   /* it can only lower what arrives there */
    const double *x; /* [dims] what a place says now; NULL: nothing yet */
    size_t dims;
    double radius; /* of a population; NaN: a node */
    double rate;   /* Hz, the mean of a population's neurons over the last moment, of a connection that of its PRE; NaN:
                           there are no spikes */
};

struct network_view {
    const struct network_row *row;
    size_t rows, at; /* the row that arrows have walked to */
};

#endif
