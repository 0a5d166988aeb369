/* Ratios of parabolic cylinder functions against 40 digits; every kernel gives the same bits. */
#include "harness.h"

#include "meanfield/ratio.h"

static void evaluate(double x_t, double x_r, double omega, struct ratio *ratio)
{
    double all[RATIO_LANES];
    for (int i = 0; i < RATIO_LANES; i++)
        all[i] = omega;
    ratio_evaluate(x_t, x_r, x_t - x_r, all, ratio);
}

static double distance(double re, double im, double want_re, double want_im)
{
    return hypot(re - want_re, im - want_im) / hypot(want_re, want_im);
}

START_TEST(ratios_match_forty_digits)
{
    struct table t = table_read("meanfield_ratio.csv");
    ck_assert_uint_gt(t.rows, 400);
    for (size_t r = 0; r < t.rows; r++) {
        double x_t = table_number(&t, r, "x_t"), x_r = table_number(&t, r, "x_r"), w = table_number(&t, r, "Omega");
        struct ratio ratio;
        evaluate(x_t, x_r, w, &ratio);
        double off =
            distance(ratio.slope.re[0], ratio.slope.im[0], table_number(&t, r, "R_re"), table_number(&t, r, "R_im"));
        ck_assert_msg(off < 1e-13, "row %zu, x %g %g Omega %g: off by %g", r, x_t, x_r, w, off);
    }
    table_free(&t);
}
END_TEST

/* Psi itself is never formed; differences between two rows of its table are. */
START_TEST(ratios_follow_from_psi)
{
    struct table t = table_read("meanfield_psi.csv");
    size_t pairs = 0;
    for (size_t a = 0; a + 1 < t.rows; a++) {
        size_t b = a + 1;
        double w = table_number(&t, a, "Omega"), x_r = table_number(&t, a, "x"), x_t = table_number(&t, b, "x");
        double d_re = table_number(&t, b, "Psi_re") - table_number(&t, a, "Psi_re");
        double d_im = table_number(&t, b, "Psi_im") - table_number(&t, a, "Psi_im");
        double size = hypot(table_number(&t, b, "Psi_re"), table_number(&t, b, "Psi_im"));
        if (table_number(&t, b, "Omega") != w || x_t <= x_r || hypot(d_re, d_im) < 0.1 * size)
            continue; /* the table's own digits would cancel */
        double s_re = table_number(&t, b, "dPsi_re") - table_number(&t, a, "dPsi_re");
        double s_im = table_number(&t, b, "dPsi_im") - table_number(&t, a, "dPsi_im"),
               square = d_re * d_re + d_im * d_im;
        if (!isfinite(square) || square == 0)
            continue;
        struct ratio ratio;
        evaluate(x_t, x_r, w, &ratio);
        double off = distance(ratio.slope.re[0], ratio.slope.im[0], (s_re * d_re + s_im * d_im) / square,
                              (s_im * d_re - s_re * d_im) / square);
        ck_assert_msg(off < 1e-13, "rows %zu %zu, x %g %g Omega %g: off by %g", a, b, x_t, x_r, w, off);
        pairs++;
    }
    ck_assert_msg(pairs > 50, "only %zu pairs", pairs);
    table_free(&t);
}
END_TEST

static const double ends[][2] = {{1.5, -1.2}, {0.3, -9},    {-3, -40},  {12, 3.5},
                                 {25, -3},    {-2.5, -2.6}, {300, 290}, {40, 39.9}};

START_TEST(every_kernel_gives_the_same_bits)
{
    for (enum cpu_set set = 0; set < CPU_SETS; set++) {
        if (!cpu_has(set))
            continue;
        for (size_t e = 0; e < sizeof ends / sizeof *ends; e++)
            for (double scale = 0; scale<1e5; scale = scale> 0 ? scale * 10 : 1e-3) {
                double omega[RATIO_LANES];
                struct ratio a, b;
                for (int i = 0; i < RATIO_LANES; i++)
                    omega[i] = scale * (1 + i);
                ratio_evaluate_on(ratio_kernels[set], ends[e][0], ends[e][1], ends[e][0] - ends[e][1], omega, &a);
                ratio_evaluate_on(&ratio_generic, ends[e][0], ends[e][1], ends[e][0] - ends[e][1], omega, &b);
                ck_assert_msg(memcmp(&a, &b, sizeof a) == 0, "%s differs at x %g %g, Omega %g", cpu_set_names[set],
                              ends[e][0], ends[e][1], scale);
            }
    }
}
END_TEST

START_TEST(company_changes_the_last_digits_at_most)
{
    for (size_t e = 0; e < sizeof ends / sizeof *ends; e++) {
        double omega[RATIO_LANES] = {0, 1e-3, 0.1, 1, 5, 20, 100, 2000};
        struct ratio together, alone;
        ratio_evaluate(ends[e][0], ends[e][1], ends[e][0] - ends[e][1], omega, &together);
        for (int i = 0; i < RATIO_LANES; i++) {
            evaluate(ends[e][0], ends[e][1], omega[i], &alone);
            double off = distance(together.slope.re[i], together.slope.im[i], alone.slope.re[0], alone.slope.im[0]);
            ck_assert_msg(off < 1e-12, "x %g %g Omega %g: %g", ends[e][0], ends[e][1], omega[i], off);
        }
    }
}
END_TEST

START_TEST(far_out_it_stays_finite)
{
    static const double far[][2] = {{1e7, -1e7}, {-1e3, -1e9}, {1e9, 0.99e9}, {1e-7, -1e-7}, {0, -1e9}};
    static const double omegas[] = {0, 1e-300, 1e-12, 1, 1e6, 1e12, 1e300};
    for (size_t e = 0; e < sizeof far / sizeof *far; e++)
        for (size_t w = 0; w < sizeof omegas / sizeof *omegas; w++) {
            struct ratio ratio;
            evaluate(far[e][0], far[e][1], omegas[w], &ratio);
            ck_assert_msg(isfinite(ratio.slope.re[0]) && isfinite(ratio.slope.im[0]) && ratio.slope.re[0] > 0 &&
                              ratio.slope.im[0] >= 0,
                          "x %g %g Omega %g: %g %g", far[e][0], far[e][1], omegas[w], ratio.slope.re[0],
                          ratio.slope.im[0]);
        }
}
END_TEST

int main(void)
{
    return HARNESS_RUN("meanfield: ratio", ratios_match_forty_digits, ratios_follow_from_psi,
                       every_kernel_gives_the_same_bits, company_changes_the_last_digits_at_most,
                       far_out_it_stays_finite);
}
