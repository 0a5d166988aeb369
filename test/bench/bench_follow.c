/* Following: rows a second against bare libcsv, and the program on a pseudo terminal with a pipe that is
 * always full: how many rows it takes, how soon a typed character is on the screen, and what it costs when
 * nothing comes. Prints, never fails for being slow. */
#include "watch.h"

#include <csv.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "follow/follow.h"
#include "signal/stream.h"
#include "text/label.h"

#define ROWS 2000000
#define UNITS 200

static struct text make_rows(void)
{
    struct text text = {0};
    char line[64];
    for (int i = 0; i < ROWS; i++)
        text_append(&text, line,
                    (size_t)snprintf(line, sizeof line, "%.6f,%d\n", 1e-5 * i, (int)(i * 2654435761u >> 7) % UNITS));
    return text;
}

static void on_restart(void *context)
{
    stream_clear(context);
}

static void on_unit(void *context, const char *label)
{
    stream_unit(context, label);
}

static void on_spike(void *context, double time, uint32_t unit)
{
    stream_spike(context, time, unit);
}

static void on_advance(void *context, double time)
{
    stream_advance(context, time);
}

static void on_turn(void *context, enum stream_turn turn)
{
    stream_break(context, turn);
}

static double time_follower(const struct text *text)
{
    struct stream *stream = stream_new(60, SIZE_MAX, label_order_of);
    struct follow_sink sink = {stream, on_restart, on_unit, on_spike, on_advance, on_turn};
    struct error error;
    double start = clock_seconds();
    struct follower *follower = follower_new(&(struct load_options){0}, &sink, &error);
    for (size_t at = 0; at < text->length; at += 65536)
        follower_feed(follower, text->bytes + at, text->length - at < 65536 ? text->length - at : 65536, &error);
    follower_end(follower, FOLLOW_CLOSED, &error);
    double time = clock_seconds() - start;
    ck_assert_uint_eq(stream_spikes(stream), ROWS);
    follower_free(follower);
    stream_free(stream);
    return time;
}

static void on_field(void *bytes, size_t length, void *context)
{
    (void)bytes;
    *(size_t *)context += length;
}

static void on_row(int end, void *context)
{
    (void)end;
    (void)context;
}

static double time_libcsv(const struct text *text)
{
    struct csv_parser parser;
    size_t bytes = 0;
    double start = clock_seconds();
    csv_init(&parser, 0);
    csv_parse(&parser, text->bytes, text->length, on_field, on_row, &bytes);
    csv_fini(&parser, on_field, on_row, &bytes);
    csv_free(&parser);
    return clock_seconds() - start;
}

START_TEST(reading)
{
    struct text text = make_rows();
    double mine = INFINITY, bare = INFINITY;
    for (int i = 0; i < 3; i++) {
        mine = fmin(mine, time_follower(&text));
        bare = fmin(bare, time_libcsv(&text));
    }
    printf("follow: %.2g rows/s into the record, %.2f times the speed of bare libcsv\n", ROWS / mine, bare / mine);
    text_free(&text);
}
END_TEST

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void time_keys(struct pty *pty)
{
    enum { KEYS = 60 };
    double latency[KEYS];
    for (int i = 0; i < KEYS; i++) {
        char key[2] = {(char)('a' + i % 26), 0}, wanted[8];
        double start = clock_seconds();
        pty_type(pty, key);
        snprintf(wanted, sizeof wanted, "> %s", key);
        while (!pty_has(pty, wanted))
            pty_read(pty, 1);
        latency[i] = clock_seconds() - start;
        pty_type(pty, "\x15");
        read_for(pty, 0.03 + 0.001 * i);
    }
    qsort(latency, KEYS, sizeof *latency, by_size);
    printf("follow: with a full pipe a typed character is on the screen after %.1f ms (median), %.1f ms "
           "(nine of ten)\n",
           1e3 * latency[KEYS / 2], 1e3 * latency[9 * KEYS / 10]);
}

/* Writes as fast as it is read; its own speed is that of memory. */
static pid_t start_producer(const char *pipe_path, const struct text *text)
{
    pid_t producer = fork();
    if (producer == 0) {
        int writer = open(pipe_path, O_WRONLY);
        for (size_t at = 0; at < text->length;) {
            ssize_t wrote = write(writer, text->bytes + at, text->length - at < 65536 ? text->length - at : 65536);
            if (wrote <= 0)
                _exit(0);
            at += (size_t)wrote;
            if (at >= text->length)
                at = 0; /* the clock is set back, and the record begins anew */
        }
    }
    return producer;
}

START_TEST(watching)
{
    char folder[] = "/tmp/lifscope-bench-XXXXXX", pipe_path[64];
    ck_assert(mkdtemp(folder) != NULL);
    snprintf(pipe_path, sizeof pipe_path, "%s/pipe", folder);
    ck_assert(mkfifo(pipe_path, 0600) == 0);
    const char *const arguments[] = {"--follow", pipe_path, NULL};
    struct text text = make_rows();
    struct pty *pty = pty_start(120, 36, arguments);
    pid_t producer = start_producer(pipe_path, &text);
    pty_wait(pty, "R 200 neurons");
    read_for(pty, 3);
    char *rate = strstr((char *)pty_text(pty), " rows/s"), *from = rate;
    while (rate && from > pty_text(pty) && (from[-1] == ' ' || (from[-1] >= '0' && from[-1] <= '9')))
        from--;
    if (rate)
        printf("follow: with a full pipe %.*s rows/s\n", (int)(rate - from - (int)strspn(from, " ")),
               from + strspn(from, " "));
    time_keys(pty);
    kill(producer, SIGKILL);
    waitpid(producer, NULL, 0);
    pty_wait(pty, "writer gone");
    read_for(pty, 1);
    double before = cpu_seconds(pty->program);
    read_for(pty, 4);
    printf("follow: %.2f %% of a core when nothing comes\n", 100 * (cpu_seconds(pty->program) - before) / 4);
    pty_end(pty);
    text_free(&text);
    unlink(pipe_path);
    rmdir(folder);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("bench: follow", reading, watching);
}
