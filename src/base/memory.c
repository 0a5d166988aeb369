/* Limits are the kernel's, /proc tells what is used of them. What cannot be read limits nothing. */
#include "base/memory.h"

#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define WHOLE 2048 /* bytes of such a file that are read: what is wanted stands at its beginning */

/* By system calls: a stream would want memory. */
static const char *read_facts(const char *path, char text[WHOLE])
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t length = file < 0 ? -1 : read(file, text, WHOLE - 1);
    if (file >= 0)
        close(file);
    text[length < 0 ? 0 : length] = '\0';
    return text;
}

static double limit_of(int which)
{
    struct rlimit limit;
    return getrlimit(which, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY ? (double)limit.rlim_cur : INFINITY;
}

static double left_by_limits(void)
{
    double all = limit_of(RLIMIT_AS), data = limit_of(RLIMIT_DATA), page = (double)sysconf(_SC_PAGESIZE);
    double pages = 0, data_pages = 0;
    char text[WHOLE];
    if (isinf(all) && isinf(data))
        return INFINITY;
    sscanf(read_facts("/proc/self/statm", text), "%lf %*s %*s %*s %*s %lf", &pages, &data_pages);
    return fmin(all - pages * page, data - data_pages * page);
}

static double left_by_machine(void)
{
    char text[WHOLE];
    const char *available = strstr(read_facts("/proc/meminfo", text), "MemAvailable:");
    const char *swap = available ? strstr(available, "SwapFree:") : NULL;
    if (!available)
        return INFINITY;
    return 1024 * (strtod(strchr(available, ':') + 1, NULL) + (swap ? strtod(strchr(swap, ':') + 1, NULL) : 0));
}

double memory_left(void)
{
    return fmax(fmin(left_by_limits(), left_by_machine()), 0);
}

static const char *write_bytes(char text[32], double bytes)
{
    if (bytes < 1e9)
        snprintf(text, 32, "%.0f MB", bytes / 1e6);
    else
        snprintf(text, 32, "%.3g GB", bytes / 1e9);
    return text;
}

bool memory_lacks(double bytes, struct error *error)
{
    char need[32], there[32];
    return error_set(error, "%s of memory are needed, and %s are left", write_bytes(need, ceil(bytes / 1e6) * 1e6),
                     write_bytes(there, floor(memory_left() / 1e6) * 1e6));
}

bool memory_fits(double bytes, struct error *error)
{
    return bytes < MEMORY_LARGE || bytes <= memory_left() || memory_lacks(bytes, error);
}
