/* Labels may hold a ':' themselves ("cortex:12"), so a piece is looked up whole before it is taken for a
 * range, and then every ':' in it is tried as the one between the ends. */
#include "rig/neuron_list.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/stop.h"
#include "base/xalloc.h"
#include "rig/channel.h"

struct label_of {
    const char *label;
    size_t neuron;
};

struct number_of {
    double value;
    size_t neuron;
};

struct neuron_names {
    const struct channel *channel;
    size_t neurons;
    double *value;          /* [neurons] the labels as numbers; NaN: the label is none */
    bool any;               /* is one? */
    struct label_of *label; /* [labels] rising; of a population none, whose labels are its numbers */
    size_t labels;
    struct number_of *number; /* [numbers] rising */
    size_t numbers;
};

static int compare_labels(const void *a, const void *b)
{
    const struct label_of *x = a, *y = b;
    int order = strcmp(x->label, y->label);
    return order ? order : (x->neuron > y->neuron) - (x->neuron < y->neuron);
}

static int compare_numbers(const void *a, const void *b)
{
    const struct number_of *x = a, *y = b;
    int order = (x->value > y->value) - (x->value < y->value);
    return order ? order : (x->neuron > y->neuron) - (x->neuron < y->neuron);
}

static void read_label(struct neuron_names *names, size_t i)
{
    char buffer[32];
    const char *label = channel_label(names->channel, i, buffer, sizeof buffer);
    names->label[names->labels++] = (struct label_of){label, i};
    if (!number_parse(label, strlen(label), &names->value[i]))
        names->value[i] = NAN;
    if (isnan(names->value[i]))
        return;
    names->any = true;
    names->number[names->numbers++] = (struct number_of){names->value[i], i};
}

struct neuron_names *neuron_names_new(const struct channel *channel)
{
    struct neuron_names *names = xcalloc(1, sizeof *names);
    size_t neurons = names->neurons = channel_neurons(channel);
    names->channel = channel;
    names->value = xalloc(neurons * sizeof *names->value);
    names->any = channel->population;
    for (size_t i = 0; channel->population && i < neurons; i++)
        names->value[i] = (double)i;
    if (channel->population)
        return names;
    names->label = xcalloc(neurons, sizeof *names->label);
    names->number = xcalloc(neurons, sizeof *names->number);
    for (size_t i = 0; i < neurons; i++)
        read_label(names, i);
    qsort(names->label, names->labels, sizeof *names->label, compare_labels);
    qsort(names->number, names->numbers, sizeof *names->number, compare_numbers);
    return names;
}

void neuron_names_free(struct neuron_names *names)
{
    if (!names)
        return;
    free(names->value);
    free(names->label);
    free(names->number);
    free(names);
}

/* The first neuron with that label; -1: none. */
static long find_label(const struct neuron_names *names, const char *text, size_t length)
{
    size_t low = 0, high = names->labels;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strncmp(names->label[middle].label, text, length) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool same = low < names->labels && strncmp(names->label[low].label, text, length) == 0 &&
                names->label[low].label[length] == '\0';
    return same ? (long)names->label[low].neuron : -1;
}

/* The first neuron whose label is that number; -1: none. */
static long find_number(const struct neuron_names *names, double value)
{
    size_t low = 0, high = names->numbers;
    if (names->channel->population)
        return value >= 0 && value < (double)names->neurons && value == floor(value) ? (long)value : -1;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (names->number[middle].value < value)
            low = middle + 1;
        else
            high = middle;
    }
    return low < names->numbers && names->number[low].value == value ? (long)names->number[low].neuron : -1;
}

/* One neuron by its label, by a label that is the same number, or by counting where no label is a number. */
long neuron_names_find(const struct neuron_names *names, const char *text, size_t length)
{
    double value;
    long labelled = find_label(names, text, length);
    if (labelled >= 0 || length == 0 || !number_parse(text, length, &value))
        return labelled;
    if (names->any)
        return find_number(names, value);
    return value >= 0 && value < (double)names->neurons && value == floor(value) ? (long)value : -1;
}

long neuron_list_one(const struct channel *channel, const char *text, size_t length)
{
    struct neuron_names *names = neuron_names_new(channel);
    long found = neuron_names_find(names, text, length);
    neuron_names_free(names);
    return found;
}

/* Neurons of a range whose ':' is at `colon`; returns how many. */
static size_t mark_range(const struct neuron_names *names, const char *text, size_t colon, size_t length, bool *wanted)
{
    const char *second = text + colon + 1;
    size_t neurons = names->neurons, rest = length - colon - 1, count = 0;
    double low, high;
    if (names->any && number_parse(text, colon, &low) && number_parse(second, rest, &high)) {
        for (size_t i = 0; i < neurons; i++)
            if (names->value[i] >= fmin(low, high) && names->value[i] <= fmax(low, high)) {
                wanted[i] = true;
                count++;
            }
        return count;
    }
    long from = neuron_names_find(names, text, colon), to = neuron_names_find(names, second, rest);
    if (from < 0 || to < 0)
        return 0;
    for (long i = from < to ? from : to; i <= (from < to ? to : from); i++) {
        wanted[i] = true;
        count++;
    }
    return count;
}

static bool none_there(const struct channel *channel, const char *text, size_t length, bool range, struct error *error)
{
    char first[32], last[32];
    size_t neurons = channel_neurons(channel);
    int shown = length > 60 ? 60 : (int)length;
    if (neurons == 0)
        return error_set(error, "%s has no neurons", channel->name);
    return error_set(error, "%s has no neuron%s '%.*s'; it has %zu, from %.40s to %.40s", channel->name,
                     range ? "s" : "", shown, text, neurons, channel_label(channel, 0, first, sizeof first),
                     channel_label(channel, neurons - 1, last, sizeof last));
}

static bool mark_piece(const struct neuron_names *names, const char *text, size_t length, bool *wanted,
                       struct error *error)
{
    long one = neuron_names_find(names, text, length);
    bool range = false;
    if (length == 0)
        return error_set(error, "a neuron is missing in the list: write 3,7,20:40");
    if (one >= 0) {
        wanted[one] = true;
        return true;
    }
    for (size_t at = 1; at + 1 < length; at++) {
        if (text[at] != ':')
            continue;
        range = true;
        if (mark_range(names, text, at, length, wanted) > 0)
            return true;
    }
    return none_there(names->channel, text, length, range, error);
}

bool neuron_list_read(const struct channel *channel, const char *text, uint32_t **neuron, size_t *count,
                      struct error *error)
{
    size_t neurons = channel_neurons(channel);
    struct neuron_names *names = neuron_names_new(channel);
    bool *wanted = xcalloc(neurons, sizeof *wanted), good = true;
    for (const char *piece = text; good;) {
        if (stop_requested()) {
            good = error_set(error, "interrupted");
            break;
        }
        size_t length = strcspn(piece, ",");
        good = mark_piece(names, piece, length, wanted, error);
        if (piece[length] == '\0')
            break;
        piece += length + 1;
    }
    *count = 0;
    *neuron = good ? xalloc(neurons * sizeof **neuron) : NULL;
    for (size_t i = 0; good && i < neurons; i++)
        if (wanted[i])
            (*neuron)[(*count)++] = (uint32_t)i;
    free(wanted);
    neuron_names_free(names);
    return good;
}
