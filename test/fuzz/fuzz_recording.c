/* Any bytes as a spike file, under any options: no crash; the same recording, report or sentence whatever the pieces;
 * times in order, an index that agrees; and what is saved loads back with the same times. The last two bytes also
 * choose the options, so that seeds are ordinary files. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "record/format_private.h"

static void require(int condition)
{
    if (!condition)
        abort();
}

#define PICK(list, number) list[(number) % (sizeof list / sizeof *list)]

static struct load_options choose(unsigned number)
{
    static const char *const formats[] = {NULL, NULL, NULL, "events", "dense"};
    static const char *const units[] = {NULL, NULL, "s", "ms", "samples@30000", "steps@0.1ms"};
    static const char *const columns[] = {NULL, NULL, NULL, "id,time", "-,time,neuron", "population,id,time"};
    static const char *const delimiters[] = {NULL, NULL, NULL, "comma", "space"};
    static const char *const headers[] = {NULL, NULL, NULL, "on", "off"};
    struct load_options options = {0};
    options.format = PICK(formats, number);
    options.unit = PICK(units, number / 5);
    options.columns = PICK(columns, number / 30);
    options.delimiter = PICK(delimiters, number / 180);
    options.header = PICK(headers, number / 900);
    options.dt = number / 4500 % 4 == 3 ? 0.001 : 0;
    return options;
}

static void require_same(const struct recording *a, const struct recording *b)
{
    require(a->units == b->units && a->spikes == b->spikes && a->samples == b->samples);
    for (size_t u = 0; u < a->units; u++)
        require(strcmp(a->label[u], b->label[u]) == 0);
    for (size_t i = 0; i < a->spikes; i++)
        require(a->time[i] == b->time[i] && a->unit[i] == b->unit[i]);
    for (size_t i = 0; i < a->samples; i++)
        require(a->sample_time[i] == b->sample_time[i]);
}

static void require_sound(const struct recording *r)
{
    for (size_t i = 0; i < r->spikes; i++) {
        require(isfinite(r->time[i]) && r->unit[i] < r->units);
        require(i == 0 || r->time[i - 1] < r->time[i] || (r->time[i - 1] == r->time[i] && r->unit[i - 1] <= r->unit[i]));
    }
    for (size_t u = 0; u < r->units; u++)
        for (size_t i = r->start[u]; i < r->start[u + 1]; i++)
            require(r->unit[r->by_unit[i]] == u && (i == r->start[u] || r->by_unit[i - 1] < r->by_unit[i]));
    for (size_t i = 1; i < r->samples; i++)
        require(r->sample_time[i - 1] <= r->sample_time[i]);
}

static void require_round_trip(const struct recording *r)
{
    char *bytes = NULL;
    size_t length = 0;
    struct error error = {""};
    struct text said = {0};
    FILE *stream = open_memstream(&bytes, &length);
    struct csv_writer *writer = csv_writer_open(NULL, stream, &error);
    struct spike_source source = recording_source(r);
    {
        struct text lost = {0};
        require(format_events.private->save(writer, &source, &lost, &error));
        text_free(&lost);
    }
    require(csv_writer_close(writer, &error));
    fclose(stream);
    struct recording *back =
        recording_parse("f", bytes, length, 0, &(struct load_options){.unit = "s"}, &said, &error);
    require(back && back->spikes == r->spikes);
    for (size_t i = 0; i < r->spikes; i++)
        require(back->time[i] == r->time[i]);
    recording_free(back);
    text_free(&said);
    free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    unsigned number = size > 1 ? data[size - 1] + 256u * data[size - 2] : 0;
    struct load_options options = choose(number);
    struct error whole_error = {""}, piece_error = {""};
    struct text whole_said = {0}, piece_said = {0};
    struct recording *whole =
        recording_parse("f", (const char *)data, size, 0, &options, &whole_said, &whole_error);
    struct recording *pieces =
        recording_parse("f", (const char *)data, size, number % 5 + 1, &options, &piece_said, &piece_error);
    require(!whole == !pieces && strcmp(text_string(&whole_said), text_string(&piece_said)) == 0);
    if (whole) {
        require_same(whole, pieces);
        require_sound(whole);
        require_round_trip(whole);
    } else {
        require(whole_error.text[0] && strcmp(whole_error.text, piece_error.text) == 0);
    }
    recording_free(whole);
    recording_free(pieces);
    text_free(&whole_said);
    text_free(&piece_said);
    return 0;
}
