/* Bytes on their way to the terminal. A terminal may stop taking them (Ctrl-S, a stalled connection); whoever writes
 * here never waits for it, and asks what is left. Two descriptors: the terminal as it was inherited, and one of our own
 * to the same terminal that does not block; the inherited one shares its flags with the shell, so it is left as it is.
 * One terminal, one thread, but for outbox_last. */
#ifndef TERM_OUTBOX_H
#define TERM_OUTBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/error.h"

/* Opens the terminal that `inherited` is. False with a sentence. */
bool outbox_open(int inherited, struct error *error);
/* What still waits is lost. */
void outbox_close(void);

/* Puts bytes at the end of what waits. */
void outbox_add(const char *bytes, size_t length);
/* Sends what the terminal takes at once. */
void outbox_send(void);
/* The descriptor to be polled for writing; -1: nothing waits. */
int outbox_waits(void);
/* Sends everything, if the terminal takes some of it at least once in `patience` seconds; else false. */
bool outbox_drain(double patience);
/* The last words, before what still waits: for signal handlers, which may have come in the middle of anything. Tries
 * for a second at most. */
void outbox_last(const char *bytes, size_t length);

/* For a library that writes by itself: the terminal, so that it can ask for its size and modes. What is written to it
 * between outbox_capture and outbox_release goes into the box. Owned by the box. */
FILE *outbox_library(void);
void outbox_capture(void);
void outbox_release(void);

#endif
