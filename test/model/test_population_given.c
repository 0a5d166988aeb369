/* What of a population can be given besides rates and intercepts: gain, bias, axes, a bias that does not act,
 * lesions. */
#include "harness.h"

#include "base/xalloc.h"
#include "model/population.h"

static struct population *build(const struct population_spec *spec)
{
    struct error error = {""};
    struct population *p = population_new(spec, &error);
    if (!p)
        ck_abort_msg("%s", error.text);
    return p;
}

static struct distribution value(double x)
{
    return (struct distribution){.kind = DISTRIBUTION_UNIFORM, .low = x, .high = x};
}

START_TEST(gain_and_bias_take_the_place_of_the_closed_form)
{
    struct population_spec spec;
    population_spec_init(&spec);
    struct population *usual = build(&spec);
    spec.given_gain = true;
    spec.gain = value(2);
    struct population *p = build(&spec);
    for (size_t i = 0; i < p->n; i++) {
        ck_assert(p->gain[i] == 2 && p->bias[i] == usual->bias[i]);
        ck_assert_msg(fabs(p->gain[i] * p->intercept[i] + p->bias[i] - 1) < 1e-12, "intercept %g", p->intercept[i]);
    }
    population_free(p);
    spec.given_bias = true;
    spec.bias = value(0.5);
    p = build(&spec);
    for (size_t i = 0; i < p->n; i++)
        ck_assert(p->gain[i] == 2 && p->bias[i] == 0.5 && p->intercept[i] == 0.25);
    population_free(p);
    population_free(usual);
    struct error error = {""};
    spec.bias = value(NAN);
    ck_assert(population_new(&spec, &error) == NULL);
    spec.bias = (struct distribution){.kind = DISTRIBUTION_VALUES, .values = xcalloc(3, sizeof(double)), .count = 3};
    ck_assert(population_new(&spec, &error) == NULL);
    ck_assert_msg(strstr(error.text, "bias: 3 values for 50 neurons"), "%s", error.text);
    population_spec_free(&spec);
}
END_TEST

/* Gain and bias as with 2 ms, whatever tau_ref is; what they then amount to by the closed form of the curve,
 * 1 / (tau_ref + tau_rc log1p(1 / (J - 1))) at J = gain + bias. */
START_TEST(what_is_held_makes_gain_and_bias)
{
    struct population_spec spec;
    struct error error = {""};
    population_spec_init(&spec);
    struct population *usual = build(&spec);
    spec.held_model = spec.model;
    spec.held = spec.params;
    struct population *p = build(&spec);
    ck_assert_msg(population_same(usual, p), "held by its own parameters a population is another one");
    population_free(p);
    spec.params.tau_ref = 0.004; /* 400 Hz are impossible with it, and never asked for */
    spec.params.tau_rc = 0.03;
    p = build(&spec);
    for (size_t i = 0; i < p->n; i++) {
        double J = p->gain[i] + p->bias[i], rate = 1 / (0.004 + 0.03 * log1p(1 / (J - 1)));
        ck_assert_msg(p->gain[i] == usual->gain[i] && p->bias[i] == usual->bias[i], "neuron %zu has gain %g", i,
                      p->gain[i]);
        ck_assert_msg(fabs(p->max_rate[i] - rate) < 1e-9 * rate, "neuron %zu: max rate %.17g, not %.17g", i,
                      p->max_rate[i], rate);
        ck_assert_msg(fabs(p->intercept[i] - usual->intercept[i]) < 1e-12, "neuron %zu: intercept %g", i,
                      p->intercept[i]);
    }
    population_free(p);
    spec.held.tau_ref = 0.004;
    ck_assert(population_new(&spec, &error) == NULL);
    ck_assert_msg(strstr(error.text, "400 Hz is not below 1/tau_ref"), "%s", error.text);
    population_free(usual);
    population_spec_free(&spec);
}
END_TEST

START_TEST(axes_are_taken_in_turn)
{
    struct population_spec spec;
    population_spec_init(&spec);
    spec.n = 7;
    spec.dims = 2;
    spec.encoders.kind = DISTRIBUTION_AXES;
    struct population *p = build(&spec);
    const double wanted[7][2] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}, {1, 0}, {0, 1}, {-1, 0}};
    for (size_t i = 0; i < 7; i++)
        for (size_t d = 0; d < 2; d++)
            ck_assert_msg(p->encoders[d * p->padded + i] == wanted[i][d], "neuron %zu, axis %zu: %g", i, d,
                          p->encoders[d * p->padded + i]);
    population_free(p);
    spec.dims = 1;
    p = build(&spec);
    for (size_t i = 0; i < 7; i++)
        ck_assert(p->encoders[i] == (i % 2 ? -1 : 1));
    population_free(p);
    population_spec_free(&spec);
}
END_TEST

static uint64_t spikes(const struct population *p, double x, size_t *lesioned)
{
    struct population_state *state = population_state_new(p);
    uint64_t bits[2 * POPULATION_STEPS], count = 0, ever[2] = {0};
    double in[POPULATION_STEPS];
    for (size_t k = 0; k < POPULATION_STEPS; k++)
        in[k] = x;
    for (size_t c = 0; c < 40; c++) {
        population_advance(p, state, 0.001, POPULATION_STEPS, in, bits);
        for (size_t w = 0; w < 2 * POPULATION_STEPS; w++) {
            count += (uint64_t)__builtin_popcountll(bits[w]);
            ever[w % 2] |= bits[w];
        }
    }
    for (size_t w = 0; lesioned && w < 2; w++)
        *lesioned += (size_t)__builtin_popcountll(p->alive ? ever[w] & ~p->alive[w] : 0);
    population_state_free(state);
    return count;
}

START_TEST(a_bias_that_is_off_does_not_act_and_keeps_its_curve)
{
    struct population_spec spec;
    population_spec_init(&spec);
    spec.n = 100;
    struct population *on = build(&spec);
    spec.bias_off = true;
    struct population *off = build(&spec);
    double x = 0.3, zero = 0;
    for (size_t i = 0; i < 100; i++) {
        ck_assert(off->bias[i] == on->bias[i] && population_rate(off, NULL, i, &x) == population_rate(on, NULL, i, &x));
        ck_assert(population_current(off, i, &zero) == 0 && population_current(on, i, &zero) == on->bias[i]);
    }
    ck_assert(spikes(off, 0, NULL) == 0 && spikes(on, 0, NULL) > 100);
    population_free(on);
    population_free(off);
    population_spec_free(&spec);
}
END_TEST

START_TEST(lesioned_neurons_never_fire)
{
    struct population_spec spec;
    population_spec_init(&spec);
    spec.n = 100;
    spec.lesion = 0.3;
    struct population *p = build(&spec), *again = build(&spec);
    size_t dead = 0, fired = 0;
    for (size_t i = 0; i < 100; i++)
        dead += !(p->alive[i / 64] >> i % 64 & 1);
    ck_assert_uint_eq(dead, 30);
    ck_assert(memcmp(p->alive, again->alive, 16) == 0);
    ck_assert(spikes(p, 0.5, &fired) > 0 && fired == 0);
    population_free(p);
    population_free(again);
    const double shares[] = {1, -0.1, 1.5, NAN};
    for (size_t s = 0; s < 4; s++) {
        struct error error = {""};
        spec.lesion = shares[s];
        p = population_new(&spec, &error);
        ck_assert_msg((p != NULL) == (s == 0), "lesion %g: %s", shares[s], error.text);
        ck_assert(s > 0 || spikes(p, 0.5, NULL) == 0);
        population_free(p);
    }
    population_spec_free(&spec);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("model: what a population is given", gain_and_bias_take_the_place_of_the_closed_form,
                       what_is_held_makes_gain_and_bias, axes_are_taken_in_turn,
                       a_bias_that_is_off_does_not_act_and_keeps_its_curve, lesioned_neurons_never_fire);
}
