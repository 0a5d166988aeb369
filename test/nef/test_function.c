/* Functions that users type: values, several outputs, and the sentence for every mistake. */
#include "harness.h"

#include "nef/function.h"

static struct function *make(const char *text, size_t dims)
{
    struct error error;
    struct function *f = function_new(text, dims, &error);
    ck_assert_msg(f != NULL, "%s: %s", text, f ? "" : error.text);
    return f;
}

static void gives(const char *text, double x, double wanted)
{
    struct function *f = make(text, 1);
    double y;
    ck_assert_uint_eq(function_outputs(f), 1);
    function_value(f, &x, &y);
    ck_assert_msg(near_relative(y, wanted, 1e-15), "%s at %g: %.17g, not %.17g", text, x, y, wanted);
    function_free(f);
}

START_TEST(expressions_have_their_values)
{
    gives("x", 0.3, 0.3);
    gives("x1", 0.3, 0.3);
    gives("x^2", -0.5, 0.25);
    gives("-x^2", 0.5, -0.25);
    gives("2^3^2", 0, 512);
    gives("sin(pi*x)", 0.25, sin(3.14159265358979323846 * 0.25));
    gives("exp(1) - e", 0, 0);
    gives("sqrt(abs(x))", -4, 2);
    gives("min(x, 1, 0.5) + max(x,1,0.5)", 2, 2.5);
    gives("x>0 ? 1 : -1", 0.1, 1);
    gives("x > 0 ? 1 : -1", -0.1, -1);
    gives("x>=0 && x<=1", 1, 1);
    gives("x==0 ? 0 : 1/x", 0, 0);
    gives("floor(x)+ceil(x)", 1.5, 3);
    gives("mod(x,2)", 5, 1);
    gives("1e-3*x", 2, 2e-3);
    gives("ln(x)", 1, 0);
}
END_TEST

START_TEST(several_outputs_and_dimensions)
{
    struct function *f = make("x1*x2, x1^2, max(x1,x2)", 2);
    double x[6] = {2, 3, -1, 4, 0, 1}, y[9];
    struct error error;
    ck_assert_uint_eq(function_outputs(f), 3);
    ck_assert_uint_eq(function_dims(f), 2);
    ck_assert_str_eq(function_text(f), "x1*x2, x1^2, max(x1,x2)");
    ck_assert(function_values(f, x, 3, y, &error));
    const double wanted[9] = {6, -4, 0, 4, 1, 0, 3, 4, 1};
    for (size_t i = 0; i < 9; i++)
        ck_assert_msg(y[i] == wanted[i], "value %zu is %g, not %g", i, y[i], wanted[i]);
    function_free(f);
    f = make("x", 3);
    ck_assert_str_eq(function_text(f), "x1, x2, x3");
    ck_assert(function_is_identity(f));
    ck_assert_uint_eq(function_outputs(f), 3);
    function_free(f);
}
END_TEST

START_TEST(the_identity_is_known)
{
    static const struct {
        const char *text;
        size_t dims;
        bool identity;
    } cases[] = {{"x", 1, true},      {"x1", 1, true},  {" x ", 1, true},  {"x1, x2", 2, true},    {"x1,x2 ", 2, true},
                 {"x2,x1", 2, false}, {"x1", 2, false}, {"x+0", 1, false}, {"x1,x2,x1", 2, false}, {"x,x", 1, false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct function *f = make(cases[i].text, cases[i].dims);
        ck_assert_msg(function_is_identity(f) == cases[i].identity, "'%s' in %zu dimensions", cases[i].text,
                      cases[i].dims);
        function_free(f);
    }
}
END_TEST

#define KNOWN                                                                                                          \
    "abs, sign, sqrt, cbrt, exp, log, ln, log2, log10, sin, cos, tan, asin, acos, atan, atan2, sinh, cosh, "           \
    "tanh, asinh, "                                                                                                    \
    "acosh, atanh, floor, ceil, rint, mod, min, max, sum, avg are"

static const struct {
    const char *text;
    size_t dims;
    const char *sentence;
} mistakes[] = {
    {"y+1", 1, "function y+1: position 1: 'y' is not known; x, pi, e, numbers, + - * / ^ and " KNOWN},
    {"x+x2", 1, "function x+x2: position 3: 'x2' is not known; x, pi, e, numbers, + - * / ^ and " KNOWN},
    {"1+x", 2, "function 1+x: position 3: 'x' is not known; x1, x2, pi, e, numbers, + - * / ^ and " KNOWN},
    {"x4", 3, "function x4: position 1: 'x4' is not known; x1 to x3, pi, e, numbers, + - * / ^ and " KNOWN},
    {"x**2", 1, "function x**2: position 3, '*': an operator that nothing stands before"},
    {"x+", 1, "function x+: something is missing after +"},
    {"sin(", 1, "function sin(: something is missing after ("},
    {"sin(x", 1, "function sin(x: position 6, ')': a parenthesis is not closed"},
    {"x)", 1, "function x): position 2, ')': a parenthesis too many, or one that nothing stands in"},
    {"2x", 1, "function 2x: position 2, 'x': an operator is missing before it, such as *"},
    {"sin(1,2)", 1, "function sin(1,2): position 8, 'sin': too many arguments"},
    {"atan2(1)", 1, "function atan2(1): position 8, 'atan2': too few arguments"},
    {"x,,x", 1, "function x,,x: position 3, ',': a comma that parts nothing"},
    {"(x,x)", 1,
     "function (x,x): position 6: parentheses here hold one value; outputs are parted by commas outside of "
     "them"},
    {"x=3", 1, "function x=3: position 2: '=' compares nothing; == does"},
    {"x>0?1", 1, "function x>0?1: position 6: c ? a : b needs its ':'"},
    {"x\n", 1, "a function has a sign that cannot be seen at position 2"},
    {"", 1, "a function is an expression in x, such as x^2 or sin(pi*x), and there is nothing"},
    {"  ", 1, "a function is an expression in x, such as x^2 or sin(pi*x), and there is nothing"},
};

START_TEST(every_mistake_has_its_place)
{
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        struct error error = {""};
        struct function *f = function_new(mistakes[i].text, mistakes[i].dims, &error);
        ck_assert_msg(f == NULL, "'%s' was understood", mistakes[i].text);
        ck_assert_str_eq(error.text, mistakes[i].sentence);
    }
}
END_TEST

START_TEST(too_long_and_too_deep_are_refused)
{
    struct error error;
    char text[FUNCTION_TEXT_MAX + 2];
    memset(text, '(', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    ck_assert(function_new(text, 1, &error) == NULL);
    ck_assert_str_eq(error.text, "a function of 1001 signs is too long; 1000 are possible");
    text[sizeof text - 2] = '\0';
    ck_assert(function_new(text, 1, &error) == NULL);
    size_t used = 0;
    for (int i = 0; i <= FUNCTION_OUTPUTS_MAX; i++)
        used += (size_t)sprintf(text + used, i ? ",x" : "x");
    ck_assert(function_new(text, 1, &error) == NULL);
    ck_assert_msg(strstr(error.text, "has 65 outputs; 1 to 64 are possible") != NULL, "%s", error.text);
}
END_TEST

START_TEST(values_that_are_not_finite_are_named)
{
    struct error error;
    double x[3] = {1, 0, -1}, y[3];
    struct function *f = make("1/x", 1);
    ck_assert(!function_values(f, x, 3, y, &error));
    ck_assert_str_eq(error.text, "function 1/x is infinite at x = 0; c ? a : b can give it a value there");
    function_free(f);
    f = make("sqrt(x)", 1);
    ck_assert(!function_values(f, x, 3, y, &error));
    ck_assert_str_eq(error.text, "function sqrt(x) is not a number at x = -1; c ? a : b can give it a value there");
    function_free(f);
    f = make("ln(x1*x2)", 2);
    ck_assert(!function_values(f, x, 1, y, &error));
    ck_assert_str_eq(error.text,
                     "function ln(x1*x2) is infinite at x1 = 1, x2 = 0; c ? a : b can give it a value there");
    function_free(f);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("nef: function", expressions_have_their_values, several_outputs_and_dimensions,
                       the_identity_is_known, every_mistake_has_its_place, too_long_and_too_deep_are_refused,
                       values_that_are_not_finite_are_named);
}
