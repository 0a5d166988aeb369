/* Decoders against nengo's, and what has no peer: nothing fires, no regularisation, too much memory, Ctrl-C.
 */
#include "ensembles.h"

#define TOLERANCE 1e-9

/* One column of nef_decoders.csv. */
struct wanted {
    char ensemble;
    const char *function;
    size_t output;
    double reg;
};

static bool is_wanted(const struct table *t, size_t row, const struct wanted *w)
{
    return ensemble_has(t, row, w->ensemble) && strcmp(table_text(t, row, "function"), w->function) == 0 &&
           (size_t)table_number(t, row, "out_dim") == w->output && table_number(t, row, "reg") == w->reg;
}

static double largest(const struct table *t, const struct wanted *w)
{
    double most = 0;
    for (size_t r = 0; r < t->rows; r++)
        if (is_wanted(t, r, w))
            most = fmax(most, fabs(table_number(t, r, "decoder")));
    return most;
}

static size_t check_column(const struct table *t, const struct wanted *w)
{
    struct population *population = ensemble_population(w->ensemble, &neuron_fastlif);
    const char *function = ensemble_function(w->function, population->dims);
    struct decoder *decoder = ensemble_decoder(population, function, w->ensemble, w->reg);
    double most = largest(t, w);
    size_t checked = 0;
    for (size_t r = 0; r < t->rows; r++) {
        if (!is_wanted(t, r, w))
            continue;
        size_t i = (size_t)table_number(t, r, "neuron");
        double peer = table_number(t, r, "decoder"), got = decoder->weight[w->output * decoder->n + i];
        ck_assert_msg(fabs(got - peer) <= TOLERANCE * most, "%c %s[%zu] reg %g neuron %zu: %.17g, peer %.17g",
                      w->ensemble, w->function, w->output, w->reg, i, got, peer);
        checked++;
    }
    decoder_free(decoder);
    population_free(population);
    return checked;
}

START_TEST(decoders_match_the_peer)
{
    struct table t = table_read("nef_decoders.csv"), s = table_read("nef_summary.csv");
    size_t checked = 0;
    for (size_t r = 0; r < s.rows; r++) {
        struct wanted w = {table_text(&s, r, "ens")[0], table_text(&s, r, "function"),
                           (size_t)table_number(&s, r, "out_dim"), table_number(&s, r, "reg")};
        checked += check_column(&t, &w);
    }
    ck_assert_uint_eq(checked, t.rows);
    table_free(&t);
    table_free(&s);
}
END_TEST

START_TEST(decoded_values_match_the_peer)
{
    struct table t = table_read("nef_decoded.csv");
    char last = 0;
    const char *function = "";
    struct population *population = NULL;
    struct decoder *decoder = NULL;
    for (size_t r = 0; r < t.rows; r++) {
        char name = table_text(&t, r, "ens")[0];
        if (name != last || strcmp(function, table_text(&t, r, "function")) != 0) {
            decoder_free(decoder);
            population_free(population);
            last = name;
            function = table_text(&t, r, "function");
            population = ensemble_population(name, &neuron_lif);
            decoder = ensemble_decoder(population, ensemble_function(function, population->dims), name, 0.1);
        }
        double x[2] = {table_number(&t, r, "x0"), table_number(&t, r, "x1")}, y[2];
        decoder_value(decoder, population, x, y);
        double peer = table_number(&t, r, "decoded"), got = y[(size_t)table_number(&t, r, "out_dim")];
        ck_assert_msg(fabs(got - peer) <= TOLERANCE, "%c %s at %g: %.17g, peer %.17g", name, function, x[0], got, peer);
    }
    decoder_free(decoder);
    population_free(population);
    table_free(&t);
}
END_TEST

/* ---- without a peer ---- */

static struct population *drawn(size_t n, size_t dims)
{
    struct population_spec spec;
    struct error error;
    population_spec_init(&spec);
    spec.n = n;
    spec.dims = dims;
    struct population *population = population_new(&spec, &error);
    ck_assert(population != NULL);
    population_spec_free(&spec);
    return population;
}

static struct decoder *solve(const struct population *population, const char *text, size_t count, double reg,
                             struct progress progress, struct error *error)
{
    struct function *f = function_new(text, population->dims, error);
    ck_assert_msg(f != NULL, "%s", error->text);
    struct eval_points *points = eval_points_draw(population, count, 1);
    struct decoder *decoder = decoder_solve(population, f, points, reg, progress, error);
    eval_points_free(points);
    function_free(f);
    return decoder;
}

/* Both forms are the same solution: with as many points as neurons the one changes into the other. */
START_TEST(fewer_points_than_neurons_change_nothing_but_the_way)
{
    struct error error;
    struct population *large = drawn(700, 1);
    struct function *f = function_new("x^3", 1, &error);
    struct eval_points *points = eval_points_draw(large, 699, 1);
    struct decoder *few = decoder_solve(large, f, points, 0.1, (struct progress){0}, &error);
    /* the same points twice: the mean square is the same, so is m sigma^2 / m */
    points->x = xreallocarray(points->x, 2 * points->count, sizeof *points->x);
    memcpy(points->x + points->count, points->x, points->count * sizeof *points->x);
    points->count *= 2;
    struct decoder *many = decoder_solve(large, f, points, 0.1, (struct progress){0}, &error);
    ck_assert(few && many);
    double most = 0;
    for (size_t i = 0; i < few->n; i++)
        most = fmax(most, fabs(many->weight[i]));
    for (size_t i = 0; i < few->n; i++)
        ck_assert_msg(fabs(few->weight[i] - many->weight[i]) <= TOLERANCE * most, "neuron %zu: %.17g, %.17g", i,
                      few->weight[i], many->weight[i]);
    decoder_free(few);
    decoder_free(many);
    eval_points_free(points);
    function_free(f);
    population_free(large);
}
END_TEST

/* More neurons than a panel of BLAS calls and than a block of points: seams would show as a residual. */
START_TEST(the_normal_equations_hold_over_all_seams)
{
    struct error error;
    struct population *population = drawn(1601, 1);
    struct decoder *d = solve(population, "sin(pi*x),x^2", 3301, 0.1, (struct progress){0}, &error);
    ck_assert_msg(d != NULL, "%s", error.text);
    struct eval_points *points = eval_points_draw(population, 3301, 1);
    double sigma = 0.1 * d->highest, *left = xcalloc(d->n * 2, sizeof *left), *rate = xcalloc(d->n, sizeof *rate);
    for (size_t k = 0; k < points->count; k++) {
        double x = points->x[k], y[2], target[2] = {sin(3.14159265358979323846 * x), x * x};
        for (size_t i = 0; i < d->n; i++)
            rate[i] = population_rate(population, NULL, i, &x);
        decoder_decode(d, rate, y);
        for (size_t o = 0; o < 2; o++)
            for (size_t i = 0; i < d->n; i++)
                left[o * d->n + i] += rate[i] * (y[o] - target[o]);
    }
    for (size_t j = 0; j < 2 * d->n; j++) {
        double ridge = (double)points->count * sigma * sigma * d->weight[j];
        ck_assert_msg(fabs(left[j] + ridge) <= 1e-7 * d->highest, "entry %zu: gradient %g beside ridge %g", j,
                      left[j] + ridge, ridge);
    }
    free(left);
    free(rate);
    eval_points_free(points);
    decoder_free(d);
    population_free(population);
}
END_TEST

/* The mirrored pair, plain and regularised. */
START_TEST(two_neurons_match_the_peer)
{
    struct table t = table_read("two_neuron_table.csv");
    struct error error;
    for (size_t r = 0; r < t.rows; r++) {
        struct population_spec spec;
        population_spec_init(&spec);
        spec.n = 2;
        spec.max_rates.low = spec.max_rates.high = table_number(&t, r, "max_rate");
        spec.intercepts.low = spec.intercepts.high = table_number(&t, r, "intercept");
        spec.encoders.kind = DISTRIBUTION_VALUES;
        spec.encoders.count = 2;
        spec.encoders.values = xcalloc(2, sizeof(double));
        spec.encoders.values[0] = 1;
        spec.encoders.values[1] = -1;
        struct population *pair = population_new(&spec, &error);
        ck_assert_msg(pair != NULL, "%s", error.text);
        struct eval_points points = {.count = 1000, .dims = 1, .x = xcalloc(1000, sizeof(double))};
        for (size_t k = 0; k < 1000; k++)
            points.x[k] = -1 + (2 * (double)k + 1) / 1000;
        struct function *f = function_new("x", 1, &error);
        struct decoder *d = decoder_solve(pair, f, &points, table_number(&t, r, "reg"), (struct progress){0}, &error);
        ck_assert_msg(d != NULL, "row %zu: %s", r, error.text);
        for (size_t i = 0; i < 2; i++) {
            double peer = table_number(&t, r, i ? "decoder1_per_hz" : "decoder0_per_hz");
            ck_assert_msg(near_relative(d->weight[i], peer, 1e-9), "row %zu: %.17g, peer %.17g", r, d->weight[i], peer);
        }
        decoder_free(d);
        function_free(f);
        free(points.x);
        population_free(pair);
        population_spec_free(&spec);
    }
    table_free(&t);
}
END_TEST

START_TEST(silent_neurons_get_no_weight)
{
    struct population_spec spec;
    struct error error;
    population_spec_init(&spec);
    struct neuron_table given = {.n = 3,
                                 .dims = 1,
                                 .gain = (double[]){2, 2, 2},
                                 .bias = (double[]){-50, 1, 1},
                                 .encoders = (double[]){1, 1, -1}};
    spec.given = &given;
    struct population *population = population_new(&spec, &error);
    for (double reg = 0; reg < 0.2; reg += 0.1) {
        struct decoder *d = solve(population, "x", 0, reg, (struct progress){0}, &error);
        ck_assert_msg(d != NULL, "reg %g: %s", reg, error.text);
        ck_assert_uint_eq(d->silent, 1);
        ck_assert_msg(d->weight[0] == 0, "reg %g: the silent neuron weighs %g", reg, d->weight[0]);
        ck_assert_msg(d->weight[1] > 0 && d->weight[2] < 0, "reg %g: %g and %g", reg, d->weight[1], d->weight[2]);
        decoder_free(d);
    }
    population_free(population);
    given.bias = (double[]){-50, -50, -50};
    population = population_new(&spec, &error);
    for (double reg = 0; reg < 0.2; reg += 0.1) {
        struct decoder *d = solve(population, "x", reg > 0 ? 2 : 0, reg, (struct progress){0}, &error);
        ck_assert_msg(d != NULL, "reg %g: %s", reg, error.text);
        ck_assert_uint_eq(d->silent, 3);
        for (size_t i = 0; i < 3; i++)
            ck_assert_msg(d->weight[i] == 0, "all silent, reg %g: neuron %zu weighs %g", reg, i, d->weight[i]);
        decoder_free(d);
    }
    population_free(population);
}
END_TEST

/* One point can be met by many weights; the smallest are wanted. */
START_TEST(plain_least_squares_of_smallest_norm)
{
    struct error error;
    struct population *population = drawn(40, 1);
    struct decoder *d = solve(population, "x", 1, 0, (struct progress){0}, &error);
    ck_assert_msg(d != NULL, "%s", error.text);
    struct eval_points *point = eval_points_draw(population, 1, 1);
    double y, square = 0, dot = 0;
    decoder_value(d, population, point->x, &y);
    ck_assert_msg(fabs(y - point->x[0]) < 1e-12, "decodes %.17g of %.17g", y, point->x[0]);
    for (size_t i = 0; i < d->n; i++) {
        double rate = population_rate(population, NULL, i, point->x);
        square += rate * rate;
        dot += d->weight[i] * d->weight[i];
    }
    ck_assert_msg(fabs(dot - point->x[0] * point->x[0] / square) < 1e-12 * dot, "norm %g is not the least", dot);
    eval_points_free(point);
    decoder_free(d);
    population_free(population);
}
END_TEST

START_TEST(eval_points_fill_the_ball)
{
    ck_assert_uint_eq(eval_points_usual(50, 1), 750);
    ck_assert_uint_eq(eval_points_usual(50, 3), 1500);
    ck_assert_uint_eq(eval_points_usual(50, 64), 2500);
    ck_assert_uint_eq(eval_points_usual(5000, 1), 10000);
    for (size_t dims = 1; dims <= 3; dims++) {
        struct population *population = drawn(10, dims);
        population->radius = 2;
        struct eval_points *points = eval_points_draw(population, 20000, 7);
        size_t inside = 0;
        double mean = 0;
        for (size_t k = 0; k < points->count; k++) {
            double square = 0;
            for (size_t d = 0; d < dims; d++)
                square += points->x[k * dims + d] * points->x[k * dims + d];
            ck_assert_msg(square <= 4 * (1 + 1e-12), "dims %zu: a point at distance %g", dims, sqrt(square));
            inside += square <= 1;
            mean += points->x[k * dims] / 20000;
        }
        double share = pow(0.5, (double)dims), got = (double)inside / 20000;
        ck_assert_msg(fabs(got - share) < 0.015, "dims %zu: %g of the points in half the radius, not %g", dims, got,
                      share);
        ck_assert_msg(fabs(mean) < 0.05, "dims %zu: mean %g", dims, mean);
        eval_points_free(points);
        population_free(population);
    }
}
END_TEST

struct stopper {
    int asked;
    double last;
};

static bool stop_at_third(void *context, double fraction)
{
    struct stopper *s = context;
    ck_assert_msg(fraction >= s->last && fraction <= 1.000001, "progress went from %g to %g", s->last, fraction);
    s->last = fraction;
    return ++s->asked == 3;
}

static bool never_stop(void *context, double fraction)
{
    struct stopper *s = context;
    ck_assert_msg(fraction >= s->last && fraction <= 1.000001, "progress went from %g to %g", s->last, fraction);
    s->last = fraction;
    return false;
}

START_TEST(long_work_can_be_stopped)
{
    struct error error;
    struct population *population = drawn(1500, 1);
    for (size_t count = 1200; count <= 3200; count += 2000) {
        struct stopper stopper = {0}, patient = {0};
        ck_assert(solve(population, "x", count, 0.1, (struct progress){stop_at_third, &stopper}, &error) == NULL);
        ck_assert_str_eq(error.text, "interrupted");
        struct decoder *d = solve(population, "x", count, 0.1, (struct progress){never_stop, &patient}, &error);
        ck_assert(d != NULL);
        ck_assert_msg(patient.last > 0.8, "%zu points: progress ended at %g", count, patient.last);
        decoder_free(d);
    }
    population_free(population);
}
END_TEST

static void refused(size_t n, const char *function, size_t count, double reg, const char *sentence)
{
    struct error error = {""};
    struct population *population = drawn(n, 1);
    struct decoder *d = solve(population, function, count, reg, (struct progress){0}, &error);
    ck_assert_msg(d == NULL, "%s was solved", sentence);
    ck_assert_str_eq(error.text, sentence);
    population_free(population);
}

START_TEST(impossible_requests_get_a_sentence)
{
    refused(10, "x", 0, -1, "reg=-1: must be 0 or more, and finite");
    refused(10, "x", 0, NAN, "reg=nan: must be 0 or more, and finite");
    refused(100000, "x", 0, 0.1,
            "decoders of 100 000 neurons at 200 000 points need a matrix of 80 GB; up to 15 000 neurons "
            "work, or more "
            "with fewer points: eval_points=2000");
    refused(3000, "x", 6000, 0,
            "3000 neurons at 6000 points are too many for plain least squares (reg=0); reg=1e-4 works");
    struct error error;
    struct population *two = drawn(10, 2), *one = drawn(10, 1);
    struct function *f = function_new("x1", 2, &error);
    struct eval_points *points = eval_points_draw(one, 10, 1);
    ck_assert(decoder_solve(two, f, points, 0.1, (struct progress){0}, &error) == NULL);
    ck_assert_str_eq(error.text, "evaluation points of dimension 1 do not fit a population of dimension 2");
    eval_points_free(points);
    function_free(f);
    population_free(one);
    population_free(two);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("nef: decoder", decoders_match_the_peer, decoded_values_match_the_peer,
                       fewer_points_than_neurons_change_nothing_but_the_way, the_normal_equations_hold_over_all_seams,
                       two_neurons_match_the_peer, silent_neurons_get_no_weight, plain_least_squares_of_smallest_norm,
                       eval_points_fill_the_ball, long_work_can_be_stopped, impossible_requests_get_a_sentence);
}
