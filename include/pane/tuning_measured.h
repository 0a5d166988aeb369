/* The tuning pane of a recording that has a stimulus: measured rates with their errors, and the curve fitted through
 * them. Called by pane/pane_tuning.c; the same arguments and meaning as in pane/pane.h. subject->measured is there. */
#ifndef PANE_TUNING_MEASURED_H
#define PANE_TUNING_MEASURED_H

#include "pane/pane.h"

void tuning_measured_draw(const struct subject *subject, struct canvas *canvas, struct rect inner, char *foot,
                          size_t size);
void tuning_measured_hit(const struct subject *subject, struct rect inner, int x, int y, struct pane_hit *hit);

#endif
