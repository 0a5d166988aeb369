/* One typed word becomes one checked value. Each type has a reader; lists and ranges have their own file. */
#include "language/parameter.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "draw/view.h"
#include "language/lexer.h"
#include "language/names.h"
#include "language/parameter_list.h"

static const char *const switch_words[] = {"on", "off"};

static struct word_list list_switch(void)
{
    return (struct word_list){"setting", 2, word_plain, switch_words};
}

/* "tau_rc=5Hz" or "TIME 5Hz": the words a sentence begins with. */
static bool refuse(struct error *error, const struct parameter *row, const char *text)
{
    return error_prefix(error, "%s%s%.80s: ", row->name, row->positional ? " " : "=", text);
}

static void put_number(char *out, size_t size, double value, const struct parameter *row)
{
    char human[NUMBER_HUMAN];
    if (row->type == TYPE_COUNT)
        snprintf(out, size, "%s", number_grouped(human, (unsigned long long)value));
    else
        snprintf(out, size, "%s", number_human(human, value, row->dimension));
}

void parameter_bounds(const struct parameter *row, char *out, size_t size)
{
    char low[NUMBER_HUMAN], high[NUMBER_HUMAN];
    out[0] = '\0';
    if (row->low == 0 && row->high == 0)
        return;
    put_number(low, sizeof low, row->low, row);
    put_number(high, sizeof high, row->high, row);
    bool lowest = row->low > -1e300, highest = row->high < 1e300; /* beyond: any finite number */
    if (lowest && highest && !row->low_open && !row->high_open)
        snprintf(out, size, "from %s to %s", low, high);
    else if (lowest && highest)
        snprintf(out, size, "%s %s and %s %s", row->low_open ? "above" : "at least", low,
                 row->high_open ? "below" : "at most", high);
    else if (lowest)
        snprintf(out, size, "%s %s", row->low_open ? "above" : "at least", low);
    else if (highest)
        snprintf(out, size, "%s %s", row->high_open ? "below" : "at most", high);
}

/* Written so that NaN is outside of any bounds. */
static bool within(const struct parameter *row, double value)
{
    if (row->checked_later || (row->low == 0 && row->high == 0))
        return true;
    return (row->low_open ? value > row->low : value >= row->low) &&
           (row->high_open ? value < row->high : value <= row->high);
}

bool parameter_within(const struct parameter *row, double value, struct error *error)
{
    char bounds[96];
    parameter_bounds(row, bounds, sizeof bounds);
    if (!within(row, value))
        return error_set(error, "must be %s", bounds);
    if (!row->infinite && !isfinite(value))
        return error_set(error, "must be a finite number");
    return true;
}

/* One number for all dimensions, or a list of one for each. */
static bool read_each(const struct parameter *row, const char *text, struct value *value, struct error *error)
{
    if (!parameter_read_list(row, text, &value->points, error)) {
        free(value->points.value);
        value->points = (struct points){0};
        return false;
    }
    value->number = value->points.value[0];
    return true;
}

static bool read_quantity(const struct parameter *row, const char *text, struct value *value, struct error *error)
{
    if (row->each)
        return read_each(row, text, value, error);
    if (!quantity_parse(text, row->dimension, &value->number, error))
        return error_prefix(error, "%s: ", row->name);
    return parameter_within(row, value->number, error) || refuse(error, row, text);
}

/* Whole numbers up to 2^64 - 1 as digits, and what is whole when written otherwise: 1e6, 50.0. */
static bool read_whole(const char *text, uint64_t *count)
{
    double number;
    size_t length = strlen(text);
    if (length > 0 && strspn(text, "0123456789") == length) {
        errno = 0;
        *count = strtoull(text, NULL, 10);
        return errno == 0;
    }
    if (!number_parse(text, length, &number) || !(number >= 0 && number <= 9007199254740992.0) ||
        number != floor(number))
        return false;
    *count = (uint64_t)number;
    return true;
}

static bool read_count(const struct parameter *row, const char *text, struct value *value, struct error *error)
{
    double number;
    if (read_whole(text, &value->count)) {
        value->number = (double)value->count;
        return parameter_within(row, value->number, error) || refuse(error, row, text);
    }
    char bounds[96], most[NUMBER_HUMAN];
    parameter_bounds(row, bounds, sizeof bounds);
    if (!bounds[0])
        snprintf(bounds, sizeof bounds, "from 0 to %s", number_grouped(most, UINT64_MAX));
    bool numeric = number_parse(text, strlen(text), &number);
    error_set(error, "a whole number is wanted, %s%s", bounds, numeric ? "" : " (digits, or 1e6)");
    return refuse(error, row, text);
}

bool parameter_words(const struct session *session, const struct parameter *row, struct word_list *words)
{
    if (row->choices)
        *words = row->choices(session);
    else if (row->words)
        *words = row->words();
    return row->choices || row->words;
}

static bool read_choice(const struct session *session, const struct parameter *row, const char *text,
                        struct value *value, struct error *error)
{
    struct error ignored;
    if (row->each && (strchr(text, ',') || quantity_parse(text, row->dimension, &value->number, &ignored))) {
        value->choice = -1;
        return read_each(row, text, value, error);
    }
    if (row->number_too && quantity_parse(text, row->dimension, &value->number, &ignored)) {
        value->choice = -1;
        return parameter_within(row, value->number, error) || refuse(error, row, text);
    }
    struct word_list words;
    parameter_words(session, row, &words);
    value->choice = word_find(&words, text, strlen(text), error);
    size_t used = strlen(error->text);
    if (value->choice < 0 && row->number_too)
        snprintf(error->text + used, sizeof error->text - used, ", or a number");
    return value->choice >= 0;
}

static bool read_switch(const struct parameter *row, const char *text, struct value *value, struct error *error)
{
    struct word_list words = list_switch();
    long found = word_find(&words, text, strlen(text), error);
    if (found < 0) {
        error_set(error, "on or off is wanted");
        return refuse(error, row, text);
    }
    value->on = found == 0;
    return true;
}

static bool read_name(const struct parameter *row, const char *text, struct error *error)
{
    if (lexer_name(text) && strlen(text) < SUBJECT_NAME)
        return true;
    return error_set(error, "%s '%.60s': a name is a letter, then letters, digits or _, %d at most", row->name, text,
                     SUBJECT_NAME - 1);
}

static bool read_file(const struct parameter *row, const char *text, struct error *error)
{
    return text[0] ? true : error_set(error, "%s: the name of a file is wanted", row->name);
}

static bool read_table(const struct parameter *row, const char *text, struct value *value, struct error *error)
{
    if (text[0] != '@') {
        error_set(error, "a table from a file is wanted, written @FILE.csv");
        return refuse(error, row, text);
    }
    if (text[1] == '\0')
        return error_set(error, "%s: '@' is followed by the name of a file", row->name);
    value->table = csv_table_read_columns(text + 1, row->columns, error);
    return value->table ? true : error_prefix(error, "%s: ", row->name);
}

/* A range that knows a word besides its numbers; -1: it is none. */
static long named_choice(const struct parameter *row, const char *text)
{
    struct word_list words = row->words ? row->words() : (struct word_list){0};
    for (size_t i = 0; i < words.count; i++)
        if (strcmp(words.name(words.list, i), text) == 0)
            return (long)i;
    return -1;
}

static bool read_typed(const struct session *session, const struct parameter *row, const char *text,
                       struct value *value, struct error *error)
{
    switch (row->type) {
    case TYPE_QUANTITY:
        return read_quantity(row, text, value, error);
    case TYPE_COUNT:
        return (row->file_too && text[0] == '@' ? read_table : read_count)(row, text, value, error);
    case TYPE_RANGE:
        value->choice = named_choice(row, text);
        return value->choice >= 0 || parameter_read_range(row, text, &value->distribution, error);
    case TYPE_POINTS:
        return parameter_read_points(row, text, &value->points, error);
    case TYPE_TABLE:
        return read_table(row, text, value, error);
    case TYPE_CHOICE:
        return read_choice(session, row, text, value, error);
    case TYPE_SWITCH:
        return read_switch(row, text, value, error);
    case TYPE_FILE:
        return read_file(row, text, error);
    case TYPE_NAME:
        return read_name(row, text, error);
    case TYPE_CHANNEL:
        return (value->channel = names_used()->find(session, text, row->wanted, error)) != NULL;
    case TYPE_TEXT:
    case TYPE_LITERAL:
        return true;
    }
    return false;
}

bool parameter_read(const struct session *session, const struct parameter *row, const char *text, struct value *value,
                    struct error *error)
{
    if (!read_typed(session, row, text, value, error))
        return false;
    value->text = xstrdup(text);
    value->present = true;
    return true;
}

void value_free(struct value *value)
{
    free(value->text);
    free(value->points.value);
    free(value->distribution.values);
    if (value->table)
        csv_table_free(value->table);
    *value = (struct value){0};
}

/* "softlif|lif" */
static void shape_choices(const struct session *session, const struct parameter *row, char *out, size_t size)
{
    struct word_list words;
    size_t used = 0;
    parameter_words(session, row, &words);
    for (size_t i = 0; i < words.count && used < size; i++)
        used += (size_t)snprintf(out + used, size - used, "%s%s", i ? "|" : "", words.name(words.list, i));
    if (row->number_too && used < size)
        snprintf(out + used, size - used, "|NUMBER%s", row->each ? "|A,B,..." : "");
}

static const char *const quantity_shapes[] = {
    [DIMENSION_NONE] = "NUMBER",
    [DIMENSION_TIME] = "TIME",
    [DIMENSION_RATE] = "RATE",
    [DIMENSION_VOLT] = "VOLTAGE",
    [DIMENSION_ANGLE] = "ANGLE",
    [DIMENSION_CURRENT] = "CURRENT",
    [DIMENSION_CAPACITANCE] = "CAPACITANCE",
    [DIMENSION_LENGTH] = "LENGTH",
};

void parameter_shape(const struct session *session, const struct parameter *row, char *out, size_t size)
{
    static const char *const shapes[] = {
        [TYPE_COUNT] = "COUNT",
        [TYPE_RANGE] = "LO:HI|A,B,...|@FILE",
        [TYPE_POINTS] = "LO:HI:COUNT|A,B,...|@FILE",
        [TYPE_TABLE] = "@FILE",
        [TYPE_SWITCH] = "on|off",
        [TYPE_TEXT] = "TEXT",
        [TYPE_FILE] = "FILE",
        [TYPE_NAME] = "NAME",
        [TYPE_CHANNEL] = "NAME",
        [TYPE_LITERAL] = "",
    };
    if (row->type == TYPE_CHOICE)
        shape_choices(session, row, out, size);
    else
        snprintf(out, size, "%s%s", row->type == TYPE_QUANTITY ? quantity_shapes[row->dimension] : shapes[row->type],
                 row->type == TYPE_QUANTITY && row->each    ? "|A,B,..."
                 : row->type == TYPE_COUNT && row->file_too ? "|@FILE"
                                                            : "");
}
