/* Panels: each call of BLAS does at most about PANEL columns, and is told as progress when it is done. */
#include "nef/linear.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/xalloc.h"
#include "linear_calls.h"

#define PANEL 1536 /* columns of one call, at most, and so many multiplications: some tenths of a second */
#define CALL 2e9
#define FACTOR 384 /* columns that Cholesky factors at a time */
/* Multiplications between two questions whether to stop: some milliseconds. */
#define PATIENCE 5e7

struct linear {
    struct linear_calls call;
    struct progress progress;
    double done, asked, total;
};

/* OpenBLAS takes so much for each thread that is in it, once, and asks for ever where it is not there. */
#define BUFFER 140e6
#define LIBRARIES 60e6

static atomic_uint inside, served;

static bool enter(struct error *error)
{
    unsigned now = atomic_fetch_add(&inside, 1) + 1, before = served;
    bool good =
        now <= before || memory_fits(BUFFER + (before ? 0 : LIBRARIES), error) || error_prefix(error, "OpenBLAS: ");
    while (good && before < now && !atomic_compare_exchange_weak(&served, &before, now))
        continue;
    if (!good)
        atomic_fetch_sub(&inside, 1);
    return good;
}

struct linear *linear_open(struct progress progress, double total, struct error *error)
{
    if (!enter(error))
        return NULL;
    struct linear *linear = xcalloc(1, sizeof *linear);
    linear->progress = progress;
    linear->total = total;
    if (linear_calls_find(&linear->call, error))
        return linear;
    linear_close(linear);
    return NULL;
}

void linear_close(struct linear *linear)
{
    if (linear)
        atomic_fetch_sub(&inside, 1);
    free(linear);
}

bool linear_did(struct linear *l, double work, struct error *error)
{
    l->done += work;
    if (!l->progress.stop || l->done - l->asked < PATIENCE)
        return true;
    l->asked = l->done;
    return !l->progress.stop(l->progress.context, l->done / l->total) || error_set(error, "interrupted");
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Columns of a product with n rows and sums of k. */
static size_t panel(size_t n, size_t k)
{
    double columns = CALL / ((double)n * (double)k);
    return columns < 64 ? 64 : columns < PANEL ? (size_t)columns : PANEL;
}

/* Lower triangle of g (n x n, leading dimension ld) += sign a a', where a is n x k with leading dimension
 * lda. */
static bool add_square(struct linear *l, size_t n, double *g, size_t ld, size_t k, const double *a, size_t lda,
                       double sign, struct error *error)
{
    size_t step = panel(n, k);
    for (size_t j = 0; j < n; j += step) {
        size_t width = least(step, n - j), below = n - j - width;
        double *corner = g + j * ld + j;
        l->call.dsyrk(CblasColMajor, CblasLower, CblasNoTrans, (int)width, (int)k, sign, a + j, (int)lda, 1, corner,
                      (int)ld);
        if (below > 0)
            l->call.dgemm(CblasColMajor, CblasNoTrans, CblasTrans, (int)below, (int)width, (int)k, sign, a + j + width,
                          (int)lda, a + j, (int)lda, 1, corner + width, (int)ld);
        if (!linear_did(l, (double)k * (double)width * ((double)below + (double)width / 2), error))
            return false;
    }
    return true;
}

bool linear_add_square(struct linear *l, size_t n, double *g, size_t k, const double *a, struct error *error)
{
    return add_square(l, n, g, n, k, a, n, 1, error);
}

bool linear_add_gram(struct linear *l, size_t n, double *g, size_t k, const double *a, struct error *error)
{
    size_t step = panel(n, k);
    for (size_t j = 0; j < n; j += step) {
        size_t width = least(step, n - j), below = n - j - width;
        double *corner = g + j * n + j;
        l->call.dsyrk(CblasColMajor, CblasLower, CblasTrans, (int)width, (int)k, 1, a + j * k, (int)k, 1, corner,
                      (int)n);
        if (below > 0)
            l->call.dgemm(CblasColMajor, CblasTrans, CblasNoTrans, (int)below, (int)width, (int)k, 1,
                          a + (j + width) * k, (int)k, a + j * k, (int)k, 1, corner + width, (int)n);
        if (!linear_did(l, (double)k * (double)width * ((double)below + (double)width / 2), error))
            return false;
    }
    return true;
}

void linear_add_product(struct linear *l, size_t n, size_t p, size_t k, const double *a, const double *b, size_t ldb,
                        double *c, size_t ldc)
{
    l->call.dgemm(CblasColMajor, CblasNoTrans, CblasNoTrans, (int)n, (int)p, (int)k, 1, a, (int)n, b, (int)ldb, 1, c,
                  (int)ldc);
}

/* One block of columns is factored, the columns right of it are freed of it. */
static bool factor_block(struct linear *l, size_t n, double *g, size_t j, bool *good, struct error *error)
{
    size_t width = least(FACTOR, n - j), below = n - j - width;
    double *corner = g + j * n + j, *panel = corner + width;
    *good = l->call.dpotrf(LAPACK_COL_MAJOR, 'L', (int)width, corner, (int)n) == 0;
    if (!*good || below == 0)
        return true;
    l->call.dtrsm(CblasColMajor, CblasRight, CblasLower, CblasTrans, CblasNonUnit, (int)below, (int)width, 1, corner,
                  (int)n, panel, (int)n);
    return add_square(l, below, panel + width * n, n, width, panel, n, -1, error);
}

bool linear_cholesky(struct linear *l, size_t n, double *g, size_t p, double *b, bool *good, struct error *error)
{
    *good = true;
    for (size_t j = 0; j < n && *good; j += FACTOR)
        if (!factor_block(l, n, g, j, good, error))
            return false;
    if (*good)
        l->call.dpotrs(LAPACK_COL_MAJOR, 'L', (int)n, (int)p, g, (int)n, b, (int)n);
    return true;
}

void linear_cholesky_again(struct linear *l, size_t n, const double *g, size_t p, double *b)
{
    l->call.dpotrs(LAPACK_COL_MAJOR, 'L', (int)n, (int)p, g, (int)n, b, (int)n);
}

bool linear_least_squares(struct linear *l, size_t m, size_t n, double *a, size_t p, double *b, struct error *error)
{
    size_t larger = m > n ? m : n;
    double *singular = xcalloc(least(m, n), sizeof *singular);
    int rank, failed = l->call.dgelsd(LAPACK_COL_MAJOR, (int)m, (int)n, (int)p, a, (int)m, b, (int)larger, singular,
                                      (double)larger * 2.220446049250313e-16, &rank);
    free(singular);
    return !failed || error_set(error, "the singular values of the rates were not found (LAPACK dgelsd: %d)", failed);
}
