/* The rate is sampled at the cells of the map. Over it lie the circle of the radius, the end of the neuron's preferred
 * direction, and the present input with the way it came. */
#include "pane/tuning_plane.h"

#include <math.h>
#include <stdio.h>

#include "draw/foot.h"
#include "draw/heat.h"
#include "draw/note.h"
#include "draw/subject.h"
#include "pane/predict.h"

/* Most samples on a side; larger maps share them. */
#define ACROSS 160
#define UP 80
/* The way the input came: so long, at so many moments. */
#define TRAIL 0.5
#define TRAIL_MARKS 60

struct plane {
    const struct subject *subject;
    const struct population *population;
    const struct rate_curve *curve;
    size_t neuron;
    struct heat heat;
    struct heat_place place;
    double x1[ACROSS], x2[UP], rate[ACROSS * UP];
    bool fires[ACROSS * UP], somewhere; /* by its own curve, when that is another one */
};

bool tuning_plane_suits(const struct subject *s)
{
    return s->population && s->population->dims == 2 && s->selected >= 0 && (size_t)s->selected < s->population->n;
}

static double encoder(const struct plane *t, size_t d)
{
    return t->population->encoders[d * t->population->padded + t->neuron];
}

/* The rate in the corner of the square that the neuron likes best. */
static double highest(const struct plane *t)
{
    double radius = t->population->radius;
    double corner[2] = {copysign(radius, encoder(t, 0)), copysign(radius, encoder(t, 1))};
    return population_rate(t->population, t->curve, t->neuron, corner);
}

static void spread(double *at, size_t count, double radius)
{
    for (size_t i = 0; i < count; i++)
        at[i] = count > 1 ? radius * (2 * (double)i / (double)(count - 1) - 1) : 0;
}

static size_t limited(int cells, size_t most)
{
    return cells < 2 ? 2 : (size_t)cells < most ? (size_t)cells : most;
}

/* Fits with the ends of the axes, then takes as many points as there are cells. */
static void fit(struct plane *t, const struct pane *pane, const struct subject *s, struct canvas *canvas,
                struct rect inner)
{
    t->subject = s;
    t->population = s->population;
    t->curve = predict_curve(pane, s);
    t->neuron = (size_t)s->selected;
    double radius = t->population->radius;
    spread(t->x1, 2, radius);
    spread(t->x2, 2, radius);
    t->heat = (struct heat){.across = {t->x1, 2, false, "x1"}, .up = {t->x2, 2, false, "x2"}, .value = t->rate};
    t->heat.colour = (struct scale){.low = 0, .high = axis_ceiling(highest(t)), .title = " Hz"};
    t->place = heat_fit(&t->heat, canvas, inner);
    t->heat.across.count = limited(t->place.axes.data.width, ACROSS);
    t->heat.up.count = limited(t->place.axes.data.height, UP);
    spread(t->x1, t->heat.across.count, radius);
    spread(t->x2, t->heat.up.count, radius);
}

static void sample(struct plane *t)
{
    size_t columns = t->heat.across.count;
    for (size_t i = 0; i < columns * t->heat.up.count; i++) {
        double x[2] = {t->x1[i % columns], t->x2[i / columns]};
        t->rate[i] = population_rate(t->population, t->curve, t->neuron, x);
    }
}

static void draw_circle(const struct plane *t)
{
    const struct rect *map = &t->place.axes.data;
    double radius = t->population->radius;
    int steps = 2 * (map->width + map->height); /* about one a cell */
    uint32_t dot = t->place.canvas->glyphs == GLYPHS_ASCII ? '.' : 0xB7;
    for (int i = 0; i < steps; i++) {
        double angle = 2 * M_PI * i / steps;
        heat_mark(&t->heat, &t->place, radius * cos(angle), radius * sin(angle), dot, INK_DIM);
    }
}

static void draw_trail(const struct plane *t)
{
    double now = subject_present(t->subject);
    for (int i = TRAIL_MARKS; i > 0 && isfinite(now); i--) {
        const double *x = subject_input(t->subject, now - TRAIL * i / TRAIL_MARKS);
        if (x)
            heat_mark(&t->heat, &t->place, x[0], x[1], i > TRAIL_MARKS / 2 ? 0x25E6 : 0x25CB, INK_MARK);
    }
}

/* By its own model's curve, beside the colours of another one. */
static bool shows_own(const struct plane *t)
{
    return t->curve != t->population->model->curve && !predict_by_theory(t->subject);
}

static void sample_own(struct plane *t)
{
    size_t columns = t->heat.across.count;
    for (size_t i = 0; i < columns * t->heat.up.count; i++) {
        double x[2] = {t->x1[i % columns], t->x2[i / columns]};
        t->fires[i] = population_rate(t->population, NULL, t->neuron, x) > 0;
        t->somewhere = t->somewhere || t->fires[i];
    }
}

/* Where its own curve begins: the cells in which it fires beside those in which it does not. */
static void draw_own(struct plane *t)
{
    size_t columns = t->heat.across.count, rows = t->heat.up.count;
    uint32_t dash = t->place.canvas->glyphs == GLYPHS_ASCII ? '-' : 0x2504;
    sample_own(t);
    for (size_t i = 0; i < columns * rows; i++) {
        const bool *here = t->fires + i;
        size_t column = i % columns, row = i / columns;
        bool edge = (column > 0 && !here[-1]) || (column + 1 < columns && !here[1]) ||
                    (row > 0 && !here[-(long)columns]) || (row + 1 < rows && !here[columns]);
        if (edge && *here)
            heat_mark(&t->heat, &t->place, t->x1[column], t->x2[row], dash, INK_PREDICT);
    }
}

/* What of the marks there is to see, most important first. */
static void write_foot(const struct plane *t, char *foot, size_t size)
{
    char text[96], shorter[64], label[48];
    const struct subject *s = t->subject;
    struct foot f = foot_begin(t->place.canvas, foot, size, t->place.axes.header.width);
    double rate = subject_rate_now(s, (uint32_t)t->neuron) * predict_unit(s);
    snprintf(text, sizeof text, t->somewhere ? "┄ %s" : "%s: silent", t->population->model->curve->title);
    if (shows_own(t))
        foot_add(&f, text, NULL);
    if (s->x) {
        snprintf(text, sizeof text, "★ x now (%+.2f, %+.2f)", s->x[0], s->x[1]);
        snprintf(shorter, sizeof shorter, "★ (%+.2f, %+.2f)", s->x[0], s->x[1]);
        foot_add(&f, text, shorter);
    }
    subject_label(s, (uint32_t)t->neuron, label, sizeof label);
    if (s->spikes.neurons > 0 && isfinite(rate)) {
        snprintf(text, sizeof text, "neuron %s now %.0f Hz", label, rate);
        snprintf(shorter, sizeof shorter, "%s: %.0f Hz", label, rate);
    } else {
        snprintf(text, sizeof text, "neuron %s", label);
        snprintf(shorter, sizeof shorter, "%s", label);
    }
    foot_add(&f, text, shorter);
    foot_add(&f, "● preferred direction", "● prefers");
    snprintf(text, sizeof text, "circle: radius %.4g", t->population->radius);
    foot_add(&f, text, NULL);
}

void tuning_plane_draw(const struct pane *pane, const struct subject *s, struct canvas *canvas, struct rect inner,
                       char *foot, size_t size)
{
    struct plane t = {0};
    foot[0] = '\0';
    fit(&t, pane, s, canvas, inner);
    if (t.place.axes.data.width < 1 || t.place.axes.data.height < 1)
        return;
    sample(&t);
    heat_draw(&t.heat, &t.place);
    if (shows_own(&t))
        draw_own(&t);
    draw_circle(&t);
    draw_trail(&t);
    double radius = t.population->radius;
    heat_mark(&t.heat, &t.place, radius * encoder(&t, 0), radius * encoder(&t, 1), 0x25CF, INK_SELECTED);
    if (s->x)
        heat_mark(&t.heat, &t.place, s->x[0], s->x[1], 0x2605, INK_BOLD);
    write_foot(&t, foot, size);
}

void tuning_plane_hit(const struct pane *pane, const struct subject *s, struct rect inner, int column, int row,
                      struct pane_hit *hit)
{
    struct canvas canvas = {.width = inner.x + inner.width, .height = inner.y + inner.height, .glyphs = GLYPHS_BRAILLE};
    struct plane t;
    double x[2], best = -INFINITY;
    const struct population *p = s->population;
    fit(&t, pane, s, &canvas, inner);
    if (!heat_at(&t.heat, &t.place, column, row, &x[0], &x[1]))
        return;
    for (size_t i = 0; i < p->n; i++) {
        double along = x[0] * p->encoders[i] + x[1] * p->encoders[p->padded + i];
        if (along > best) {
            best = along;
            hit->neuron = (long)i;
        }
    }
}
