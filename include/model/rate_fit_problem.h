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
    double middle, half; /* of x */
    double fastest;      /* Hz, the highest rate */
    size_t top;          /* the point that has it; of the search only */
    double floor;        /* spikes, the least that a point's error is made from */
    double *weight;      /* [points] */
    size_t telling;      /* points with spikes, and one for where they end; silence tells no more */
    bool free[FIT_UNKNOWNS];
    double low[FIT_UNKNOWNS], high[FIT_UNKNOWNS]; /* bounds of the positive ones */
    struct fit_values held;                       /* values of those that are not free */
};

struct fit_solution {
    struct fit_values values;
    double chi2;
    double doubt[FIT_UNKNOWNS]; /* standard error of the logarithm of each free positive one; INFINITY: no
                                   hold on it */
    bool converged;
};

size_t fit_free_count(const struct fit_problem *problem);
/* What one degree of freedom left over costs: the scale that chi2 is judged by. */
double fit_scale(const struct fit_problem *problem, double chi2);
struct neuron_params fit_params(const struct fit_values *values);
/* Rate at z, averaged over `spread` (in units of z) about it. */
double fit_rate(const struct fit_problem *problem, const struct fit_values *values, double z, double spread);
double fit_chi2(const struct fit_problem *problem, const struct fit_values *values);
/* Of the free ones (0 of others): MIDDLE, SLOPE and the logarithms of the positive ones, for weights of 1 /
 * variance. INFINITY where there is no hold on it. */
void fit_covariance(const struct fit_problem *problem, const struct fit_values *values,
                    double covariance[FIT_UNKNOWNS][FIT_UNKNOWNS]);
/* From one starting point. */
struct fit_solution fit_solve(const struct fit_problem *problem, const struct fit_values *start);

/* Where on the axis of z a point lies. */
double fit_z(const struct fit_problem *problem, size_t point);
/* One over the variance of a rate (Hz) measured for so long (s): of the spikes expected, one at least; and no
 * error is taken to be less than a part of the highest rate, or silent points would outweigh all others. */
double fit_weight(const struct fit_problem *problem, double rate, double time);
/* The highest rate, Hz, and the point that has it (unchanged if all are silent). */
double fit_fastest(const struct rate_points *points, size_t *where);

/* model/rate_fit_start.c. The problem borrows the points and owns `weight`, which is freed by who set it up.
 */
void fit_set_up(struct fit_problem *problem, const struct rate_points *points, const struct rate_fit_request *request);
/* Other points in place of those, with new weights (the old ones are not freed). */
void fit_take_points(struct fit_problem *problem, const struct rate_points *points);
/* An unknown is given from now on. */
void fit_hold(struct fit_problem *problem, int unknown, double value);
/* From one starting point, a hard corner moved about by hand. */
struct fit_solution fit_solve_near(const struct fit_problem *problem, const struct fit_values *start);
struct fit_solution fit_solve_from_everywhere(const struct fit_problem *problem,
                                              const struct rate_fit_request *request);
/* Two more rounds with weights from the curve found; the weights of the problem change. */
void fit_refine(struct fit_problem *problem, struct fit_solution *best);

/* model/rate_fit_open.c. Each gives bits of RATE_FIT_TAU_RC ... */
unsigned fit_hold_what_is_open(struct fit_problem *problem, const struct rate_fit_request *request,
                               struct fit_solution *solution);
/* What the points neither tell nor leave to its usual value. */
unsigned fit_still_open(const struct fit_problem *problem, const struct rate_fit_request *request,
                        const struct fit_solution *solution);
/* Before solving, where there are fewer points with spikes than unknowns. */
unsigned fit_hold_for_want_of_points(struct fit_problem *problem, const struct rate_fit_request *request);
void fit_hold_all(struct fit_problem *problem, const struct rate_fit_request *request);
/* "_tau_rc_sigma" behind `word`, nothing if there are no bits; `out` has room (RATE_FIT_WORD). */
void fit_add_names(char *out, const char *word, unsigned bits);

#endif
