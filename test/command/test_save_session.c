/* A session saved as a script: done again, in whatever session, it gives the same spikes, screen and state. */
#include "run.h"

#include "base/checksum.h"
#include "base/text.h"

#define STATE "status\nspikes A from=0\nset A\nconnections\nknob\nmark A\nsave-screen\n"

static const char begin[] =
    "population A n=20 seed=4\ninput A noise\nrun 0.25s\nset A tau_rc=30ms\nrun 0.1s\n"
    "population B like=A tau_ref=1ms\nconnect A B\npin one\nclose 2\nselect A 3\nrun 33ms\nundo\n"
    "dt 0.5ms\nrun 10.5ms\nknob A tau_rc 5ms:50ms\nturn 3\nset A function=\"x + 0.5\" theme=paper\n"
    "mark A 20ms \"here and there\"\nset B dims=1\nrun 7ms\n";

static char *state_of(const char *lines)
{
    struct text all = {0};
    text_printf(&all, "%s\n%s", lines, STATE);
    struct outcome o = run_sized(all.bytes, 100, 30, false);
    ck_assert_msg(o.good, "'%s' failed: %s", lines, o.err);
    text_free(&all);
    free(o.err);
    return o.out;
}

static void expect_same(char *a, char *b, const char *when)
{
    size_t at = 0, line = 0;
    for (; a[at] && a[at] == b[at]; at++)
        line = a[at] == '\n' ? at + 1 : line;
    ck_assert_msg(strcmp(a, b) == 0, "%s there is\n%.200s\nand was\n%.200s", when, b + line, a + line);
    free(a);
    free(b);
}

START_TEST(a_session_is_done_again)
{
    const char *path = scratch("session.lif");
    char save[900], again[600];
    snprintf(save, sizeof save, "%ssave-session %s\n", begin, path);
    char *was = state_of(save);
    snprintf(again, sizeof again, "source %s", path);
    expect_same(strdup(was), state_of(again), "in an empty session");
    snprintf(again, sizeof again, "population Z n=3\nrun 0.1s\nseed 9\nset history=9 window=3s\nsource %s", path);
    expect_same(strdup(was), state_of(again), "in a session with something else");
    snprintf(again, sizeof again, "source %s\nsource %s", path, path);
    expect_same(was, state_of(again), "twice");
}
END_TEST

START_TEST(reset_is_a_line_like_others)
{
    const char *path = scratch("reset.lif");
    char lines[400];
    snprintf(lines, sizeof lines, "population A n=5\nrun 50ms\nreset\nrun 20ms\nset A n=6\nsave-session %s\n", path);
    char *was = state_of(lines);
    snprintf(lines, sizeof lines, "source %s", path);
    expect_same(was, state_of(lines), "after a reset");
}
END_TEST

START_TEST(a_file_that_has_changed_is_told_of)
{
    const char *session = scratch("files.lif"), *data = scratch("spikes.csv");
    char lines[900];
    uint64_t sum;
    write_file(data, "a");
    ck_assert(checksum_of(data, &sum) && sum == UINT64_C(0xaf63dc4c8601ec8c)); /* as published for "a" */
    write_file(data, "time,neuron\n0.5,7\n0.25,9\n0.75,7\n");
    snprintf(lines, sizeof lines, "load %s as R\nselect R 7\nsave-session %s\n", data, session);
    struct outcome o = run(lines);
    ck_assert_msg(o.good, "%s", o.err);
    outcome_free(&o);
    snprintf(lines, sizeof lines, "source %s\nspikes R\n", session);
    o = run(lines);
    ck_assert_msg(o.good && !strstr(o.err, "is not what it was") && strstr(o.out, "0.25,9\n"), "%s%s", o.out, o.err);
    outcome_free(&o);
    write_file(data, "time,neuron\n0.5,7\n0.25,9\n0.85,7\n");
    o = run(lines);
    ck_assert_msg(o.good && strstr(o.err, "spikes.csv is not what it was: its checksum is"), "%s", o.err);
    outcome_free(&o);
    expect_error("checksum /nowhere/at/all", "cannot read /nowhere/at/all");
}
END_TEST

START_TEST(what_is_done_is_recorded)
{
    const char *path = scratch("steps.lif");
    char lines[400];
    snprintf(lines, sizeof lines,
             "population A n=5\nrun 20ms\nrecord %s\nset A n=6\nstats A > /dev/null\nrun 30ms\nset A n=7\n"
             "record off\nset A n=8\n",
             path);
    struct outcome o = run(lines);
    ck_assert_msg(o.good, "%s", o.err);
    outcome_free(&o);
    char *text = read_file(path);
    ck_assert_str_eq(text, "run 20ms\nset A n=6\nrun 30ms\nset A n=7\n");
    free(text);
    expect_error("record off", "nothing is being recorded: record FILE begins");
}
END_TEST

int main(void)
{
    return HARNESS_RUN("command: sessions", a_session_is_done_again, reset_is_a_line_like_others,
                       a_file_that_has_changed_is_told_of, what_is_done_is_recorded);
}
