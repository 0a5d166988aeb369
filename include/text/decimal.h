/* Decimal numbers, fast. Any thread. */
#ifndef TEXT_DECIMAL_H
#define TEXT_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text/digits.h"

/* What number_parse accepts and gives, to the last bit; several times faster for the short numbers files are
 * full of. `text` needs no terminator. */
bool decimal_parse(const char *text, size_t length, double *value);
/* The same times 10^shift, rounded once: "83.7" shifted by -3 is the double nearest to 0.0837, which 83.7 /
 * 1000 is not always. */
bool decimal_parse_shifted(const char *text, size_t length, int shift, double *value);
/* The same, faster, for a text behind whose first byte DECIMAL_ROOM bytes may be read, whatever they are: the
 * fields of a row are such. -14 <= shift <= 22. */
#define DECIMAL_ROOM 24
bool decimal_parse_roomy(const char *text, size_t length, int shift, double *value);

#define DECIMAL_POWERS 23
extern const double decimal_power[DECIMAL_POWERS]; /* 10^i, exact */
extern const uint64_t decimal_whole_power[DIGITS_MOST + 1];

/* Only "1234" and "1234.5678" with at most eight digits on either side of the point, which nearly all numbers
 * are; false for any other. For loops over millions. */
static inline bool decimal_short(const char *text, size_t length, int shift, double *value)
{
    size_t point = digits_point(text, length), fraction = point < length ? length - point - 1 : 0;
    uint64_t whole, part = 0;
    if (point - 1 >= DIGITS_MOST || fraction > DIGITS_MOST || !digits_parse(text, point, &whole))
        return false;
    if (point < length && (text[point] != '.' || fraction == 0 || !digits_parse(text + point + 1, fraction, &part)))
        return false;
    uint64_t mantissa = whole * decimal_whole_power[fraction] + part;
    int exponent = shift - (int)fraction;
    if (mantissa > UINT64_C(1) << 53 || exponent >= DECIMAL_POWERS)
        return false;
    double exact = (double)mantissa;
    *value = exponent < 0 ? exact / decimal_power[-exponent] : exact * decimal_power[exponent];
    return true;
}

/* value * 10^shift as the shortest text of 12, 15, 16 or 17 digits from which decimal_parse_shifted(..,
 * -shift, ..) gives back the value. buffer holds 48 bytes; returns it. Finite values. */
#define DECIMAL_TEXT 48
char *decimal_shortest(char buffer[DECIMAL_TEXT], double value, int shift);

#endif
