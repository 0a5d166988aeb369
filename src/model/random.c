/* mt19937 takes a seed of 32 bits; splitmix64 (Steele, Lea & Flood 2014) stirs seed and stream into them, so
 * that seeds 1, 2, 3 and neighbouring streams start at unrelated places. */
#include "model/random.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <stdlib.h>

#include "base/xalloc.h"

struct random {
    gsl_rng generator; /* its state is ours: gsl_rng_alloc may be without memory */
};

static uint64_t splitmix64(uint64_t x)
{
    x += UINT64_C(0x9e3779b97f4a7c15);
    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

uint64_t random_seed_named(uint64_t seed, const char *name)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (; *name; name++)
        hash = (hash ^ (unsigned char)*name) * UINT64_C(0x100000001b3);
    return splitmix64(splitmix64(seed) ^ hash) >> 33;
}

uint64_t random_key(uint64_t seed, enum random_stream stream)
{
    return splitmix64(splitmix64(seed) + stream);
}

struct random *random_new(uint64_t seed, enum random_stream stream)
{
    struct random *random = xalloc(sizeof *random);
    random->generator = (gsl_rng){gsl_rng_mt19937, xcalloc(1, gsl_rng_mt19937->size)};
    gsl_rng_set(&random->generator, (unsigned long)(random_key(seed, stream) >> 32));
    return random;
}

void random_free(struct random *random)
{
    if (!random)
        return;
    free(random->generator.state);
    free(random);
}

double random_uniform(struct random *random, double low, double high)
{
    return low + (high - low) * gsl_rng_uniform(&random->generator);
}

double random_gaussian(struct random *random)
{
    return gsl_ran_gaussian(&random->generator, 1);
}
