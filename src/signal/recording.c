/* A recording is two columns, time and unit, sorted by (time, unit), and a compressed index: the positions of
 * each unit's spikes, one unit after the other. */
#include "recording_index.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "spike_sort.h"

/* Most recordings have so few units that two bytes tell them apart. They take the place of the four. */
static void keep_units(struct recording *r, uint32_t *unit)
{
    if (r->units > UINT16_MAX + (size_t)1) {
        r->wide = unit;
        return;
    }
    char *place = (char *)unit;
    for (size_t i = 0; i < r->spikes; i++) {
        uint16_t narrow = (uint16_t)unit[i];
        memcpy(place + i * sizeof narrow, &narrow, sizeof narrow);
    }
    r->narrow = xreallocarray(unit, r->spikes, sizeof *r->narrow);
}

/* The opposite: gives the units in four bytes each. */
static uint32_t *take_units(struct recording *r)
{
    uint32_t *unit = r->wide;
    if (r->narrow) {
        unit = xreallocarray(NULL, r->spikes, sizeof *unit);
        for (size_t i = 0; i < r->spikes; i++)
            unit[i] = r->narrow[i];
    }
    free(r->narrow);
    r->narrow = NULL;
    r->wide = NULL;
    return unit;
}

static void index_between(struct recording *r, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        r->by_unit[r->start[recording_unit(r, i)]++] = (uint32_t)i;
}

/* Counting sort of the positions by unit; going through time in order keeps each unit's positions rising. A
 * mark is how far that had come. */
static void index_units(struct recording *r)
{
    size_t step = r->mark_step ? r->mark_step : r->spikes + 1, from = 0;
    memset(r->start, 0, (r->units + 1) * sizeof *r->start);
    for (size_t i = 0; i < r->spikes; i++)
        r->start[recording_unit(r, i) + 1]++;
    for (size_t u = 0; u < r->units; u++)
        r->start[u + 1] += r->start[u];
    for (size_t k = 0; from + step <= r->spikes; k++, from += step) {
        memcpy(r->mark + k * r->units, r->start, r->units * sizeof *r->mark);
        index_between(r, from, from + step);
    }
    if (r->mark_step)
        memcpy(r->mark + from / step * r->units, r->start, r->units * sizeof *r->mark);
    index_between(r, from, r->spikes);
    /* Each start has moved to the next one's place. */
    memmove(r->start + 1, r->start, r->units * sizeof *r->start);
    r->start[0] = 0;
}

static void find_span(struct recording *r)
{
    const double *time = r->samples ? r->sample_time : r->time;
    size_t n = r->samples ? r->samples : r->spikes;
    r->first = n ? time[0] : 0;
    r->last = n ? time[n - 1] : 0;
    if (r->told)
        return;
    r->begin = r->first;
    r->end = r->samples > 1 ? r->last + (r->last - r->first) / (double)(r->samples - 1) : r->last;
    r->closed = r->samples == 0;
}

struct recording *recording_new(char **label, size_t units, double *time, uint32_t *unit, size_t spikes)
{
    struct recording *r = xcalloc(1, sizeof *r);
    *r = (struct recording){.units = units, .label = label, .spikes = spikes, .time = time};
    spike_sort(time, unit, spikes);
    keep_units(r, unit);
    r->start = xreallocarray(NULL, units + 1, sizeof *r->start);
    r->by_unit = xreallocarray(NULL, spikes, sizeof *r->by_unit);
    recording_plan_marks(r);
    index_units(r);
    find_span(r);
    return r;
}

void recording_set_samples(struct recording *recording, double *sample_time, size_t samples)
{
    free(recording->sample_time);
    recording->sample_time = sample_time;
    recording->samples = samples;
    find_span(recording);
}

/* The spikes at `first` .. `end` - 1 and no others. */
static void keep_spikes(struct recording *r, size_t first, size_t end)
{
    uint32_t *unit = take_units(r);
    r->spikes = end - first;
    memmove(r->time, r->time + first, r->spikes * sizeof *r->time);
    memmove(unit, unit + first, r->spikes * sizeof *unit);
    keep_units(r, unit);
    free(r->mark);
    r->mark = NULL;
    r->mark_step = 0;
    recording_plan_marks(r);
    index_units(r);
}

size_t recording_set_span(struct recording *r, double begin, double end)
{
    struct time_span span = {.from = begin, .to = end};
    size_t first = recording_find(r, span_low(&span), false), last = recording_find(r, span_high(&span), true);
    size_t spikes = r->spikes;
    if (last < first)
        last = first;
    if (last - first < spikes)
        keep_spikes(r, first, last);
    r->told = true;
    find_span(r);
    r->begin = begin;
    r->closed = isinf(end);
    r->end = r->closed ? fmax(r->last, begin) : end;
    return spikes - r->spikes;
}

static bool is_sorted(const struct recording *r)
{
    for (size_t i = 1; i < r->spikes; i++)
        if (!(r->time[i - 1] < r->time[i]) &&
            (r->time[i] < r->time[i - 1] || recording_unit(r, i) < recording_unit(r, i - 1)))
            return false;
    return true;
}

/* Two neighbouring doubles can become one time, whose neurons then need their order. */
static void sort_again(struct recording *r)
{
    uint32_t *unit = take_units(r);
    spike_sort(r->time, unit, r->spikes);
    keep_units(r, unit);
    index_units(r);
}

void recording_scale(struct recording *recording, double times, double over)
{
    for (size_t i = 0; i < recording->spikes; i++)
        recording->time[i] = recording->time[i] * times / over;
    for (size_t i = 0; i < recording->samples; i++)
        recording->sample_time[i] = recording->sample_time[i] * times / over;
    if (!is_sorted(recording))
        sort_again(recording);
    find_span(recording);
}

struct recording *recording_share(struct recording *recording)
{
    recording->shared++;
    return recording;
}

void recording_free(struct recording *recording)
{
    if (!recording)
        return;
    if (recording->shared > 0) {
        recording->shared--;
        return;
    }
    for (size_t i = 0; i < recording->units; i++)
        free(recording->label[i]);
    free(recording->label);
    free(recording->time);
    free(recording->narrow);
    free(recording->wide);
    free(recording->start);
    free(recording->by_unit);
    free(recording->mark);
    free(recording->sample_time);
    free(recording->stimulus);
    free(recording->time_unit);
    free(recording->source);
    free(recording->described);
    free(recording->left_out);
    free(recording);
}
