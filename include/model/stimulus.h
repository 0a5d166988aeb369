/* Stimuli: what is fed into a population, as a function of time. One const descriptor a kind, listed once.
 *
 * A stimulus is immutable once made; its value at a time depends on nothing else, so any chunking gives the same
 * signal, and drawing may ask for past values. Values are in the units of x; times seconds. model/stimulus_vector.h is
 * about several dimensions. */
#ifndef MODEL_STIMULUS_H
#define MODEL_STIMULUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/number.h"

#define STIMULUS_MAX_PARAMS 8

struct stimulus_param {
    const char *name;
    enum dimension dimension;
    double fallback;  /* value when not given */
    double low, high; /* both allowed */
    const char *help;
};

/* A column of samples for playback, times not falling (of equal times the last sample counts), all finite; owned by
 * the stimulus once it is made. */
struct stimulus_samples {
    size_t count;
    double *time, *value;
    bool rows;    /* a row a step: the first from 0 to time[0], the next from behind that to time[1] ... */
    char *source; /* file name, for sentences */
    char *column; /* its name, where several columns are played; else NULL */
};

struct stimulus;

struct stimulus_type {
    const char *name; /* "sine" */
    const char *summary;
    struct stimulus_param params[STIMULUS_MAX_PARAMS]; /* ends at a NULL name */
    bool samples;                                      /* needs a struct stimulus_samples */
    bool seeded;                                       /* draws random numbers */
    /* The value is a current that every neuron gets, whatever its gain, bias and encoder, with noise of its own:
     * model/private_noise.h */
    bool private_noise;
    size_t fastest; /* 1 + index of the parameter that is the highest frequency in it; 0: it has none */
    /* Checks values and prepares tables; false with a sentence. May be NULL. */
    bool (*prepare)(struct stimulus *stimulus, struct error *error);
    double (*value)(const struct stimulus *stimulus, double time);
    /* How many samples fall between two steps of dt and are in none of them. NULL: it has no samples. */
    size_t (*passed_over)(const struct stimulus *stimulus, double dt);
    /* "sin(2π·2t)", UTF-8: at most size bytes. */
    void (*describe)(const struct stimulus *stimulus, char *out, size_t size);
};

struct stimulus {
    const struct stimulus_type *type;
    double param[STIMULUS_MAX_PARAMS]; /* in the order of type->params */
    uint64_t seed;                     /* noise */
    struct stimulus_samples *samples;  /* owned */
    double *table;                     /* owned; prepared by noise: one period, evenly spaced */
    size_t table_count;
    struct stimulus *next; /* owned: that of the next dimension; NULL: none */
};

/* Most frequencies one noise is made of: high * period. */
#define STIMULUS_MAX_HARMONICS 131072

/* constant, step, ramp, sine, noise, white, file; the first is the default. */
extern const struct stimulus_type stimulus_constant, stimulus_step, stimulus_ramp, stimulus_sine, stimulus_noise,
    stimulus_white, stimulus_file;
extern const struct stimulus_type *const stimulus_types[];
extern const size_t stimulus_type_count;

/* Makes one, of one dimension, from parameter values in the type's order (NULL: the fallbacks); takes `samples` (frees
 * it on failure too). NULL with a sentence when a value is out of range. */
struct stimulus *stimulus_new(const struct stimulus_type *type, const double *values, uint64_t seed,
                              struct stimulus_samples *samples, struct error *error);
/* The whole chain (model/stimulus_vector.h). */
struct stimulus *stimulus_copy(const struct stimulus *stimulus);
void stimulus_free(struct stimulus *stimulus);
/* Of its own dimension only, as stimulus_describe. */
double stimulus_value(const struct stimulus *stimulus, double time);
/* Short, for a status line; never cut inside a character. size > 0. */
void stimulus_describe(const struct stimulus *stimulus, char *out, size_t size);
/* Frees a column of samples that no stimulus has taken. */
void stimulus_samples_free(struct stimulus_samples *samples);

#endif
