/* Density against a naive count, by every way it can be found. */
#include "harness.h"

#include "signal/recording.h"

static double uniform(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (double)(*state >> 11) / 9007199254740992.0;
}

/* Times in bursts and on a coarse clock, so that many are equal; half of the units hardly spike. */
static struct recording *make(size_t units, size_t spikes, uint64_t seed)
{
    char **label = malloc(units * sizeof *label);
    double *time = malloc(spikes * sizeof *time);
    uint32_t *unit = malloc(spikes * sizeof *unit);
    for (size_t u = 0; u < units; u++) {
        label[u] = malloc(16);
        snprintf(label[u], 16, "%zu", u);
    }
    double t = 10;
    for (size_t i = 0; i < spikes; i++) {
        t += uniform(&seed) < 0.001 ? 0.5 * uniform(&seed) : 1e-5 * uniform(&seed);
        time[i] = uniform(&seed) < 0.5 ? t : floor(t * 1000) / 1000;
        unit[i] = (uint32_t)(uniform(&seed) * uniform(&seed) * (double)units);
    }
    return recording_new(label, units, time, unit, spikes);
}

static uint32_t *count_naively(const struct recording *r, const struct spike_grid *g)
{
    uint32_t *count = calloc(g->columns * g->rows, sizeof *count);
    for (size_t i = 0; i < r->spikes; i++) {
        double t = r->time[i];
        uint32_t row = g->row_of ? g->row_of[recording_unit(r, i)] : 0;
        if (t < g->from || t > g->to || row == SOURCE_NO_ROW)
            continue;
        size_t c = 0;
        double place = (t - g->from) / (g->to - g->from) * (double)g->columns;
        c = place >= 1 ? (size_t)place - 1 : 0;
        while (c + 1 < g->columns && t >= source_edge(g, c + 1))
            c++;
        count[c * g->rows + row]++;
    }
    return count;
}

static uint64_t sum(const uint32_t *count, size_t n)
{
    uint64_t all = 0;
    for (size_t i = 0; i < n; i++)
        all += count[i];
    return all;
}

static void check_grid(const struct recording *r, struct spike_grid g, const char *what)
{
    struct spike_source source = recording_source(r);
    size_t cells = g.columns * g.rows;
    uint32_t *expected = count_naively(r, &g);
    g.count = calloc(cells, sizeof *g.count);
    ck_assert_msg(source_density(&source, &g) == 1, "%s: not every spike was looked at", what);
    for (size_t i = 0; i < cells; i++)
        ck_assert_msg(g.count[i] == expected[i],
                      "%s, [%.17g, %.17g] in %zu columns: row %zu, column %zu has %u, not %u", what, g.from, g.to,
                      g.columns, i % g.rows, i / g.rows, g.count[i], expected[i]);
    if (!g.row_of)
        ck_assert_uint_eq(sum(g.count, cells), source_count(&source, g.from, g.to));
    free(expected);
    free(g.count);
}

/* Windows of every size, some over the ends, some of one column; rows of several units, some units left out.
 */
static void check_many(const struct recording *r, size_t rows, const char *what)
{
    static const size_t columns[] = {1, 2, 7, 64, 398};
    uint32_t *row_of = malloc(r->units * sizeof *row_of);
    uint64_t seed = 99;
    for (size_t u = 0; u < r->units; u++)
        row_of[u] = uniform(&seed) < 0.1 ? SOURCE_NO_ROW : (uint32_t)(uniform(&seed) * (double)rows);
    double length = r->last - r->first;
    for (int k = 0; k < 30; k++) {
        double width = 1.2 * length * pow(2, -k % 15), from = r->first - 0.1 * length + uniform(&seed) * length;
        struct spike_grid g = {.from = from, .to = from + width, .columns = columns[k % 5], .rows = rows};
        g.row_of = row_of;
        check_grid(r, g, what);
        g.row_of = NULL;
        g.rows = 1;
        check_grid(r, g, what);
    }
    struct spike_grid whole = {.from = r->first, .to = r->last, .columns = 100, .rows = rows, .row_of = row_of};
    check_grid(r, whole, what);
    free(row_of);
}

START_TEST(few_spikes_are_counted_one_by_one)
{
    struct recording *r = make(20, 5000, 1);
    ck_assert_msg(r->mark == NULL, "5000 spikes need no marks");
    check_many(r, 20, "few spikes");
    recording_free(r);
}
END_TEST

START_TEST(marks_give_the_same_numbers)
{
    struct recording *r = make(50, 700000, 2);
    ck_assert_msg(r->mark != NULL, "700 000 spikes of 50 units should have marks");
    check_many(r, 7, "marks");
    check_many(r, 50, "marks");
    recording_scale(r, 1, 1000); /* times collapse and are sorted anew */
    check_many(r, 13, "marks of other times");
    recording_free(r);
}
END_TEST

/* The last mark stands at the very end. */
START_TEST(a_whole_number_of_marks)
{
    struct recording *r = make(10, 64 * 4096, 3);
    ck_assert_uint_eq(r->mark_step, 4096);
    check_many(r, 3, "64 marks");
    recording_free(r);
}
END_TEST

static size_t plain_count(const struct spike_source *s, double from, double to)
{
    struct spike_source inner = *(const struct spike_source *)s->data;
    return source_count(&inner, from, to);
}

static void plain_each(const struct spike_source *s, double from, double to, spike_visitor *visit, void *context)
{
    struct spike_source inner = *(const struct spike_source *)s->data;
    source_each(&inner, from, to, visit, context);
}

static const struct spike_source_type plain_type = {.count = plain_count, .each = plain_each};

START_TEST(a_source_without_density_is_looked_through)
{
    struct recording *r = make(20, 5000, 4);
    struct spike_source inner = recording_source(r), source = {&plain_type, &inner, r->units};
    uint32_t row_of[20], count[64 * 4] = {0};
    for (uint32_t u = 0; u < 20; u++)
        row_of[u] = u % 5 == 4 ? SOURCE_NO_ROW : u % 5;
    struct spike_grid g = {
        .from = r->first + 0.1, .to = r->last - 0.1, .columns = 64, .rows = 4, .row_of = row_of, .count = count};
    uint32_t *expected = count_naively(r, &g);
    ck_assert_uint_eq(source_density(&source, &g), 1);
    for (size_t i = 0; i < 64 * 4; i++)
        ck_assert_msg(count[i] == expected[i], "cell %zu has %u spikes, not %u", i, count[i], expected[i]);
    free(expected);
    recording_free(r);
}
END_TEST

/* Too many units for marks, too many spikes to look at all: still about right, and the same at every place.
 */
START_TEST(too_much_is_sampled_evenly)
{
    enum { UNITS = 4000000, SPIKES = 20000000 };
    char **label = calloc(UNITS, sizeof *label);
    double *time = malloc(SPIKES * sizeof *time);
    uint32_t *unit = malloc(SPIKES * sizeof *unit), *row_of = malloc(UNITS * sizeof *row_of), count[20 * 4] = {0};
    uint64_t seed = 5;
    for (size_t i = 0; i < SPIKES; i++) {
        time[i] = (double)i * 1e-6;
        unit[i] = (uint32_t)(uniform(&seed) * UNITS);
    }
    for (size_t u = 0; u < UNITS; u++)
        row_of[u] = (uint32_t)(u % 4);
    struct recording *r = recording_new(label, UNITS, time, unit, SPIKES);
    struct spike_source source = recording_source(r);
    struct spike_grid g = {.from = 0, .to = SPIKES * 1e-6, .columns = 20, .rows = 4, .row_of = row_of, .count = count};
    size_t n = source_density(&source, &g);
    ck_assert_msg(n > 1 && n < 10, "one spike in %zu was looked at", n);
    for (size_t i = 0; i < 20 * 4; i++)
        ck_assert_msg(fabs(count[i] / (SPIKES / 80.0) - 1) < 0.02, "cell %zu: %u spikes instead of about %d", i,
                      count[i], SPIKES / 80);
    free(row_of);
    recording_free(r);
}
END_TEST

/* ---- walking ---- */

struct walk {
    const double *expected; /* rising */
    size_t left;
};

static void step(void *context, double time, uint32_t neuron)
{
    struct walk *w = context;
    ck_assert_uint_eq(neuron, 3);
    ck_assert_msg(w->left > 0 && w->expected[w->left - 1] == time, "a spike at %.17g where %.17g comes next", time,
                  w->left ? w->expected[w->left - 1] : NAN);
    w->left--;
}

START_TEST(a_train_is_walked_backwards)
{
    struct recording *r = make(20, 100000, 6);
    struct spike_source source = recording_source(r);
    double *times = malloc(r->spikes * sizeof *times), from = r->first + 0.3, to = r->last - 0.2;
    size_t k = source_train(&source, 3, from, to, times, r->spikes);
    ck_assert_msg(k > 5000, "only %zu spikes to walk over", k);
    struct walk walk = {times, k};
    source_walk(&source, 3, from, to, step, &walk);
    ck_assert_msg(walk.left == 0, "%zu of %zu spikes were left out", walk.left, k);
    free(times);
    recording_free(r);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("signal: density", few_spikes_are_counted_one_by_one, marks_give_the_same_numbers,
                       a_whole_number_of_marks, a_source_without_density_is_looked_through, too_much_is_sampled_evenly,
                       a_train_is_walked_backwards);
}
