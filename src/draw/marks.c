/* Marks hide no data: a line goes through cells that are empty, and where all are full the axis still shows
 * where it is. Names stand in the heading above their lines. */
#include "draw/marks.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "draw/subject.h"

/* Column of the canvas of a visible time, else -1. */
static int column_of(const struct timebase *t, const struct plot *plot, double time)
{
    double column = timebase_column(t, time);
    return isnan(column) ? -1 : plot->area.x + (int)column / plot->across;
}

static void draw_line(const struct plot *plot, const struct axes *axes, const struct time_mark *mark, int x)
{
    uint32_t sign = mark->cursor ? (uint32_t)mark->label[0] : 0x25C6;
    plot_rule(plot, (x - plot->area.x) * plot->across, mark->cursor ? 0x2506 : 0x254E, INK_MARK);
    if (axes->line)
        canvas_put(plot->canvas, x, axes->data.y + axes->data.height, sign, INK_MARK);
    else if (mark->cursor)
        canvas_put(plot->canvas, x, plot->area.y, sign, INK_MARK);
}

/* Blank cells of the heading from x on. */
static int blank_from(const struct canvas *canvas, const struct rect *heading, int x)
{
    int count = 0;
    for (; x + count < heading->x + heading->width; count++) {
        const struct cell *cell = canvas_cell(canvas, x + count, heading->y);
        if (!cell || cell->glyph != ' ')
            break;
    }
    return count;
}

/* Farther right of its line a name would be taken for another's. */
#define NAME_MOVES 16

#define WITHIN 3 /* blanks between the words and numbers of a heading */

/* Blanks before a name at x: two behind a heading, which would else seem to go on ("predicted 131 2"), one behind
 * another name. */
static int blanks_before(const struct canvas *canvas, const struct rect *h, int x)
{
    const struct cell *cell = x - 2 >= h->x ? canvas_cell(canvas, x - 2, h->y) : NULL;
    return x == h->x ? 0 : cell && cell->glyph != ' ' && cell->ink != INK_MARK ? 2 : 1;
}

/* The first place from x on with blanks before it and room behind it, not amid a heading. */
static int place_for_name(const struct canvas *canvas, const struct rect *h, int x)
{
    for (int at = x; at <= x + NAME_MOVES; at++) {
        int from = at - blanks_before(canvas, h, at), room = blank_from(canvas, h, from);
        if (room > WITHIN || (room > at - from && from + room == h->x + h->width))
            return at;
    }
    return -1;
}

/* The name above its line, or a little right of that where something stands already. */
static void draw_name(const struct plot *plot, const struct axes *axes, const struct time_mark *mark, int x)
{
    const struct rect *h = &axes->header;
    struct canvas *canvas = plot->canvas;
    if (!h->height || !mark->label[0])
        return;
    x = place_for_name(canvas, h, x);
    if (x < 0)
        return;
    int room = blank_from(canvas, h, x), columns = canvas_columns(canvas, mark->label);
    if (x + room < h->x + h->width)
        room--;
    if (columns <= room || room >= 4)
        canvas_text_cut(canvas, x, h->y, room, INK_MARK, mark->label);
}

/* "1-2: 12.4 ms (80.6 Hz) · 7: 3 spikes, 241 Hz", or less of it: a form for every width, 0 being the longest.
 */
static bool between_text(const struct subject *s, int form, char *out, size_t size)
{
    const struct between *b = &s->between;
    char label[LABEL_BYTES + 2] = "", spikes[LABEL_BYTES + 160] = "", interval[NUMBER_HUMAN], inverse[NUMBER_HUMAN],
                             count[NUMBER_COUNTED], rate[NUMBER_HUMAN];
    number_human(interval, b->interval, DIMENSION_TIME);
    number_human(inverse, 1 / b->interval, DIMENSION_RATE);
    if (b->neuron >= 0) {
        subject_label(s, (uint32_t)b->neuron, label, sizeof label - 2);
        strcat(label, ": ");
    }
    if (b->counted)
        snprintf(spikes, sizeof spikes, " · %s%s, %s%s", form < 1 ? label : "",
                 number_counted(count, b->spikes, "spike"), b->neuron < 0 ? "mean " : "",
                 number_human(rate, b->rate, DIMENSION_RATE));
    if (form < 2)
        snprintf(out, size, "1-2: %s (%s)%s", interval, inverse, spikes);
    else if (form < 4)
        snprintf(out, size, "%s%s%s", form < 3 ? "1-2: " : "", interval, spikes);
    else
        snprintf(out, size, "%s", interval);
    return form <= 4;
}

/* At the right end of the heading. */
static void draw_between(const struct plot *plot, const struct axes *axes, const struct subject *s)
{
    const struct rect *h = &axes->header;
    struct canvas *canvas = plot->canvas;
    int end = h->x + h->width, start = end;
    if (!h->height || !s->between.on)
        return;
    while (start > h->x && blank_from(canvas, h, start - 1) == end - start + 1)
        start--;
    if (start > h->x) /* blanks behind what stands there */
        start += 2;
    char text[LABEL_BYTES + 300];
    for (int form = 0; between_text(s, form, text, sizeof text); form++) {
        int columns = canvas_columns(canvas, text);
        if (columns > end - start)
            continue;
        canvas_text(canvas, end - columns, h->y, columns, INK_MARK, text);
        return;
    }
}

void marks_foot(struct foot *foot, const struct axes *axes, const struct subject *s)
{
    char text[LABEL_BYTES + 300];
    if (axes->header.height || !s->between.on)
        return;
    for (int form = 0; between_text(s, form, text, sizeof text); form++) {
        int before = foot->room;
        foot_add(foot, text, NULL);
        if (foot->room < before)
            return;
    }
}

void marks_draw(const struct timebase *t, const struct plot *plot, const struct axes *axes, const struct subject *s)
{
    draw_between(plot, axes, s);
    for (size_t i = s->marks; i-- > 0;) {
        int x = column_of(t, plot, s->mark[i].time);
        if (x >= 0)
            draw_name(plot, axes, &s->mark[i], x);
    }
    for (size_t i = 0; i < s->marks; i++) {
        int x = column_of(t, plot, s->mark[i].time);
        if (x >= 0)
            draw_line(plot, axes, &s->mark[i], x);
    }
}
