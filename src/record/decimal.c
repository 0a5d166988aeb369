/* A decimal w * 10^e with w <= 2^53 and |e| <= 22 is one correctly rounded multiplication or division of two doubles
 * that are both exact (Clinger 1990), which is the case for nearly every number in a spike file. All others, and
 * whatever is no plain decimal, go the slow way through number_parse. */
#include "record/decimal.h"

#include <stdint.h>

#include "base/number.h"

#define EXACT_POWER 22
#define MOST_DIGITS 19 /* fit in 64 bits whatever they are */

static const double power_of_ten[EXACT_POWER + 1] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                     1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                                     1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Digits at `at` appended to *mantissa; returns one past the last. */
static const char *read_digits(const char *at, const char *end, uint64_t *mantissa)
{
    for (; at < end && is_digit(*at); at++)
        *mantissa = *mantissa * 10 + (uint64_t)(*at - '0');
    return at;
}

/* "e-12" at `at`; NULL when it is no exponent, or one so long that the value is out of reach anyway. */
static const char *read_exponent(const char *at, const char *end, int *exponent)
{
    at++;
    bool negative = at < end && *at == '-';
    if (at < end && (*at == '-' || *at == '+'))
        at++;
    uint64_t value = 0;
    const char *stop = read_digits(at, end, &value);
    if (stop == at || stop - at > 4)
        return NULL;
    *exponent += negative ? -(int)value : (int)value;
    return stop;
}

bool decimal_parse(const char *text, size_t length, double *value)
{
    const char *at = text, *end = text + length;
    bool negative = at < end && *at == '-';
    if (at < end && (*at == '-' || *at == '+'))
        at++;
    uint64_t mantissa = 0;
    int exponent = 0;
    const char *digits = at;
    at = read_digits(at, end, &mantissa);
    long count = at - digits;
    if (at < end && *at == '.') {
        const char *fraction = ++at;
        at = read_digits(at, end, &mantissa);
        exponent = -(int)(at - fraction);
        count += at - fraction;
    }
    if (count == 0 || count > MOST_DIGITS)
        return number_parse(text, length, value);
    if (at < end && (*at == 'e' || *at == 'E'))
        at = read_exponent(at, end, &exponent);
    if (at != end || mantissa > UINT64_C(1) << 53 || exponent < -EXACT_POWER || exponent > EXACT_POWER)
        return number_parse(text, length, value);
    double exact = (double)mantissa;
    exact = exponent < 0 ? exact / power_of_ten[-exponent] : exact * power_of_ten[exponent];
    *value = negative ? -exact : exact;
    return true;
}
