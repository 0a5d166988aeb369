/* Several files that grow as one stream of whole lines: what `lifscope --merge` writes, so that the output of many processes
 * can go through one pipe. A file that is written in lumps ends in the middle of a line for a while; a line goes out when its
 * end is there, and never with a piece of another file's line in it. One thread. */
#ifndef FOLLOW_MERGE_H
#define FOLLOW_MERGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* Files open at once, at most: what a process may have, less some for itself. */
#define MERGE_MOST 1000

struct merge;

/* Of the files that match any of the patterns, as shells write them, now or later; they are looked for again as time goes on.
 * The patterns are borrowed. */
struct merge *merge_new(const char *const *pattern, size_t patterns);
void merge_free(struct merge *merge);
size_t merge_files(const struct merge *merge); /* that are open */

/* Looks for files and reads what they have grown by; whole lines go to the descriptor `out`, those of one file in their order.
 * *wrote: bytes that went out. False with a sentence when writing failed (error->text "" where the reader has gone), or a file
 * cannot be read. */
bool merge_look(struct merge *merge, int out, size_t *wrote, struct error *error);
/* A last line without its end, of files that will not grow any more. */
bool merge_finish(struct merge *merge, int out, struct error *error);

/* All of it, until the reader has gone or the process is asked to stop. */
bool merge_run(const char *const *pattern, size_t patterns, int out, struct error *error);

#endif
