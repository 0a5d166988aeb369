/* Numbers and units as typed: what parses, to which bits, and what is said otherwise. */
#include "harness.h"

#include "base/number.h"
#include "base/word.h"

static const struct {
    const char *text;
    enum dimension dimension;
    double value;
} quantities[] = {
    {"20ms", DIMENSION_TIME, 0.02}, {"0.02", DIMENSION_TIME, 0.02},    {"50us", DIMENSION_TIME, 50e-6},
    {"5 ns", DIMENSION_TIME, 5e-9}, {"1.5kHz", DIMENSION_RATE, 1500},  {"200Hz", DIMENSION_RATE, 200},
    {"200", DIMENSION_RATE, 200},   {"15mV", DIMENSION_VOLT, 0.015},   {"-3", DIMENSION_NONE, -3},
    {"2min", DIMENSION_TIME, 120},  {"inf", DIMENSION_NONE, INFINITY}, {"1e300", DIMENSION_NONE, 1e300},
    {"+.5", DIMENSION_NONE, 0.5},   {"1mHz", DIMENSION_RATE, 0.001},   {"0.1ms", DIMENSION_TIME, 0.0001},
};

START_TEST(changes_are_told_with_one_unit)
{
    char b[NUMBER_CHANGE];
    ck_assert_str_eq(number_change(b, 0.02, 0.03, DIMENSION_TIME), "20 \u2192 30 ms");
    ck_assert_str_eq(number_change(b, 0.0009, 0.0011, DIMENSION_TIME), "900 us \u2192 1.1 ms");
    ck_assert_str_eq(number_change(b, 2, 2, DIMENSION_RATE), "2 Hz");
    ck_assert_str_eq(number_change(b, 2.8, 3.9, DIMENSION_NONE), "2.8 \u2192 3.9");
    ck_assert_str_eq(number_change(b, NAN, 0.3, DIMENSION_NONE), "nan \u2192 0.3");
}
END_TEST

START_TEST(a_unit_that_was_forgotten_is_doubted)
{
    ck_assert_str_eq(number_doubtful_unit("30", 0.02, 30, DIMENSION_TIME), "seconds");
    ck_assert_str_eq(number_doubtful_unit("2", 200, 2, DIMENSION_RATE), "hertz");
    ck_assert(!number_doubtful_unit("30s", 0.02, 30, DIMENSION_TIME));
    ck_assert(!number_doubtful_unit("0.03", 0.02, 0.03, DIMENSION_TIME));
    ck_assert(!number_doubtful_unit("1000", 1, 1000, DIMENSION_NONE));
    ck_assert(!number_doubtful_unit("0", 0.02, 0, DIMENSION_TIME));
    ck_assert(!number_doubtful_unit("inf", 0.02, INFINITY, DIMENSION_TIME));
}
END_TEST

START_TEST(quantities_parse_to_the_nearest_double)
{
    for (size_t i = 0; i < sizeof quantities / sizeof *quantities; i++) {
        double value = NAN;
        struct error error = {""};
        ck_assert_msg(quantity_parse(quantities[i].text, quantities[i].dimension, &value, &error), "%s: %s",
                      quantities[i].text, error.text);
        ck_assert_msg(same(value, quantities[i].value), "%s is %.17g, not %.17g", quantities[i].text, value,
                      quantities[i].value);
    }
}
END_TEST

static const struct {
    const char *text;
    enum dimension dimension;
    const char *says;
} refused[] = {
    {"20Hz", DIMENSION_TIME, "'20Hz': a time is wanted here, in s, ms, us, ns, min (none: s)"},
    {"20ms", DIMENSION_RATE, "'20ms': a rate is wanted here, in Hz, kHz, MHz, mHz, /s (none: Hz)"},
    {"5mV", DIMENSION_NONE, "'5mV': a pure number is wanted here, without 'mV'"},
    {"", DIMENSION_TIME, "'' is not a time"},
    {"abc", DIMENSION_NONE, "'abc' is not a pure number"},
    {"0x10", DIMENSION_NONE, "'0x10' is not a pure number"},
    {"20msx", DIMENSION_TIME, "'20msx': a time is wanted here, in s, ms, us, ns, min (none: s)"},
};

START_TEST(wrong_quantities_are_explained)
{
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        double value = 7;
        struct error error = {""};
        ck_assert(!quantity_parse(refused[i].text, refused[i].dimension, &value, &error));
        ck_assert_str_eq(error.text, refused[i].says);
        ck_assert_msg(value == 7, "%s changed the value", refused[i].text);
    }
}
END_TEST

START_TEST(numbers_need_no_terminator_and_refuse_rests)
{
    double value = 0;
    ck_assert(number_parse("12.5,rest", 4, &value) && value == 12.5);
    ck_assert(number_parse(" -1e3\t", 6, &value) && value == -1000);
    ck_assert(number_parse("nan", 3, &value) && isnan(value));
    ck_assert(number_parse("-inf", 4, &value) && value == -INFINITY);
    const char *bad[] = {"", " ", "1e", "1 2", "0x1p3", "1,5", "--1", "nan(7)", "e5"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(!number_parse(bad[i], strlen(bad[i]), &value), "'%s' parsed", bad[i]);
}
END_TEST

START_TEST(numbers_are_written_for_people_and_for_machines)
{
    char b[NUMBER_HUMAN], e[NUMBER_EXACT];
    ck_assert_str_eq(number_human(b, 0.02, DIMENSION_TIME), "20 ms");
    ck_assert_str_eq(number_human(b, 0.99999, DIMENSION_TIME), "1 s");
    ck_assert_str_eq(number_human(b, 12345, DIMENSION_TIME), "12 345 s");
    ck_assert_str_eq(number_human(b, 1500, DIMENSION_RATE), "1.5 kHz");
    ck_assert_str_eq(number_human(b, 0, DIMENSION_RATE), "0 Hz");
    ck_assert_str_eq(number_human(b, -0.25, DIMENSION_NONE), "-0.25");
    ck_assert_str_eq(number_exact(e, 0.1), "0.10000000000000001");
    ck_assert_str_eq(number_exact(e, -NAN), "nan");
    ck_assert_str_eq(number_exact(e, -INFINITY), "-inf");
    ck_assert_str_eq(number_grouped(b, 1234567), "1 234 567");
    ck_assert_str_eq(number_grouped(b, 0), "0");
    static const struct {
        double value;
        int digits;
        const char *text;
    } rounded[] = {{100, 2, "100"},         {99.7, 2, "100"},    {99.4, 2, "99"},       {1240, 3, "1 240"},
                   {18080, 4, "18 080"},    {999.6, 3, "1 000"}, {0.0123, 3, "0.0123"}, {-1234.6, 3, "-1 230"},
                   {-1234.6, 5, "-1234.6"}, {3, 3, "3"},         {2.50, 3, "2.5"},      {0, 3, "0"},
                   {1e6, 3, "1 000 000"},   {1e-7, 2, "1e-07"},  {1e300, 3, "1e+300"},  {INFINITY, 3, "inf"},
                   {NAN, 3, "nan"}};
    for (size_t i = 0; i < sizeof rounded / sizeof *rounded; i++)
        ck_assert_msg(strcmp(number_round(b, rounded[i].value, rounded[i].digits), rounded[i].text) == 0,
                      "%g in %d digits: '%s', not '%s'", rounded[i].value, rounded[i].digits, b, rounded[i].text);
}
END_TEST

START_TEST(counted_nouns_agree_with_their_number)
{
    char b[NUMBER_COUNTED];
    ck_assert_str_eq(number_counted(b, 0, "neuron"), "0 neurons");
    ck_assert_str_eq(number_counted(b, 1, "neuron"), "1 neuron");
    ck_assert_str_eq(number_counted(b, 2, "neuron"), "2 neurons");
    ck_assert_str_eq(number_counted(b, 12345, "spike"), "12 345 spikes");
    ck_assert_str_eq(number_counted(b, 1, "axis|axes"), "1 axis");
    ck_assert_str_eq(number_counted(b, 2, "axis|axes"), "2 axes");
}
END_TEST

START_TEST(numbers_are_written_as_they_are_typed)
{
    static const struct {
        double value;
        enum dimension dimension;
        const char *text;
    } cases[] = {
        {0.02, DIMENSION_TIME, "20ms"},
        {0.0305, DIMENSION_TIME, "30.5ms"},
        {200, DIMENSION_RATE, "200Hz"},
        {1500, DIMENSION_RATE, "1.5kHz"},
        {0.1, DIMENSION_NONE, "0.1"},
        {20000, DIMENSION_NONE, "20000"},
        {-0.25, DIMENSION_NONE, "-0.25"},
        {0, DIMENSION_TIME, "0s"},
        {INFINITY, DIMENSION_NONE, "inf"},
        {120, DIMENSION_TIME, "120s"},
        {0.0123456789, DIMENSION_VOLT, "0.0123456789V"},
    };
    char text[NUMBER_HUMAN];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        number_typed(text, cases[i].value, cases[i].dimension);
        ck_assert_msg(strcmp(text, cases[i].text) == 0, "%g is '%s', not '%s'", cases[i].value, text, cases[i].text);
    }
    double value = 1e-3, read;
    struct error error = {""};
    for (int i = 0; i < 1000; i++, value *= 1.0123) { /* every bit comes back */
        number_typed(text, value, DIMENSION_TIME);
        ck_assert_msg(quantity_parse(text, DIMENSION_TIME, &read, &error) && read == value, "%s is not %.17g", text,
                      value);
    }
}
END_TEST

START_TEST(factors_show_what_they_are_in_a_fixed_width)
{
    static const struct {
        double value, like;
        const char *text;
    } cases[] = {
        {1, 1, "1.00"},          {0.617, 1, "0.62"},       {12.34, 1, "12.3"},   {1234, 1, "1234"},
        {0.001, 0.001, "0.001"}, {0.0004, 0.001, "0.000"}, {0.05, 0.05, "0.05"}, {0.0123, 0.0123, "0.0123"},
        {0, 0.0125, "0.0000"},   {2e-9, 2e-9, "2.0e-09"},  {0.5, 0.5, "0.50"},   {99.96, 100, " 100"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[NUMBER_HUMAN];
        number_factor(text, cases[i].value, cases[i].like);
        ck_assert_msg(strcmp(text, cases[i].text) == 0, "%g like %g is '%s', not '%s'", cases[i].value, cases[i].like,
                      text, cases[i].text);
    }
}
END_TEST

START_TEST(words_are_found_by_unambiguous_prefix)
{
    static const char *const names[] = {"set", "seed", "select", "run", "rates"};
    struct word_list words = {"command", 5, word_plain, names};
    struct error error = {""};
    ck_assert_int_eq(word_find(&words, "set", 3, &error), 0);
    ck_assert_int_eq(word_find(&words, "ru", 2, &error), 3);
    ck_assert_int_eq(word_find(&words, "se", 2, &error), -1);
    ck_assert_str_eq(error.text, "'se' is not one command: it could be set, seed, select");
    ck_assert_int_eq(word_find(&words, "x", 1, &error), -1);
    ck_assert_str_eq(error.text, "unknown command 'x': one of set, seed, select, run, rates");
    ck_assert_int_eq(word_find(&words, "", 0, &error), -1);
    words.count = 0;
    ck_assert_int_eq(word_find(&words, "x", 1, &error), -1);
    ck_assert_str_eq(error.text, "unknown command 'x': there is none yet");
}
END_TEST

/* Of a long list, the word that is the fewest slips away; two that are as near are no help, and all are listed. */
START_TEST(a_slip_is_understood)
{
    static const char *const names[] = {"set",   "seed",   "select", "run",   "rates", "tuning", "raster",
                                        "reset", "record", "input",  "pause", "step",  "stats"};
    static const struct {
        const char *typed, *meant; /* NULL: the list is named */
    } slips[] = {{"slect", "select"},   {"selct", "select"}, {"selecct", "select"}, {"selekt", "select"},
                 {"esl", NULL},         {"esed", "seed"},    {"tunign", "tuning"},  {"puase", "pause"},
                 {"inptu", "input"},    {"rrun", "run"},     {"stpe", "step"},      {"statss", "stats"},
                 {"x", NULL},           {"zzzzz", NULL},     {"rester", "raster"},  {"rase", NULL},
                 {"selectselect", NULL}};
    struct word_list words = {"command", sizeof names / sizeof *names, word_plain, names};
    for (size_t i = 0; i < sizeof slips / sizeof *slips; i++) {
        struct error error = {""};
        char wanted[120];
        snprintf(wanted, sizeof wanted,
                 slips[i].meant ? "unknown command '%s': did you mean %s?" : "unknown command '%s': one of set, seed, ",
                 slips[i].typed, slips[i].meant);
        ck_assert_int_eq(word_find(&words, slips[i].typed, strlen(slips[i].typed), &error), -1);
        ck_assert_msg(strncmp(error.text, wanted, strlen(wanted)) == 0, "'%s', not '%s'", error.text, wanted);
    }
    char longest[2000];
    memset(longest, 's', sizeof longest);
    struct error error = {""};
    ck_assert_int_eq(word_find(&words, longest, sizeof longest, &error), -1);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("base: numbers and words", quantities_parse_to_the_nearest_double,
                       changes_are_told_with_one_unit, a_unit_that_was_forgotten_is_doubted,
                       wrong_quantities_are_explained, numbers_need_no_terminator_and_refuse_rests,
                       numbers_are_written_for_people_and_for_machines, counted_nouns_agree_with_their_number,
                       numbers_are_written_as_they_are_typed, factors_show_what_they_are_in_a_fixed_width,
                       words_are_found_by_unambiguous_prefix, a_slip_is_understood);
}
