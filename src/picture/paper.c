#include "picture/paper.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

struct paper *paper_new(int width, int height)
{
    struct paper *paper = xcalloc(1, sizeof *paper);
    paper->width = width * PAPER_ACROSS;
    paper->height = height * PAPER_DOWN;
    paper->stride = ((size_t)paper->width + 63) / 64;
    return paper;
}

void paper_free(struct paper *paper)
{
    if (!paper)
        return;
    for (int i = 0; i < INK_COUNT; i++)
        free(paper->dots[i]);
    free(paper->line);
    free(paper->mark);
    free(paper->label);
    free(paper);
}

void paper_add_line(struct paper *paper, struct paper_line line)
{
    xgrow(&paper->line, &paper->line_capacity, paper->lines + 1, sizeof *paper->line);
    paper->line[paper->lines++] = line;
}

void paper_add_mark(struct paper *paper, struct paper_mark mark)
{
    xgrow(&paper->mark, &paper->mark_capacity, paper->marks + 1, sizeof *paper->mark);
    paper->mark[paper->marks++] = mark;
}

void paper_add_label(struct paper *paper, double x, double y, enum ink ink, const char *text)
{
    xgrow(&paper->label, &paper->label_capacity, paper->labels + 1, sizeof *paper->label);
    struct paper_label *label = &paper->label[paper->labels++];
    *label = (struct paper_label){.x = x, .y = y, .ink = (uint8_t)ink};
    snprintf(label->text, sizeof label->text, "%s", text);
}

void paper_add_dot(struct paper *paper, int x, int y, enum ink ink)
{
    if (x < 0 || y < 0 || x >= paper->width || y >= paper->height)
        return;
    if (!paper->dots[ink])
        paper->dots[ink] = xcalloc((size_t)paper->height * paper->stride, sizeof *paper->dots[ink]);
    paper->dots[ink][(size_t)y * paper->stride + (size_t)x / 64] |= (uint64_t)1 << (x % 64);
}

static bool is_set(const uint64_t *row, int x)
{
    return row[x / 64] >> (x % 64) & 1;
}

/* The first dot from x on that is set, or is not; `width` if there is none. */
static int next_dot(const uint64_t *row, int x, int width, bool set)
{
    while (x < width && is_set(row, x) != set)
        x += row[x / 64] == (set ? 0 : UINT64_MAX) ? 64 - x % 64 : 1;
    return x < width ? x : width;
}

struct run {
    int from, to, top; /* dots; the row it began in */
};

struct boxes {
    struct paper_box *box;
    size_t count, capacity;
};

static void add_box(struct boxes *boxes, const struct run *run, int bottom, int side)
{
    double wide = (double)side / PAPER_ACROSS, high = (double)side / PAPER_DOWN;
    xgrow(&boxes->box, &boxes->capacity, boxes->count + 1, sizeof *boxes->box);
    boxes->box[boxes->count++] =
        (struct paper_box){run->from * wide, run->top * high, (run->to - run->from) * wide, (bottom - run->top) * high};
}

/* Row y of squares with `side` dots a side. */
static void squares_of(const struct paper *paper, const uint64_t *dots, int y, int side, uint64_t *row)
{
    memset(row, 0, paper->stride * sizeof *row);
    for (int v = y * side; v < (y + 1) * side && v < paper->height; v++) {
        const uint64_t *line = dots + (size_t)v * paper->stride;
        for (int x = 0; (x = next_dot(line, x, paper->width, true)) < paper->width; x = (x / side + 1) * side)
            row[x / side / 64] |= (uint64_t)1 << (x / side % 64);
    }
}

/* Dots beside one another are a run, and runs that repeat from row to row are a box. Both lists of runs go from left to
 * right, so that one walk through a row finds what goes on, what ends and what begins. False once there are more than
 * `most`. */
static bool find_boxes(const struct paper *paper, const uint64_t *dots, int side, size_t most, struct boxes *boxes)
{
    int width = (paper->width + side - 1) / side, height = (paper->height + side - 1) / side;
    size_t open = 0, room = (size_t)width / 2 + 1;
    struct run *above = xreallocarray(NULL, room, sizeof *above), *here = xreallocarray(NULL, room, sizeof *here);
    uint64_t *row = xcalloc(paper->stride, sizeof *row);
    for (int y = 0; y <= height && boxes->count <= most; y++) {
        size_t found = 0, a = 0;
        squares_of(paper, dots, y, side, row);
        for (int x = 0; (x = next_dot(row, x, width, true)) < width;) {
            struct run run = {x, next_dot(row, x, width, false), y};
            for (; a < open && above[a].from < run.from; a++)
                add_box(boxes, &above[a], y, side);
            if (a < open && above[a].from == run.from && above[a].to == run.to)
                run.top = above[a++].top;
            here[found++] = run;
            x = run.to;
        }
        for (; a < open; a++)
            add_box(boxes, &above[a], y, side);
        struct run *swap = above;
        above = here;
        here = swap;
        open = found;
    }
    free(above);
    free(here);
    free(row);
    return boxes->count <= most;
}

size_t paper_boxes(const struct paper *paper, enum ink ink, size_t most, struct paper_box **box)
{
    struct boxes boxes = {0};
    bool whole = !paper->dots[ink];
    for (int side = 1; !whole; side *= 2) {
        boxes.count = 0;
        whole = find_boxes(paper, paper->dots[ink], side, most, &boxes) || side >= PAPER_DOWN;
    }
    *box = boxes.box;
    return boxes.count;
}
