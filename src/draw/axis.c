#include "draw/axis.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/utf8.h"
#include "draw/chart.h"
#include "picture/paper.h"

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

/* Few digits and many zeros: 200000 is 2e5, 0.0001 is 1e-4. Long numbers that need their digits stay as they
 * are. */
static bool is_power(double value, double step)
{
    return (step >= 1e5 || step < 4e-4) && fabs(value) < 999.5 * step;
}

static void write_power(char out[AXIS_LABEL], double value, double step)
{
    int decade = (int)floor(log10(fabs(value)) + 1e-9), least = (int)floor(log10(step) + 1e-9), exponent = 0;
    char text[AXIS_LABEL];
    snprintf(text, sizeof text, "%.*e", decade > least ? decade - least : 0, value);
    char *e = strchr(text, 'e');
    sscanf(e + 1, "%d", &exponent);
    char *last = e;
    if (memchr(text, '.', (size_t)(e - text))) {
        while (last[-1] == '0')
            last--;
        last -= last[-1] == '.';
    }
    snprintf(out, AXIS_LABEL, "%.*se%d", (int)(last - text), text, exponent);
}

char *axis_label(char out[AXIS_LABEL], double value, double step)
{
    if (step > 0 && fabs(value) < step * 1e-6)
        value = 0; /* no "-0" and no 1e-17 */
    if (step > 0 && value != 0 && is_power(value, step)) {
        write_power(out, value, step);
        return out;
    }
    if (value == 0 && step > 0 && is_power(value, step)) {
        snprintf(out, AXIS_LABEL, "0");
        return out;
    }
    int decimals = step > 0 && isfinite(step) ? (int)fmax(0, -floor(log10(step) + 1e-9)) : 0;
    if (decimals > 9 || !(fabs(value) < 1e9)) {
        snprintf(out, AXIS_LABEL, "%.6g", value);
        return out;
    }
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

/* False when there is no gap for it. */
static bool draw_name(const struct axes *axes, struct canvas *canvas, const char *name)
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
        return true;
    }
    return false;
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

static int column_of(const struct axes *axes, double share)
{
    return axes->data.x + (int)fmin(share * axes->data.width + 1e-6, axes->data.width - 1);
}

#define TICK 0.4 /* cells, on paper */

/* On paper a tick stands where its value is, and not somewhere in the same cell. */
static void tick_across(const struct axes *axes, struct canvas *canvas, double share)
{
    const struct rect *d = &axes->data;
    double x = d->x + share * d->width, y = d->y + d->height + 0.5;
    if (canvas->paper)
        paper_add_line(canvas->paper, (struct paper_line){
                                          .x0 = x, .y0 = y, .x1 = x, .y1 = y + TICK, .on = 1, .of = 1, .ink = INK_DIM});
    else
        canvas_put(canvas, column_of(axes, share), d->y + d->height, 0x252C, INK_DIM);
}

/* Beside the axis at its very place; a label at the upper end stays below the header. */
static void tick_side_on_paper(const struct axes *axes, struct canvas *canvas, double row, const char *label,
                               uint32_t tick, enum ink ink)
{
    double x = axes->data.x - 0.5, low = axes->data.y + 0.5;
    if (tick == AXIS_TICK)
        paper_add_line(
            canvas->paper,
            (struct paper_line){.x0 = x - TICK, .y0 = row, .x1 = x, .y1 = row, .on = 1, .of = 1, .ink = (uint8_t)ink});
    else
        paper_add_mark(canvas->paper, (struct paper_mark){x, row, tick, (uint8_t)ink});
    if (canvas_columns(canvas, label) <= axes->left)
        paper_add_label(canvas->paper, x - 1.5 * TICK, row < low ? low : row, ink, label);
}

/* Every `stride`-th label, counted from the last, which has the unit and comes first; others that would touch it or the
 * one before are left out. */
static void draw_labels(const struct axes *axes, struct canvas *canvas, const struct tick *tick, size_t count,
                        size_t stride, const char *unit)
{
    int from = axes->header.x, until = axes->data.x + axes->data.width + 1;
    size_t first = (count - 1) % stride;
    for (size_t i = first; i < count + stride; i += stride) {
        bool last = i == first;
        const struct tick *t = &tick[last ? count - 1 : i - stride];
        char text[2 * NUMBER_HUMAN];
        snprintf(text, sizeof text, "%s%.30s", t->number, last ? unit : "");
        struct rect at = label_at(axes, canvas, column_of(axes, t->share), t->number, text);
        if (at.x < from || at.x + at.width >= until)
            continue;
        canvas_text(canvas, at.x, at.y, at.width, INK_DIM, text);
        if (last)
            until = at.x;
        else
            from = at.x + at.width + 1;
    }
}

void axes_draw_ticks_across(const struct axes *axes, struct canvas *canvas, const struct tick *tick, size_t count,
                            const char *title)
{
    const struct rect *d = &axes->data;
    struct rect below = {axes->header.x, d->y + d->height + axes->line, d->x + d->width - axes->header.x, 1};
    draw_line(axes, canvas);
    for (size_t i = 0; i < count && axes->line && d->width > 0; i++)
        tick_across(axes, canvas, tick[i].share);
    if (!axes->labels || d->width < 1)
        return;
    if (count && is_unit(title)) {
        draw_labels(axes, canvas, tick, count, 1, title);
        return;
    }
    /* A name that finds no gap makes some: what is measured counts more than one number of many. */
    for (size_t stride = 1; stride == 1 || stride < count; stride++) {
        canvas_fill(canvas, below, ' ', INK_PLAIN);
        if (count)
            draw_labels(axes, canvas, tick, count, stride, "");
        if (draw_name(axes, canvas, title))
            return;
    }
}

void axes_draw_scale_across(const struct axes *axes, struct canvas *canvas, const struct scale *scale)
{
    chart_note(canvas, axes->data, false, scale, scale->title && strcmp(scale->title, " s") == 0);
    struct tick tick[SCALE_TICKS];
    const char *title = scale->title ? scale->title : "";
    int between = is_unit(title) ? 2 : canvas_columns(canvas, title) + 2;
    if (scale->log) /* ticks are not even: the name finds a wide gap */
        between = 3;
    size_t count = scale_ticks(scale, axes->data.width, between, true, DIMENSION_NONE, tick);
    axes_draw_ticks_across(axes, canvas, tick, count, count ? title : "");
}

void axes_draw_across(const struct axes *axes, struct canvas *canvas, double low, double high, const char *title)
{
    struct scale scale = {.low = low, .high = high, .title = title};
    axes_draw_scale_across(axes, canvas, &scale);
}

void axes_draw_decades(const struct axes *axes, struct canvas *canvas, double low, double high)
{
    struct scale scale = {.low = low, .high = high, .log = true};
    struct tick tick[SCALE_TICKS];
    chart_note(canvas, axes->data, false, &scale, false);
    size_t count = scale_ticks(&scale, axes->data.width, 3, true, DIMENSION_TIME, tick);
    axes_draw_ticks_across(axes, canvas, tick, count, "");
}

void axes_draw_side(const struct axes *axes, struct canvas *canvas)
{
    if (axes->left)
        canvas_fill(canvas, (struct rect){axes->data.x - 1, axes->data.y, 1, axes->data.height}, 0x2502, INK_DIM);
}

void axes_tick_side(const struct axes *axes, struct canvas *canvas, double row, const char *label, uint32_t tick,
                    enum ink ink)
{
    if (!axes->left)
        return;
    if (canvas->paper) {
        tick_side_on_paper(axes, canvas, row, label, tick, ink);
        return;
    }
    int width = canvas_columns(canvas, label);
    canvas_put(canvas, axes->data.x - 1, (int)row, tick, ink);
    if (width <= axes->left)
        canvas_text(canvas, axes->data.x - 1 - width, (int)row, width, ink, label);
}

void axes_draw_ticks_up(const struct axes *axes, struct canvas *canvas, const struct tick *tick, size_t count)
{
    const struct rect *d = &axes->data;
    axes_draw_side(axes, canvas);
    for (size_t i = 0; i < count && d->height > 0; i++) {
        /* On a screen the row in which plot_up puts the value, to a quarter of a cell. */
        double row = (1 - tick[i].share) * d->height;
        if (!canvas->paper)
            row = fmax(lround((1 - tick[i].share) * (4 * d->height - 1)) / 4, 0);
        axes_tick_side(axes, canvas, d->y + row, tick[i].number, AXIS_TICK, INK_DIM);
    }
}

void axes_draw_scale_up(const struct axes *axes, struct canvas *canvas, const struct scale *scale)
{
    struct tick tick[SCALE_TICKS];
    size_t count = scale_ticks(scale, axes->data.height, 0, false, DIMENSION_NONE, tick);
    chart_note(canvas, axes->data, true, scale, false);
    axes_draw_ticks_up(axes, canvas, tick, count);
}

void axes_draw_up(const struct axes *axes, struct canvas *canvas, double low, double high)
{
    struct scale scale = {.low = low, .high = high};
    axes_draw_scale_up(axes, canvas, &scale);
}

/* The unit in which the largest label has one to three digits before the point. */
static const struct rate_unit {
    double hertz;
    const char *name;
} rate_units[] = {{1e9, "GHz"}, {1e6, "MHz"}, {1e3, "kHz"}, {1, "Hz"}, {1e-3, "mHz"}, {1e-6, "uHz"}};

static const struct rate_unit *rate_unit_for(const struct axes *axes, double high)
{
    size_t i = 0, last = sizeof rate_units / sizeof *rate_units - 1;
    while (i < last && !(high >= rate_units[i].hertz * (1 - 1e-9)))
        i++;
    return axes->left >= 3 && high > 0 && isfinite(high) ? &rate_units[i] : &rate_units[3];
}

const char *axes_draw_rates_up(const struct axes *axes, struct canvas *canvas, double high)
{
    const struct rate_unit *unit = rate_unit_for(axes, high);
    int columns = (int)strlen(unit->name);
    axes_draw_up(axes, canvas, 0, high / unit->hertz);
    chart_note(canvas, axes->data, true, &(struct scale){.high = high}, false); /* in hertz */
    if (axes->header.height && axes->left >= 2)
        canvas_text(canvas, axes->data.x - 1 - columns, axes->header.y, columns, INK_DIM, unit->name);
    return unit->name;
}

int axes_draw_title_up(const struct axes *axes, struct canvas *canvas, const char *title)
{
    int width = canvas_columns(canvas, title), end = axes->data.x - 1;
    int x = end - width > axes->header.x ? end - width : axes->header.x;
    if (!axes->header.height || !axes->left || !*title)
        return axes->data.x;
    x += canvas_text_cut(canvas, x, axes->header.y, axes->header.x + axes->header.width - x, INK_DIM, title);
    return x + 1 > axes->data.x ? x + 1 : axes->data.x;
}

int axes_up_columns(const struct scale *scale, int height)
{
    struct tick tick[SCALE_TICKS];
    size_t widest = 3, count = scale_ticks(scale, height, 0, false, DIMENSION_NONE, tick);
    for (size_t i = 0; i < count; i++)
        widest = strlen(tick[i].number) > widest ? strlen(tick[i].number) : widest;
    return (int)widest;
}
