/* What completes lifscope's arguments in a shell, made of the tables that the program itself reads: its options
 * (options.h), the commands (language/command.h) that -c begins with, and the endings of files. */
#ifndef COMPLETION_H
#define COMPLETION_H

#include <stdbool.h>
#include <stdio.h>

#include "base/error.h"

/* A shell, and how its completion is written. */
struct completion_shell {
    const char *name; /* "bash" */
    void (*write)(FILE *out);
};
extern const struct completion_shell completion_shells[]; /* ends at a NULL name */

/* Writes the script for the shell of that name; false with a sentence that lists the shells. The commands must have been
 * said (command_use). */
bool completion_write(const char *shell, FILE *out, struct error *error);

#endif
