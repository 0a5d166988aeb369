/* Text of files, of other people, as it may be shown on a terminal. Any thread. */
#ifndef BASE_PLAIN_TEXT_H
#define BASE_PLAIN_TEXT_H

#include <stdio.h>

/* Writes UTF-8 text with a '?' for each thing that would act on a terminal and not only show: control characters but
 * for newline and tab (C0, DEL, C1), marks that change the direction of writing or part lines (U+061C, U+200E, U+200F,
 * U+2028 to U+202E, U+2066 to U+2069), and bytes that are no UTF-8. */
void plain_text_write(FILE *stream, const char *text);

#endif
