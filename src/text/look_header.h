/* The part of look_at that finds the header, for look.c only; and what both need. */
#ifndef TEXT_LOOK_HEADER_H
#define TEXT_LOOK_HEADER_H

#include "text/look.h"

/* Commonest width of rows first..; *share is how many of them have it. */
size_t look_common_width(const struct sample *sample, size_t first, double *share);
/* With a decimal comma too, if that is the style. */
bool look_is_number(const struct look *look, const struct cell *cell);

/* Sets header, names, above, data and columns. The comments are in bytes[0..length). */
void look_find_header(struct look *look, const struct look_options *options, const char *bytes, size_t length);
/* Once the facts of the columns are known: R leaves out the name of the column of row names. */
void look_add_missing_name(struct look *look);

#endif
