/* The tuning pane of a population of two dimensions: the rate of the selected neuron over the plane of x. Called by
 * pane/pane_tuning.c; the same arguments and meaning as in pane/pane.h. */
#ifndef PANE_TUNING_PLANE_H
#define PANE_TUNING_PLANE_H

#include "pane/pane.h"

/* Whether there is such a picture: a population of two dimensions with a neuron selected. */
bool tuning_plane_suits(const struct subject *subject);
void tuning_plane_draw(const struct pane *pane, const struct subject *subject, struct canvas *canvas, struct rect inner,
                       char *foot, size_t size);
/* A place belongs to the neuron that prefers its direction most. */
void tuning_plane_hit(const struct pane *pane, const struct subject *subject, struct rect inner, int x, int y,
                      struct pane_hit *hit);

#endif
