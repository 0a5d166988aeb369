/* Rates of 1000 trains of 10 s at 1 ms by every estimator, and the kernels once more as dense convolutions
 * with this machine's vectors, which is how they are defined. Prints, never fails. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/xalloc.h"
#include "signal/isi.h"
#include "signal/kernel.h"
#include "signal/kernel_sum.h"

#define TRAINS 1000
#define SAMPLES 10000
#define DT 0.001
#define TAU 0.04
#define ROUNDS 5

struct trains {
    double t[SAMPLES];
    double *spike[TRAINS];
    size_t count[TRAINS];
    double *out; /* [TRAINS][SAMPLES] */
};

/* Poisson trains with rates spread evenly from 0 to twice the mean. */
static void make_trains(struct trains *trains, double mean)
{
    unsigned seed = 1;
    for (size_t i = 0; i < TRAINS; i++) {
        double chance = 2 * mean * DT * (double)i / TRAINS;
        trains->count[i] = 0;
        for (size_t k = 0; k < SAMPLES; k++) {
            seed = seed * 1664525 + 1013904223;
            if (seed < chance * 4294967296.)
                trains->spike[i][trains->count[i]++] = trains->t[k];
        }
    }
}

static double best(double time, double *least)
{
    return *least = *least == 0 || time < *least ? time : *least;
}

static void bench_isi(struct trains *trains, const struct isi_interp *interp)
{
    double least = 0;
    for (int round = 0; round < ROUNDS; round++) {
        double start = clock_seconds();
        for (size_t i = 0; i < TRAINS; i++)
            isi_rates(trains->spike[i], trains->count[i], trains->t, SAMPLES, interp, false, trains->out + i * SAMPLES);
        best(clock_seconds() - start, &least);
    }
    printf("rates isi %-10s 1000 neurons, 10 s at 1 ms: %6.1f ms\n", interp->name, least * 1e3);
}

static double time_dense(struct trains *trains, const struct kernel *kernel)
{
    size_t taps = kernel_taps(kernel);
    double *tap = xcalloc(taps, sizeof *tap), *x = xcalloc(SAMPLES + 2 * KERNEL_BLOCK, sizeof *x), time = 0;
    for (size_t k = 0; k < taps; k++)
        tap[k] = kernel_tap(kernel, k);
    for (size_t i = 0; i < TRAINS; i++) {
        memset(x, 0, (SAMPLES + 2 * KERNEL_BLOCK) * sizeof *x);
        for (size_t s = 0; s < trains->count[i]; s++)
            x[KERNEL_BLOCK + (size_t)lround(trains->spike[i][s] / DT)] = 1 / DT;
        double start = clock_seconds();
        kernel_sum()->smooth(tap, taps, kernel_delay(kernel), x + KERNEL_BLOCK, trains->out + i * SAMPLES, SAMPLES);
        time += clock_seconds() - start;
    }
    free(tap);
    free(x);
    return time;
}

static void bench_kernel(struct trains *trains, const struct rate_kernel *kind, double tau)
{
    struct error error;
    struct kernel *kernel = kernel_new(kind, tau, DT, false, &error);
    double least = 0;
    for (int round = 0; round < ROUNDS; round++) {
        double start = clock_seconds();
        for (size_t i = 0; i < TRAINS; i++)
            kernel_rates(kernel, trains->spike[i], trains->count[i], trains->t, SAMPLES, trains->out + i * SAMPLES);
        best(clock_seconds() - start, &least);
    }
    printf("rates kernel %-10s tau %4g ms: %6.1f ms", kind->name, tau * 1e3, least * 1e3);
    if (kind->smooth) {
        puts("");
    } else {
        double dense = time_dense(trains, kernel);
        printf(", dense %6.0f ms: %5.1f times faster\n", dense * 1e3, dense / least);
    }
    kernel_free(kernel);
}

int main(void)
{
    static struct trains trains;
    trains.out = xreallocarray(NULL, (size_t)TRAINS * SAMPLES, sizeof(double));
    for (size_t k = 0; k < SAMPLES; k++)
        trains.t[k] = (double)k * DT;
    for (size_t i = 0; i < TRAINS; i++)
        trains.spike[i] = xreallocarray(NULL, SAMPLES, sizeof(double));
    static const double means[] = {20, 80};
    for (size_t m = 0; m < sizeof means / sizeof *means; m++) {
        make_trains(&trains, means[m]);
        printf("Poisson trains, %g Hz on average\n", means[m]);
        for (size_t k = 0; k < isi_interp_count; k++)
            bench_isi(&trains, isi_interps[k]);
        for (size_t k = 0; k < rate_kernel_count; k++)
            bench_kernel(&trains, rate_kernels[k], TAU);
    }
    bench_kernel(&trains, &kernel_expon, 1);
    bench_kernel(&trains, &kernel_gauss, 1);
    bench_kernel(&trains, &kernel_expogauss, 1);
    for (size_t i = 0; i < TRAINS; i++)
        free(trains.spike[i]);
    free(trains.out);
    return EXIT_SUCCESS;
}
