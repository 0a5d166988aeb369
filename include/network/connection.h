/* A connection as it is built: what was asked for (connection_spec) together with the places at its two ends, its
 * decoders or weights solved. Immutable once built, so that the thread that simulates it and the thread that draws it
 * may both read it; what changes while it runs is in struct projection (network/network.h).
 *
 * What PRE says in a step goes one way to POST: f(x) times the transform becomes `rows` values u; u passes the synapse;
 * what comes out is added to POST by the kind. Of a population u is read off the spikes, sum over the neurons that
 * spike of height * decoder (of a rate model: rate * decoder); of a node, or of a population without neurons, it is f
 * of the value itself. A full connection may instead, or besides, carry a current for each neuron of POST, through a
 * matrix of weights (n_post x n_pre, current per Hz).
 *
 * Units: decoders are units of POST per Hz with the transform in them, weights current (threshold 1) per Hz. */
#ifndef NETWORK_CONNECTION_H
#define NETWORK_CONNECTION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/progress.h"
#include "nef/function.h"
#include "network/spec.h"

struct connection;
struct projection;
struct place;

/* One end. */
struct connection_end {
    const char *name;
    const struct population *population; /* borrowed; NULL: a node */
    size_t dims;
};

/* Kinds of connection: how what arrives acts on POST. One const descriptor each, in a file of its own. */
struct connection_kind {
    const char *name;                     /* "decoded": the word in commands */
    const char *summary;                  /* a line for help and the manual */
    bool neurons_at_pre, neurons_at_post; /* it needs them */
    bool takes_weights;                   /* a matrix may be given for it, or solved */
    /* How many values pass the synapse, given the outputs of f, and the shape the transform must have; false with a
     * sentence. Sets connection->rows and connection->transform. */
    bool (*shape)(struct connection *connection, const struct connection_spec *spec, const struct connection_end *pre,
                  const struct connection_end *post, struct error *error);
    /* Adds what the synapse gives in step k (link_value) to what POST gets: to x, or to currents. */
    void (*arrive)(const struct projection *link, size_t step, struct place *post);
    /* Whether it adds currents, so that POST's have to be put together for each neuron. */
    bool (*has_currents)(const struct connection *connection);
    /* What a value u of 1 in row r does to neuron j: current. */
    double (*current)(const struct connection *connection, const struct population *post, size_t j, size_t row);
};
extern const struct connection_kind connection_decoded, connection_full, connection_neurons;
/* Every kind, in the order shown to people; the first is the default. */
extern const struct connection_kind *const connection_kinds[];
extern const size_t connection_kind_count;

/* Ways to find decoders or weights. One const descriptor each, in a file of its own. */
struct connection_solver {
    const char *name;
    const char *summary;
    bool weights;      /* finds a matrix of weights, and so makes the connection full */
    bool carries_bias; /* what it finds brings POST its whole current, so that POST's own bias has to be off */
    /* Sets connection->decoders or ->weights; false with a sentence. */
    bool (*solve)(struct connection *connection, const struct connection_spec *spec, const struct connection_end *pre,
                  const struct connection_end *post, struct progress progress, struct error *error);
};
extern const struct connection_solver solver_l2, solver_dale, solver_zero;
extern const struct connection_solver *const connection_solvers[];
extern const size_t connection_solver_count;

/* A current is badly met when more than this share of it is missing. */
#define CURRENTS_BADLY 0.1

/* How well a Dale connection meets the currents its post-neurons need, over the evaluation points. */
struct currents_met {
    size_t neurons; /* of POST; 0: it was not asked */
    double *rms;    /* [neurons] root of the mean square of what is missing */
    double *wanted; /* [neurons] root of the mean square of the current itself */
    double rms_all, wanted_all;
    double violation;  /* of the optimality conditions, the largest (nef/nnls.h) */
    size_t zero;       /* weights that are exactly 0 */
    size_t excitatory; /* neurons of PRE that excite */
};

struct connection {
    const struct connection_kind *kind;
    const struct synapse_type *synapse;
    double tau_synapse, scale;
    size_t n_pre, n_post;      /* neurons; 0: a node */
    size_t inputs, *from;      /* [inputs] the dimensions of PRE that f sees */
    struct function *function; /* NULL: x itself. Used by one thread at a time, the one that simulates */
    struct function *target;   /* what the ideal says instead; NULL: the same */
    size_t outputs;            /* of f */
    size_t rows;               /* values that pass the synapse */
    double *transform; /* [rows][outputs] without the scale; NULL: the values are not known (weights given for other
                                       dimensions than f has) */
    double *decoders;  /* [rows][n_pre] transform in them, the scale not; NULL: there are none */
    size_t *to;        /* [rows] the dimension of POST that a value is added to; kind neurons: NULL */
    double *currents;  /* kind neurons: [n_post][rows] what a value does to each neuron; else NULL */
    double *weights;   /* full: [n_pre][padded] a column for each neuron of PRE, without the scale; NULL: none */
    size_t padded;     /* n_post rounded up to NEURON_BLOCK */
    struct currents_met met;
    size_t points;         /* it was solved for; 0: it was not solved */
    double least, largest; /* of the first dimension of PRE at these */
    struct learning_spec learning;
};

/* The same connection with what was found for it given: built from this spec nothing is solved, and the numbers are the
 * same. The caller frees it. */
void connection_solved(const struct connection *connection, const struct connection_spec *spec,
                       struct connection_spec *solved);
/* NULL with a sentence. `progress` is asked while decoders are solved. Decoders are found on the calling thread. */
struct connection *connection_new(const struct connection_spec *spec, const struct connection_end *pre,
                                  const struct connection_end *post, struct progress progress, struct error *error);
void connection_free(struct connection *connection); /* NULL is fine */

/* Current per Hz that each neuron of PRE brings neuron j of POST, into row[n_pre]: gain and scale included. `learned`
 * (or NULL) is what a rule has made of it (network/network.h). False, doing nothing, where there are no neurons at both
 * ends. */
struct connection_learned;
bool connection_weights_row(const struct connection *connection, const struct connection_learned *learned,
                            const struct population *post, size_t j, double *row);
/* All weights before the scale, as a connection that has not learned has them, into matrix[n_pre][padded]. */
void connection_matrix(const struct connection *connection, const struct population *post, double *matrix);
/* What a rule changes, as it stands. */
struct connection_learned {
    double *decoders; /* [rows][n_pre] in use in place of the connection's; NULL: those are */
    double *change;   /* [rows][n_pre] full: weights change by gain_j (scaled encoder_j . change); NULL: not */
    double *weights;  /* [n_pre][padded] full: in use in place of decoders and weights; NULL: those are */
};

/* Evaluation points of a spec for this population, given or drawn; the caller frees. NULL with a sentence. */
struct eval_points *connection_points(const struct connection_spec *spec, const struct population *pre,
                                      struct error *error);
/* Keeps of them what pictures want to know. */
void connection_note_points(struct connection *connection, const struct eval_points *points);
/* f(x) times the transform at every point into values[rows][points]; false with a sentence naming the x where f is not
 * finite. */
bool connection_targets(const struct connection *connection, const struct eval_points *points, double *values,
                        struct error *error);
/* f of PRE's value x[dims], times the transform, before the scale, into u[rows]; in the ideal the target in place of
 * f. */
void connection_exact(const struct connection *connection, bool ideal, const double *x, double *u);

#endif
