/* A child is a process that this one started and talks to through one socket, which is its standard input and output.
 * One thread at a time. */
#ifndef WIRE_CHILD_H
#define WIRE_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/error.h"

struct child {
    pid_t pid;  /* 0: none */
    int socket; /* its standard input and output are the other end; -1: none */
};

/* Ctrl-C in the terminal is not meant for it; ^Z stops it together with this program. */
bool child_start(struct child *child, char *const *command, struct error *error);
/* Closes the socket, which is how it is told, and kills what does not end within a second. Writes into how[size], size
 * at least 64, how it ended: "was killed by signal 9", "ended with status 1". */
void child_end(struct child *child, char *how, size_t size);

#endif
