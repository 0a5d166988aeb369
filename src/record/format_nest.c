/* NEST: what its spike recorders write. NEST 3: two lines of comment and "sender<TAB>time_ms", which old
 * versions hide in a comment, or sender, time_step, time_offset, where the time is time_step * resolution -
 * time_offset; more columns may follow. NEST 2 (.gdf): the number of the neuron and the time in ms, without
 * any header. One file for each thread of a run, and inside one not sorted by less than the shortest delay.
 */
#include <stdio.h>
#include <string.h>

#include "base/stop.h"
#include "columns_told.h"
#include "events_reader.h"
#include "events_readings.h"
#include "record/save.h"
#include "text/decimal.h"

static bool is_nest(const struct look *look)
{
    bool says = strncmp(look->comment, "# NEST", 6) == 0 || strncmp(look->comment, "# RecordingBackend", 18) == 0;
    bool times = look_has_name(look, "timems") || look_has_name(look, "timestep");
    return look_has_name(look, "sender") && (times || (says && look_has_name(look, "time")));
}

/* Without names: NEST 2. */
static bool find_columns(struct reading_columns *columns, const struct look *look, const struct load_options *options,
                         struct error *error)
{
    if (look->names > 0 || options->columns)
        return events_named(columns, look, options, error);
    return columns_told(columns, look, "gid,time", false, error);
}

/* As nest_save writes it, and NEST's spike recorders do. */
static bool has_two_columns(const struct look *look)
{
    return look->style.delimiter == '\t' && look->names == 2 && strcmp(look->name[0], "sender") == 0 &&
           strcmp(look->name[1], "time_ms") == 0;
}

static void nest_readings(const struct look *look, const struct load_options *options, struct reading_list *list)
{
    struct reading_columns columns;
    struct error ignored;
    if (is_nest(look) && find_columns(&columns, look, options, &ignored))
        reading_add(list, &format_nest, has_two_columns(look) ? OWN_FORM : NAMED_FORM)->columns = columns;
}

static void *nest_open(const struct look *look, const struct reading *reading, const struct load_options *options,
                       struct harvest *harvest, struct error *error)
{
    struct reading_columns columns;
    char from[COLUMN_SHOWN] = "as NEST writes";
    (void)reading;
    if (!find_columns(&columns, look, options, error))
        return NULL;
    if (columns.unit[0] == '\0')
        strcpy(columns.unit, "ms");
    else
        snprintf(from, sizeof from, "column %.40s", look_name(look, columns.time));
    if (!format_named_unit(harvest, columns.time, columns.unit, from, options, error))
        return NULL;
    struct events_reader *reader = events_reader_new(look, &columns, harvest);
    if (events_reader_set_offset(reader, options, error))
        return reader;
    events_reader_close(reader);
    return NULL;
}

struct saving {
    struct csv_writer *writer;
    const struct spike_source *source;
};

static void save_spike(void *context, double time, uint32_t neuron)
{
    struct saving *saving = context;
    char label[512], ms[DECIMAL_TEXT];
    if (stop_requested())
        return; /* the rest of the walk costs little */
    csv_write_text(saving->writer, source_label(saving->source, neuron, label, sizeof label));
    csv_write_text(saving->writer, decimal_shortest(ms, time, 3));
    csv_write_end(saving->writer);
}

static bool nest_save(struct csv_writer *writer, const struct spike_source *source, struct text *said,
                      struct error *error)
{
    (void)error;
    csv_writer_delimiter(writer, '\t');
    csv_write_text(writer, "sender");
    csv_write_text(writer, "time_ms");
    csv_write_end(writer);
    source_each(source, -1.0 / 0.0, 1.0 / 0.0, save_spike, &(struct saving){writer, source});
    save_say_lost(said, source);
    return true;
}

static const struct format_private nest = {
    .row_by_row = true,
    .readings = nest_readings,
    .open = nest_open,
    .row = events_reader_row,
    .lines = events_reader_lines,
    .finish = events_reader_finish,
    .close = events_reader_close,
    .save = nest_save,
};

const struct spike_format format_nest = {
    .name = "nest",
    .summary = "NEST's recorders: sender and time in ms, or in steps with dt=; .gdf files with format=nest",
    .private = &nest,
};
