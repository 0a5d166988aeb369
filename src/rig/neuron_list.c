/* Labels may hold a ':' themselves ("cortex:12"), so a piece is looked up whole before it is taken for a
 * range, and then every ':' in it is tried as the one between the ends. */
#include "rig/neuron_list.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/xalloc.h"
#include "rig/channel.h"

/* The labels as numbers. */
struct numbers {
    double *value; /* [neurons] NaN: the label is no number */
    bool any;
};

static struct numbers read_labels(const struct channel *channel)
{
    size_t neurons = channel_neurons(channel);
    struct numbers numbers = {.value = xmalloc(neurons * sizeof *numbers.value), .any = channel->population};
    for (size_t i = 0; i < neurons; i++) {
        numbers.value[i] = (double)i;
        if (channel->population)
            continue;
        char buffer[32];
        const char *label = channel_label(channel, i, buffer, sizeof buffer);
        if (!number_parse(label, strlen(label), &numbers.value[i]))
            numbers.value[i] = NAN;
        numbers.any = numbers.any || !isnan(numbers.value[i]);
    }
    return numbers;
}

static bool is_label(const struct channel *channel, size_t neuron, const char *text, size_t length)
{
    char buffer[32];
    const char *label = channel_label(channel, neuron, buffer, sizeof buffer);
    return strncmp(label, text, length) == 0 && label[length] == '\0';
}

/* One neuron by its label, by a label that is the same number, or by counting where no label is a number. */
static long find_one(const struct channel *channel, const struct numbers *numbers, const char *text,
                     size_t length)
{
    size_t neurons = channel_neurons(channel);
    double value;
    for (size_t i = 0; !channel->population && i < neurons; i++)
        if (is_label(channel, i, text, length))
            return (long)i;
    if (length == 0 || !number_parse(text, length, &value))
        return -1;
    for (size_t i = 0; numbers->any && i < neurons; i++)
        if (numbers->value[i] == value)
            return (long)i;
    bool counts = !numbers->any && value >= 0 && value < (double)neurons && value == floor(value);
    return counts ? (long)value : -1;
}

long neuron_list_one(const struct channel *channel, const char *text, size_t length)
{
    struct numbers numbers = read_labels(channel);
    long found = find_one(channel, &numbers, text, length);
    free(numbers.value);
    return found;
}

/* Neurons of a range whose ':' is at `colon`; returns how many. */
static size_t mark_range(const struct channel *channel, const struct numbers *numbers, const char *text,
                         size_t colon, size_t length, bool *wanted)
{
    const char *second = text + colon + 1;
    size_t neurons = channel_neurons(channel), rest = length - colon - 1, count = 0;
    double low, high;
    if (numbers->any && number_parse(text, colon, &low) && number_parse(second, rest, &high)) {
        for (size_t i = 0; i < neurons; i++)
            if (numbers->value[i] >= fmin(low, high) && numbers->value[i] <= fmax(low, high)) {
                wanted[i] = true;
                count++;
            }
        return count;
    }
    long from = find_one(channel, numbers, text, colon), to = find_one(channel, numbers, second, rest);
    if (from < 0 || to < 0)
        return 0;
    for (long i = from < to ? from : to; i <= (from < to ? to : from); i++) {
        wanted[i] = true;
        count++;
    }
    return count;
}

static bool none_there(const struct channel *channel, const char *text, size_t length, bool range,
                       struct error *error)
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

static bool mark_piece(const struct channel *channel, const struct numbers *numbers, const char *text,
                       size_t length, bool *wanted, struct error *error)
{
    long one = find_one(channel, numbers, text, length);
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
        if (mark_range(channel, numbers, text, at, length, wanted) > 0)
            return true;
    }
    return none_there(channel, text, length, range, error);
}

bool neuron_list_read(const struct channel *channel, const char *text, uint32_t **neuron, size_t *count,
                      struct error *error)
{
    size_t neurons = channel_neurons(channel);
    struct numbers numbers = read_labels(channel);
    bool *wanted = xcalloc(neurons, sizeof *wanted), good = true;
    for (const char *piece = text; good;) {
        size_t length = strcspn(piece, ",");
        good = mark_piece(channel, &numbers, piece, length, wanted, error);
        if (piece[length] == '\0')
            break;
        piece += length + 1;
    }
    *count = 0;
    *neuron = good ? xmalloc(neurons * sizeof **neuron) : NULL;
    for (size_t i = 0; good && i < neurons; i++)
        if (wanted[i])
            (*neuron)[(*count)++] = (uint32_t)i;
    free(wanted);
    free(numbers.value);
    return good;
}
