#include "draw/rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/utf8.h"
#include "draw/label.h"

static int widest_label(const struct subject *s)
{
    enum { LOOKED_AT = 4096 };
    char label[LABEL_BYTES];
    size_t first, rows;
    subject_rows(s, &first, &rows);
    int widest = 3;                                      /* as the panes of rates have */
    for (size_t i = 0; i < rows && i < LOOKED_AT; i++) { /* some of very many, the first and the last among them */
        size_t place = rows <= LOOKED_AT ? i : (size_t)((double)i * (double)(rows - 1) / (LOOKED_AT - 1));
        int columns = (int)utf8_columns(subject_label(s, subject_neuron(s, first + place), label, sizeof label));
        widest = columns > widest ? columns : widest;
    }
    return widest;
}

/* Long labels may take a quarter of the pane, or eight columns where there is room for them. */
int rows_label_width(const struct subject *s, int width)
{
    int widest = widest_label(s), least = width / 3 - 1 < 8 ? width / 3 - 1 : 8, most = width / 4;
    most = most < least ? least : most;
    return widest <= most || most < 3 ? widest : most;
}

void rows_heading(const struct subject *s, char *out, size_t size)
{
    const char *by = s->ordered_by ? s->ordered_by : s->order && s->population ? "encoder" : NULL;
    snprintf(out, size, "neuron%s%s", by ? ", by " : "", by ? by : "");
}

/* The selected unit has a row whenever it is among those shown, even when others are left out. */
static long find_selected(const struct rows *r)
{
    long place = subject_place(r->subject, r->subject->selected);
    if (r->shown == 0 || place < (long)r->first || place >= (long)(r->first + r->units))
        return -1;
    return (long)((size_t)(place - (long)r->first) * r->shown / r->units);
}

static struct rows fit(const struct subject *s, int lines, int across, bool share)
{
    struct rows r = {.subject = s, .lines = lines, .across = across, .selected = -1};
    size_t room = lines > 0 ? (size_t)lines : 0;
    subject_rows(s, &r.first, &r.units);
    r.shares = share && r.units > room;
    /* When most must be left out, a blank line between the others keeps them apart. */
    r.shown = r.units <= room ? r.units : r.shares || r.units < 2 * room || across == 1 ? room : (room + 1) / 2;
    r.selected = find_selected(&r);
    return r;
}

struct rows rows_over_dots(const struct subject *s, const struct plot *plot, bool share)
{
    return fit(s, plot->height, plot->down, share);
}

struct rows rows_over_cells(const struct subject *s, const struct plot *plot, bool share)
{
    return fit(s, plot->area.height, 1, share);
}

/* The first unit, by place from r->first on, that stands in a row or behind it. */
static size_t begin_of(const struct rows *r, size_t row)
{
    return (row * r->units + r->shown - 1) / r->shown;
}

/* Place in the display order. */
static size_t place_of(const struct rows *r, size_t row)
{
    if (r->shown == r->units)
        return r->first + row;
    if (r->shares)
        return r->first + begin_of(r, row);
    return r->first + (size_t)((2.0 * (double)row + 1) * (double)r->units / (2.0 * (double)r->shown));
}

uint32_t rows_unit(const struct rows *r, size_t row)
{
    if ((long)row == r->selected)
        return (uint32_t)r->subject->selected;
    return subject_neuron(r->subject, place_of(r, row));
}

size_t rows_units(const struct rows *r, size_t row)
{
    return r->shares ? begin_of(r, row + 1) - begin_of(r, row) : 1;
}

void rows_map(const struct rows *r, uint32_t *row_of)
{
    memset(row_of, 0xFF, r->subject->neurons * sizeof *row_of); /* SOURCE_NO_ROW */
    if (r->shares)
        for (size_t i = 0; i < r->units; i++)
            row_of[subject_neuron(r->subject, r->first + i)] = (uint32_t)(i * r->shown / r->units);
    else
        for (size_t row = 0; row < r->shown; row++)
            row_of[rows_unit(r, row)] = (uint32_t)row;
}

/* Counted from the bottom: rows begin at whole lines, every line is in one row. */
static size_t begin_line(const struct rows *r, size_t row)
{
    return row * (size_t)r->lines / r->shown;
}

int rows_lines(const struct rows *r, size_t row, int *low)
{
    *low = r->lines - (int)begin_line(r, row + 1);
    return r->lines - (int)begin_line(r, row);
}

int rows_middle(const struct rows *r, size_t row)
{
    return r->lines - 1 - (int)((begin_line(r, row) + begin_line(r, row + 1)) / 2);
}

size_t rows_at(const struct rows *r, int line)
{
    size_t up = (size_t)(r->lines - 1 - line);
    return ((up + 1) * r->shown - 1) / (size_t)r->lines;
}

size_t rows_at_cell(const struct rows *r, int cell)
{
    int top = cell * r->across, below = top + r->across < r->lines ? top + r->across : r->lines;
    if (r->selected >= 0 && rows_middle(r, (size_t)r->selected) / r->across == cell)
        return (size_t)r->selected;
    for (int line = below - 1; line >= top; line--)
        if (rows_middle(r, rows_at(r, line)) / r->across == cell)
            return rows_at(r, line);
    return rows_at(r, (top + below) / 2);
}

static void draw_label(const struct rows *r, const struct axes *axes, struct canvas *canvas, struct label_common common,
                       size_t row, bool selected)
{
    char label[LABEL_BYTES], fitting[LABEL_BYTES];
    subject_label(r->subject, rows_unit(r, row), label, sizeof label);
    axes_tick_side(axes, canvas, axes->data.y + (rows_middle(r, row) + 0.5) / r->across,
                   label_fit(canvas, common, label, axes->left, fitting, sizeof fitting), selected ? 0x25B6 : AXIS_TICK,
                   selected ? INK_SELECTED : INK_DIM);
}

void rows_draw_labels(const struct rows *r, const struct axes *axes, struct canvas *canvas)
{
    axes_draw_side(axes, canvas);
    int height = axes->data.height, wanted = height - 1;
    bool all = r->shown == r->units && (int)r->shown <= height;
    int step = all ? 1 : height / 6 > 2 ? height / 6 : 2;
    int marked = r->selected >= 0 ? rows_middle(r, (size_t)r->selected) / r->across : -100;
    struct label_common common = label_common(r->subject);
    for (size_t i = 0; i < r->shown; i++) {
        int cell = rows_middle(r, i) / r->across;
        if (cell > wanted)
            continue;
        wanted = cell - step;
        if (abs(cell - marked) >= (all ? 1 : 2))
            draw_label(r, axes, canvas, common, i, false);
    }
    if (r->selected >= 0)
        draw_label(r, axes, canvas, common, (size_t)r->selected, true);
}

#define COUNT 192

/* Three ways to say it, the longest first. */
static void write_counts(const struct rows *r, char text[3][COUNT])
{
    static const char *const endings[] = {" neurons shown", " shown", ""};
    char some[NUMBER_HUMAN], all[NUMBER_HUMAN], each[48];
    bool partly = (r->shares ? r->units : r->shown) < r->subject->neurons;
    number_grouped(some, r->shares ? r->units : r->shown);
    number_grouped(all, r->subject->neurons);
    snprintf(each, sizeof each, r->units % r->shown ? "%zu-%zu" : "%zu", r->units / r->shown, r->units / r->shown + 1);
    for (int i = 0; i < 3; i++)
        if (partly && r->shares)
            snprintf(text[i], COUNT, "%s of %s%s, %s a row", some, all, endings[i > 0 ? 2 : 1], each);
        else if (partly)
            snprintf(text[i], COUNT, "%s of %s%s", some, all, endings[i]);
        else if (r->shares)
            snprintf(text[i], COUNT,
                     i == 0   ? "%s units, %s a row"
                     : i == 1 ? "%.0s%s units a row"
                              : "%.0s%s a row",
                     all, each);
        else /* that all are shown needs no words */
            snprintf(text[i], COUNT, "%s of %s", some, all);
}

void rows_add_count(const struct rows *r, struct foot *f, int rest)
{
    char text[3][COUNT];
    write_counts(r, text);
    for (int i = 0; i < 3; i++)
        if ((int)strlen(text[i]) + rest <= f->room) {
            foot_add(f, text[i], NULL);
            return;
        }
    /* Nothing leaves so much room: at least how many are shown is said. */
    for (int i = r->shares ? 2 : 0; i < 3 && !f->out[0]; i++)
        foot_add(f, text[i], NULL);
}
