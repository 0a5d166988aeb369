/* "> A tau_rc  21.5 ms   5 ms ------|--O------- 50 ms": sliders in a grid, each column aligned. All of its
 * text is ASCII, so that bytes are columns. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "frame/part.h"
#include "pane/layout.h"

enum { NAME_MOST = 22, VALUE_LEAST = 7, BAR_LEAST = 6, BAR_WITH_RANGE = 6, WIDEST = 100 };

/* How the sliders share the strip. */
struct grid {
    int beside, lines, width;   /* knobs in a line, lines, columns of each */
    int first, shown;           /* knobs in sight */
    int name, value, low, high; /* columns of these */
};

/* One of them. */
struct slot {
    int x, y;
    int bar, bar_width; /* where the slider begins; 0: there is none */
    bool range;         /* low and high stand at its ends */
};

static int longest(int so_far, const char *text, int most)
{
    int length = (int)strlen(text);
    return length > so_far ? (length < most ? length : most) : so_far;
}

static struct grid make_grid(struct rect rect, const struct view *view)
{
    struct grid g = {.beside = rect.width / KNOB_WIDTH > 1 ? rect.width / KNOB_WIDTH : 1, .lines = rect.height};
    int knobs = (int)view->knobs, chosen = (int)view->knob_chosen;
    if (g.lines > 0 && g.beside > (knobs + g.lines - 1) / g.lines)
        g.beside = knobs ? (knobs + g.lines - 1) / g.lines : 1;
    g.width = rect.width / g.beside < WIDEST ? rect.width / g.beside : WIDEST;
    int room = g.beside * g.lines;
    g.first = chosen < room ? 0 : (chosen / g.beside - g.lines + 1) * g.beside;
    g.shown = knobs - g.first < room ? knobs - g.first : room;
    g.value = VALUE_LEAST;
    for (int i = 0; i < knobs; i++) {
        g.name = longest(g.name, view->knob[i].name, NAME_MOST);
        g.value = longest(g.value, view->knob[i].value, VALUE_LEAST + 3);
        g.low = longest(g.low, view->knob[i].low, 10);
        g.high = longest(g.high, view->knob[i].high, 10);
    }
    return g;
}

static struct slot make_slot(const struct grid *g, struct rect rect, int knob)
{
    int i = knob - g->first;
    struct slot s = {.x = rect.x + i % g->beside * g->width, .y = rect.y + i / g->beside};
    int start = 2 + g->name + 1 + g->value + 2, room = g->width - start - 1;
    s.range = room >= g->low + g->high + 2 + BAR_WITH_RANGE;
    if (s.range) {
        start += g->low + 1;
        room -= g->low + g->high + 2;
    }
    if (room >= BAR_LEAST) {
        s.bar = s.x + start;
        s.bar_width = room;
    }
    return s;
}

static void draw_bar(struct canvas *canvas, const struct slot *s, const struct knob_view *knob, bool held)
{
    struct rect bar = {s->bar, s->y, s->bar_width, 1};
    int last = s->bar_width - 1;
    canvas_fill(canvas, bar, held ? 0x2501 : 0x2500, held ? INK_FOCUS : INK_FRAME);
    if (knob->before >= 0 && knob->before <= 1)
        canvas_put(canvas, s->bar + (int)lround(knob->before * last), s->y, held ? 0x253F : 0x253C,
                   held ? INK_FOCUS : INK_FRAME);
    if (knob->at < 0 || knob->at > 1) /* outside of the range */
        canvas_put(canvas, s->bar + (knob->at > 1 ? last : 0), s->y, knob->at > 1 ? '>' : '<', INK_SELECTED);
    else if (!isnan(knob->at))
        canvas_put(canvas, s->bar + (int)lround(knob->at * last), s->y, 0x25CF, INK_SELECTED);
}

static void draw_right(struct canvas *canvas, int x, int y, int width, enum ink ink, const char *text)
{
    int length = (int)strlen(text);
    canvas_text_cut(canvas, x + (length < width ? width - length : 0), y, width, ink, text);
}

static void draw_slot(struct canvas *canvas, const struct grid *g, const struct slot *s, const struct knob_view *knob,
                      bool chosen, bool held)
{
    int x = s->x + 2, end = s->x + g->width;
    if (chosen)
        canvas_put(canvas, s->x, s->y, 0x25B6, held ? INK_FOCUS : INK_DIM);
    int name = g->name < end - x ? g->name : end - x;
    canvas_text_cut(canvas, x, s->y, name, held ? INK_FOCUS : INK_PLAIN, knob->name);
    x += g->name + 1;
    if (x < end)
        draw_right(canvas, x, s->y, g->value < end - x ? g->value : end - x, INK_BOLD, knob->value);
    if (s->range) {
        draw_right(canvas, s->bar - g->low - 1, s->y, g->low, INK_DIM, knob->low);
        canvas_text_cut(canvas, s->bar + s->bar_width + 1, s->y, g->high, INK_DIM, knob->high);
    }
    if (s->bar)
        draw_bar(canvas, s, knob, held);
}

void knobs_draw(struct canvas *canvas, struct rect rect, const struct view *view)
{
    char more[40];
    if (rect.height < 1 || view->knobs == 0)
        return;
    struct grid g = make_grid(rect, view);
    for (int i = g.first; i < g.first + g.shown; i++) {
        struct slot s = make_slot(&g, rect, i);
        bool chosen = i == (int)view->knob_chosen;
        draw_slot(canvas, &g, &s, &view->knob[i], chosen, chosen && view->knob_keys);
    }
    int hidden = (int)view->knobs - g.shown;
    if (hidden == 0)
        return;
    int length = snprintf(more, sizeof more, " +%d", hidden);
    canvas_text(canvas, rect.x + rect.width - length, rect.y + rect.height - 1, length, INK_WARN, more);
}

int knobs_at(struct rect rect, const struct view *view, int x, int y)
{
    struct grid g = make_grid(rect, view);
    int column = (x - rect.x) / g.width, knob = g.first + (y - rect.y) * g.beside + column;
    return column < g.beside && knob < g.first + g.shown ? knob : -1;
}

double knobs_part(struct rect rect, const struct view *view, int knob, int x)
{
    struct grid g = make_grid(rect, view);
    struct slot s = make_slot(&g, rect, knob);
    if (rect.height < 1 || knob < g.first || knob >= g.first + g.shown || s.bar_width < 2)
        return NAN;
    return fmin(fmax((double)(x - s.bar) / (s.bar_width - 1), 0), 1);
}
