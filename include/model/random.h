/* Reproducible random numbers: a (seed, stream) pair always gives the same sequence, on every machine, and streams
 * of one seed do not know one another, so that changing how many numbers one property draws moves no other.
 * Generator: GSL's mt19937. One thread at a time. */
#ifndef MODEL_RANDOM_H
#define MODEL_RANDOM_H

#include <stddef.h>
#include <stdint.h>

enum random_stream {
    RANDOM_MAX_RATE,
    RANDOM_INTERCEPT,
    RANDOM_ENCODER,
    RANDOM_NOISE,
    RANDOM_EVAL_POINTS,
    RANDOM_PRIVATE,
    RANDOM_SIGN,
    RANDOM_LESION,
    RANDOM_GAIN
};

struct random;
/* The seed of an object that was given none: of a session's seed and the object's name, so that two objects of one
 * session are not alike, and what one of them draws does not depend on which others there are. FNV-1a over the
 * name's bytes (Fowler, Noll & Vo), stirred together with the seed; below 2^31, so that it can be read and typed. */
uint64_t random_seed_named(uint64_t seed, const char *name);
/* What a stream starts from, for generators of other kinds (model/normal.h). */
uint64_t random_key(uint64_t seed, enum random_stream stream);
struct random *random_new(uint64_t seed, enum random_stream stream);
void random_free(struct random *random);
/* low <= value <= high (high itself only by rounding); both finite. 2^32 different values. */
double random_uniform(struct random *random, double low, double high);
/* Mean 0, standard deviation 1. */
double random_gaussian(struct random *random);

#endif
