/* SONATA: timestamps, population, node_ids, parted by blanks and in any order of rows. Numbers count from 0
 * in each population, so both make the neuron. Times are in ms by its definition. */
#include "events_reader.h"

static int sonata_fit(const struct look *look, const struct load_options *options)
{
    (void)options;
    return look_has_name(look, "timestamps") && look_has_name(look, "nodeids") ? 110 : 0;
}

static void *sonata_open(const struct look *look, const struct load_options *options, struct harvest *harvest,
                         struct error *error)
{
    struct events_columns columns;
    if (!events_columns_find(&columns, look, options->columns, error))
        return NULL;
    if (!format_named_unit(harvest, columns.unit[0] ? columns.unit : "ms", "as SONATA defines", options,
                           error))
        return NULL;
    return events_reader_new(look, &columns, harvest);
}

static const struct format_private sonata = {
    .row_by_row = true,
    .fit = sonata_fit,
    .open = sonata_open,
    .row = events_reader_row,
    .finish = events_reader_finish,
    .close = events_reader_close,
};

const struct spike_format format_sonata = {
    .name = "sonata",
    .summary = "SONATA: timestamps in ms, population and node_ids, which make the neuron together",
    .private = &sonata,
};
