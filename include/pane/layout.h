/* Which panes there are and where they go. Up to LAYOUT_MAX panes stand side by side in order; a narrow terminal
 * stacks them or drops the last with a note. UI thread only. */
#ifndef PANE_LAYOUT_H
#define PANE_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "draw/view.h"
#include "picture/canvas.h"

#define LAYOUT_MAX 6
#define PANE_OPTIONS 8

#define PANE_NOTES 6

struct pane_type;

/* Words at a place of a pane's axes. */
struct pane_note {
    double x, y; /* y NaN: near the top */
    char text[64];
};

struct pane {
    const struct pane_type *type;
    char subject[SUBJECT_NAME];
    /* What it was told, beside the type's table of options (pane/pane_option.h reads them): a number as it is, a choice
     * by its index + 1, and 0 where nothing was said. */
    double option[PANE_OPTIONS];
    /* Columns that labels left of the axis take at least: panes under one another agree. Set by frame_draw. */
    int margin;
    double reach; /* the vertical axis goes up to this at least, for what is laid over it; set by frame_draw */
    /* A lesson covers it, or some of its type's parts (a bit each), and writes into it. */
    bool veiled;
    unsigned veiled_parts;
    struct pane_note note[PANE_NOTES];
    size_t notes;
};

struct layout {
    struct pane pane[LAYOUT_MAX];
    size_t panes;
    int focus;    /* index of the focused pane, -1: the command line has the keys */
    int columns;  /* panes side by side, before the next row begins; 0: as it fits */
    size_t knobs; /* sliders that want lines above the answers */
    int page;     /* lines that a lesson wants there; 0: none is on */
    bool present; /* for a room: two panes at most, a command and its answer below them */
    bool zoomed;  /* the focused pane (or the first) fills the screen */
};

void layout_init(struct layout *layout); /* no panes */
/* Each is false with a sentence when it cannot be done; numbers are 1-based as people see them. */
bool layout_open(struct layout *layout, const struct pane_type *type, const char *subject, struct error *error);
bool layout_put(struct layout *layout, size_t number, const struct pane_type *type, const char *subject,
                struct error *error);
bool layout_close(struct layout *layout, size_t number, struct error *error);
bool layout_swap(struct layout *layout, size_t a, size_t b, struct error *error);
bool layout_focus(struct layout *layout, size_t number, struct error *error); /* 0: the command line */

/* Where things go on a screen of this size. Rects of panes that do not fit have width 0. */
struct arrangement {
    struct rect status, pane[LAYOUT_MAX], knobs, page, output, rule, prompt;
    size_t dropped; /* panes for which there is no room */
};
/* Knobs stand beside each other while each has this many columns. */
#define KNOB_WIDTH 40
struct arrangement layout_arrange(const struct layout *layout, int width, int height);

#endif
