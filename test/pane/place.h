/* A node of two dimensions as panes see it: x1 = 2 cos(2 pi t), x2 = 2 sin(2 pi t), one step of 1 ms after another, and
 * an ideal that is 0.25 more in x1; what a pane draws of it as text. */
#ifndef TEST_PANE_PLACE_H
#define TEST_PANE_PLACE_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/population.h"
#include "pane/pane_option.h"
#include "signal/history.h"

#define PLACE_OFF 0.25

struct place_scene {
    struct population_spec spec;
    struct population *population;
    struct history *history;
    struct subject subject;
};

static inline struct place_scene *place_scene_new(size_t dims, size_t steps)
{
    struct place_scene *p = calloc(1, sizeof *p);
    struct error error = {{0}};
    population_spec_init(&p->spec);
    population_spec_node(&p->spec, dims);
    p->population = population_new(&p->spec, &error);
    p->history = history_new_ideal(dims, (size_t)1 << 26);
    struct spike_batch *batch = batch_new(dims, 4, 16);
    uint64_t bits[8] = {0};
    for (size_t k = 1; k <= steps; k++) {
        double t = 1e-3 * (double)k, angle = 2 * 3.14159265358979323846 * t;
        double x[2] = {2 * cos(angle), 2 * sin(angle)}, ideal[2] = {x[0] + PLACE_OFF, x[1]};
        batch_step(batch, t, x, bits, 1);
        batch_ideal(batch, ideal);
        history_append(p->history, batch);
        batch_clear(batch);
    }
    batch_free(batch);
    p->subject = (struct subject){.name = "N",
                                  .population = p->population,
                                  .history = p->history,
                                  .neurons = 1,
                                  .selected = -1,
                                  .to = 1,
                                  .now = 1e-3 * (double)steps};
    return p;
}

static inline void place_scene_free(struct place_scene *p)
{
    population_free(p->population);
    population_spec_free(&p->spec);
    history_free(p->history);
    free(p);
}

/* To be freed. */
static inline char *pane_picture(const struct pane *pane, const struct subject *s, int width, int height,
                                 enum glyph_set glyphs, char foot[256])
{
    struct canvas *canvas = canvas_new(width, height, glyphs);
    struct text text = {0};
    pane->type->draw(pane, s, canvas, (struct rect){0, 0, width, height}, foot, 256);
    canvas_write(canvas, &text);
    canvas_free(canvas);
    return text.bytes;
}

#endif
