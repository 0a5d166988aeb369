/* Intervals are gathered once, equal times skipped; GSL does the statistics. */
#include "signal/stats.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

#include "base/xalloc.h"

static size_t gather_intervals(const double *spikes, size_t k, double *interval)
{
    size_t count = 0;
    for (size_t i = 1; i < k; i++)
        if (spikes[i] != spikes[i - 1])
            interval[count++] = spikes[i] - spikes[i - 1];
    return count;
}

/* Sorts them. */
static void describe_intervals(struct train_stats *stats, double *interval, size_t count)
{
    if (count == 0)
        return;
    stats->isi_mean = gsl_stats_mean(interval, 1, count);
    if (count >= 2)
        stats->isi_cv = gsl_stats_sd_with_fixed_mean(interval, 1, count, stats->isi_mean) / stats->isi_mean;
    gsl_sort(interval, 1, count);
    stats->isi_min = interval[0];
    stats->isi_median = gsl_stats_median_from_sorted_data(interval, 1, count);
}

struct train_stats train_stats(const double *spikes, size_t k, double from, double to)
{
    struct train_stats stats = {
        .spikes = k,
        .rate = to > from ? (double)k / (to - from) : 0,
        .isi_mean = NAN,
        .isi_median = NAN,
        .isi_cv = NAN,
        .isi_min = NAN,
    };
    if (k < 2)
        return stats;
    double *interval = xreallocarray(NULL, k - 1, sizeof *interval);
    size_t count = gather_intervals(spikes, k, interval);
    stats.duplicates = k - 1 - count;
    describe_intervals(&stats, interval, count);
    free(interval);
    return stats;
}
