/* A decimal w * 10^e with w <= 2^53 and |e| <= 22 is one correctly rounded multiplication or division of two
 * doubles that are both exact (Clinger 1990), which is the case for nearly every number in a spike file. All
 * others, and whatever is no plain decimal, go the slow way through number_parse. */
#include "text/decimal.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"

#define EXACT_POWER (DECIMAL_POWERS - 1)
#define MOST_DIGITS 19 /* fit in 64 bits whatever they are */

const double decimal_power[DECIMAL_POWERS] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                              1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
const uint64_t decimal_whole_power[DIGITS_MOST + 1] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Through the C library, which rounds correctly whatever the length; a shift becomes part of the exponent. */
static bool parse_slowly(const char *text, size_t length, int shift, double *value)
{
    char moved[512];
    double plain;
    if (!number_parse(text, length, &plain))
        return false;
    *value = plain;
    if (shift == 0 || !isfinite(plain) || plain == 0)
        return true;
    if (length >= sizeof moved - 16) {
        *value = shift < 0 ? plain / decimal_power[-shift] : plain * decimal_power[shift];
        return true;
    }
    memcpy(moved, text, length);
    moved[length] = '\0';
    size_t used = strcspn(moved, "eE");
    long exponent = used < length ? strtol(moved + used + 1, NULL, 10) : 0;
    exponent = exponent > 99999 ? 99999 : exponent < -99999 ? -99999 : exponent;
    used += (size_t)snprintf(moved + used, sizeof moved - used, "e%ld", exponent + shift);
    return number_parse(moved, used, value);
}

/* "e-12" at `at`; NULL when it is no exponent, or one so long that the value is out of reach anyway. */
static const char *read_exponent(const char *at, const char *end, int *exponent)
{
    at++;
    bool negative = at < end && *at == '-';
    if (at < end && (*at == '-' || *at == '+'))
        at++;
    const char *digits = at;
    int value = 0;
    for (; at < end && is_digit(*at); at++)
        if (at - digits < 4)
            value = value * 10 + (*at - '0');
    if (at == digits || at - digits > 4)
        return NULL;
    *exponent += negative ? -value : value;
    return at;
}

bool decimal_parse_shifted(const char *text, size_t length, int shift, double *value)
{
    const char *at = text, *end = text + length, *point = NULL;
    bool negative = at < end && *at == '-';
    if (at < end && (*at == '-' || *at == '+'))
        at++;
    const char *digits = at;
    uint64_t mantissa = 0;
    for (; at < end; at++) {
        unsigned digit = (unsigned char)*at - (unsigned)'0';
        if (digit < 10)
            mantissa = mantissa * 10 + digit;
        else if (*at == '.' && !point)
            point = at;
        else
            break;
    }
    long count = at - digits - (point != NULL);
    int exponent = shift - (point ? (int)(at - point - 1) : 0);
    if (count == 0 || count > MOST_DIGITS)
        return parse_slowly(text, length, shift, value);
    if (at < end && (*at == 'e' || *at == 'E'))
        at = read_exponent(at, end, &exponent);
    if (at != end || mantissa > UINT64_C(1) << 53 || exponent < -EXACT_POWER || exponent > EXACT_POWER)
        return parse_slowly(text, length, shift, value);
    double exact = (double)mantissa;
    exact = exponent < 0 ? exact / decimal_power[-exponent] : exact * decimal_power[exponent];
    *value = negative ? -exact : exact;
    return true;
}

bool decimal_parse_roomy(const char *text, size_t length, int shift, double *value)
{
    return decimal_short(text, length, shift, value) || decimal_parse_shifted(text, length, shift, value);
}

bool decimal_parse(const char *text, size_t length, double *value)
{
    return decimal_parse_shifted(text, length, 0, value);
}

/* Digits d[0].d[1]d[2].. times 10^exponent, without a power of ten if it is near. */
static void place_point(char *out, const char *digits, int exponent)
{
    int n = (int)strlen(digits);
    if (exponent < -5 || exponent > 16)
        sprintf(out, "%c%s%se%d", digits[0], n > 1 ? "." : "", digits + 1, exponent);
    else if (exponent < 0)
        sprintf(out, "0.%.*s%s", -exponent - 1, "0000", digits);
    else if (exponent + 1 >= n)
        sprintf(out, "%s%.*s", digits, exponent + 1 - n, "0000000000000000");
    else
        sprintf(out, "%.*s.%s", exponent + 1, digits, digits + exponent + 1);
}

char *decimal_shortest(char buffer[DECIMAL_TEXT], double value, int shift)
{
    static const int counts[] = {12, 15, 16, 17};
    char text[40], digits[20];
    double back = NAN;
    for (size_t i = 0; i < sizeof counts / sizeof *counts && back != value; i++) {
        snprintf(text, sizeof text, "%.*e", counts[i] - 1, value);
        decimal_parse(text, strlen(text), &back);
    }
    const char *from = text + (text[0] == '-');
    int n = 0;
    for (; *from != 'e'; from++)
        if (*from != '.')
            digits[n++] = *from;
    while (n > 1 && digits[n - 1] == '0')
        n--;
    digits[n] = '\0';
    if (text[0] == '-')
        buffer[0] = '-';
    place_point(buffer + (text[0] == '-'), digits, (value == 0 ? 0 : atoi(from + 1) + shift));
    return buffer;
}
