/* The order of a step and its edges: loops, kinds of connection against one another, the ideal, changes while it runs,
 * and shapes that do not fit. */
#include "networks.h"

static void run(struct network_parts *parts, size_t place, double x, size_t steps)
{
    double in[3] = {x, x, x};
    for (size_t k = 0; k < steps; k++) {
        net_clear(parts);
        net_input(parts, place, in, 0, 1);
        network_advance(parts->network, 0.001, 1);
        network_advance(parts->ideal, 0.001, 1);
    }
}

static size_t population(struct network_spec *spec, const char *name, size_t n)
{
    network_spec_place(spec, name)->population.n = n;
    return spec->places - 1;
}

static void refused(struct network_spec *spec, const char *sentence)
{
    struct error error = {""};
    struct network_parts *parts = network_parts_new(spec, (struct progress){0}, &error);
    ck_assert_msg(!parts && strstr(error.text, sentence), "'%s' and not '%s'", error.text, sentence);
    network_spec_free(spec);
}

START_TEST(a_loop_without_a_synapse_is_named)
{
    struct network_spec spec;
    network_spec_init(&spec);
    size_t a = population(&spec, "A", 10);
    net_connect(&spec, a, a, NULL, &synapse_none, 0);
    refused(&spec, "A to A has no synapse on its way");
    network_spec_init(&spec);
    size_t x = net_node(&spec, "X", 1), p = population(&spec, "P", 10), y = net_node(&spec, "Y", 1);
    size_t aside = net_node(&spec, "Aside", 1);
    net_connect(&spec, x, p, NULL, &synapse_none, 0);
    net_connect(&spec, p, y, NULL, &synapse_none, 0);
    net_connect(&spec, y, aside, NULL, &synapse_none, 0);
    net_connect(&spec, y, x, "x^2", &synapse_none, 0);
    struct error error = {""};
    ck_assert(network_parts_new(&spec, (struct progress){0}, &error) == NULL);
    ck_assert_msg(strstr(error.text, "X to P to Y to X") || strstr(error.text, "P to Y to X to P") ||
                      strstr(error.text, "Y to X to P to Y"),
                  "%s", error.text);
    ck_assert_msg(!strstr(error.text, "Aside"), "%s", error.text);
    spec.connection[1].synapse = &synapse_lowpass;
    network_parts_free(net_build(&spec));
    spec.connection[1].tau_synapse = 0; /* a synapse all the same: a step late */
    network_parts_free(net_build(&spec));
    network_spec_free(&spec);
}
END_TEST

START_TEST(values_pass_at_once_or_a_step_late)
{
    struct network_spec spec;
    network_spec_init(&spec);
    size_t x = net_node(&spec, "X", 1), now = net_node(&spec, "Now", 1), late = net_node(&spec, "Late", 1),
           self = net_node(&spec, "Self", 1);
    net_connect(&spec, x, now, "2*x", &synapse_none, 0);
    net_connect(&spec, x, late, NULL, &synapse_lowpass, 0);
    net_connect(&spec, self, self, "x+1", &synapse_lowpass, 0);
    struct network_parts *parts = net_build(&spec);
    for (size_t k = 0; k < 40; k++) {
        run(parts, x, (double)k, 1);
        const struct place *p = parts->network->place;
        ck_assert(p[now].x[0] == 2.0 * (double)k && p[late].x[0] == (k ? (double)k - 1 : 0) &&
                  p[self].x[0] == (double)k);
    }
    network_reset(parts->network, true);
    run(parts, x, 5, 1);
    ck_assert(parts->network->place[late].x[0] == 0 && parts->network->place[self].x[0] == 0);
    network_parts_free(parts);
    network_spec_free(&spec);
}
END_TEST

START_TEST(full_is_decoded)
{
    struct network_spec spec;
    network_spec_init(&spec);
    size_t a = population(&spec, "A", 60), b = population(&spec, "B", 70), c = population(&spec, "C", 70),
           d = population(&spec, "D", 70);
    net_connect(&spec, a, b, "x^2", &synapse_lowpass, 0.005);
    net_connect(&spec, a, c, "x^2", &synapse_lowpass, 0.005)->kind = &connection_full;
    struct network_parts *parts = net_build(&spec);
    /* the same once more as the matrix that `weights` prints */
    struct connection_spec *given = net_connect(&spec, a, d, NULL, &synapse_lowpass, 0.005);
    given->kind = &connection_full;
    given->weights = (struct matrix){70, 60, xcalloc(70 * 60, sizeof(double))};
    for (size_t j = 0; j < 70; j++)
        ck_assert(
            connection_weights_row(parts->connection[1], NULL, parts->population[c], j, given->weights.value + j * 60));
    network_parts_free(parts);
    parts = net_build(&spec);
    uint64_t spikes = 0;
    for (size_t k = 0; k < 500; k++) {
        run(parts, a, sin(0.02 * (double)k), 1);
        const struct place *p = parts->network->place;
        ck_assert(p[b].x[0] == p[c].x[0]);
        for (size_t w = 0; w < 2; w++) {
            ck_assert_msg(p[b].bits[w] == p[c].bits[w] && p[b].bits[w] == p[d].bits[w], "spikes differ in step %zu", k);
            spikes += (uint64_t)__builtin_popcountll(p[b].bits[w]);
        }
        double *J = p[d].current;
        for (size_t j = 0; j < 70; j++)
            ck_assert(fabs(J[j] - population_current(parts->population[b], j, p[b].x)) < 1e-9);
    }
    ck_assert_uint_gt(spikes, 500);
    network_parts_free(parts);
    network_spec_free(&spec);
}
END_TEST

START_TEST(a_current_silences)
{
    struct network_spec spec;
    network_spec_init(&spec);
    size_t gate = net_node(&spec, "gate", 1), b = population(&spec, "B", 50), out = net_node(&spec, "Out", 1);
    struct connection_spec *c = net_connect(&spec, gate, b, NULL, &synapse_none, 0);
    c->kind = &connection_neurons;
    net_transform(c, -30);
    net_connect(&spec, b, out, NULL, &synapse_lowpass, 0.005);
    struct network_parts *parts = net_build(&spec);
    run(parts, gate, 0, 100);
    ck_assert(parts->network->place[b].current[0] == parts->population[b]->bias[0]);
    run(parts, gate, 1, 100);
    for (size_t k = 0; k < 100; k++) {
        run(parts, gate, 1, 1);
        ck_assert_msg(parts->network->place[b].bits[0] == 0, "B spikes though it is gated");
    }
    ck_assert(fabs(parts->network->place[out].x[0]) < 1e-12 && fabs(parts->ideal->place[out].x[0]) < 1e-12);
    network_parts_free(parts);
    net_dimension(&spec.connection[0].to, 0);
    refused(&spec, "without to= it works");
}
END_TEST

START_TEST(the_ideal_is_the_network_without_neurons)
{
    struct network_spec spec;
    network_spec_init(&spec);
    size_t in = net_node(&spec, "In", 1), a = population(&spec, "A", 100), b = population(&spec, "B", 100);
    net_connect(&spec, in, a, NULL, &synapse_none, 0);
    net_connect(&spec, a, b, "x^2", &synapse_lowpass, 0.005);
    spec.connection[1].learning.rule = NULL;
    spec.connection[1].target = xstrdup("-x");
    struct network_parts *parts = net_build(&spec);
    run(parts, in, 0.6, 300);
    ck_assert_msg(fabs(parts->ideal->place[b].x[0] + 0.6) < 1e-12, "ideal %.17g", parts->ideal->place[b].x[0]);
    ck_assert_msg(fabs(parts->network->place[b].x[0] - 0.36) < 0.1, "decoded %.17g", parts->network->place[b].x[0]);
    network_parts_free(parts);
    spec.place[a].population.model = spec.place[b].population.model = &neuron_direct;
    parts = net_build(&spec);
    run(parts, in, 0.6, 300);
    ck_assert(parts->network->place[b].bits == NULL && parts->network->place[a].x[0] == 0.6);
    ck_assert_msg(fabs(parts->network->place[b].x[0] - 0.36) < 1e-12, "direct %.17g", parts->network->place[b].x[0]);
    network_parts_free(parts);
    network_spec_free(&spec);
}
END_TEST

START_TEST(rate_neurons_say_what_their_rates_do)
{
    struct network_spec spec;
    network_spec_init(&spec);
    size_t in = net_node(&spec, "In", 1), a = population(&spec, "A", 50), out = net_node(&spec, "Out", 1);
    spec.place[a].population.model = &neuron_softlif;
    net_connect(&spec, in, a, NULL, &synapse_none, 0);
    net_connect(&spec, a, out, NULL, &synapse_none, 0);
    struct network_parts *parts = net_build(&spec);
    run(parts, in, 0.4, 1);
    double x = 0.4, wanted = 0;
    for (size_t i = 0; i < 50; i++)
        wanted += parts->connection[1]->decoders[i] * population_rate(parts->population[a], NULL, i, &x);
    ck_assert_msg(fabs(parts->network->place[out].x[0] - wanted) < 1e-9 && fabs(wanted - 0.4) < 0.05,
                  "%.17g, not %.17g", parts->network->place[out].x[0], wanted);
    network_parts_free(parts);
    network_spec_free(&spec);
}
END_TEST

START_TEST(what_no_connection_reaches_is_as_alone)
{
    struct network_spec spec;
    network_spec_init(&spec);
    size_t a = population(&spec, "A", 130), b = population(&spec, "B", 1);
    net_connect(&spec, a, b, NULL, &synapse_lowpass, 0.005);
    struct network_parts *parts = net_build(&spec);
    struct population_state *alone = population_state_new(parts->population[a]);
    double x[NETWORK_STEPS];
    uint64_t bits[NETWORK_STEPS * 3], spikes = 0;
    for (size_t c = 0; c < 30; c++) {
        for (size_t k = 0; k < NETWORK_STEPS; k++)
            x[k] = sin(0.01 * (double)(c * NETWORK_STEPS + k));
        net_clear(parts);
        net_input(parts, a, x, 0, NETWORK_STEPS);
        network_advance(parts->network, 0.001, NETWORK_STEPS);
        population_advance(parts->population[a], alone, 0.001, NETWORK_STEPS, x, bits);
        ck_assert(memcmp(bits, parts->network->place[a].bits, sizeof bits) == 0);
        for (size_t w = 0; w < NETWORK_STEPS * 3; w++)
            spikes += (uint64_t)__builtin_popcountll(bits[w]);
    }
    ck_assert(!parts->network->place[a].driven && parts->network->place[b].driven);
    ck_assert_uint_gt(spikes, 1000);
    population_state_free(alone);
    network_parts_free(parts);
    network_spec_free(&spec);
}
END_TEST

START_TEST(shapes_that_do_not_fit_are_refused)
{
    struct network_spec spec;
    const struct {
        const char *function, *sentence;
        size_t from, to; /* 1..; 0: not given */
        double transform;
        size_t weights; /* rows; 0: not given */
    } cases[] = {
        {"x^2", "x^2 has 1 value and B takes 2", 0, 0, 0, 0},
        {"x^2, x", "", 0, 0, 0, 0},
        {"x", "B has 2 dimensions", 0, 3, 0, 0},
        {"x", "A has 1 dimension", 2, 1, 0, 0},
        {"x, x, x", "transform", 0, 0, 2, 0},
        {"x", "transform: nan", 0, 1, NAN, 0},
        {"x", "weights are 50 x 10, B has 20 neurons: connect needs post x pre, 20 x 10", 0, 1, 0, 50},
        {"1/0*x", "", 0, 1, 0, 0},
        {"log(x)", "not", 0, 1, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        network_spec_init(&spec);
        size_t a = population(&spec, "A", 10), b = population(&spec, "B", 20);
        spec.place[b].population.dims = 2;
        struct connection_spec *c = net_connect(&spec, a, b, cases[i].function, &synapse_lowpass, 0.005);
        if (cases[i].from)
            net_dimension(&c->from, cases[i].from - 1);
        if (cases[i].to)
            net_dimension(&c->to, cases[i].to - 1);
        if (cases[i].transform != 0)
            net_transform(c, cases[i].transform);
        if (cases[i].weights) {
            c->kind = &connection_full;
            c->weights = (struct matrix){cases[i].weights, 10, xcalloc(cases[i].weights * 10, sizeof(double))};
        }
        if (cases[i].sentence[0])
            refused(&spec, cases[i].sentence);
        else
            network_spec_free(&spec);
    }
    network_spec_init(&spec);
    size_t a = population(&spec, "A", 100000), b = population(&spec, "B", 100000);
    net_connect(&spec, a, b, NULL, &synapse_lowpass, 0.005)->kind = &connection_full;
    spec.connection[0].solver = &solver_dale;
    refused(&spec, "weights from A to B are 100 000 x 100 000 and would take");
    network_spec_init(&spec);
    size_t node = net_node(&spec, "N", 1), to = population(&spec, "B", 5);
    net_connect(&spec, node, to, NULL, &synapse_lowpass, 0.005)->kind = &connection_full;
    refused(&spec, "N is a node and has no neurons");
}
END_TEST

START_TEST(edges_stay_finite)
{
    struct network_spec spec;
    network_spec_init(&spec);
    size_t in = net_node(&spec, "In", 1), a = population(&spec, "A", 1), silent = population(&spec, "S", 3),
           out = net_node(&spec, "Out", 1);
    struct population_spec *s = &spec.place[silent].population;
    s->given = xcalloc(1, sizeof *s->given);
    *s->given =
        (struct neuron_table){3, 1, xcalloc(3, sizeof(double)), xcalloc(3, sizeof(double)), xcalloc(3, sizeof(double))};
    for (size_t i = 0; i < 3; i++) {
        s->given->gain[i] = 1;
        s->given->bias[i] = -5; /* never fires */
        s->given->encoders[i] = 1;
    }
    net_connect(&spec, in, a, NULL, &synapse_none, 0);
    net_connect(&spec, in, silent, NULL, &synapse_none, 0);
    net_connect(&spec, a, out, NULL, &synapse_lowpass, 0.005);
    net_connect(&spec, silent, out, NULL, &synapse_alpha, 0.005);
    struct network_parts *parts = net_build(&spec);
    for (size_t i = 0; i < 3; i++)
        ck_assert(parts->connection[3]->decoders[i] == 0);
    run(parts, in, 1e300, 50);
    run(parts, in, 0.5, 50);
    ck_assert_msg(isfinite(parts->network->place[out].x[0]), "%g", parts->network->place[out].x[0]);
    network_parts_free(parts);
    network_spec_free(&spec);
}
END_TEST

START_TEST(a_changed_network_goes_on)
{
    struct network_spec spec;
    network_spec_init(&spec);
    size_t in = net_node(&spec, "In", 1), a = population(&spec, "A", 40), out = net_node(&spec, "Out", 1);
    net_connect(&spec, in, a, NULL, &synapse_none, 0);
    net_connect(&spec, a, out, NULL, &synapse_lowpass, 0.05);
    struct network_parts *one = net_build(&spec), *same = net_build(&spec);
    run(one, in, 0.7, 200);
    const size_t where[] = {0, 1, SIZE_MAX};
    const bool again[3] = {false};
    network_adopt(same->network, one->network, where, again);
    /* one more connection, and another synapse: what Out has stays */
    net_connect(&spec, in, out, NULL, &synapse_lowpass, 0.05);
    spec.connection[1].tau_synapse = 0.1;
    struct network_parts *changed = net_build(&spec);
    network_adopt(changed->network, one->network, where, again);
    double before = one->network->place[out].x[0];
    for (size_t k = 0; k < 100; k++) {
        run(one, in, 0.7, 1);
        run(same, in, 0.7, 1);
        run(changed, in, 0.7, 1);
        ck_assert(one->network->place[out].x[0] == same->network->place[out].x[0]);
        ck_assert(one->network->place[a].bits[0] == same->network->place[a].bits[0]);
        ck_assert_msg(k > 0 || fabs(changed->network->place[out].x[0] - before) < 0.05, "Out jumps from %g to %g",
                      before, changed->network->place[out].x[0]);
    }
    network_parts_free(one);
    network_parts_free(same);
    network_parts_free(changed);
    network_spec_free(&spec);
}
END_TEST

START_TEST(a_spec_is_copied_deeply)
{
    struct network_spec spec, copy;
    network_spec_init(&spec);
    size_t a = population(&spec, "A", 10), b = net_node(&spec, "B", 2);
    struct connection_spec *c = net_connect(&spec, a, b, "x, x^2", &synapse_alpha, 0.01);
    c->points = eval_points_even(-1, 1, 11);
    c->target = xstrdup("x, -x");
    net_dimension(&c->from, 0);
    network_spec_copy(&copy, &spec);
    network_spec_free(&spec);
    ck_assert_str_eq(copy.connection[0].function, "x, x^2");
    ck_assert_str_eq(copy.place[1].name, "B");
    ck_assert(copy.connection[0].points->count == 11 && copy.connection[0].points->x[10] == 1);
    network_parts_free(net_build(&copy));
    network_spec_free(&copy);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("network: order and edges", a_loop_without_a_synapse_is_named,
                       values_pass_at_once_or_a_step_late, full_is_decoded, a_current_silences,
                       the_ideal_is_the_network_without_neurons, rate_neurons_say_what_their_rates_do,
                       what_no_connection_reaches_is_as_alone, shapes_that_do_not_fit_are_refused, edges_stay_finite,
                       a_changed_network_goes_on, a_spec_is_copied_deeply);
}
