/* The simulation by hand: time as a count, inputs at the end of a step, state carried over changes. */
#include "harness.h"

#include "engine/sim.h"

static struct population *make(size_t n, size_t dims, const struct neuron_model *model)
{
    struct population_spec spec;
    population_spec_init(&spec);
    spec.n = n;
    spec.dims = dims;
    spec.model = model;
    struct error error = {""};
    struct population *p = population_new(&spec, &error);
    ck_assert_msg(p != NULL, "%s", error.text);
    population_spec_free(&spec);
    return p;
}

static struct stimulus *sine(double frequency, double amplitude)
{
    struct error error = {""};
    double values[STIMULUS_MAX_PARAMS] = {0};
    for (size_t i = 0; i < STIMULUS_MAX_PARAMS && stimulus_sine.params[i].name; i++) {
        values[i] = stimulus_sine.params[i].fallback;
        if (strcmp(stimulus_sine.params[i].name, "frequency") == 0)
            values[i] = frequency;
        if (strcmp(stimulus_sine.params[i].name, "amplitude") == 0)
            values[i] = amplitude;
    }
    struct stimulus *s = stimulus_new(&stimulus_sine, values, 1, NULL, &error);
    ck_assert_msg(s != NULL, "%s", error.text);
    return s;
}

START_TEST(inputs_and_times_belong_to_the_end_of_a_step)
{
    struct sim sim;
    sim_init(&sim, 0.001);
    struct population *p = make(50, 1, &neuron_fastlif);
    struct stimulus *x = sine(2, 0.9);
    sim_place(&sim, 0, p, x);
    ck_assert_uint_eq(sim_advance(&sim, 1000), 1000);
    struct spike_batch *b = sim.slot[0].batch;
    ck_assert_uint_eq(b->steps, 1000);
    for (size_t k = 0; k < 1000; k++) {
        double t = (double)(k + 1) * 0.001;
        ck_assert_msg(b->time[k] == t, "step %zu ends at %.17g, not %.17g", k + 1, b->time[k], t);
        ck_assert_msg(fabs(b->input[k] - 0.9 * sin(2 * M_PI * 2 * t)) < 1e-12, "step %zu: x %.17g", k + 1, b->input[k]);
    }
    ck_assert_uint_gt(b->spikes, 1000);
    ck_assert(b->lost == 0 && sim_time(&sim) == 1.0);
    sim_release(&sim);
    stimulus_free(x);
    population_free(p);
}
END_TEST

START_TEST(time_goes_on_when_dt_changes)
{
    struct sim sim;
    struct error error = {""};
    sim_init(&sim, 0.001);
    sim_advance(&sim, 1500);
    ck_assert(sim_time(&sim) == 1.5);
    ck_assert(sim_set_dt(&sim, 0.0005, &error));
    ck_assert(sim_time(&sim) == 1.5);
    sim_advance(&sim, 1000);
    ck_assert(sim_time(&sim) == 2.0);
    const double refused[] = {0, -1, 2, NAN, INFINITY, 1e-12};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        ck_assert_msg(!sim_set_dt(&sim, refused[i], &error), "dt %g was accepted", refused[i]);
    ck_assert_msg(strstr(error.text, "between 1 ns and 1 s"), "%s", error.text);
    sim_reset(&sim);
    ck_assert(sim_time(&sim) == 0 && sim.step == 0);
    sim_release(&sim);
}
END_TEST

static uint64_t digest(const struct spike_batch *b, size_t from)
{
    uint64_t hash = 1469598103934665603u;
    for (size_t k = from; k < b->spikes; k++)
        hash = (hash ^ b->neuron[k]) * 1099511628211u;
    return hash;
}

START_TEST(chunking_and_company_do_not_change_spikes)
{
    struct population *a = make(200, 1, &neuron_fastlif), *b = make(70, 3, &neuron_lif);
    struct stimulus *x = sine(1, 1), *y = sine(3, 0.5);
    uint64_t want[2] = {0}, got[2];
    const size_t pieces[] = {1000, 1, 7, 16, 333};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct sim sim;
        sim_init(&sim, 0.001);
        sim_place(&sim, 3, a, x);
        sim_place(&sim, 0, b, y);
        for (size_t done = 0, m; done < 1000; done += m) {
            m = 1000 - done < pieces[i] ? 1000 - done : pieces[i];
            ck_assert_uint_eq(sim_advance(&sim, m), m);
        }
        got[0] = digest(sim.slot[0].batch, 0);
        got[1] = digest(sim.slot[3].batch, 0);
        if (i == 0)
            memcpy(want, got, sizeof want);
        ck_assert_msg(memcmp(want, got, sizeof want) == 0, "pieces of %zu change the spikes", pieces[i]);
        sim_release(&sim);
    }
    stimulus_free(x);
    stimulus_free(y);
    population_free(a);
    population_free(b);
}
END_TEST

START_TEST(a_replaced_population_keeps_its_voltages)
{
    struct sim sim;
    sim_init(&sim, 0.001);
    struct population *few = make(10, 1, &neuron_fastlif), *many = make(300, 1, &neuron_fastlif);
    struct stimulus *x = sine(1, 1);
    sim_place(&sim, 0, few, x);
    sim_advance(&sim, 100);
    double v[10];
    memcpy(v, population_state_column(sim.network->place[0].state, 0), sizeof v);
    sim_place(&sim, 0, many, x);
    ck_assert(memcmp(v, population_state_column(sim.network->place[0].state, 0), sizeof v) == 0);
    ck_assert(population_state_column(sim.network->place[0].state, 0)[299] == 0);
    sim_advance(&sim, 100);
    ck_assert(sim_time(&sim) == 0.2);
    sim_place(&sim, 0, NULL, NULL);
    ck_assert_uint_eq(sim_advance(&sim, 5), 5);
    sim_release(&sim);
    stimulus_free(x);
    population_free(few);
    population_free(many);
}
END_TEST

START_TEST(neurons_that_come_back_start_at_rest)
{
    struct sim sim;
    sim_init(&sim, 0.001);
    struct population *many = make(50, 1, &neuron_fastlif), *few = make(40, 1, &neuron_fastlif);
    sim_place(&sim, 0, many, NULL);
    sim_advance(&sim, 100);
    double kept = population_state_column(sim.network->place[0].state, 0)[39];
    sim_place(&sim, 0, few, NULL);
    sim_place(&sim, 0, many, NULL);
    const struct population_state *state = sim.network->place[0].state;
    ck_assert(population_state_column(state, 0)[39] == kept && kept != 0);
    for (size_t i = 40; i < 50; i++)
        ck_assert_msg(population_state_column(state, 0)[i] == 0 && population_state_column(state, 1)[i] == 0,
                      "neuron %zu has V = %g, R = %g", i, population_state_column(state, 0)[i],
                      population_state_column(state, 1)[i]);
    sim_release(&sim);
    population_free(many);
    population_free(few);
}
END_TEST

START_TEST(a_full_batch_stops_the_sim_and_loses_nothing)
{
    struct sim sim;
    sim_init(&sim, 0.001);
    struct population *p = make(50, 1, &neuron_fastlif);
    sim_place(&sim, 0, p, NULL);
    size_t done = sim_advance(&sim, 1000000), step = sim.step;
    ck_assert_msg(done > 1000 && done < 1000000 && step == done, "stopped after %zu steps", done);
    ck_assert_uint_eq(sim_advance(&sim, 100), 0);
    ck_assert(sim.slot[0].batch->lost == 0);
    batch_clear(sim.slot[0].batch);
    ck_assert_uint_eq(sim_advance(&sim, 100), 100);
    sim_release(&sim);
    population_free(p);
}
END_TEST

START_TEST(rate_models_have_inputs_and_no_spikes)
{
    struct sim sim;
    sim_init(&sim, 0.001);
    struct population *p = make(50, 1, &neuron_softlif);
    struct stimulus *x = sine(1, 1);
    sim_place(&sim, 0, p, x);
    sim_advance(&sim, 50);
    ck_assert(sim.slot[0].batch->steps == 50 && sim.slot[0].batch->spikes == 0 && sim.slot[0].batch->input[49] != 0);
    sim_release(&sim);
    stimulus_free(x);
    population_free(p);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("engine: sim", inputs_and_times_belong_to_the_end_of_a_step, time_goes_on_when_dt_changes,
                       chunking_and_company_do_not_change_spikes, a_replaced_population_keeps_its_voltages,
                       neurons_that_come_back_start_at_rest, a_full_batch_stops_the_sim_and_loses_nothing,
                       rate_models_have_inputs_and_no_spikes);
}
