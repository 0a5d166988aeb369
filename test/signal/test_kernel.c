/* Kernel rates against nengo-extras, every cell of its tables; then against the sum they are defined by,
 * where the tables do not reach: events between samples, many at once, kernels longer than the record, both
 * instruction sets. */
#include "harness.h"

#include "signal/kernel.h"
#include "signal/kernel_sum.h"

static const struct rate_kernel *find_kernel(const char *name)
{
    for (size_t i = 0; i < rate_kernel_count; i++)
        if (strcmp(rate_kernels[i]->name, name) == 0)
            return rate_kernels[i];
    ck_abort_msg("no kernel %s", name);
    return NULL;
}

static struct kernel *make(const char *name, double tau, double dt)
{
    struct error error;
    struct kernel *kernel = kernel_new(find_kernel(name), tau, dt, false, &error);
    if (!kernel)
        ck_abort_msg("%s tau %g dt %g: %s", name, tau, dt, error.text);
    return kernel;
}

static void check_near(const char *what, size_t row, double got, double want, double tolerance)
{
    ck_assert_msg(fabs(got - want) <= tolerance, "%s, row %zu: %.17g, not %.17g", what, row, got, want);
}

static double mean_place(const struct kernel *kernel)
{
    double sum = 0, moment = 0;
    for (size_t k = 0; k < kernel_taps(kernel); k++) {
        sum += kernel_tap(kernel, k);
        moment += (double)k * kernel_tap(kernel, k);
    }
    return moment / sum;
}

/* A steady train of 100 Hz, long enough that the middle knows no ends. */
static void check_gain(const struct table *cases, size_t row, const struct kernel *kernel, double dt)
{
    size_t period = (size_t)lround(0.01 / dt), n = 3 * kernel_taps(kernel) + 20 * period, spikes = n / period;
    double *t = malloc(n * sizeof *t), *spike = malloc(spikes * sizeof *spike), *out = malloc(n * sizeof *out);
    for (size_t i = 0; i < n; i++)
        t[i] = (double)i * dt;
    for (size_t i = 0; i < spikes; i++)
        spike[i] = t[i * period];
    kernel_rates(kernel, spike, spikes, t, n, out);
    double sum = 0, least = INFINITY, most = 0;
    size_t first = kernel_taps(kernel) + 5 * period;
    for (size_t i = first; i < first + period; i++) {
        sum += out[i];
        least = fmin(least, out[i]);
        most = fmax(most, out[i]);
    }
    double tolerance = 1e-12 * table_number(cases, row, "gain100_max");
    check_near("mean of a steady train", row, sum / (double)period, table_number(cases, row, "gain100_mean"),
               tolerance);
    check_near("least of a steady train", row, least, table_number(cases, row, "gain100_min"), tolerance);
    check_near("most of a steady train", row, most, table_number(cases, row, "gain100_max"), tolerance);
    free(t);
    free(spike);
    free(out);
}

START_TEST(cases_are_the_peers)
{
    struct table cases = table_read("kernel_cases.csv");
    ck_assert_uint_eq(cases.rows, 36);
    for (size_t row = 0; row < cases.rows; row++) {
        double dt = table_number(&cases, row, "dt"), step = table_number(&cases, row, "dt_effective");
        struct kernel *kernel = make(table_text(&cases, row, "kind"), table_number(&cases, row, "tau"), step);
        ck_assert_uint_eq(kernel_taps(kernel), (size_t)table_number(&cases, row, "n_taps"));
        ck_assert_uint_eq(kernel_delay(kernel), (size_t)table_number(&cases, row, "delay_samples"));
        double place = mean_place(kernel) - (double)kernel_delay(kernel);
        check_near("tap_sum", row, kernel_gain(kernel), table_number(&cases, row, "tap_sum"), 1e-12);
        check_near("centroid", row, place, table_number(&cases, row, "centroid_minus_delay_samples"), 1e-11);
        if (!isnan(table_number(&cases, row, "gain100_mean")))
            check_gain(&cases, row, kernel, dt);
        kernel_free(kernel);
    }
    table_free(&cases);
}
END_TEST

START_TEST(taps_are_the_peers)
{
    struct table cases = table_read("kernel_cases.csv"), taps = table_read("kernel_taps.csv");
    size_t row = 0;
    while (row < taps.rows) {
        size_t c = (size_t)table_number(&taps, row, "kernel"), k = 0;
        struct kernel *kernel = make(table_text(&cases, c, "kind"), table_number(&cases, c, "tau"),
                                     table_number(&cases, c, "dt_effective"));
        double peak = 0;
        for (size_t i = 0; i < kernel_taps(kernel); i++)
            peak = fmax(peak, kernel_tap(kernel, i));
        for (; row < taps.rows && (size_t)table_number(&taps, row, "kernel") == c; row++, k++) {
            ck_assert_uint_eq((size_t)table_number(&taps, row, "tap"), k);
            check_near("tap", row, kernel_tap(kernel, k), table_number(&taps, row, "value"), 1e-12 * peak);
        }
        ck_assert_msg(k == kernel_taps(kernel), "kernel %zu has %zu taps, not %zu", c, kernel_taps(kernel), k);
        kernel_free(kernel);
    }
    table_free(&cases);
    table_free(&taps);
}
END_TEST

START_TEST(taps_hang_on_rounding_as_the_peers)
{
    struct table table = table_read("kernel_window_hazard.csv");
    ck_assert_uint_eq(table.rows, 10);
    for (size_t row = 0; row < table.rows; row++) {
        double nominal = table_number(&table, row, "dt"), tau = table_number(&table, row, "tau"), t[50], dt = 0;
        for (size_t i = 0; i < 50; i++)
            t[i] = nominal * (table_number(&table, row, "first_sample_index") + (double)i);
        struct error error;
        ck_assert(kernel_step(t, 50, &dt, &error));
        ck_assert_msg(dt == table_number(&table, row, "dt_effective"), "row %zu: step %.17g", row, dt);
        struct kernel *expon = make("expon", tau, dt), *gauss = make("gauss", tau, dt);
        ck_assert_uint_eq(kernel_taps(expon), (size_t)table_number(&table, row, "n_taps_expon_alpha"));
        ck_assert_uint_eq(kernel_taps(gauss), (size_t)table_number(&table, row, "n_taps_gauss"));
        ck_assert_uint_eq(kernel_delay(expon), (size_t)table_number(&table, row, "delay_expon_alpha"));
        ck_assert_uint_eq(kernel_delay(gauss), (size_t)table_number(&table, row, "delay_gauss"));
        kernel_free(expon);
        kernel_free(gauss);
    }
    table_free(&table);
}
END_TEST

/* One column of kernel_rates, rows first .. first + n - 1; its name is kind_tau. */
static void check_column(const struct table *rates, size_t first, size_t n, const char *column)
{
    double *t = malloc(n * sizeof *t), *spike = malloc(n * sizeof *spike), *out = malloc(n * sizeof *out);
    size_t spikes = 0;
    double peak = 0, dt = 0;
    char kind[32];
    struct error error;
    snprintf(kind, sizeof kind, "%.*s", (int)strcspn(column, "_"), column);
    for (size_t i = 0; i < n; i++) {
        t[i] = table_number(rates, first + i, "t");
        if (table_number(rates, first + i, "spike") != 0)
            spike[spikes++] = t[i];
        peak = fmax(peak, table_number(rates, first + i, column));
    }
    ck_assert(kernel_step(t, n, &dt, &error));
    struct kernel *kernel = make(kind, strtod(strstr(column, "_tau") + 4, NULL), dt);
    kernel_rates(kernel, spike, spikes, t, n, out);
    for (size_t i = 0; i < n; i++)
        check_near(column, first + i, out[i], table_number(rates, first + i, column), 1e-12 * peak);
    kernel_free(kernel);
    free(t);
    free(spike);
    free(out);
}

START_TEST(rates_are_the_peers)
{
    struct table cases = table_read("kernel_rates_cases.csv"), rates = table_read("kernel_rates.csv");
    size_t first = 0, columns = 0;
    for (size_t c = 0; c < cases.rows; c++) {
        size_t n = (size_t)table_number(&cases, c, "n_samples");
        for (size_t i = 0; i < rates.columns; i++)
            if (strstr(rates.name[i], "_tau")) {
                check_column(&rates, first, n, rates.name[i]);
                columns++;
            }
        first += n;
    }
    ck_assert_uint_eq(first, rates.rows);
    ck_assert_uint_eq(columns, 3 * 12);
    table_free(&cases);
    table_free(&rates);
}
END_TEST

/* ---- the definition, sample by sample ---- */

static void convolve(const struct kernel *kernel, const double *x, size_t n, double *out)
{
    for (size_t i = 0; i < n; i++) {
        out[i] = 0;
        for (size_t k = 0; k < kernel_taps(kernel); k++) {
            size_t j = i + kernel_delay(kernel) - k;
            if (i + kernel_delay(kernel) >= k && j < n)
                out[i] += kernel_tap(kernel, k) * x[j];
        }
    }
}

/* x[n] counts spikes. */
static void define(const char *name, double tau, double dt, const double *x, size_t n, double *out)
{
    bool smooth = strcmp(name, "expogauss") == 0;
    struct kernel *first = make(smooth ? "expon" : name, tau, dt), *second = make("gauss", tau / 4, dt);
    double *high = malloc(n * sizeof *high), *between = malloc(n * sizeof *between);
    for (size_t i = 0; i < n; i++)
        high[i] = x[i] / dt;
    convolve(first, high, n, smooth ? between : out);
    if (smooth)
        convolve(second, between, n, out);
    kernel_free(first);
    kernel_free(second);
    free(high);
    free(between);
}

static void check_defined(const char *name, double tau, double dt, const double *x, size_t n)
{
    double *t = malloc(n * sizeof *t), *spike = malloc(4 * n * sizeof *spike);
    double *out = malloc(n * sizeof *out), *want = malloc(n * sizeof *want), peak = 0;
    size_t spikes = 0;
    for (size_t i = 0; i < n; i++) {
        t[i] = 5 + (double)i * dt;
        for (int times = 0; times < (int)x[i]; times++)
            spike[spikes++] = t[i] + 0.1 * dt * times;
    }
    struct kernel *kernel = make(name, tau, dt);
    kernel_rates(kernel, spike, spikes, t, n, out);
    define(name, tau, dt, x, n, want);
    for (size_t i = 0; i < n; i++)
        peak = fmax(peak, want[i]);
    /* Where there is nothing there is nothing, not a trace of rounding. */
    for (size_t i = 0; i < n; i++)
        ck_assert_msg(fabs(out[i] - want[i]) <= 1e-12 * peak && out[i] >= 0 && (out[i] == 0) == (want[i] == 0),
                      "%s tau %g, %zu samples, %zu spikes: sample %zu is %.17g, not %.17g", name, tau, n, spikes, i,
                      out[i], want[i]);
    kernel_free(kernel);
    free(t);
    free(spike);
    free(out);
    free(want);
}

START_TEST(rates_are_the_sum_they_are_defined_by)
{
    static const double tau[] = {5e-6, 1e-4, 2.1e-4, 7e-4, 0.0013, 0.01, 0.0373, 0.3, 2};
    static const size_t length[] = {1, 2, 15, 16, 17, 100, 333};
    double x[333];
    unsigned seed = 1;
    for (int crowd = 0; crowd < 3; crowd++)
        for (size_t l = 0; l < sizeof length / sizeof *length; l++) {
            for (size_t i = 0; i < length[l]; i++) {
                seed = seed * 1664525 + 1013904223;
                unsigned dice = seed >> 24;
                x[i] = crowd == 0 ? dice < 5 : crowd == 1 ? dice < 60 : dice % 4;
            }
            for (size_t k = 0; k < rate_kernel_count; k++)
                for (size_t i = 0; i < sizeof tau / sizeof *tau; i++)
                    check_defined(rate_kernels[k]->name, tau[i], 0.001, x, length[l]);
        }
}
END_TEST

/* Long trains do not let rounding pile up where curves are carried from spike to spike. */
START_TEST(rounding_does_not_pile_up)
{
    enum { N = 20000 };
    double *x = calloc(N, sizeof *x);
    unsigned seed = 7;
    for (size_t i = 0; i < N - 2000; i++) {
        seed = seed * 1664525 + 1013904223;
        x[i] = i < N / 2 ? 3 : seed >> 24 < 10;
    }
    check_defined("expon", 0.1, 0.001, x, N);
    check_defined("alpha", 0.1, 0.001, x, N);
    free(x);
}
END_TEST

START_TEST(events_go_to_the_nearest_sample)
{
    double t[8], out[8];
    for (int i = 0; i < 8; i++)
        t[i] = 0.7 + 0.1 * i;
    static const struct {
        double time;
        int sample; /* -1: outside */
    } rows[] = {{0.7, 0},  {0.74, 0},  {0.75, 1},  {0.76, 1},  {0.849999, 1}, {0.85, 2},
                {1.1, 4},  {1.149, 4}, {1.151, 5}, {1.4, 7},   {1.44, 7},     {1.46, -1},
                {0.66, 0}, {0.64, -1}, {NAN, -1},  {-1e9, -1}, {1e300, -1},   {INFINITY, -1}};
    /* Of so narrow a bell only one tap is left. */
    struct kernel *kernel = make("gauss", 0.01, 0.1);
    ck_assert(kernel_taps(kernel) == 1 && kernel_delay(kernel) == 0);
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        kernel_rates(kernel, &rows[r].time, 1, t, 8, out);
        for (int i = 0; i < 8; i++)
            ck_assert_msg((out[i] > 0) == (i == rows[r].sample), "a spike at %g: sample %d is %g", rows[r].time, i,
                          out[i]);
    }
    kernel_free(kernel);
}
END_TEST

START_TEST(no_spikes_no_rate)
{
    double t[3] = {0, 0.001, 0.002}, out[3] = {7, 7, 7};
    for (size_t k = 0; k < rate_kernel_count; k++) {
        struct kernel *kernel = make(rate_kernels[k]->name, 0.02, 0.001);
        kernel_rates(kernel, NULL, 0, t, 3, out);
        ck_assert_msg(out[0] == 0 && out[1] == 0 && out[2] == 0, "%s", rate_kernels[k]->name);
        kernel_rates(kernel, NULL, 0, NULL, 0, NULL);
        kernel_free(kernel);
    }
}
END_TEST

/* A half is rounded to the even side: T = 2.5 and 3.5. */
START_TEST(delays_round_half_to_even)
{
    struct kernel *low = make("expon", 2.5, 1), *high = make("alpha", 3.5, 1), *bell = make("gauss", 1.25, 1);
    ck_assert_uint_eq(kernel_delay(low), 2);
    ck_assert_uint_eq(kernel_delay(high), 4);
    ck_assert_uint_eq(kernel_delay(bell), 2);
    kernel_free(low);
    kernel_free(high);
    kernel_free(bell);
}
END_TEST

static void check_refused(double tau, double dt, const char *sentence)
{
    struct error error = {""};
    struct kernel *kernel = kernel_new(&kernel_expon, tau, dt, false, &error);
    ck_assert_msg(!kernel, "tau %g dt %g is accepted", tau, dt);
    ck_assert_str_eq(error.text, sentence);
}

START_TEST(impossible_kernels_are_refused)
{
    check_refused(0, 0.001, "tau = 0 s is no time constant of a kernel; it must be more than 0 s and finite");
    check_refused(-1, 0.001, "tau = -1 s is no time constant of a kernel; it must be more than 0 s and finite");
    check_refused(NAN, 0.001, "tau = nan s is no time constant of a kernel; it must be more than 0 s and finite");
    check_refused(INFINITY, 0.001, "tau = inf s is no time constant of a kernel; it must be more than 0 s and finite");
    check_refused(1e-9, 0.001,
                  "tau = 1 ns is too short for samples 1 ms apart; at least 1 us is needed, or a smaller "
                  "dt");
    check_refused(201, 0.001,
                  "tau = 201 s with samples 1 ms apart needs a kernel of 1 005 000 samples, more than "
                  "1 000 000; choose tau up to 200 s, or a larger dt");
    check_refused(1e300, 0.001,
                  "tau = 1e+300 s with samples 1 ms apart needs a kernel of 5e+303 samples, more than "
                  "1 000 000; choose tau up to 200 s, or a larger dt");
    check_refused(0.02, 0, "a step of 0 s between samples gives no rates; it must be more than 0 s");
    check_refused(0.02, NAN, "a step of nan s between samples gives no rates; it must be more than 0 s");
}
END_TEST

START_TEST(the_longest_kernel_works)
{
    double t[2] = {0, 1}, out[2];
    for (size_t k = 0; k < rate_kernel_count; k++) {
        struct kernel *kernel = make(rate_kernels[k]->name, 2e5, 1);
        kernel_rates(kernel, t, 2, t, 2, out);
        ck_assert_msg(isfinite(out[0]) && isfinite(out[1]), "%s: %g, %g", rate_kernels[k]->name, out[0], out[1]);
        kernel_free(kernel);
    }
}
END_TEST

START_TEST(steps)
{
    struct error error;
    double even[] = {3, 3.5, 4, 4.5}, uneven[] = {3, 3.5, 4, 6}, back[] = {3, 3.5, 3.2, 4.5}, dt = -1;
    ck_assert(kernel_step(even, 1, &dt, &error) && dt == -1);
    ck_assert(kernel_step(even, 4, &dt, &error) && dt == 0.5);
    ck_assert(!kernel_step(uneven, 4, &dt, &error) && dt == 0.5);
    ck_assert_str_eq(error.text, "a kernel needs evenly spaced samples, but the step is 2 s before t = 6 s and 1 s on "
                                 "average; choose even steps with dt");
    ck_assert(!kernel_step(back, 4, &dt, &error));
    /* 30 kHz written with six decimals: the first step is 33 us. */
    double rounded[4001];
    for (int i = 0; i <= 4000; i++)
        rounded[i] = round(i / 30e3 * 1e6) / 1e6;
    ck_assert(kernel_step(rounded, 4001, &dt, &error));
    ck_assert_msg(fabs(dt * 30e3 - 1) < 1e-4, "the step is %.17g", dt);
    double out[4001], spike = rounded[2000];
    struct kernel *kernel = make("gauss", 1e-6, dt);
    kernel_rates(kernel, &spike, 1, rounded, 4001, out);
    for (int i = 0; i <= 4000; i++)
        ck_assert_msg((out[i] > 0) == (i == 2000), "sample %d is %g", i, out[i]);
    kernel_free(kernel);
}
END_TEST

/* ---- instruction sets ---- */

enum { N = 1003, TAPS = 77, DELAY = 31, SPIKES = 200 };

struct sums {
    double spread[N], smooth[N], fade[N], ramp[N];
};

struct sum_case {
    double tap[TAPS + 2 * KERNEL_BLOCK], x[N + 2 * KERNEL_BLOCK];
    struct kernel_decay decay;
    size_t sample[SPIKES];
};

static void make_case(struct sum_case *c)
{
    *c = (struct sum_case){.decay = {.count = TAPS, .delay = 0}};
    for (size_t k = 0; k < TAPS; k++)
        c->tap[KERNEL_BLOCK + k] = sin((double)k) + 1.1;
    for (size_t i = 0; i < N; i++)
        c->x[KERNEL_BLOCK + i] = cos((double)(i * i));
    for (size_t s = 0; s < SPIKES; s++)
        c->sample[s] = s * s * (N - 1) / ((SPIKES - 1) * (SPIKES - 1));
    for (size_t k = 0; k <= KERNEL_BLOCK; k++) {
        c->decay.begin_fade[KERNEL_BLOCK + k] = exp(-(double)k / 20);
        c->decay.begin_ramp[KERNEL_BLOCK + k] = (double)k * exp(-(double)k / 20);
        c->decay.end_fade[KERNEL_BLOCK + k] = exp(-(double)(TAPS + k) / 20);
        c->decay.end_ramp[KERNEL_BLOCK + k] = (double)(TAPS + k) * exp(-(double)(TAPS + k) / 20);
    }
}

static void sum_with(const struct kernel_sum *set, struct sum_case *c, struct sums *sums)
{
    set->spread(c->tap + KERNEL_BLOCK, TAPS, DELAY, c->sample, SPIKES, 3, sums->spread, N);
    set->smooth(c->tap + KERNEL_BLOCK, TAPS, DELAY, c->x + KERNEL_BLOCK, sums->smooth, N);
    c->decay.ramps = false;
    set->decay(&c->decay, 0, 0, 0, c->sample, SPIKES, 3, sums->fade, N);
    c->decay.ramps = true;
    set->decay(&c->decay, 0, 0, 0, c->sample, SPIKES, 3, sums->ramp, N);
}

static void sum_naively(const struct sum_case *c, struct sums *sums)
{
    *sums = (struct sums){0};
    for (size_t i = 0; i < N; i++) {
        for (size_t k = 0; k < TAPS && k <= i + DELAY; k++)
            if (i + DELAY - k < N)
                sums->smooth[i] += c->tap[KERNEL_BLOCK + k] * c->x[KERNEL_BLOCK + i + DELAY - k];
        for (size_t s = 0; s < SPIKES; s++) {
            size_t late = i + DELAY - c->sample[s], k = i - c->sample[s];
            if (i + DELAY >= c->sample[s] && late < TAPS)
                sums->spread[i] += 3 * c->tap[KERNEL_BLOCK + late];
            if (i >= c->sample[s] && k < TAPS) {
                sums->fade[i] += 3 * exp(-(double)k / 20);
                sums->ramp[i] += 3 * (double)k * exp(-(double)k / 20);
            }
        }
    }
}

START_TEST(instruction_sets_agree)
{
    static struct sum_case c;
    static struct sums best, sums, naive;
    make_case(&c);
    sum_naively(&c, &naive);
    sum_with(kernel_sums[CPU_GENERIC], &c, &best);
    for (enum cpu_set set = 0; set < CPU_SETS; set++) {
        if (!cpu_has(set))
            continue;
        sum_with(kernel_sums[set], &c, &sums);
        ck_assert_msg(memcmp(&sums, &best, sizeof sums) == 0, "%s differs from generic", cpu_set_names[set]);
        for (size_t i = 0; i < N; i++) {
            check_near("spread", i, sums.spread[i], naive.spread[i], 1e-11);
            check_near("smooth", i, sums.smooth[i], naive.smooth[i], 1e-11);
            check_near("fade", i, sums.fade[i], naive.fade[i], 1e-11);
            check_near("ramp", i, sums.ramp[i], naive.ramp[i], 1e-10);
        }
    }
}
END_TEST

int main(void)
{
    return HARNESS_RUN("signal: kernel", cases_are_the_peers, taps_are_the_peers, taps_hang_on_rounding_as_the_peers,
                       rates_are_the_peers, rates_are_the_sum_they_are_defined_by, rounding_does_not_pile_up,
                       events_go_to_the_nearest_sample, no_spikes_no_rate, delays_round_half_to_even,
                       impossible_kernels_are_refused, the_longest_kernel_works, steps, instruction_sets_agree);
}
