/* Dale's principle against the peer's non-negative least squares: weights, which of them are 0, how well currents are
 * met; the example of 101 to 102 neurons in both forms; who excites; what is refused. */
#include "networks.h"

#include <time.h>
#include "network/dale.h"

static struct population *dale_population(const char *file, const char *name, double *sign)
{
    struct table t = table_read(file);
    struct population_spec spec;
    struct error error = {""};
    population_spec_init(&spec);
    struct neuron_table *given = spec.given = xcalloc(1, sizeof *given);
    given->dims = 1;
    given->gain = xcalloc(t.rows, sizeof(double));
    given->bias = xcalloc(t.rows, sizeof(double));
    given->encoders = xcalloc(t.rows, sizeof(double));
    for (size_t r = 0; r < t.rows; r++)
        if (strcmp(table_text(&t, r, "population"), name) == 0) {
            size_t i = given->n++;
            given->gain[i] = table_number(&t, r, "gain");
            given->bias[i] = table_number(&t, r, "bias");
            given->encoders[i] = table_number(&t, r, "encoder");
            if (sign && strcmp(name, "pre") == 0)
                sign[i] = table_number(&t, r, "is_excitatory") ? 1 : -1;
        }
    struct population *p = population_new(&spec, &error); /* radius 1: J = gain (x e) + bias, as the example has it */
    ck_assert_msg(p != NULL, "%s", error.text);
    population_spec_free(&spec);
    table_free(&t);
    return p;
}

/* A problem of x in -1..1 and f = x^2; sigma in Hz as the tables have it. */
struct dale_case {
    struct population *pre, *post;
    double sign[200];
    struct eval_points *points;
    double *target;
    size_t to;
    double highest;
};

static void open_case(struct dale_case *c, const char *file, size_t points)
{
    *c = (struct dale_case){0};
    c->pre = dale_population(file, "pre", c->sign);
    c->post = dale_population(file, "post", NULL);
    c->points = eval_points_even(-1, 1, points);
    c->target = xcalloc(points, sizeof(double));
    for (size_t k = 0; k < points; k++) {
        c->target[k] = c->points->x[k] * c->points->x[k];
        for (size_t i = 0; i < c->pre->n; i++)
            c->highest = fmax(c->highest, population_rate(c->pre, NULL, i, &c->points->x[k]));
    }
}

static void close_case(struct dale_case *c)
{
    population_free(c->pre);
    population_free(c->post);
    eval_points_free(c->points);
    free(c->target);
}

static double *solve(const struct dale_case *c, double sigma, bool gram, struct currents_met *met)
{
    struct error error = {""};
    struct dale_request request = {.pre = c->pre,
                                   .post = c->post,
                                   .points = c->points,
                                   .rows = 1,
                                   .target = c->target,
                                   .to = &c->to,
                                   .sign = c->sign,
                                   .reg = sigma / c->highest,
                                   .gram = gram};
    double *weights = xaligned(c->pre->n * c->post->padded, sizeof *weights);
    *met = (struct currents_met){0};
    ck_assert_msg(dale_solve(&request, weights, met, (struct progress){0}, &error), "%s", error.text);
    return weights;
}

static void free_met(struct currents_met *met)
{
    free(met->rms);
    free(met->wanted);
}

/* What is minimised, from the definition, for weights of neuron j. */
static double objective(const struct dale_case *c, double sigma, bool gram, size_t j, const double *w)
{
    size_t n = c->pre->n, m = c->points->count;
    double *a = xcalloc(m * n, sizeof *a), *residual = xcalloc(m, sizeof *residual), sum = 0;
    for (size_t k = 0; k < m; k++) {
        residual[k] = -population_tuning_current(c->post, j, &c->target[k]);
        for (size_t i = 0; i < n; i++) {
            a[k * n + i] = c->sign[i] * population_rate(c->pre, NULL, i, &c->points->x[k]);
            residual[k] += a[k * n + i] * w[i];
        }
        sum += residual[k] * residual[k];
    }
    for (size_t i = 0; i < n && !gram; i++)
        sum += (double)m * sigma * sigma * w[i] * w[i];
    if (gram) {
        sum = 0;
        for (size_t i = 0; i < n; i++) {
            double part = (double)m * sigma * sigma * w[i];
            for (size_t k = 0; k < m; k++)
                part += a[k * n + i] * residual[k];
            sum += part * part;
        }
    }
    free(a);
    free(residual);
    return sum;
}

START_TEST(weights_are_the_peers)
{
    struct table t = table_read("dale_W.csv"), s = table_read("dale_residuals.csv");
    struct dale_case c;
    open_case(&c, "dale_neurons.csv", 201);
    const double sigmas[] = {0.1, 1, 10};
    for (int gram = 0; gram < 2; gram++)
        for (size_t g = 0; g < 3; g++) {
            struct currents_met met;
            double *weights = solve(&c, sigmas[g], gram, &met), worst = 0;
            size_t checked = 0;
            ck_assert_msg(met.violation < 1e-11, "violation %g", met.violation);
            for (size_t j = 0; j < c.post->n; j++) {
                double peer[20] = {0}, mine[20], largest = 0;
                for (size_t r = 0; r < t.rows; r++)
                    if (strcmp(table_text(&t, r, "form"), gram ? "seed" : "stacked") == 0 &&
                        table_number(&t, r, "sigma") == sigmas[g] && (size_t)table_number(&t, r, "post") == j)
                        peer[(size_t)table_number(&t, r, "pre")] = table_number(&t, r, "weight");
                for (size_t i = 0; i < 20; i++)
                    largest = fmax(largest, fabs(peer[i]));
                for (size_t i = 0; i < 20; i++) {
                    double w = weights[i * c.post->padded + j];
                    worst = fmax(worst, fabs(w - peer[i]) / largest);
                    ck_assert_msg(fabs(w - peer[i]) <= 1e-6 * largest, "sigma %g, %zu to %zu: %.17g, peer %.17g",
                                  sigmas[g], i, j, w, peer[i]);
                    ck_assert_msg((w == 0) == (peer[i] == 0), "sigma %g, %zu to %zu: %.17g, peer %.17g", sigmas[g], i,
                                  j, w, peer[i]);
                    ck_assert(w * c.sign[i] >= 0);
                    mine[i] = fabs(w);
                    peer[i] = fabs(peer[i]);
                    checked++;
                }
                double here = objective(&c, sigmas[g], gram, j, mine), there = objective(&c, sigmas[g], gram, j, peer);
                ck_assert_msg(here <= there * (1 + 1e-9), "sigma %g, neuron %zu: objective %.17g, peer %.17g",
                              sigmas[g], j, here, there);
            }
            for (size_t r = 0; r < s.rows; r++)
                if (strcmp(table_text(&s, r, "form"), gram ? "seed" : "stacked") == 0 &&
                    table_number(&s, r, "sigma") == sigmas[g]) {
                    double got = met.rms[(size_t)table_number(&s, r, "post")], peer = table_number(&s, r, "rmse_J");
                    ck_assert_msg(near_relative(got, peer, 1e-7), "rms of what is missing: %.17g, peer %.17g", got,
                                  peer);
                }
            ck_assert_uint_eq(checked, 160);
            printf("%s sigma %g: weights within %.2g of the largest, violation %.2g\n", gram ? "gram" : "stacked",
                   sigmas[g], worst, met.violation);
            free(weights);
            free_met(&met);
        }
    close_case(&c);
    table_free(&t);
    table_free(&s);
}
END_TEST

START_TEST(the_example_is_the_peers_and_quick)
{
    struct table t = table_read("dale_full_summary.csv");
    struct dale_case c;
    open_case(&c, "dale_full_neurons.csv", 10001);
    for (size_t r = 0; r < t.rows; r++) {
        struct currents_met met;
        bool gram = strcmp(table_text(&t, r, "form"), "seed") == 0;
        clock_t from = clock();
        double *weights = solve(&c, table_number(&t, r, "sigma"), gram, &met), largest = 0;
        double seconds = (double)(clock() - from) / CLOCKS_PER_SEC, peer = table_number(&t, r, "rmse_J_all");
        for (size_t i = 0; i < c.pre->n; i++)
            for (size_t j = 0; j < c.post->n; j++)
                largest = fmax(largest, fabs(weights[i * c.post->padded + j]));
        double zero = (double)met.zero / (101.0 * 102.0);
        printf(
            "%s: %.3f s of the processor, currents missed by %.9g (peer %.9g), violation %.2g, zero %.4f (peer %.4f)\n",
            table_text(&t, r, "form"), seconds, met.rms_all, peer, met.violation, zero,
            table_number(&t, r, "share_zero_weights"));
        ck_assert_msg(near_relative(met.rms_all, peer, 1e-6), "missed %.17g, peer %.17g", met.rms_all, peer);
        ck_assert_msg(near_relative(met.wanted_all, table_number(&t, r, "rms_J_all"), 1e-12), "wanted %.17g",
                      met.wanted_all);
        ck_assert_msg(near_relative(largest, table_number(&t, r, "max_abs_weight"), 1e-5), "largest weight %.17g",
                      largest);
        ck_assert_msg(fabs(zero - table_number(&t, r, "share_zero_weights")) < 1e-3, "share of zeros %g", zero);
        ck_assert_uint_eq(met.excitatory, (size_t)table_number(&t, r, "n_excitatory"));
        ck_assert_msg(met.violation < 1e-9, "violation %g", met.violation);
        free(weights);
        free_met(&met);
    }
    close_case(&c);
    table_free(&t);
}
END_TEST

START_TEST(a_neuron_that_does_both_is_free)
{
    struct dale_case c;
    struct currents_met both, met;
    open_case(&c, "dale_neurons.csv", 201);
    double *bound = solve(&c, 1, false, &met);
    for (size_t i = 0; i < 20; i++)
        c.sign[i] = 0;
    double *weights = solve(&c, 1, false, &both);
    ck_assert_msg(both.rms_all < met.rms_all, "free neurons miss %g, bound ones %g", both.rms_all, met.rms_all);
    ck_assert_uint_eq(both.zero, 0);
    free(bound);
    free(weights);
    free_met(&met);
    free_met(&both);
    close_case(&c);
}
END_TEST

START_TEST(without_inhibition_some_currents_cannot_be_met)
{
    struct dale_case c;
    struct currents_met met;
    open_case(&c, "dale_neurons.csv", 201);
    for (size_t i = 0; i < 20; i++)
        c.sign[i] = 1;
    double *weights = solve(&c, 1, false, &met);
    size_t badly = 0;
    for (size_t j = 0; j < met.neurons; j++)
        badly += met.rms[j] > 0.1 * met.wanted[j];
    ck_assert_msg(badly >= 1, "all currents are met");
    free(weights);
    free_met(&met);
    close_case(&c);
}
END_TEST

START_TEST(signs_are_drawn_to_the_share_asked_for)
{
    double sign[101], again[101];
    const double shares[] = {0, 0.7, 1, 0.5};
    const int wanted[] = {0, 71, 101, 51};
    for (size_t s = 0; s < 4; s++) {
        int excite = 0;
        dale_signs(101, shares[s], 3, sign);
        dale_signs(101, shares[s], 3, again);
        ck_assert(memcmp(sign, again, sizeof sign) == 0);
        for (size_t i = 0; i < 101; i++)
            excite += sign[i] > 0;
        ck_assert_msg(excite == wanted[s], "share %g: %d excite", shares[s], excite);
    }
    dale_signs(101, 0.5, 4, again);
    ck_assert(memcmp(sign, again, sizeof sign) != 0);
}
END_TEST

static void make(struct network_spec *spec, size_t n)
{
    network_spec_init(spec);
    network_spec_place(spec, "pre")->population.n = n;
    network_spec_place(spec, "post")->population.n = 5;
    struct connection_spec *c = net_connect(spec, 0, 1, "x^2", &synapse_lowpass, 0.005);
    c->kind = &connection_full;
    c->solver = &solver_dale;
    c->points = eval_points_even(-1, 1, 101);
}

static void refused(struct network_spec *spec, const char *sentence)
{
    struct error error = {""};
    struct network_parts *parts = network_parts_new(spec, (struct progress){0}, &error);
    ck_assert_msg(!parts && strstr(error.text, sentence), "'%s' and not '%s'", error.text, sentence);
    network_spec_free(spec);
}

START_TEST(what_cannot_be_solved_is_refused)
{
    struct network_spec spec;
    make(&spec, 10);
    spec.connection[0].mask = (struct matrix){9, 1, xcalloc(9, sizeof(double))};
    refused(&spec, "excitatory: 9 rows for the 10 neurons of pre");
    make(&spec, 10);
    spec.connection[0].mask = (struct matrix){10, 1, xcalloc(10, sizeof(double))};
    spec.connection[0].mask.value[3] = 0.3;
    refused(&spec, "excitatory: row 4 is 0.3");
    make(&spec, 10);
    spec.connection[0].excitatory = 1.5;
    refused(&spec, "excitatory=1.5: a share is between 0 and 1");
    make(&spec, 10);
    spec.connection[0].function[0] = 'q';
    refused(&spec, "'q' is not known");
    make(&spec, 10);
    free(spec.connection[0].function);
    spec.connection[0].function = xstrdup("1/x");
    refused(&spec, "at x = 0");
    make(&spec, 10);
    spec.connection[0].kind = &connection_decoded;
    refused(&spec, "kind=full works");
    make(&spec, 1);
    struct network_parts *parts = net_build(&spec);
    ck_assert(parts->connection[0]->met.neurons == 5 && isfinite(parts->connection[0]->met.rms_all));
    network_parts_free(parts);
    network_spec_free(&spec);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("network: Dale's principle", weights_are_the_peers, the_example_is_the_peers_and_quick,
                       a_neuron_that_does_both_is_free, without_inhibition_some_currents_cannot_be_met,
                       signs_are_drawn_to_the_share_asked_for, what_cannot_be_solved_is_refused);
}
