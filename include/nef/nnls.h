/* Non-negative least squares: the w >= 0 that minimises |M w - b|^2, given by its normal equations
 *
 *   H = M'M (n x n, positive definite),  f = M'b,   minimise  w'H w / 2 - f'w
 *
 * by block principal pivoting (Judice & Pires 1994; Kim & Park 2011): every round solves for the unknowns that are
 * thought to be positive and exchanges all that prove wrong, so that ten rounds do where adding one unknown at a time
 * takes a hundred. With `root` given the gradient is M'(M w - b), which keeps digits that H has lost.
 *
 * What is found is checked by the conditions of Karush, Kuhn and Tucker, y = H w - f:  y_i = 0 where w_i > 0, y_i >= 0
 * where w_i = 0. Matrices are column-major. One thread at a time for each struct linear. */
#ifndef NEF_NNLS_H
#define NEF_NNLS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "nef/linear.h"

struct nnls_problem {
    size_t n;
    const double *h;    /* [n][n], both triangles */
    const double *f;    /* [n] */
    const double *root; /* M [n][n], symmetric; NULL: it is not known */
    const double *b;    /* [n], with root */
};

struct nnls_result {
    double violation; /* of the conditions: the largest, as a share of the largest |f| */
    size_t rounds;
    bool settled; /* false: the rounds ran out, w is the last one, cut off at 0 */
};

/* positive[n] says which unknowns to begin with, and which are positive in the end. False with a sentence: H is not
 * positive definite (two columns of M are alike), or interrupted. */
bool nnls_solve(struct linear *linear, const struct nnls_problem *problem, bool *positive, double *w,
                struct nnls_result *result, struct error *error);

#endif
