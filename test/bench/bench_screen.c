/* The whole program on a pseudo terminal: bytes a frame, what it costs when paused, how soon a typed character is on
 * the screen while a million neurons run, and whether they keep real time. Prints, never fails for being slow. */
#include "watch.h"

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* Every frame ends its synchronised update with CSI ? 2026 l. */
static size_t frames_in(const char *bytes)
{
    size_t frames = 0;
    for (const char *at = bytes; (at = strstr(at, "\x1b[?2026l")) != NULL; at++)
        frames++;
    return frames;
}

static void default_screen(int width, int height)
{
    struct pty *pty = pty_start(width, height, NULL);
    pty_wait(pty, "running");
    read_for(pty, 2);
    size_t before = pty->bytes.length;
    double cpu = cpu_seconds(pty->program), start = clock_seconds();
    read_for(pty, 5);
    double elapsed = clock_seconds() - start;
    size_t bytes = pty->bytes.length - before, frames = frames_in(text_string(&pty->bytes) + before);
    printf("screen %dx%d, 50 neurons, sweep: %.0f bytes a frame, %.1f frames a second, %.1f %% of a core\n", width,
           height, (double)bytes / (double)(frames ? frames : 1), (double)frames / elapsed,
           100 * (cpu_seconds(pty->program) - cpu) / elapsed);
    pty_type(pty, "pause\r");
    pty_wait(pty, "paused");
    read_for(pty, 1);
    before = pty->bytes.length;
    cpu = cpu_seconds(pty->program), start = clock_seconds();
    read_for(pty, 5);
    printf("screen %dx%d, paused: %.2f %% of a core, %zu bytes in 5 s\n", width, height,
           100 * (cpu_seconds(pty->program) - cpu) / (clock_seconds() - start), pty->bytes.length - before);
    pty_end(pty);
}

/* Types one character after the other at uneven moments and waits until each is on the screen. */
static void bench_typing(struct pty *pty, const char *what)
{
    enum { KEYS = 40 };
    double seconds[KEYS];
    char line[KEYS + 3] = "> ";
    for (size_t k = 0; k < KEYS; k++) {
        read_for(pty, 0.05 + 0.007 * (double)(k * 7 % 11));
        char key[2] = {(char)('a' + (k * 5) % 26), '\0'};
        strcat(line, key);
        double start = clock_seconds();
        pty_type(pty, key);
        pty_wait(pty, line);
        seconds[k] = clock_seconds() - start;
    }
    qsort(seconds, KEYS, sizeof *seconds, compare);
    printf("%s: a typed character is on the screen after %.1f ms (median), %.1f ms (slowest of %d)\n", what,
           1e3 * seconds[KEYS / 2], 1e3 * seconds[KEYS - 1], KEYS);
    pty_type(pty, "\x15"); /* Ctrl-U */
}

START_TEST(million_neurons)
{
    struct pty *pty = pty_start(120, 36, NULL);
    char row[4 * 120 + 1];
    pty_wait(pty, "running");
    bench_typing(pty, "50 neurons running");
    pty_type(pty, "set A n=1000000\r");
    pty_wait(pty, "1 000 000 FastLIF");
    read_for(pty, 5);
    size_t before = pty->bytes.length;
    double cpu = cpu_seconds(pty->program), start = clock_seconds();
    read_for(pty, 5);
    double elapsed = clock_seconds() - start;
    size_t frames = frames_in(text_string(&pty->bytes) + before);
    pty_row(pty, 0, row);
    printf("1 000 000 neurons on the screen: %.1f frames a second, %.0f %% of a core; the status line says:\n  %s\n",
           (double)frames / elapsed, 100 * (cpu_seconds(pty->program) - cpu) / elapsed, row);
    bench_typing(pty, "1 000 000 neurons running");
    pty_end(pty);
}
END_TEST

START_TEST(screens)
{
    default_screen(120, 36);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("bench: screen", screens, million_neurons);
}
