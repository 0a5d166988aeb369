/* One loop that waits for questions and for the engine's thread, which wakes it through a pipe. */
#include "wire/serve.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "engine/engine.h"
#include "wire/codec.h"
#include "wire/message.h"

struct server {
    struct port *engine;
    struct wire wire;
    int pipe[2];  /* a byte in it: the engine has called wake */
    bool greeted; /* HELLO has been said */
    bool woken;   /* WAKE has been sent since the last question */
    bool started;
};

static bool get_slot(struct reader *question, size_t *slot, struct error *error)
{
    uint64_t number = read_count(question);
    *slot = (size_t)number;
    return number < ENGINE_SLOTS ||
           error_set(error, "slot %llu: there are %d", (unsigned long long)number, ENGINE_SLOTS);
}

/* ---- one function a question: reads it, does it, writes the answer ---- */

static bool on_hello(struct server *server, struct reader *question, struct bytes *answer, struct error *error)
{
    char *magic = read_text(question);
    bool right = magic && strcmp(magic, WIRE_MAGIC) == 0;
    uint32_t version = read_u32(question);
    free(magic);
    bytes_text(answer, WIRE_MAGIC);
    bytes_u32(answer, WIRE_VERSION);
    server->greeted = right && version == WIRE_VERSION;
    return right || error_set(error, "this is a lifscope engine, and whoever talks to it is no lifscope");
}

static void wake(void *context)
{
    const struct server *server = context;
    int before = errno;
    ssize_t written = write(server->pipe[1], "", 1);
    (void)written; /* a full pipe wakes as well */
    errno = before;
}

static bool on_start(struct server *server, struct reader *question, struct bytes *answer, struct error *error)
{
    (void)question;
    (void)answer;
    if (server->started)
        return error_set(error, "the engine has been started already");
    server->started = port_start(server->engine, wake, server, error);
    return server->started;
}

static void put_batch(struct bytes *answer, const struct spike_batch *batch)
{
    bytes_u8(answer, batch != NULL);
    if (batch)
        bytes_batch(answer, batch);
}

static bool on_place(struct server *server, struct reader *question, struct bytes *answer, struct error *error)
{
    struct population_spec spec;
    struct stimulus *input;
    struct port_placed placed;
    size_t slot;
    if (!get_slot(question, &slot, error) || !codec_read_spec(question, &spec, error))
        return false;
    bool good = codec_read_input(question, &input, error);
    if (good) {
        good =
            port_build(server->engine, slot, &spec, input, error) && port_place(server->engine, slot, &placed, error);
        stimulus_free(input);
    }
    population_spec_free(&spec);
    if (!good)
        return false;
    bytes_f64(answer, placed.time);
    put_batch(answer, placed.recorded);
    return true;
}

static bool on_empty(struct server *server, struct reader *question, struct bytes *answer, struct error *error)
{
    size_t slot;
    (void)answer;
    if (!get_slot(question, &slot, error))
        return false;
    port_empty(server->engine, slot);
    return true;
}

static bool on_feed(struct server *server, struct reader *question, struct bytes *answer, struct error *error)
{
    struct stimulus *input;
    size_t slot;
    double time;
    if (!get_slot(question, &slot, error) || !codec_read_input(question, &input, error))
        return false;
    bool good = port_feed(server->engine, slot, input, &time, error);
    stimulus_free(input);
    if (good)
        bytes_f64(answer, time);
    return good;
}

static bool on_dt(struct server *server, struct reader *question, struct bytes *answer, struct error *error)
{
    double time;
    if (!port_dt(server->engine, read_f64(question), &time, error))
        return false;
    bytes_f64(answer, time);
    return true;
}

static bool on_reset(struct server *server, struct reader *question, struct bytes *answer, struct error *error)
{
    (void)question;
    (void)answer;
    return port_reset(server->engine, error);
}

static bool on_run(struct server *server, struct reader *question, struct bytes *answer, struct error *error)
{
    (void)question;
    (void)answer;
    if (!server->started)
        return error_set(error, "an engine that was not started cannot run without end");
    return port_run(server->engine, error);
}

static bool on_pause(struct server *server, struct reader *question, struct bytes *answer, struct error *error)
{
    (void)question;
    (void)answer;
    (void)error;
    port_pause(server->engine);
    return true;
}

static bool on_status(struct server *server, struct reader *question, struct bytes *answer, struct error *error)
{
    (void)question;
    (void)error;
    struct engine_status status = port_status(server->engine);
    bytes_status(answer, &status);
    return true;
}

/* The records have to be fetched before more is done. */
static bool enough(void *context)
{
    (void)context;
    return false;
}

static bool on_advance(struct server *server, struct reader *question, struct bytes *answer, struct error *error)
{
    return port_advance(server->engine, read_count(question), enough, NULL, error) &&
           on_status(server, question, answer, error);
}

static bool on_speed(struct server *server, struct reader *question, struct bytes *answer, struct error *error)
{
    double factor = read_f64(question);
    (void)answer;
    if (!(factor > 0))
        return error_set(error, "speed %g: must be greater than 0", factor);
    port_speed(server->engine, factor);
    return true;
}

static bool on_take(struct server *server, struct reader *question, struct bytes *answer, struct error *error)
{
    size_t slot;
    if (!get_slot(question, &slot, error))
        return false;
    put_batch(answer, port_take(server->engine, slot));
    return true;
}

static bool read_connections(struct reader *question, struct connection_spec *spec, struct port_connection *connection,
                             size_t count, size_t *read, struct error *error)
{
    for (*read = 0; *read < count; ++*read) {
        connection[*read] = (struct port_connection){.spec = &spec[*read], .again = read_flag(question)};
        if (!codec_read_connection(question, &spec[*read], error))
            return false;
    }
    return true;
}

static bool on_connections(struct server *server, struct reader *question, struct bytes *answer, struct error *error)
{
    size_t count = read_count_of(question, 64), read; /* one takes more bytes than that */
    struct connection_spec *spec = xcalloc(count, sizeof *spec);
    struct port_connection *connection = xcalloc(count, sizeof *connection);
    (void)answer;
    bool good = read_connections(question, spec, connection, count, &read, error) &&
                port_connections(server->engine, connection, count, error);
    for (size_t i = 0; i < read; i++)
        connection_spec_free(&spec[i]);
    free(spec);
    free(connection);
    return good;
}

static bool on_join(struct server *server, struct reader *question, struct bytes *answer, struct error *error)
{
    (void)question;
    (void)answer;
    return port_join(server->engine, error);
}

static bool on_learn(struct server *server, struct reader *question, struct bytes *answer, struct error *error)
{
    char *name = read_text(question);
    uint8_t what = read_u8(question);
    (void)answer;
    bool good = name && what <= PORT_LEARN_RESET ? port_learn(server->engine, name, (enum port_learning)what, error)
                                                 : error_set(error, "learning can be on, off or reset");
    free(name);
    return good;
}

static bool on_learned(struct server *server, struct reader *question, struct bytes *answer, struct error *error)
{
    struct port_learned learned;
    char *name = read_text(question);
    bool good = name ? port_learned(server->engine, name, &learned, error) : error_set(error, "of which connection?");
    free(name);
    if (good)
        bytes_learned(answer, &learned);
    return good;
}

static bool (*const on[MESSAGE_QUESTIONS])(struct server *server, struct reader *question, struct bytes *answer,
                                           struct error *error) = {
    [MESSAGE_HELLO] = on_hello,     [MESSAGE_START] = on_start,
    [MESSAGE_PLACE] = on_place,     [MESSAGE_EMPTY] = on_empty,
    [MESSAGE_FEED] = on_feed,       [MESSAGE_DT] = on_dt,
    [MESSAGE_RESET] = on_reset,     [MESSAGE_RUN] = on_run,
    [MESSAGE_PAUSE] = on_pause,     [MESSAGE_ADVANCE] = on_advance,
    [MESSAGE_SPEED] = on_speed,     [MESSAGE_STATUS] = on_status,
    [MESSAGE_TAKE] = on_take,       [MESSAGE_CONNECTIONS] = on_connections,
    [MESSAGE_JOIN] = on_join,       [MESSAGE_LEARN] = on_learn,
    [MESSAGE_LEARNED] = on_learned,
};

/* ---- the loop ---- */

static bool is_question(const struct server *server, uint8_t kind)
{
    return kind < MESSAGE_QUESTIONS && on[kind] && (server->greeted || kind == MESSAGE_HELLO);
}

/* False when the other end is gone. */
static bool answer_one(struct server *server, uint8_t kind, struct reader *question)
{
    struct error error = {""};
    struct bytes answer = {0};
    server->woken = false;
    bool good = on[kind](server, question, &answer, &error) &&
                (read_end(question) || error_set(&error, "a question of kind %u has the wrong length", kind));
    if (!good) {
        answer.length = 0;
        bytes_text(&answer, error.text);
    }
    bool sent = wire_send(&server->wire, good ? MESSAGE_ANSWER : MESSAGE_REFUSED, &answer);
    bytes_free(&answer);
    return sent;
}

/* All that has come. False when it is over, with a sentence when that is somebody's fault. */
static bool answer_all(struct server *server, struct error *error)
{
    struct reader question;
    uint8_t kind;
    enum taken taken;
    while ((taken = wire_take(&server->wire, &kind, &question)) == TAKEN_ONE) {
        if (!is_question(server, kind))
            return error_set(error, "a message of kind %u is no question", kind);
        if (!answer_one(server, kind, &question))
            return false;
    }
    return taken == TAKEN_NONE || error_set(error, "a message of more than %zu bytes", WIRE_CONTENT_MAX);
}

/* At the end of the stream: nothing may be left of it. */
static bool is_over(const struct server *server, struct error *error)
{
    if (server->wire.got.length > server->wire.used)
        error_set(error, "the questions end in the middle of one");
    return false;
}

static bool tell_woken(struct server *server)
{
    char bytes[64];
    struct bytes nothing = {0};
    while (read(server->pipe[0], bytes, sizeof bytes) > 0)
        continue;
    if (server->woken)
        return true;
    server->woken = true;
    return wire_send(&server->wire, MESSAGE_WAKE, &nothing);
}

static void loop(struct server *server, struct error *error)
{
    struct pollfd wanted[2] = {{.fd = server->wire.in, .events = POLLIN}, {.fd = server->pipe[0], .events = POLLIN}};
    bool going = true;
    while (going) {
        if (poll(wanted, 2, -1) < 0) {
            if (errno == EINTR)
                continue;
            break;
        }
        if (wanted[1].revents)
            going = tell_woken(server);
        if (going && wanted[0].revents)
            going = wire_receive(&server->wire) ? answer_all(server, error) : is_over(server, error);
    }
}

bool serve(int in, int out, struct error *error)
{
    struct server server = {.wire = {.in = in, .out = out}};
    if (pipe(server.pipe) != 0)
        return error_set(error, "cannot make a pipe: %s", strerror(errno));
    for (int i = 0; i < 2; i++)
        fcntl(server.pipe[i], F_SETFL, O_NONBLOCK);
    error->text[0] = '\0';
    server.engine = engine_open(ENGINE_DT_DEFAULT);
    loop(&server, error);
    port_free(server.engine); /* its thread writes into the pipe until then */
    wire_free(&server.wire);
    close(server.pipe[0]);
    close(server.pipe[1]);
    return error->text[0] == '\0';
}
