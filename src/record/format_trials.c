/* Trials: a row a trial and a column a bin of time, whose cell is 0 or the number of the neuron that fired in
 * it; before and behind the bins stand labels of the trial, which are left out. The trials follow one another
 * on the time axis: bin b of trial k is at k * bins + b. How long a bin is the file does not say; it is 1 ms
 * unless dt= or unit= says else.
 *
 * Such a matrix is told from samples of neurons by what its cells hold: rows of one number each, or numbers
 * that are too many and too large for counts. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "record/format_private.h"
#include "text/column_name.h"

#define LEAST_BINS 50
#define FITS 9.6       /* with dt= more than samples of neurons do */
#define USUAL_BIN 1e-3 /* s */

struct trials_reader {
    struct harvest *harvest;
    const struct look *look; /* outlives the reader */
    size_t first, bins;      /* columns */
    size_t trials;
};

/* Columns that are mostly 0, and what stands between them. */
static size_t find_bins(const struct look *look, size_t *first)
{
    size_t end = 0;
    *first = 0;
    for (size_t c = 0; c < look->columns; c++)
        if (2 * look->column[c].zeros > look->column[c].cells) {
            *first = end ? *first : c;
            end = c + 1;
        }
    return end - *first;
}

/* The cells of the bins that are not 0. */
struct hits {
    size_t cells, count, ones;
    size_t rows, uniform_rows; /* with two hits at least; of these, with all the same */
    double least, most;
};

static void add_row(struct hits *hits, const struct look *look, size_t row, size_t first, size_t bins)
{
    size_t here = 0;
    double least = INFINITY, most = -INFINITY;
    for (size_t c = first; c < first + bins && c < sample_width(&look->sample, row); c++) {
        double value = sample_cell(&look->sample, row, c)->value;
        hits->cells++;
        if (value == 0 || !isfinite(value))
            continue;
        here++;
        hits->ones += value == 1;
        least = value < least ? value : least;
        most = value > most ? value : most;
    }
    hits->count += here;
    hits->rows += here > 1;
    hits->uniform_rows += here > 1 && least == most;
    hits->least = least < hits->least ? least : hits->least;
    hits->most = most > hits->most ? most : hits->most;
}

static bool has_times(const struct look *look)
{
    for (size_t c = 0; c < look->names; c++)
        if (look_role(look, c) == ROLE_TIME)
            return true;
    return false;
}

static double trials_shape(const struct look *look, const struct load_options *options)
{
    struct hits hits = {.least = INFINITY, .most = -INFINITY};
    size_t first, bins = find_bins(look, &first);
    (void)options;
    if (bins < LEAST_BINS || (has_times(look) && bins + 1 >= look->columns))
        return 0;
    for (size_t r = look->data; r < look->sample.rows; r++)
        add_row(&hits, look, r, first, bins);
    bool sparse = 10 * hits.count <= 2 * hits.cells;
    bool uniform = hits.rows > 0 && 10 * hits.uniform_rows >= 8 * hits.rows;
    bool large = 10 * hits.ones < 3 * hits.count && hits.most >= 3;
    return sparse && hits.least >= 1 && hits.least < hits.most && (uniform || large) ? FITS : 0;
}

static void trials_readings(const struct look *look, const struct load_options *options, struct reading_list *list)
{
    double shape = options->columns ? 0 : trials_shape(look, options);
    if (shape > 0)
        reading_add(list, &format_trials, shape);
}

static bool set_unit(struct harvest *harvest, const struct load_options *options, struct error *error)
{
    struct load_options with_dt = *options;
    bool assumed = options->dt == 0 && !options->unit;
    if (assumed)
        with_dt.dt = USUAL_BIN;
    if (!format_named_unit(harvest, NO_COLUMN, "steps", "", &with_dt, error))
        return false;
    if (assumed) {
        strcpy(harvest->unit_from, UNIT_ASSUMED);
        strcpy(harvest->override, "dt=2ms");
    }
    return true;
}

static void *trials_open(const struct look *look, const struct reading *reading, const struct load_options *options,
                         struct harvest *harvest, struct error *error)
{
    struct trials_reader plan = {.harvest = harvest, .look = look};
    plan.bins = find_bins(look, &plan.first);
    (void)reading;
    if (options->columns) {
        error_set(error, "columns= is for events; in a matrix of trials each column is a bin");
        return NULL;
    }
    if (plan.bins == 0) {
        error_set(error, "no column is mostly 0 here, as the bins of trials are");
        return NULL;
    }
    if (!set_unit(harvest, options, error))
        return NULL;
    harvest->counted = "trials";
    struct trials_reader *reader = xcalloc(1, sizeof *reader);
    *reader = plan;
    return reader;
}

static bool trials_row(void *context, const struct row *row, struct error *error)
{
    struct trials_reader *reader = context;
    struct harvest *harvest = reader->harvest;
    double start = (double)reader->bins * (double)reader->trials++, value;
    size_t spikes = harvest->spikes;
    char name[COLUMN_SHOWN];
    if (row->count < reader->first + reader->bins)
        return error_set(error, "%zu columns here, but bins up to column %zu", row->count,
                         reader->first + reader->bins);
    for (size_t b = 0; b < reader->bins; b++) {
        size_t column = reader->first + b;
        const struct field *field = &row->field[column];
        bool good = harvest_number(harvest, row, column, look_column_shown(reader->look, column, name), &value, error);
        if (!good ||
            (value != 0 && !harvest_spike(harvest, start + (double)b,
                                          label_intern(&harvest->labels, field->text, field->length), error))) {
            harvest->spikes = spikes; /* the trial as a whole is left out */
            return false;
        }
    }
    harvest_time(harvest, start);
    harvest->largest = start + (double)reader->bins - 1;
    return true;
}

static void trials_finish(void *context)
{
    struct trials_reader *reader = context;
    size_t labels = reader->look->columns - reader->bins;
    struct text *remarks = &reader->harvest->remarks;
    text_printf(remarks, "\n%zu trial%s of %zu bins follow one another, columns %zu to %zu", reader->trials,
                reader->trials == 1 ? "" : "s", reader->bins, reader->first + 1, reader->first + reader->bins);
    if (labels)
        text_printf(remarks, "; %zu column%s beside them %s left out", labels, labels == 1 ? "" : "s",
                    labels == 1 ? "is" : "are");
}

static const struct format_private trials = {
    .alone = true,
    .readings = trials_readings,
    .open = trials_open,
    .row = trials_row,
    .finish = trials_finish,
    .close = free,
};

const struct spike_format format_trials = {
    .name = "trials",
    .summary = "one trial a row, one bin of time a column: 0 or the number of the neuron that fired",
    .private = &trials,
};
