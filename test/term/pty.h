/* The real program ($LIFSCOPE) on a pseudo terminal, its output fed to a terminal emulator (libvterm), so
 * that tests type keys and read the screen back.
 *
 * A small process stands between test and program, as a shell would: it leads the terminal's session and
 * gives the program a foreground process group of its own, without which ^Z cannot stop it. It reports each
 * stop and the end. */
#ifndef TEST_TERM_PTY_H
#define TEST_TERM_PTY_H

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include <vterm.h>

#include "harness.h"

#include "base/text.h"

struct pty {
    int master;
    int reports, orders; /* from and to the process between */
    pid_t shell, program;
    struct termios before; /* the terminal's modes before the program started */
    VTerm *vterm;
    VTermScreen *screen;
    int width, height;
    bool alternate, cursor_visible;
    struct text bytes; /* everything the program wrote */
    bool hung_up;
    char directory[64]; /* its home */
};

/* A generous limit for something that takes milliseconds; slower machines set Check's multiplier. */
static inline double pty_limit(void)
{
    const char *multiplier = getenv("CK_TIMEOUT_MULTIPLIER");
    return 3 * (multiplier && atof(multiplier) > 0 ? atof(multiplier) : 10);
}

static inline double pty_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static int pty_property(VTermProp property, VTermValue *value, void *user)
{
    struct pty *pty = user;
    if (property == VTERM_PROP_ALTSCREEN)
        pty->alternate = value->boolean;
    if (property == VTERM_PROP_CURSORVISIBLE)
        pty->cursor_visible = value->boolean;
    return 1;
}

static const VTermScreenCallbacks pty_callbacks = {.settermprop = pty_property};

static inline void pty_shell_program(char **arguments)
{
    setpgid(0, 0);
    signal(SIGTTOU, SIG_IGN);
    tcsetpgrp(STDIN_FILENO, getpid());
    signal(SIGTTOU, SIG_DFL);
    execv(arguments[0], arguments);
    fprintf(stderr, "cannot run %s: %s\n", arguments[0], strerror(errno));
    _exit(127);
}

static inline void pty_send_report(int reports, int status)
{
    if (write(reports, &status, sizeof status) != (ssize_t)sizeof status)
        _exit(1);
}

/* Starts the program and reports its pid, then a wait status at each change; an order continues it. */
static inline void pty_shell(char **arguments, int reports, int orders)
{
    signal(SIGHUP, SIG_IGN);
    pid_t program = fork();
    if (program == 0) {
        signal(SIGHUP, SIG_DFL);
        close(reports);
        close(orders);
        pty_shell_program(arguments);
    }
    signal(SIGTTOU, SIG_IGN);
    setpgid(program, program);
    pty_send_report(reports, program);
    int status;
    char order;
    while (waitpid(program, &status, WUNTRACED) > 0) {
        tcsetpgrp(STDIN_FILENO, getpgrp());
        pty_send_report(reports, status);
        if (!WIFSTOPPED(status))
            break;
        if (read(orders, &order, 1) != 1)
            break;
        tcsetpgrp(STDIN_FILENO, program);
        kill(-program, SIGCONT);
    }
    pause(); /* the terminal stays open, so that the test can look at it */
    _exit(0);
}

static inline void pty_environment(const struct pty *pty, const char *term, const char *locale)
{
    char history[128];
    snprintf(history, sizeof history, "%s/history", pty->directory);
    setenv("HOME", pty->directory, 1);
    setenv("LIFSCOPE_HISTORY", history, 1);
    setenv("INPUTRC", "/dev/null", 1);
    setenv("TERM", term, 1);
    setenv("LC_ALL", locale, 1);
    unsetenv("NO_COLOR");
    unsetenv("LINES");
    unsetenv("COLUMNS");
}

static inline int pty_report(struct pty *pty);

/* `arguments`: what follows the program's name, NULL-terminated; at most 14. */
static inline struct pty *pty_start_in(int width, int height, const char *term, const char *locale,
                                       const char *const *arguments)
{
    const char *path = getenv("LIFSCOPE");
    if (!path)
        ck_abort_msg("the environment variable LIFSCOPE names no program");
    char *argv[16] = {(char *)path};
    for (int i = 0; arguments && arguments[i]; i++)
        argv[i + 1] = (char *)arguments[i];
    struct pty *pty = calloc(1, sizeof *pty);
    pty->width = width;
    pty->height = height;
    strcpy(pty->directory, "/tmp/lifscope-test-XXXXXX");
    ck_assert(mkdtemp(pty->directory) != NULL);
    int reports[2], orders[2];
    ck_assert(pipe(reports) == 0 && pipe(orders) == 0);
    struct winsize size = {.ws_row = (unsigned short)height, .ws_col = (unsigned short)width};
    pty_environment(pty, term, locale);
    fflush(NULL);
    pty->shell = forkpty(&pty->master, NULL, NULL, &size);
    ck_assert_msg(pty->shell >= 0, "forkpty: %s", strerror(errno));
    if (pty->shell == 0) {
        char go; /* the test reads the modes first */
        close(reports[0]);
        close(orders[1]);
        if (read(orders[0], &go, 1) != 1)
            _exit(1);
        pty_shell(argv, reports[1], orders[0]);
    }
    close(reports[1]);
    close(orders[0]);
    pty->reports = reports[0];
    pty->orders = orders[1];
    tcgetattr(pty->master, &pty->before);
    ck_assert(write(pty->orders, "g", 1) == 1);
    pty->vterm = vterm_new(height, width);
    vterm_set_utf8(pty->vterm, 1);
    pty->screen = vterm_obtain_screen(pty->vterm);
    vterm_screen_enable_altscreen(pty->screen, 1);
    vterm_screen_set_callbacks(pty->screen, &pty_callbacks, pty);
    vterm_screen_reset(pty->screen, 1);
    pty->program = pty_report(pty);
    return pty;
}

static inline struct pty *pty_start_as(int width, int height, const char *term, const char *const *arguments)
{
    return pty_start_in(width, height, term, "C.UTF-8", arguments);
}

static inline struct pty *pty_start(int width, int height, const char *const *arguments)
{
    return pty_start_as(width, height, "xterm-256color", arguments);
}

/* Reads what the program has written, waiting at most `milliseconds` for the first byte. */
static inline void pty_read(struct pty *pty, int milliseconds)
{
    struct pollfd wanted = {.fd = pty->master, .events = POLLIN};
    while (!pty->hung_up && poll(&wanted, 1, milliseconds) > 0) {
        char bytes[8192];
        ssize_t got = read(pty->master, bytes, sizeof bytes);
        if (got <= 0) {
            pty->hung_up = true;
            return;
        }
        text_append(&pty->bytes, bytes, (size_t)got);
        vterm_input_write(pty->vterm, bytes, (size_t)got);
        milliseconds = 0;
    }
}

/* The row as UTF-8, trailing blanks cut, into `out` (4 bytes a column and one more). */
static inline void pty_row(struct pty *pty, int y, char *out)
{
    size_t used = 0, end = 0;
    for (int x = 0; x < pty->width; x++) {
        VTermScreenCell cell;
        if (!vterm_screen_get_cell(pty->screen, (VTermPos){.row = y, .col = x}, &cell) || cell.chars[0] == (uint32_t)-1)
            continue;
        uint32_t c = cell.chars[0] ? cell.chars[0] : ' ';
        if (c < 0x80) {
            out[used++] = (char)c;
        } else if (c < 0x800) {
            out[used++] = (char)(0xc0 | c >> 6);
            out[used++] = (char)(0x80 | (c & 0x3f));
        } else if (c < 0x10000) {
            out[used++] = (char)(0xe0 | c >> 12);
            out[used++] = (char)(0x80 | (c >> 6 & 0x3f));
            out[used++] = (char)(0x80 | (c & 0x3f));
        } else {
            out[used++] = '?';
        }
        if (c != ' ')
            end = used;
    }
    out[end] = '\0';
}

/* The whole screen, a line a row; valid until the next call. */
static inline const char *pty_text(struct pty *pty)
{
    static char text[400 * 1000];
    size_t used = 0;
    for (int y = 0; y < pty->height; y++) {
        pty_row(pty, y, text + used);
        used += strlen(text + used);
        text[used++] = '\n';
    }
    text[used] = '\0';
    return text;
}

/* The screen goes to stderr, for a whole one may be longer than Check's messages. */
static inline void pty_fail(struct pty *pty, const char *what, const char *wanted)
{
    fprintf(stderr, "%s\n", pty_text(pty));
    ck_abort_msg("%s before seeing %s; the screen is above", what, wanted);
}

/* Waits until `done` holds of what is on the screen; fails with the screen's text. */
static inline void pty_until(struct pty *pty, const char *what, bool (*done)(struct pty *pty, const void *argument),
                             const void *argument)
{
    double end = pty_clock() + pty_limit();
    for (pty_read(pty, 0); !done(pty, argument); pty_read(pty, 10))
        if (pty_clock() > end || pty->hung_up) {
            pty_read(pty, 0);
            if (!done(pty, argument))
                pty_fail(pty, pty->hung_up ? "the program ended" : "time is up", what);
            return;
        }
}

static inline bool pty_has(struct pty *pty, const void *text)
{
    return strstr(pty_text(pty), text) != NULL;
}

static inline bool pty_lacks(struct pty *pty, const void *text)
{
    return !pty_has(pty, text);
}

static inline void pty_wait(struct pty *pty, const char *text)
{
    pty_until(pty, text, pty_has, text);
}

static inline void pty_wait_gone(struct pty *pty, const char *text)
{
    char what[256];
    snprintf(what, sizeof what, "'%s' go", text);
    pty_until(pty, what, pty_lacks, text);
}

static inline void pty_type(struct pty *pty, const char *bytes)
{
    for (size_t length = strlen(bytes); length > 0;) {
        ssize_t written = write(pty->master, bytes, length);
        ck_assert_msg(written > 0, "cannot type: %s", strerror(errno));
        bytes += written;
        length -= (size_t)written;
    }
}

static inline void pty_resize(struct pty *pty, int width, int height)
{
    struct winsize size = {.ws_row = (unsigned short)height, .ws_col = (unsigned short)width};
    pty_read(pty, 0);
    pty->width = width;
    pty->height = height;
    vterm_set_size(pty->vterm, height, width);
    ck_assert(ioctl(pty->master, TIOCSWINSZ, &size) == 0); /* the kernel sends SIGWINCH */
}

/* The next report: the program's pid first, then wait statuses. The program's output is read meanwhile. */
static inline int pty_report(struct pty *pty)
{
    double end = pty_clock() + pty_limit();
    for (;;) {
        struct pollfd wanted = {.fd = pty->reports, .events = POLLIN};
        int status;
        pty_read(pty, 0);
        if (poll(&wanted, 1, 10) > 0) {
            ck_assert_msg(read(pty->reports, &status, sizeof status) == (ssize_t)sizeof status, "no report");
            pty_read(pty, 0);
            return status;
        }
        if (pty_clock() > end)
            pty_fail(pty, "time is up", "the program stop or end");
    }
}

static inline void pty_continue(struct pty *pty)
{
    ck_assert(write(pty->orders, "c", 1) == 1);
}

/* NULL when the terminal is as it was before the program started, else what is not. */
static inline const char *pty_damage(struct pty *pty)
{
    struct termios now;
    tcgetattr(pty->master, &now);
    if (now.c_lflag != pty->before.c_lflag || now.c_iflag != pty->before.c_iflag ||
        now.c_oflag != pty->before.c_oflag || now.c_cflag != pty->before.c_cflag)
        return "the terminal's modes differ from before";
    if (memcmp(now.c_cc, pty->before.c_cc, sizeof now.c_cc) != 0)
        return "the terminal's control characters differ from before";
    if (pty->alternate)
        return "the alternate screen was not left";
    if (!pty->cursor_visible)
        return "the cursor is hidden";
    return NULL;
}

static inline void pty_end(struct pty *pty)
{
    char command[128];
    kill(-pty->program, SIGKILL);
    kill(pty->shell, SIGKILL);
    waitpid(pty->shell, NULL, 0);
    close(pty->master);
    close(pty->reports);
    close(pty->orders);
    vterm_free(pty->vterm);
    text_free(&pty->bytes);
    snprintf(command, sizeof command, "%s/history", pty->directory);
    unlink(command);
    rmdir(pty->directory);
    free(pty);
}

#endif
