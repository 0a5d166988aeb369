/* Two stages. While looking, the text is kept (`head`), and every look reads all of it with a new reader.
 * Afterwards complete lines go straight to the reader, and only a line's beginning waits (`tail`). */
#include "record/follow.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "record/follow_lines.h"
#include "record/follow_table.h"

#define HEAD ((size_t)64 << 10)      /* enough to look at, if it is a few lines */
#define HEAD_MOST ((size_t)16 << 20) /* a line that is longer is no table */
#define HEAD_LINES 4
#define UNITS_MOST ((size_t)1 << 20) /* more different neurons are none */

struct follower {
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
    struct follow_table table;
    struct follow_lines lines;
    bool header;  /* the next row is it */
    size_t units; /* labels given */
    struct text tail;
};

/* ---- birth and end ---- */

struct follower *follower_new(const struct load_options *options, const struct follow_sink *sink,
                              struct error *error)
{
    return follower_new_head(options, sink, HEAD, error);
}

struct follower *follower_new_head(const struct load_options *options, const struct follow_sink *sink,
                                   size_t head, struct error *error)
{
    struct follower *f = xcalloc(1, sizeof *f);
    f->sink = *sink;
    f->least = f->enough = head;
    if (follow_table_init(&f->table, options, error))
        return f;
    free(f);
    return NULL;
}

static void close_reader(struct follower *f)
{
    follow_lines_end(&f->lines);
    follow_table_close(&f->table);
}

void follower_free(struct follower *f)
{
    if (!f)
        return;
    close_reader(f);
    follow_table_free(&f->table);
    text_free(&f->head);
    text_free(&f->tail);
    free(f->turn);
    free(f);
}

/* ---- rows ---- */

static void note_malformed(void *context, uint64_t line, const char *sentence)
{
    struct follower *f = context;
    if (f->counts.malformed < FOLLOW_SHOWN)
        snprintf(f->counts.shown[f->counts.malformed], FOLLOW_SENTENCE, "line %llu: %.130s",
                 (unsigned long long)line, sentence);
    f->counts.malformed++;
}

static void take_row(void *context, const struct row *row, uint64_t line)
{
    struct follower *f = context;
    struct follow_table *t = &f->table;
    size_t spikes = t->harvest.spikes;
    struct error bad;
    if (f->header) {
        f->header = false;
    } else if (t->format->private->row(t->reader, row, &bad)) {
        f->counts.rows++;
    } else if (follow_table_repeats_header(t, row)) {
        t->harvest.spikes = spikes;
        f->counts.headers++;
    } else {
        t->harvest.spikes = spikes;
        note_malformed(f, line, bad.text);
    }
}

/* Lines count from 1 again. */
static void begin_text(struct follower *f)
{
    const struct follow_visitor visit = {f, take_row, note_malformed};
    follow_lines_begin(&f->lines, &f->table.look.style, &visit);
}

/* Complete lines. */
static void digest(struct follower *f, const char *bytes, size_t length)
{
    f->counts.lines += follow_lines_feed(&f->lines, bytes, length);
}

/* ---- giving ---- */

/* What was harvested since the last time, with the first so many turns in it. */
static void give(struct follower *f, size_t turns)
{
    struct harvest *h = &f->table.harvest;
    const struct follow_sink *sink = &f->sink;
    for (; f->units < h->labels.count; f->units++)
        sink->unit(sink->context, h->labels.label[f->units]);
    size_t turn = 0;
    for (size_t i = 0; i < h->spikes; i++) {
        double time = follow_table_seconds(&f->table, h->time[i]);
        for (; turn < turns && f->turn[turn].spike <= i; turn++)
            sink->turn(sink->context);
        if (isfinite(time))
            sink->spike(sink->context, time, h->unit[i]);
    }
    if (h->samples > 0 && isfinite(follow_table_seconds(&f->table, h->sample[h->samples - 1])))
        sink->advance(sink->context, follow_table_seconds(&f->table, h->sample[h->samples - 1]));
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

/* One text of the head after the other. */
static void digest_head(struct follower *f, size_t length)
{
    size_t from = 0;
    for (size_t i = 0; i <= f->turns; i++) {
        size_t to = i < f->turns ? f->turn[i].byte : length;
        begin_text(f);
        digest(f, f->head.bytes + from, to - from);
        if (i < f->turns)
            f->turn[i].spike = f->table.harvest.spikes;
        from = to;
    }
}

/* Reads the head's first `length` bytes, complete lines, with what they look like. */
static bool look(struct follower *f, size_t length, struct error *error)
{
    close_reader(f);
    forget_given(f);
    f->looked = f->digested = 0;
    if (!follow_table_open(&f->table, f->head.bytes, length, error))
        return false;
    f->header = f->table.look.header == HEADER_ROW;
    digest_head(f, length);
    follow_table_choose_unit(&f->table);
    give(f, f->turns);
    f->looked = f->digested = length;
    return true;
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
    if (!f->table.reader || complete >= 2 * f->looked)
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
    if (f->table.harvest.labels.count <= UNITS_MOST)
        return true;
    f->failed = true;
    return error_set(error,
                     "more than %zu different neurons: the columns are taken for something they are not "
                     "(%s)",
                     UNITS_MOST, text_string(&f->table.described));
}

static bool wait_with(struct follower *f, const char *bytes, size_t length, struct error *error)
{
    if (f->tail.length + length <= HEAD_MOST) {
        text_append(&f->tail, bytes, length);
        return true;
    }
    f->failed = true;
    return error_set(error, "line %llu is longer than %zu bytes; is this a table of spikes?",
                     (unsigned long long)f->lines.lines + 1, HEAD_MOST);
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
    if (f->table.reader) {
        begin_text(f);
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
    text_clear(&f->head);
    text_clear(&f->tail);
    text_clear(&f->table.described);
    text_clear(&f->table.override);
}

/* ---- questions ---- */

const char *follower_described(const struct follower *f)
{
    return text_string(&f->table.described);
}

const char *follower_override(const struct follower *f)
{
    return text_string(&f->table.override);
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
    f->table.options.unit = unit;
    if (!f->settled)
        return !f->table.reader || look(f, f->digested, error);
    *factor = follow_table_set_unit(&f->table, &new);
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
    f->table.options = new->table.options;
    f->table.look_options = new->table.look_options;
    f->table.format = new->table.format;
    follower_free(new);
    if (!again)
        return true;
    bool good = follower_feed(f, text_string(&head), head.length, error) && follower_look(f, error);
    text_free(&head);
    return good;
}
