/* FastLIF and LIF against literal scalar loops of the reference, per neuron-step, and normal numbers against GSL's
 * quickest, in alternation so that a machine whose speed drifts slows both; and how many times real time a million
 * neurons reach, spikes collected. Prints, never fails. */
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/cpu.h"
#include "base/xalloc.h"
#include "engine/crew.h"
#include "engine/engine.h"
#include "literal.h"
#include "model/normal.h"

#define DT 0.001
#define X 0.0 /* about 80 Hz on average with the range of max rates below */

static struct population *make(size_t n, const struct neuron_model *model)
{
    struct population_spec spec;
    struct error error;
    population_spec_init(&spec);
    spec.n = n;
    spec.model = model;
    struct population *p = population_new(&spec, &error);
    population_spec_free(&spec);
    if (!p) {
        fprintf(stderr, "%s\n", error.text);
        exit(EXIT_FAILURE);
    }
    return p;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double median(double *values, size_t count)
{
    qsort(values, count, sizeof *values, compare);
    return values[count / 2];
}

struct run {
    struct population *p;
    literal_step *literal;
    struct population_state *state;
    double *v, *r, *out;
    uint64_t *bits;
    size_t steps;
};

/* Of this thread: others that are at work do not count. */
static double processor_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static double time_literal(struct run *run, size_t *spikes)
{
    double start = processor_seconds();
    for (size_t s = 0; s < run->steps; s++)
        *spikes +=
            run->literal(run->p->n, run->p->bias, run->p->scaled, X, run->v, run->r, run->out, DT, &run->p->params);
    return (processor_seconds() - start) / (double)run->steps / (double)run->p->n * 1e9;
}

static double time_kernel(struct run *run)
{
    double x[POPULATION_STEPS];
    for (size_t k = 0; k < POPULATION_STEPS; k++)
        x[k] = X;
    double start = processor_seconds();
    for (size_t s = 0; s < run->steps; s += POPULATION_STEPS)
        population_advance(run->p, run->state, DT, POPULATION_STEPS, x, run->bits);
    return (processor_seconds() - start) / (double)run->steps / (double)run->p->n * 1e9;
}

static void bench_kernels(const struct neuron_model *model, literal_step *literal_of, size_t n, size_t rounds)
{
    struct run run = {.p = make(n, model), .literal = literal_of, .steps = n > 100000 ? 16 : 3200};
    run.state = population_state_new(run.p);
    run.v = xaligned(n, sizeof(double));
    run.r = xaligned(n, sizeof(double));
    run.out = xaligned(n, sizeof(double));
    run.bits = xaligned(POPULATION_STEPS * run.p->padded / 64, sizeof(uint64_t));
    for (enum cpu_set set = CPU_SETS; set-- > 0;) {
        double literal[64], ours[64], ratio[64];
        size_t spikes = 0;
        if (!cpu_use(set))
            continue;
        for (size_t k = 0; k < rounds; k++) {
            literal[k] = time_literal(&run, &spikes);
            ours[k] = time_kernel(&run);
            ratio[k] = literal[k] / ours[k];
        }
        double rate = (double)spikes / ((double)n * (double)(rounds * run.steps) * DT);
        printf("%-7s %-8s %8zu neurons, %4.1f Hz: %5.2f ns a neuron-step, literal loop %5.2f ns: %5.1f times faster\n",
               model->title, cpu_set_names[set], n, rate, median(ours, rounds), median(literal, rounds),
               median(ratio, rounds));
    }
    free(run.v);
    free(run.r);
    free(run.out);
    free(run.bits);
    population_state_free(run.state);
    population_free(run.p);
}

static void bench_normal(void)
{
    enum { ROUNDS = 9, STEPS = 20000 };
    _Alignas(64) double z[NEURON_BLOCK];
    gsl_rng *generator = gsl_rng_alloc(gsl_rng_mt19937);
    double sum = 0;
    for (enum cpu_set set = CPU_SETS; set-- > 0;) {
        double theirs[ROUNDS], ours[ROUNDS], ratio[ROUNDS];
        if (!cpu_use(set))
            continue;
        for (size_t k = 0; k < ROUNDS; k++) {
            double start = processor_seconds();
            for (size_t i = 0; i < STEPS * NEURON_BLOCK; i++)
                sum += gsl_ran_gaussian_ziggurat(generator, 1);
            double middle = processor_seconds();
            for (size_t s = 0; s < STEPS; s++) {
                normal_pairs(1, s, 0, 0, NEURON_BLOCK / 2, z, z + NEURON_BLOCK / 2);
                sum += z[s % NEURON_BLOCK];
            }
            theirs[k] = (middle - start) / STEPS / NEURON_BLOCK * 1e9;
            ours[k] = (processor_seconds() - middle) / STEPS / NEURON_BLOCK * 1e9;
            ratio[k] = theirs[k] / ours[k];
        }
        printf("normal  %-8s %5.2f ns a number, GSL's ziggurat on mt19937 %5.2f ns: %5.1f times faster%s\n",
               cpu_set_names[set], median(ours, ROUNDS), median(theirs, ROUNDS), median(ratio, ROUNDS),
               isfinite(sum) ? "" : ", and wrong");
    }
    gsl_rng_free(generator);
}

static bool drain_batch(void *engine)
{
    port_take(engine, 0);
    return true;
}

static void bench_million(const struct neuron_model *model)
{
    struct port *engine = engine_open(DT);
    struct population_spec spec;
    struct port_placed placed;
    struct error error;
    population_spec_init(&spec);
    spec.n = 1000000;
    spec.model = model;
    for (enum cpu_set set = CPU_SETS; !cpu_use(--set);)
        ;
    port_build(engine, 0, &spec, NULL, &error);
    port_place(engine, 0, &placed, &error);
    double factor[9];
    for (size_t k = 0; k < sizeof factor / sizeof *factor; k++) {
        double start = clock_seconds();
        port_advance(engine, 320, drain_batch, engine, &error);
        factor[k] = 320 * DT / (clock_seconds() - start);
    }
    printf("engine, 1 000 000 %s neurons, dt 1 ms, spikes collected: %.2f times real time on %zu threads\n",
           model->title, median(factor, sizeof factor / sizeof *factor), crew_size_here());
    port_free(engine);
}

int main(void)
{
    bench_kernels(&neuron_fastlif, literal_fastlif, 1000, 21);
    bench_kernels(&neuron_fastlif, literal_fastlif, 1000000, 9);
    bench_kernels(&neuron_lif, literal_lif, 1000, 21);
    bench_kernels(&neuron_lif, literal_lif, 1000000, 9);
    bench_normal();
    bench_million(&neuron_fastlif);
    bench_million(&neuron_lif);
    return EXIT_SUCCESS;
}
