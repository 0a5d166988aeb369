/* Any bytes as a spike file, under any options: no crash; the same recording, report or sentence whatever the pieces;
 * times in order, an index that agrees; and what is saved in any layout loads back the same. The last two bytes also
 * choose the options, so that seeds are ordinary files. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "record/format_private.h"

static void fail(int line, const char *condition)
{
    fprintf(stderr, "line %d: %s does not hold\n", line, condition);
    abort();
}
#define require(condition) ((condition) ? (void)0 : fail(__LINE__, #condition))

#define PICK(list, number) list[(number) % (sizeof list / sizeof *list)]

static struct load_options choose(unsigned number)
{
    static const char *const formats[] = {NULL,     NULL,      NULL,    "events", "dense", "trains", "nest",
                                          "sonata", "columns", "axion", "mcs",    "cell",  "trials"};
    static const char *const empties[] = {NULL, "silent", "skip"};
    static const char *const units[] = {NULL, NULL, "s", "ms", "samples@30000", "steps@0.1ms", "min"};
    static const char *const columns[] = {NULL, NULL, NULL, "id,time", "-,time,neuron", "population,id,time", "t,u"};
    static const char *const delimiters[] = {NULL, NULL, NULL, "comma", "space"};
    static const char *const headers[] = {NULL, NULL, NULL, "on", "off"};
    struct load_options options = {0};
    options.format = PICK(formats, number);
    options.empty = PICK(empties, number / 3);
    options.unit = PICK(units, number / 12);
    options.columns = number % 5 ? NULL : PICK(columns, number / 72);
    options.delimiter = number % 7 ? NULL : PICK(delimiters, number / 432);
    options.header = number % 11 ? NULL : PICK(headers, number / 2160);
    options.dt = number % 13 ? 0 : 0.001;
    return options;
}

static void require_same(const struct recording *a, const struct recording *b)
{
    require(a->units == b->units && a->spikes == b->spikes && a->samples == b->samples);
    for (size_t u = 0; u < a->units; u++)
        require(strcmp(a->label[u], b->label[u]) == 0);
    for (size_t i = 0; i < a->spikes; i++)
        require(a->time[i] == b->time[i] && recording_unit(a, i) == recording_unit(b, i));
    for (size_t i = 0; i < a->samples; i++)
        require(a->sample_time[i] == b->sample_time[i]);
}

static void require_sound(const struct recording *r)
{
    for (size_t i = 0; i < r->spikes; i++) {
        require(isfinite(r->time[i]) && recording_unit(r, i) < r->units);
        require(i == 0 || r->time[i - 1] < r->time[i] ||
                (r->time[i - 1] == r->time[i] && recording_unit(r, i - 1) <= recording_unit(r, i)));
    }
    for (size_t u = 0; u < r->units; u++)
        for (size_t i = r->start[u]; i < r->start[u + 1]; i++)
            require(recording_unit(r, r->by_unit[i]) == u && (i == r->start[u] || r->by_unit[i - 1] < r->by_unit[i]));
    for (size_t i = 1; i < r->samples; i++)
        require(r->sample_time[i - 1] <= r->sample_time[i]);
}

/* Labels by their spikes: units that share one may become one, and units without spikes may be lost. */
static size_t spikes_of(const struct recording *r, const char *label)
{
    size_t n = 0;
    for (size_t u = 0; u < r->units; u++)
        n += strcmp(r->label[u], label) == 0 ? r->start[u + 1] - r->start[u] : 0;
    return n;
}

static void require_round_trip(const struct recording *r, const struct spike_format *format)
{
    char *bytes = NULL;
    size_t length = 0;
    struct error error = {""};
    struct text said = {0};
    FILE *stream = open_memstream(&bytes, &length);
    struct csv_writer *writer = csv_writer_open(NULL, stream, &error);
    struct spike_source source = recording_source(r);
    bool written = format->private->save(writer, &source, &said, &error);
    require(csv_writer_close(writer, &error));
    fclose(stream);
    if (written) {
        struct recording *back =
            recording_parse("f", bytes, length, 0, &(struct load_options){.unit = NULL}, &said, &error);
        require(back && back->spikes == r->spikes);
        for (size_t i = 0; i < r->spikes; i++)
            require(back->time[i] == r->time[i]);
        for (size_t u = 0; u < r->units && u < 20; u++)
            require(spikes_of(back, r->label[u]) == spikes_of(r, r->label[u]));
        recording_free(back);
    }
    text_free(&said);
    free(bytes);
}

/* Without samples a dense file of a few spikes may have very many cells. */
static int is_small(const struct recording *r)
{
    return r->units < 100 && (r->samples > 0 || r->spikes < 2);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    unsigned number = size > 1 ? data[size - 1] + 256u * data[size - 2] : 0;
    struct load_options options = choose(number);
    struct error whole_error = {""}, piece_error = {""};
    struct text whole_said = {0}, piece_said = {0};
    struct recording *whole = recording_parse("f", (const char *)data, size, 0, &options, &whole_said, &whole_error);
    struct recording *pieces =
        recording_parse("f", (const char *)data, size, number % 5 + 1, &options, &piece_said, &piece_error);
    require(!whole == !pieces && strcmp(text_string(&whole_said), text_string(&piece_said)) == 0);
    if (whole) {
        require_same(whole, pieces);
        require_sound(whole);
        for (size_t i = 0; i < spike_format_count; i++)
            if (spike_formats[i]->private->save && (spike_formats[i] != &format_dense || is_small(whole)))
                require_round_trip(whole, spike_formats[i]);
    } else {
        require(whole_error.text[0] && strcmp(whole_error.text, piece_error.text) == 0);
    }
    recording_free(whole);
    recording_free(pieces);
    text_free(&whole_said);
    text_free(&piece_said);
    return 0;
}
