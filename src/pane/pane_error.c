/* How far learning has come: the error of a connection that learns, as its root mean square over pieces of the record, from
 * when it was joined until now, over a logarithmic axis; and where learning was switched on or off. */
#include "pane/pane.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/xalloc.h"
#include "draw/foot.h"
#include "draw/graph.h"
#include "draw/note.h"
#include "pane/connection_view.h"

#define PIECE_LEAST 0.05 /* s: spikes make an error that swings within some milliseconds */
#define PIECES_MOST 400
#define STEPS_MOST 65536 /* looked at for a frame; of a longer record each second, each third ... */
#define NOW 1.0          /* s that the number in the foot is of */
#define LEAST 1e-12      /* a logarithm has no zero */

struct error_pane {
    const struct connection_view *view;
    double from, to; /* s, what there is of the record */
    size_t pieces;
    double time[PIECES_MOST], rms[PIECES_MOST];
    double first, now; /* RMS of the first and of the last second; NaN: there is none */
    struct graph_series series;
    struct graph graph;
    struct graph_place place;
};

/* Sum of squares of the numbers that a node says in a step. */
static double square(const struct history *history, size_t dims, size_t step)
{
    const double *x = history_input(history, step);
    double sum = 0;
    for (size_t d = 0; d < dims; d++)
        sum += x[d] * x[d];
    return sum;
}

/* Root of the mean square over steps first..end, not all of them where they are many. */
static double rms_of(const struct subject *error, size_t first, size_t end, size_t stride)
{
    double sum = 0;
    size_t count = 0;
    for (size_t i = first; i < end; i += stride, count++)
        sum += square(error->history, error->population->dims, i);
    return count ? sqrt(sum / (double)count) : NAN;
}

/* False: there is no record yet. */
static bool look(struct error_pane *p, int columns)
{
    const struct subject *error = p->view->error;
    const struct history *history = error->history;
    size_t steps = history ? history_steps(history) : 0;
    size_t first = steps && p->view->turns ? history_find(history, p->view->turn[0].time) : 0;
    if (steps < first + 2)
        return false;
    p->from = history_time(history, first);
    p->to = history_time(history, steps - 1);
    size_t stride = (steps - first) / STEPS_MOST + 1;
    double most = floor((p->to - p->from) / PIECE_LEAST);
    p->pieces = most < 1 ? 1 : most < PIECES_MOST ? (size_t)most : PIECES_MOST;
    p->pieces = columns > 1 && p->pieces > (size_t)columns ? (size_t)columns : p->pieces;
    double length = (p->to - p->from) / (double)p->pieces;
    for (size_t k = 0, at = first; k < p->pieces; k++) {
        double until = p->from + (double)(k + 1) * length;
        size_t end = k + 1 == p->pieces ? steps : history_find(history, until);
        double rms = rms_of(error, at, end, stride);
        p->time[k] = until - length / 2;
        p->rms[k] = rms > LEAST ? rms : LEAST;
        at = end;
    }
    size_t second = history_find(history, p->from + NOW), last = history_find(history, p->to - NOW);
    p->first = rms_of(error, first, second > first ? second : steps, 1);
    p->now = rms_of(error, last > first ? last : first, steps, 1);
    return true;
}

/* The largest of 1, 2 and 5 times a power of ten that is not above `value`. */
static double floor_of(double value)
{
    double decade = pow(10, floor(log10(value)));
    return value >= 5 * decade ? 5 * decade : value >= 2 * decade ? 2 * decade : decade;
}

/* Round ends, and a factor of five between them at least: what hardly changes is to look so. */
static void hold(struct error_pane *p)
{
    double low = INFINITY, high = 0;
    for (size_t k = 0; k < p->pieces; k++) {
        low = p->rms[k] < low ? p->rms[k] : low;
        high = p->rms[k] > high && isfinite(p->rms[k]) ? p->rms[k] : high;
    }
    high = high > 0 ? axis_ceiling(high * 1.05) : 1;
    low = isfinite(low) ? floor_of(fmin(low * 0.95, high / 5)) : high / 5;
    p->graph.up = (struct scale){low, high, true, "RMS"};
}

static void arrange(struct error_pane *p, struct canvas *canvas, struct rect inner)
{
    hold(p);
    p->series = (struct graph_series){.x = p->time,
                                      .y = p->rms,
                                      .count = p->pieces,
                                      .ink = INK_SELECTED,
                                      .line = GRAPH_SOLID,
                                      .mark = p->pieces == 1 ? 0x25CF : 0};
    p->graph.across = (struct scale){p->from, p->to, false, " s"};
    p->graph.series = &p->series;
    p->graph.count = 1;
    p->place = graph_fit(&p->graph, canvas, inner);
}

/* A line through empty cells where learning went on or off, and the word beside it, where there is room for all of it. */
static void draw_turns(const struct error_pane *p, struct canvas *canvas)
{
    const struct plot *plot = &p->place.plot;
    int free_from = plot->area.x;
    for (size_t i = 0; i < p->view->turns; i++) {
        const struct learn_turn *turn = &p->view->turn[i];
        const char *word = turn->on ? "learning" : "off";
        double dot = plot_across(plot, turn->time, p->from, p->to);
        if (!(turn->time >= p->from && turn->time <= p->to))
            continue;
        int column = plot->area.x + (int)dot / plot->across;
        if (i > 0 || !turn->on)
            plot_rule(plot, dot, turn->on ? 0x2502 : 0x250A, INK_MARK);
        int at = column + (i > 0 || !turn->on), width = (int)strlen(word);
        if (at >= free_from && at + width <= plot->area.x + plot->area.width && plot->area.height > 2) {
            canvas_text_cut(canvas, at, plot->area.y, width, INK_DIM, word);
            free_from = at + width + 1;
        }
    }
}

static void write_foot(const struct error_pane *p, const struct canvas *canvas, int width, char *out, size_t size)
{
    char text[3 * NUMBER_HUMAN], shorter[3 * NUMBER_HUMAN], now[NUMBER_HUMAN], first[NUMBER_HUMAN];
    struct foot foot = foot_begin(canvas, out, size, width);
    number_round(now, p->now, 2);
    number_round(first, p->first, 2);
    snprintf(text, sizeof text, "RMS %s in the last second, %s in the first", now, first);
    snprintf(shorter, sizeof shorter, "RMS %s, was %s", now, first);
    foot_add(&foot, text, shorter);
    foot_add(&foot, p->view->on ? "learning" : "learning is off", p->view->on ? NULL : "off");
}

static const char *trouble_of(const struct subject *s, char *out, size_t size)
{
    const struct connection_view *view = s->connection;
    if (!view)
        snprintf(out, size, "%s is no connection", s->name);
    else if (!view->learns)
        snprintf(out, size, "%s does not learn: set %s learn=pes target=x^2, say, lets it", s->name, s->name);
    else if (!view->error)
        snprintf(out, size, "%s learns by a rule without an error", s->name);
    else
        return NULL;
    return out;
}

static void error_draw(const struct pane *pane, const struct subject *s, struct canvas *canvas, struct rect inner,
                       char *foot, size_t size)
{
    (void)pane;
    char why[160];
    foot[0] = '\0';
    const char *trouble = trouble_of(s, why, sizeof why);
    struct error_pane *p = xcalloc(1, sizeof *p);
    if (!trouble) {
        p->view = s->connection;
        if (!look(p, inner.width))
            trouble = "nothing has run yet: run, or Space on an empty line, starts it";
    }
    if (trouble) {
        note_draw(canvas, inner, trouble);
    } else {
        arrange(p, canvas, inner);
        if (p->place.plot.width > 0 && p->place.plot.height > 0) {
            graph_draw(&p->graph, &p->place);
            draw_turns(p, canvas);
            write_foot(p, canvas, inner.width, foot, size);
        }
    }
    free(p);
}

static void error_title(const struct pane *pane, const struct subject *s, char *out, size_t size)
{
    const struct connection_view *v = s ? s->connection : NULL;
    if (v && v->error)
        snprintf(out, size, "error %s: %s", pane->subject, v->error->name);
    else
        snprintf(out, size, "error %s", pane->subject);
}

const struct pane_type pane_error = {
    .name = "error",
    .summary = "the error of a connection that learns, over all of its learning",
    .about = PANE_CONNECTION,
    .live_only = true,
    .title = error_title,
    .draw = error_draw,
};
