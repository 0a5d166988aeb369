/* Normal numbers by their place: the generator against its authors' known answers, the transform against the C library,
 * and a hundred thousand and more of them against what normal numbers are: moments, distribution, tails, and nothing in
 * common between neighbours of any kind. Bounds are five deviations wide; the numbers are always the same ones. */
#include "harness.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>

#include "base/cpu.h"
#include "model/normal.h"

static void philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4])
{
    uint32_t c[4], k0 = key[0], k1 = key[1];
    memcpy(c, counter, sizeof c);
    for (int round = 0; round < 10; round++, k0 += 0x9E3779B9, k1 += 0xBB67AE85) {
        uint64_t a = (uint64_t)c[0] * 0xD2511F53, b = (uint64_t)c[2] * 0xCD9E8D57;
        uint32_t next[4] = {(uint32_t)(b >> 32) ^ c[1] ^ k0, (uint32_t)b, (uint32_t)(a >> 32) ^ c[3] ^ k1, (uint32_t)a};
        memcpy(c, next, sizeof c);
    }
    memcpy(out, c, sizeof c);
}

START_TEST(the_twin_knows_the_authors_answers)
{
    static const struct {
        uint32_t counter[4], key[2], answer[4];
    } known[] = {
        {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
         {0xffffffff, 0xffffffff},
         {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
         {0xa4093822, 0x299f31d0},
         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        uint32_t out[4];
        philox(known[i].counter, known[i].key, out);
        for (size_t w = 0; w < 4; w++)
            ck_assert_msg(out[w] == known[i].answer[w], "answer %zu, word %zu: %08x, not %08x", i, w, out[w],
                          known[i].answer[w]);
    }
}
END_TEST

/* The two of one place, from the twin's bits by the C library's functions. */
static void literal_pair(uint64_t key, uint64_t step, uint32_t draw, uint32_t index, double *one, double *other)
{
    uint32_t counter[4] = {index, draw, (uint32_t)step, (uint32_t)(step >> 32)}, w[4];
    philox(counter, (uint32_t[2]){(uint32_t)key, (uint32_t)(key >> 32)}, w);
    double u = (double)(((uint64_t)w[0] << 32 | w[1]) >> 12) * 0x1p-52 + 0x1p-53;
    double v = (double)(((uint64_t)w[2] << 32 | w[3]) >> 12) * 0x1p-52 - 0.5;
    double radius = sqrt(-2 * log(u)), c = cos(v * M_PI_2), s = sin(v * M_PI_2), sign = w[3] & 1 ? -1 : 1;
    *one = sign * radius * (w[3] & 2 ? s : c);
    *other = sign * radius * (w[3] & 2 ? c : s);
}

START_TEST(every_instruction_set_gives_the_literal_numbers)
{
    enum { PAIRS = 4096 };
    static _Alignas(64) double one[PAIRS], other[PAIRS], first[PAIRS], second[PAIRS];
    static const uint64_t places[][3] = {{1, 0, 0}, {0x123456789abcdef0, 1, 3}, {7, UINT64_MAX, 0xffffffff}};
    for (size_t k = 0; k < 3; k++)
        for (enum cpu_set set = 0; set < CPU_SETS; set++) {
            uint32_t draw = (uint32_t)places[k][2], index = k == 2 ? 0xffffffff - (PAIRS - 1) : 64;
            if (!cpu_use(set))
                continue;
            normal_pairs(places[k][0], places[k][1], draw, index, PAIRS, one, other);
            for (uint32_t i = 0; i < PAIRS; i++) {
                double a, b;
                literal_pair(places[k][0], places[k][1], draw, index + i, &a, &b);
                ck_assert_msg(
                    fabs(one[i] - a) <= 3e-15 * fabs(a) + 1e-16 && fabs(other[i] - b) <= 3e-15 * fabs(b) + 1e-16,
                    "%s, pair %u: %.17g %.17g, not %.17g %.17g", cpu_set_names[set], i, one[i], other[i], a, b);
            }
            if (set == CPU_GENERIC) {
                memcpy(first, one, sizeof one);
                memcpy(second, other, sizeof other);
            }
            ck_assert_msg(memcmp(first, one, sizeof one) == 0 && memcmp(second, other, sizeof other) == 0,
                          "%s gives other bits than generic", cpu_set_names[set]);
            /* a few of them, from the middle */
            normal_pairs(places[k][0], places[k][1], draw, index + 16, 2 * NORMAL_PAIRS, one, other);
            ck_assert(memcmp(one, first + 16, 2 * NORMAL_PAIRS * sizeof *one) == 0 &&
                      memcmp(other, second + 16, 2 * NORMAL_PAIRS * sizeof *one) == 0);
        }
}
END_TEST

#define N (1 << 20)

/* N numbers as a population gets them: index by index, then step by step. */
static double *numbers(uint64_t key)
{
    double *all = aligned_alloc(64, N * sizeof *all);
    ck_assert(all != NULL);
    for (size_t step = 0; step < N / 1024; step++)
        normal_pairs(key, step, 0, 0, 512, all + step * 1024, all + step * 1024 + 512);
    return all;
}

/* A mean of `count` numbers of deviation `deviation` that ought to be `want`. */
static void check_mean(const char *what, double sum, double want, double deviation, double count)
{
    double off = (sum / count - want) / (deviation / sqrt(count));
    ck_assert_msg(fabs(off) < 5, "%s is %.6g, not %.6g: %.1f deviations", what, sum / count, want, off);
}

START_TEST(moments_are_those_of_normal_numbers)
{
    for (uint64_t key = 1; key < 4; key++) {
        double *z = numbers(key), m[7] = {0};
        for (size_t i = 0; i < N; i++)
            for (int k = 1; k < 7; k++)
                m[k] += pow(z[i], k);
        /* The variance of z^k is E z^2k - (E z^k)^2, E z^2k = 1 3 5 ... (2k - 1). */
        check_mean("mean", m[1], 0, 1, N);
        check_mean("square", m[2], 1, sqrt(2), N);
        check_mean("cube", m[3], 0, sqrt(15), N);
        check_mean("fourth power", m[4], 3, sqrt(96), N);
        check_mean("fifth power", m[5], 0, sqrt(945), N);
        check_mean("sixth power", m[6], 15, sqrt(10170), N);
        free(z);
    }
}
END_TEST

/* Kolmogorov and Smirnov: sqrt(N) times the largest distance is above 1.95 in one of a thousand. Then the tails, which
 * that does not see. */
START_TEST(the_distribution_is_normal_out_into_its_tails)
{
    double *z = numbers(77), far = 0;
    gsl_sort(z, 1, N);
    for (size_t i = 0; i < N; i++) {
        double p = gsl_cdf_ugaussian_P(z[i]);
        far = fmax(far, fmax(p - (double)i / N, (double)(i + 1) / N - p));
    }
    ck_assert_msg(sqrt(N) * far < 1.95, "distribution off by %g", far);
    for (double edge = 1; edge < 4.6; edge += 0.5)
        for (int side = 0; side < 2; side++) {
            double beyond = 0, want = N * gsl_cdf_ugaussian_Q(edge);
            for (size_t i = 0; i < N; i++)
                beyond += side ? z[i] > edge : z[i] < -edge;
            ck_assert_msg(fabs(beyond - want) < 5 * sqrt(want) + 1, "%g numbers beyond %s%g, not %g", beyond,
                          side ? "" : "-", edge, want);
        }
    free(z);
}
END_TEST

static double together(const double *a, const double *b, size_t count, bool squared)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += squared ? (a[i] * a[i] - 1) * (b[i] * b[i] - 1) : a[i] * b[i];
    return sum;
}

static void check_strangers(const char *what, const double *a, const double *b, size_t count)
{
    check_mean(what, together(a, b, count, false), 0, 1, (double)count);
    check_mean(what, together(a, b, count, true), 0, 2, (double)count);
}

START_TEST(neighbours_have_nothing_in_common)
{
    double *z = numbers(5), *y = numbers(6), *far = numbers(5 + (UINT64_C(1) << 32));
    check_strangers("next index", z, z + 1, N - 1);
    check_strangers("second next index", z, z + 2, N - 2);
    check_strangers("other lane", z, z + 4, N - 4);
    check_strangers("the other of a pair", z, z + 512, N - 512);
    check_strangers("next step", z, z + 1024, N - 1024);
    check_strangers("next key", z, y, N);
    check_strangers("key with another upper half", z, far, N);
    static _Alignas(64) double one[N / 2], other[N / 2];
    normal_pairs(5, 0, 1, 0, N / 2, one, other);
    normal_pairs(5, 0, 2, 0, N / 2, y, y + N / 2);
    check_strangers("next draw", one, y, N / 2);
    check_strangers("next draw, other", other, y + N / 2, N / 2);
    free(z);
    free(y);
    free(far);
}
END_TEST

/* All eighths of the circle, equally often. */
START_TEST(angles_are_spread_evenly)
{
    static _Alignas(64) double one[N / 2], other[N / 2];
    double count[64] = {0};
    normal_pairs(9, 3, 0, 0, N / 2, one, other);
    for (size_t i = 0; i < N / 2; i++) {
        double turns = atan2(other[i], one[i]) / (2 * M_PI) + 0.5;
        count[(size_t)fmin(turns * 64, 63)]++;
    }
    for (size_t k = 0; k < 64; k++)
        ck_assert_msg(fabs(count[k] - N / 128) < 5 * sqrt(N / 128), "%g of %d points in part %zu of 64", count[k],
                      N / 2, k);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("model: normal numbers", the_twin_knows_the_authors_answers,
                       every_instruction_set_gives_the_literal_numbers, moments_are_those_of_normal_numbers,
                       the_distribution_is_normal_out_into_its_tails, neighbours_have_nothing_in_common,
                       angles_are_spread_evenly);
}
