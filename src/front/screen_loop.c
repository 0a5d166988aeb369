/* One poll() waits for everything: keys, the pipe of signals and the engine's wake-ups, and the time of the
 * next frame.
 *
 * Frames: whatever the user does is drawn at once. What the engine does is drawn when the next frame is due,
 * at the rate the session wants, or more slowly if frames take long to compute; the simulation does not wait for
 * frames and is not counted by them. A terminal that takes a frame slowly, or not at all, is polled until it has, and
 * the next frame is drawn then: frames are left out, and nothing waits for them. When nothing runs there is no timer,
 * and the program sleeps. */
#include "command/families.h"
#include "front/screen_loop.h"
#include "view/replay.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/xalloc.h"
#include "frame/frame.h"
#include "front/open_engine.h"
#include "front/paste.h"
#include "front/start.h"
#include "session/session.h"
#include "term/history.h"
#include "term/keys.h"
#include "term/prompt.h"
#include "term/screen.h"
#include "term/signals.h"

#define ESCAPE_WAIT 0.025 /* s until a lone ESC is the Esc key */
#define PASTE_WAIT 1.0    /* s without bytes after which a paste has no end */
#define PASTE_TIME 0.02   /* s of running pasted lines between looks at everything else */
#define READ_AT_ONCE 65536
#define CTRL_C '\003'
#define INPUTS 16
#define FIXED 3         /* keys, signals, the terminal */
#define READ_TIME 0.002 /* s of reading what is followed at a time: keys do not wait longer for it */

struct ui {
    struct session *session;
    struct keys *keys;
    struct canvas *canvas;
    bool draw_now;   /* the user did something */
    bool draw_later; /* the simulation may have */
    bool owed;       /* a frame was left out */
    bool running;    /* when last drawn */
    double next_frame;
    double escape_due, paste_due;
    struct paste paste; /* keys behind it wait for it */
    double read_due;    /* when what is followed is to be read, though no descriptor says so */
    bool leaves;
    bool interrupted_before; /* the last key was a Ctrl-C that found nothing to stop */
    int signal;
};

/* --- frames ---------------------------------------- */

static void fill_prompt(struct view *view)
{
    prompt_state(&view->prompt, &view->line, &view->cursor);
}

static void fit_canvas(struct ui *ui)
{
    int width, height;
    screen_size(&width, &height);
    if (ui->canvas->width != width || ui->canvas->height != height)
        canvas_resize(ui->canvas, width, height);
    ui->canvas->glyphs = session_glyphs(ui->session);
    screen_theme(session_theme(ui->session));
    screen_mouse(session_mouse_wanted(ui->session));
}

/* The last frame is still on its way. What happens is taken note of as often as it would be drawn. */
static void leave_out(struct ui *ui, double now)
{
    ui->owed = true;
    ui->draw_now = false;
    ui->draw_later = ui->running || session_busy(ui->session);
    ui->next_frame = now + 1.0 / fmax(session_fps(ui->session), 1);
}

static void draw_frame(void *argument)
{
    struct ui *ui = argument;
    struct view view = {0};
    double start = clock_seconds();
    if (!screen_send()) {
        leave_out(ui, start);
        return;
    }
    fit_canvas(ui);
    session_view(ui->session, &view);
    fill_prompt(&view);
    frame_draw(ui->canvas, &view);
    ui->owed = !screen_show(ui->canvas);
    double cost = clock_seconds() - start;
    session_frame_drawn(ui->session, cost);
    /* At least as long a pause as a frame takes, so that half the time is left for keys and for the link. */
    double interval = fmax(1.0 / fmax(session_fps(ui->session), 1), 2 * cost);
    ui->next_frame = fmax(ui->next_frame + interval, start + 0.5 * interval);
    ui->running = (view.simulating && view.running) || session_moves(ui->session) || session_solves(ui->session);
    ui->draw_later = ui->running || session_busy(ui->session);
    ui->draw_now = false;
}

/* A frame that there is no memory for is left out, and session_collect makes room. */
static void draw(struct ui *ui)
{
    if (!xalloc_try(draw_frame, ui))
        leave_out(ui, clock_seconds());
}

/* A command works on; the picture shows how far it is. What comes of it is still to be seen: with nothing else going
 * on no other frame would show it. */
static void draw_work(void *context)
{
    struct ui *ui = context;
    draw(ui);
    ui->draw_now = true;
}

/* --- lines and keys ---------------------------------------- */

static void drop_paste(struct ui *ui)
{
    if (paste_drop(&ui->paste))
        session_notice(ui->session, "the rest of the paste is not run");
}

/* A command that takes long reads no keys, so Ctrl-C becomes a signal meanwhile. */
static void run_line(struct ui *ui, const char *line)
{
    screen_interruptible(true);
    session_line(ui->session, line, NULL, 0);
    screen_interruptible(false);
    if (signals_take(SIGINT))
        drop_paste(ui);
    ui->read_due = 0; /* there may be something new to follow */
}

static void on_line(void *context, const char *line)
{
    run_line(context, line);
}

static char **on_complete(void *context, const char *line, size_t start, size_t end)
{
    struct ui *ui = context;
    return session_complete(ui->session, line, start, end);
}

static void on_matches(void *context, char **matches, size_t count)
{
    struct ui *ui = context;
    session_show_matches(ui->session, matches, count);
}

static void on_end(void *context)
{
    struct ui *ui = context;
    ui->leaves = true;
}

/* Ctrl-C empties the line; on an empty one it stops what runs; with nothing to stop, the second one tells how
 * to leave. */
static void interrupt(struct ui *ui)
{
    if (prompt_cancel() || session_interrupt(ui->session)) {
        ui->interrupted_before = false;
        return;
    }
    if (ui->interrupted_before)
        session_notice(ui->session, "nothing is running; Ctrl-D or quit leaves the program");
    ui->interrupted_before = !ui->interrupted_before;
}

/* Lines of a sourced file run in here and may take as long as typed ones. */
static bool collect(struct ui *ui)
{
    bool lines = session_queued(ui->session);
    if (lines)
        screen_interruptible(true);
    bool worth = session_collect(ui->session);
    if (!lines)
        return worth;
    screen_interruptible(false);
    if (signals_take(SIGINT))
        interrupt(ui);
    return true;
}

static void frame(struct ui *ui)
{
    bool worth = collect(ui);
    if (worth || ui->draw_now) {
        draw(ui);
        return;
    }
    ui->draw_later = ui->running || session_busy(ui->session);
    ui->next_frame = clock_seconds() + 1.0 / fmax(session_fps(ui->session), 1);
}

/* On a line that is not empty F1 is about the word under the cursor. */
static void help_on_line(struct ui *ui)
{
    const char *prompt, *line;
    size_t cursor;
    prompt_state(&prompt, &line, &cursor);
    session_help(ui->session, line, cursor);
}

/* A few keys are the program's own, then the session's bindings are asked, and the rest is Readline's. Alt with
 * F5 is nobody's, and its bytes are the same as Esc and then F5. */
static void named_key(struct ui *ui, struct key *key)
{
    if (strcmp(key->name, "C-c") == 0) {
        interrupt(ui);
        return;
    }
    ui->interrupted_before = false;
    bool empty = prompt_empty(), runs_line = strcmp(key->name, "Enter") == 0 && !empty;
    if (strcmp(key->name, "C-z") == 0)
        screen_suspend();
    else if (strcmp(key->name, "C-l") == 0)
        screen_redraw();
    else if (strcmp(key->name, "F1") == 0 && !empty)
        help_on_line(ui);
    else if (session_key(ui->session, key->name, empty) && !runs_line) /* Enter may close the help as well */
        return;
    else if (!prompt_binds(key->bytes, key->length) && keys_split(ui->keys, key))
        named_key(ui, key);
    else
        prompt_feed(key->bytes, key->length);
}

static void text_key(struct ui *ui, const struct key *key)
{
    ui->interrupted_before = false;
    if (!(key->name[0] && prompt_empty() && session_key(ui->session, key->name, true)))
        prompt_feed(key->bytes, key->length);
}

static void mouse_key(struct ui *ui, const struct key *key)
{
    int width, height;
    screen_size(&width, &height);
    session_mouse(ui->session, key->name, key->column, key->row, width, height);
}

static void say_cut(struct ui *ui)
{
    paste_give_up(&ui->paste);
    session_notice(ui->session, "a paste had no end: nothing of it is run");
}

static void take_keys(struct ui *ui, bool flush)
{
    struct key key;
    while (!ui->leaves && !session_quits(ui->session) && !paste_waits(&ui->paste) && keys_next(ui->keys, flush, &key)) {
        ui->draw_now = true;
        switch (key.kind) {
        case KEY_TEXT:
            text_key(ui, &key);
            break;
        case KEY_NAMED:
            named_key(ui, &key);
            break;
        case KEY_PASTE:
            paste_add(&ui->paste, key.bytes, key.length);
            paste_go_on(&ui->paste, PASTE_TIME);
            break;
        case KEY_CUT_PASTE:
            say_cut(ui);
            break;
        case KEY_LONG_PASTE:
            session_notice(ui->session, "a paste of more than 16 MB: nothing of it is run");
            break;
        case KEY_MOUSE:
            mouse_key(ui, &key);
            break;
        case KEY_GROUND:
            session_ground(ui->session, key.ground);
            break;
        case KEY_FOCUS:
        case KEY_NONE:
            break;
        }
    }
    bool paste = paste_waits(&ui->paste);
    ui->escape_due = keys_pending(ui->keys) && !paste ? clock_seconds() + ESCAPE_WAIT : INFINITY;
    ui->paste_due = keys_pasting(ui->keys) && !paste ? clock_seconds() + PASTE_WAIT : INFINITY;
}

/* Nothing has come for a moment. */
static void flush_keys(struct ui *ui)
{
    struct key key;
    if (clock_seconds() >= ui->paste_due && keys_cut_paste(ui->keys, &key)) {
        say_cut(ui);
        ui->draw_now = true;
    }
    take_keys(ui, true);
}

/* The next lines of a long paste, then what was typed behind it. */
static void go_on_pasting(struct ui *ui)
{
    paste_go_on(&ui->paste, PASTE_TIME);
    ui->draw_later = true;
    if (paste_waits(&ui->paste))
        return;
    ui->draw_now = true;
    take_keys(ui, false);
}

static bool readable(int file, int milliseconds)
{
    struct pollfd wanted = {.fd = file, .events = POLLIN};
    return poll(&wanted, 1, milliseconds) > 0;
}

/* All there is, so that a paste is not followed by a frame for each piece of it. */
static void read_keys(struct ui *ui)
{
    char bytes[4096];
    size_t total = 0;
    do {
        ssize_t got = read(STDIN_FILENO, bytes, sizeof bytes);
        if (got < 0 && errno == EINTR)
            break;
        if (got <= 0) { /* the terminal is gone */
            ui->leaves = true;
            break;
        }
        if (memchr(bytes, CTRL_C, (size_t)got))
            drop_paste(ui);
        size_t rest = paste_rest(&ui->paste, bytes, (size_t)got);
        keys_feed(ui->keys, bytes + rest, (size_t)got - rest);
        total += (size_t)got;
    } while (total < READ_AT_ONCE && readable(STDIN_FILENO, 0));
    take_keys(ui, false);
}

/* --- signals and waiting ---------------------------------------- */

static void resized(struct ui *ui)
{
    int width, height;
    screen_size(&width, &height);
    session_resized(ui->session, width, height);
    ui->draw_now = true;
}

static void take_signals(struct ui *ui)
{
    signals_drain();
    if (signals_take(SIGTERM))
        ui->signal = SIGTERM;
    if (signals_take(SIGHUP))
        ui->signal = SIGHUP;
    if (signals_take(SIGINT)) {
        interrupt(ui);
        ui->draw_now = true;
    }
    if (signals_take(SIGTSTP)) {
        screen_suspend();
        signals_take(SIGCONT);
        resized(ui);
    }
    if (signals_take(SIGCONT)) {
        screen_continued();
        resized(ui);
    }
    if (signals_take(SIGWINCH)) {
        screen_resized();
        resized(ui);
    }
}

/* Milliseconds until something is due, rounded up; -1: nothing is. */
static int patience(const struct ui *ui)
{
    double due = ui->draw_now ? 0 : ui->draw_later ? fmin(ui->next_frame, ui->escape_due) : ui->escape_due;
    due = fmin(fmin(due, ui->paste_due), ui->read_due);
    if (paste_waits(&ui->paste))
        return 0;
    if (isinf(due))
        return -1;
    double wait = due - clock_seconds();
    return wait > 0 ? (int)ceil(1000 * fmin(wait, 60)) : 0;
}

static void read_inputs(struct ui *ui)
{
    ui->draw_later = session_read(ui->session, READ_TIME) || ui->draw_later;
    ui->read_due = clock_seconds() + session_patience(ui->session);
}

static bool any_ready(const struct pollfd *input, size_t inputs)
{
    for (size_t i = 0; i < inputs; i++)
        if (input[i].revents)
            return true;
    return false;
}

static void turn(struct ui *ui)
{
    struct pollfd wanted[FIXED + INPUTS] = {{.fd = STDIN_FILENO, .events = POLLIN},
                                            {.fd = signals_fd(), .events = POLLIN},
                                            {.fd = screen_waits(), .events = POLLOUT}};
    int input[INPUTS];
    size_t inputs = session_descriptors(ui->session, input, INPUTS);
    for (size_t i = 0; i < inputs; i++)
        wanted[FIXED + i] = (struct pollfd){.fd = input[i], .events = POLLIN};
    if (poll(wanted, FIXED + inputs, patience(ui)) < 0 && errno != EINTR)
        ui->leaves = true;
    if (wanted[1].revents) {
        take_signals(ui);
        session_relieve(ui->session);
        ui->draw_later = true;
    }
    if (wanted[2].revents && screen_send() && ui->owed)
        ui->draw_now = true;
    if (wanted[0].revents)
        read_keys(ui);
    else if (clock_seconds() >= fmin(ui->escape_due, ui->paste_due))
        flush_keys(ui);
    if (paste_waits(&ui->paste))
        go_on_pasting(ui);
    if (ui->draw_now) /* before what is followed is read: the user sees at once what a key did */
        frame(ui);
    if (any_ready(wanted + FIXED, inputs) || clock_seconds() >= ui->read_due)
        read_inputs(ui);
    if (ui->draw_later && clock_seconds() >= ui->next_frame)
        frame(ui);
}

/* --- opening and closing ---------------------------------------- */

static bool wants_colour(const struct options *options)
{
    const char *no = getenv("NO_COLOR");
    return options->colour == COLOUR_ALWAYS || (options->colour == COLOUR_AUTO && !(no && *no));
}

/* Terminals that answer no question often say "text;background" in the environment, in numbers of the 16 colours of
 * which 7 and 15 are white. */
static const struct theme *theme_of_environment(void)
{
    const char *colours = getenv("COLORFGBG"), *ground = colours ? strrchr(colours, ';') : NULL;
    bool white = ground && (strcmp(ground, ";7") == 0 || strcmp(ground, ";15") == 0);
    return white ? &theme_light : &theme_dark;
}

/* With spikes on standard input keys come from the terminal itself. Returns where the spikes are, or -1. */
static int move_input(const struct options *options, struct error *error)
{
    for (size_t i = 0; i < options->files; i++) {
        if (strcmp(options->file[i], "-") != 0)
            continue;
        int spikes = dup(STDIN_FILENO), terminal = open("/dev/tty", O_RDWR);
        if (spikes >= 0 && terminal >= 0 && dup2(terminal, STDIN_FILENO) >= 0 && close(terminal) == 0)
            return spikes;
        error_set(error, "cannot read keys from /dev/tty: %s", error_cause(errno));
        return -1;
    }
    return STDIN_FILENO;
}

static void begin(struct ui *ui, const struct options *options)
{
    if (options->mouse)
        session_line(ui->session, "mouse on", NULL, 0);
    if (options->present)
        session_line(ui->session, "present on", NULL, 0);
    draw(ui); /* something to look at while files are read */
    screen_interruptible(true);
    if (options->files > 0)
        start_files(ui->session, options, true);
    else
        start_population(ui->session);
    screen_interruptible(false);
    signals_take(SIGINT);
    ui->draw_now = true;
}

static void loop(struct ui *ui)
{
    while (!ui->leaves && !ui->signal && !session_quits(ui->session))
        turn(ui);
}

bool ui_run(const struct options *options, int *signal, struct error *error)
{
    struct screen_options look = {.colour = wants_colour(options), .theme = theme_of_environment()};
    struct port *engine;
    if (!open_engine(options, &engine, error))
        return false;
    int spikes = move_input(options, error);
    if (spikes >= 0)
        signals_catch_all(); /* before the terminal is taken, so that it is always given back */
    if (spikes < 0 || !screen_open(&look, error)) {
        port_free(engine);
        return false;
    }
    struct session_options wishes = {.screen = true,
                                     .interactive = true,
                                     .glyphs = options->ascii ? GLYPHS_ASCII : screen_glyphs(),
                                     .theme = look.theme,
                                     .has_input = spikes != STDIN_FILENO,
                                     .input = spikes,
                                     .engine = engine,
                                     .out = stdout,
                                     .err = stderr};
    screen_size(&wishes.width, &wishes.height);
    struct ui ui = {.session = session_new(&wishes, &all_commands),
                    .keys = keys_new(),
                    .escape_due = INFINITY,
                    .paste_due = INFINITY};
    ui.canvas = canvas_new(wishes.width, wishes.height, wishes.glyphs);
    struct prompt_handlers handlers = {&ui, on_line, on_complete, on_matches, on_end};
    char *history = history_path();
    prompt_open(&handlers, history);
    session_on_work(ui.session, draw_work, &ui);
    bool started = session_start(ui.session, signals_wake, NULL, error);
    if (started) {
        begin(&ui, options);
        loop(&ui);
    }
    screen_close();
    prompt_close();
    session_free(ui.session);
    canvas_free(ui.canvas);
    keys_free(ui.keys);
    text_free(&ui.paste.text);
    free(history);
    *signal = ui.signal;
    return started;
}
