/* A file that grows, a named pipe or a descriptor, read as its bytes arrive, with what happens to it noticed.
 * Reading never waits. One thread at a time. */
#ifndef FOLLOW_WATCH_H
#define FOLLOW_WATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

enum watch_event {
    WATCH_NOTHING, /* for now */
    WATCH_BYTES,
    WATCH_TRUNCATED, /* the file is shorter than what was read: reading goes on from its start */
    WATCH_REWRITTEN, /* other bytes are where it was read (it was written anew, and is longer): the same */
    WATCH_ROTATED,   /* another file has the name, and is not empty: reading goes on with it, from its start */
    WATCH_REMOVED,   /* no file has the name; reading goes on with the one that had it, until another has */
    WATCH_GONE,      /* every writer of the pipe has closed it */
    WATCH_BACK,      /* and now there is one again (a named pipe) */
    WATCH_BROKEN,    /* it cannot be read any more; the error says why */
};

struct watch;

/* NULL with a sentence: no such file, a directory, no permission. A named pipe may have no writer yet. */
struct watch *watch_open(const char *path, struct error *error);
/* Takes the descriptor, whose flags stay as they are. `name` is for sentences. */
struct watch *watch_descriptor(int descriptor, const char *name, struct error *error);
void watch_close(struct watch *watch);

/* The next thing that happened. NULs at the beginning of a file that was truncated are passed over: they stand for what
 * a writer that did not notice wrote before. With WATCH_BYTES *got (> 0) bytes are in buffer. */
enum watch_event watch_read(struct watch *watch, char *buffer, size_t size, size_t *got, struct error *error);

/* What poll() can wait for bytes on; -1 when that makes no sense (a file, a pipe without writers): then
 * watch_patience says how long, in s, until it is worth reading again (INFINITY: nothing can come any more).
 */
int watch_poll(const struct watch *watch);
double watch_patience(const struct watch *watch);
/* Everything that there is has been read: a file's end, or a pipe without writers, where there was one
 * before. */
bool watch_at_end(const struct watch *watch);
/* A file, which can be read again from its start. */
bool watch_is_file(const struct watch *watch);
void watch_rewind(struct watch *watch);
/* Part of a file that was read, 0..1; 1 for all others. */
double watch_fraction(const struct watch *watch);

#endif
