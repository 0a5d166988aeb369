#include "model/stimulus.h"

#include <stdio.h>

enum { VALUE };

static double value(const struct stimulus *stimulus, double time)
{
    (void)time;
    return stimulus->param[VALUE];
}

static void describe(const struct stimulus *stimulus, char *out, size_t size)
{
    snprintf(out, size, "%.4g", stimulus->param[VALUE]);
}

const struct stimulus_type stimulus_constant = {
    .name = "constant",
    .summary = "the same value all the time",
    .params = {[VALUE] = {"value", DIMENSION_NONE, 0.5, -1e12, 1e12, "the value"}},
    .value = value,
    .describe = describe,
};
