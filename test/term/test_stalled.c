/* A terminal that takes no more bytes (Ctrl-S, a stalled connection): frames are left out, and nothing else waits for
 * it. The program is real, and the test does not read what it draws. */
#include "pty.h"

#include <fcntl.h>
#include <sys/stat.h>

/* So many bytes wait unread that the terminal takes no more: a pseudo terminal holds some 4 kB. */
static void until_stalled(struct pty *pty)
{
    double end = pty_clock() + pty_limit();
    int unread = 0;
    while (ioctl(pty->master, FIONREAD, &unread) == 0 && unread < 3000) {
        poll(NULL, 0, 10);
        ck_assert_msg(pty_clock() < end, "%d bytes are all that is drawn", unread);
    }
}

/* The next report, with the terminal unread. */
static int unread_report(struct pty *pty, const char *what)
{
    struct pollfd wanted = {.fd = pty->reports, .events = POLLIN};
    int status = 0;
    ck_assert_msg(poll(&wanted, 1, (int)(1000 * pty_limit())) > 0, "it does not end by %s", what);
    ck_assert(read(pty->reports, &status, sizeof status) == (ssize_t)sizeof status);
    return status;
}

START_TEST(what_is_followed_goes_on)
{
    static const char row[] = "1.25,7\n";
    enum { ROWS = 400000 };
    char directory[] = "/tmp/lifscope-test-XXXXXX", fifo[64];
    ck_assert(mkdtemp(directory) != NULL);
    snprintf(fifo, sizeof fifo, "%s/spikes", directory);
    ck_assert(mkfifo(fifo, 0600) == 0);
    struct pty *pty = pty_start(150, 50, (const char *const[]){"--follow", fifo, NULL});
    int writer = open(fifo, O_WRONLY);
    ck_assert_msg(writer >= 0, "nobody reads %s", fifo);
    fcntl(writer, F_SETFL, O_NONBLOCK);
    ck_assert(write(writer, "time,neuron\n", 12) == 12);
    double limit = pty_clock() + pty_limit();
    for (size_t i = 0; i < ROWS;) {
        struct pollfd wanted = {.fd = writer, .events = POLLOUT};
        if (poll(&wanted, 1, 100) > 0 && write(writer, row, sizeof row - 1) > 0)
            i++;
        else
            ck_assert_msg(pty_clock() < limit, "the writer is blocked after %zu rows of %d", i, ROWS);
    }
    close(writer);
    pty_wait(pty, "400 000 spikes of 1 unit");
    pty_type(pty, "quit\r");
    pty_report(pty);
    ck_assert_ptr_null(pty_damage(pty));
    pty_end(pty);
    unlink(fifo);
    rmdir(directory);
}
END_TEST

START_TEST(a_signal_ends_it)
{
    static const int signals[] = {SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        struct pty *pty = pty_start(200, 60, NULL);
        until_stalled(pty);
        kill(pty->program, signals[i]);
        int status = unread_report(pty, strsignal(signals[i]));
        ck_assert_msg(WIFSIGNALED(status) && WTERMSIG(status) == signals[i], "its status is %d", status);
        pty_end(pty);
    }
}
END_TEST

/* Keys are read and obeyed; the frame that was owed comes when the terminal takes bytes again. */
START_TEST(keys_are_heard_and_the_last_frame_is_seen)
{
    struct pty *pty = pty_start(200, 60, NULL);
    until_stalled(pty);
    pty_type(pty, "pause\r");
    pty_type(pty, "list\r");
    pty_wait(pty, "paused");
    pty_wait(pty, "> list");
    pty_type(pty, "quit\r");
    pty_report(pty);
    ck_assert_ptr_null(pty_damage(pty));
    pty_end(pty);
}
END_TEST

/* A named pipe that nobody opens at its other end is waited for; a signal that ends the program does not wait with
 * it. */
static void wait_for_nobody(const char *command, int signal)
{
    char line[200], fifo[128];
    struct pty *pty = pty_start(100, 30, NULL);
    snprintf(fifo, sizeof fifo, "%s/pipe", pty->directory);
    ck_assert(mkfifo(fifo, 0600) == 0);
    const char *place = strstr(command, "%s");
    snprintf(line, sizeof line, "%.*s%s", (int)(place - command), command, fifo);
    pty_wait(pty, "running at t");
    pty_type(pty, line);
    pty_wait(pty, "/pipe");
    pty_type(pty, "\r");
    pty_wait(pty, "/pipe");
    kill(pty->program, signal);
    int status = pty_report(pty);
    ck_assert_msg(WIFSIGNALED(status) && WTERMSIG(status) == signal, "'%s' and %s: its status is %d", command,
                  strsignal(signal), status);
    ck_assert_ptr_null(pty_damage(pty));
    unlink(fifo);
    pty_end(pty);
}

START_TEST(a_pipe_that_nobody_opens_is_left)
{
    static const char *const commands[] = {"load %s as R", "spikes A > %s", "source %s"};
    static const int signals[] = {SIGTERM, SIGHUP};
    for (size_t i = 0; i < 3; i++)
        for (size_t k = 0; k < 2; k++)
            wait_for_nobody(commands[i], signals[k]);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("term: a terminal that takes no bytes", what_is_followed_goes_on, a_signal_ends_it,
                       keys_are_heard_and_the_last_frame_is_seen, a_pipe_that_nobody_opens_is_left);
}
