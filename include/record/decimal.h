/* Decimal numbers, fast. Any thread. */
#ifndef RECORD_DECIMAL_H
#define RECORD_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>

/* What number_parse accepts and gives, to the last bit; several times faster for the short numbers files are full
 * of. `text` needs no terminator. */
bool decimal_parse(const char *text, size_t length, double *value);
/* The same times 10^shift, rounded once: "83.7" shifted by -3 is the double nearest to 0.0837, which 83.7 / 1000 is
 * not always. */
bool decimal_parse_shifted(const char *text, size_t length, int shift, double *value);
/* The same, faster, for a text behind whose first byte DECIMAL_ROOM bytes may be read, whatever they are: the fields of
 * a row are such. -22 <= shift <= 22. */
#define DECIMAL_ROOM 24
bool decimal_parse_roomy(const char *text, size_t length, int shift, double *value);

/* value * 10^shift as the shortest text of 12, 15, 16 or 17 digits from which decimal_parse_shifted(.., -shift, ..) gives
 * back the value. buffer holds 48 bytes; returns it. Finite values. */
#define DECIMAL_TEXT 48
char *decimal_shortest(char buffer[DECIMAL_TEXT], double value, int shift);

#endif
