/* Any bytes arriving in any pieces, in several texts, under any options: no crash; the same spikes, counts or
 * sentence whatever the pieces and whenever one looks in between; and a record of them that is in order. The
 * last two bytes choose the options and the pieces, so that seeds are ordinary files; bytes 0x1c to 0x1e part
 * them into texts. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/xalloc.h"
#include "follow/follow.h"
#include "signal/stream.h"
#include "text/label.h"

static void require(int condition)
{
    if (!condition)
        abort();
}

#define PICK(list, number) list[(number) % (sizeof list / sizeof *list)]

static struct load_options choose(unsigned number)
{
    static const char *const formats[] = {NULL, NULL, NULL, "events", "dense"};
    static const char *const units[] = {NULL, NULL, "s", "ms", "samples@30000"};
    static const char *const columns[] = {NULL, NULL, NULL, "id,time", "-,time,neuron"};
    static const char *const delimiters[] = {NULL, NULL, NULL, "comma", "space"};
    static const char *const headers[] = {NULL, NULL, NULL, "on", "off"};
    struct load_options options = {0};
    options.format = PICK(formats, number);
    options.unit = PICK(units, number / 5);
    options.columns = PICK(columns, number / 25);
    options.delimiter = PICK(delimiters, number / 125);
    options.header = PICK(headers, number / 625);
    return options;
}

struct given {
    struct stream *stream;
    struct text spikes; /* bytes of time and unit, one after the other */
    struct text labels; /* with their NULs */
    uint32_t units;
};

static void on_restart(void *context)
{
    struct given *given = context;
    stream_clear(given->stream);
    text_clear(&given->spikes);
    text_clear(&given->labels);
    given->units = 0;
}

static void on_unit(void *context, const char *label)
{
    struct given *given = context;
    require(stream_unit(given->stream, label) == given->units++);
    text_append(&given->labels, label, strlen(label) + 1);
}

static void on_spike(void *context, double time, uint32_t unit)
{
    struct given *given = context;
    require(isfinite(time) && unit < given->units);
    stream_spike(given->stream, time, unit);
    text_append(&given->spikes, (const char *)&time, sizeof time);
    text_append(&given->spikes, (const char *)&unit, sizeof unit);
}

static void on_advance(void *context, double time)
{
    require(isfinite(time));
    stream_advance(((struct given *)context)->stream, time);
}

static void on_turn(void *context, enum stream_turn turn)
{
    stream_break(((struct given *)context)->stream, turn);
}

struct order {
    double time;
    uint32_t neuron;
    size_t count, neurons;
};

static void check_order(void *context, double time, uint32_t neuron)
{
    struct order *order = context;
    require(neuron < order->neurons);
    require(order->count == 0 || time > order->time || (time == order->time && neuron >= order->neuron));
    *order = (struct order){time, neuron, order->count + 1, order->neurons};
}

static void check_stream(struct stream *stream)
{
    free(stream_settle(stream));
    struct spike_source source = stream_source(stream);
    struct order order = {.neurons = source.neurons};
    size_t all = 0;
    double none, first, last;
    source_each(&source, -INFINITY, INFINITY, check_order, &order);
    require(order.count == stream_spikes(stream));
    for (uint32_t i = 0; i < source.neurons; i++)
        all += source_train(&source, i, -INFINITY, INFINITY, &none, 1);
    require(all == order.count);
    require(source_span(&source, &first, &last) ? first <= last : order.count == 0);
}

#define TEXT_END 0x1c

static size_t text_length(const char *bytes, size_t size)
{
    size_t n = 0;
    while (n < size && (bytes[n] < TEXT_END || bytes[n] > TEXT_END + FOLLOW_CUT))
        n++;
    return n;
}

struct outcome {
    struct given given;
    struct follow_counts counts;
    bool good;
    struct error error;
};

static struct outcome feed(const char *bytes, size_t size, size_t piece, unsigned look,
                           const struct load_options *options, size_t head)
{
    struct outcome o = {.error = {""}};
    struct follow_sink sink = {&o.given, on_restart, on_unit, on_spike, on_advance, on_turn};
    struct error ignored;
    o.given.stream = stream_new(look % 2 ? 0.5 : 60, SIZE_MAX, label_order_of);
    struct follower *f = follower_new_head(options, &sink, head, &o.error);
    require(f != NULL);
    o.good = true;
    for (size_t at = 0, i = 0; o.good && at < size; i++) {
        size_t text = text_length(bytes + at, size - at), n = text < piece ? text : piece;
        o.good = follower_feed(f, bytes + at, n, &o.error);
        if (o.good && look && i % look == 0)
            follower_look(f, &ignored);
        at += n;
        if (o.good && n == text && at < size)
            o.good = follower_end(f, (enum follow_end)(bytes[at++] - TEXT_END), &o.error);
    }
    o.good = o.good && follower_end(f, FOLLOW_CLOSED, &o.error);
    o.counts = follower_counts(f);
    follower_free(f);
    check_stream(o.given.stream);
    return o;
}

static void outcome_free(struct outcome *o)
{
    stream_free(o->given.stream);
    text_free(&o->given.spikes);
    text_free(&o->given.labels);
}

static void require_same_text(const struct text *a, const struct text *b)
{
    require(a->length == b->length && (a->length == 0 || memcmp(a->bytes, b->bytes, a->length) == 0));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    unsigned pick = size > 1 ? data[size - 1] + 256u * data[size - 2] : 0;
    struct load_options options = choose(pick);
    size_t head = pick % 3 ? 16 + pick % 200 : 65536;
    struct outcome whole = feed((const char *)data, size, size ? size : 1, 0, &options, head);
    struct outcome pieces = feed((const char *)data, size, pick % 13 + 1, pick % 5, &options, head);
    require(whole.good == pieces.good);
    if (whole.good) {
        require_same_text(&whole.given.spikes, &pieces.given.spikes);
        require_same_text(&whole.given.labels, &pieces.given.labels);
        require(memcmp(&whole.counts, &pieces.counts, sizeof whole.counts) == 0);
    } else {
        require(whole.error.text[0] && strcmp(whole.error.text, pieces.error.text) == 0);
    }
    outcome_free(&whole);
    outcome_free(&pieces);
    return 0;
}
