#include "signal/trace.h"

#include <math.h>
#include <stdlib.h>

void trace_free(struct trace *trace)
{
    free(trace->time);
    free(trace->x);
    *trace = (struct trace){0};
}

/* Where the first step began: a simulation's clock starts at 0. */
static double first_step(const struct trace *t)
{
    return t->count > 1 ? t->time[0] - (t->time[1] - t->time[0]) : fmin(0, t->time[0]);
}

bool trace_span(const struct trace *trace, double *first, double *last)
{
    if (trace_pieces(trace) == 0)
        return false;
    *first = trace_piece(trace, 0).from;
    *last = trace_piece(trace, trace_pieces(trace) - 1).to;
    return true;
}

size_t trace_pieces(const struct trace *trace)
{
    bool held = trace->kind == TRACE_HELD && trace->count > 1;
    return (trace->kind == TRACE_LINEAR && trace->count) || held ? trace->count - 1 : trace->count;
}

struct trace_piece trace_piece(const struct trace *t, size_t i)
{
    if (t->kind == TRACE_LINEAR)
        return (struct trace_piece){t->time[i], t->time[i + 1], t->x[i], t->x[i + 1]};
    double from = t->time[i], to = from;
    if (t->kind == TRACE_STEPS)
        from = i ? t->time[i - 1] : first_step(t);
    else
        to = i + 1 < t->count ? t->time[i + 1] : INFINITY;
    return (struct trace_piece){from, to, t->x[i], t->x[i]};
}

/* Whether the piece, and with it all before it, ends before the moment. A boundary belongs to the piece that begins
 * there, of steps to the one that ends there. */
static bool passed(const struct trace *t, size_t i, double time)
{
    double end = trace_piece(t, i).to;
    return t->kind == TRACE_STEPS ? end < time : end <= time;
}

size_t trace_find(const struct trace *trace, double time, size_t near)
{
    size_t pieces = trace_pieces(trace);
    double first, last;
    if (!trace_span(trace, &first, &last) || !(time >= first && time <= last) ||
        (time == first && trace->kind == TRACE_STEPS))
        return pieces;
    size_t low = near < pieces && (near == 0 || passed(trace, near - 1, time)) ? near : 0, high = pieces;
    for (size_t step = 1; low + step < high; step *= 2)
        if (passed(trace, low + step, time))
            low += step;
        else
            high = low + step + 1;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (passed(trace, middle, time))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

double trace_piece_x(const struct trace_piece *piece, double time)
{
    if (piece->x == piece->x_end)
        return piece->x;
    return piece->x + (piece->x_end - piece->x) * ((time - piece->from) / (piece->to - piece->from));
}

bool trace_piece_cut(struct trace_piece *piece, double from, double to)
{
    struct trace_piece whole = *piece;
    from = fmax(whole.from, from);
    to = fmin(whole.to, to);
    if (!(to > from))
        return false;
    *piece = (struct trace_piece){from, to, trace_piece_x(&whole, from), trace_piece_x(&whole, to)};
    return true;
}

bool trace_range(const struct trace *trace, double from, double to, double *low, double *high)
{
    *low = INFINITY;
    *high = -INFINITY;
    for (size_t i = 0; i < trace_pieces(trace); i++) {
        struct trace_piece p = trace_piece(trace, i);
        if (!trace_piece_cut(&p, from, to))
            continue;
        *low = fmin(*low, fmin(p.x, p.x_end));
        *high = fmax(*high, fmax(p.x, p.x_end));
    }
    return *low <= *high;
}
