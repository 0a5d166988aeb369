/* The integrand is exp(-m) exp(u^2) erfc(-u) with m = y_th^2 above threshold's mean, else 0: it is at most 2
 * and has no difference in it. Gauss-Legendre panels go down from y_th, measured by their distance from it,
 * so that a reset close to the threshold loses no digits; they end where the integrand has fallen below the
 * last digit. */
#include "meanfield/siegert.h"

#include <gsl/gsl_integration.h>
#include <math.h>

#include "base/xalloc.h"
#include "meanfield/ratio.h"

#define NODES 20
#define SQRT_PI 1.7724538509055160273
#define NEGLIGIBLE 60.0    /* exp(-60) = 1e-26 */
#define NEAR_THRESHOLD 1e7 /* sigmas; what noise does farther away is below the last digit, its square */

double siegert_erfcx(double y)
{
    if (y < 25) {
        double high = y * y, low = fma(y, y, -high);
        return exp(high) * (1 + low) * erfc(y);
    }
    double z = 1 / (2 * y * y), sum = 1;
    if (y < 1e8)
        for (int n = 8; n > 0; n--)
            sum = 1 - (double)(2 * n - 1) * z * sum;
    return sum / (y * SQRT_PI);
}

/* exp(u^2 - m) erfc(-u) at the distance s below y; m = y^2 for y > 0. */
static double integrand(double y, double s, double scale)
{
    double u = y - s;
    if (u > 0)
        return exp(-s * (y + u)) * erfc(-u);
    return y > 0 ? scale * siegert_erfcx(-u) : siegert_erfcx(-u);
}

static double panel_width(double u)
{
    if (u > 0)
        return fmin(fmin(2, 4 / (2 * u + 2)), u);
    return u < -2 ? 0.5 + 0.5 * fabs(u) : 2;
}

/* exp(-m) int_{y_th - width}^{y_th} exp(u^2) erfc(-u) du */
static double integral(double y, double width)
{
    gsl_integration_glfixed_table *table;
    while (!(table = gsl_integration_glfixed_table_alloc(NODES)))
        xalloc_short(sizeof *table);
    double sum = 0, scale = y > 0 ? exp(-y * y) : 1;
    for (double s = 0; s < width;) {
        double u = y - s, h = fmin(panel_width(u), width - s), part = 0;
        if (u > 0 && s * (y + u) > NEGLIGIBLE)
            break;
        for (size_t i = 0; i < NODES; i++) {
            double node, weight;
            gsl_integration_glfixed_point(0, h, i, &node, &weight, table);
            part += weight * integrand(y, s + node, scale);
        }
        sum += part;
        if (s + h == s || (u <= 0 && y > 0 && scale < 1e-26))
            break;
        s = h < width - s ? s + h : width;
    }
    gsl_integration_glfixed_table_free(table);
    return sum;
}

/* exp(-m / 2), m = y^2 with its rounding error taken back. */
static double half_scale(double y)
{
    double high = y * y, low = fma(y, y, -high);
    return high < 3000 ? exp(-0.5 * high) * (1 - 0.5 * low) : 0;
}

static void without_noise(const struct meanfield_neuron *n, double mu, struct siegert *out)
{
    double reset = mu - n->V_0, threshold = mu - n->V_th;
    *out = (struct siegert){.log_rate = -INFINITY, .base_log = -INFINITY, .share = 1, .factor = 1, .noiseless = true};
    if (threshold <= 0) {
        out->slope = threshold < 0 ? 0 : INFINITY;
        return;
    }
    double period = n->tau_m * log1p((n->V_th - n->V_0) / threshold);
    out->rate = out->base = 1 / (n->tau_r + period);
    out->log_rate = out->base_log = log(out->rate);
    out->share = period * out->rate;
    out->slope = out->rate * out->rate * n->tau_m * (n->V_th - n->V_0) / (reset * threshold);
}

static void boundaries(const struct meanfield_neuron *n, struct working_point p, enum meanfield_method method,
                       struct siegert *out)
{
    double move = method == METHOD_SHIFT ? 0.5 * MEANFIELD_ALPHA * sqrt(n->tau_s / n->tau_m) : 0;
    out->x_t = M_SQRT2 * ((n->V_th - p.mu) / p.sigma + move);
    out->x_r = M_SQRT2 * ((n->V_0 - p.mu) / p.sigma + move);
    out->width = M_SQRT2 * ((n->V_th - n->V_0) / p.sigma);
}

static void white_noise(const struct meanfield_neuron *n, struct siegert *out)
{
    double y = out->x_t / M_SQRT2, m = y > 0 ? y * y : 0;
    double I = SQRT_PI * integral(y, out->width / M_SQRT2), half = y > 0 ? half_scale(y) : 1;
    double time = half * half * n->tau_r + n->tau_m * I; /* exp(-m) / nu */
    bool never = half == 0 && !(time > 0);               /* even times the least double */
    out->base = half > 0 ? half / time * half : 0;
    out->base_log = never ? -INFINITY : -m - log(time);
    out->share = never ? 1 : n->tau_m * I / time;
}

struct siegert siegert_rate(const struct meanfield_neuron *neuron, struct working_point point,
                            enum meanfield_method method)
{
    struct siegert s = {.factor = 1};
    /* Near the threshold even the least noise decides. */
    bool at_threshold = point.sigma > 0 && fabs(point.mu - neuron->V_th) < NEAR_THRESHOLD * point.sigma &&
                        isfinite(M_SQRT2 * (neuron->V_th - neuron->V_0) / point.sigma);
    if (meanfield_noiseless(neuron, point.sigma) && !at_threshold) {
        without_noise(neuron, point.mu, &s);
        return s;
    }
    boundaries(neuron, point, method, &s);
    white_noise(neuron, &s);
    static const double still[RATIO_LANES] = {0};
    struct ratio ratio;
    ratio_evaluate(s.x_t, s.x_r, s.width, still, &ratio);
    double R = ratio.slope.re[0], scaled = M_SQRT2 / point.sigma * s.share * s.base;
    s.rate = s.base;
    s.log_rate = s.base_log;
    s.slope = scaled * R;
    if (method != METHOD_TAYLOR)
        return s;
    /* nu_T = nu0 (1 - c share R),  c = alpha / sqrt(2) sqrt(tau_s / tau_m) */
    double c = MEANFIELD_ALPHA * M_SQRT1_2 * sqrt(neuron->tau_s / neuron->tau_m);
    s.factor = 1 - c * s.share * R;
    s.rate = s.base * s.factor + 0.0; /* no -0 */
    s.log_rate = s.base_log + log(fabs(s.factor));
    s.slope = scaled * (R + c * (ratio.curve.re[0] - 2 * s.share * R * R));
    return s;
}
