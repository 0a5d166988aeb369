/* The record of arriving spikes against a naive twin: an array that is sorted and cut for every question. */
#include "harness.h"

#include "signal/stream.h"

static int by_number(const char *a, const char *b)
{
    int x = atoi(a), y = atoi(b);
    return (x > y) - (x < y);
}

/* Numbers that are the same everywhere. */
static uint64_t draw_next(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state >> 33;
}

struct pair {
    double time;
    uint32_t label; /* = its place among 0, 1, 2, ... once all are there */
};

struct twin {
    struct pair *pair;
    size_t count;
    double newest, keep;
};

static int compare_pairs(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    if (x->time != y->time)
        return x->time < y->time ? -1 : 1;
    return (x->label > y->label) - (x->label < y->label);
}

static void twin_settle(struct twin *twin)
{
    size_t n = 0;
    qsort(twin->pair, twin->count, sizeof *twin->pair, compare_pairs);
    for (size_t i = 0; i < twin->count; i++)
        if (twin->pair[i].time >= twin->newest - twin->keep)
            twin->pair[n++] = twin->pair[i];
    twin->count = n;
}

struct pairs {
    struct pair *pair;
    size_t count;
};

static void collect(void *context, double time, uint32_t neuron)
{
    struct pairs *pairs = context;
    pairs->pair[pairs->count++] = (struct pair){time, neuron};
}

static void compare_each(const struct twin *twin, const struct spike_source *source, double from, double to)
{
    struct pairs got = {malloc((twin->count + 1) * sizeof(struct pair)), 0};
    size_t n = 0;
    source_each(source, from, to, collect, &got);
    for (size_t i = 0; i < twin->count; i++) {
        if (twin->pair[i].time < from || twin->pair[i].time > to)
            continue;
        ck_assert_msg(
            n < got.count && got.pair[n].time == twin->pair[i].time && got.pair[n].label == twin->pair[i].label,
            "spike %zu of [%g, %g] is not neuron %u at %.17g", n, from, to, twin->pair[i].label, twin->pair[i].time);
        n++;
    }
    ck_assert_uint_eq(n, got.count);
    ck_assert_uint_eq(n, source_count(source, from, to));
    free(got.pair);
}

static void compare_train(const struct twin *twin, const struct spike_source *source, uint32_t neuron, double from,
                          double to, size_t capacity)
{
    double *times = malloc((capacity + 1) * sizeof *times), *wanted = malloc((twin->count + 1) * sizeof *wanted);
    size_t n = 0, all = source_train(source, neuron, from, to, times, capacity);
    for (size_t i = 0; i < twin->count; i++)
        if (twin->pair[i].label == neuron && twin->pair[i].time >= from && twin->pair[i].time <= to)
            wanted[n++] = twin->pair[i].time;
    ck_assert_msg(all == n, "neuron %u has %zu spikes in [%g, %g], not %zu", neuron, n, from, to, all);
    size_t given = n < capacity ? n : capacity;
    for (size_t i = 0; i < given; i++)
        ck_assert_msg(times[i] == wanted[n - given + i], "spike %zu of neuron %u is at %.17g, not %.17g", i, neuron,
                      wanted[n - given + i], times[i]);
    free(times);
    free(wanted);
}

/* Every cell of a picture; odd neurons have no row, or all of them one. */
static void compare_density(const struct twin *twin, const struct spike_source *source, double from, double to,
                            uint32_t units, bool all)
{
    enum { COLUMNS = 37, ROWS = 5 };
    uint32_t count[COLUMNS * ROWS] = {0}, wanted[COLUMNS * ROWS] = {0}, *row_of = calloc(units, sizeof *row_of);
    struct spike_grid grid = {
        .from = from, .to = to, .columns = COLUMNS, .rows = ROWS, .row_of = all ? NULL : row_of, .count = count};
    for (uint32_t i = 0; i < units; i++)
        row_of[i] = i % 2 ? SOURCE_NO_ROW : i % ROWS;
    for (size_t i = 0; i < twin->count; i++) {
        const struct pair *p = &twin->pair[i];
        size_t column = 0;
        if (p->time < from || p->time > to || (!all && p->label % 2))
            continue;
        while (column + 1 < COLUMNS && p->time >= source_edge(&grid, column + 1))
            column++;
        wanted[column * ROWS + (all ? 0 : p->label % ROWS)]++;
    }
    ck_assert_uint_eq(source_density(source, &grid), 1);
    for (size_t i = 0; i < COLUMNS * ROWS; i++)
        ck_assert_msg(count[i] == wanted[i], "column %zu row %zu of [%g, %g]: %u, not %u", i / ROWS, i % ROWS, from, to,
                      count[i], wanted[i]);
    free(row_of);
}

static void compare(const struct twin *twin, const struct stream *stream, uint64_t *state, uint32_t units)
{
    struct spike_source source = stream_source(stream);
    double first, last;
    ck_assert(source_span(&source, &first, &last));
    ck_assert_double_eq(last, twin->newest);
    ck_assert_uint_eq(stream_spikes(stream), twin->count);
    compare_each(twin, &source, -INFINITY, INFINITY);
    for (int i = 0; i < 20; i++) {
        double from = first + (last - first) * (double)(draw_next(state) % 1000) / 1000;
        double to = from + (last - first) * (double)(draw_next(state) % 300) / 1000;
        uint32_t neuron = (uint32_t)(draw_next(state) % units);
        if (twin->count && i % 4 == 0) /* edges fall on spikes */
            from = twin->pair[draw_next(state) % twin->count].time;
        compare_each(twin, &source, from, to);
        if (to > from)
            compare_density(twin, &source, from, to, units, i % 2);
        compare_train(twin, &source, neuron, from, to, 100000);
        compare_train(twin, &source, neuron, -INFINITY, to, 3);
        compare_train(twin, &source, neuron, from, INFINITY, 0);
    }
}

#define UNITS 300

/* Times on a coarse grid, so that many are equal, some of them up to `late` earlier than the newest. */
static void run_twins(double keep, double late, size_t spikes, double step)
{
    struct stream *stream = stream_new(keep, SIZE_MAX, by_number);
    struct twin twin = {calloc(spikes, sizeof(struct pair)), 0, -INFINITY, keep};
    uint64_t state = 7;
    uint32_t unit_of[UNITS];
    double time = 0;
    for (uint32_t i = 0; i < UNITS; i++) {
        char label[16];
        snprintf(label, sizeof label, "%u", (i * 7 + 3) % UNITS);
        unit_of[(i * 7 + 3) % UNITS] = stream_unit(stream, label);
        if (i == UNITS / 2)
            free(stream_settle(stream));
    }
    free(stream_settle(stream));
    for (size_t i = 0; i < spikes; i++) {
        uint32_t label = (uint32_t)(draw_next(&state) % UNITS);
        double t = time;
        time += step * (double)(draw_next(&state) % 3);
        if (draw_next(&state) % 5 == 0)
            t -= late * (double)(draw_next(&state) % 100) / 100;
        stream_spike(stream, t, unit_of[label]);
        twin.newest = fmax(twin.newest, t);
        twin.pair[twin.count++] = (struct pair){t, label};
        if (i == spikes / 3 || i == spikes / 2 || i + 1 == spikes) {
            twin_settle(&twin);
            compare(&twin, stream, &state, UNITS);
        }
    }
    stream_free(stream);
    free(twin.pair);
}

START_TEST(spikes_in_order_are_kept_in_order)
{
    run_twins(INFINITY, 0, 40000, 0.001);
}
END_TEST

START_TEST(late_spikes_take_their_place)
{
    run_twins(INFINITY, 0.05, 40000, 0.001);
    run_twins(INFINITY, 30, 30000, 0.001);
}
END_TEST

START_TEST(old_spikes_are_forgotten)
{
    run_twins(1, 0.05, 60000, 0.001);
    run_twins(20, 15, 60000, 0.001);
    run_twins(0.01, 0, 3000, 0.001);
}
END_TEST

static size_t comparisons;

static int by_number_counted(const char *a, const char *b)
{
    comparisons++;
    return by_number(a, b);
}

/* A block of a simulation of many neurons has one time. */
START_TEST(many_spikes_of_one_time_are_soon_in_order)
{
    enum { MANY = 20000 };
    struct stream *stream = stream_new(INFINITY, SIZE_MAX, by_number_counted);
    for (size_t i = 0; i < MANY; i++) {
        char label[16];
        snprintf(label, sizeof label, "%zu", i * 7919 % MANY);
        stream_spike(stream, 1, stream_unit(stream, label));
    }
    ck_assert_msg(comparisons < 20 * MANY, "%zu comparisons of labels for %d spikes", comparisons, MANY);
    free(stream_settle(stream));
    struct spike_source source = stream_source(stream);
    struct pairs got = {malloc(MANY * sizeof *got.pair), 0};
    source_each(&source, 0, 2, collect, &got);
    ck_assert_uint_eq(got.count, MANY);
    for (uint32_t i = 0; i < MANY; i++)
        ck_assert_msg(got.pair[i].label == i, "spike %u is of neuron %u", i, got.pair[i].label);
    free(got.pair);
    stream_free(stream);
}
END_TEST

START_TEST(units_get_their_places_as_they_come)
{
    struct stream *stream = stream_new(10, SIZE_MAX, by_number);
    ck_assert_uint_eq(stream_unit(stream, "12"), 0);
    ck_assert_uint_eq(stream_unit(stream, "7"), 1);
    stream_spike(stream, 1, 0);
    stream_spike(stream, 1, 1);
    uint32_t *map = stream_settle(stream);
    ck_assert(map != NULL);
    free(map);
    ck_assert_str_eq(stream_label(stream, 0), "7");
    ck_assert_str_eq(stream_label(stream, 1), "12");
    ck_assert(stream_settle(stream) == NULL);
    ck_assert_uint_eq(stream_unit(stream, "9"), 2);
    ck_assert_uint_eq(stream_neurons(stream), 2);
    stream_spike(stream, 1, 2);
    map = stream_settle(stream);
    ck_assert_uint_eq(map[0], 0);
    ck_assert_uint_eq(map[1], 2);
    free(map);
    struct spike_source source = stream_source(stream);
    struct pair pair[3];
    struct pairs got = {pair, 0};
    char label[8];
    ck_assert_str_eq(source_label(&source, 1, label, sizeof label), "9");
    source_each(&source, 0, 2, collect, &got);
    ck_assert_uint_eq(got.count, 3);
    for (uint32_t i = 0; i < 3; i++)
        ck_assert_uint_eq(pair[i].label, i);
    stream_free(stream);
}
END_TEST

START_TEST(a_clock_set_back_begins_the_record_anew)
{
    struct stream *stream = stream_new(10, SIZE_MAX, by_number);
    stream_unit(stream, "0");
    stream_spike(stream, 100, 0);
    for (int i = 0; i < STREAM_SET_BACK - 1; i++)
        stream_spike(stream, 0.1 * i, 0);
    ck_assert_double_eq(stream_newest(stream), 100);
    ck_assert_uint_eq(stream_facts(stream).too_late, STREAM_SET_BACK - 1);
    ck_assert_uint_eq(stream_facts(stream).set_back, 0);
    stream_spike(stream, 1.5, 0);
    ck_assert_uint_eq(stream_facts(stream).set_back, 1);
    ck_assert_uint_eq(stream_facts(stream).too_late, 0);
    ck_assert_uint_eq(stream_spikes(stream), STREAM_SET_BACK);
    ck_assert_double_eq(stream_facts(stream).before, 100);
    ck_assert_double_eq(stream_facts(stream).after, 0);
    /* A single early one is no set-back. */
    stream_spike(stream, 50, 0);
    stream_spike(stream, 3, 0);
    stream_spike(stream, 51, 0);
    ck_assert_uint_eq(stream_facts(stream).too_late, 1);
    ck_assert_uint_eq(stream_facts(stream).set_back, 1);
    stream_free(stream);
}
END_TEST

/* What seemed to be its beginning has become too old before it was clear. */
START_TEST(what_is_let_go_is_no_less_than_nothing)
{
    struct stream *stream = stream_new(9, SIZE_MAX, by_number);
    stream_unit(stream, "0");
    stream_unit(stream, "1");
    stream_spike(stream, 0, 0);
    stream_spike(stream, 10, 0);
    for (int i = 0; i < 5; i++)
        stream_spike(stream, 2, 0);
    stream_spike(stream, 100, 1);
    while (stream_facts(stream).set_back == 0)
        stream_spike(stream, 3, 0);
    struct stream_facts facts = stream_facts(stream);
    ck_assert_uint_eq(facts.let_go, 0);
    ck_assert_uint_eq(facts.taken, 2 + 5 + 1);
    ck_assert_uint_eq(facts.late, 0);
    stream_free(stream);
}
END_TEST

/* All of it is within what is kept; units go back, and one of them is new. */
START_TEST(a_producer_that_was_started_again_begins_the_record_anew)
{
    struct stream *stream = stream_new(60, SIZE_MAX, by_number);
    for (int i = 0; i < 9; i++) {
        char label[4];
        snprintf(label, sizeof label, "%d", i);
        stream_unit(stream, label);
    }
    for (int i = 0; i < 800; i++)
        stream_spike(stream, 0.025 * i, (uint32_t)i % 8);
    for (int i = 0; i < STREAM_SET_BACK - 1; i++)
        stream_spike(stream, 0.025 * i + 0.01, (uint32_t)i % 8);
    stream_spike(stream, 0.4, 8);
    ck_assert_uint_eq(stream_facts(stream).set_back, 0);
    ck_assert_uint_eq(stream_spikes(stream), 800 + STREAM_SET_BACK);
    stream_spike(stream, 0.425, 0);
    struct stream_facts facts = stream_facts(stream);
    ck_assert_uint_eq(facts.set_back, 1);
    ck_assert_uint_eq(facts.let_go, 800);
    ck_assert_uint_eq(facts.late, 0);
    ck_assert_uint_eq(facts.too_late, 0);
    ck_assert_uint_eq(stream_spikes(stream), STREAM_SET_BACK + 1);
    ck_assert_double_eq(facts.after, 0.01);
    ck_assert_double_eq(stream_newest(stream), 0.425);
    stream_free(stream);
}
END_TEST

/* Sorted by unit, or of two senders whose clocks differ, is no new run. */
START_TEST(units_may_have_clocks_of_their_own)
{
    struct stream *stream = stream_new(60, SIZE_MAX, by_number);
    char label[8];
    for (uint32_t i = 0; i < 20; i++) {
        snprintf(label, sizeof label, "%u", i);
        stream_unit(stream, label);
    }
    for (uint32_t unit = 0; unit < 10; unit++)
        for (int i = 0; i < 100; i++)
            stream_spike(stream, 0.3 * i, unit);
    for (int i = 0; i < 100; i++)
        for (uint32_t unit = 10; unit < 20; unit++)
            stream_spike(stream, 0.1 * i + (unit < 15 ? 17 : 0), unit);
    ck_assert_uint_eq(stream_facts(stream).set_back, 0);
    ck_assert_uint_eq(stream_spikes(stream), 2000);
    stream_free(stream);
}
END_TEST

START_TEST(a_new_sender_may_begin_anew_at_once)
{
    struct stream *stream = stream_new(60, SIZE_MAX, by_number);
    stream_unit(stream, "0");
    stream_spike(stream, 30, 0);
    stream_break(stream, STREAM_NEXT);
    stream_spike(stream, 29.5, 0); /* a little early: it goes on */
    ck_assert_uint_eq(stream_spikes(stream), 2);
    stream_break(stream, STREAM_NEXT);
    stream_spike(stream, 0.5, 0);
    ck_assert_uint_eq(stream_spikes(stream), 1);
    ck_assert_double_eq(stream_newest(stream), 0.5);
    stream_free(stream);
}
END_TEST

/* cat nest-1.dat nest-2.dat: the second file has other neurons at the same times. Of the same neurons it is a new
 * run. */
START_TEST(a_header_with_other_units_goes_on_with_the_run)
{
    for (uint32_t unit = 0; unit < 2; unit++) {
        struct stream *stream = stream_new(60, SIZE_MAX, by_number);
        stream_unit(stream, "0");
        stream_unit(stream, "1");
        for (int i = 0; i < 20; i++)
            stream_spike(stream, 0.1 + 0.1 * i, 0);
        stream_break(stream, STREAM_HEADER);
        for (int i = 0; i < 5; i++)
            stream_spike(stream, 0.05 + 0.1 * i, unit);
        ck_assert_msg(stream_facts(stream).set_back == (unit == 0) && stream_spikes(stream) == (unit == 0 ? 5 : 25),
                      "unit %u: set back %llu times, %zu spikes", unit,
                      (unsigned long long)stream_facts(stream).set_back, stream_spikes(stream));
        stream_free(stream);
    }
}
END_TEST

START_TEST(memory_has_a_limit)
{
    size_t limit = 2000000;
    struct stream *stream = stream_new(INFINITY, limit, by_number);
    double first, last;
    stream_unit(stream, "0");
    for (int i = 0; i < 500000; i++)
        stream_spike(stream, i, 0);
    struct stream_facts facts = stream_facts(stream);
    ck_assert_uint_le(stream_bytes(stream), limit);
    ck_assert_uint_gt(facts.dropped, 0);
    ck_assert_uint_eq(facts.dropped + stream_spikes(stream), 500000);
    free(stream_settle(stream));
    struct spike_source source = stream_source(stream);
    ck_assert(source_span(&source, &first, &last));
    ck_assert_double_eq(first, (double)facts.dropped);
    ck_assert_double_eq(last, 499999);
    stream_keep(stream, 10, limit);
    ck_assert_uint_eq(stream_spikes(stream), 11);
    stream_free(stream);
}
END_TEST

/* However many spikes have the newest time, and however late the others are. */
START_TEST(memory_has_a_limit_whatever_the_times)
{
    size_t limit = 2000000;
    static const double times[][2] = {{1, 1}, {1, 0.5}, {5, 5}};
    for (size_t k = 0; k < sizeof times / sizeof *times; k++) {
        struct stream *stream = stream_new(INFINITY, limit, by_number);
        uint32_t unit = stream_unit(stream, "1");
        for (size_t i = 0; i < 1000000; i++) {
            stream_spike(stream, times[k][i % 2], unit);
            ck_assert_msg(stream_bytes(stream) <= limit, "times %g and %g: %zu bytes after %zu spikes", times[k][0],
                          times[k][1], stream_bytes(stream), i + 1);
        }
        struct stream_facts facts = stream_facts(stream);
        ck_assert_msg(facts.dropped > 0 && facts.taken == 1000000, "%g dropped of %g", (double)facts.dropped,
                      (double)facts.taken);
        stream_free(stream);
    }
}
END_TEST

START_TEST(time_goes_on_without_spikes)
{
    struct stream *stream = stream_new(1, SIZE_MAX, by_number);
    double first, last;
    struct spike_source source = stream_source(stream);
    ck_assert(!source_span(&source, &first, &last));
    stream_advance(stream, 2);
    ck_assert(source_span(&source, &first, &last));
    ck_assert_double_eq(first, 2);
    stream_unit(stream, "0");
    stream_spike(stream, 2.5, 0);
    stream_advance(stream, 3);
    ck_assert_uint_eq(stream_spikes(stream), 1);
    stream_advance(stream, 4);
    ck_assert_uint_eq(stream_spikes(stream), 0);
    stream_scale(stream, 1e-3);
    ck_assert_double_eq(stream_newest(stream), 4e-3);
    stream_clear(stream);
    ck_assert(isnan(stream_newest(stream)));
    stream_free(stream);
}
END_TEST

/* Each sampled spike stands for several, so the sum is right within one of them. */
START_TEST(a_picture_of_very_many_samples_them)
{
    struct stream *stream = stream_new(INFINITY, SIZE_MAX, by_number);
    enum { SPIKES = 9000000 };
    uint32_t row_of[1] = {0}, count[10] = {0};
    stream_unit(stream, "0");
    for (int i = 0; i < SPIKES; i++)
        stream_spike(stream, i, 0);
    free(stream_settle(stream));
    struct spike_source source = stream_source(stream);
    struct spike_grid grid = {.from = 0, .to = SPIKES, .columns = 10, .rows = 1, .row_of = row_of, .count = count};
    size_t step = source_density(&source, &grid);
    ck_assert_uint_eq(step, 3);
    for (int c = 0; c < 10; c++)
        ck_assert_msg(abs((int)count[c] - SPIKES / 10) <= 3, "column %d holds %u", c, count[c]);
    stream_free(stream);
}
END_TEST

START_TEST(what_is_kept_becomes_a_recording)
{
    struct stream *stream = stream_new(10, SIZE_MAX, by_number);
    stream_unit(stream, "5");
    stream_unit(stream, "2");
    stream_spike(stream, 0.2, 0);
    stream_spike(stream, 0.1, 1);
    free(stream_settle(stream));
    struct recording *recording = stream_recording(stream);
    stream_free(stream);
    ck_assert_uint_eq(recording->units, 2);
    ck_assert_str_eq(recording->label[0], "2");
    ck_assert_uint_eq(recording->spikes, 2);
    ck_assert_double_eq(recording->time[0], 0.1);
    ck_assert_uint_eq(recording_unit(recording, 0), 0);
    recording_free(recording);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("signal: stream", spikes_in_order_are_kept_in_order, late_spikes_take_their_place,
                       old_spikes_are_forgotten, many_spikes_of_one_time_are_soon_in_order,
                       units_get_their_places_as_they_come, a_clock_set_back_begins_the_record_anew,
                       what_is_let_go_is_no_less_than_nothing, a_producer_that_was_started_again_begins_the_record_anew,
                       units_may_have_clocks_of_their_own, a_new_sender_may_begin_anew_at_once,
                       a_header_with_other_units_goes_on_with_the_run, memory_has_a_limit,
                       memory_has_a_limit_whatever_the_times, time_goes_on_without_spikes,
                       a_picture_of_very_many_samples_them, what_is_kept_becomes_a_recording);
}
