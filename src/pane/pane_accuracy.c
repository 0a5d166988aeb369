/* What a step of dt does to the rate: simulated neurons under constant currents beside the closed form G[J], and below
 * how far they are from it. Who fills the view simulates, a little in each frame. */
#include "pane/pane.h"

#include <math.h>
#include <stdio.h>

#include "base/number.h"
#include "draw/foot.h"
#include "draw/note.h"
#include "draw/twin.h"

#define CURVE 801
/* Rates below are too few spikes to speak of an error. */
#define SPIKES_LEAST 5
#define NAMED_LEAST 36 /* columns of a foot that names the models */

struct measured {
    double rate[ACCURACY_CURRENTS], error[ACCURACY_CURRENTS]; /* Hz; % */
    double worst;                                             /* %, the largest error with its sign */
};

struct picture {
    const struct accuracy_view *view;
    double J[CURVE], exact[CURVE];
    double at[ACCURACY_CURRENTS], zero[2], ends[2];
    struct measured fast, lif;
};

static void take(struct measured *m, const struct accuracy *run, const struct neuron_params *params, double *at)
{
    m->worst = 0;
    for (size_t i = 0; i < accuracy_count(run); i++) {
        struct accuracy_row row = accuracy_row(run, i);
        double exact = rate_lif.rate(params, row.J);
        at[i] = row.J;
        m->rate[i] = row.spikes >= 2 ? row.isi_rate : row.rate;
        m->error[i] = row.spikes >= SPIKES_LEAST ? 100 * accuracy_error(m->rate[i], exact) : exact > 0 ? NAN : 0;
        if (fabs(m->error[i]) > fabs(m->worst))
            m->worst = m->error[i];
    }
}

static void look(struct picture *p, const struct accuracy_view *view)
{
    p->view = view;
    for (size_t i = 0; i < CURVE; i++) {
        p->J[i] = view->high * (double)i / (CURVE - 1);
        p->exact[i] = rate_lif.rate(&view->params, p->J[i]);
    }
    take(&p->fast, view->fast, &view->params, p->at);
    take(&p->lif, view->lif, &view->params, p->at);
    p->zero[0] = p->zero[1] = 0;
    p->ends[0] = 0;
    p->ends[1] = view->high;
}

static void write_foot(const struct picture *p, const struct canvas *canvas, int width, char *foot, size_t size)
{
    char text[96], shorter[64], time[NUMBER_HUMAN];
    struct foot f = foot_begin(canvas, foot, size, width);
    snprintf(text, sizeof text, "largest error: FastLIF %+.2g %%, LIF %+.2g %%", p->fast.worst, p->lif.worst);
    bool named = width >= NAMED_LEAST;
    snprintf(shorter, sizeof shorter, "%s%+.2g %%, %s%+.2g %%", named ? "FastLIF " : "", p->fast.worst,
             named ? "LIF " : "", p->lif.worst);
    foot_add(&f, text, shorter);
    number_human(time, p->view->time, DIMENSION_TIME);
    snprintf(text, sizeof text, "%s simulated%s", time, p->view->finished ? "" : " ...");
    snprintf(shorter, sizeof shorter, "%s%s", time, p->view->finished ? "" : " ...");
    foot_add(&f, text, shorter);
}

static void accuracy_draw(const struct pane *pane, const struct subject *s, struct canvas *canvas, struct rect inner,
                          char *foot, size_t size)
{
    (void)pane;
    struct picture p;
    struct graph_place place[2];
    foot[0] = '\0';
    if (!s->accuracy) {
        note_draw(canvas, inner, "a recording has no neurons to simulate");
        return;
    }
    look(&p, s->accuracy);
    size_t n = accuracy_count(p.view->fast);
    struct graph_series rates[] = {
        {.name = "G[J]", .x = p.J, .y = p.exact, .count = CURVE, .ink = INK_PREDICT, .line = GRAPH_SOLID},
        {.name = "LIF", .x = p.at, .y = p.lif.rate, .count = n, .ink = INK_NEAR, .line = GRAPH_DOTTED},
        {.name = "FastLIF", .x = p.at, .y = p.fast.rate, .count = n, .ink = INK_SELECTED, .line = GRAPH_DASHED}};
    struct graph_series errors[] = {
        {.x = p.ends, .y = p.zero, .count = 2, .ink = INK_PREDICT, .line = GRAPH_SOLID},
        {.x = p.at, .y = p.lif.error, .count = n, .ink = INK_NEAR, .line = GRAPH_DOTTED},
        {.x = p.at, .y = p.fast.error, .count = n, .ink = INK_SELECTED, .line = GRAPH_SOLID}};
    const char *across = inner.width < 34 ? "J" : "J (input current)";
    struct graph graph[2] = {
        {.across = {0, p.view->high, false, across}, .up = {.title = "Hz"}, .series = rates, .count = 3},
        {.across = {0, p.view->high, false, across}, .up = {.title = "error, % of G[J]"}, .series = errors, .count = 3}};
    graph_hold(&graph[0], true, true);
    graph_hold(&graph[1], true, true);
    twin_draw(graph, canvas, inner, place);
    write_foot(&p, canvas, inner.width, foot, size);
}

static void accuracy_title(const struct pane *pane, const struct subject *s, char *out, size_t size)
{
    char dt[NUMBER_HUMAN];
    if (s && s->accuracy)
        snprintf(out, size, "accuracy %s (dt %s)", pane->subject,
                 number_human(dt, s->accuracy->dt, DIMENSION_TIME));
    else
        snprintf(out, size, "accuracy %s", pane->subject);
}

const struct pane_type pane_accuracy = {
    .name = "accuracy",
    .summary = "the rates that neurons simulated with this dt have, against G[J]",
    .live_only = true,
    .simulates = true,
    .title = accuracy_title,
    .draw = accuracy_draw,
};
