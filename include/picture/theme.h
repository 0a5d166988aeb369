/* What each ink looks like, as plain numbers, so that whoever owns the terminal can map them without drawing knowing
 * how. A theme is a choice of colours for all inks on one ground; every ink that carries a meaning also differs by a
 * glyph, a label or an attribute, so that none is needed. Hues follow Okabe and Ito's, which people with any of the
 * common colour deficiencies tell apart, as far as a contrast of 4.5 to 1 with the ground (WCAG 2.1, 1.4.3) leaves
 * room. Constant; any thread. */
#ifndef PICTURE_THEME_H
#define PICTURE_THEME_H

#include <stdbool.h>
#include <stddef.h>

#include "picture/canvas.h"

#define THEME_BOLD 1u
#define THEME_DIM 2u
#define THEME_REVERSE 4u
#define THEME_UNDERLINE 8u

#define THEME_OWN (-1) /* the colour that the terminal has by itself */

/* A colour, for terminals with 256 of them and for those with 8. */
struct theme_colour {
    int of256; /* index into xterm's 256 colours, or THEME_OWN */
    int of8;   /* index into the 8 ANSI colours, or THEME_OWN; their shades are each terminal's own */
};

struct theme {
    const char *name; /* "light" */
    const char *help; /* "for a white background" */
    bool colours;     /* false: none at all, as with NO_COLOR */
    /* What is painted behind everything, and what an ink of THEME_OWN is written in then; THEME_OWN leaves the
     * terminal's, which `assumed` says in red, green and blue, 0xRRGGBB. */
    struct theme_colour ground, text;
    unsigned assumed;
    double contrast; /* that every ink has at least, on the ground, with 256 colours */
    struct theme_colour ink[INK_COUNT];
};

/* What an ink is called, and how it differs when there is no colour (THEME_... or'ed; kept with colours, too). */
struct theme_look {
    const char *name; /* "selected" */
    unsigned attributes;
};
extern const struct theme_look theme_look[INK_COUNT];

extern const struct theme theme_dark, theme_light, theme_paper, theme_contrast, theme_mono;
extern const struct theme *const themes[];
extern const size_t theme_count;
/* The name of themes[i], for a word_list (base/word.h), which has no list of its own. */
const char *theme_list_name(const void *list, size_t i);

/* Red, green and blue, 0xRRGGBB, of one of xterm's colours 16 to 255 (the first 16 differ from terminal to
 * terminal). */
unsigned theme_rgb(int of256);
/* How much two colours 0xRRGGBB differ in lightness: (L1 + 0.05) / (L2 + 0.05) of their relative luminances, from 1 to
 * 21 (WCAG 2.1). */
double theme_contrast_of(unsigned a, unsigned b);
/* The theme for a terminal whose background is this colour, 0xRRGGBB: the light one where black can be read better on
 * it than white. */
const struct theme *theme_for_ground(unsigned rgb);

#endif
