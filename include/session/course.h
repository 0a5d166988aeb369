/* Going through a lesson: what was there is put aside, the script is gone through in a world of its own, forward and
 * back, and in the end what was there comes back. Going back is exact: the script is run again from its start, as fast
 * as it goes, up to the stop before; so is going on after somebody has tried something. UI thread only. */
#ifndef SESSION_COURSE_H
#define SESSION_COURSE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "lesson/shelf.h"

struct session;

/* Begins the lesson (copied), after leaving the one that may be on. Where it is `presented`, an answer that nobody has
 * given is shown when one goes on. False with a sentence, and nothing has changed. */
bool course_begin(struct session *session, const struct shelf_lesson *lesson, bool presented, struct error *error);
/* To the stop before; false with a sentence. */
bool course_back(struct session *session, struct error *error);
/* To the same stop, as if nothing had been tried, and past it. */
void course_pass(struct session *session);
/* Brings back what was there before; its simulation goes on if it is to. Nothing is done when no lesson is on. */
void course_leave(struct session *session, bool go_on);
/* A lesson is on whose commands say nothing beside their tables. */
bool course_is_quiet(const struct session *session);
/* Its lines were dropped, by Ctrl-C: it stands where it is. */
void course_stopped(struct session *session);
/* A line of a script has failed: the lesson whose it is stops there. */
void course_failed(struct session *session, const char *file, size_t number);

#endif
