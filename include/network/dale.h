/* Dale's principle: every neuron of PRE either excites all neurons of POST or inhibits them. For each neuron j of POST
 * the non-negative w are found that bring it the current it needs,
 *
 *   J_j(x) = gain_j (e_j . f(x)) / radius + bias_j  ~  sum_i s_i a_i(x) w_ji,     s_i = 1 or -1, weights s_i w_ji
 *
 * with its bias in it, so the bias of POST itself has to be off. With A the rates at m evaluation points, columns times
 * their signs, G = A'A + m sigma^2 I and sigma = reg * (highest rate), there are two forms of the problem:
 *
 *   stacked  minimise |A w - J|^2 + m sigma^2 |w|^2, the regularised least squares that is meant
 *   gram     minimise |G w - A'J|^2, what the worked example on the Nengo forum solves; other weights become 0
 *
 * G is made once, in blocks of points; A is never in memory as a whole. As J is affine in f(x), so is A'J in gain,
 * encoder and bias, and all post-neurons share one small product. */
#ifndef NETWORK_DALE_H
#define NETWORK_DALE_H

#include <stdint.h>

#include "network/connection.h"

struct dale_request {
    const struct population *pre, *post;
    const struct eval_points *points; /* of PRE's dims */
    size_t rows;                      /* values of f */
    const double *target;             /* [rows][points], units of POST */
    const size_t *to;                 /* [rows] dimensions of POST */
    const double *sign;               /* [pre->n] 1, -1, or 0: both */
    double reg;
    bool gram;
};

/* weights [pre->n][post->padded] (zeroed by the caller) and how well they do. False with a sentence. */
bool dale_solve(const struct dale_request *request, double *weights, struct currents_met *met, struct progress progress,
                struct error *error);
/* Who excites: 1 or -1 for each of n neurons, round(share n) of them 1, drawn by seed. */
void dale_signs(size_t n, double share, uint64_t seed, double *sign);

#endif
