/* Eight frequencies at a time through ratio.c, then a few complex products each. Everything is in units of
 * the stationary rate until the end, so that a rate too low for a double still has a phase and a shape. */
#include "meanfield/transfer.h"

#include <math.h>

#include "meanfield/ratio.h"

const struct transfer_options transfer_defaults = {
    .method = METHOD_SHIFT, .filter = true, .refractory = false};

struct complex_number {
    double re, im;
};

static struct complex_number product(struct complex_number a, struct complex_number b)
{
    return (struct complex_number){a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}

/* a / (1 + i b) for any b */
static struct complex_number low_pass(struct complex_number a, double b)
{
    if (fabs(b) > 1) { /* a (1/b - i) / (b + 1/b) */
        double c = 1 / b, over = 1 / (b + c);
        return (struct complex_number){(a.re * c + a.im) * over, (a.im * c - a.re) * over};
    }
    double over = 1 / (1 + b * b);
    return (struct complex_number){(a.re + a.im * b) * over, (a.im - a.re * b) * over};
}

static struct complex_number quotient(struct complex_number a, struct complex_number b)
{
    double over = 1 / (b.re * b.re + b.im * b.im);
    return (struct complex_number){(a.re * b.re + a.im * b.im) * over, (a.im * b.re - a.re * b.im) * over};
}

/* (1 - exp(-i w tau_r)) / (i w tau_m) */
static struct complex_number comeback(double omega, double tau_r, double tau_m)
{
    double turn = omega / tau_m * tau_r, half = sin(0.5 * turn);
    if (omega == 0)
        return (struct complex_number){tau_r / tau_m, 0};
    return (struct complex_number){sin(turn) / omega, -2 * half * half / omega};
}

struct plan {
    const struct meanfield_neuron *neuron;
    const struct transfer_options *options;
    struct siegert rate;
    double c;     /* alpha / sqrt(2) sqrt(tau_s / tau_m) */
    double scale; /* sqrt(2) / sigma */
};

/* n / nu0 at Omega >= 0 from lane i. */
static struct complex_number relative(const struct plan *plan, const struct ratio *ratio, int i, double omega)
{
    const struct siegert *rate = &plan->rate;
    struct complex_number a = {ratio->slope.re[i], ratio->slope.im[i]},
                          b = {ratio->curve.re[i], ratio->curve.im[i]};
    /* i Omega Delta Psi / (the denominator) */
    struct complex_number rest = {0, omega}, n;
    double factor = rate->factor;
    if (plan->options->refractory) {
        struct complex_number reset = {ratio->reset.re[i], ratio->reset.im[i]};
        struct complex_number d = product(reset, comeback(omega, plan->neuron->tau_r, plan->neuron->tau_m));
        d.re += 1;
        a = quotient(a, d);
        b = quotient(b, d);
        rest = quotient(rest, d);
    }
    n = (struct complex_number){factor * a.re, factor * a.im};
    if (plan->options->method == METHOD_TAYLOR) {
        struct complex_number square = product(a, a);
        n.re += plan->c * (b.re + rest.re - square.re);
        n.im += plan->c * (b.im + rest.im - square.im);
    }
    n.re *= plan->scale;
    n.im *= plan->scale;
    n = low_pass(n, omega);
    return plan->options->filter ? low_pass(n, omega * (plan->neuron->tau_s / plan->neuron->tau_m)) : n;
}

static struct complex_number at_rest(const struct plan *plan, const struct ratio *ratio, int i)
{
    const struct siegert *rate = &plan->rate;
    double R = ratio->slope.re[i], n = R;
    if (plan->options->method == METHOD_TAYLOR)
        n += plan->c * (ratio->curve.re[i] - 2 * rate->share * R * R);
    return (struct complex_number){plan->scale * rate->share * n, 0};
}

/* hypot, quicker where the squares are ordinary numbers. */
static double modulus(struct complex_number a)
{
    double square = a.re * a.re + a.im * a.im;
    return square > 1e-280 && square < 1e280 ? sqrt(square) : hypot(a.re, a.im);
}

static struct transfer value(const struct plan *plan, const struct ratio *ratio, int i, double frequency)
{
    double omega = 2 * M_PI * fabs(frequency) * plan->neuron->tau_m;
    struct complex_number n = omega > 0 ? relative(plan, ratio, i, omega) : at_rest(plan, ratio, i);
    if (frequency < 0 && omega > 0)
        n.im = -n.im;
    struct transfer out = {.re = n.re * plan->rate.base + 0.0, .im = n.im * plan->rate.base + 0.0}; /* no -0 */
    out.gain = modulus(n);
    out.amplitude = out.gain * plan->rate.base;
    out.phase = atan2(n.im, n.re);
    return out;
}

bool transfer_noisy(const struct meanfield_neuron *neuron, struct working_point point, struct error *error)
{
    if (!meanfield_noiseless(neuron, point.sigma))
        return true;
    return error_set(error, "sigma=%g V: without noise there is no transfer function; sigma must be above %g V", point.sigma,
                     meanfield_least_noise(neuron));
}

bool transfer_check(const struct meanfield_neuron *neuron, size_t count, const double *frequency,
                    struct error *error)
{
    double most = TRANSFER_OMEGA_MAX / (2 * M_PI * neuron->tau_m);
    char tau[NUMBER_HUMAN], limit[NUMBER_HUMAN];
    for (size_t i = 0; i < count; i++)
        if (!(fabs(frequency[i]) <= most))
            return error_set(error, "a frequency of %g Hz is too high: with tau_m=%s %s is the limit",
                             frequency[i], number_human(tau, neuron->tau_m, DIMENSION_TIME),
                             number_human(limit, most, DIMENSION_RATE));
    return true;
}

bool transfer_function(const struct meanfield_neuron *neuron, struct working_point point,
                       const struct transfer_options *options, size_t count, const double *frequency,
                       struct transfer *out, struct siegert *rate, struct error *error)
{
    struct plan plan = {.neuron = neuron, .options = options};
    struct ratio ratio;
    plan.rate = siegert_rate(neuron, point, options->method);
    if (rate)
        *rate = plan.rate;
    if (!transfer_noisy(neuron, point, error))
        return false;
    if (!transfer_check(neuron, count, frequency, error))
        return false;
    plan.c = MEANFIELD_ALPHA * M_SQRT1_2 * sqrt(neuron->tau_s / neuron->tau_m);
    plan.scale = M_SQRT2 / point.sigma;
    for (size_t first = 0; first < count; first += RATIO_LANES) {
        double omega[RATIO_LANES];
        for (size_t i = 0; i < RATIO_LANES; i++)
            omega[i] = 2 * M_PI * fabs(frequency[first + i < count ? first + i : count - 1]) * neuron->tau_m;
        ratio_evaluate(plan.rate.x_t, plan.rate.x_r, plan.rate.width, omega, &ratio);
        for (size_t i = 0; i < RATIO_LANES && first + i < count; i++)
            out[first + i] = value(&plan, &ratio, (int)i, frequency[first + i]);
    }
    return true;
}
