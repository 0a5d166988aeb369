/* A column of a file played back. A sample lasts until the next one; the last lasts as long as the mean
 * interval when the playback repeats, so that a file of one period of a signal closes without a hitch. */
#include "model/stimulus.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { REPEAT, LINEAR };

static const char *source_name(const struct stimulus *stimulus)
{
    const char *source = stimulus->samples && stimulus->samples->source ? stimulus->samples->source : "the file";
    const char *slash = strrchr(source, '/');
    return slash && slash[1] ? slash + 1 : source;
}

static bool prepare(struct stimulus *stimulus, struct error *error)
{
    const struct stimulus_samples *s = stimulus->samples;
    const char *name = source_name(stimulus);
    if (!s || s->count == 0)
        return error_set(error, "file: there are no samples in %.100s, a time and a value are needed at least", name);
    for (size_t i = 0; i < s->count; i++) {
        if (!isfinite(s->time[i]) || !isfinite(s->value[i]))
            return error_set(error, "file: sample %zu of %.100s has time %g and value %g, both must be finite", i + 1,
                             name, s->time[i], s->value[i]);
        if (i > 0 && s->time[i] < s->time[i - 1])
            return error_set(error, "file: sample %zu of %.100s is at %g s, before the sample above it at %g s", i + 1,
                             name, s->time[i], s->time[i - 1]);
    }
    return true;
}

/* Length of one round, 0 when there is nothing to repeat. */
static double round_length(const struct stimulus_samples *s)
{
    double length = s->time[s->count - 1] - s->time[0];
    return s->count > 1 ? length + length / (double)(s->count - 1) : 0;
}

/* Index of the last sample at or before a time that is not before the first. */
static size_t find_sample(const struct stimulus_samples *s, double time)
{
    size_t low = 0, high = s->count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (s->time[middle] <= time)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Rows without times: one ends where its step does, so that row 1 is played in step 1. Rounding of the time, a product
 * of the step, does not make it the next one. */
static double row_value(const struct stimulus *stimulus, double time)
{
    const struct stimulus_samples *s = stimulus->samples;
    double step = s->time[0], place = time / step * (1 - 1e-13);
    if (stimulus->param[REPEAT] != 0)
        place = fmod(place, (double)s->count);
    if (!(place > 0))
        return s->value[stimulus->param[REPEAT] != 0 && time > 0 ? s->count - 1 : 0];
    size_t i = place < (double)s->count ? (size_t)ceil(place) - 1 : s->count - 1;
    if (stimulus->param[LINEAR] == 0 || (i == 0 && stimulus->param[REPEAT] == 0))
        return s->value[i];
    double w = fmin(place - (double)i, 1);
    return (1 - w) * s->value[i ? i - 1 : s->count - 1] + w * s->value[i];
}

static double value(const struct stimulus *stimulus, double time)
{
    const struct stimulus_samples *s = stimulus->samples;
    if (s->rows)
        return row_value(stimulus, time);
    double first = s->time[0], length = round_length(s);
    bool repeat = stimulus->param[REPEAT] != 0 && length > 0;
    if (!(time > first))
        return s->value[time == first ? find_sample(s, time) : 0];
    if (repeat)
        time = first + fmod(time - first, length);
    size_t i = find_sample(s, time);
    if (stimulus->param[LINEAR] == 0 || (i + 1 == s->count && !repeat))
        return s->value[i];
    size_t next = (i + 1) % s->count;
    double end = next ? s->time[next] : first + length;
    double w = (time - s->time[i]) / (end - s->time[i]);
    return (1 - w) * s->value[i] + w * s->value[next];
}

/* Row or sample i lasts from `begin` to `end`; a step is at its end, and rounding makes no other of it. */
static bool in_a_step(double begin, double end, double dt, bool rows)
{
    double slack = 1e-9, low = begin / dt, high = end / dt;
    return rows ? floor(high + slack) > floor(low + slack) : ceil(high - slack) > ceil(low - slack);
}

static size_t passed_over(const struct stimulus *stimulus, double dt)
{
    const struct stimulus_samples *s = stimulus->samples;
    size_t passed = 0;
    for (size_t i = 0; i + 1 < s->count; i++) {
        double begin = s->rows ? (double)i * s->time[0] : s->time[i],
               end = s->rows ? begin + s->time[0] : s->time[i + 1];
        bool before =
            end <= 0 || (begin <= 0 && !s->rows && end <= dt * (1 + 1e-9)); /* what holds at 0 is in no step */
        passed += !before && !in_a_step(begin, end, dt, s->rows);
    }
    return passed;
}

static void describe(const struct stimulus *stimulus, char *out, size_t size)
{
    const char *column = stimulus->samples->column;
    snprintf(out, size, "file %s%s%s%s", source_name(stimulus), column ? " " : "", column ? column : "",
             stimulus->param[REPEAT] != 0 ? " repeated" : "");
}

const struct stimulus_type stimulus_file = {
    .name = "file",
    .summary = "a column of a CSV file; its first value before it starts, its last after it ends",
    .params =
        {
            [REPEAT] = {"repeat", DIMENSION_NONE, 0, 0, 1, "1: starts again when it ends"},
            [LINEAR] = {"linear", DIMENSION_NONE, 0, 0, 1, "1: straight lines between samples, 0: each is held"},
        },
    .samples = true,
    .prepare = prepare,
    .value = value,
    .passed_over = passed_over,
    .describe = describe,
};
