/* Decoders of 1000 neurons at 2000 points and of 5000 at 10000: all of it, the rates alone, and the bare
 * calls of LAPACKE on rates that are in memory, which is what the reference's time is of. One thread. Prints,
 * never fails. */
#include <dlfcn.h>
#include <lapacke.h>
#include <cblas.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/xalloc.h"
#include "nef/decoder.h"

struct bench {
    size_t n, m;
    double reference; /* s, LstsqL2 of nengo on one thread, elsewhere */
    int rounds;
};

static const struct bench benches[] = {{1000, 2000, 0.047, 5}, {5000, 10000, 5.3, 1}};

struct calls {
    __typeof__(&cblas_dsyrk) dsyrk;
    __typeof__(&cblas_dgemv) dgemv;
    __typeof__(&LAPACKE_dpotrf_work) dpotrf;
    __typeof__(&LAPACKE_dpotrs_work) dpotrs;
};

/* Others may be at work on this machine. */
static double processor_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void find(const char *library, const char *name, void *call)
{
    void *open = dlopen(library, RTLD_NOW), *address = open ? dlsym(open, name) : NULL;
    memcpy(call, &address, sizeof address);
}

/* The libraries are open, decoder_prepare has seen to that. */
static bool find_calls(struct calls *calls)
{
    find("libopenblas.so.0", "cblas_dsyrk", &calls->dsyrk);
    find("libopenblas.so.0", "cblas_dgemv", &calls->dgemv);
    find("liblapacke.so.3", "LAPACKE_dpotrf_work", &calls->dpotrf);
    find("liblapacke.so.3", "LAPACKE_dpotrs_work", &calls->dpotrs);
    return calls->dsyrk && calls->dgemv && calls->dpotrf && calls->dpotrs;
}

static double fill_rates(const struct population *population, const struct eval_points *points, double *a)
{
    double start = processor_seconds();
    for (size_t k = 0; k < points->count; k++)
        for (size_t i = 0; i < population->n; i++)
            a[k * population->n + i] = population_rate(population, NULL, i, points->x + k);
    return processor_seconds() - start;
}

static double solve_bare(const struct calls *calls, const struct bench *bench, const double *a, const double *y)
{
    double *g = xcalloc(bench->n * bench->n, sizeof *g), *d = xcalloc(bench->n, sizeof *d);
    int n = (int)bench->n, m = (int)bench->m;
    double start = processor_seconds();
    calls->dsyrk(CblasColMajor, CblasLower, CblasNoTrans, n, m, 1, a, n, 0, g, n);
    for (size_t i = 0; i < bench->n; i++)
        g[i * bench->n + i] += (double)bench->m * 40 * 40;
    calls->dgemv(CblasColMajor, CblasNoTrans, n, m, 1, a, n, y, 1, 0, d, 1);
    calls->dpotrf(LAPACK_COL_MAJOR, 'L', n, g, n);
    calls->dpotrs(LAPACK_COL_MAJOR, 'L', n, 1, g, n, d, n);
    double time = processor_seconds() - start;
    free(g);
    free(d);
    return time;
}

static double solve_all(const struct population *population, struct function *function,
                        const struct eval_points *points)
{
    struct error error;
    double start = processor_seconds();
    struct decoder *decoder = decoder_solve(population, function, points, 0.1, (struct progress){0}, &error);
    double time = processor_seconds() - start;
    if (!decoder)
        printf("decoders: %s\n", error.text);
    decoder_free(decoder);
    return time;
}

static void keep_least(double *least, double time)
{
    *least = *least == 0 || time < *least ? time : *least;
}

static void run(const struct bench *bench, const struct calls *calls)
{
    struct population_spec spec;
    struct error error;
    population_spec_init(&spec);
    spec.n = bench->n;
    struct population *population = population_new(&spec, &error);
    struct function *function = function_new("x", 1, &error);
    struct eval_points *points = eval_points_draw(population, bench->m, 1);
    double *a = xreallocarray(NULL, bench->n * bench->m, sizeof *a), all = 0, rates = 0, bare = 0;
    for (int round = 0; round < bench->rounds; round++) {
        keep_least(&all, solve_all(population, function, points));
        keep_least(&rates, fill_rates(population, points, a));
        keep_least(&bare, solve_bare(calls, bench, a, points->x));
    }
    printf("decoders n=%zu, m=%zu: %.3f s with the rates of %.3f s: x%.2f; bare LAPACKE on ready rates %.3f "
           "s: x%.2f of the "
           "reference's %.3g s (elsewhere)\n",
           bench->n, bench->m, all, rates, all / bench->reference, bare, bare / bench->reference, bench->reference);
    free(a);
    eval_points_free(points);
    function_free(function);
    population_free(population);
    population_spec_free(&spec);
}

int main(void)
{
    struct error error;
    struct calls calls;
    if (!decoder_prepare(&error) || !find_calls(&calls)) {
        printf("decoders: OpenBLAS or LAPACKE is not there\n");
        return 0;
    }
    for (size_t i = 0; i < sizeof benches / sizeof *benches; i++)
        run(&benches[i], &calls);
    return 0;
}
