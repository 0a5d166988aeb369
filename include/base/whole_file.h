/* A file that appears whole or not at all: it is written beside its name and renamed into place when it is kept.
 * What is no ordinary file (a terminal, a pipe, /dev/null, /dev/stdout whatever is behind it) cannot be replaced and is
 * written to as it is. Symbolic links are followed where the kernel allows it; an old file's owner, permissions and
 * other names (hard links) stay. A file that was read (base/files.h) is not written over. One thread at a time. */
#ifndef BASE_WHOLE_FILE_H
#define BASE_WHOLE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/error.h"

struct whole_file;

/* NULL with "PATH: sentence" (a directory, no permission, no such place, it was read before). */
struct whole_file *whole_file_open(const char *path, struct error *error);
/* Whether what stands at `path` may be written over: false with a sentence when this process has read it, or, if the
 * writer is to be `careful`, when there is a file that this process did not write itself. whole_file_open refuses what
 * was read in any case; a command that takes long asks before it begins. files_give_up makes way. */
bool whole_file_allowed(const char *path, bool careful, struct error *error);
/* Where to write; owned by the whole_file. */
FILE *whole_file_stream(struct whole_file *file);
/* Puts it in place and frees; false with a sentence (disk full, ...), then the file is as it was. */
bool whole_file_keep(struct whole_file *file, struct error *error);
/* Throws away what was written and frees. NULL is fine. */
void whole_file_abandon(struct whole_file *file);

/* Takes away what was begun and is not kept yet. May be called by a signal's handler that ends the program, and then
 * only. */
void whole_file_remove_unfinished(void);

/* All of it at once. */
bool whole_file_write(const char *path, const char *bytes, size_t length, struct error *error);

#endif
