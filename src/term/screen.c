/* ncurses is asked for one thing only: to send the difference between two pictures in as few bytes as the
 * terminal allows. It reads no input (the loop does), draws no windows (the canvas does) and handles no
 * signals.
 *
 * It writes one row at a time, so a frame is bracketed in "synchronised update" (DEC mode 2026). Everything goes
 * through the outbox, in order: a terminal that takes no bytes keeps one frame waiting there, and further frames are
 * not drawn until it is gone. They are left out before ncurses hears of them, which believes that all it drew is seen.
 * The terminal's modes are set here, without waiting for what it still has to show.
 *
 * What it takes to give the terminal back is composed when the screen opens, so that a signal handler has
 * only to write it. ncurses allows one screen, hence the file-scope state. */
#include "term/screen.h"

#include <errno.h>
#include <langinfo.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#include <curses.h>
#include <term.h>

#include "base/number.h"
#include "base/text.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "picture/theme.h"
#include "term/outbox.h"

#define UPDATE_BEGIN "\033[?2026h"
#define UPDATE_END "\033[?2026l"
#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
#define ASK_GROUND "\033]11;?\033\\" /* the answer is a KEY_GROUND */
#define MOUSE_ON "\033[?1000h\033[?1002h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1002l\033[?1000l"

static struct {
    SCREEN *curses;
    struct termios found; /* the terminal's modes as they were */
    struct termios ours;
    bool ansi; /* understands (or ignores) private modes */
    bool mouse;
    int colours; /* that the terminal has and may show; 0: none */
    const struct theme *theme;
    attr_t attributes[INK_COUNT];
    short pair[INK_COUNT];
    struct cell *shown; /* what ncurses was last told, to skip rows that stay; NULL: nothing yet */
    int width, height;
    bool cursor_shown;
} screen;

/* For the signal handler: set last, cleared first. */
static volatile sig_atomic_t is_open;
static char goodbye[512];
static size_t goodbye_length;

static void send_mode(const char *bytes)
{
    if (screen.ansi)
        outbox_add(bytes, strlen(bytes));
}

/* A terminfo string without its padding "$<50/>". */
static void add_capability(struct text *out, const char *name)
{
    const char *value = tigetstr(name);
    if (!value || value == (const char *)-1)
        return;
    while (*value) {
        const char *close = value[0] == '$' && value[1] == '<' ? strchr(value, '>') : NULL;
        if (close)
            value = close + 1;
        else
            text_append(out, value++, 1);
    }
}

static void compose_goodbye(void)
{
    struct text out = {0};
    text_add(&out, screen.ansi ? UPDATE_END MOUSE_OFF PASTE_OFF : "");
    const char *const names[] = {"sgr0", "op", "cnorm", "rmcup"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        add_capability(&out, names[i]);
    text_add(&out, "\r");
    goodbye_length = out.length < sizeof goodbye ? out.length : sizeof goodbye;
    memcpy(goodbye, out.bytes, goodbye_length);
    text_free(&out);
}

static int in_colours(const struct theme_colour *colour)
{
    return screen.colours >= 256 ? colour->of256 : colour->of8;
}

static attr_t attributes_of(unsigned wanted, bool coloured)
{
    attr_t attributes = A_NORMAL;
    if (wanted & THEME_BOLD)
        attributes |= A_BOLD;
    if (wanted & THEME_DIM && !coloured) /* a grey made dim as well would be hard to read */
        attributes |= A_DIM;
    if (wanted & THEME_REVERSE)
        attributes |= A_REVERSE;
    if (wanted & THEME_UNDERLINE)
        attributes |= A_UNDERLINE;
    return attributes;
}

static void prepare_inks(const struct theme *theme)
{
    bool colour = screen.colours >= 8 && theme->colours;
    int ground = in_colours(&theme->ground), text = in_colours(&theme->text);
    screen.theme = theme;
    for (int i = 0; i < INK_COUNT; i++) {
        int hue = in_colours(&theme->ink[i]);
        hue = hue == THEME_OWN ? text : hue;
        screen.pair[i] = 0;
        if (colour && (hue != THEME_OWN || ground != THEME_OWN) &&
            init_pair((short)(i + 1), (short)hue, (short)ground) == OK)
            screen.pair[i] = (short)(i + 1);
        screen.attributes[i] = attributes_of(theme_look[i].attributes, screen.pair[i] != 0);
    }
}

static void forget_shown(void)
{
    free(screen.shown);
    screen.shown = NULL;
}

/* ncurses may believe LINES and COLUMNS of the environment; the terminal knows better. */
static void ask_size(void)
{
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 && size.ws_row > 0)
        resizeterm(size.ws_row, size.ws_col);
    getmaxyx(stdscr, screen.height, screen.width);
}

static void enter_modes(void)
{
    send_mode(PASTE_ON);
    if (screen.mouse)
        send_mode(MOUSE_ON);
}

#define SIZE_MAX_TYPED 1000 /* rows or columns that LINES and COLUMNS may ask for: ncurses takes memory for each */

/* ncurses believes what stands in the environment, if it is a number. */
static void check_size(const char *name)
{
    const char *text = getenv(name);
    double value;
    if (text && !(number_parse(text, strlen(text), &value) && value >= 1 && value <= SIZE_MAX_TYPED))
        unsetenv(name);
}

static void close_library(void)
{
    if (screen.curses)
        delscreen(screen.curses);
    screen.curses = NULL;
    outbox_close();
}

static bool open_library(struct error *error)
{
    const char *term = getenv("TERM");
    check_size("LINES");
    check_size("COLUMNS");
    if (!outbox_open(STDOUT_FILENO, error))
        return false;
    errno = 0;
    screen.curses = newterm(NULL, outbox_library(), stdin);
    if (!screen.curses && (errno == EMFILE || errno == ENFILE || errno == ENOMEM))
        return error_set(error, "cannot open the terminal: %s", error_cause(errno));
    if (!screen.curses)
        return error_set(error, "the terminal type '%s' is unknown: set TERM (often xterm-256color), or use --plain",
                         term ? term : "");
    const char *move = tigetstr("cup");
    if (move && move != (const char *)-1)
        return true;
    endwin();
    return error_set(error, "the terminal type '%s' cannot move its cursor: use --plain", term ? term : "");
}

bool screen_open(const struct screen_options *options, struct error *error)
{
    if (tcgetattr(STDIN_FILENO, &screen.found) != 0)
        return error_set(error, "standard input is no terminal");
    if (!open_library(error)) {
        close_library();
        return false;
    }
    screen.ansi = strncmp(tigetstr("cup"), "\033[", 2) == 0;
    screen.mouse = options->mouse;
    compose_goodbye();
    is_open = 1;
    raw();
    noecho();
    nonl();
    intrflush(stdscr, FALSE);
    typeahead(-1);
    tcgetattr(STDIN_FILENO, &screen.ours);
    screen.colours = options->colour && has_colors() && start_color() == OK ? COLORS : 0;
    if (screen.colours)
        use_default_colors();
    prepare_inks(options->theme);
    ask_size();
    screen.cursor_shown = true;
    enter_modes();
    if (screen.colours && screen.ansi && strcmp(getenv("TERM"), "linux") != 0) /* its console takes it for text */
        send_mode(ASK_GROUND);
    outbox_send();
    return true;
}

#define PATIENCE 1.0 /* s without a byte taken until a terminal gets no more of them */

static void leave_modes(void)
{
    send_mode(UPDATE_END MOUSE_OFF PASTE_OFF);
    outbox_capture();
    curs_set(1);
    screen.cursor_shown = true;
    endwin();
    outbox_release();
    outbox_drain(PATIENCE);
    tcsetattr(STDIN_FILENO, TCSANOW, &screen.found);
}

void screen_close(void)
{
    if (!is_open)
        return;
    leave_modes();
    is_open = 0;
    close_library();
    forget_shown();
}

void screen_restore(void)
{
    if (!is_open)
        return;
    is_open = 0;
    outbox_last(goodbye, goodbye_length);
    tcsetattr(STDIN_FILENO, TCSANOW, &screen.found);
}

void screen_size(int *width, int *height)
{
    *width = screen.width;
    *height = screen.height;
}

void screen_redraw(void)
{
    forget_shown();
    clearok(curscr, TRUE);
}

void screen_resized(void)
{
    ask_size();
    screen_redraw();
}

/* The whole process group stops, as with the terminal's own ^Z: `make run` and the programs of a pipe stop
 * with us. */
static void stop(void)
{
    struct sigaction plain = {.sa_handler = SIG_DFL}, before;
    sigaction(SIGTSTP, &plain, &before);
    kill(0, SIGTSTP);
    sigaction(SIGTSTP, &before, NULL);
}

void screen_suspend(void)
{
    leave_modes();
    stop();
    outbox_capture();
    refresh(); /* ncurses takes the terminal again; what it draws is drawn over by the next frame */
    outbox_release();
    screen_continued();
}

void screen_continued(void)
{
    tcsetattr(STDIN_FILENO, TCSANOW, &screen.ours);
    enter_modes();
    screen_resized();
}

void screen_mouse(bool on)
{
    if (on != screen.mouse)
        send_mode(on ? MOUSE_ON : MOUSE_OFF);
    screen.mouse = on;
}

void screen_theme(const struct theme *theme)
{
    if (theme == screen.theme)
        return;
    prepare_inks(theme);
    screen_redraw();
}

void screen_interruptible(bool on)
{
    struct termios modes;
    if (!is_open || tcgetattr(STDIN_FILENO, &modes) != 0)
        return;
    modes.c_lflag &= ~(tcflag_t)ISIG;
    if (on) {
        modes.c_lflag |= ISIG | NOFLSH;
        modes.c_cc[VSUSP] = _POSIX_VDISABLE; /* ^\ stays: the way out of a command that does not stop */
    }
    tcsetattr(STDIN_FILENO, TCSANOW, &modes);
}

/* ncurses and canvas must agree on the width of what is shown, else the row shifts; a locale without the
 * glyph shows a question mark. */
static wchar_t printable(uint32_t glyph, bool last_column)
{
    int wide = utf8_width(glyph);
    if (glyph < ' ' || glyph == 0x7f || wide < 1 || (wide == 2 && last_column))
        return glyph == 0 ? L' ' : L'?';
    return glyph < 0x7f || wcwidth((wchar_t)glyph) == wide ? (wchar_t)glyph : L'?';
}

static void put_row(const struct cell *row, int y, int width)
{
    for (int x = 0; x < width; x++) {
        wchar_t text[2] = {printable(row[x].glyph, x == width - 1), L'\0'};
        uint8_t ink = row[x].ink < INK_COUNT ? row[x].ink : INK_PLAIN;
        cchar_t cell;
        if (setcchar(&cell, text, screen.attributes[ink], screen.pair[ink], NULL) == OK)
            mvadd_wch(y, x, &cell);
        if (text[0] > 0x7f && x + 1 < width && row[x + 1].glyph == 0)
            x++;
    }
}

static bool row_stays(const struct cell *row, const struct cell *shown, int width)
{
    for (int x = 0; x < width; x++)
        if (row[x].glyph != shown[x].glyph || row[x].ink != shown[x].ink)
            return false;
    return true;
}

static void put_canvas(const struct canvas *canvas, int width, int height)
{
    bool all = !screen.shown;
    if (all) {
        screen.shown = xcalloc((size_t)screen.width * (size_t)screen.height, sizeof *screen.shown);
        erase();
    }
    for (int y = 0; y < height; y++) {
        const struct cell *row = canvas->cell + (size_t)y * (size_t)canvas->width;
        struct cell *shown = screen.shown + (size_t)y * (size_t)screen.width;
        if (!all && row_stays(row, shown, width))
            continue;
        put_row(row, y, width);
        memcpy(shown, row, (size_t)width * sizeof *row);
    }
}

static void show_cursor(bool visible)
{
    if (visible != screen.cursor_shown)
        curs_set(visible);
    screen.cursor_shown = visible;
}

static void draw_canvas(const struct canvas *canvas)
{
    int width = canvas->width < screen.width ? canvas->width : screen.width;
    int height = canvas->height < screen.height ? canvas->height : screen.height;
    put_canvas(canvas, width, height);
    bool visible =
        canvas->cursor_x >= 0 && canvas->cursor_x < width && canvas->cursor_y >= 0 && canvas->cursor_y < height;
    if (visible)
        move(canvas->cursor_y, canvas->cursor_x);
    wnoutrefresh(stdscr);
    show_cursor(visible);
    doupdate();
}

bool screen_show(const struct canvas *canvas)
{
    outbox_send();
    if (outbox_waits() >= 0)
        return false;
    send_mode(UPDATE_BEGIN);
    outbox_capture();
    draw_canvas(canvas);
    outbox_release();
    send_mode(UPDATE_END);
    outbox_send();
    return true;
}

int screen_waits(void)
{
    return outbox_waits();
}

bool screen_send(void)
{
    outbox_send();
    return outbox_waits() < 0;
}

enum glyph_set screen_glyphs(void)
{
    const char *term = getenv("TERM");
    if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0 || !term || strcmp(term, "dumb") == 0)
        return GLYPHS_ASCII;
    return strcmp(term, "linux") == 0 ? GLYPHS_BLOCK : GLYPHS_BRAILLE; /* the console's font has no braille */
}

const char *screen_library(void)
{
    return curses_version();
}

int screen_colours(const char *term)
{
    int status;
    if (setupterm(term, STDOUT_FILENO, &status) != OK)
        return -1;
    int colours = tigetnum("colors");
    return colours > 0 ? colours : 0;
}
