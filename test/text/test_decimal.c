/* The fast way to a number against strtod, bit for bit, and against number_parse for what is no number. */
#include "harness.h"

#include "base/number.h"
#include "text/decimal.h"

static uint64_t next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state >> 11 ^ *state << 40;
}

static void check(const char *text)
{
    double fast = 7, slow = 7, c = strtod(text, NULL);
    bool is = decimal_parse(text, strlen(text), &fast), is_too = number_parse(text, strlen(text), &slow);
    ck_assert_msg(is == is_too, "'%s' %s a number, but number_parse says otherwise", text, is ? "is" : "is not");
    if (is)
        ck_assert_msg(memcmp(&fast, &c, sizeof c) == 0 || (isnan(fast) && isnan(c)), "'%s' is %.17g, not %.17g", text,
                      fast, c);
    else
        ck_assert_msg(fast == 7, "'%s' changed the value", text);
}

START_TEST(awkward_texts)
{
    static const char *const texts[] = {
        "0",
        "-0",
        "+0",
        "0.",
        ".5",
        "-.5",
        "+.5",
        ".",
        "-",
        "+",
        "",
        "e5",
        "1e",
        "1e+",
        "1e-",
        "1e5",
        "1E5",
        "1e+05",
        "1e-5",
        "00012",
        "0.000",
        "12.5.6",
        "1 2",
        "1,5",
        "9007199254740991",
        "9007199254740992",
        "9007199254740993",
        "9007199254740994",
        "18446744073709551615",
        "18446744073709551616",
        "1e22",
        "1e23",
        "1e-22",
        "1e-23",
        "0.1",
        "0.30000000000000004",
        "0.0030000000000000001",
        "123456789012345678",
        "1234567890123456789",
        "12345678901234567890",
        "8.5e22",
        "9007199254740992e22",
        "9007199254740993e-22",
        "4.9e-324",
        "2.4e-324",
        "1.7976931348623157e308",
        "1.8e308",
        "1e400",
        "1e-400",
        "1e99999",
        "0e99999",
        "1e-99999",
        "nan",
        "-nan",
        "inf",
        "-inf",
        "infinity",
        "Inf",
        "0x10",
        "--1",
        "+-1",
        "1e5x",
        "1.e3",
        "0.e3",
        ".e3",
        "000000000000000000000001",
        "0.00000000000000000000000000000000000001",
        "1e0000005",
        "2821.0",
        "1d5",
        "1f",
        "1_000",
        "nan(1)",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        check(texts[i]);
}
END_TEST

START_TEST(random_numbers_in_every_style_of_writing)
{
    static const int digits[] = {17, 6, 3, 0, 10, 15};
    uint64_t state = 20;
    for (int i = 0; i < 200000; i++) {
        uint64_t bits = next_random(&state);
        double value;
        memcpy(&value, &bits, sizeof value);
        if (i % 2) /* sizes files hold, too */
            value = ldexp((double)(bits % 1000000007), -(int)(next_random(&state) % 40));
        if (!isfinite(value))
            continue;
        char text[512];
        int precision = digits[i % 6];
        if (i % 3 == 0)
            snprintf(text, sizeof text, "%.*g", precision, value);
        else if (i % 3 == 1)
            snprintf(text, sizeof text, "%.*f", precision, value);
        else
            snprintf(text, sizeof text, "%.*e", precision, value);
        check(text);
    }
}
END_TEST

START_TEST(random_decimals_around_the_limits_of_exactness)
{
    uint64_t state = 3;
    for (int i = 0; i < 200000; i++) {
        char text[64];
        uint64_t mantissa = next_random(&state) >> (next_random(&state) % 64);
        int exponent = (int)(next_random(&state) % 60) - 30;
        snprintf(text, sizeof text, i % 2 ? "%llue%d" : "-0.%llue%d", (unsigned long long)mantissa, exponent);
        check(text);
    }
}
END_TEST

/* 1 with so many zeros behind the point, up to what is taken for a number at all. */
START_TEST(the_point_is_moved_in_long_texts_too)
{
    char text[512];
    memset(text, '0', sizeof text);
    text[0] = '1';
    text[1] = '.';
    for (size_t length = 3; length < sizeof text; length++) {
        double value = NAN;
        ck_assert_msg(decimal_parse_shifted(text, length, -3, &value) && value == 1e-3, "%zu digits: %g", length - 1,
                      value);
    }
}
END_TEST

START_TEST(random_rubbish)
{
    static const char letters[] = "0123456789..eE+-, xinfa";
    uint64_t state = 8;
    for (int i = 0; i < 200000; i++) {
        char text[12];
        size_t length = next_random(&state) % (sizeof text - 1);
        for (size_t k = 0; k < length; k++)
            text[k] = letters[next_random(&state) % (sizeof letters - 1)];
        text[length] = '\0';
        check(text);
    }
}
END_TEST

int main(void)
{
    return HARNESS_RUN("record: decimal", awkward_texts, random_numbers_in_every_style_of_writing,
                       random_decimals_around_the_limits_of_exactness, the_point_is_moved_in_long_texts_too,
                       random_rubbish);
}
