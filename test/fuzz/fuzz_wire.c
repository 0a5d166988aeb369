/* Any bytes as what comes over the wire: refused with a sentence, or understood; and what was understood is written and
 * read again as the same bytes. The first byte says as what. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "wire/codec.h"
#include "wire/message.h"

static void require(int condition)
{
    if (!condition)
        abort();
}

static void require_same(const struct bytes *a, const struct bytes *b)
{
    require(a->length == b->length && (a->length == 0 || memcmp(a->at, b->at, a->length) == 0));
}

/* Each reads one, writes it into `out` and frees it; false: refused. */
static bool pass_spec(struct reader *reader, struct bytes *out, struct error *error)
{
    struct population_spec spec;
    if (!codec_read_spec(reader, &spec, error))
        return false;
    bytes_spec(out, &spec);
    population_spec_free(&spec);
    return true;
}

static bool pass_input(struct reader *reader, struct bytes *out, struct error *error)
{
    struct stimulus *input;
    if (!codec_read_input(reader, &input, error))
        return false;
    bytes_input(out, input);
    stimulus_free(input);
    return true;
}

static bool pass_status(struct reader *reader, struct bytes *out, struct error *error)
{
    struct engine_status status;
    if (!codec_read_status(reader, &status, error))
        return false;
    bytes_status(out, &status);
    return true;
}

static bool pass_batch(struct reader *reader, struct bytes *out, struct error *error)
{
    struct spike_batch *batch = codec_read_batch(reader, 2, 300, error);
    if (!batch)
        return false;
    require(batch->steps == 0 || batch->end[batch->steps - 1] == batch->spikes);
    for (size_t s = 0, spike = 0; s < batch->steps; s++)
        for (size_t first = spike; spike < batch->end[s]; spike++)
            require(batch->neuron[spike] < 300 && (spike == first || batch->neuron[spike - 1] < batch->neuron[spike]));
    bytes_batch(out, batch);
    batch_free(batch);
    return true;
}

static bool pass_connection(struct reader *reader, struct bytes *out, struct error *error)
{
    struct connection_spec spec;
    if (!codec_read_connection(reader, &spec, error))
        return false;
    require(spec.pre < ENGINE_SLOTS && spec.post < ENGINE_SLOTS && spec.learning.error < ENGINE_SLOTS);
    bytes_connection(out, &spec);
    connection_spec_free(&spec);
    return true;
}

static bool pass_learned(struct reader *reader, struct bytes *out, struct error *error)
{
    struct port_learned learned;
    if (!codec_read_learned(reader, &learned, error))
        return false;
    bytes_learned(out, &learned);
    codec_learned_free(&learned);
    return true;
}

/* The same messages whatever the pieces they come in; none is longer than what came. */
static void cut_into_messages(const uint8_t *data, size_t size)
{
    struct wire wire = {.in = -1, .out = -1};
    struct reader content;
    uint8_t kind;
    enum taken taken = TAKEN_NONE;
    for (size_t i = 0; i < size && taken != TAKEN_NONSENSE; i++) {
        bytes_append(&wire.got, data + i, 1);
        while ((taken = wire_take(&wire, &kind, &content)) == TAKEN_ONE)
            require(content.left <= wire.got.length && wire.used <= wire.got.length);
    }
    wire_free(&wire);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool (*const pass[])(struct reader * reader, struct bytes * out, struct error * error) = {
        pass_spec, pass_input, pass_status, pass_batch, pass_connection, pass_learned};
    size_t kinds = sizeof pass / sizeof *pass;
    if (size == 0)
        return 0;
    cut_into_messages(data + 1, size - 1);
    struct error error = {""};
    struct bytes once = {0}, twice = {0};
    struct reader reader = {.at = data + 1, .left = size - 1};
    if (pass[data[0] % kinds](&reader, &once, &error)) {
        struct reader again = reader_of(&once);
        require(pass[data[0] % kinds](&again, &twice, &error) && read_end(&again));
        require_same(&once, &twice);
    } else
        require(error.text[0] != '\0');
    bytes_free(&once);
    bytes_free(&twice);
    return 0;
}
