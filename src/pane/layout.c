/* Where panes go: side by side while each keeps the width a labelled axis needs, else in rows, else fewer of them. */
#include "pane/layout.h"

#include <stdio.h>
#include <string.h>

#include "pane/pane_option.h"

/* Below these a pane cannot be read; from the second height on a pane has its axes. */
enum { PANE_WIDTH = 24, PANE_COMFORT = 36, PANE_LEAST_WIDTH = 8, PANE_LEAST_HEIGHT = 3, PANE_HEIGHT = 7 };

void layout_init(struct layout *layout)
{
    *layout = (struct layout){.focus = -1};
}

static bool check(const struct layout *layout, size_t number, struct error *error)
{
    if (number >= 1 && number <= layout->panes)
        return true;
    if (layout->panes == 0)
        return error_set(error, "there is no pane %zu: none is open", number);
    return error_set(error, "there is no pane %zu: panes 1 to %zu are open", number, layout->panes);
}

bool layout_open(struct layout *layout, const struct pane_type *type, const char *subject, struct error *error)
{
    if (layout->panes == LAYOUT_MAX)
        return error_set(error, "%d panes are open, which is the most: close one first", LAYOUT_MAX);
    pane_init(&layout->pane[layout->panes++], type, subject);
    return true;
}

bool layout_put(struct layout *layout, size_t number, const struct pane_type *type, const char *subject,
                struct error *error)
{
    if (!check(layout, number, error))
        return false;
    pane_init(&layout->pane[number - 1], type, subject);
    return true;
}

bool layout_close(struct layout *layout, size_t number, struct error *error)
{
    if (!check(layout, number, error))
        return false;
    size_t rest = layout->panes - number;
    memmove(&layout->pane[number - 1], &layout->pane[number], rest * sizeof *layout->pane);
    layout->panes--;
    if (layout->focus == (int)number - 1) {
        layout->focus = -1;
        layout->zoomed = false;
    } else if (layout->focus >= (int)number) {
        layout->focus--;
    }
    return true;
}

bool layout_swap(struct layout *layout, size_t a, size_t b, struct error *error)
{
    if (!check(layout, a, error) || !check(layout, b, error))
        return false;
    struct pane pane = layout->pane[a - 1];
    layout->pane[a - 1] = layout->pane[b - 1];
    layout->pane[b - 1] = pane;
    /* The focus stays with what was focused, not with the place. */
    if (layout->focus == (int)a - 1)
        layout->focus = (int)b - 1;
    else if (layout->focus == (int)b - 1)
        layout->focus = (int)a - 1;
    return true;
}

bool layout_focus(struct layout *layout, size_t number, struct error *error)
{
    if (number != 0 && !check(layout, number, error))
        return false;
    layout->focus = (int)number - 1;
    return true;
}

/* Heights from the top: status, panes, knobs, the page of a lesson, answers, rule, command line. Whatever is scarce, one line for commands and one
 * for answers stay; the status line and the rule give way to the panes. */
/* Lines for the knobs; with many of them the chosen one stays in sight. */
static int knob_lines(const struct layout *layout, int width, int height)
{
    int beside = width / KNOB_WIDTH > 1 ? width / KNOB_WIDTH : 1, knobs = (int)layout->knobs;
    int lines = (knobs + beside - 1) / beside, most = height < 4 ? 0 : height < 12 ? 1 : height / 6;
    return lines < most ? lines : most;
}

/* A lesson keeps its lines as long as the panes have as many. */
static int page_lines(const struct layout *layout, int left)
{
    int most = left / 2;
    return layout->page < most ? layout->page : most;
}

/* Beside a lesson the answers are short, and scroll. */
#define ANSWERS_BESIDE_PAGE 2
/* For a room: the command, and what it answered. */
#define ANSWERS_PRESENT 3
#define PANES_PRESENT 2

static struct arrangement divide_height(const struct layout *layout, int width, int height, bool rule)
{
    struct arrangement a = {.prompt = {0, height - 1, width, 1}};
    int left = height - 1;
    bool panes = layout->panes > 0;
    rule = rule && layout->page == 0 && !layout->present; /* its heading is one */
    a.knobs.height = knob_lines(layout, width, height);
    a.knobs.width = width;
    left -= a.knobs.height;
    if (height >= 7) {
        a.status = (struct rect){0, 0, width, 1};
        left--;
    }
    if (rule) {
        a.rule = (struct rect){0, height - 2, width, 1};
        left--;
    }
    a.page.width = width;
    a.page.height = page_lines(layout, left);
    left -= a.page.height;
    int output = panes ? height / 5 : left;
    if (a.page.height > 0 && panes && output > ANSWERS_BESIDE_PAGE)
        output = ANSWERS_BESIDE_PAGE + (height >= 28 ? 1 : 0);
    if (layout->present && panes)
        output = a.page.height > 0 ? 1 : ANSWERS_PRESENT;
    if (output < 1)
        output = 1;
    if (output > left)
        output = left;
    if (left - output < PANE_LEAST_HEIGHT)
        output = left;
    a.knobs.y = a.status.height + left - output;
    a.page.y = a.knobs.y + a.knobs.height;
    a.output = (struct rect){0, a.page.y + a.page.height, width, output};
    return a;
}

/* Panes of several subjects, each with the same number of them in sequence: that number, else 0. A row a subject then
 * puts what belongs together under one another. */
static int panes_each(const struct layout *layout)
{
    int panes = (int)layout->panes, each = 0, run = 1;
    for (int i = 1; panes > 3 && i <= panes; i++, run++) {
        if (i < panes && strcmp(layout->pane[i].subject, layout->pane[i - 1].subject) == 0)
            continue;
        if (each && run != each)
            return 0;
        each = run;
        run = 0;
    }
    return each > 1 && each < panes ? each : 0;
}

/* How many columns of panes; rows follow. */
static int columns_for(const struct layout *layout, int width, int height)
{
    int panes = (int)layout->panes, each = panes_each(layout), fit = width / PANE_WIDTH;
    if (fit < 1)
        fit = 1;
    if (fit > panes)
        fit = panes;
    if (layout->columns)
        return layout->columns < fit ? layout->columns : fit;
    if (each && each <= fit && panes / each <= height / PANE_HEIGHT)
        return each;
    /* Four and more in one row would be narrow: two rows, if they are high enough. */
    if (panes > 3 && width / panes < PANE_COMFORT && height / 2 >= PANE_HEIGHT + 2 && fit > (panes + 1) / 2)
        fit = (panes + 1) / 2;
    return fit;
}

/* Puts `count` panes given by their indices into the area, row by row, evenly. */
static void place(struct arrangement *a, const int *index, int count, int columns, struct rect area)
{
    int rows = (count + columns - 1) / columns, done = 0;
    for (int row = 0; row < rows; row++) {
        int here = (count - done + rows - row - 1) / (rows - row);
        int top = area.y + area.height * row / rows, bottom = area.y + area.height * (row + 1) / rows;
        for (int i = 0; i < here; i++, done++) {
            int start = area.x + (area.width * i + here - 1) / here;
            int end = area.x + (area.width * (i + 1) + here - 1) / here;
            a->pane[index[done]] = (struct rect){start, top, end - start, bottom - top};
        }
    }
}

static struct arrangement arrange(const struct layout *layout, int width, int height, bool rule)
{
    struct arrangement a = divide_height(layout, width, height, rule);
    int panes = (int)layout->panes, index[LAYOUT_MAX], count = 0;
    struct rect area = {0, a.status.height, width, a.knobs.y - a.status.height};
    if (panes == 0)
        return a;
    if (area.height < PANE_LEAST_HEIGHT || width < PANE_LEAST_WIDTH) {
        a.knobs.y -= area.height;
        a.page.y -= area.height;
        a.output.y -= area.height;
        a.output.height += area.height;
        a.dropped = layout->panes;
        return a;
    }
    int focus = layout->focus >= 0 && layout->focus < panes ? layout->focus : 0;
    if (layout->zoomed) {
        a.pane[focus] = area;
        return a;
    }
    int columns = columns_for(layout, width, area.height);
    columns = layout->present && columns > PANES_PRESENT ? PANES_PRESENT : columns;
    int rows = (panes + columns - 1) / columns, most = area.height / PANE_HEIGHT;
    if (rows > most)
        rows = most > 0 ? most : 1;
    int room = rows * columns < panes ? rows * columns : panes;
    room = layout->present && room > PANES_PRESENT ? PANES_PRESENT : room;
    for (int i = 0; i < panes && count < room; i++)
        index[count++] = i;
    if (focus >= room) /* the focused pane is always there */
        index[room - 1] = focus;
    a.dropped = (size_t)(panes - room);
    place(&a, index, count, columns, area);
    return a;
}

struct arrangement layout_arrange(const struct layout *layout, int width, int height)
{
    struct arrangement a = arrange(layout, width, height, height >= 28);
    /* What is left out is said in the rule, so there must be one. */
    if (a.dropped > 0 && a.rule.height == 0 && height >= 9 && !layout->present)
        a = arrange(layout, width, height, true);
    return a;
}
