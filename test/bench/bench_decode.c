/* What decoding spikes costs beside the population's own step: readout_spikes over what each step left in the
 * batch, and the batch's own filling, which happens whether anybody decodes or not. Prints, never fails. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/xalloc.h"
#include "engine/sim.h"
#include "nef/readout.h"

#define STEPS 16
#define CHUNKS 40

struct cost {
    double own, decode; /* s, the least of all chunks */
    double rate;        /* Hz */
};

static double least(double old, double now)
{
    return old == 0 || now < old ? now : old;
}

static struct cost measure(size_t n, double dt, const struct neuron_model *model, const struct decoder *decoder)
{
    struct population_spec spec;
    struct error error;
    population_spec_init(&spec);
    spec.n = n;
    spec.model = model;
    struct population *p = population_new(&spec, &error);
    struct population_state *state = population_state_new(p);
    struct spike_batch *batch = batch_new(1, STEPS, STEPS * n);
    uint64_t *bits = xcalloc(STEPS * (p->padded / 64), sizeof *bits);
    double x[STEPS], out[FUNCTION_OUTPUTS_MAX], sink = 0;
    struct cost cost = {0};
    size_t spikes = 0;
    for (size_t k = 0; k < STEPS; k++)
        x[k] = 0.5;
    for (int chunk = 0; chunk < CHUNKS; chunk++) {
        double start = clock_seconds();
        population_advance(p, state, dt, STEPS, x, bits);
        cost.own = least(cost.own, clock_seconds() - start);
        batch_clear(batch);
        for (size_t k = 0; k < STEPS; k++)
            batch_step(batch, 0, x, bits + k * (p->padded / 64), n);
        spikes += batch->spikes;
        start = clock_seconds();
        for (size_t k = 0, from = 0; k < STEPS; from = batch->end[k++]) {
            readout_spikes(decoder, batch->neuron + from, batch->end[k] - from, 1 / dt, out);
            sink += out[0];
        }
        cost.decode = least(cost.decode, clock_seconds() - start);
    }
    cost.rate = (double)spikes / ((double)n * STEPS * CHUNKS * dt) + 0 * sink;
    free(bits);
    batch_free(batch);
    population_state_free(state);
    population_free(p);
    return cost;
}

int main(void)
{
    static const size_t sizes[] = {100, 1000, 10000, 100000, 1000000};
    const struct neuron_model *models[] = {&neuron_fastlif, &neuron_lif};
    for (size_t m = 0; m < 2; m++)
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            size_t n = sizes[i];
            struct decoder decoder = {.n = n, .outputs = 1, .weight = xcalloc(n, sizeof(double))};
            struct cost cost = measure(n, 0.001, models[m], &decoder);
            double neurons = (double)n * STEPS;
            printf("decode %-8s n %7zu, %3.0f Hz: own step %5.2f ns a neuron, decoding %5.2f ns, ratio %.2f\n",
                   models[m]->name, n, cost.rate, cost.own / neurons * 1e9, cost.decode / neurons * 1e9,
                   cost.decode / cost.own);
            free(decoder.weight);
        }
    return 0;
}
