/* The tuning pane with weights=on: the curves that the decoders weigh, the decoders, and what they make of
 * the curves. Called by pane/pane_tuning.c; the same arguments and meaning as in pane/pane.h. The subject is
 * a population. */
#ifndef PANE_TUNING_WEIGHTS_H
#define PANE_TUNING_WEIGHTS_H

#include "pane/pane.h"

void tuning_weights_draw(const struct pane *pane, const struct subject *subject, struct canvas *canvas,
                         struct rect inner, char *foot, size_t size);
void tuning_weights_hit(const struct pane *pane, const struct subject *subject, struct rect inner, int x, int y,
                        struct pane_hit *hit);
/* "tuning A: x^2 (LIF)" */
void tuning_weights_title(const struct subject *subject, char *out, size_t size);

#endif
