#include "draw/axis.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/utf8.h"

double axis_step(double span, int most)
{
    double size = pow(10, floor(log10(span / most)) - 1);
    static const double factors[] = {1, 2, 5, 10, 20, 50, 100, 200};
    for (size_t i = 0; i < sizeof factors / sizeof *factors; i++)
        /* A tick at each end counts too; rounding must not cost one. */
        if (floor(span / (factors[i] * size) + 1e-9) < most)
            return factors[i] * size;
    return 500 * size;
}

double axis_ceiling(double value)
{
    if (!(value > 0) || !isfinite(value) || value > 1e300)
        return 1;
    double size = pow(10, floor(log10(value)));
    static const double factors[] = {1, 1.5, 2, 2.5, 3, 4, 5, 6, 8};
    for (size_t i = 0; i < sizeof factors / sizeof *factors; i++)
        if (value <= factors[i] * size * (1 + 1e-9))
            return factors[i] * size;
    return 10 * size;
}

char *axis_label(char out[AXIS_LABEL], double value, double step)
{
    int decimals = step > 0 && isfinite(step) ? (int)fmax(0, -floor(log10(step) + 1e-9)) : 0;
    if (decimals > 9 || !(fabs(value) < 1e9)) {
        snprintf(out, AXIS_LABEL, "%.6g", value);
        return out;
    }
    if (fabs(value) < step * 1e-6)
        value = 0; /* no "-0" and no 1e-17 */
    snprintf(out, AXIS_LABEL, "%.*f", decimals, value);
    return out;
}

char *axis_scale(char out[AXIS_LABEL], double seconds)
{
    char digits[AXIS_LABEL], human[NUMBER_HUMAN];
    double rounded;
    snprintf(digits, sizeof digits, "%.1e", seconds);
    if (!number_parse(digits, strlen(digits), &rounded))
        rounded = seconds;
    snprintf(out, AXIS_LABEL, "%s", number_human(human, rounded, DIMENSION_TIME));
    return out;
}

struct axes axes_fit(struct rect inner, int wanted)
{
    struct axes axes = {.data = inner, .header = {inner.x, inner.y, inner.width, 0}};
    if (inner.height >= 8)
        axes.header.height = 1;
    axes.line = inner.height >= 7;
    axes.labels = inner.height >= 4;
    axes.data.y += axes.header.height;
    axes.data.height -= axes.header.height + axes.line + axes.labels;
    if (inner.width >= 3 * (wanted + 1)) {
        axes.left = wanted;
        axes.data.x += wanted + 1;
        axes.data.width -= wanted + 1;
    }
    return axes;
}

static bool is_unit(const char *title)
{
    return title[0] == ' ';
}

/* The smallest step whose labels leave room between them for two blanks, or for the name of the axis. */
static double step_across(const struct canvas *canvas, int width, double low, double high, const char *title)
{
    int most = width / 5 > 1 ? width / 5 : 1;
    for (;; most--) {
        char label[AXIS_LABEL];
        double step = axis_step(high - low, most);
        int a = canvas_columns(canvas, axis_label(label, low, step));
        int b = canvas_columns(canvas, axis_label(label, high, step));
        int between = is_unit(title) ? 2 : canvas_columns(canvas, title) + 2;
        if (most == 1 || step / (high - low) * width >= (a > b ? a : b) + between)
            return step;
    }
}

static void draw_name(const struct axes *axes, struct canvas *canvas, const char *name)
{
    int y = axes->data.y + axes->data.height + axes->line, width = canvas_columns(canvas, name), blank = 0;
    /* The rightmost gap that holds it with a blank at each side. */
    for (int x = axes->data.x + axes->data.width - 1; x >= axes->header.x; x--) {
        const struct cell *cell = canvas_cell(canvas, x, y);
        blank = cell && cell->glyph == ' ' ? blank + 1 : 0;
        if (blank < width + 2)
            continue;
        int left = x;
        while (left > axes->header.x && canvas_cell(canvas, left - 1, y)->glyph == ' ')
            left--;
        canvas_text(canvas, left + (x + blank - left - width) / 2, y, width, INK_DIM, name);
        return;
    }
}

/* Columns of a label in the row below the axis, its number under the tick, kept within the pane. */
static struct rect label_at(const struct axes *axes, const struct canvas *canvas, int column, const char *number,
                            const char *label)
{
    int width = canvas_columns(canvas, label), x = column - (canvas_columns(canvas, number) - 1) / 2;
    int low = axes->header.x, end = axes->data.x + axes->data.width;
    if (x + width > end)
        x = end - width;
    return (struct rect){x < low ? low : x, axes->data.y + axes->data.height + axes->line, width, 1};
}

static void draw_line(const struct axes *axes, struct canvas *canvas)
{
    const struct rect *d = &axes->data;
    if (!axes->line)
        return;
    canvas_fill(canvas, (struct rect){d->x, d->y + d->height, d->width, 1}, 0x2500, INK_DIM);
    if (axes->left)
        canvas_put(canvas, d->x - 1, d->y + d->height, 0x2514, INK_DIM);
}

void axes_draw_across(const struct axes *axes, struct canvas *canvas, double low, double high, const char *title)
{
    const struct rect *d = &axes->data;
    draw_line(axes, canvas);
    if (!(high > low) || d->width < 1)
        return;
    double step = step_across(canvas, d->width, low, high, title);
    double first = ceil(low / step - 1e-9), last = floor(high / step + 1e-9);
    if (!(last >= first) || last - first > d->width)
        return;
    /* The last label comes first: it has the unit. Others that would touch it or the one before are left out. */
    int from = axes->header.x, until = d->x + d->width + 1, ticks = (int)(last - first);
    for (int i = 0; i <= ticks; i++) {
        int k = i == 0 ? ticks : i - 1;
        double value = (first + k) * step;
        int column = d->x + (int)fmin((value - low) / (high - low) * d->width, d->width - 1);
        char label[AXIS_LABEL], text[2 * AXIS_LABEL];
        snprintf(text, sizeof text, "%s%s", axis_label(label, value, step), k == ticks && is_unit(title) ? title : "");
        if (axes->line)
            canvas_put(canvas, column, d->y + d->height, 0x252C, INK_DIM);
        struct rect at = label_at(axes, canvas, column, label, text);
        if (!axes->labels || at.x < from || at.x + at.width >= until)
            continue;
        canvas_text(canvas, at.x, at.y, at.width, INK_DIM, text);
        if (i == 0)
            until = at.x;
        else
            from = at.x + at.width + 1;
    }
    if (!is_unit(title) && axes->labels)
        draw_name(axes, canvas, title);
}

void axes_draw_decades(const struct axes *axes, struct canvas *canvas, double low, double high)
{
    static const int between[] = {1, 2, 5};
    const struct rect *d = &axes->data;
    draw_line(axes, canvas);
    if (!(high > low) || d->width < 1)
        return;
    double decade = d->width / log10(high / low);
    int from = axes->header.x, step = decade >= 30 ? 1 : 3;
    for (int k = 3 * (int)floor(log10(low)); k <= 3 * (int)ceil(log10(high)); k += step) {
        double value = between[((k % 3) + 3) % 3] * pow(10, floor(k / 3.0)), at = log10(value / low) * decade;
        char label[NUMBER_HUMAN];
        if (at < -1e-6 || at > d->width + 1e-6)
            continue;
        int column = d->x + (int)fmin(at + 1e-6, d->width - 1);
        number_human(label, value, DIMENSION_TIME);
        if (axes->line)
            canvas_put(canvas, column, d->y + d->height, 0x252C, INK_DIM);
        struct rect place = label_at(axes, canvas, column, label, label);
        if (!axes->labels || place.x < from)
            continue;
        canvas_text(canvas, place.x, place.y, place.width, INK_DIM, label);
        from = place.x + place.width + 1;
    }
}

void axes_draw_side(const struct axes *axes, struct canvas *canvas)
{
    if (axes->left)
        canvas_fill(canvas, (struct rect){axes->data.x - 1, axes->data.y, 1, axes->data.height}, 0x2502, INK_DIM);
}

void axes_tick_side(const struct axes *axes, struct canvas *canvas, int row, const char *label, uint32_t tick,
                    enum ink ink)
{
    if (!axes->left)
        return;
    canvas_put(canvas, axes->data.x - 1, row, tick, ink);
    int width = canvas_columns(canvas, label), cut = width > axes->left;
    /* Labels differ at their end (neuron_17, neuron_18), so a long one loses its beginning. */
    while (*label && canvas_columns(canvas, label) + cut > axes->left)
        label += utf8_step(label);
    width = canvas_columns(canvas, label) + cut;
    if (cut)
        canvas_put(canvas, axes->data.x - 1 - width, row, canvas->glyphs == GLYPHS_ASCII ? '<' : 0x2026, ink);
    canvas_text(canvas, axes->data.x - 1 - width + cut, row, width - cut, ink, label);
}

void axes_draw_up(const struct axes *axes, struct canvas *canvas, double low, double high)
{
    const struct rect *d = &axes->data;
    axes_draw_side(axes, canvas);
    if (!(high > low) || d->height < 1)
        return;
    int most = d->height < 6 ? 1 : d->height > 24 ? 8 : d->height / 3;
    double step = axis_step(high - low, most + 1);
    double first = ceil(low / step - 1e-9);
    for (int i = 0; i <= most + 1; i++) {
        double value = (first + i) * step;
        if (value > high + 1e-9 * step)
            break;
        char label[AXIS_LABEL];
        /* The row in which plot_up puts the value, to a quarter of a cell. */
        int row = d->y + (int)fmax(lround((high - value) / (high - low) * (4 * d->height - 1)) / 4, 0);
        axes_tick_side(axes, canvas, row, axis_label(label, value, step), 0x2524, INK_DIM);
    }
}
