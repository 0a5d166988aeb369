/* Ctrl-C is the process's one flag (base/stop.h), so that whatever the work calls hears of it too. It is forgotten when
 * the job is over, not before: a line typed meanwhile does not undo it. */
#include "session/job.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/stop.h"
#include "base/whole_file.h"
#include "base/xalloc.h"
#include "engine/errand.h"
#include "language/arguments.h"
#include "language/command.h"
#include "session/ahead.h"
#include "session/answer.h"
#include "session/line.h"
#include "session/message.h"
#include "session/session.h"
#include "session/work.h"

#define PATIENCE 0.2 /* s before a bar is shown */

struct running_job {
    struct job job;
    struct errand *errand;
    struct sheet *sheet;     /* borrowed from the answer */
    _Atomic double fraction; /* done */
    bool good, left;         /* these three are the work's until it is over; left: in the middle, for want of memory */
    struct error error;
    /* who asked */
    bool again;                  /* the command is then run again */
    struct answer *answer;       /* owned, as are these */
    struct arguments *arguments; /* the phrase they were read from is gone */
    char *what;                  /* the words of the command; NULL: only its name is known */
    char *file;                  /* NULL: none */
    size_t number, depth;
    bool quiet, mute, cut;
    /* what is seen of it */
    double begun; /* s on the clock */
    char bar[WORK_BAR];
};

static bool go_on(void *context, double fraction)
{
    struct running_job *running = context;
    atomic_store(&running->fraction, fraction);
    return stop_requested();
}

static void do_work(void *argument)
{
    struct running_job *running = argument;
    running->good =
        running->job.work(running->job.own, running->sheet, (struct progress){go_on, running}, &running->error);
}

static void work(void *argument)
{
    struct running_job *running = argument;
    running->left = !xalloc_try(do_work, running);
    if (running->left)
        running->good = session_lacks_memory(&running->error);
}

static void begin(struct session *session, const struct job *job, struct sheet *sheet)
{
    struct running_job *running = xcalloc(1, sizeof *running);
    running->job = *job;
    running->sheet = sheet;
    running->file = session->file ? xstrdup(session->file) : NULL;
    running->number = session->number;
    running->depth = session->depth;
    running->quiet = session->quiet;
    running->mute = session->mute;
    running->begun = clock_seconds();
    session->job = running;
    running->errand = errand_start(work, running, session->wake, session->wake_context);
}

bool job_again(struct session *session, const struct job *job, struct sheet *sheet)
{
    begin(session, job, sheet);
    session->job->again = true;
    return true;
}

static bool do_at_once(struct session *session, const struct job *job, struct sheet *sheet, struct error *error)
{
    work_begin(session, job->what);
    bool good = job->work(job->own, sheet, (struct progress){work_go_on, session}, error);
    work_end(session);
    good = good && (!job->finish || job->finish(session, job->own, error));
    job->free(job->own);
    return good;
}

bool session_job(struct session *session, const struct job *job, struct sheet *sheet, struct error *error)
{
    if (!session->rig.started || session->job)
        return do_at_once(session, job, sheet, error);
    begin(session, job, sheet);
    return true;
}

void job_keep(struct running_job *running, struct answer *answer, struct arguments *arguments)
{
    running->answer = answer;
    running->arguments = arguments;
    arguments->phrase = NULL;
    arguments->file = NULL;
}

void job_told(struct running_job *running, const char *what)
{
    free(running->what);
    running->what = xstrdup(what);
}

bool job_is_kept(const struct running_job *running)
{
    return running->answer;
}

bool job_makes(const struct session *session)
{
    return session->job && session->job->job.makes;
}

const char *job_command(const struct running_job *running)
{
    return running->answer->command->name;
}

void job_is_cut(struct running_job *running)
{
    running->cut = true;
}

static void free_running(struct running_job *running)
{
    errand_free(running->errand);
    if (!running->answer && !running->left)
        running->job.free(running->job.own);
    else if (running->left) { /* how far they are cannot be known */
        whole_file_remove_unfinished();
    } else {
        running->job.free(running->job.own);
        answer_free(running->answer);
    }
    if (running->arguments)
        arguments_free(running->arguments);
    free(running->arguments);
    free(running->what);
    free(running->file);
    free(running);
}

/* What the command was given goes on to the job that it waits for now. */
static void hand_on(struct running_job *from, struct running_job *to)
{
    job_keep(to, from->answer, from->arguments);
    to->what = from->what;
    to->cut = from->cut;
    from->answer = NULL;
    from->arguments = NULL;
    from->what = NULL;
}

static bool complete(struct session *session, struct running_job *running)
{
    struct error *error = &running->error;
    if (!running->good || (running->job.finish && !running->job.finish(session, running->job.own, error)))
        return false;
    if (running->again) {
        running->job.own = NULL;
        if (!ahead_run(session, running->arguments, running->answer->sheet, error))
            return false;
        if (session->job) {
            hand_on(running, session->job);
            return true;
        }
    }
    return answer_complete(session, running->answer, error);
}

/* What it says is said as by the line that began it. */
static void end(struct session *session, struct running_job *running)
{
    const char *file = session->file;
    size_t number = session->number, depth = session->depth;
    bool quiet = session->quiet, mute = session->mute;
    stop_forget();
    session->job = NULL;
    session->file = running->file;
    session->number = running->number;
    session->depth = running->depth;
    session->quiet = running->quiet;
    session->mute = running->mute;
    journal_begin(session);
    bool good = complete(session, running);
    bool changed = journal_end(session, running->what ? running->what : session->job ? "" : job_command(running));
    bool lasting = running->answer && running->answer->command->lasting;
    if (good && running->what && !session->job && (changed || lasting))
        journal_write(session, running->what);
    if (!good) {
        ahead_forget(session);
        if (running->error.text[0])
            session_error(session, &running->error);
        line_drop_failed(session, running->cut, running->file);
    }
    session->file = file;
    session->number = number;
    session->depth = depth;
    session->quiet = quiet;
    session->mute = mute;
}

bool job_collect(struct session *session)
{
    struct running_job *running = session->job;
    char before[sizeof running->bar];
    if (!running)
        return false;
    if (errand_done(running->errand)) {
        end(session, running);
        free_running(running);
        return true;
    }
    memcpy(before, running->bar, sizeof before);
    if (clock_seconds() - running->begun >= PATIENCE)
        work_bar(running->bar, running->job.what, atomic_load(&running->fraction), session->options.glyphs);
    return strcmp(before, running->bar) != 0;
}

const char *job_bar(const struct session *session)
{
    return session->job && session->job->bar[0] ? session->job->bar : NULL;
}

bool job_stop(struct session *session)
{
    if (session->job)
        stop_request();
    return session->job;
}

void job_drop(struct session *session)
{
    if (!session->job)
        return;
    stop_request();
    free_running(session->job);
    session->job = NULL;
    stop_forget();
}
