/* Residuals and their derivatives for GSL. With r = 1 / (tau_ref + tau_rc L), L = log1p(1 / j):
 *   dr/dtau_ref = -r^2,  dr/dtau_rc = -r^2 L,  dr/dJ as model/rate.h has it,
 *   dr/dsigma = (dr/dj) (dj/dsigma),  dj/dsigma = log1p(e^u) - u / (1 + e^-u),  u = (J - 1) / sigma.
 * A positive unknown p is solved for as q in log p = log low + (log high - log low) / (1 + e^-q). */
#include "model/rate_fit_problem.h"

#include <gsl/gsl_blas.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_multifit_nlinear.h>
#include <math.h>
#include <string.h>

#define ITERATIONS 200
#define TOLERANCE 1e-9
/* A tau_rc this factor below its upper bound has gone there for want of anything to hold it. */
#define BESIDE 4

/* Gauss-Legendre over an even spread: standard deviation times node, weight. */
static const double node[] = {-1.3416407864998738, 0, 1.3416407864998738};
static const double share[] = {5.0 / 18, 8.0 / 18, 5.0 / 18};

size_t fit_free_count(const struct fit_problem *problem)
{
    size_t count = 0;
    for (int i = 0; i < FIT_UNKNOWNS; i++)
        count += problem->free[i];
    return count;
}

double fit_scale(const struct fit_problem *problem, double chi2)
{
    size_t p = fit_free_count(problem);
    return problem->telling > p ? chi2 / (double)(problem->telling - p) : chi2;
}

struct neuron_params fit_params(const struct fit_values *values)
{
    struct neuron_params params = neuron_defaults;
    params.tau_rc = values->v[FIT_TAU_RC];
    params.tau_ref = values->v[FIT_TAU_REF];
    params.sigma = values->v[FIT_SIGMA];
    return params;
}

double fit_rate(const struct fit_problem *problem, const struct fit_values *values, double z, double spread)
{
    struct neuron_params params = fit_params(values);
    double sum = 0;
    if (!(spread > 0))
        return problem->curve->rate(&params, 1 + values->v[FIT_MIDDLE] + values->v[FIT_SLOPE] * z);
    for (int k = 0; k < 3; k++)
        sum += share[k] *
               problem->curve->rate(&params, 1 + values->v[FIT_MIDDLE] + values->v[FIT_SLOPE] * (z + spread * node[k]));
    return sum;
}

static double residual(const struct fit_problem *problem, const struct fit_values *values, size_t i)
{
    double spread = problem->points->spread[i] / problem->half;
    return fit_rate(problem, values, fit_z(problem, i), spread) - problem->points->rate[i];
}

double fit_chi2(const struct fit_problem *problem, const struct fit_values *values)
{
    double sum = 0;
    for (size_t i = 0; i < problem->points->count; i++) {
        double r = residual(problem, values, i);
        sum += problem->weight[i] * r * r;
    }
    return sum;
}

/* ---- the bounded unknowns ---- */

static bool is_positive(int unknown)
{
    return unknown >= FIT_TAU_RC;
}

static double from_solver(const struct fit_problem *problem, int i, double q)
{
    if (!is_positive(i))
        return q;
    double low = log(problem->low[i]), high = log(problem->high[i]);
    return exp(low + (high - low) / (1 + exp(-q)));
}

static double to_solver(const struct fit_problem *problem, int i, double value)
{
    if (!is_positive(i))
        return value;
    double share_of = log(value / problem->low[i]) / log(problem->high[i] / problem->low[i]);
    share_of = fmin(fmax(share_of, 1e-3), 1 - 1e-3); /* on a bound there is no way back */
    return log(share_of / (1 - share_of));
}

/* d log(value) / dq; of the others d value / dq. */
static double stretch(const struct fit_problem *problem, int i, double q)
{
    if (!is_positive(i))
        return 1;
    double s = 1 / (1 + exp(-q));
    return log(problem->high[i] / problem->low[i]) * s * (1 - s);
}

static struct fit_values unpack(const struct fit_problem *problem, const gsl_vector *q)
{
    struct fit_values values = problem->held;
    size_t next = 0;
    for (int i = 0; i < FIT_UNKNOWNS; i++)
        if (problem->free[i])
            values.v[i] = from_solver(problem, i, gsl_vector_get(q, next++));
    return values;
}

/* ---- what GSL calls ---- */

static int residuals(const gsl_vector *q, void *context, gsl_vector *out)
{
    const struct fit_problem *problem = context;
    struct fit_values values = unpack(problem, q);
    for (size_t i = 0; i < problem->points->count; i++) {
        double r = residual(problem, &values, i);
        gsl_vector_set(out, i, isfinite(r) ? r : 1e150);
    }
    return GSL_SUCCESS;
}

/* Adds the slopes of the rate at one z, with regard to J - 1 and the logarithms of the positive unknowns. */
static void add_slopes(const struct fit_problem *problem, const struct neuron_params *params,
                       const struct fit_values *values, double z, double weight, double slope[FIT_UNKNOWNS])
{
    double J = 1 + values->v[FIT_MIDDLE] + values->v[FIT_SLOPE] * z;
    double r = problem->curve->rate(params, J), dJ = problem->curve->slope(params, J);
    slope[FIT_MIDDLE] += weight * dJ;
    slope[FIT_SLOPE] += weight * dJ * z;
    if (!(r > 0))
        return;
    slope[FIT_TAU_REF] -= weight * r * r * params->tau_ref;
    slope[FIT_TAU_RC] -= weight * r * (1 - r * params->tau_ref);
    if (problem->curve == &rate_softlif) {
        double u = (J - 1) / params->sigma;
        double j = rate_softplus(J - 1, params->sigma);
        double rises = u < 34 ? log1p(exp(u)) - u / (1 + exp(-u)) : 0;
        slope[FIT_SIGMA] += weight * rate_slope(params, j) * rises * params->sigma;
    }
}

/* The slopes of the i-th residual. */
static void find_slopes(const struct fit_problem *problem, const struct fit_values *values, size_t i,
                        double slope[FIT_UNKNOWNS])
{
    struct neuron_params params = fit_params(values);
    double spread = problem->points->spread[i] / problem->half;
    memset(slope, 0, FIT_UNKNOWNS * sizeof *slope);
    for (int k = 0; k < 3; k++)
        add_slopes(problem, &params, values, fit_z(problem, i) + spread * node[k], share[k], slope);
    for (int u = 0; u < FIT_UNKNOWNS; u++)
        if (!isfinite(slope[u]))
            slope[u] = 0;
}

static int derivatives(const gsl_vector *q, void *context, gsl_matrix *out)
{
    const struct fit_problem *problem = context;
    struct fit_values values = unpack(problem, q);
    double slope[FIT_UNKNOWNS];
    for (size_t i = 0; i < problem->points->count; i++) {
        find_slopes(problem, &values, i, slope);
        size_t next = 0;
        for (int u = 0; u < FIT_UNKNOWNS; u++)
            if (problem->free[u]) {
                gsl_matrix_set(out, i, next, slope[u] * stretch(problem, u, gsl_vector_get(q, next)));
                next++;
            }
    }
    return GSL_SUCCESS;
}

/* A hard corner has an endless slope, which a node that happens to lie beside it would take for all of the
 * bin: there the mean slope is the rise from end to end. */
static void mend_corner(const struct fit_problem *problem, const struct fit_values *values, size_t i,
                        double slope[FIT_UNKNOWNS])
{
    struct neuron_params params = fit_params(values);
    double z = fit_z(problem, i), J = 1 + values->v[FIT_MIDDLE] + values->v[FIT_SLOPE] * z;
    double reach = sqrt(3) * problem->points->spread[i] / problem->half * fabs(values->v[FIT_SLOPE]);
    if (problem->curve == &rate_softlif || !(J - reach <= 1 && J + reach > 1))
        return;
    slope[FIT_MIDDLE] = problem->curve->rate(&params, J + reach) / (2 * reach);
    slope[FIT_SLOPE] = slope[FIT_MIDDLE] * z;
}

/* The sum of slope times slope over all points, by weight: J'J. */
static void add_up(const struct fit_problem *problem, const struct fit_values *values, gsl_matrix *square)
{
    double slope[FIT_UNKNOWNS];
    for (size_t i = 0; i < problem->points->count; i++) {
        find_slopes(problem, values, i, slope);
        mend_corner(problem, values, i, slope);
        for (size_t a = 0, row = 0; a < FIT_UNKNOWNS; row += problem->free[a++])
            for (size_t b = 0, column = 0; problem->free[a] && b < FIT_UNKNOWNS; column += problem->free[b++])
                if (problem->free[b])
                    *gsl_matrix_ptr(square, row, column) += problem->weight[i] * slope[a] * slope[b];
    }
}

/* (J'J)^-1 by eigenvectors, the columns of J brought to length 1 before. What nothing has a hold on gets a
 * huge variance, where a plain inverse would fail or drop one unknown for another. */
static void invert(gsl_matrix *square, size_t p, double inverse[FIT_UNKNOWNS][FIT_UNKNOWNS])
{
    double length[FIT_UNKNOWNS];
    gsl_matrix *vectors = gsl_matrix_alloc(p, p);
    gsl_vector *values = gsl_vector_alloc(p);
    gsl_eigen_symmv_workspace *workspace = gsl_eigen_symmv_alloc(p);
    bool room = square && vectors && values && workspace;
    for (size_t i = 0; i < p; i++) /* without memory nothing is known */
        for (size_t k = 0; !room && k < p; k++)
            inverse[i][k] = INFINITY;
    for (size_t i = 0; room && i < p; i++)
        length[i] = sqrt(gsl_matrix_get(square, i, i));
    for (size_t i = 0; room && i < p; i++)
        for (size_t k = 0; k < p; k++) {
            double product = length[i] * length[k];
            gsl_matrix_set(square, i, k, product > 0 && isfinite(product) ? gsl_matrix_get(square, i, k) / product : 0);
        }
    if (room)
        gsl_eigen_symmv(square, values, vectors, workspace);
    for (size_t i = 0; room && i < p; i++)
        for (size_t k = 0; k < p; k++) {
            inverse[i][k] = 0;
            for (size_t e = 0; e < p; e++)
                inverse[i][k] += gsl_matrix_get(vectors, i, e) * gsl_matrix_get(vectors, k, e) /
                                 fmax(gsl_vector_get(values, e), 1e-15);
            inverse[i][k] /= length[i] * length[k];
        }
    if (workspace)
        gsl_eigen_symmv_free(workspace);
    gsl_vector_free(values);
    gsl_matrix_free(vectors);
}

void fit_covariance(const struct fit_problem *problem, const struct fit_values *values,
                    double covariance[FIT_UNKNOWNS][FIT_UNKNOWNS])
{
    double inverse[FIT_UNKNOWNS][FIT_UNKNOWNS];
    size_t p = fit_free_count(problem);
    gsl_matrix *square = gsl_matrix_calloc(p, p);
    if (square)
        add_up(problem, values, square);
    invert(square, p, inverse);
    gsl_matrix_free(square);
    for (size_t a = 0, row = 0; a < FIT_UNKNOWNS; row += problem->free[a++])
        for (size_t b = 0, column = 0; b < FIT_UNKNOWNS; column += problem->free[b++]) {
            covariance[a][b] = problem->free[a] && problem->free[b] ? inverse[row][column] : 0;
            if (!isfinite(covariance[a][b]))
                covariance[a][b] = INFINITY;
        }
}

static void find_doubt(const struct fit_problem *problem, struct fit_solution *solution)
{
    double covariance[FIT_UNKNOWNS][FIT_UNKNOWNS], scale = fit_scale(problem, solution->chi2);
    fit_covariance(problem, &solution->values, covariance);
    for (int i = 0; i < FIT_UNKNOWNS; i++) {
        bool adrift = i == FIT_TAU_RC && problem->free[i] && solution->values.v[i] * BESIDE > problem->high[i];
        solution->doubt[i] = adrift ? INFINITY : sqrt(covariance[i][i] * scale);
    }
}

/* No progress: no step, however small, gets any better. That is a minimum, perhaps on a corner. */
static bool iterate(gsl_multifit_nlinear_workspace *solver, size_t most)
{
    int info = 0;
    int status = gsl_multifit_nlinear_driver(most, TOLERANCE, TOLERANCE, 0, NULL, NULL, &info, solver);
    return status == GSL_SUCCESS || status == GSL_ENOPROG;
}

/* It creeps, as along a valley or beside a corner, but gains nothing worth having. */
static bool settled(gsl_multifit_nlinear_workspace *solver)
{
    double before = gsl_blas_dnrm2(gsl_multifit_nlinear_residual(solver));
    return iterate(solver, ITERATIONS / 4) || gsl_blas_dnrm2(gsl_multifit_nlinear_residual(solver)) >= 0.999 * before;
}

struct fit_solution fit_solve(const struct fit_problem *problem, const struct fit_values *start)
{
    size_t n = problem->points->count, p = fit_free_count(problem), next = 0;
    gsl_multifit_nlinear_parameters how = gsl_multifit_nlinear_default_parameters();
    how.solver = gsl_multifit_nlinear_solver_mcholesky; /* the others give up where no point has a slope */
    gsl_multifit_nlinear_workspace *solver = gsl_multifit_nlinear_alloc(gsl_multifit_nlinear_trust, &how, n, p);
    gsl_multifit_nlinear_fdf functions = {.f = residuals, .df = derivatives, .n = n, .p = p, .params = (void *)problem};
    gsl_vector *q = gsl_vector_alloc(p);
    bool room = solver && q;
    for (int i = 0; room && i < FIT_UNKNOWNS; i++)
        if (problem->free[i])
            gsl_vector_set(q, next++, to_solver(problem, i, start->v[i]));
    gsl_vector_const_view weight = gsl_vector_const_view_array(problem->weight, n);
    bool begun = room && gsl_multifit_nlinear_winit(q, &weight.vector, &functions, solver) == GSL_SUCCESS;
    struct fit_solution solution = {.values = *start}; /* without memory it stays there, not converged */
    if (begun) {
        solution.converged = iterate(solver, ITERATIONS) || settled(solver);
        solution.values = unpack(problem, gsl_multifit_nlinear_position(solver));
    }
    solution.chi2 = fit_chi2(problem, &solution.values);
    find_doubt(problem, &solution);
    gsl_vector_free(q);
    if (solver)
        gsl_multifit_nlinear_free(solver);
    return solution;
}
