/* The peer's ensembles A to F, from test/data/nef_*.csv. */
#ifndef TEST_NEF_ENSEMBLES_H
#define TEST_NEF_ENSEMBLES_H

#include "harness.h"

#include "base/xalloc.h"
#include "model/population.h"
#include "nef/decoder.h"

#define ENSEMBLES "ABCDEF"

static inline bool ensemble_has(const struct table *t, size_t row, char name)
{
    return table_text(t, row, "ens")[0] == name;
}

static inline size_t ensemble_row(const struct table *t, char name)
{
    for (size_t r = 0; r < t->rows; r++)
        if (ensemble_has(t, r, name))
            return r;
    ck_abort_msg("no ensemble %c", name);
    return 0;
}

/* Its neurons, as neurons=@FILE would give them. */
static inline void ensemble_neurons(char name, struct neuron_table *given)
{
    struct table t = table_read("nef_neurons.csv");
    size_t i = 0;
    for (size_t r = 0; r < t.rows; r++) {
        if (!ensemble_has(&t, r, name))
            continue;
        given->gain[i] = table_number(&t, r, "gain");
        given->bias[i] = table_number(&t, r, "bias");
        for (size_t d = 0; d < given->dims; d++)
            given->encoders[i * given->dims + d] = table_number(&t, r, d ? "enc1" : "enc0");
        i++;
    }
    ck_assert_uint_eq(i, given->n);
    table_free(&t);
}

static inline struct population *ensemble_population(char name, const struct neuron_model *spiking)
{
    struct table t = table_read("nef_ensembles.csv");
    size_t r = ensemble_row(&t, name);
    struct population_spec spec;
    struct error error;
    population_spec_init(&spec);
    spec.radius = table_number(&t, r, "radius");
    spec.params.tau_rc = table_number(&t, r, "tau_rc");
    spec.params.tau_ref = table_number(&t, r, "tau_ref");
    bool soft = strcmp(table_text(&t, r, "neuron_type"), "SoftLIFRate") == 0;
    if (soft)
        spec.params.sigma = table_number(&t, r, "sigma");
    spec.model = soft ? &neuron_softlif : spiking;
    struct neuron_table *given = spec.given = xcalloc(1, sizeof *given);
    given->n = (size_t)table_number(&t, r, "n");
    given->dims = (size_t)table_number(&t, r, "dims");
    given->gain = xcalloc(given->n, sizeof(double));
    given->bias = xcalloc(given->n, sizeof(double));
    given->encoders = xcalloc(given->n * given->dims, sizeof(double));
    ensemble_neurons(name, given);
    struct population *population = population_new(&spec, &error);
    ck_assert_msg(population != NULL, "ensemble %c: %s", name, error.text);
    population_spec_free(&spec);
    table_free(&t);
    return population;
}

static inline struct eval_points *ensemble_points(char name, size_t dims)
{
    struct table t = table_read("nef_eval_points.csv");
    struct eval_points *points = xcalloc(1, sizeof *points);
    points->dims = dims;
    points->x = xcalloc(t.rows * dims, sizeof(double));
    for (size_t r = 0; r < t.rows; r++) {
        if (!ensemble_has(&t, r, name))
            continue;
        for (size_t d = 0; d < dims; d++)
            points->x[points->count * dims + d] = table_number(&t, r, d ? "x1" : "x0");
        points->count++;
    }
    table_free(&t);
    return points;
}

/* The peer's name for a function in the words of this program. */
static inline const char *ensemble_function(const char *peer, size_t dims)
{
    if (strcmp(peer, "x") == 0)
        return dims == 1 ? "x" : "x1,x2";
    return strcmp(peer, "x2") == 0 ? "x^2" : strcmp(peer, "x1x2") == 0 ? "x1*x2" : "sin(pi*x)";
}

static inline struct decoder *ensemble_decoder(const struct population *population, const char *function, char name,
                                               double reg)
{
    struct error error;
    struct eval_points *points = ensemble_points(name, population->dims);
    struct function *f = function_new(function, population->dims, &error);
    ck_assert_msg(f != NULL, "%s: %s", function, f ? "" : error.text);
    struct decoder *decoder = decoder_solve(population, f, points, reg, (struct progress){0}, &error);
    ck_assert_msg(decoder != NULL, "ensemble %c, %s: %s", name, function, decoder ? "" : error.text);
    function_free(f);
    eval_points_free(points);
    return decoder;
}

#endif
