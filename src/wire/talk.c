#include "talk.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

void talk_init(struct talk *talk, const char *const *command)
{
    size_t count = 0;
    while (command[count])
        count++;
    *talk = (struct talk){.command = xcalloc(count + 1, sizeof *talk->command), .child.socket = -1, .lost = true};
    for (size_t i = 0; i < count; i++)
        talk->command[i] = xstrdup(command[i]);
}

void talk_free(struct talk *talk)
{
    char how[64];
    child_end(&talk->child, how, sizeof how);
    wire_free(&talk->wire);
    for (char **word = talk->command; *word; word++)
        free(*word);
    free(talk->command);
}

static void call_wake(const struct talk *talk)
{
    if (talk->wake)
        talk->wake(talk->wake_context);
}

bool talk_lose(struct talk *talk, const char *what, struct error *error)
{
    char how[64] = "has ended";
    child_end(&talk->child, how, sizeof how);
    wire_free(&talk->wire);
    talk->lost = true;
    error_set(&talk->why, "the engine's process %s; what was recorded is kept, and reset starts another",
              what ? what : how);
    if (error)
        *error = talk->why;
    call_wake(talk);
    return false;
}

static bool too_long(const struct bytes *question, struct error *error)
{
    return question->length > WIRE_CONTENT_MAX &&
           !error_set(error, "%zu bytes are too much for an engine in another process; at most %zu are possible",
                      question->length, WIRE_CONTENT_MAX);
}

/* What is said unasked and has come: WAKE and nothing else. */
static bool hear_unasked(struct talk *talk, struct error *error)
{
    struct reader content;
    uint8_t kind;
    enum taken taken;
    while ((taken = wire_take(&talk->wire, &kind, &content)) == TAKEN_ONE && kind == MESSAGE_WAKE)
        call_wake(talk);
    return taken == TAKEN_NONE || talk_lose(talk, "said what nobody asked for", error);
}

/* Waits for the answer. What has come together with it is heard, too: no poll() would tell of it any more. */
static bool hear(struct talk *talk, uint8_t *kind, struct reader *answer, struct error *error)
{
    for (;;) {
        enum taken taken = wire_take(&talk->wire, kind, answer);
        if (taken == TAKEN_NONE && !wire_receive(&talk->wire))
            return talk_lose(talk, NULL, error);
        if (taken == TAKEN_NONSENSE)
            return talk_lose(talk, "said what makes no sense", error);
        if (taken == TAKEN_ONE && *kind != MESSAGE_WAKE)
            return hear_unasked(talk, error);
        if (taken == TAKEN_ONE)
            call_wake(talk);
    }
}

bool talk_ask(struct talk *talk, enum message kind, const struct bytes *question, struct reader *answer,
              struct error *error)
{
    uint8_t said;
    if (talk->lost) {
        *error = talk->why;
        return false;
    }
    if (too_long(question, error))
        return false;
    if (!wire_send(&talk->wire, kind, question))
        return talk_lose(talk, NULL, error);
    if (!hear(talk, &said, answer, error))
        return false;
    if (said == MESSAGE_ANSWER)
        return true;
    char *sentence = said == MESSAGE_REFUSED ? read_text(answer) : NULL;
    if (sentence)
        error_set(error, "%s", sentence);
    else
        talk_lose(talk, "gave an answer that is none", error);
    free(sentence);
    return false;
}

bool talk_understood(struct talk *talk, const struct reader *answer, struct error *error)
{
    return read_end(answer) || talk_lose(talk, "gave an answer that makes no sense", error);
}

bool talk_tell(struct talk *talk, enum message kind, const struct bytes *content, struct error *error)
{
    struct reader answer;
    return talk_ask(talk, kind, content, &answer, error) && talk_understood(talk, &answer, error);
}

/* ---- beginning ---- */

static bool greet(struct talk *talk, struct error *error)
{
    struct bytes hello = {0};
    struct reader answer;
    bytes_text(&hello, WIRE_MAGIC);
    bytes_u32(&hello, WIRE_VERSION);
    bool good = talk_ask(talk, MESSAGE_HELLO, &hello, &answer, error);
    bytes_free(&hello);
    char *magic = good ? read_text(&answer) : NULL;
    uint32_t version = good ? read_u32(&answer) : 0;
    good = magic && strcmp(magic, WIRE_MAGIC) == 0 && read_end(&answer);
    free(magic);
    if (!good)
        return error_set(error, "%s cannot be started, or is no engine", talk->command[0]);
    return version == WIRE_VERSION || error_set(error, "%s speaks version %u of the messages, this program version %d",
                                                talk->command[0], version, WIRE_VERSION);
}

bool talk_begin(struct talk *talk, struct error *error)
{
    if (!child_start(&talk->child, talk->command, error))
        return false;
    talk->lost = false;
    talk->wire = (struct wire){.in = talk->child.socket, .out = talk->child.socket};
    if (greet(talk, error))
        return true;
    if (!talk->lost)
        talk_lose(talk, NULL, NULL);
    talk->why = *error;
    return false;
}

/* ---- listening ---- */

static bool readable(int descriptor)
{
    struct pollfd wanted = {.fd = descriptor, .events = POLLIN};
    return poll(&wanted, 1, 0) > 0;
}

void talk_listen(struct talk *talk)
{
    if (talk->lost || !readable(talk->child.socket))
        return;
    if (wire_receive(&talk->wire))
        hear_unasked(talk, NULL);
    else
        talk_lose(talk, NULL, NULL);
}
