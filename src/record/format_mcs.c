/* MCS: the text that Multi Channel Systems' MC_DataTool writes, one block a channel, empty blocks for silent
 * ones:
 *
 *     MC_DataTool ASCII conversion
 *
 *     t           <TAB>Spikes 2 21 <TAB>Unit
 *     [ms]        <TAB>[uV]
 *     66108.000   <TAB>-9.45       <TAB>0
 *
 * A neuron is a channel, "21", and with sorted units other than 0 their number, "21:1". Exported with their
 * surroundings spikes are cut-outs, runs of evenly spaced samples; each run is one spike then, where its
 * voltage is largest. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "record/format_private.h"

#define CUT_OUT 4          /* samples make a run */
#define SAMPLE_MOST 0.0005 /* s between two samples of a run */

struct sample_row {
    double time, voltage;
    char unit[16];
};

struct mcs_reader {
    struct harvest *harvest;
    struct text channel; /* "" before the first block */
    struct text heads;   /* all blocks' so far, each with a line end */
    struct sample_row *run;
    size_t runs, run_capacity; /* samples in the run */
    size_t cut_outs, spikes;   /* spikes of this block */
};

static bool is_head(const struct row *row)
{
    return row->count >= 2 && strcmp(row->field[0].text, "t") == 0;
}

static bool says_spikes(const char *text)
{
    return strncmp(text, "Spikes", 6) == 0;
}

static bool sample_says_spikes(const struct look *look)
{
    for (size_t r = 0; r < look->sample.rows; r++) {
        const struct cell *first = sample_cell(&look->sample, r, 0), *second = sample_cell(&look->sample, r, 1);
        if (first && second && strcmp(sample_field(&look->sample, first).text, "t") == 0 &&
            says_spikes(sample_field(&look->sample, second).text))
            return true;
    }
    return false;
}

static bool is_conversion(const struct look *look)
{
    return look->sample.rows > 0 && sample_width(&look->sample, 0) > 0 &&
           strncmp(sample_field(&look->sample, sample_cell(&look->sample, 0, 0)).text, "MC_DataTool", 11) == 0;
}

static double mcs_shape(const struct look *look, const struct load_options *options)
{
    (void)options;
    return is_conversion(look) || sample_says_spikes(look) ? 12 : 0;
}

static void mcs_readings(const struct look *look, const struct load_options *options, struct reading_list *list)
{
    double shape = options->columns ? 0 : mcs_shape(look, options);
    if (shape > 0)
        reading_add(list, &format_mcs, shape);
}

/* "[ms]" under the first head. */
static void find_unit(const struct look *look, char unit[8])
{
    strcpy(unit, "ms");
    for (size_t r = 0; r < look->sample.rows; r++) {
        struct field first = sample_field(&look->sample, sample_cell(&look->sample, r, 0));
        if (first.length >= 3 && first.length < 8 && first.text[0] == '[' && first.text[first.length - 1] == ']') {
            snprintf(unit, 8, "%.*s", (int)first.length - 2, first.text + 1);
            if (strcmp(unit, "\xb5s") == 0 || strcmp(unit, "\xc2\xb5s") == 0)
                strcpy(unit, "us");
            return;
        }
    }
}

static void *mcs_open(const struct look *look, const struct reading *reading, const struct load_options *options,
                      struct harvest *harvest, struct error *error)
{
    char unit[8], from[COLUMN_SHOWN];
    (void)reading;
    if (options->columns) {
        error_set(error, "columns= is for events; in these blocks a column is always time, voltage or unit");
        return NULL;
    }
    if (!sample_says_spikes(look)) {
        error_set(error, "this text from MC_DataTool holds no spikes in its first blocks; export the spikes of the "
                         "recording instead of its signals");
        return NULL;
    }
    find_unit(look, unit);
    snprintf(from, sizeof from, "[%s] in the file", unit);
    if (!format_named_unit(harvest, NO_COLUMN, unit, from, options, error))
        return NULL;
    struct mcs_reader *reader = xcalloc(1, sizeof *reader);
    reader->harvest = harvest;
    return reader;
}

/* A block without spikes is a silent channel. */
static void end_block(struct mcs_reader *reader)
{
    if (reader->channel.length && reader->spikes == 0)
        label_intern(&reader->harvest->labels, reader->channel.bytes, reader->channel.length);
    reader->spikes = 0;
    text_clear(&reader->channel);
}

/* "Spikes 2 21" is channel 21, or "Spikes 2 21" when another stream has a channel 21, too. */
static void begin_block(struct mcs_reader *reader, const struct field *head)
{
    struct text line = {0}, known = {0};
    const char *name = head->text + head->length;
    while (name > head->text && name[-1] != ' ')
        name--;
    text_printf(&line, "\n%s\n", head->text);
    text_printf(&known, " %s\n", name);
    bool again = strstr(text_string(&reader->heads), line.bytes) != NULL;
    bool taken = !again && strstr(text_string(&reader->heads), known.bytes) != NULL;
    text_add(&reader->channel, taken ? head->text : name);
    if (!again)
        text_add(&reader->heads, line.bytes);
    text_free(&line);
    text_free(&known);
    harvest_restart(reader->harvest);
}

static bool take_spike(struct mcs_reader *reader, const struct sample_row *at, struct error *error)
{
    struct text label = {0};
    bool sorted = at->unit[0] && strcmp(at->unit, "0") != 0;
    text_printf(&label, "%s%s%s", reader->channel.bytes, sorted ? ":" : "", sorted ? at->unit : "");
    uint32_t unit = label_intern(&reader->harvest->labels, label.bytes, label.length);
    text_free(&label);
    harvest_time(reader->harvest, at->time);
    reader->spikes++;
    return harvest_spike(reader->harvest, at->time, unit, error);
}

static bool end_run(struct mcs_reader *reader, struct error *error)
{
    size_t n = reader->runs, peak = 0;
    bool good = true;
    reader->runs = 0;
    if (n < CUT_OUT) {
        for (size_t i = 0; i < n && good; i++)
            good = take_spike(reader, &reader->run[i], error);
        return good;
    }
    for (size_t i = 1; i < n; i++)
        if (fabs(reader->run[i].voltage) > fabs(reader->run[peak].voltage))
            peak = i;
    reader->cut_outs++;
    return take_spike(reader, &reader->run[peak], error);
}

/* Is `time` where the run would go on? */
static bool continues(const struct mcs_reader *reader, double time)
{
    const struct sample_row *run = reader->run;
    size_t n = reader->runs;
    double step = n ? time - run[n - 1].time : 0, scale = harvest_scale(reader->harvest);
    if (n == 0 || scale == 0 || !(step > 0 && step * scale <= SAMPLE_MOST))
        return false;
    return n == 1 || fabs(step - (run[1].time - run[0].time)) <= 0.05 * step;
}

static bool take_row(struct mcs_reader *reader, const struct row *row, struct error *error)
{
    struct sample_row at = {.voltage = 0};
    if (!harvest_cell(reader->harvest, row, 0, "the column of times", &at.time, error))
        return false;
    if (row->count > 1 && !field_number(&reader->harvest->style, &row->field[1], &at.voltage))
        at.voltage = 0;
    if (row->count > 2)
        snprintf(at.unit, sizeof at.unit, "%.*s", (int)label_length(row->field[2].text, row->field[2].length),
                 row->field[2].text);
    if (!continues(reader, at.time) && !end_run(reader, error))
        return false;
    xgrow(&reader->run, &reader->run_capacity, reader->runs + 1, sizeof *reader->run);
    reader->run[reader->runs++] = at;
    return true;
}

static bool mcs_row(void *context, const struct row *row, struct error *error)
{
    struct mcs_reader *reader = context;
    char shown[FIELD_SHOWN];
    if (row->count == 0)
        return end_run(reader, error);
    if (is_head(row)) {
        if (!end_run(reader, error))
            return false;
        end_block(reader);
        if (!says_spikes(row->field[1].text))
            return error_set(error, "'%s' is a signal, not spikes", field_shown(shown, &row->field[1]));
        begin_block(reader, &row->field[1]);
        return true;
    }
    if (row->field[0].text[0] == '[' || (reader->heads.length == 0 && row->count == 1))
        return true;
    if (reader->channel.length == 0)
        return error_set(error, "a row outside of the blocks of channels, which begin with t and Spikes");
    return take_row(reader, row, error);
}

static void mcs_finish(void *context)
{
    struct mcs_reader *reader = context;
    struct error error;
    if (!end_run(reader, &error))
        harvest_leave_out(reader->harvest, 0, &error);
    end_block(reader);
    if (reader->cut_outs)
        text_printf(&reader->harvest->remarks,
                    "\n%zu runs of samples are cut-outs of one spike each, taken where their "
                    "voltage is largest",
                    reader->cut_outs);
}

static void mcs_close(void *context)
{
    struct mcs_reader *reader = context;
    text_free(&reader->channel);
    text_free(&reader->heads);
    free(reader->run);
    free(reader);
}

static const struct format_private mcs = {
    .delimiter = '\t',
    .every_row = true,
    .empty_lines = true,
    .readings = mcs_readings,
    .open = mcs_open,
    .row = mcs_row,
    .finish = mcs_finish,
    .close = mcs_close,
};

const struct spike_format format_mcs = {
    .name = "mcs",
    .summary = "Multi Channel Systems' MC_DataTool: one block a channel",
    .private = &mcs,
};
