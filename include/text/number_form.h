/* Numbers that are written otherwise than 12.5: with a decimal comma or parted thousands, with Fortran's D for the
 * exponent, as times of day or dates, with a unit behind them. For text/ alone. Any thread. */
#ifndef TEXT_NUMBER_FORM_H
#define TEXT_NUMBER_FORM_H

#include <stdbool.h>

#include "text/rows.h"
#include "text/sample.h"

/* The field as a number in any form of the style, times 10^shift; false if it is none. A time of day is in s; of a
 * date and time of day, in s since the beginning of style->day. */
bool number_form_value(const struct text_style *style, const struct field *field, int shift, double *value);

/* Whether it would be a number if only the style said so: 1.009,98 or 01:00:00.5 or 12 ms. */
bool number_form_likely(const struct field *field);

/* Whether the mark parts thousands in it: "1,009", which could be a decimal too. */
bool number_form_grouped(const struct field *field, char mark);

/* Takes from the cells of a sample what their style does not say yet: thousands, clock, unit. A form must be that of
 * nearly all cells of a column, other than `label`, which holds names that may look like anything. */
void number_form_find(struct text_style *style, const struct sample *sample, size_t label);
/* Whether the column holds clock times or numbers with units; of (size_t)-1, whether any column does. */
bool number_form_is_in(const struct text_style *style, size_t column);

#endif
