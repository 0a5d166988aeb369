/* How long the loop is held by each command on large inputs: no key is heard meanwhile. Every command is typed in a
 * session with a screen, which is drawn as often as it can be until the answer is there. `begins` is how long the line
 * itself takes, `then` the longest turn of the loop after it, `answer` when all is done. Prints, never fails for being
 * slow; `bench_keys TEXT` tries only the commands that contain the text. */
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "command/families.h"
#include "frame/frame.h"
#include "session/session.h"

static void wake(void *context)
{
    (void)context;
}

static double longest; /* s: the longest turn */

static void draw(struct session *session)
{
    static struct canvas *canvas;
    struct view view;
    if (!canvas)
        canvas = canvas_new(100, 30, GLYPHS_BRAILLE);
    session_view(session, &view);
    frame_draw(canvas, &view);
}

static void turn(struct session *session)
{
    double begun = clock_seconds();
    session_collect(session);
    draw(session);
    double took = clock_seconds() - begun;
    longest = took > longest ? took : longest;
    sched_yield();
}

static void settle(struct session *session)
{
    while (session_busy(session) || session_queued(session) || session_solves(session))
        turn(session);
}

static void print_last(struct session *session)
{
    enum ink ink;
    struct view view;
    session_view(session, &view);
    size_t n = transcript_lines(view.output);
    printf("    %s\n", n ? transcript_line(view.output, n - 1, &ink) : "");
}

static struct session *opened(const char *before, FILE *nowhere)
{
    struct error error;
    struct session_options options = {
        .screen = true, .width = 100, .height = 30, .glyphs = GLYPHS_BRAILLE, .out = nowhere, .err = nowhere};
    struct session *session = session_new(&options, &all_commands);
    if (!session_start(session, wake, NULL, &error) || !session_line(session, before, NULL, 0)) {
        printf("cannot begin: %s\n", before);
        print_last(session);
        exit(1);
    }
    settle(session);
    turn(session);
    return session;
}

static void try(const char *before, const char *line, const char *wanted, FILE *nowhere)
{
    if (wanted && !strstr(line, wanted))
        return;
    struct session *session = opened(before, nowhere);
    longest = 0;
    double begun = clock_seconds();
    bool good = session_line(session, line, NULL, 0);
    double begins = clock_seconds() - begun;
    settle(session);
    turn(session);
    printf("%-62.62s %8.0f %8.0f %9.0f%s\n", line, 1e3 * begins, 1e3 * longest, 1e3 * (clock_seconds() - begun),
           good ? "" : "  FAILED");
    if (!good)
        print_last(session);
    fflush(stdout);
    session_free(session);
}

/* Times and neurons at random, as many rows as a long experiment has. */
static void write_recording(const char *path, size_t spikes)
{
    FILE *file = fopen(path, "w");
    uint64_t x = 88172645463325252u;
    fputs("time,neuron\n", file);
    for (size_t i = 0; i < spikes; i++) {
        x ^= x << 13, x ^= x >> 7, x ^= x << 17;
        fprintf(file, "%.6f,%u\n", (double)i * 100 / (double)spikes, (unsigned)(x % 500));
    }
    fclose(file);
}

static void write_currents(const char *path)
{
    FILE *file = fopen(path, "w");
    for (size_t i = 0; i < 20000; i++)
        fputs("1.5,2,0.5,3,1.1,1.2,4,5,6,7\n", file);
    fclose(file);
}

static void write_stimulus(const char *path)
{
    FILE *file = fopen(path, "w");
    fputs("t,x\n", file);
    for (size_t i = 0; i <= 100000; i++)
        fprintf(file, "%.3f,%.4f\n", (double)i * 1e-3, (double)(i * 7919 % 2000) / 1000 - 1);
    fclose(file);
}

#define MILLION "set neurons=1; population A n=1e6"
#define BIG "population A n=2000; input A sine; population B n=1500; pause"
#define RUN "population A n=2000; input A sine; speed max; run 10s"

int main(int argc, char **argv)
{
    const char *wanted = argc > 1 ? argv[1] : NULL;
    char load[200], dir[] = "/tmp/bench_keys_XXXXXX", path[3][80], line[300];
    FILE *nowhere = fopen("/dev/null", "w");
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (!mkdtemp(dir))
        return 1;
    snprintf(path[0], sizeof path[0], "%s/spikes.csv", dir);
    snprintf(path[1], sizeof path[1], "%s/J.csv", dir);
    snprintf(path[2], sizeof path[2], "%s/x.csv", dir);
    write_recording(path[0], 3000000);
    write_currents(path[1]);
    write_stimulus(path[2]);
    snprintf(load, sizeof load, "load %s as R unit=s", path[0]);
    printf("%-62s %8s %8s %9s\n", "ms", "begins", "then", "answer");
    try("pause", load, wanted, nowhere);
    snprintf(line, sizeof line, "inject model=lif current=@%s > /dev/null", path[1]);
    try("pause", line, wanted, nowhere);
    static const char *const neurons[] = {"population A n=1e6", "population A n=1e5 dims=16",
                                          "population A n=20000 dims=64", "response J=0:10:1000000 > /dev/null",
                                          "accuracy dt=1ms,0.1ms time=100s > /dev/null"};
    for (size_t i = 0; i < sizeof neurons / sizeof *neurons; i++)
        try("pause", neurons[i], wanted, nowhere);
    static const char *const million[] = {"set A tau_rc=30ms",     "set A n=900000",  "set A gain=2",  "seed 4",
                                          "neurons A > /dev/null", "open decoded A",  "open tuning A", "open raster A",
                                          "sort A rate",           "open accuracy A", "undo",          "remove A",
                                          "connect A B",           "reset",           "what A",        "status",
                                          "set A radius=2",        "set A lesion=0.1"};
    for (size_t i = 0; i < sizeof million / sizeof *million; i++)
        try("population B n=10; population A n=1e6 max_rates=100:200; set A tau_ref=3ms; pause", million[i], wanted,
            nowhere);
    static const char *const big[] = {"connect A B",
                                      "connect A B solver=dale",
                                      "connect A B solver=dale seed=3",
                                      "connect A B kind=full",
                                      "decoders A function=x^2 > /dev/null",
                                      "decode A > /dev/null",
                                      "rmse A n=10,20,50,100,200,500 seeds=5 > /dev/null",
                                      "open decoded A",
                                      "open response A",
                                      "open accuracy A"};
    for (size_t i = 0; i < sizeof big / sizeof *big; i++)
        try(BIG, big[i], wanted, nowhere);
    static const char *const wired[] = {"set A tau_rc=30ms",
                                        "set A_B function=x^2",
                                        "set A_B synapse=10ms",
                                        "weights A_B > /dev/null",
                                        "decoders A_B > /dev/null",
                                        "open weights A_B",
                                        "open currents A_B",
                                        "seed 4",
                                        "remove A",
                                        "undo",
                                        "disconnect A_B"};
    for (size_t i = 0; i < sizeof wired / sizeof *wired; i++)
        try(BIG "; connect A B", wired[i], wanted, nowhere);
    static const char *const ran[] = {"decoded A > /dev/null",
                                      "spikes A > /dev/null",
                                      "rates A > /dev/null",
                                      "stats A > /dev/null",
                                      "poprate A > /dev/null",
                                      "isi A > /dev/null",
                                      "intervals A > /dev/null",
                                      "counts A > /dev/null",
                                      "save A > /dev/null overwrite=on",
                                      "fit A > /dev/null",
                                      "what A > /dev/null",
                                      "sort A rate",
                                      "tuning A model=measured > /dev/null",
                                      "window 10s",
                                      "meanfield probe A",
                                      "compare A A",
                                      "reset",
                                      "select A 1900",
                                      "set history=1",
                                      "seed 5"};
    for (size_t i = 0; i < sizeof ran / sizeof *ran; i++)
        try(RUN, ran[i], wanted, nowhere);
    static const char *const recorded[] = {"spikes R > /dev/null",
                                           "rates R > /dev/null",
                                           "rates R method=kernel > /dev/null",
                                           "stats R > /dev/null",
                                           "poprate R > /dev/null",
                                           "isi R > /dev/null",
                                           "intervals R > /dev/null",
                                           "counts R > /dev/null",
                                           "save R /dev/null overwrite=on",
                                           "sort R rate",
                                           "window all",
                                           "remove R",
                                           "play R",
                                           "open isi R",
                                           "open poprate R",
                                           "open counts R"};
    for (size_t i = 0; i < sizeof recorded / sizeof *recorded; i++)
        try(load, recorded[i], wanted, nowhere);
    snprintf(line, sizeof line, "stimulus R @%s", path[2]);
    try(load, line, wanted, nowhere);
    char before[600];
    snprintf(before, sizeof before, "%s; %s", load, line);
    static const char *const stimulated[] = {"tuning R > /dev/null", "fit R > /dev/null", "sort R rate",
                                             "open tuning R"};
    for (size_t i = 0; i < sizeof stimulated / sizeof *stimulated; i++)
        try(before, stimulated[i], wanted, nowhere);
    static const char *const theory[] = {"meanfield scan mu=1mV:14mV:40 sigma=1mV:13mV:40 > /dev/null", "open mapping",
                                         "open transfer", "open external", "open response"};
    for (size_t i = 0; i < sizeof theory / sizeof *theory; i++)
        try("population A; pause", theory[i], wanted, nowhere);
    for (size_t i = 0; i < 3; i++)
        remove(path[i]);
    rmdir(dir);
    fclose(nowhere);
    return 0;
}
