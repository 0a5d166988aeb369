/* What a pane was told, by the names in its type's table. Any thread that may read the pane. */
#ifndef PANE_PANE_OPTION_H
#define PANE_PANE_OPTION_H

#include <stdbool.h>
#include <stddef.h>

#include "pane/pane.h"

/* A pane of that type with nothing said. */
void pane_init(struct pane *pane, const struct pane_type *type, const char *subject);
/* Says it: a number (not 0), or the index of a word. The type must have the option, as for all of these. */
void pane_option_set_number(struct pane *pane, const char *name, double value);
void pane_option_set_choice(struct pane *pane, const char *name, size_t index);
/* What was said, or else the default; NaN where there is none. */
double pane_option_number(const struct pane *pane, const char *name);
/* The index of the word that was said or is the default; the first where there is none. */
size_t pane_option_choice(const struct pane *pane, const char *name);
bool pane_option_told(const struct pane *pane, const char *name);

/* Covers or shows a part of it; false with a sentence when its type has no such part. */
bool pane_veil_part(struct pane *pane, const char *part, bool veiled, struct error *error);
/* Whether that part is covered. The type must have it. */
bool pane_part_veiled(const struct pane *pane, const char *part);

#endif
