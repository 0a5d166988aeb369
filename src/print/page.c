/* In this order, each over what is before it: the ground, shades of cells, dots, lines, marks, then strokes and
 * letters. Within dots and lines what matters more comes later. */
#include "page.h"

#include <math.h>
#include <stdlib.h>

#include "base/text.h"
#include "base/utf8.h"
#include "picture/paper.h"

/* Of a cell's width. */
#define LINE 0.12
#define LINE_SELECTED 0.2
#define MARK 0.38        /* radius of a disc or a ring */
#define BOXES_MOST 12000 /* of dots of one ink: more would be finer than what can be seen, and a large file */
#define BASELINE 0.8     /* of a cell's height: where letters stand */

struct page {
    cairo_t *cairo;
    const struct canvas *canvas;
    const struct theme *theme;
    double wide, high; /* points of a cell */
};

static void set_colour(const struct page *page, unsigned rgb)
{
    cairo_set_source_rgb(page->cairo, (rgb >> 16 & 0xff) / 255.0, (rgb >> 8 & 0xff) / 255.0, (rgb & 0xff) / 255.0);
}

/* An ink without a colour is that of text, and where the theme leaves that to the terminal, what can be read best. */
static void set_ink(const struct page *page, enum ink ink)
{
    const struct theme *theme = page->theme;
    int colour = theme->ink[ink].of256 == THEME_OWN ? theme->text.of256 : theme->ink[ink].of256;
    unsigned best = theme_for_ground(theme->assumed) == &theme_light ? 0x000000 : 0xffffff;
    set_colour(page, colour == THEME_OWN ? best : theme_rgb(colour));
}

static bool is_shade(uint32_t glyph)
{
    return glyph >= 0x2581 && glyph <= 0x2593;
}

static void draw_signs(const struct page *page, bool shades)
{
    const struct canvas *canvas = page->canvas;
    for (int y = 0; y < canvas->height; y++)
        for (int x = 0; x < canvas->width; x++) {
            const struct cell *cell = canvas_cell(canvas, x, y);
            if (cell->glyph < 0x2500 || cell->glyph > 0x2593 || is_shade(cell->glyph) != shades)
                continue;
            set_ink(page, cell->ink);
            page_draws_sign(page->cairo, cell->glyph, x * page->wide, y * page->high, page->wide, page->high);
        }
}

static int rank(enum ink ink)
{
    return ink == INK_MARK ? 5 : ink == INK_SELECTED ? 4 : ink == INK_PREDICT ? 3 : ink == INK_NEAR ? 2 : 1;
}
#define RANKS 5

static void draw_dots(const struct page *page, enum ink ink)
{
    struct paper_box *box;
    size_t boxes = paper_boxes(page->canvas->paper, ink, BOXES_MOST, &box);
    set_ink(page, ink);
    for (size_t i = 0; i < boxes; i++)
        cairo_rectangle(page->cairo, box[i].x * page->wide, box[i].y * page->high, box[i].width * page->wide,
                        box[i].height * page->high);
    if (boxes > 0)
        cairo_fill(page->cairo);
    free(box);
}

static bool goes_on(const struct paper_line *before, const struct paper_line *line)
{
    return before->ink == line->ink && before->on == line->on && before->of == line->of &&
           fabs(before->x1 - line->x0) < 1e-6 && fabs(before->y1 - line->y0) < 1e-6;
}

/* The line at `i` and those that go on from its end, as one. Returns the index behind them. */
static size_t draw_curve(const struct page *page, size_t i)
{
    const struct paper *paper = page->canvas->paper;
    const struct paper_line *line = &paper->line[i];
    double part = PAPER_PART * page->wide, dash[2] = {line->on * part, (line->of - line->on) * part};
    cairo_set_line_width(page->cairo, (line->ink == INK_SELECTED ? LINE_SELECTED : LINE) * page->wide);
    cairo_set_dash(page->cairo, dash, line->on < line->of ? 2 : 0, line->walked * part);
    cairo_move_to(page->cairo, line->x0 * page->wide, line->y0 * page->high);
    for (;;) {
        line = &paper->line[i];
        cairo_line_to(page->cairo, line->x1 * page->wide, line->y1 * page->high);
        if (++i == paper->lines || !goes_on(line, &paper->line[i]))
            break;
    }
    cairo_stroke(page->cairo);
    return i;
}

static void draw_lines(const struct page *page, int wanted)
{
    const struct paper *paper = page->canvas->paper;
    for (size_t i = 0; i < paper->lines;) {
        if (rank(paper->line[i].ink) != wanted) {
            i++;
            continue;
        }
        set_ink(page, paper->line[i].ink);
        i = draw_curve(page, i);
    }
}

/* `glyph` with its middle, or its left lower corner, at (x, y). */
static void draw_letter(const struct page *page, uint32_t glyph, double x, double y, bool centred)
{
    char text[5] = "";
    cairo_text_extents_t extents;
    text[utf8_encode(glyph, text)] = '\0';
    cairo_text_extents(page->cairo, text, &extents);
    if (centred) {
        x -= extents.x_bearing + extents.width / 2;
        y -= extents.y_bearing + extents.height / 2;
    }
    cairo_move_to(page->cairo, x, y);
    cairo_show_text(page->cairo, text);
}

static void draw_mark(const struct page *page, const struct paper_mark *mark)
{
    double x = mark->x * page->wide, y = mark->y * page->high;
    bool disc = mark->glyph == 0x25CF, ring = mark->glyph == 0x25CB;
    set_ink(page, mark->ink);
    if (!disc && !ring) {
        draw_letter(page, mark->glyph, x, y, true);
        return;
    }
    cairo_new_path(page->cairo);
    cairo_arc(page->cairo, x, y, MARK * page->wide, 0, 2 * acos(-1));
    cairo_set_line_width(page->cairo, LINE * page->wide);
    cairo_set_dash(page->cairo, NULL, 0, 0);
    if (disc)
        cairo_fill(page->cairo);
    else
        cairo_stroke(page->cairo);
}

static void draw_paper(const struct page *page)
{
    const struct paper *paper = page->canvas->paper;
    for (int r = 1; r <= RANKS; r++) {
        for (int ink = 0; ink < INK_COUNT; ink++)
            if (rank((enum ink)ink) == r)
                draw_dots(page, (enum ink)ink);
        draw_lines(page, r);
    }
    for (size_t i = 0; i < paper->marks; i++)
        draw_mark(page, &paper->mark[i]);
}

static bool is_bold(enum ink ink)
{
    return theme_look[ink].attributes & THEME_BOLD;
}

/* A cell is as wide as a letter of the font. */
static void set_font(const struct page *page, bool bold)
{
    cairo_text_extents_t extents;
    cairo_select_font_face(page->cairo, "monospace", CAIRO_FONT_SLANT_NORMAL,
                           bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(page->cairo, 100);
    cairo_text_extents(page->cairo, "0", &extents);
    cairo_set_font_size(page->cairo, extents.x_advance > 0 ? 100 * page->wide / extents.x_advance : page->high / 1.2);
}

static bool is_letter(const struct cell *cell)
{
    return cell->glyph > ' ' && !(cell->glyph >= 0x2500 && cell->glyph <= 0x2593) &&
           !(cell->glyph >= 0x2800 && cell->glyph <= 0x28FF);
}

/* Words of one ink are one text, so that a reader can search for them. */
static int draw_word(const struct page *page, int x, int y)
{
    const struct cell *first = canvas_cell(page->canvas, x, y), *cell = first;
    struct text word = {0};
    int start = x;
    for (; cell && cell->ink == first->ink && (is_letter(cell) || cell->glyph == 0);
         cell = canvas_cell(page->canvas, ++x, y)) {
        char bytes[4];
        if (cell->glyph != 0)
            text_append(&word, bytes, utf8_encode(cell->glyph, bytes));
    }
    set_ink(page, first->ink);
    cairo_move_to(page->cairo, start * page->wide, (y + BASELINE) * page->high);
    cairo_show_text(page->cairo, text_string(&word));
    text_free(&word);
    return x;
}

static void draw_labels(const struct page *page, bool bold)
{
    const struct paper *paper = page->canvas->paper;
    for (size_t i = 0; paper && i < paper->labels; i++) {
        const struct paper_label *label = &paper->label[i];
        cairo_text_extents_t extents;
        if (is_bold(label->ink) != bold)
            continue;
        cairo_text_extents(page->cairo, label->text, &extents);
        set_ink(page, label->ink);
        cairo_move_to(page->cairo, label->x * page->wide - extents.x_advance, (label->y + BASELINE - 0.5) * page->high);
        cairo_show_text(page->cairo, label->text);
    }
}

static void draw_words(const struct page *page, bool bold)
{
    const struct canvas *canvas = page->canvas;
    set_font(page, bold);
    for (int y = 0; y < canvas->height; y++)
        for (int x = 0; x < canvas->width;) {
            const struct cell *cell = canvas_cell(canvas, x, y);
            x = is_letter(cell) && is_bold(cell->ink) == bold ? draw_word(page, x, y) : x + 1;
        }
    draw_labels(page, bold);
}

void page_draw(cairo_t *cairo, const struct canvas *canvas, const struct theme *theme,
               const struct sheet_of_paper *paper)
{
    struct page page = {cairo, canvas, theme, paper->width / canvas->width, paper->height / canvas->height};
    set_colour(&page, theme->ground.of256 == THEME_OWN ? theme->assumed : theme_rgb(theme->ground.of256));
    cairo_paint(cairo);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    set_font(&page, false);
    draw_signs(&page, true);
    if (canvas->paper)
        draw_paper(&page);
    cairo_set_dash(cairo, NULL, 0, 0);
    draw_signs(&page, false);
    draw_words(&page, false);
    draw_words(&page, true);
}

const char *print_library(void)
{
    return cairo_version_string();
}
