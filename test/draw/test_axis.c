#include "harness.h"

#include "draw/axis.h"
#include "draw/timebase.h"

START_TEST(steps_are_one_two_five)
{
    static const struct {
        double span;
        int most;
        double step;
    } rows[] = {{1, 11, 0.1}, {1, 10, 0.2}, {0.5, 6, 0.1},    {0.5, 4, 0.2},   {250, 6, 50}, {2, 3, 1},
                {2, 2, 2},    {2, 1, 5},    {1e-9, 5, 5e-10}, {7e12, 3, 5e12}, {1, 1, 2}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double step = axis_step(rows[i].span, rows[i].most);
        ck_assert_msg(near_relative(step, rows[i].step, 1e-9), "%g in at most %d: %g, expected %g", rows[i].span,
                      rows[i].most, step, rows[i].step);
    }
}
END_TEST

START_TEST(ceilings_are_pleasant_and_not_below)
{
    static const double rows[][2] = {{0, 1},      {-3, 1},    {NAN, 1},    {INFINITY, 1}, {1, 1},
                                     {1.01, 1.5}, {99, 100},  {100, 100},  {101, 150},    {197, 200},
                                     {210, 250},  {260, 300}, {801, 1000}, {0.03, 0.03},  {1e-300, 1e-300}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_assert_msg(near_relative(axis_ceiling(rows[i][0]), rows[i][1], 1e-9), "%g: %g", rows[i][0],
                      axis_ceiling(rows[i][0]));
    for (double v = 1e-5; v < 1e7; v *= 1.03)
        ck_assert_msg(axis_ceiling(v) >= v * (1 - 1e-8) && axis_ceiling(v) <= 1.7 * v, "%g: %g", v, axis_ceiling(v));
}
END_TEST

START_TEST(labels_have_the_decimals_of_their_step)
{
    static const struct {
        double value, step;
        const char *label;
    } rows[] = {{12.5, 0.1, "12.5"},     {12, 0.1, "12.0"},       {12.25, 0.05, "12.25"},
                {-1e-17, 0.5, "0.0"},    {200, 50, "200"},        {-1, 1, "-1"},
                {0, 1e-12, "0"},         {1e12, 1, "1e+12"},      {3600.125, 0.005, "3600.125"},
                {NAN, 1, "nan"},         {1e6, 1e6, "1e6"},       {-1.5e6, 5e5, "-1.5e6"},
                {0, 1e6, "0"},           {-1e-300, 1e6, "0"},     {1e6, 2.5e5, "1e6"},
                {-5e-7, 5e-7, "-5e-7"},  {0.001, 5e-4, "0.0010"}, {0.0003, 1e-4, "3e-4"},
                {100000, 5e4, "100000"}, {1e300, 1e300, "1e300"}, {3e9, 1e5, "3e+09"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char label[AXIS_LABEL];
        ck_assert_str_eq(axis_label(label, rows[i].value, rows[i].step), rows[i].label);
    }
}
END_TEST

START_TEST(scales_have_two_digits)
{
    char scale[AXIS_LABEL];
    ck_assert_str_eq(axis_scale(scale, 0.00735294), "7.4 ms");
    ck_assert_str_eq(axis_scale(scale, 0.0147), "15 ms");
    ck_assert_str_eq(axis_scale(scale, 3.1e-5), "31 us");
    ck_assert_str_eq(axis_scale(scale, 2.04), "2 s");
}
END_TEST

static void expect_picture(const struct canvas *canvas, const char *picture)
{
    struct text text = {0};
    canvas_write(canvas, &text);
    ck_assert_str_eq(text_string(&text), picture);
    text_free(&text);
}

START_TEST(axes_look_like_this)
{
    struct canvas *c = canvas_new(30, 10, GLYPHS_BRAILLE);
    struct axes axes = axes_fit((struct rect){0, 0, 30, 10}, 3);
    axes_draw_up(&axes, c, 0, 250);
    axes_draw_across(&axes, c, 12, 12.5, " s");
    expect_picture(c, "\n"
                      "   │\n"
                      "200┤\n"
                      "   │\n"
                      "   │\n"
                      "100┤\n"
                      "   │\n"
                      "  0┤\n"
                      "   └┬─────────┬─────────┬─────\n"
                      "   12.0      12.2      12.4 s\n");
    canvas_clear(c);
    axes_draw_across(&axes, c, -1, 1, "x (input)");
    expect_picture(c, "\n\n\n\n\n\n\n\n"
                      "   └┬────────────┬───────────┬\n"
                      "    -1           0 x (input) 1\n");
    canvas_clear(c);
    axes_draw_rates_up(&axes, c, 0.025); /* no number loses its beginning */
    expect_picture(c, "mHz\n"
                      "   │\n"
                      " 20┤\n"
                      "   │\n"
                      "   │\n"
                      " 10┤\n"
                      "   │\n"
                      "  0┤\n\n\n");
    canvas_free(c);
}
END_TEST

/* The name of a mark stands behind what the heading says already, and never within it. */
START_TEST(names_of_marks_leave_headings_whole)
{
    static const char heading[] = "D4:   7 Hz now";
    struct canvas *c = canvas_new(40, 10, GLYPHS_BRAILLE);
    struct axes axes = axes_fit((struct rect){0, 0, 40, 10}, 3);
    struct plot plot = plot_over(c, axes.data);
    for (int x = 0; x < plot.width; x++) {
        struct time_mark mark = {.time = x + 0.5, .label = "2", .cursor = true};
        struct subject s = {.from = 0, .to = plot.width, .now = NAN, .mark = &mark, .marks = 1};
        struct timebase time = timebase_of(&s, &plot);
        canvas_clear(c);
        canvas_text(c, axes.data.x, 0, 30, INK_SELECTED, heading);
        timebase_cursor(&time, &plot, &axes, &s);
        for (int i = 0; heading[i]; i++)
            ck_assert_msg(canvas_cell(c, axes.data.x + i, 0)->glyph == (unsigned char)heading[i],
                          "a mark in dot column %d stands in column %d of the heading", x, i);
    }
    canvas_free(c);
}
END_TEST

/* Labels of whatever axis keep a blank between them and stay within the pane; ticks likewise. */
START_TEST(labels_never_touch)
{
    struct canvas *c = canvas_new(100, 8, GLYPHS_BRAILLE);
    static const double ranges[][2] = {
        {0, 0.5}, {12, 12.5}, {99.7, 100.2}, {99999.5, 100000.5}, {0, 1e-6},   {-1, 1},   {-1e6, 1e6},  {0, 1e300},
        {5, 5},   {3, 1},     {0, NAN},      {1e15, 1e15 + 2},    {-0.1, 0.9}, {0, 3600}, {0, INFINITY}};
    for (int width = 1; width <= 100; width++)
        for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
            canvas_clear(c);
            struct axes axes = axes_fit((struct rect){0, 0, width, 8}, 3);
            axes_draw_across(&axes, c, ranges[i][0], ranges[i][1], i % 2 ? " s" : "x (input)");
            axes_draw_up(&axes, c, ranges[i][0], ranges[i][1]);
            for (int x = width; x < 100; x++)
                for (int y = 0; y < 8; y++)
                    ck_assert_msg(canvas_cell(c, x, y)->glyph == ' ', "width %d, range %zu: U+%04X at %d,%d", width, i,
                                  (unsigned)canvas_cell(c, x, y)->glyph, x, y);
            /* Two labels that touched would make a number with two points. */
            int points = 0;
            for (int x = 0; x < width; x++) {
                uint32_t g = canvas_cell(c, x, 7)->glyph;
                points = g == ' ' ? 0 : points + (g == '.');
                ck_assert_msg(points <= 1, "width %d, range %zu: labels touch at %d", width, i, x);
            }
        }
    canvas_free(c);
}
END_TEST

START_TEST(small_panes_keep_their_data)
{
    for (int width = 1; width < 40; width++)
        for (int height = 1; height < 20; height++) {
            struct axes a = axes_fit((struct rect){5, 7, width, height}, 3);
            ck_assert_msg(a.data.width >= 1 && a.data.height >= 1, "%dx%d", width, height);
            ck_assert_int_eq(a.header.height + a.data.height + a.line + a.labels, height);
            ck_assert_int_eq(a.data.x + a.data.width, 5 + width);
        }
}
END_TEST

/* Ticks of low..high in `length` cells, joined by blanks. */
static const char *ticks_of(double low, double high, int length, bool wide, char *out)
{
    struct scale scale = {.low = low, .high = high, .log = true};
    struct tick tick[SCALE_TICKS];
    size_t count = scale_ticks(&scale, length, 2, wide, DIMENSION_NONE, tick), used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        used += (size_t)sprintf(out + used, "%s%s", i ? " " : "", tick[i].number);
        ck_assert_msg(tick[i].share >= 0 && tick[i].share <= 1, "%s at %g", tick[i].number, tick[i].share);
        double value = scale_value(&scale, tick[i].share);
        ck_assert_msg(near_relative(value, strtod(tick[i].number, NULL), 1e-6), "%s is %g", tick[i].number, value);
    }
    return out;
}

START_TEST(logarithmic_ticks_are_as_dense_as_there_is_room)
{
    static const struct {
        double low, high;
        int length;
        bool wide;
        const char *ticks;
    } rows[] = {
        {1, 199, 60, true, "1 2 5 10 20 50 100"},
        {1, 199, 20, true, "1 10 100"},
        {0.02, 3, 60, true, "0.02 0.05 0.1 0.2 0.5 1 2"},
        {1e-6, 1e6, 40, true, "1e-6 1e-4 0.01 1 100 10000 1e6"},
        {1e-6, 1e6, 13, false, "1e-6 1e-4 0.01 1 100 10000 1e6"},
        {1e-300, 1e300, 60, true, "1e-243 1e-162 1e-81 1 1e81 1e162 1e243"},
        {3, 4.5, 60, true, "3.0 3.2 3.4 3.6 3.8 4.0 4.2 4.4"},
        {1, 10, 4, false, "1 10"},
        {0, 10, 40, true, ""},
        {10, 1, 40, true, ""},
        {1, 100, 0, true, ""},
        {1, INFINITY, 10, true, ""},
        {1, NAN, 10, true, ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char got[2048];
        ticks_of(rows[i].low, rows[i].high, rows[i].length, rows[i].wide, got);
        ck_assert_msg(strcmp(got, rows[i].ticks) == 0, "%g..%g in %d: '%s', expected '%s'", rows[i].low, rows[i].high,
                      rows[i].length, got, rows[i].ticks);
    }
}
END_TEST

START_TEST(a_name_makes_itself_room)
{
    struct tick tick[4] = {{0.125, "5"}, {0.375, "10"}, {0.625, "20"}, {0.875, "40"}};
    struct canvas *c = canvas_new(28, 8, GLYPHS_BRAILLE);
    struct axes axes = axes_fit((struct rect){0, 0, 28, 8}, 3);
    axes_draw_ticks_across(&axes, c, tick, 4, "mu (mV)");
    expect_picture(c, "\n\n\n\n\n\n"
                      "   └───┬─────┬─────┬─────┬──\n"
                      "             10 mu (mV)  40\n");
    canvas_free(c);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("draw: axis", steps_are_one_two_five, ceilings_are_pleasant_and_not_below,
                       labels_have_the_decimals_of_their_step, scales_have_two_digits, axes_look_like_this,
                       names_of_marks_leave_headings_whole, labels_never_touch, small_panes_keep_their_data,
                       logarithmic_ticks_are_as_dense_as_there_is_room, a_name_makes_itself_room);
}
