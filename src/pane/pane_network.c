/* The network as a whole, a line for each place and below it a line for each connection that leaves it: what it is, how
 * active it is, what a place says now. A drawing of boxes and arrows would have room for three of them; lines have room for
 * any number, in any width, and one walks over them by arrows. */
#include "pane/pane.h"

#include <math.h>
#include <stdio.h>

#include "base/number.h"
#include "draw/foot.h"
#include "draw/note.h"
#include "pane/network_view.h"

#define BAR 8          /* columns of a bar from 0 to the radius */
#define NUMBERS_MOST 3 /* of a place that are written */
#define RATE 8         /* columns of "123 Hz" and what parts it */

/* A bar in eighths of a column. */
static void draw_bar(struct canvas *canvas, int x, int y, double share, enum ink ink)
{
    bool fine = canvas->glyphs != GLYPHS_ASCII;
    int eighths = (int)lround(fmin(fmax(share, 0), 1) * 8 * BAR);
    for (int c = 0; c < BAR; c++) {
        int here = eighths - 8 * c < 8 ? eighths - 8 * c : 8;
        if (here <= 0)
            canvas_put(canvas, x + c, y, 0xB7, INK_DIM);
        else
            canvas_put(canvas, x + c, y, fine ? 0x2590 - (uint32_t)here : here >= 4 ? '#' : '-', ink);
    }
}

/* "0.41", "0.41, -0.2" */
static void say_value(const struct network_row *row, char *out, size_t size)
{
    char number[NUMBER_HUMAN];
    size_t used = 0;
    out[0] = '\0';
    for (size_t d = 0; row->x && d < row->dims && d < NUMBERS_MOST && used < size; d++)
        used += (size_t)snprintf(out + used, size - used, "%s%s", d ? ", " : "", number_round(number, row->x[d], 2));
    if (row->x && row->dims > NUMBERS_MOST && used < size)
        snprintf(out + used, size - used, ", ...");
}

static double size_of(const struct network_row *row)
{
    double sum = 0;
    for (size_t d = 0; row->x && d < row->dims; d++)
        sum += row->x[d] * row->x[d];
    return sqrt(sum);
}

/* From the right: what there is room for beside the name. Returns the columns that are left for the text. */
static int draw_state(const struct network_row *row, struct canvas *canvas, struct rect line)
{
    char value[3 * NUMBER_HUMAN + 16], rate[NUMBER_HUMAN + 4], number[NUMBER_HUMAN];
    int room = line.width;
    say_value(row, value, sizeof value);
    int columns = canvas_columns(canvas, value);
    snprintf(rate, sizeof rate, "%s Hz", number_round(number, row->rate, 2));
    if (isfinite(row->rate) && room >= 24 + RATE) {
        canvas_text(canvas, line.x + room - canvas_columns(canvas, rate), line.y, RATE, INK_PLAIN, rate);
        room -= RATE;
    } else if (room >= 40) {
        room -= RATE;
    }
    if (row->x && room >= 30 + BAR) {
        room -= BAR;
        draw_bar(canvas, line.x + room, line.y, size_of(row) / (isfinite(row->radius) ? row->radius : 1), INK_SELECTED);
        room--;
    }
    if (*value && room >= columns + 12) {
        canvas_text(canvas, line.x + room - columns, line.y, columns, INK_PLAIN, value);
        room -= columns + 1;
    }
    return room;
}

static void draw_place(const struct network_row *row, struct canvas *canvas, struct rect line, bool at)
{
    char text[SUBJECT_NAME + 100];
    int room = draw_state(row, canvas, line);
    int used = canvas_text_cut(canvas, line.x, line.y, room, at ? INK_SELECTED : INK_BOLD, row->name);
    snprintf(text, sizeof text, "  %s", row->about);
    if (room - used > 6)
        canvas_text_cut(canvas, line.x + used, line.y, room - used, INK_DIM, text);
}

/* A solid arrow carries spikes now or a node's value, a dim one is silent; what learns is dotted; a bar at its end lowers. */
static void draw_connection(const struct network_row *row, struct canvas *canvas, struct rect line, bool at)
{
    char text[160];
    bool active = isnan(row->rate) || row->rate >= 1;
    enum ink ink = at ? INK_SELECTED : active ? INK_SPIKE : INK_DIM;
    canvas_put(canvas, line.x + 1, line.y, row->last ? 0x2514 : 0x251C, INK_DIM);
    canvas_put(canvas, line.x + 2, line.y, row->learns ? 0x2504 : 0x2500, ink);
    canvas_text(canvas, line.x + 3, line.y, 2, ink, row->inhibits ? "⊣" : "→");
    snprintf(text, sizeof text, "%s", row->to);
    int left = line.x + 5, room = line.width - 5;
    int used = canvas_text_cut(canvas, left, line.y, room, at ? INK_SELECTED : INK_PLAIN, text);
    snprintf(text, sizeof text, "  %s", row->about);
    if (room - used > 3)
        used += canvas_text_cut(canvas, left + used, line.y, room - used, at ? INK_SELECTED : INK_DIM, text);
    snprintf(text, sizeof text, "  %s", row->name);
    if (room - used > (int)canvas_columns(canvas, text))
        canvas_text_cut(canvas, left + used, line.y, room - used, INK_DIM, text);
}

static void network_draw(const struct pane *pane, const struct subject *s, struct canvas *canvas, struct rect inner,
                         char *foot, size_t size)
{
    (void)pane;
    const struct network_view *view = s->network;
    char text[80], count[NUMBER_COUNTED];
    foot[0] = '\0';
    if (!view || view->rows == 0) {
        note_draw(canvas, inner,
                  "there is nothing yet: population A makes a population, node S a node, connect S A joins them");
        return;
    }
    /* The row that was walked to stands in the middle, but for the ends. */
    size_t shown = (size_t)(inner.height > 0 ? inner.height : 0), first = 0, connections = 0;
    if (view->rows > shown && view->at > shown / 2)
        first = view->at - shown / 2 < view->rows - shown ? view->at - shown / 2 : view->rows - shown;
    for (size_t i = 0; i < view->rows; i++)
        connections += view->row[i].connection;
    for (size_t i = first; i < view->rows && i < first + shown; i++) {
        const struct network_row *row = &view->row[i];
        int y = inner.y + (int)(i - first);
        if (i == view->at)
            canvas_put(canvas, inner.x, y, 0x25B8, INK_SELECTED);
        struct rect line = {inner.x + 1, y, inner.width - 1, 1};
        (row->connection ? draw_connection : draw_place)(row, canvas, line, i == view->at);
    }
    struct foot f = foot_begin(canvas, foot, size, inner.width);
    if (shown < view->rows) {
        snprintf(text, sizeof text, "lines %zu to %zu of %zu", first + 1, first + shown, view->rows);
        foot_add(&f, text, NULL);
    }
    snprintf(text, sizeof text, "%s", number_counted(count, connections, "connection"));
    foot_add(&f, text, NULL);
}

static void network_title(const struct pane *pane, const struct subject *s, char *out, size_t size)
{
    (void)pane, (void)s;
    snprintf(out, size, "network");
}

const struct pane_type pane_network = {
    .name = "network",
    .summary = "populations, nodes and connections, and what each does now; arrows walk, Enter goes in",
    .about = PANE_NETWORK,
    .live_only = true,
    .title = network_title,
    .draw = network_draw,
};
