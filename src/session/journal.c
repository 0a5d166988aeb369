/* What was before a command is taken before it, what is after it is compared with that. Undoing takes what is now, for
 * redo, and puts back what was. */
#include "session/journal.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "session/memory.h"
#include "session/session.h"

/* Neurons that were built are kept with the newest steps, as far as they fit. */
#define KEPT_BYTES (size_t)400000000

static void free_step(struct journal_step *step)
{
    free(step->what);
    memory_free(step->memory);
    *step = (struct journal_step){0};
}

static void forget(struct journal_step *steps, size_t *count)
{
    while (*count > 0)
        free_step(&steps[--*count]);
}

static void push(struct journal_step *steps, size_t *count, struct journal_step step)
{
    if (*count == JOURNAL_STEPS) {
        free_step(&steps[0]);
        memmove(steps, steps + 1, (JOURNAL_STEPS - 1) * sizeof *steps);
        --*count;
    }
    steps[(*count)++] = step;
}

static void slim(struct journal_step *steps, size_t count)
{
    size_t bytes = 0;
    for (size_t i = count; i-- > 0;) {
        bytes += memory_bytes(steps[i].memory);
        if (bytes > KEPT_BYTES)
            memory_slim(steps[i].memory);
    }
}

/* "set A tau_rc=" of "set A tau_rc=30ms": knobs and keys say it again and again. */
static bool is_more_of(const struct journal *journal, const char *what)
{
    const struct journal_step *last = journal->dones ? &journal->done[journal->dones - 1] : NULL;
    if (!last || !last->quiet)
        return false;
    const char *equals = strrchr(what, '='), *blank = strchr(what, ' ');
    size_t length = equals ? (size_t)(equals + 1 - what) : blank ? (size_t)(blank - what) : strlen(what);
    return strncmp(last->what, what, length) == 0;
}

void journal_begin(struct session *session)
{
    struct journal *journal = &session->journal;
    if (journal->open++ == 0)
        journal->before = memory_take(session);
}

void journal_end(struct session *session, const char *what)
{
    struct journal *journal = &session->journal;
    if (journal->open == 0 || --journal->open > 0) /* 0: the world is another one */
        return;
    struct memory *before = journal->before, *after = memory_take(session);
    journal->before = NULL;
    bool same = memory_same(before, after);
    memory_free(after);
    if (same) {
        memory_free(before);
        return;
    }
    forget(journal->undone, &journal->undones);
    if (session->quiet && is_more_of(journal, what)) {
        memory_free(before);
        free(journal->done[journal->dones - 1].what);
        journal->done[journal->dones - 1].what = xstrdup(what);
        return;
    }
    push(journal->done, &journal->dones, (struct journal_step){xstrdup(what), before, session->quiet});
    slim(journal->done, journal->dones);
}

void journal_leave(struct session *session)
{
    memory_free(session->journal.before);
    session->journal.before = NULL;
    session->journal.open = 0;
}

static bool move(struct session *session, struct journal_step *from, size_t *from_count, struct journal_step *to,
                 size_t *to_count, const char **what, struct error *error)
{
    struct journal_step step = from[--*from_count];
    struct memory *now = memory_take(session);
    bool good = memory_put_back(session, step.memory, error);
    memory_free(step.memory);
    step.memory = now;
    push(to, to_count, step);
    slim(to, *to_count);
    *what = step.what;
    return good;
}

bool journal_undo(struct session *session, const char **what, struct error *error)
{
    struct journal *j = &session->journal;
    return j->dones ? move(session, j->done, &j->dones, j->undone, &j->undones, what, error)
                    : error_set(error, "there is nothing to undo");
}

bool journal_redo(struct session *session, const char **what, struct error *error)
{
    struct journal *j = &session->journal;
    return j->undones ? move(session, j->undone, &j->undones, j->done, &j->dones, what, error)
                      : error_set(error, "there is nothing to do again: redo takes back what undo did");
}

void journal_free(struct journal *journal)
{
    forget(journal->done, &journal->dones);
    forget(journal->undone, &journal->undones);
    memory_free(journal->before);
    journal->before = NULL;
}
