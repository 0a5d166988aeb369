/* Files are mostly sorted already, or nearly (NEST mixes a few milliseconds), so one pass by insertion does
 * for them; else a merge sort skips every pair of runs that is in order. Merging is given room for an eighth
 * of the spikes only: two halves of which neither has room there are cut into smaller pairs by exchanging
 * what stands between the cuts,
 *
 *     [ a | b ][ c | d ]  ->  [ a | c ][ b | d ]     where all of a and c go before all of b and d,
 *
 * which costs two more passes for the longest halves. Equal spikes are the same, so nothing need be stable.
 *
 * Many spikes are first parted by their times into BINS of equal length, and each bin again, in place: each goes where the next of its bin
 * belongs, and the one that was there goes on (McIlroy, Bostic and McIlroy, "Engineering radix sort", 1993). What is in one
 * bin is then merged within the processor's cache. */
#include "spike_sort.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

#define RUN 32  /* runs of this length are sorted by insertion before merging starts */
#define NEAR 64 /* places that a spike moves at most before the array counts as unsorted */

#define BINS 256               /* so many places to write at are within the nearest cache */
#define MANY ((size_t)1 << 11) /* spikes that are parted before they are merged */
#define DEPTH 4                /* times that bins are parted again; times that are so uneven are merged */

struct scratch {
    double *time;
    uint32_t *unit;
    size_t room;
};

static bool falls(double t, uint32_t u, double next_t, uint32_t next_u)
{
    return next_t < t || (next_t == t && next_u < u);
}

/* One pass that puts spikes of one time, and a few milliseconds that are mixed, in order; false if that is
 * not enough. All spikes are there either way. */
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

/* The left half waits in the scratch. */
static void merge_forwards(double *time, uint32_t *unit, size_t middle, size_t n, const struct scratch *scratch)
{
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

/* The right half waits in the scratch. */
static void merge_backwards(double *time, uint32_t *unit, size_t middle, size_t n, const struct scratch *scratch)
{
    size_t left = middle, right = n - middle, out = n;
    memcpy(scratch->time, time + middle, right * sizeof *time);
    memcpy(scratch->unit, unit + middle, right * sizeof *unit);
    while (left > 0 && right > 0) {
        bool take_left = falls(time[left - 1], unit[left - 1], scratch->time[right - 1], scratch->unit[right - 1]);
        out--;
        time[out] = take_left ? time[left - 1] : scratch->time[right - 1];
        unit[out] = take_left ? unit[left - 1] : scratch->unit[right - 1];
        left -= take_left;
        right -= !take_left;
    }
    memcpy(time, scratch->time, right * sizeof *time);
    memcpy(unit, scratch->unit, right * sizeof *unit);
}

static void reverse(double *time, uint32_t *unit, size_t n)
{
    for (size_t i = 0, j = n; i + 1 < j; i++) {
        j--;
        double t = time[i];
        uint32_t u = unit[i];
        time[i] = time[j];
        unit[i] = unit[j];
        time[j] = t;
        unit[j] = u;
    }
}

/* [0, middle) and [middle, n) change places. */
static void exchange(double *time, uint32_t *unit, size_t middle, size_t n)
{
    reverse(time, unit, middle);
    reverse(time + middle, unit + middle, n - middle);
    reverse(time, unit, n);
}

/* How many of n sorted spikes go before (t, u). */
static size_t count_before(const double *time, const uint32_t *unit, size_t n, double t, uint32_t u)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t at = low + (high - low) / 2;
        if (falls(t, u, time[at], unit[at]))
            low = at + 1;
        else
            high = at;
    }
    return low;
}

/* Merges [0, middle) and [middle, n), both sorted. */
static void merge(double *time, uint32_t *unit, size_t middle, size_t n, const struct scratch *scratch)
{
    if (middle == 0 || middle == n || !falls(time[middle - 1], unit[middle - 1], time[middle], unit[middle]))
        return;
    if (middle <= scratch->room) {
        merge_forwards(time, unit, middle, n, scratch);
        return;
    }
    if (n - middle <= scratch->room) {
        merge_backwards(time, unit, middle, n, scratch);
        return;
    }
    size_t cut = middle / 2;
    size_t moved = count_before(time + middle, unit + middle, n - middle, time[cut], unit[cut]);
    exchange(time + cut, unit + cut, middle - cut, middle - cut + moved);
    merge(time, unit, cut, cut + moved, scratch);
    merge(time + cut + moved, unit + cut + moved, middle - cut, n - cut - moved, scratch);
}

static void sort_by_merging(double *time, uint32_t *unit, size_t n, const struct scratch *scratch)
{
    for (size_t i = 0; i < n; i += RUN)
        sort_by_insertion(time + i, unit + i, n - i < RUN ? n - i : RUN);
    for (size_t width = RUN; width < n; width *= 2)
        for (size_t i = 0; n - i > width; i += n - i < 2 * width ? n - i : 2 * width)
            merge(time + i, unit + i, width, n - i < 2 * width ? n - i : 2 * width, scratch);
}

/* A bin's number: never less for a later time, however the difference and the product are rounded. */
static size_t bin_of(double time, double first, double bins_a_second)
{
    size_t bin = (size_t)((time - first) * bins_a_second);
    return bin < BINS ? bin : BINS - 1;
}

/* Parts the spikes into bins; end[b] is where those of bin b end. False, with nothing moved, where bins of equal length
 * cannot be: all times are one, or too far apart. */
static bool part(double *time, uint32_t *unit, size_t n, size_t end[BINS])
{
    double first = time[0], last = time[0];
    for (size_t i = 1; i < n; i++) {
        first = time[i] < first ? time[i] : first;
        last = time[i] > last ? time[i] : last;
    }
    double bins_a_second = BINS / (last - first);
    if (!isfinite(last - first) || !isfinite(bins_a_second) || bins_a_second == 0)
        return false;
    size_t next[BINS], sum = 0;
    memset(end, 0, BINS * sizeof *end);
    for (size_t i = 0; i < n; i++)
        end[bin_of(time[i], first, bins_a_second)]++;
    for (size_t b = 0; b < BINS; b++) {
        next[b] = sum;
        end[b] = sum += end[b];
    }
    for (size_t b = 0; b < BINS; b++)
        while (next[b] < end[b]) {
            double t = time[next[b]];
            uint32_t u = unit[next[b]];
            for (size_t to; (to = bin_of(t, first, bins_a_second)) != b;) {
                size_t at = next[to]++;
                double other_t = time[at];
                uint32_t other_u = unit[at];
                time[at] = t;
                unit[at] = u;
                t = other_t;
                u = other_u;
            }
            time[next[b]] = t;
            unit[next[b]++] = u;
        }
    return true;
}

/* Parts spikes as often as it helps and merges what is left. The scratch grows to what the largest piece takes. */
static void sort_by_parting(double *time, uint32_t *unit, size_t n, int depth, struct scratch *scratch)
{
    size_t end[BINS];
    if (n >= MANY && depth > 0 && part(time, unit, n, end)) {
        for (size_t b = 0, begin = 0; b < BINS; begin = end[b++])
            if (end[b] - begin > 1)
                sort_by_parting(time + begin, unit + begin, end[b] - begin, depth - 1, scratch);
        return;
    }
    size_t room = n / 8 + RUN;
    if (scratch->room < room) {
        free(scratch->time);
        free(scratch->unit);
        scratch->room = 0;
        scratch->time = xreallocarray(NULL, room, sizeof *time);
        scratch->unit = xreallocarray(NULL, room, sizeof *unit);
        scratch->room = room;
    }
    sort_by_merging(time, unit, n, scratch);
}

void spike_sort(double *time, uint32_t *unit, size_t n)
{
    if (sort_nearly_sorted(time, unit, n))
        return;
    struct scratch scratch = {0};
    sort_by_parting(time, unit, n, DEPTH, &scratch);
    free(scratch.time);
    free(scratch.unit);
}
