/* The least-squares problem behind model/rate_fit.h, in the numbers it is solved in. Inside model/. */
#ifndef MODEL_RATE_FIT_PROBLEM_H
#define MODEL_RATE_FIT_PROBLEM_H

#include "model/rate_fit.h"

/* What is solved for. With z = (x - middle) / half running over -1 .. 1: J - 1 = MIDDLE + SLOPE z. */
enum fit_unknown { FIT_MIDDLE, FIT_SLOPE, FIT_TAU_RC, FIT_TAU_REF, FIT_SIGMA, FIT_UNKNOWNS };

/* A point of that space in plain units (s, Hz). */
struct fit_values {
    double v[FIT_UNKNOWNS];
};

struct fit_problem {
    const struct rate_curve *curve;
    const struct rate_points *points;
    double middle, half;              /* of x */
    double fastest;                   /* Hz, the highest rate */
    size_t top;                       /* the point that has it; of the search only */
    double floor;                     /* spikes, the least that a point's error is made from */
    double *weight;                   /* [points] */
    size_t telling;                   /* points with spikes, and one for where they end; silence tells no more */
    bool free[FIT_UNKNOWNS];
    double low[FIT_UNKNOWNS], high[FIT_UNKNOWNS]; /* bounds of the positive ones */
    struct fit_values held;           /* values of those that are not free */
};

struct fit_solution {
    struct fit_values values;
    double chi2;
    double doubt[FIT_UNKNOWNS]; /* standard error of the logarithm of each free positive one; INFINITY: no hold on it */
    bool converged;
};

size_t fit_free_count(const struct fit_problem *problem);
/* What one degree of freedom left over costs: the scale that chi2 is judged by. */
double fit_scale(const struct fit_problem *problem, double chi2);
struct neuron_params fit_params(const struct fit_values *values);
/* Rate at z, averaged over `spread` (in units of z) about it. */
double fit_rate(const struct fit_problem *problem, const struct fit_values *values, double z, double spread);
double fit_chi2(const struct fit_problem *problem, const struct fit_values *values);
/* Of the free ones (0 of others): MIDDLE, SLOPE and the logarithms of the positive ones, for weights of 1 / variance.
 * INFINITY where there is no hold on it. */
void fit_covariance(const struct fit_problem *problem, const struct fit_values *values,
                    double covariance[FIT_UNKNOWNS][FIT_UNKNOWNS]);
/* From one starting point. */
struct fit_solution fit_solve(const struct fit_problem *problem, const struct fit_values *start);

#endif
