/* Curves that are known are found again: from the rates themselves, from regular trains that follow a ramp, from the
 * simulated neuron under a slow sine, and from counts that scatter. */
#include "harness.h"

#include "model/population.h"
#include "model/rate_fit.h"
#include "model/rate_fit_problem.h"
#include "signal/tuning.h"

#define POINTS 31

struct known {
    double gain, bias, tau_rc, tau_ref, sigma;
};

static struct neuron_params params_of(const struct known *k)
{
    struct neuron_params p = neuron_defaults;
    p.tau_rc = k->tau_rc;
    p.tau_ref = k->tau_ref;
    p.sigma = k->sigma;
    return p;
}

static double true_rate(const struct known *k, const struct rate_curve *curve, double x)
{
    struct neuron_params p = params_of(k);
    return curve->rate(&p, k->gain * x + k->bias);
}

static struct rate_fit_request free_request(const struct rate_curve *curve)
{
    return (struct rate_fit_request){curve, NAN, NAN, NAN, neuron_defaults};
}

struct room {
    double x[POINTS], spread[POINTS], rate[POINTS], time[POINTS];
};

static struct rate_points points_in(struct room *room, size_t count)
{
    return (struct rate_points){count, room->x, room->spread, room->rate, room->time, NULL};
}

static struct rate_points exact_points(struct room *room, const struct known *k, const struct rate_curve *curve)
{
    for (size_t i = 0; i < POINTS; i++) {
        room->x[i] = -1 + 2.0 * (double)i / (POINTS - 1);
        room->spread[i] = 0;
        room->time[i] = 1;
        room->rate[i] = true_rate(k, curve, room->x[i]);
    }
    return points_in(room, POINTS);
}

static struct rate_points points_of_bins(struct room *room, const struct tuning_bins *bins)
{
    size_t n = 0;
    for (size_t b = 0; b < bins->bins; b++)
        if (bins->time[b] > 0) {
            room->x[n] = bins->mean[b];
            room->spread[n] = bins->spread[b];
            room->rate[n] = tuning_bins_rate(bins, 0, b);
            room->time[n++] = bins->time[b];
        }
    return points_in(room, n);
}

static void expect_near(const char *what, double got, double wanted, double tolerance)
{
    ck_assert_msg(fabs(got - wanted) <= tolerance, "%s is %.6g, not %.6g within %.2g", what, got, wanted, tolerance);
}

/* Each within a part of its size; the place of the corner in units of x. */
static void expect_known(const struct rate_fit *fit, const struct known *k, double part, double corner)
{
    char word[RATE_FIT_WORD];
    ck_assert_msg(fit->status == RATE_FIT_OK, "gain %g: status %s", k->gain, rate_fit_word(fit, word));
    expect_near("gain", fit->gain, k->gain, part * fabs(k->gain));
    expect_near("corner", (1 - fit->bias) / fit->gain, (1 - k->bias) / k->gain, corner);
    expect_near("tau_rc", fit->params.tau_rc, k->tau_rc, part * k->tau_rc);
    expect_near("tau_ref", fit->params.tau_ref, k->tau_ref, part * k->tau_ref + 1e-4);
}

static const struct known softs[] = {
    {3, 0.5, 0.02, 0.002, 0.02}, {-3, 1, 0.02, 0.002, 0.02},     {2, 1.5, 0.03, 0.001, 0.1},
    {5, -2, 0.01, 0.003, 0.05},  {0.8, 1.2, 0.02, 0.002, 0.02},  {-40, 10, 0.02, 0.002, 0.3},
    {2, 0.9, 0.05, 0.004, 0.02}, {1.5, -0.3, 0.02, 0.002, 0.02}, {2000, 500, 0.02, 0.00002, 5},
};

START_TEST(softlif_rates_give_their_parameters_back)
{
    for (size_t i = 0; i < sizeof softs / sizeof *softs; i++) {
        struct room room;
        struct rate_points points = exact_points(&room, &softs[i], &rate_softlif);
        struct rate_fit_request request = free_request(&rate_softlif);
        struct rate_fit fit = rate_fit(&points, &request);
        expect_known(&fit, &softs[i], 1e-5, 1e-6);
        expect_near("sigma", fit.params.sigma, softs[i].sigma, 1e-5 * softs[i].sigma);
        ck_assert_msg(fit.rms < 1e-6, "rms %g", fit.rms);
    }
}
END_TEST

START_TEST(lif_rates_give_their_parameters_back)
{
    static const struct known lifs[] = {{3, 0.5, 0.02, 0.002, 0},  {-3, 1.05, 0.02, 0.002, 0},
                                        {2, 1.52, 0.03, 0.001, 0}, {0.8, 1.2, 0.02, 0.002, 0},
                                        {-40, 10, 0.02, 0.002, 0}, {2, 0.91, 0.05, 0.004, 0}};
    for (size_t i = 0; i < sizeof lifs / sizeof *lifs; i++) {
        struct room room;
        struct rate_points points = exact_points(&room, &lifs[i], &rate_lif);
        struct rate_fit_request request = free_request(&rate_lif);
        struct rate_fit fit = rate_fit(&points, &request);
        expect_known(&fit, &lifs[i], 1e-3, 1e-4);
        ck_assert_msg(fit.params.sigma == 0, "sigma %g", fit.params.sigma);
    }
}
END_TEST

/* ---- regular trains that follow a ramp ---- */

/* x goes from -1 to 1 and back within `length`; a spike each time the integral of the rate passes a whole number and a
 * half. */
static struct tuning_bins *ramp_trains(const struct known *k, const struct rate_curve *curve, double length)
{
    double time[] = {0, length / 2, length}, x[] = {-1, 1, -1}, integral = 0.5, dt = 1e-4;
    size_t count = 0, room = 1000000;
    double *spike = malloc(room * sizeof *spike);
    for (double t = dt / 2; t < length && count < room; t += dt) {
        double along = t < length / 2 ? -1 + 4 * t / length : 3 - 4 * t / length;
        integral += dt * true_rate(k, curve, along);
        for (; integral >= 1 && count < room; integral--)
            spike[count++] = t;
    }
    struct trace trace = {TRACE_LINEAR, 3, time, x};
    struct tuning_bins *bins = tuning_bins_new(&trace, 0, length, -1, 1, POINTS, 1);
    tuning_bins_count(bins, &trace, 0, spike, count);
    free(spike);
    return bins;
}

START_TEST(regular_trains_over_a_ramp_give_their_curve_back)
{
    static const struct known rows[] = {{3, 0.5, 0.02, 0.002, 0.05},
                                        {-3, 1, 0.02, 0.002, 0.05},
                                        {2, 1.5, 0.03, 0.003, 0.1},
                                        {5, -2, 0.01, 0.002, 0.05}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct room room;
        struct tuning_bins *bins = ramp_trains(&rows[i], &rate_softlif, 400);
        struct rate_points points = points_of_bins(&room, bins);
        struct rate_fit_request request = free_request(&rate_softlif);
        struct rate_fit fit = rate_fit(&points, &request);
        expect_known(&fit, &rows[i], 0.1, 0.005);
        expect_near("sigma", fit.params.sigma, rows[i].sigma, 0.2 * rows[i].sigma);
        ck_assert_msg(fit.rms < 0.5, "rms %g Hz", fit.rms);
        tuning_bins_free(bins);
    }
}
END_TEST

/* ---- the simulated neuron ---- */

static double sine(double time)
{
    return -cos(2 * 3.14159265358979323846 * 0.02 * time);
}

/* Spikes of a FastLIF neuron under a slow sine, over one period there and back. */
static struct tuning_bins *simulate(const struct known *k)
{
    struct population_spec spec;
    struct error error;
    double gain = fabs(k->gain), bias = k->bias, encoder = k->gain < 0 ? -1 : 1, dt = 0.001;
    population_spec_init(&spec);
    spec.given = calloc(1, sizeof *spec.given);
    *spec.given = (struct neuron_table){1, 1, malloc(sizeof gain), malloc(sizeof gain), malloc(sizeof gain)};
    spec.given->gain[0] = gain;
    spec.given->bias[0] = bias;
    spec.given->encoders[0] = encoder;
    spec.params = params_of(k);
    struct population *population = population_new(&spec, &error);
    ck_assert_msg(population != NULL, "%s", error.text);
    struct population_state *state = population_state_new(population);
    enum { STEPS = 50000 };
    double *time = malloc(STEPS * sizeof *time), *x = malloc(STEPS * sizeof *x), *spike = malloc(STEPS * sizeof *spike);
    size_t spikes = 0;
    uint64_t bits[16];
    for (size_t s = 0; s < STEPS; s++) {
        time[s] = (double)(s + 1) * dt;
        x[s] = sine((double)s * dt);
        population_advance(population, state, dt, 1, &x[s], bits);
        if (bits[0] & 1)
            spike[spikes++] = time[s];
    }
    struct trace trace = {TRACE_STEPS, STEPS, time, x};
    struct tuning_bins *bins = tuning_bins_new(&trace, 0, 50, -1, 1, POINTS, 1);
    tuning_bins_count(bins, &trace, 0, spike, spikes);
    population_state_free(state);
    population_free(population);
    population_spec_free(&spec);
    free(time);
    free(x);
    free(spike);
    return bins;
}

START_TEST(simulated_neurons_give_their_parameters_back)
{
    static const struct known rows[] = {{3, 0.5, 0.02, 0.002, 0.02},
                                        {-3, 1, 0.02, 0.002, 0.02},
                                        {2, 1.5, 0.03, 0.003, 0.02},
                                        {5, -2, 0.01, 0.002, 0.02}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct room room;
        struct tuning_bins *bins = simulate(&rows[i]);
        struct rate_points points = points_of_bins(&room, bins);
        struct rate_fit_request request = free_request(&rate_lif);
        struct rate_fit fit = rate_fit(&points, &request);
        expect_known(&fit, &rows[i], 0.35, 0.01);
        /* With the time constants given the rest is certain. */
        request = (struct rate_fit_request){&rate_lif, rows[i].tau_rc, rows[i].tau_ref, NAN, neuron_defaults};
        fit = rate_fit(&points, &request);
        expect_known(&fit, &rows[i], 0.03, 0.01);
        ck_assert_msg(fit.held == 0, "what was given counts as held: %x", fit.held);
        tuning_bins_free(bins);
    }
}
END_TEST

/* ---- what cannot be told ---- */

static double uniform(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return ((double)(*state >> 11) + 0.5) / 9007199254740992.0;
}

static double poisson(uint64_t *state, double mean)
{
    double product = 1, count = -1, limit = exp(-mean);
    do {
        count++;
        product *= uniform(state);
    } while (product > limit);
    return count;
}

START_TEST(scattered_counts_keep_the_curve_and_hold_what_is_open)
{
    struct known far = {1, 4, 0.02, 0.002, 0.02}; /* far above threshold everywhere */
    uint64_t state = 7;
    for (int round = 0; round < 20; round++) {
        struct room room;
        struct rate_points points = exact_points(&room, &far, &rate_softlif);
        for (size_t i = 0; i < POINTS; i++)
            room.rate[i] = poisson(&state, room.rate[i]);
        struct rate_fit_request request = free_request(&rate_softlif);
        struct rate_fit fit = rate_fit(&points, &request);
        char word[RATE_FIT_WORD];
        ck_assert_msg((fit.status == RATE_FIT_OK && fit.held & RATE_FIT_TAU_RC) || fit.status == RATE_FIT_FLAT,
                      "round %d: status %s, tau_rc %g", round, rate_fit_word(&fit, word), fit.params.tau_rc);
        for (double x = -1; x <= 1; x += 0.25)
            expect_near("rate", rate_fit_rate(&fit, &rate_softlif, x), true_rate(&far, &rate_softlif, x), 20);
    }
}
END_TEST

/* Errors mean what they say: over many trains of a Poisson process the estimates scatter as much as is reported. */
START_TEST(errors_are_as_large_as_the_scatter)
{
    enum { FINE = 248, ROUNDS = 60 };
    static double x[FINE], spread[FINE], rate[FINE], time[FINE];
    static size_t shown[FINE];
    static const struct known k = {3, 0.5, 0.02, 0.002, 0.05};
    static const char *const name[] = {"gain", "bias", "tau_ref"};
    double truth[] = {k.gain, k.bias, k.tau_ref}, square[3] = {0}, reported[3] = {0};
    struct rate_points points = {FINE, x, spread, rate, time, shown};
    struct rate_fit_request request = free_request(&rate_softlif);
    uint64_t state = 5;
    request.tau_rc = k.tau_rc;
    request.sigma = k.sigma;
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < FINE; i++) {
            x[i] = -1 + 2 * ((double)i + 0.5) / FINE;
            time[i] = 2;
            shown[i] = i / 8;
            rate[i] = poisson(&state, true_rate(&k, &rate_softlif, x[i]) * time[i]) / time[i];
        }
        struct rate_fit fit = rate_fit(&points, &request);
        double got[] = {fit.gain, fit.bias, fit.params.tau_ref},
               error[] = {fit.error.gain, fit.error.bias, fit.error.tau_ref};
        for (int i = 0; i < 3; i++) {
            square[i] += (got[i] - truth[i]) * (got[i] - truth[i]) / ROUNDS;
            reported[i] += error[i] * error[i] / ROUNDS;
        }
        ck_assert_msg(fit.error.tau_rc == 0 && fit.error.sigma == 0, "what was given has an error");
    }
    for (int i = 0; i < 3; i++) {
        double ratio = sqrt(square[i] / reported[i]);
        ck_assert_msg(ratio > 0.75 && ratio < 1.33, "%s scatters %g times as much as reported", name[i], ratio);
    }
}
END_TEST

START_TEST(words_say_what_was_held)
{
    char word[RATE_FIT_WORD];
    struct rate_fit fit = {.status = RATE_FIT_OK};
    ck_assert_str_eq(rate_fit_word(&fit, word), "ok");
    fit.held = RATE_FIT_TAU_RC | RATE_FIT_TAU_REF | RATE_FIT_SIGMA;
    ck_assert_str_eq(rate_fit_word(&fit, word), "held_tau_rc_tau_ref_sigma");
    fit.held = RATE_FIT_SIGMA;
    fit.open = RATE_FIT_TAU_RC | RATE_FIT_TAU_REF;
    ck_assert_str_eq(rate_fit_word(&fit, word), "held_sigma_open_tau_rc_tau_ref");
    fit.held = 0;
    ck_assert_str_eq(rate_fit_word(&fit, word), "open_tau_rc_tau_ref");
    fit.status = RATE_FIT_NO_SPIKES;
    ck_assert_str_eq(rate_fit_word(&fit, word), "no_spikes");
}
END_TEST

/* ---- hardly any data ---- */

static void expect_status(const struct rate_points *points, const struct rate_fit_request *request, const char *wanted)
{
    char word[RATE_FIT_WORD];
    struct rate_fit fit = rate_fit(points, request);
    ck_assert_msg(strcmp(rate_fit_word(&fit, word), wanted) == 0, "status %s, not %s", word, wanted);
}

START_TEST(hardly_any_data_gets_a_word)
{
    struct room room;
    struct known k = {3, 0.5, 0.02, 0.002, 0.02};
    for (size_t c = 0; c < rate_curve_count; c++) {
        struct rate_fit_request request = free_request(rate_curves[c]);
        struct rate_points points = exact_points(&room, &k, rate_curves[c]);
        points.count = 0;
        expect_status(&points, &request, "no_spikes");
        points.count = 3; /* x = -1 .. -0.87, where it is silent */
        for (size_t i = 0; i < 3; i++)
            room.rate[i] = 0;
        expect_status(&points, &request, "no_spikes");
        room.rate[1] = 50;
        points.count = 2;
        expect_status(&points, &request, "too_few_points");
        room.x[0] = room.x[1] = room.x[2] = 0.25;
        points.count = 3;
        expect_status(&points, &request, "too_few_points");
    }
}
END_TEST

START_TEST(the_same_rate_everywhere_is_flat)
{
    struct room room;
    struct known k = {0, 2, 0.02, 0.002, 0.02};
    uint64_t state = 3;
    for (size_t c = 0; c < rate_curve_count; c++) {
        struct rate_points points = exact_points(&room, &k, rate_curves[c]);
        struct rate_fit_request request = free_request(rate_curves[c]);
        expect_status(&points, &request, "flat");
        for (size_t i = 0; i < POINTS; i++)
            room.rate[i] = poisson(&state, room.rate[i]);
        struct rate_fit fit = rate_fit(&points, &request);
        ck_assert_msg(fit.status == RATE_FIT_FLAT && fit.gain == 0, "status %d, gain %g", fit.status, fit.gain);
        expect_near("rate", rate_fit_rate(&fit, rate_curves[c], 0.3), true_rate(&k, rate_curves[c], 0), 5);
    }
}
END_TEST

START_TEST(a_rare_spike_now_and_then_is_flat_too)
{
    struct room room;
    for (double rate = 1e-3; rate < 2; rate *= 10) {
        for (size_t i = 0; i < POINTS; i++) {
            room.x[i] = (double)i;
            room.spread[i] = 0;
            room.time[i] = 10 / rate;
            room.rate[i] = rate * (1 + 0.1 * (double)(i * 7 % 3));
        }
        struct rate_points points = points_in(&room, POINTS);
        for (size_t c = 0; c < rate_curve_count; c++) {
            struct rate_fit_request request = free_request(rate_curves[c]);
            struct rate_fit fit = rate_fit(&points, &request);
            ck_assert_msg(fit.status == RATE_FIT_FLAT && isfinite(fit.bias), "%g Hz: status %d, bias %g", rate,
                          fit.status, fit.bias);
        }
    }
}
END_TEST

START_TEST(faster_than_a_given_tau_ref_is_said)
{
    struct room room;
    struct known k = {3, 0.5, 0.02, 0.002, 0.02};
    struct rate_points points = exact_points(&room, &k, &rate_softlif);
    struct rate_fit_request request = free_request(&rate_softlif);
    request.tau_ref = 0.02;
    expect_status(&points, &request, "above_1/tau_ref");
}
END_TEST

START_TEST(anything_ends_with_finite_numbers_or_none)
{
    static const double scales[] = {1e-6, 1e-3, 1, 1e3, 1e6};
    uint64_t state = 11;
    for (int round = 0; round < 300; round++) {
        struct room room;
        size_t n = 1 + (size_t)(uniform(&state) * POINTS);
        double scale = scales[round % 5], shift = 1e3 * (uniform(&state) - 0.5), part = uniform(&state);
        for (size_t i = 0; i < n; i++) {
            room.x[i] = shift + scale * uniform(&state);
            room.spread[i] = uniform(&state) < 0.5 ? 0 : 0.1 * scale;
            room.rate[i] = uniform(&state) < part ? 0 : pow(10, 12 * uniform(&state) - 4);
            room.time[i] = pow(10, 8 * uniform(&state) - 4);
        }
        struct rate_points points = points_in(&room, n);
        struct rate_fit_request request = free_request(rate_curves[round % 2]);
        struct rate_fit fit = rate_fit(&points, &request);
        ck_assert_msg(!rate_fit_has_curve(&fit) ||
                          (isfinite(fit.rms) && fit.params.tau_rc > 0 && fit.params.tau_ref >= 0),
                      "round %d: gain %g rms %g tau_rc %g", round, fit.gain, fit.rms, fit.params.tau_rc);
    }
}
END_TEST

int main(void)
{
    return HARNESS_RUN("model: rate_fit", softlif_rates_give_their_parameters_back,
                       lif_rates_give_their_parameters_back, regular_trains_over_a_ramp_give_their_curve_back,
                       simulated_neurons_give_their_parameters_back,
                       scattered_counts_keep_the_curve_and_hold_what_is_open, errors_are_as_large_as_the_scatter,
                       words_say_what_was_held, hardly_any_data_gets_a_word, the_same_rate_everywhere_is_flat,
                       a_rare_spike_now_and_then_is_flat_too, faster_than_a_given_tau_ref_is_said,
                       anything_ends_with_finite_numbers_or_none);
}
