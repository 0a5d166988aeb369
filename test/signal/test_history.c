/* The history against a twin that keeps everything in plain arrays and drops as many of its oldest steps as
 * the history says it dropped. Tiny pieces and limits keep the edges busy. */
#include "harness.h"

#include <math.h>

#include "base/xalloc.h"
#include "signal/history.h"

static uint64_t state = 88172645463325252u;

static size_t draw(size_t below)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (size_t)(state >> 11) % below;
}

#define TWIN_STEPS 6000
#define TWIN_SPIKES 400000

struct twin {
    size_t first, steps; /* steps kept are first .. steps - 1 */
    double time[TWIN_STEPS], input[TWIN_STEPS][2];
    size_t end[TWIN_STEPS];
    uint32_t neuron[TWIN_SPIKES];
};

static size_t twin_start(const struct twin *twin, size_t step)
{
    return step ? twin->end[step - 1] : 0;
}

static void twin_append(struct twin *twin, const struct spike_batch *batch)
{
    for (size_t s = 0; s < batch->steps; s++) {
        size_t from = s ? batch->end[s - 1] : 0, step = twin->steps++;
        ck_assert(twin->steps <= TWIN_STEPS);
        twin->time[step] = batch->time[s];
        memcpy(twin->input[step], batch->input + 2 * s, 2 * sizeof(double));
        twin->end[step] = twin_start(twin, step) + batch->end[s] - from;
        ck_assert(twin->end[step] <= TWIN_SPIKES);
        memcpy(twin->neuron + twin_start(twin, step), batch->neuron + from, 4 * (batch->end[s] - from));
    }
}

/* Fills a batch with steps that go on from *time; neurons spike with probability 1 / rarity. */
static void fill(struct spike_batch *batch, double *time, size_t steps, size_t neurons, size_t rarity)
{
    static const double dts[] = {0.001, 0.0001, 0.25};
    double dt = dts[draw(3)];
    batch_clear(batch);
    for (size_t s = 0; s < steps; s++) {
        uint64_t bits[16] = {0};
        for (size_t i = 0; i < neurons; i++)
            if (draw(rarity) == 0)
                bits[i / 64] |= UINT64_C(1) << i % 64;
        *time += dt;
        double x[2] = {*time, (double)draw(100)};
        ck_assert(batch_step(batch, *time, x, bits, neurons));
    }
}

struct list {
    size_t count, capacity;
    double *time;
    uint32_t *neuron;
};

static void collect(void *context, double time, uint32_t neuron)
{
    struct list *list = context;
    if (list->count == list->capacity) {
        list->capacity = list->capacity ? 2 * list->capacity : 64;
        list->time = xreallocarray(list->time, list->capacity, sizeof *list->time);
        list->neuron = xreallocarray(list->neuron, list->capacity, sizeof *list->neuron);
    }
    list->time[list->count] = time;
    list->neuron[list->count++] = neuron;
}

static void check_window(const struct history *history, const struct twin *twin, size_t neurons, double from, double to)
{
    struct spike_source source = history_source(history, neurons);
    struct list seen = {0};
    source_each(&source, from, to, collect, &seen);
    size_t at = 0, chosen = draw(neurons + 1), chosen_count = 0;
    double *train = xreallocarray(NULL, TWIN_STEPS, sizeof *train);
    for (size_t s = twin->first; s < twin->steps; s++) {
        if (twin->time[s] < from || twin->time[s] > to)
            continue;
        for (size_t i = twin_start(twin, s); i < twin->end[s]; i++) {
            if (twin->neuron[i] >= neurons)
                continue;
            ck_assert_msg(at < seen.count, "each gives only %zu spikes of %g..%g", seen.count, from, to);
            ck_assert_msg(seen.time[at] == twin->time[s] && seen.neuron[at] == twin->neuron[i],
                          "spike %zu of %g..%g is neuron %u at %g, not %u at %g", at, from, to, seen.neuron[at],
                          seen.time[at], twin->neuron[i], twin->time[s]);
            at++;
            if (twin->neuron[i] == chosen)
                train[chosen_count++] = twin->time[s];
        }
    }
    ck_assert_msg(at == seen.count, "each gives %zu spikes of %g..%g, not %zu", seen.count, from, to, at);
    size_t count = source_count(&source, from, to);
    ck_assert_msg(count == at, "count of %g..%g is %zu, not %zu", from, to, count, at);

    double got[TWIN_STEPS];
    size_t room = draw(chosen_count + 3);
    size_t all = source_train(&source, (uint32_t)chosen, from, to, got, room);
    ck_assert_msg(all == chosen_count, "train of %zu in %g..%g has %zu, not %zu", chosen, from, to, all, chosen_count);
    size_t given = all < room ? all : room;
    for (size_t i = 0; i < given; i++)
        ck_assert_msg(got[i] == train[chosen_count - given + i], "train of %zu: spike %zu at %g", chosen, i, got[i]);
    free(train);
    free(seen.time);
    free(seen.neuron);
}

static void check_steps(const struct history *history, const struct twin *twin)
{
    size_t steps = history_steps(history);
    ck_assert_uint_eq(steps, twin->steps - twin->first);
    if (steps == 0)
        return;
    ck_assert_uint_eq(history_spikes(history), twin->end[twin->steps - 1] - twin_start(twin, twin->first));
    struct spike_source source = history_source(history, 10);
    double first, last;
    ck_assert(source_span(&source, &first, &last));
    ck_assert_double_eq(first, twin->time[twin->first]);
    ck_assert_double_eq(last, twin->time[twin->steps - 1]);
    for (int again = 0; again < 10; again++) {
        size_t i = draw(steps);
        ck_assert_double_eq(history_time(history, i), twin->time[twin->first + i]);
        ck_assert_double_eq(history_input(history, i)[1], twin->input[twin->first + i][1]);
        size_t spiked, start = twin_start(twin, twin->first + i);
        const uint32_t *neuron = history_spiked(history, i, &spiked);
        ck_assert_uint_eq(spiked, twin->end[twin->first + i] - start);
        ck_assert_msg(memcmp(neuron, twin->neuron + start, 4 * spiked) == 0, "step %zu: other neurons spiked", i);
        ck_assert_uint_eq(history_find(history, history_time(history, i)), i);
        ck_assert_uint_eq(history_find(history, nextafter(history_time(history, i), INFINITY)), i + 1);
    }
    ck_assert_uint_eq(history_find(history, -1), 0);
}

static void check(const struct history *history, const struct twin *twin, size_t neurons)
{
    check_steps(history, twin);
    double first = twin->time[twin->first], last = twin->time[twin->steps - 1];
    check_window(history, twin, neurons, -INFINITY, INFINITY);
    check_window(history, twin, neurons, last + 1, last + 2);
    check_window(history, twin, neurons, 1, 0);
    for (int again = 0; again < 10; again++) {
        double a = first + (last - first) * ((double)draw(1200) - 100) / 1000;
        double b = again % 2 ? a + (last - first) * (double)draw(300) / 1000 : twin->time[draw(twin->steps)];
        check_window(history, twin, 1 + draw(neurons), a, b);
    }
}

static void against_twin(size_t limit, size_t piece)
{
    struct twin *twin = xcalloc(1, sizeof *twin);
    struct history *history = history_new_pieces(2, limit, piece);
    struct spike_batch *batch = batch_new(2, 64, 64 * 1024);
    double time = 0;
    for (int round = 0; round < 60; round++) {
        size_t neurons = 1 + draw(round % 10 == 9 ? 1000 : 100), rarity = round % 7 == 3 ? 1 : 12;
        fill(batch, &time, draw(65), neurons, round % 5 == 4 ? 1000000 : rarity);
        history_append(history, batch);
        twin_append(twin, batch);
        twin->first = history_dropped(history);
        ck_assert(twin->steps == 0 || twin->first < twin->steps);
        if (twin->steps)
            check(history, twin, neurons);
        size_t newest = 32 + 4000;
        ck_assert_msg(history_bytes(history) <= (limit > newest ? limit : newest), "%zu bytes of %zu are taken",
                      history_bytes(history), limit);
    }
    batch_free(batch);
    history_free(history);
    free(twin);
}

START_TEST(one_step_a_piece)
{
    against_twin(2000, 1);
}
END_TEST

START_TEST(starved)
{
    against_twin(3000, 200);
    against_twin(20000, 900);
}
END_TEST

START_TEST(nothing_but_the_newest_step)
{
    against_twin(0, 0);
}
END_TEST

START_TEST(roomy)
{
    against_twin(SIZE_MAX / 2, 1 << 16);
}
END_TEST

START_TEST(empty_one)
{
    struct history *history = history_new(1, 0);
    struct spike_source source = history_source(history, 5);
    double first, last;
    ck_assert(!source_span(&source, &first, &last));
    ck_assert_uint_eq(source_count(&source, -INFINITY, INFINITY), 0);
    ck_assert_uint_eq(source_train(&source, 0, 0, 1, NULL, 0), 0);
    ck_assert_uint_eq(history_find(history, 0), 0);
    ck_assert_uint_eq(history_spikes(history), 0);
    char label[16];
    ck_assert_str_eq(source_label(&source, 1234567, label, sizeof label), "1234567");
    ck_assert_msg(history_bytes(history) == 0, "an empty history takes no memory");
    history_free(history);
    history_free(NULL);
}
END_TEST

START_TEST(small_when_idle)
{
    struct history *history = history_new(1, (size_t)1 << 30);
    struct spike_batch *batch = batch_new(1, 100, 100);
    double x = 0;
    for (int i = 0; i < 100; i++)
        batch_step(batch, i, &x, (uint64_t[]){1}, 1);
    history_append(history, batch);
    ck_assert_msg(history_bytes(history) <= 16384, "%zu bytes for 100 spikes", history_bytes(history));
    batch->lost = 7;
    ck_assert_uint_eq(history_lost(history), 0);
    batch_free(batch);
    history_free(history);
}
END_TEST

/* A clock set back (reset) must not leave times that fall: binary searches would go astray. */
START_TEST(clock_set_back)
{
    struct history *history = history_new_pieces(1, 100000, 100);
    struct spike_batch *batch = batch_new(1, 10, 100);
    double x = 0;
    for (int i = 0; i < 10; i++)
        batch_step(batch, i < 6 ? 10 + i : i, &x, (uint64_t[]){2}, 2);
    batch->lost = 3;
    history_append(history, batch);
    ck_assert_uint_eq(history_steps(history), 4);
    ck_assert_double_eq(history_time(history, 0), 6);
    ck_assert_uint_eq(history_spikes(history), 4);
    ck_assert_uint_eq(history_lost(history), 3);
    history_clear(history);
    ck_assert_uint_eq(history_steps(history), 0);
    ck_assert_uint_eq(history_lost(history), 0);
    history_append(history, batch);
    ck_assert_uint_eq(history_steps(history), 4);
    batch_free(batch);
    history_free(history);
}
END_TEST

static struct list all_of(const struct history *history)
{
    struct list list = {0};
    struct spike_source source = history_source(history, 300);
    source_each(&source, -INFINITY, INFINITY, collect, &list);
    return list;
}

static void expect_same(const struct list *a, const struct list *b, const char *when)
{
    ck_assert_msg(a->count == b->count && memcmp(a->time, b->time, a->count * sizeof *a->time) == 0 &&
                      memcmp(a->neuron, b->neuron, a->count * sizeof *a->neuron) == 0,
                  "%s: the snapshot of %zu spikes has %zu, or others", when, a->count, b->count);
}

/* Whatever becomes of the history: steps behind its newest piece, that piece and all others dropped, cleared, freed. */
static void expect_snapshots(bool ideal)
{
    double time = 0;
    struct spike_batch *batch = batch_new(2, 1000, 100000);
    struct history *history = ideal ? history_new_ideal(2, 0) : history_new_pieces(2, 6000, 1000);
    fill(batch, &time, 20, 300, 10);
    history_append(history, batch);
    struct history *first = history_snapshot(history), *second = NULL;
    size_t steps = history_steps(first), second_steps = 0;
    double newest = history_time(first, steps - 1);
    struct list before = all_of(first), then = {0};
    ck_assert_uint_gt(before.count, 100);
    for (int i = 0; i < 50; i++) {
        fill(batch, &time, 7, 300, 10);
        history_append(history, batch);
        struct list now = all_of(first);
        expect_same(&before, &now, "while more comes");
        ck_assert(history_steps(first) == steps && history_time(first, steps - 1) == newest);
        free(now.time);
        free(now.neuron);
        if (i == 25) {
            second = history_snapshot(history);
            second_steps = history_steps(second);
            then = all_of(second);
        }
    }
    ck_assert_msg(ideal || history_dropped(history) > steps, "nothing was dropped");
    history_free(first); /* before the history, and the other one after it */
    history_clear(history);
    history_free(history);
    struct list now = all_of(second);
    expect_same(&then, &now, "when it is all that is left");
    ck_assert_uint_eq(history_steps(second), second_steps);
    history_free(second);
    batch_free(batch);
    struct list *lists[] = {&before, &then, &now};
    for (size_t i = 0; i < 3; i++) {
        free(lists[i]->time);
        free(lists[i]->neuron);
    }
}

START_TEST(a_snapshot_stays_as_it_was)
{
    expect_snapshots(false);
    expect_snapshots(true);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("signal: history", one_step_a_piece, starved, nothing_but_the_newest_step, roomy, empty_one,
                       small_when_idle, clock_set_back, a_snapshot_stays_as_it_was);
}
