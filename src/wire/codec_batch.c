/* Spikes. A step is its time, its input, a flag and the ideal where that is another, how many neurons spiked, and the
 * gaps between their numbers, which fit into a byte each as long as more than one in a hundred neurons spikes. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "wire/codec.h"

static void put_ideal(struct bytes *bytes, const struct spike_batch *batch, size_t step)
{
    const double *input = batch->input + step * batch->dims, *ideal = batch->ideal + step * batch->dims;
    bool other = batch->dims > 0 && memcmp(input, ideal, batch->dims * sizeof *ideal) != 0;
    bytes_u8(bytes, other);
    if (other)
        bytes_doubles(bytes, ideal, batch->dims);
}

static void read_ideal(struct reader *reader, struct spike_batch *batch, size_t step)
{
    bool other = read_flag(reader);
    for (size_t k = step * batch->dims; k < (step + 1) * batch->dims; k++)
        batch->ideal[k] = other ? read_f64(reader) : batch->input[k];
}

void bytes_batch(struct bytes *bytes, const struct spike_batch *batch)
{
    bytes_count(bytes, batch->spikes);
    bytes_count(bytes, batch->lost);
    bytes_count(bytes, batch->steps);
    size_t spike = 0;
    for (size_t s = 0; s < batch->steps; s++) {
        bytes_f64(bytes, batch->time[s]);
        bytes_doubles(bytes, batch->input + s * batch->dims, batch->dims);
        put_ideal(bytes, batch, s);
        bytes_count(bytes, batch->end[s] - spike);
        for (uint32_t next = 0; spike < batch->end[s]; spike++) {
            bytes_count(bytes, batch->neuron[spike] - next);
            next = batch->neuron[spike] + 1;
        }
    }
}

/* The spikes of one step; false when there are more than were announced, or of neurons that are not there. */
static bool read_spikes(struct reader *reader, struct spike_batch *batch, size_t neurons)
{
    uint64_t count = read_count(reader), next = 0;
    if (count > batch->spike_capacity - batch->spikes)
        return false;
    for (; count > 0; count--) {
        uint64_t gap = read_count(reader);
        if (reader->bad || gap >= neurons - next)
            return false;
        batch->neuron[batch->spikes++] = (uint32_t)(next + gap);
        next += gap + 1;
    }
    return true;
}

static bool read_step(struct reader *reader, struct spike_batch *batch, size_t neurons)
{
    size_t step = batch->steps;
    batch->time[step] = read_f64(reader);
    for (size_t d = 0; d < batch->dims; d++)
        batch->ideal[step * batch->dims + d] = batch->input[step * batch->dims + d] = read_f64(reader);
    read_ideal(reader, batch, step);
    bool later = isfinite(batch->time[step]) && (step == 0 || batch->time[step] >= batch->time[step - 1]);
    if (!later || !read_spikes(reader, batch, neurons))
        return false;
    batch->end[step] = batch->spikes;
    batch->steps++;
    return !reader->bad;
}

struct spike_batch *codec_read_batch(struct reader *reader, size_t dims, size_t neurons, struct error *error)
{
    size_t spikes = read_count_of(reader, 1);
    uint64_t lost = read_count(reader);
    size_t steps = read_count_of(reader, (1 + dims) * sizeof(double) + 2);
    bool good = !reader->bad;
    struct spike_batch *batch = batch_new(dims, steps, spikes);
    batch->lost = lost;
    while (good && batch->steps < steps)
        good = read_step(reader, batch, neurons);
    if (good && batch->spikes == spikes)
        return batch;
    batch_free(batch);
    error_set(error, "the bytes of spikes make no sense");
    return NULL;
}
