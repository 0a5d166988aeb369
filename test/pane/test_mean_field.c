/* Panes of the mean field over values made by hand: what they say, what is hatched, that any size can be
 * drawn, and that what lies under the pointer is what is drawn there. */
#include "harness.h"

#include <math.h>

#include "frame/frame.h"
#include "pane/mean_field.h"
#include "pane/pane_option.h"

enum { MUS = 4, SIGMAS = 3, FREQUENCIES = 20 };

struct field {
    double mu[MUS], sigma[SIGMAS], frequency[FREQUENCIES];
    struct scan_row row[MUS * SIGMAS], star;
    struct transfer value[FREQUENCIES];
    struct mean_field_curve curve[2];
    struct mean_field shown;
    struct subject subject;
    struct layout layout;
    struct view view;
};

static struct scan_row row_at(double mu, double sigma)
{
    return (struct scan_row){.point = {mu, sigma},
                             .external = {1e6 * mu, 1e6 * sigma},
                             .rate = 1e3 * (mu + sigma),
                             .tau = 2e-3,
                             .h0 = 5000,
                             .weight = {100 * mu, -125 * mu},
                             .fit_error = 0.01};
}

static void make_field(struct field *f)
{
    *f = (struct field){0};
    for (int m = 0; m < MUS; m++)
        f->mu[m] = 0.002 + 0.004 * m;
    for (int s = 0; s < SIGMAS; s++)
        f->sigma[s] = 0.001 + 0.004 * s;
    for (int i = 0; i < MUS * SIGMAS; i++)
        f->row[i] = row_at(f->mu[i % MUS], f->sigma[i / MUS]);
    for (int i = 0; i < FREQUENCIES; i++) {
        double omega = 2 * 3.14159265358979 * (f->frequency[i] = 1 + 10 * i);
        f->value[i] = (struct transfer){.amplitude = 5000 / hypot(1, omega * 2e-3), .phase = -atan(omega * 2e-3)};
    }
    f->row[MUS - 1].status = f->row[MUS - 1].outside = SCAN_NEGATIVE_EXTERNAL;
    f->row[MUS - 1].external[EXC] = f->row[MUS - 1].external[INH] = NAN;
    f->star = row_at(0.006, 0.005);
    f->curve[0] = (struct mean_field_curve){&f->row[0], NULL};
    f->curve[1] = (struct mean_field_curve){&f->star, f->value};
    f->shown = (struct mean_field){.mu = f->mu,
                                   .sigma = f->sigma,
                                   .mus = MUS,
                                   .sigmas = SIGMAS,
                                   .row = f->row,
                                   .star = &f->star,
                                   .frequency = f->frequency,
                                   .frequencies = FREQUENCIES,
                                   .curve = f->curve,
                                   .curves = 2,
                                   .method = "shift"};
    f->subject = (struct subject){.name = MEAN_FIELD_NAME, .mean_field = &f->shown, .selected = -1};
    layout_init(&f->layout);
    f->view = (struct view){.subject = &f->subject, .subjects = 1, .layout = &f->layout, .prompt = "> ", .line = ""};
}

static void open_pane(struct field *f, const struct pane_type *type)
{
    struct error error;
    ck_assert(layout_open(&f->layout, type, MEAN_FIELD_NAME, &error));
}

static char *picture(struct field *f, int width, int height, enum glyph_set glyphs)
{
    struct canvas *c = canvas_new(width, height, glyphs);
    struct text out = {0};
    frame_draw(c, &f->view);
    canvas_write(c, &out);
    canvas_free(c);
    return out.bytes;
}

static void expect_shown(struct field *f, int width, int height, enum glyph_set glyphs, const char *part)
{
    char *drawn = picture(f, width, height, glyphs);
    ck_assert_msg(strstr(drawn, part) != NULL, "'%s' is not on the screen:\n%s", part, drawn);
    free(drawn);
}

START_TEST(maps_say_what_is_at_the_star)
{
    struct field f;
    make_field(&f);
    open_pane(&f, &pane_external);
    expect_shown(&f, 120, 36, GLYPHS_BRAILLE, "external rates (shift)");
    expect_shown(&f, 120, 36, GLYPHS_BRAILLE, "★ 6, 5 mV: exc 6 kHz, inh 5 kHz, rate 11 Hz");
    expect_shown(&f, 120, 36, GLYPHS_BRAILLE, "ν_ext exc (kHz)");
    expect_shown(&f, 120, 36, GLYPHS_BRAILLE, "μ (mV)");
    expect_shown(&f, 120, 36, GLYPHS_BRAILLE, "hatched: 1 negative_external_rate");
    expect_shown(&f, 120, 36, GLYPHS_ASCII, "//");
    expect_shown(&f, 120, 36, GLYPHS_ASCII, "* 6, 5 mV: exc 6 kHz");
    f.row[0].status = f.row[0].outside = SCAN_NO_EXTERNAL_RATE;
    f.row[0].external[EXC] = NAN;
    expect_shown(&f, 120, 36, GLYPHS_BRAILLE, "hatched: 1 no_external_rate, 1 negative_external_rate");
    f.star.off = 0.0025;
    expect_shown(&f, 120, 36, GLYPHS_BRAILLE, "rate 11 Hz; populations differ, 2.5 mV off");
    f.star.off = 0;
    f.star.status = SCAN_NEGATIVE_EXTERNAL;
    f.star.external[EXC] = f.star.external[INH] = NAN;
    expect_shown(&f, 120, 36, GLYPHS_BRAILLE, "★ 6, 5 mV: no exc, no inh, rate 11 Hz; negative_external_rate");
    f.layout.pane[0].type = &pane_mapping;
    expect_shown(&f, 120, 36, GLYPHS_BRAILLE, "★ 6, 5 mV: τ 2 ms, W 0.6, error 1 %");
    f.row[0].fit_error = 30; /* takes no colours from the others */
    pane_option_set_choice(&f.layout.pane[0], "show", 3);
    expect_shown(&f, 40, 12, GLYPHS_ASCII, "1 to 2+");
    f.row[1].fit_error = NAN;
    f.row[1].status = SCAN_NEGATIVE_EXTERNAL;
    f.row[1].shape = SCAN_NO_LOW_PASS;
    expect_shown(&f, 120, 36, GLYPHS_BRAILLE, "hatched: 1 no_low_pass");
    pane_option_set_choice(&f.layout.pane[0], "show", 4);
    expect_shown(&f, 120, 36, GLYPHS_BRAILLE, "W inh -0.75");
}
END_TEST

START_TEST(maps_without_room_are_said)
{
    struct field f;
    make_field(&f);
    open_pane(&f, &pane_external);
    expect_shown(&f, 30, 24, GLYPHS_BRAILLE, "2 of 3 maps");
    expect_shown(&f, 30, 14, GLYPHS_BRAILLE, "1 of 3 maps");
    pane_option_set_choice(&f.layout.pane[0], "show", 3);
    expect_shown(&f, 30, 14, GLYPHS_BRAILLE, "rate (Hz)");
}
END_TEST

START_TEST(transfer_functions_have_a_legend)
{
    struct field f;
    make_field(&f);
    open_pane(&f, &pane_transfer);
    expect_shown(&f, 80, 30, GLYPHS_BRAILLE, "—●— ★ 6, 5 mV");
    expect_shown(&f, 80, 30, GLYPHS_BRAILLE, "2, 1 mV");
    expect_shown(&f, 80, 30, GLYPHS_BRAILLE, "|n| (Hz/mV)");
    expect_shown(&f, 80, 30, GLYPHS_BRAILLE, "phase (rad)");
    expect_shown(&f, 80, 30, GLYPHS_BRAILLE, "lines: theory, marks: fit");
    expect_shown(&f, 60, 14, GLYPHS_BRAILLE, "phase hidden");
    pane_option_set_choice(&f.layout.pane[0], "show", 2);
    expect_shown(&f, 60, 14, GLYPHS_BRAILLE, "phase (rad)");
    f.star.status = SCAN_NO_NOISE;
    f.star.tau = f.star.h0 = NAN;
    f.curve[1].value = NULL;
    expect_shown(&f, 80, 30, GLYPHS_BRAILLE, "no_noise");
}
END_TEST

START_TEST(any_size_and_any_values_are_drawn)
{
    struct field f;
    make_field(&f);
    open_pane(&f, &pane_external);
    open_pane(&f, &pane_transfer);
    open_pane(&f, &pane_mapping);
    for (int bad = 0; bad < 3; bad++) {
        for (int i = 0; bad && i < MUS * SIGMAS; i++)
            f.row[i] = (struct scan_row){.point = f.row[i].point,
                                         .status = SCAN_NO_NOISE,
                                         .external = {NAN, NAN},
                                         .rate = NAN,
                                         .tau = NAN,
                                         .h0 = NAN,
                                         .weight = {NAN, NAN},
                                         .fit_error = NAN};
        for (int zoomed = 0; zoomed < 2; zoomed++)
            for (int width = 1; width <= 130; width += width < 50 ? 1 : 13)
                for (int height = 1; height <= 40; height++) {
                    struct pane_hit hit;
                    int pane;
                    f.layout.zoomed = zoomed;
                    f.layout.focus = (width + height) % 3;
                    free(picture(&f, width, height, (enum glyph_set)(height % 3)));
                    frame_hit(&f.view, width, height, width / 2, height / 2, &pane, &hit);
                }
    }
}
END_TEST

/* The star is drawn at the cell that says that it is there. */
START_TEST(what_is_under_the_pointer_is_what_is_drawn)
{
    struct field f;
    struct pane_hit hit;
    int pane, found = 0;
    make_field(&f);
    open_pane(&f, &pane_external);
    f.star.point = (struct working_point){0.0115, 0.0082};
    struct canvas *c = canvas_new(100, 40, GLYPHS_BRAILLE);
    frame_draw(c, &f.view);
    for (int y = 3; y < 30; y++) /* below the words, which have one, too */
        for (int x = 0; x < 100; x++) {
            if (canvas_cell(c, x, y)->glyph != 0x2605)
                continue;
            frame_hit(&f.view, 100, 40, x, y, &pane, &hit);
            ck_assert_msg(fabs(hit.mu - 0.0115) < 0.4e-3 && fabs(hit.sigma - 0.0082) < 1.5e-3, "%g, %g at %d,%d",
                          hit.mu, hit.sigma, x, y);
            found++;
        }
    ck_assert_int_eq(found, 3);
    canvas_free(c);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("pane: mean field", maps_say_what_is_at_the_star, maps_without_room_are_said,
                       transfer_functions_have_a_legend, any_size_and_any_values_are_drawn,
                       what_is_under_the_pointer_is_what_is_drawn);
}
