/* Decoding spikes against nengo's trace, and that it does not matter how the record is taken in. */
#include "harness.h"

#include "engine/sim.h"
#include "nef/readout.h"
#include "nef/readout_trace.h"

static size_t rows_of(const struct table *t, const char *column, const char *word, const char *column2,
                      const char *word2)
{
    size_t count = 0;
    for (size_t r = 0; r < t->rows; r++)
        count += strcmp(table_text(t, r, column), word) == 0 && strcmp(table_text(t, r, column2), word2) == 0;
    return count;
}

/* Ensemble A of the peer. */
static struct population *ensemble(const struct neuron_model *model)
{
    struct table t = table_read("nef_neurons.csv");
    size_t n = rows_of(&t, "ens", "A", "ens", "A"), i = 0;
    double gain[64], bias[64], encoder[64];
    for (size_t r = 0; r < t.rows; r++)
        if (strcmp(table_text(&t, r, "ens"), "A") == 0) {
            gain[i] = table_number(&t, r, "gain");
            bias[i] = table_number(&t, r, "bias");
            encoder[i++] = table_number(&t, r, "enc0");
        }
    struct neuron_table given = {n, 1, gain, bias, encoder};
    struct population_spec spec;
    struct error error = {""};
    population_spec_init(&spec);
    spec.model = model;
    spec.given = &given;
    struct population *p = population_new(&spec, &error);
    ck_assert_msg(p != NULL, "%s", error.text);
    spec.given = NULL;
    population_spec_free(&spec);
    table_free(&t);
    return p;
}

/* The peer's own decoders of x. */
static struct decoder peer_decoder(size_t n)
{
    struct table t = table_read("nef_decoders.csv");
    struct decoder d = {.n = n, .outputs = 1, .weight = calloc(n, sizeof *d.weight)};
    size_t i = 0;
    for (size_t r = 0; r < t.rows; r++)
        if (strcmp(table_text(&t, r, "ens"), "A") == 0 && strcmp(table_text(&t, r, "function"), "x") == 0 &&
            table_number(&t, r, "reg") == 0.1)
            d.weight[i++] = table_number(&t, r, "decoder");
    ck_assert_uint_eq(i, n);
    table_free(&t);
    return d;
}

static struct stimulus *sine(void)
{
    struct error error = {""};
    double values[STIMULUS_MAX_PARAMS] = {0};
    for (size_t i = 0; i < STIMULUS_MAX_PARAMS && stimulus_sine.params[i].name; i++) {
        values[i] = stimulus_sine.params[i].fallback;
        if (strcmp(stimulus_sine.params[i].name, "frequency") == 0)
            values[i] = 2;
        if (strcmp(stimulus_sine.params[i].name, "amplitude") == 0)
            values[i] = 0.9;
    }
    return stimulus_new(&stimulus_sine, values, 1, NULL, &error);
}

/* A record of ensemble A, and everything to read it with. */
struct bench {
    struct population *population;
    struct stimulus *input;
    struct decoder decoder;
    struct function *function;
    struct history *history;
    struct step_length length;
    struct readout readout;
};

static void advance(struct sim *sim, struct history *history, size_t steps)
{
    ck_assert_uint_eq(sim_advance(sim, steps), steps);
    history_append(history, sim->slot[0].batch);
    batch_clear(sim->slot[0].batch);
}

static struct bench bench_new(const struct neuron_model *model, const struct synapse_type *synapse, double tau)
{
    struct bench b = {.population = ensemble(model), .input = sine(), .length = {0, 0.001}};
    struct error error = {""};
    struct sim sim;
    b.decoder = peer_decoder(b.population->n);
    b.function = function_new("x", 1, &error);
    b.history = history_new(1, 1 << 24);
    sim_init(&sim, 0.001);
    sim_place(&sim, 0, b.population, b.input);
    advance(&sim, b.history, 400);
    sim_release(&sim);
    b.readout = (struct readout){.population = b.population,
                                 .function = b.function,
                                 .synapse = synapse,
                                 .tau = tau,
                                 .history = b.history,
                                 .lengths = 1};
    return b;
}

/* The borrowed pointers, once the bench stands where it stays. */
static const struct readout *readout_of(struct bench *b)
{
    b->readout.decoder = &b->decoder;
    b->readout.length = &b->length;
    return &b->readout;
}

static void bench_free(struct bench *b)
{
    population_free(b->population);
    stimulus_free(b->input);
    free(b->decoder.weight);
    function_free(b->function);
    history_free(b->history);
}

/* The peer's probe shows a filtered value one step late; `late` is 1 for those. */
static void compare(const struct neuron_model *model, const char *name, const struct synapse_type *synapse,
                    const char *column, size_t late)
{
    struct table t = table_read("spiking_decode_trace.csv");
    struct bench b = bench_new(model, synapse, 0.1);
    struct readout_trace trace;
    readout_trace_init(&trace, 1, 1);
    readout_trace_start(&trace, 0, false);
    readout_trace_extend(&trace, readout_of(&b), INFINITY, 0, 1);
    ck_assert_uint_eq(trace.count, 400);
    double largest = 0, worst = 0;
    size_t compared = 0;
    for (size_t r = 0; r < t.rows; r++) {
        size_t step = (size_t)table_number(&t, r, "step");
        if (strcmp(table_text(&t, r, "model"), name) != 0 || step <= late)
            continue;
        double wanted = table_number(&t, r, column), got = readout_decoded(&trace, step - 1 - late)[0];
        largest = fmax(largest, fabs(wanted));
        worst = fmax(worst, fabs(got - wanted));
        compared++;
        ck_assert(late || fabs(readout_x(&trace, step - 1)[0] - table_number(&t, r, "x")) < 1e-15);
    }
    ck_assert_uint_eq(compared, 400 - late);
    ck_assert_msg(worst <= 1e-12 * largest, "%s %s: off by %.3g of %.3g", name, column, worst, largest);
    readout_trace_free(&trace);
    bench_free(&b);
    table_free(&t);
}

START_TEST(spikes_decode_to_what_the_peer_has)
{
    compare(&neuron_fastlif, "FastLIF", &synapse_none, "decoded_raw", 0);
    compare(&neuron_fastlif, "FastLIF", &synapse_lowpass, "decoded_lowpass_probe", 1);
    compare(&neuron_fastlif, "FastLIF", &synapse_alpha, "decoded_alpha_probe", 1);
    compare(&neuron_lif, "LIF", &synapse_none, "decoded_raw", 0);
    compare(&neuron_lif, "LIF", &synapse_lowpass, "decoded_lowpass_probe", 1);
    compare(&neuron_lif, "LIF", &synapse_alpha, "decoded_alpha_probe", 1);
}
END_TEST

static void expect_same(const struct readout_trace *a, const struct readout_trace *b, const char *how)
{
    ck_assert_msg(a->count == b->count, "%s: %zu points, not %zu", how, b->count, a->count);
    for (size_t i = 0; i < a->count; i++)
        ck_assert_msg(same(readout_time(a, i), readout_time(b, i)) &&
                          same(readout_target(a, i)[0], readout_target(b, i)[0]) &&
                          same(readout_decoded(a, i)[0], readout_decoded(b, i)[0]) &&
                          same(readout_ideal(a, i)[0], readout_ideal(b, i)[0]),
                      "%s: point %zu differs", how, i);
}

START_TEST(pieces_and_steps_back_give_the_same)
{
    struct bench b = bench_new(&neuron_fastlif, &synapse_alpha, 0.01);
    const struct readout *readout = readout_of(&b);
    struct readout_trace whole, pieces;
    struct readout_place *place = malloc(sizeof *place);
    readout_trace_init(&whole, 1, 1);
    readout_trace_start(&whole, 0, false);
    readout_trace_extend(&whole, readout, INFINITY, 0, 1);
    readout_trace_init(&pieces, 1, 1);
    readout_trace_start(&pieces, 0, false);
    for (double to = 0.0005; to < 0.2; to += 0.0137)
        readout_trace_extend(&pieces, readout, to, 0, 1);
    readout_trace_mark(&pieces, place);
    readout_trace_extend(&pieces, readout, 0.3, 0, 1);
    readout_trace_return(&pieces, place);
    readout_trace_extend(&pieces, readout, INFINITY, 0, 1);
    expect_same(&whole, &pieces, "in pieces");
    readout_trace_drop(&whole, 0.1);
    readout_trace_drop(&pieces, 0.1);
    ck_assert_uint_eq(whole.count, 301);
    expect_same(&whole, &pieces, "after forgetting");
    free(place);
    readout_trace_free(&whole);
    readout_trace_free(&pieces);
    bench_free(&b);
}
END_TEST

/* Where rates are sampled more coarsely the decoded spikes stay what they are. */
START_TEST(a_stride_leaves_out_points_and_nothing_else)
{
    struct bench b = bench_new(&neuron_fastlif, &synapse_lowpass, 0.01);
    struct readout_trace fine, coarse;
    readout_trace_init(&fine, 1, 1);
    readout_trace_start(&fine, 0, false);
    readout_trace_extend(&fine, readout_of(&b), INFINITY, 0, 1);
    readout_trace_init(&coarse, 1, 1);
    readout_trace_start(&coarse, 0, false);
    readout_trace_extend(&coarse, readout_of(&b), INFINITY, 0, 4);
    ck_assert_uint_eq(coarse.count, 100);
    for (size_t i = 0; i < coarse.count; i++) {
        ck_assert(same(readout_decoded(&coarse, i)[0], readout_decoded(&fine, 4 * i)[0]));
        ck_assert_msg(fabs(readout_ideal(&coarse, i)[0] - readout_ideal(&fine, 4 * i)[0]) < 0.05, "point %zu", i);
    }
    readout_trace_free(&fine);
    readout_trace_free(&coarse);
    bench_free(&b);
}
END_TEST

/* In the mean over time spikes count like rates, and the error is the difference of the columns. */
START_TEST(spikes_follow_the_ideal)
{
    struct bench b = bench_new(&neuron_lif, &synapse_lowpass, 0.02);
    struct readout_trace trace;
    readout_trace_init(&trace, 1, 1);
    readout_trace_start(&trace, 0, true);
    readout_trace_extend(&trace, readout_of(&b), INFINITY, 0, 1);
    struct readout_error error = readout_rms(&trace, 0, 0.1, INFINITY);
    ck_assert_msg(error.ideal > 0.001 && error.ideal < 0.1, "spikes are %g from the ideal", error.ideal);
    ck_assert_msg(error.target > error.ideal && error.target < 0.3, "spikes are %g from x", error.target);
    double sum = 0;
    for (size_t i = 100; i < 400; i++)
        sum += pow(readout_decoded(&trace, i)[0] - readout_target(&trace, i)[0], 2);
    ck_assert(fabs(readout_rms(&trace, 0, readout_time(&trace, 100), 1).target - sqrt(sum / 300)) < 1e-12);
    ck_assert(isnan(readout_rms(&trace, 0, 5, 6).target));
    readout_trace_free(&trace);
    bench_free(&b);
}
END_TEST

START_TEST(rate_neurons_decode_to_the_ideal)
{
    struct bench b = bench_new(&neuron_lifrate, &synapse_lowpass, 0.01);
    struct readout_trace trace;
    readout_trace_init(&trace, 1, 1);
    readout_trace_start(&trace, 0, false);
    readout_trace_extend(&trace, readout_of(&b), INFINITY, 0, 1);
    ck_assert_uint_eq(trace.count, 400);
    for (size_t i = 0; i < trace.count; i++)
        ck_assert(same(readout_decoded(&trace, i)[0], readout_ideal(&trace, i)[0]));
    ck_assert(readout_decoded(&trace, 120)[0] > 0.5);
    readout_trace_free(&trace);
    bench_free(&b);
}
END_TEST

START_TEST(several_outputs_and_any_number_of_spikes)
{
    double weight[2 * 70];
    uint32_t neuron[70];
    for (uint32_t i = 0; i < 70; i++) {
        neuron[i] = i;
        weight[i] = i;
        weight[70 + i] = -2.0 * i;
    }
    struct decoder d = {.n = 70, .outputs = 2, .weight = weight};
    for (size_t count = 0; count <= 70; count++) {
        double out[2], sum = (double)(count * (count > 0 ? count - 1 : 0)) / 2;
        readout_spikes(&d, neuron, count, 10, out);
        ck_assert_msg(out[0] == 10 * sum && out[1] == -20 * sum, "%zu spikes give %g, %g", count, out[0], out[1]);
    }
}
END_TEST

int main(void)
{
    return HARNESS_RUN("nef: readout", spikes_decode_to_what_the_peer_has, pieces_and_steps_back_give_the_same,
                       a_stride_leaves_out_points_and_nothing_else, spikes_follow_the_ideal,
                       rate_neurons_decode_to_the_ideal, several_outputs_and_any_number_of_spikes);
}
