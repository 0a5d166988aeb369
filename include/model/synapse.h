/* Synapses: linear filters that smooth spikes, one const descriptor each, listed once in synapse_types.
 *
 *   low-pass  H(s) = 1 / (tau s + 1)        alpha  H(s) = 1 / (tau s + 1)^2        none  H(s) = 1
 *
 * In steps of dt, by zero-order hold (nengo LinearFilter):  state = A state + B u,  y = C state + D u  with
 * the new state, so that a spike shows in the step it falls into. With tau = 0 every synapse passes u
 * through. Any thread. */
#ifndef MODEL_SYNAPSE_H
#define MODEL_SYNAPSE_H

#include <stddef.h>

#define SYNAPSE_ORDER_MAX 2

/* A synapse at a certain tau and dt. */
struct synapse_filter {
    size_t order;                                   /* numbers of state for each value; 0: none */
    double a[SYNAPSE_ORDER_MAX][SYNAPSE_ORDER_MAX]; /* unused entries are 0 */
    double b[SYNAPSE_ORDER_MAX], c[SYNAPSE_ORDER_MAX];
    double d;
};

struct synapse_type {
    const char *name;    /* "lowpass": the word in commands */
    const char *title;   /* "low-pass" */
    const char *summary; /* a line for help and the manual */
    size_t order;        /* with tau > 0 */
    /* tau > 0, dt > 0, s. */
    void (*discretise)(struct synapse_filter *filter, double tau, double dt);
};

extern const struct synapse_type synapse_lowpass, synapse_alpha, synapse_none;
/* Every synapse, in the order shown to people; the first is the default. */
extern const struct synapse_type *const synapse_types[];
extern const size_t synapse_type_count;

/* The filter for tau >= 0 and dt > 0, both in s and finite. */
struct synapse_filter synapse_filter(const struct synapse_type *type, double tau, double dt);

/* One step of `values` signals at once: u[values] in, y[values] out (may be the same memory).
 * state [order][values], zeros to begin with; not touched when the order is 0. */
void synapse_step(const struct synapse_filter *filter, size_t values, const double *u, double *state, double *y);
/* The state in which every signal has stood at y0[values] for ever. */
void synapse_rest(const struct synapse_filter *filter, size_t values, const double *y0, double *state);

#endif
