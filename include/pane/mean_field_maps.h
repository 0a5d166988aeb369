/* Panes of several quantities over the plane of working points: a heat map each, side by side or stacked, the
 * star in all of them. The first line says what they are at the star. UI thread only. */
#ifndef PANE_MEAN_FIELD_MAPS_H
#define PANE_MEAN_FIELD_MAPS_H

#include "pane/mean_field.h"
#include "pane/pane.h"

struct mean_field_map {
    const char *word;                            /* of the option show= */
    const char *title;                           /* over the map: "tau (ms)" */
    const char *name;                            /* before the number at the star: "tau" */
    const char *unit;                            /* behind it: " ms" */
    double (*value)(const struct scan_row *row); /* in the units of the title; NaN: there is none */
    bool fitted; /* what is missing is so because of the fit; else because of the rates from outside */
    double most; /* colours end here, so that a few points do not take them all; 0: at the largest value */
};

/* Those that show=all means; what other words of show= mean lies behind them in the same array. */
struct maps {
    const struct mean_field_map *map;
    size_t count;
};

/* The pane has an option "show" whose first word is "all" and the others those of the array, in order. */
void mean_field_maps_draw(const struct pane *pane, struct maps maps, const struct mean_field *field,
                          struct canvas *canvas, struct rect inner, char *foot, size_t size);
/* The working point at (x, y) into *hit, if there is a map. */
void mean_field_maps_hit(const struct pane *pane, struct maps maps, const struct mean_field *field, struct rect inner,
                         int x, int y, struct pane_hit *hit);

#endif
