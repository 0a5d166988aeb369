/* Reads the arguments, decides between the screen, a plain command line and a script, and says goodbye with
 * the right exit status: 0 all well, 1 a command failed, 2 the arguments were wrong. */
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <gsl/gsl_errno.h>

#include "about.h"
#include "base/cpu.h"
#include "base/error.h"
#include "base/files.h"
#include "base/patient.h"
#include "base/stop.h"
#include "base/whole_file.h"
#include "base/xalloc.h"
#include "command/families.h"
#include "completion.h"
#include "follow/merge.h"
#include "front/open_engine.h"
#include "front/screen_loop.h"
#include "front/start.h"
#include "options.h"
#include "session/session.h"
#include "term/history.h"
#include "term/prompt.h"
#include "term/screen.h"
#include "term/signals.h"
#include "wire/serve.h"

static int complain(const struct error *error, int status)
{
    fprintf(stderr, "lifscope: %s\n", error->text);
    return status;
}

/* A closed standard stream would be the next file that is opened, and be read and written as if it were meant. Each
 * gets one that gives an error instead, as a closed one should: it is open in the other direction only. */
static void open_standard_streams(void)
{
    for (int file = STDIN_FILENO; file <= STDERR_FILENO; file++)
        if (fcntl(file, F_GETFD) < 0 && errno == EBADF)
            (void)!open("/dev/null", file == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

/* What stdio still holds may not fit on the disk; a reader that went away (SIGPIPE) has ended the program already. A
 * command that failed because of it has said so. */
static int finish(int status)
{
    errno = 0;
    if (status == 0 && (fflush(stdout) != 0 || ferror(stdout))) {
        fprintf(stderr, "lifscope: cannot write to standard output%s%s\n", errno ? ": " : "",
                errno ? error_cause(errno) : "");
        return 1;
    }
    return status;
}

static bool reads_input_as_file(const struct options *options)
{
    for (size_t i = 0; i < options->files; i++)
        if (strcmp(options->file[i], "-") == 0)
            return true;
    return false;
}

static bool wants_screen(const struct options *options)
{
    const char *term = getenv("TERM");
    return options->steps == 0 && !options->plain && isatty(STDOUT_FILENO) &&
           (isatty(STDIN_FILENO) || reads_input_as_file(options)) && term && *term && strcmp(term, "dumb") != 0;
}

/* Does a script come from standard input? */
static bool reads_commands(const struct options *options)
{
    for (size_t i = 0; i < options->steps; i++)
        if (options->step[i].script && strcmp(options->step[i].text, "-") == 0)
            return true;
    return options->steps == 0 && !reads_input_as_file(options);
}

/* NULL, after saying why, when there is no engine. */
static struct session *open_session(const struct options *options, bool interactive)
{
    struct port *engine;
    struct error error;
    if (!open_engine(options, &engine, &error)) {
        complain(&error, 1);
        return NULL;
    }
    struct session_options wishes = {.interactive = interactive,
                                     .width = options->width,
                                     .height = options->height,
                                     .glyphs = options->ascii ? GLYPHS_ASCII : screen_glyphs(),
                                     .has_input = !interactive && !reads_commands(options),
                                     .input = STDIN_FILENO,
                                     .engine = engine,
                                     .out = stdout,
                                     .err = stderr};
    return session_new(&wishes, &all_commands);
}

static bool run_input(struct session *session)
{
    files_note_read(STDIN_FILENO, NULL);
    return session_script(session, stdin, "stdin");
}

static bool run_script(struct session *session, const char *name)
{
    if (strcmp(name, "-") == 0)
        return run_input(session);
    FILE *file = patient_fopen(name);
    if (!file) {
        fprintf(stderr, "lifscope: cannot read the script '%s': %s\n", name, error_cause(errno));
        return false;
    }
    files_note_read(fileno(file), name);
    bool good = session_script(session, file, name);
    fclose(file);
    return good;
}

static bool run_commands(struct session *session, const char *commands)
{
    if (*commands == '\0')
        return true; /* fmemopen wants at least a byte */
    FILE *lines = fmemopen((void *)commands, strlen(commands), "r");
    if (!lines) {
        fprintf(stderr, "lifscope: -c: %s\n", error_cause(errno));
        return false;
    }
    bool good = session_script(session, lines, "-c");
    fclose(lines);
    return good;
}

static bool run_steps(struct session *session, const struct options *options)
{
    for (size_t i = 0; i < options->steps && !session_quits(session); i++) {
        const struct step *step = &options->step[i];
        if (!(step->script ? run_script(session, step->text) : run_commands(session, step->text)))
            return false;
    }
    return true;
}

/* Commands from -c and -f, or from standard input; results to standard output. */
static int script(const struct options *options)
{
    struct session *session = open_session(options, false);
    if (!session)
        return 1;
    bool good = start_files(session, options, false);
    if (good && options->steps > 0)
        good = run_steps(session, options);
    else if (good && !reads_input_as_file(options))
        good = run_script(session, "-");
    session_free(session);
    int status = finish(good ? 0 : 1);
    if (signals_take(SIGINT))
        signals_die(SIGINT);
    return status;
}

static char **complete(void *session, const char *line, size_t start, size_t end)
{
    return session_complete(session, line, start, end);
}

#define PLAIN_READING 0.5 /* s at most that what is followed is read before a command */

/* A person at a terminal without a screen: a failed command is said, and the next one is read. */
static int plain(const struct options *options)
{
    struct session *session = open_session(options, true);
    if (!session)
        return 1;
    struct prompt_handlers handlers = {.context = session, .complete = complete};
    char *history = history_path(), *line;
    prompt_open_plain(&handlers, history);
    start_files(session, options, false);
    while (!session_quits(session) && (line = prompt_read_plain("lifscope> "))) {
        signals_take(SIGINT);
        session_read(session, PLAIN_READING);
        session_line(session, line, NULL, 0);
        fflush(stdout);
        free(line);
    }
    if (!session_quits(session))
        putchar('\n');
    prompt_close();
    session_free(session);
    free(history);
    return finish(0);
}

static int screen(const struct options *options)
{
    struct error error;
    int ending = 0;
    if (!ui_run(options, &ending, &error))
        return complain(&error, 1);
    if (ending)
        signals_die(ending);
    return finish(0);
}

/* A kernel forced by hand that is not here is worth a word: whoever compares kernels would compare one with itself. */
static void check_kernel(void)
{
    const char *wanted = getenv("LIFSCOPE_KERNEL");
    if (!wanted || !*wanted || strcmp(wanted, cpu_set_names[cpu_set()]) == 0)
        return;
    fprintf(stderr, "lifscope: LIFSCOPE_KERNEL=%s: this machine has no such kernel (there are", wanted);
    for (size_t i = CPU_SETS; i-- > 0;)
        fprintf(stderr, " %s", cpu_set_names[i]);
    fprintf(stderr, "); running on %s\n", cpu_set_names[cpu_set()]);
}

/* The last thing a program does that a signal ends. */
static void goodbye(void)
{
    whole_file_remove_unfinished();
    screen_restore();
}

/* The other end of --engine-process; it shares its terminal, and asks before it has signal handlers. */
static int serve_engine(void)
{
    struct error error;
    if (isatty(STDIN_FILENO)) {
        error_set(&error, "--serve answers another lifscope, not a terminal: lifscope --engine-process starts it");
        return complain(&error, 2);
    }
    return serve(STDIN_FILENO, STDOUT_FILENO, &error) ? 0 : complain(&error, 1);
}

static int write_completion(const char *shell)
{
    struct error error;
    command_use(&all_commands);
    return completion_write(shell, stdout, &error) ? finish(0) : complain(&error, 2);
}

static int merge(const struct options *options)
{
    struct error error;
    if (options->files == 0) {
        error_set(&error, "--merge needs files, or patterns of their names in quotes: lifscope --merge 'out/*.dat'");
        return complain(&error, 2);
    }
    return merge_run((const char *const *)options->file, options->files, STDOUT_FILENO, &error) ? 0
                                                                                                : complain(&error, 1);
}

static int run(const struct options *options)
{
    if (options->help)
        options_help(stdout);
    else if (options->version)
        about_version(stdout);
    if (options->help || options->version)
        return finish(0);
    if (options->check)
        return finish(about_check(stdout) ? 0 : 1);
    if (options->completion)
        return write_completion(options->completion);
    if (options->serve)
        return serve_engine();
    check_kernel();
    struct signal_hooks hooks = {.goodbye = goodbye, .interrupted = stop_request, .ending = stop_for_good};
    struct error error;
    if (!signals_open(&hooks, &error))
        return complain(&error, 1);
    xalloc_on_exhaustion(goodbye);
    xalloc_on_shortage(stop_out_of_memory);
    xalloc_keep_reserve();
    if (options->merge)
        return merge(options);
    if (wants_screen(options) && reads_input_as_file(options) && isatty(STDIN_FILENO)) {
        error_set(&error, "standard input is the terminal, where keys come from: producer | lifscope - shows what a "
                          "producer writes");
        return complain(&error, 2);
    }
    if (wants_screen(options))
        return screen(options);
    bool person = options->steps == 0 && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    return person ? plain(options) : script(options);
}

/* GSL's own handler ends the program; every call's status is looked at instead. But a result that lacked memory on its
 * way would be a wrong one. */
static void on_gsl_error(const char *reason, const char *file, int line, int number)
{
    (void)reason, (void)file, (void)line;
    if (number == GSL_ENOMEM)
        xalloc_leave(0);
}

int main(int argc, char **argv)
{
    open_standard_streams();
    setlocale(LC_ALL, "");
    setlocale(LC_NUMERIC, "C"); /* files have points in their numbers, wherever one lives */
    signal(SIGPIPE, SIG_DFL);   /* end quietly when the reader of a pipe goes, even if our parent ignores it */
    gsl_set_error_handler(on_gsl_error);
    struct options options;
    struct error error;
    if (!options_read(&options, argc, argv, &error)) {
        options_free(&options);
        return complain(&error, 2);
    }
    int status = run(&options);
    options_free(&options);
    return status;
}
