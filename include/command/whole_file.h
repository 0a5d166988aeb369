/* A file that appears whole or not at all. */
#ifndef COMMAND_WHOLE_FILE_H
#define COMMAND_WHOLE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* Writes beside the name and renames into place; on failure, with a sentence, what was there stays. */
bool whole_file_write(const char *path, const char *bytes, size_t length, struct error *error);

#endif
