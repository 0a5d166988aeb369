#include "model/stimulus.h"

#include <stdio.h>

enum { BEFORE, AFTER, AT };

static double value(const struct stimulus *stimulus, double time)
{
    return stimulus->param[time < stimulus->param[AT] ? BEFORE : AFTER];
}

static void describe(const struct stimulus *stimulus, char *out, size_t size)
{
    const double *p = stimulus->param;
    snprintf(out, size, "step %.4g→%.4g at %.4g s", p[BEFORE], p[AFTER], p[AT]);
}

const struct stimulus_type stimulus_step = {
    .name = "step",
    .summary = "one value, from a moment on another",
    .params =
        {
            [BEFORE] = {"before", DIMENSION_NONE, 0, -1e12, 1e12, "value before the step"},
            [AFTER] = {"after", DIMENSION_NONE, 1, -1e12, 1e12, "value from the step on"},
            [AT] = {"at", DIMENSION_TIME, 0.5, -1e9, 1e9, "time of the step"},
        },
    .value = value,
    .describe = describe,
};
