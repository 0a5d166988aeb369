/* What a step of dt does to the rate: simulated neurons under constant currents beside the closed form G[J], and below
 * how far they are from it. Who fills the view simulates, a little in each frame. */
#include "pane/pane.h"

#include <math.h>
#include <stdio.h>

#include "base/number.h"
#include "draw/foot.h"
#include "draw/note.h"
#include "draw/twin.h"
#include "pane/predict.h"

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
    struct measured of[ACCURACY_MODELS];
};

static void take(struct measured *m, const struct accuracy *run, const struct neuron_params *params, double *at)
{
    m->worst = 0;
    for (size_t i = 0; i < accuracy_count(run); i++) {
        struct accuracy_row row = accuracy_row(run, i);
        double exact = neuron_rate(accuracy_model(run), NULL, params, row.J);
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
        p->exact[i] = neuron_rate(accuracy_model(view->run[0]), NULL, &view->params, p->J[i]);
    }
    for (size_t m = 0; m < view->runs; m++)
        take(&p->of[m], view->run[m], &view->params, p->at);
    p->zero[0] = p->zero[1] = 0;
    p->ends[0] = 0;
    p->ends[1] = view->high;
}

/* "FastLIF -1.2 %, LIF +0.1 %" */
static void write_worst(const struct picture *p, bool named, char *out, size_t size)
{
    size_t used = 0;
    char worst[NUMBER_HUMAN];
    for (size_t m = 0; m < p->view->runs && used < size; m++)
        used += (size_t)snprintf(out + used, size - used, "%s%s%s%s%s %%", m ? ", " : "",
                                 named ? accuracy_model(p->view->run[m])->title : "", named ? " " : "",
                                 p->of[m].worst < 0 ? "" : "+", number_round(worst, p->of[m].worst, 2));
}

/* The first model lies on top. */
static size_t add_models(const struct picture *p, struct graph_series *rates, struct graph_series *errors)
{
    static const struct {
        enum ink ink;
        enum graph_line rate, error;
    } look[ACCURACY_MODELS] = {{INK_SELECTED, GRAPH_DASHED, GRAPH_SOLID},
                               {INK_NEAR, GRAPH_DOTTED, GRAPH_DOTTED},
                               {INK_PREDICT, GRAPH_DOTTED, GRAPH_DASHED}};
    size_t series = 1;
    for (size_t m = p->view->runs; m-- > 0; series++) {
        size_t n = accuracy_count(p->view->run[m]);
        const char *title = accuracy_model(p->view->run[m])->title;
        rates[series] = (struct graph_series){
            .name = title, .x = p->at, .y = p->of[m].rate, .count = n, .ink = look[m].ink, .line = look[m].rate};
        errors[series] = (struct graph_series){
            .x = p->at, .y = p->of[m].error, .count = n, .ink = look[m].ink, .line = look[m].error};
    }
    return series;
}

static void write_foot(const struct picture *p, const struct canvas *canvas, int width, char *foot, size_t size)
{
    char text[160], shorter[64], time[NUMBER_HUMAN];
    struct foot f = foot_begin(canvas, foot, size, width);
    char worst[128], named[128];
    write_worst(p, true, named, sizeof named);
    write_worst(p, width >= NAMED_LEAST, worst, sizeof worst);
    snprintf(text, sizeof text, "largest error: %s", named);
    foot_add(&f, text, worst);
    number_human(time, p->view->time, DIMENSION_TIME);
    snprintf(text, sizeof text, "%s simulated%s", time, p->view->finished ? "" : " ...");
    snprintf(shorter, sizeof shorter, "%s%s", time, p->view->finished ? "" : " ...");
    foot_add(&f, text, shorter);
    predict_foot_unit(&f, p->view->params.amplitude);
}

/* One spike a step at most, where that is in the picture. */
static void draw_ceiling(const struct picture *p, const struct graph *graph, const struct graph_place *place)
{
    double rate = p->view->params.amplitude / p->view->dt, high = graph->up.high;
    const struct rect *data = &place->axes.data;
    if (!(rate <= high) || place->plot.width <= 0)
        return;
    double y = plot_up(&place->plot, rate, graph->up.low, high);
    plot_line(&place->plot, 0, y, place->plot.width - 1, y, INK_MARK, 1);
    int row = data->y + (int)(y / place->plot.down) + 1;
    if (row < data->y + data->height)
        canvas_text_cut(place->plot.canvas, data->x + 1, row, data->width - 1, INK_MARK,
                        "1/dt: one spike a step at most");
}

/* Where the selected neuron is at this moment. */
static void draw_now(const struct subject *s, const struct picture *p, const struct graph *graph,
                     const struct graph_place *place)
{
    if (!s->population || !s->x || s->selected < 0 || (size_t)s->selected >= s->population->n)
        return;
    double J = population_tuning_current(s->population, (size_t)s->selected, s->x);
    for (int i = 0; i < 2 && J >= 0 && J <= p->view->high; i++)
        if (place[i].plot.width > 0)
            plot_rule(&place[i].plot, plot_across(&place[i].plot, J, graph->across.low, graph->across.high), 0x250A,
                      INK_MARK);
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
    struct graph_series rates[1 + ACCURACY_MODELS] = {
        {.name = "G[J]", .x = p.J, .y = p.exact, .count = CURVE, .ink = INK_PREDICT, .line = GRAPH_SOLID}};
    struct graph_series errors[1 + ACCURACY_MODELS] = {
        {.x = p.ends, .y = p.zero, .count = 2, .ink = INK_PREDICT, .line = GRAPH_SOLID}};
    size_t series = add_models(&p, rates, errors);
    const char *across = inner.width < 34 ? "J" : "J (input current)";
    struct graph graph[2] = {
        {.across = {0, p.view->high, false, across}, .up = {.title = "Hz"}, .series = rates, .count = series},
        {.across = {0, p.view->high, false, across},
         .up = {.title = "error, % of G[J]"},
         .series = errors,
         .count = series}};
    graph_hold(&graph[0], true, true);
    graph_hold(&graph[1], true, true);
    twin_draw(graph, canvas, inner, place);
    draw_ceiling(&p, &graph[0], &place[0]);
    draw_now(s, &p, &graph[0], place);
    write_foot(&p, canvas, inner.width, foot, size);
}

static void accuracy_title(const struct pane *pane, const struct subject *s, char *out, size_t size)
{
    char dt[NUMBER_HUMAN];
    if (s && s->accuracy)
        snprintf(out, size, "accuracy %s (dt %s)", pane->subject, number_human(dt, s->accuracy->dt, DIMENSION_TIME));
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
