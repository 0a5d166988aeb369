/* Panes: one const descriptor each, listed once. A pane draws one subject into a rectangle and says what lies under
 * the mouse. Drawing reads the view and changes nothing but the canvas. */
#ifndef PANE_PANE_H
#define PANE_PANE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/number.h"
#include "base/word.h"
#include "draw/view.h"
#include "pane/layout.h"
#include "picture/canvas.h"

struct pane_hit {
    long neuron;      /* -1: none */
    double time;      /* NaN: none */
    double x;         /* NaN: none; what a horizontal axis that is none of time measures, as an input */
    double y;         /* NaN: none; what the vertical axis measures, where it is no neurons */
    double mu, sigma; /* V; NaN: none; a point of the mean field */
};

/* Something a pane can be told when it is opened: `pane 3 rates A model=lif`. Parser, completion, help and the manual's
 * check read these rows. */
struct pane_option {
    const char *name;
    const char *help;
    struct word_list (*words)(void); /* a choice among these; NULL: a number */
    enum dimension dimension;        /* of a number */
    double low, high;                /* a number lies above low and is at most high */
    const char *fallback;            /* the default, as it would be typed; NULL: the pane finds one by itself */
};

/* What a pane is about. */
enum pane_about {
    PANE_CHANNEL,    /* a population, a recording or a stream, of the name that the pane has */
    PANE_CONNECTION, /* a connection of that name */
    PANE_NETWORK,    /* all that is connected: there is one, and it has no name */
    PANE_MEAN_FIELD, /* likewise */
};

struct pane_type {
    const char *name;    /* "raster" */
    const char *summary; /* a line for help and the manual */
    enum pane_about about;
    bool across;    /* has neurons across as well as up: keys move over both (about a connection) */
    bool at_first;  /* opened for the first thing there is to show */
    bool live_only; /* shows populations, no recordings and no streams */
    bool nodes;     /* shows nodes as well: places of a network that have no neurons */
    bool (*decodes)(const struct pane *pane); /* shows subject->decoding; NULL: it never does */
    bool simulates;                           /* shows subject->accuracy */
    bool retraces;                            /* shows subject->voltage */
    const char *const *parts;          /* what can be veiled by itself, at most 32 words up to a NULL; NULL: nothing */
    const struct pane_option *options; /* at most PANE_OPTIONS, ended by a NULL name; NULL: none */
    /* Whether the options go together; false with a sentence. May be NULL. */
    bool (*check)(const struct pane *pane, struct error *error);
    /* "raster A", "tuning A (SoftLIF sigma 0.02)" into out */
    void (*title)(const struct pane *pane, const struct subject *subject, char *out, size_t size);
    /* Draws inside `inner` (the frame is drawn already); fills `foot` (notes for the bottom border: "3.1 ms/dot",
     * "50 of 10 000 neurons shown"). */
    void (*draw)(const struct pane *pane, const struct subject *subject, struct canvas *canvas, struct rect inner,
                 char *foot, size_t size);
    /* Columns its labels left of an axis of time want, `width` columns inside the frame, so that panes under one
     * another can agree; NULL: there is no such axis. */
    int (*margin)(const struct subject *subject, int width);
    /* What lies at column x, row y of the canvas, given the same rectangle. May be NULL. */
    void (*hit)(const struct pane *pane, const struct subject *subject, struct rect inner, int x, int y,
                struct pane_hit *hit);
};

/* The upper end of a vertical axis from 0 that fits the data: higher where something is laid over them. */
double pane_top(const struct pane *pane, double fitted);

/* Of a pane_type that always decodes. */
bool pane_always(const struct pane *pane);

extern const struct pane_type pane_raster, pane_rates, pane_tuning, pane_poprate, pane_isi, pane_counts, pane_decoded,
    pane_response, pane_accuracy, pane_value, pane_xy, pane_weights, pane_currents, pane_error, pane_network,
    pane_external, pane_transfer, pane_mapping, pane_voltage;
extern const struct pane_type *const pane_types[]; /* in that order */
extern const size_t pane_type_count;

#endif
