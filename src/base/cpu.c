#include "base/cpu.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

const char *const cpu_set_names[CPU_SETS] = {"generic", "avx2", "avx512"};

bool cpu_has(enum cpu_set set)
{
#if defined(__x86_64__) && defined(__GNUC__)
    bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    if (set == CPU_AVX2)
        return avx2;
    if (set == CPU_AVX512)
        return avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
               __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
               __builtin_cpu_supports("avx512cd");
#endif
    return set == CPU_GENERIC;
}

static enum cpu_set choose(void)
{
    const char *wanted = getenv("LIFSCOPE_KERNEL");
    enum cpu_set best = CPU_GENERIC;
    for (enum cpu_set set = CPU_GENERIC; set < CPU_SETS; set++) {
        if (!cpu_has(set))
            continue;
        if (wanted && strcmp(wanted, cpu_set_names[set]) == 0)
            return set;
        best = set;
    }
    return best;
}

/* The set in use, or CPU_SETS until it is found. Threads that find it at once find the same. */
static _Atomic(enum cpu_set) chosen = CPU_SETS;

enum cpu_set cpu_set(void)
{
    enum cpu_set set = atomic_load_explicit(&chosen, memory_order_relaxed);
    if (set == CPU_SETS) {
        set = choose();
        atomic_store_explicit(&chosen, set, memory_order_relaxed);
    }
    return set;
}

bool cpu_use(enum cpu_set set)
{
    bool has = cpu_has(set);
    if (has)
        atomic_store_explicit(&chosen, set, memory_order_relaxed);
    return has;
}
