/* Band-limited white noise as nengo's WhiteSignal makes it: the harmonics k / period up to `high` with
 * Gaussian coefficients, nothing at 0 Hz, scaled so that the rms over one period is exactly what was asked
 * for.
 *
 *     x(t) = sum_{k=1..K} a_k cos(2 pi k t / period) + b_k sin(2 pi k t / period),   K = floor(high period)
 *
 * An inverse FFT tabulates one period on a grid so fine that the highest harmonic has at least 32 points;
 * between grid points a polynomial of degree 7 goes through the eight nearest. Its error for one harmonic of
 * amplitude c is at most c (2 pi / 32)^8 / 8! (1/2 3/2 5/2 7/2)^2 = 2.4e-9 c, the factors being the eighth
 * derivative, Taylor's constant and the largest product of distances in the middle. */
#include "model/stimulus.h"

#include <gsl/gsl_fft_halfcomplex.h>
#include <math.h>
#include <stdio.h>

#include "base/xalloc.h"
#include "model/random.h"

#define POINTS_A_PERIOD 32
#define NEIGHBOURS 8

enum { RMS, HIGH, PERIOD };

static bool count_harmonics(const struct stimulus *stimulus, size_t *count, struct error *error)
{
    double high = stimulus->param[HIGH], period = stimulus->param[PERIOD];
    char one[NUMBER_HUMAN], other[NUMBER_HUMAN];
    /* A product like 5 Hz * 1.4 s may fall an ulp short of a whole number. */
    double harmonics = floor(high * period * (1 + 1e-12));
    if (harmonics < 1)
        return error_set(error, "noise: high = %s is below 1 / period = %s, which leaves no frequency at all",
                         number_human(one, high, DIMENSION_RATE), number_human(other, 1 / period, DIMENSION_RATE));
    if (harmonics > STIMULUS_MAX_HARMONICS)
        return error_set(error, "noise: high = %s with period = %s makes %.0f frequencies, at most %d are possible",
                         number_human(one, high, DIMENSION_RATE), number_human(other, period, DIMENSION_TIME),
                         harmonics, STIMULUS_MAX_HARMONICS);
    *count = (size_t)harmonics;
    return true;
}

/* Fills GSL's half-complex layout: real parts from the front, imaginary parts from the back. */
static void draw_spectrum(struct stimulus *stimulus, size_t harmonics)
{
    struct random *random = random_new(stimulus->seed, RANDOM_NOISE);
    double *spectrum = stimulus->table, power = 0;
    size_t n = stimulus->table_count;
    for (size_t k = 1; k <= harmonics; k++) {
        double re = random_gaussian(random), im = random_gaussian(random);
        spectrum[k] = re;
        spectrum[n - k] = im;
        power += 2 * (re * re + im * im);
    }
    random_free(random);
    double scale = stimulus->param[RMS] / sqrt(power);
    for (size_t k = 1; k <= harmonics; k++) {
        spectrum[k] *= scale;
        spectrum[n - k] *= scale;
    }
}

static bool prepare(struct stimulus *stimulus, struct error *error)
{
    size_t harmonics = 0;
    if (!count_harmonics(stimulus, &harmonics, error))
        return false;
    stimulus->table_count = POINTS_A_PERIOD;
    while (stimulus->table_count < harmonics * POINTS_A_PERIOD)
        stimulus->table_count *= 2;
    stimulus->table = xcalloc(stimulus->table_count, sizeof *stimulus->table);
    draw_spectrum(stimulus, harmonics);
    gsl_fft_halfcomplex_radix2_backward(stimulus->table, 1, stimulus->table_count);
    return true;
}

/* Lagrange's polynomial through y[0..7] at 0..7, evaluated at 3 <= x < 4. */
static double through_eight(const double *y, double x)
{
    static const double over[NEIGHBOURS] = {-5040, 720, -240, 144, -144, 240, -720, 5040};
    double below[NEIGHBOURS], above = 1, sum = 0;
    below[0] = 1;
    for (int i = 1; i < NEIGHBOURS; i++)
        below[i] = below[i - 1] * (x - (i - 1));
    for (int i = NEIGHBOURS - 1; i >= 0; i--) {
        sum += y[i] * (below[i] * above / over[i]);
        above *= x - i;
    }
    return sum;
}

static double value(const struct stimulus *stimulus, double time)
{
    size_t mask = stimulus->table_count - 1;
    double turns = time / stimulus->param[PERIOD];
    double place = (turns - floor(turns)) * (double)stimulus->table_count;
    double whole = floor(place);
    size_t first = (size_t)whole - (NEIGHBOURS / 2 - 1);
    double y[NEIGHBOURS];
    for (size_t i = 0; i < NEIGHBOURS; i++)
        y[i] = stimulus->table[(first + i) & mask];
    return through_eight(y, NEIGHBOURS / 2 - 1 + (place - whole));
}

static void describe(const struct stimulus *stimulus, char *out, size_t size)
{
    char high[NUMBER_HUMAN];
    snprintf(out, size, "noise rms %.4g <%s", stimulus->param[RMS],
             number_human(high, stimulus->param[HIGH], DIMENSION_RATE));
}

const struct stimulus_type stimulus_noise = {
    .name = "noise",
    .summary = "white noise below a frequency, the same again after each period",
    .params =
        {
            [RMS] = {"rms", DIMENSION_NONE, 0.5, 0, 1e12, "root of the mean square"},
            [HIGH] = {"high", DIMENSION_RATE, 5, 1e-6, 1e6, "highest frequency"},
            [PERIOD] = {"period", DIMENSION_TIME, 10, 1e-6, 1e6, "time after which it repeats"},
        },
    .seeded = true,
    .fastest = 1 + HIGH,
    .prepare = prepare,
    .value = value,
    .describe = describe,
};
