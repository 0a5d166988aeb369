/* Dense symmetric systems and least squares by OpenBLAS and LAPACKE, in pieces of some tenths of a second, so
 * that long work shows how far it is and can be stopped. Matrices are column-major. Each function says how many
 * multiplications it costs, which is what progress is counted in. One thread at a time for each struct linear.
 *
 * OpenBLAS is opened at the first use (linear_open) and not linked, for two reasons: as it is loaded it
 * starts a thread for each processor, which most sessions would start for nothing; and it chooses its kernels
 * at that moment from a list of processors that is older than many of them, so it has to be told what this
 * one can do. */
#ifndef NEF_LINEAR_H
#define NEF_LINEAR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/progress.h"

struct linear;

/* NULL with a sentence when the libraries are not there. The first call in a program loads them and changes the
 * environment for that moment: make it while no other thread reads that. `total` multiplications are going to be done,
 * for `progress`. */
struct linear *linear_open(struct progress progress, double total, struct error *error);
void linear_close(struct linear *linear); /* NULL is fine */
/* Counts `work` multiplications as done; false with "interrupted" when it is to stop. */
bool linear_did(struct linear *linear, double work, struct error *error);

/* Lower triangle of g (n x n, leading dimension n) += a a', where a is n x k (leading dimension n). Costs
 * n n k / 2. */
bool linear_add_square(struct linear *linear, size_t n, double *g, size_t k, const double *a, struct error *error);
/* The same with a' a, where a is k x n (leading dimension k). */
bool linear_add_gram(struct linear *linear, size_t n, double *g, size_t k, const double *a, struct error *error);
/* c (n x p) += a b, where a is n x k (leading dimension n) and b is k x p. */
void linear_add_product(struct linear *linear, size_t n, size_t p, size_t k, const double *a, const double *b,
                        size_t ldb, double *c, size_t ldc);
/* Solves g x = b for the symmetric g whose lower triangle is given, by Cholesky; b is n x p and becomes x.
 * *good says whether g was positive definite; if not, g and b are spoilt. False with "interrupted". Costs
 * n^3 / 6 + n n p. */
bool linear_cholesky(struct linear *linear, size_t n, double *g, size_t p, double *b, bool *good, struct error *error);
/* Solves once more with the g that linear_cholesky has factored. Costs n n p. */
void linear_cholesky_again(struct linear *linear, size_t n, const double *g, size_t p, double *b);
/* Least squares of smallest norm by singular values: a is m x n, b is max(m, n) x p; the first n rows of b
 * become x. Both are spoilt. Singular values below max(m, n) epsilon times the largest count as 0. */
bool linear_least_squares(struct linear *linear, size_t m, size_t n, double *a, size_t p, double *b,
                          struct error *error);

#endif
