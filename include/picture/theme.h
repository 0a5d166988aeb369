/* What each ink looks like, as plain numbers, so that whoever owns the terminal can map them without drawing knowing
 * how. Hues are Okabe and Ito's, which people with any of the common colour deficiencies tell apart; every ink that
 * carries a meaning also differs by a glyph, a label or an attribute. Constant; any thread. */
#ifndef PICTURE_THEME_H
#define PICTURE_THEME_H

#include "picture/canvas.h"

#define THEME_BOLD 1u
#define THEME_DIM 2u
#define THEME_REVERSE 4u
#define THEME_UNDERLINE 8u

struct theme_ink {
    const char *name;    /* "selected" */
    int colour256;       /* index into xterm's 256 colours; -1: the terminal's own text colour */
    int colour8;         /* index into the 8 ANSI colours; -1 likewise */
    unsigned attributes; /* THEME_... or'ed; kept without colours (NO_COLOR) */
};

extern const struct theme_ink theme[INK_COUNT];

#endif
