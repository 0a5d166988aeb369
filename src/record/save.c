#include "record/save.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/stop.h"
#include "base/xalloc.h"
#include "record/format.h"
#include "record/format_private.h"

static size_t count_repeated_labels(const struct spike_source *source)
{
    struct label_set labels = {0};
    char buffer[512];
    for (size_t i = 0; i < source->neurons; i++) {
        const char *label = source_label(source, (uint32_t)i, buffer, sizeof buffer);
        label_intern(&labels, label, strlen(label));
    }
    size_t repeated = source->neurons - labels.count;
    label_free(&labels);
    return repeated;
}

static void note_spike(void *context, double time, uint32_t neuron)
{
    bool *spiked = context;
    (void)time;
    spiked[neuron] = true;
}

static size_t count_silent(const struct spike_source *source)
{
    bool *spiked = xcalloc(source->neurons, sizeof *spiked);
    size_t silent = 0;
    source_each(source, -1.0 / 0.0, 1.0 / 0.0, note_spike, spiked);
    for (size_t i = 0; i < source->neurons; i++)
        silent += !spiked[i];
    free(spiked);
    return silent;
}

void save_say_lost(struct text *said, const struct spike_source *source)
{
    char count[NUMBER_HUMAN], all[NUMBER_HUMAN];
    size_t silent = count_silent(source), repeated = count_repeated_labels(source);
    if (silent)
        text_printf(said, "\n%s of %s units never spike%s, so no row names %s; format=trains keeps such units",
                    number_grouped(count, silent), number_grouped(all, source->neurons), silent == 1 ? "s" : "",
                    silent == 1 ? "it" : "them");
    if (repeated)
        text_printf(said,
                    "\n%s units have the label of another one and become one with it; format=trains keeps them "
                    "apart",
                    number_grouped(count, repeated));
}

bool recording_save(const char *path, const struct spike_source *source, const char *format, struct text *said,
                    struct error *error)
{
    const struct spike_format *chosen = format ? spike_format_find(format, error) : &format_events;
    struct text lost = {0};
    if (!chosen)
        return false;
    if (!chosen->private->save)
        return error_set(error, "format=%s is read only; spikes are written with format=events, dense, trains or nest",
                         chosen->name);
    struct csv_writer *writer = csv_writer_open(path, NULL, error);
    if (!writer)
        return false;
    bool good = chosen->private->save(writer, source, &lost, error);
    if (good && stop_requested())
        good = error_set(error, "%s: interrupted", path);
    if (good)
        good = csv_writer_close(writer, error);
    else
        csv_writer_abandon(writer);
    if (good && said)
        text_add(said, text_string(&lost));
    text_free(&lost);
    return good;
}
