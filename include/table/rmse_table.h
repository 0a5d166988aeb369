/* How the error of decoding falls as neurons are added. Any thread. */
#ifndef TABLE_RMSE_TABLE_H
#define TABLE_RMSE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/progress.h"
#include "language/parameter.h"
#include "language/sheet.h"
#include "model/population.h"
#include "nef/function.h"

struct rmse_table {
    struct population_spec spec; /* owned: what populations are drawn from; its n and seed are replaced */
    struct function *function;   /* owned */
    double reg;
    const struct points *n; /* whole numbers */
    size_t seeds;           /* populations of each size, with seeds spec.seed, spec.seed + 1, ... */
    double noise;           /* on each rate, Gaussian, in units of the highest rate */
    size_t points;          /* where the error is measured */
    size_t eval_points;     /* 0: the usual count */
};

/* Where errors are measured: in one dimension even points from end to end; in more, points drawn in the ball, the same
 * ones each time. Freed with eval_points_free. */
struct eval_points *rmse_points(const struct population *population, size_t count);

/* One row a size: n,seeds,m,rmse_mean,rmse_sd,rmse_min,rmse_max,rmse_noisy_mean,rmse_noisy_sd,rmse_eval_mean.
 */
bool rmse_table(const struct rmse_table *plan, struct sheet *sheet, struct progress progress, struct error *error);

#endif
