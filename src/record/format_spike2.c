/* Spike2: the text that CED's Spike2 exports, one block a channel:
 *
 *     "INFORMATION"
 *     "slice7.smr"
 *     "SUMMARY"
 *     "1" <TAB> "Evt+" <TAB> "unit1" <TAB> "Sec"
 *
 *     "CHANNEL" <TAB> "1"
 *     "Evt+"
 *     "No comment"
 *     "unit1"
 *
 *     "START" <TAB> 0.00000
 *     0.86245
 *
 * A neuron is a channel of events, by its title. Channels of waveforms are left out. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "record/format_private.h"

#define HEADS 3 /* lines of a block that say what it is: kind, comment, title */
#define NOBODY UINT32_MAX

struct spike2_reader {
    struct harvest *harvest;
    size_t heads;    /* of this block so far; HEADS before the first one */
    char number[24]; /* of the channel */
    bool signal;
    uint32_t unit;
    size_t signals; /* blocks */
};

static const char *first_text(const struct look *look, size_t row)
{
    const struct cell *cell = sample_cell(&look->sample, row, 0);
    return cell ? sample_field(&look->sample, cell).text : "";
}

static void spike2_readings(const struct look *look, const struct load_options *options, struct reading_list *list)
{
    bool information = look->sample.rows > 0 && strstr(first_text(look, 0), "INFORMATION") != NULL, channel = false;
    for (size_t r = 0; r < look->sample.rows; r++)
        channel |= strncmp(first_text(look, r) + (first_text(look, r)[0] == '"'), "CHANNEL", 7) == 0;
    if (!options->columns && channel && information)
        reading_add(list, &format_spike2, 2 * NAMED_FORM);
}

static void *spike2_open(const struct look *look, const struct reading *reading, const struct load_options *options,
                         struct harvest *harvest, struct error *error)
{
    (void)look;
    (void)reading;
    if (options->columns) {
        error_set(error, "columns= is for events; in these blocks a line is a time");
        return NULL;
    }
    if (!format_named_unit(harvest, NO_COLUMN, "s", "as Spike2 exports", options, error))
        return NULL;
    struct spike2_reader *reader = xcalloc(1, sizeof *reader);
    reader->harvest = harvest;
    reader->heads = HEADS;
    reader->unit = NOBODY;
    harvest->in_order = true;
    harvest->counted = "times";
    return reader;
}

static bool is_taken(const struct label_set *labels, const char *title)
{
    for (size_t i = 0; i < labels->count; i++)
        if (strcmp(labels->label[i], title) == 0)
            return true;
    return false;
}

static void take_head(struct spike2_reader *reader, const char *text)
{
    static const char *const kinds[] = {"evt", "event", "marker", "wavemark", "textmark", "level"};
    struct label_set *labels = &reader->harvest->labels;
    struct text label = {0};
    if (reader->heads++ == 0) {
        reader->signal = true;
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
            reader->signal &= strncasecmp(text, kinds[i], strlen(kinds[i])) != 0;
        reader->signals += reader->signal;
    }
    if (reader->heads < HEADS || reader->signal)
        return;
    if (text[0] == '\0' || is_taken(labels, text))
        text_printf(&label, "%s%s", reader->number, text[0] ? ":" : "");
    text_add(&label, text);
    reader->unit = (uint32_t)labels->count;
    label_append(labels, label.bytes, label.length);
    text_free(&label);
    harvest_restart(reader->harvest);
}

static bool spike2_row(void *context, const struct row *row, struct error *error)
{
    struct spike2_reader *reader = context;
    double time;
    if (row->count == 0)
        return true;
    const char *text = row->field[0].text;
    if (strcmp(text, "CHANNEL") == 0) {
        snprintf(reader->number, sizeof reader->number, "%.20s", row->count > 1 ? row->field[1].text : "");
        reader->heads = 0;
        reader->unit = NOBODY;
        return true;
    }
    if (reader->heads < HEADS) {
        take_head(reader, text);
        return true;
    }
    if (reader->unit == NOBODY || strcmp(text, "START") == 0 || strcmp(text, "END") == 0)
        return true;
    if (!harvest_cell(reader->harvest, row, 0, "a block of times", &time, error))
        return false;
    harvest_time(reader->harvest, time);
    return harvest_spike(reader->harvest, time, reader->unit, error);
}

static void spike2_finish(void *context)
{
    struct spike2_reader *reader = context;
    if (reader->signals)
        text_printf(&reader->harvest->remarks, "\n%zu channel%s of waveforms %s left out", reader->signals,
                    reader->signals == 1 ? "" : "s", reader->signals == 1 ? "is" : "are");
}

static const struct format_private spike2 = {
    .delimiter = '\t',
    .every_row = true,
    .preface = true,
    .readings = spike2_readings,
    .open = spike2_open,
    .row = spike2_row,
    .finish = spike2_finish,
    .close = free,
};

const struct spike_format format_spike2 = {
    .name = "spike2",
    .summary = "Spike2's text export: one block a channel, times in s",
    .private = &spike2,
};
