/* FastLIF and LIF step by step against the peers' traces, every instruction set against the scalar step, and spike
 * counts over ten seconds against the table. States agree bit for bit; spikes are identical. */
#define _DEFAULT_SOURCE 1 /* MAP_ANONYMOUS */
#include "harness.h"

#include <sys/mman.h>
#include <unistd.h>

#include "base/cpu.h"
#include "model/lif_math.h"
#include "model/neuron.h"
#include "model/rate.h"

static const struct neuron_model *model_called(const char *title)
{
    for (size_t i = 0; i < neuron_model_count; i++)
        if (strcmp(neuron_models[i]->title, title) == 0)
            return neuron_models[i];
    ck_abort_msg("no model %s", title);
    return NULL;
}

struct block {
    _Alignas(64) double bias[NEURON_BLOCK];
    union {
        double state[4][NEURON_BLOCK]; /* what the model names, and a column beyond */
        struct {
            double voltage[NEURON_BLOCK], refractory[NEURON_BLOCK], adaptation[NEURON_BLOCK], beyond[NEURON_BLOCK];
        };
    };
};

static uint64_t step_once(const struct neuron_model *model, const struct neuron_params *p, double dt, struct block *b)
{
    uint64_t spikes = 0;
    struct neuron_drive drive = {.bias = b->bias};
    model->advance(p, dt, 1, &drive, b->state[0], NEURON_BLOCK, &spikes, 1);
    return spikes;
}

static void check_cell(const char *file, size_t row, const char *what, double got, double want)
{
    ck_assert_msg(same(got, want), "%s row %zu: %s is %.17g, not %.17g (%s)", file, row, what, got, want,
                  cpu_set_names[cpu_set()]);
}

static void check_trace(const struct table *cases, size_t c)
{
    const char *file = table_text(cases, c, "file");
    const struct neuron_model *model = model_called(table_text(cases, c, "model"));
    struct neuron_params p = neuron_defaults;
    p.tau_rc = table_number(cases, c, "tau_rc");
    p.tau_ref = table_number(cases, c, "tau_ref");
    p.min_voltage = table_number(cases, c, "min_voltage");
    p.amplitude = table_number(cases, c, "amplitude");
    double dt = table_number(cases, c, "dt");
    size_t steps = (size_t)table_number(cases, c, "steps"), n = (size_t)table_number(cases, c, "neurons");
    struct table t = table_read(file);
    ck_assert_uint_eq(t.rows, (steps + 1) * n);
    struct block b = {0};
    for (size_t i = 0; i < n; i++) {
        b.voltage[i] = table_number(&t, i, "voltage");
        b.refractory[i] = table_number(&t, i, "refractory_time");
    }
    for (size_t s = 1; s <= steps; s++) {
        for (size_t i = 0; i < n; i++)
            b.bias[i] = table_number(&t, s * n + i, "J");
        uint64_t spikes = step_once(model, &p, dt, &b);
        for (size_t i = 0; i < n; i++) {
            size_t row = s * n + i;
            check_cell(file, row, "voltage", b.voltage[i], table_number(&t, row, "voltage"));
            check_cell(file, row, "refractory time", b.refractory[i], table_number(&t, row, "refractory_time"));
            check_cell(file, row, "spike", spikes >> i & 1 ? model->spike_height(&p, dt) : 0,
                       table_number(&t, row, "spiked"));
        }
    }
    table_free(&t);
}

START_TEST(traces_match_the_peers_bit_for_bit)
{
    struct table cases = table_read("neuron_trace_cases.csv");
    ck_assert_uint_gt(cases.rows, 15);
    for (enum cpu_set set = 0; set < CPU_SETS; set++)
        if (cpu_use(set))
            for (size_t c = 0; c < cases.rows; c++)
                check_trace(&cases, c);
    table_free(&cases);
}
END_TEST

/* One row of the rate table: T = 10 s at constant current from rest. */
static void check_counts(const struct table *t, size_t row, const struct neuron_model *model, const char *prefix)
{
    struct neuron_params p = neuron_defaults;
    p.tau_rc = table_number(t, row, "tau_rc");
    p.tau_ref = table_number(t, row, "tau_ref");
    double dt = table_number(t, row, "dt"), J = table_number(t, row, "J");
    long steps = (long)table_number(t, row, "steps"), count = 0, first = -1, last = -1;
    struct block b = {0};
    for (size_t i = 0; i < NEURON_BLOCK; i++)
        b.bias[i] = J;
    uint64_t spikes[16];
    struct neuron_drive drive = {.bias = b.bias};
    for (long s = 0; s < steps; s += 16) {
        size_t m = steps - s < 16 ? (size_t)(steps - s) : 16;
        model->advance(&p, dt, m, &drive, b.state[0], NEURON_BLOCK, spikes, 1);
        for (size_t k = 0; k < m; k++) {
            ck_assert_msg(spikes[k] == 0 || spikes[k] == ~UINT64_C(0), "equal neurons differ at step %ld", s + (long)k);
            if (!spikes[k])
                continue;
            count++;
            last = s + (long)k + 1;
            first = first < 0 ? last : first;
        }
    }
    char column[40];
    snprintf(column, sizeof column, "%s_count", prefix);
    ck_assert_msg(count == (long)table_number(t, row, column), "row %zu: %s %ld", row, column, count);
    snprintf(column, sizeof column, "%s_first_step", prefix);
    ck_assert_msg(first == (long)table_number(t, row, column), "row %zu: %s %ld", row, column, first);
    snprintf(column, sizeof column, "%s_last_step", prefix);
    ck_assert_msg(last == (long)table_number(t, row, column), "row %zu: %s %ld", row, column, last);
    if (model == &neuron_fastlif) {
        check_cell("rate table", row, "voltage at the end", b.voltage[5], table_number(t, row, "fast_voltage_end"));
        check_cell("rate table", row, "refractory time at the end", b.refractory[63],
                   table_number(t, row, "fast_refractory_end"));
    }
}

START_TEST(ten_seconds_of_spikes_match_the_table)
{
    struct table t = table_read("fastlif_lif_rate_table.csv");
    for (size_t row = 0; row < t.rows; row += 3) /* every third: the whole table takes a while under sanitizers */
        check_counts(&t, row, &neuron_fastlif, "fast");
    for (size_t row = 0; row < t.rows; row += 23)
        check_counts(&t, row, &neuron_lif, "lif");
    table_free(&t);
}
END_TEST

/* A small generator of awkward numbers, so that the kernels meet everything. */
static uint64_t state = 88172645463325252u;
static double awkward(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    double u = (double)(state >> 11) * 0x1p-53;
    switch (state % 97) {
    case 0:
        return INFINITY;
    case 1:
        return -INFINITY;
    case 2:
        return NAN;
    case 3:
        return 1e300;
    case 4:
        return 1;
    case 5:
        return 0;
    default:
        return u * 8 - 1;
    }
}

/* Or dead. */
static double moderate(void)
{
    double a = awkward();
    return isinf(a) || a > 1e299 ? 0.5 : a;
}

static struct block *guarded_blocks(size_t count)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE), bytes = count * sizeof(struct block);
    size_t whole = (bytes + page - 1) / page * page;
    char *memory = mmap(NULL, whole + 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    ck_assert(memory != MAP_FAILED);
    mprotect(memory, page, PROT_NONE);
    mprotect(memory + page + whole, page, PROT_NONE);
    return (struct block *)(void *)(memory + page + whole - bytes);
}

static void fill_block(struct block *b)
{
    for (size_t i = 0; i < NEURON_BLOCK; i++) {
        b->bias[i] = awkward();
        b->voltage[i] = 0;
        b->refractory[i] = 0;
    }
}

/* The steps at the heads of fastlif.c and lif.c, one neuron at a time. */
static bool literal_fastlif(const struct neuron_params *p, double dt, double J, double *V, double *R)
{
    double dV = -expm1(-dt / p->tau_rc) * (J - *V), v = *V + dV, r = *R - dt, open = 1 - r / dt;
    v = v < p->min_voltage ? p->min_voltage : v;
    v *= open < 0 ? 0 : open > 1 ? 1 : open;
    bool spike = v > 1;
    *R = spike ? p->tau_ref + dt * (1 - (v - 1) / dV) : r;
    *V = spike ? 0 : v;
    return spike;
}

static bool literal_lif(const struct neuron_params *p, double dt, double J, double *V, double *R)
{
    double r = *R - dt, delta = dt - r;
    delta = delta < 0 ? 0 : delta > dt ? dt : delta;
    double v = *V - (J - *V) * lif_expm1(-delta / p->tau_rc);
    bool spike = v > 1;
    *R = spike ? p->tau_ref + (dt + p->tau_rc * lif_log1p(-(v - 1) / (J - 1))) : r;
    *V = spike ? 0 : v < p->min_voltage ? p->min_voltage : v;
    return spike;
}

static const struct {
    const struct neuron_model *model;
    bool (*literal)(const struct neuron_params *p, double dt, double J, double *V, double *R);
} twins[] = {{&neuron_fastlif, literal_fastlif}, {&neuron_lif, literal_lif}};

static void step_literally(size_t twin, const struct neuron_params *p, double dt, const struct neuron_drive *drive,
                           size_t steps, struct block *b, uint64_t *spikes)
{
    for (size_t s = 0; s < steps; s++) {
        double J[NEURON_BLOCK];
        neuron_currents(drive, s, J);
        spikes[s] = 0;
        for (size_t i = 0; i < NEURON_BLOCK; i++)
            spikes[s] |= (uint64_t)twins[twin].literal(p, dt, J[i], &b->voltage[i], &b->refractory[i]) << i;
    }
}

static void check_block(const char *model, double dt, const struct block *want, const struct block *got)
{
    for (size_t i = 0; i < NEURON_BLOCK; i++) {
        ck_assert_msg(same(want->voltage[i], got->voltage[i]), "%s on %s, dt %g neuron %zu (J %g): V %.17g, not %.17g",
                      model, cpu_set_names[cpu_set()], dt, i, want->bias[i], got->voltage[i], want->voltage[i]);
        ck_assert_msg(same(want->refractory[i], got->refractory[i]),
                      "%s on %s, dt %g neuron %zu (J %g): R %.17g, not %.17g", model, cpu_set_names[cpu_set()], dt, i,
                      want->bias[i], got->refractory[i], want->refractory[i]);
    }
}

/* From rest and from anywhere, with currents that are moderate, huge, infinite and no numbers, in uneven pieces. */
static void check_twin(size_t twin, size_t d, double dt, bool anywhere)
{
    struct neuron_params p = neuron_defaults;
    p.tau_ref = d % 2 ? 0.0031 : 0.002 * (double)d;
    p.min_voltage = d % 3 ? 0 : -INFINITY;
    struct block *want = guarded_blocks(1), *got = guarded_blocks(1), start = {0};
    fill_block(&start);
    _Alignas(64) double scaled[NEURON_BLOCK];
    for (size_t i = 0; i < NEURON_BLOCK; i++) {
        scaled[i] = awkward();
        start.voltage[i] = anywhere ? moderate() / 4 : 0;
        start.refractory[i] = anywhere ? dt * moderate() : 0;
    }
    double x[64];
    for (size_t s = 0; s < 64; s++)
        x[s] = sin(0.3 * (double)s);
    *want = *got = start;
    for (size_t round = 0; round < 20; round++) {
        uint64_t want_bits[64], got_bits[64];
        struct neuron_drive drive = {.bias = want->bias, .dims = round % 2, .scaled = scaled, .x = x};
        step_literally(twin, &p, dt, &drive, 64, want, want_bits);
        drive.bias = got->bias;
        for (size_t s = 0, m; s < 64; s += m) {
            m = s + 7 < 64 ? 1 + s % 7 : 64 - s;
            drive.x = x + s * drive.dims;
            twins[twin].model->advance(&p, dt, m, &drive, got->state[0], NEURON_BLOCK, got_bits + s, 1);
        }
        for (size_t s = 0; s < 64; s++)
            ck_assert_msg(want_bits[s] == got_bits[s], "%s on %s, dt %g step %zu: spikes differ",
                          twins[twin].model->name, cpu_set_names[cpu_set()], dt, s);
        check_block(twins[twin].model->name, dt, want, got);
    }
}

START_TEST(every_kernel_gives_the_bits_of_the_literal_step)
{
    const double dts[] = {
        0.001, 0.0001, 0.005, 1.0 / 3000, 0.0007, 7e-7, 0.9, 0.0069, 0x1.ffffffffffffdp-10, 0x1.fffffffffffffp-9};
    for (enum cpu_set set = 0; set < CPU_SETS; set++)
        for (size_t d = 0; cpu_use(set) && d < sizeof dts / sizeof *dts; d++)
            for (size_t twin = 0; twin < sizeof twins / sizeof *twins; twin++)
                for (size_t k = 0; k < 12; k++)
                    check_twin(twin, d, dts[d], k % 2);
}
END_TEST

static void check_quotient(double t, double dt)
{
    double z = 1 / dt, y = t * z, quotient = fma(fma(-y, dt, t), z, y);
    ck_assert_msg(quotient == t / dt, "%a / %a: %a, not %a", t, dt, quotient, t / dt);
}

/* The three pairs that the proof in fastlif_kernel.h leaves open, and quotients next to midpoints: with whole numbers a
 * and b of 53 bits, b odd, 2^54 a = (2 q + 1) b + c for a small odd c has one solution q of 53 bits at most. */
START_TEST(quotients_by_a_constant_are_rounded_correctly)
{
    for (int k = 1; k <= 64; k++)
        for (int j = 0; j <= 64; j++)
            check_quotient(2 - k * 0x1p-52, 2 - j * 0x1p-52);
    size_t near = 0;
    for (uint64_t round = 0; round < 20000; round++) {
        uint64_t b = (UINT64_C(1) << 52) + (uint64_t)(fabs(fmod(awkward(), 1)) * 0x1p52), inverse;
        b = round % 2 ? b | 1 : (UINT64_C(1) << 53) - 1 - 2 * round;
        inverse = b;
        for (int i = 0; i < 6; i++)
            inverse *= 2 - b * inverse; /* of b modulo 2^64 */
        for (int c = -9; c <= 9; c += 2) {
            uint64_t odd = -(uint64_t)(int64_t)c * inverse & ((UINT64_C(1) << 54) - 1);
            uint64_t a = (uint64_t)(long double)(((long double)odd * (long double)b + c) * 0x1p-54L + 0.5L);
            if (odd < UINT64_C(1) << 53 || a < UINT64_C(1) << 52 || a >= UINT64_C(1) << 53)
                continue;
            check_quotient((double)a, (double)b);
            near++;
        }
    }
    ck_assert_msg(near > 10000, "only %zu quotients were near a midpoint", near);
}
END_TEST

/* Against the C library, which may be of any kind and less than a unit off. */
START_TEST(approximations_are_within_a_unit_of_the_library)
{
    for (size_t k = 0; k < 400000; k++) {
        double u = fabs(fmod(awkward(), 1)), tiny = k % 2 ? 1 : exp2(-60 * u);
        double x = -0.4 * u * tiny, y = -0.34 * u * tiny;
        if (!(u <= 1))
            continue;
        ck_assert_msg(fabs(lif_expm1(x) - expm1(x)) <= 0x1p-52 * fabs(expm1(x)), "expm1(%a) %a, not %a", x,
                      lif_expm1(x), expm1(x));
        ck_assert_msg(fabs(lif_log1p(y) - log1p(y)) <= 0x1p-52 * fabs(log1p(y)), "log1p(%a) %a, not %a", y,
                      lif_log1p(y), log1p(y));
    }
    const double odd[] = {0, -0.0, INFINITY, -INFINITY, NAN, -1, -2, 800, EXPM1_LOW, LOG1P_LOW, -1e-320};
    for (size_t k = 0; k < sizeof odd / sizeof *odd; k++)
        ck_assert_msg(same(lif_expm1(odd[k]), expm1(odd[k])) && same(lif_log1p(odd[k]), log1p(odd[k])), "at %g",
                      odd[k]);
}
END_TEST

START_TEST(several_dimensions_sum_in_one_order)
{
    _Alignas(64) double scaled[3 * NEURON_BLOCK];
    for (size_t i = 0; i < 3 * NEURON_BLOCK; i++)
        scaled[i] = 2.385 * cos((double)i);
    double x[3 * 50];
    for (size_t i = 0; i < 150; i++)
        x[i] = sin(0.7 * (double)i);
    for (size_t twin = 0; twin < sizeof twins / sizeof *twins; twin++)
        for (enum cpu_set set = 0; set < CPU_SETS; set++) {
            struct block a = {0}, b = {0};
            for (size_t i = 0; i < NEURON_BLOCK; i++)
                a.bias[i] = b.bias[i] = 1.3;
            struct neuron_drive drive = {
                .bias = a.bias, .dims = 3, .scaled = scaled, .scaled_stride = NEURON_BLOCK, .x = x};
            uint64_t want[50], got[50];
            if (!cpu_use(set))
                continue;
            step_literally(twin, &neuron_defaults, 0.001, &drive, 50, &a, want);
            twins[twin].model->advance(&neuron_defaults, 0.001, 50, &drive, b.state[0], NEURON_BLOCK, got, 1);
            ck_assert_msg(memcmp(want, got, sizeof want) == 0, "%s on %s: spikes differ", twins[twin].model->name,
                          cpu_set_names[set]);
            check_block(twins[twin].model->name, 0.001, &a, &b);
        }
}
END_TEST

START_TEST(parameters_out_of_range_get_a_sentence)
{
    static const struct {
        size_t offset;
        double value;
        const char *says;
    } rows[] = {
        {offsetof(struct neuron_params, tau_rc), 0, "tau_rc=0 s: must be greater than 0 s and finite"},
        {offsetof(struct neuron_params, tau_rc), -0.02, "tau_rc=-20 ms: must be greater than 0 s and finite"},
        {offsetof(struct neuron_params, tau_rc), NAN, "tau_rc=nan s: must be greater than 0 s and finite"},
        {offsetof(struct neuron_params, tau_rc), 2e6, "tau_rc=2 000 000 s: must be at most 1 000 000 s"},
        {offsetof(struct neuron_params, tau_ref), -0.001, "tau_ref=-1 ms: must be at least 0 s and finite"},
        {offsetof(struct neuron_params, sigma), 0,
         "sigma=0: must be greater than 0 and finite; for the hard corner use model=lif"},
        {offsetof(struct neuron_params, sigma), INFINITY, "sigma=inf: must be greater than 0 and finite"},
        {offsetof(struct neuron_params, amplitude), 0, "amplitude=0: must be greater than 0 and finite"},
        {offsetof(struct neuron_params, min_voltage), 0.5, "min_voltage=0.5: must be between -inf and 0"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct neuron_params p = neuron_defaults;
        struct error error = {""};
        memcpy((char *)&p + rows[i].offset, &rows[i].value, sizeof(double));
        ck_assert(!neuron_params_check(&neuron_lif, &p, &error));
        ck_assert_str_eq(error.text, rows[i].says);
    }
    struct error error;
    struct neuron_params p = neuron_defaults;
    p.min_voltage = -INFINITY;
    p.tau_ref = 0;
    ck_assert(neuron_params_check(&neuron_lif, &p, &error));
    ck_assert(neuron_params_check(NULL, &p, &error));
}
END_TEST

/* Whatever the list holds: a spiking model fires at its own settled rate, to within a spike or so, for small dt. */
START_TEST(every_spiking_model_follows_its_curve)
{
    for (size_t i = 0; i < neuron_model_count; i++) {
        const struct neuron_model *model = neuron_models[i];
        ck_assert_msg(model->curve && *model->name && *model->title && *model->summary, "model %zu is incomplete", i);
        if (!model->advance)
            continue;
        struct neuron_params p = neuron_defaults;
        struct block b = {0};
        size_t count[NEURON_BLOCK] = {0};
        neuron_own_defaults(model, &p);
        for (size_t n = 0; n < NEURON_BLOCK; n++)
            b.bias[n] = 0.8 + 0.05 * (double)n;
        for (size_t s = model->settled_rate ? 0 : 60000; s < 80000; s++) {
            uint64_t spikes = step_once(model, &p, 0.0001, &b);
            for (size_t n = 0; s >= 60000 && n < NEURON_BLOCK; n++)
                count[n] += spikes >> n & 1;
        }
        for (size_t n = 0; n < NEURON_BLOCK; n++) {
            double want = 2 * neuron_rate(model, NULL, &p, b.bias[n]);
            /* A slow state is taken for constant between spikes, which is less so where they are few. */
            double off = model->settled_rate ? 2 + 0.01 * want : 1 + 0.002 * want;
            ck_assert_msg(fabs((double)count[n] - want) < off, "%s at J %g: %zu spikes in 2 s, not %g", model->name,
                          b.bias[n], count[n], want);
        }
    }
}
END_TEST

int main(void)
{
    return HARNESS_RUN("model: neurons", traces_match_the_peers_bit_for_bit, ten_seconds_of_spikes_match_the_table,
                       every_kernel_gives_the_bits_of_the_literal_step, approximations_are_within_a_unit_of_the_library,
                       quotients_by_a_constant_are_rounded_correctly, several_dimensions_sum_in_one_order,
                       parameters_out_of_range_get_a_sentence, every_spiking_model_follows_its_curve);
}
