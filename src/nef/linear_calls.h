/* The calls that src/nef/linear.c makes, and where they are found. Only for this room. */
#ifndef NEF_LINEAR_CALLS_H
#define NEF_LINEAR_CALLS_H

#include <cblas.h>
#include <lapacke.h>

#include "base/error.h"

/* Found by the names that the headers declare, with the types they declare. */
struct linear_calls {
    __typeof__(&cblas_dsyrk) dsyrk;
    __typeof__(&cblas_dgemm) dgemm;
    __typeof__(&cblas_dtrsm) dtrsm;
    __typeof__(&LAPACKE_dpotrf_work) dpotrf;
    __typeof__(&LAPACKE_dpotrs_work) dpotrs;
    __typeof__(&LAPACKE_dgelsd) dgelsd;
};

/* Fills *call; false with a sentence. The libraries stay open. */
bool linear_calls_find(struct linear_calls *call, struct error *error);

#endif
