/* A picture finer than cells: what a plot draws on a canvas that has a paper is kept as lines, marks and dots, to be
 * drawn as a vector picture, and not as dots in cells. Places are in cells from the top left corner of the canvas,
 * whole numbers being the borders between cells. Text, borders and shades stay cells of the canvas. UI thread only. */
#ifndef PICTURE_PAPER_H
#define PICTURE_PAPER_H

#include <stddef.h>
#include <stdint.h>

#include "picture/canvas.h"

/* Dots of a cell: as a cell is twice as high as wide, dots are square. */
#define PAPER_ACROSS 16
#define PAPER_DOWN 32

/* A straight line. Of every `of` parts along it the first `on` are drawn, a part being as long as PAPER_PART cells are
 * wide; `on` = `of`: all of it. `walked` parts lie between the beginning of its curve and its own. */
#define PAPER_PART 0.5
struct paper_line {
    double x0, y0, x1, y1;
    double walked;
    uint8_t on, of;
    uint8_t ink;
};

struct paper_mark {
    double x, y; /* its middle */
    uint32_t glyph;
    uint8_t ink;
};

#define PAPER_LABEL 64
struct paper_label {
    double x, y; /* the middle of its right end */
    uint8_t ink;
    char text[PAPER_LABEL];
};

struct paper_box {
    double x, y, width, height;
};

struct paper {
    struct paper_line *line; /* [lines], in the order drawn */
    size_t lines, line_capacity;
    struct paper_mark *mark; /* [marks] */
    size_t marks, mark_capacity;
    struct paper_label *label; /* [labels] */
    size_t labels, label_capacity;
    int width, height;         /* dots */
    uint64_t *dots[INK_COUNT]; /* a bit each, rows of `stride` words; NULL: none of that ink */
    size_t stride;
};

/* For a canvas of so many cells, which is given it as canvas->paper and does not own it. */
struct paper *paper_new(int width, int height);
void paper_free(struct paper *paper);

void paper_add_line(struct paper *paper, struct paper_line line);
void paper_add_mark(struct paper *paper, struct paper_mark mark);
/* A text that ends at (x, y), cut where it has more than PAPER_LABEL - 1 bytes. */
void paper_add_label(struct paper *paper, double x, double y, enum ink ink, const char *text);
/* The dot at (x, y), in dots; outside nothing happens. */
void paper_add_dot(struct paper *paper, int x, int y, enum ink ink);
/* The dots of an ink as few boxes, none of which covers another. Where there would be more than `most`, dots are taken
 * together, two by two, then four by four and so on, a square being set when a dot of it is. Returns how many; *box is
 * the caller's to free. */
size_t paper_boxes(const struct paper *paper, enum ink ink, size_t most, struct paper_box **box);

#endif
