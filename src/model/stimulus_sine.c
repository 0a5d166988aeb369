#include "model/stimulus.h"

#include <math.h>
#include <stdio.h>

#include "base/text.h"

#define TWO_PI 6.283185307179586476925286766559

enum { FREQUENCY, AMPLITUDE, OFFSET, PHASE };

/* Whole turns are taken off before the multiplication with 2 pi, which keeps hours of signal as exact as its
 * start. */
static double value(const struct stimulus *stimulus, double time)
{
    const double *p = stimulus->param;
    double turns = p[FREQUENCY] * time;
    return p[OFFSET] + p[AMPLITUDE] * sin(TWO_PI * (turns - floor(turns)) + p[PHASE]);
}

static void describe(const struct stimulus *stimulus, char *out, size_t size)
{
    const double *p = stimulus->param;
    struct text text = {0};
    if (p[OFFSET] != 0)
        text_printf(&text, "%.4g + ", p[OFFSET]);
    if (p[AMPLITUDE] != 1)
        text_printf(&text, "%.4g ", p[AMPLITUDE]);
    bool quarter = fabs(p[PHASE] - TWO_PI / 4) < 1e-9;
    text_printf(&text, "%s(2π", quarter ? "cos" : "sin");
    if (p[FREQUENCY] != 1)
        text_printf(&text, "·%.4g", p[FREQUENCY]);
    text_add(&text, "t");
    if (p[PHASE] != 0 && !quarter)
        text_printf(&text, " %c %.4g", p[PHASE] < 0 ? '-' : '+', fabs(p[PHASE]));
    snprintf(out, size, "%s)", text_string(&text));
    text_free(&text);
}

const struct stimulus_type stimulus_sine = {
    .name = "sine",
    .summary = "offset + amplitude sin(2 pi frequency t + phase)",
    .params =
        {
            [FREQUENCY] = {"frequency", DIMENSION_RATE, 1, 0, 1e6, "periods a second"},
            [AMPLITUDE] = {"amplitude", DIMENSION_NONE, 1, -1e12, 1e12, "height from the middle to the top"},
            [OFFSET] = {"offset", DIMENSION_NONE, 0, -1e12, 1e12, "the middle"},
            [PHASE] = {"phase", DIMENSION_ANGLE, 0, -1e6, 1e6, "angle at time 0"},
        },
    .fastest = 1 + FREQUENCY,
    .value = value,
    .describe = describe,
};
