/* Neurons as people list them: labels or numbers, single or as ranges. UI thread only. */
#ifndef RIG_NEURON_LIST_H
#define RIG_NEURON_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct channel;

/* "3,7,20:40": each piece is a label, or two with a ':' between, both included. Where labels are numbers a
 * range holds every neuron whose label lies in it; otherwise it goes in the order of the file, and plain
 * numbers count neurons from 0. *neuron: malloc'ed, rising, each once. False with a sentence. */
bool neuron_list_read(const struct channel *channel, const char *text, uint32_t **neuron, size_t *count,
                      struct error *error);

/* The neuron whose label is `text`, or reads as the same number; -1: none. */
long neuron_list_one(const struct channel *channel, const char *text, size_t length);

/* The same for many of them: the labels in order, so that each costs log n. Valid while the channel's neurons stay. */
struct neuron_names;
struct neuron_names *neuron_names_new(const struct channel *channel);
long neuron_names_find(const struct neuron_names *names, const char *text, size_t length);
void neuron_names_free(struct neuron_names *names);

#endif
