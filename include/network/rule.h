/* Learning rules: one const descriptor each, in a file of its own, named once in learning_rules.
 *
 * A rule looks at step k when everything else in it is done (observe) and changes decoders, weights or encoders before
 * the same link carries step k + 1 (apply): what a link used in its last step is what can be read in between. A rule
 * that changes decoders changes link->learned; one that changes encoders changes the place POST, which then has its
 * own.
 *
 * How another rule would go (BCM, Oja): a file rule_bcm.c with `observe` keeping low-passes of pre- and postsynaptic
 * activity in trace and other, and `apply` changing a matrix; and one word in the list in rules.c. */
#ifndef NETWORK_RULE_H
#define NETWORK_RULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "model/synapse.h"
#include "network/connection.h"

struct network;
struct projection;

/* How the error has gone: learning that diverges does not become infinite, because rates saturate. Windows are a second
 * of simulated time. */
struct learning_watch {
    double time, square; /* s, sum over steps of |error|^2 dt, in the window that is open */
    uint64_t windows;    /* that are full */
    double first, last;  /* root mean square of the first and of the last full window */
    uint64_t turns;      /* changes of the error's sign in the window that is open */
    uint64_t last_turns; /* in the last full one */
    double sign;
    double power;      /* sum over steps of |p|^2 / n dt, p the smoothed activities */
    double last_power; /* its mean in the last full window, Hz^2 */
    bool stopped;      /* a change was not finite; the last finite ones stay and learning is off */
};

struct learning {
    const struct learning_rule *rule;
    bool on;
    double rate;
    struct synapse_filter filter; /* low-pass of the activities it looks at */
    double tau;
    size_t traces;
    double *trace;      /* [traces] smoothed activities */
    double *state;      /* [traces] of the filter */
    size_t error_place; /* SIZE_MAX: none */
    size_t errors;
    double *error; /* [errors] of the step observed last */
    double *value; /* [rows] what the link brought in it, for rules that look at that */
    double signal; /* likewise: a factor on the change */
    bool pending;  /* a step was observed and not applied yet */
    struct learning_watch watch;
};

struct learning_rule {
    const char *name;
    const char *summary;
    bool needs_error;      /* a place whose value is the error has to be named */
    bool changes_encoders; /* of POST; else it changes decoders or weights */
    double rate;           /* the usual one */
    /* Whether it can change this connection; false with a sentence. */
    bool (*fits)(const struct connection *connection, const struct connection_end *pre,
                 const struct connection_end *post, size_t error_dims, struct error *error);
    size_t (*traces)(const struct connection *connection); /* how many smoothed activities it keeps */
    /* Sets up link->learned or the place's encoders. */
    void (*begin)(struct network *network, struct projection *link);
    void (*observe)(struct network *network, struct projection *link, size_t step);
    void (*apply)(struct network *network, struct projection *link);
};
extern const struct learning_rule rule_pes, rule_voja;
extern const struct learning_rule *const learning_rules[];
extern const size_t learning_rule_count;

#endif
