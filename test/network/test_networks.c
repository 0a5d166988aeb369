/* Whole networks against the peer: every spike, and traces to 1e-12, however the steps are split over calls. */
#include "networks.h"

#include "base/cpu.h"

#define STEPS 500
#define TOLERANCE 1e-12

struct example {
    const char *name;
    struct network_spec spec;
    struct network_parts *parts;
    double *input[NETWORK_PLACES]; /* [STEPS][dims]; NULL: none */
};

static void read_input(struct example *e, size_t place)
{
    struct table t = table_read("net_inputs.csv");
    size_t dims = e->spec.place[place].dims, rows = 0;
    e->input[place] = xcalloc(STEPS * dims, sizeof(double));
    for (size_t r = 0; r < t.rows; r++)
        if (net_is(&t, r, e->name, "node", e->spec.place[place].name)) {
            net_vector(&t, r, "x", e->input[place] + ((size_t)table_number(&t, r, "step") - 1) * dims);
            rows++;
        }
    ck_assert_uint_eq(rows, STEPS);
    table_free(&t);
}

static void points(struct connection_spec *c, const char *network, const char *population, size_t dims)
{
    c->points = net_points(network, population, dims);
}

static void make_chain(struct network_spec *s)
{
    size_t in = net_node(s, "In", 1), a = net_population(s, "chain", "A", 1), b = net_population(s, "chain", "B", 1);
    size_t out = net_node(s, "Out", 1), raw = net_node(s, "Raw", 1);
    net_connect(s, in, a, NULL, &synapse_none, 0);
    points(net_connect(s, a, b, "x^2", &synapse_lowpass, 0.005), "chain", "A", 1);
    points(net_connect(s, b, out, NULL, &synapse_alpha, 0.008), "chain", "B", 1);
    struct connection_spec *c = net_connect(s, a, raw, "sin(3*x)", &synapse_none, 0);
    net_transform(c, -0.5);
    points(c, "chain", "A", 1);
}

static void make_integrator(struct network_spec *s)
{
    size_t in = net_node(s, "In", 1), a = net_population(s, "integrator", "A", 1), out = net_node(s, "Out", 1);
    net_transform(net_connect(s, in, a, NULL, &synapse_lowpass, 0.1), 0.1);
    points(net_connect(s, a, a, "x", &synapse_lowpass, 0.1), "integrator", "A", 1);
    points(net_connect(s, a, out, NULL, &synapse_lowpass, 0.01), "integrator", "A", 1);
}

static void make_oscillator(struct network_spec *s)
{
    size_t in = net_node(s, "In", 2), a = net_population(s, "oscillator", "A", 2), out = net_node(s, "Out", 2);
    net_connect(s, in, a, NULL, &synapse_lowpass, 0.005);
    struct connection_spec *c = net_connect(s, a, a, NULL, &synapse_lowpass, 0.1);
    struct table t = table_read("net_oscillator_matrix.csv");
    c->transform = (struct matrix){2, 2, xcalloc(4, sizeof(double))};
    for (size_t i = 0; i < 4; i++)
        c->transform.value[i] = table_number(&t, i / 2, i % 2 ? "c2" : "c1");
    table_free(&t);
    points(c, "oscillator", "A", 2);
    points(net_connect(s, a, out, NULL, &synapse_lowpass, 0.01), "oscillator", "A", 2);
}

static void make_product(struct network_spec *s)
{
    size_t x = net_node(s, "X", 1), y = net_node(s, "Y", 1), c = net_population(s, "product", "C", 2);
    size_t out = net_node(s, "Out", 1), e = net_node(s, "E", 1);
    net_dimension(&net_connect(s, x, c, NULL, &synapse_none, 0)->to, 0);
    net_dimension(&net_connect(s, y, c, NULL, &synapse_lowpass, 0.003)->to, 1);
    points(net_connect(s, c, out, "x1*x2", &synapse_lowpass, 0.01), "product", "C", 2);
    net_connect(s, out, e, NULL, &synapse_none, 0);
    net_transform(net_connect(s, x, e, "abs(x)", &synapse_lowpass, 0.002), -2);
}

static void make_full(struct network_spec *s)
{
    size_t in = net_node(s, "In", 1), a = net_population(s, "full", "A", 1), b = net_population(s, "full", "B", 1);
    size_t out = net_node(s, "Out", 1);
    net_connect(s, in, a, NULL, &synapse_none, 0);
    struct connection_spec *w = net_connect(s, a, b, NULL, &synapse_lowpass, 0.005);
    struct table t = table_read("net_weights.csv");
    w->kind = &connection_full;
    w->weights = (struct matrix){20, 30, xcalloc(600, sizeof(double))};
    ck_assert_uint_eq(t.rows, 600);
    for (size_t r = 0; r < t.rows; r++)
        w->weights.value[(size_t)table_number(&t, r, "post") * 30 + (size_t)table_number(&t, r, "pre")] =
            table_number(&t, r, "weight_current");
    table_free(&t);
    points(net_connect(s, a, b, "-x", &synapse_lowpass, 0.02), "full", "A", 1);
    points(net_connect(s, b, out, NULL, &synapse_lowpass, 0.01), "full", "B", 1);
}

static const struct {
    const char *name;
    void (*make)(struct network_spec *spec);
} examples[] = {{"chain", make_chain},
                {"integrator", make_integrator},
                {"oscillator", make_oscillator},
                {"product", make_product},
                {"full", make_full}};
#define EXAMPLES (sizeof examples / sizeof *examples)

static void open_example(struct example *e, size_t which)
{
    *e = (struct example){.name = examples[which].name};
    network_spec_init(&e->spec);
    examples[which].make(&e->spec);
    for (size_t i = 0; i < e->spec.places; i++) {
        const char *name = e->spec.place[i].name;
        if (strcmp(name, "In") == 0 || strcmp(name, "X") == 0 || strcmp(name, "Y") == 0)
            read_input(e, i);
    }
    e->parts = net_build(&e->spec);
}

static void close_example(struct example *e)
{
    network_parts_free(e->parts);
    network_spec_free(&e->spec);
    for (size_t i = 0; i < NETWORK_PLACES; i++)
        free(e->input[i]);
}

/* What was seen of a place. */
struct seen {
    double *x;       /* [STEPS][dims] */
    uint8_t *spiked; /* [STEPS][n] */
};

static void look(const struct example *e, struct seen *seen, size_t done, size_t steps)
{
    for (size_t i = 0; i < e->spec.places; i++) {
        const struct place *p = &e->parts->network->place[i];
        memcpy(seen[i].x + done * p->dims, p->x, steps * p->dims * sizeof(double));
        for (size_t k = 0; p->bits && k < steps; k++)
            for (size_t j = 0; j < p->population->n; j++)
                seen[i].spiked[(done + k) * p->population->n + j] =
                    p->bits[k * (p->population->padded / 64) + j / 64] >> j % 64 & 1;
    }
}

static struct seen *run(struct example *e, const size_t *chunks, size_t count)
{
    struct seen *seen = xcalloc(NETWORK_PLACES, sizeof *seen);
    for (size_t i = 0; i < e->spec.places; i++) {
        const struct place *p = &e->parts->network->place[i];
        seen[i].x = xcalloc(STEPS * p->dims, sizeof(double));
        seen[i].spiked = xcalloc(STEPS * (p->population ? p->population->n : 1), 1);
    }
    for (size_t done = 0, c = 0, steps; done < STEPS; done += steps, c++) {
        steps = chunks[c % count] < STEPS - done ? chunks[c % count] : STEPS - done;
        net_clear(e->parts);
        for (size_t i = 0; i < e->spec.places; i++)
            if (e->input[i])
                net_input(e->parts, i, e->input[i], done, steps);
        network_advance(e->parts->network, 0.001, steps);
        look(e, seen, done, steps);
    }
    return seen;
}

static void free_seen(struct seen *seen)
{
    for (size_t i = 0; i < NETWORK_PLACES; i++) {
        free(seen[i].x);
        free(seen[i].spiked);
    }
    free(seen);
}

static size_t find_place(const struct example *e, const char *name)
{
    for (size_t i = 0; i < e->spec.places; i++)
        if (strcmp(e->spec.place[i].name, name) == 0)
            return i;
    ck_abort_msg("no place %s", name);
    return 0;
}

/* Each of the table's spikes was seen, and no more than these. */
static void check_spikes(const struct example *e, const struct seen *seen)
{
    struct table t = table_read("net_spikes.csv");
    size_t wanted = 0, got = 0;
    for (size_t r = 0; r < t.rows; r++) {
        if (strcmp(table_text(&t, r, "network"), e->name) != 0)
            continue;
        size_t place = find_place(e, table_text(&t, r, "population")), n = e->parts->population[place]->n;
        size_t step = (size_t)table_number(&t, r, "step"), neuron = (size_t)table_number(&t, r, "neuron");
        ck_assert_msg(seen[place].spiked[(step - 1) * n + neuron],
                      "%s: neuron %zu of %s spikes in step %zu in the peer", e->name, neuron, e->spec.place[place].name,
                      step);
        wanted++;
    }
    for (size_t i = 0; i < e->spec.places; i++)
        for (size_t k = 0; e->parts->population[i] && k < STEPS * e->parts->population[i]->n; k++)
            got += seen[i].spiked[k];
    ck_assert_msg(wanted == got && wanted > 100, "%s: %zu spikes, the peer has %zu", e->name, got, wanted);
    table_free(&t);
}

static double check_traces(const struct example *e, const struct seen *seen)
{
    struct table t = table_read("net_traces.csv");
    double worst = 0;
    size_t rows = 0;
    for (size_t r = 0; r < t.rows; r++) {
        if (strcmp(table_text(&t, r, "network"), e->name) != 0)
            continue;
        double peer[3];
        size_t place = find_place(e, table_text(&t, r, "node")), dims = net_vector(&t, r, "x", peer);
        size_t step = (size_t)table_number(&t, r, "step");
        ck_assert_uint_eq(dims, e->spec.place[place].dims);
        for (size_t d = 0; d < dims; d++) {
            double got = seen[place].x[(step - 1) * dims + d];
            worst = fmax(worst, fabs(got - peer[d]));
            ck_assert_msg(fabs(got - peer[d]) <= TOLERANCE, "%s: %s[%zu] in step %zu is %.17g, peer %.17g", e->name,
                          e->spec.place[place].name, d, step, got, peer[d]);
        }
        rows++;
    }
    ck_assert_uint_ge(rows, STEPS);
    table_free(&t);
    return worst;
}

START_TEST(every_network_is_the_peers)
{
    const size_t chunks[] = {16, 1, 7, 3, 16, 5};
    for (size_t i = 0; i < EXAMPLES; i++) {
        struct example e;
        open_example(&e, i);
        struct seen *seen = run(&e, chunks, sizeof chunks / sizeof *chunks);
        check_spikes(&e, seen);
        printf("%s: all spikes equal, worst trace error %.2g\n", e.name, check_traces(&e, seen));
        free_seen(seen);
        close_example(&e);
    }
}
END_TEST

START_TEST(decoders_are_the_peers)
{
    struct table t = table_read("net_decoders.csv");
    size_t checked = 0;
    for (size_t i = 0; i < EXAMPLES; i++) {
        struct example e;
        open_example(&e, i);
        for (size_t r = 0; r < t.rows; r++) {
            if (strcmp(table_text(&t, r, "network"), e.name) != 0)
                continue;
            for (size_t l = 0; l < e.spec.connections; l++) {
                const struct connection *c = e.parts->connection[l];
                if (strcmp(e.spec.connection[l].name, table_text(&t, r, "connection")) != 0 || !c->decoders)
                    continue;
                double largest = 0, peer = table_number(&t, r, "weight");
                for (size_t k = 0; k < c->rows * c->n_pre; k++)
                    largest = fmax(largest, fabs(c->decoders[k]));
                double got = c->decoders[(size_t)table_number(&t, r, "output") * c->n_pre +
                                         (size_t)table_number(&t, r, "neuron")];
                ck_assert_msg(fabs(got - peer) <= 1e-9 * largest, "%s %s row %zu: %.17g, peer %.17g", e.name,
                              e.spec.connection[l].name, r, got, peer);
                checked++;
            }
        }
        close_example(&e);
    }
    ck_assert_uint_eq(checked, t.rows);
    table_free(&t);
}
END_TEST

START_TEST(chunks_and_kernels_do_not_matter)
{
    const size_t chunkings[][4] = {{16, 16, 16, 16}, {1, 1, 1, 1}, {3, 16, 2, 11}};
    enum cpu_set before = cpu_set();
    for (size_t i = 0; i < EXAMPLES; i++) {
        struct seen *first = NULL;
        for (size_t c = 0; c < 3; c++)
            for (enum cpu_set set = 0; set < CPU_SETS; set++) {
                if (!cpu_use(set))
                    continue;
                struct example e;
                open_example(&e, i);
                struct seen *seen = run(&e, chunkings[c], 4);
                for (size_t p = 0; first && p < e.spec.places; p++) {
                    size_t dims = e.parts->network->place[p].dims;
                    ck_assert_msg(memcmp(first[p].x, seen[p].x, STEPS * dims * sizeof(double)) == 0,
                                  "%s: x of %s differs with chunks of %zu and %s", e.name, e.spec.place[p].name,
                                  chunkings[c][0], cpu_set_names[set]);
                }
                if (first)
                    free_seen(seen);
                else
                    first = seen;
                close_example(&e);
            }
        free_seen(first);
    }
    cpu_use(before);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("network: networks", every_network_is_the_peers, decoders_are_the_peers,
                       chunks_and_kernels_do_not_matter);
}
