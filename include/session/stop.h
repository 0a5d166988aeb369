/* Stops of a script: the lines behind one wait until somebody goes on. Whatever is typed meanwhile is run, and the stop
 * stands. UI thread only. */
#ifndef SESSION_STOP_H
#define SESSION_STOP_H

#include <stdbool.h>

#include "base/error.h"
#include "lesson/question.h"

struct session;

/* Whether scripts stop at all: there is somebody who could go on, and no other stop stands. */
bool stop_possible(const struct session *session);
bool stop_stands(const struct session *session);

/* Stands still; the simulation runs meanwhile if `runs` > 0 (s: how long it runs where nobody waits). */
bool stop_wait(struct session *session, double runs, struct error *error);
/* The same until the question is answered. Takes the question; `knob` (copied, may be NULL) answers by being turned.
 * `truth` is what was measured; NaN where there are only choices. */
void stop_ask(struct session *session, struct question *question, double truth, const char *knob, double runs);
/* Whether the next question has been answered before, so that its truth is known: *truth. */
bool stop_knows(struct session *session, double *truth);
/* The end of a lesson. */
void stop_end(struct session *session);

/* A line that a person has typed: an answer, or an empty line that goes on. False: it is a command. */
bool stop_takes(struct session *session, const char *line);
/* Somebody has tried something. */
void stop_touch(struct session *session);
/* The simulation runs, if the stop is one at which it does. */
void stop_resume(struct session *session);
/* The answer is there that a knob has given. */
bool stop_turned(struct session *session);

/* What it says, once more, where nothing stays in sight. */
void stop_say_again(struct session *session);
/* The short help on keys while one stands. */
const char *stop_keys(struct session *session);

bool stop_next(struct session *session, struct error *error);
bool stop_hint(struct session *session, struct error *error);
/* Shows the answer, and why. */
bool stop_skip(struct session *session, struct error *error);
/* Nothing stands any more; the lines that were held go on. */
void stop_release(struct session *session);

#endif
