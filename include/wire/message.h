/* Messages between a program and an engine in another process, over a stream of bytes each way.
 *
 * A message is its length (4 bytes, lowest first), its kind (1 byte) and so many bytes of content. The user asks, one
 * question at a time; the engine answers each with ANSWER (the content depends on the question), or REFUSED and a
 * sentence. Unasked it sends only WAKE, once at most between two questions. The first question is HELLO, whose answer
 * says which version of all this the engine speaks.
 *
 *   question   content                            ANSWER
 *   HELLO      "lifscope", version                "lifscope", version
 *   START                                                            the engine follows the clock from now on
 *   PLACE      slot, spec, input                  time, batch or none
 *   EMPTY      slot
 *   FEED       slot, input                        time
 *   DT         dt                                 time
 *   RESET
 *   RUN
 *   PAUSE
 *   ADVANCE    steps                              status              before START: as many of them as records can hold
 *   SPEED      factor
 *   STATUS                                        status
 *   TAKE       slot                               batch or none
 *   CONNECTIONS  how many, of each: again, connection               prepared, as by port_connections
 *   JOIN
 *   LEARN      name, what (enum port_learning)
 *   LEARNED    name                               what was learned
 *
 * Slots, steps and how many are counts, a flag says whether there is a batch; the rest is in wire/codec.h. */
#ifndef WIRE_MESSAGE_H
#define WIRE_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wire/bytes.h"

#define WIRE_VERSION 2
#define WIRE_MAGIC "lifscope"
/* Bytes of content of the longest message: one gigabyte, twice what the largest population takes. */
#define WIRE_CONTENT_MAX ((size_t)1 << 30)

enum message {
    MESSAGE_HELLO = 1,
    MESSAGE_START,
    MESSAGE_PLACE,
    MESSAGE_EMPTY,
    MESSAGE_FEED,
    MESSAGE_DT,
    MESSAGE_RESET,
    MESSAGE_RUN,
    MESSAGE_PAUSE,
    MESSAGE_ADVANCE,
    MESSAGE_SPEED,
    MESSAGE_STATUS,
    MESSAGE_TAKE,
    MESSAGE_CONNECTIONS,
    MESSAGE_JOIN,
    MESSAGE_LEARN,
    MESSAGE_LEARNED,
    MESSAGE_QUESTIONS, /* how many numbers questions take, 0 included */
    MESSAGE_ANSWER = 64,
    MESSAGE_REFUSED,
    MESSAGE_WAKE,
};

/* A wire is one end of the stream of bytes between the two processes. {.in, .out} of open descriptors, which may be the
 * same. */
struct wire {
    int in, out;
    struct bytes got; /* received */
    size_t used;      /* of it, by messages that were taken */
};
void wire_free(struct wire *wire); /* the buffer; descriptors are the caller's */

/* Sends the whole message; false when the other end is gone or the content is too long. */
bool wire_send(struct wire *wire, enum message kind, const struct bytes *content);
/* Waits for some bytes and keeps them; false at the end of the stream. */
bool wire_receive(struct wire *wire);

enum taken { TAKEN_NONE, TAKEN_ONE, TAKEN_NONSENSE };
/* The next message, if all of it has been received; its content is borrowed until the next wire_receive. NONSENSE: too
 * long to be one; there is no way on. */
enum taken wire_take(struct wire *wire, uint8_t *kind, struct reader *content);

#endif
