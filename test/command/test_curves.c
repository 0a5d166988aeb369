/* Curves as many as there are, and times their weights. */
#include "run.h"

static char *screen_of(const char *lines, int width, int height)
{
    const char *path = scratch("screen.txt");
    char all[600];
    snprintf(all, sizeof all, "%s\nsave-screen %s", lines, path);
    struct outcome o = run_sized(all, width, height, false);
    ck_assert_msg(o.good, "%s", o.err);
    outcome_free(&o);
    return read_file(path);
}

/* Two neurons, one for each sign of x, that begin at 0: the least squares are near 0.85 times x over the highest rate,
 * and the sum is 0.08 from x (both tested against closed forms with the decoders). */
START_TEST(weighted_curves_and_their_sum_are_there_at_any_height)
{
    static const int heights[] = {12, 24, 30, 60};
    for (size_t i = 0; i < 4; i++) {
        char *screen = screen_of("population A n=2 encoders=1,-1 max_rates=200 intercepts=0 reg=0; close 3; close 2; "
                                 "pane 1 tuning A weights=curves; run 10ms",
                                 100, heights[i]);
        ck_assert_msg(strstr(screen, "error of the sum 0.08") && strstr(screen, "weight 0: 0.8") &&
                          strstr(screen, "weight 1: -0.8"),
                      "%s", screen);
        free(screen);
    }
    char *plane = screen_of("population A n=9 dims=2; pane 1 tuning A weights=curves; zoom 1; run 10ms", 100, 24);
    ck_assert_msg(strstr(plane, "weighted curves are drawn in one dimension"), "%s", plane);
    free(plane);
}
END_TEST

START_TEST(all_curves_are_as_many_as_there_are)
{
    char *all = screen_of("population A n=50 seed=4; pane 1 tuning A curves=all; zoom 1; select A 3", 100, 30);
    char *many = screen_of("population A n=3000 seed=4; pane 1 tuning A curves=all; zoom 1", 100, 30);
    char *few = screen_of("population A n=50 seed=4; pane 1 tuning A; zoom 1", 100, 30);
    ck_assert_msg(strstr(all, "50 of 50 curves"), "%s", all);
    ck_assert_msg(strstr(many, "1000 of 3 000 curves"), "%s", many);
    ck_assert_msg(strstr(few, "7 of 50 curves"), "%s", few);
    free(all);
    free(many);
    free(few);
}
END_TEST

/* Of fifty neurons at x = 0, as `stats` counts them: 24. */
START_TEST(those_that_fire_are_counted)
{
    char *screen =
        screen_of("population A n=50 max_rates=100:200 seed=4; input A 0; pane 1 counts A; zoom 1; run 1s", 100, 70);
    struct outcome o = run("population A n=50 max_rates=100:200 seed=4; input A 0; run 1s; stats A from=0.5");
    int firing = 0, neuron, spikes;
    for (const char *row = strchr(o.out, '\n'); row && sscanf(row + 1, "%d,%d", &neuron, &spikes) == 2;
         row = strchr(row + 1, '\n'))
        firing += spikes > 0;
    char expected[40];
    snprintf(expected, sizeof expected, "%d of 50 fire", firing);
    ck_assert_msg(firing > 0 && strstr(screen, expected), "'%s' is missing\n%s", expected, screen);
    outcome_free(&o);
    free(screen);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("command: curves", weighted_curves_and_their_sum_are_there_at_any_height,
                       all_curves_are_as_many_as_there_are, those_that_fire_are_counted);
}
