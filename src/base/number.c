#include "base/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Factors are written as divisors where that is exact: 20ms is then the double nearest to 0.02. */
struct unit_row {
    const char *name;
    double times, over;
};

static const struct dimension_row {
    const char *what;   /* in sentences: "a time" */
    const char *symbol; /* of the SI unit */
    const char *plural; /* its name, of several */
    struct unit_row units[8];
} dimensions[] = {
    [DIMENSION_NONE] = {"a pure number", "", "", {{"%", 1, 100}}},
    [DIMENSION_TIME] = {"a time",
                        "s",
                        "seconds",
                        {{"s", 1, 1},
                         {"ms", 1, 1e3},
                         {"us", 1, 1e6},
                         {"\xc2\xb5s", 1, 1e6},
                         {"\xce\xbcs", 1, 1e6},
                         {"ns", 1, 1e9},
                         {"min", 60, 1}}},
    [DIMENSION_RATE] = {"a rate",
                        "Hz",
                        "hertz",
                        {{"Hz", 1, 1}, {"kHz", 1e3, 1}, {"MHz", 1e6, 1}, {"mHz", 1, 1e3}, {"/s", 1, 1}}},
    [DIMENSION_VOLT] = {"a voltage", "V", "volts", {{"V", 1, 1}, {"mV", 1, 1e3}, {"uV", 1, 1e6}}},
    [DIMENSION_ANGLE] = {"an angle", "rad", "radians", {{"rad", 1, 1}, {"deg", 0.017453292519943295, 1}}},
    [DIMENSION_CURRENT] = {"a current",
                           "A",
                           "amperes",
                           {{"A", 1, 1}, {"mA", 1, 1e3}, {"uA", 1, 1e6}, {"nA", 1, 1e9}, {"pA", 1, 1e12}}},
    [DIMENSION_CAPACITANCE] = {"a capacitance",
                               "F",
                               "farads",
                               {{"F", 1, 1}, {"mF", 1, 1e3}, {"uF", 1, 1e6}, {"nF", 1, 1e9}, {"pF", 1, 1e12}}},
    [DIMENSION_LENGTH] = {"a length",
                          "m",
                          "metres",
                          {{"m", 1, 1}, {"cm", 1, 1e2}, {"mm", 1, 1e3}, {"in", 0.0254, 1}, {"pt", 0.0254, 72}}},
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* strtod on at most `length` bytes that need not be terminated; returns bytes taken, 0 if no number starts there.
 * Hexadecimal and nan(...) are refused: a table that holds them holds something else than decimal numbers. */
static size_t read_number(const char *text, size_t length, double *value)
{
    char copy[512];
    size_t n = length < sizeof copy - 1 ? length : sizeof copy - 1;
    memcpy(copy, text, n);
    copy[n] = '\0';
    const char *digits = copy + (copy[0] == '+' || copy[0] == '-');
    if (digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X'))
        return 0;
    if (is_blank(copy[0]))
        return 0;
    char *end;
    *value = strtod(copy, &end);
    if (end > copy && end[-1] == ')')
        return 0;
    return (size_t)(end - copy);
}

bool number_parse(const char *text, size_t length, double *value)
{
    while (length > 0 && is_blank(text[0])) {
        text++;
        length--;
    }
    while (length > 0 && is_blank(text[length - 1]))
        length--;
    double parsed;
    if (length == 0 || read_number(text, length, &parsed) != length)
        return false;
    *value = parsed;
    return true;
}

static void list_units(const struct dimension_row *row, char *out, size_t size)
{
    size_t used = 0;
    out[0] = '\0';
    for (const struct unit_row *u = row->units; u->name && used < size; u++)
        if ((unsigned char)u->name[0] < 0x80)
            used += (size_t)snprintf(out + used, size - used, "%s%s", used ? ", " : "", u->name);
}

bool quantity_parse(const char *text, enum dimension dimension, double *value, struct error *error)
{
    const struct dimension_row *row = &dimensions[dimension];
    size_t length = strlen(text);
    double number;
    size_t used = read_number(text, length, &number);
    if (used == 0)
        return error_set(error, "'%.60s' is not %s", text, row->what);
    const char *unit = text + used;
    while (is_blank(*unit))
        unit++;
    if (*unit == '\0') {
        *value = number;
        return true;
    }
    for (const struct unit_row *u = row->units; u->name; u++)
        if (strcmp(u->name, unit) == 0) {
            *value = number * u->times / u->over;
            return true;
        }
    if (dimension == DIMENSION_NONE)
        return error_set(error, "'%.60s': a pure number is wanted here, without '%.20s'", text, unit);
    char known[64];
    list_units(row, known, sizeof known);
    return error_set(error, "'%.60s': %s is wanted here, in %s (none: %s)", text, row->what, known, row->symbol);
}

char *number_exact(char buffer[NUMBER_EXACT], double value)
{
    if (isnan(value))
        strcpy(buffer, "nan");
    else
        snprintf(buffer, NUMBER_EXACT, "%.17g", value);
    return buffer;
}

/* How people write a size: the factor and its prefix. */
static const struct si_prefix {
    const char *prefix;
    double factor;
} prefixes[] = {{"G", 1e9}, {"M", 1e6}, {"k", 1e3}, {"", 1}, {"m", 1e-3}, {"u", 1e-6}, {"n", 1e-9}, {"p", 1e-12}};
#define NO_PREFIX 3

static const struct si_prefix *prefix_for(double value, enum dimension dimension)
{
    double size = fabs(value);
    size_t p = NO_PREFIX;
    if (dimension != DIMENSION_NONE && dimension != DIMENSION_ANGLE && isfinite(value) && size > 0) {
        /* Half a unit in the fourth digit: 0.99996 s is "1 s", not "1000 ms". */
        size_t least = NO_PREFIX + (dimension >= DIMENSION_CURRENT ? 4 : 3); /* nobody reads ps or pHz */
        for (p = 0; p < least && size < prefixes[p].factor * 0.99995;)
            p++;
        /* Seconds and volts stay as they are above one: nobody reads ks. */
        if (p < NO_PREFIX && dimension != DIMENSION_RATE)
            p = NO_PREFIX;
    }
    return &prefixes[p];
}

char *number_human(char buffer[NUMBER_HUMAN], double value, enum dimension dimension)
{
    const char *symbol = dimensions[dimension].symbol;
    const struct si_prefix *p = prefix_for(value, dimension);
    char digits[NUMBER_HUMAN];
    double shown = value / p->factor;
    /* What %.4g would give an exponent keeps its whole digits: nobody reads 1.234e+04 s for 12 345. */
    if (fabs(shown) >= 9999.5)
        number_round(digits, round(shown), 15);
    else
        snprintf(digits, sizeof digits, "%.4g", shown);
    snprintf(buffer, NUMBER_HUMAN, "%.32s%s%s%s", digits, *symbol ? " " : "", p->prefix, symbol);
    return buffer;
}

static bool reads_back(const char *text, double value, enum dimension dimension)
{
    struct error ignored;
    double read;
    return quantity_parse(text, dimension, &read, &ignored) && read == value;
}

char *number_typed(char buffer[NUMBER_HUMAN], double value, enum dimension dimension)
{
    const char *symbol = dimensions[dimension].symbol;
    const struct si_prefix *p = prefix_for(value, dimension);
    if (!isfinite(value))
        return number_exact(buffer, value);
    for (int digits = 6; digits <= 17; digits++) { /* %g leaves out zeros at the end; fewer would be 2e+02 */
        snprintf(buffer, NUMBER_HUMAN, "%.*g%s%s", digits, value / p->factor, p->prefix, symbol);
        if (reads_back(buffer, value, dimension))
            return buffer;
        /* A prefix may cost the last bit. */
        snprintf(buffer, NUMBER_HUMAN, "%.*g%s", digits, value, symbol);
        if (reads_back(buffer, value, dimension))
            return buffer;
    }
    return number_exact(buffer, value);
}

char *number_change(char buffer[NUMBER_CHANGE], double from, double to, enum dimension dimension)
{
    char a[NUMBER_HUMAN], b[NUMBER_HUMAN];
    number_human(a, from, dimension);
    number_human(b, to, dimension);
    const char *unit = strchr(a, ' '), *other = strchr(b, ' ');
    bool alike = unit && other && strcmp(unit, other) == 0;
    if (strcmp(a, b) == 0)
        snprintf(buffer, NUMBER_CHANGE, "%s", b);
    else
        snprintf(buffer, NUMBER_CHANGE, "%.*s \u2192 %s", alike ? (int)(unit - a) : (int)strlen(a), a, b);
    return buffer;
}

const char *number_doubtful_unit(const char *text, double before, double after, enum dimension dimension)
{
    double value;
    bool far = before != 0 && after != 0 && isfinite(before) && isfinite(after) &&
               (fabs(after) >= 100 * fabs(before) || fabs(before) >= 100 * fabs(after));
    return far && *dimensions[dimension].plural && number_parse(text, strlen(text), &value)
               ? dimensions[dimension].plural
               : NULL;
}

const char *dimension_symbol(enum dimension dimension)
{
    return dimensions[dimension].symbol;
}

char *number_grouped(char buffer[NUMBER_HUMAN], unsigned long long value)
{
    char digits[24];
    int n = snprintf(digits, sizeof digits, "%llu", value);
    char *out = buffer;
    for (int i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0)
            *out++ = ' ';
        *out++ = digits[i];
    }
    *out = '\0';
    return buffer;
}

char *number_round(char buffer[NUMBER_HUMAN], double value, int digits)
{
    char text[NUMBER_HUMAN];
    double rounded;
    /* Rounded first: 999.6 has four digits before the point once it has three. */
    snprintf(text, sizeof text, "%.*e", digits - 1, value);
    bool whole = number_parse(text, strlen(text), &rounded) && round(rounded) == rounded;
    if (!whole || !(fabs(rounded) >= 1) || !(fabs(rounded) < 1e15)) {
        snprintf(buffer, NUMBER_HUMAN, "%.*g", digits, value);
        return buffer;
    }
    buffer[0] = '-';
    number_grouped(buffer + (rounded < 0), (unsigned long long)fabs(rounded));
    return buffer;
}

char *number_counted(char buffer[NUMBER_COUNTED], unsigned long long count, const char *noun)
{
    char number[NUMBER_HUMAN];
    const char *bar = strchr(noun, '|');
    int one = (int)(bar ? (size_t)(bar - noun) : strlen(noun));
    number_grouped(number, count);
    if (count == 1)
        snprintf(buffer, NUMBER_COUNTED, "%s %.*s", number, one, noun);
    else if (bar)
        snprintf(buffer, NUMBER_COUNTED, "%s %s", number, bar + 1);
    else
        snprintf(buffer, NUMBER_COUNTED, "%s %ss", number, noun);
    return buffer;
}

char *number_factor(char buffer[NUMBER_HUMAN], double value, double like)
{
    int decimals = 2;
    if (!(fabs(like) >= 1e-6)) {
        snprintf(buffer, NUMBER_HUMAN, "%.1e", value);
        return buffer;
    }
    for (double ten = 100; decimals < 9 && fabs(round(like * ten) / ten - like) > 0.005 * fabs(like); ten *= 10)
        decimals++;
    if (decimals == 2 && value >= 9.995)
        decimals = value < 99.95 ? 1 : 0;
    snprintf(buffer, NUMBER_HUMAN, "%4.*f", decimals, value);
    return buffer;
}
