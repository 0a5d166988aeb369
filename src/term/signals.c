/* The self-pipe trick: a handler only sets a flag and writes a byte into a pipe; the loop polls the other
 * end. Both ends are non-blocking, and a full pipe is as readable as one byte, so nothing is lost. Handlers
 * have no argument of their own: hence the file-scope state. */
#include "term/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SIGNALS 65

static struct {
    int pipe[2];
    struct signal_hooks hooks;
    bool all; /* signals_catch_all was called */
    atomic_bool seen[SIGNALS];
} state = {.pipe = {-1, -1}};

static const int fatal[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGQUIT, SIGXCPU, SIGPIPE};
static const int ending[] = {SIGTERM, SIGHUP}; /* they end a script, too; signals_catch_all has other plans */
static const int polled[] = {SIGWINCH, SIGCONT, SIGTSTP, SIGTERM, SIGHUP};
#define COUNT(array) (sizeof(array) / sizeof *(array))

void signals_wake(void *unused)
{
    (void)unused;
    int before = errno;
    ssize_t written = write(state.pipe[1], "", 1);
    (void)written; /* a full pipe wakes as well */
    errno = before;
}

static void reset(int signal)
{
    struct sigaction plain = {.sa_handler = SIG_DFL};
    sigaction(signal, &plain, NULL);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, signal);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
}

static void on_interrupt(int signal)
{
    if (atomic_exchange(&state.seen[signal], true) && !state.all) {
        state.hooks.goodbye();
        reset(signal);
        raise(signal);
    }
    state.hooks.interrupted();
    signals_wake(NULL);
}

/* Who is to end is not to wait for the end of a long command, and not for a terminal that takes no more bytes: asked
 * twice, it ends at once. */
static void on_polled(int signal)
{
    bool again = atomic_exchange(&state.seen[signal], true);
    if (signal == SIGTERM || signal == SIGHUP) {
        if (again) {
            state.hooks.goodbye();
            reset(signal);
            raise(signal);
        }
        state.hooks.ending();
    }
    signals_wake(NULL);
}

static void on_fatal(int signal)
{
    state.hooks.goodbye();
    reset(signal);
    raise(signal);
}

static void nothing(void)
{
}

static void watch(int signal, void (*handler)(int), int flags)
{
    struct sigaction action = {.sa_handler = handler, .sa_flags = flags};
    sigfillset(&action.sa_mask);
    sigaction(signal, &action, NULL);
}

static bool is_ignored(int signal)
{
    struct sigaction now;
    return sigaction(signal, NULL, &now) == 0 && now.sa_handler == SIG_IGN;
}

/* A stack of its own, so that a stack overflow can still be answered. */
static void give_stack(void)
{
    static char memory[1 << 16];
    stack_t stack = {.ss_sp = memory, .ss_size = sizeof memory};
    sigaltstack(&stack, NULL);
}

bool signals_open(const struct signal_hooks *hooks, struct error *error)
{
    state.hooks = *hooks;
    if (!state.hooks.goodbye)
        state.hooks.goodbye = nothing;
    if (!state.hooks.interrupted)
        state.hooks.interrupted = nothing;
    if (!state.hooks.ending)
        state.hooks.ending = nothing;
    if (pipe(state.pipe) != 0)
        return error_set(error, "cannot make a pipe: %s", strerror(errno));
    for (int i = 0; i < 2; i++) {
        fcntl(state.pipe[i], F_SETFL, O_NONBLOCK);
        fcntl(state.pipe[i], F_SETFD, FD_CLOEXEC);
    }
    give_stack();
    for (size_t i = 0; i < COUNT(fatal); i++)
        watch(fatal[i], on_fatal, SA_ONSTACK);
    for (size_t i = 0; i < COUNT(ending); i++)
        if (!is_ignored(ending[i])) /* nohup */
            watch(ending[i], on_fatal, 0);
    signal(SIGXFSZ, SIG_IGN); /* a file that is too large is said as any other failure to write */
    watch(SIGINT, on_interrupt, 0);
    return true;
}

void signals_catch_all(void)
{
    state.all = true;
    for (size_t i = 0; i < COUNT(polled); i++)
        watch(polled[i], on_polled, polled[i] == SIGTERM || polled[i] == SIGHUP ? 0 : SA_RESTART);
}

int signals_fd(void)
{
    return state.pipe[0];
}

void signals_drain(void)
{
    char bytes[256];
    while (read(state.pipe[0], bytes, sizeof bytes) > 0)
        ;
}

bool signals_take(int signal)
{
    return atomic_exchange(&state.seen[signal], false);
}

_Noreturn void signals_die(int signal)
{
    reset(signal);
    raise(signal);
    _exit(128 + signal);
}
