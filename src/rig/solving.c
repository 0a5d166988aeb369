#include "rig/solving.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/xalloc.h"
#include "engine/errand.h"
#include "rig/channel.h"

#define QUICK 1e7 /* multiplications: some milliseconds */

struct solving {
    struct population_spec spec;
    struct solution solution;  /* decoder NULL: it failed */
    struct function *function; /* the one that is solved for; the solution's is for the UI */
    struct eval_points *points;
    struct error error;
    bool wrong; /* cannot even begin */
    bool did;   /* done without a thread */
    struct errand *errand;
    atomic_bool stop;
    _Atomic double fraction; /* done */
};

void solution_free(struct solution *s)
{
    decoder_free(s->decoder);
    function_free(s->function);
    free(s->low);
    free(s->high);
    *s = (struct solution){0};
}

static const char *decoded_function(const struct population_spec *spec)
{
    return spec->function ? spec->function : "x";
}

/* Here, on the UI's thread: muParser shares a buffer. */
static bool make_functions(struct solving *s)
{
    size_t dims = s->spec.given ? s->spec.given->dims : s->spec.dims;
    const char *text = decoded_function(&s->spec);
    s->function = function_new(text, dims, &s->error);
    s->solution.function = s->function ? function_new(text, dims, &s->error) : NULL;
    s->solution.identity = s->function && function_is_identity(s->function);
    return s->solution.function;
}

/* Here nobody can ask for fewer points, so the sentence says where one can. */
static bool fits(const struct population *p, struct error *error)
{
    struct error ignored;
    char neurons[NUMBER_HUMAN];
    return decoder_fits(p->n, eval_points_usual(p->n, p->dims), &ignored) ||
           error_set(error,
                     "%s neurons are too many to decode what they spike: 15 000 are the most; decoders and "
                     "decode take "
                     "more, with eval_points=2000",
                     number_grouped(neurons, p->n));
}

struct solving *solving_new(const struct channel *channel)
{
    struct solving *s = xcalloc(1, sizeof *s);
    population_spec_copy(&s->spec, &channel->spec);
    atomic_init(&s->stop, false);
    atomic_init(&s->fraction, 0);
    const struct population *p = channel->population;
    s->wrong = !make_functions(s) || !fits(p, &s->error) || !decoder_prepare(&s->error);
    if (!s->wrong)
        s->points = eval_points_of(&s->spec, p);
    return s;
}

bool solving_fits(const struct solving *s, const struct channel *channel)
{
    size_t n = s->spec.given ? s->spec.given->n : s->spec.n;
    return s->function && n == channel->population->n && function_dims(s->function) == channel->population->dims &&
           strcmp(decoded_function(&s->spec), decoded_function(&channel->spec)) == 0;
}

bool solving_is_quick(const struct solving *s)
{
    size_t n = s->spec.given ? s->spec.given->n : s->spec.n;
    return s->wrong || (double)n * (double)n * (double)s->points->count / 2 < QUICK;
}

static void find_range(struct solving *s)
{
    size_t outputs = function_outputs(s->function), dims = function_dims(s->function);
    double y[FUNCTION_OUTPUTS_MAX];
    s->solution.low = xcalloc(outputs, sizeof *s->solution.low);
    s->solution.high = xcalloc(outputs, sizeof *s->solution.high);
    for (size_t k = 0; k < outputs; k++) {
        s->solution.low[k] = INFINITY;
        s->solution.high[k] = -INFINITY;
    }
    for (size_t i = 0; i < s->points->count; i++) {
        function_value(s->function, s->points->x + i * dims, y);
        for (size_t k = 0; k < outputs; k++) {
            s->solution.low[k] = fmin(s->solution.low[k], y[k]);
            s->solution.high[k] = fmax(s->solution.high[k], y[k]);
        }
    }
}

static void solve(struct solving *s, struct progress progress)
{
    struct population *population = population_new(&s->spec, &s->error);
    if (!population)
        return;
    s->solution.decoder = decoder_solve(population, s->function, s->points, s->spec.reg, progress, &s->error);
    population_free(population);
    if (s->solution.decoder)
        find_range(s);
}

void solving_do(struct solving *s, struct progress progress)
{
    if (!s->wrong)
        solve(s, progress);
    s->did = true;
}

static bool stopped(void *context, double fraction)
{
    struct solving *s = context;
    atomic_store(&s->fraction, fraction);
    return atomic_load(&s->stop);
}

static void work(void *argument)
{
    struct solving *s = argument;
    solve(s, (struct progress){stopped, s});
}

void solving_start(struct solving *s)
{
    if (s->wrong)
        s->did = true;
    else
        s->errand = errand_start(work, s, NULL, NULL);
}

bool solving_done(const struct solving *s)
{
    return s->did || errand_done(s->errand);
}

void solving_stop(struct solving *s)
{
    atomic_store(&s->stop, true);
}

bool solving_stopped(const struct solving *s)
{
    return atomic_load(&s->stop);
}

bool solving_result(struct solving *s, struct solution *solution, struct error *error)
{
    errand_free(s->errand);
    s->errand = NULL;
    s->did = true;
    if (!s->solution.decoder) {
        *error = s->error;
        return false;
    }
    *solution = s->solution;
    s->solution = (struct solution){0};
    return true;
}

void solving_free(struct solving *s)
{
    if (!s)
        return;
    solving_stop(s);
    errand_free(s->errand);
    solution_free(&s->solution);
    function_free(s->function);
    eval_points_free(s->points);
    population_spec_free(&s->spec);
    free(s);
}
