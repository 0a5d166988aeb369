/* Axion's spike lists: the spikes stand in the columns "Time (s)", "Electrode", "Amplitude(mV)"; beside their
 * first rows columns 1 and 2 hold what is known of the recording, and under the last spike tables about the
 * wells follow:
 *
 *     Investigator,,Time (s),Electrode,Amplitude(mV)
 *     Sampling Frequency,12.5 kHz,0.00216,D3_31,0.0159
 *     ,,0.00488,A1_12,0.0213
 *     Well Information
 */
#include <stdlib.h>
#include <string.h>

#include "events_reader.h"
#include "events_readings.h"

struct axion_reader {
    struct events_reader *events;
    bool ended;
};

static void axion_readings(const struct look *look, const struct load_options *options, struct reading_list *list)
{
    struct reading_columns columns;
    struct error ignored;
    if (look_has_name(look, "times") && look_has_name(look, "electrode") &&
        (look_has_name(look, "amplitudemv") || look_has_name(look, "investigator")) &&
        events_named(&columns, look, options, &ignored))
        reading_add(list, &format_axion, NAMED_FORM)->columns = columns;
}

static void *axion_open(const struct look *look, const struct reading *reading, const struct load_options *options,
                        struct harvest *harvest, struct error *error)
{
    struct reading_columns columns;
    (void)reading;
    if (!events_named(&columns, look, options, error) ||
        !format_named_unit(harvest, columns.time, "s", "column Time (s)", options, error))
        return NULL;
    struct axion_reader *reader = xcalloc(1, sizeof *reader);
    reader->events = events_reader_new(look, &columns, harvest);
    return reader;
}

/* Rows that hold something about the recording and no spike. */
static bool is_metadata(const struct reading_columns *c, const struct row *row)
{
    bool time = row->count > c->time && row->field[c->time].length > 0;
    bool electrode = row->count > c->id[c->ids - 1] && row->field[c->id[c->ids - 1]].length > 0;
    return !time && !electrode;
}

static bool axion_row(void *context, const struct row *row, struct error *error)
{
    struct axion_reader *reader = context;
    static const char footer[] = "Well Information";
    reader->ended |= strncmp(row->field[0].text, footer, sizeof footer - 1) == 0;
    if (reader->ended || is_metadata(&reader->events->columns, row))
        return true;
    return events_reader_row(reader->events, row, error);
}

static void axion_close(void *context)
{
    struct axion_reader *reader = context;
    events_reader_close(reader->events);
    free(reader);
}

static const struct format_private axion = {
    .row_by_row = true,
    .readings = axion_readings,
    .open = axion_open,
    .row = axion_row,
    .close = axion_close,
};

const struct spike_format format_axion = {
    .name = "axion",
    .summary = "Axion spike lists: time in s and electrode, beside columns about the recording",
    .private = &axion,
};
