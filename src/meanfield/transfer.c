/* Eight frequencies at a time through ratio.c, then a few complex products each. Everything is in units of
 * the stationary rate until the end, so that a rate too low for a double still has a phase and a shape. So little noise
 * that a neuron is deterministic to all digits has its limit in closed form. */
#include "meanfield/transfer.h"

#include <math.h>

#include "meanfield/ratio.h"

const struct transfer_options transfer_defaults = {.method = METHOD_SHIFT, .filter = true, .refractory = false};

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
    struct complex_number a = {ratio->slope.re[i], ratio->slope.im[i]}, b = {ratio->curve.re[i], ratio->curve.im[i]};
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

/* ---- the limit of little noise ---- */

/* Above threshold, where V runs from y_r = mu - V_0 below mu to y_t = mu - V_th: the flux J of neurons along V under
 * mu + epsilon exp(i w t) obeys dJ/dy = a (J - epsilon nu / y) / y, a = i w tau_m, and what crosses the threshold is at
 * the reset tau_r later. With C = a nu / (1 + a) its solution is J / epsilon = B (y / y_t)^a + C / y. */
static struct complex_number deterministic(const struct plan *plan, struct working_point point, double omega)
{
    const struct meanfield_neuron *n = plan->neuron;
    double y_r = point.mu - n->V_0, y_t = point.mu - n->V_th, turn = omega * log1p((n->V_th - n->V_0) / y_t);
    double back = plan->options->refractory ? omega / n->tau_m * n->tau_r : 0;
    struct complex_number a = low_pass((struct complex_number){0, omega}, omega); /* C / nu */
    if (omega == 0)
        return (struct complex_number){plan->rate.slope / plan->rate.base, 0};
    /* B (exp(i w T) - exp(-i w tau_r)) = C (exp(-i w tau_r) / y_t - 1 / y_r), T from reset to threshold; the difference
     * of turns is exp(i mean) 2 i sin(half), and its 2 i sin(half) goes well with the i w of C however slow the sine
     * is */
    double mean = 0.5 * (turn - back), drop = sin(0.5 * back), whole = omega / (2 * sin(0.5 * (turn + back)));
    struct complex_number right = {(n->V_th - n->V_0) / y_t / y_r - 2 * drop * drop / y_t, -sin(back) / y_t};
    struct complex_number b = low_pass(product(right, (struct complex_number){cos(mean), -sin(mean)}), omega);
    return (struct complex_number){whole * b.re + a.re / y_t, whole * b.im + a.im / y_t};
}

/* Below threshold nothing is left of the rate but a shape, that of the two low-passes. */
static struct transfer limit_value(const struct plan *plan, struct working_point point, double frequency)
{
    const struct meanfield_neuron *neuron = plan->neuron;
    double omega = 2 * M_PI * fabs(frequency) * neuron->tau_m;
    bool above = point.mu > neuron->V_th;
    struct complex_number n =
        above ? deterministic(plan, point, omega) : low_pass((struct complex_number){1, 0}, omega);
    if (plan->options->filter)
        n = low_pass(n, omega * (neuron->tau_s / neuron->tau_m));
    n.im = frequency < 0 ? -n.im : n.im;
    double gain = modulus(n);
    return (struct transfer){.re = n.re * plan->rate.base + 0.0,
                             .im = n.im * plan->rate.base + 0.0,
                             .amplitude = gain * plan->rate.base,
                             .phase = atan2(n.im, n.re),
                             .gain = gain};
}

bool transfer_noisy(struct working_point point, struct error *error)
{
    return point.sigma > 0 ||
           error_set(error, "sigma=%g V: without noise there is no transfer function; sigma must be above 0",
                     point.sigma);
}

bool transfer_check(const struct meanfield_neuron *neuron, size_t count, const double *frequency, struct error *error)
{
    double most = TRANSFER_OMEGA_MAX / (2 * M_PI * neuron->tau_m);
    char tau[NUMBER_HUMAN], limit[NUMBER_HUMAN];
    for (size_t i = 0; i < count; i++)
        if (!(fabs(frequency[i]) <= most))
            return error_set(error, "a frequency of %g Hz is too high: with tau_m=%s %s is the limit", frequency[i],
                             number_human(tau, neuron->tau_m, DIMENSION_TIME),
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
    if (!transfer_noisy(point, error) || !transfer_check(neuron, count, frequency, error))
        return false;
    if (plan.rate.noiseless) {
        for (size_t i = 0; i < count; i++)
            out[i] = limit_value(&plan, point, frequency[i]);
        return true;
    }
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
