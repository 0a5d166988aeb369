/* One row a key. What each neuron has of its own, gain and bias, is told by its range and of the selected neuron. */
#include "table/known_table.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "language/arguments.h"
#include "rig/rig.h"
#include "rig/wired.h"
#include "session/known.h"
#include "session/session.h"
#include "session/setting.h"

#define NAME_COLUMNS 18
#define VALUE_COLUMNS 16

/* What every neuron has its own of, beside the key that gives it. */
static const struct property {
    const char *key;
    enum dimension dimension;
    size_t offset;
} properties[] = {
    {"gain", DIMENSION_NONE, offsetof(struct population, gain)},
    {"bias", DIMENSION_NONE, offsetof(struct population, bias)},
    {"max_rates", DIMENSION_RATE, offsetof(struct population, max_rate)},
    {"intercepts", DIMENSION_NONE, offsetof(struct population, intercept)},
};

static const struct property *property_of(const struct known *known, const char *key)
{
    const struct channel *channel = known->channel;
    if (!channel || channel->wired || !channel->population || channel_is_node(channel) ||
        channel->population->model->direct)
        return NULL;
    for (size_t i = 0; i < sizeof properties / sizeof *properties; i++)
        if (strcmp(properties[i].key, key) == 0)
            return &properties[i];
    return NULL;
}

static const double *column_of(const struct population *population, const struct property *property)
{
    return *(double *const *)((const char *)population + property->offset);
}

/* "1.95 to 22.1" over the neurons, "7.8" of one. */
static void put_spread(const struct population *population, const struct property *property, char *out, size_t size)
{
    const double *value = column_of(population, property);
    char a[NUMBER_HUMAN], b[NUMBER_HUMAN];
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < population->n; i++) {
        low = fmin(low, value[i]);
        high = fmax(high, value[i]);
    }
    number_human(a, low, property->dimension);
    number_human(b, high, property->dimension);
    if (!(low <= high))
        snprintf(out, size, "none");
    else
        snprintf(out, size, strcmp(a, b) == 0 ? "%s" : "%s to %s", a, b);
}

static bool is_number(const struct parameter *row)
{
    return row->type == TYPE_QUANTITY || row->type == TYPE_COUNT || (row->type == TYPE_CHOICE && row->number_too);
}

/* What would be typed, as a number where it is one; NaN. */
static double typed_number(const struct session *session, const struct parameter *row, const char *typed)
{
    struct value value = {0};
    struct error ignored;
    double number = NAN;
    if (typed && is_number(row) && parameter_read(session, row, typed, &value, &ignored) && value.points.count <= 1 &&
        (row->type != TYPE_CHOICE || value.choice < 0))
        number = value.number;
    value_free(&value);
    return number;
}

/* The same for people: "20 ms". */
static void put_human(const struct session *session, const struct parameter *row, const char *typed, char *out,
                      size_t size)
{
    double number = typed_number(session, row, typed);
    if (row->type == TYPE_COUNT || isnan(number))
        snprintf(out, size, "%s", typed);
    else
        number_human(out, number, row->dimension);
}

/* "rates", and no number or list of them. */
static bool is_word(const char *typed)
{
    return typed && lexer_name(typed);
}

/* What a row is now; "" where nothing is known. */
static void put_present(const struct session *session, const struct known *known, const struct parameter *row,
                        char *out, size_t size)
{
    const struct property *property = property_of(known, row->name);
    out[0] = '\0';
    if (strcmp(row->name, "x") == 0 && known->channel && known->channel->population)
        snprintf(out, size, "%s", known->channel->input_text);
    else if (property && (!row->present || is_word(row->present))) {
        put_spread(known->channel->population, property, out, size);
        size_t used = strlen(out);
        if (row->present)
            snprintf(out + used, size - used, " (%s)", row->present);
    } else if (row->present)
        put_human(session, row, row->present, out, size);
}

static bool is_told(const struct session *session, const struct known *known, const struct parameter *row)
{
    char shown[256];
    if (row->positional)
        return false;
    put_present(session, known, row, shown, sizeof shown);
    return shown[0] != '\0';
}

/* ---- as a table ---- */

static void put_cell(const struct session *session, const struct parameter *row, const char *typed, const char *shown,
                     struct sheet *sheet)
{
    double number = typed_number(session, row, typed);
    if (!typed && !shown)
        sheet_blank(sheet);
    else if (isnan(number) || row->type == TYPE_COUNT)
        sheet_text(sheet, shown ? shown : typed);
    else
        sheet_number(sheet, number);
}

static void name_of(const struct known *known, const struct parameter *row, char *out, size_t size)
{
    const struct channel *channel = known->channel;
    bool own = channel && !setting_find(row->name);
    snprintf(out, size, "%s%s%s", own ? channel->name : "", own ? "." : "", row->name);
}

static void table_row(const struct session *session, const struct known *known, const struct parameter *row,
                      struct sheet *sheet)
{
    char name[SUBJECT_NAME + 64], shown[256];
    name_of(known, row, name, sizeof name);
    put_present(session, known, row, shown, sizeof shown);
    sheet_text(sheet, name);
    put_cell(session, row, row->present, is_told(session, known, row) ? shown : NULL, sheet);
    sheet_text(sheet, dimension_symbol(row->dimension));
    put_cell(session, row, row->fallback, NULL, sheet);
    sheet_text(sheet, row->help ? row->help : "");
    sheet_row(sheet);
}

static bool begin(struct sheet *sheet, struct error *error)
{
    static const char *const columns[] = {"name", "value", "unit", "default", "help", NULL};
    return sheet_header(sheet, error, columns);
}

/* ---- in words ---- */

static void say_default(const struct session *session, const struct parameter *row, struct text *out)
{
    char shown[256], bounds[96];
    parameter_bounds(row, bounds, sizeof bounds);
    if (row->fallback)
        put_human(session, row, row->fallback, shown, sizeof shown);
    if (row->fallback || bounds[0])
        text_printf(out, " (%s%s%s%s)", row->fallback ? "default " : "", row->fallback ? shown : "",
                    row->fallback && bounds[0] ? "; " : "", bounds);
}

/* "neuron 7: 4.4" */
static void say_own(const struct known *known, const struct parameter *row, struct text *out)
{
    const struct property *property = property_of(known, row->name);
    const struct channel *channel = known->channel;
    char value[NUMBER_HUMAN];
    if (!property || channel->selected < 0 || channel->population->n < 2)
        return;
    number_human(value, column_of(channel->population, property)[channel->selected], property->dimension);
    text_printf(out, "; neuron %ld has %s", channel->selected, value);
}

/* Half a line of what it is, and how it is changed. */
static void say_one(const struct session *session, const struct known *known, const struct parameter *row,
                    struct text *out)
{
    char name[SUBJECT_NAME + 64], shown[256], shape[160];
    bool setting = setting_find(row->name) != NULL;
    const char *of = known->channel && !setting ? known->channel->name : "", *blank = *of ? " " : "";
    name_of(known, row, name, sizeof name);
    put_present(session, known, row, shown, sizeof shown);
    parameter_shape(session, row, shape, sizeof shape);
    text_printf(out, "%s %s", name, shown[0] ? shown : "(not given)");
    say_own(known, row, out);
    text_printf(out, ": %s", row->help ? row->help : "");
    say_default(session, row, out);
    text_printf(out, "\n  set%s%s %s=%s changes it", blank, of, row->name, shape);
    if (is_number(row) || row->type == TYPE_RANGE)
        text_printf(out, ", knob%s%s %s turns it", blank, of, row->name);
    text_add(out, "\n");
}

static void say_row(const struct session *session, const struct known *known, const struct parameter *row,
                    struct text *out)
{
    char shown[256];
    put_present(session, known, row, shown, sizeof shown);
    text_printf(out, "  %-*s %-*s %s", NAME_COLUMNS, row->name, VALUE_COLUMNS, shown, row->help ? row->help : "");
    if (row->fallback && (!row->present || strcmp(row->present, row->fallback) != 0))
        text_printf(out, " (default %s)", row->fallback);
    text_add(out, "\n");
}

/* "A: 50 FastLIF neurons ..., x = 0"; of a recording all there is to say. */
static void say_channel(const struct channel *channel, struct text *out)
{
    char about[256];
    channel_about(channel, about, sizeof about);
    text_printf(out, "%s: %s, %s%s%s\n", channel->name, channel_kind(channel), about,
                channel->population && channel->input_text[0] ? ", x = " : "",
                channel->population ? channel->input_text : "");
}

/* ---- both ---- */

/* `own`: without the settings of the session. */
static bool put_all(const struct session *session, const struct known *known, bool own, struct sheet *sheet,
                    struct error *error)
{
    struct text *words = sheet_words(sheet);
    if (!words && !begin(sheet, error))
        return false;
    for (size_t i = 0; i < known->rows->set.count; i++) {
        const struct parameter *row = &known->rows->set.row[i];
        if (!is_told(session, known, row) || (own && setting_find(row->name)))
            continue;
        if (words)
            say_row(session, known, row, words);
        else
            table_row(session, known, row, sheet);
    }
    return true;
}

bool known_table_of(struct session *session, struct channel *channel, struct sheet *sheet, struct error *error)
{
    struct known known;
    struct text *words = sheet_words(sheet);
    known_open(&known, session, channel);
    if (words && known.channel)
        say_channel(known.channel, words);
    bool good = put_all(session, &known, channel != NULL, sheet, error);
    known_close(&known);
    return good;
}

static bool put_one(const struct session *session, const struct known *known, const char *key, struct sheet *sheet,
                    struct error *error)
{
    struct text *words = sheet_words(sheet);
    long i = parameter_set_find(&known->rows->set, "set", key, strlen(key), error);
    if (i < 0)
        return false;
    const struct parameter *row = &known->rows->set.row[i];
    if (words)
        say_one(session, known, row, words);
    else if (begin(sheet, error))
        table_row(session, known, row, sheet);
    return words || sheet_begun(sheet);
}

bool known_table(struct session *session, const char *word, struct sheet *sheet, struct error *error)
{
    struct channel *channel = NULL;
    const char *key = NULL;
    if (word)
        known_split(session, word, &channel, &key);
    if (!key)
        return known_table_of(session, channel, sheet, error);
    struct known known;
    known_open(&known, session, channel);
    bool good = put_one(session, &known, key, sheet, error);
    known_close(&known);
    return good;
}
