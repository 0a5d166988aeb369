/* Heat maps: shades and numbers, the bar, both axes, and the way back from a cell to a point. */
#include "harness.h"

#include "draw/heat.h"

static void expect_heat(const struct heat *heat, int width, int height, enum glyph_set glyphs, const char *picture)
{
    struct canvas *c = canvas_new(width, height, glyphs);
    struct heat_place place = heat_fit(heat, c, (struct rect){0, 0, width, height});
    struct text text = {0};
    heat_draw(heat, &place);
    heat_mark(heat, &place, heat->across.at[1], heat->up.at[1], 0x2605, INK_BOLD);
    canvas_write(c, &text);
    ck_assert_str_eq(text_string(&text), picture);
    text_free(&text);
    canvas_free(c);
}

#define FINE 41
/* A plane that rises to the right and upwards from its diagonal. */
static struct heat slope(double at[FINE], double value[FINE * FINE])
{
    for (int i = 0; i < FINE; i++)
        at[i] = -1 + i / 20.0;
    for (int i = 0; i < FINE * FINE; i++)
        value[i] = fmax(0, 140 * (at[i / FINE] + at[i % FINE]));
    return (struct heat){.across = {at, FINE, false, "x1"},
                         .up = {at, FINE, false, "x2"},
                         .value = value,
                         .colour = {.low = 0, .high = 250, .title = " Hz"}};
}

static const double mu[4] = {5, 10, 20, 40}, sigma[3] = {1, 2, 5};

/* Four points by three, with a hole. */
static struct heat scan(double value[12])
{
    for (int i = 0; i < 12; i++)
        value[i] = i == 3 ? NAN : i * i * 1.234;
    struct heat heat = {.across = {mu, 4, false, "μ (mV)"},
                        .up = {sigma, 3, true, "σ"},
                        .value = value,
                        .colour = {.title = "rate (Hz)"}};
    heat_span(&heat);
    return heat;
}

START_TEST(a_fine_grid_has_a_bar_beside_it)
{
    double at[FINE], value[FINE * FINE];
    struct heat heat = slope(at, value);
    expect_heat(&heat, 48, 12, GLYPHS_BRAILLE,
                "x2                                        Hz\n"
                " 1┤░░░░░░░░░░▒▒▒▒▒▒▒▒▒▓▓▓▓▓▓▓▓███████████ ██\n"
                "  │░░░░░░░░░░░░░░░▒▒▒▒▒▒▒▒▓▓▓▓▓▓▓▓███████ ██ 200\n"
                "  │░░░░░░░░░░░░░░░░░░░▒▒▒▒▒▒▒▒▓▓▓▓▓▓▓▓███ ▓▓\n"
                "  │░░░░░░░░░░░░░░░░░░░░░░░▒▒▒▒▒▒▒▒▓▓▓▓▓▓▓ ▓▓\n"
                " 0┤░░░░░░░░░░░░░░░░░░░░░░░░░░░▒▒▒▒▒▒▒▒▓▓▓ ▓▓\n"
                "  │░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░▒▒▒▒▒▒▒ ▒▒ 100\n"
                "  │░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░▒▒▒ ▒▒\n"
                "  │░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ ░░\n"
                "-1┤░★░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ ░░ 0\n"
                "  └┬────────┬─────────┬────────┬────────┬\n"
                "  -1.0     -0.5      0.0      0.5 x1  1.0\n");
}
END_TEST

START_TEST(a_narrow_one_has_it_in_the_header)
{
    double at[FINE], value[FINE * FINE];
    struct heat heat = slope(at, value);
    expect_heat(&heat, 26, 9, GLYPHS_BRAILLE,
                "x2       0 ░░▒▒▓▓██ 250 Hz\n"
                " 1┤░░░░░░░▒▒▒▒▒▓▓▓▓▓██████\n"
                "  │░░░░░░░░░░░▒▒▒▒▒▓▓▓▓▓██\n"
                "  │░░░░░░░░░░░░░░░▒▒▒▒▒▓▓▓\n"
                " 0┤░░░░░░░░░░░░░░░░░░▒▒▒▒▒\n"
                "  │░░░░░░░░░░░░░░░░░░░░░░▒\n"
                "-1┤★░░░░░░░░░░░░░░░░░░░░░░\n"
                "  └┬──────────┬──────────┬\n"
                "   -1         0    x1    1\n");
}
END_TEST

START_TEST(in_ascii_shades_are_digits)
{
    double at[FINE], value[FINE * FINE];
    struct heat heat = slope(at, value);
    expect_heat(&heat, 30, 9, GLYPHS_ASCII,
                "x2         0 0123456789 250 Hz\n"
                " 1+000001122333445566677888999\n"
                "  |000000000111223344455667778\n"
                "  |000000000000001122233445556\n"
                " 0+000000000000000000111223344\n"
                "  |000000000000000000000001122\n"
                "-1+*00000000000000000000000000\n"
                "  ++------------+------------+\n"
                "   -1           0     x1     1\n");
}
END_TEST

START_TEST(cells_of_a_coarse_grid_hold_their_numbers)
{
    double value[12];
    struct heat heat = scan(value);
    expect_heat(&heat, 56, 12, GLYPHS_BRAILLE,
                " σ                                             rate (Hz)\n"
                "  │▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓███████████████████████ ██\n"
                " 5┤▓▓▓▓ 79 ▓▓▓▓▓▓▓ 100 ▓▓▓███ 123 ███████ 149 ███ ██\n"
                "  │▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓███████████████████████ ▓▓ 100\n"
                "  │░░░░░░░░░░░░░░░░░░░░░░░▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒ ▓▓\n"
                " 2┤░░░ 19.7 ░░░░░★30.9 ░░░▒▒▒ 44.4 ▒▒▒▒▒ 60.5 ▒▒▒ ▓▓\n"
                "  │░░░░░░░░░░░░░░░░░░░░░░░▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒ ▒▒ 50\n"
                "  │░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░╱╱╱╱╱╱╱╱╱╱╱╱ ▒▒\n"
                " 1┤░░░░ 0 ░░░░░░░ 1.23 ░░░░░░ 4.94 ░░╱╱╱╱╱╱╱╱╱╱╱╱ ░░\n"
                "  │░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░╱╱╱╱╱╱╱╱╱╱╱╱ ░░ 0\n"
                "  └─────┬───────────┬──────────┬───────────┬─────\n"
                "        5           10         20  μ (mV)  40\n");
}
END_TEST

START_TEST(the_span_is_that_of_finite_values)
{
    double at[1] = {1}, value[3] = {NAN, 7, INFINITY}, x[3] = {1, 2, 3};
    struct heat heat = {.across = {x, 3, false, "x"}, .up = {at, 1, false, "y"}, .value = value};
    heat_span(&heat);
    ck_assert(heat.colour.low == 3.5 && heat.colour.high == 10.5);
    value[0] = 1;
    heat_span(&heat);
    ck_assert(heat.colour.low == 1 && heat.colour.high == 7);
    value[0] = value[1] = NAN;
    heat_span(&heat);
    ck_assert(heat.colour.low < heat.colour.high);
}
END_TEST

/* The middle of every cell leads back to that cell, on even, uneven and logarithmic sides. */
START_TEST(cells_and_points_are_inverse)
{
    double value[12], x, y;
    struct heat heat = scan(value);
    struct canvas *c = canvas_new(50, 20, GLYPHS_BRAILLE);
    struct heat_place place = heat_fit(&heat, c, (struct rect){3, 2, 45, 17});
    const struct rect *map = &place.axes.data;
    for (int row = 0; row < 20; row++)
        for (int column = 0; column < 50; column++) {
            bool inside =
                column >= map->x && row >= map->y && column < map->x + map->width && row < map->y + map->height;
            ck_assert_int_eq(heat_at(&heat, &place, column, row, &x, &y), inside);
            if (!inside)
                continue;
            ck_assert(heat_mark(&heat, &place, x, y, 'A', INK_BOLD));
            ck_assert_msg(canvas_cell(c, column, row)->glyph == 'A', "(%g, %g) is not drawn at %d, %d", x, y, column,
                          row);
            canvas_put(c, column, row, ' ', INK_PLAIN);
        }
    for (size_t i = 0; i < 4; i++)
        ck_assert_uint_eq(heat_nearest(&heat.across, mu[i] * 1.1), i);
    ck_assert_uint_eq(heat_nearest(&heat.up, sqrt(2) * 0.99), 0);
    ck_assert_uint_eq(heat_nearest(&heat.up, sqrt(2) * 1.01), 1);
    ck_assert_uint_eq(heat_nearest(&heat.up, -1e300), 0);
    ck_assert(!heat_mark(&heat, &place, 100, 2, 'A', INK_BOLD));
    ck_assert(!heat_mark(&heat, &place, NAN, 2, 'A', INK_BOLD));
    canvas_free(c);
}
END_TEST

START_TEST(no_size_and_no_value_breaks_it)
{
    double value[12], one = 0;
    struct heat heat = scan(value),
                point = {.across = {&one, 1, false, "x"}, .up = {&one, 1, false, "y"}, .value = &one};
    value[1] = INFINITY;
    value[2] = -1e308;
    for (int glyphs = 0; glyphs < 3; glyphs++)
        for (int width = 1; width < 60; width++)
            for (int height = 1; height < 16; height++) {
                struct canvas *c = canvas_new(width, height, (enum glyph_set)glyphs);
                struct heat_place place = heat_fit(&heat, c, (struct rect){0, 0, width, height});
                heat_draw(&heat, &place);
                place = heat_fit(&point, c, (struct rect){width / 2, 0, width, height});
                heat_draw(&point, &place);
                canvas_free(c);
            }
}
END_TEST

int main(void)
{
    return HARNESS_RUN("draw: heat", a_fine_grid_has_a_bar_beside_it, a_narrow_one_has_it_in_the_header,
                       in_ascii_shades_are_digits, cells_of_a_coarse_grid_hold_their_numbers,
                       the_span_is_that_of_finite_values, cells_and_points_are_inverse, no_size_and_no_value_breaks_it);
}
