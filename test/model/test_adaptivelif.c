/* Adaptive LIF against an implementation written from the peer's definition, bit for bit; its settled rate against the
 * curve turned round, J = J_LIF(r) + inc_n r; and what a population makes of both. */
#include "harness.h"

#include "model/population.h"
#include "model/rate.h"

enum { VOLTAGE, REFRACTORY, ADAPTATION, FIELDS };
enum { TAU_N, INC_N };

struct block {
    _Alignas(64) double bias[NEURON_BLOCK], state[FIELDS][NEURON_BLOCK];
};

static bool near(double a, double b, double tolerance)
{
    return fabs(a - b) <= tolerance * fabs(b);
}

static struct neuron_params usual(void)
{
    struct neuron_params p = neuron_defaults;
    neuron_own_defaults(&neuron_adaptivelif, &p);
    return p;
}

static uint64_t step_once(const struct neuron_params *p, double dt, struct block *b)
{
    uint64_t spikes = 0;
    struct neuron_drive drive = {.bias = b->bias};
    neuron_adaptivelif.advance(p, dt, 1, &drive, b->state[0], NEURON_BLOCK, &spikes, 1);
    return spikes;
}

static void check_cell(const char *name, size_t row, const char *what, double got, double want)
{
    ck_assert_msg(same(got, want), "%s, row %zu of the trace: %s is %.17g, not %.17g", name, row, what, got, want);
}

START_TEST(traces_match_the_definition_bit_for_bit)
{
    struct table cases = table_read("adaptivelif_cases.csv"), t = table_read("adaptivelif_trace.csv");
    size_t row = 0;
    ck_assert_uint_ge(cases.rows, 5);
    for (size_t c = 0; c < cases.rows; c++) {
        const char *name = table_text(&cases, c, "case");
        struct neuron_params p = {.tau_rc = table_number(&cases, c, "tau_rc"),
                                  .tau_ref = table_number(&cases, c, "tau_ref"),
                                  .sigma = 1,
                                  .amplitude = table_number(&cases, c, "amplitude"),
                                  .min_voltage = table_number(&cases, c, "min_voltage"),
                                  .own = {table_number(&cases, c, "tau_n"), table_number(&cases, c, "inc_n")}};
        double dt = table_number(&cases, c, "dt");
        size_t steps = (size_t)table_number(&cases, c, "steps"), n = (size_t)table_number(&cases, c, "neurons");
        struct block b = {0};
        for (size_t s = 0; s < steps; s++) {
            for (size_t i = 0; i < n; i++)
                b.bias[i] = table_number(&t, row + i, "J");
            uint64_t spikes = step_once(&p, dt, &b);
            for (size_t i = 0; i < n; i++, row++) {
                ck_assert_str_eq(table_text(&t, row, "case"), name);
                check_cell(name, row, "voltage", b.state[VOLTAGE][i], table_number(&t, row, "voltage"));
                check_cell(name, row, "refractory time", b.state[REFRACTORY][i],
                           table_number(&t, row, "refractory_time"));
                check_cell(name, row, "adaptation", b.state[ADAPTATION][i], table_number(&t, row, "adaptation"));
                check_cell(name, row, "spike", spikes >> i & 1 ? neuron_adaptivelif.spike_height(&p, dt) : 0,
                           table_number(&t, row, "spiked"));
            }
        }
    }
    ck_assert_uint_eq(row, t.rows);
    table_free(&cases);
    table_free(&t);
}
END_TEST

START_TEST(without_increments_it_is_lif)
{
    struct neuron_params p = usual();
    struct block a = {0}, b = {0};
    p.own[INC_N] = 0;
    for (size_t i = 0; i < NEURON_BLOCK; i++)
        a.bias[i] = b.bias[i] = 0.3 * (double)i - 2;
    for (size_t s = 0; s < 300; s++) {
        uint64_t lif = 0;
        struct neuron_drive drive = {.bias = b.bias};
        neuron_lif.advance(&p, 0.001, 1, &drive, b.state[0], NEURON_BLOCK, &lif, 1);
        ck_assert_msg(step_once(&p, 0.001, &a) == lif, "spikes differ in step %zu", s);
    }
    ck_assert(memcmp(a.state, b.state, sizeof a.state) == 0);
}
END_TEST

/* The rate is known first: so much current it takes. */
START_TEST(settled_rates_solve_their_equation)
{
    const double rates[] = {0.001, 0.3, 1, 5, 20, 100, 300, 450, 499}, incs[] = {1e-12, 1e-6, 0.01, 0.3, 20};
    struct neuron_params p = usual();
    for (size_t k = 0; k < sizeof incs / sizeof *incs; k++)
        for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
            p.own[INC_N] = incs[k];
            p.amplitude = i % 2 ? 1 : 2.5;
            double r = rates[i],
                   J = 1 - 1 / expm1((p.tau_ref - 1 / r) / p.tau_rc) * exp((p.tau_ref - 1 / r) / p.tau_rc);
            double got = neuron_rate(&neuron_adaptivelif, NULL, &p, J + incs[k] * p.amplitude * r) / p.amplitude;
            /* J is rounded, and near the corner the least step of J is many hertz for a weak adaptation. */
            double slope = rate_lif.slope(&p, J) / p.amplitude, steep = slope / (1 + incs[k] * p.amplitude * slope);
            double loose =
                4e-16 * (J + incs[k] * p.amplitude * r) * fmin(steep, 1 / (incs[k] * p.amplitude)) + 1e-13 * r;
            if (J == 1)
                loose += fmin(1.5, 4e-16 / (incs[k] * p.amplitude));
            ck_assert_msg(fabs(got - r) <= loose, "inc_n %g: %.17g Hz, not %g (off by %g, %g allowed)", incs[k], got, r,
                          got - r, loose);
        }
    p = usual();
    const struct rate_curve *const curves[] = {&rate_lif, &rate_softlif};
    for (size_t c = 0; c < 2; c++)
        for (double J = -1; J < 40; J += 0.37) {
            double r = neuron_rate(&neuron_adaptivelif, curves[c], &p, J);
            double want = curves[c]->rate(&p, J - 0.01 * r);
            ck_assert_msg(fabs(r - want) <= 1e-9 * fmax(1, want), "%s at J %g: %.17g is not G[J - inc_n r] = %.17g",
                          curves[c]->name, J, r, want);
        }
}
END_TEST

START_TEST(settled_rates_at_the_ends)
{
    struct neuron_params p = usual();
    const double silent[] = {1, 0, -1e300, -INFINITY, NAN};
    for (size_t i = 0; i < sizeof silent / sizeof *silent; i++)
        ck_assert_msg(neuron_rate(&neuron_adaptivelif, NULL, &p, silent[i]) == 0, "fires at J %g", silent[i]);
    ck_assert(neuron_rate(&neuron_adaptivelif, NULL, &p, INFINITY) == 1 / p.tau_ref);
    double huge = neuron_rate(&neuron_adaptivelif, NULL, &p, 1e300);
    ck_assert_msg(fabs(huge * p.tau_ref - 1) < 1e-12, "%g Hz at J 1e300", huge);
    double just = neuron_rate(&neuron_adaptivelif, NULL, &p, 1 + 1e-9);
    ck_assert_msg(fabs(just - 1e-7) < 1e-12, "%g Hz just above 1, where all of J is adapted away", just);
    p.own[INC_N] = 0;
    ck_assert(neuron_rate(&neuron_adaptivelif, NULL, &p, 3) == rate_lif.rate(&p, 3));
}
END_TEST

/* Simulated until nothing changes, the adaptation is inc_n times the rate and the rate the one that was solved for. */
START_TEST(a_simulation_settles_there)
{
    struct neuron_params p = usual();
    struct block b = {0};
    double spikes[NEURON_BLOCK] = {0}, n[NEURON_BLOCK] = {0};
    p.amplitude = 2;
    p.own[INC_N] = 0.03;
    p.own[TAU_N] = 0.5;
    for (size_t i = 0; i < NEURON_BLOCK; i++)
        b.bias[i] = 4 + 0.25 * (double)i;
    for (size_t s = 0; s < 60000; s++) {
        uint64_t fired = step_once(&p, 0.0002, &b);
        for (size_t i = 0; s >= 20000 && i < NEURON_BLOCK; i++) {
            spikes[i] += (double)(fired >> i & 1);
            n[i] += b.state[ADAPTATION][i] / 40000;
        }
    }
    for (size_t i = 0; i < NEURON_BLOCK; i++) {
        double rate = 2 * spikes[i] / 8, want = neuron_rate(&neuron_adaptivelif, NULL, &p, b.bias[i]);
        ck_assert_msg(fabs(rate - want) < 0.3 + 0.002 * want, "J %g: %g Hz, not %g", b.bias[i], rate, want);
        ck_assert_msg(fabs(n[i] - 0.03 * rate) < 0.02 * n[i], "J %g: adaptation %g at %g Hz", b.bias[i], n[i], rate);
    }
}
END_TEST

START_TEST(populations_fire_at_their_max_rates_when_settled)
{
    for (size_t n = 1; n <= 50; n += 49) {
        struct population_spec spec;
        struct error error = {""};
        population_spec_init(&spec);
        spec.n = n;
        spec.model = &neuron_adaptivelif;
        spec.params = usual();
        spec.params.amplitude = 1.5;
        struct population *p = population_new(&spec, &error);
        ck_assert_msg(p != NULL, "%s", error.text);
        for (size_t i = 0; i < n; i++) {
            double x = p->encoders[i], edge = p->encoders[i] * p->intercept[i], max_rate, intercept;
            ck_assert_msg(near(population_rate(p, NULL, i, &x), 1.5 * p->max_rate[i], 1e-10),
                          "neuron %zu: %g Hz, not %g", i, population_rate(p, NULL, i, &x), 1.5 * p->max_rate[i]);
            ck_assert(population_rate(p, NULL, i, &edge) < 1e-9);
            p->model->recover(&p->params, p->gain[i], p->bias[i], &max_rate, &intercept);
            ck_assert(near(max_rate, p->max_rate[i], 1e-10) && fabs(intercept - p->intercept[i]) < 1e-12);
        }
        double none_rate, none_intercept;
        p->model->recover(&p->params, 0, 0.5, &none_rate, &none_intercept);
        ck_assert(isnan(none_rate) && isnan(none_intercept));
        population_free(p);
        population_spec_free(&spec);
    }
}
END_TEST

/* Fields are handed on by name, whichever model takes over. */
START_TEST(another_model_takes_over_what_it_knows)
{
    const struct neuron_model *const models[] = {&neuron_fastlif, &neuron_adaptivelif, &neuron_lif};
    struct population *p[3];
    struct population_state *state[3];
    for (size_t m = 0; m < 3; m++) {
        struct population_spec spec;
        struct error error = {""};
        population_spec_init(&spec);
        spec.n = 3;
        spec.model = models[m];
        spec.params = usual();
        p[m] = population_new(&spec, &error);
        ck_assert_msg(p[m] != NULL, "%s", error.text);
        state[m] = population_state_new(p[m]);
        population_spec_free(&spec);
    }
    for (size_t i = 0; i < 3; i++) {
        population_state_column(state[0], VOLTAGE)[i] = 0.1 * (double)(i + 1);
        population_state_column(state[0], REFRACTORY)[i] = -(double)i;
    }
    population_state_adopt(state[1], state[0]);
    population_state_column(state[1], ADAPTATION)[0] = 5;
    population_state_column(state[1], ADAPTATION)[1] = NAN;
    ck_assert(population_state_column(state[1], VOLTAGE)[2] == population_state_column(state[0], VOLTAGE)[2]);
    population_state_adopt(state[2], state[1]);
    ck_assert(population_state_column(state[2], VOLTAGE)[0] == 0.1);
    ck_assert_msg(population_state_column(state[2], VOLTAGE)[1] == 0, "a neuron that is dead in one field came over");
    ck_assert(population_state_column(state[2], REFRACTORY)[2] == -2);
    for (size_t m = 0; m < 3; m++) {
        population_state_free(state[m]);
        population_free(p[m]);
    }
}
END_TEST

START_TEST(its_own_parameters_are_checked)
{
    struct neuron_params p = usual();
    struct error error = {""};
    ck_assert(p.own[TAU_N] == 1 && p.own[INC_N] == 0.01);
    ck_assert(neuron_params_check(&neuron_adaptivelif, &p, &error));
    p.own[TAU_N] = 0;
    ck_assert(!neuron_params_check(&neuron_adaptivelif, &p, &error));
    ck_assert_str_eq(error.text, "tau_n=0 s: must be greater than 0 s and finite");
    ck_assert_msg(neuron_params_check(&neuron_lif, &p, &error), "lif minds what it has not: %s", error.text);
    p = usual();
    p.own[INC_N] = -1;
    ck_assert(!neuron_params_check(&neuron_adaptivelif, &p, &error));
    ck_assert_str_eq(error.text, "inc_n=-1: must be at least 0 and finite");
}
END_TEST

/* Every row once, with the default that a set of parameters has. */
START_TEST(parameters_of_all_models_are_listed_once)
{
    struct neuron_params p = usual();
    size_t count = 0;
    for (; neuron_param(count); count++) {
        for (size_t k = 0; k < count; k++)
            ck_assert_str_ne(neuron_param(k)->name, neuron_param(count)->name);
        ck_assert_msg(*neuron_param_value(&p, neuron_param(count)) == neuron_param(count)->fallback,
                      "%s has no default", neuron_param(count)->name);
    }
    ck_assert_uint_eq(count, 7);
    ck_assert(neuron_has_param(NULL, &neuron_tau_rc) && !neuron_has_param(NULL, neuron_param(6)));
    ck_assert(neuron_has_param(&neuron_adaptivelif, neuron_param(6)) &&
              !neuron_has_param(&neuron_lif, neuron_param(6)));
    ck_assert_str_eq(neuron_models[0]->name, NEURON_DEFAULT);
    char words[80];
    neuron_words(neuron_is_plain, "model=", " or ", words, sizeof words);
    ck_assert_str_eq(words, "model=fastlif or model=lif");
    neuron_words(neuron_spikes, "", " and ", words, sizeof words);
    ck_assert_str_eq(words, "fastlif, lif and adaptivelif");
}
END_TEST

int main(void)
{
    return HARNESS_RUN("model: adaptive LIF", traces_match_the_definition_bit_for_bit, without_increments_it_is_lif,
                       settled_rates_solve_their_equation, settled_rates_at_the_ends, a_simulation_settles_there,
                       populations_fire_at_their_max_rates_when_settled, another_model_takes_over_what_it_knows,
                       its_own_parameters_are_checked, parameters_of_all_models_are_listed_once);
}
