/* What was done to a session, step by step, so that it can be undone and done again: a step is what a command has
 * changed, and the memory (session/memory.h) of what was before. Steps that keys or knobs make of one thing, one behind
 * another, are one step. UI thread only. */
#ifndef SESSION_JOURNAL_H
#define SESSION_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct session;
struct memory;

#define JOURNAL_STEPS 200

struct journal_step {
    char *what;            /* the command; owned */
    struct memory *memory; /* to go back to, or in steps undone forward; owned */
    bool quiet;            /* by a key or a knob */
};

struct journal {
    struct journal_step done[JOURNAL_STEPS], undone[JOURNAL_STEPS]; /* the newest last */
    size_t dones, undones;
    struct memory *before; /* of the command that is being run; owned */
    size_t open;           /* commands in commands */
};

/* Around a command: what it changed is a step. Of commands that run others only the outermost counts. */
void journal_begin(struct session *session);
void journal_end(struct session *session, const char *what);

/* The command was left in the middle: whatever it did is no step. */
void journal_leave(struct session *session);

/* Goes a step back, or forward again; *what (borrowed until the next step) is the command. False with a sentence where
 * there is none, or something of it cannot be any more. */
bool journal_undo(struct session *session, const char **what, struct error *error);
bool journal_redo(struct session *session, const char **what, struct error *error);
void journal_free(struct journal *journal);

#endif
