/* What was before a command is taken before it, what is after it is compared with that. Undoing takes what is now, for
 * redo, and puts back what was. */
#include "session/journal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/checksum.h"
#include "base/number.h"
#include "base/whole_file.h"
#include "base/xalloc.h"
#include "rig/live.h"
#include "session/memory.h"
#include "session/removal.h"
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

bool journal_end(struct session *session, const char *what)
{
    struct journal *journal = &session->journal;
    if (journal->open == 0 || --journal->open > 0) /* 0: the world is another one */
        return false;
    struct memory *before = journal->before, *after = memory_take(session);
    journal->before = NULL;
    bool same = memory_same(before, after);
    memory_free(after);
    if (same) {
        memory_free(before);
        return false;
    }
    forget(journal->undone, &journal->undones);
    if (session->quiet && is_more_of(journal, what)) {
        memory_free(before);
        free(journal->done[journal->dones - 1].what);
        journal->done[journal->dones - 1].what = xstrdup(what);
        journal->done[journal->dones - 1].commands++;
        return true;
    }
    push(journal->done, &journal->dones, (struct journal_step){xstrdup(what), before, 1, session->quiet});
    slim(journal->done, journal->dones);
    return true;
}

void journal_leave(struct session *session)
{
    memory_free(session->journal.before);
    session->journal.before = NULL;
    session->journal.open = 0;
}

static bool move(struct session *session, struct journal_step *from, size_t *from_count, struct journal_step *to,
                 size_t *to_count, bool undo, const char **what, struct error *error)
{
    struct journal_step step = from[--*from_count];
    struct memory *now = memory_take(session);
    bool good = memory_put_back(session, step.memory, error);
    memory_free(step.memory);
    step.memory = now;
    push(to, to_count, step);
    slim(to, *to_count);
    *what = step.what;
    char line[40];
    snprintf(line, sizeof line, "%s %zu", undo ? "undo" : "redo", step.commands);
    journal_write(session, line);
    return good;
}

bool journal_undo(struct session *session, const char **what, struct error *error)
{
    struct journal *j = &session->journal;
    return j->dones ? move(session, j->done, &j->dones, j->undone, &j->undones, true, what, error)
                    : error_set(error, "there is nothing to undo");
}

bool journal_redo(struct session *session, const char **what, struct error *error)
{
    struct journal *j = &session->journal;
    return j->undones ? move(session, j->undone, &j->undones, j->done, &j->dones, false, what, error)
                      : error_set(error, "there is nothing to do again: redo takes back what undo did");
}

void journal_forget(struct journal *journal)
{
    forget(journal->done, &journal->dones);
    forget(journal->undone, &journal->undones);
}

void journal_free(struct journal *journal)
{
    journal_forget(journal);
    memory_free(journal->before);
    memory_free(journal->birth);
    text_free(&journal->lines);
    text_free(&journal->recorded);
    *journal = (struct journal){0};
}

/* ---- the script ---- */

void journal_open(struct session *session)
{
    session->journal.birth = memory_take(session);
    session->journal.dt = port_status(session->rig.engine).dt;
}

/* At which step the last change took place: where the simulation runs on meanwhile, before now. */
static uint64_t step_of_change(const struct session *session, const struct engine_status *status)
{
    const struct journal *journal = &session->journal;
    const struct rig *rig = &session->rig;
    double latest = rig->length[rig->lengths - 1].from;
    for (size_t i = 0; i < rig->channels; i++)
        if (rig->channel[i]->population)
            latest = fmax(latest, fmax(rig->channel[i]->changed, rig->channel[i]->driven));
    double since = round((latest - journal->time) / journal->dt);
    return since > 0 && since <= (double)(status->step - journal->step) ? journal->step + (uint64_t)since
                                                                        : status->step;
}

static void put_run(struct text *out, uint64_t steps, double dt)
{
    char time[NUMBER_HUMAN];
    if (steps > 0)
        text_printf(out, "run %s\n", number_typed(time, (double)steps * dt, DIMENSION_TIME));
}

void journal_write(struct session *session, const char *what)
{
    struct journal *journal = &session->journal;
    struct engine_status status = port_status(session->rig.engine);
    struct error ignored;
    bool reset = status.step < journal->step;
    uint64_t step = reset ? 0 : step_of_change(session, &status);
    if (!reset)
        put_run(&journal->lines, step - journal->step, journal->dt);
    journal->time = reset ? 0 : journal->time + (double)(step - journal->step) * journal->dt;
    journal->step = step;
    journal->dt = status.dt;
    text_printf(&journal->lines, "%s\n", what);
    if (journal->recorded.length > 0)
        whole_file_write(journal->recorded.bytes, journal->lines.bytes + journal->recorded_from,
                         journal->lines.length - journal->recorded_from, &ignored);
}

/* Files that were read are to be what they were. */
static void put_checksums(const struct rig *rig, struct text *out)
{
    for (size_t i = 0; i < rig->channels; i++) {
        const struct recording *recording = rig->channel[i]->recording;
        uint64_t sum;
        if (recording && recording->source && checksum_of(recording->source, &sum))
            text_printf(out, "checksum \"%s\" %016llx\n", recording->source, (unsigned long long)sum);
    }
}

void journal_script(struct session *session, struct text *out)
{
    const struct journal *journal = &session->journal;
    struct engine_status status = port_status(session->rig.engine);
    char speed[NUMBER_HUMAN];
    text_add(out, "# A session of lifscope, done again by source or lifscope -f: the same spikes, the same screen.\n"
                  "empty\nspeed max\n");
    put_checksums(&session->rig, out);
    text_append(out, text_string(&journal->lines), journal->lines.length);
    if (status.step > journal->step)
        put_run(out, status.step - journal->step, journal->dt);
    text_printf(out, "speed %s\n", isinf(status.speed) ? "max" : number_typed(speed, status.speed, DIMENSION_NONE));
}

bool journal_empty(struct session *session, struct error *error)
{
    struct journal *journal = &session->journal;
    struct rig *rig = &session->rig;
    port_pause(rig->engine);
    if (!memory_put_back(session, journal->birth, error))
        return false;
    for (size_t i = rig->channels; i-- > 0;)
        channel_remove(session, rig->channel[i]);
    pins_free(&session->pins);
    text_clear(&journal->lines);
    journal->recorded_from = 0;
    journal->step = 0;
    journal->time = 0;
    journal->dt = port_status(rig->engine).dt;
    return live_reset(rig, error);
}
