/* `ask` measures and compares: a script whose number is off fails with file, line and what it was. */
#include "run.h"

#define START "population A n=20 seed=1 max_rates=100:200; input A 0.5\n"

static void expect_said(const char *line, const char *says)
{
    char lines[600];
    snprintf(lines, sizeof lines, "%s%s\n", START, line);
    struct outcome o = run(lines);
    ck_assert_msg(o.good && strcmp(o.out, "") == 0, "%s: %s%s", line, o.err, o.out);
    ck_assert_msg(strstr(o.err, says), "%s said\n%s\nnot\n%s", line, o.err, says);
    outcome_free(&o);
}

START_TEST(what_is_found_is_said_and_nothing_is_printed)
{
    expect_said("ask \"rate of the curve\" of=\"response model=lif J=2\" cell=rate,0",
                "t:2: rate of the curve: 63.04\n");
    expect_said("ask \"rate\" of=\"response model=lif J=2\" cell=rate,0 answer=63", "t:2: rate: 63.04\n");
    expect_said("ask \"rate\" of=\"response model=lif J=2\" cell=rate,0 answer=60 within=3.05", "t:2: rate: 63.04\n");
    expect_said("ask \"how many\" of=\"neurons A\" cell=count(gain>0) answer=20 within=0", "t:2: how many: 20\n");
    expect_said("ask \"off\" of=\"response model=lif J=0.5\" cell=rate,0 answer=0 within=0", "t:2: off: 0\n");
}
END_TEST

START_TEST(an_answer_that_is_off_ends_the_script)
{
    struct outcome o = run(START "ask \"rate\" of=\"response model=lif J=2\" cell=rate,0 answer=60\nneurons A\n");
    ck_assert(!o.good);
    ck_assert_str_eq(o.err, "lifscope: t:2: rate: 63.04, which is not 60 within 5 %\n");
    ck_assert_str_eq(o.out, "");
    outcome_free(&o);
    expect_error("ask \"rate\" of=\"response model=lif J=2\" cell=rate,0 answer=60 within=3.03",
                 "rate: 63.04, which is not 60 within 3.03");
}
END_TEST

START_TEST(what_cannot_be_measured_is_explained)
{
    static const struct {
        const char *line, *says;
    } rows[] = {
        {"ask x of=\"run 1s\" cell=a,0", "run gives no table in which something could be looked up"},
        {"ask x of=\"neurons A > f\" cell=gain,0", "a table that is looked at goes to no file"},
        {"ask x of=\"neurons A; neurons A\" cell=gain,0", "one command is wanted, and here are several"},
        {"ask x of=\"\" cell=gain,0", "of= has no value: of=TEXT"},
        {"ask x of=\" \" cell=gain,0", "a command is wanted that gives a table"},
        {"ask x of=\"neurons B\" cell=gain,0", "unknown population 'B': one of A"},
        {"ask x of=\"neurons A\" cell=gain,20", "cell: row 20: the table has 20 rows, from 0 on"},
        {"ask x of=\"neurons A\" cell=gain,0 within=-1",
         "within=-1: a number of at least 0 is wanted, or a part of the answer, as in 5%"},
        {"ask x of=\"neurons A\" cell=gain,0 within=%",
         "within=%: a number of at least 0 is wanted, or a part of the answer, as in 5%"},
        {"ask x of=\"ask y of=\\\"neurons A\\\" cell=gain,0\" cell=a,0", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char lines[400];
        snprintf(lines, sizeof lines, "%s%s\n", START, rows[i].line);
        struct outcome o = run(lines);
        ck_assert_msg(!o.good && (!rows[i].says || strstr(o.err, rows[i].says)), "%s said\n%s\nnot\n%s", rows[i].line,
                      o.err, rows[i].says ? rows[i].says : "a mistake");
        outcome_free(&o);
    }
}
END_TEST

int main(void)
{
    return HARNESS_RUN("command: ask", what_is_found_is_said_and_nothing_is_printed,
                       an_answer_that_is_off_ends_the_script, what_cannot_be_measured_is_explained);
}
