/* Each row costs two conversions, and a file has millions of rows: what nearly all cells are (a short
 * decimal, a small number met before) is tried first, everything else goes the long way round, which also
 * knows the sentences. */
#include "events_reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "text/decimal.h"

static size_t last_column(const struct reading_columns *columns)
{
    size_t last = columns->time;
    for (size_t i = 0; i < columns->ids; i++)
        last = columns->id[i] > last ? columns->id[i] : last;
    return columns->offset != NO_COLUMN && columns->offset > last ? columns->offset : last;
}

/* "columns 2 and 3" */
static void name_neuron(const struct look *look, const struct reading_columns *columns, char name[COLUMN_SHOWN])
{
    if (columns->ids == 1) {
        look_column_shown(look, columns->id[0], name);
        return;
    }
    size_t used = (size_t)snprintf(name, COLUMN_SHOWN, "columns");
    for (size_t i = 0; i < columns->ids && used < COLUMN_SHOWN; i++)
        used += (size_t)snprintf(name + used, COLUMN_SHOWN - used, "%s%zu",
                                 i == 0                  ? " "
                                 : i + 1 == columns->ids ? " and "
                                                         : ", ",
                                 columns->id[i] + 1);
}

struct events_reader *events_reader_new(const struct look *look, const struct reading_columns *columns,
                                        struct harvest *harvest)
{
    struct events_reader *reader = xcalloc(1, sizeof *reader);
    reader->harvest = harvest;
    reader->columns = *columns;
    reader->needed = last_column(columns) + 1;
    reader->plain = columns->ids == 1 && look->style.thousands != '.';
    reader->by_lines = events_reader_reads_lines(reader, look);
    harvest->time_column = columns->time;
    for (size_t c = 0; c < look->columns; c++)
        if (!reading_uses(columns, c))
            harvest_leave_column(harvest, look, c);
    look_column_shown(look, columns->time, reader->time_name);
    name_neuron(look, columns, reader->neuron_name);
    return reader;
}

bool events_reader_set_offset(struct events_reader *reader, const struct load_options *options, struct error *error)
{
    struct time_unit unit = reader->harvest->unit_of_time;
    if (reader->columns.offset == NO_COLUMN || strcmp(reader->columns.unit, "steps") != 0)
        return true;
    if (options->unit && !time_unit_parse(options->unit, &unit, error))
        return false;
    reader->step = unit.times / unit.over;
    reader->plain = reader->by_lines = false;
    reader->harvest->in_seconds = true;
    return true;
}

/* Bytes of a group's name that a label holds: not so many that the neuron behind them would be cut off, not even when
 * Latin-1 takes two for each. */
#define GROUP_MOST (LABEL_MOST / 4)

static size_t group_length(const struct events_reader *reader, const char *text, size_t length)
{
    size_t most = GROUP_MOST / (reader->columns.ids - 1);
    length = label_length(text, length);
    return length < most ? length : most;
}

static void note_id(struct events_reader *reader, size_t i, const struct field *field)
{
    struct text *first = &reader->first[i];
    if (!reader->any)
        text_append(first, field->text, field->length);
    else if (!reader->several[i])
        reader->several[i] = first->length != field->length || memcmp(first->bytes, field->text, field->length) != 0;
}

/* The label of a neuron that several columns name together. */
static uint32_t intern_joint(struct events_reader *reader, const struct row *row)
{
    const struct reading_columns *c = &reader->columns;
    text_clear(&reader->key);
    for (size_t i = 0; i < c->ids; i++) {
        const struct field *field = &row->field[c->id[i]];
        bool last = i + 1 == c->ids;
        note_id(reader, i, field);
        text_append(&reader->key, field->text,
                    last ? label_length(field->text, field->length) : group_length(reader, field->text, field->length));
        if (!last)
            text_append(&reader->key, ":", 1);
    }
    reader->any = true;
    return label_intern(&reader->harvest->labels, reader->key.bytes, reader->key.length);
}

/* NEST's time in steps is the end of the step, and the offset the way back from there. */
static bool take_off(struct events_reader *reader, const struct row *row, double *time, struct error *error)
{
    char name[] = "the column of offsets";
    double offset;
    if (!harvest_number(reader->harvest, row, reader->columns.offset, name, &offset, error))
        return false;
    *time = *time * reader->step - offset / 1e3;
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "Total" below the last row of a report, where neurons are numbers. */
static bool is_foot(const struct label_set *labels, const struct field *field)
{
    static const char *const words[] = {"total",   "totals",  "grand total", "sum",   "subtotal", "mean",
                                        "average", "median",  "count",       "summe", "gesamt",   "mittelwert",
                                        "somme",   "moyenne", "suma",        "totale"};
    const char *last = labels->count ? labels->label[labels->count - 1] : "";
    if (field->length == 0 || is_digit(field->text[0]) || !is_digit(last[0]))
        return false;
    size_t length = field->length - (field->length > 0 && field->text[field->length - 1] == ':');
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == length && strncasecmp(words[i], field->text, length) == 0)
            return true;
    return false;
}

static bool read_row(struct events_reader *reader, const struct row *row, double *time, struct error *error)
{
    const struct reading_columns *c = &reader->columns;
    if (row->count < reader->needed)
        return error_set(error, "%zu column%s here, but time is %s and neuron %s", row->count,
                         row->count == 1 ? "" : "s", reader->time_name, reader->neuron_name);
    if (!harvest_cell(reader->harvest, row, c->time, reader->time_name, time, error))
        return false;
    if (row->field[c->id[c->ids - 1]].length == 0)
        return error_set(error, "no neuron in %s", reader->neuron_name);
    for (size_t i = 0; i < c->ids; i++)
        if (is_foot(&reader->harvest->labels, &row->field[c->id[i]])) {
            char shown[FIELD_SHOWN];
            return error_set(error, "'%s' in %s is the foot of a report and no neuron",
                             field_shown(shown, &row->field[c->id[i]]), reader->neuron_name);
        }
    return reader->step == 0 || take_off(reader, row, time, error);
}

static __attribute__((noinline)) bool take_long_way(struct events_reader *reader, const struct row *row,
                                                    struct error *error)
{
    struct harvest *harvest = reader->harvest;
    const struct reading_columns *c = &reader->columns;
    double time;
    if (!read_row(reader, row, &time, error))
        return false;
    const struct field *neuron = &row->field[c->id[0]];
    uint32_t unit =
        c->ids > 1 ? intern_joint(reader, row) : label_intern(&harvest->labels, neuron->text, neuron->length);
    harvest_time(harvest, time);
    return harvest_spike(harvest, time, unit, error);
}

bool events_reader_row(void *context, const struct row *row, struct error *error)
{
    struct events_reader *reader = context;
    if (row->count < reader->needed || !reader->plain)
        return take_long_way(reader, row, error);
    struct harvest *harvest = reader->harvest;
    const struct field *time_field = &row->field[reader->columns.time], *neuron = &row->field[reader->columns.id[0]];
    double time;
    uint32_t unit;
    if (!decimal_short(time_field->text, time_field->length, harvest->shift, &time) ||
        !label_known(&harvest->labels, neuron->text, neuron->length, &unit))
        return take_long_way(reader, row, error);
    harvest_time(harvest, time);
    return harvest_spike(harvest, time, unit, error);
}

static size_t count_colons(const char *text, size_t length)
{
    size_t n = 0;
    for (size_t i = 0; i < length; i++)
        n += text[i] == ':';
    return n;
}

/* Groups that are the same in all rows go, as far as they stand first: a single population. Their length in a label may
 * differ from that in the file (Latin-1), but not the number of their colons. Of several files each may hold another
 * group: the names stay. */
void events_reader_finish(void *context)
{
    struct events_reader *reader = context;
    struct label_set *labels = &reader->harvest->labels;
    size_t colons = 0;
    for (size_t k = 0; k + 1 < reader->columns.ids && !reader->several[k]; k++) {
        const char *name = text_string(&reader->first[k]);
        colons += count_colons(name, group_length(reader, name, reader->first[k].length)) + 1;
    }
    for (size_t i = 0; i < labels->count && !reader->harvest->several; i++) {
        char *rest = labels->label[i];
        for (size_t n = 0; n < colons && strchr(rest, ':'); n++) /* a very long one was cut */
            rest = strchr(rest, ':') + 1;
        memmove(labels->label[i], rest, strlen(rest) + 1);
    }
}

void events_reader_close(void *context)
{
    struct events_reader *reader = context;
    for (size_t i = 0; i < ID_MOST; i++)
        text_free(&reader->first[i]);
    text_free(&reader->key);
    free(reader);
}
