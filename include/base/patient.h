/* Opening and reading what may let one wait: named pipes, terminals, what another program still writes. Each call waits
 * as long as it takes, and ends early, with errno EINTR, once stop_requested() is true (Ctrl-C, and the signals that
 * end the program ask for it). Any thread. */
#ifndef BASE_PATIENT_H
#define BASE_PATIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/types.h>

/* Whether there is a pipe of this program's own at `path`, which nobody gave it (/dev/fd/4); opening it waits for
 * ever. */
bool patient_is_own_pipe(const char *path);
/* open(2) with O_CLOEXEC and O_NOCTTY added; a named pipe is waited for until somebody has its other end and, when it
 * is to be read, has written. -1 with errno, EDEADLK for a pipe of
 * the program's own. `mode` as for open, when `flags` has O_CREAT. */
int patient_open(const char *path, int flags, mode_t mode);
/* read(2), begun again when a signal that asks for no stop comes in between. -1 with errno. */
ssize_t patient_read(int file, void *bytes, size_t size);
/* fopen(path, "r"). NULL with errno. */
FILE *patient_fopen(const char *path);

#endif
