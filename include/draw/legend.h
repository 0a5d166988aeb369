/* Which line is which, in the heading of a pane, where it covers no data. UI thread only. */
#ifndef DRAW_LEGEND_H
#define DRAW_LEGEND_H

#include <stddef.h>

#include "picture/canvas.h"

struct legend_entry {
    const char *sign;           /* what the line looks like: "—", "┄" */
    const char *name, *shorter; /* an empty name: there is no such line */
    enum ink ink;
};

/* The name of the vertical axis at the left of the heading, then the entries, the most important first, from
 * column `x` on if the name leaves that. Where room is short entries go by their shorter names, then the
 * axis, which they name as well, loses its own, then the last entries are left out. */
void legend_draw(struct canvas *canvas, struct rect heading, int x, const char *axis, const struct legend_entry *entry,
                 size_t entries);

#endif
