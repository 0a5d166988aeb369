/* In a frame some milliseconds at most: the first look gets a longer stretch, so that there is a picture at once. */
#include "rig/accurate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "rig/channel.h"
#include "rig/rig.h"

#define TIME 10.0 /* s, but no more steps than: */
#define STEPS_MOST 200000
#define STEPS_FIRST 4000
#define STEPS_FRAME 2000
/* Neurons that stand for a larger population. */
#define SAMPLE 4096
#define HIGH_LEAST 2
#define HIGH_MOST 100

struct accurate {
    struct accuracy_view view;
    struct accuracy *run[ACCURACY_MODELS];
    uint64_t steps; /* wanted */
};

/* 1, 2 or 5 times a power of ten, so that the end of the axis has a label. */
static double round_end(double value)
{
    double power = pow(10, floor(log10(value)));
    return value <= power ? power : value <= 2 * power ? 2 * power : value <= 5 * power ? 5 * power : 10 * power;
}

/* The largest current at the ends of what is represented. */
static double highest_current(const struct population *p)
{
    double most = 0;
    size_t stride = p->n / SAMPLE + 1;
    for (size_t i = 0; i < p->n; i += stride)
        most = fmax(most, fabs(p->gain[i]) + p->bias[i]);
    return fmin(round_end(fmax(most, HIGH_LEAST)), HIGH_MOST);
}

static bool is_same(const struct accuracy_view *view, const struct neuron_params *params, double dt, double high)
{
    return view->dt == dt && view->high == high && view->params.tau_rc == params->tau_rc &&
           view->params.tau_ref == params->tau_ref && view->params.amplitude == params->amplitude &&
           view->params.min_voltage == params->min_voltage;
}

static void runs_free(struct accurate *a)
{
    for (size_t m = 0; m < ACCURACY_MODELS; m++)
        accuracy_free(a->run[m]);
    memset(a->run, 0, sizeof a->run);
}

static void begin(struct accurate *a, const struct neuron_params *params, double dt, double high)
{
    double J[ACCURACY_CURRENTS];
    for (size_t i = 0; i < ACCURACY_CURRENTS; i++)
        J[i] = high * (double)i / (ACCURACY_CURRENTS - 1);
    runs_free(a);
    a->view = (struct accuracy_view){.params = *params, .dt = dt, .high = high};
    for (size_t m = 0; m < neuron_model_count && a->view.runs < ACCURACY_MODELS; m++)
        if (neuron_is_plain(neuron_models[m])) {
            a->run[a->view.runs] = accuracy_new(neuron_models[m], params, dt, J, ACCURACY_CURRENTS);
            a->view.run[a->view.runs] = a->run[a->view.runs];
            a->view.runs++;
        }
    a->steps = (uint64_t)fmin(fmax(ceil(TIME / dt), 1), STEPS_MOST);
}

static void go_on(struct accurate *a, uint64_t most)
{
    uint64_t left = a->steps - accuracy_steps(a->run[0]), some = left < most ? left : most;
    for (size_t m = 0; m < a->view.runs; m++)
        accuracy_advance(a->run[m], some);
    a->view.finished = some == left;
    a->view.time = (double)accuracy_steps(a->run[0]) * a->view.dt;
}

const struct accuracy_view *accurate_look(const struct rig *rig, struct channel *channel)
{
    if (!channel->accurate)
        channel->accurate = xcalloc(1, sizeof *channel->accurate);
    struct accurate *a = channel->accurate;
    const struct neuron_params *params = &channel->population->params;
    double dt = rig->status.dt, high = highest_current(channel->population);
    bool anew = !a->run[0] || !is_same(&a->view, params, dt, high);
    if (anew)
        begin(a, params, dt, high);
    if (!a->view.finished)
        go_on(a, !rig->started ? UINT64_MAX : anew ? STEPS_FIRST : STEPS_FRAME);
    return &a->view;
}

bool accurate_busy(const struct channel *channel)
{
    return channel->accurate && !channel->accurate->view.finished;
}

void accurate_free(struct accurate *a)
{
    if (!a)
        return;
    runs_free(a);
    free(a);
}
