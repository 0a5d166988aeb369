/* Opening and reading what may let one wait: a named pipe whose other end nobody has. */
#include "harness.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/patient.h"
#include "base/stop.h"

static char path[64];

static void make_pipe(void)
{
    snprintf(path, sizeof path, "/tmp/lifscope-test-%ld", (long)getpid());
    ck_assert(mkfifo(path, 0600) == 0);
}

static void on_alarm(int signal)
{
    (void)signal;
    stop_request();
}

/* Asks for a stop in a second, from a signal that restarts what it interrupts. */
static void stop_soon(void)
{
    struct sigaction action = {.sa_handler = on_alarm, .sa_flags = SA_RESTART};
    sigaction(SIGALRM, &action, NULL);
    alarm(1);
}

START_TEST(a_pipe_without_another_end_is_left)
{
    static const int flags[] = {O_RDONLY, O_WRONLY};
    make_pipe();
    for (size_t i = 0; i < 2; i++) {
        stop_forget();
        stop_soon();
        ck_assert_int_eq(patient_open(path, flags[i], 0), -1);
        ck_assert_int_eq(errno, EINTR);
        stop_request(); /* asked before it begins */
        ck_assert_int_eq(patient_open(path, flags[i], 0), -1);
    }
    unlink(path);
}
END_TEST

START_TEST(a_pipe_whose_writer_is_silent_is_left)
{
    char byte;
    int both[2];
    ck_assert(pipe(both) == 0);
    ck_assert(write(both[1], "a", 1) == 1);
    ck_assert_int_eq(patient_read(both[0], &byte, 1), 1);
    stop_soon();
    ck_assert_int_eq(patient_read(both[0], &byte, 1), -1);
    ck_assert_int_eq(errno, EINTR);
    stop_forget();
    close(both[1]);
    ck_assert_int_eq(patient_read(both[0], &byte, 1), 0);
}
END_TEST

START_TEST(a_writer_that_comes_late_is_heard)
{
    char bytes[8] = "";
    make_pipe();
    pid_t child = fork();
    if (child == 0) {
        int writer = open(path, O_WRONLY);
        _exit(write(writer, "late", 4) == 4 ? 0 : 1);
    }
    int file = patient_open(path, O_RDONLY, 0);
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(fcntl(file, F_GETFL) & O_NONBLOCK, 0);
    ck_assert_int_eq(patient_read(file, bytes, sizeof bytes - 1), 4);
    ck_assert_str_eq(bytes, "late");
    unlink(path);
}
END_TEST

/* By whatever name; what was inherited, a file and a pipe with a name are nobody's secret. */
START_TEST(a_pipe_of_our_own_is_not_opened)
{
    static const char *const names[] = {"/dev/fd", "/proc/self/fd", "/proc/thread-self/fd", "//dev/../dev/fd"};
    char name[64];
    int both[2], file;
    ck_assert(pipe(both) == 0);
    for (int secret = 1; secret >= 0; secret--) {
        ck_assert(fcntl(both[0], F_SETFD, secret ? FD_CLOEXEC : 0) == 0);
        ck_assert(fcntl(both[1], F_SETFD, secret ? FD_CLOEXEC : 0) == 0);
        for (size_t i = 0; i < 2 * sizeof names / sizeof *names; i++) {
            snprintf(name, sizeof name, "%s/%d", names[i / 2], both[i % 2]);
            ck_assert_msg(patient_is_own_pipe(name) == secret, "%s, %s", name, secret ? "ours" : "inherited");
            if (!secret)
                continue;
            ck_assert_int_eq(patient_open(name, i % 2 ? O_WRONLY : O_RDONLY, 0), -1);
            ck_assert_int_eq(errno, EDEADLK);
        }
    }
    make_pipe();
    file = open(path, O_RDWR | O_CLOEXEC);
    ck_assert(file >= 0 && !patient_is_own_pipe(path));
    ck_assert(!patient_is_own_pipe("/dev/null") && !patient_is_own_pipe("/dev/fd/999") && !patient_is_own_pipe(""));
    unlink(path);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("base: patience", a_pipe_without_another_end_is_left, a_pipe_whose_writer_is_silent_is_left,
                       a_writer_that_comes_late_is_heard, a_pipe_of_our_own_is_not_opened);
}
