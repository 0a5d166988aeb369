/* Every look reads all of the head with a new reader. Where another table begins in it, it is read from
 * there. A look may be wrong about that, so only the last one cuts off what is before. */
#include <math.h>
#include <stdlib.h>

#include "follow_state.h"

void follow_close_reader(struct follower *f)
{
    follow_lines_end(&f->lines);
    follow_table_close(&f->table);
}

/* ---- giving ---- */

void follow_give(struct follower *f)
{
    struct harvest *h = &f->table.harvest;
    const struct follow_sink *sink = &f->sink;
    for (; f->units < h->labels.count; f->units++)
        sink->unit(sink->context, h->labels.label[f->units]);
    size_t mark = 0;
    for (size_t i = 0; i < h->spikes; i++) {
        double time = follow_table_seconds(&f->table, h->time[i]);
        for (; mark < f->marks && f->mark[mark].spike <= i; mark++)
            sink->turn(sink->context, f->mark[mark].turn);
        if (isfinite(time))
            sink->spike(sink->context, time, h->unit[i]);
    }
    if (h->samples > 0 && isfinite(follow_table_seconds(&f->table, h->sample[h->samples - 1])))
        sink->advance(sink->context, follow_table_seconds(&f->table, h->sample[h->samples - 1]));
    for (; mark < f->marks; mark++)
        sink->turn(sink->context, f->mark[mark].turn);
    f->counts.spikes += h->spikes;
    f->given = f->given || f->units > 0;
    h->spikes = h->samples = f->marks = 0;
}

void follow_forget_given(struct follower *f)
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
    follow_begin_text(f, f->begin_line);
    f->at = from;
    for (size_t i = 0; i < f->boundaries; i++) {
        const struct boundary *boundary = &f->boundary[i];
        if (boundary->byte <= f->begin || boundary->byte > length)
            continue;
        if (!digest_head(f, from, boundary->byte))
            return false;
        follow_begin_next_text(f, boundary->anew);
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
    follow_close_reader(f);
    const char *begin = f->head.bytes + f->begin;
    size_t first = end_of_file(f, length);
    if (!follow_table_open(&f->table, begin, first - f->begin, error) &&
        (first == length || !follow_table_open(&f->table, begin, length - f->begin, error)))
        return false;
    f->header = f->table.look.data;
    *other = !digest_texts(f, length);
    return true;
}

bool follow_look(struct follower *f, size_t length, struct error *error)
{
    bool other = true;
    follow_forget_given(f);
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
    follow_give(f);
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

bool follow_settle(struct follower *f, struct error *error)
{
    size_t complete = complete_lines(f->head.bytes, f->head.length);
    if (complete == 0) {
        f->failed = true;
        return error_set(error, "a line longer than %zu bytes; is this a table of spikes?", HEAD_MOST);
    }
    bool good = follow_look(f, complete, error);
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
        return follow_look(f, complete, error);
    follow_give(f);
    return true;
}
