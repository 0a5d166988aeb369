/* A file that appears whole or not at all: it is written beside its name and renamed into place when it is kept.
 * What is no ordinary file (a terminal, a pipe, /dev/null, /dev/stdout whatever is behind it) cannot be replaced and is
 * written to as it is. Symbolic links are followed; an old file's permissions stay. One thread at a time. */
#ifndef BASE_WHOLE_FILE_H
#define BASE_WHOLE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/error.h"

struct whole_file;

/* NULL with "PATH: sentence" (a directory, no permission, no such place). */
struct whole_file *whole_file_open(const char *path, struct error *error);
/* Where to write; owned by the whole_file. */
FILE *whole_file_stream(struct whole_file *file);
/* Puts it in place and frees; false with a sentence (disk full, ...), then the file is as it was. */
bool whole_file_keep(struct whole_file *file, struct error *error);
/* Throws away what was written and frees. NULL is fine. */
void whole_file_abandon(struct whole_file *file);

/* All of it at once. */
bool whole_file_write(const char *path, const char *bytes, size_t length, struct error *error);

#endif
