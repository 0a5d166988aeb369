/* The rate unit that answers like the neurons at each working point: its time constant, its weights, and how
 * well it fits: panel C of figure 5 in Senk et al. 2020. */
#include <math.h>
#include <stdio.h>

#include "pane/mean_field_maps.h"
#include "pane/pane.h"

static double tau(const struct scan_row *row)
{
    return 1e3 * row->tau;
}

static double weight(const struct scan_row *row)
{
    return row->weight[EXC];
}

static double inhibition(const struct scan_row *row)
{
    return row->weight[INH];
}

static double fit_error(const struct scan_row *row)
{
    return 100 * row->fit_error;
}

static const struct mean_field_map maps[] = {
    {"tau", "τ (ms)", "τ", " ms", tau, true, 0},
    {"weight", "W exc", "W", "", weight, true, 0},
    {"error", "fit error (%)", "error", " %", fit_error, true, 2},
    {"inhibition", "W inh", "W inh", "", inhibition, true, 0}, /* W exc times a constant */
};
#define MAPS (sizeof maps / sizeof *maps)
static const struct maps all = {maps, 3};

static const char *const words[] = {"all", "tau", "weight", "error", "inhibition"};

static struct word_list show_words(void)
{
    return (struct word_list){"map", MAPS + 1, word_plain, words};
}

static const struct pane_option options[] = {
    {.name = "show",
     .help = "external: rates from outside, or the firing rate; mapping: tau, weights, fit error",
     .words = show_words,
     .fallback = "all"},
    {0},
};

static void title(const struct pane *pane, const struct subject *subject, char *out, size_t size)
{
    (void)pane;
    mean_field_title("mapping to a rate unit", subject, out, size);
}

static void draw(const struct pane *pane, const struct subject *subject, struct canvas *canvas, struct rect inner,
                 char *foot, size_t size)
{
    const struct mean_field *field = mean_field_of(subject, canvas, inner);
    if (field)
        mean_field_maps_draw(pane, all, field, canvas, inner, foot, size);
}

static void hit(const struct pane *pane, const struct subject *subject, struct rect inner, int x, int y,
                struct pane_hit *under)
{
    if (subject->mean_field)
        mean_field_maps_hit(pane, all, subject->mean_field, inner, x, y, under);
}

const struct pane_type pane_mapping = {
    .name = "mapping",
    .summary = "mean field: time constant, weights and fit error of the rate unit over mu and sigma",
    .about = PANE_MEAN_FIELD,
    .options = options,
    .title = title,
    .draw = draw,
    .hit = hit};
