/* A command that takes long: its work goes on beside the loop, so that keys, panes and the simulation go on too, and
 * its answer is given when it is there. One at a time; lines that are no command of the moment wait until it is over.
 *
 * A command checks its arguments, copies what it needs, and ends with session_job. In a script, or as long as nothing
 * happens by itself, the work is done at once, by the same functions. UI thread only, but for what `work` does. */
#ifndef SESSION_JOB_H
#define SESSION_JOB_H

#include <stdbool.h>

#include "base/error.h"
#include "base/progress.h"
#include "language/sheet.h"

struct session;
struct answer;
struct arguments;

struct job {
    const char *what; /* "solving": one word for the bar; static */
    bool makes;       /* a population or recording comes of it, or becomes another: lines that may mean it wait */
    void *own;        /* what it works on, nobody else's; it may point to values of the command's arguments */
    /* On a thread of its own: reads and writes `own` and the sheet, to which it may give a table, and nothing else.
     * False with a sentence. It asks `progress`, or stop_requested(), every few hundredths of a second whether to go
     * on. */
    bool (*work)(void *own, struct sheet *sheet, struct progress progress, struct error *error);
    /* Then, if the work was done, on the UI's thread: puts what came of it where it belongs, and says what there is to
     * say. Meanwhile populations and recordings may have come and gone. NULL: the table is all. */
    bool (*finish)(struct session *session, void *own, struct error *error);
    void (*free)(void *own);
};

/* Does the job, or has it done; it is copied, and what it owns taken. False with a sentence when it was done at once
 * and failed. The last thing a command does. */
bool session_job(struct session *session, const struct job *job, struct sheet *sheet, struct error *error);

/* ---- for the session itself ---- */

struct running_job;

/* The answer of the command that began the job, which is completed with it, and its arguments, which stay as long as
 * the job does; both taken. */
void job_keep(struct running_job *running, struct answer *answer, struct arguments *arguments);
/* The words of the command, by which what it changes can be undone later; copied. */
void job_told(struct running_job *running, const char *what);
/* Does the job, whose `finish` takes what it owns; then the command that wanted it is run again (session/ahead.h). */
bool job_again(struct session *session, const struct job *job, struct sheet *sheet);
/* Whether it has them: a command that was run by another has given its own. */
bool job_is_kept(const struct running_job *running);
/* There is a job that makes something. */
bool job_makes(const struct session *session);
/* The command's name. */
const char *job_command(const struct running_job *running);
/* More of the line that began it waits at the head of the queue, and is not to be run if it fails. */
void job_is_cut(struct running_job *running);
/* Completes a job that is over; true when there is something new to see. */
bool job_collect(struct session *session);
/* How far it is, "solving ████░░░░░░  43 %"; NULL: there is no job, or it began only a moment ago. */
const char *job_bar(const struct session *session);
/* Tells it to stop. False: there is none. */
bool job_stop(struct session *session);
/* Stops it and waits until it has stopped; nothing comes of it. */
void job_drop(struct session *session);

#endif
