#include "draw/scale.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "draw/axis.h"

double scale_share(const struct scale *scale, double value)
{
    if (!scale->log)
        return (value - scale->low) / (scale->high - scale->low);
    double low = log(scale->low), high = log(scale->high); /* high / low may be too large */
    return value > 0 ? (log(value) - low) / (high - low) : NAN;
}

double scale_value(const struct scale *scale, double share)
{
    if (!scale->log)
        return scale->low + share * (scale->high - scale->low);
    double low = log(scale->low), high = log(scale->high);
    return exp(low + share * (high - low));
}

bool scale_is_sound(const struct scale *scale)
{
    return isfinite(scale->high - scale->low) && scale->high > scale->low && (!scale->log || scale->low > 0);
}

/* Mantissas a decade is divided by; more than one decade a tick: only the powers. */
static const int mantissas[] = {1, 2, 5};

static double value_of(int k)
{
    int decade = (int)floor(k / 3.0);
    char text[16];
    double value;
    /* The nearest double to 2e-3, which pow does not promise. */
    snprintf(text, sizeof text, "%de%d", mantissas[k - 3 * decade], decade);
    return number_parse(text, strlen(text), &value) ? value : NAN;
}

static void write_label(struct tick *tick, double value, enum dimension dimension)
{
    int decade = (int)floor(log10(value) + 1e-9);
    char label[AXIS_LABEL];
    if (dimension != DIMENSION_NONE)
        number_human(tick->number, value, dimension);
    else if (decade < -3 || decade > 4)
        snprintf(tick->number, sizeof tick->number, "%.0fe%d", value / pow(10, decade), decade);
    else
        snprintf(tick->number, sizeof tick->number, "%s", axis_label(label, value, pow(10, decade)));
}

static bool is_within(const struct scale *scale, double value)
{
    double share = scale_share(scale, value);
    return share >= -1e-9 && share <= 1 + 1e-9;
}

/* Every step-th of the numbers 1, 2, 5, 10, 20 ... */
static size_t pick(const struct scale *scale, int step, enum dimension dimension, struct tick out[SCALE_TICKS])
{
    size_t count = 0;
    int first = 3 * (int)floor(log10(scale->low)), last = 3 * (int)ceil(log10(scale->high));
    for (int k = step * (int)floor(first / (double)step); k <= last && count < SCALE_TICKS; k += step) {
        double value = value_of(k);
        if (!(value > 0) || !is_within(scale, value))
            continue;
        out[count].share = fmin(fmax(scale_share(scale, value), 0), 1);
        write_label(&out[count++], value, dimension);
    }
    return count;
}

/* At whole steps. */
static size_t pick_even(const struct scale *scale, double step, enum dimension dimension, struct tick out[SCALE_TICKS])
{
    double first = ceil(scale->low / step - 1e-9), last = floor(scale->high / step + 1e-9);
    size_t count = 0;
    for (double k = first; k <= last && count < SCALE_TICKS; k++) {
        char label[AXIS_LABEL];
        out[count].share = scale_share(scale, k * step);
        if (dimension != DIMENSION_NONE)
            number_human(out[count].number, k * step, dimension);
        else
            snprintf(out[count].number, sizeof out[count].number, "%s", axis_label(label, k * step, step));
        count++;
    }
    return count;
}

/* The smallest step whose labels keep their distance; above one another two rows at least are free between
 * them. */
static double even_step(const struct scale *scale, int length, int between, bool wide)
{
    double span = scale->high - scale->low;
    int most = length / 5 > 1 ? length / 5 : 1;
    if (!wide)
        return axis_step(span, (length < 6 ? 1 : length > 24 ? 8 : length / 3) + 1);
    for (;; most--) {
        char label[AXIS_LABEL];
        double step = axis_step(span, most);
        size_t a = strlen(axis_label(label, scale->low, step)), b = strlen(axis_label(label, scale->high, step));
        if (most == 1 || step / span * length >= (double)(a > b ? a : b) + between)
            return step;
    }
}

/* Whether all labels keep their distance. */
static bool is_loose(const struct tick *tick, size_t count, int length, int between, bool wide)
{
    for (size_t i = 1; i < count; i++) {
        double apart = (tick[i].share - tick[i - 1].share) * length;
        double need = wide ? between + (double)(strlen(tick[i].number) + strlen(tick[i - 1].number)) / 2 : 2;
        if (apart < need)
            return false;
    }
    return true;
}

size_t scale_ticks(const struct scale *scale, int length, int between, bool wide, enum dimension dimension,
                   struct tick out[SCALE_TICKS])
{
    size_t count = 0;
    if (!scale_is_sound(scale) || length < 1)
        return 0;
    if (!scale->log)
        return pick_even(scale, even_step(scale, length, between, wide), dimension, out);
    double decades = log10(scale->high) - log10(scale->low);
    for (int step = 1; step <= 3 * 256; step = step == 1 ? 3 : step + 3) {
        if (3 * decades / step > SCALE_TICKS - 2)
            continue;
        count = pick(scale, step, dimension, out);
        if (is_loose(out, count, length, between, wide))
            break;
    }
    if (count >= 2)
        return count;
    return pick_even(scale, axis_step(scale->high - scale->low, length / (wide ? 8 : 3) + 2), dimension, out);
}
