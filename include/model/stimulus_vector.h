/* A stimulus of several dimensions is a chain: each dimension's own stimulus points to the next one's. A chain of one
 * feeds every dimension alike; in a longer one dimensions behind its end stay at 0. */
#ifndef MODEL_STIMULUS_VECTOR_H
#define MODEL_STIMULUS_VECTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/stimulus.h"

/* That of dimension d, counted from 0; NULL: it stays at 0. Borrowed. */
const struct stimulus *stimulus_of(const struct stimulus *stimulus, size_t d);
/* x[dims] at a time; all 0 without a stimulus. */
void stimulus_values(const struct stimulus *stimulus, double time, size_t dims, double *x);
/* What it should be for so many dimensions, as a new chain: a longer one is cut; one that is the same in every
 * dimension goes on so, noise with a sequence of its own in each; else the further dimensions are 0. NULL when it is
 * that already. */
struct stimulus *stimulus_fit(const struct stimulus *stimulus, size_t dims);
/* A copy whose noises are drawn anew; NULL when there is no noise in it. */
struct stimulus *stimulus_reseed(const struct stimulus *stimulus, uint64_t seed);
/* A copy in which dimension d is `part` (taken); the others stay what they are of `dims` in all. */
struct stimulus *stimulus_replace(const struct stimulus *stimulus, size_t dims, size_t d, struct stimulus *part);
/* The seed that dimension d of a noise goes by: `seed` itself for the first. */
uint64_t stimulus_seed(uint64_t seed, size_t d);
/* "(sin(2πt), cos(2πt))", "0.5 in both dimensions"; of one dimension as stimulus_describe. size > 0. */
void stimulus_describe_all(const struct stimulus *stimulus, size_t dims, char *out, size_t size);

/* Steps of dt (s) follow every frequency in it (all are below 1 / (2 dt); what is faster would come out as something
 * slower). False with a sentence that says which does not. */
bool stimulus_suits_step(const struct stimulus *stimulus, double dt, struct error *error);
/* What a played file loses in such steps, as a sentence: "900 of 1 000 samples of x.csv ..."; "" when each is in a
 * step. */
void stimulus_describe_loss(const struct stimulus *stimulus, double dt, char *out, size_t size);

#endif
