/* The tuning pane with weights=curves: each curve times its decoder, and their sum against what is to be decoded.
 * Called by pane/pane_tuning.c; the same arguments and meaning as in pane/pane.h. The subject is a population. */
#ifndef PANE_TUNING_WEIGHTED_H
#define PANE_TUNING_WEIGHTED_H

#include "pane/pane.h"

void tuning_weighted_draw(const struct pane *pane, const struct subject *subject, struct canvas *canvas,
                          struct rect inner, char *foot, size_t size);

#endif
