/* What was done to a session, step by step, so that it can be undone and done again: a step is what a command has
 * changed, and the memory (session/memory.h) of what was before. Steps that keys or knobs make of one thing, one behind
 * another, are one step. UI thread only. */
#ifndef SESSION_JOURNAL_H
#define SESSION_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/text.h"

struct session;
struct memory;

#define JOURNAL_STEPS 200

struct journal_step {
    char *what;            /* the command; owned */
    struct memory *memory; /* to go back to, or in steps undone forward; owned */
    size_t commands;       /* that it is made of */
    bool quiet;            /* by a key or a knob */
};

struct journal {
    struct journal_step done[JOURNAL_STEPS], undone[JOURNAL_STEPS]; /* the newest last */
    size_t dones, undones;
    struct memory *before; /* of the command that is being run; owned */
    size_t open;           /* commands in commands */
    struct memory *birth;  /* what it was like when it was empty; owned */
    struct text lines;     /* a script of all that was done, with the time between */
    uint64_t step;         /* of the simulation, up to where `lines` goes */
    double time, dt;       /* s: of that step, and how long steps are from there */
    struct text recorded;  /* path of a file that gets what is done from `recorded_from` on; empty: none */
    size_t recorded_from;  /* bytes of `lines` */
};

/* The session is new, and empty. */
void journal_open(struct session *session);
/* Around a command: what it changed is a step. Of commands that run others only the outermost counts. */
void journal_begin(struct session *session);
/* True when it was a step. */
bool journal_end(struct session *session, const char *what);
/* A line of the script. */
void journal_write(struct session *session, const char *what);
/* The whole script: from an empty session to what is now. */
void journal_script(struct session *session, struct text *out);
/* Everything is as in a new session: no populations and recordings, no panes, time 0. */
bool journal_empty(struct session *session, struct error *error);

/* The command was left in the middle: whatever it did is no step. */
void journal_leave(struct session *session);

/* Goes a step back, or forward again; *what (borrowed until the next step) is the command. False with a sentence where
 * there is none, or something of it cannot be any more. */
bool journal_undo(struct session *session, const char **what, struct error *error);
bool journal_redo(struct session *session, const char **what, struct error *error);
/* Forgets the steps. */
void journal_forget(struct journal *journal);
void journal_free(struct journal *journal);

#endif
