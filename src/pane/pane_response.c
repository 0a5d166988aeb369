/* The rate of a neuron against its input current J, and below it the slope: how SoftLIF rounds the LIF neuron's corner
 * over sigma, so that there is a slope everywhere, where the LIF's is endless on one side and 0 on the other. No
 * population is needed but for its parameters; the selected neuron is marked where it is at this moment. */
#include "pane/pane.h"

#include <math.h>
#include <stdio.h>

#include "base/number.h"
#include "draw/foot.h"
#include "draw/note.h"
#include "draw/subject.h"
#include "draw/twin.h"
#include "pane/pane_option.h"

#define SAMPLES 801
/* The LIF's slope goes on beyond the picture: so many times the SoftLIF's highest are shown. */
#define ROOM_FOR_LIF 1.5

struct response {
    const struct subject *subject;
    struct neuron_params params;
    double low, high;                               /* of J */
    double J[SAMPLES], soft[SAMPLES], lif[SAMPLES]; /* Hz */
    double soft_slope[SAMPLES], lif_slope[SAMPLES]; /* Hz per unit of J */
    double steepest, steepest_at;                   /* of the SoftLIF */
};

static void look(struct response *r, const struct pane *pane, const struct subject *s)
{
    double span = pane_option_number(pane, "span");
    r->subject = s;
    r->params = s->population->params;
    r->low = 1 - span;
    r->high = 1 + span;
    r->steepest = 0;
    for (size_t i = 0; i < SAMPLES; i++) {
        double J = r->J[i] = r->low + 2 * span * (double)i / (SAMPLES - 1);
        r->soft[i] = rate_softlif.rate(&r->params, J);
        r->lif[i] = rate_lif.rate(&r->params, J);
        r->soft_slope[i] = rate_softlif.slope(&r->params, J);
        r->lif_slope[i] = rate_lif.slope(&r->params, J);
        if (r->soft_slope[i] > r->steepest) {
            r->steepest = r->soft_slope[i];
            r->steepest_at = J;
        }
    }
}

/* A line that goes beyond the picture leaves it: along the edge it would look like a plateau. *at becomes where it is
 * farthest out; NaN: nowhere. */
static void cut_off(const double *J, double *y, double top, double *at)
{
    double most = top;
    *at = NAN;
    for (size_t i = 0; i < SAMPLES; i++) {
        if (y[i] > most) {
            most = y[i];
            *at = J[i];
        }
    }
    /* Up to the edge it is drawn. */
    for (size_t i = 0, gone = 0; i < SAMPLES; i++) {
        bool beyond = !(y[i] <= top), last = i + 1 < SAMPLES && y[i + 1] <= top;
        y[i] = !beyond ? y[i] : gone++ == 0 || last ? top : NAN;
        gone = beyond ? gone : 0;
    }
}

/* An arrow at the edge where a line has left. */
static void mark_beyond(const struct graph *graph, const struct graph_place *place, double at, enum ink ink)
{
    if (!isnan(at) && place->plot.width > 0)
        graph_mark(graph, place, at, graph->up.high, 0x25B2, ink);
}

static double current_now(const struct subject *s)
{
    if (!s->x || s->selected < 0 || (size_t)s->selected >= s->population->n)
        return NAN;
    return population_tuning_current(s->population, (size_t)s->selected, s->x);
}

static void mark_now(const struct response *r, const struct graph graph[2], const struct graph_place place[2])
{
    double J = current_now(r->subject);
    if (!(J >= r->low && J <= r->high))
        return;
    /* On what the neuron does: one that spikes is no SoftLIF neuron. */
    const struct rate_curve *own = r->subject->population->model->curve;
    double slope = own->slope(&r->params, J);
    graph_mark(&graph[0], &place[0], J, own->rate(&r->params, J), 0x25CF, INK_SELECTED);
    if (place[1].plot.width > 0)
        graph_mark(&graph[1], &place[1], J, fmin(slope, graph[1].up.high), slope > graph[1].up.high ? 0x25B2 : 0x25CF,
                   INK_SELECTED);
}

static void write_foot(const struct response *r, bool both, const struct canvas *canvas, int width, char *foot,
                       size_t size)
{
    char text[160], shorter[64], label[64], now[NUMBER_HUMAN], steepest[NUMBER_HUMAN], at[NUMBER_HUMAN];
    double J = current_now(r->subject);
    snprintf(now, sizeof now, "%5.2f", J);
    if (!(fabs(J) < 1e4))
        number_round(now, J, 3);
    struct foot f = foot_begin(canvas, foot, size, width);
    if (both)
        foot_add(&f, width < 60 ? "▲ LIF: ∞ at J = 1" : "▲ LIF: slope → ∞ at J = 1", NULL);
    if (isfinite(J)) {
        subject_title(r->subject, (uint32_t)r->subject->selected, label, sizeof label);
        snprintf(text, sizeof text, "● %s: J now %s%s", label, now, J < r->low ? " ◀" : J > r->high ? " ▶" : "");
        snprintf(shorter, sizeof shorter, "● J %s", now);
        foot_add(&f, text, shorter);
    }
    number_round(steepest, r->steepest, 3);
    snprintf(text, sizeof text, "steepest: %s Hz per unit of J, at J = %s", steepest,
             number_round(at, r->steepest_at, 3));
    snprintf(shorter, sizeof shorter, "slope ≤ %s", steepest);
    foot_add(&f, text, shorter);
    if (!both)
        foot_add(&f, "slopes: a higher pane", "slopes: higher");
}

static void response_draw(const struct pane *pane, const struct subject *s, struct canvas *canvas, struct rect inner,
                          char *foot, size_t size)
{
    struct response r;
    struct graph_place place[2];
    foot[0] = '\0';
    if (!s->population) {
        note_draw(canvas, inner, "a recording has no neurons whose current is known");
        return;
    }
    look(&r, pane, s);
    struct graph_series rates[] = {
        {.name = "SoftLIF", .x = r.J, .y = r.soft, .count = SAMPLES, .ink = INK_SELECTED, .line = GRAPH_SOLID},
        {.name = "LIF", .x = r.J, .y = r.lif, .count = SAMPLES, .ink = INK_PREDICT, .line = GRAPH_DASHED}};
    struct graph_series slopes[] = {
        {.x = r.J, .y = r.soft_slope, .count = SAMPLES, .ink = INK_SELECTED, .line = GRAPH_SOLID},
        {.x = r.J, .y = r.lif_slope, .count = SAMPLES, .ink = INK_PREDICT, .line = GRAPH_DASHED}};
    struct graph graph[2] = {{.across = {r.low, r.high, false, inner.width < 34 ? "J" : "J (input current)"},
                              .up = {.title = "Hz"},
                              .series = rates,
                              .count = 2},
                             {.across = {r.low, r.high, false, inner.width < 34 ? "J" : "J (input current)"},
                              .up = {.title = "slope, Hz per unit of J"},
                              .series = slopes,
                              .count = 2}};
    graph_hold(&graph[0], true, true);
    double top = axis_ceiling(r.steepest * ROOM_FOR_LIF), beyond[2];
    cut_off(r.J, r.lif_slope, top, &beyond[0]);
    cut_off(r.J, r.soft_slope, top, &beyond[1]);
    graph_hold(&graph[1], true, true);
    graph[1].up.high = top;
    twin_draw(graph, canvas, inner, place);
    mark_beyond(&graph[1], &place[1], beyond[0], INK_PREDICT);
    mark_beyond(&graph[1], &place[1], beyond[1], INK_SELECTED);
    mark_now(&r, graph, place);
    write_foot(&r, place[1].plot.width > 0, canvas, inner.width, foot, size);
}

static void response_title(const struct pane *pane, const struct subject *s, char *out, size_t size)
{
    if (s && s->population)
        snprintf(out, size, "response %s (SoftLIF σ %.4g)", pane->subject, s->population->params.sigma);
    else
        snprintf(out, size, "response %s", pane->subject);
}

static const struct pane_option response_options[] = {
    {.name = "span",
     .high = 1e6,
     .fallback = "1",
     .help = "how far from threshold, J = 1, the axis goes to both sides"},
    {0},
};

const struct pane_type pane_response = {
    .name = "response",
    .summary = "rate against current J, SoftLIF beside LIF, with the slopes below",
    .live_only = true,
    .options = response_options,
    .title = response_title,
    .draw = response_draw,
};
