/* SONATA: timestamps, population, node_ids, parted by blanks and in any order of rows. Numbers count from 0
 * in each population, so both make the neuron. Times are in ms by its definition. */
#include "events_reader.h"
#include "events_readings.h"

static void sonata_readings(const struct look *look, const struct load_options *options, struct reading_list *list)
{
    struct reading_columns columns;
    struct error ignored;
    if (look_has_name(look, "timestamps") && look_has_name(look, "nodeids") &&
        events_named(&columns, look, options, &ignored))
        reading_add(list, &format_sonata, NAMED_FORM)->columns = columns;
}

static void *sonata_open(const struct look *look, const struct reading *reading, const struct load_options *options,
                         struct harvest *harvest, struct error *error)
{
    struct reading_columns columns;
    (void)reading;
    if (!events_named(&columns, look, options, error))
        return NULL;
    if (!format_named_unit(harvest, columns.time, columns.unit[0] ? columns.unit : "ms", "as SONATA defines", options,
                           error))
        return NULL;
    return events_reader_new(look, &columns, harvest);
}

static const struct format_private sonata = {
    .row_by_row = true,
    .readings = sonata_readings,
    .open = sonata_open,
    .row = events_reader_row,
    .lines = events_reader_lines,
    .finish = events_reader_finish,
    .close = events_reader_close,
};

const struct spike_format format_sonata = {
    .name = "sonata",
    .summary = "SONATA: timestamps in ms, population and node_ids, which make the neuron together",
    .private = &sonata,
};
