/* Stimuli against closed forms: values, descriptions, bounds, the spectrum of the noise, playback of samples.
 */
#include "harness.h"

#include "base/xalloc.h"
#include "model/stimulus.h"

#define TWO_PI 6.283185307179586476925286766559

static struct stimulus *make(const struct stimulus_type *type, const double *values)
{
    struct error error;
    struct stimulus *stimulus = stimulus_new(type, values, 1, NULL, &error);
    ck_assert_msg(stimulus != NULL, "%s", error.text);
    return stimulus;
}

static struct stimulus *make_noise(double rms, double high, double period, uint64_t seed)
{
    struct error error;
    struct stimulus *stimulus = stimulus_new(&stimulus_noise, (double[]){rms, high, period}, seed, NULL, &error);
    ck_assert_msg(stimulus != NULL, "%s", error.text);
    return stimulus;
}

static struct stimulus_samples *samples_of(size_t count, const double *time, const double *value)
{
    struct stimulus_samples *samples = xcalloc(1, sizeof *samples);
    samples->count = count;
    samples->time = xcalloc(count, sizeof *time);
    samples->value = xcalloc(count, sizeof *value);
    samples->source = xstrdup("some/where/x.csv");
    for (size_t i = 0; i < count; i++) {
        samples->time[i] = time[i];
        samples->value[i] = value[i];
    }
    return samples;
}

START_TEST(listed_and_complete)
{
    ck_assert_uint_eq(stimulus_type_count, 7);
    ck_assert_ptr_eq(stimulus_types[0], &stimulus_constant);
    for (size_t i = 0; i < stimulus_type_count; i++) {
        const struct stimulus_type *type = stimulus_types[i];
        ck_assert_msg(type->name && type->summary && type->value && type->describe, "type %zu lacks a field", i);
        ck_assert_msg(type->samples == (type == &stimulus_file), "%s: samples", type->name);
        for (size_t p = 0; p < STIMULUS_MAX_PARAMS && type->params[p].name; p++) {
            const struct stimulus_param *param = &type->params[p];
            ck_assert_msg(p + 1 < STIMULUS_MAX_PARAMS, "%s has no end of its parameters", type->name);
            ck_assert_msg(param->help && param->low < param->high && param->fallback >= param->low &&
                              param->fallback <= param->high,
                          "%s: the row of %s is wrong", type->name, param->name);
        }
    }
}
END_TEST

START_TEST(values)
{
    static const struct {
        const struct stimulus_type *type;
        double param[4], time, value;
    } rows[] = {
        {&stimulus_constant, {0.3}, 5, 0.3},
        {&stimulus_constant, {-0.3}, -5, -0.3},
        {&stimulus_step, {-1, 2, 0.5}, 0.49999, -1},
        {&stimulus_step, {-1, 2, 0.5}, 0.5, 2},
        {&stimulus_step, {-1, 2, 0.5}, 1e9, 2},
        {&stimulus_ramp, {-1, 3, 1, 2}, 0, -1},
        {&stimulus_ramp, {-1, 3, 1, 2}, 1, -1},
        {&stimulus_ramp, {-1, 3, 1, 2}, 1.5, 0},
        {&stimulus_ramp, {-1, 3, 1, 2}, 3, 3},
        {&stimulus_ramp, {-1, 3, 1, 2}, 7, 3},
        {&stimulus_ramp, {-1, 3, 1, 0}, 0.999, -1},
        {&stimulus_ramp, {-1, 3, 1, 0}, 1, 3},
        {&stimulus_sine, {2, 0.9, 0, 0}, 0, 0},
        {&stimulus_sine, {2, 0.9, 0, 0}, 0.125, 0.9},
        {&stimulus_sine, {2, 0.9, 0.1, 0}, 0.375, -0.8},
        {&stimulus_sine, {2, 1, 0, TWO_PI / 4}, 1, 1},
        {&stimulus_sine, {2, 1, 0, 0}, 1e6 + 0.125, 1},
        {&stimulus_sine, {0, 1, 0, TWO_PI / 12}, 12.3, 0.5},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct stimulus *stimulus = make(rows[i].type, rows[i].param);
        double got = stimulus_value(stimulus, rows[i].time);
        ck_assert_msg(fabs(got - rows[i].value) <= 1e-15, "%s (row %zu) at %g s is %.17g, not %.17g",
                      rows[i].type->name, i, rows[i].time, got, rows[i].value);
        stimulus_free(stimulus);
    }
}
END_TEST

START_TEST(sine_mean_and_rms)
{
    struct stimulus *sine = make(&stimulus_sine, (double[]){3, 0.8, 0.2, 0.7});
    double mean = 0, square = 0;
    for (int i = 0; i < 1000; i++) {
        double x = stimulus_value(sine, i * 0.001);
        mean += x / 1000;
        square += x * x / 1000;
    }
    ck_assert_double_eq_tol(mean, 0.2, 1e-14);
    ck_assert_double_eq_tol(square, 0.2 * 0.2 + 0.8 * 0.8 / 2, 1e-14);
    stimulus_free(sine);
}
END_TEST

START_TEST(descriptions)
{
    static const struct {
        const struct stimulus_type *type;
        double param[4];
        const char *text;
    } rows[] = {
        {&stimulus_constant, {0.5}, "0.5"},
        {&stimulus_constant, {-1. / 3}, "-0.3333"},
        {&stimulus_step, {0, 1, 0.5}, "step 0→1 at 0.5 s"},
        {&stimulus_ramp, {-1, 1, 0, 2}, "ramp -1→1 in 2 s"},
        {&stimulus_ramp, {-1, 1, 3, 2}, "ramp -1→1 in 2 s from 3 s"},
        {&stimulus_sine, {1, 1, 0, 0}, "sin(2πt)"},
        {&stimulus_sine, {2, 0.9, 0, 0}, "0.9 sin(2π·2t)"},
        {&stimulus_sine, {2, 0.9, 0.1, 0}, "0.1 + 0.9 sin(2π·2t)"},
        {&stimulus_sine, {2, -1, 0, -0.5}, "-1 sin(2π·2t - 0.5)"},
        {&stimulus_noise, {0.5, 5, 10}, "noise rms 0.5 <5 Hz"},
        {&stimulus_noise, {0.5, 1500, 1}, "noise rms 0.5 <1.5 kHz"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct stimulus *stimulus = make(rows[i].type, rows[i].param);
        char text[100], cut[8];
        stimulus_describe(stimulus, text, sizeof text);
        ck_assert_str_eq(text, rows[i].text);
        for (size_t size = 1; size <= sizeof cut; size++) {
            stimulus_describe(stimulus, cut, size);
            size_t length = strlen(cut);
            ck_assert_msg(length < size && strncmp(cut, text, length) == 0 && (text[length] & 0xc0) != 0x80,
                          "'%s' is cut to '%s'", text, cut);
        }
        stimulus_free(stimulus);
    }
}
END_TEST

START_TEST(out_of_range)
{
    static const struct {
        const struct stimulus_type *type;
        double param[4];
        const char *says;
    } rows[] = {
        {&stimulus_sine, {INFINITY, 1, 0, 0}, "sine: frequency = inf Hz is out of range, it can be 0 Hz to 1 MHz"},
        {&stimulus_sine, {NAN, 1, 0, 0}, "sine: frequency = nan Hz is out of range, it can be 0 Hz to 1 MHz"},
        {&stimulus_sine, {-2, 1, 0, 0}, "sine: frequency = -2 Hz is out of range, it can be 0 Hz to 1 MHz"},
        {&stimulus_constant,
         {NAN},
         "constant: value = nan is out of range, it can be -1 000 000 000 000 to 1 000 000 000 000"},
        {&stimulus_ramp, {0, 1, 0, -1}, "ramp: duration = -1 s is out of range, it can be 0 s to 1 000 000 000 s"},
        {&stimulus_noise, {-0.5, 5, 10}, "noise: rms = -0.5 is out of range, it can be 0 to 1 000 000 000 000"},
        {&stimulus_noise, {0.5, 0, 10}, "noise: high = 0 Hz is out of range, it can be 1 uHz to 1 MHz"},
        {&stimulus_noise,
         {0.5, 0.05, 10},
         "noise: high = 50 mHz is below 1 / period = 100 mHz, which leaves no frequency at all"},
        {&stimulus_noise,
         {0.5, 1e6, 10},
         "noise: high = 1 MHz with period = 10 s makes 10000000 frequencies, at most 131072 are possible"},
        {&stimulus_file, {0, 0}, "file: there are no samples in the file, a time and a value are needed at least"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct error error = {""};
        struct stimulus *stimulus = stimulus_new(rows[i].type, rows[i].param, 1, NULL, &error);
        ck_assert_msg(stimulus == NULL, "row %zu is taken", i);
        ck_assert_str_eq(error.text, rows[i].says);
    }
}
END_TEST

/* ---- noise ---- */

/* Fourier coefficients at k / period from `count` values, exact for what has less than count / 2 harmonics.
 */
static void fourier(const struct stimulus *stimulus, double period, size_t count, size_t k, double *a, double *b)
{
    *a = *b = 0;
    for (size_t j = 0; j < count; j++) {
        double x = stimulus_value(stimulus, period * (double)j / (double)count);
        *a += 2 * x * cos(TWO_PI * (double)(j * k % count) / (double)count) / (double)count;
        *b += 2 * x * sin(TWO_PI * (double)(j * k % count) / (double)count) / (double)count;
    }
}

START_TEST(noise_mean_and_rms)
{
    static const double rms[] = {0.5, 0, 3}, high[] = {5, 5, 31}, period[] = {10, 10, 0.7};
    for (size_t i = 0; i < 3; i++) {
        struct stimulus *noise = make_noise(rms[i], high[i], period[i], 7 + i);
        double mean = 0, square = 0;
        for (int j = 0; j < 1000; j++) {
            double x = stimulus_value(noise, period[i] * j / 1000);
            mean += x / 1000;
            square += x * x / 1000;
        }
        ck_assert_msg(fabs(mean) <= 1e-9 * rms[i], "mean %g", mean);
        ck_assert_msg(fabs(sqrt(square) - rms[i]) <= 1e-8 * rms[i], "rms %.12g, not %g", sqrt(square), rms[i]);
        stimulus_free(noise);
    }
}
END_TEST

START_TEST(noise_spectrum)
{
    struct stimulus *noise = make_noise(0.5, 5, 10, 3);
    double least = INFINITY, inside = 0;
    for (size_t k = 1; k <= 50; k++) {
        double a, b;
        fourier(noise, 10, 1003, k, &a, &b);
        least = fmin(least, hypot(a, b));
        inside += (a * a + b * b) / 2;
    }
    ck_assert_msg(least > 1e-4, "a frequency inside the band has amplitude %g only", least);
    ck_assert_double_eq_tol(inside, 0.25, 1e-8);
    static const size_t outside[] = {51, 52, 60, 75, 100, 200, 333, 500};
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++) {
        double a, b;
        fourier(noise, 10, 1003, outside[i], &a, &b);
        ck_assert_msg(hypot(a, b) < 1e-8, "%g Hz has amplitude %g", (double)outside[i] / 10, hypot(a, b));
    }
    stimulus_free(noise);
}
END_TEST

/* The header's bound for values between grid points: 2.4e-9 of the sum of the amplitudes. */
START_TEST(noise_is_its_harmonics_everywhere)
{
    struct stimulus *noise = make_noise(1, 16, 1, 11);
    double a[17], b[17], sum = 0;
    for (size_t k = 1; k <= 16; k++) {
        fourier(noise, 1, 512, k, &a[k], &b[k]);
        sum += hypot(a[k], b[k]);
    }
    ck_assert_uint_eq(noise->table_count, 512);
    double worst = 0;
    for (int i = 0; i < 20000; i++) {
        double t = -1.5 + i * 1.7183e-4, exact = 0;
        for (size_t k = 1; k <= 16; k++)
            exact += a[k] * cos(TWO_PI * (double)k * t) + b[k] * sin(TWO_PI * (double)k * t);
        worst = fmax(worst, fabs(exact - stimulus_value(noise, t)));
    }
    ck_assert_msg(worst <= 2.4e-9 * sum, "off by %g, allowed %g", worst, 2.4e-9 * sum);
    stimulus_free(noise);
}
END_TEST

START_TEST(noise_repeats_and_depends_on_its_seed)
{
    struct stimulus *one = make_noise(0.5, 5, 10, 3), *same_seed = make_noise(0.5, 5, 10, 3);
    struct stimulus *other = make_noise(0.5, 5, 10, 4);
    double apart = 0;
    for (int i = 0; i < 1000; i++) {
        double t = i * 0.0137, x = stimulus_value(one, t);
        ck_assert_double_eq_tol(stimulus_value(one, t + 10), x, 1e-12);
        ck_assert_double_eq_tol(stimulus_value(one, t - 30), x, 1e-12);
        ck_assert_double_eq(stimulus_value(same_seed, t), x);
        apart = fmax(apart, fabs(stimulus_value(other, t) - x));
    }
    ck_assert_msg(apart > 0.1, "seeds 3 and 4 differ by %g at most", apart);
    stimulus_free(one);
    stimulus_free(same_seed);
    stimulus_free(other);
}
END_TEST

START_TEST(noise_at_its_limits)
{
    struct stimulus *most = make_noise(1, STIMULUS_MAX_HARMONICS, 1, 1), *least = make_noise(1, 0.1, 10, 1);
    double square = 0;
    for (int i = 0; i < 4096; i++) {
        double x = stimulus_value(most, i / 4096.);
        square += x * x / 4096;
    }
    ck_assert_msg(square > 0.8 && square < 1.2, "mean square %g of the widest noise", square);
    /* A single harmonic is a sine of amplitude sqrt(2). */
    double a, b;
    fourier(least, 10, 64, 1, &a, &b);
    ck_assert_double_eq_tol(hypot(a, b), sqrt(2), 1e-8);
    stimulus_free(most);
    stimulus_free(least);
}
END_TEST

/* ---- file ---- */

static void check_playback(const double *param, const double (*want)[2], size_t count)
{
    static const double time[] = {1, 1.5, 1.5, 2, 4}, value[] = {10, 7, 20, 30, 50};
    struct error error;
    struct stimulus *file = stimulus_new(&stimulus_file, param, 0, samples_of(5, time, value), &error);
    ck_assert_msg(file != NULL, "%s", error.text);
    struct stimulus *copy = stimulus_copy(file);
    char text[40];
    stimulus_describe(file, text, sizeof text);
    ck_assert_str_eq(text, param[0] != 0 ? "file x.csv repeated" : "file x.csv");
    stimulus_free(file);
    for (size_t i = 0; i < count; i++) {
        double got = stimulus_value(copy, want[i][0]);
        ck_assert_msg(fabs(got - want[i][1]) < 1e-12, "at %g s: %g, not %g", want[i][0], got, want[i][1]);
    }
    stimulus_free(copy);
}

START_TEST(file_playback)
{
    static const double held[][2] = {{-5, 10}, {1, 10},   {1.4, 10}, {1.5, 20}, {1.99, 20},
                                     {2, 30},  {3.9, 30}, {4, 50},   {100, 50}};
    static const double lines[][2] = {{0, 10}, {1.25, 8.5}, {1.5, 20}, {1.75, 25}, {3, 40}, {4, 50}, {9, 50}};
    /* One round is 3 s and the mean interval, 0.75 s. */
    static const double again[][2] = {{0, 10}, {1, 10}, {4.7, 50}, {4.75, 10}, {5.25, 20}, {5.75, 30}, {8.5, 10}};
    static const double closed[][2] = {{0, 10}, {4, 50}, {4.375, 30}, {4.75, 10}, {5.5, 25}};
    check_playback((double[]){0, 0}, held, sizeof held / sizeof *held);
    check_playback((double[]){0, 1}, lines, sizeof lines / sizeof *lines);
    check_playback((double[]){1, 0}, again, sizeof again / sizeof *again);
    check_playback((double[]){1, 1}, closed, sizeof closed / sizeof *closed);
}
END_TEST

START_TEST(file_of_one_sample)
{
    struct error error;
    for (int bits = 0; bits < 4; bits++) {
        struct stimulus_samples *samples = samples_of(1, (double[]){2}, (double[]){0.7});
        double param[] = {bits & 1, bits >> 1};
        struct stimulus *file = stimulus_new(&stimulus_file, param, 0, samples, &error);
        for (int t = 0; t < 5; t++)
            ck_assert_double_eq(stimulus_value(file, t), 0.7);
        stimulus_free(file);
    }
}
END_TEST

START_TEST(file_refused)
{
    static const struct {
        double time[2], value[2];
        const char *says;
    } rows[] = {
        {{1, 0.5}, {0, 0}, "file: sample 2 of x.csv is at 0.5 s, before the sample above it at 1 s"},
        {{1, NAN}, {0, 0}, "file: sample 2 of x.csv has time nan and value 0, both must be finite"},
        {{0, 1}, {INFINITY, 0}, "file: sample 1 of x.csv has time 0 and value inf, both must be finite"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct error error = {""};
        struct stimulus_samples *samples = samples_of(2, rows[i].time, rows[i].value);
        ck_assert_ptr_null(stimulus_new(&stimulus_file, NULL, 0, samples, &error));
        ck_assert_str_eq(error.text, rows[i].says);
    }
    struct error error = {""};
    ck_assert_ptr_null(stimulus_new(&stimulus_file, NULL, 0, samples_of(0, NULL, NULL), &error));
    ck_assert_str_eq(error.text, "file: there are no samples in x.csv, a time and a value are needed at least");
    stimulus_samples_free(NULL);
}
END_TEST

START_TEST(copies_are_the_same)
{
    for (size_t i = 0; i < stimulus_type_count; i++) {
        if (stimulus_types[i]->samples)
            continue;
        struct stimulus *original = make(stimulus_types[i], NULL), *copy = stimulus_copy(original);
        double before[20];
        for (int t = 0; t < 20; t++)
            before[t] = stimulus_value(original, 0.13 * t);
        stimulus_free(original);
        for (int t = 0; t < 20; t++)
            ck_assert_double_eq(stimulus_value(copy, 0.13 * t), before[t]);
        stimulus_free(copy);
    }
    stimulus_free(NULL);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("model: stimulus", listed_and_complete, values, sine_mean_and_rms, descriptions, out_of_range,
                       noise_mean_and_rms, noise_spectrum, noise_is_its_harmonics_everywhere,
                       noise_repeats_and_depends_on_its_seed, noise_at_its_limits, file_playback, file_of_one_sample,
                       file_refused, copies_are_the_same);
}
