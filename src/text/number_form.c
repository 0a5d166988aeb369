/* Every form is brought to a plain decimal in a buffer, which decimal_parse_shifted reads: thousands lose their marks,
 * a decimal comma and Fortran's D become point and e. Times of day are summed up from their parts instead.
 *
 * "1:2" may be a unit's name, "1,234" a decimal: only what cannot be anything else decides for a form. */
#include "text/number_form.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/stop.h"
#include "text/column_name.h"
#include "text/decimal.h"

#define LONGEST 64 /* bytes of a number */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t digits_at(const char *text)
{
    size_t n = 0;
    while (is_digit(text[n]))
        n++;
    return n;
}

/* ---- thousands ---- */

/* "1,009.98": digits in groups of three behind `mark`, then perhaps a decimal `point`. *rest is what follows the
 * groups. */
static bool is_grouped(const char *text, char mark, const char **rest)
{
    text += *text == '-' || *text == '+';
    size_t first = digits_at(text);
    if (first < 1 || first > 3 || *text == '0' || text[first] != mark || mark == '\0')
        return false;
    const char *groups = text + first;
    for (text = groups; *text == mark && digits_at(text + 1) == 3;)
        text += 4;
    *rest = text;
    return text > groups && *text != mark;
}

/* The mark by which this field parts thousands beyond doubt, '\0' if it does not. */
static char mark_of(const char *text)
{
    const char *rest;
    if (is_grouped(text, ',', &rest) && rest[0] == '.' && digits_at(rest + 1) == strlen(rest + 1))
        return ',';
    if (is_grouped(text, '.', &rest) && rest[0] == ',' && digits_at(rest + 1) == strlen(rest + 1))
        return '.';
    if ((is_grouped(text, '\'', &rest) || is_grouped(text, ' ', &rest)) &&
        (rest[0] == '\0' || ((rest[0] == '.' || rest[0] == ',') && digits_at(rest + 1) == strlen(rest + 1))))
        return rest[-4];
    /* two marks of one kind: 1,234,567 */
    if (is_grouped(text, ',', &rest) && rest[0] == '\0' && strchr(strchr(text, ',') + 1, ','))
        return ',';
    if (is_grouped(text, '.', &rest) && rest[0] == '\0' && strchr(strchr(text, '.') + 1, '.'))
        return '.';
    return '\0';
}

bool number_form_grouped(const struct field *field, char mark)
{
    const char *rest;
    return is_grouped(field->text, mark, &rest) && *rest == '\0';
}

/* ---- times of day ---- */

/* "2024-01-31", "31/01/2024", "31.01.2024" and a T or blank behind it; its days since 1970, NULL if there is no date.
 */
static const char *read_date(const char *text, long *day)
{
    int a, b, c, used = 0;
    long year, month, date;
    if (sscanf(text, "%4d-%2d-%2d%n", &a, &b, &c, &used) == 3 && used >= 8 && is_digit(text[0])) {
        year = a, month = b, date = c;
    } else if ((sscanf(text, "%2d/%2d/%4d%n", &a, &b, &c, &used) == 3 ||
                sscanf(text, "%2d.%2d.%4d%n", &a, &b, &c, &used) == 3) &&
               used >= 8 && is_digit(text[0])) {
        bool american = text[a < 10 && text[0] != '0' ? 1 : 2] == '/' && a <= 12;
        year = c, month = american ? a : b, date = american ? b : a;
    } else {
        return NULL;
    }
    if (month < 1 || month > 12 || date < 1 || date > 31 || (text[used] != 'T' && text[used] != ' '))
        return NULL;
    /* days from civil, with the year beginning in March */
    long y = year - (month <= 2), era = y / 400, of_era = y - era * 400;
    long of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + date - 1;
    *day = era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
    return text + used + 1;
}

/* "1:02:03.5", "02:03.5"; false for "1:2", which may be anything. */
static bool read_clock(const char *text, double *seconds)
{
    char fraction[LONGEST] = "0.";
    long part[3] = {0};
    size_t parts = 0, n = digits_at(text);
    const char *at = text;
    if (n < 1 || n > 4)
        return false;
    for (;;) {
        part[parts++] = strtol(at, NULL, 10);
        at += n;
        if (*at != ':' || parts == 3)
            break;
        n = digits_at(++at);
        if (n != 2)
            return false;
    }
    bool thousandths = *at == ':' && parts == 3 && digits_at(at + 1) == 3; /* 10:00:12:345 */
    size_t decimals = *at == '.' || *at == ',' || thousandths ? digits_at(at + 1) : 0;
    if (parts < 2 || (parts == 2 && decimals == 0) || decimals > LONGEST - 4)
        return false;
    memcpy(fraction + 2, at + 1, decimals);
    fraction[2 + decimals] = '\0';
    at += decimals ? decimals + 1 : 0;
    if (parts == 3 && part[0] <= 12 && (strcasecmp(at, " AM") == 0 || strcasecmp(at, " PM") == 0)) {
        part[0] = part[0] % 12 + (at[1] == 'P' || at[1] == 'p' ? 12 : 0);
        at += 3;
    }
    if (strcmp(at, "") != 0 && strcmp(at, "Z") != 0 &&
        !((*at == '+' || *at == '-') && digits_at(at + 1) >= 2 && strlen(at) <= 6))
        return false;
    for (size_t i = 1; i < parts; i++)
        if (part[i] >= 60)
            return false;
    double whole = 0, rest = 0;
    for (size_t i = 0; i < parts; i++)
        whole = whole * 60 + (double)part[i];
    if (decimals)
        decimal_parse(fraction, 2 + decimals, &rest);
    *seconds = whole + rest;
    return true;
}

static bool read_time(const char *text, long from, double *seconds, long *day)
{
    const char *rest = read_date(text, day);
    if (!rest) {
        *day = from;
        rest = text;
    }
    if (!read_clock(rest, seconds))
        return false;
    *seconds += 86400.0 * (double)(*day - from);
    return true;
}

/* ---- units ---- */

static bool plain_comma(const struct field *field, double *value)
{
    char text[LONGEST];
    const char *comma = memchr(field->text, ',', field->length);
    if (!comma)
        return false;
    memcpy(text, field->text, field->length);
    text[comma - field->text] = '.';
    return decimal_parse(text, field->length, value);
}

/* Where the number ends and "ms" begins; 0 if there is no number and unit. */
static size_t unit_begins(const char *text, char unit[COLUMN_UNIT])
{
    size_t length = strlen(text), at = length;
    double ignored;
    while (at > 0 && !is_digit(text[at - 1]) && text[at - 1] != '.')
        at--;
    size_t word = at + strspn(text + at, " \t");
    struct field number = {text, at};
    if (at == 0 || at == length || at >= LONGEST ||
        (!decimal_parse(text, at, &ignored) && !plain_comma(&number, &ignored)))
        return 0;
    column_unit(text + word, unit);
    return column_unit_size(unit) > 0 ? at : 0;
}

/* ---- reading ---- */

static bool plain_number(const struct text_style *style, const char *text, int shift, double *value)
{
    char plain[LONGEST];
    const char *rest;
    size_t n = 0;
    bool point = strchr(text, '.') != NULL;
    char mark = style->thousands && is_grouped(text, style->thousands, &rest) ? style->thousands : '\0';
    char comma = style->decimal_comma && (mark == '.' || !point) ? ',' : '\0';
    for (; *text && n + 1 < LONGEST; text++) {
        if (mark && *text == mark)
            continue;
        bool exponent =
            (*text == 'D' || *text == 'd') && n > 0 && point && (text[1] == '-' || text[1] == '+' || is_digit(text[1]));
        plain[n++] = exponent ? 'e' : comma && *text == comma ? '.' : *text;
    }
    return *text == '\0' && n > 0 && decimal_parse_shifted(plain, n, shift, value);
}

static bool is_decimal_character(char c)
{
    return is_digit(c) || (c != '\0' && strchr("+-.,'eEdD :", c));
}

bool number_form_value(const struct text_style *style, const struct field *field, int shift, double *value)
{
    char text[LONGEST], unit[COLUMN_UNIT];
    if (field->length == 0 || field->length >= LONGEST || !is_decimal_character(field->text[0]))
        return false;
    memcpy(text, field->text, field->length);
    text[field->length] = '\0';
    double scale = 1;
    size_t number = style->unit[0] ? unit_begins(text, unit) : 0;
    if (number) {
        scale = column_unit_size(unit) / column_unit_size(style->unit);
        text[number] = '\0';
    }
    long day;
    if (style->clock && read_time(text, style->day, value, &day)) {
        *value *= pow(10, shift);
        return true;
    }
    if (!plain_number(style, text, shift, value))
        return false;
    *value = scale == 1 ? *value : *value * scale;
    return true;
}

bool number_form_likely(const struct field *field)
{
    char unit[COLUMN_UNIT];
    double ignored;
    long day;
    if (field->length == 0 || field->length >= LONGEST)
        return false;
    return mark_of(field->text) || read_time(field->text, 0, &ignored, &day) || unit_begins(field->text, unit) > 0;
}

/* ---- finding ---- */

struct forms {
    size_t cells, numbers, grouped, clocks, units, commas; /* commas: of those with units */
    char mark;
    long day;
    char unit[COLUMN_UNIT];
};

static void count_form(struct forms *f, const struct cell *cell, const char *text)
{
    char unit[COLUMN_UNIT];
    double ignored;
    long day;
    char mark = mark_of(text);
    f->cells++;
    f->numbers += cell->kind != CELL_TEXT;
    if (cell->kind != CELL_TEXT && !mark)
        return;
    if (mark) {
        f->mark = mark;
        f->grouped++;
    } else if (read_time(text, 0, &ignored, &day)) {
        f->day = f->clocks++ == 0 ? day : f->day;
    } else if (unit_begins(text, unit)) {
        if (f->units++ == 0)
            memcpy(f->unit, unit, sizeof unit);
        f->commas += strchr(text, ',') != NULL;
    }
}

/* A title and a name may stand over a column. */
static bool are_nearly_all(size_t n, const struct forms *f)
{
    return n > 0 && 10 * (n + 2) >= 9 * f->cells;
}

#define COLUMNS 256 /* that are looked at; in a wider table the others are like these */

/* "0.001" or "12.5" where points would part thousands. */
static bool is_otherwise(const struct sample *sample, size_t label, char mark)
{
    size_t others = 0, grouped = 0;
    for (size_t r = 0; r < sample->rows; r++)
        for (size_t c = 0; c < sample_width(sample, r) && c < COLUMNS; c++) {
            const struct cell *cell = sample_cell(sample, r, c);
            struct field field = sample_field(sample, cell);
            if (c == label || !memchr(field.text, mark, field.length))
                continue;
            bool certain = mark_of(field.text) == mark;
            grouped += certain;
            others += !certain && cell->kind != CELL_TEXT && !number_form_grouped(&field, mark);
        }
    return others > grouped;
}

static uint64_t bit_of(size_t column)
{
    return (uint64_t)1 << (column < 63 ? column : 63);
}

bool number_form_is_in(const struct text_style *style, size_t column)
{
    return column == (size_t)-1 ? style->formed != 0 : (style->formed & bit_of(column)) != 0;
}

void number_form_find(struct text_style *style, const struct sample *sample, size_t label)
{
    size_t most = 0;
    for (size_t r = 0; r < sample->rows; r++)
        most = sample_width(sample, r) > most ? sample_width(sample, r) : most;
    for (size_t c = 0; c < most && c < COLUMNS; c++) {
        struct forms f = {0};
        if (c == label)
            continue;
        for (size_t r = 0; r < sample->rows; r++) {
            const struct cell *cell = sample_cell(sample, r, c);
            if (cell && cell->kind != CELL_EMPTY)
                count_form(&f, cell, sample_field(sample, cell).text);
        }
        if (f.grouped && are_nearly_all(f.grouped + f.numbers, &f))
            style->thousands = f.mark;
        if (are_nearly_all(f.clocks, &f)) {
            style->clock = true;
            style->day = f.day;
            style->formed |= bit_of(c);
        }
        if (are_nearly_all(f.units, &f)) {
            memcpy(style->unit, f.unit, sizeof f.unit);
            style->decimal_comma |= f.commas > 0;
            style->formed |= bit_of(c);
        }
    }
    if (style->thousands && is_otherwise(sample, label, style->thousands))
        style->thousands = '\0';
    style->decimal_comma |= style->thousands == '.';
}
