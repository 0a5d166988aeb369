/* Any bytes as a stimulus beside a recording of three spikes: a trace whose times rise, or a sentence of one line. The
 * first byte chooses how it is read. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "record/format.h"
#include "record/stimulus_table.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void require(bool condition)
{
    if (!condition)
        abort();
}

static struct recording *spikes(void)
{
    static const char text[] = "time_ms,neuron\n1,1\n3,2\n250,1\n";
    struct error error;
    struct text said = {0};
    struct recording *recording = recording_parse("r", text, strlen(text), 0, &(struct load_options){0}, &said, &error);
    text_free(&said);
    require(recording != NULL);
    return recording;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const char *const units[] = {NULL, "s", "ms", "us"}, *const columns[] = {NULL, "x", "nothing"};
    if (length == 0)
        return 0;
    struct error error = {""};
    struct csv_table *table = csv_table_parse("f", (const char *)bytes + 1, length - 1, 0, NULL, &error);
    if (!table)
        return 0;
    struct stimulus_options options = {.unit = units[bytes[0] % 4],
                                       .column = columns[bytes[0] / 4 % 3],
                                       .kind = bytes[0] & 128 ? TRACE_LINEAR : TRACE_HELD};
    struct recording *recording = spikes();
    struct trace trace = {0};
    struct text said = {0};
    bool good = stimulus_from_table(table, "f", &options, recording, &trace, &said, &error);
    require(good || (error.text[0] && !strchr(error.text, '\n')));
    for (size_t i = 1; good && i < trace.count; i++)
        require(trace.time[i] >= trace.time[i - 1]);
    trace_free(&trace);
    text_free(&said);
    recording_free(recording);
    csv_table_free(table);
    return 0;
}
