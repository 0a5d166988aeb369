/* Options of panes: read by the tables of their types, and refused with a sentence. */
#include "run.h"

#include "command/families.h"
#include "pane/pane.h"

static void expect_on_screen(const char *lines, const char *words)
{
    char all[400];
    snprintf(all, sizeof all, "population A n=20; run 200ms; %s; save-screen", lines);
    struct outcome o = run_sized(all, 160, 40, false);
    ck_assert_msg(o.good && strcmp(o.err, "") == 0, "'%s' said: %s", lines, o.err);
    ck_assert_msg(strstr(o.out, words) != NULL, "'%s': '%s' is not in\n%s", lines, words, o.out);
    outcome_free(&o);
}

START_TEST(what_a_pane_is_told_shows)
{
    expect_on_screen("pane 3 tuning A", "3 tuning A (SoftLIF");
    expect_on_screen("pane 3 tuning A model=lif", "3 tuning A (LIF)");
    expect_on_screen("pane 2 rates A model=l", "LIF predicts");
    expect_on_screen("pane 2 rates A method=kernel", "2 rates A (gauss 40 ms)");
    expect_on_screen("pane 2 rates A tau=20ms ker=alpha", "2 rates A (alpha 20 ms)");
    expect_on_screen("pane 2 rates A method=isi", "2 rates A (ISI)");
    expect_on_screen("open isi A", "4 intervals A ");
    expect_on_screen("open isi A scale=log", "4 intervals A (log)");
    expect_on_screen("open isi A bin=7ms refractory=3ms", "below 3 ms · bins of 7 ms");
    expect_on_screen("open poprate A bin=50ms", "all 20 neurons, bins of 50 ms");
    expect_on_screen("open counts", "4 spike counts A");
}
END_TEST

START_TEST(a_pane_told_anew_forgets)
{
    expect_on_screen("pane 2 rates A tau=20ms; pane 2 rates A", "2 rates A (ISI)");
    expect_on_screen("pane 2 rates A tau=20ms; swap 1 2", "1 rates A (gauss 20 ms)");
}
END_TEST

START_TEST(wrong_options_get_a_sentence)
{
    expect_error("population A; open raster A bin=3ms", "open has no key bin");
    expect_error("population A; open isi A method=isi", "unknown key 'method': one of scale, bin, refractory, over");
    expect_error("population A; open isi A scale=cubic", "unknown scale 'cubic': one of linear, log");
    expect_error("population A; open isi A scale=log bin=1ms", "bin= belongs to scale=linear, and this is scale=log");
    expect_error("population A; open rates A method=isi tau=20ms",
                 "tau= belongs to method=kernel, and this is method=isi");
    expect_error("population A; open rates A tau=0", "tau=0: must be above 0 s and at most 1 000 000 000 s");
    expect_error("population A; open poprate A bin=5Hz",
                 "bin: '5Hz': a time is wanted here, in s, ms, us, ns, min (none: s)");
}
END_TEST

/* A pane that is refused leaves what was there. */
START_TEST(a_refused_pane_changes_nothing)
{
    struct outcome o = run("population A; pane 2 rates A method=isi tau=1s");
    ck_assert(!o.good);
    outcome_free(&o);
    struct session_options options = {.out = fopen("/dev/null", "w"), .err = fopen("/dev/null", "w")};
    struct session *session = session_new(&options, &all_commands);
    struct view view;
    session_line(session, "population A", NULL, 0);
    ck_assert(!session_line(session, "pane 2 isi A scale=log bin=1s", NULL, 0));
    ck_assert(!session_line(session, "open isi A scale=log bin=1s", NULL, 0));
    session_view(session, &view);
    ck_assert_uint_eq(view.layout->panes, 3);
    ck_assert_str_eq(view.layout->pane[1].type->name, "rates");
    session_free(session);
    fclose(options.out);
    fclose(options.err);
}
END_TEST

START_TEST(help_and_completion_know_the_options)
{
    struct outcome o = run("help open rates; help open");
    ck_assert_msg(strstr(o.out, "kernel=expon|gauss|expogauss|alpha") != NULL, "%s", o.out);
    ck_assert_msg(strstr(o.out, "refractory=TIME") != NULL, "%s", o.out);
    outcome_free(&o);
    struct session_options options = {.out = stdout, .err = stderr};
    struct session *session = session_new(&options, &all_commands);
    session_line(session, "population A", NULL, 0);
    char **match = session_complete(session, "pane 1 isi A scale=", 13, 19);
    ck_assert_msg(match && match[0] && match[1] && !match[2], "scale= has not two completions");
    ck_assert_str_eq(match[0], "scale=linear");
    ck_assert_str_eq(match[1], "scale=log");
    for (size_t i = 0; i < 2; i++)
        free(match[i]);
    free(match);
    session_free(session);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("command: pane options", what_a_pane_is_told_shows, a_pane_told_anew_forgets,
                       wrong_options_get_a_sentence, a_refused_pane_changes_nothing,
                       help_and_completion_know_the_options);
}
