/* Loading: look ahead, let every format say how well it fits, read all rows with the best one, settle the
 * unit of time from what was read, build the recording, and say what was decided. Several files go through
 * the first half one after the other and share the second. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/stop.h"
#include "record/judge.h"
#include "record/report.h"
#include "record/siblings.h"
#include "text/input.h"

/* Everything that is read together. */
struct loading {
    const struct load_options *options;
    struct look_options look_options;
    const struct spike_format *format; /* NULL until it is told or chosen */
    size_t files, at;                  /* how many there are, the one being read */
    struct text explained;             /* what was asked for by explain=on */
    struct text doubt;                 /* how else the first file could be read */
    struct text empty;                 /* stems of empty files, each with a line end */
    struct siblings siblings;
    struct findings findings;
    struct harvest harvest;
};

/* One file. */
struct file_reading {
    struct loading *loading;
    struct look look;
    struct judgement judgement;
    bool (*row)(void *reader, const struct row *row, struct error *error); /* the format's */
    void *reader;
    size_t header; /* so many of the next rows belong to the header */
};

/* A line that is no row at all. Where lines are neurons the place of this one stays empty. */
static bool leave_out_line(struct file_reading *reading, const struct row *row, struct error *error)
{
    struct loading *loading = reading->loading;
    if (loading->format->private->preface && loading->harvest.rows == 0)
        return true;
    error_set(error, "%s", row->broken);
    harvest_leave_out(&loading->harvest, row->line, error);
    if (loading->format->private->empty_lines)
        reading->row(reading->reader, row, error);
    return true;
}

static bool take_row(void *context, const struct row *row, struct error *error)
{
    struct file_reading *reading = context;
    if (row->broken)
        return leave_out_line(reading, row, error);
    if (row->count > 0 && row->field[0].text[0] <= '=' && row_is_ruler(row))
        return true;
    struct loading *loading = reading->loading;
    if (reading->header && row->count > 0)
        reading->header--;
    else if (!loading->format->private->every_row && look_is_header_again(&reading->look, row))
        loading->findings.headers_again++;
    else if (!reading->row(reading->reader, row, error))
        harvest_leave_out(&loading->harvest, row->line, error);
    return true;
}

/* A format with a delimiter of its own may have been found through another one. */
static bool look_again(struct file_reading *reading, struct input *input, struct error *error)
{
    struct look_options options = reading->loading->look_options;
    char delimiter = reading->loading->format->private->delimiter;
    if (delimiter == '\0' || options.delimiter || reading->look.style.delimiter == delimiter)
        return true;
    options.delimiter = delimiter;
    look_free(&reading->look);
    return look_at(&reading->look, input, &options, error);
}

static bool check_stimulus(const struct loading *loading, struct error *error)
{
    const char *stimulus = loading->options->stimulus;
    return !stimulus || loading->format == &format_dense ||
           error_set(error,
                     "stimulus=%.60s is a column of a dense file, but this is read as %s; a stimulus in a file of "
                     "its own is stimulus=@FILE",
                     stimulus, loading->format->name);
}

static bool open_reader(struct file_reading *reading, struct input *input, struct error *error)
{
    struct loading *loading = reading->loading;
    struct harvest *harvest = &loading->harvest;
    const char *name = input_name(input);
    struct time_unit before = harvest->unit_of_time;
    bool good = judge(&reading->judgement, &reading->look, loading->options, loading->format, 0, error);
    if (loading->options->explain)
        judgement_explain(&reading->judgement, &reading->look, &loading->explained);
    if (!good)
        return error_prefix(error, "%s:%zu: ", name, reading->look.sample.line[0]);
    if (!loading->findings.format)
        judgement_doubt(&reading->judgement, &reading->look, loading->options, &loading->doubt);
    loading->format = reading->judgement.best->format;
    if (!siblings_fit(&loading->siblings, reading->judgement.best, &reading->look, loading->options, name, error) ||
        !look_again(reading, input, error))
        return false;
    if (loading->files > 1 && loading->format->private->alone)
        return error_set(error, "%s: files in format %s are loaded one by one: each has its own samples", name,
                         loading->format->name);
    if (check_stimulus(loading, error))
        reading->reader =
            format_open(loading->format, &reading->look, reading->judgement.best, loading->options, harvest, error);
    if (!reading->reader)
        return error_prefix(error, "%s:%zu: ", name, reading->look.sample.line[0]);
    if (loading->findings.format && strcmp(before.name, harvest->unit_of_time.name) != 0)
        return error_set(error, "%s: its times are in %s, those of the files before in %s; unit= says what all are in",
                         name, harvest->unit_of_time.name[0] ? harvest->unit_of_time.name : "an unknown unit",
                         before.name[0] ? before.name : "an unknown unit");
    reading->row = loading->format->private->row;
    reading->header = loading->format->private->every_row ? 0 : reading->look.data;
    return true;
}

static bool is_stopped(const struct loading *loading, const struct input *input)
{
    const struct progress *progress = &loading->options->progress;
    double fraction = ((double)loading->at + input_fraction(input)) / (double)loading->files;
    return progress->stop && progress->stop(progress->context, fraction);
}

/* How much of the text is fed as rows before plain lines are tried again: the line at hand, or, where hardly any line is
 * plain, twice as much each time. */
#define ROWS_MOST ((size_t)1 << 16)

static size_t rows_piece(const char *bytes, size_t length, size_t least)
{
    if (length <= least)
        return length;
    const char *end = memchr(bytes + least, '\n', length - least);
    return end ? (size_t)(end - bytes) + 1 : length;
}

/* Plain lines the short way, if the format has one, all others as rows. */
static bool feed(struct file_reading *reading, struct rows *rows, const char *bytes, size_t length, struct error *error)
{
    size_t (*lines)(void *, const char *, size_t, size_t *) = reading->loading->format->private->lines;
    size_t least = 0;
    while (length > 0) {
        size_t count = 0, used = 0;
        bool tried = lines && reading->header == 0 && rows_at_line(rows);
        if (tried)
            used = lines(reading->reader, bytes, length, &count);
        rows_skip(rows, count);
        bytes += used;
        length -= used;
        if (length == 0)
            break;
        least = !tried || used >= least ? 0 : least < ROWS_MOST ? 2 * least + 64 : least;
        size_t piece = lines ? rows_piece(bytes, length, least) : length;
        if (!rows_feed(rows, bytes, piece, error))
            return false;
        bytes += piece;
        length -= piece;
    }
    return true;
}

static bool read_rows(struct file_reading *reading, struct input *input, struct error *error)
{
    struct text_style style = reading->look.style;
    style.empty_lines = reading->loading->format->private->empty_lines;
    struct rows *rows = rows_new(input_name(input), &style, take_row, reading);
    rows_be_lenient(rows);
    const char *bytes;
    size_t length;
    bool good = true;
    do {
        if (is_stopped(reading->loading, input))
            good = error_set(error, "%s: interrupted", input_name(input));
        good = good && input_next(input, &bytes, &length, error) && feed(reading, rows, bytes, length, error);
    } while (good && length > 0);
    good = good && rows_finish(rows, error);
    reading->loading->harvest.comments = rows_comments(rows);
    rows_free(rows);
    if (good && reading->loading->format->private->finish)
        reading->loading->format->private->finish(reading->reader);
    return good;
}

/* "runs/2002 a5a.txt" -> "2002 a5a": what looks like an extension goes, of a compressed file both. */
static char *stem_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *stem = label_clean(slash ? slash + 1 : path, strlen(slash ? slash + 1 : path));
    for (int times = 0; times < 2; times++) {
        char *dot = strrchr(stem, '.');
        if (!dot || dot == stem || strlen(dot) > 6 || strchr(dot, ' ') || (dot[1] >= '0' && dot[1] <= '9'))
            break;
        bool compressed = strcmp(dot, ".gz") == 0;
        *dot = '\0';
        if (!compressed)
            break;
    }
    return stem;
}

/* Of several files some may be empty: a process without neurons of its own. */
static bool skip_empty(struct loading *loading, struct input *input)
{
    const char *bytes;
    size_t length;
    bool whole;
    struct error ignored;
    if (loading->files == 1 || !input_peek(input, &bytes, &length, &whole, &ignored) || length > 0)
        return false;
    loading->findings.empty_files++;
    text_printf(&loading->empty, "%s\n", loading->harvest.stem);
    return true;
}

/* An empty file of one cell is a cell that never fired. */
static void add_silent_cells(struct loading *loading)
{
    for (const char *stem = text_string(&loading->empty); *stem && loading->format == &format_cell;) {
        size_t length = strcspn(stem, "\n");
        label_append(&loading->harvest.labels, stem, length);
        stem += length + 1;
    }
}

/* The first file that says something is spoken for by the report. */
static void note_findings(struct loading *loading, const struct look *look)
{
    if (loading->findings.format)
        return;
    loading->findings.format = loading->format->name;
    loading->findings.delimiter =
        look->columns > 1 || look->names > 1 || look->uneven > 0 ? look->style.delimiter : '\0';
    loading->findings.header = look->header;
    loading->findings.header_line = look->above && !loading->format->private->every_row ? look->header_line : 0;
}

static bool read_file(struct loading *loading, struct input *input, struct error *error)
{
    struct file_reading reading = {.loading = loading};
    if (skip_empty(loading, input))
        return true;
    if (!look_at(&reading.look, input, &loading->look_options, error))
        return false;
    bool good = open_reader(&reading, input, error);
    if (good) {
        size_t before = loading->harvest.spikes;
        note_findings(loading, &reading.look);
        good = read_rows(&reading, input, error);
        if (good && loading->files > 1)
            good = siblings_add(&loading->siblings, &reading.look, &loading->harvest, before, error);
    }
    if (reading.reader)
        loading->format->private->close(reading.reader);
    judgement_free(&reading.judgement);
    look_free(&reading.look);
    return good;
}

/* Takes the input. */
static bool read_input(struct loading *loading, struct input *input, const char *path, struct error *error)
{
    char *stem = stem_of(path);
    loading->harvest.file = input_name(input);
    loading->harvest.stem = stem;
    bool good = read_file(loading, input, error);
    loading->harvest.file = loading->harvest.stem = NULL;
    input_close(input);
    free(stem);
    return good;
}

static bool settle_unit(struct recording *recording, struct loading *loading, const char *name, struct error *error)
{
    const struct harvest *harvest = &loading->harvest;
    struct findings *f = &loading->findings;
    double handicap = harvest->seconds_handicap - (harvest->whole && harvest->rows > 0);
    f->origin = loading->options->unit ? UNIT_TOLD : harvest->unit_of_time.name[0] ? UNIT_NAMED : UNIT_GUESSED;
    if (f->origin == UNIT_TOLD && !time_unit_parse(loading->options->unit, &f->unit, error))
        return false;
    if (f->origin == UNIT_NAMED)
        f->unit = harvest->unit_of_time;
    if (f->origin == UNIT_GUESSED)
        f->unit = time_unit_guess(recording, handicap);
    bool done = harvest->in_seconds || harvest->shift != 0;
    double times = done ? 1 : f->unit.times, over = done ? 1 : f->unit.over;
    if (!isfinite(recording->last * times / over - recording->first * times / over))
        return error_set(error, "%s: times from %g to %g %s are too far apart", name, recording->first, recording->last,
                         f->unit.name);
    if (times != over)
        recording_scale(recording, times, over);
    return true;
}

/* What was told about the time the record spans; the rows of a dense file say it themselves. */
static bool settle_span(struct recording *recording, struct loading *loading, const char *name, struct error *error)
{
    const struct load_options *options = loading->options;
    char from[NUMBER_HUMAN], to[NUMBER_HUMAN], out[NUMBER_HUMAN];
    if (!options->from && !options->to)
        return true;
    if (recording->samples)
        return error_set(
            error, "%s: the rows of a dense file say what time it spans, so from= and to= are for other layouts", name);
    double begin = options->from ? *options->from : recording->first;
    double end = options->to ? *options->to : INFINITY;
    if (!(end > begin))
        return error_set(error, "%s: from=%s is not before %s, where the record ends", name,
                         number_human(from, begin, DIMENSION_TIME), number_human(to, end, DIMENSION_TIME));
    size_t gone = recording_set_span(recording, begin, end);
    if (gone)
        text_printf(&loading->harvest.remarks, "\n%s spike%s outside of %s to %s %s left out",
                    number_grouped(out, gone), gone == 1 ? "" : "s", number_human(from, begin, DIMENSION_TIME),
                    number_human(to, recording->end, DIMENSION_TIME), gone == 1 ? "is" : "are");
    return true;
}

static struct recording *finish_recording(struct loading *loading, const char *name, struct text *said,
                                          struct error *error)
{
    if (!loading->format || !loading->findings.format) {
        error_set(error, "%s: all these files are empty", name);
        return NULL;
    }
    if (!tally_verdict(&loading->harvest.tally, loading->harvest.rows, loading->harvest.counted, error))
        return NULL;
    add_silent_cells(loading);
    siblings_report(&loading->siblings, loading->files, &loading->harvest.remarks);
    struct recording *recording = harvest_build(&loading->harvest);
    if (!settle_unit(recording, loading, name, error) || !settle_span(recording, loading, name, error)) {
        recording_free(recording);
        return NULL;
    }
    struct text line = {0};
    loading->findings.files = loading->files;
    report_line(&line, recording, &loading->harvest, &loading->findings);
    recording->described = xstrdup(text_string(&line));
    recording->source = xstrdup(name);
    recording->time_unit = xstrdup(loading->findings.unit.name);
    if (!loading->harvest.override[0] || !strstr(text_string(&loading->doubt), loading->harvest.override))
        text_add(&line, text_string(&loading->doubt)); /* that command is named already */
    report_oddities(&line, recording, &loading->harvest, &loading->findings);
    text_add(said, text_string(&line));
    text_free(&line);
    return recording;
}

/* Said of a file that is refused, too; without explain=on *said stays as it was. */
static void say_explained(const struct loading *loading, struct text *said)
{
    if (loading->explained.length > 0)
        text_add(said, loading->explained.bytes);
}

static void loading_free(struct loading *loading)
{
    harvest_free(&loading->harvest);
    siblings_free(&loading->siblings);
    text_free(&loading->empty);
    text_free(&loading->explained);
    text_free(&loading->doubt);
}

static void loading_init(struct loading *loading, const struct load_options *options, size_t files)
{
    *loading = (struct loading){.options = options, .files = files};
    harvest_init(&loading->harvest);
    loading->harvest.several = files > 1;
    loading->look_options.deep = true;
}

/* Whoever was stopped has not looked at everything. */
static struct recording *unless_stopped(struct recording *recording, struct error *error)
{
    if (!stop_requested())
        return recording;
    recording_free(recording);
    error_set(error, "interrupted");
    return NULL;
}

struct recording *recording_load_files(const char *const *paths, size_t count, const struct load_options *options,
                                       struct text *said, struct error *error)
{
    struct loading loading;
    struct recording *recording = NULL;
    struct text name = {0};
    loading_init(&loading, options, count);
    bool good = load_options_read(options, &loading.format, &loading.look_options, error);
    for (; good && loading.at < count; loading.at++) {
        struct input *input = input_open(paths[loading.at], error);
        good = input && read_input(&loading, input, paths[loading.at], error);
    }
    text_add(&name, input_title(paths[0]));
    if (count > 1)
        text_printf(&name, " and %zu more", count - 1);
    if (good)
        recording = finish_recording(&loading, text_string(&name), said, error);
    say_explained(&loading, said);
    text_free(&name);
    loading_free(&loading);
    return unless_stopped(recording, error);
}

struct recording *recording_load(const char *path, const struct load_options *options, struct text *said,
                                 struct error *error)
{
    return recording_load_files(&path, 1, options, said, error);
}

struct recording *recording_parse(const char *name, const char *bytes, size_t length, size_t chunk,
                                  const struct load_options *options, struct text *said, struct error *error)
{
    struct loading loading;
    struct recording *recording = NULL;
    loading_init(&loading, options, 1);
    if (load_options_read(options, &loading.format, &loading.look_options, error) &&
        read_input(&loading, input_memory(name, bytes, length, chunk), name, error))
        recording = finish_recording(&loading, name, said, error);
    say_explained(&loading, said);
    loading_free(&loading);
    return unless_stopped(recording, error);
}
