/* One step of length dt, exactly for the free membrane:
 *
 *   tau_s = 0   V takes up noise of variance sigma^2 / 2 (1 - exp(-2 dt / tau)); as a current held over the
 * step that is sigma sqrt((1 + e) / (2 (1 - e))) N,  e = exp(-dt / tau) tau_s > 0   z, of variance 1, is an
 * Ornstein-Uhlenbeck process; the current is sigma sqrt(tau / (2 tau_s)) times its mean over the step, which
 * is drawn together with its end: z' = e z + a N1,  mean = (1 - e)/u z + b N1 + c N2,  u = dt / tau_s, e =
 * exp(-u)
 *
 * What is not exact is the threshold, which the neuron looks at only at the ends of steps. */
#include "model/private_noise.h"

#include <math.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "model/normal.h"
#include "model/random.h"
#include "model/stimulus_white.h"

/* Which of the numbers of a step: those of white noise, of the start of filtered noise, of its steps. */
enum draw { DRAW_WHITE, DRAW_START, DRAW_FILTERED };

struct private_noise {
    size_t neurons, blocks;
    uint64_t seed, key;
    uint64_t *step;  /* [blocks] that it has come to */
    double *z;       /* [blocks][NEURON_BLOCK] state of the synapses, variance 1 */
    double *current; /* [blocks][POPULATION_STEPS][NEURON_BLOCK] */
};

/* One number for each neuron of a block: half of them have the first of a pair, half the second. */
static void draw_block(const struct private_noise *noise, enum draw draw, size_t block, double *out)
{
    size_t pairs = NEURON_BLOCK / 2;
    normal_pairs(noise->key, noise->step[block], draw, (uint32_t)(block * pairs), pairs, out, out + pairs);
}

void private_noise_reset(struct private_noise *noise)
{
    for (size_t b = 0; b < noise->blocks; b++) {
        noise->step[b] = 0;
        draw_block(noise, DRAW_START, b, noise->z + b * NEURON_BLOCK);
    }
}

struct private_noise *private_noise_new(size_t neurons, uint64_t seed)
{
    struct private_noise *noise = xcalloc(1, sizeof *noise);
    noise->neurons = neurons;
    noise->blocks = (neurons + NEURON_BLOCK - 1) / NEURON_BLOCK;
    noise->seed = seed;
    noise->key = random_key(seed, RANDOM_PRIVATE);
    noise->step = xcalloc(noise->blocks, sizeof *noise->step);
    noise->z = xaligned(noise->blocks * NEURON_BLOCK, sizeof *noise->z);
    noise->current = xaligned(noise->blocks * POPULATION_STEPS * NEURON_BLOCK, sizeof *noise->current);
    private_noise_reset(noise);
    return noise;
}

void private_noise_free(struct private_noise *noise)
{
    if (!noise)
        return;
    free(noise->step);
    free(noise->z);
    free(noise->current);
    free(noise);
}

bool private_noise_is(const struct private_noise *noise, size_t neurons, uint64_t seed)
{
    return noise && noise->neurons == neurons && noise->seed == seed;
}

/* Constants of a step. */
struct step {
    double scale; /* of the noise, as a current */
    bool filtered;
    double e, a, decay, b, c;
};

static struct step step_of(const struct stimulus *white, double tau, double dt)
{
    double sigma = white->param[WHITE_SIGMA] * stimulus_white_scale(white), tau_s = white->param[WHITE_TAU_S];
    struct step k = {.filtered = tau_s > 0};
    if (!k.filtered) {
        double e = exp(-dt / tau);
        k.scale = sigma * sqrt((1 + e) / (-2 * expm1(-dt / tau)));
        return k;
    }
    double u = dt / tau_s, rest = -expm1(-u);
    k.scale = sigma * sqrt(tau / (2 * tau_s));
    k.e = exp(-u);
    k.a = sqrt(-expm1(-2 * u));
    k.decay = rest / u;
    k.b = rest * rest / (u * k.a);
    /* the variance of the mean, its series where the difference would cancel */
    double variance = u < 1e-3 ? u * (2. / 3 - u / 2) : (2 * u - 3 + 4 * k.e - k.e * k.e) / (u * u);
    k.c = sqrt(fmax(variance - k.b * k.b, 0));
    return k;
}

static void fill_white(const struct step *k, const struct private_noise *noise, size_t block, double mean,
                       double *current)
{
    draw_block(noise, DRAW_WHITE, block, current);
    for (size_t i = 0; i < NEURON_BLOCK; i++)
        current[i] = mean + k->scale * current[i];
}

static void fill_filtered(const struct step *k, const struct private_noise *noise, size_t block, double mean,
                          double *current)
{
    _Alignas(64) double one[NEURON_BLOCK], two[NEURON_BLOCK];
    double *z = noise->z + block * NEURON_BLOCK;
    normal_pairs(noise->key, noise->step[block], DRAW_FILTERED, (uint32_t)(block * NEURON_BLOCK), NEURON_BLOCK, one,
                 two);
    for (size_t i = 0; i < NEURON_BLOCK; i++) {
        current[i] = mean + k->scale * (k->decay * z[i] + k->b * one[i] + k->c * two[i]);
        z[i] = k->e * z[i] + k->a * one[i];
    }
}

/* Neurons that only pad the last block stay at rest. */
static void silence_padding(const struct private_noise *noise, size_t block, double *current)
{
    for (size_t i = noise->neurons - block * NEURON_BLOCK; i < NEURON_BLOCK; i++)
        current[i] = 0;
}

void private_noise_advance(struct private_noise *noise, const struct stimulus *white,
                           const struct population *population, struct population_state *state, double dt, size_t steps,
                           const double *x, size_t stride, uint64_t *spikes, size_t part, size_t parts)
{
    size_t blocks = noise->blocks;
    struct step k = step_of(white, population->params.tau_rc, dt);
    for (size_t b = blocks * part / parts; b < blocks * (part + 1) / parts; b++) {
        double *current = noise->current + b * POPULATION_STEPS * NEURON_BLOCK;
        for (size_t s = 0; s < steps; s++, noise->step[b]++) {
            double *now = current + s * NEURON_BLOCK;
            if (k.filtered)
                fill_filtered(&k, noise, b, x[s * stride], now);
            else
                fill_white(&k, noise, b, x[s * stride], now);
            if (b + 1 == blocks)
                silence_padding(noise, b, now);
        }
        struct neuron_drive drive = {.bias = current, .bias_stride = NEURON_BLOCK};
        population->model->advance(&population->params, dt, steps, &drive, state->value + b * NEURON_BLOCK,
                                   state->padded, spikes + b, blocks);
    }
}
