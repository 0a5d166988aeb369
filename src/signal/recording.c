/* A recording is two columns, time and unit, sorted by (time, unit), and a compressed index: the positions of each
 * unit's spikes, one unit after the other. Files are mostly sorted already, or nearly (NEST mixes a few milliseconds),
 * so one pass by insertion does for them; else a merge sort skips every pair of runs that is in order. */
#include "recording_index.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

#define RUN 32 /* runs of this length are sorted by insertion before merging starts */

struct scratch {
    double *time;
    uint32_t *unit;
};

static bool falls(double t, uint32_t u, double next_t, uint32_t next_u)
{
    return next_t < t || (next_t == t && next_u < u);
}

static bool is_sorted(const double *time, const uint32_t *unit, size_t n)
{
    for (size_t i = 1; i < n; i++) /* one comparison for most spikes */
        if (!(time[i - 1] < time[i]) && falls(time[i - 1], unit[i - 1], time[i], unit[i]))
            return false;
    return true;
}

#define NEAR 64 /* places that a spike moves at most before the array counts as unsorted */

/* One pass that puts spikes of one time, and a few milliseconds that are mixed, in order; false if that is not enough.
 * All spikes are there either way. */
static bool sort_nearly_sorted(double *time, uint32_t *unit, size_t n)
{
    size_t moves = 0;
    for (size_t i = 1; i < n; i++) {
        if (time[i - 1] < time[i] || !falls(time[i - 1], unit[i - 1], time[i], unit[i]))
            continue;
        double t = time[i];
        uint32_t u = unit[i];
        size_t j = i, least = i > NEAR ? i - NEAR : 0;
        for (; j > least && falls(time[j - 1], unit[j - 1], t, u); j--) {
            time[j] = time[j - 1];
            unit[j] = unit[j - 1];
        }
        time[j] = t;
        unit[j] = u;
        moves += i - j;
        if ((j == least && least > 0) || moves > 2 * n)
            return false;
    }
    return true;
}

static void sort_by_insertion(double *time, uint32_t *unit, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        double t = time[i];
        uint32_t u = unit[i];
        size_t j = i;
        for (; j > 0 && falls(time[j - 1], unit[j - 1], t, u); j--) {
            time[j] = time[j - 1];
            unit[j] = unit[j - 1];
        }
        time[j] = t;
        unit[j] = u;
    }
}

/* Merges [0, middle) and [middle, n), both sorted; the left half waits in the scratch. */
static void merge(double *time, uint32_t *unit, size_t middle, size_t n, struct scratch *scratch)
{
    if (!falls(time[middle - 1], unit[middle - 1], time[middle], unit[middle]))
        return;
    memcpy(scratch->time, time, middle * sizeof *time);
    memcpy(scratch->unit, unit, middle * sizeof *unit);
    size_t left = 0, right = middle, out = 0;
    while (left < middle && right < n) {
        bool take_right = falls(scratch->time[left], scratch->unit[left], time[right], unit[right]);
        time[out] = take_right ? time[right] : scratch->time[left];
        unit[out] = take_right ? unit[right] : scratch->unit[left];
        out++;
        left += !take_right;
        right += take_right;
    }
    memcpy(time + out, scratch->time + left, (middle - left) * sizeof *time);
    memcpy(unit + out, scratch->unit + left, (middle - left) * sizeof *unit);
}

static void sort_spikes(double *time, uint32_t *unit, size_t n)
{
    if (sort_nearly_sorted(time, unit, n))
        return;
    struct scratch scratch = {xreallocarray(NULL, n, sizeof *time), xreallocarray(NULL, n, sizeof *unit)};
    for (size_t i = 0; i < n; i += RUN)
        sort_by_insertion(time + i, unit + i, n - i < RUN ? n - i : RUN);
    for (size_t width = RUN; width < n; width *= 2)
        for (size_t i = 0; n - i > width; i += n - i < 2 * width ? n - i : 2 * width)
            merge(time + i, unit + i, width, n - i < 2 * width ? n - i : 2 * width, &scratch);
    free(scratch.time);
    free(scratch.unit);
}

/* Counting sort of the positions by unit; going through time in order keeps each unit's positions rising. A mark is how
 * far that had come. */
static void index_units(struct recording *r)
{
    size_t step = r->mark_step;
    memset(r->start, 0, (r->units + 1) * sizeof *r->start);
    for (size_t i = 0; i < r->spikes; i++)
        r->start[r->unit[i] + 1]++;
    for (size_t u = 0; u < r->units; u++)
        r->start[u + 1] += r->start[u];
    for (size_t i = 0; i < r->spikes; i++) {
        if (step && i % step == 0)
            memcpy(r->mark + i / step * r->units, r->start, r->units * sizeof *r->mark);
        r->by_unit[r->start[r->unit[i]]++] = (uint32_t)i;
    }
    if (step && r->spikes % step == 0)
        memcpy(r->mark + r->spikes / step * r->units, r->start, r->units * sizeof *r->mark);
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
}

struct recording *recording_new(char **label, size_t units, double *time, uint32_t *unit, size_t spikes)
{
    struct recording *r = xcalloc(1, sizeof *r);
    *r = (struct recording){.units = units, .label = label, .spikes = spikes, .time = time, .unit = unit};
    r->start = xreallocarray(NULL, units + 1, sizeof *r->start);
    r->by_unit = xreallocarray(NULL, spikes, sizeof *r->by_unit);
    sort_spikes(time, unit, spikes);
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

void recording_scale(struct recording *recording, double times, double over)
{
    for (size_t i = 0; i < recording->spikes; i++)
        recording->time[i] = recording->time[i] * times / over;
    for (size_t i = 0; i < recording->samples; i++)
        recording->sample_time[i] = recording->sample_time[i] * times / over;
    /* Two neighbouring doubles can become one time, whose neurons then need their order. */
    if (!is_sorted(recording->time, recording->unit, recording->spikes)) {
        sort_spikes(recording->time, recording->unit, recording->spikes);
        index_units(recording);
    }
    find_span(recording);
}

void recording_free(struct recording *recording)
{
    if (!recording)
        return;
    for (size_t i = 0; i < recording->units; i++)
        free(recording->label[i]);
    free(recording->label);
    free(recording->time);
    free(recording->unit);
    free(recording->start);
    free(recording->by_unit);
    free(recording->mark);
    free(recording->sample_time);
    free(recording->stimulus);
    free(recording->time_unit);
    free(recording->source);
    free(recording->described);
    free(recording);
}
