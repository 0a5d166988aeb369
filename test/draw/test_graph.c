/* Lines and points over linear and logarithmic axes, and their legend. */
#include "harness.h"

#include "draw/graph.h"

#define POINTS 60

struct sample {
    double f[POINTS], theory[POINTS], fit[POINTS], error[POINTS];
    struct graph_series series[3];
    struct graph graph;
};

/* Two low passes over frequency, and three points measured. */
static void make(struct sample *s)
{
    for (int i = 0; i < POINTS; i++) {
        s->f[i] = pow(10, i / (POINTS - 1.0) * 2.3);
        s->theory[i] = 1 / sqrt(1 + s->f[i] * s->f[i] / 400);
        s->fit[i] = 1 / sqrt(1 + s->f[i] * s->f[i] / 2500);
        s->error[i] = 0.15;
    }
    s->series[0] = (struct graph_series){.name = "theory", .x = s->f, .y = s->theory, .count = POINTS};
    s->series[0].ink = INK_PREDICT;
    s->series[0].line = GRAPH_SOLID;
    s->series[1] = (struct graph_series){.name = "fit", .x = s->f, .y = s->fit, .count = POINTS, .ink = INK_SPIKE};
    s->series[1].line = GRAPH_DASHED;
    s->series[2] = (struct graph_series){.name = "measured", .x = s->f + 20, .y = s->theory + 20, .error = s->error};
    s->series[2].count = 3;
    s->series[2].ink = INK_SELECTED;
    s->series[2].mark = 0x25CF;
    s->graph = (struct graph){
        .across = {1, 200, true, " Hz"}, .up = {.low = 0, .high = 1, .title = "gain"}, .series = s->series, .count = 3};
}

static void expect_graph(const struct graph *graph, int width, int height, enum glyph_set glyphs, const char *picture)
{
    struct canvas *c = canvas_new(width, height, glyphs);
    struct graph_place place = graph_fit(graph, c, (struct rect){0, 0, width, height});
    struct text text = {0};
    graph_draw(graph, &place);
    canvas_write(c, &text);
    ck_assert_str_eq(text_string(&text), picture);
    text_free(&text);
    canvas_free(c);
}

START_TEST(a_logarithmic_axis_across)
{
    struct sample s;
    make(&s);
    expect_graph(&s.graph, 50, 11, GLYPHS_BRAILLE,
                 "gain   — theory  ╌ fit  ● measured\n"
                 "1.0┤⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠓⠒⠒⠒●●●⢄⣀⡀ ⠒ ⠤ ⢄ ⡀\n"
                 "   │               ⠸⠇⠇  ⠈⠑⠲⠤⣀   ⠉ ⠢ ⡀\n"
                 "   │                        ⠈⠑⠦⣀    ⠈ ⢢\n"
                 "   │                            ⠑⠢⡀     ⠓ ⡀\n"
                 "0.5┤                              ⠈⠓⠤⣄    ⠈ ⠤\n"
                 "   │                                  ⠙⠒⢄⣀    ⠑ ⢤\n"
                 "   │                                      ⠉⠑⠢⠤⢄⣀⣀\n"
                 "0.0┤                                            ⠈⠉\n"
                 "   └┬─────┬──────┬─────┬──────┬──────┬─────┬─────┬\n"
                 "    1     2      5     10     20     50     200 Hz\n");
}
END_TEST

START_TEST(a_logarithmic_axis_up_in_ascii)
{
    struct sample s;
    make(&s);
    s.graph.up.log = true;
    s.graph.up.low = 0.05;
    s.graph.across.title = "f (Hz)";
    expect_graph(&s.graph, 60, 13, GLYPHS_ASCII,
                 "gain - theory  . fit  @ measured\n"
                 "   1+''''''''''''''''''@@@'......''  ..  ..\n"
                 "    |                            ''''...     '.\n"
                 " 0.5+                                   ''..     ''  .\n"
                 "    |                                      '''.      ''\n"
                 "    |                                          ''..      ''\n"
                 " 0.2+                                              ''.\n"
                 "    |                                                 ''..\n"
                 " 0.1+                                                     '.\n"
                 "    |\n"
                 "0.05+\n"
                 "    ++------+--------+------+-------+--------+------+------+\n"
                 "     1      2 f (Hz) 5      10      20       50    100   200\n");
}
END_TEST

START_TEST(a_long_legend_takes_rows_from_the_picture)
{
    struct sample s;
    make(&s);
    s.series[0].name = "theory of the shift";
    expect_graph(&s.graph, 30, 13, GLYPHS_BRAILLE,
                 "gain   — theory of the shift\n"
                 "    ╌ fit  ● measured\n"
                 "1.0┤⠉⠉⠉⠉⠉⠉⠒⠒●●⢄⡀⠒ ⢤\n"
                 "   │        ⢸⣿ ⠑⠢⡀  ⠑\n"
                 "   │             ⠈⢢  ⠈⠒\n"
                 "   │               ⠑⡄  ⠈⠂\n"
                 "0.5┤                ⠈⢦   ⠓\n"
                 "   │                  ⠑⢄  ⠙⠂\n"
                 "   │                    ⠱⣀  ⠑\n"
                 "   │                      ⠑⠢⢄⡀\n"
                 "0.0┤                         ⠈\n"
                 "   └┬──────────┬──────────┬───\n"
                 "    1          10       100 Hz\n");
    s.series[1].name = "a fit of something";
    s.series[2].name = "measured with patience";
    expect_graph(&s.graph, 30, 8, GLYPHS_BRAILLE,
                 "gain   — theory of the shift\n"
                 "    ╌ a fit of something +1\n"
                 "  1┤⠉⠉⠉⠉⠉⠉⠉⠉●●⠒⠦⢄⣀⠒ ⠤\n"
                 "   │              ⠙⠢⢄⡀⠉ ⢤\n"
                 "   │                 ⠈⠒⠤⢄⡀⠑ ⢄\n"
                 "  0┤                     ⠈⠉⠑⠒⠢\n"
                 "   └┬──────────┬──────────┬───\n"
                 "    1          10       100 Hz\n");
}
END_TEST

START_TEST(what_is_missing_parts_the_line)
{
    double x[5] = {0, 1, 2, 3, 4}, y[5] = {0, 0, NAN, 1, 1};
    struct graph_series s = {.x = x, .y = y, .count = 5, .ink = INK_SPIKE, .line = GRAPH_SOLID};
    struct graph g = {{0, 4, false, "x"}, {0, 1, false, " "}, &s, 1};
    expect_graph(&g, 20, 7, GLYPHS_BRAILLE,
                 "  1┤           ⠈⠉⠉⠉⠉\n"
                 "   │\n"
                 "   │\n"
                 "   │\n"
                 "  0┤⣀⣀⣀⣀⡀\n"
                 "   └┬───────┬──────┬\n"
                 "    0       2  x   4\n");
}
END_TEST

START_TEST(scales_hold_what_there_is)
{
    struct sample s;
    make(&s);
    graph_hold(&s.graph, false, false);
    ck_assert(s.graph.across.low == s.f[0] && s.graph.across.high == s.f[POINTS - 1]);
    graph_hold(&s.graph, true, true);
    ck_assert(s.graph.up.low == 0 && near_relative(s.graph.up.high, 1.2, 1e-12));
    s.graph.up.log = true;
    graph_hold(&s.graph, true, true);
    ck_assert(s.graph.up.low > 0 && s.graph.up.low <= s.theory[POINTS - 1]);
    s.graph.count = 0;
    graph_hold(&s.graph, true, false);
    graph_hold(&s.graph, false, false);
    ck_assert(scale_is_sound(&s.graph.up) && scale_is_sound(&s.graph.across));
    double same[1] = {-3};
    s.series[0] = (struct graph_series){.x = same, .y = same, .count = 1};
    s.graph.count = 1;
    s.graph.up.log = false;
    graph_hold(&s.graph, true, false);
    ck_assert(s.graph.up.low < -3 && s.graph.up.high > -3);
}
END_TEST

START_TEST(cells_lead_back_to_points)
{
    struct sample s;
    double x, y;
    make(&s);
    struct canvas *c = canvas_new(60, 16, GLYPHS_BRAILLE);
    struct graph_place place = graph_fit(&s.graph, c, (struct rect){2, 1, 55, 14});
    const struct rect *area = &place.plot.area;
    for (int row = area->y; row < area->y + area->height; row++)
        for (int column = area->x; column < area->x + area->width; column++) {
            ck_assert(graph_at(&s.graph, &place, column, row, &x, &y));
            graph_mark(&s.graph, &place, x, y, 'A', INK_BOLD);
            ck_assert_msg(canvas_cell(c, column, row)->glyph == 'A', "(%g, %g) is not drawn at %d, %d", x, y, column,
                          row);
        }
    ck_assert(!graph_at(&s.graph, &place, area->x - 1, area->y, &x, &y));
    canvas_free(c);
}
END_TEST

START_TEST(no_size_and_no_number_breaks_it)
{
    static const double odd[] = {NAN, INFINITY, -INFINITY, 0, -1, 1e308, -1e308, 5e-324, 1};
    struct sample s;
    make(&s);
    for (int glyphs = 0; glyphs < 3; glyphs++)
        for (int width = 1; width < 50; width++)
            for (int height = 1; height < 14; height++) {
                struct canvas *c = canvas_new(width, height, (enum glyph_set)glyphs);
                s.theory[width] = odd[(width + height) % 9];
                s.f[height] = odd[width % 9];
                s.graph.up.log = width % 2;
                s.graph.across.low = height % 5 ? 1 : odd[width % 9];
                graph_hold(&s.graph, true, height % 2);
                struct graph_place place = graph_fit(&s.graph, c, (struct rect){0, 0, width, height});
                graph_draw(&s.graph, &place);
                canvas_free(c);
            }
}
END_TEST

int main(void)
{
    return HARNESS_RUN("draw: graph", a_logarithmic_axis_across, a_logarithmic_axis_up_in_ascii,
                       a_long_legend_takes_rows_from_the_picture, what_is_missing_parts_the_line,
                       scales_hold_what_there_is, cells_lead_back_to_points, no_size_and_no_number_breaks_it);
}
