/* The keys of `meanfield`, made from the tables in meanfield/. UI thread only. */
#ifndef TYPED_MEANFIELD_ROWS_H
#define TYPED_MEANFIELD_ROWS_H

#include "language/arguments.h"
#include "view/meanfield_state.h"

/* tau_m, tau_s, tau_r, V_th, V_0; with `network` C, W_exc ... K_inh and exc.tau_m ... inh.C as well. Present
 * values are shown as defaults and not filled in. */
void meanfield_rows_add(struct parameter_set *set, const struct meanfield_state *state, bool network);
/* method, filter and refractory of `set` and of what has a transfer function. */
void meanfield_rows_add_options(struct parameter_set *set, const struct meanfield_state *state);

/* Writes what was typed of all these into *state (rows that are not in the set are as if not typed) and
 * checks the neurons. False with a sentence; *state is then not to be used. */
bool meanfield_rows_apply(const struct arguments *arguments, struct meanfield_state *state, struct error *error);

/* The working points of mu=, sigma=, points=, all pairs with mu outermost; what is not typed is the chosen
 * one's. The array is given. NULL with a sentence. */
struct working_point *meanfield_rows_points(const struct arguments *arguments, const struct meanfield_state *state,
                                            size_t *count, struct error *error);

#endif
