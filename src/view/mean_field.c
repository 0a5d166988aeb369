/* The grid is computed anew when what it follows from differs from what it was computed of; the star alone
 * when it moved. Beside the star's curve stand those of the grid's line through it. */
#include "view/mean_field.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/xalloc.h"
#include "view/meanfield_state.h"

#define SMALL_STEPS 12 /* of the star over the grid, about */
#define CURVES 5       /* beside the star's */
#define NANO 1e9       /* steps are whole nanovolts */

static void set_side(double *side, size_t *count, struct points points)
{
    *count = points.count;
    memcpy(side, points.value, points.count * sizeof *side);
    free(points.value);
}

struct mean_field_panes *mean_field_panes_new(void)
{
    struct mean_field_panes *panes = xcalloc(1, sizeof *panes);
    set_side(panes->grid.mu, &panes->grid.mus, points_linspace(0.006, 0.012, 4));
    set_side(panes->grid.sigma, &panes->grid.sigmas, points_linspace(0.006, 0.012, 4));
    panes->frequencies = 199;
    panes->frequency = points_linspace(1, 199, 199).value;
    return panes;
}

void mean_field_panes_free(struct mean_field_panes *panes)
{
    if (!panes)
        return;
    free(panes->frequency);
    free(panes->row);
    free(panes->value);
    free(panes);
}

/* ---- steps ---- */

/* 1, 2 or 5 times a power of ten: about a twelfth of the side, but never more than from point to point of it.
 */
static double small_step(const double *side, size_t count)
{
    double span = side[count - 1] - side[0];
    double step = span > 0 ? span / SMALL_STEPS : 0.5e-3, ten = pow(10, floor(log10(step)));
    double gap = span > 0 ? span / (double)(count - 1) * (1 + 1e-9) : INFINITY;
    double round = (step < 1.5 * ten ? 1 : step < 3.5 * ten ? 2 : step < 7.5 * ten ? 5 : 10) * ten;
    if (round <= gap)
        return round;
    ten = pow(10, floor(log10(gap)));
    return (gap < 2 * ten ? 1 : gap < 5 * ten ? 2 : 5) * ten;
}

/* To the next multiple of a step, so that round numbers come up. */
static double go_small(const double *side, size_t count, double from, int by)
{
    double step = small_step(side, count), place = from / step, near = round(place);
    double to = fabs(place - near) < 1e-6 ? near + by : by > 0 ? floor(place) + by : ceil(place) + by;
    return round(to * step * NANO) / NANO;
}

static double go_far(const double *side, size_t count, double from, int by)
{
    for (size_t k = 0; k < count; k++) {
        double at = side[by > 0 ? k : count - 1 - k];
        if (by > 0 ? at > from + 1 / NANO : at < from - 1 / NANO)
            return at;
    }
    return from;
}

struct working_point mean_field_panes_step(const struct mean_field_panes *panes, struct working_point from, int right,
                                           int up, bool far)
{
    const struct mean_field_grid *g = &panes->grid;
    struct working_point to = from;
    if (right)
        to.mu = far ? go_far(g->mu, g->mus, from.mu, right) : go_small(g->mu, g->mus, from.mu, right);
    if (up)
        to.sigma = far ? go_far(g->sigma, g->sigmas, from.sigma, up) : go_small(g->sigma, g->sigmas, from.sigma, up);
    to.mu = fmin(fmax(to.mu, -MEANFIELD_VOLTS_MAX), MEANFIELD_VOLTS_MAX);
    to.sigma = fmin(fmax(to.sigma, 0), MEANFIELD_VOLTS_MAX);
    return to;
}

/* ---- the grid ---- */

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Sorted, each value once; how many are left. */
static size_t tidy(double *value, size_t count)
{
    size_t kept = 0;
    qsort(value, count, sizeof *value, compare);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || value[i] != value[kept - 1])
            value[kept++] = value[i];
    return kept;
}

bool mean_field_panes_side(struct mean_field_panes *panes, bool sigma, const struct points *points, struct error *error)
{
    double *side = sigma ? panes->grid.sigma : panes->grid.mu;
    if (points->count == 0 || points->count > MEAN_FIELD_SIDE)
        return error_set(error, "%zu points: a side of the map has from 1 to %d", points->count, MEAN_FIELD_SIDE);
    memcpy(side, points->value, points->count * sizeof *side);
    *(sigma ? &panes->grid.sigmas : &panes->grid.mus) = tidy(side, points->count);
    return true;
}

bool mean_field_panes_frequencies(struct mean_field_panes *panes, const struct points *points, struct error *error)
{
    double *value = xreallocarray(NULL, points->count + 1, sizeof *value);
    size_t count = 0;
    for (size_t i = 0; i < points->count; i++)
        if (points->value[i] > 0)
            value[count++] = points->value[i];
    count = tidy(value, count);
    if (count < 2 || count > MEAN_FIELD_FREQUENCIES) {
        free(value);
        return error_set(error, "%zu frequencies above 0: from 2 to %d can be drawn", count, MEAN_FIELD_FREQUENCIES);
    }
    free(panes->frequency);
    panes->frequency = value;
    panes->frequencies = count;
    panes->rows_done = false;
    return true;
}

/* ---- computing ---- */

static struct transfer *values_of(const struct mean_field_panes *panes, size_t point)
{
    return panes->value + point * panes->frequencies;
}

/* As many frequencies as the theory has numbers for; beyond them there are none. */
static void compute(const struct mean_field_panes *panes, struct working_point point, struct transfer *value,
                    struct scan_row *row)
{
    const struct mean_field_grid *g = &panes->grid;
    size_t count = panes->frequencies;
    while (count > 0 && 2 * M_PI * panes->frequency[count - 1] * g->network.neuron[EXC].tau_m > TRANSFER_OMEGA_MAX)
        value[--count] = (struct transfer){NAN, NAN, NAN, NAN, NAN};
    scan_point(&g->network, EXC, point, &g->options, count, panes->frequency, value, row);
}

static void compute_rows(struct mean_field_panes *panes)
{
    const struct mean_field_grid *g = &panes->grid;
    size_t points = g->mus * g->sigmas;
    panes->row = xreallocarray(panes->row, points, sizeof *panes->row);
    panes->value = xreallocarray(panes->value, (points + 1) * panes->frequencies, sizeof *panes->value);
    for (size_t i = 0; i < points; i++) {
        struct working_point point = {g->mu[i % g->mus], g->sigma[i / g->mus]};
        compute(panes, point, values_of(panes, i), &panes->row[i]);
    }
    memcpy(&panes->of, g, sizeof *g); /* padding included, which is compared too */
    panes->rows_done = true;
    panes->star_done = false;
}

static void compute_star(struct mean_field_panes *panes, struct working_point point)
{
    bool stays = panes->star_done && point.mu == panes->star.point.mu && point.sigma == panes->star.point.sigma;
    if (!stays)
        compute(panes, point, values_of(panes, panes->grid.mus * panes->grid.sigmas), &panes->star);
    panes->star_done = true;
}

static void add_curve(struct mean_field_panes *panes, const struct scan_row *row, const struct transfer *value)
{
    bool noisy = row->status != SCAN_NO_NOISE;
    panes->curve[panes->shown.curves++] = (struct mean_field_curve){row, noisy ? value : NULL};
}

/* Points of the line nearest to the star, evenly picked, but for one that is the star. */
static void choose_curves(struct mean_field_panes *panes)
{
    const struct mean_field_grid *g = &panes->grid;
    const struct working_point *star = &panes->star.point;
    size_t line = 0, curves = g->mus < CURVES ? g->mus : CURVES;
    for (size_t s = 1; s < g->sigmas; s++)
        if (fabs(g->sigma[s] - star->sigma) < fabs(g->sigma[line] - star->sigma))
            line = s;
    for (size_t c = 0; c < curves; c++) {
        size_t i = line * g->mus + (curves > 1 ? c * (g->mus - 1) / (curves - 1) : 0);
        const struct working_point *point = &panes->row[i].point;
        if (point->mu != star->mu || point->sigma != star->sigma)
            add_curve(panes, &panes->row[i], values_of(panes, i));
    }
    add_curve(panes, &panes->star, values_of(panes, g->mus * g->sigmas));
}

const struct mean_field *mean_field_panes_show(struct mean_field_panes *panes, const struct meanfield_state *state)
{
    struct mean_field_grid *g = &panes->grid;
    memcpy(&g->network, &state->network, sizeof g->network);
    memcpy(&g->options, &state->options, sizeof g->options);
    if (!panes->rows_done || memcmp(g, &panes->of, sizeof *g) != 0)
        compute_rows(panes);
    compute_star(panes, state->point);
    panes->shown = (struct mean_field){.mu = g->mu,
                                       .sigma = g->sigma,
                                       .mus = g->mus,
                                       .sigmas = g->sigmas,
                                       .row = panes->row,
                                       .star = &panes->star,
                                       .frequency = panes->frequency,
                                       .frequencies = panes->frequencies,
                                       .curve = panes->curve,
                                       .method = meanfield_method_names[g->options.method]};
    choose_curves(panes);
    return &panes->shown;
}

void meanfield_state_init(struct meanfield_state *state)
{
    *state = (struct meanfield_state){
        .network = meanfield_network_defaults, .point = {10e-3, 10e-3}, .options = transfer_defaults};
    state->options.refractory = true; /* of a neuron that is refractory it is the right one */
}
