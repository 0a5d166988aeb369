/* Two stages. While looking, the text is kept (`head`), and every look reads all of it with a new reader.
 * Afterwards complete lines go straight to the reader, and only a line's beginning waits (`tail`).
 *
 * Where another table begins, the first stage begins again with it. A look may be wrong about that too, so
 * only the last one cuts off what is before. */
#include "record/follow.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "record/follow_lines.h"
#include "record/follow_seam.h"
#include "record/follow_table.h"

#define HEAD ((size_t)64 << 10)      /* enough to look at, if it is a few lines */
#define HEAD_MOST ((size_t)16 << 20) /* a line that is longer is no table */
#define HEAD_LINES 4
#define UNITS_MOST ((size_t)1 << 20) /* more different neurons are none */
#define STRANGE 8                    /* so many first rows that cannot be read may be another table */
#define TABLES_MOST 32               /* more others are none */

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
    struct boundary {
        size_t byte; /* of the head: a text ends before it */
        bool anew;
    } * boundary;
    size_t boundaries, boundary_capacity;
    uint64_t skipped;        /* lines of the head's first text that were before the head */
    uint64_t tables, let_go; /* before the head */
    size_t begin;            /* byte of the head: the last look found that another table begins there, */
    uint64_t begin_line;     /* after so many lines of its text */
    /* reading */
    struct follow_table table;
    struct follow_lines lines;
    struct mark {
        size_t spike; /* of the harvest: the turn is before it */
        bool anew;
    } * mark;
    size_t marks, mark_capacity;
    size_t at;         /* byte of the head: this text begins there */
    uint64_t at_line;  /* after so many of its lines */
    bool header;       /* the next row is it */
    bool trying;       /* a text that is not the first one may be another table */
    unsigned strange;  /* its rows that could not be read */
    struct text trial; /* it, as long as it is tried, once the looks are over */
    uint64_t other;    /* the line of this text with which another table begins; 0: none does */
    size_t units;      /* labels given */
    struct text tail;
    /* truncated within a line */
    bool cut;
    struct text seam; /* the first line of the next text, as far as it came */
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
    text_free(&f->trial);
    text_free(&f->seam);
    free(f->boundary);
    free(f->mark);
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

static void mark_turn(struct follower *f, bool anew)
{
    xgrow(&f->mark, &f->mark_capacity, f->marks + 1, sizeof *f->mark);
    f->mark[f->marks++] = (struct mark){f->table.harvest.spikes, anew};
}

/* The text that is tried makes sense in another way, by its lines so far. */
static bool is_other_table(struct follower *f, uint64_t line)
{
    struct follow_table other;
    struct error ignored;
    const char *text = f->settled ? f->trial.bytes : f->head.bytes + f->at;
    size_t length = f->settled ? f->trial.length : f->head.length - f->at;
    if (!follow_table_init(&other, &f->table.options, &ignored))
        return false;
    bool good = follow_table_open(&other, text, lines_length(text, length, line), &ignored) &&
                !follow_table_agree(&other, &f->table);
    follow_table_free(&other);
    return good;
}

static void take_bad_row(struct follower *f, const struct row *row, uint64_t line, const char *sentence)
{
    bool may_be_other = f->counts.tables < TABLES_MOST;
    switch (follow_table_header(&f->table, row)) {
    case FOLLOW_SAME_HEADER:
        f->counts.headers++;
        f->trying = false;
        mark_turn(f, true);
        return;
    case FOLLOW_OTHER_HEADER:
        if (may_be_other && (f->trying || line > f->at_line + 1)) {
            f->other = line;
            return;
        }
        break;
    case FOLLOW_NO_HEADER:
        break;
    }
    note_malformed(f, line, sentence);
    if (!f->trying || ++f->strange < STRANGE)
        return;
    f->trying = false;
    f->other = may_be_other && is_other_table(f, line);
}

static void take_row(void *context, const struct row *row, uint64_t line)
{
    struct follower *f = context;
    struct follow_table *t = &f->table;
    size_t spikes = t->harvest.spikes;
    struct error bad;
    if (f->other)
        return;
    if (f->header) {
        f->header = false;
    } else if (t->format->private->row(t->reader, row, &bad)) {
        f->counts.rows++;
        f->trying = false;
    } else {
        t->harvest.spikes = spikes;
        take_bad_row(f, row, line, bad.text);
    }
}

static void take_broken(void *context, uint64_t line, const char *sentence)
{
    struct follower *f = context;
    if (!f->other)
        note_malformed(f, line, sentence);
}

/* A text begins; lines count on from those before. */
static void begin_text(struct follower *f, uint64_t before)
{
    const struct follow_visitor visit = {f, take_row, take_broken};
    follow_lines_begin(&f->lines, &f->table.look.style, before, &visit);
    f->at_line = before;
    f->other = 0;
    f->trying = false;
}

/* Another one, in which the same table may go on. */
static void begin_next_text(struct follower *f, bool anew)
{
    mark_turn(f, anew);
    begin_text(f, 0);
    f->trying = true;
    f->strange = 0;
    text_clear(&f->trial);
}

/* ---- giving ---- */

/* What was harvested since the last time. */
static void give(struct follower *f)
{
    struct harvest *h = &f->table.harvest;
    const struct follow_sink *sink = &f->sink;
    for (; f->units < h->labels.count; f->units++)
        sink->unit(sink->context, h->labels.label[f->units]);
    size_t mark = 0;
    for (size_t i = 0; i < h->spikes; i++) {
        double time = follow_table_seconds(&f->table, h->time[i]);
        for (; mark < f->marks && f->mark[mark].spike <= i; mark++)
            sink->turn(sink->context, f->mark[mark].anew);
        if (isfinite(time))
            sink->spike(sink->context, time, h->unit[i]);
    }
    if (h->samples > 0 && isfinite(follow_table_seconds(&f->table, h->sample[h->samples - 1])))
        sink->advance(sink->context, follow_table_seconds(&f->table, h->sample[h->samples - 1]));
    for (; mark < f->marks; mark++)
        sink->turn(sink->context, f->mark[mark].anew);
    f->counts.spikes += h->spikes;
    f->given = f->given || f->units > 0;
    h->spikes = h->samples = f->marks = 0;
}

static void forget_given(struct follower *f)
{
    if (f->given)
        f->sink.restart(f->sink.context);
    f->given = false;
    f->units = 0;
    f->marks = 0;
    f->counts = (struct follow_counts){.bytes = f->counts.bytes, .tables = f->tables, .let_go = f->let_go};
}

/* ---- looking ---- */

/* Complete lines of the head; false if another table begins in them. */
static bool digest_head(struct follower *f, size_t from, size_t to)
{
    f->counts.lines += follow_lines_feed(&f->lines, f->head.bytes + from, to - from);
    f->digested = to;
    return !f->other;
}

/* From where the table begins, one text of the head after the other. False if another table begins after it.
 */
static bool digest_texts(struct follower *f, size_t length)
{
    size_t from = f->begin;
    begin_text(f, f->begin_line);
    f->at = from;
    for (size_t i = 0; i < f->boundaries; i++) {
        const struct boundary *boundary = &f->boundary[i];
        if (boundary->byte <= f->begin || boundary->byte > length)
            continue;
        if (!digest_head(f, from, boundary->byte))
            return false;
        begin_next_text(f, boundary->anew);
        f->at = from = boundary->byte;
    }
    return digest_head(f, from, length);
}

/* Another file may hold another table, which would confuse the look. */
static size_t end_of_file(const struct follower *f, size_t length)
{
    for (size_t i = 0; i < f->boundaries; i++)
        if (f->boundary[i].anew && f->boundary[i].byte > f->begin && f->boundary[i].byte < length)
            return f->boundary[i].byte;
    return length;
}

/* Reads from where the table begins with what it looks like. */
static bool look_once(struct follower *f, size_t length, bool *other, struct error *error)
{
    *other = false;
    close_reader(f);
    const char *begin = f->head.bytes + f->begin;
    size_t first = end_of_file(f, length);
    if (!follow_table_open(&f->table, begin, first - f->begin, error) &&
        (first == length || !follow_table_open(&f->table, begin, length - f->begin, error)))
        return false;
    f->header = f->table.look.header == HEADER_ROW;
    *other = !digest_texts(f, length);
    return true;
}

/* The head's first `length` bytes, complete lines. */
static bool look(struct follower *f, size_t length, struct error *error)
{
    bool other = true;
    forget_given(f);
    f->looked = f->digested = f->begin = 0;
    f->begin_line = f->skipped;
    while (other) {
        if (!look_once(f, length, &other, error)) {
            f->digested = 0;
            return false;
        }
        if (!other)
            break;
        uint64_t tables = f->counts.tables + 1, let_go = f->counts.let_go + f->table.harvest.spikes;
        f->counts = (struct follow_counts){.bytes = f->counts.bytes, .tables = tables, .let_go = let_go};
        f->marks = 0;
        f->begin = f->at + lines_length(f->head.bytes + f->at, length - f->at, f->other - 1 - f->at_line);
        f->begin_line = f->other - 1;
    }
    follow_table_choose_unit(&f->table);
    give(f);
    f->looked = f->digested = length;
    return true;
}

/* What is before the table in the head is let go for good. */
static void cut_head(struct follower *f)
{
    size_t kept = 0, cut = f->begin;
    for (size_t i = 0; i < f->boundaries; i++)
        if (f->boundary[i].byte > cut)
            f->boundary[kept++] = (struct boundary){f->boundary[i].byte - cut, f->boundary[i].anew};
    f->boundaries = kept;
    struct text rest = {0};
    text_append(&rest, f->head.bytes + cut, f->head.length - cut);
    text_free(&f->head);
    f->head = rest;
    f->looked -= f->looked ? cut : 0;
    f->digested -= f->digested ? cut : 0;
    f->at -= f->at >= cut ? cut : f->at;
    f->begin = 0;
    f->skipped = f->begin_line;
    f->tables = f->counts.tables;
    f->let_go = f->counts.let_go;
}

/* The last look, unless another table begins. */
static bool settle(struct follower *f, struct error *error)
{
    size_t complete = complete_lines(f->head.bytes, f->head.length);
    if (complete == 0) {
        f->failed = true;
        return error_set(error, "a line longer than %zu bytes; is this a table of spikes?", HEAD_MOST);
    }
    bool good = look(f, complete, error);
    f->failed = !good && f->begin == 0;
    if (f->failed)
        return false;
    if (f->begin > 0) {
        cut_head(f);
        return true;
    }
    text_append(&f->tail, f->head.bytes + complete, f->head.length - complete);
    text_clear(&f->trial);
    if (f->trying)
        text_append(&f->trial, f->head.bytes + f->at, complete - f->at);
    text_free(&f->head);
    f->boundaries = 0;
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
    if (!f->table.reader || complete >= 2 * f->looked || !digest_head(f, f->digested, complete))
        return look(f, complete, error);
    give(f);
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

static bool feed(struct follower *f, const char *bytes, size_t length, struct error *error);

/* Another table begins with `line` of a block that began after so many lines: looking begins again with it.
 */
static bool begin_table(struct follower *f, const char *bytes, size_t length, uint64_t before,
                        struct error *error)
{
    bool here = f->other > before;
    const char *from = here ? bytes : f->trial.bytes;
    size_t size = here ? length : f->trial.length;
    size_t skip = lines_length(from, size, here ? f->other - 1 - before : 0);
    struct text rest = {0};
    text_append(&rest, from + skip, size - skip);
    give(f);
    f->tables = f->counts.tables + 1;
    f->let_go = f->counts.let_go + f->counts.spikes;
    f->skipped = f->other - 1;
    close_reader(f);
    forget_given(f);
    f->settled = false;
    f->digested = f->looked = f->begin = 0;
    f->enough = f->least;
    bool good = feed(f, text_string(&rest), rest.length, error);
    text_free(&rest);
    return good;
}

/* Complete lines, the looks being over. */
static bool take_lines(struct follower *f, const char *bytes, size_t length, struct error *error)
{
    uint64_t before = f->lines.lines;
    if (f->trying)
        text_append(&f->trial, bytes, length);
    size_t end = f->lines.after_cr && *bytes == '\n'; /* of the line before */
    f->counts.lines += follow_lines_feed(&f->lines, bytes, length);
    if (f->other)
        return begin_table(f, bytes + end, length - end, before, error);
    give(f);
    if (!f->trying && f->trial.length > 0)
        text_free(&f->trial);
    return check_units(f, error);
}

/* Returns how much was taken; less than all when another table began. */
static size_t feed_lines(struct follower *f, const char *bytes, size_t length, bool *good,
                         struct error *error)
{
    size_t used = 0, complete;
    if (f->tail.length > 0) {
        while (used < length && !is_line_end(bytes[used]))
            used++;
        bool ends = used < length;
        used += ends;
        *good = wait_with(f, bytes, used, error);
        if (!*good || !ends)
            return used;
        struct text line = f->tail;
        f->tail = (struct text){0};
        *good = take_lines(f, line.bytes, line.length, error);
        text_free(&line);
        if (!*good || !f->settled)
            return used;
    }
    complete = complete_lines(bytes + used, length - used);
    *good = complete == 0 || take_lines(f, bytes + used, complete, error);
    used += complete;
    if (!*good || !f->settled)
        return used;
    *good = used == length || wait_with(f, bytes + used, length - used, error);
    return length;
}

static bool feed(struct follower *f, const char *bytes, size_t length, struct error *error)
{
    bool good = true;
    while (good && length > 0) {
        bool full = false;
        size_t used =
            f->settled ? feed_lines(f, bytes, length, &good, error) : fill_head(f, bytes, length, &full);
        if (full)
            good = settle(f, error);
        bytes += used;
        length -= used;
    }
    return good;
}

/* ---- where texts end ---- */

static bool end_text(struct follower *f, bool anew, struct error *error)
{
    struct text *last = f->settled ? &f->tail : &f->head;
    if (last->length > 0 && !is_line_end(last->bytes[last->length - 1])) {
        f->counts.bytes++;
        if (!feed(f, "\n", 1, error))
            return false;
    }
    if (!f->settled && f->head.length > 0 && !look(f, f->head.length, error)) {
        text_clear(&f->head); /* and what comes next is looked at by itself */
        f->boundaries = 0;
        f->digested = 0;
        return false;
    }
    if (!f->settled && f->head.length > (f->boundaries ? f->boundary[f->boundaries - 1].byte : 0)) {
        xgrow(&f->boundary, &f->boundary_capacity, f->boundaries + 1, sizeof *f->boundary);
        f->boundary[f->boundaries++] = (struct boundary){f->head.length, anew};
    }
    if (f->table.reader) {
        begin_next_text(f, anew);
        f->at = f->head.length;
        give(f);
    }
    return true;
}

static struct text *unfinished(struct follower *f, size_t *begin)
{
    struct text *last = f->settled ? &f->tail : &f->head;
    *begin = complete_lines(text_string(last), last->length);
    return last;
}

/* The first line after the cut has come, or nothing more of it. */
static bool mend_cut(struct follower *f, struct error *error)
{
    size_t begin;
    struct text *last = unfinished(f, &begin), line = {0}, seam = f->seam;
    f->cut = false;
    f->seam = (struct text){0};
    if (f->table.reader && follow_seam_joins(&f->table, last->bytes + begin, last->length - begin,
                                             text_string(&seam), seam.length)) {
        text_append(&line, last->bytes + begin, last->length - begin);
        last->length = begin;
        last->bytes[begin] = '\0';
    }
    text_append(&line, text_string(&seam), seam.length);
    bool good = end_text(f, true, error) && feed(f, line.bytes, line.length, error);
    text_free(&line);
    text_free(&seam);
    return good;
}

bool follower_feed(struct follower *f, const char *bytes, size_t length, struct error *error)
{
    f->counts.bytes += length;
    if (f->cut) {
        size_t used = 0;
        while (used < length && !is_line_end(bytes[used]))
            used++;
        used += used < length;
        text_append(&f->seam, bytes, used);
        bool ends = used > 0 && is_line_end(bytes[used - 1]);
        if ((ends || f->seam.length > HEAD_MOST) && !mend_cut(f, error))
            return false;
        bytes += used;
        length -= used;
    }
    return feed(f, bytes, length, error);
}

bool follower_end(struct follower *f, enum follow_end how, struct error *error)
{
    size_t begin;
    struct error ignored;
    if (f->failed)
        return true;
    if (f->cut && !mend_cut(f, error))
        return false;
    f->cut = how == FOLLOW_CUT && unfinished(f, &begin)->length > begin &&
             (f->settled || look(f, begin, &ignored));
    return f->cut || end_text(f, how != FOLLOW_CLOSED, error);
}

void follower_restart(struct follower *f)
{
    close_reader(f);
    f->given = true;
    f->tables = f->let_go = 0;
    forget_given(f);
    f->counts = (struct follow_counts){0};
    f->settled = f->failed = f->trying = f->cut = false;
    f->digested = f->looked = f->begin = f->at = 0;
    f->skipped = 0;
    f->enough = f->least;
    f->boundaries = 0;
    text_clear(&f->head);
    text_clear(&f->tail);
    text_clear(&f->seam);
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
