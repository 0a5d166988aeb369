/* Intervals are gathered once, equal times skipped; GSL does the statistics. */
#include "signal/stats.h"

#include <float.h>
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

/* Neighbouring intervals against each other. */
static void compare_intervals(struct train_stats *stats, const double *interval, size_t count)
{
    double cv2 = 0, lv = 0;
    for (size_t i = 1; i < count; i++) {
        double contrast = (interval[i] - interval[i - 1]) / (interval[i] + interval[i - 1]);
        cv2 += 2 * fabs(contrast);
        lv += 3 * contrast * contrast;
    }
    if (count >= 2) {
        stats->isi_cv2 = cv2 / (double)(count - 1);
        stats->isi_lv = lv / (double)(count - 1);
    }
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

/* Of rising times those that count: all, or all but those that close the record. */
static size_t count_of(const double *spikes, size_t k, const struct time_span *span)
{
    while (k > 0 && !span_counts(span, spikes[k - 1]))
        k--;
    return k;
}

struct train_stats train_stats(const double *spikes, size_t k, const struct time_span *span)
{
    struct train_stats stats = {
        .spikes = k,
        .rate = span_rate(span, (double)count_of(spikes, k, span)),
        .isi_mean = NAN,
        .isi_median = NAN,
        .isi_cv = NAN,
        .isi_min = NAN,
        .isi_cv2 = NAN,
        .isi_lv = NAN,
    };
    if (k < 2)
        return stats;
    double *interval = xreallocarray(NULL, k - 1, sizeof *interval);
    size_t count = gather_intervals(spikes, k, interval);
    stats.duplicates = k - 1 - count;
    compare_intervals(&stats, interval, count);
    describe_intervals(&stats, interval, count);
    free(interval);
    return stats;
}

/* The window, from 0, that a spike falls into. Times like 0.3 and windows like 0.1 are not exact, so a spike
 * a billionth of a window beside a border lies on it: at the end of a window of steps, else at the beginning of one. */
static double window_of(double spike, const struct time_span *span, double window)
{
    double place = (spike - span->from) / window;
    return span->steps ? ceil(place - 1e-9) - 1 : floor(place + 1e-9);
}

double train_fano(const double *spikes, size_t k, const struct time_span *span, double window)
{
    double windows = floor(span_length(span) / window + 1e-9);
    if (!(windows >= 2 && isfinite(windows) && window > 0))
        return NAN;
    k = count_of(spikes, k, span);
    /* Empty windows add nothing to either sum. */
    double sum = 0, squares = 0;
    for (size_t i = 0; i < k;) {
        double place = window_of(spikes[i], span, window), count = 0;
        for (; i < k && window_of(spikes[i], span, window) == place; i++)
            count++;
        if (place >= 0 && place < windows) {
            sum += count;
            squares += count * count;
        }
    }
    double mean = sum / windows;
    return sum > 0 ? (squares / windows - mean * mean) / mean : NAN;
}

size_t train_violations(const double *spikes, size_t k, double limit)
{
    size_t violations = 0;
    for (size_t i = 1; i < k; i++) {
        double interval = spikes[i] - spikes[i - 1], rounding = 4 * DBL_EPSILON * fabs(spikes[i]);
        violations += interval > 0 && interval < limit - rounding;
    }
    return violations;
}
