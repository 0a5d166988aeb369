/* A sine on the input of a copy of the population, and Fourier's coefficient of each neuron's spikes:
 *
 *   n = 2 i / (a T) (sum over spikes exp(-i w t) - spikes mean over steps exp(-i w t))
 *
 * The second term takes the mean rate out where T is not quite a whole number of periods. A step's input is
 * that of its end and its spikes have the time of its end, so half a step of lead and half a step of lag
 * cancel. Neurons are independent, so their spread is the error. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "engine/sim.h"
#include "meanfield/discrete.h"
#include "model/stimulus_white.h"
#include "session/session.h"
#include "table/meanfield_live.h"

#define WARM_UP 20 /* time constants */
#define STEPS_BETWEEN_LOOKS 256
#define PROBE_STEPS_MAX 1e9
/* The copy's noise must not be the original's. */
#define OTHER_SEED UINT64_C(0x70726f6265)

struct probe {
    struct sim sim;
    struct stimulus *input;
    const struct population *population;
    double frequency;
    double *re, *im;         /* [n] sums over spikes */
    size_t *count;           /* [n] */
    double mean_re, mean_im; /* sum over steps */
    size_t steps;
};

static struct stimulus *with_sine(const struct stimulus *white, double frequency, double amplitude, struct error *error)
{
    double values[STIMULUS_MAX_PARAMS];
    memcpy(values, white->param, sizeof values);
    values[WHITE_FREQUENCY] = frequency;
    values[WHITE_AMPLITUDE] = amplitude;
    return stimulus_new(&stimulus_white, values, white->seed + OTHER_SEED, NULL, error);
}

static bool probe_begin(struct probe *probe, const struct channel *channel, const struct probe_request *request,
                        struct error *error)
{
    *probe = (struct probe){.population = channel->population, .frequency = request->frequency};
    probe->input = with_sine(channel->input, request->frequency, request->amplitude, error);
    if (!probe->input)
        return false;
    sim_init(&probe->sim, request->dt);
    sim_place(&probe->sim, 0, probe->population, probe->input);
    probe->re = xcalloc(probe->population->n, sizeof *probe->re);
    probe->im = xcalloc(probe->population->n, sizeof *probe->im);
    probe->count = xcalloc(probe->population->n, sizeof *probe->count);
    return true;
}

static void probe_end(struct probe *probe)
{
    sim_release(&probe->sim);
    stimulus_free(probe->input);
    free(probe->re);
    free(probe->im);
    free(probe->count);
}

static void add_batch(struct probe *probe, const struct spike_batch *batch)
{
    size_t spike = 0;
    for (size_t s = 0; s < batch->steps; s++) {
        double turns = probe->frequency * batch->time[s], angle = 2 * M_PI * (turns - floor(turns));
        double re = cos(angle), im = -sin(angle);
        probe->mean_re += re;
        probe->mean_im += im;
        for (; spike < batch->end[s]; spike++) {
            uint32_t i = batch->neuron[spike];
            probe->re[i] += re;
            probe->im[i] += im;
            probe->count[i]++;
        }
    }
    probe->steps += batch->steps;
}

/* Advances by `steps`, looking at them when `counts`; `done` of `all` steps are behind. */
static bool probe_run(struct session *session, struct probe *probe, size_t steps, bool counts, size_t done, size_t all)
{
    for (size_t at = 0; at < steps;) {
        struct spike_batch *batch = probe->sim.slot[0].batch;
        size_t more = steps - at < STEPS_BETWEEN_LOOKS ? steps - at : STEPS_BETWEEN_LOOKS;
        at += sim_advance(&probe->sim, more);
        if (counts)
            add_batch(probe, batch);
        batch_clear(batch);
        if (work_go_on(session, (double)(done + at) / (double)all))
            return false;
    }
    return true;
}

/* n of one neuron, times i a T / 2 taken back. */
static void one_neuron(const struct probe *probe, size_t i, double scale, double *re, double *im)
{
    double count = (double)probe->count[i], steps = (double)probe->steps;
    double z_re = probe->re[i] - count * probe->mean_re / steps, z_im = probe->im[i] - count * probe->mean_im / steps;
    *re = -z_im * scale; /* times i */
    *im = z_re * scale;
}

static void conclude(const struct probe *probe, const struct probe_request *request, struct probe_result *out)
{
    size_t n = probe->population->n, spikes = 0;
    double T = (double)probe->steps * request->dt, scale = 2 / (request->amplitude * T), re, im;
    double mean_re = 0, mean_im = 0, along = 0, across = 0;
    for (size_t i = 0; i < n; i++) {
        one_neuron(probe, i, scale, &re, &im);
        mean_re += re / (double)n;
        mean_im += im / (double)n;
        spikes += probe->count[i];
    }
    out->rate = (double)spikes / (double)n / T;
    out->amplitude = hypot(mean_re, mean_im);
    double phase = atan2(mean_im, mean_re), c = cos(phase), s = sin(phase);
    out->phase = spikes > 0 ? phase : NAN;
    for (size_t i = 0; i < n; i++) {
        one_neuron(probe, i, scale, &re, &im);
        re -= mean_re;
        im -= mean_im;
        along += (re * c + im * s) * (re * c + im * s);
        across += (im * c - re * s) * (im * c - re * s);
    }
    double pairs = (double)n * (double)(n - 1);
    out->amplitude_se = n > 1 ? sqrt(along / pairs) : NAN;
    out->phase_se = n > 1 && out->amplitude > 0 ? fmin(sqrt(across / pairs) / out->amplitude, M_PI) : NAN;
}

static bool predict(const struct channel *channel, const struct probe_request *request, struct probe_result *out,
                    struct error *error)
{
    static const struct transfer_options options = {.method = METHOD_SHIFT, .filter = true, .refractory = true};
    struct meanfield_neuron neuron, moved;
    struct working_point point;
    if (!meanfield_live_neuron(channel, &neuron, &point, error))
        return false;
    moved = discrete_neuron(&neuron, point.sigma, request->dt);
    return transfer_function(&neuron, point, &options, 1, &request->frequency, &out->theory, NULL, error) &&
           transfer_function(&moved, point, &options, 1, &request->frequency, &out->at_dt, NULL, error);
}

/* Steps to forget the start, and to measure. */
static void probe_steps(const struct channel *channel, const struct probe_request *request, double *warm, double *steps)
{
    double tau = channel->population->params.tau_rc + channel->input->param[WHITE_TAU_S];
    double periods = fmax(round(request->time * request->frequency), 1);
    *warm = ceil(WARM_UP * tau / request->dt);
    *steps = round(periods / (request->frequency * request->dt));
}

bool meanfield_probe_check(const struct channel *channel, const struct probe_request *request, struct error *error)
{
    char frequency[NUMBER_HUMAN], dt[NUMBER_HUMAN];
    double warm, steps;
    number_human(frequency, request->frequency, DIMENSION_RATE);
    number_human(dt, request->dt, DIMENSION_TIME);
    if (!(request->frequency > 0))
        return error_set(error, "freq=%s: a sine to measure with is above 0 Hz", frequency);
    if (!(request->frequency * request->dt < 0.5))
        return error_set(error, "freq=%s is too fast for steps of %s", frequency, dt);
    probe_steps(channel, request, &warm, &steps);
    return warm + steps < PROBE_STEPS_MAX ||
           error_set(error, "measuring at %s in steps of %s would take %.3g steps; at most %g are possible", frequency,
                     dt, warm + steps, PROBE_STEPS_MAX);
}

bool meanfield_probe(struct session *session, const struct channel *channel, const struct probe_request *request,
                     struct probe_result *out, struct error *error)
{
    struct probe probe;
    double warm, steps;
    probe_steps(channel, request, &warm, &steps);
    if (!predict(channel, request, out, error) || !probe_begin(&probe, channel, request, error))
        return false;
    size_t all = (size_t)(warm + steps);
    work_begin(session, "probing");
    bool good = probe_run(session, &probe, (size_t)warm, false, 0, all) &&
                probe_run(session, &probe, (size_t)steps, true, (size_t)warm, all);
    work_end(session);
    if (good)
        conclude(&probe, request, out);
    probe_end(&probe);
    return good || error_set(error, "interrupted");
}
