/* A row that cannot be read may be a header that came again, or tell that another table begins: with a header
 * for other columns, or where a text that should go on with the table has nothing but such rows at first. */
#include <stdio.h>

#include "base/xalloc.h"
#include "follow_state.h"

#define STRANGE 8      /* so many first rows that cannot be read may be another table */
#define TABLES_MOST 32 /* more others are none */

static void note_malformed(void *context, uint64_t line, const char *sentence)
{
    struct follower *f = context;
    if (f->counts.malformed < FOLLOW_SHOWN)
        snprintf(f->counts.shown[f->counts.malformed], FOLLOW_SENTENCE, "line %llu: %.130s", (unsigned long long)line,
                 sentence);
    f->counts.malformed++;
}

static void mark_turn(struct follower *f, enum stream_turn turn)
{
    xgrow(&f->mark, &f->mark_capacity, f->marks + 1, sizeof *f->mark);
    f->mark[f->marks++] = (struct mark){f->table.harvest.spikes, turn};
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
        mark_turn(f, STREAM_HEADER);
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
        f->header--;
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

void follow_begin_text(struct follower *f, uint64_t before)
{
    const struct follow_visitor visit = {f, take_row, take_broken};
    follow_lines_begin(&f->lines, &f->table.look.style, before, &visit);
    f->at_line = before;
    f->other = 0;
    f->trying = false;
}

void follow_begin_next_text(struct follower *f, bool anew)
{
    mark_turn(f, anew ? STREAM_ANEW : STREAM_NEXT);
    follow_begin_text(f, 0);
    f->trying = true;
    f->strange = 0;
    text_clear(&f->trial);
}
