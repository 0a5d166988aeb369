/* Watching a program on a pseudo terminal for a while, and what it costs. */
#ifndef BENCH_WATCH_H
#define BENCH_WATCH_H

#include "../term/pty.h"

#include "base/clock.h"

static inline void read_for(struct pty *pty, double seconds)
{
    double end = clock_seconds() + seconds;
    while (clock_seconds() < end)
        pty_read(pty, 5);
}

/* User and system seconds the program has used, all threads. */
static inline double cpu_seconds(pid_t pid)
{
    char path[64], line[1024] = "";
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    FILE *file = fopen(path, "r");
    unsigned long user = 0, system = 0;
    if (file && fgets(line, sizeof line, file) && strrchr(line, ')'))
        sscanf(strrchr(line, ')') + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system);
    if (file)
        fclose(file);
    return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

#endif
