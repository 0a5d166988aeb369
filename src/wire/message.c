#include "wire/message.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define HEAD 5           /* bytes before the content */
#define PIECE (1u << 16) /* received at a time */

void wire_free(struct wire *wire)
{
    bytes_free(&wire->got);
    wire->used = 0;
}

/* A socket whose other end is gone is an error here, not a signal; a pipe may send its signal. */
static ssize_t put(int out, const uint8_t *at, size_t length)
{
    ssize_t sent = send(out, at, length, MSG_NOSIGNAL);
    return sent < 0 && errno == ENOTSOCK ? write(out, at, length) : sent;
}

static bool put_all(int out, const uint8_t *at, size_t length)
{
    while (length > 0) {
        ssize_t sent = put(out, at, length);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return false;
        at += sent;
        length -= (size_t)sent;
    }
    return true;
}

bool wire_send(struct wire *wire, enum message kind, const struct bytes *content)
{
    if (content->length > WIRE_CONTENT_MAX)
        return false;
    struct bytes whole = {0};
    bytes_u32(&whole, (uint32_t)content->length);
    bytes_u8(&whole, (uint8_t)kind);
    bytes_append(&whole, content->at, content->length);
    bool sent = put_all(wire->out, whole.at, whole.length);
    bytes_free(&whole);
    return sent;
}

/* What was used makes room for what comes. */
static void forget_used(struct wire *wire)
{
    size_t left = wire->got.length - wire->used;
    if (left > 0)
        memmove(wire->got.at, wire->got.at + wire->used, left);
    wire->got.length = left;
    wire->used = 0;
}

bool wire_receive(struct wire *wire)
{
    uint8_t piece[PIECE];
    ssize_t got;
    forget_used(wire);
    do
        got = read(wire->in, piece, sizeof piece);
    while (got < 0 && errno == EINTR);
    if (got <= 0)
        return false;
    bytes_append(&wire->got, piece, (size_t)got);
    return true;
}

enum taken wire_take(struct wire *wire, uint8_t *kind, struct reader *content)
{
    struct reader reader = {.at = wire->got.at + wire->used, .left = wire->got.length - wire->used};
    if (reader.left < HEAD)
        return TAKEN_NONE;
    uint32_t length = read_u32(&reader);
    *kind = read_u8(&reader);
    if (length > WIRE_CONTENT_MAX)
        return TAKEN_NONSENSE;
    if (reader.left < length)
        return TAKEN_NONE;
    *content = (struct reader){.at = reader.at, .left = length};
    wire->used += HEAD + length;
    return TAKEN_ONE;
}
