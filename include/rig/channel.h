/* A channel: one named thing the session shows, a live population, a recording or a stream (an input that is
 * followed). UI thread only. */
#ifndef RIG_CHANNEL_H
#define RIG_CHANNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "draw/view.h"
#include "language/parameter.h"
#include "rig/rows.h"

/* A time that may not be there. */
struct instant {
    bool on;
    double time; /* s */
};

struct accurate;
struct wired;
struct decoding;
struct past_population;
struct tuned;
struct voltage;

/* The part of time that is looked at, and what is marked in it. */
struct time_window {
    double width;             /* s */
    bool follow;              /* ends now: the present of a simulation, the newest of a stream, or where a replay is */
    double from;              /* s, when it does not follow */
    struct instant point;     /* where goto went; zooming keeps it in its place */
    struct instant cursor[2]; /* to measure between */
};

/* How far a population goes beyond what its neurons can say; see session/wiring_note.c. */
struct saturation {
    double until;  /* s, up to where the record was looked at */
    double length; /* |x|, smoothed */
    double most;   /* the largest of it so far */
    double beyond; /* s in which it was more than the neurons can say */
    bool said;
};

struct channel {
    char name[SUBJECT_NAME];
    /* live */
    size_t slot; /* of the engine */
    struct population_spec spec;
    bool own_seed, own_noise_seed; /* given with seed=, so the session's `seed` leaves them alone */
    struct population *population; /* NULL: not live; of a node (population->node) one that holds a value only */
    double changed;                /* when it became what it is, s of the simulation */
    struct stimulus *input;
    double driven; /* since when it has this input, s of the simulation */
    struct history *history;
    uint64_t dropped_said;         /* dropped steps that were already reported */
    double x[POPULATION_MAX_DIMS]; /* present input, for the view */
    char input_text[192];
    struct accurate *accurate;    /* what the accuracy pane shows; NULL: nobody has looked */
    struct decoding *decoding;    /* what its spikes are decoded into; NULL: nobody has looked */
    struct voltage *voltage;      /* what the voltage pane shows; NULL: nobody has looked */
    struct past_population *past; /* [pasts] that its record goes back to (rig/retrace.h) */
    size_t pasts, past_capacity;
    bool began_at_rest; /* its record, and nothing of that was forgotten */
    /* recording */
    struct recording *recording; /* NULL: no recording */
    struct tuned *tuned;         /* its stimulus and what follows from it; NULL: none */
    /* stream */
    struct followed *followed; /* NULL: no stream */
    /* recording, stream */
    struct time_window window;    /* live channels share the session's */
    bool chaotic;                 /* see wired_chaotic */
    struct saturation saturation; /* of a population that connections reach */
    struct wired *wired;          /* not NULL: a connection, and nothing else (session/wiring.h) */
    /* all */
    long selected; /* neuron, -1: none */
    struct shown_rows shown;
    struct time_mark *mark; /* [marks] what a frame draws, made for each */
    size_t marks, mark_capacity;
};

bool channel_fits(const struct channel *channel, enum channel_wanted wanted);
/* Whether it is a node. */
bool channel_is_node(const struct channel *channel);

/* "population", "node", "connection", "recording", "stream" */
const char *channel_kind(const struct channel *channel);

/* What it is, for people: the neurons of a population, the file of a recording, what a stream follows, the ends of a
 * connection. */
void channel_about(const struct channel *channel, char *out, size_t size);

/* Where its spikes come from; neurons == 0 for a rate model. */
struct spike_source channel_source(const struct channel *channel);
size_t channel_neurons(const struct channel *channel);
/* What one spike a second is in the units of the curves beside it: the amplitude of a population that spikes, else 1; 1
 * under white noise as well, where not a curve but the theory is beside it, which counts spikes. */
double channel_rate_unit(const struct channel *channel);
/* "7", "D3_31" */
const char *channel_label(const struct channel *channel, size_t neuron, char *buffer, size_t size);
/* The neuron of that label or number; -1 with a sentence. */
long channel_neuron(const struct channel *channel, const char *label, struct error *error);

/* The channel as it is now, for another thread to read while this one goes on: its name, neurons and spikes, and
 * nothing that is for the screen. It is no place for more spikes, and a stream has become a recording. To be freed by
 * the thread that the channel belongs to, before the channel or after it. */
struct channel *channel_frozen(const struct channel *channel);
/* Stops following: what is kept becomes a recording. */
void channel_keep_recording(struct channel *channel);

void channel_free(struct channel *channel);

#endif
