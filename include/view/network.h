/* The network as a whole: its rows for the pane that shows them, and where the arrows are. UI thread only. */
#ifndef VIEW_NETWORK_H
#define VIEW_NETWORK_H

#include "pane/network_view.h"

struct look;

/* All zero: nothing was shown yet. */
struct network_rows {
    struct network_row *row; /* [view.rows], owned */
    size_t capacity;
    struct network_view view;
};

/* Gathers the rows from the look's rig and the subjects of its channels (in their order), and makes *subject of them. What
 * stood before is gone. */
void network_rows_show(struct look *look, const struct subject *place, struct subject *subject);
void network_rows_free(struct network_rows *rows);

#endif
