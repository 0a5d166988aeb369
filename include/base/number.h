/* Numbers as people write them and as machines want them. Locale-independent ('.' is the point). Any thread. */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* What a quantity measures; the stored value is always in the SI unit named. */
enum dimension {
    DIMENSION_NONE,        /* a pure number: no unit allowed */
    DIMENSION_TIME,        /* seconds: s ms us ns min */
    DIMENSION_RATE,        /* hertz: Hz kHz mHz MHz, /s */
    DIMENSION_VOLT,        /* volts: V mV uV */
    DIMENSION_ANGLE,       /* radians: rad deg */
    DIMENSION_CURRENT,     /* amperes: A mA uA nA pA */
    DIMENSION_CAPACITANCE, /* farads: F uF nF pF */
    DIMENSION_LENGTH,      /* metres: m cm mm in pt */
};

/* The whole of `text` as a number; inf, -inf and nan are numbers here. Blanks around it are allowed.
 * False, leaving *value, when it is anything else ("", "1e", "0x10", "12abc"). */
bool number_parse(const char *text, size_t length, double *value);

/* A number with an optional unit of `dimension`, "20ms", "0.02", "1.5 kHz". A wrong unit is an error that names the
 * right ones. inf and nan parse; whoever wants finite values checks bounds. */
bool quantity_parse(const char *text, enum dimension dimension, double *value, struct error *error);

/* "%.17g": the shortest way C promises to read back the same bits; "nan", "inf", "-inf". Returns buffer. */
#define NUMBER_EXACT 32
char *number_exact(char buffer[NUMBER_EXACT], double value);

/* For people: four significant digits at most, or as many as stand before the point, and an SI prefix for the
 * dimension: "20 ms", "1.5 kHz", "0.3", "12 345 s". */
#define NUMBER_HUMAN 40
char *number_human(char buffer[NUMBER_HUMAN], double value, enum dimension dimension);

/* As it would be typed: as few digits as quantity_parse reads back as the same value, with an SI prefix:
 * "30.5ms", "0.1", "inf". No blanks. */
char *number_typed(char buffer[NUMBER_HUMAN], double value, enum dimension dimension);

/* "20 -> 30 ms", "900 us -> 1.1 ms", with an arrow; of numbers that read alike only one. Returns buffer. */
#define NUMBER_CHANGE (2 * NUMBER_HUMAN + 8)
char *number_change(char buffer[NUMBER_CHANGE], double from, double to, enum dimension dimension);

/* "seconds", "hertz" ...: the unit of a quantity that was typed without one and is a hundred times what was there, or
 * less than a hundredth, so that another was probably meant; NULL: there is no doubt. */
const char *number_doubtful_unit(const char *text, double before, double after, enum dimension dimension);

/* "s", "Hz", "V" ...; "" of a pure number. */
const char *dimension_symbol(enum dimension dimension);

/* 12345678 -> "12 345 678" */
char *number_grouped(char buffer[NUMBER_HUMAN], unsigned long long value);

/* For people: at most `digits` (1 to 15) significant digits, and no exponent where a person would write none, from 1e-4
 * to 1e15: "0.0123", "100", "1 240", "18 080". Returns buffer. */
char *number_round(char buffer[NUMBER_HUMAN], double value, int digits);

/* So many of what `noun` calls one: "1 neuron", "0 neurons", "12 345 neurons". A plural that is not made with an s is
 * given after a bar: "axis|axes". Returns buffer. */
#define NUMBER_COUNTED 96
char *number_counted(char buffer[NUMBER_COUNTED], unsigned long long count, const char *noun);

/* A factor like `like`, in as many digits as tell that one: 0.62, 1.00, 12.3, 1234, 0.001. What is no larger than
 * `like` takes the same columns, four or more (right-aligned). Returns buffer. */
char *number_factor(char buffer[NUMBER_HUMAN], double value, double like);

#endif
