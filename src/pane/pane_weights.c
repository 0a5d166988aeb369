/* The weights of a connection as a map: a row for each neuron of POST, a column for each neuron of PRE, both in their
 * orders, excitation and inhibition on one scale round zero. Only the rows that are drawn are worked out, from encoders
 * and decoders, so that a matrix that nobody could keep in memory is looked at as fast as a small one. */
#include "pane/pane.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/xalloc.h"
#include "draw/axis.h"
#include "draw/foot.h"
#include "draw/legend.h"
#include "draw/note.h"
#include "draw/rows.h"
#include "pane/connection_view.h"
#include "picture/plot.h"

#define LEVELS 4
#define PROFILE_ROWS 5    /* of the selected neuron's weights, below the map */
#define PROFILE_LEAST 17  /* rows of a pane that has room for them */
#define PROFILE_COLUMNS 8 /* of the selected neuron of PRE's, right of it */
#define PROFILE_WIDTH 56  /* columns of a pane that has room for them */

struct weights {
    const struct connection_view *view;
    struct axes axes;
    struct plot plot;    /* the map */
    struct rows rows;    /* of POST */
    size_t first, count; /* places of PRE that are looked at */
    uint32_t *order;     /* [places] neurons of PRE, those that excite first; NULL: in their own order */
    int columns;         /* cells that they take */
    int below, beside;   /* cells of the profiles; 0: no room, or nothing selected */
    double *cell;        /* [rows.shown][columns], of several weights the largest in size */
    double *row;         /* [n_pre] */
    double *chosen;      /* [columns] of the selected neuron of POST */
    double *across;      /* [rows.shown] of the selected neuron of PRE */
    double low, high;    /* of all that was looked at */
    size_t zeros, looked_at;
};

/* ---- what is where ---- */

static size_t place_at(const struct weights *w, int column)
{
    return w->first + (size_t)column * w->count / (size_t)w->columns;
}

/* Behind the last place of a column; a neuron may take several columns. */
static size_t place_behind(const struct weights *w, int column)
{
    size_t begin = place_at(w, column), end = w->first + (size_t)(column + 1) * w->count / (size_t)w->columns;
    return end > begin ? end : begin + 1;
}

/* Under Dale's principle a neuron of PRE has one sign: -1, 1, or 0 where all its weights are 0. */
static int sign_of(const struct connection *c, uint32_t neuron)
{
    const double *weight = c->weights + neuron * c->padded;
    for (size_t j = 0; j < c->n_post; j++)
        if (weight[j] != 0)
            return weight[j] > 0 ? 1 : -1;
    return 0;
}

/* Of weights that keep Dale's principle one map of excitation and right of it one of inhibition, each in PRE's order: mixed,
 * a cell that stands for several neurons would be of both signs. */
static void part_signs(struct weights *w, const struct subject *pre)
{
    const struct connection *c = w->view->connection;
    size_t places = subject_places(pre), at = 0;
    if (c->met.neurons == 0 || !c->weights || w->view->learns)
        return;
    w->order = xreallocarray(NULL, places, sizeof *w->order);
    for (int sign = 1; sign >= -1; sign--)
        for (size_t place = 0; place < places; place++) {
            uint32_t neuron = subject_neuron(pre, place);
            if (sign_of(c, neuron) == sign)
                w->order[at++] = neuron;
        }
}

static uint32_t neuron_at(const struct weights *w, size_t place)
{
    return w->order ? w->order[place] : subject_neuron(w->view->pre, place);
}

static long place_of(const struct weights *w, long neuron)
{
    if (!w->order || neuron < 0)
        return subject_place(w->view->pre, neuron);
    for (size_t place = 0; place < subject_places(w->view->pre); place++)
        if (w->order[place] == (uint32_t)neuron)
            return (long)place;
    return -1;
}

static bool fit(struct weights *w, const struct subject *s, struct canvas *canvas, struct rect inner)
{
    *w = (struct weights){.view = s->connection};
    const struct subject *post = w->view->post, *pre = w->view->pre;
    bool chosen = post->selected >= 0, crossed = pre->selected >= 0;
    w->below = inner.height >= PROFILE_LEAST && chosen ? PROFILE_ROWS : 0;
    w->beside = inner.width >= PROFILE_WIDTH && crossed ? PROFILE_COLUMNS : 0;
    inner.height -= w->below;
    inner.width -= w->beside;
    w->axes = axes_fit(inner, rows_label_width(post, inner.width));
    w->plot = plot_over(canvas, w->axes.data);
    if (w->plot.area.width < 1 || w->plot.area.height < 1)
        return false;
    w->rows = rows_over_cells(post, &w->plot, true);
    subject_rows(pre, &w->first, &w->count);
    w->columns = w->plot.area.width;
    if (w->rows.shown == 0 || w->count == 0)
        return false;
    part_signs(w, pre);
    return true;
}

/* ---- the numbers ---- */

static double larger(double a, double b)
{
    return fabs(b) > fabs(a) || isnan(b) ? b : a;
}

static void look_at(struct weights *w, double weight)
{
    w->looked_at++;
    w->zeros += weight == 0;
    if (isfinite(weight)) {
        w->low = fmin(w->low, weight);
        w->high = fmax(w->high, weight);
    }
}

static void take_row(struct weights *w, size_t row)
{
    const struct subject *pre = w->view->pre;
    if (!connection_view_row(w->view, rows_unit(&w->rows, row), w->row))
        return;
    for (size_t i = 0; i < w->view->connection->n_pre; i++)
        look_at(w, w->row[i]);
    for (int column = 0; column < w->columns; column++) {
        double most = 0;
        for (size_t place = place_at(w, column); place < place_behind(w, column); place++)
            most = larger(most, w->row[neuron_at(w, place)]);
        w->cell[row * (size_t)w->columns + (size_t)column] = most;
        if ((long)row == w->rows.selected)
            w->chosen[column] = most;
    }
    if (pre->selected >= 0)
        w->across[row] = w->row[pre->selected];
}

static void measure(struct weights *w)
{
    w->cell = xcalloc(w->rows.shown * (size_t)w->columns, sizeof *w->cell);
    w->row = xcalloc(w->view->connection->n_pre, sizeof *w->row);
    w->chosen = xcalloc((size_t)w->columns, sizeof *w->chosen);
    w->across = xcalloc(w->rows.shown, sizeof *w->across);
    for (size_t row = 0; row < w->rows.shown; row++)
        take_row(w, row);
}

static void forget(struct weights *w)
{
    free(w->order);
    free(w->cell);
    free(w->row);
    free(w->chosen);
    free(w->across);
}

static double reach(const struct weights *w)
{
    return fmax(-w->low, w->high);
}

/* ---- drawing ---- */

/* Excitation fills its cell, inhibition crosses it, so that they differ without colour, too. */
static void put_weight(struct canvas *canvas, int x, int y, double weight, double most)
{
    static const uint32_t excite[LEVELS] = {0x2591, 0x2592, 0x2593, 0x2588},
                          inhibit[LEVELS] = {0xB7, 0x2500, 0x2550, 0x2261};
    static const char excite_ascii[] = ":+*#", inhibit_ascii[] = ".-=~";
    if (isnan(weight)) {
        canvas_put(canvas, x, y, '?', INK_ERROR);
        return;
    }
    if (weight == 0 || !(most > 0))
        return;
    int level = (int)ceil(fmin(fabs(weight) / most, 1) * LEVELS) - 1;
    level = level < 0 ? 0 : level;
    bool ascii = canvas->glyphs == GLYPHS_ASCII;
    if (weight > 0)
        canvas_put(canvas, x, y, ascii ? (uint32_t)excite_ascii[level] : excite[level], INK_SPIKE);
    else
        canvas_put(canvas, x, y, ascii ? (uint32_t)inhibit_ascii[level] : inhibit[level], INK_MARK);
}

static void draw_map(const struct weights *w, struct canvas *canvas)
{
    const struct rect *area = &w->plot.area;
    for (size_t row = 0; row < w->rows.shown; row++) {
        int low, end = rows_lines(&w->rows, row, &low);
        for (int line = low; line < end; line++)
            for (int column = 0; column < w->columns; column++)
                put_weight(canvas, area->x + column, area->y + line, w->cell[row * (size_t)w->columns + (size_t)column],
                           reach(w));
    }
}

/* Numbers of the first and the last neuron of PRE, and of the selected one below its column. */
static void draw_across(const struct weights *w, struct canvas *canvas)
{
    const struct subject *pre = w->view->pre;
    const struct rect *data = &w->axes.data;
    int line = data->y + data->height, y = line + w->axes.line, end = data->x + w->columns;
    char label[64], last[64];
    if (w->axes.line)
        canvas_fill(canvas, (struct rect){data->x - 1, line, w->columns + 1, 1}, 0x2500, INK_DIM);
    if (w->axes.line)
        canvas_put(canvas, data->x - 1, line, 0x2514, INK_DIM);
    if (!w->axes.labels)
        return;
    canvas_text_cut(canvas, data->x, y, w->columns, INK_DIM,
                    subject_label(pre, neuron_at(w, w->first), label, sizeof label));
    subject_label(pre, neuron_at(w, w->first + w->count - 1), last, sizeof last);
    if (canvas_columns(canvas, last) + canvas_columns(canvas, label) + 2 < w->columns)
        canvas_text(canvas, end - canvas_columns(canvas, last), y, -1, INK_DIM, last);
    long place = place_of(w, pre->selected);
    if (place < (long)w->first || place >= (long)(w->first + w->count))
        return;
    int column = (int)(((size_t)place - w->first) * (size_t)w->columns / w->count);
    while (column + 1 < w->columns && place_behind(w, column) <= (size_t)place)
        column++;
    if (w->axes.line)
        canvas_put(canvas, data->x + column, line, 0x25B2, INK_SELECTED);
    subject_label(pre, (uint32_t)pre->selected, label, sizeof label);
    int width = canvas_columns(canvas, label), x = data->x + column - width / 2;
    x = x + width > end ? end - width : x < data->x ? data->x : x;
    canvas_text(canvas, x > data->x ? x - 1 : x, y, -1, INK_DIM, " ");
    canvas_text(canvas, x, y, -1, INK_SELECTED, label);
    canvas_text(canvas, x + width, y, x + width < end ? 1 : 0, INK_DIM, " ");
}

/* What the selected neuron of POST gets, a bar for each column. */
static void draw_below(const struct weights *w, struct canvas *canvas)
{
    if (w->below == 0)
        return;
    const struct rect *data = &w->axes.data;
    struct rect rect = {data->x, data->y + data->height + w->axes.line + w->axes.labels, w->columns, w->below};
    struct plot plot = plot_over(canvas, rect);
    double most = 0;
    for (int column = 0; column < w->columns; column++)
        most = fmax(most, fabs(w->chosen[column]));
    for (int column = 0; column < w->columns && most > 0; column++)
        for (int side = 0; side < plot.across; side++)
            plot_line(&plot, column * plot.across + side, plot_up(&plot, 0, -most, most), column * plot.across + side,
                      plot_up(&plot, w->chosen[column], -most, most), w->chosen[column] < 0 ? INK_MARK : INK_SPIKE, 4);
    char label[64];
    if (w->axes.left >= 2)
        canvas_text_cut(canvas, w->axes.header.x, rect.y + rect.height / 2, w->axes.left + 1, INK_SELECTED,
                        subject_label(w->view->post, (uint32_t)w->view->post->selected, label, sizeof label));
}

/* What the selected neuron of PRE gives, a bar for each row. */
static void draw_beside(const struct weights *w, struct canvas *canvas)
{
    if (w->beside == 0)
        return;
    struct rect rect = {w->axes.data.x + w->columns + 1, w->axes.data.y, w->beside - 1, w->axes.data.height};
    struct plot plot = plot_over(canvas, rect);
    double most = 0;
    for (size_t row = 0; row < w->rows.shown; row++)
        most = fmax(most, fabs(w->across[row]));
    for (size_t row = 0; row < w->rows.shown && most > 0; row++) {
        int low, end = rows_lines(&w->rows, row, &low);
        for (int y = low * plot.down; y < end * plot.down; y++)
            plot_line(&plot, plot_across(&plot, 0, -most, most), y, plot_across(&plot, w->across[row], -most, most), y,
                      w->across[row] < 0 ? INK_MARK : INK_SPIKE, 4);
    }
}

static void draw_header(const struct weights *w, struct canvas *canvas)
{
    char low[NUMBER_HUMAN], high[NUMBER_HUMAN], limits[3 * NUMBER_HUMAN], shorter[3 * NUMBER_HUMAN];
    number_round(low, w->low, 2);
    number_round(high, w->high, 2);
    snprintf(limits, sizeof limits, "%s to %s current per Hz", low, high);
    snprintf(shorter, sizeof shorter, "%s to %s", low, high);
    const struct legend_entry entries[] = {{"▒", "excites", "+", INK_SPIKE},
                                           {canvas->glyphs == GLYPHS_ASCII ? "=" : "═", "inhibits", "-", INK_MARK},
                                           {"", limits, shorter, INK_DIM}};
    if (w->axes.header.height)
        legend_draw(canvas, w->axes.header, w->axes.data.x, "", entries, 3);
}

static void add_selected(const struct weights *w, struct foot *foot)
{
    const struct subject *pre = w->view->pre, *post = w->view->post;
    char text[240], shorter[120], weight[NUMBER_HUMAN], from[64], to[64];
    if (post->selected < 0 || pre->selected < 0 || w->rows.selected < 0)
        return;
    number_round(weight, w->across[w->rows.selected], 3);
    subject_label(pre, (uint32_t)pre->selected, from, sizeof from);
    subject_label(post, (uint32_t)post->selected, to, sizeof to);
    snprintf(text, sizeof text, "%.60s to %.60s: %s", from, to, weight);
    snprintf(shorter, sizeof shorter, "%s", weight);
    foot_add(foot, text, shorter);
}

/* What a cell stands for, where it is more than one weight. */
static void add_reduction(const struct weights *w, struct foot *foot)
{
    char text[160], shorter[2 * NUMBER_HUMAN + 16], rows[NUMBER_HUMAN], columns[NUMBER_HUMAN];
    size_t most_rows = (w->rows.units + w->rows.shown - 1) / w->rows.shown;
    size_t most = (w->count + (size_t)w->columns - 1) / (size_t)w->columns;
    if (most_rows <= 1 && most <= 1)
        return;
    number_grouped(rows, most_rows);
    number_grouped(columns, most);
    if (most_rows <= 1)
        snprintf(text, sizeof text, "a cell: the largest of %s", columns);
    else if (most <= 1)
        snprintf(text, sizeof text, "a cell: one of %s", rows);
    else
        snprintf(text, sizeof text, "a cell: the largest of %s in one of %s rows", columns, rows);
    snprintf(shorter, sizeof shorter, "a cell: %s×%s", rows, columns);
    foot_add(foot, text, shorter);
}

static void write_foot(const struct weights *w, const struct canvas *canvas, char *out, size_t size)
{
    char text[120], shorter[60], percent[NUMBER_HUMAN];
    struct foot foot = foot_begin(canvas, out, size, w->axes.header.width + w->beside);
    add_reduction(w, &foot);
    number_round(percent, 100 * (double)w->zeros / (double)w->looked_at, 2);
    snprintf(text, sizeof text, "%s %% are 0", percent);
    snprintf(shorter, sizeof shorter, "%s %% 0", percent);
    foot_add(&foot, text, shorter);
    add_selected(w, &foot);
    if (w->view->learns)
        foot_add(&foot, w->view->on ? "learning" : "learning is off", NULL);
}

static void weights_draw(const struct pane *pane, const struct subject *s, struct canvas *canvas, struct rect inner,
                         char *foot, size_t size)
{
    (void)pane;
    struct weights w;
    char why[120];
    foot[0] = '\0';
    const char *trouble = connection_view_trouble(s, why, sizeof why);
    if (trouble) {
        note_draw(canvas, inner, trouble);
        return;
    }
    if (!fit(&w, s, canvas, inner))
        return;
    measure(&w);
    draw_map(&w, canvas);
    rows_draw_labels(&w.rows, &w.axes, canvas);
    draw_across(&w, canvas);
    draw_below(&w, canvas);
    draw_beside(&w, canvas);
    draw_header(&w, canvas);
    write_foot(&w, canvas, foot, size);
    forget(&w);
}

static void weights_hit(const struct pane *pane, const struct subject *s, struct rect inner, int x, int y,
                        struct pane_hit *hit)
{
    (void)pane;
    struct canvas canvas = {.width = inner.x + inner.width, .height = inner.y + inner.height, .glyphs = GLYPHS_BRAILLE};
    struct weights w;
    char why[120];
    if (connection_view_trouble(s, why, sizeof why) || !fit(&w, s, &canvas, inner))
        return;
    if (plot_holds(&w.plot, x, y))
        hit->neuron = rows_unit(&w.rows, rows_at(&w.rows, y - w.plot.area.y));
    free(w.order);
}

static void weights_title(const struct pane *pane, const struct subject *s, char *out, size_t size)
{
    const struct connection_view *v = s ? s->connection : NULL;
    if (v && v->pre && v->post)
        snprintf(out, size, "weights %s: %zu × %zu", pane->subject, v->connection->n_post, v->connection->n_pre);
    else
        snprintf(out, size, "weights %s", pane->subject);
}

const struct pane_type pane_weights = {
    .name = "weights",
    .summary = "what each neuron before a connection brings to each behind it, excitation and inhibition, as a map",
    .about = PANE_CONNECTION,
    .across = true,
    .title = weights_title,
    .draw = weights_draw,
    .hit = weights_hit,
};
