/* Which instruction set the loops written for several of them run on. What a machine has is a fact about the process,
 * found at the first use, best first; one choice holds for all rooms, and LIFSCOPE_KERNEL=generic|avx2|avx512 in the
 * environment makes it (if the machine has that set). Whoever has such loops keeps a table with one entry a set,
 *
 *     static const struct kernel *const kernels[CPU_SETS] = {
 *         [CPU_GENERIC] = ..., [CPU_AVX2] = ..., [CPU_AVX512] = ...,
 *     };
 *
 * and uses kernels[cpu_set()]; entries of sets that are not in the build are never used. Any thread. */
#ifndef BASE_CPU_H
#define BASE_CPU_H

#include <stdbool.h>

enum cpu_set {
    CPU_GENERIC, /* what the compiler may take for granted */
    CPU_AVX2,    /* AVX2 and FMA */
    CPU_AVX512,  /* AVX-512 F, DQ, BW, VL and CD, which came together in 2017 */
    CPU_SETS
};

/* "generic", "avx2", "avx512" */
extern const char *const cpu_set_names[CPU_SETS];

/* Whether this machine has it; CPU_GENERIC is always there. */
bool cpu_has(enum cpu_set set);
/* The one in use. */
enum cpu_set cpu_set(void);
/* Forces one, for tests and benchmarks; false when the machine does not have it. Not while a loop runs. */
bool cpu_use(enum cpu_set set);

#endif
