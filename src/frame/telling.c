/* From the top: a rule with the lesson's name, what it says, the question with its choices, the guess beside the truth,
 * and the sentence about it. Where there are too few lines the oldest of what it says goes first: a question is never
 * cut. */
#include "frame/part.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "draw/note.h"

#define LINES 64     /* that are kept while the page is laid out */
#define MARGIN 2     /* columns at the left */
#define BAR_MOST 40  /* columns of the longer of two bars */
#define BIG_LEAST 60 /* columns from which on a large number stands at the right */

struct page_line {
    struct text text;
    enum ink ink;
    double bar; /* 0 to 1: a bar behind the text; NaN: none */
};

struct page {
    const struct canvas *canvas;
    int width; /* of lines */
    struct page_line line[LINES];
    int lines, prose; /* the first ones are what is told */
};

static void add_line(struct page *page, const char *text, size_t bytes, enum ink ink, double bar)
{
    if (page->lines == LINES)
        return;
    struct page_line *line = &page->line[page->lines++];
    *line = (struct page_line){.ink = ink, .bar = bar};
    text_append(&line->text, text, bytes);
}

static void add_broken(struct page *page, const char *text, enum ink ink)
{
    for (const char *at = text, *next; *at; at = next) {
        size_t bytes = note_break(page->canvas, at, page->width, &next);
        add_line(page, at, bytes, ink, NAN);
    }
}

static void add_paragraphs(struct page *page, const char *text, enum ink ink)
{
    while (*text) {
        struct text paragraph = {0};
        size_t length = strcspn(text, "\n");
        text_append(&paragraph, text, length);
        add_broken(page, text_string(&paragraph), ink);
        text_free(&paragraph);
        text += length + (text[length] == '\n');
    }
}

/* Beside one another while there is room, each whole. */
static void add_choices(struct page *page, const struct page_view *view)
{
    struct text line = {0};
    for (size_t i = 0; i < view->choices; i++) {
        struct text one = {0};
        text_printf(&one, "%c) %s", (char)('a' + i), view->choice[i]);
        int wide = canvas_columns(page->canvas, text_string(&line)) + canvas_columns(page->canvas, one.bytes) + 3;
        if (line.length > 0 && wide > page->width) {
            add_broken(page, line.bytes, INK_BOLD);
            text_clear(&line);
        }
        text_printf(&line, "%s%s", line.length ? "   " : "", one.bytes);
        text_free(&one);
    }
    if (line.length > 0)
        add_broken(page, line.bytes, INK_BOLD);
    text_free(&line);
}

static void add_guess(struct page *page, const char *who, const char *what, enum ink ink, double bar)
{
    struct text text = {0};
    text_printf(&text, "%-9s %s", who, what);
    add_line(page, text.bytes, text.length, ink, bar);
    text_free(&text);
}

/* Two numbers of one sign stand as bars under one another. */
static void add_guesses(struct page *page, const struct page_view *view)
{
    double guess = view->guess_at, truth = view->truth_at;
    bool bars = view->truth && view->guess && guess * truth >= 0 && (guess != 0 || truth != 0);
    double most = fmax(fabs(guess), fabs(truth));
    if (view->guess && view->truth) {
        add_guess(page, "you said", view->guess, INK_SELECTED, bars ? fabs(guess) / most : NAN);
        add_guess(page, "it is", view->truth, INK_PREDICT, bars ? fabs(truth) / most : NAN);
    } else if (view->guess) {
        add_guess(page, "you said", view->guess, INK_SELECTED, NAN);
    }
}

/* Columns at the right that a large number takes: for a room, where it leaves the text enough. */
static int columns_of_big(const struct canvas *canvas, const struct page_view *view, int width)
{
    if (!canvas->room || !view->big)
        return 0;
    int number = big_columns(canvas, view->big), name = canvas_columns(canvas, view->big_name);
    int columns = (number > name ? number : name) + MARGIN;
    return columns <= width / 2 ? columns : 0;
}

static struct page *lay_out(const struct canvas *canvas, const struct page_view *view, int width)
{
    static struct page page; /* UI thread only */
    static const enum ink said[] = {[PAGE_SAID_PLAIN] = INK_REMARK,
                                    [PAGE_SAID_RIGHT] = INK_GOOD,
                                    [PAGE_SAID_NEAR] = INK_GOOD,
                                    [PAGE_SAID_WRONG] = INK_WARN};
    int room = width - 2 * MARGIN - columns_of_big(canvas, view, width);
    page = (struct page){.canvas = canvas, .width = room > 1 ? room : 1};
    add_paragraphs(&page, view->text, INK_REMARK);
    page.prose = page.lines;
    if (view->question) {
        add_paragraphs(&page, view->question, INK_BOLD);
        add_choices(&page, view);
        add_guesses(&page, view);
        add_paragraphs(&page, view->said, said[view->said_as]);
    }
    return &page;
}

static void free_lines(struct page *page)
{
    for (int i = 0; i < page->lines; i++)
        text_free(&page->line[i].text);
}

int telling_rows(const struct canvas *canvas, const struct page_view *view, int width)
{
    struct page *page = lay_out(canvas, view, width);
    int lines = page->lines;
    free_lines(page);
    if (columns_of_big(canvas, view, width) > 0 && lines < BIG_ROWS + 1)
        lines = BIG_ROWS + 1;
    return 1 + lines;
}

static void draw_bar(struct canvas *canvas, int x, int y, int right, const struct page_line *line)
{
    int room = right - x < BAR_MOST ? right - x : BAR_MOST;
    int columns = (int)lround(line->bar * room);
    for (int i = 0; i < columns; i++)
        canvas_put(canvas, x + i, y, canvas->glyphs == GLYPHS_ASCII ? '=' : 0x2588, line->ink);
}

static void draw_line(struct canvas *canvas, struct rect rect, int y, const struct page_line *line, int behind)
{
    int x = rect.x + MARGIN;
    canvas_text_cut(canvas, x, y, rect.width - 2 * MARGIN, line->ink, text_string(&line->text));
    if (!isnan(line->bar))
        draw_bar(canvas, x + behind + 2, y, rect.x + rect.width - MARGIN, line);
}

static void draw_heading(struct canvas *canvas, struct rect rect, const struct page_view *view)
{
    char text[240];
    int x = rect.x + MARGIN, right = rect.x + rect.width - MARGIN;
    canvas_fill(canvas, (struct rect){rect.x, rect.y, rect.width, 1}, 0x2500, INK_FRAME);
    snprintf(text, sizeof text, "%s%s%s", view->heading, *view->heading && *view->place ? ", " : "", view->place);
    int used = *text ? canvas_text_cut(canvas, x, rect.y, right - x, INK_TITLE, text) : 0;
    if (used > 0) {
        canvas_put(canvas, x - 1, rect.y, ' ', INK_TITLE);
        canvas_put(canvas, x + used, rect.y, ' ', INK_TITLE);
    }
    if (!view->big || rect.width < BIG_LEAST || columns_of_big(canvas, view, rect.width) > 0)
        return;
    snprintf(text, sizeof text, " %s %s ", view->big_name, view->big);
    int columns = canvas_columns(canvas, text);
    if (x + used + 2 + columns < right)
        canvas_text(canvas, right - columns, rect.y, -1, INK_BOLD, text);
}

/* Where the bars of a page begin: behind the longest text that has one. */
static int bars_behind(const struct canvas *canvas, const struct page *page)
{
    int most = 0;
    for (int i = 0; i < page->lines; i++) {
        int columns = isnan(page->line[i].bar) ? 0 : canvas_columns(canvas, text_string(&page->line[i].text));
        most = columns > most ? columns : most;
    }
    return most;
}

static void draw_big(struct canvas *canvas, struct rect rect, const struct page_view *view)
{
    int columns = columns_of_big(canvas, view, rect.width), x = rect.x + rect.width - columns;
    if (columns == 0 || rect.height < BIG_ROWS + 1)
        return;
    big_draw(canvas, x, rect.y + 1, view->big, INK_SELECTED);
    if (rect.height > BIG_ROWS + 1)
        canvas_text(canvas, x, rect.y + 1 + BIG_ROWS, -1, INK_BOLD, view->big_name);
}

void telling_draw(struct canvas *canvas, struct rect rect, const struct page_view *view)
{
    if (!view || rect.height < 1)
        return;
    struct page *page = lay_out(canvas, view, rect.width);
    int room = rect.height > 1 ? rect.height - 1 : 0, over = page->lines - room;
    int left_out = over > 0 ? (over < page->prose ? over : page->prose) : 0;
    int behind = bars_behind(canvas, page);
    draw_heading(canvas, rect, view);
    draw_big(canvas, rect, view);
    for (int i = left_out; i < page->lines && i - left_out < room; i++)
        draw_line(canvas, rect, rect.y + 1 + i - left_out, &page->line[i], behind);
    free_lines(page);
}
