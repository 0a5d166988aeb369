/* Chains of stimuli: one a dimension. */
#include "harness.h"

#include "base/xalloc.h"
#include "model/stimulus_vector.h"

static struct stimulus *make(const struct stimulus_type *type, const double *values, uint64_t seed)
{
    struct error error;
    struct stimulus *stimulus = stimulus_new(type, values, seed, NULL, &error);
    ck_assert_msg(stimulus != NULL, "%s", error.text);
    return stimulus;
}

static struct stimulus *constant(double value)
{
    return make(&stimulus_constant, (double[STIMULUS_MAX_PARAMS]){value}, 1);
}

static void expect_values(const struct stimulus *stimulus, double time, size_t dims, const double *expected)
{
    double x[8];
    stimulus_values(stimulus, time, dims, x);
    for (size_t d = 0; d < dims; d++)
        ck_assert_msg(same(x[d], expected[d]), "dimension %zu of %zu: %.17g, expected %.17g", d, dims, x[d],
                      expected[d]);
}

static void expect_words(const struct stimulus *stimulus, size_t dims, const char *words)
{
    char text[200];
    stimulus_describe_all(stimulus, dims, text, sizeof text);
    ck_assert_str_eq(text, words);
}

START_TEST(one_feeds_all_and_several_feed_each)
{
    struct stimulus *s = constant(0.25);
    expect_values(NULL, 1, 3, (double[]){0, 0, 0});
    expect_values(s, 1, 1, (double[]){0.25});
    expect_values(s, 1, 3, (double[]){0.25, 0.25, 0.25});
    ck_assert_ptr_eq(stimulus_of(s, 5), s);
    s->next = constant(-2);
    expect_values(s, 1, 1, (double[]){0.25});
    expect_values(s, 1, 2, (double[]){0.25, -2});
    expect_values(s, 1, 4, (double[]){0.25, -2, 0, 0});
    ck_assert_ptr_eq(stimulus_of(s, 1), s->next);
    ck_assert_ptr_null(stimulus_of(s, 2));
    struct stimulus *copy = stimulus_copy(s);
    stimulus_free(s);
    expect_values(copy, 1, 3, (double[]){0.25, -2, 0});
    stimulus_free(copy);
}
END_TEST

START_TEST(a_circle_is_two_sines)
{
    double x[2];
    struct stimulus *s = make(&stimulus_sine, (double[STIMULUS_MAX_PARAMS]){3, 0.5}, 1);
    s->next = make(&stimulus_sine, (double[STIMULUS_MAX_PARAMS]){3, 0.5, 0, acos(-1) / 2}, 1);
    expect_words(s, 2, "(0.5 sin(2π·3t), 0.5 cos(2π·3t))");
    for (int i = 0; i < 1000; i++) {
        stimulus_values(s, i * 0.001, 2, x);
        ck_assert_msg(fabs(hypot(x[0], x[1]) - 0.5) < 1e-12, "at %d ms: (%g, %g)", i, x[0], x[1]);
    }
    stimulus_free(s);
}
END_TEST

START_TEST(noise_is_another_one_in_each_dimension)
{
    enum { N = 4000 };
    double sum[3] = {0}, product = 0, x[3], one[1];
    struct stimulus *first = make(&stimulus_noise, NULL, 7), *s = stimulus_fit(first, 3);
    ck_assert_ptr_nonnull(s);
    ck_assert_ptr_null(stimulus_fit(first, 1));
    ck_assert_ptr_null(stimulus_fit(s, 3));
    for (int i = 0; i < N; i++) {
        stimulus_values(s, i * 10.0 / N, 3, x);
        stimulus_values(first, i * 10.0 / N, 1, one);
        ck_assert_msg(same(x[0], one[0]), "the first dimension is %.17g, alone %.17g", x[0], one[0]);
        for (int d = 0; d < 3; d++)
            sum[d] += x[d] * x[d] / N;
        product += x[0] * x[1] / N;
    }
    for (int d = 0; d < 3; d++)
        ck_assert_msg(near_relative(sqrt(sum[d]), 0.5, 1e-6), "rms of dimension %d: %g", d, sqrt(sum[d]));
    ck_assert_msg(fabs(product) < 0.1, "x1 x2 has the mean %g", product);
    expect_words(s, 3, "noise rms 0.5 <5 Hz, its own in all 3 dimensions");
    struct stimulus *other = stimulus_reseed(s, 8), *again = stimulus_reseed(other, 7);
    double y[3], z[3];
    stimulus_values(s, 0.3, 3, x);
    stimulus_values(other, 0.3, 3, y);
    stimulus_values(again, 0.3, 3, z);
    for (int d = 0; d < 3; d++)
        ck_assert_msg(same(x[d], z[d]) && !same(x[d], y[d]), "dimension %d: %g, %g, %g", d, x[d], y[d], z[d]);
    ck_assert_msg(stimulus_seed(1, 1) != stimulus_seed(2, 0) && stimulus_seed(5, 0) == 5, "seeds run into one another");
    stimulus_free(first);
    stimulus_free(s);
    stimulus_free(other);
    stimulus_free(again);
}
END_TEST

START_TEST(a_chain_fits_other_dimensions)
{
    struct stimulus *s = constant(1), *t;
    ck_assert_ptr_null(stimulus_fit(s, 64));
    expect_words(s, 1, "1");
    expect_words(s, 2, "1 in both dimensions");
    expect_words(s, 5, "1 in all 5 dimensions");
    s->next = constant(2);
    expect_words(s, 2, "(1, 2)");
    t = stimulus_fit(s, 1);
    expect_words(t, 1, "1");
    ck_assert_ptr_null(t->next);
    stimulus_free(t);
    t = stimulus_fit(s, 3);
    expect_words(t, 3, "(1, 2, 0)");
    stimulus_free(t);
    t = stimulus_replace(s, 3, 2, constant(9));
    expect_words(t, 3, "(1, 2, 9)");
    stimulus_free(t);
    t = stimulus_replace(s, 2, 0, constant(9));
    expect_words(t, 2, "(9, 2)");
    ck_assert_ptr_null(stimulus_reseed(t, 4));
    stimulus_free(t);
    stimulus_free(s);
    s = constant(3);
    t = stimulus_replace(s, 3, 1, make(&stimulus_noise, NULL, 2));
    expect_words(t, 3, "(3, noise rms 0.5 <5 Hz, 3)");
    stimulus_free(t);
    stimulus_free(s);
}
END_TEST

START_TEST(long_descriptions_are_cut_between_characters)
{
    struct stimulus *s = make(&stimulus_sine, NULL, 1), *end = s;
    for (int d = 1; d < 40; d++)
        end = end->next = make(&stimulus_sine, (double[STIMULUS_MAX_PARAMS]){d, 1}, 1);
    for (size_t size = 1; size < 120; size++) {
        char text[120];
        memset(text, 'z', sizeof text);
        stimulus_describe_all(s, 40, text, size);
        size_t length = strlen(text);
        ck_assert_uint_lt(length, size);
        ck_assert_msg(length == 0 || ((unsigned char)text[length - 1] & 0xC0) != 0xC0, "half a character at %zu", size);
    }
    stimulus_free(s);
}
END_TEST

/* A sine of 1/(2 dt) is 0 at every step, a faster one is a slower one. */
START_TEST(what_is_faster_than_half_the_steps_is_refused)
{
    struct error error;
    double slow[STIMULUS_MAX_PARAMS] = {499, 1, 0, 0}, fast[STIMULUS_MAX_PARAMS] = {500, 1, 0, 0};
    struct stimulus *s = stimulus_new(&stimulus_sine, slow, 1, NULL, &error);
    ck_assert(stimulus_suits_step(s, 1e-3, &error) && !stimulus_suits_step(s, 2e-3, &error));
    ck_assert_str_eq(error.text, "frequency=499 Hz is too fast for steps of 2 ms: below 250 Hz works, or a shorter dt");
    s->next = stimulus_new(&stimulus_sine, fast, 1, NULL, &error);
    ck_assert(!stimulus_suits_step(s, 1e-3, &error) && stimulus_suits_step(s, 1e-4, &error));
    stimulus_free(s);
    double noise[STIMULUS_MAX_PARAMS] = {0.5, 600, 1};
    s = stimulus_new(&stimulus_noise, noise, 1, NULL, &error);
    ck_assert(!stimulus_suits_step(s, 1e-3, &error) && stimulus_suits_step(s, 0.5e-3, &error));
    stimulus_free(s);
    s = stimulus_new(&stimulus_constant, NULL, 1, NULL, &error);
    ck_assert(stimulus_suits_step(s, 1e6, &error));
    stimulus_free(s);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("model: stimulus vector", one_feeds_all_and_several_feed_each, a_circle_is_two_sines,
                       noise_is_another_one_in_each_dimension, a_chain_fits_other_dimensions,
                       long_descriptions_are_cut_between_characters, what_is_faster_than_half_the_steps_is_refused);
}
