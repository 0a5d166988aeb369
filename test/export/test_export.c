/* Scripts for other engines: functions in Python's words, and what cannot be written is said. That the engines then spike as
 * lifscope does is test/engines.sh, which needs them. */
#include "harness.h"

#include "../../src/export/python.h"

static void expect_function(const char *function, size_t inputs, const char *python)
{
    struct text text = {0};
    python_function(&text, function, inputs);
    ck_assert_msg(strcmp(text_string(&text), python) == 0, "%s becomes %s, not %s", function ? function : "(none)",
                  text_string(&text), python);
    text_free(&text);
}

START_TEST(functions_are_put_into_python)
{
    expect_function(NULL, 2, "[x1, x2]");
    expect_function("x", 1, "[x1]");
    expect_function("x^2", 1, "[x1**2]");
    expect_function("x1*x2,x1^2-x2^2", 2, "[x1*x2, x1**2-x2**2]");
    expect_function("sin(pi*x)", 1, "[np.sin(np.pi*x1)]");
    expect_function("max(x1,x2)", 2, "[np.max([x1,x2])]");
    expect_function("ln(x)+log(x)+atan2(x,e)", 1, "[np.log(x1)+np.log(x1)+np.arctan2(x1,np.e)]");
    expect_function("x>0.5 ? 1 : x*0.5", 1, "[( 1  if x1>0.5  else  x1*0.5)]");
    expect_function("x>0&&x<1e-3", 1, "[x1>0 and x1<1e-3]");
    expect_function("avg(x,1),mod(x,2)", 1, "[np.mean([x1,1]), np.fmod(x1,2)]");
}
END_TEST

START_TEST(inputs_are_put_into_python)
{
    struct error error;
    struct text text = {0};
    double step[STIMULUS_MAX_PARAMS] = {0.25, -1, 0.5};
    struct stimulus *s = stimulus_new(&stimulus_step, step, 1, NULL, &error);
    python_input(&text, s, 2);
    ck_assert_str_eq(text_string(&text), "[(0.25 if t < 0.5 else -1), (0.25 if t < 0.5 else -1)]");
    text_clear(&text);
    python_input(&text, NULL, 2);
    ck_assert_str_eq(text_string(&text), "[0.0, 0.0]");
    stimulus_free(s);
    text_free(&text);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("export: Python", functions_are_put_into_python, inputs_are_put_into_python);
}
