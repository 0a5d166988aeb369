/* The engine in another process ($LIFSCOPE --serve): the same spikes to the last bit, the same sentences, and a session
 * with it that outlives it. */
#include "harness.h"

#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/xalloc.h"
#include "engine/engine.h"
#include "network/rule.h"
#include "wire/message.h"
#include "wire/remote.h"
#include "wire/serve.h"

#define LIMIT 60 /* s: only a hang takes this long */

static const char *program(void)
{
    const char *path = getenv("LIFSCOPE");
    ck_assert_msg(path != NULL, "LIFSCOPE is to name the program");
    return path;
}

static struct port *open_remote(void)
{
    const char *const command[] = {program(), "--serve", NULL};
    struct error error = {""};
    struct port *port = remote_open(command, &error);
    ck_assert_msg(port != NULL, "%s", error.text);
    return port;
}

static struct stimulus *input_of(const struct stimulus_type *type)
{
    struct error error = {""};
    struct stimulus *s = stimulus_new(type, NULL, 5, NULL, &error);
    ck_assert_msg(s != NULL, "%s", error.text);
    return s;
}

static struct population_spec spec_of(size_t n, size_t dims, const struct neuron_model *model)
{
    struct population_spec spec;
    population_spec_init(&spec);
    spec.n = n;
    spec.dims = dims;
    spec.model = model;
    neuron_own_defaults(model, &spec.params);
    return spec;
}

/* ---- the same ---- */

struct digest {
    struct port *port;
    size_t slots, steps, spikes;
    uint64_t hash;
};

static void mix(struct digest *d, const void *bytes, size_t length)
{
    for (const unsigned char *at = bytes; length-- > 0; at++)
        d->hash = (d->hash ^ *at) * 1099511628211u;
}

static void mix_batch(struct digest *d, const struct spike_batch *batch)
{
    if (!batch)
        return;
    size_t spike = 0;
    for (size_t k = 0; k < batch->steps; spike = batch->end[k++]) { /* however steps are split over batches */
        mix(d, &batch->time[k], sizeof *batch->time);
        mix(d, batch->input + k * batch->dims, batch->dims * sizeof *batch->input);
        mix(d, batch->ideal + k * batch->dims, batch->dims * sizeof *batch->ideal);
        mix(d, batch->neuron + spike, (batch->end[k] - spike) * sizeof *batch->neuron);
    }
    d->steps += batch->steps;
    d->spikes += batch->spikes;
}

/* In a fixed order, so that the digest does not depend on who was taken when: each slot by itself. */
static bool take_all(void *context)
{
    struct digest *d = context;
    for (size_t s = 0; s < d->slots; s++)
        mix_batch(&d[s], port_take(d[s].port, s));
    return true;
}

#define SLOTS 3

static void begin(struct digest *d, struct port *port)
{
    for (size_t s = 0; s < SLOTS; s++)
        d[s] = (struct digest){.port = port, .slots = SLOTS, .hash = 1469598103934665603u};
}

static void place(struct digest *d, size_t slot, const struct population_spec *spec, const struct stimulus *input)
{
    struct error error = {""};
    struct port_placed placed;
    ck_assert_msg(port_build(d->port, slot, spec, input, &error) && port_place(d->port, slot, &placed, &error), "%s",
                  error.text);
    mix(&d[slot], &placed.time, sizeof placed.time);
    mix_batch(&d[slot], placed.recorded);
}

static void advance(struct digest *d, uint64_t steps)
{
    struct error error = {""};
    ck_assert_msg(port_advance(d->port, steps, take_all, d, &error), "%s", error.text);
}

/* Everything that can be done to an engine, without the clock. */
static void exercise(struct digest *d)
{
    struct error error = {""};
    struct population_spec a = spec_of(300, 1, &neuron_fastlif), b = spec_of(70, 3, &neuron_lif),
                           c = spec_of(50, 1, &neuron_softlif), more = spec_of(500, 1, &neuron_fastlif);
    struct stimulus *sine = input_of(&stimulus_sine), *noise = input_of(&stimulus_noise),
                    *white = input_of(&stimulus_white);
    double time;
    place(d, 0, &a, sine);
    place(d, 1, &b, noise);
    place(d, 2, &c, NULL);
    advance(d, 20000); /* longer than a batch */
    place(d, 0, &more, sine);
    advance(d, 700);
    ck_assert(port_advance(d->port, 50, NULL, NULL, &error)); /* recorded, and taken with the next change */
    place(d, 0, &a, white);
    advance(d, 300);
    ck_assert(port_feed(d->port, 1, sine, &time, &error));
    mix(&d[1], &time, sizeof time);
    ck_assert(port_dt(d->port, 0.0004, &time, &error));
    mix(&d[1], &time, sizeof time);
    advance(d, 900);
    place(d, 0, &more, white);
    port_empty(d->port, 2);
    ck_assert(port_take(d->port, 2) == NULL);
    advance(d, 100);
    ck_assert(port_reset(d->port, &error));
    advance(d, 1500);
    struct engine_status status = port_status(d->port);
    ck_assert(status.time == 0.6 && status.step == 1500 && status.dt == 0.0004 && !status.running && !status.lost);
    population_spec_free(&a);
    population_spec_free(&b);
    population_spec_free(&c);
    population_spec_free(&more);
    stimulus_free(sine);
    stimulus_free(noise);
    stimulus_free(white);
}

static void ck_same(const struct digest *here, const struct digest *there)
{
    for (size_t s = 0; s < SLOTS; s++) {
        ck_assert_msg(here[s].steps == there[s].steps && here[s].spikes == there[s].spikes,
                      "slot %zu: %zu steps and %zu spikes here, %zu and %zu there", s, here[s].steps, here[s].spikes,
                      there[s].steps, there[s].spikes);
        ck_assert_msg(here[s].hash == there[s].hash, "slot %zu: other spikes, times or inputs there", s);
    }
}

START_TEST(another_process_gives_the_same_spikes)
{
    struct digest here[SLOTS], there[SLOTS];
    begin(here, engine_open(0.001));
    begin(there, open_remote());
    exercise(here);
    exercise(there);
    ck_assert(here[0].spikes > 100000 && here[1].spikes > 10000 && here[2].spikes == 0 && here[2].steps > 20000);
    ck_same(here, there);
    port_free(here->port);
    port_free(there->port);
}
END_TEST

/* ---- networks ---- */

/* Decoders that nobody solved for, so that nothing depends on a library. */
static struct connection_spec connection_of(const char *name, size_t pre, size_t n_pre, size_t post)
{
    struct connection_spec spec;
    connection_spec_init(&spec);
    spec.name = xstrdup(name);
    spec.pre = pre;
    spec.post = post;
    spec.decoders = (struct matrix){n_pre, 1, xcalloc(n_pre, sizeof(double))};
    for (size_t i = 0; i < n_pre; i++)
        spec.decoders.value[i] = 2e-4 * sin(1.0 + (double)i);
    return spec;
}

#define LINKS 4

static void connect_all(struct digest *d)
{
    struct connection_spec spec[LINKS] = {connection_of("A-B", 0, 80, 1), connection_of("B-B", 1, 50, 1),
                                          connection_of("B-E", 1, 50, 2), connection_of("A-E", 0, 80, 2)};
    struct port_connection connection[LINKS];
    struct error error = {""};
    spec[0].learning = (struct learning_spec){
        .rule = &rule_pes, .on = true, .rate = 1e-3, .tau = 0.005, .has_error = true, .error = 2};
    spec[1].synapse = &synapse_alpha;
    spec[1].tau_synapse = 0.02;
    spec[3].scale = -1;
    for (size_t i = 0; i < LINKS; i++)
        connection[i] = (struct port_connection){.spec = &spec[i]};
    ck_assert_msg(port_connections(d->port, connection, LINKS, &error) && port_join(d->port, &error), "%s", error.text);
    for (size_t i = 0; i < LINKS; i++)
        connection_spec_free(&spec[i]);
}

static void place_network(struct digest *d)
{
    struct population_spec a = spec_of(80, 1, &neuron_fastlif), b = spec_of(50, 1, &neuron_lif), e;
    struct stimulus *sine = input_of(&stimulus_sine);
    population_spec_init(&e);
    population_spec_node(&e, 1);
    place(d, 0, &a, sine);
    place(d, 1, &b, NULL);
    place(d, 2, &e, NULL);
    population_spec_free(&a);
    population_spec_free(&b);
    population_spec_free(&e);
    stimulus_free(sine);
}

static void mix_learned(struct digest *d)
{
    struct error error = {""};
    struct port_learned learned;
    ck_assert_msg(port_learned(d->port, "A-B", &learned, &error), "%s", error.text);
    ck_assert(learned.rows == 1 && learned.n_pre == 80 && (learned.decoders || learned.change));
    if (learned.decoders)
        mix(d, learned.decoders, 80 * sizeof(double));
    if (learned.change)
        mix(d, learned.change, 80 * sizeof(double));
    mix(d, &learned.watch.square, sizeof(double));
    mix(d, &learned.on, sizeof learned.on);
}

static void exercise_network(struct digest *d)
{
    struct error error = {""};
    struct port_learned none;
    place_network(d);
    connect_all(d);
    advance(d, 1500);
    mix_learned(d);
    ck_assert(port_learn(d->port, "A-B", PORT_LEARN_OFF, &error));
    advance(d, 200);
    mix_learned(d);
    ck_assert(port_learn(d->port, "A-B", PORT_LEARN_RESET, &error) &&
              port_learn(d->port, "A-B", PORT_LEARN_ON, &error));
    advance(d, 200);
    mix_learned(d);
    ck_assert(!port_learned(d->port, "nobody", &none, &error));
    mix(d, error.text, strlen(error.text));
    port_empty(d->port, 2); /* and what leads there */
    ck_assert(!port_learned(d->port, "A-B", &none, &error));
    advance(d, 200);
}

START_TEST(another_process_runs_the_same_networks)
{
    struct digest here[SLOTS], there[SLOTS];
    begin(here, engine_open(0.001));
    begin(there, open_remote());
    exercise_network(here);
    exercise_network(there);
    ck_assert(here[0].spikes > 1000 && here[1].spikes > 1000 && here[2].steps == 1900);
    ck_same(here, there);
    port_free(here->port);
    port_free(there->port);
}
END_TEST

/* ---- with the clock ---- */

static int wakes, wakes_seen;
static void count_wake(void *context)
{
    (void)context;
    wakes++;
}

/* What a loop with poll() does: sleeps until the engine says something, unless it did so while it was asked. */
static void attend(struct port *port)
{
    bool woken = wakes != wakes_seen;
    wakes_seen = wakes;
    if (woken)
        return;
    struct pollfd wanted = {.fd = port_descriptor(port), .events = POLLIN};
    ck_assert_msg(wanted.fd < 0 || poll(&wanted, 1, LIMIT * 1000) == 1, "the engine says nothing");
    port_attend(port);
    wakes_seen = wakes;
}

static void finish_run(struct digest *d)
{
    double start = clock_seconds();
    while (port_status(d->port).running) {
        ck_assert_msg(clock_seconds() - start < LIMIT, "the run does not end");
        attend(d->port);
        take_all(d);
    }
    take_all(d);
}

START_TEST(with_the_clock_it_wakes_its_user_and_gives_the_same)
{
    struct digest here[SLOTS], there[SLOTS];
    struct error error = {""};
    struct population_spec spec = spec_of(200, 1, &neuron_fastlif);
    struct stimulus *sine = input_of(&stimulus_sine);
    begin(here, engine_open(0.001));
    begin(there, open_remote());
    ck_assert(!port_run(there->port, &error)); /* not started */
    ck_assert(port_start(there->port, count_wake, NULL, &error));
    for (int i = 0; i < 2; i++) {
        struct digest *d = i ? there : here;
        place(d, 0, &spec, sine);
        port_speed(d->port, INFINITY);
        ck_assert(port_advance(d->port, 40000, take_all, d, &error));
    }
    finish_run(there);
    ck_same(here, there);
    ck_assert_int_gt(wakes, 0);
    ck_assert(port_run(there->port, &error));
    double start = clock_seconds();
    while (!port_status(there->port).waiting)
        ck_assert_msg(clock_seconds() - start < LIMIT, "it never waits for its reader");
    uint64_t step = port_status(there->port).step;
    take_all(there);
    while (port_status(there->port).step <= step)
        ck_assert_msg(clock_seconds() - start < LIMIT, "it does not go on");
    port_speed(there->port, 0.5);
    ck_assert(port_status(there->port).speed == 0.5);
    port_pause(there->port);
    step = port_status(there->port).step;
    ck_assert(!port_status(there->port).running && port_status(there->port).step == step);
    port_free(here->port);
    port_free(there->port);
    population_spec_free(&spec);
    stimulus_free(sine);
}
END_TEST

/* ---- sentences ---- */

START_TEST(what_it_refuses_it_refuses_in_the_same_words)
{
    struct port *port[2] = {engine_open(0.001), open_remote()};
    struct population_spec none = spec_of(0, 1, &neuron_fastlif);
    struct error error[2][4] = {{{""}}};
    struct port_placed placed;
    double time;
    for (int i = 0; i < 2; i++) {
        ck_assert(!port_dt(port[i], -1, &time, &error[i][0]));
        ck_assert(!port_place(port[i], 0, &placed, &error[i][1]));
        ck_assert(!port_feed(port[i], 0, NULL, &time, &error[i][2]));
        /* elsewhere it is built when it is placed */
        ck_assert(
            !(port_build(port[i], 0, &none, NULL, &error[i][3]) && port_place(port[i], 0, &placed, &error[i][3])));
        ck_assert(port_take(port[i], 0) == NULL && !port_status(port[i]).lost);
    }
    for (int k = 0; k < 4; k++)
        ck_assert_str_eq(error[0][k].text, error[1][k].text);
    ck_assert_msg(strstr(error[1][3].text, "n=0"), "%s", error[1][3].text);
    port_free(port[0]);
    port_free(port[1]);
    population_spec_free(&none);
}
END_TEST

/* ---- when it dies ---- */

/* A shell that says its process number before it becomes the engine. */
static struct port *open_mortal(char *file, size_t size)
{
    static char script[512];
    snprintf(file, size, "/tmp/lifscope-engine-XXXXXX");
    close(mkstemp(file));
    snprintf(script, sizeof script, "echo $$ > %s; exec '%s' --serve", file, program());
    const char *const command[] = {"/bin/sh", "-c", script, NULL};
    struct error error = {""};
    struct port *port = remote_open(command, &error);
    ck_assert_msg(port != NULL, "%s", error.text);
    return port;
}

static void kill_engine(const char *file)
{
    FILE *stream = fopen(file, "r");
    int pid = 0;
    ck_assert(stream && fscanf(stream, "%d", &pid) == 1 && pid > 1);
    fclose(stream);
    ck_assert(kill(pid, SIGKILL) == 0);
}

START_TEST(its_death_is_one_sentence_and_reset_starts_another)
{
    static const char want[] =
        "the engine's process was killed by signal 9; what was recorded is kept, and reset starts another";
    struct digest here[SLOTS], there[SLOTS];
    struct error error = {""};
    struct population_spec spec = spec_of(200, 1, &neuron_fastlif), other = spec_of(20, 1, &neuron_lif);
    struct stimulus *sine = input_of(&stimulus_sine), *noise = input_of(&stimulus_noise);
    struct port_placed placed;
    double time;
    char file[64];
    begin(there, open_mortal(file, sizeof file));
    place(there, 0, &spec, NULL);
    ck_assert(port_feed(there->port, 0, sine, &time, &error) && port_dt(there->port, 0.0005, &time, &error));
    advance(there, 1000);
    port_speed(there->port, 3);
    kill_engine(file);

    ck_assert_msg(!port_advance(there->port, 100, take_all, there, &error), "a dead engine advances");
    ck_assert_str_eq(error.text, want);
    struct engine_status status = port_status(there->port);
    ck_assert(status.lost && !status.running && status.time == 0.5 && status.dt == 0.0005 && status.speed == 3);
    ck_assert_str_eq(status.lost, want);
    error.text[0] = '\0';
    ck_assert(!port_run(there->port, &error) && strcmp(error.text, want) == 0);
    ck_assert(!port_feed(there->port, 0, noise, &time, &error) && !port_dt(there->port, 0.1, &time, &error));
    ck_assert(port_build(there->port, 0, &other, NULL, &error) && !port_place(there->port, 0, &placed, &error));
    ck_assert_str_eq(error.text, want);
    ck_assert(port_take(there->port, 0)->steps == 0 && port_take(there->port, 1) == NULL);
    port_pause(there->port);
    port_speed(there->port, INFINITY);
    ck_assert(port_descriptor(there->port) == -1);
    port_attend(there->port);

    ck_assert_msg(port_reset(there->port, &error), "%s", error.text);
    status = port_status(there->port);
    ck_assert(!status.lost && status.time == 0 && status.dt == 0.0005 && isinf(status.speed));
    begin(here, engine_open(0.0005));
    place(here, 0, &spec, sine);
    struct port *reborn = there->port;
    begin(there, reborn);
    mix(&there[0], &(double){0}, sizeof(double)); /* as being placed at 0 s does */
    advance(here, 3000);
    advance(there, 3000);
    ck_assert(here[0].spikes > 1000);
    ck_same(here, there);
    port_free(here->port);
    port_free(there->port);
    population_spec_free(&spec);
    population_spec_free(&other);
    stimulus_free(sine);
    stimulus_free(noise);
    unlink(file);
}
END_TEST

START_TEST(its_death_is_heard_while_nothing_is_asked)
{
    struct error error = {""};
    struct population_spec spec = spec_of(200, 1, &neuron_fastlif);
    struct digest there[SLOTS];
    char file[64];
    begin(there, open_mortal(file, sizeof file));
    place(there, 0, &spec, NULL);
    ck_assert(port_start(there->port, count_wake, NULL, &error));
    wakes = wakes_seen = 0;
    kill_engine(file);
    attend(there->port);
    ck_assert_int_eq(wakes, 1);
    ck_assert(port_status(there->port).lost != NULL);
    /* the next one is started, too, and runs */
    ck_assert_msg(port_reset(there->port, &error), "%s", error.text);
    port_speed(there->port, INFINITY);
    ck_assert(port_advance(there->port, 500, NULL, NULL, &error));
    finish_run(there);
    ck_assert_uint_eq(there[0].steps, 500);
    port_free(there->port);
    population_spec_free(&spec);
    unlink(file);
}
END_TEST

START_TEST(the_next_engine_is_connected_as_the_lost_one_was)
{
    struct digest here[SLOTS], there[SLOTS];
    struct error error = {""};
    char file[64];
    begin(there, open_mortal(file, sizeof file));
    place_network(there);
    connect_all(there);
    ck_assert(port_learn(there->port, "A-B", PORT_LEARN_OFF, &error));
    advance(there, 300);
    kill_engine(file);
    ck_assert(!port_join(there->port, &error) && strstr(error.text, "killed by signal 9"));
    ck_assert_msg(port_reset(there->port, &error), "%s", error.text);
    begin(here, engine_open(0.001));
    place_network(here);
    connect_all(here);
    ck_assert(port_learn(here->port, "A-B", PORT_LEARN_OFF, &error));
    struct port *reborn = there->port;
    begin(there, reborn);
    for (size_t s = 0; s < SLOTS; s++)
        mix(&there[s], &(double){0}, sizeof(double)); /* as being placed at 0 s does */
    advance(here, 1000);
    advance(there, 1000);
    ck_assert(here[1].spikes > 500);
    ck_same(here, there);
    port_free(here->port);
    port_free(there->port);
    unlink(file);
}
END_TEST

/* ---- who is no engine ---- */

START_TEST(who_is_no_engine_is_refused)
{
    static const struct {
        const char *word[4], *says;
    } cases[] = {
        {{"/nowhere/lifscope", "--serve"}, "/nowhere/lifscope cannot be started, or is no engine"},
        {{"true"}, "true cannot be started, or is no engine"},
        {{"cat"}, "cat cannot be started, or is no engine"}, /* answers with the question */
        {{"sh", "-c", "printf '\\015\\0\\0\\0\\100\\010lifscope\\003\\0\\0\\0'; cat > /dev/null"},
         "sh speaks version 3 of the messages, this program version 2"},
        {{"sh", "-c", "printf '\\0\\0\\0\\377\\100'; cat > /dev/null"}, "sh cannot be started, or is no engine"},
        {{"sh", "-c",
          "dd bs=1 count=18 > /dev/null 2>&1; printf '\\015\\0\\0\\0\\100\\010lifscope\\002\\0\\0\\0';"
          "dd bs=1 count=5 > /dev/null 2>&1; printf '\\001\\0\\0\\0\\100\\0'; cat > /dev/null"},
         "the engine's process gave an answer that makes no sense; what was recorded is kept, and reset starts "
         "another"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct error error = {""};
        ck_assert_msg(!remote_open(cases[i].word, &error), "case %zu is an engine", i);
        ck_assert_str_eq(error.text, cases[i].says);
    }
}
END_TEST

/* The other end: `serve` in a process of this test, and bytes that no lifscope sends. */
static int serve_bytes(const void *bytes, size_t length, struct bytes *answer)
{
    int ends[2];
    ck_assert(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    pid_t pid = fork();
    if (pid == 0) {
        struct error error;
        close(ends[0]);
        _exit(serve(ends[1], ends[1], &error) ? 0 : 1);
    }
    close(ends[1]);
    ck_assert(send(ends[0], bytes, length, MSG_NOSIGNAL) == (ssize_t)length);
    shutdown(ends[0], SHUT_WR);
    uint8_t piece[4096];
    for (ssize_t got; (got = read(ends[0], piece, sizeof piece)) > 0;)
        bytes_append(answer, piece, (size_t)got);
    close(ends[0]);
    int status = 0;
    ck_assert(waitpid(pid, &status, 0) == pid && WIFEXITED(status));
    return WEXITSTATUS(status);
}

START_TEST(an_engine_answers_its_own_kind_only)
{
    static const uint8_t
        hello[] = {13, 0, 0, 0, MESSAGE_HELLO, 8, 'l', 'i', 'f', 's', 'c', 'o', 'p', 'e', WIRE_VERSION, 0, 0, 0},
        http[] = "GET / HTTP/1.1\r\n\r\n", early[] = {0, 0, 0, 0, MESSAGE_STATUS},
        unknown[] = {13, 0, 0, 0, MESSAGE_HELLO, 8, 'l', 'i', 'f', 's', 'c', 'o', 'p', 'e', WIRE_VERSION, 0, 0, 0, 0,
                     0,  0, 0, 99},
        odd[] = {13, 0, 0, 0, MESSAGE_HELLO, 8, 'l', 'i', 'f', 's', 'c',          'o', 'p', 'e', WIRE_VERSION, 0, 0, 0,
                 1,  0, 0, 0, MESSAGE_PAUSE, 0, 0,   0,   0,   0,   MESSAGE_PAUSE};
    struct bytes answer = {0};
    ck_assert_int_eq(serve_bytes(hello, sizeof hello, &answer), 0);
    ck_assert(answer.length == 18 && answer.at[4] == MESSAGE_ANSWER && memcmp(answer.at + 5, hello + 5, 13) == 0);
    answer.length = 0;
    ck_assert_int_eq(serve_bytes(http, sizeof http - 1, &answer), 1);
    ck_assert_uint_eq(answer.length, 0);
    ck_assert_int_eq(serve_bytes(early, sizeof early, &answer), 1);
    ck_assert_uint_eq(answer.length, 0);
    ck_assert_int_eq(serve_bytes(unknown, sizeof unknown, &answer), 1);
    ck_assert_uint_eq(answer.length, 18);
    answer.length = 0; /* a question with a byte too many is refused, and the next one answered */
    ck_assert_int_eq(serve_bytes(odd, sizeof odd, &answer), 0);
    ck_assert(answer.length > 18 + 5 && answer.at[18 + 4] == MESSAGE_REFUSED);
    ck_assert(answer.at[answer.length - 1] == MESSAGE_ANSWER);
    bytes_free(&answer);
}
END_TEST

int main(void)
{
    return HARNESS_RUN(
        "wire: remote", another_process_gives_the_same_spikes, another_process_runs_the_same_networks,
        the_next_engine_is_connected_as_the_lost_one_was, with_the_clock_it_wakes_its_user_and_gives_the_same,
        what_it_refuses_it_refuses_in_the_same_words, its_death_is_one_sentence_and_reset_starts_another,
        its_death_is_heard_while_nothing_is_asked, who_is_no_engine_is_refused, an_engine_answers_its_own_kind_only);
}
