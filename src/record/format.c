/* The list of formats, and what their readers share. A new format is a file format_x.c and its word here. */
#include "record/format.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/word.h"
#include "base/xalloc.h"
#include "record/format_private.h"

const struct spike_format *const spike_formats[] = {&format_events, &format_dense};
const size_t spike_format_count = sizeof spike_formats / sizeof *spike_formats;

static const char *format_name(const void *list, size_t i)
{
    return ((const struct spike_format *const *)list)[i]->name;
}

const struct spike_format *spike_format_find(const char *name, struct error *error)
{
    const struct word_list words = {"format", spike_format_count, format_name, spike_formats};
    long found = word_find(&words, name, strlen(name), error);
    return found < 0 ? NULL : spike_formats[found];
}

void harvest_time(struct harvest *harvest, double time)
{
    harvest->falls += harvest->rows > 0 && time < harvest->previous;
    harvest->previous = time;
    harvest->whole = (harvest->rows == 0 || harvest->whole) && time == floor(time);
    harvest->rows++;
    if (fabs(time) > harvest->largest)
        harvest->largest = fabs(time);
}

bool harvest_spike(struct harvest *harvest, double time, uint32_t unit, struct error *error)
{
    if (harvest->spikes >= UINT32_MAX - 1)
        return error_set(error, "more than 4 294 967 294 spikes are too many for one recording");
    xgrow(&harvest->time, &harvest->time_capacity, harvest->spikes + 1, sizeof *harvest->time);
    xgrow(&harvest->unit, &harvest->unit_capacity, harvest->spikes + 1, sizeof *harvest->unit);
    harvest->time[harvest->spikes] = time;
    harvest->unit[harvest->spikes++] = unit;
    return true;
}

bool cell_number(const struct text_style *style, const struct row *row, size_t column, const char *name,
                 double *value, struct error *error)
{
    char shown[FIELD_SHOWN];
    if (!field_number(style, &row->field[column], value))
        return error_set(error, "'%s' in %s is not a number", field_shown(shown, &row->field[column]), name);
    if (!isfinite(*value))
        return error_set(error, "'%s' in %s: a finite number is wanted", field_shown(shown, &row->field[column]),
                         name);
    return true;
}
