/* Events: one spike a row, in any order of rows and columns. A population column makes the neuron: "cortex:12"; where
 * all rows name the same population, the number alone does. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/xalloc.h"
#include "events_columns.h"
#include "record/format_private.h"

struct events_reader {
    struct harvest *harvest;
    struct text_style style;
    struct events_columns columns;
    size_t needed; /* cells in a row, at least */
    char time_name[COLUMN_SHOWN], neuron_name[COLUMN_SHOWN];
    struct text population; /* of the first row */
    bool several;           /* others were met */
    struct text key;        /* "cortex:12" */
};

static size_t largest_of(const struct events_columns *c)
{
    size_t last = c->time > c->neuron ? c->time : c->neuron;
    return c->population != NO_COLUMN && c->population > last ? c->population : last;
}

static int events_fit(const struct look *look, const struct load_options *options)
{
    struct events_columns columns;
    struct error ignored;
    if (options->columns)
        return 100;
    if (!events_columns_find(&columns, look, NULL, &ignored))
        return 0;
    if (!columns.guessed)
        return 100;
    return look->columns <= 5 && look->names <= 5 ? 50 : 0;
}

static bool has_own_header(const struct look *look)
{
    return look->style.delimiter == ',' && look->header == HEADER_ROW && look->names == 2 &&
           strcmp(look->name[0], "time") == 0 && strcmp(look->name[1], "neuron") == 0;
}

/* Whether times look as if lifscope had written them: %.17g of each, and one at least that needs its digits. */
static bool is_own_writing(const struct look *look)
{
    bool long_one = false;
    if (!has_own_header(look))
        return false;
    for (size_t r = look->data; r < look->sample.rows; r++) {
        const struct cell *cell = sample_cell(&look->sample, r, 0);
        struct field field = sample_field(&look->sample, cell);
        char exact[NUMBER_EXACT];
        if (cell->kind != CELL_NUMBER || strcmp(number_exact(exact, cell->value), field.text) != 0)
            return false;
        long_one |= field.length > 15;
    }
    return long_one || look->data == look->sample.rows;
}

/* What is known of the unit before the times are: from the column's name, or because the file is one of our own. */
static bool set_unit(struct harvest *harvest, const struct look *look, const struct events_columns *columns,
                     const struct load_options *options, struct error *error)
{
    if (options->unit)
        return true;
    if (strcmp(columns->unit, "samples") == 0 || strcmp(columns->unit, "steps") == 0)
        return error_set(error, "the times are counted in %s: unit=%s says how long one is", columns->unit,
                         strcmp(columns->unit, "steps") == 0 ? "steps@0.1ms" : "samples@30000");
    if (columns->unit[0]) {
        snprintf(harvest->unit_from, sizeof harvest->unit_from, "%s%.40s", columns->told ? "columns=" : "column ",
                 columns->told ? "" : look_name(look, columns->time));
        return time_unit_parse(columns->unit, &harvest->unit_of_time, error);
    }
    if (is_own_writing(look)) {
        snprintf(harvest->unit_from, sizeof harvest->unit_from, "as lifscope writes it");
        return time_unit_parse("s", &harvest->unit_of_time, error);
    }
    /* The same header may be another program's; it takes strong evidence to read it otherwise. */
    if (has_own_header(look))
        harvest->seconds_handicap = 1;
    return true;
}

/* "columns=-,id,time": the roles the other way round. */
static void describe_columns(struct harvest *harvest, const struct events_columns *c)
{
    snprintf(harvest->columns, sizeof harvest->columns, "column %zu time, column %zu neuron", c->time + 1,
             c->neuron + 1);
    size_t used = (size_t)snprintf(harvest->override, sizeof harvest->override, "columns=");
    for (size_t i = 0; i <= largest_of(c) && used < sizeof harvest->override - 10; i++)
        used += (size_t)snprintf(harvest->override + used, sizeof harvest->override - used, "%s%s", i ? "," : "",
                                 i == c->time ? "neuron" : i == c->neuron ? "time" : "-");
}

static void *events_open(const struct look *look, const struct load_options *options, struct harvest *harvest,
                         struct error *error)
{
    struct events_columns columns;
    if (options->dt > 0) {
        error_set(error, "dt= is for dense files without a column of times; this one has a time for each spike");
        return NULL;
    }
    if (!events_columns_find(&columns, look, options->columns, error) ||
        !set_unit(harvest, look, &columns, options, error))
        return NULL;
    struct events_reader *reader = xcalloc(1, sizeof *reader);
    reader->harvest = harvest;
    reader->style = look->style;
    reader->columns = columns;
    reader->needed = largest_of(&columns) + 1;
    look_column_shown(look, columns.time, reader->time_name);
    look_column_shown(look, columns.neuron, reader->neuron_name);
    if (columns.guessed)
        describe_columns(harvest, &columns);
    return reader;
}

/* The label of a neuron that is known by population and number. */
static uint32_t intern_pair(struct events_reader *reader, const struct field *population, const struct field *neuron)
{
    if (!reader->population.bytes)
        text_append(&reader->population, population->text, population->length);
    reader->several |= reader->population.length != population->length ||
                       memcmp(reader->population.bytes, population->text, population->length) != 0;
    text_clear(&reader->key);
    text_append(&reader->key, population->text, population->length);
    text_append(&reader->key, ":", 1);
    text_append(&reader->key, neuron->text, label_length(neuron->text, neuron->length));
    return label_intern(&reader->harvest->labels, reader->key.bytes, reader->key.length);
}

static bool events_row(void *context, const struct row *row, struct error *error)
{
    struct events_reader *reader = context;
    const struct events_columns *c = &reader->columns;
    double time;
    if (row->count < reader->needed)
        return error_set(error, "%zu column%s here, but time is %s and neuron %s", row->count,
                         row->count == 1 ? "" : "s", reader->time_name, reader->neuron_name);
    if (!cell_number(&reader->style, row, c->time, reader->time_name, &time, error))
        return false;
    const struct field *neuron = &row->field[c->neuron];
    if (neuron->length == 0)
        return error_set(error, "no neuron in %s", reader->neuron_name);
    harvest_time(reader->harvest, time);
    uint32_t unit = c->population == NO_COLUMN ? label_intern(&reader->harvest->labels, neuron->text, neuron->length)
                                               : intern_pair(reader, &row->field[c->population], neuron);
    return harvest_spike(reader->harvest, time, unit, error);
}

static size_t count_colons(const struct text *text)
{
    size_t n = 0;
    for (size_t i = 0; i < text->length; i++)
        n += text->bytes[i] == ':';
    return n;
}

/* With a single population its name goes. Its length in a label may differ from that in the file (Latin-1), but
 * not the number of its colons. */
static void events_finish(void *context)
{
    struct events_reader *reader = context;
    struct label_set *labels = &reader->harvest->labels;
    if (reader->columns.population == NO_COLUMN || reader->several)
        return;
    size_t colons = count_colons(&reader->population) + 1;
    for (size_t i = 0; i < labels->count; i++) {
        char *rest = labels->label[i];
        for (size_t n = 0; n < colons; n++)
            rest = strchr(rest, ':') + 1;
        memmove(labels->label[i], rest, strlen(rest) + 1);
    }
}

static void events_close(void *context)
{
    struct events_reader *reader = context;
    text_free(&reader->population);
    text_free(&reader->key);
    free(reader);
}

struct saving {
    struct csv_writer *writer;
    const struct spike_source *source;
};

static void save_spike(void *context, double time, uint32_t neuron)
{
    struct saving *saving = context;
    char label[512];
    csv_write_number(saving->writer, time);
    csv_write_text(saving->writer, source_label(saving->source, neuron, label, sizeof label));
    csv_write_end(saving->writer);
}

static void events_save(struct csv_writer *writer, const struct spike_source *source)
{
    csv_write_text(writer, "time");
    csv_write_text(writer, "neuron");
    csv_write_end(writer);
    source_each(source, -1.0 / 0.0, 1.0 / 0.0, save_spike, &(struct saving){writer, source});
}

static const struct format_private events = {
    .row_by_row = true,
    .fit = events_fit,
    .open = events_open,
    .row = events_row,
    .finish = events_finish,
    .close = events_close,
    .save = events_save,
};

const struct spike_format format_events = {
    .name = "events",
    .summary = "one spike a row: a time column and a neuron column",
    .private = &events,
};
