/* How to write in ASCII what is not: for terminals and locales that know nothing else. Pure; any thread. */
#ifndef PICTURE_ASCII_H
#define PICTURE_ASCII_H

#include <stdint.h>

/* Nearest ASCII letters for a code point: "tau" for U+03C4, "e" for U+00E9, "?" for what has none. The string is
 * never empty; `buffer` is used when the answer is one letter. */
const char *ascii_spelling(uint32_t point, char buffer[2]);

#endif
