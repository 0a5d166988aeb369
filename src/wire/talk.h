/* The talk is the conversation with an engine's process: starting it, asking it, noticing that it is gone.
 * One thread, the one that owns the port. */
#ifndef WIRE_TALK_H
#define WIRE_TALK_H

#include "child.h"
#include "wire/message.h"

struct talk {
    char **command; /* owned; ends at NULL */
    struct child child;
    struct wire wire;
    bool lost;
    struct error why;            /* when lost, a sentence */
    void (*wake)(void *context); /* NULL, or called when the engine says WAKE and when it is lost */
    void *wake_context;
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
/* Whether the answer was read to its end and was no nonsense, after which the engine is given up. */
bool talk_understood(struct talk *talk, const struct reader *answer, struct error *error);
/* A question whose answer is empty. */
bool talk_tell(struct talk *talk, enum message kind, const struct bytes *content, struct error *error);
/* Hears what has been said unasked; never waits. */
void talk_listen(struct talk *talk);
/* Gives the engine up: ends its process. `what`: why, as in "the engine's process WHAT"; NULL: how it ended. Returns
 * false, with the sentence in *error too unless that is NULL. */
bool talk_lose(struct talk *talk, const char *what, struct error *error);

#endif
