/* One neuron stands for all: it is the one whose numbers and whose curve are marked. */
#include "table/effects.h"

#include <math.h>
#include <stdio.h>

#define SAME 1e-6 /* relative: what differs less reads alike */

static bool alike(double a, double b)
{
    return fabs(a - b) <= SAME * fmax(fabs(a), fabs(b)) || (isnan(a) && isnan(b));
}

static bool is_same(double a, double b)
{
    return alike(a, b) || fabs(a - b) < 1e-9;
}

/* Each is followed from one to the other, however it came about. */
struct followed_neuron {
    double gain[2], bias[2], rate[2], intercept[2], most[2];
};

static void follow(const struct population *p, size_t i, int at, struct followed_neuron *neuron)
{
    neuron->gain[at] = p->gain[i];
    neuron->bias[at] = p->bias[i];
    neuron->rate[at] = p->max_rate[i] * p->params.amplitude;
    neuron->intercept[at] = p->intercept[i];
    neuron->most[at] = p->params.tau_ref > 0 ? p->params.amplitude / p->params.tau_ref : INFINITY;
}

static void put_change(struct text *out, const char *name, const double pair[2], enum dimension dimension)
{
    char change[NUMBER_CHANGE];
    text_printf(out, "%s %s", name, number_change(change, pair[0], pair[1], dimension));
}

/* "gain 2 -> 3", "gain 2 -> 3 and bias 1 -> 2", "bias 1 -> 2" */
static void put_gain_bias(const struct followed_neuron *neuron, struct text *out)
{
    bool gain = !is_same(neuron->gain[0], neuron->gain[1]), bias = !is_same(neuron->bias[0], neuron->bias[1]);
    if (gain)
        put_change(out, "gain", neuron->gain, DIMENSION_NONE);
    if (gain && bias)
        text_add(out, " and ");
    if (bias)
        put_change(out, "bias", neuron->bias, DIMENSION_NONE);
}

static void put_rate_intercept(const struct followed_neuron *neuron, const char *before, struct text *out)
{
    bool rate = !is_same(neuron->rate[0], neuron->rate[1]);
    bool intercept = !is_same(neuron->intercept[0], neuron->intercept[1]);
    if (rate || intercept)
        text_add(out, before);
    if (rate)
        put_change(out, "max rate", neuron->rate, DIMENSION_RATE);
    if (rate && intercept)
        text_add(out, ", ");
    if (intercept)
        put_change(out, "intercept", neuron->intercept, DIMENSION_NONE);
}

static void put_neuron(const struct followed_neuron *neuron, struct text *out)
{
    char rate[NUMBER_HUMAN], intercept[NUMBER_HUMAN];
    bool gain = is_same(neuron->gain[0], neuron->gain[1]) && is_same(neuron->bias[0], neuron->bias[1]);
    bool rates = is_same(neuron->rate[0], neuron->rate[1]) && is_same(neuron->intercept[0], neuron->intercept[1]);
    if (gain && !rates)
        put_rate_intercept(neuron, "gain and bias stay, ", out);
    else if (!gain)
        put_gain_bias(neuron, out);
    if (!gain && rates)
        text_printf(out, " keep max rate %s and intercept %s", number_human(rate, neuron->rate[1], DIMENSION_RATE),
                    number_human(intercept, neuron->intercept[1], DIMENSION_NONE));
    else if (!gain)
        put_rate_intercept(neuron, ", ", out);
}

void effects_say(const struct channel *channel, const struct population *was, struct text *out)
{
    const struct population *is = channel->population;
    struct followed_neuron neuron;
    size_t i = channel->selected > 0 ? (size_t)channel->selected : 0;
    if (was->node || is->node || was->model->direct || is->model->direct || i >= was->n || i >= is->n ||
        was->dims != is->dims)
        return;
    follow(was, i, 0, &neuron);
    follow(is, i, 1, &neuron);
    size_t before = out->length;
    struct text of = {0};
    put_neuron(&neuron, &of);
    if (of.length > 0 && is->n > 1)
        text_printf(out, "neuron %zu: ", i);
    text_add(out, text_string(&of));
    text_free(&of);
    if (is_same(neuron.most[0], neuron.most[1]))
        return;
    text_add(out, out->length > before ? "; " : "");
    put_change(out, "fires at most", neuron.most, DIMENSION_RATE);
}
