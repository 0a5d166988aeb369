/* Networks, against the peer's seconds for a simulated second (measured on a machine like the one this was written on):
 * two populations joined by a function; PES from neurons to neurons; ten populations in a ring; a large pair; and
 * Dale's principle. Processor time of one thread. Prints, never fails. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/xalloc.h"
#include "network/build.h"
#include "network/dale.h"

static double processor_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static size_t population(struct network_spec *spec, const char *name, size_t n)
{
    struct place_spec *place = network_spec_place(spec, name);
    place->population.n = n;
    place->population.seed = spec->places;
    return spec->places - 1;
}

static size_t node(struct network_spec *spec, const char *name)
{
    network_spec_place(spec, name)->node = true;
    return spec->places - 1;
}

static struct connection_spec *join(struct network_spec *spec, size_t pre, size_t post, const char *function)
{
    char name[32];
    snprintf(name, sizeof name, "c%zu", spec->connections);
    struct connection_spec *c = network_spec_connect(spec, name, pre, post);
    c->function = function ? xstrdup(function) : NULL;
    c->point_count = 1000;
    return c;
}

/* Processor seconds for a simulated second of 1000 steps, the ideal beside it. */
static double seconds(struct network_spec *spec, size_t steps)
{
    struct error error = {""};
    struct network_parts *parts = network_parts_new(spec, (struct progress){0}, &error);
    if (!parts) {
        printf("  %s\n", error.text);
        exit(1);
    }
    double start = 0;
    for (size_t done = 0, warm = 160; done < steps + warm; done += NETWORK_STEPS) {
        if (done == warm)
            start = processor_seconds();
        for (size_t i = 0; i < spec->places; i++) {
            memset(parts->network->place[i].x, 0, NETWORK_STEPS * parts->network->place[i].dims * sizeof(double));
            memset(parts->ideal->place[i].x, 0, NETWORK_STEPS * parts->ideal->place[i].dims * sizeof(double));
        }
        for (size_t k = 0; k < NETWORK_STEPS; k++)
            parts->network->place[0].x[k] = parts->ideal->place[0].x[k] = 0.7;
        network_advance(parts->network, 0.001, NETWORK_STEPS);
        network_advance(parts->ideal, 0.001, NETWORK_STEPS);
    }
    double took = (processor_seconds() - start) * 1000 / (double)steps;
    network_parts_free(parts);
    network_spec_free(spec);
    return took;
}

static void pair(size_t n, double peer)
{
    struct network_spec spec;
    network_spec_init(&spec);
    size_t a = population(&spec, "A", n), b = population(&spec, "B", n);
    join(&spec, a, b, "x^2");
    double took = seconds(&spec, 4000);
    printf("%zu to %zu through x^2: %.4f s a simulated second, peer %.2f s: %.0f times\n", n, n, took, peer,
           peer / took);
}

static void learned(size_t n, double peer)
{
    struct network_spec spec;
    network_spec_init(&spec);
    size_t a = population(&spec, "A", n), b = population(&spec, "B", n), e = node(&spec, "E");
    struct connection_spec *c = join(&spec, a, b, NULL);
    c->kind = &connection_full;
    c->solver = &solver_zero;
    c->learning = (struct learning_spec){&rule_pes, true, 1e-5, 0.005, false, true, e};
    join(&spec, b, e, NULL);
    join(&spec, a, e, "-x^2");
    double took = seconds(&spec, 2000);
    printf("PES, %zu neurons to %zu: %.4f s a simulated second", n, n, took);
    if (peer > 0)
        printf(", peer %.2f s: %.0f times", peer, peer / took);
    printf(", %.1fx real time\n", 1 / took);
}

static void ring(void)
{
    struct network_spec spec;
    network_spec_init(&spec);
    for (size_t i = 0; i < 10; i++)
        population(&spec, "R", 1000);
    for (size_t i = 0; i < 10; i++)
        join(&spec, i, (i + 1) % 10, NULL);
    printf("ring of ten populations of 1000: %.1fx real time on one core\n", 1 / seconds(&spec, 2000));
}

static void large(void)
{
    struct network_spec spec;
    network_spec_init(&spec);
    size_t a = population(&spec, "A", 100000), b = population(&spec, "B", 100000);
    join(&spec, a, b, NULL)->point_count = 100;
    printf("100 000 to 100 000 decoded: %.2fx real time on one core\n", 1 / seconds(&spec, 320));
}

static void dale(bool gram)
{
    struct network_spec spec;
    struct error error = {""};
    network_spec_init(&spec);
    size_t a = population(&spec, "A", 101), b = population(&spec, "B", 102);
    struct connection_spec *c = join(&spec, a, b, "x^2");
    c->kind = &connection_full;
    c->solver = &solver_dale;
    c->gram = gram;
    c->reg = 0.01;
    c->points = eval_points_even(-1, 1, 10001);
    double start = processor_seconds();
    struct network_parts *parts = network_parts_new(&spec, (struct progress){0}, &error);
    printf("Dale, 101 to 102 neurons at 10 001 points, %s: %.3f s, KKT violation %.1g\n", gram ? "gram" : "stacked",
           processor_seconds() - start, parts ? parts->connection[0]->met.violation : 0);
    network_parts_free(parts);
    network_spec_free(&spec);
}

int main(void)
{
    struct error error = {""};
    decoder_prepare(&error);
    pair(1000, 0.29);
    learned(1000, 4.8);
    learned(10000, 0);
    ring();
    large();
    dale(false);
    dale(true);
    return 0;
}
