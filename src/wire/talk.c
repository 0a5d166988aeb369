#include "talk.h"

#include <math.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
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
    talk->owed.on = false;
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

/* What was owed has come: it is read by whoever is told of it. */
static bool pay(struct talk *talk, uint8_t kind, struct reader *answer, struct error *error)
{
    struct owed owed = talk->owed;
    talk->owed.on = false;
    if (kind == MESSAGE_ANSWER)
        talk->late(talk->late_context, &owed, answer);
    else if (kind != MESSAGE_REFUSED)
        return talk_lose(talk, "gave an answer that is none", error);
    if (talk->lost && error)
        *error = talk->why;
    return !talk->lost;
}

/* What is said unasked and has come: WAKE, and an answer that is owed. */
static bool hear_unasked(struct talk *talk, struct error *error)
{
    struct reader content;
    uint8_t kind;
    enum taken taken;
    while ((taken = wire_take(&talk->wire, &kind, &content)) == TAKEN_ONE) {
        if (kind == MESSAGE_WAKE)
            call_wake(talk);
        else if (!talk->owed.on)
            break;
        else if (!pay(talk, kind, &content, error))
            return false;
    }
    return taken == TAKEN_NONE || talk_lose(talk, "said what nobody asked for", error);
}

static bool readable(int descriptor, double patience)
{
    struct pollfd wanted = {.fd = descriptor, .events = POLLIN};
    return poll(&wanted, 1, isinf(patience) ? -1 : (int)ceil(1e3 * fmax(patience, 0))) > 0;
}

enum heard { HEARD, HEARD_NOTHING, HEARD_THE_END };

/* Waits for an answer, up to `patience` s. */
static enum heard hear(struct talk *talk, double patience, uint8_t *kind, struct reader *answer, struct error *error)
{
    double until = clock_seconds() + patience;
    for (;;) {
        enum taken taken = wire_take(&talk->wire, kind, answer);
        if (taken == TAKEN_NONE && !readable(talk->child.socket, until - clock_seconds()))
            return HEARD_NOTHING;
        if (taken == TAKEN_NONE && !wire_receive(&talk->wire)) {
            talk_lose(talk, NULL, error);
            return HEARD_THE_END;
        }
        if (taken == TAKEN_NONSENSE) {
            talk_lose(talk, "said what makes no sense", error);
            return HEARD_THE_END;
        }
        if (taken == TAKEN_ONE && *kind != MESSAGE_WAKE)
            return HEARD;
        if (taken == TAKEN_ONE)
            call_wake(talk);
    }
}

bool talk_settle(struct talk *talk, double patience, struct error *error)
{
    struct reader answer;
    uint8_t kind;
    if (!talk->owed.on)
        return true;
    enum heard heard = hear(talk, patience, &kind, &answer, error);
    if (heard == HEARD)
        return pay(talk, kind, &answer, error);
    return heard == HEARD_NOTHING &&
           error_set(
               error,
               "the engine's process has not answered for %.1f s; it may be stopped: kill -CONT %ld lets it go on, "
               "kill %ld ends it",
               clock_seconds() - talk->owed.since, (long)talk->child.pid, (long)talk->child.pid);
}

/* The answer of the question that was just sent. What has come together with it is heard, too: no poll() would tell of it any
 * more. */
static bool take_answer(struct talk *talk, uint8_t said, struct reader *answer, struct error *error)
{
    if (!hear_unasked(talk, error))
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

static bool send(struct talk *talk, enum message kind, const struct bytes *question, double settle, struct error *error)
{
    if (talk->lost) {
        *error = talk->why;
        return false;
    }
    return !too_long(question, error) && talk_settle(talk, settle, error) &&
           (wire_send(&talk->wire, kind, question) || talk_lose(talk, NULL, error));
}

/* An engine that is busy answers between two chunks. */
#define SETTLE 1.0

bool talk_ask(struct talk *talk, enum message kind, const struct bytes *question, struct reader *answer,
              struct error *error)
{
    uint8_t said;
    return send(talk, kind, question, SETTLE, error) && hear(talk, INFINITY, &said, answer, error) == HEARD &&
           take_answer(talk, said, answer, error);
}

/* So long a key may wait. */
#define TRY 0.02

bool talk_try(struct talk *talk, enum message kind, size_t slot, const struct bytes *question, struct reader *answer,
              struct error *error)
{
    uint8_t said;
    if (!send(talk, kind, question, 0, error))
        return false;
    enum heard heard = hear(talk, TRY, &said, answer, error);
    if (heard == HEARD)
        return take_answer(talk, said, answer, error);
    if (heard == HEARD_NOTHING) {
        talk->owed = (struct owed){.on = true, .kind = kind, .slot = slot, .since = clock_seconds()};
        error_set(error, "the engine's process has not answered yet");
    }
    return false;
}

bool talk_understood(struct talk *talk, const struct reader *answer, struct error *error)
{
    return read_end(answer) || talk_lose(talk, "gave an answer that makes no sense", error);
}

bool talk_tell(struct talk *talk, enum message kind, const struct bytes *content, struct error *error)
{
    struct reader answer;
    uint8_t said;
    if (!send(talk, kind, content, SETTLE, error))
        return false;
    enum heard heard = hear(talk, talk->hurried ? SETTLE : INFINITY, &said, &answer, error);
    if (heard == HEARD)
        return take_answer(talk, said, &answer, error) && talk_understood(talk, &answer, error);
    if (heard == HEARD_NOTHING) {
        talk->owed = (struct owed){.on = true, .kind = kind, .since = clock_seconds() - SETTLE};
        talk_settle(talk, 0, error);
    }
    return false;
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
    talk->owed = (struct owed){0};
    talk->wire = (struct wire){.in = talk->child.socket, .out = talk->child.socket};
    if (greet(talk, error))
        return true;
    if (!talk->lost)
        talk_lose(talk, NULL, NULL);
    talk->why = *error;
    return false;
}

/* ---- listening ---- */

void talk_listen(struct talk *talk)
{
    if (talk->lost || !readable(talk->child.socket, 0))
        return;
    if (wire_receive(&talk->wire))
        hear_unasked(talk, NULL);
    else
        talk_lose(talk, NULL, NULL);
}
