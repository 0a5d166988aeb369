/* Guessing the unit. Files rarely say what their times are in, and the answer is a factor of 1000. What
 * neurons do tells: with U units and N spikes over a span T the mean rate N / (U T) lies between 0.1 and 200
 * Hz, and the shorter intervals of one unit (the tenth part of them is shorter) between 1 ms, the refractory
 * period, and 2 s; samples of a dense file are 10 us to 10 ms apart. Each reading (s, ms, us) is charged the
 * powers of ten by which it misses each window, and a twentieth of the distance from the window's middle,
 * which breaks ties; the cheapest reading wins. Sample numbers look like ms or us and cannot be told from
 * them: the loader says what the guess leads to. Hours and minutes are too rare to be guessed, and nanoseconds are only
 * where all else is far from plausible.
 * Times on a grid of more than 1 ms, as a clock of 25 ms would give, are charged for that, too.
 */
#include "record/time_unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/xalloc.h"

#define INTERVALS 8192  /* looked at, at most */
#define GRID_MOST 20000 /* spikes */
#define GRID_LEAST 50
#define COARSE 1e-3 /* s */

#define GUESSED 4 /* the first so many are what nobody needs to say, */
#define RARE 1.5  /* and the last of them is so rare that the others must be this much worse */
static const struct time_unit plain[] = {{"s", 1, 1},    {"ms", 1, 1e3}, {"us", 1, 1e6},
                                         {"ns", 1, 1e9}, {"min", 60, 1}, {"h", 3600, 1}};

struct window {
    double low, high;
};
static const struct window rates = {0.1, 200}, intervals = {1e-3, 2}, steps = {1e-5, 1e-2};

static double misses(struct window window, double value)
{
    double size = log10(value), low = log10(window.low), high = log10(window.high);
    double outside = size < low ? low - size : size > high ? size - high : 0;
    return outside + 0.05 * fabs(size - (low + high) / 2);
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Positive ones, within units, at most INTERVALS of them; how many. */
static size_t find_intervals(const struct recording *r, double *found)
{
    size_t n = 0, stride = r->spikes / INTERVALS + 1;
    for (size_t u = 0; u < r->units; u++)
        for (size_t i = r->start[u] / stride * stride + stride; i < r->start[u + 1] && n < INTERVALS; i += stride) {
            double interval = r->time[r->by_unit[i]] - r->time[r->by_unit[i - 1]];
            if (interval > 0)
                found[n++] = interval;
        }
    return n;
}

double time_unit_shorter(const struct recording *r, const struct time_unit *unit, size_t *looked)
{
    double *found = xcalloc(INTERVALS, sizeof *found);
    size_t n = find_intervals(r, found), shorter = 0;
    for (size_t i = 0; i < n; i++)
        shorter += found[i] * unit->times / unit->over < 0.999e-3;
    free(found);
    *looked = n;
    return n ? (double)shorter / (double)n : 0;
}

/* The interval that a tenth of all is shorter than; 0 when there is none. */
static double short_interval(const struct recording *r)
{
    double *found = xcalloc(INTERVALS, sizeof *found), result = 0;
    size_t n = find_intervals(r, found);
    qsort(found, n, sizeof *found, by_value);
    if (n)
        result = found[n / 10];
    free(found);
    return result;
}

/* The step of which the times are multiples, as far as can be seen; 0 when there is none, or they follow each other in
 * such steps and could not show a finer one. */
static double find_grid(const struct recording *r)
{
    size_t n = r->spikes < GRID_MOST ? r->spikes : GRID_MOST, all = 0, on = 0, longer = 0;
    double least = INFINITY;
    for (size_t i = 1; i < n; i++)
        if (r->time[i] > r->time[i - 1])
            least = fmin(least, r->time[i] - r->time[i - 1]);
    for (size_t i = 1; i < n; i++) {
        double times = (r->time[i] - r->time[i - 1]) / least;
        all += times > 0;
        longer += times > 1.5;
        on += times > 0 && fabs(times - round(times)) < 0.02;
    }
    return all >= GRID_LEAST && 50 * on >= 49 * all && 10 * longer >= all ? least : 0;
}

struct evidence {
    double span, rate, interval, step, grid; /* in the file's own unit; 0 where unknown */
};

static struct evidence find_evidence(const struct recording *r)
{
    struct evidence e = {.span = r->last - r->first, .interval = short_interval(r), .grid = find_grid(r)};
    if (e.span > 0 && r->spikes > 0)
        e.rate = (double)r->spikes / ((double)r->units * e.span);
    if (e.span > 0 && r->samples > 1)
        e.step = e.span / (double)(r->samples - 1);
    return e;
}

static double charge(const struct evidence *e, const struct time_unit *unit)
{
    double scale = unit->times / unit->over, sum = 0;
    if (e->rate > 0 && isfinite(e->rate))
        sum += misses(rates, e->rate / scale);
    if (e->interval > 0 && isfinite(e->interval))
        sum += misses(intervals, e->interval * scale);
    if (e->step > 0 && isfinite(e->step))
        sum += misses(steps, e->step * scale);
    if (e->grid * scale > COARSE && e->step == 0)
        sum += log10(e->grid * scale / COARSE);
    return sum;
}

double time_unit_implausibility(const struct recording *recording, const struct time_unit *unit)
{
    struct evidence evidence = find_evidence(recording);
    return charge(&evidence, unit);
}

struct time_unit time_unit_guess(const struct recording *recording, double handicap)
{
    struct evidence evidence = find_evidence(recording);
    size_t best = 0;
    double least = charge(&evidence, &plain[0]) - handicap;
    for (size_t i = 1; i < GUESSED; i++) {
        double cost = charge(&evidence, &plain[i]) + (i + 1 == GUESSED ? RARE : 0);
        if (cost < least) {
            least = cost;
            best = i;
        }
    }
    return plain[best];
}

/* dt as 1/n where that is what was meant: times then are the nearest doubles. */
static void set_step(struct time_unit *unit, double dt)
{
    double n = round(1 / dt);
    bool whole = n >= 1 && n < 1e15 && fabs(n * dt - 1) < 1e-12;
    unit->times = whole ? 1 : dt;
    unit->over = whole ? n : 1;
}

struct time_unit time_unit_steps(double dt)
{
    struct time_unit unit = {"", 1, 1};
    snprintf(unit.name, sizeof unit.name, "steps@%.12gms", dt * 1e3);
    set_step(&unit, dt);
    return unit;
}

bool time_unit_parse(const char *text, struct time_unit *unit, struct error *error)
{
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (strcmp(text, plain[i].name) == 0) {
            *unit = plain[i];
            return true;
        }
    double value = 0;
    bool samples = strncmp(text, "samples@", 8) == 0, counted = samples || strncmp(text, "steps@", 6) == 0;
    if (!counted)
        return error_set(
            error, "unit=%.40s: the times of a file are in s, ms, us, ns, min, h, samples@30000 or steps@0.1ms", text);
    const char *size = strchr(text, '@') + 1;
    if (!quantity_parse(size, samples ? DIMENSION_RATE : DIMENSION_TIME, &value, error))
        return error_prefix(error, "unit=%.40s: ", text);
    if (!(value > 0 && isfinite(value) && isfinite(1 / value)))
        return error_set(error, "unit=%.40s: %s must be positive and finite", text,
                         samples ? "the samples in a second" : "the length of a step");
    snprintf(unit->name, sizeof unit->name, "%s", text);
    if (samples) {
        unit->times = 1;
        unit->over = value;
    } else {
        set_step(unit, value);
    }
    return true;
}
