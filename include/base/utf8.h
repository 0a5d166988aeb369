/* UTF-8 and column widths. Malformed bytes are never an error: each one decodes as U+FFFD of width 1. Any thread. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* Decodes the first code point of `bytes` (length > 0) into *point; returns how many bytes it took (1-4). */
size_t utf8_decode(const char *bytes, size_t length, uint32_t *point);
/* Bytes of the code point that a NUL-terminated string starts with; 0 at its end. */
size_t utf8_step(const char *text);
/* Encodes into `out` (at least 4 bytes); returns how many were written; what is no code point becomes U+FFFD. */
size_t utf8_encode(uint32_t point, char *out);
/* Columns a code point takes: 0 (combining), 1 or 2. Control characters count 1. Needs no locale. */
int utf8_width(uint32_t point);
/* Columns a string takes. */
size_t utf8_columns(const char *text);
/* The version of utf8proc. */
const char *utf8_library(void);

#endif
