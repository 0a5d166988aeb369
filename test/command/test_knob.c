/* Knobs: what can be turned, by how much, what is said, and that turning is typing. */
#include "run.h"

#include <math.h>

#include "command/families.h"
#include "frame/frame.h"
#include "session/session.h"

/* The column of the first knob in the table that `knob` gives after these lines. */
static void expect_knob(const char *lines, size_t column, const char *wanted)
{
    struct text script = {0};
    text_printf(&script, "population A n=20 seed=4\n%s\nknob\n", lines);
    struct outcome o = run(text_string(&script));
    const char *cell = strchr(o.out, '\n');
    ck_assert_msg(o.good && cell, "'%s' said: %s", lines, o.err);
    for (size_t i = 0; i < column && cell; i++)
        cell = strchr(cell + 1, ',');
    ck_assert_msg(cell != NULL, "'%s' gave no such column:\n%s", lines, o.out);
    size_t length = strcspn(cell + 1, ",\n");
    ck_assert_msg(length == strlen(wanted) && strncmp(cell + 1, wanted, length) == 0, "'%s' gave %.*s, not %s", lines,
                  (int)length, cell + 1, wanted);
    outcome_free(&o);
    text_free(&script);
}

enum { NAME, OWNER, VALUE, LOW, HIGH, STEP, SCALE, BEFORE };

START_TEST(steps_are_round_and_end_at_the_range)
{
    expect_knob("knob A tau_rc 5ms:50ms\nturn 3", VALUE, "0.021499999999999998"); /* 21.5ms */
    expect_knob("knob A tau_rc 5ms:50ms\nturn -1000", VALUE, "0.0050000000000000001");
    expect_knob("knob A tau_rc 5ms:50ms\nturn 1000", VALUE, "0.050000000000000003");
    expect_knob("set A tau_rc=20.2ms\nknob A tau_rc 5ms:50ms\nturn 1", VALUE, "0.020500000000000001");
    expect_knob("set A tau_rc=20.2ms\nknob A tau_rc 5ms:50ms\nturn -1", VALUE, "0.02");
    expect_knob("knob A tau_rc 5ms:50ms step=10ms\nturn 1", VALUE, "0.025000000000000001");
    expect_knob("knob x -1:1\nturn 50; turn -50", VALUE, "0");
    expect_knob("knob x -1:1\nturn -3", VALUE, "-0.059999999999999998");
    expect_knob("knob x -1:1\nturn high", VALUE, "1");
    expect_knob("knob n 10:200\nturn 1", VALUE, "22");
    expect_knob("knob n 10:200 scale=log\nturn low; turn 1", VALUE, "11");
    expect_knob("knob tau_rc 10ms:1s scale=log step=10\nturn low; turn 1", VALUE, "0.10000000000000001");
    expect_knob("set A tau_rc=2s\nknob tau_rc 5ms:50ms\nturn -1", VALUE, "0.049500000000000002");
    expect_knob("knob speed 0.1:10 scale=log\nturn 1000", VALUE, "10");
    expect_knob("knob dt 0.1ms:5ms\nturn 1", STEP, "5.0000000000000002e-05");
}
END_TEST

START_TEST(what_was_there_comes_back)
{
    expect_knob("set A tau_rc=12.3456789ms\nknob tau_rc 5ms:50ms\nturn 7\nturn reset", VALUE, "0.012345678899999999");
    expect_knob("knob tau_rc 5ms:50ms\nturn 7\nturn tap\nturn tap", VALUE, "0.02");
    expect_knob("knob tau_rc 5ms:50ms\nturn 10\nturn tap\nturn 1\nturn tap", VALUE, "0.025499999999999998");
    expect_knob("knob max_rates 250:350\nturn 1\nturn reset\nset A seed=9", BEFORE, "200:400");
    expect_knob("knob max_rates 250:350\nturn 1", VALUE, "300");
    expect_knob("knob max_rates 250:350\nturn 1\nturn reset", VALUE, "nan");
    /* A new range does not forget. */
    expect_knob("knob tau_rc 5ms:50ms\nturn 4\nknob tau_rc 1ms:90ms", BEFORE, "20ms");
    expect_knob("set A dims=2\ninput A sine phase=0,1.5\nknob x2 -1:1\nturn high", VALUE, "1");
    expect_knob("set A dims=2\ninput A 0.5,1\nknob x -1:1", VALUE, "nan");
    expect_knob("set A dims=2\ninput A 0.5,1\nknob x -1:1\nturn 1\nturn reset", BEFORE, "\"0.5");
    /* An input that was no constant. */
    struct outcome o = run("population A n=5\ninput A sine frequency=3Hz amplitude=0.5\nrun 10ms\nrates A > /dev/null\n"
                           "knob x -1:1\nturn 1\nturn reset\nlist\n");
    ck_assert_msg(o.good && strstr(o.out, "0.5 sin(2") && strstr(o.out, "3t)"), "%s%s", o.out, o.err);
    outcome_free(&o);
}
END_TEST

START_TEST(names_may_be_short_and_owned)
{
    expect_knob("input A sine\nknob freq 1Hz:10Hz", NAME, "input.frequency");
    expect_knob("population B\nknob B tau_rc 5ms:50ms", OWNER, "B");
    expect_knob("knob dt 0.1ms:5ms", OWNER, "\"\"");
    expect_knob("population B\nknob tau_rc 1ms:9ms\nknob B tau_rc 5ms:50ms\nknob off A tau_rc", OWNER, "B");
    expect_knob("knob tau_ref", LOW, "0.00050000000000000001");
    expect_knob("population B\nknob A tau_rc 1ms:9ms\nknob B n 1:9\nremove A", NAME, "n");
    expect_out("population A\nknob tau_rc 5ms:50ms\nknob n 1:9\nknob off\nknob\n",
               "knob,population,value,low,high,step,scale,before\n");
}
END_TEST

START_TEST(wrong_words_are_explained)
{
    static const struct {
        const char *line, *says;
    } cases[] = {
        {"knob tau_rc 5ms", "5ms is no range from low to high: knob tau_rc 5ms:50ms"},
        {"knob tau_rc 0:5ms", "tau_rc=0: must be above 0 s and at most 1 000 000 s"},
        {"knob tau_rc 1Hz:2Hz", "tau_rc: '1Hz': a time is wanted here, in s, ms, us, ns, min (none: s)"},
        {"knob A", "a knob of what? knob A tau_rc 5ms:50ms"},
        {"knob n 1.5:3", "n 1.5:3: whole numbers are wanted"},
        {"knob n 1:30 step=0.5", "step=0.5: a whole number is wanted"},
        {"knob tau_rc 5ms:50ms step=1s", "step=1s: must be above 0 and at most 45 ms, the whole range"},
        {"knob x -1:1 scale=log", "-1:1: scale=log wants a range above 0"},
        {"knob n 1:9 scale=log step=1", "step=1: with scale=log a step is a factor above 1, at most high/low"},
        {"knob intercepts", "intercepts: from where to where? knob intercepts LO:HI"},
        {"turn 1", "there is no knob to turn: knob tau_rc 5ms:50ms makes one"},
        {"focus knobs", "there is no knob: knob tau_rc 5ms:50ms makes one"},
        {"knob n 1:9; knob off x", "unknown knob 'x': one of n"},
        {"knob n 1:9; knob tau_rc 1ms:9ms; knob tau_ref 1ms:2ms; knob sigma 0.1:1; knob x 0:1; knob dt 1ms:2ms; "
         "knob speed 1:2; knob fps 1:9; knob window 1:2; knob mu 1mV:9mV; knob meanfield.sigma 1mV:9mV; "
         "knob meanfield.tau_m 1ms:9ms; knob history 1:9",
         "there are 12 knobs, which is the most: knob off removes them"},
        {"remove A; knob tau_rc 5ms:50ms",
         "there is no population that could have a tau_rc to turn: population A makes one"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text lines = {0};
        text_printf(&lines, "population A\n%s\n", cases[i].line);
        expect_error(text_string(&lines), cases[i].says);
        text_free(&lines);
    }
}
END_TEST

/* ---- on the screen ---- */

struct bench {
    struct session *session;
    struct session_options options;
    struct view view;
    FILE *sink;
    char *said;
    size_t size;
};

static double test_time;

static double test_clock(void)
{
    return test_time;
}

static void open_bench(struct bench *b, const char *line)
{
    struct error error;
    *b = (struct bench){0};
    b->sink = open_memstream(&b->said, &b->size);
    b->options = (struct session_options){
        .screen = true, .width = 80, .height = 24, .clock = test_clock, .out = b->sink, .err = b->sink};
    b->session = session_new(&b->options, &all_commands);
    ck_assert(session_start(b->session, NULL, NULL, &error));
    session_line(b->session, "population A n=20 seed=4", NULL, 0);
    session_line(b->session, line, NULL, 0);
}

static void close_bench(struct bench *b)
{
    session_free(b->session);
    fclose(b->sink);
    free(b->said);
}

static bool is_said(struct bench *b, const char *part)
{
    enum ink ink;
    session_view(b->session, &b->view);
    for (size_t i = 0; i < transcript_lines(b->view.output); i++)
        if (strstr(transcript_line(b->view.output, i, &ink), part))
            return true;
    return false;
}

START_TEST(a_knob_says_what_turns_it)
{
    static const struct {
        const char *line, *says;
    } cases[] = {
        {"knob tau_rc 5ms:50ms", "slider for tau_rc of A, 5 ms to 50 ms; ← → turn it, as does set A tau_rc=..."},
        {"knob dt 0.1ms:1ms", "slider for dt, 100 us to 1 ms; ← → turn it, as does set dt=..."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct bench b;
        open_bench(&b, cases[i].line);
        ck_assert_msg(is_said(&b, cases[i].says), "'%s' does not say '%s'", cases[i].line, cases[i].says);
        close_bench(&b);
    }
}
END_TEST

/* The knob's value as the next frame shows it. */
static const char *frame_value(struct bench *b, size_t knob)
{
    session_collect(b->session);
    session_view(b->session, &b->view);
    ck_assert_uint_gt(b->view.knobs, knob);
    return b->view.knob[knob].value;
}

static size_t count_answers(struct bench *b, const char *part)
{
    size_t count = 0;
    enum ink ink;
    session_view(b->session, &b->view);
    for (size_t i = 0; i < transcript_lines(b->view.output); i++)
        count += strstr(transcript_line(b->view.output, i, &ink), part) != NULL;
    return count;
}

START_TEST(keys_turn_at_the_next_frame)
{
    struct bench b;
    open_bench(&b, "knob tau_rc 5ms:50ms");
    ck_assert_str_eq(frame_value(&b, 0), "20 ms");
    ck_assert(b.view.knob_keys);
    for (int i = 0; i < 5; i++)
        ck_assert(session_key(b.session, "Right", true));
    session_view(b.session, &b.view);
    ck_assert_str_eq(b.view.knob[0].value, "20 ms"); /* not before the frame */
    ck_assert_str_eq(frame_value(&b, 0), "22.5 ms");
    ck_assert(session_key(b.session, "S-Left", true));
    ck_assert_str_eq(frame_value(&b, 0), "17.5 ms");
    ck_assert(session_key(b.session, "End", true));
    ck_assert_str_eq(frame_value(&b, 0), "50 ms");
    ck_assert(session_key(b.session, "Backspace", true));
    ck_assert_str_eq(frame_value(&b, 0), "50 ms");
    ck_assert(session_key(b.session, "Backspace", true));
    ck_assert_str_eq(frame_value(&b, 0), "20 ms");
    /* While something is typed the keys are the line's; the history has Up while there is one knob. */
    ck_assert(!session_key(b.session, "Right", false));
    ck_assert(!session_key(b.session, "Up", true));
    session_key(b.session, "Left", true);
    ck_assert_str_eq(frame_value(&b, 0), "19.5 ms");
    ck_assert_uint_eq(count_answers(&b, "> set A tau_rc="), 0);
    ck_assert(session_key(b.session, "Esc", true));
    ck_assert_uint_eq(count_answers(&b, "> set A tau_rc=19.5ms"), 1);
    ck_assert(!session_key(b.session, "Left", true));
    ck_assert(session_key(b.session, "F9", true) && session_key(b.session, "Left", true));
    ck_assert_str_eq(frame_value(&b, 0), "19 ms");
    close_bench(&b);
}
END_TEST

START_TEST(several_knobs_take_turns)
{
    struct bench b;
    open_bench(&b, "knob tau_rc 5ms:50ms; knob n 10:200; knob x -1:1");
    frame_value(&b, 0);
    ck_assert_uint_eq(b.view.knob_chosen, 2);
    ck_assert(session_key(b.session, "Down", true) && session_key(b.session, "Right", true));
    ck_assert_str_eq(frame_value(&b, 0), "20.5 ms");
    ck_assert(session_key(b.session, "Up", true) && session_key(b.session, "Up", true));
    ck_assert(session_key(b.session, "Right", true));
    ck_assert_str_eq(frame_value(&b, 1), "22");
    /* A pane that takes the keys keeps them until F9. */
    ck_assert(session_key(b.session, "F2", true) && session_key(b.session, "Right", true));
    ck_assert_str_eq(frame_value(&b, 1), "22");
    ck_assert(!b.view.knob_keys);
    session_line(b.session, "set A n=77", NULL, 0);
    ck_assert_str_eq(frame_value(&b, 1), "77"); /* it shows what is there */
    session_line(b.session, "input A sine 2Hz", NULL, 0);
    ck_assert_str_eq(frame_value(&b, 2), "sine");
    session_line(b.session, "remove A", NULL, 0);
    session_collect(b.session);
    session_view(b.session, &b.view);
    ck_assert_uint_eq(b.view.knobs, 0);
    close_bench(&b);
}
END_TEST

START_TEST(a_limit_is_said_once)
{
    struct bench b;
    open_bench(&b, "knob tau_ref 1ms:8ms");
    for (int i = 0; i < 30; i++) {
        session_key(b.session, "S-Right", true);
        frame_value(&b, 0);
    }
    ck_assert_str_eq(frame_value(&b, 0), "2.45 ms"); /* 1 / 400 Hz is 2.5 ms */
    ck_assert_uint_eq(count_answers(&b, "is not below 1/tau_ref"), 1);
    session_key(b.session, "Left", true);
    ck_assert_str_eq(frame_value(&b, 0), "2.4 ms");
    session_key(b.session, "End", true);
    frame_value(&b, 0);
    ck_assert_uint_eq(count_answers(&b, "is not below 1/tau_ref"), 2);
    close_bench(&b);
}
END_TEST

/* The column and the row where the slider of a knob has a part of its range. */
static int find_slider(struct bench *b, int knob, double part, int *row)
{
    struct pane_hit hit;
    int index;
    session_collect(b->session);
    session_view(b->session, &b->view);
    for (*row = 0; *row < 24; ++*row)
        for (int x = 0; x < 80; x++)
            if (frame_hit(&b->view, 80, 24, x, *row, &index, &hit) == FRAME_KNOB && index == knob &&
                frame_knob(&b->view, 80, 24, knob, x) >= part)
                return x;
    ck_abort_msg("knob %d is nowhere", knob);
}

START_TEST(the_mouse_turns)
{
    struct bench b;
    int row;
    open_bench(&b, "knob tau_rc 5ms:50ms; knob x -1:1");
    test_time = 10;
    int right = find_slider(&b, 0, 1, &row), left = find_slider(&b, 0, 1e-9, &row) - 1;
    session_mouse(b.session, "Click", right, row, 80, 24);
    ck_assert_str_eq(frame_value(&b, 0), "50 ms");
    ck_assert_uint_eq(b.view.knob_chosen, 0);
    session_mouse(b.session, "Drag", left, 2, 80, 24); /* wherever the pointer is by now */
    ck_assert_str_eq(frame_value(&b, 0), "5 ms");
    session_mouse(b.session, "Drag", 0, row, 80, 24);
    ck_assert_str_eq(frame_value(&b, 0), "5 ms");
    session_mouse(b.session, "Release", 0, row, 80, 24);
    session_mouse(b.session, "Drag", right, row, 80, 24);
    ck_assert_str_eq(frame_value(&b, 0), "5 ms");
    session_mouse(b.session, "WheelUp", right, row, 80, 24);
    ck_assert_str_eq(frame_value(&b, 0), "5.5 ms");
    session_mouse(b.session, "C-WheelUp", right, row, 80, 24);
    ck_assert_str_eq(frame_value(&b, 0), "10.5 ms");
    test_time = 20;
    session_mouse(b.session, "Click", right, row, 80, 24);
    session_mouse(b.session, "Release", right, row, 80, 24);
    test_time = 20.2;
    session_mouse(b.session, "Click", right, row, 80, 24);
    ck_assert_str_eq(frame_value(&b, 0), "20 ms");
    int x = find_slider(&b, 1, 0.5, &row);
    session_mouse(b.session, "Click", x, row, 80, 24);
    frame_value(&b, 1);
    ck_assert_msg(fabs(b.view.knob[1].at - 0.5) < 0.1, "x is at %g", b.view.knob[1].at);
    ck_assert_uint_eq(b.view.knob_chosen, 1);
    close_bench(&b);
}
END_TEST

START_TEST(every_number_can_be_turned)
{
    struct bench b;
    open_bench(&b, "input A sine 2Hz");
    char **words = session_complete(b.session, "knob A ", 7, 7);
    ck_assert(words != NULL);
    size_t turned = 0;
    for (size_t i = 0; words[i]; i++) {
        char line[200];
        snprintf(line, sizeof line, "knob A %s", words[i]);
        if (session_line(b.session, line, NULL, 0)) { /* those with a positive value, which needs no range */
            snprintf(line, sizeof line, "turn 1; knob off");
            session_collect(b.session);
            ck_assert_msg(session_line(b.session, line, NULL, 0), "%s cannot be turned", words[i]);
            turned++;
        }
        free(words[i]);
    }
    free(words);
    ck_assert_uint_ge(turned, 12);
    close_bench(&b);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("command: knobs", steps_are_round_and_end_at_the_range, what_was_there_comes_back,
                       names_may_be_short_and_owned, wrong_words_are_explained, a_knob_says_what_turns_it,
                       keys_turn_at_the_next_frame, several_knobs_take_turns, a_limit_is_said_once, the_mouse_turns,
                       every_number_can_be_turned);
}
