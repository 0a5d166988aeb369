#include "record/format.h"
#include "record/format_private.h"

bool recording_save(const char *path, const struct spike_source *source, const char *format, struct error *error)
{
    const struct spike_format *chosen = format ? spike_format_find(format, error) : &format_events;
    if (!chosen)
        return false;
    if (!chosen->private->save)
        return error_set(error, "format=%s is read only; spikes are written with format=events", chosen->name);
    struct csv_writer *writer = csv_writer_open(path, NULL, error);
    if (!writer)
        return false;
    chosen->private->save(writer, source);
    return csv_writer_close(writer, error);
}
