/* Two stages. While looking, the text is kept (`head`), and every look reads all of it with a new reader.
 * Afterwards complete lines go straight to the reader, and only a line's beginning waits (`tail`). Where
 * another table begins, the first stage begins again with it. */
#include "follow/follow.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "follow/follow_seam.h"
#include "follow_state.h"

#define HEAD ((size_t)64 << 10) /* enough to look at, if it is a few lines */
#define HEAD_LINES 4
#define UNITS_MOST ((size_t)1 << 20) /* more different neurons are none */

/* ---- birth and end ---- */

struct follower *follower_new(const struct load_options *options, const struct follow_sink *sink, struct error *error)
{
    return follower_new_head(options, sink, HEAD, error);
}

struct follower *follower_new_head(const struct load_options *options, const struct follow_sink *sink, size_t head,
                                   struct error *error)
{
    struct follower *f = xcalloc(1, sizeof *f);
    f->sink = *sink;
    f->least = f->enough = head;
    if (follow_table_init(&f->table, options, error))
        return f;
    free(f);
    return NULL;
}

void follower_free(struct follower *f)
{
    if (!f)
        return;
    follow_close_reader(f);
    follow_table_free(&f->table);
    text_free(&f->head);
    text_free(&f->tail);
    text_free(&f->trial);
    text_free(&f->seam);
    free(f->boundary);
    free(f->mark);
    free(f);
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
        size_t wanted = f->enough > f->head.length ? f->enough - f->head.length : 0;
        size_t n = length - used < wanted ? length - used : wanted;
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
static bool begin_table(struct follower *f, const char *bytes, size_t length, uint64_t before, struct error *error)
{
    bool here = f->other > before;
    const char *from = here ? bytes : f->trial.bytes;
    size_t size = here ? length : f->trial.length;
    size_t skip = lines_length(from, size, here ? f->other - 1 - before : 0);
    struct text rest = {0};
    text_append(&rest, from + skip, size - skip);
    follow_give(f);
    f->tables = f->counts.tables + 1;
    f->let_go = f->counts.let_go + f->counts.spikes;
    f->skipped = f->other - 1;
    follow_close_reader(f);
    follow_forget_given(f);
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
    f->trying = f->trying && f->trial.length + length <= HEAD_MOST; /* comments without end, maybe */
    if (f->trying)
        text_append(&f->trial, bytes, length);
    size_t end = f->lines.after_cr && *bytes == '\n'; /* of the line before */
    f->counts.lines += follow_lines_feed(&f->lines, bytes, length);
    if (f->other)
        return begin_table(f, bytes + end, length - end, before, error);
    follow_give(f);
    if (!f->trying && f->trial.length > 0)
        text_free(&f->trial);
    return check_units(f, error);
}

/* Returns how much was taken; less than all when another table began. */
static size_t feed_lines(struct follower *f, const char *bytes, size_t length, bool *good, struct error *error)
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
        size_t used = f->settled ? feed_lines(f, bytes, length, &good, error) : fill_head(f, bytes, length, &full);
        if (full)
            good = follow_settle(f, error);
        bytes += used;
        length -= used;
    }
    if (!good && !f->settled) /* other options may make sense of it */
        text_append(&f->head, bytes, length);
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
    if (!f->settled && f->head.length > 0 && !follow_look(f, f->head.length, error)) {
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
        follow_begin_next_text(f, anew);
        f->at = f->head.length;
        follow_give(f);
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
    if (f->table.reader &&
        follow_seam_joins(&f->table, last->bytes + begin, last->length - begin, text_string(&seam), seam.length)) {
        text_append(&line, last->bytes + begin, last->length - begin);
        last->length = begin;
        last->bytes[begin] = '\0';
    }
    text_append(&line, text_string(&seam), seam.length);
    bool good = (end_text(f, true, error) || !f->failed) && feed(f, line.bytes, line.length, error);
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
    f->cut =
        how == FOLLOW_CUT && unfinished(f, &begin)->length > begin && (f->settled || follow_look(f, begin, &ignored));
    return f->cut || end_text(f, how != FOLLOW_CLOSED, error);
}

void follower_restart(struct follower *f)
{
    follow_close_reader(f);
    f->given = true;
    f->tables = f->let_go = 0;
    follow_forget_given(f);
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
    if (f->settled && (f->table.harvest.in_seconds || f->table.harvest.time_column >= f->table.look.columns))
        return error_set(error, "unit=%.20s: the times that came are seconds already", unit);
    load_options_take(&f->table.options, &(struct load_options){.unit = unit});
    if (!f->settled)
        return !f->table.reader || follow_look(f, f->digested, error);
    *factor = follow_table_set_unit(&f->table, &new);
    return true;
}

/* The tables change places, but for what is open and was found. */
static void exchange_options(struct follow_table *a, struct follow_table *b)
{
    struct follow_table c = *a;
    a->options = b->options;
    a->look_options = b->look_options;
    a->format = b->format;
    b->options = c.options;
    b->look_options = c.look_options;
    b->format = c.format;
}

/* The line that is not complete yet is the first one. */
static void restart_from_tail(struct follower *f)
{
    struct text tail = f->tail;
    f->tail = (struct text){0};
    follower_restart(f);
    text_free(&f->head);
    f->head = tail;
}

bool follower_change(struct follower *f, const struct load_options *options, struct error *error)
{
    struct follow_table new;
    struct error ignored;
    if (!follow_table_init(&new, options, error))
        return false;
    if (f->settled)
        restart_from_tail(f);
    follow_close_reader(f);
    exchange_options(&f->table, &new);
    size_t complete = complete_lines(text_string(&f->head), f->head.length);
    bool good = complete == 0 || follow_look(f, complete, error);
    if (good) {
        f->failed = f->failed && complete == 0;
    } else {
        follow_close_reader(f);
        exchange_options(&f->table, &new);
        follow_look(f, complete, &ignored);
    }
    follow_table_free(&new);
    return good;
}

bool follower_failed(const struct follower *f)
{
    return f->failed;
}
