/* The current that a connection brings the selected neuron behind it, over x: what it is to be, what it is, and the
 * sums of what excites and of what inhibits, which under Dale's principle are two large areas that nearly cancel. */
#include "pane/pane.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/xalloc.h"
#include "draw/axis.h"
#include "draw/foot.h"
#include "draw/graph.h"
#include "draw/note.h"
#include "draw/subject.h"
#include "nef/function.h"
#include "pane/connection_view.h"

#define POINTS 121
#define POINTS_LEAST 13
#define RATES_MOST 100000.0 /* that are worked out for a frame */

enum { EXCITES, INHIBITS, WANTED, MET, SERIES };

struct currents {
    const struct connection_view *view;
    size_t neuron;    /* of POST */
    double low, high; /* x from here to there: where the weights were asked for, or within PRE's radius */
    size_t points;
    double x[POINTS], y[SERIES][POINTS];
    bool wanted; /* it is known what the current is to be */
    struct graph_series series[SERIES];
    struct graph graph;
    struct graph_place place;
};

static size_t points_for(size_t neurons)
{
    double most = floor(RATES_MOST / (double)neurons);
    return most >= POINTS ? POINTS : most <= POINTS_LEAST ? POINTS_LEAST : (size_t)most | 1; /* x = 0 is one of them */
}

/* Sums of what excites and of what inhibits, and the whole current. */
static void add_up(struct currents *c)
{
    const struct population *pre = c->view->pre->population, *post = c->view->post->population;
    double *row = xcalloc(pre->n, sizeof *row), *x = xcalloc(pre->dims, sizeof *x);
    connection_view_row(c->view, c->neuron, row);
    for (size_t k = 0; k < c->points; k++) {
        x[0] = c->x[k];
        for (size_t i = 0; i < pre->n; i++)
            if (row[i] != 0)
                c->y[row[i] > 0 ? EXCITES : INHIBITS][k] += row[i] * population_rate(pre, NULL, i, x);
        c->y[MET][k] = c->y[EXCITES][k] + c->y[INHIBITS][k] + post->bias_acting[c->neuron];
    }
    free(row);
    free(x);
}

/* What the neuron's encoder, gain and bias make of f(x), as if it arrived exactly. The connection's own function
 * belongs to the thread that simulates. */
static void work_out_wanted(struct currents *c)
{
    const struct connection *connection = c->view->connection;
    const struct population *pre = c->view->pre->population, *post = c->view->post->population;
    struct error ignored;
    struct connection own = *connection;
    own.function = connection->function
                       ? function_new(c->view->function ? c->view->function : "", connection->inputs, &ignored)
                       : NULL;
    c->wanted = connection->transform && connection->to && (own.function || !connection->function) && c->view->function;
    double *x = xcalloc(pre->dims, sizeof *x), *u = xcalloc(connection->rows ? connection->rows : 1, sizeof *u);
    for (size_t k = 0; k < c->points && c->wanted; k++) {
        double sum = 0;
        x[0] = c->x[k];
        connection_exact(&own, false, x, u);
        for (size_t r = 0; r < connection->rows; r++)
            sum += u[r] * post->encoders[connection->to[r] * post->padded + c->neuron];
        c->y[WANTED][k] = post->gain[c->neuron] * sum / post->radius + post->bias[c->neuron];
    }
    function_free(own.function);
    free(x);
    free(u);
}

static void arrange(struct currents *c, struct canvas *canvas, struct rect inner)
{
    const struct connection *built = c->view->connection;
    double radius = c->view->pre->population->radius;
    bool asked = built->points > 0 && built->least < built->largest;
    c->low = asked ? fmax(built->least, -radius) : -radius;
    c->high = asked ? fmin(built->largest, radius) : radius;
    c->points = points_for(c->view->pre->population->n);
    for (size_t k = 0; k < c->points; k++)
        c->x[k] = c->low + (c->high - c->low) * (double)k / (double)(c->points - 1);
    add_up(c);
    work_out_wanted(c);
    const struct graph_series series[SERIES] = {
        [EXCITES] = {.name = "excites", .ink = INK_SPIKE, .line = GRAPH_SOLID},
        [INHIBITS] = {.name = "inhibits", .ink = INK_MARK, .line = GRAPH_SOLID},
        [WANTED] = {.name = c->wanted ? "J wanted" : NULL, .ink = INK_PREDICT, .line = GRAPH_DASHED},
        [MET] = {.name = "J", .ink = INK_SELECTED, .line = GRAPH_SOLID},
    };
    for (int i = 0; i < SERIES; i++) {
        c->series[i] = series[i];
        c->series[i].x = c->x;
        c->series[i].y = c->y[i];
        c->series[i].count = i == WANTED && !c->wanted ? 0 : c->points;
    }
    c->graph = (struct graph){.across = {c->low, c->high, false, c->view->pre->population->dims > 1 ? "x1" : "x"},
                              .up = {.title = "J"},
                              .series = c->series,
                              .count = SERIES};
    graph_hold(&c->graph, true, true);
    c->place = graph_fit(&c->graph, canvas, inner);
}

/* Areas of dots under the two sums; lines lie above them. */
static void fill(const struct currents *c, int which)
{
    const struct plot *plot = &c->place.plot;
    for (int column = 0; column < plot->width; column += 2) {
        double share = (double)column / fmax(plot->width - 1, 1) * (double)(c->points - 1);
        size_t k = (size_t)share;
        double y =
            c->y[which][k] + (k + 1 < c->points ? (share - (double)k) * (c->y[which][k + 1] - c->y[which][k]) : 0);
        plot_line(plot, column, plot_up(plot, 0, c->graph.up.low, c->graph.up.high), column,
                  plot_up(plot, y, c->graph.up.low, c->graph.up.high), c->series[which].ink, 2);
    }
}

static double missing(const struct currents *c, double *size)
{
    double sum = 0, whole = 0;
    for (size_t k = 0; k < c->points; k++) {
        sum += (c->y[MET][k] - c->y[WANTED][k]) * (c->y[MET][k] - c->y[WANTED][k]);
        whole += c->y[WANTED][k] * c->y[WANTED][k];
    }
    *size = sqrt(whole / (double)c->points);
    return sqrt(sum / (double)c->points);
}

/* Which neurons of POST the weights give their current badly, where weights were found for currents. */
static void add_badly(const struct currents *c, struct foot *foot)
{
    const struct currents_met *met = &c->view->connection->met;
    char text[120], shorter[40];
    size_t badly = 0, used = 0;
    text[0] = '\0';
    for (size_t j = 0; j < met->neurons; j++) {
        if (!(met->rms[j] > CURRENTS_BADLY * met->wanted[j]))
            continue;
        if (++badly <= 12)
            used += (size_t)snprintf(text + used, sizeof text - used, "%s%zu", badly > 1 ? ", " : "badly met: ", j);
    }
    if (badly > 12)
        snprintf(text + used, sizeof text - used, ", ...");
    snprintf(shorter, sizeof shorter, "%zu badly met", badly);
    if (badly > 0)
        foot_add(foot, text, shorter);
}

static void write_foot(const struct currents *c, const struct canvas *canvas, int width, char *out, size_t size)
{
    char text[160], shorter[64], off[NUMBER_HUMAN], of[NUMBER_HUMAN], bias[NUMBER_HUMAN];
    struct foot foot = foot_begin(canvas, out, size, width);
    double whole, rms = missing(c, &whole);
    const struct population *post = c->view->post->population;
    number_round(off, rms, 2);
    number_round(of, whole, 3);
    snprintf(text, sizeof text, "off by %s (RMS) of %s", off, of);
    snprintf(shorter, sizeof shorter, "RMS %s", off);
    if (c->wanted)
        foot_add(&foot, text, shorter);
    add_badly(c, &foot);
    number_round(bias, post->bias[c->neuron], 3);
    snprintf(text, sizeof text,
             post->bias_acting[c->neuron] == 0 && post->bias[c->neuron] != 0 ? "bias %s comes with the weights"
                                                                             : "bias %s is in J",
             bias);
    foot_add(&foot, text, NULL);
    if (c->view->pre->population->dims > 1)
        foot_add(&foot, "other dimensions 0", NULL);
}

static void currents_draw(const struct pane *pane, const struct subject *s, struct canvas *canvas, struct rect inner,
                          char *foot, size_t size)
{
    (void)pane;
    const struct connection_view *view = s->connection;
    char why[160];
    foot[0] = '\0';
    const char *trouble = connection_view_trouble(s, why, sizeof why);
    if (!trouble && (view->post->selected < 0 || (size_t)view->post->selected >= view->post->population->n)) {
        snprintf(why, sizeof why, "whose current? select %s NEURON chooses a neuron, Up and Down do in a pane",
                 view->post->name);
        trouble = why;
    }
    if (trouble) {
        note_draw(canvas, inner, trouble);
        return;
    }
    struct currents *c = xcalloc(1, sizeof *c);
    c->view = view;
    c->neuron = (size_t)view->post->selected;
    arrange(c, canvas, inner);
    if (c->place.plot.width > 0 && c->place.plot.height > 0) {
        fill(c, EXCITES);
        fill(c, INHIBITS);
        graph_draw(&c->graph, &c->place);
        write_foot(c, canvas, inner.width, foot, size);
    }
    free(c);
}

static void currents_title(const struct pane *pane, const struct subject *s, char *out, size_t size)
{
    const struct connection_view *v = s ? s->connection : NULL;
    char label[64];
    if (v && v->post && v->post->selected >= 0)
        snprintf(out, size, "currents %s: %s", pane->subject,
                 subject_title(v->post, (uint32_t)v->post->selected, label, sizeof label));
    else
        snprintf(out, size, "currents %s", pane->subject);
}

const struct pane_type pane_currents = {
    .name = "currents",
    .summary = "the current that the selected neuron behind a connection gets over x: what excites, what inhibits, "
               "what is wanted",
    .about = PANE_CONNECTION,
    .title = currents_title,
    .draw = currents_draw,
};
