#include "draw/timebase.h"

#include <math.h>
#include <stdio.h>

#include "draw/axis.h"
#include "draw/marks.h"

struct timebase timebase_of(const struct subject *s, const struct plot *plot)
{
    struct timebase t = {.from = s->from, .to = s->to, .first = s->from, .last = s->to, .width = plot->width};
    if (!(t.to > t.from)) /* nothing to show yet */
        t.to = t.from + 1e-9;
    if (s->sweep && isfinite(s->now)) {
        t.sweep = true;
        t.last = fmin(fmax(s->now, t.from), t.to);
        t.first = t.last - (t.to - t.from);
    }
    return t;
}

double timebase_column(const struct timebase *t, double time)
{
    if (!(time >= t->first && time <= t->last) || (t->sweep && time == t->first))
        return NAN;
    /* Spikes of the step that ends a page belong to that page's last column. */
    double left = t->sweep && time <= t->from ? t->from - (t->to - t->from) : t->from;
    double column = (time - left) / (t->to - t->from) * t->width;
    return column >= t->width ? t->width - 1 : column;
}

static int add_span(const struct timebase *t, double left, double from, double to, struct span *out)
{
    double scale = t->width / (t->to - t->from);
    if (!(to >= from))
        return 0;
    *out = (struct span){fmin((from - left) * scale, t->width - 1), fmin((to - left) * scale, t->width - 1)};
    return 1;
}

int timebase_spans(const struct timebase *t, double from, double to, struct span out[2])
{
    from = fmax(from, t->first);
    to = fmin(to, t->last);
    if (!t->sweep || from >= t->from)
        return add_span(t, t->from, from, to, out);
    int n = add_span(t, t->from - (t->to - t->from), from, fmin(to, t->from), out);
    return n + (to > t->from ? add_span(t, t->from, t->from, to, out + n) : 0);
}

double timebase_time(const struct timebase *t, int column)
{
    double time = t->from + (column + 0.5) / t->width * (t->to - t->from);
    return t->sweep && time > t->last ? time - (t->to - t->from) : time;
}

static void draw_now(const struct timebase *t, const struct plot *plot, const struct axes *axes,
                     const struct subject *s)
{
    const struct rect *a = &plot->area;
    double column = (s->now - t->from) / (t->to - t->from) * a->width;
    if (!(column >= 0 && column <= a->width))
        return;
    int x = (int)column;
    if (t->sweep && x + 1 < a->width)
        canvas_fill(plot->canvas, (struct rect){a->x + x + 1, a->y, 1, a->height}, 0x2502, INK_MARK);
    if (t->sweep || x >= a->width)
        return;
    /* Over a recording it must hide nothing; where all cells are full the axis still shows where it is. */
    plot_rule(plot, column * plot->across, 0x250A, INK_MARK);
    if (axes->line)
        canvas_put(plot->canvas, a->x + x, axes->data.y + axes->data.height, 0x25B2, INK_MARK);
}

void timebase_cursor(const struct timebase *t, const struct plot *plot, const struct axes *axes,
                     const struct subject *s)
{
    draw_now(t, plot, axes, s);
    marks_draw(t, plot, axes, s);
}

void timebase_scale(const struct timebase *t, char *out, size_t size)
{
    char scale[AXIS_LABEL];
    snprintf(out, size, "%s/dot", axis_scale(scale, (t->to - t->from) / (t->width ? t->width : 1)));
}
