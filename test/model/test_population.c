/* Gains and biases against nengo's closed form, refusals with their sentences, and that advancing does not depend on
 * how it is cut up. */
#include "harness.h"

#include "base/cpu.h"
#include "base/stop.h"
#include "model/population.h"

static struct population *make(struct population_spec *spec)
{
    struct error error = {""};
    struct population *p = population_new(spec, &error);
    ck_assert_msg(p != NULL, "%s", error.text);
    return p;
}

START_TEST(gain_and_bias_match_nengo)
{
    struct table t = table_read("gain_bias.csv");
    size_t good = 0;
    for (size_t r = 0; r < t.rows; r++) {
        struct population_spec spec;
        population_spec_init(&spec);
        spec.n = 1;
        spec.params.tau_rc = table_number(&t, r, "tau_rc");
        spec.params.tau_ref = table_number(&t, r, "tau_ref");
        spec.max_rates.low = spec.max_rates.high = table_number(&t, r, "max_rate");
        spec.intercepts.low = spec.intercepts.high = table_number(&t, r, "intercept");
        spec.encoders.low = spec.encoders.high = 1;
        struct error error = {""};
        struct population *p = population_new(&spec, &error);
        bool ok = strcmp(table_text(&t, r, "status"), "ok") == 0;
        ck_assert_msg(!p || ok || table_number(&t, r, "max_rate") < 0, "row %zu was accepted", r);
        if (ok && table_number(&t, r, "max_rate") > 0) {
            ck_assert_msg(p != NULL, "row %zu: %s", r, error.text);
            ck_assert_msg(near_relative(p->gain[0], table_number(&t, r, "gain"), 1e-12), "row %zu: gain %.17g", r,
                          p->gain[0]);
            ck_assert_msg(near_relative(p->bias[0], table_number(&t, r, "bias"), 1e-12) ||
                              fabs(p->bias[0] - table_number(&t, r, "bias")) < 1e-12 * p->gain[0],
                          "row %zu: bias %.17g", r, p->bias[0]);
            good++;
        }
        population_free(p);
        population_spec_free(&spec);
    }
    ck_assert_uint_gt(good, 100);
    table_free(&t);
}
END_TEST

/* A neuron given by gain and bias gets back the max rate and intercept that make them. */
START_TEST(given_neurons_recover_their_curve)
{
    struct population_spec spec;
    population_spec_init(&spec);
    spec.n = 200;
    struct population *a = make(&spec);
    struct neuron_table *given = malloc(sizeof *given);
    *given = (struct neuron_table){200, 1, malloc(200 * 8), malloc(200 * 8), malloc(200 * 8)};
    memcpy(given->gain, a->gain, 200 * 8);
    memcpy(given->bias, a->bias, 200 * 8);
    memcpy(given->encoders, a->encoders, 200 * 8);
    spec.given = given;
    struct population *b = make(&spec);
    for (size_t i = 0; i < 200; i++) {
        ck_assert_msg(near_relative(b->max_rate[i], a->max_rate[i], 1e-9), "neuron %zu: max rate %.17g", i,
                      b->max_rate[i]);
        ck_assert_msg(fabs(b->intercept[i] - a->intercept[i]) < 1e-9, "neuron %zu: intercept %.17g", i,
                      b->intercept[i]);
        double x = a->encoders[i], peak = population_rate(a, NULL, i, &x);
        ck_assert_msg(near_relative(peak, a->max_rate[i], 1e-9), "neuron %zu peaks at %.17g Hz", i, peak);
    }
    given->gain[7] = NAN;
    struct error error;
    ck_assert(!population_new(&spec, &error));
    ck_assert_msg(strstr(error.text, "neuron 7"), "%s", error.text);
    population_free(a);
    population_free(b);
    population_spec_free(&spec);
}
END_TEST

static void expect_refusal(struct population_spec *spec, const char *says)
{
    struct error error = {"accepted"};
    struct population *p = population_new(spec, &error);
    ck_assert_str_eq(error.text, says);
    ck_assert(p == NULL);
    population_spec_free(spec);
    population_spec_init(spec);
}

START_TEST(impossible_populations_are_explained)
{
    struct population_spec s;
    population_spec_init(&s);
    s.n = 0;
    expect_refusal(&s, "n=0: a population has 1 to 16000000 neurons");
    s.max_rates.high = 600;
    expect_refusal(&s, "max_rates: 600 Hz is not below 1/tau_ref; from 1.385 Hz to below 500 Hz works");
    s.max_rates.low = -5;
    expect_refusal(&s, "max_rates: -5 Hz is not a rate; from 1.385 Hz to below 500 Hz works");
    s.max_rates.low = s.max_rates.high = 0.5;
    expect_refusal(&s, "max_rates: 500 mHz is too low to represent with these time constants; from 1.385 Hz on works");
    s.n = 1; /* whatever happens to be drawn */
    s.max_rates.low = 0.5;
    expect_refusal(&s, "max_rates: 500 mHz is too low to represent with these time constants; from 1.385 Hz on works");
    s.n = 1;
    s.intercepts.high = 1.5;
    expect_refusal(&s, "intercepts: 1.5: must be below 1, where the max rate is reached");
    s.n = 1;
    s.max_rates.low = s.max_rates.high = 200;
    s.intercepts.low = s.intercepts.high = 0;
    s.radius = 1e-308;
    expect_refusal(&s, "radius=1e-308: gain 6.17916 over it is too large to represent (neuron 0)");
    s.intercepts.low = s.intercepts.high = 1;
    expect_refusal(&s, "intercepts: 1: must be below 1, where the max rate is reached");
    s.intercepts.low = 0.5, s.intercepts.high = 0;
    expect_refusal(&s, "intercepts=0.5:0: the range is upside down");
    s.radius = 0;
    expect_refusal(&s, "radius=0: must be greater than 0 and finite");
    s.dims = 65;
    expect_refusal(&s, "dims=65: 1 to 64 work");
    s.encoders.low = s.encoders.high = 0;
    expect_refusal(&s, "encoders: 0 has no direction; a positive or a negative number works");
    s.max_rates = (struct distribution){.kind = DISTRIBUTION_VALUES, .values = calloc(3, 8), .count = 3};
    expect_refusal(&s, "max_rates: 3 values for 50 neurons; give one, 50 or a range");
    s.params.sigma = -1;
    expect_refusal(&s, "sigma=-1: must be greater than 0 and finite");
    population_spec_free(&s);
}
END_TEST

START_TEST(more_neurons_keep_the_first_ones)
{
    struct population_spec s;
    population_spec_init(&s);
    s.n = 10;
    struct population *few = make(&s);
    s.n = 1000;
    struct population *many = make(&s);
    for (size_t i = 0; i < 10; i++)
        ck_assert_msg(few->gain[i] == many->gain[i] && few->bias[i] == many->bias[i] &&
                          few->encoders[i] == many->encoders[i],
                      "neuron %zu changed when n grew", i);
    s.seed = 2;
    struct population *other = make(&s);
    ck_assert(other->gain[0] != many->gain[0]);
    for (size_t r = 1; r < 1000; r++) {
        size_t a = many->order[r - 1], b = many->order[r];
        ck_assert(many->encoders[a] <= many->encoders[b]);
        if (many->encoders[a] == many->encoders[b])
            ck_assert(many->encoders[a] < 0 ? many->intercept[a] >= many->intercept[b]
                                            : many->intercept[a] <= many->intercept[b]);
    }
    population_free(few);
    population_free(many);
    population_free(other);
    population_spec_free(&s);
}
END_TEST

START_TEST(encoders_have_length_one)
{
    for (size_t dims = 1; dims <= 5; dims++) {
        struct population_spec s;
        population_spec_init(&s);
        s.dims = dims;
        struct population *p = make(&s);
        for (size_t i = 0; i < p->n; i++) {
            double square = 0;
            for (size_t d = 0; d < dims; d++)
                square += p->encoders[d * p->padded + i] * p->encoders[d * p->padded + i];
            ck_assert_msg(fabs(square - 1) < 1e-12, "%zu-D neuron %zu has length %g", dims, i, sqrt(square));
        }
        population_free(p);
        population_spec_free(&s);
    }
}
END_TEST

/* Spikes of every model, cut into chunks of every size and on every kernel, against one step at a time. */
START_TEST(chunks_and_kernels_do_not_matter)
{
    enum { STEPS = 160, N = 130 };
    double x[STEPS];
    for (size_t s = 0; s < STEPS; s++)
        x[s] = sin(0.05 * (double)s);
    for (size_t m = 0; m < neuron_model_count; m++) {
        if (!neuron_models[m]->advance)
            continue;
        struct population_spec spec;
        population_spec_init(&spec);
        spec.n = N;
        spec.model = neuron_models[m];
        neuron_own_defaults(spec.model, &spec.params);
        struct population *p = make(&spec);
        size_t words = p->padded / 64, total = 0;
        uint64_t want[STEPS][3], got[POPULATION_STEPS * 3];
        ck_assert_uint_eq(words, 3);
        cpu_use(CPU_GENERIC);
        struct population_state *state = population_state_new(p);
        for (size_t s = 0; s < STEPS; s++) {
            population_advance(p, state, 0.001, 1, x + s, want[s]);
            for (size_t w = 0; w < 3; w++)
                total += (size_t)__builtin_popcountll(want[s][w]);
            ck_assert_msg(want[s][2] >> (N - 128) == 0, "padding spiked");
        }
        ck_assert_uint_gt(total, 1000);
        for (enum cpu_set set = 0; set < CPU_SETS; set++)
            for (size_t chunk = 1; chunk <= POPULATION_STEPS && cpu_use(set); chunk++) {
                population_state_reset(state);
                for (size_t s = 0; s < STEPS; s += chunk) {
                    size_t steps = s + chunk <= STEPS ? chunk : STEPS - s;
                    population_advance(p, state, 0.001, steps, x + s, got);
                    ck_assert_msg(memcmp(got, want[s], steps * sizeof want[0]) == 0,
                                  "%s on %s in chunks of %zu differs near step %zu", spec.model->name,
                                  cpu_set_names[set], chunk, s);
                }
            }
        population_state_free(state);
        population_free(p);
        population_spec_free(&spec);
    }
}
END_TEST

START_TEST(specs_copy_deeply)
{
    struct population_spec a, b;
    population_spec_init(&a);
    a.max_rates = (struct distribution){.kind = DISTRIBUTION_VALUES, .values = calloc(50, 8), .count = 50};
    a.max_rates.values[3] = 123;
    population_spec_copy(&b, &a);
    a.max_rates.values[3] = 7;
    ck_assert(b.max_rates.values[3] == 123);
    char text[120];
    population_describe(&b, text, sizeof text);
    ck_assert_str_eq(text, "50 FastLIF neurons, max rates given, intercepts -1:0.9");
    population_spec_free(&a);
    population_spec_free(&b);
}
END_TEST

/* It is asked within the first neurons: the values that were not drawn any more are not waited for. */
START_TEST(building_is_stopped)
{
    struct population_spec spec;
    struct error error = {""};
    population_spec_init(&spec);
    spec.n = 100000;
    for (spec.dims = 1; spec.dims <= 3; spec.dims += 2) {
        stop_request();
        ck_assert_ptr_null(population_new(&spec, &error));
        ck_assert_str_eq(error.text, "interrupted");
        stop_forget();
        population_free(make(&spec));
    }
    population_spec_free(&spec);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("model: populations", gain_and_bias_match_nengo, given_neurons_recover_their_curve,
                       impossible_populations_are_explained, more_neurons_keep_the_first_ones, encoders_have_length_one,
                       chunks_and_kernels_do_not_matter, specs_copy_deeply, building_is_stopped);
}
