/* A network as it runs: places, the links between them (projections: connections with what changes in them), and the
 * order of a step.
 *
 * One step k. Inputs have their value of step k. A link without a synapse passes its value on in the same step; a link
 * with a synapse gives POST the filter's output as it was after step k - 1 (0 in the first step). Each population forms
 * J from what arrives and advances; its spikes have the height of its model (1 / dt); decoders times spikes enter the
 * synapse, which then advances. A node is the sum of what arrives. A rule looks at the end of step k and what it
 * changes is in use from step k + 1 on. (nengo's order; Bekolay et al. 2014.)
 *
 * What depends on what is put in order once (network/order.h): a place, link or rule that does not depend on itself
 * advances many steps a call, those that are parts of a loop advance together step by step. The numbers do not depend
 * on how steps are split over calls, because a link keeps what POST gets next.
 *
 * Beside the neurons the same network may run without them: the ideal, another struct network of the same connections
 * in which every place is a point that holds a value (network_new with `ideal`).
 *
 * Built on any thread; then owned by one, the one that advances it. Places and links are open to be read between
 * calls. */
#ifndef NETWORK_NETWORK_H
#define NETWORK_NETWORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "model/population.h"
#include "model/private_noise.h"
#include "network/connection.h"
#include "network/rule.h"

/* Most steps of one call of network_advance. */
#define NETWORK_STEPS POPULATION_STEPS

/* What stands at a place, for network_new. */
struct network_place {
    const char *name;
    const struct population *population; /* borrowed; NULL: a node */
    size_t dims;                         /* of a node; a place with neither holds nothing */
};
struct network_link {
    const char *name;
    const struct connection *connection; /* borrowed */
    size_t pre, post;
};

struct place {
    const struct population *population; /* NULL: a node, or nothing */
    size_t dims;                         /* 0: nothing stands here */
    bool has_neurons;                    /* it advances neurons: false of nodes, direct populations and ideals */
    bool driven;                         /* a link arrives here */
    struct population_state *state;      /* of a spiking model */
    struct private_noise *noise;         /* see network_noise */
    const struct stimulus *noise_input;  /* borrowed */
    double *x;        /* [NETWORK_STEPS][dims] before a call: the input of its own; after it: what readers saw */
    uint64_t *bits;   /* [NETWORK_STEPS][padded / 64] who spiked */
    double *rate;     /* [NETWORK_STEPS][padded] of a rate model with links: Hz; else NULL */
    double *current;  /* [NETWORK_STEPS][padded] bias and currents that arrive; NULL: the bias is all */
    double *scaled;   /* [dims][padded] encoders that a rule has changed; NULL: the population's */
    uint32_t *spiked; /* [NETWORK_STEPS][n] who spiked, rising, where a link wants to know */
    size_t spikes[NETWORK_STEPS];
};

struct projection {
    const struct connection *connection; /* borrowed */
    size_t pre, post;
    bool exact;                   /* PRE's value itself is taken, not its spikes */
    struct synapse_filter filter; /* for the present dt */
    size_t width;  /* numbers that arrive: rows (decoders), rows (learned), padded (weights), what there is */
    double *value; /* [NETWORK_STEPS + 1][width] what POST gets in each step of a call */
    double *state; /* [SYNAPSE_ORDER_MAX][width] */
    double *u;     /* [width] what enters the synapse */
    struct connection_learned learned; /* owned */
    bool not_finite;                   /* f was not a number, or infinite, at a value of PRE; 0 was taken for it */
    signed char *sign;                 /* [n_pre][padded] that each weight is held to; NULL: to none */
    struct learning *learning;         /* NULL: no rule */
};
/* What POST gets in step k of this call. */
const double *link_value(const struct projection *link, size_t step);

struct network {
    bool ideal;
    double dt;
    size_t places, links;
    struct place place[NETWORK_PLACES];
    struct projection *link; /* [links] */
    struct order *order;     /* network/order.h */
};

/* `place` has `places` entries, NETWORK_PLACES at most. NULL with a sentence that names the loop, where places feed
 * themselves through connections without a synapse. */
struct network *network_new(const struct network_place *place, size_t places, const struct network_link *link,
                            size_t links, bool ideal, struct error *error);
void network_free(struct network *network); /* NULL is fine */
/* False with the sentence of network_new about loops, without building anything. */
bool network_check_order(const struct network_place *place, size_t places, const struct network_link *link,
                         size_t links, struct error *error);
/* Voltages, filters and what was learned go over from `old`, which is to be freed then. `where[l]` is the link of `old`
 * that link l goes on from, or SIZE_MAX; what it has learned stays behind where `again[l]`. */
void network_adopt(struct network *network, struct network *old, const size_t *where, const bool *again);
/* Voltages and filters back to rest; learned changes stay, unless `learned`. */
void network_reset(struct network *network, bool learned);
/* A place's neurons have noise of their own (model/private_noise.h) while `input` is of a kind that has; NULL: none. */
void network_noise(struct network *network, size_t place, const struct stimulus *input);

/* Advances by 1..NETWORK_STEPS steps of dt. Before it, place[i].x holds each place's own input (0 without one). Two
 * moves: places that no link reaches, in `parts` shares that threads may do side by side; then all else, by one
 * thread. */
void network_advance_free(struct network *network, double dt, size_t steps, size_t part, size_t parts);
void network_advance_rest(struct network *network, double dt, size_t steps);
void network_advance(struct network *network, double dt, size_t steps); /* both */

/* Learning on or off, from the next step on; and back to what the connection started from. */
void network_learn(struct network *network, size_t link, bool on);
void network_unlearn(struct network *network, size_t link);

#endif
