/* PES step by step against the peer, decoded and from neurons to neurons; Voja against a replica; what stops
 * learning. */
#include "networks.h"

#define STEPS 500

static void put_neurons(struct population_spec *p, const char *name, size_t n)
{
    struct table t = table_read("pes_neurons.csv");
    struct neuron_table *given = p->given = xcalloc(1, sizeof *given);
    p->model = &neuron_fastlif;
    given->n = n;
    given->dims = 1;
    given->gain = xcalloc(n, sizeof(double));
    given->bias = xcalloc(n, sizeof(double));
    given->encoders = xcalloc(n, sizeof(double));
    for (size_t r = 0; r < t.rows; r++) {
        if (strcmp(table_text(&t, r, "population"), name) != 0)
            continue;
        size_t i = (size_t)table_number(&t, r, "neuron");
        given->gain[i] = table_number(&t, r, "gain");
        given->bias[i] = table_number(&t, r, "bias");
        given->encoders[i] = table_number(&t, r, "encoder");
        p->radius = table_number(&t, r, "radius");
    }
    table_free(&t);
}

struct pes {
    struct network_spec spec;
    struct network_parts *parts;
    size_t pre, target, out, post, error;
};

static void learn(struct connection_spec *c, size_t error)
{
    c->learning = (struct learning_spec){&rule_pes, true, 1e-3, 0.005, false, true, error};
}

static void put_decoders(struct connection_spec *c, const char *file, const char *variant, size_t n)
{
    struct table t = table_read(file);
    c->decoders = (struct matrix){n, 1, xcalloc(n, sizeof(double))};
    for (size_t r = 0; r < t.rows; r++)
        if (!variant || (strcmp(table_text(&t, r, "variant"), variant) == 0 && table_number(&t, r, "step") == 0))
            c->decoders.value[(size_t)table_number(&t, r, "neuron")] = table_number(&t, r, "decoder");
    table_free(&t);
}

/* Error is what Out says minus the target. */
static void put_error(struct pes *p)
{
    net_connect(&p->spec, p->out, p->error, NULL, &synapse_none, 0);
    net_transform(net_connect(&p->spec, p->target, p->error, NULL, &synapse_none, 0), -1);
}

static void open_places(struct pes *p)
{
    network_spec_init(&p->spec);
    put_neurons(&network_spec_place(&p->spec, "A")->population, "pre", 20);
    p->pre = 0;
    p->target = net_node(&p->spec, "Target", 1);
    p->out = net_node(&p->spec, "Out", 1);
    p->error = net_node(&p->spec, "Error", 1);
}

static void open_decoded(struct pes *p, const struct synapse_type *synapse)
{
    open_places(p);
    struct connection_spec *c = net_connect(&p->spec, p->pre, p->out, NULL, synapse, 0.005);
    put_decoders(c, "pes_decoders.csv", "syn", 20); /* the start of both */
    learn(c, p->error);
    put_error(p);
    p->parts = net_build(&p->spec);
}

static void open_neurons(struct pes *p)
{
    open_places(p);
    put_neurons(&network_spec_place(&p->spec, "B")->population, "post", 10);
    p->post = 4;
    struct connection_spec *c = net_connect(&p->spec, p->pre, p->post, NULL, &synapse_lowpass, 0.005);
    struct table t = table_read("pes_n2n_weights.csv");
    c->kind = &connection_full;
    c->weights = (struct matrix){10, 20, xcalloc(200, sizeof(double))};
    for (size_t r = 0; r < t.rows; r++)
        if (table_number(&t, r, "step") == 0) {
            size_t j = (size_t)table_number(&t, r, "post");
            c->weights.value[j * 20 + (size_t)table_number(&t, r, "pre")] =
                table_number(&t, r, "weight") * p->spec.place[p->post].population.given->gain[j];
        }
    table_free(&t);
    learn(c, p->error);
    put_decoders(net_connect(&p->spec, p->post, p->out, NULL, &synapse_lowpass, 0.005), "pes_n2n_post_decoders.csv",
                 NULL, 10);
    put_error(p);
    p->parts = net_build(&p->spec);
}

static void close_pes(struct pes *p)
{
    network_parts_free(p->parts);
    network_spec_free(&p->spec);
}

static void step(struct pes *p, size_t k)
{
    double x = 0.9 * sin(2 * M_PI * 2 * ((double)k * 0.001)), target = x * x;
    net_clear(p->parts);
    net_input(p->parts, p->pre, &x, 0, 1);
    net_input(p->parts, p->target, &target, 0, 1);
    network_advance(p->parts->network, 0.001, 1);
}

static void near(double got, double peer, double tolerance, const char *what, size_t k)
{
    ck_assert_msg(fabs(got - peer) <= tolerance, "%s in step %zu: %.17g, peer %.17g", what, k, got, peer);
}

static void check_decoders(const struct pes *p, const char *variant, size_t k)
{
    struct table t = table_read("pes_decoders.csv");
    for (size_t r = 0; r < t.rows; r++)
        if (strcmp(table_text(&t, r, "variant"), variant) == 0 && (size_t)table_number(&t, r, "step") == k) {
            size_t i = (size_t)table_number(&t, r, "neuron");
            near(p->parts->network->link[0].learned.decoders[i], table_number(&t, r, "decoder"), 1e-15, "decoder", k);
        }
    table_free(&t);
}

START_TEST(decoded_is_the_peers)
{
    const char *variants[] = {"syn", "nosyn"};
    struct table t = table_read("pes_decoded_trace.csv");
    for (size_t v = 0; v < 2; v++) {
        struct pes p;
        size_t rows = 0;
        open_decoded(&p, v == 0 ? &synapse_lowpass : &synapse_none);
        for (size_t r = 0; r < t.rows; r++) {
            if (strcmp(table_text(&t, r, "variant"), variants[v]) != 0)
                continue;
            size_t k = (size_t)table_number(&t, r, "step");
            step(&p, k);
            const struct network *n = p.parts->network;
            near(n->place[p.out].x[0], table_number(&t, r, "output"), 1e-12, "output", k);
            near(n->place[p.error].x[0], table_number(&t, r, "error"), 1e-12, "error", k);
            near(n->link[0].learning->trace[0], table_number(&t, r, "filtered_activity_neuron0"), 1e-11, "activity", k);
            check_decoders(&p, variants[v], k);
            rows++;
        }
        ck_assert_uint_eq(rows, STEPS);
        close_pes(&p);
    }
    table_free(&t);
}
END_TEST

static void check_weights(const struct pes *p, const struct table *t, size_t k)
{
    double row[20];
    const struct population *post = p->parts->population[p->post];
    for (size_t r = 0; r < t->rows; r++) {
        if ((size_t)table_number(t, r, "step") != k)
            continue;
        size_t j = (size_t)table_number(t, r, "post");
        const struct projection *link = &p->parts->network->link[0];
        ck_assert(connection_weights_row(link->connection, &link->learned, post, j, row));
        near(row[(size_t)table_number(t, r, "pre")] / post->gain[j], table_number(t, r, "weight"), 1e-15, "weight", k);
    }
}

START_TEST(neurons_to_neurons_is_the_peers)
{
    struct table t = table_read("pes_n2n_trace.csv"), w = table_read("pes_n2n_weights.csv"),
                 s = table_read("pes_n2n_post_spikes.csv");
    struct pes p;
    size_t spikes = 0;
    open_neurons(&p);
    for (size_t k = 1; k <= STEPS; k++) {
        step(&p, k);
        const struct place *post = &p.parts->network->place[p.post];
        near(p.parts->network->place[p.error].x[0], table_number(&t, k - 1, "error"), 1e-12, "error", k);
        spikes += (size_t)__builtin_popcountll(post->bits[0]);
        for (size_t r = 0; r < s.rows; r++)
            if ((size_t)table_number(&s, r, "step") == k)
                ck_assert_msg(post->bits[0] >> (size_t)table_number(&s, r, "neuron") & 1,
                              "a spike of neuron %g is missing in step %zu", table_number(&s, r, "neuron"), k);
        check_weights(&p, &w, k);
    }
    ck_assert_uint_eq(spikes, s.rows);
    close_pes(&p);
    table_free(&t);
    table_free(&w);
    table_free(&s);
}
END_TEST

START_TEST(learning_stops_goes_on_and_starts_anew)
{
    struct pes p;
    open_decoded(&p, &synapse_lowpass);
    struct network *n = p.parts->network;
    size_t k = 0;
    while (k < 100)
        step(&p, ++k);
    double learned[20];
    network_learn(n, 0, false);
    step(&p, ++k); /* what was seen before is still used */
    memcpy(learned, n->link[0].learned.decoders, sizeof learned);
    while (k < 200)
        step(&p, ++k);
    ck_assert(memcmp(learned, n->link[0].learned.decoders, sizeof learned) == 0);
    network_learn(n, 0, true);
    while (k < 300)
        step(&p, ++k);
    ck_assert(memcmp(learned, n->link[0].learned.decoders, sizeof learned) != 0);
    network_unlearn(n, 0);
    ck_assert(memcmp(n->link[0].connection->decoders, n->link[0].learned.decoders, sizeof learned) == 0);
    close_pes(&p);
}
END_TEST

START_TEST(a_change_that_is_not_finite_stops_learning)
{
    struct pes p;
    open_decoded(&p, &synapse_lowpass);
    struct network *n = p.parts->network;
    size_t k = 0;
    while (k < 100)
        step(&p, ++k);
    double bad[] = {NAN, INFINITY, -INFINITY, 1e300};
    for (size_t b = 0; b < 4; b++) {
        network_learn(n, 0, true);
        net_clear(p.parts);
        net_input(p.parts, p.target, &bad[b], 0, 1);
        network_advance(n, 0.001, 1);
        step(&p, ++k);
        /* What is no number is 0 where the connection ends; what is too large arrives. */
        bool stops = isfinite(bad[b]);
        ck_assert_msg(n->link[0].learning->watch.stopped == stops && n->link[0].learning->on == !stops,
                      "%g: learning is %s", bad[b], n->link[0].learning->on ? "on" : "off");
        for (size_t i = 0; i < 20; i++)
            ck_assert(isfinite(n->link[0].learned.decoders[i]));
    }
    close_pes(&p);
}
END_TEST

START_TEST(the_error_is_watched)
{
    struct pes p;
    open_decoded(&p, &synapse_lowpass);
    for (size_t k = 1; k <= 3000; k++)
        step(&p, k);
    const struct learning_watch *w = &p.parts->network->link[0].learning->watch;
    ck_assert_uint_eq(w->windows, 3);
    ck_assert_msg(w->last < w->first && w->first < 1, "the error went from %g to %g", w->first, w->last);
    close_pes(&p);
}
END_TEST

/* nengo's SimVoja written out: two neurons, a value that arrives and the smoothed spikes. */
START_TEST(voja_turns_encoders_as_the_peer_does)
{
    struct network_spec spec;
    network_spec_init(&spec);
    size_t in = net_node(&spec, "In", 2);
    struct population_spec *p = &network_spec_place(&spec, "B")->population;
    p->n = 40;
    p->dims = 2;
    p->radius = 1.5;
    struct connection_spec *c = net_connect(&spec, in, 1, NULL, &synapse_lowpass, 0.005);
    c->learning = (struct learning_spec){.rule = &rule_voja, .on = true, .rate = 1e-2, .tau = 0.005};
    struct network_parts *parts = net_build(&spec);
    const struct population *b = parts->population[1];
    struct place *post = &parts->network->place[1];
    double replica[80], smooth[40] = {0}, x[2] = {1.1, -0.4};
    for (size_t i = 0; i < 80; i++)
        replica[i] = b->scaled[i / 40 * b->padded + i % 40];
    double a = exp(-0.001 / 0.005);
    for (size_t k = 0; k < 400; k++) {
        net_clear(parts);
        net_input(parts, in, x, 0, 1);
        network_advance(parts->network, 0.001, 1);
        for (size_t i = 0; i < 80; i++)
            ck_assert_msg(fabs(post->scaled[i / 40 * b->padded + i % 40] - replica[i]) < 1e-11 * (1 + fabs(replica[i])),
                          "step %zu, encoder %zu: %.17g, replica %.17g", k, i,
                          post->scaled[i / 40 * b->padded + i % 40], replica[i]);
        for (size_t j = 0; j < 40; j++) {
            smooth[j] = a * smooth[j] + (1 - a) * (post->bits[0] >> j & 1 ? 1000 : 0);
            for (size_t d = 0; d < 2; d++)
                replica[d * 40 + j] +=
                    1e-2 * 0.001 * (b->gain[j] / b->radius * smooth[j] * post->x[d] - smooth[j] * replica[d * 40 + j]);
        }
    }
    size_t turned = 0;
    for (size_t j = 0; j < 40; j++)
        turned += replica[j] != b->scaled[j];
    ck_assert_uint_gt(turned, 10);
    ck_assert_uint_lt(turned, 40);
    network_parts_free(parts);
    network_spec_free(&spec);
}
END_TEST

/* From the matrix, with every weight held to its sign; without the hold some would cross over. */
START_TEST(signs_are_kept)
{
    size_t crossed[2] = {0}, zero = 0;
    for (int keep = 0; keep < 2; keep++) {
        struct pes p;
        double row[20];
        open_neurons(&p);
        network_parts_free(p.parts);
        p.spec.connection[0].learning.rate = 0.3;
        p.spec.connection[0].learning.keep_signs = keep;
        p.parts = net_build(&p.spec);
        const struct projection *link = &p.parts->network->link[0];
        for (size_t k = 1; k <= STEPS; k++) {
            step(&p, k);
            for (size_t i = 0; keep && i < 20; i++)
                zero += link->learned.weights[i * link->connection->padded] == 0;
        }
        for (size_t j = 0; j < 10; j++) {
            ck_assert(connection_weights_row(link->connection, &link->learned, p.parts->population[p.post], j, row));
            for (size_t i = 0; i < 20; i++)
                crossed[keep] += row[i] * p.spec.connection[0].weights.value[j * 20 + i] < 0;
        }
        close_pes(&p);
    }
    ck_assert_msg(crossed[0] > 0 && crossed[1] == 0 && zero > 0, "%zu and %zu crossed, %zu at 0", crossed[0],
                  crossed[1], zero);
}
END_TEST

/* While no weight reaches 0 the matrix learns what the vector does. */
START_TEST(a_matrix_learns_what_the_vector_does)
{
    double weight[2][200];
    for (int keep = 0; keep < 2; keep++) {
        struct pes p;
        open_neurons(&p);
        network_parts_free(p.parts);
        p.spec.connection[0].learning.rate = 1e-7;
        p.spec.connection[0].learning.keep_signs = keep;
        p.parts = net_build(&p.spec);
        for (size_t k = 1; k <= STEPS; k++)
            step(&p, k);
        const struct projection *link = &p.parts->network->link[0];
        for (size_t j = 0; j < 10; j++)
            connection_weights_row(link->connection, &link->learned, p.parts->population[p.post], j,
                                   weight[keep] + 20 * j);
        close_pes(&p);
    }
    for (size_t i = 0; i < 200; i++)
        ck_assert_msg(fabs(weight[0][i] - weight[1][i]) < 1e-14, "weight %zu: %.17g and %.17g", i, weight[0][i],
                      weight[1][i]);
}
END_TEST

static void refused(struct pes *p, const char *sentence)
{
    struct error error = {""};
    struct network_parts *parts = network_parts_new(&p->spec, (struct progress){0}, &error);
    ck_assert_msg(!parts && strstr(error.text, sentence), "'%s' and not '%s'", error.text, sentence);
    network_spec_free(&p->spec);
}

START_TEST(what_cannot_learn_is_refused)
{
    struct pes p;
    open_places(&p);
    net_connect(&p.spec, p.pre, p.out, NULL, &synapse_lowpass, 0.005)->learning =
        (struct learning_spec){.rule = &rule_pes, .on = true, .rate = 1e-3, .tau = 0.005};
    refused(&p, "learn=pes needs error=NODE");
    open_places(&p);
    learn(net_connect(&p.spec, p.target, p.out, NULL, &synapse_lowpass, 0.005), p.error);
    refused(&p, "Target has no neurons");
    open_places(&p);
    struct connection_spec *c = net_connect(&p.spec, p.pre, p.out, NULL, &synapse_lowpass, 0.005);
    learn(c, p.error);
    c->learning.rate = NAN;
    refused(&p, "rate=nan");
    open_places(&p);
    p.spec.place[p.error].dims = 2;
    learn(net_connect(&p.spec, p.pre, p.out, NULL, &synapse_lowpass, 0.005), p.error);
    refused(&p, "the error has 2 dimensions, and the connection says 1 value");
}
END_TEST

int main(void)
{
    return HARNESS_RUN("network: learning", decoded_is_the_peers, neurons_to_neurons_is_the_peers,
                       learning_stops_goes_on_and_starts_anew, a_change_that_is_not_finite_stops_learning,
                       the_error_is_watched, signs_are_kept, a_matrix_learns_what_the_vector_does,
                       voja_turns_encoders_as_the_peer_does, what_cannot_learn_is_refused);
}
