/* Decoders: the weights d with which the rates a_i(x) of a population give f(x),
 *
 *   f(x) ~ sum_i a_i(x) d_i,   minimising   sum over m evaluation points |f(x) - A d|^2 + m sigma^2 |d|^2
 *
 * with sigma = reg * (highest rate in A): regularised least squares as nengo's LstsqL2 (Eliasmith & Anderson
 * 2003, ch. 2). Rates are those of the model's own curve (LIF for spiking models, SoftLIF for softlif).
 *
 * A spike of height h (1 / dt) in a step counts like a rate of h in it: sum over spikes of h d_i, filtered by
 * a synapse, decodes spikes. Linear algebra: OpenBLAS, on the calling thread. Several threads may solve at once, each
 * with a function and points of its own. */
#ifndef NEF_DECODER_H
#define NEF_DECODER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/progress.h"
#include "model/population.h"
#include "nef/function.h"

/* Values of x that decoders are made for. */
struct eval_points {
    size_t count, dims;
    double *x; /* [count][dims], in units of x; owned */
};
/* How many nengo draws: max(clip(500 dims, 750, 2500), 2 n). */
size_t eval_points_usual(size_t n, size_t dims);
/* False with a sentence if so many, with `outputs` values of a function at each, take too much memory. */
bool eval_points_fit(size_t count, size_t dims, size_t outputs, struct error *error);
/* Spread evenly over the ball of the population's radius (in one dimension -radius to radius). count 0: the
 * usual. */
struct eval_points *eval_points_draw(const struct population *population, size_t count, uint64_t seed);
/* `count` evenly spaced values of a one-dimensional x from low to high, both included; one stands at low. */
struct eval_points *eval_points_even(double low, double high, size_t count);
struct eval_points *eval_points_copy(const struct eval_points *points);
/* Those that a population's spec asks for: given, or drawn by its seed. */
struct eval_points *eval_points_of(const struct population_spec *spec, const struct population *population);
void eval_points_free(struct eval_points *points);

struct decoder {
    size_t n, outputs;
    double *weight; /* [outputs][n], units of f per Hz */
    size_t points;  /* m */
    double highest; /* rate in A, Hz */
    size_t silent;  /* neurons that fire at none of the points; all: every weight is 0 */
};

/* Solves for `function`, which has the population's dims. reg >= 0; 0 is plain least squares, of the smallest
 * |d| where several are best. Above some tenths of a second `progress` is asked. NULL with a sentence:
 * function not finite at a point, points of other dims, too much memory, interrupted. */
struct decoder *decoder_solve(const struct population *population, struct function *function,
                              const struct eval_points *points, double reg, struct progress progress,
                              struct error *error);
/* The same for values that are known at each point: target[outputs][points]. */
struct decoder *decoder_solve_targets(const struct population *population, const double *target, size_t outputs,
                                      const struct eval_points *points, double reg, struct progress progress,
                                      struct error *error);
void decoder_free(struct decoder *decoder); /* NULL is fine */

/* Opens the libraries that decoder_solve needs, which looks at the environment: to be called on the main thread before
 * decoder_solve runs on another. False with a sentence when they are not there. */
bool decoder_prepare(struct error *error);
/* False with a sentence that says how much memory decoders of n neurons at m points would take, if that is
 * too much. */
bool decoder_fits(size_t n, size_t m, struct error *error);

/* y[outputs] = sum_i rate[i] weight_i. */
void decoder_decode(const struct decoder *decoder, const double *rate, double *y);
/* The same with the population's rates at x[dims]: what ideal rates decode to. */
void decoder_value(const struct decoder *decoder, const struct population *population, const double *x, double *y);

#endif
