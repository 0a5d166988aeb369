#include "pane/predict.h"

#include <math.h>
#include <stdio.h>

#include "base/number.h"
#include "draw/axis.h"
#include "meanfield/siegert.h"
#include "model/stimulus_white.h"

/* So many neurons stand for a larger population. */
#define SAMPLE 256

static const char *curve_name(const void *list, size_t i)
{
    (void)list;
    return i < rate_curve_count ? rate_curves[i]->name : "own";
}

struct word_list predict_words(void)
{
    return (struct word_list){"curve", rate_curve_count + 1, curve_name, NULL};
}

const struct rate_curve *predict_curve(const struct pane *pane, const struct subject *s)
{
    size_t choice = (size_t)pane_option_choice(pane, "model");
    if (choice < rate_curve_count)
        return rate_curves[choice];
    return s && s->population ? s->population->model->curve : &rate_softlif;
}

double predict_unit(const struct subject *s)
{
    return s->population && s->population->model->spike_height && !predict_by_theory(s)
               ? s->population->params.amplitude
               : 1;
}

void predict_foot_unit(struct foot *foot, double unit)
{
    char text[NUMBER_HUMAN + 32], shorter[NUMBER_HUMAN + 8], number[NUMBER_HUMAN];
    if (unit == 1)
        return;
    number_round(number, unit, 4);
    snprintf(text, sizeof text, "rates: %s × spikes/s", number);
    snprintf(shorter, sizeof shorter, "×%s", number);
    foot_add(foot, text, shorter);
}

void predict_title(const struct pane *pane, const struct subject *s, char *out, size_t size)
{
    const struct rate_curve *curve = predict_curve(pane, s);
    if (curve == &rate_softlif && s && s->population)
        snprintf(out, size, "%s σ %.4g", curve->title, s->population->params.sigma);
    else
        snprintf(out, size, "%s", curve->title);
}

static size_t sampled(const struct population *p)
{
    return p->n < SAMPLE ? p->n : SAMPLE;
}

static size_t sample(const struct population *p, size_t i)
{
    return p->n <= SAMPLE ? i : (size_t)(((double)i + 0.5) * (double)p->n / SAMPLE);
}

double predict_mean(const struct population *p, const struct rate_curve *curve, const double *x)
{
    double sum = 0;
    size_t count = sampled(p);
    for (size_t i = 0; i < count; i++)
        sum += population_rate(p, curve, sample(p, i), x);
    return count ? sum / (double)count : 0;
}

/* The rate where the encoder points to, at the edge of the radius. */
static double highest_rate(const struct population *p, const struct rate_curve *curve, size_t i)
{
    return neuron_rate(p->model, curve, &p->params, p->gain[i] + p->bias[i]);
}

double predict_ceiling(const struct population *p, const struct rate_curve *curve, long neuron)
{
    double most = neuron >= 0 && (size_t)neuron < p->n ? highest_rate(p, curve, (size_t)neuron) : 0;
    for (size_t i = 0; i < sampled(p); i++)
        most = fmax(most, highest_rate(p, curve, sample(p, i)));
    return axis_ceiling(most * 1.05);
}

double predict_mean_ceiling(const struct population *p, const struct rate_curve *curve)
{
    double most = 0, x[POPULATION_MAX_DIMS] = {0};
    for (size_t d = 0; d < p->dims; d++) {
        for (int side = -1; side <= 1; side++) {
            x[d] = side * p->radius;
            most = fmax(most, predict_mean(p, curve, x));
        }
        x[d] = 0;
    }
    return axis_ceiling(most * 1.25);
}

bool predict_by_theory(const struct subject *subject)
{
    return subject->population && subject->input && subject->input->type == &stimulus_white;
}

/* J is the mean of the input, as a current: so a mean that was changed keeps its past. */
static double rate_under_noise(const void *context, double J)
{
    const struct subject *subject = context;
    const double *p = subject->input->param;
    struct meanfield_neuron neuron = {.tau_m = subject->population->params.tau_rc,
                                      .tau_s = p[WHITE_TAU_S],
                                      .tau_r = subject->population->params.tau_ref,
                                      .V_th = p[WHITE_V_TH],
                                      .V_0 = p[WHITE_V_0]};
    struct working_point point = {p[WHITE_V_0] + J / stimulus_white_scale(subject->input), p[WHITE_SIGMA]};
    return siegert_rate(&neuron, point, METHOD_SHIFT).rate;
}

static double theory_rate(const struct subject *subject, double x)
{
    const struct population *p = subject->population;
    return p->model->settled_rate ? p->model->settled_rate(&p->params, rate_under_noise, subject, x)
                                  : rate_under_noise(subject, x);
}

double predict_rate(const struct subject *subject, const struct rate_curve *curve, long neuron, const double *x)
{
    if (predict_by_theory(subject))
        return theory_rate(subject, x[0]);
    if (neuron < 0)
        return predict_mean(subject->population, curve, x);
    return population_rate(subject->population, curve, (size_t)neuron, x);
}

double predict_top(const struct subject *subject, const struct rate_curve *curve, long neuron)
{
    if (predict_by_theory(subject))
        return axis_ceiling((neuron < 0 ? 1.5 : 4) * fmax(theory_rate(subject, subject->x ? subject->x[0] : 0), 1));
    return neuron < 0 ? predict_mean_ceiling(subject->population, curve)
                      : predict_ceiling(subject->population, curve, neuron);
}
