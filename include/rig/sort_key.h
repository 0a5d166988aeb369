/* What neurons can be sorted by: one row each, listed once. UI thread only. */
#ifndef RIG_SORT_KEY_H
#define RIG_SORT_KEY_H

#include <stddef.h>

#include "base/word.h"

struct channel;
struct session;

struct sort_key {
    const char *name;       /* "first" */
    const char *by;         /* for people: "first spike" */
    const char *low, *high; /* what has the smallest and the largest value, for people: "the slowest" */
    /* A number for each neuron into value [channel_neurons]; NaN: above all others. NULL: the channel's own
     * order. */
    void (*fill)(const struct channel *channel, double *value);
};

extern const struct sort_key sort_keys[];
extern const size_t sort_key_count;
/* The values come from a file. */
extern const struct sort_key sort_key_file;

struct word_list sort_key_words(const struct session *session);

#endif
