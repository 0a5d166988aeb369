/* Which rates from outside put the neurons at each working point, and at what rate they fire there: panel A
 * of figure 5 in Senk et al. 2020. */
#include <math.h>
#include <stdio.h>

#include "pane/mean_field_maps.h"
#include "pane/pane.h"

static double exc(const struct scan_row *row)
{
    return 1e-3 * row->external[EXC];
}

static double inh(const struct scan_row *row)
{
    return 1e-3 * row->external[INH];
}

static double rate(const struct scan_row *row)
{
    return row->rate;
}

static const struct mean_field_map maps[] = {
    {"exc", "ν_ext exc (kHz)", "exc", " kHz", exc, false, 0},
    {"inh", "ν_ext inh (kHz)", "inh", " kHz", inh, false, 0},
    {"rate", "rate (Hz)", "rate", " Hz", rate, false, 0},
};
#define MAPS (sizeof maps / sizeof *maps)
static const struct maps all = {maps, 3};

static const char *const words[] = {"all", "exc", "inh", "rate"};

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
    mean_field_title("external rates", subject, out, size);
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

const struct pane_type pane_external = {.name = "external",
                                        .summary = "mean field: external rates and firing rate over mu and sigma",
                                        .about = PANE_MEAN_FIELD,
                                        .options = options,
                                        .title = title,
                                        .draw = draw,
                                        .hit = hit};
