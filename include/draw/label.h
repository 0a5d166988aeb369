/* The names of units, where there is less room than they take. What all names share says nothing: a name that is cut
 * keeps the part in which it differs from the others ("ch_12A…" of ch_12A_unit_0, "…17" of a long_neuron_17). Pure; any
 * thread that may read the subject. */
#ifndef DRAW_LABEL_H
#define DRAW_LABEL_H

#include <stddef.h>

#include "draw/subject.h"
#include "picture/canvas.h"

/* What the names of the units in sight have in common, in bytes: so much at the beginning, so much at the end. Whole
 * characters; 0 of a single unit. */
struct label_common {
    size_t prefix, suffix;
};

/* Of very many units some are looked at, the first and the last among them. */
struct label_common label_common(const struct subject *subject);
/* `label` in at most `columns` columns of the canvas, with "…" ("<" or ">" in ASCII) where something is left out.
 * Returns out. */
char *label_fit(const struct canvas *canvas, struct label_common common, const char *label, int columns, char *out,
                size_t size);

/* "neuron 31: 20 spikes, 80 Hz" in at most `columns` columns: `before`, the unit, and the first of `rest` with which
 * all of it finds room, the unit without the word "neuron" from the second try on. Where even the shortest, the last,
 * finds none, the name is cut and not what stands behind it. Returns out. */
char *label_heading(const struct canvas *canvas, const struct subject *subject, uint32_t neuron, const char *before,
                    const char *const *rest, size_t rests, int columns, char *out, size_t size);

#endif
