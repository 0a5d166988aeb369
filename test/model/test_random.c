/* Random streams: the same numbers everywhere, unrelated to one another, and distributed as they say. */
#include "harness.h"

#include "model/random.h"

START_TEST(the_same_everywhere)
{
    static const struct {
        uint64_t seed;
        enum random_stream stream;
        double first, second;
    } rows[] = {
        {0, RANDOM_MAX_RATE, 0.45954899489879608, 4.3626176193356514e-05},
        {1, RANDOM_MAX_RATE, 0.66887220204807818, 0.31152946129441261},
        {1, RANDOM_ENCODER, 0.64303198433481157, 0.91143989935517311},
        {2, RANDOM_NOISE, 0.92913132207468152, 0.32929279073141515},
        {UINT64_MAX, RANDOM_EVAL_POINTS, 0.79946511657908559, 0.45185848185792565},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct random *random = random_new(rows[i].seed, rows[i].stream);
        double first = random_uniform(random, 0, 1), second = random_uniform(random, 0, 1);
        ck_assert_msg(first == rows[i].first && second == rows[i].second,
                      "seed %llu stream %d begins with %.17g, %.17g", (unsigned long long)rows[i].seed, rows[i].stream,
                      first, second);
        random_free(random);
    }
}
END_TEST

START_TEST(streams_differ)
{
    double first[8 * 5];
    size_t n = 0;
    for (uint64_t seed = 0; seed < 8; seed++)
        for (int stream = RANDOM_MAX_RATE; stream <= RANDOM_EVAL_POINTS; stream++) {
            struct random *random = random_new(seed, stream);
            first[n++] = random_uniform(random, 0, 1);
            random_free(random);
        }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++)
            ck_assert_msg(first[i] != first[j], "streams %zu and %zu begin alike", i, j);
}
END_TEST

START_TEST(uniform_keeps_its_bounds)
{
    struct random *random = random_new(3, RANDOM_MAX_RATE);
    double sum = 0, low = INFINITY, high = -INFINITY;
    for (int i = 0; i < 100000; i++) {
        double x = random_uniform(random, 200, 400);
        sum += x;
        low = fmin(low, x);
        high = fmax(high, x);
    }
    ck_assert_msg(low >= 200 && high <= 400, "%g..%g leaves 200..400", low, high);
    ck_assert_msg(low < 200.1 && high > 399.9, "%g..%g does not fill 200..400", low, high);
    /* Six standard errors of the mean: 6 * 200 / sqrt(12 * 100000). */
    ck_assert_msg(fabs(sum / 100000 - 300) < 1.1, "mean %g, not 300", sum / 100000);
    ck_assert_double_eq(random_uniform(random, 0.7, 0.7), 0.7);
    random_free(random);
}
END_TEST

START_TEST(gaussian_has_its_moments)
{
    struct random *random = random_new(3, RANDOM_NOISE);
    double m1 = 0, m2 = 0, m4 = 0;
    int n = 100000;
    for (int i = 0; i < n; i++) {
        double x = random_gaussian(random);
        m1 += x / n;
        m2 += x * x / n;
        m4 += x * x * x * x / n;
    }
    ck_assert_msg(fabs(m1) < 0.02, "mean %g", m1);
    ck_assert_msg(fabs(m2 - 1) < 0.03, "variance %g", m2);
    ck_assert_msg(fabs(m4 - 3) < 0.2, "fourth moment %g", m4);
    random_free(random);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("model: random", the_same_everywhere, streams_differ, uniform_keeps_its_bounds,
                       gaussian_has_its_moments);
}
