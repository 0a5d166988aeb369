/* One choice of the instruction set for all rooms: by name in the environment, by force, and never one that is not
 * there. */
#include "harness.h"

#include "base/cpu.h"

/* The first use decides, so this comes first. */
START_TEST(the_environment_chooses)
{
    setenv("LIFSCOPE_KERNEL", "generic", 1);
    ck_assert_str_eq(cpu_set_names[cpu_set()], "generic");
    setenv("LIFSCOPE_KERNEL", "avx2", 1);
    ck_assert_msg(cpu_set() == CPU_GENERIC, "the choice changed after the first use");
}
END_TEST

START_TEST(only_what_is_there_is_used)
{
    ck_assert(cpu_has(CPU_GENERIC));
    for (enum cpu_set set = 0; set < CPU_SETS; set++) {
        enum cpu_set before = cpu_set();
        ck_assert_msg(cpu_use(set) == cpu_has(set), "%s", cpu_set_names[set]);
        ck_assert_msg(cpu_set() == (cpu_has(set) ? set : before), "%s in use after asking for %s",
                      cpu_set_names[cpu_set()], cpu_set_names[set]);
    }
    if (cpu_has(CPU_AVX512))
        ck_assert(cpu_has(CPU_AVX2));
}
END_TEST

int main(void)
{
    return HARNESS_RUN("base: cpu", the_environment_chooses, only_what_is_there_is_used);
}
