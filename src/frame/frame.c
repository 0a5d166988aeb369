#include "frame/frame.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "draw/ghost.h"
#include "draw/note.h"
#include "frame/part.h"
#include "picture/paper.h"

enum { TOP_LEFT, TOP_RIGHT, BOTTOM_LEFT, BOTTOM_RIGHT, ACROSS, UPRIGHT, BOX };

static const uint32_t thin_box[BOX] = {0x250C, 0x2510, 0x2514, 0x2518, 0x2500, 0x2502};
static const uint32_t heavy_box[BOX] = {0x250F, 0x2513, 0x2517, 0x251B, 0x2501, 0x2503};

static struct rect inside(struct rect r)
{
    return (struct rect){r.x + 1, r.y + 1, r.width - 2, r.height - 2};
}

static void draw_box(struct canvas *canvas, struct rect r, const uint32_t *box, enum ink ink)
{
    int right = r.x + r.width - 1, bottom = r.y + r.height - 1;
    canvas_fill(canvas, (struct rect){r.x + 1, r.y, r.width - 2, 1}, box[ACROSS], ink);
    canvas_fill(canvas, (struct rect){r.x + 1, bottom, r.width - 2, 1}, box[ACROSS], ink);
    canvas_fill(canvas, (struct rect){r.x, r.y + 1, 1, r.height - 2}, box[UPRIGHT], ink);
    canvas_fill(canvas, (struct rect){right, r.y + 1, 1, r.height - 2}, box[UPRIGHT], ink);
    canvas_put(canvas, r.x, r.y, box[TOP_LEFT], ink);
    canvas_put(canvas, right, r.y, box[TOP_RIGHT], ink);
    canvas_put(canvas, r.x, bottom, box[BOTTOM_LEFT], ink);
    canvas_put(canvas, right, bottom, box[BOTTOM_RIGHT], ink);
}

/* " text " in a border, at the left or the right end. */
static void draw_in_border(struct canvas *canvas, struct rect r, int y, bool right, enum ink ink, const char *text)
{
    int room = r.width - 6;
    if (room < 1 || !*text)
        return;
    int columns = canvas_columns(canvas, text);
    if (columns > room)
        columns = room;
    int x = right ? r.x + r.width - 3 - columns : r.x + 3;
    canvas_put(canvas, x - 1, y, ' ', ink);
    int used = canvas_text_cut(canvas, x, y, columns, ink, text);
    canvas_put(canvas, x + used, y, ' ', ink);
}

#define NAME_LEAST 3 /* "SoftLIF" is a name, "no" and "dt" are not */

/* "tuning A (SoftLIF σ 0.02)" that does not fit gives up all but the name in its brackets, and then that: a
 * number without its unit, or its name without the number, would be wrong. */
static void shorten(const struct canvas *canvas, char *title, int room)
{
    char *open = strstr(title, " (");
    if (!open || canvas_columns(canvas, title) <= room)
        return;
    size_t name = strcspn(open + 2, " ,)");
    if ((open[2 + name] == ' ' || open[2 + name] == ',') && name >= NAME_LEAST)
        strcpy(open + 2 + name, ")");
    if (canvas_columns(canvas, title) > room || name < NAME_LEAST)
        *open = '\0';
}

static bool is_over(const struct ghost *ghost, const struct pane *pane)
{
    return strcmp(ghost->type, pane->type->name) == 0 && strcmp(ghost->subject, pane->subject) == 0;
}

/* A pane as it stands: axes of time in panes under one another begin in the same column. */
static struct pane pane_at(const struct view *view, const struct arrangement *a, int index)
{
    const struct layout *layout = view->layout;
    struct pane pane = layout->pane[index];
    for (int i = 0; pane.type->margin && i < (int)layout->panes; i++) {
        const struct pane *other = &layout->pane[i];
        const struct subject *subject = view_subject(view, other->subject);
        bool under = a->pane[i].width == a->pane[index].width && a->pane[i].x == a->pane[index].x;
        int margin = under && subject && other->type->margin ? other->type->margin(subject, a->pane[i].width - 2) : 0;
        if (margin > pane.margin)
            pane.margin = margin;
    }
    for (size_t i = 0; i < view->ghosts; i++)
        if (is_over(&view->ghost[i], &pane))
            pane.reach = fmax(pane.reach, view->ghost[i].top);
    return pane;
}

static void draw_ghosts(const struct view *view, const struct pane *pane, struct canvas *canvas)
{
    for (size_t i = 0; i < view->ghosts; i++)
        if (is_over(&view->ghost[i], pane))
            ghost_draw(&view->ghost[i], canvas);
}

/* What a lesson covers: only that there is something. */
static void draw_veil(struct canvas *canvas, struct rect inner)
{
    canvas_fill(canvas, inner, canvas->glyphs == GLYPHS_ASCII ? ':' : 0x2591, INK_FRAME);
    if (inner.width >= 5 && inner.height >= 1)
        canvas_text(canvas, inner.x + inner.width / 2 - 2, inner.y + inner.height / 2, -1, INK_BOLD, "  ?  ");
}

static struct pane_hit hit_nothing(void)
{
    return (struct pane_hit){.neuron = -1, .time = NAN, .x = NAN, .y = NAN, .mu = NAN, .sigma = NAN};
}

/* What the middle of a cell means across or up; NaN: nothing. */
static double meaning(const struct pane *pane, const struct subject *subject, struct rect inner, int x, int y, bool up)
{
    struct pane_hit hit = hit_nothing();
    pane->type->hit(pane, subject, inner, x, y, &hit);
    return up ? hit.y : !isnan(hit.x) ? hit.x : hit.time;
}

/* The cell along one side of the pane whose meaning is nearest, no further than the cell's neighbours are; -1: none. */
static int place_of(const struct pane *pane, const struct subject *subject, struct rect inner, int other, double value,
                    bool up)
{
    int first = up ? inner.y : inner.x, count = up ? inner.height : inner.width, best = -1;
    double least = INFINITY, before = NAN, step = 0;
    for (int i = first; i < first + count; i++) {
        double here = meaning(pane, subject, inner, up ? other : i, up ? i : other, up);
        if (fabs(here - value) < least) {
            least = fabs(here - value);
            best = i;
        }
        step = isnan(here) || isnan(before) ? step : fabs(here - before);
        before = here;
    }
    return least <= step ? best : -1;
}

/* Beside its place, on the side where there is more room. */
static void draw_pane_note(struct canvas *canvas, struct rect inner, int x, int y, const char *text)
{
    int right = inner.x + inner.width, columns = canvas_columns(canvas, text);
    canvas_put(canvas, x, y, 0x25C6, INK_MARK);
    if (x + 2 + columns <= right)
        canvas_text(canvas, x + 2, y, -1, INK_BOLD, text);
    else if (x - 1 - columns >= inner.x)
        canvas_text(canvas, x - 1 - columns, y, -1, INK_BOLD, text);
    else
        canvas_text_cut(canvas, inner.x, y + (y + 1 < inner.y + inner.height), inner.width, INK_BOLD, text);
}

static void draw_pane_notes(struct canvas *canvas, const struct pane *pane, const struct subject *subject,
                            struct rect inner)
{
    int middle = inner.y + inner.height / 2;
    for (size_t i = 0; i < pane->notes && pane->type->hit; i++) {
        const struct pane_note *note = &pane->note[i];
        int x = place_of(pane, subject, inner, middle, note->x, false);
        int y = x < 0 || isnan(note->y) ? inner.y + 1 : place_of(pane, subject, inner, x, note->y, true);
        if (x >= 0 && y >= 0)
            draw_pane_note(canvas, inner, x, y, note->text);
    }
}

static void draw_pane(struct canvas *canvas, const struct view *view, const struct arrangement *a, int index)
{
    const struct layout *layout = view->layout;
    const struct pane placed = pane_at(view, a, index), *pane = &placed;
    const struct rect r = a->pane[index];
    const struct subject *subject = view_subject(view, pane->subject);
    bool focused = layout->focus == index;
    char title[160], text[200], foot[256] = "";
    draw_box(canvas, r, focused ? heavy_box : thin_box, focused ? INK_FOCUS : INK_FRAME);
    pane->type->title(pane, subject, title, sizeof title);
    shorten(canvas, title, r.width - 8);
    snprintf(text, sizeof text, "%d %s%s", index + 1, title, layout->zoomed && layout->panes > 1 ? ", zoomed" : "");
    draw_in_border(canvas, r, r.y, false, focused ? INK_FOCUS : INK_TITLE, text);
    if (pane->veiled) {
        draw_veil(canvas, inside(r));
    } else if (subject) {
        struct chart chart = {0};
        canvas->chart = &chart;
        pane->type->draw(pane, subject, canvas, inside(r), foot, sizeof foot);
        draw_ghosts(view, pane, canvas);
        canvas->chart = NULL;
        draw_pane_notes(canvas, pane, subject, inside(r));
    } else {
        snprintf(text, sizeof text, "there is no %.31s now", pane->subject);
        note_draw(canvas, inside(r), text);
    }
    draw_in_border(canvas, r, r.y + r.height - 1, true, INK_DIM, foot);
}

static void hidden_note(size_t dropped, int width, char *out, size_t size)
{
    char panes[NUMBER_COUNTED];
    number_counted(panes, dropped, "pane");
    if (width >= 60)
        snprintf(out, size, "%s hidden: widen the window or zoom with F5", panes);
    else if (width >= 30)
        snprintf(out, size, "%s hidden: F5", panes);
    else
        snprintf(out, size, "%zu hidden: F5", dropped);
}

/* " 3 more below ", or "" at the end of the answers. Returns its columns. */
static int more_below(const struct view *view, char *out, size_t size)
{
    size_t below = view->output ? transcript_offset(view->output) : 0;
    out[0] = '\0';
    return below ? snprintf(out, size, " %zu more below ", below) : 0;
}

/* Answers below the part scrolled to: said in the rule, or where there is none in a line of its own; in a single line
 * of answers behind what is then cut. Never over an answer: half a number is another number. */
static void draw_answers(struct canvas *canvas, const struct view *view, const struct arrangement *a)
{
    char text[96];
    struct rect rect = a->output;
    int columns = more_below(view, text, sizeof text), x = canvas->width - columns, y = rect.y + rect.height - 1;
    bool own = columns > 0 && a->rule.height == 0;
    if (own && rect.height > 1)
        rect.height--;
    else if (own)
        rect.width = x > 0 ? x : 0;
    answers_draw(canvas, rect, view->output);
    if (own && rect.height > 0)
        canvas_text(canvas, x > 0 ? x : 0, y, -1, INK_WARN, text);
}

static void draw_more_below(struct canvas *canvas, const struct view *view, const struct arrangement *a)
{
    char text[96];
    int x = canvas->width - 1 - more_below(view, text, sizeof text);
    if (a->rule.height > 0)
        canvas_text(canvas, x > 0 ? x : 0, a->rule.y, -1, INK_WARN, text);
}

/* Panes for which there is no room: said in the rule, in the border of a pane where there is none, or else in the
 * first line of the answers. */
static void draw_hidden(struct canvas *canvas, const struct view *view, const struct arrangement *a)
{
    char text[NUMBER_COUNTED + 64];
    int below = a->knobs.height > 0 ? a->knobs.y : a->output.y; /* the panes */
    int y = a->rule.height > 0 ? a->rule.y : below > a->status.height ? below - 1 : a->output.y;
    if (a->dropped == 0 || y == a->prompt.y)
        return;
    int taken = a->rule.height > 0 ? more_below(view, text, sizeof text) : 0;
    hidden_note(a->dropped, canvas->width - taken, text, sizeof text);
    if (a->rule.height > 0) {
        draw_in_border(canvas, a->rule, y, false, INK_WARN, text);
        return;
    }
    /* The note must be whole, so it takes the place of the pane's own. */
    bool border = y < below;
    if (border)
        canvas_fill(canvas, (struct rect){1, y, canvas->width - 2, 1}, 0x2500, INK_FRAME);
    canvas_text_cut(canvas, border ? 2 : 0, y, canvas->width - (border ? 3 : 0), INK_WARN, text);
}

static const struct layout no_layout = {.focus = -1};

static struct arrangement arrange(const struct view *view, int width, int height)
{
    return layout_arrange(view->layout ? view->layout : &no_layout, width, height);
}

static void draw_panes(struct canvas *canvas, const struct view *view, const struct arrangement *a)
{
    const struct canvas *frozen = view->frozen;
    if (frozen && frozen->width == canvas->width && frozen->height == canvas->height) {
        int below = a->knobs.y > a->status.height ? a->knobs.y : a->status.height;
        for (int y = a->status.height; y < below; y++)
            memcpy(canvas_cell(canvas, 0, y), canvas_cell(frozen, 0, y), (size_t)canvas->width * sizeof *canvas->cell);
        return;
    }
    for (int i = 0; view->layout && i < (int)view->layout->panes; i++)
        if (a->pane[i].width > 0)
            draw_pane(canvas, view, a, i);
}

void frame_draw(struct canvas *canvas, const struct view *view)
{
    canvas_clear(canvas);
    canvas->room = view->present;
    struct arrangement a = arrange(view, canvas->width, canvas->height);
    if (view->present)
        present_status(canvas, a.status, view);
    else
        status_draw(canvas, a.status, view);
    if (view->help) {
        int top = a.status.height, bottom = a.rule.height ? a.rule.y : a.prompt.y;
        help_draw(canvas, (struct rect){0, top, canvas->width, bottom - top}, view->help, view->help_scroll);
    } else {
        draw_panes(canvas, view, &a);
        knobs_draw(canvas, a.knobs, view);
        telling_draw(canvas, a.page, view->page);
        if (view->present)
            present_caption(canvas, a.output, view->output);
        else
            draw_answers(canvas, view, &a);
    }
    canvas_fill(canvas, a.rule, 0x2500, INK_FRAME);
    if (!view->help) {
        draw_hidden(canvas, view, &a);
        draw_more_below(canvas, view, &a);
    }
    cmdline_draw(canvas, a.prompt, view);
    if (view->present)
        present_inks(canvas);
}

/* Arranged as on a screen that is higher by what stands around the panes there. */
static struct arrangement arrange_panes(const struct layout *layout, int width, int height)
{
    struct arrangement a = layout_arrange(layout, width, height);
    int low = height, high = 0;
    for (size_t i = 0; i < layout->panes; i++) {
        low = a.pane[i].height > 0 && a.pane[i].y < low ? a.pane[i].y : low;
        high = a.pane[i].y + a.pane[i].height > high ? a.pane[i].y + a.pane[i].height : high;
    }
    for (size_t i = 0; i < layout->panes && high > low; i++) {
        int top = (a.pane[i].y - low) * height / (high - low);
        int bottom = (a.pane[i].y + a.pane[i].height - low) * height / (high - low);
        a.pane[i].y = top;
        a.pane[i].height = a.pane[i].height > 0 ? bottom - top : 0;
    }
    return a;
}

#define GHOST_COLUMNS 120
#define GHOST_ROWS 40

bool frame_ghost(const struct view *view, int index, struct ghost *ghost)
{
    const struct pane *pane = &view->layout->pane[index];
    const struct subject *subject = view_subject(view, pane->subject);
    struct canvas *canvas = canvas_new(GHOST_COLUMNS, GHOST_ROWS, GLYPHS_BRAILLE);
    struct chart chart = {0};
    char foot[256];
    canvas->paper = paper_new(canvas->width, canvas->height);
    canvas->chart = &chart;
    *ghost = (struct ghost){0};
    snprintf(ghost->type, sizeof ghost->type, "%s", pane->type->name);
    snprintf(ghost->subject, sizeof ghost->subject, "%s", pane->subject);
    if (subject)
        pane->type->draw(pane, subject, canvas, (struct rect){0, 0, canvas->width, canvas->height}, foot, sizeof foot);
    bool any = subject && ghost_take(ghost, canvas);
    paper_free(canvas->paper);
    canvas_free(canvas);
    return any;
}

void frame_draw_panes(struct canvas *canvas, const struct view *view, int index)
{
    canvas_clear(canvas);
    if (!view->layout || view->layout->panes == 0)
        return;
    struct layout layout = *view->layout;
    struct view shown = *view;
    shown.layout = &layout;
    layout.focus = -1;
    layout.zoomed = false;
    if (index >= 0) {
        layout.pane[0] = layout.pane[index];
        layout.panes = 1;
    }
    struct arrangement a = arrange_panes(&layout, canvas->width, canvas->height);
    draw_panes(canvas, &shown, &a);
}

static bool holds(struct rect r, int x, int y)
{
    return x >= r.x && y >= r.y && x < r.x + r.width && y < r.y + r.height;
}

enum frame_place frame_hit(const struct view *view, int width, int height, int x, int y, int *pane,
                           struct pane_hit *hit)
{
    struct arrangement a = arrange(view, width, height);
    *pane = -1;
    *hit = hit_nothing();
    if (holds(a.prompt, x, y))
        return FRAME_PROMPT;
    if (view->help || holds(a.output, x, y))
        return view->help ? FRAME_NOTHING : FRAME_OUTPUT;
    if (holds(a.knobs, x, y)) {
        *pane = knobs_at(a.knobs, view, x, y);
        return *pane < 0 ? FRAME_NOTHING : FRAME_KNOB;
    }
    for (int i = 0; view->layout && i < (int)view->layout->panes; i++) {
        if (!holds(a.pane[i], x, y))
            continue;
        struct pane placed = pane_at(view, &a, i);
        const struct subject *subject = view_subject(view, placed.subject);
        *pane = i;
        if (subject && !placed.veiled && placed.type->hit && holds(inside(a.pane[i]), x, y))
            placed.type->hit(&placed, subject, inside(a.pane[i]), x, y, hit);
        return FRAME_PANE;
    }
    return FRAME_NOTHING;
}

double frame_knob(const struct view *view, int width, int height, int knob, int x)
{
    struct arrangement a = arrange(view, width, height);
    return knobs_part(a.knobs, view, knob, x);
}
