/* What a frame has in place of small print when it is shown to a room. */
#include "frame/part.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "draw/note.h"
#include "pane/layout.h"

/* ---- status ---- */

/* Of the focused pane, or the first. */
static const struct subject *subject_shown(const struct view *view)
{
    const struct layout *layout = view->layout;
    const struct subject *subject = NULL;
    if (layout && layout->panes > 0)
        subject = view_subject(view, layout->pane[layout->focus > 0 ? layout->focus : 0].subject);
    return subject ? subject : view->subjects ? &view->subject[0] : NULL;
}

static void write_what(const struct subject *s, char *out, size_t size)
{
    char count[NUMBER_HUMAN];
    out[0] = '\0';
    if (!s)
        return;
    if (s->population && s->population->node)
        snprintf(out, size, "%s, a node", s->name);
    else if (s->population)
        snprintf(out, size, "%s: %s %s neuron%s", s->name, number_grouped(count, s->population->n),
                 s->population->model->title, s->population->n == 1 ? "" : "s");
    else
        snprintf(out, size, "%s: %s recorded neuron%s", s->name, number_grouped(count, s->neurons),
                 s->neurons == 1 ? "" : "s");
}

static void write_pace(const struct view *view, char *out, size_t size)
{
    char factor[NUMBER_HUMAN];
    out[0] = '\0';
    if (view->frozen)
        snprintf(out, size, "picture frozen");
    else if (view->replay)
        snprintf(out, size, "%s", view->replaying ? "replaying" : "replay paused");
    else if (!view->simulating)
        return;
    else if (!view->running)
        snprintf(out, size, "paused");
    else if (view->speed == 1 || isinf(view->speed))
        snprintf(out, size, isinf(view->speed) ? "running as fast as it can" : "running");
    else
        snprintf(out, size, "running, %s %s", number_round(factor, view->speed < 1 ? 1 / view->speed : view->speed, 3),
                 view->speed < 1 ? "times slower" : "times faster");
}

void present_status(struct canvas *canvas, struct rect rect, const struct view *view)
{
    char text[240], pace[80], dt[NUMBER_HUMAN];
    const struct subject *s = subject_shown(view);
    if (rect.width < 1 || rect.height < 1)
        return;
    write_what(s, text, sizeof text);
    write_pace(view, pace, sizeof pace);
    int right = rect.x + rect.width - 1, x = rect.x + 1;
    int start = right - canvas_columns(canvas, pace);
    enum ink ink = view->running && !view->frozen ? INK_GOOD : INK_WARN;
    canvas_text(canvas, start > x ? start : x, rect.y, -1, ink, pace);
    x += canvas_text_cut(canvas, x, rect.y, start - 2 - x, INK_BOLD, text) + 3;
    if (s && s->population && s->x) {
        snprintf(text, sizeof text, "x = %+.2f", s->x[0]);
        if (x + canvas_columns(canvas, text) < start - 2)
            x += canvas_text(canvas, x, rect.y, -1, INK_BOLD, text) + 3;
    }
    snprintf(text, sizeof text, "dt %s", number_human(dt, view->dt, DIMENSION_TIME));
    if (view->simulating && x + canvas_columns(canvas, text) < start - 2)
        canvas_text(canvas, x, rect.y, -1, INK_BOLD, text);
}

/* ---- caption ---- */

/* The line of the last command; lines: there is none. */
static size_t last_echo(const struct transcript *output, size_t lines)
{
    enum ink ink = INK_PLAIN;
    for (size_t i = lines; i-- > 0;) {
        transcript_line(output, i, &ink);
        if (ink == INK_ECHO)
            return i;
    }
    return lines;
}

/* A sentence broken at blanks; returns the row below it. */
static int draw_said(struct canvas *canvas, struct rect rect, int y, const char *line, enum ink ink)
{
    const char *next = line + strspn(line, " ");
    for (; *next && y < rect.y + rect.height; y++) {
        const char *start = next;
        char text[600];
        size_t bytes = note_break(canvas, start, rect.width > 3 ? rect.width - 2 : 1, &next);
        snprintf(text, sizeof text, "%.*s", (int)bytes, start);
        canvas_text(canvas, rect.x + 2, y, rect.width - 2, ink == INK_PLAIN ? INK_BOLD : ink, text);
    }
    return y;
}

/* A warning that came last goes before what was answered. */
void present_caption(struct canvas *canvas, struct rect rect, const struct transcript *output)
{
    size_t lines = output ? transcript_lines(output) : 0, echo = last_echo(output, lines);
    enum ink ink = INK_PLAIN;
    int y = rect.y;
    if (rect.height < 1 || rect.width < 1 || lines == 0)
        return;
    if (echo < lines && (rect.height > 1 || echo + 1 == lines))
        canvas_text_cut(canvas, rect.x, y++, rect.width, INK_ECHO, transcript_line(output, echo, &ink));
    const char *last = transcript_line(output, lines - 1, &ink);
    if (ink == INK_WARN || ink == INK_ERROR || echo == lines) {
        draw_said(canvas, rect, y, last, ink);
        return;
    }
    for (size_t i = echo + 1; i < lines && y < rect.y + rect.height; i++) {
        const char *line = transcript_line(output, i, &ink);
        y = draw_said(canvas, rect, y, line, ink);
    }
}

/* ---- inks ---- */

void present_inks(struct canvas *canvas)
{
    struct cell *end = canvas->cell + (size_t)canvas->width * (size_t)canvas->height;
    for (struct cell *c = canvas->cell; c < end; c++)
        if (c->ink == INK_DIM || c->ink == INK_FRAME)
            c->ink = INK_PLAIN;
}
