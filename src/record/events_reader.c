/* Each row costs two conversions, and a file has millions of rows: what nearly all cells are (a short
 * decimal, a small number met before) is tried first, everything else goes the long way round, which also
 * knows the sentences. */
#include "events_reader.h"

#include <stdlib.h>
#include <string.h>

#include "text/decimal.h"

struct events_reader *events_reader_new(const struct look *look, const struct events_columns *columns,
                                        struct harvest *harvest)
{
    struct events_reader *reader = xcalloc(1, sizeof *reader);
    reader->harvest = harvest;
    reader->columns = *columns;
    reader->needed = events_columns_last(columns) + 1;
    reader->plain = columns->population == NO_COLUMN && look->style.thousands != '.';
    harvest->time_column = columns->time;
    for (size_t c = 0; c < look->columns; c++)
        if (c != columns->time && c != columns->neuron && c != columns->population && c != columns->offset)
            harvest_leave_column(harvest, look, c);
    look_column_shown(look, columns->time, reader->time_name);
    look_column_shown(look, columns->neuron, reader->neuron_name);
    return reader;
}

bool events_reader_set_offset(struct events_reader *reader, const struct load_options *options,
                              struct error *error)
{
    struct time_unit unit = reader->harvest->unit_of_time;
    if (reader->columns.offset == NO_COLUMN || strcmp(reader->columns.unit, "steps") != 0)
        return true;
    if (options->unit && !time_unit_parse(options->unit, &unit, error))
        return false;
    reader->step = unit.times / unit.over;
    reader->plain = false;
    reader->harvest->in_seconds = true;
    return true;
}

/* Bytes of a population's name that a label holds: not so many that the neuron behind it would be cut off, not even
 * when Latin-1 takes two for each. */
#define POPULATION_MOST (LABEL_MOST / 4)

static size_t population_length(const char *text, size_t length)
{
    length = label_length(text, length);
    return length < POPULATION_MOST ? length : POPULATION_MOST;
}

/* The label of a neuron that is known by population and number. */
static uint32_t intern_pair(struct events_reader *reader, const struct field *population,
                            const struct field *neuron)
{
    if (!reader->population.bytes)
        text_append(&reader->population, population->text, population->length);
    reader->several |= reader->population.length != population->length ||
                       memcmp(reader->population.bytes, population->text, population->length) != 0;
    text_clear(&reader->key);
    text_append(&reader->key, population->text, population_length(population->text, population->length));
    text_append(&reader->key, ":", 1);
    text_append(&reader->key, neuron->text, label_length(neuron->text, neuron->length));
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

static bool read_row(struct events_reader *reader, const struct row *row, double *time, struct error *error)
{
    const struct events_columns *c = &reader->columns;
    if (row->count < reader->needed)
        return error_set(error, "%zu column%s here, but time is %s and neuron %s", row->count,
                         row->count == 1 ? "" : "s", reader->time_name, reader->neuron_name);
    if (!harvest_cell(reader->harvest, row, c->time, reader->time_name, time, error))
        return false;
    if (row->field[c->neuron].length == 0)
        return error_set(error, "no neuron in %s", reader->neuron_name);
    return reader->step == 0 || take_off(reader, row, time, error);
}

static __attribute__((noinline)) bool take_long_way(struct events_reader *reader, const struct row *row,
                                                    struct error *error)
{
    struct harvest *harvest = reader->harvest;
    const struct events_columns *c = &reader->columns;
    double time;
    if (!read_row(reader, row, &time, error))
        return false;
    const struct field *neuron = &row->field[c->neuron];
    uint32_t unit = c->population != NO_COLUMN ? intern_pair(reader, &row->field[c->population], neuron)
                                               : label_intern(&harvest->labels, neuron->text, neuron->length);
    harvest_time(harvest, time);
    return harvest_spike(harvest, time, unit, error);
}

bool events_reader_row(void *context, const struct row *row, struct error *error)
{
    struct events_reader *reader = context;
    if (row->count < reader->needed || !reader->plain)
        return take_long_way(reader, row, error);
    struct harvest *harvest = reader->harvest;
    const struct field *time_field = &row->field[reader->columns.time],
                       *neuron = &row->field[reader->columns.neuron];
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

/* With a single population its name goes. Its length in a label may differ from that in the file (Latin-1),
 * but not the number of its colons. Of several files each may hold another population: the names stay. */
void events_reader_finish(void *context)
{
    struct events_reader *reader = context;
    struct label_set *labels = &reader->harvest->labels;
    if (reader->columns.population == NO_COLUMN || reader->several || reader->harvest->several)
        return;
    const char *name = text_string(&reader->population);
    size_t colons = count_colons(name, population_length(name, reader->population.length)) + 1;
    for (size_t i = 0; i < labels->count; i++) {
        char *rest = labels->label[i];
        for (size_t n = 0; n < colons && strchr(rest, ':'); n++) /* a very long one was cut */
            rest = strchr(rest, ':') + 1;
        memmove(labels->label[i], rest, strlen(rest) + 1);
    }
}

void events_reader_close(void *context)
{
    struct events_reader *reader = context;
    text_free(&reader->population);
    text_free(&reader->key);
    free(reader);
}
