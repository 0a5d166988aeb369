/* What was asked of a network, as plain data: places (populations and nodes) and the connections between them. Nothing
 * here is solved or running; network/connection.h says what a connection becomes, network/network.h how it runs.
 *
 * A place is known by its number. Dimensions count from 0 here, from 1 in what people type. Ownership: a spec owns what
 * its pointers point to, but for the const descriptors; copies are deep. */
#ifndef NETWORK_SPEC_H
#define NETWORK_SPEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/population.h"
#include "model/stimulus.h"
#include "model/synapse.h"
#include "nef/decoder.h"

struct connection_kind;
struct connection_solver;
struct learning_rule;

/* Numbers in rows; value[row * columns + column]. rows 0: there is none. A list whose shape is not known yet has rows
 * 1. */
struct matrix {
    size_t rows, columns;
    double *value;
};
void matrix_copy(struct matrix *to, const struct matrix *from);
void matrix_free(struct matrix *matrix);

/* Some of the dimensions of a value, in the order given; count 0: all of them, in order. */
struct dimensions {
    size_t count;
    size_t *of;
};

/* How a connection changes while it runs. */
struct learning_spec {
    const struct learning_rule *rule; /* NULL: it does not */
    bool on;                          /* it learns at present */
    double rate;                      /* > 0; its unit is the rule's */
    double tau;                       /* of the low-pass that smooths the activities the rule looks at, s; 0: none */
    bool keep_signs;                  /* no weight of a full connection changes its sign: it stays at 0 instead */
    bool has_error;
    size_t error; /* the place whose value says what is wrong, if the rule wants one */
};

struct connection_spec {
    char *name;
    size_t pre, post; /* places; may be one */
    const struct connection_kind *kind;
    char *function; /* of what PRE represents, as typed (nef/function.h); NULL: x itself */
    char *target;   /* what it is to say once it has learned, as typed; NULL: what it says without learning */
    /* What f(x) is multiplied with; none: 1. One number stands for that number times the identity. */
    struct matrix transform;
    struct dimensions from, to;
    const struct synapse_type *synapse;
    double tau_synapse; /* s, >= 0 */
    /* how its decoders or weights are found */
    const struct connection_solver *solver;
    double reg;                 /* share of the highest rate taken for noise, >= 0 */
    struct eval_points *points; /* given; NULL: `point_count` are drawn (0: as many as usual) by `seed` */
    size_t point_count;
    uint64_t seed;
    struct matrix decoders; /* given: n_pre rows, a column for each value that arrives, transform in it */
    struct matrix weights;  /* given: n_post rows, n_pre columns, in current per Hz */
    double scale;           /* everything that arrives is multiplied with it; 1 */
    double excitatory;      /* Dale: the share of PRE's neurons that excite, 0..1 */
    struct matrix mask;     /* Dale: given, a row for each neuron of PRE: 1 excites, 0 inhibits, 0.5 does both */
    bool gram;              /* Dale: the form of the problem (network/dale.h) */
    struct learning_spec learning;
};

/* Decoded, x, low-pass of 5 ms, l2 with reg 0.1, seed 1, scale 1, 0.7 excitatory, no learning (at 1e-4, 5 ms). */
void connection_spec_init(struct connection_spec *spec);
void connection_spec_copy(struct connection_spec *to, const struct connection_spec *from); /* deep */
void connection_spec_free(struct connection_spec *spec);                                   /* what it owns */

/* Most places of a network. */
#define NETWORK_PLACES 64

/* A population, or a node: a point that holds a value of `dims` numbers and has no neurons. */
struct place_spec {
    char *name;
    bool node;
    size_t dims;                       /* of a node */
    struct population_spec population; /* where it is no node */
    struct stimulus *input;            /* of its own; NULL: 0 */
};

struct network_spec {
    size_t places, connections;
    struct place_spec *place;
    struct connection_spec *connection;
};
void network_spec_init(struct network_spec *spec);
/* Appends an empty one, of the defaults, and gives it (valid until the next is added). `name` is copied. */
struct place_spec *network_spec_place(struct network_spec *spec, const char *name);
struct connection_spec *network_spec_connect(struct network_spec *spec, const char *name, size_t pre, size_t post);
void network_spec_copy(struct network_spec *to, const struct network_spec *from); /* deep */
void network_spec_free(struct network_spec *spec);

#endif
