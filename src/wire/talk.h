/* The talk is the conversation with an engine's process: starting it, asking it, noticing that it is gone.
 * One thread, the one that owns the port. */
#ifndef WIRE_TALK_H
#define WIRE_TALK_H

#include "child.h"
#include "wire/message.h"

/* A question whose answer has not come yet, though it was waited for as long as a key may wait. */
struct owed {
    bool on;
    enum message kind;
    size_t slot;  /* that was asked about */
    double since; /* s, of clock_seconds */
};

struct talk {
    char **command; /* owned; ends at NULL */
    struct child child;
    struct wire wire;
    bool lost;
    struct error why;            /* when lost, a sentence */
    void (*wake)(void *context); /* NULL, or called when the engine says WAKE and when it is lost */
    void *wake_context;
    bool hurried; /* somebody types: what is told is waited for a second, and may be done later */
    struct owed owed;
    /* Is given the answer that was owed when it comes, and has to read it to its end (talk_understood). */
    void (*late)(void *context, const struct owed *owed, struct reader *answer);
    void *late_context;
};

/* Copies the command; starts nothing. */
void talk_init(struct talk *talk, const char *const *command);
void talk_free(struct talk *talk);
/* Starts the process (the one before is lost) and makes sure that it is an engine of this version. */
bool talk_begin(struct talk *talk, struct error *error);

/* Asks, and waits for the answer; hears what is said before it. False with a sentence when the engine is lost or
 * refuses. *answer is borrowed until the next question, and has to be read to its end: talk_understood. */
bool talk_ask(struct talk *talk, enum message kind, const struct bytes *question, struct reader *answer,
              struct error *error);
/* The same, but waits for some milliseconds only, and not at all while an answer is owed: false, with the answer owed, when it
 * does not come. For questions asked many times a second; `slot` goes with what is owed. */
bool talk_try(struct talk *talk, enum message kind, size_t slot, const struct bytes *question, struct reader *answer,
              struct error *error);
/* Waits up to `patience` s for what is owed; false with a sentence when it does not come. talk_ask does it first. */
bool talk_settle(struct talk *talk, double patience, struct error *error);
/* Whether the answer was read to its end and was no nonsense, after which the engine is given up. */
bool talk_understood(struct talk *talk, const struct reader *answer, struct error *error);
/* A question whose answer is empty. While hurried, one that is not answered within a second is owed, and false. */
bool talk_tell(struct talk *talk, enum message kind, const struct bytes *content, struct error *error);
/* Hears what has been said unasked; never waits. */
void talk_listen(struct talk *talk);
/* Gives the engine up: ends its process. `what`: why, as in "the engine's process WHAT"; NULL: how it ended. Returns
 * false, with the sentence in *error too unless that is NULL. */
bool talk_lose(struct talk *talk, const char *what, struct error *error);

#endif
