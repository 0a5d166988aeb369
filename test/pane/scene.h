/* A screen to draw: a live population that was simulated for some time, a recording, the three panes. The same every
 * time. */
#ifndef TEST_PANE_SCENE_H
#define TEST_PANE_SCENE_H

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "frame/frame.h"
#include "model/population.h"

struct scene {
    struct population_spec spec;
    struct population *population;
    struct population_state *state;
    struct history *history;
    struct spike_batch *batch;
    struct recording *recording;
    struct layout layout;
    struct transcript *output;
    struct subject subject[2];
    struct view view;
    double dt, x[4], width;
    long step;
    uint64_t *bits;
};

static inline void scene_input(double t, size_t dims, double *x)
{
    for (size_t d = 0; d < dims; d++)
        x[d] = sin(2 * 3.14159265358979323846 * 2 * t + (double)d);
}

/* Advances to `time`, the sweep page and the present input with it. */
static inline void scene_run(struct scene *s, double time)
{
    size_t dims = s->spec.dims;
    for (; (double)s->step * s->dt < time - 1e-9; s->step++) {
        scene_input((double)s->step * s->dt, dims, s->x);
        population_advance(s->population, s->state, s->dt, 1, s->x, s->bits);
        batch_step(s->batch, (double)(s->step + 1) * s->dt, s->x, s->bits, s->spec.n);
        history_append(s->history, s->batch);
        batch_clear(s->batch);
    }
    struct subject *live = &s->subject[0];
    live->now = s->view.time = (double)s->step * s->dt;
    double page = fmax(ceil(live->now / s->width - 1e-9) - 1, 0);
    live->from = page * s->width;
    live->to = live->from + s->width;
}

static inline struct recording *scene_recording(size_t units, double from, double to)
{
    size_t room = 100000, spikes = 0;
    double *time = malloc(room * sizeof *time);
    uint32_t *unit = malloc(room * sizeof *unit);
    char **label = malloc(units * sizeof *label);
    for (size_t u = 0; u < units; u++) {
        char name[32];
        snprintf(name, sizeof name, "D3_%02zu", u);
        label[u] = strcpy(malloc(strlen(name) + 1), name);
        for (double t = from + 0.013 * (double)u; t < to && spikes < room; t += 0.05 + 0.04 * sin(7 * t + (double)u)) {
            time[spikes] = t;
            unit[spikes++] = (uint32_t)u;
        }
    }
    struct recording *r = recording_new(label, units, time, unit, spikes);
    r->source = strcpy(malloc(32), "data/cortex.csv");
    return r;
}

static inline struct scene *scene_new(size_t n, size_t dims, const struct neuron_model *model)
{
    struct scene *s = calloc(1, sizeof *s);
    struct error error = {{0}};
    population_spec_init(&s->spec);
    s->spec.n = n;
    s->spec.dims = dims;
    s->spec.seed = 4;
    s->spec.model = model;
    s->spec.max_rates.low = 100;
    s->spec.max_rates.high = 200;
    s->population = population_new(&s->spec, &error);
    if (!s->population) {
        fprintf(stderr, "%s\n", error.text);
        exit(1);
    }
    s->dt = 0.001;
    s->width = 0.5;
    s->history = history_new(dims, (size_t)1 << 28);
    s->batch = batch_new(dims, 4, n * 4);
    s->bits = calloc(s->population->padded / 64, sizeof *s->bits);
    struct subject *live = &s->subject[0];
    snprintf(live->name, sizeof live->name, "A");
    live->population = s->population;
    live->history = s->history;
    live->input_text = "sin(2\xcf\x80\xc2\xb7"
                       "2t)";
    live->x = s->x;
    live->neurons = n;
    live->order = s->population->order;
    live->selected = -1;
    live->sweep = true;
    if (model->advance) {
        s->state = population_state_new(s->population);
        live->spikes = history_source(s->history, n);
    }
    s->recording = scene_recording(12, 100, 104);
    struct subject *r = &s->subject[1];
    snprintf(r->name, sizeof r->name, "R");
    r->recording = s->recording;
    r->spikes = recording_source(s->recording);
    r->neurons = 12;
    r->selected = 7;
    r->from = 101;
    r->to = 103;
    r->now = 102.25;
    layout_init(&s->layout);
    layout_open(&s->layout, &pane_raster, "A", &error);
    layout_open(&s->layout, &pane_rates, "A", &error);
    layout_open(&s->layout, &pane_tuning, "A", &error);
    s->layout.focus = 0;
    s->output = transcript_new(1000);
    s->view = (struct view){
        .subject = s->subject,
        .subjects = 2,
        .layout = &s->layout,
        .output = s->output,
        .dt = s->dt,
        .speed = 1,
        .reached = 1,
        .running = true,
        .simulating = true,
        .fps = 30,
        .prompt = "> ",
        .line = "",
        .keys = "F1 help  Tab complete  F2-F4 pane  Space run/pause  ^C stop",
    };
    return s;
}

static inline void scene_free(struct scene *s)
{
    population_state_free(s->state);
    population_free(s->population);
    population_spec_free(&s->spec);
    history_free(s->history);
    batch_free(s->batch);
    recording_free(s->recording);
    transcript_free(s->output);
    free(s->bits);
    free(s);
}

/* What a session looks like after a few commands. */
static inline void scene_talk(struct scene *s)
{
    transcript_add(s->output, INK_ECHO, "> population A n=50 max_rates=100:200 seed=4");
    transcript_add(s->output, INK_PLAIN, "  A: 50 FastLIF neurons, 100-200 Hz, intercepts -1:0.9, running");
    transcript_add(s->output, INK_ECHO, "> set A sigma=0");
    transcript_add(s->output, INK_ERROR,
                   "  sigma=0: SoftLIF needs sigma > 0; for the hard corner use model=lif   (sigma stays 0.02)");
    transcript_add(s->output, INK_ECHO, "> select A 31");
    transcript_add(
        s->output, INK_PLAIN,
        "  neuron 31: gain 3.86, bias 1.42, encoder +1, max rate 187 Hz, intercept -0.11; 214 spikes, 143 Hz now");
    s->view.line = "knob tau_rc 5ms:50ms";
    s->view.cursor = strlen(s->view.line);
}

#endif
