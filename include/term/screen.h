/* The only place that knows ncurses: shows canvases, owns the terminal's modes, gives the terminal back.
 * One screen at a time (ncurses allows no other). UI thread only, but for screen_restore. */
#ifndef TERM_SCREEN_H
#define TERM_SCREEN_H

#include <stdbool.h>

#include "base/error.h"
#include "picture/canvas.h"
#include "picture/theme.h"

struct screen_options {
    bool colour; /* false: NO_COLOR or --color=never; bold, reverse and underline stay */
    bool mouse;
    const struct theme *theme; /* to begin with */
};

/* Takes over the terminal on stdin/stdout, and asks it what its background is (the answer comes among the keys). False
 * with a sentence (TERM unknown, ...). */
bool screen_open(const struct screen_options *options, struct error *error);
/* Gives it back exactly as it was found; does nothing if it is not open. A terminal that takes no bytes is waited for a
 * second. */
void screen_close(void);
/* The same from a signal handler or on abort: async-signal-safe as far as possible (writes the sequences,
 * tcsetattr). */
void screen_restore(void);
void screen_size(int *width, int *height);
/* After SIGWINCH: asks the terminal's size anew and repaints with the next screen_show. */
void screen_resized(void);
/* ^Z: gives the terminal back, stops the process, takes it over again when continued. */
void screen_suspend(void);
/* After SIGCONT when something else stopped the process: the shell may have changed the modes meanwhile. */
void screen_continued(void);
void screen_mouse(bool on);
/* Colours from the next screen_show on; the same theme again costs nothing. Without colours (screen_options) all themes
 * look like theme_mono. */
void screen_theme(const struct theme *theme);
/* While a command runs that may take long, Ctrl-C is to raise SIGINT, because nobody reads the keys
 * meanwhile. */
void screen_interruptible(bool on);
/* Everything again with the next screen_show (Ctrl-L). */
void screen_redraw(void);
/* Sends what differs from what is on the screen, in one synchronised update, as far as the terminal takes it at once.
 * False, with the screen as it was, while the terminal has not taken the frame before. */
bool screen_show(const struct canvas *canvas);
/* A descriptor to be polled for writing while something waits for the terminal; -1: nothing does. */
int screen_waits(void);
/* Sends what the terminal takes now of what waits; true when nothing does any more. */
bool screen_send(void);
/* The best glyphs for this locale and TERM: braille, block or ascii. Works without screen_open. */
enum glyph_set screen_glyphs(void);
/* The version of ncurses, "ncurses 6.4.20221231". */
const char *screen_library(void);
/* How many colours the terminal called TERM has as ncurses knows it; 0: none, -1: there is no terminal of that name. Not
 * while a screen is open. */
int screen_colours(const char *term);

#endif
