#include "draw/course.h"

#include <math.h>

/* The points of one dot column. */
struct column {
    int at;
    double low, high, last;
};

struct drawing {
    const struct course *course;
    const struct plot *plot;
    double low, high;
    int walked;
};

static void draw_column(struct drawing *d, const struct column *before, const struct column *now)
{
    const struct course *c = d->course;
    double from = plot_up(d->plot, before->at < 0 ? now->last : before->last, d->low, d->high);
    double to = plot_up(d->plot, now->last, d->low, d->high);
    int x = before->at < 0 ? now->at : before->at;
    if (c->every)
        plot_dotted(d->plot, x, from, now->at, to, c->ink, c->every, &d->walked);
    else
        plot_line(d->plot, x, from, now->at, to, c->ink, c->on);
    if (c->range)
        plot_line(d->plot, now->at, plot_up(d->plot, now->low, d->low, d->high), now->at,
                  plot_up(d->plot, now->high, d->low, d->high), c->ink, 4);
}

static void join(struct column *column, double value)
{
    column->low = fmin(column->low, value);
    column->high = fmax(column->high, value);
    column->last = value;
}

bool course_draw(const struct course *c, const struct plot *plot, const struct timebase *timebase, double low,
                 double high)
{
    const struct column none = {.at = -1};
    struct column before = none, now = none;
    struct drawing d = {c, plot, low, high, 0};
    bool clipped = false;
    for (size_t i = c->first; i < c->count && c->time(c->of, i) <= timebase->last; i++) {
        double column = timebase_column(timebase, c->time(c->of, i)), value = c->value(c->of, i, c->index);
        if (isnan(column))
            continue;
        clipped = clipped || value > high || value < low;
        if ((int)column != now.at || !isfinite(value)) {
            if (now.at >= 0)
                draw_column(&d, &before, &now);
            /* The page before ends where this one begins, and what is not finite leaves a gap. */
            before = (int)column < now.at || !isfinite(value) ? none : now;
            now = isfinite(value) ? (struct column){(int)column, value, value, value} : none;
        } else {
            join(&now, value);
        }
    }
    if (now.at >= 0)
        draw_column(&d, &before, &now);
    return clipped;
}
