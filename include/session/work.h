/* How far a command that takes long has got: shown while it works, on the status line of the screen or, at a plain
 * command line, on the error stream. UI thread only. */
#ifndef SESSION_WORK_H
#define SESSION_WORK_H

#include <stdbool.h>

#include "picture/canvas.h"

#define WORK_BAR 64 /* bytes of a bar */

struct session;

/* What is being done and since when; zeroed when nothing is. */
struct work {
    const char *what;    /* "loading" */
    double begun, shown; /* s on the clock */
    char text[WORK_BAR];
};

/* "loading ████░░░░░░  43 %": `fraction` (0..1) of it is done. */
void work_bar(char bar[WORK_BAR], const char *what, double fraction, enum glyph_set glyphs);

/* Begins some work; `what` is borrowed until work_end. */
void work_begin(struct session *session, const char *what);
/* `fraction` (0..1) of it is done; `context` is the session. True when Ctrl-C wants it to stop. Shows it now and then,
 * once it has taken a moment; cheap to call often. Fits struct progress. */
bool work_go_on(void *context, double fraction);
void work_end(struct session *session);

#endif
