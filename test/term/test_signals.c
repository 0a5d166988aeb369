/* Signals as bytes in a pipe. Tests run in processes of their own; those that die do so in a child. */
#include "harness.h"

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "term/signals.h"

static volatile sig_atomic_t goodbyes, interrupts;

static void on_goodbye(void)
{
    goodbyes++;
}

static void on_interrupted(void)
{
    interrupts++;
}

static void open_signals(bool all)
{
    struct signal_hooks hooks = {.goodbye = on_goodbye, .interrupted = on_interrupted, .ending = on_interrupted};
    struct error error;
    ck_assert_msg(signals_open(&hooks, &error), "%s", error.text);
    if (all)
        signals_catch_all();
}

static bool readable(void)
{
    struct pollfd wanted = {.fd = signals_fd(), .events = POLLIN};
    return poll(&wanted, 1, 0) > 0;
}

START_TEST(signals_are_seen_once_and_wake)
{
    open_signals(true);
    ck_assert(!readable() && !signals_take(SIGWINCH));
    raise(SIGWINCH);
    raise(SIGTERM);
    ck_assert(readable());
    signals_drain();
    ck_assert(!readable());
    ck_assert(signals_take(SIGWINCH) && !signals_take(SIGWINCH) && signals_take(SIGTERM) && !signals_take(SIGHUP));
}
END_TEST

START_TEST(whoever_is_to_end_is_told_at_once)
{
    open_signals(true);
    raise(SIGWINCH);
    ck_assert_int_eq(interrupts, 0);
    raise(SIGTERM);
    ck_assert_int_eq(interrupts, 1);
    raise(SIGHUP);
    ck_assert_int_eq(interrupts, 2);
    ck_assert(!signals_take(SIGINT) && goodbyes == 0);
}
END_TEST

START_TEST(waking_never_blocks)
{
    open_signals(true);
    for (int i = 0; i < 200000; i++)
        signals_wake(NULL);
    ck_assert(readable());
    signals_drain();
    ck_assert(!readable());
}
END_TEST

START_TEST(an_interrupt_is_told_at_once)
{
    open_signals(true);
    raise(SIGINT);
    ck_assert_int_eq(interrupts, 1);
    raise(SIGINT); /* with a loop that polls, impatience does not kill */
    ck_assert_int_eq(interrupts, 2);
    ck_assert(signals_take(SIGINT) && !signals_take(SIGINT));
    ck_assert_int_eq(goodbyes, 0);
}
END_TEST

/* How a child that opens the signals and raises these ends. */
static int end_of_child(int first, int second)
{
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        open_signals(false);
        raise(first);
        raise(second);
        _exit(0);
    }
    int status = 0;
    ck_assert(waitpid(child, &status, 0) == child);
    return status;
}

START_TEST(the_second_interrupt_and_fatal_signals_kill)
{
    static const int pairs[][2] = {{SIGINT, SIGINT},  {SIGCONT, SIGSEGV}, {SIGCONT, SIGABRT}, {SIGCONT, SIGFPE},
                                   {SIGCONT, SIGBUS}, {SIGCONT, SIGILL},  {SIGCONT, SIGQUIT}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        int status = end_of_child(pairs[i][0], pairs[i][1]);
        ck_assert_msg(WIFSIGNALED(status) && WTERMSIG(status) == pairs[i][1], "signal %d ended in wait status %#x",
                      pairs[i][1], (unsigned)status);
    }
}
END_TEST

int main(void)
{
    return HARNESS_RUN("term: signals", signals_are_seen_once_and_wake, whoever_is_to_end_is_told_at_once,
                       waking_never_blocks, an_interrupt_is_told_at_once, the_second_interrupt_and_fatal_signals_kill);
}
