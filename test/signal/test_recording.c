/* A recording against a naive list of the same spikes: order, index, and every question a source answers. */
#include "harness.h"

#include "base/xalloc.h"
#include "signal/recording.h"

struct spike {
    double time;
    uint32_t unit;
};

static int by_time_then_unit(const void *a, const void *b)
{
    const struct spike *x = a, *y = b;
    return x->time != y->time ? (x->time > y->time) - (x->time < y->time) : (x->unit > y->unit) - (x->unit < y->unit);
}

/* A small generator of our own, so that a failure repeats. */
static uint32_t next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

/* disorder 0: rising; 1: mixed within a few neighbours; 2: any order. Times lie on a grid, so that many are equal. */
static struct spike *make_spikes(size_t n, size_t units, int disorder, uint64_t seed)
{
    struct spike *spike = xcalloc(n, sizeof *spike);
    for (size_t i = 0; i < n; i++) {
        double place = disorder == 2 ? next_random(&seed) % 1000 : (double)(i / 3);
        if (disorder == 1)
            place += next_random(&seed) % 7;
        spike[i] = (struct spike){place * 0.0023, next_random(&seed) % (uint32_t)units};
    }
    return spike;
}

static struct recording *record(const struct spike *spike, size_t n, size_t units)
{
    double *time = xcalloc(n, sizeof *time);
    uint32_t *unit = xcalloc(n, sizeof *unit);
    for (size_t i = 0; i < n; i++) {
        time[i] = spike[i].time;
        unit[i] = spike[i].unit;
    }
    char **labels = xcalloc(units, sizeof *labels);
    for (size_t u = 0; u < units; u++) {
        char text[24];
        snprintf(text, sizeof text, "unit %zu", u);
        labels[u] = xstrdup(text);
    }
    return recording_new(labels, units, time, unit, n);
}

START_TEST(spikes_are_sorted_and_indexed_by_unit)
{
    static const size_t sizes[] = {0, 1, 2, 31, 32, 33, 64, 65, 1000, 4097, 70000};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
        for (int disorder = 0; disorder < 3; disorder++) {
            size_t n = sizes[s], units = 5;
            struct spike *spike = make_spikes(n, units, disorder, s * 3 + 11);
            struct recording *r = record(spike, n, units);
            qsort(spike, n, sizeof *spike, by_time_then_unit);
            for (size_t i = 0; i < n; i++)
                ck_assert_msg(r->time[i] == spike[i].time && recording_unit(r, i) == spike[i].unit,
                              "%zu spikes, disorder %d: spike %zu is %g/%u, not %g/%u", n, disorder, i, r->time[i],
                              recording_unit(r, i), spike[i].time, spike[i].unit);
            size_t at = 0;
            for (uint32_t u = 0; u < units; u++) {
                ck_assert_uint_eq(r->start[u], at);
                for (size_t i = 0; i < n; i++)
                    if (spike[i].unit == u)
                        ck_assert_msg(r->by_unit[at++] == i, "unit %u: the index is wrong at spike %zu", u, i);
            }
            ck_assert_uint_eq(r->start[units], n);
            recording_free(r);
            free(spike);
        }
}
END_TEST

/* More units than two bytes tell apart. */
START_TEST(very_many_units_are_kept_apart)
{
    enum { N = 3000, UNITS = 70000 };
    struct spike *spike = make_spikes(N, UNITS, 2, 8);
    spike[7].unit = UNITS - 1;
    struct recording *r = record(spike, N, UNITS);
    qsort(spike, N, sizeof *spike, by_time_then_unit);
    for (size_t i = 0; i < N; i++) {
        uint32_t unit = recording_unit(r, i);
        ck_assert_msg(unit == spike[i].unit, "spike %zu is of unit %u, not %u", i, unit, spike[i].unit);
        size_t found = 0;
        for (size_t k = r->start[unit]; k < r->start[unit + 1]; k++)
            found += r->by_unit[k] == i;
        ck_assert_msg(found == 1, "spike %zu is %zu times in the index", i, found);
    }
    ck_assert_uint_gt(r->start[UNITS] - r->start[UNITS - 1], 0);
    recording_free(r);
    free(spike);
}
END_TEST

struct visit {
    const struct spike *expected;
    size_t count;
};

static void compare(void *context, double time, uint32_t neuron)
{
    struct visit *visit = context;
    ck_assert_msg(visit->expected->time == time && visit->expected->unit == neuron, "visited %g/%u, expected %g/%u",
                  time, neuron, visit->expected->time, visit->expected->unit);
    visit->expected++;
    visit->count++;
}

START_TEST(a_source_answers_as_a_naive_list_does)
{
    enum { N = 500, UNITS = 7 };
    struct spike *spike = make_spikes(N, UNITS, 2, 5);
    struct recording *r = record(spike, N, UNITS);
    qsort(spike, N, sizeof *spike, by_time_then_unit);
    struct spike_source source = recording_source(r);
    double first, last;
    ck_assert(source_span(&source, &first, &last));
    ck_assert_double_eq(first, spike[0].time);
    ck_assert_double_eq(last, spike[N - 1].time);
    static const double window[][2] = {{-1, 3}, {0.5, 1.5}, {0.46, 0.46}, {1, 0.5}, {3, 9}, {-INFINITY, INFINITY}};
    for (size_t w = 0; w < sizeof window / sizeof *window; w++) {
        double from = window[w][0], to = window[w][1];
        size_t begin = 0, end = 0;
        while (begin < N && spike[begin].time < from)
            begin++;
        for (end = begin; end < N && spike[end].time <= to;)
            end++;
        ck_assert_msg(source_count(&source, from, to) == end - begin, "[%g, %g]: %zu spikes, not %zu", from, to,
                      source_count(&source, from, to), end - begin);
        struct visit visit = {spike + begin, 0};
        source_each(&source, from, to, compare, &visit);
        ck_assert_uint_eq(visit.count, end - begin);
        for (uint32_t u = 0; u < UNITS; u++) {
            double all[N], few[3];
            size_t k = 0, got = source_train(&source, u, from, to, all, N);
            for (size_t i = begin; i < end; i++)
                if (spike[i].unit == u)
                    ck_assert_msg(all[k++] == spike[i].time, "unit %u in [%g, %g]: wrong train", u, from, to);
            ck_assert_uint_eq(got, k);
            ck_assert_uint_eq(source_train(&source, u, from, to, few, 3), k);
            for (size_t i = 0; i < 3 && i < k; i++)
                ck_assert_double_eq(few[i], all[k < 3 ? i : k - 3 + i]);
        }
    }
    char text[16];
    ck_assert_str_eq(source_label(&source, 3, text, sizeof text), "unit 3");
    ck_assert_uint_eq(source.neurons, UNITS);
    ck_assert_uint_eq(source_train(&source, UNITS, 0, 1, NULL, 0), 0);
    recording_free(r);
    free(spike);
}
END_TEST

START_TEST(samples_set_the_span_and_scaling_reaches_everything)
{
    struct spike spike[] = {{20, 1}, {30, 0}, {20, 0}};
    struct recording *r = record(spike, 3, 2);
    double *sample = xcalloc(3, sizeof *sample);
    memcpy(sample, (double[]){10, 20, 50}, 3 * sizeof *sample);
    recording_set_samples(r, sample, 3);
    recording_scale(r, 1, 1000);
    ck_assert_double_eq(r->first, 0.01);
    ck_assert_double_eq(r->last, 0.05);
    ck_assert_double_eq(r->sample_time[1], 0.02);
    ck_assert_double_eq(r->time[2], 0.03);
    ck_assert_uint_eq(recording_unit(r, 0), 0);
    recording_free(r);
}
END_TEST

START_TEST(scaling_keeps_neurons_rising_within_one_time)
{
    /* Neighbouring doubles that fall together after division by 3 need their units put in order again. */
    double a = 1.9, b = nextafter(a, 2);
    while (a / 3 != b / 3) {
        a = b;
        b = nextafter(b, 2);
    }
    struct spike spike[] = {{a, 1}, {b, 0}};
    struct recording *r = record(spike, 2, 2);
    recording_scale(r, 1, 3);
    ck_assert_double_eq(r->time[0], r->time[1]);
    ck_assert_uint_eq(recording_unit(r, 0), 0);
    ck_assert_uint_eq(r->by_unit[r->start[1]], 1);
    recording_free(r);
}
END_TEST

/* Times that are spread in ways that bins of equal length do not suit, each by the number of the spike and by chance. */
static double spread(int kind, size_t i, size_t n, uint64_t *seed)
{
    uint32_t chance = next_random(seed);
    switch (kind) {
    case 0:
        return chance / 4096.0 - 1e5; /* any, below zero too */
    case 1:
        return 3.25; /* one */
    case 2:
        return chance % 2 ? -1.7e308 : 1.7e308 - (double)(i % 5) * 1e300; /* their difference is no number */
    case 3:
        return ldexp(1 + chance / 4294967296.0, -(int)(chance % 900)); /* each bin holds nearly all of the rest */
    case 4:
        return (double)(i % (n / 50 + 1)); /* fifty trains, one after the other */
    case 5:
        return 5e-324 * (chance % 3); /* the least differences there are */
    default:
        return 1e9 + (chance % 100000) * 1e-4; /* far from zero */
    }
}

START_TEST(any_spread_of_times_is_sorted)
{
    static const size_t sizes[] = {2047, 2048, 5000, 150000};
    uint64_t seed = 5;
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
        for (int kind = 0; kind < 7; kind++) {
            size_t n = sizes[s], units = 9;
            struct spike *spike = xcalloc(n, sizeof *spike);
            for (size_t i = 0; i < n; i++)
                spike[i] = (struct spike){spread(kind, i, n, &seed), next_random(&seed) % (uint32_t)units};
            struct recording *r = record(spike, n, units);
            qsort(spike, n, sizeof *spike, by_time_then_unit);
            for (size_t i = 0; i < n; i++)
                ck_assert_msg(r->time[i] == spike[i].time && recording_unit(r, i) == spike[i].unit,
                              "%zu spikes, spread %d: spike %zu is %g of %u, not %g of %u", n, kind, i, r->time[i],
                              recording_unit(r, i), spike[i].time, spike[i].unit);
            recording_free(r);
            free(spike);
        }
}
END_TEST

START_TEST(nothing_recorded_is_no_span)
{
    struct recording *r = record(NULL, 0, 0);
    struct spike_source source = recording_source(r);
    double first = 7, last = 7;
    ck_assert(!source_span(&source, &first, &last));
    ck_assert_uint_eq(source_count(&source, -INFINITY, INFINITY), 0);
    recording_free(r);
    recording_free(NULL);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("signal: recording", spikes_are_sorted_and_indexed_by_unit, very_many_units_are_kept_apart,
                       a_source_answers_as_a_naive_list_does, samples_set_the_span_and_scaling_reaches_everything,
                       scaling_keeps_neurons_rising_within_one_time, any_spread_of_times_is_sorted,
                       nothing_recorded_is_no_span);
}
