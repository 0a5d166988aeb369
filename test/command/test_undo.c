/* Undo and redo: whatever a command changes of populations, inputs, connections, settings, panes and the view is as it
 * was, and then again as it became. */
#include "run.h"

#include "base/text.h"

#define START                                                                                                          \
    "population A n=12\npopulation B n=9 tau_rc=30ms\nnode a\nconnect A B\nconnect B a\ninput A sine frequency=3Hz\n"  \
    "mark A 20ms here\nknob A tau_rc 5ms:50ms\nselect A 3\nrun 50ms\n"

/* All there is to see and to ask, time aside. */
#define STATE                                                                                                          \
    "status\nset A\nset B\nA_B.scale\nlist\nconnections\nknob\nmark A\nspeed\ndt\nseed\nneurons A\nneurons B\ntuning " \
    "A points=3\nspikes A from=0\n"                                                                                    \
    "save-screen\nmeanfield show\n"

static char *state_after(const char *lines)
{
    struct text all = {0};
    text_printf(&all, "%s%s\n%s", START, lines, STATE);
    struct outcome o = run_sized(all.bytes, 100, 30, false);
    ck_assert_msg(o.good, "'%s' failed: %s", lines, o.err);
    text_free(&all);
    free(o.err);
    return o.out;
}

static void expect_same(const char *a, const char *b)
{
    char *one = state_after(a), *other = state_after(b);
    size_t at = 0, line = 0;
    for (; one[at] && one[at] == other[at]; at++)
        line = one[at] == '\n' ? at + 1 : line;
    ck_assert_msg(strcmp(one, other) == 0, "after '%s' there is\n%.160s\nafter '%s'\n%.160s", a, one + line, b,
                  other + line);
    free(one);
    free(other);
}

static const char *const changes[] = {
    "set A tau_rc=40ms",
    "set A n=20 seed=7 model=lif",
    "set A gain=2 bias=0.5",
    "set A tau_ref=1ms hold=gain",
    "set A function=x^2 tau_synapse=20ms",
    "set A max_rates=210,220,230,240,250,260,270,280,290,300,310,320",
    "input A noise rms=0.3",
    "set B lesion=30%",
    "population C n=4",
    "population A n=5",
    "node b dims=3",
    "connect B A as back synapse=alpha",
    "set A_B scale=0.5",
    "dt 0.5ms",
    "seed 9",
    "set history=10",
    "set window=200ms",
    "set theme=paper glyphs=ascii fps=10 mouse=on link=on mode=sweep",
    "meanfield set mu=7mV",
    "select A 5",
    "show A 1:4",
    "sort A rate",
    "rows A in",
    "window 100ms",
    "goto 30ms",
    "cursor 1 10ms",
    "mark A 30ms there",
    "unmark A",
    "open tuning B model=lif",
    "pane 1 counts A",
    "close 2",
    "swap 1 2",
    "layout rows",
    "zoom 2",
    "knob B tau_rc 5ms:60ms",
    "knob off",
    "turn 3",
};
#define CHANGES (sizeof changes / sizeof *changes)

START_TEST(undo_gives_back_what_was)
{
    char line[200];
    for (size_t i = 0; i < CHANGES; i++) {
        size_t commands = 1;
        for (const char *c = changes[i]; *c; c++)
            commands += *c == ';';
        char *before = state_after(""), *after = state_after(changes[i]);
        ck_assert_msg(strcmp(before, after) != 0, "'%s' changes nothing that is looked at here", changes[i]);
        free(before);
        free(after);
        snprintf(line, sizeof line, "%s\nundo %zu", changes[i], commands);
        if (!strstr(changes[i], "history")) /* a new size empties the records */
            expect_same(line, "");
    }
}
END_TEST

START_TEST(redo_does_it_again)
{
    char line[300];
    for (size_t i = 0; i < CHANGES; i++) {
        size_t commands = 1;
        for (const char *c = changes[i]; *c; c++)
            commands += *c == ';';
        snprintf(line, sizeof line, "%s\nundo %zu\nredo %zu", changes[i], commands, commands);
        if (!strstr(changes[i], "history")) /* a new size empties the records */
            expect_same(line, changes[i]);
    }
}
END_TEST

/* A record that went with a population does not come back, and what comes back stands last in the lists. */
START_TEST(what_was_taken_away_comes_back)
{
    struct outcome o = run(START "remove B\nundo\nstatus\nconnections\nB.tau_rc\nset B\n");
    ck_assert_msg(o.good && strstr(o.out, "B.tau_rc,0.029999999999999999,s,"), "%s%s", o.out, o.err);
    ck_assert_msg(strstr(o.out, "A_B,\"connection from A to B") && strstr(o.out, "B_a,\"connection from B to a"), "%s",
                  o.out);
    outcome_free(&o);
    o = run(START "disconnect A_B\nundo\nconnections\n");
    ck_assert_msg(o.good && strstr(o.out, "A_B,"), "%s%s", o.out, o.err);
    outcome_free(&o);
    o = run("population A\ninput A sine\nset A dims=2\nundo\nA.dims\nx\n");
    ck_assert_msg(o.good && strstr(o.out, "A.dims,1,") && strstr(o.out, "A.x,sin("), "%s%s", o.out, o.err);
    outcome_free(&o);
}
END_TEST

START_TEST(steps_are_counted_and_named)
{
    expect_error("undo", "there is nothing to undo");
    expect_error("population A\nredo", "there is nothing to do again: redo takes back what undo did");
    expect_error("population A\nset A n=3\nundo\nset A n=4\nredo",
                 "there is nothing to do again: redo takes back what undo did");
    struct outcome o =
        run_sized("population A n=1 max_rates=165 intercepts=-0.3\nset A tau_ref=4ms\ntau_rc\nstatus\nundo\n"
                  "redo\nundo 9\n",
                  100, 30, true);
    ck_assert_msg(o.good && strstr(o.err, "undone: set A tau_ref=4ms\nA: gain 7.088 \u2192 3.417"), "%s", o.err);
    ck_assert_msg(strstr(o.err, "done again: set A tau_ref=4ms\nA: gain 3.417"), "%s", o.err);
    ck_assert_msg(strstr(o.err, "undone: population A n=1"), "undo 9 goes as far as it can: %s", o.err);
    outcome_free(&o);
    expect_out("population A n=3\nset A n=5\nset A function=\"x + 1\"\nundo 2\nn",
               "name,value,unit,default,help\nA.n,3,\"\",50,number of neurons\n");
}
END_TEST

/* Nothing was simulated between: the neurons go on as if nothing had been. */
START_TEST(the_same_spikes)
{
    static const char begin[] = "population A n=30\ninput A noise\nrun 0.2s\n";
    char lines[300];
    struct outcome a, b;
    snprintf(lines, sizeof lines, "%srun 0.3s\nspikes A from=0\n", begin);
    a = run(lines);
    snprintf(lines, sizeof lines, "%sset A tau_rc=50ms n=40\ninput A 0.5\nundo 2\nrun 0.3s\nspikes A from=0\n", begin);
    b = run(lines);
    ck_assert_msg(a.good && b.good && strlen(a.out) > 500, "%s%s", a.err, b.err);
    ck_assert_msg(strcmp(a.out, b.out) == 0, "spikes after undo differ");
    outcome_free(&a);
    outcome_free(&b);
}
END_TEST

static struct session *on_screen(void)
{
    struct session_options options = {.screen = true, .width = 100, .height = 30, .glyphs = GLYPHS_BRAILLE};
    struct session *session = session_new(&options, &all_commands);
    session_line(session, "population A n=20", NULL, 0);
    session_line(session, "focus 1", NULL, 0);
    return session;
}

START_TEST(keys_and_knobs_make_one_step)
{
    struct session *session = on_screen();
    session_line(session, "select A 3", NULL, 0);
    for (int i = 0; i < 5; i++)
        session_key(session, "Up", true);
    ck_assert_int_ne(session->rig.channel[0]->selected, 3);
    session_key(session, "F10", true);
    ck_assert_int_eq(session->rig.channel[0]->selected, 3);
    session_line(session, "knob A tau_rc 5ms:50ms", NULL, 0);
    for (int i = 0; i < 5; i++) {
        session_key(session, "Right", true);
        session_collect(session);
    }
    ck_assert_msg(session->rig.channel[0]->spec.params.tau_rc > 0.0205, "the knob was turned");
    session_key(session, "F10", true);
    ck_assert_msg(session->rig.channel[0]->spec.params.tau_rc == 0.02, "tau_rc is %g after one undo",
                  session->rig.channel[0]->spec.params.tau_rc);
    session_key(session, "F12", true);
    ck_assert_msg(session->rig.channel[0]->spec.params.tau_rc > 0.0205, "and again as turned");
    session_free(session);
}
END_TEST

START_TEST(many_steps_are_kept_and_the_oldest_forgotten)
{
    struct text lines = {0};
    text_add(&lines, "population A n=1\n");
    for (int i = 0; i < JOURNAL_STEPS + 50; i++)
        text_printf(&lines, "set A n=%d\n", i + 2);
    text_add(&lines, "undo 200\nn\n");
    expect_out(lines.bytes, "name,value,unit,default,help\nA.n,51,\"\",50,number of neurons\n");
    text_free(&lines);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("command: undo", undo_gives_back_what_was, redo_does_it_again, what_was_taken_away_comes_back,
                       steps_are_counted_and_named, the_same_spikes, keys_and_knobs_make_one_step,
                       many_steps_are_kept_and_the_oldest_forgotten);
}
