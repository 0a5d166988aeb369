/* Loading: look ahead, let every format say how well it fits, read all rows with the best one, settle the unit of time
 * from what was read, build the recording, and say what was decided. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/word.h"
#include "base/xalloc.h"
#include "record/format.h"
#include "record/format_private.h"
#include "record/input.h"
#include "record/report.h"

#define MOST_COLUMNS 4096 /* in a file of one row */

struct loading {
    const char *name;
    const struct load_options *options;
    struct look look;
    const struct spike_format *format;
    struct harvest harvest;
    void *reader;
    bool header; /* the next row is the header */
};

/* What happens to a row that cannot be read is decided here and nowhere else: it refuses the file. */
static bool tolerate_row(const struct loading *loading)
{
    (void)loading;
    return false;
}

static bool take_row(void *context, const struct row *row, struct error *error)
{
    struct loading *loading = context;
    if (loading->header) {
        loading->header = false;
        return true;
    }
    return loading->format->private->row(loading->reader, row, error) || tolerate_row(loading);
}

static bool read_look_options(const struct load_options *options, struct look_options *look, struct error *error)
{
    static const char *const delimiter_names[] = {"comma", "semicolon", "tab", "space"};
    static const char *const switch_names[] = {"off", "on"};
    const struct word_list delimiters = {"delimiter", 4, word_plain, delimiter_names};
    const struct word_list switches = {"header", 2, word_plain, switch_names};
    if (options->delimiter) {
        long found = word_find(&delimiters, options->delimiter, strlen(options->delimiter), error);
        if (found < 0)
            return false;
        look->delimiter = ",;\t "[found];
    }
    if (options->header) {
        long found = word_find(&switches, options->header, strlen(options->header), error);
        if (found < 0)
            return false;
        look->header = found ? 1 : -1;
    }
    return true;
}

/* Nothing fits: the sentence says what the file looks like instead. */
static bool explain_misfit(const struct look *look, struct error *error)
{
    size_t numbers = 0, zeros = 0, cells = 0;
    for (size_t c = 0; c < look->columns; c++) {
        numbers += look->column[c].numbers;
        zeros += look->column[c].zeros;
        cells += look->column[c].cells;
    }
    if (cells == 0)
        return error_set(error, "there is a header here and no spike under it");
    if (4 * numbers < cells)
        return error_set(error, "there are mostly words here; a table of spikes has times and neurons");
    if (look->columns == 1)
        return error_set(error, "there is one column here; spikes need a column of times and one of neurons");
    for (size_t r = look->data + 1; r < look->sample.rows; r++)
        if (sample_width(&look->sample, r) != sample_width(&look->sample, look->data) && look->columns > 5)
            return error_set(error, "%zu numbers here and %zu in line %zu; rows of different length, as of one train a "
                                    "line, are not read: a row is one spike (time, neuron) or one sample of all neurons",
                             sample_width(&look->sample, look->data), sample_width(&look->sample, r),
                             look->sample.line[r]);
    if (2 * zeros > cells)
        return error_set(error, "mostly zeros, and no column rises as times do; dt=1ms makes each row a sample");
    return error_set(error, "no columns of times and neurons are found; columns=time,neuron says where they are, "
                            "format=dense that each column is a neuron");
}

static bool choose_format(struct loading *loading, struct error *error)
{
    const struct look *look = &loading->look;
    int best = 0;
    if (look->sample.rows == 1 && look->columns > MOST_COLUMNS)
        return error_set(error, "%zu columns in a single row: the line ends seem to be lost", look->columns);
    if (loading->format)
        return true;
    if (loading->options->stimulus && format_dense.private->fit(look, loading->options) > 0) {
        loading->format = &format_dense; /* only rows that are samples have room for one */
        return true;
    }
    for (size_t i = 0; i < spike_format_count; i++) {
        int fit = spike_formats[i]->private->fit(look, loading->options);
        if (fit > best) {
            best = fit;
            loading->format = spike_formats[i];
        }
    }
    return loading->format || explain_misfit(look, error);
}

static bool check_stimulus(const struct loading *loading, struct error *error)
{
    const char *stimulus = loading->options->stimulus;
    if (!stimulus || loading->format == &format_dense)
        return true;
    return error_set(error, "stimulus=%.60s is a column of a dense file, but this is read as %s; a stimulus in a file of "
                            "its own is stimulus=@FILE", stimulus, loading->format->name);
}

static bool open_reader(struct loading *loading, struct error *error)
{
    const struct look *look = &loading->look;
    if (choose_format(loading, error) && check_stimulus(loading, error))
        loading->reader = loading->format->private->open(look, loading->options, &loading->harvest, error);
    if (!loading->reader)
        return error_prefix(error, "%s:%zu: ", loading->name, look->sample.line[0]);
    loading->header = look->header == HEADER_ROW;
    return true;
}

static bool read_rows(struct loading *loading, struct input *input, struct error *error)
{
    const struct progress *progress = &loading->options->progress;
    struct rows *rows = rows_new(loading->name, &loading->look.style, take_row, loading);
    const char *bytes;
    size_t length;
    bool good = true;
    do {
        if (progress->stop && progress->stop(progress->context, input_fraction(input)))
            good = error_set(error, "%s: interrupted", loading->name);
        good = good && input_next(input, &bytes, &length, error) && rows_feed(rows, bytes, length, error);
    } while (good && length > 0);
    good = good && rows_finish(rows, error);
    rows_free(rows);
    if (good)
        loading->format->private->finish(loading->reader);
    return good;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The recording in the file's unit; takes what was harvested. */
static struct recording *build(struct harvest *h)
{
    if (!h->in_order) {
        uint32_t *rank = label_sort(&h->labels);
        for (size_t i = 0; i < h->spikes; i++)
            h->unit[i] = rank[h->unit[i]];
        free(rank);
    }
    h->time = xreallocarray(h->time, h->spikes, sizeof *h->time);
    h->unit = xreallocarray(h->unit, h->spikes, sizeof *h->unit);
    struct recording *r = recording_new(h->labels.label, h->labels.count, h->time, h->unit, h->spikes);
    if (h->samples) {
        if (h->falls)
            qsort(h->sample, h->samples, sizeof *h->sample, by_value);
        recording_set_samples(r, h->sample, h->samples);
    }
    r->stimulus = h->stimulus;
    h->time = h->sample = h->stimulus = NULL;
    h->unit = NULL;
    h->labels.label = NULL;
    h->labels.count = 0;
    return r;
}

static bool settle_unit(struct recording *recording, const struct loading *loading, struct time_unit *unit,
                        enum unit_origin *origin, struct error *error)
{
    const struct harvest *harvest = &loading->harvest;
    *origin = loading->options->unit ? UNIT_TOLD : harvest->unit_of_time.name[0] ? UNIT_NAMED : UNIT_GUESSED;
    if (*origin == UNIT_TOLD && !time_unit_parse(loading->options->unit, unit, error))
        return false;
    if (*origin == UNIT_NAMED)
        *unit = harvest->unit_of_time;
    if (*origin == UNIT_GUESSED)
        *unit = time_unit_guess(recording, harvest->seconds_handicap - harvest->whole);
    double last = recording->last * unit->times / unit->over, first = recording->first * unit->times / unit->over;
    if (!isfinite(last - first))
        return error_set(error, "%s: times from %g to %g %s are too far apart", loading->name, recording->first,
                         recording->last, unit->name);
    recording_scale(recording, unit->times, unit->over);
    return true;
}

static struct recording *finish_recording(struct loading *loading, struct text *said, struct error *error)
{
    struct recording *recording = build(&loading->harvest);
    struct time_unit unit;
    enum unit_origin origin;
    if (!settle_unit(recording, loading, &unit, &origin, error)) {
        recording_free(recording);
        return NULL;
    }
    struct text line = {0};
    report_line(&line, recording, &loading->harvest, &loading->look, loading->format->name, &unit, origin);
    recording->described = xstrdup(text_string(&line));
    recording->source = xstrdup(loading->name);
    recording->time_unit = xstrdup(unit.name);
    report_oddities(&line, recording, &loading->harvest, &unit, origin);
    text_add(said, text_string(&line));
    text_free(&line);
    return recording;
}

static void loading_free(struct loading *loading)
{
    if (loading->reader)
        loading->format->private->close(loading->reader);
    label_free(&loading->harvest.labels);
    free(loading->harvest.time);
    free(loading->harvest.unit);
    free(loading->harvest.sample);
    free(loading->harvest.stimulus);
    look_free(&loading->look);
}

/* Options that are wrong whatever the file is are said before it is looked at. */
static bool check_options(struct loading *loading, struct look_options *look, struct error *error)
{
    const struct load_options *options = loading->options;
    struct time_unit unit;
    if (options->format && !(loading->format = spike_format_find(options->format, error)))
        return false;
    if (options->unit && !time_unit_parse(options->unit, &unit, error))
        return false;
    return read_look_options(options, look, error);
}

/* Takes the input. */
static struct recording *load(struct input *input, const struct load_options *options, struct text *said,
                              struct error *error)
{
    struct loading loading = {.name = input_name(input), .options = options};
    struct look_options look = {0};
    struct recording *recording = NULL;
    if (check_options(&loading, &look, error) && look_at(&loading.look, input, &look, error)) {
        if (open_reader(&loading, error) && read_rows(&loading, input, error))
            recording = finish_recording(&loading, said, error);
        loading_free(&loading);
    }
    input_close(input);
    return recording;
}

struct recording *recording_load(const char *path, const struct load_options *options, struct text *said,
                                 struct error *error)
{
    struct input *input = input_open(path, error);
    if (!input)
        return NULL;
    struct recording *recording = load(input, options, said, error);
    if (recording) { /* whole, where sentences cut it */
        free(recording->source);
        recording->source = xstrdup(path);
    }
    return recording;
}

struct recording *recording_parse(const char *name, const char *bytes, size_t length, size_t chunk,
                                  const struct load_options *options, struct text *said, struct error *error)
{
    return load(input_memory(name, bytes, length, chunk), options, said, error);
}
