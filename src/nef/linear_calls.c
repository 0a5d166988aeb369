/* Finding OpenBLAS and LAPACKE, once they are needed. The variables that OpenBLAS reads from the environment
 * while it is loaded are put there for that moment: no threads of its own (results then do not depend on how
 * many there are), and the kernels of the widest vectors this processor has; left alone it takes those of
 * 2004 for a processor it does not know, which cost a factor of four. What the user set is respected. */
#include "linear_calls.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include "base/cpu.h"

/* OpenBLAS's names of processors that have the set in use. */
static const char *core_type(void)
{
    static const char *const names[CPU_SETS] = {[CPU_AVX2] = "Haswell", [CPU_AVX512] = "SkylakeX"};
    if (cpu_set() == CPU_GENERIC && cpu_has(CPU_AVX2))
        return "Prescott"; /* generic is what was asked for */
    return names[cpu_set()];
}

static void *open_either(const char *name, const char *other)
{
    void *library = dlopen(name, RTLD_NOW | RTLD_GLOBAL);
    return library ? library : dlopen(other, RTLD_NOW | RTLD_GLOBAL);
}

/* BLAS first: what LAPACKE stands on is then found in it. */
static bool open_libraries(void **blas, void **lapacke)
{
    static const char threads[] = "OPENBLAS_NUM_THREADS", core[] = "OPENBLAS_CORETYPE";
    const char *type = core_type();
    /* Once it is loaded the environment stays as it is: other threads may read it. */
    bool loaded =
        dlopen("libopenblas.so.0", RTLD_NOW | RTLD_NOLOAD) || dlopen("libopenblas.so", RTLD_NOW | RTLD_NOLOAD);
    bool set_threads = !loaded && !getenv(threads), set_core = !loaded && type && !getenv(core);
    if (set_threads)
        setenv(threads, "1", 1);
    if (set_core)
        setenv(core, type, 1);
    *blas = open_either("libopenblas.so.0", "libopenblas.so");
    *lapacke = *blas ? open_either("liblapacke.so.3", "liblapacke.so") : NULL;
    if (set_threads)
        unsetenv(threads);
    if (set_core)
        unsetenv(core);
    return *lapacke;
}

/* A function's address as POSIX gives it, in an object's pointer. */
static bool find(void *library, const char *name, void *call, size_t size)
{
    void *address = dlsym(library, name);
    memcpy(call, &address, size);
    return address;
}
#define FIND(library, name, field) find(library, name, &call->field, sizeof call->field)

bool linear_calls_find(struct linear_calls *call, struct error *error)
{
    void *blas, *lapacke;
    bool found = open_libraries(&blas, &lapacke) && FIND(blas, "cblas_dsyrk", dsyrk) &&
                 FIND(blas, "cblas_dgemm", dgemm) && FIND(blas, "cblas_dtrsm", dtrsm) &&
                 FIND(lapacke, "LAPACKE_dpotrf_work", dpotrf) && FIND(lapacke, "LAPACKE_dpotrs_work", dpotrs) &&
                 FIND(lapacke, "LAPACKE_dgelsd", dgelsd);
    const char *why = found ? NULL : dlerror();
    return found || error_set(error, "decoders need OpenBLAS and LAPACKE (Debian: libopenblas0 and liblapacke): %.200s",
                              why ? why : "a function is missing");
}
