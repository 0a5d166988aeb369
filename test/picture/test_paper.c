/* What plots leave on a paper: lines where they were said, and dots as boxes that cover them and nothing else. */
#include "harness.h"

#include "picture/paper.h"
#include "picture/plot.h"

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* Counts in `cover`, a byte a dot, how many boxes lie over it. */
static void cover_with(unsigned char *cover, int width, const struct paper_box *box)
{
    int x0 = (int)lround(box->x * PAPER_ACROSS), x1 = (int)lround((box->x + box->width) * PAPER_ACROSS);
    int y0 = (int)lround(box->y * PAPER_DOWN), y1 = (int)lround((box->y + box->height) * PAPER_DOWN);
    for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++)
            cover[y * width + x]++;
}

START_TEST(boxes_cover_each_dot_once_and_nothing_else)
{
    enum { COLUMNS = 9, ROWS = 3, WIDTH = COLUMNS * PAPER_ACROSS, HEIGHT = ROWS * PAPER_DOWN };
    uint32_t state = 3;
    for (int round = 0; round < 200; round++) {
        static unsigned char set[WIDTH * HEIGHT], cover[WIDTH * HEIGHT];
        struct paper *paper = paper_new(COLUMNS, ROWS);
        struct paper_box *box;
        memset(set, 0, sizeof set);
        memset(cover, 0, sizeof cover);
        for (int i = 0; i < 1 + round * round / 2; i++) { /* small rectangles, which meet and overlap more and more */
            int x = (int)(next_random(&state) % WIDTH), y = (int)(next_random(&state) % HEIGHT);
            int right = x + (int)(next_random(&state) % 9), below = y + (int)(next_random(&state) % 9);
            for (int v = y; v <= below; v++)
                for (int u = x; u <= right; u++) {
                    paper_add_dot(paper, u, v, INK_SPIKE); /* outside, nothing happens */
                    if (u < WIDTH && v < HEIGHT)
                        set[v * WIDTH + u] = 1;
                }
        }
        size_t boxes = paper_boxes(paper, INK_SPIKE, SIZE_MAX, &box), dots = 0;
        for (size_t i = 0; i < boxes; i++)
            cover_with(cover, WIDTH, &box[i]);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            ck_assert_msg(cover[i] == set[i], "round %d: %d boxes over dot %d, which is %s", round, cover[i], i,
                          set[i] ? "set" : "not set");
            dots += set[i];
        }
        ck_assert_uint_le(boxes, dots);
        free(box);
        paper_free(paper);
    }
}
END_TEST

START_TEST(a_bar_is_one_box_and_nothing_is_none)
{
    struct paper *paper = paper_new(4, 1);
    struct paper_box *box;
    ck_assert_uint_eq(paper_boxes(paper, INK_SPIKE, SIZE_MAX, &box), 0);
    free(box);
    for (int y = 3; y < 9; y++)
        for (int x = 0; x < 4 * PAPER_ACROSS; x++)
            paper_add_dot(paper, x, y, INK_SELECTED);
    ck_assert_uint_eq(paper_boxes(paper, INK_SPIKE, SIZE_MAX, &box), 0);
    free(box);
    ck_assert_uint_eq(paper_boxes(paper, INK_SELECTED, SIZE_MAX, &box), 1);
    ck_assert(box->x == 0 && box->width == 4 && box->y == 3.0 / PAPER_DOWN && box->height == 6.0 / PAPER_DOWN);
    free(box);
    paper_free(paper);
}
END_TEST

/* Every second dot of every second row: 24 by 16 boxes, 12 by 8 squares of four dots that touch, and so one box. */
START_TEST(too_many_boxes_become_larger_ones)
{
    struct paper *paper = paper_new(3, 1);
    struct paper_box *box;
    for (int y = 0; y < PAPER_DOWN; y += 2)
        for (int x = 0; x < 3 * PAPER_ACROSS; x += 2)
            paper_add_dot(paper, x, y, INK_SPIKE);
    ck_assert_uint_eq(paper_boxes(paper, INK_SPIKE, 24 * 16, &box), 24 * 16);
    free(box);
    ck_assert_uint_eq(paper_boxes(paper, INK_SPIKE, 24 * 16 - 1, &box), 1);
    ck_assert(box->x == 0 && box->y == 0 && box->width == 3 && box->height == 1);
    free(box);
    paper_free(paper);
}
END_TEST

/* The plot has its data in cells 2 to 5 of rows 1 and 2: 64 by 64 dots. */
START_TEST(lines_and_marks_stay_where_they_were_said)
{
    struct canvas *canvas = canvas_new(8, 4, GLYPHS_BRAILLE);
    canvas->paper = paper_new(8, 4);
    struct plot plot = plot_over(canvas, (struct rect){2, 1, 4, 2});
    ck_assert(plot.width == 64 && plot.height == 64);
    plot_line(&plot, 0, 63, 63, 0, INK_SELECTED, 4);
    plot_line(&plot, -64, 31.5, 128, 31.5, INK_PREDICT, 3); /* cut off at both sides */
    plot_line(&plot, NAN, 0, 1, 1, INK_SPIKE, 4);
    plot_mark(&plot, 31.5, 31.5, 0x25CF, INK_SELECTED);
    plot_mark(&plot, 64, 0, 0x25CF, INK_SELECTED);
    plot_dot(&plot, 0, 0, INK_SPIKE);
    const struct paper *p = canvas->paper;
    ck_assert_uint_eq(p->lines, 2);
    ck_assert_uint_eq(p->marks, 1);
    ck_assert_double_eq_tol(p->line[0].x0, 2 + 0.5 / 16, 1e-12);
    ck_assert_double_eq_tol(p->line[0].y0, 3 - 0.5 / 32, 1e-12);
    ck_assert_double_eq_tol(p->line[0].x1, 6 - 0.5 / 16, 1e-12);
    ck_assert_double_eq_tol(p->line[0].y1, 1 + 0.5 / 32, 1e-12);
    ck_assert(p->line[0].on == p->line[0].of && p->line[1].on < p->line[1].of);
    ck_assert_double_eq_tol(p->line[1].x0, 2 + 0.5 / 16, 1e-12);
    ck_assert_double_eq_tol(p->line[1].x1, 6 - 0.5 / 16, 1e-12);
    ck_assert_double_eq_tol(p->line[1].y0, 2, 1e-12);
    ck_assert(p->mark[0].x == 4 && p->mark[0].y == 2);
    struct text cells = {0};
    canvas_write(canvas, &cells);
    ck_assert_str_eq(text_string(&cells), "\n\n\n\n"); /* nothing of it twice */
    text_free(&cells);
    paper_free(canvas->paper);
    canvas_free(canvas);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("picture: paper", boxes_cover_each_dot_once_and_nothing_else,
                       a_bar_is_one_box_and_nothing_is_none, too_many_boxes_become_larger_ones,
                       lines_and_marks_stay_where_they_were_said);
}
