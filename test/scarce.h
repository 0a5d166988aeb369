/* Memory that runs short. */
#ifndef TEST_SCARCE_H
#define TEST_SCARCE_H

#include "harness.h"

#include <sys/resource.h>
#include <unistd.h>

/* The address space may grow by so many bytes from now on. */
static inline void leave_memory(size_t bytes)
{
    size_t pages;
    FILE *facts = fopen("/proc/self/statm", "r");
    ck_assert_ptr_nonnull(facts);
    ck_assert_int_eq(fscanf(facts, "%zu", &pages), 1);
    fclose(facts);
    rlim_t most = pages * (size_t)sysconf(_SC_PAGESIZE) + bytes;
    ck_assert_int_eq(setrlimit(RLIMIT_AS, &(struct rlimit){most, most}), 0);
}

#endif
