#include "rig/sort_key.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "rig/channel.h"

/* ---- spikes ---- */

struct tally {
    double *count, *first; /* either may be NULL */
};

static void tally_spike(void *context, double time, uint32_t neuron)
{
    const struct tally *tally = context;
    if (tally->count)
        tally->count[neuron]++;
    if (tally->first && isnan(tally->first[neuron]))
        tally->first[neuron] = time;
}

static void tally_all(const struct channel *channel, struct tally *tally)
{
    struct spike_source source = channel_source(channel);
    struct time_span span;
    if (source.neurons == 0 || !source_extent(&source, &span))
        return;
    if (channel->population) /* what others spiked before is not theirs */
        span_since(&span, channel->changed);
    source_each(&source, span_low(&span), span_high(&span), tally_spike, tally);
}

/* Spikes in all: every neuron was recorded for the same time. */
static void fill_rate(const struct channel *channel, double *value)
{
    size_t neurons = channel_neurons(channel);
    for (size_t i = 0; i < neurons; i++)
        value[i] = 0;
    tally_all(channel, &(struct tally){.count = value});
}

static void fill_first(const struct channel *channel, double *value)
{
    size_t neurons = channel_neurons(channel);
    for (size_t i = 0; i < neurons; i++)
        value[i] = NAN;
    tally_all(channel, &(struct tally){.first = value});
}

/* ---- names ---- */

static void fill_number(const struct channel *channel, double *value)
{
    for (size_t i = 0, n = channel_neurons(channel); i < n; i++)
        value[i] = (double)i;
}

struct labelled {
    const char *label;
    size_t neuron;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* As people sort: runs of digits count as numbers, "D3_9" before "D3_10". */
static int compare_natural(const char *a, const char *b)
{
    while (*a && *b) {
        if (!is_digit(*a) || !is_digit(*b)) {
            if (*a != *b)
                return (unsigned char)*a < (unsigned char)*b ? -1 : 1;
            a++, b++;
            continue;
        }
        a += strspn(a, "0");
        b += strspn(b, "0");
        size_t digits = strspn(a, "0123456789"), other = strspn(b, "0123456789");
        int order = digits != other ? (digits < other ? -1 : 1) : strncmp(a, b, digits);
        if (order)
            return order;
        a += digits;
        b += other;
    }
    return *a ? 1 : *b ? -1 : 0;
}

static int compare_labelled(const void *a, const void *b)
{
    const struct labelled *x = a, *y = b;
    int order = compare_natural(x->label, y->label);
    return order ? order : (x->neuron > y->neuron) - (x->neuron < y->neuron);
}

static void fill_label(const struct channel *channel, double *value)
{
    size_t neurons = channel_neurons(channel);
    if (!channel->recording) { /* labels are numbers, or in order already */
        fill_number(channel, value);
        return;
    }
    struct labelled *list = xcalloc(neurons, sizeof *list);
    for (size_t i = 0; i < neurons; i++)
        list[i] = (struct labelled){channel->recording->label[i], i};
    qsort(list, neurons, sizeof *list, compare_labelled);
    for (size_t i = 0; i < neurons; i++)
        value[list[i].neuron] = (double)i;
    free(list);
}

static void fill_file(const struct channel *channel, double *value)
{
    for (size_t i = 0, n = channel_neurons(channel); i < n; i++)
        value[i] = i < channel->shown.depths ? channel->shown.depth[i] : NAN;
}

const struct sort_key sort_keys[] = {
    {"rate", "rate", "the slowest", "the fastest", fill_rate},
    {"first", "first spike", "the first to spike", "the last to spike", fill_first},
    {"label", "label", "the first", "the last", fill_label},
    {"number", "number", "the first", "the last", fill_number},
    {"default", NULL, NULL, NULL, NULL},
};
const size_t sort_key_count = sizeof sort_keys / sizeof *sort_keys;
const struct sort_key sort_key_file = {"file", "file", "the smallest", "the largest", fill_file};

static const char *key_name(const void *list, size_t i)
{
    (void)list;
    return sort_keys[i].name;
}

struct word_list sort_key_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"key", sort_key_count, key_name, NULL};
}
