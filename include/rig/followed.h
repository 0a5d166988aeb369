/* What a channel that follows an input consists of: where bytes come from, the reader that makes spikes of
 * them, their record, and what there is to say about all that. UI thread only. */
#ifndef RIG_FOLLOWED_H
#define RIG_FOLLOWED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "follow/follow.h"
#include "follow/watch.h"
#include "signal/stream.h"

struct channel;
struct rig;
struct followed;

/* What to follow and how to read it. */
struct follow_request {
    const char *source; /* a path, or "-" */
    double keep;        /* s */
    struct load_options options;
};

/* Opens the source; NULL with a sentence. Everything of the request is copied. */
struct followed *followed_new(struct rig *rig, const struct follow_request *request, struct error *error);
void followed_free(struct followed *followed);

/* Takes what has come, for at most so many seconds; true when a frame is worth drawing. What happened to the
 * input is said. */
bool followed_read(struct rig *rig, struct channel *channel, double budget);
/* Waits for the end of a file, or of a pipe's last writer, unless it was there before: what a script does.
 * False with a sentence when it cannot be read, or on Ctrl-C. */
bool followed_read_all(struct rig *rig, struct channel *channel, struct error *error);

/* To be waited for by poll(), -1: none; and the seconds after which it is to be read anyway. */
int followed_poll(const struct followed *followed);
double followed_patience(const struct followed *followed);

/* Reads with other options, those not given staying as they are (keep 0: not given). What can be read again
 * is, a unit changes what is kept, and otherwise they hold from now on. */
bool followed_change(struct rig *rig, struct channel *channel, const struct follow_request *request,
                     struct error *error);
/* The memory now set. */
void followed_limit(struct followed *followed, size_t limit);

struct stream *followed_stream(const struct followed *followed);
/* The source as sentences call it: a path, "standard input". */
const char *followed_title(const struct followed *followed);
/* For the status line: "1 234 rows/s", and "stalled 3.2 s" or NULL. */
const char *followed_rate(const struct followed *followed);
const char *followed_trouble(const struct followed *followed);
/* For another writer of a named pipe, or another file of that name. */
bool followed_waits(const struct followed *followed);
/* Nothing can come any more. */
bool followed_has_ended(const struct followed *followed);
/* Everything that was counted, in lines. */
void followed_report(const struct followed *followed, const char *name, struct text *out);

#endif
