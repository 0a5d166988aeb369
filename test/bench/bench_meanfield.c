/* Mean-field theory: microseconds a value, and the example's scan, which has to be quick enough for dragging.
 */
#include <time.h>

#include "harness.h"

#include "meanfield/ratio.h"
#include "meanfield/scan.h"

#define COUNT 199

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static struct working_point point_of(size_t i)
{
    return (struct working_point){6e-3 + 2e-3 * (double)(i / 4 % 4), 6e-3 + 2e-3 * (double)(i % 4)};
}

static double best_of(double (*run)(const double *frequency), const double *frequency)
{
    double best = INFINITY;
    for (int i = 0; i < 7; i++)
        best = fmin(best, run(frequency));
    return best;
}

static double rates(const double *frequency)
{
    double begun = now(), sum = frequency[0];
    for (size_t i = 0; i < 1600; i++)
        sum += siegert_rate(&meanfield_neuron_defaults, point_of(i), METHOD_SHIFT).rate;
    return sum > 0 ? (now() - begun) / 1600 * 1e6 : 0;
}

static double transfers(const double *frequency)
{
    struct transfer n[COUNT];
    struct error error;
    double begun = now();
    for (size_t i = 0; i < 32; i++)
        transfer_function(&meanfield_neuron_defaults, point_of(i), &transfer_defaults, COUNT, frequency, n, NULL,
                          &error);
    return (now() - begun) / (32 * COUNT) * 1e6;
}

static double scan(const double *frequency)
{
    struct scan_row row;
    double begun = now();
    for (int method = METHOD_SHIFT; method <= METHOD_TAYLOR; method++)
        for (size_t i = 0; i < 16; i++) {
            struct transfer_options options = {(enum meanfield_method)method, true, false};
            scan_point(&meanfield_network_defaults, EXC, point_of(i), &options, COUNT, frequency, NULL, &row);
        }
    return (now() - begun) * 1e3;
}

static double network(const double *frequency)
{
    double external[POPULATIONS] = {95504.4687, 15718.5993 + 0 * frequency[0]}, rate[POPULATIONS], begun = now();
    struct working_point point[POPULATIONS];
    struct error error;
    network_point(&meanfield_network_defaults, external, METHOD_SHIFT, rate, point, &error);
    return (now() - begun) * 1e3;
}

static void kernels(void)
{
    for (enum cpu_set set = CPU_SETS; set-- > 0;) {
        if (!cpu_has(set))
            continue;
        double omega[RATIO_LANES], best = INFINITY;
        struct ratio ratio;
        for (int i = 0; i < RATIO_LANES; i++)
            omega[i] = 2 * M_PI * (50 + i) * 5e-3;
        for (int round = 0; round < 7; round++) {
            double begun = now();
            for (int i = 0; i < 500; i++)
                ratio_evaluate_on(ratio_kernels[set], 1.5 + 1e-6 * i, -1.2, 2.7 + 1e-6 * i, omega, &ratio);
            best = fmin(best, (now() - begun) / (500 * RATIO_LANES) * 1e6);
        }
        printf("  ratio of cylinder functions, %-8s %6.3f us a value\n", cpu_set_names[set], best);
    }
}

START_TEST(mean_field)
{
    double frequency[COUNT];
    for (size_t m = 0; m < COUNT; m++)
        frequency[m] = 1 + (double)m;
    double all = best_of(scan, frequency);
    printf("mean-field theory, one core\n");
    printf("  stationary rate %33.3f us a value\n", best_of(rates, frequency));
    printf("  transfer function %31.3f us a value\n", best_of(transfers, frequency));
    kernels();
    printf("  16 points x 199 frequencies x 2 methods, with fits %6.2f ms: %.0f times the 15.1 s of NNMT\n", all,
           15100 / all);
    printf("  self-consistent point %27.2f ms\n", best_of(network, frequency));
}
END_TEST

int main(void)
{
    return HARNESS_RUN("bench: mean field", mean_field);
}
