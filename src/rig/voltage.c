/* The window is simulated again for each frame, from the nearest state that is kept: a second of steps of 1 ms takes
 * less than the drawing does. */
#include "rig/voltage.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/xalloc.h"
#include "rig/retrace.h"
#include "rig/rig.h"

/* Of a frame: on the way to the window, and in it. */
#define STEPS_FRAME 100000
#define STEPS_SHOWN 60000

struct voltage {
    struct voltage_view view;
    struct retrace *retrace;
    double *time, *current, *value, *refractory;
    bool *spiked;
    size_t capacity;
    char trouble[sizeof(struct error)];
    bool busy;
};

static void hold(struct voltage *v, size_t count)
{
    if (count <= v->capacity)
        return;
    v->capacity = count + count / 2;
    v->time = xreallocarray(v->time, v->capacity, sizeof *v->time);
    v->current = xreallocarray(v->current, v->capacity, sizeof *v->current);
    v->value = xreallocarray(v->value, v->capacity, sizeof *v->value);
    v->refractory = xreallocarray(v->refractory, v->capacity, sizeof *v->refractory);
    v->spiked = xreallocarray(v->spiked, v->capacity, sizeof *v->spiked);
}

static void take(struct voltage *v, const struct retrace_step *step)
{
    size_t i = v->view.count++;
    hold(v, v->view.count);
    v->time[i] = step->time;
    v->current[i] = step->current;
    v->value[i] = v->refractory[i] = NAN;
    for (size_t f = 0; step->population->model->advance && f < neuron_fields(step->population->model); f++) {
        const char *name = step->population->model->state[f].name;
        if (strcmp(name, "voltage") == 0)
            v->value[i] = step->state[f];
        else if (strcmp(name, "refractory_time") == 0)
            v->refractory[i] = step->state[f];
    }
    v->spiked[i] = step->spiked;
    v->view.dt = step->dt;
}

/* One step more to the left, so that the line comes in from the edge. */
static void show(struct voltage *v, const struct rig *rig, const struct channel *channel, double from, double to)
{
    struct retrace_step step;
    size_t first = history_find(channel->history, from);
    double begin = first > 0 ? history_time(channel->history, first - 1) : from;
    size_t most = rig->started ? STEPS_FRAME : SIZE_MAX;
    v->busy = !retrace_seek(v->retrace, rig, channel, begin, most);
    while (!v->busy && v->view.count < STEPS_SHOWN && retrace_next(v->retrace, rig, channel, &step) && step.time <= to)
        take(v, &step);
}

static bool may(struct voltage *v, const struct rig *rig, const struct channel *channel, double from, double to)
{
    struct error error = {0};
    char steps[NUMBER_COUNTED];
    if (!retrace_possible(rig, channel, &error)) {
        snprintf(v->trouble, sizeof v->trouble, "%s", error.text);
        return false;
    }
    size_t count = history_find(channel->history, to) - history_find(channel->history, from);
    if (count < STEPS_SHOWN)
        return true;
    snprintf(v->trouble, sizeof v->trouble,
             "%s are too many to see a voltage in: look at a shorter time, as with `window 200ms`",
             number_counted(steps, count, "step"));
    return false;
}

const struct voltage_view *voltage_look(const struct rig *rig, struct channel *channel, double from, double to)
{
    struct voltage *v = channel->voltage ? channel->voltage : xcalloc(1, sizeof *v);
    size_t neuron = channel->selected > 0 ? (size_t)channel->selected : 0;
    channel->voltage = v;
    v->view = (struct voltage_view){.neuron = neuron, .reached = NAN};
    v->busy = false;
    if (!may(v, rig, channel, from, to)) {
        v->view.trouble = v->trouble;
        return &v->view;
    }
    if (!v->retrace || retrace_neuron(v->retrace) != neuron) {
        retrace_free(v->retrace);
        v->retrace = retrace_new(neuron);
    }
    show(v, rig, channel, from, to);
    v->view.time = v->time;
    v->view.current = v->current;
    v->view.voltage = v->value;
    v->view.refractory = v->refractory;
    v->view.spiked = v->spiked;
    v->view.unsure = retrace_unsure(channel);
    v->view.astray = (size_t)retrace_astray(v->retrace);
    if (v->busy)
        v->view.reached = retrace_time(v->retrace);
    return &v->view;
}

bool voltage_busy(const struct channel *channel)
{
    return channel->voltage && channel->voltage->busy;
}

void voltage_free(struct voltage *v)
{
    if (!v)
        return;
    retrace_free(v->retrace);
    free(v->time);
    free(v->current);
    free(v->value);
    free(v->refractory);
    free(v->spiked);
    free(v);
}
