/* Two stages. While looking, the text is kept (`head`), and every look reads all of it with a new reader.
 * Afterwards complete lines go straight to the reader, and only a line's beginning waits (`tail`).
 *
 * libcsv cannot go on after a broken line, so a block with one is read again line by line, the rows that were
 * given already passed over. */
#include "record/follow.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/word.h"
#include "base/xalloc.h"
#include "record/format_private.h"
#include "record/input.h"
#include "record/report.h"

#define HEAD ((size_t)64 << 10)      /* enough to look at, if it is a few lines */
#define HEAD_MOST ((size_t)16 << 20) /* a line that is longer is no table */
#define HEAD_LINES 4
#define UNITS_MOST ((size_t)1 << 20) /* more different neurons are none */

struct follower {
    struct load_options options;
    struct look_options look_options;
    struct follow_sink sink;
    struct follow_counts counts;
    bool settled, failed;
    /* looking */
    struct text head;
    size_t digested; /* bytes of the head that were read */
    size_t looked;   /* bytes that were there at the last look; 0: no good look yet */
    size_t least;    /* bytes for the last look, */
    size_t enough;   /* more of them if lines are long */
    bool given;      /* the sink was given something since its restart */
    struct turn {
        size_t byte;  /* of the head: a text ends before it */
        size_t spike; /* of the harvest */
    } * turn;
    size_t turns, turn_capacity;
    /* reading */
    struct look look;
    const struct spike_format *format;
    struct harvest harvest;
    void *reader; /* NULL: no look was good yet */
    struct rows *rows;
    struct time_unit unit;
    enum unit_origin origin;
    bool header;        /* the next row is it */
    size_t units;       /* labels given */
    size_t met, pass;   /* rows met in this block; rows to pass over */
    uint64_t rows_base; /* added to a row's line: lines of this text before `rows` began */
    uint64_t lines;     /* of this text */
    bool after_cr;
    struct text tail;
    struct text described, override;
};

/* ---- options ---- */

static bool read_options(struct follower *f, struct error *error)
{
    static const char *const delimiters[] = {"comma", "semicolon", "tab", "space"}, *const switches[] = {
                                                                                        "off", "on"};
    const struct word_list delimiter_words = {"delimiter", 4, word_plain, delimiters};
    const struct word_list switch_words = {"header", 2, word_plain, switches};
    const struct load_options *o = &f->options;
    struct time_unit unit;
    if (o->format && !(f->format = spike_format_find(o->format, error)))
        return false;
    if (f->format && !f->format->private->row_by_row)
        return error_set(error,
                         "format=%s cannot be followed: only in a table of events or samples does each row "
                         "stand for itself",
                         f->format->name);
    if (o->unit && !time_unit_parse(o->unit, &unit, error))
        return false;
    if (o->delimiter) {
        long found = word_find(&delimiter_words, o->delimiter, strlen(o->delimiter), error);
        if (found < 0)
            return false;
        f->look_options.delimiter = ",;\t "[found];
    }
    if (o->header) {
        long found = word_find(&switch_words, o->header, strlen(o->header), error);
        if (found < 0)
            return false;
        f->look_options.header = found ? 1 : -1;
    }
    return true;
}

struct follower *follower_new(const struct load_options *options, const struct follow_sink *sink,
                              struct error *error)
{
    return follower_new_head(options, sink, HEAD, error);
}

struct follower *follower_new_head(const struct load_options *options, const struct follow_sink *sink,
                                   size_t head, struct error *error)
{
    struct follower *f = xcalloc(1, sizeof *f);
    f->options = *options;
    f->sink = *sink;
    f->least = f->enough = head;
    harvest_init(&f->harvest);
    if (read_options(f, error))
        return f;
    follower_free(f);
    return NULL;
}

static void close_reader(struct follower *f)
{
    if (!f->reader)
        return;
    f->format->private->close(f->reader);
    f->reader = NULL;
    rows_free(f->rows);
    f->rows = NULL;
    harvest_free(&f->harvest);
    harvest_init(&f->harvest);
    look_free(&f->look);
}

void follower_free(struct follower *f)
{
    if (!f)
        return;
    close_reader(f);
    text_free(&f->head);
    text_free(&f->tail);
    text_free(&f->described);
    text_free(&f->override);
    free(f->turn);
    free(f);
}

/* ---- rows ---- */

static void note_malformed(struct follower *f, uint64_t line, const char *sentence)
{
    if (f->counts.malformed < FOLLOW_SHOWN)
        snprintf(f->counts.shown[f->counts.malformed], FOLLOW_SENTENCE, "line %llu: %.130s",
                 (unsigned long long)line, sentence);
    f->counts.malformed++;
}

/* The header once more: the same words in the same columns. */
static bool repeats_header(const struct follower *f, const struct row *row)
{
    if (f->look.names == 0 || row->count != f->look.names)
        return false;
    for (size_t c = 0; c < row->count; c++)
        if (strcmp(row->field[c].text, f->look.name[c]) != 0)
            return false;
    return true;
}

static bool take_row(void *context, const struct row *row, struct error *error)
{
    struct follower *f = context;
    size_t spikes = f->harvest.spikes;
    struct error bad;
    (void)error;
    f->met++;
    if (f->pass > 0) {
        f->pass--;
        return true;
    }
    if (f->header) {
        f->header = false;
    } else if (f->format->private->row(f->reader, row, &bad)) {
        f->counts.rows++;
    } else if (repeats_header(f, row)) {
        f->harvest.spikes = spikes;
        f->counts.headers++;
    } else {
        f->harvest.spikes = spikes;
        note_malformed(f, f->rows_base + row->line, bad.text);
    }
    return true;
}

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

/* Line ends; CR LF is one, also when a block ends between the two. */
static uint64_t count_lines(struct follower *f, const char *bytes, size_t length)
{
    uint64_t lines = 0;
    bool crs = memchr(bytes, '\r', length) != NULL;
    if (f->after_cr && bytes[0] == '\n')
        lines--;
    for (size_t i = 0; i < length; i++)
        lines += bytes[i] == '\n';
    for (size_t i = 0; crs && i < length; i++)
        lines += bytes[i] == '\r' && !(i + 1 < length && bytes[i + 1] == '\n');
    f->after_cr = bytes[length - 1] == '\r';
    return lines;
}

/* Where the line that begins at `bytes` ends, its end included. */
static size_t line_length(const char *bytes, size_t length)
{
    size_t n = 0;
    while (n < length && !is_line_end(bytes[n]))
        n++;
    if (n + 1 < length && bytes[n] == '\r' && bytes[n + 1] == '\n')
        n++;
    return n < length ? n + 1 : length;
}

/* The sentence behind "NAME:LINE: ". */
static const char *without_place(const struct error *error)
{
    const char *sentence = strstr(error->text, ": ");
    return sentence ? sentence + 2 : error->text;
}

static void new_rows(struct follower *f, uint64_t line)
{
    rows_free(f->rows);
    f->rows = rows_new("", &f->look.style, take_row, f);
    f->rows_base = line;
}

/* A block in which `given` rows were met before a line that is broken. */
static void read_line_by_line(struct follower *f, const char *bytes, size_t length, size_t given)
{
    uint64_t line = f->lines;
    f->pass = given;
    new_rows(f, line);
    if (f->after_cr && *bytes == '\n') { /* the line before ends with it */
        bytes++;
        length--;
    }
    for (size_t n; length > 0; bytes += n, length -= n, line++) {
        struct error broken;
        n = line_length(bytes, length);
        bool good = rows_feed(f->rows, bytes, n, &broken);
        if (good && rows_between(f->rows))
            continue;
        note_malformed(f, line + 1, good ? "a quotation mark is not closed" : without_place(&broken));
        new_rows(f, line + 1);
    }
    f->pass = 0;
}

/* Complete lines. */
static void digest(struct follower *f, const char *bytes, size_t length)
{
    struct error ignored;
    if (f->lines == 0 && length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
        bytes += 3;
        length -= 3;
    }
    if (length == 0)
        return;
    f->met = 0;
    if (!rows_feed(f->rows, bytes, length, &ignored) || !rows_between(f->rows))
        read_line_by_line(f, bytes, length, f->met);
    uint64_t lines = count_lines(f, bytes, length);
    f->lines += lines;
    f->counts.lines += lines;
}

/* ---- giving ---- */

static double in_seconds(const struct follower *f, double time)
{
    return f->harvest.in_seconds || f->harvest.shift ? time : time * f->unit.times / f->unit.over;
}

/* What was harvested since the last time, with the first so many turns in it. */
static void give(struct follower *f, size_t turns)
{
    struct harvest *h = &f->harvest;
    const struct follow_sink *sink = &f->sink;
    for (; f->units < h->labels.count; f->units++)
        sink->unit(sink->context, h->labels.label[f->units]);
    size_t turn = 0;
    for (size_t i = 0; i < h->spikes; i++) {
        double time = in_seconds(f, h->time[i]);
        for (; turn < turns && f->turn[turn].spike <= i; turn++)
            sink->turn(sink->context);
        if (isfinite(time))
            sink->spike(sink->context, time, h->unit[i]);
    }
    if (h->samples > 0 && isfinite(in_seconds(f, h->sample[h->samples - 1])))
        sink->advance(sink->context, in_seconds(f, h->sample[h->samples - 1]));
    for (; turn < turns; turn++)
        sink->turn(sink->context);
    f->counts.spikes += h->spikes;
    f->given = f->given || f->units > 0;
    h->spikes = h->samples = 0;
}

static void forget_given(struct follower *f)
{
    if (f->given)
        f->sink.restart(f->sink.context);
    f->given = false;
    f->units = 0;
    uint64_t bytes = f->counts.bytes;
    f->counts = (struct follow_counts){.bytes = bytes};
}

/* ---- looking ---- */

static bool choose_format(struct follower *f, struct error *error)
{
    int best = 0;
    if (f->options.format)
        return true;
    f->format = NULL;
    for (size_t i = 0; i < spike_format_count; i++) {
        int fit = spike_formats[i]->private->fit(&f->look, &f->options);
        if (fit > best) {
            best = fit;
            f->format = spike_formats[i];
        }
    }
    if (!f->format && f->look.sample.failed)
        return error_set(error, "%s", without_place(&f->look.sample.error));
    if (!f->format)
        return error_set(error,
                         "no columns of times and neurons are found in what came so far; columns=time,neuron "
                         "says where they are");
    return f->format->private->row_by_row ||
           error_set(error,
                     "this looks like format=%s, which cannot be followed; load reads it when it is complete",
                     f->format->name);
}

/* Sets up look, format and reader for the first `length` bytes of the head; nothing is left open on failure.
 */
static bool open_reader(struct follower *f, size_t length, struct error *error)
{
    struct input *input = input_memory("", f->head.bytes, length, 0);
    bool good = look_at(&f->look, input, &f->look_options, error);
    input_close(input);
    if (!good) {
        struct error placed = *error;
        return error_set(error, "%s", without_place(&placed));
    }
    if (choose_format(f, error))
        f->reader = format_open(f->format, &f->look, &f->options, &f->harvest, error);
    if (!f->reader) {
        harvest_free(&f->harvest);
        harvest_init(&f->harvest);
        look_free(&f->look);
        return false;
    }
    return true;
}

/* The harvest as a recording, in its own unit and without labels: what the unit is guessed from. */
static struct time_unit guess_unit(const struct harvest *h)
{
    size_t n = h->spikes;
    double *time = xreallocarray(NULL, n, sizeof *time);
    uint32_t *unit = xreallocarray(NULL, n, sizeof *unit);
    if (n) {
        memcpy(time, h->time, n * sizeof *time);
        memcpy(unit, h->unit, n * sizeof *unit);
    }
    char **labels = xcalloc(h->labels.count, sizeof *labels);
    struct recording *r = recording_new(labels, h->labels.count, time, unit, n);
    if (h->samples && h->falls == 0) {
        double *sample = xreallocarray(NULL, h->samples, sizeof *sample);
        memcpy(sample, h->sample, h->samples * sizeof *sample);
        recording_set_samples(r, sample, h->samples);
    }
    struct time_unit guess = time_unit_guess(r, h->seconds_handicap - (h->whole && h->rows > 0));
    recording_free(r);
    return guess;
}

static void choose_unit(struct follower *f)
{
    struct error ignored;
    f->origin = f->options.unit ? UNIT_TOLD : f->harvest.unit_of_time.name[0] ? UNIT_NAMED : UNIT_GUESSED;
    if (f->origin == UNIT_TOLD)
        time_unit_parse(f->options.unit, &f->unit, &ignored); /* it was read before */
    else
        f->unit = f->origin == UNIT_NAMED ? f->harvest.unit_of_time : guess_unit(&f->harvest);
}

static void describe(struct follower *f)
{
    static const char *const headers[] = {"no header", "header", "header in a comment"};
    const struct harvest *h = &f->harvest;
    struct text *out = &f->described;
    text_clear(out);
    text_printf(out, "%s, %s, %s", f->format->name, look_delimiter_name(f->look.style.delimiter),
                headers[f->look.header]);
    if (h->columns[0])
        text_printf(out, " (%s)", h->columns);
    text_printf(out, ": time in %s", f->unit.name);
    if (f->origin != UNIT_GUESSED)
        text_printf(out, " (%s)", f->origin == UNIT_TOLD ? "as told" : h->unit_from);
    text_clear(&f->override);
    if (f->origin != UNIT_TOLD)
        text_add(&f->override, strcmp(f->unit.name, "ms") == 0 ? "unit=s" : "unit=ms");
    if (h->override[0])
        text_printf(&f->override, "%s%s", f->override.length ? " or " : "", h->override);
}

/* One text of the head after the other. */
static void digest_head(struct follower *f, size_t length)
{
    size_t from = 0;
    for (size_t i = 0; i <= f->turns; i++) {
        size_t to = i < f->turns ? f->turn[i].byte : length;
        f->lines = 0;
        f->after_cr = false;
        new_rows(f, 0);
        digest(f, f->head.bytes + from, to - from);
        if (i < f->turns)
            f->turn[i].spike = f->harvest.spikes;
        from = to;
    }
}

/* Reads the head's first `length` bytes, complete lines, with what they look like. */
static bool look(struct follower *f, size_t length, struct error *error)
{
    close_reader(f);
    forget_given(f);
    f->looked = f->digested = 0;
    if (!open_reader(f, length, error))
        return false;
    f->header = f->look.header == HEADER_ROW;
    digest_head(f, length);
    choose_unit(f);
    describe(f);
    give(f, f->turns);
    f->looked = f->digested = length;
    return true;
}

static size_t complete_lines(const char *bytes, size_t length)
{
    while (length > 0 && !is_line_end(bytes[length - 1]))
        length--;
    return length;
}

/* The last look. */
static bool settle(struct follower *f, struct error *error)
{
    size_t complete = complete_lines(f->head.bytes, f->head.length);
    f->failed = true;
    if (complete == 0)
        return error_set(error, "a line longer than %zu bytes; is this a table of spikes?", HEAD_MOST);
    if (!look(f, complete, error))
        return false;
    text_append(&f->tail, f->head.bytes + complete, f->head.length - complete);
    text_free(&f->head);
    f->turns = 0;
    f->failed = false;
    f->settled = true;
    return true;
}

bool follower_look(struct follower *f, struct error *error)
{
    if (f->settled || f->failed)
        return true;
    size_t complete = complete_lines(text_string(&f->head), f->head.length);
    if (complete == f->digested)
        return true;
    if (!f->reader || complete >= 2 * f->looked)
        return look(f, complete, error);
    digest(f, f->head.bytes + f->digested, complete - f->digested);
    f->digested = complete;
    give(f, 0);
    return true;
}

/* ---- feeding ---- */

static size_t count_line_ends(const struct text *text)
{
    size_t n = 0;
    for (size_t i = 0; i < text->length && n < HEAD_LINES; i++)
        n += is_line_end(text->bytes[i]);
    return n;
}

/* Takes as much into the head as it still needs; returns how much. */
static size_t fill_head(struct follower *f, const char *bytes, size_t length, bool *full)
{
    size_t used = 0;
    *full = false;
    while (used < length && !*full) {
        size_t wanted = f->enough - f->head.length, n = length - used < wanted ? length - used : wanted;
        text_append(&f->head, bytes + used, n);
        used += n;
        if (f->head.length < f->enough)
            continue;
        *full = f->enough >= HEAD_MOST || count_line_ends(&f->head) >= HEAD_LINES;
        if (!*full)
            f->enough *= 2;
    }
    return used;
}

static bool check_units(struct follower *f, struct error *error)
{
    if (f->harvest.labels.count <= UNITS_MOST)
        return true;
    f->failed = true;
    return error_set(error,
                     "more than %zu different neurons: the columns are taken for something they are not "
                     "(%s)",
                     UNITS_MOST, text_string(&f->described));
}

static bool wait_with(struct follower *f, const char *bytes, size_t length, struct error *error)
{
    if (f->tail.length + length <= HEAD_MOST) {
        text_append(&f->tail, bytes, length);
        return true;
    }
    f->failed = true;
    return error_set(error, "line %llu is longer than %zu bytes; is this a table of spikes?",
                     (unsigned long long)f->lines + 1, HEAD_MOST);
}

static bool feed_lines(struct follower *f, const char *bytes, size_t length, struct error *error)
{
    if (f->tail.length > 0) {
        size_t rest = 0;
        while (rest < length && !is_line_end(bytes[rest]))
            rest++;
        if (rest == length)
            return wait_with(f, bytes, length, error);
        if (!wait_with(f, bytes, rest + 1, error))
            return false;
        digest(f, f->tail.bytes, f->tail.length);
        text_clear(&f->tail);
        bytes += rest + 1;
        length -= rest + 1;
    }
    size_t complete = complete_lines(bytes, length);
    digest(f, bytes, complete);
    give(f, 0);
    return check_units(f, error) &&
           (complete == length || wait_with(f, bytes + complete, length - complete, error));
}

bool follower_feed(struct follower *f, const char *bytes, size_t length, struct error *error)
{
    f->counts.bytes += length;
    if (!f->settled) {
        bool full;
        size_t used = fill_head(f, bytes, length, &full);
        if (!full)
            return true;
        if (!settle(f, error))
            return false;
        bytes += used;
        length -= used;
    }
    return length == 0 || feed_lines(f, bytes, length, error);
}

bool follower_end(struct follower *f, struct error *error)
{
    struct text *last = f->settled ? &f->tail : &f->head;
    if (f->failed)
        return true;
    if (last->length > 0 && !is_line_end(last->bytes[last->length - 1]) && !follower_feed(f, "\n", 1, error))
        return false;
    if (!f->settled && f->head.length > 0 && !look(f, f->head.length, error))
        return false;
    if (!f->settled && f->head.length > (f->turns ? f->turn[f->turns - 1].byte : 0)) {
        xgrow(&f->turn, &f->turn_capacity, f->turns + 1, sizeof *f->turn);
        f->turn[f->turns++].byte = f->head.length;
    }
    if (f->reader) {
        f->lines = 0;
        f->after_cr = false;
        new_rows(f, 0);
        f->sink.turn(f->sink.context);
    }
    return true;
}

void follower_restart(struct follower *f)
{
    close_reader(f);
    f->given = true;
    forget_given(f);
    f->counts = (struct follow_counts){0};
    f->settled = f->failed = false;
    f->digested = f->looked = 0;
    f->enough = f->least;
    f->turns = 0;
    f->lines = 0;
    f->after_cr = false;
    text_clear(&f->head);
    text_clear(&f->tail);
    text_clear(&f->described);
    text_clear(&f->override);
}

/* ---- questions ---- */

const char *follower_described(const struct follower *f)
{
    return text_string(&f->described);
}

const char *follower_override(const struct follower *f)
{
    return text_string(&f->override);
}

bool follower_settled(const struct follower *f)
{
    return f->settled;
}

struct follow_counts follower_counts(const struct follower *f)
{
    return f->counts;
}

bool follower_set_unit(struct follower *f, const char *unit, double *factor, struct error *error)
{
    struct time_unit new;
    *factor = 1;
    if (!time_unit_parse(unit, &new, error))
        return false;
    f->options.unit = unit;
    if (!f->settled)
        return !f->reader || look(f, f->digested, error);
    *factor = new.times / new.over / (f->unit.times / f->unit.over);
    f->harvest.shift = 0;
    f->unit = new;
    f->origin = UNIT_TOLD;
    describe(f);
    return true;
}

bool follower_change(struct follower *f, const struct load_options *options, struct error *error)
{
    struct follower *new = follower_new(options, &f->sink, error);
    if (!new)
        return false;
    struct text head = f->head;
    bool again = !f->settled;
    if (again)
        f->head = (struct text){0};
    follower_restart(f);
    f->options = new->options;
    f->look_options = new->look_options;
    f->format = new->format;
    follower_free(new);
    if (!again)
        return true;
    bool good = follower_feed(f, text_string(&head), head.length, error) && follower_look(f, error);
    text_free(&head);
    return good;
}
