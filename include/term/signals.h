/* Signals, and the engine thread's wake-up, as something a poll loop can wait for; and the promise that the
 * terminal is given back whatever kills the program. One set per process. */
#ifndef TERM_SIGNALS_H
#define TERM_SIGNALS_H

#include <stdbool.h>

#include "base/error.h"

struct signal_hooks {
    /* before the program dies of SEGV, BUS, FPE, ILL, ABRT, QUIT, XCPU, PIPE, and of TERM and HUP unless they are
     * caught; async-signal-safe */
    void (*goodbye)(void);
    /* on SIGINT, and on TERM and HUP where these are caught, inside the handler; async-signal-safe */
    void (*interrupted)(void);
    void (*ending)(void); /* called in the handlers of SIGTERM and SIGHUP, once signals_catch_all was; may be NULL */
};

/* Fatal signals and SIGINT; XFSZ is ignored, so that a file that is too large fails to be written. Reads and writes end
 * with EINTR on SIGINT; a second one before signals_take has seen the first kills the program. */
bool signals_open(const struct signal_hooks *hooks, struct error *error);
/* Also catches WINCH, CONT, TSTP, TERM and HUP, for a program that polls signals_fd; INT no longer kills it. */
void signals_catch_all(void);
/* Readable when a signal came or signals_wake was called since signals_drain. */
int signals_fd(void);
void signals_drain(void);
/* Whether `signal` came since the last call with it. */
bool signals_take(int signal);
/* Makes signals_fd readable. Any thread, also from a signal handler; never blocks. */
void signals_wake(void *unused);
/* Dies of `signal` as if it had never been caught, so that the parent sees why. */
_Noreturn void signals_die(int signal);

#endif
