#include "model/stimulus.h"

#include <stdio.h>

enum { FROM, TO, START, DURATION };

/* A weighted mean, so that both ends are met exactly; a duration of 0 is a step. */
static double value(const struct stimulus *stimulus, double time)
{
    const double *p = stimulus->param;
    double gone = time - p[START];
    if (gone <= 0 && (gone < 0 || p[DURATION] > 0))
        return p[FROM];
    if (gone >= p[DURATION])
        return p[TO];
    double w = gone / p[DURATION];
    return (1 - w) * p[FROM] + w * p[TO];
}

static void describe(const struct stimulus *stimulus, char *out, size_t size)
{
    const double *p = stimulus->param;
    int used = snprintf(out, size, "ramp %.4g→%.4g in %.4g s", p[FROM], p[TO], p[DURATION]);
    if (p[START] != 0 && used > 0 && (size_t)used < size)
        snprintf(out + used, size - (size_t)used, " from %.4g s", p[START]);
}

const struct stimulus_type stimulus_ramp = {
    .name = "ramp",
    .summary = "a straight line from one value to another, which then stays",
    .params =
        {
            [FROM] = {"from", DIMENSION_NONE, -1, -1e12, 1e12, "value up to the start"},
            [TO] = {"to", DIMENSION_NONE, 1, -1e12, 1e12, "value at the end and after it"},
            [START] = {"start", DIMENSION_TIME, 0, -1e9, 1e9, "time at which it starts"},
            [DURATION] = {"duration", DIMENSION_TIME, 2, 0, 1e9, "time it takes"},
        },
    .value = value,
    .describe = describe,
};
