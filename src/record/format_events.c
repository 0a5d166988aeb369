/* Events: one spike a row, in any order of rows and columns. A population column makes the neuron: "cortex:12"; where
 * all rows name the same population, the number alone does. */
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "events_reader.h"
#include "record/save.h"

static int events_fit(const struct look *look, const struct load_options *options)
{
    struct events_columns columns;
    struct error ignored;
    if (options->columns)
        return 1000;
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

#define LONG 16 /* bytes of a number whose digits nobody else writes */

/* "%.17g" of a time, with zeros behind it if it needs few digits: nobody else writes so, and the reader knows by it that
 * the times are in s. */
static void write_first(char text[NUMBER_EXACT], double time)
{
    if (strlen(number_exact(text, time)) < LONG)
        snprintf(text, NUMBER_EXACT, "%#.17g", time);
}

/* Whether times look as if lifscope had written them: %.17g of each, and one at least that needs its digits or shows
 * more than it needs. */
static bool is_own_writing(const struct look *look)
{
    bool long_one = false;
    if (!has_own_header(look))
        return false;
    for (size_t r = look->data; r < look->sample.rows; r++) {
        const struct cell *cell = sample_cell(&look->sample, r, 0);
        struct field field = sample_field(&look->sample, cell);
        char exact[NUMBER_EXACT], first[NUMBER_EXACT];
        if (cell->kind != CELL_NUMBER)
            return false;
        write_first(first, cell->value);
        if (strcmp(number_exact(exact, cell->value), field.text) != 0 &&
            (r > look->data || strcmp(first, field.text) != 0))
            return false;
        long_one |= field.length >= LONG;
    }
    return long_one || look->data == look->sample.rows;
}

/* What is known of the unit before the times are: from the column's name, or because the file is one of our own. */
static bool set_unit(struct harvest *harvest, const struct look *look, const struct events_columns *columns,
                     const struct load_options *options, struct error *error)
{
    char from[COLUMN_SHOWN] = "columns=";
    bool counted = strcmp(columns->unit, "samples") == 0 || strcmp(columns->unit, "steps") == 0;
    if (options->dt > 0 && !counted)
        return error_set(error, "dt= is for dense files without a column of times, and for times in steps; this one has "
                                "a time for each spike");
    if (!columns->told && columns->unit[0])
        snprintf(from, sizeof from, "column %.40s", look_name(look, columns->time));
    if (columns->unit[0] || options->unit)
        return format_named_unit(harvest, columns->unit, from, options, error);
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
static void describe_columns(struct harvest *harvest, const struct look *look, const struct events_columns *c)
{
    snprintf(harvest->columns, sizeof harvest->columns, "column %zu time, column %zu neuron", c->time + 1,
             c->neuron + 1);
    size_t used = (size_t)snprintf(harvest->override, sizeof harvest->override, "columns=");
    for (size_t i = 0; i <= events_columns_last(c) && used < sizeof harvest->override - 10; i++)
        used += (size_t)snprintf(harvest->override + used, sizeof harvest->override - used, "%s%s", i ? "," : "",
                                 i == c->time ? "neuron" : i == c->neuron ? "time" : "-");
    const struct column_facts *time = look_facts(look, c->time);
    if (c->doubtful)
        text_printf(&harvest->remarks, "\nall numbers are whole: column %zu %s and is taken for the time, column %zu for "
                                       "the neuron; %s takes them the other way round",
                    c->time + 1, time->falls ? "rises more steadily" : "never falls", c->neuron + 1, harvest->override);
}

static void *events_open(const struct look *look, const struct load_options *options, struct harvest *harvest,
                         struct error *error)
{
    struct events_columns columns;
    if (!events_columns_find(&columns, look, options->columns, error) ||
        !set_unit(harvest, look, &columns, options, error))
        return NULL;
    struct events_reader *reader = events_reader_new(look, &columns, harvest);
    if (!events_reader_set_offset(reader, options, error)) {
        events_reader_close(reader);
        return NULL;
    }
    if (columns.guessed)
        describe_columns(harvest, look, &columns);
    return reader;
}

struct saving {
    struct csv_writer *writer;
    const struct spike_source *source;
    bool begun;
};

static void save_spike(void *context, double time, uint32_t neuron)
{
    struct saving *saving = context;
    char label[512], first[NUMBER_EXACT];
    write_first(first, time);
    if (saving->begun)
        csv_write_number(saving->writer, time);
    else
        csv_write_text(saving->writer, first);
    saving->begun = true;
    csv_write_text(saving->writer, source_label(saving->source, neuron, label, sizeof label));
    csv_write_end(saving->writer);
}

static bool events_save(struct csv_writer *writer, const struct spike_source *source, struct text *said,
                        struct error *error)
{
    (void)error;
    csv_write_text(writer, "time");
    csv_write_text(writer, "neuron");
    csv_write_end(writer);
    source_each(source, -1.0 / 0.0, 1.0 / 0.0, save_spike, &(struct saving){writer, source, false});
    save_say_lost(said, source);
    return true;
}

static const struct format_private events = {
    .row_by_row = true,
    .fit = events_fit,
    .open = events_open,
    .row = events_reader_row,
    .finish = events_reader_finish,
    .close = events_reader_close,
    .save = events_save,
};

const struct spike_format format_events = {
    .name = "events",
    .summary = "one spike a row: a time column and a neuron column",
    .private = &events,
};
