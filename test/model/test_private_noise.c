/* Noise of each neuron's own: the same however steps and threads are cut, of the promised size, and silent
 * where there are no neurons. */
#include "harness.h"

#include "model/private_noise.h"
#include "model/stimulus_white.h"

#define NEURONS 200
#define STEPS 1920

static struct stimulus *white(double sigma, double tau_s)
{
    struct error error;
    double values[STIMULUS_MAX_PARAMS] = {
        [WHITE_MU] = 10e-3, [WHITE_SIGMA] = sigma, [WHITE_TAU_S] = tau_s, [WHITE_V_TH] = 15e-3};
    struct stimulus *stimulus = stimulus_new(&stimulus_white, values, 5, NULL, &error);
    ck_assert_msg(stimulus != NULL, "%s", error.text);
    return stimulus;
}

static struct population *neurons(size_t n)
{
    struct error error;
    struct population_spec spec;
    population_spec_init(&spec);
    spec.n = n;
    spec.params.tau_rc = 5e-3;
    spec.params.tau_ref = 0;
    spec.params.min_voltage = -INFINITY;
    struct population *population = population_new(&spec, &error);
    ck_assert_msg(population != NULL, "%s", error.text);
    population_spec_free(&spec);
    return population;
}

/* Voltages and all spikes after STEPS steps, `chunk` at a time in `parts` shares. */
static void simulate(const struct stimulus *input, const struct population *p, size_t chunk, size_t parts,
                     double *voltage, uint64_t *spikes)
{
    struct private_noise *noise = private_noise_new(p->n, input->seed);
    struct population_state *state = population_state_new(p);
    double x[POPULATION_STEPS];
    size_t words = p->padded / 64;
    for (size_t s = 0; s < POPULATION_STEPS; s++)
        x[s] = stimulus_value(input, 0);
    for (size_t at = 0; at < STEPS; at += chunk)
        for (size_t part = 0; part < parts; part++)
            private_noise_advance(noise, input, p, state, 1e-4, chunk, x, 1, spikes + at * words, part, parts);
    memcpy(voltage, population_state_column(state, 0), p->padded * sizeof *voltage);
    population_state_free(state);
    private_noise_free(noise);
}

START_TEST(chunks_and_shares_change_nothing)
{
    static const size_t cuts[][2] = {{16, 1}, {1, 1}, {5, 3}, {16, 4}, {15, 2}};
    struct population *p = neurons(NEURONS);
    size_t words = p->padded / 64;
    for (int filtered = 0; filtered < 2; filtered++) {
        struct stimulus *input = white(10e-3, filtered * 0.5e-3);
        double first[512], voltage[512];
        uint64_t *all = calloc(2 * STEPS * words, sizeof *all), *again = all + STEPS * words;
        simulate(input, p, cuts[0][0], cuts[0][1], first, all);
        for (size_t c = 1; c < sizeof cuts / sizeof *cuts; c++) {
            simulate(input, p, cuts[c][0], cuts[c][1], voltage, again);
            ck_assert_msg(memcmp(all, again, STEPS * words * sizeof *all) == 0,
                          "spikes differ with chunks of %zu in %zu shares", cuts[c][0], cuts[c][1]);
            ck_assert_msg(memcmp(first, voltage, p->padded * sizeof *voltage) == 0,
                          "voltages differ with chunks of %zu", cuts[c][0]);
        }
        for (size_t s = 0; s < STEPS; s++)
            ck_assert_msg(all[s * words + words - 1] >> (NEURONS % 64) == 0,
                          "step %zu: a neuron that is not there spiked", s);
        free(all);
        stimulus_free(input);
    }
    population_free(p);
}
END_TEST

/* Gains play no part, so neurons that are there either way have the same noise and the same voltages. */
START_TEST(more_neurons_change_nothing_for_the_first)
{
    static const size_t sizes[] = {1, 3, 64, 65};
    struct population *all = neurons(NEURONS);
    for (int filtered = 0; filtered < 2; filtered++) {
        struct stimulus *input = white(10e-3, filtered * 0.5e-3);
        static uint64_t spikes[STEPS * 4];
        double want[256], got[256];
        simulate(input, all, 16, 1, want, spikes);
        for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
            struct population *few = neurons(sizes[k]);
            simulate(input, few, 16, 1, got, spikes);
            for (size_t i = 0; i < sizes[k]; i++)
                ck_assert_msg(got[i] == want[i], "neuron %zu of %zu: %g, not %g", i, sizes[k], got[i], want[i]);
            population_free(few);
        }
        stimulus_free(input);
    }
    population_free(all);
}
END_TEST

START_TEST(a_reset_begins_again)
{
    struct population *p = neurons(64);
    struct stimulus *input = white(10e-3, 0);
    struct private_noise *noise = private_noise_new(64, input->seed);
    struct population_state *state = population_state_new(p);
    double x[1] = {0.5}, before[64];
    uint64_t spikes[1];
    private_noise_advance(noise, input, p, state, 1e-4, 1, x, 1, spikes, 0, 1);
    memcpy(before, population_state_column(state, 0), sizeof before);
    private_noise_reset(noise);
    population_state_reset(state);
    private_noise_advance(noise, input, p, state, 1e-4, 1, x, 1, spikes, 0, 1);
    ck_assert(memcmp(before, population_state_column(state, 0), sizeof before) == 0 && before[0] != before[1]);
    ck_assert(private_noise_is(noise, 64, input->seed) && !private_noise_is(noise, 63, input->seed));
    ck_assert(!private_noise_is(noise, 64, input->seed + 1) && !private_noise_is(NULL, 64, 5));
    population_state_free(state);
    private_noise_free(noise);
    stimulus_free(input);
    population_free(p);
}
END_TEST

/* Far below threshold V has the mean mu and the deviation sigma / sqrt(2), through a synapse sigma / sqrt(2)
 * / sqrt(1 + tau_s / tau): whatever the step. */
START_TEST(the_free_membrane_has_its_deviation)
{
    static const double taus[] = {0, 1e-3, 20e-3}, steps[] = {0.1e-3, 1e-3, 10e-3};
    struct population *p = neurons(1280);
    for (size_t t = 0; t < 3; t++)
        for (size_t d = 0; d < 3; d++) {
            struct stimulus *input = white(1e-3, taus[t]);
            struct private_noise *noise = private_noise_new(p->n, 9);
            struct population_state *state = population_state_new(p);
            double x[POPULATION_STEPS] = {0}, sum = 0, square = 0;
            uint64_t *spikes = calloc(POPULATION_STEPS * p->padded / 64, sizeof *spikes);
            for (double time = 0; time < 0.05 + 4 * taus[t]; time += 8 * steps[d])
                private_noise_advance(noise, input, p, state, steps[d], 8, x, 1, spikes, 0, 1);
            for (size_t i = 0; i < p->n; i++) {
                sum += population_state_column(state, 0)[i] / (double)p->n;
                square += population_state_column(state, 0)[i] * population_state_column(state, 0)[i] / (double)p->n;
            }
            double want = 1. / 15 * M_SQRT1_2 / sqrt(1 + taus[t] / 5e-3), is = sqrt(square);
            if (taus[t] == 0 || steps[d] <= 1e-3) /* a longer step holds the synapse's current */
                ck_assert_msg(near_relative(is, want, 0.1), "tau_s %g dt %g: deviation %g, not %g", taus[t], steps[d],
                              is, want);
            ck_assert_msg(fabs(sum) < 5 * want / sqrt((double)p->n), "tau_s %g dt %g: mean %g", taus[t], steps[d], sum);
            free(spikes);
            population_state_free(state);
            private_noise_free(noise);
            stimulus_free(input);
        }
    population_free(p);
}
END_TEST

START_TEST(the_mean_carries_a_sine)
{
    struct error error;
    double values[STIMULUS_MAX_PARAMS] = {10e-3, 5e-3, 2e-3, 20e-3, -5e-3, 50, 1e-3};
    struct stimulus *input = stimulus_new(&stimulus_white, values, 5, NULL, &error);
    double w = 2 * M_PI * 50, h = 1 / sqrt(1 + w * w * 4e-6), lag = atan(w * 2e-3);
    for (double t = 0; t < 0.05; t += 0.0013) {
        double want = (15e-3 + 1e-3 * h * sin(w * t - lag)) / 25e-3;
        ck_assert_msg(near_relative(stimulus_value(input, t), want, 1e-12), "t %g: %.17g, not %.17g", t,
                      stimulus_value(input, t), want);
    }
    stimulus_free(input);
    values[WHITE_V_0] = 20e-3;
    ck_assert(!stimulus_new(&stimulus_white, values, 5, NULL, &error));
    ck_assert_str_eq(error.text, "white: V_th=20 mV: the threshold must be above the reset, V_0=20 mV");
}
END_TEST

int main(void)
{
    return HARNESS_RUN("model: private noise", chunks_and_shares_change_nothing,
                       more_neurons_change_nothing_for_the_first, a_reset_begins_again,
                       the_free_membrane_has_its_deviation, the_mean_carries_a_sine);
}
