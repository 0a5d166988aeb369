/* Looking at spikes: which neurons, which time, what lies between two cursors, recordings side by side,
 * replay. */
#include "run.h"

#include "command/families.h"
#include "pane/layout.h"
#include "session/keymap.h"
#include "session/session.h"
#include "view/replay.h"

static const char recording[] =
    "time,neuron\n0.10,7\n0.20,3\n0.30,9\n0.40,7\n0.50,20\n0.60,7\n0.70,40\n0.80,7\n1.00,3\n";
static const char another[] = "time,neuron\n0.50,a:1\n0.75,a:2\n1.50,b:1\n";
static const char later[] = "time,neuron\n100.5,1\n100.75,2\n101.5,1\n";

/* "R" and "Q" overlap in time, "L" is another day. */
static const char *load_line(void)
{
    static char line[1000];
    char r[256], q[256], l[256];
    snprintf(r, sizeof r, "%s", scratch("r.csv"));
    snprintf(q, sizeof q, "%s", scratch("q.csv"));
    snprintf(l, sizeof l, "%s", scratch("l.csv"));
    write_file(r, recording);
    write_file(q, another);
    write_file(l, later);
    snprintf(line, sizeof line, "load %s as R; load %s as Q; load %s as L; pane 1 raster R; pane 2 rates R", r, q, l);
    return line;
}

static const char *load_one(void)
{
    static char line[400];
    const char *r = scratch("r.csv");
    write_file(r, recording);
    snprintf(line, sizeof line, "load %s as R; close 2", r);
    return line;
}

struct hand {
    struct session *session;
    struct view view;
    char *out, *err;
    size_t out_size, err_size;
    struct session_options options;
};

static double test_time;

static double test_clock(void)
{
    return test_time;
}

static void hand_open(struct hand *hand, bool screen)
{
    struct error error;
    *hand = (struct hand){.options = {.screen = screen,
                                      .interactive = screen,
                                      .width = 80,
                                      .height = 24,
                                      .glyphs = GLYPHS_ASCII,
                                      .clock = test_clock}};
    hand->options.out = open_memstream(&hand->out, &hand->out_size);
    hand->options.err = open_memstream(&hand->err, &hand->err_size);
    hand->session = session_new(&hand->options, &all_commands);
    if (screen)
        ck_assert(session_start(hand->session, NULL, NULL, &error));
}

static void hand_close(struct hand *hand)
{
    session_free(hand->session);
    fclose(hand->options.out);
    fclose(hand->options.err);
    free(hand->out);
    free(hand->err);
}

static const struct subject *seen(struct hand *hand, const char *name)
{
    session_view(hand->session, &hand->view);
    const struct subject *subject = view_subject(&hand->view, name);
    ck_assert_msg(subject != NULL, "there is no %s", name);
    return subject;
}

static void say(struct hand *hand, const char *line)
{
    bool good = session_line(hand->session, line, NULL, 0);
    while (hand->session->job) /* it loads */
        session_collect(hand->session);
    fflush(hand->options.err);
    ck_assert_msg(good, "'%s' failed: %s", line, hand->err);
}

/* The last answer. */
static const char *answer(struct hand *hand)
{
    enum ink ink;
    session_view(hand->session, &hand->view);
    const char *line = transcript_line(hand->view.output, transcript_lines(hand->view.output) - 1, &ink);
    return line + strspn(line, " ");
}

#define EXPECT_WINDOW(hand, name, from_, to_)                                                                          \
    do {                                                                                                               \
        const struct subject *s_ = seen(hand, name);                                                                   \
        ck_assert_msg(fabs(s_->from - (from_)) < 1e-9 && fabs(s_->to - (to_)) < 1e-9,                                  \
                      "%s is seen from %.12g to %.12g, not from %.12g to %.12g", name, s_->from, s_->to,               \
                      (double)(from_), (double)(to_));                                                                 \
    } while (0)

/* ---- which neurons ---- */

/* The labels of what is shown, from the bottom row to the top. */
static void expect_rows(struct hand *hand, const char *name, const char *wanted)
{
    const struct subject *s = seen(hand, name);
    char got[400] = "", label[64];
    size_t count = s->places ? s->places : s->neurons;
    for (size_t i = 0; i < count; i++) {
        size_t used = strlen(got);
        uint32_t neuron = s->order ? s->order[i] : (uint32_t)i;
        snprintf(got + used, sizeof got - used, "%s%s", i ? " " : "",
                 source_label(&s->spikes, neuron, label, sizeof label));
    }
    ck_assert_msg(strcmp(got, wanted) == 0, "%s shows '%s', not '%s'", name, got, wanted);
}

static const struct {
    const char *line, *rows;
} lists[] = {
    {"show R 3,20", "3 20"},
    {"show R 7:20", "7 9 20"},
    {"show R 20:7,3", "3 7 9 20"},
    {"show R 8:10,40", "9 40"},
    {"show R 7.0", "7"},
    {"show R all", "3 7 9 20 40"},
    {"show R 3,3,3:3", "3"},
    {"show Q a:1", "a:1"},
    {"show Q a:2:b:1", "a:2 b:1"},
    {"show Q 0", "a:1"},
    {"show Q 1:2", "a:2 b:1"},
    {"show Q b:1,a:1", "a:1 b:1"},
    {"show R all; sort R rate", "9 20 40 3 7"},
    {"sort R rate descending", "7 3 9 20 40"},
    {"sort R first", "7 3 9 20 40"},
    {"sort R label desc", "40 20 9 7 3"},
    {"show R 7,9,40; sort R number", "7 9 40"},
    {"sort R default; show R all", "3 7 9 20 40"},
};

/* Labels that differ in control characters only are different neurons, and are found as they are shown. */
START_TEST(control_characters_in_labels_stay_apart)
{
    const char *path = scratch("control.csv");
    char line[600];
    write_file(path, "time,neuron\n0.1,a\x01\n0.2,a\x02\n0.3,a\x1b\n0.4,a\x02\n");
    snprintf(line, sizeof line, "load %s as R; stats R", path);
    struct outcome o = run(line);
    ck_assert_msg(o.good && strstr(o.out, "\na^A,1,") && strstr(o.out, "\na^B,2,") && strstr(o.out, "\na^[,1,"), "%s%s",
                  o.err, o.out);
    outcome_free(&o);
}
END_TEST

START_TEST(lists_and_keys_choose_rows)
{
    struct hand hand;
    hand_open(&hand, false);
    say(&hand, load_line());
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        const char *name = strstr(lists[i].line, " Q") ? "Q" : "R";
        say(&hand, lists[i].line);
        expect_rows(&hand, name, lists[i].rows);
    }
    hand_close(&hand);
}
END_TEST

START_TEST(a_choice_and_an_order_go_together)
{
    struct hand hand;
    hand_open(&hand, false);
    say(&hand, load_line());
    say(&hand, "sort R rate; show R 7,9,3");
    expect_rows(&hand, "R", "9 3 7");
    say(&hand, "sort R rate desc");
    expect_rows(&hand, "R", "7 3 9");
    say(&hand, "show R all");
    expect_rows(&hand, "R", "7 3 9 20 40");
    hand_close(&hand);
}
END_TEST

START_TEST(a_file_gives_depths)
{
    struct hand hand;
    char line[400], path[256];
    snprintf(path, sizeof path, "%s", scratch("depth.csv"));
    hand_open(&hand, false);
    say(&hand, load_line());
    write_file(path, "unit;depth;quality\n7;300;1\n3;100;2\n9;200;3\n20;50;4\n40;400;0\n");
    snprintf(line, sizeof line, "sort R @%s", path);
    say(&hand, line);
    expect_rows(&hand, "R", "20 3 9 7 40");
    ck_assert_str_eq(seen(&hand, "R")->ordered_by, "depth");
    snprintf(line, sizeof line, "sort R @%s descending column=quality", path);
    say(&hand, line);
    expect_rows(&hand, "R", "20 9 3 7 40");
    write_file(path, "b:1,1\na:2,3\na:1,2\n");
    snprintf(line, sizeof line, "sort Q @%s", path);
    say(&hand, line);
    expect_rows(&hand, "Q", "b:1 a:1 a:2");
    write_file(path, "3\n1\n2\n");
    say(&hand, line);
    expect_rows(&hand, "Q", "a:2 b:1 a:1");
    hand_close(&hand);
}
END_TEST

/* The lines fail, and this is among what they say. */
static void expect_failure(const char *lines, const char *sentence)
{
    struct outcome o = run(lines);
    ck_assert_msg(!o.good && strstr(o.err, sentence), "'%s' said\n%s\nnot\n%s", lines, o.err, sentence);
    outcome_free(&o);
}

START_TEST(a_file_that_does_not_fit_is_said)
{
    char line[1400], path[256], sentence[800];
    snprintf(path, sizeof path, "%s", scratch("depth.csv"));
    write_file(path, "unit,depth\n7,300\n8,100\n9,\n");
    snprintf(line, sizeof line, "%s\nsort R @%s\n", load_one(), path);
    struct outcome o = run(line);
    snprintf(sentence, sizeof sentence,
             "lifscope: t:2: %s: 1 row is for no neuron of R\n"
             "lifscope: t:2: %s: 3 neurons of R have no row, and stand on top\n",
             path, path);
    ck_assert_msg(o.good && strstr(o.err, sentence), "%s", o.err);
    outcome_free(&o);
    write_file(path, "unit,depth\nx,300\n");
    snprintf(sentence, sizeof sentence, "lifscope: t:2: %s names no neuron of R; its first row is for x\n", path);
    expect_failure(line, sentence);
    write_file(path, "unit,depth\n7,deep\n");
    snprintf(sentence, sizeof sentence, "lifscope: t:2: %s:2: 'deep' in column 2 (depth) is not a number\n", path);
    expect_failure(line, sentence);
    snprintf(line, sizeof line, "%s\nsort R @%s column=z\n", load_one(), path);
    snprintf(sentence, sizeof sentence, "lifscope: t:2: %s has no column 'z'\n", path);
    expect_failure(line, sentence);
}
END_TEST

START_TEST(a_changed_population_keeps_what_is_left_of_the_choice)
{
    struct hand hand;
    hand_open(&hand, false);
    say(&hand, "population A n=20; show A 3,5,15:19; sort A number");
    expect_rows(&hand, "A", "3 5 15 16 17 18 19");
    say(&hand, "set A n=17");
    expect_rows(&hand, "A", "3 5 15 16");
    say(&hand, "set A n=2");
    expect_rows(&hand, "A", "0 1");
    say(&hand, "sort A default");
    ck_assert_ptr_eq(seen(&hand, "A")->ordered_by, NULL);
    hand_close(&hand);
}
END_TEST

START_TEST(rows_zoom_and_pan)
{
    struct hand hand;
    hand_open(&hand, false);
    say(&hand, "population A n=64; sort A number; select A 10; rows in");
    const struct subject *s = seen(&hand, "A");
    ck_assert_uint_eq(s->rows, 32);
    ck_assert_uint_eq(s->first_row, 5); /* neuron 10 stays a sixth of the way up */
    say(&hand, "rows 8; rows page-up");
    s = seen(&hand, "A");
    ck_assert_uint_eq(s->rows, 8);
    ck_assert_uint_eq(s->first_row, 17);
    say(&hand, "rows page-up; rows page-up; rows page-up; rows page-up; rows page-up; rows page-up");
    ck_assert_uint_eq(seen(&hand, "A")->first_row, 56);
    say(&hand, "rows down");
    ck_assert_uint_eq(seen(&hand, "A")->first_row, 54);
    say(&hand, "select A 20"); /* comes into sight */
    ck_assert_uint_eq(seen(&hand, "A")->first_row, 20);
    say(&hand, "select next; select A 27; select next");
    ck_assert_uint_eq(seen(&hand, "A")->first_row, 21);
    say(&hand, "rows all");
    ck_assert_uint_eq(seen(&hand, "A")->rows, 0);
    hand_close(&hand);
}
END_TEST

START_TEST(pictures_say_how_many_are_shown)
{
    char lines[600];
    snprintf(lines, sizeof lines,
             "%s; show R 7,20:40; sort rate desc; select R 7; mark R 0.3 go; cursor 1 0.4; "
             "cursor 2 0.8; save-screen",
             load_one());
    struct outcome o = run_sized(lines, 50, 14, false);
    ck_assert_msg(o.good, "%s", o.err);
    static const char picture[] = " lifscope  R 5 neurons  9 spikes  0.1 to 1 s\n"
                                  "┌─ 1 raster R ───────────────────────────────────┐\n"
                                  "│        1-2: 400 ms (2.5 Hz) · 7: 2 spikes, 5 Hz│\n"
                                  "│ 40┤          ╎   ┆              ⡄   ┆          │\n"
                                  "│   │          ╎   ┆              ⠃   ┆          │\n"
                                  "│ 20┤          ╎   ┆    ⢸             ┆          │\n"
                                  "│   │⡀         ╎   ⢀         ⡀        ⢀          │\n"
                                  "│  7▶⠇         ╎   ⠸         ⠇        ⠸          │\n"
                                  "│   └─────┬────◆───1─────────┬────────2─────────┬│\n"
                                  "│        0.2      0.4       0.6      0.8    1.0 s│\n"
                                  "└───────────── 3 of 5 neurons shown · 10 ms/dot ─┘\n\n\n"
                                  ">               F1 help  Tab complete  F2-F4 pane\n";
    ck_assert_msg(strcmp(o.out, picture) == 0, "%s\nis not\n%s", o.out, picture);
    outcome_free(&o);
}
END_TEST

/* ---- time ---- */

START_TEST(zooming_keeps_a_moment_in_its_place)
{
    struct hand hand;
    hand_open(&hand, false);
    say(&hand, load_one());
    say(&hand, "window 0.4; goto 0.5");
    EXPECT_WINDOW(&hand, "R", 0.3, 0.7);
    ck_assert_double_eq_tol(seen(&hand, "R")->now, 0.5, 1e-12);
    say(&hand, "scroll 0.1; window in");
    EXPECT_WINDOW(&hand, "R", 0.45, 0.65); /* 0.5 stays a quarter of the way */
    say(&hand, "window 0.4 at=0.65");
    EXPECT_WINDOW(&hand, "R", 0.25, 0.65);
    hand_close(&hand);
}
END_TEST

/* Also where the window would reach the present, and so would follow it. */
START_TEST(zooming_keeps_what_was_asked_for_of_a_paused_population)
{
    static const char *const lines[] = {"goto 3s", "window 1s", "window in", "window in", "window 4s", "set window=1s"};
    struct hand hand;
    for (int screen = 0; screen < 2; screen++) {
        hand_open(&hand, screen);
        say(&hand, "population A n=3; input A 0.9; speed max; run 3.2s");
        while (session_busy(hand.session))
            session_collect(hand.session);
        for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
            say(&hand, lines[i]);
            const struct subject *s = seen(&hand, "A");
            ck_assert_msg(!s->sweep && s->from < 3 && s->to > 3, "after %s: %g to %g", lines[i], s->from, s->to);
            if (i < 4)
                ck_assert_msg(fabs((s->from + s->to) / 2 - 3) < 1e-9, "after %s: %g to %g", lines[i], s->from, s->to);
        }
        say(&hand, "follow; window 0.5s; cursor 1 3.1s; window in; window in");
        const struct subject *s = seen(&hand, "A");
        ck_assert_msg(s->from < 3.1 && s->to > 3.1, "the cursor at 3.1 is not between %g and %g", s->from, s->to);
        hand_close(&hand);
    }
}
END_TEST

START_TEST(goto_walks_from_spike_to_spike)
{
    struct hand hand;
    hand_open(&hand, true);
    say(&hand, load_one());
    say(&hand, "select R 7; goto next");
    ck_assert_double_eq_tol(seen(&hand, "R")->now, 0.1, 1e-12);
    say(&hand, "goto next; goto next");
    ck_assert_double_eq_tol(seen(&hand, "R")->now, 0.6, 1e-12);
    ck_assert_str_eq(answer(&hand), "neuron 7 spikes at 0.6 s");
    say(&hand, "goto prev");
    ck_assert_double_eq_tol(seen(&hand, "R")->now, 0.4, 1e-12);
    say(&hand, "window 50ms; goto next"); /* out of sight, so the window moves */
    EXPECT_WINDOW(&hand, "R", 0.575, 0.625);
    say(&hand, "goto next");
    ck_assert(!session_line(hand.session, "goto next", NULL, 0));
    ck_assert_str_eq(answer(&hand), "neuron 7 of R has no spike after this");
    say(&hand, "select none");
    ck_assert(!session_line(hand.session, "goto next", NULL, 0));
    ck_assert_str_eq(answer(&hand), "whose spike? select R NEURON chooses one, Up and Down do in a pane");
    hand_close(&hand);
}
END_TEST

/* The spikes of a live record, and every one of many at one time, are found too. */
START_TEST(every_spike_is_walked_over)
{
    struct hand hand;
    double times[400];
    hand_open(&hand, false);
    say(&hand, "population A n=3; input A 0.9; run 1s; select A 1; goto start; window 1.2s");
    const struct subject *s = seen(&hand, "A");
    size_t count = source_train(&s->spikes, 1, 0, 2, times, 400);
    ck_assert_uint_gt(count, 20);
    for (size_t i = 0; i < count; i++) {
        say(&hand, "goto next; cursor 1");
        s = seen(&hand, "A");
        const struct time_mark *last = &s->mark[s->marks - 1];
        ck_assert(last->cursor);
        ck_assert_msg(last->time == times[i], "spike %zu: %.12g, not %.12g", i, last->time, times[i]);
    }
    hand_close(&hand);
}
END_TEST

/* ---- cursors and markers ---- */

START_TEST(cursors_measure)
{
    char lines[700];
    static const struct {
        const char *line, *row;
    } cases[] = {
        {"select R 7; cursor R 1 0.4; cursor R 2 0.8; cursor R",
         "0.40000000000000002,0.80000000000000004,0.40000000000000002,7,2,5"},
        {"select R 7; cursor 2 0.4; cursor 1 0.8; cursor",
         "0.80000000000000004,0.40000000000000002,0.40000000000000002,7,2,5"},
        {"select none; cursor 1 0.25; cursor 2 0.75; cursor", "0.25,0.75,0.5,all,5,2"},
        {"select none; cursor 1 0.25; cursor", "0.25,,,all,,"},
        {"select none; cursor 1 0.25; cursor off; cursor", "\"\",,,all,,"},
        {"select 7; goto 0.5s; cursor 1; goto next; cursor 2; cursor",
         "0.5,0.59999999999999998,0.099999999999999978,7,0,0"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char wanted[300];
        snprintf(lines, sizeof lines, "%s; %s", load_one(), cases[i].line);
        snprintf(wanted, sizeof wanted, "t1,t2,interval,neuron,spikes,rate\n%s\n", cases[i].row);
        struct outcome o = run(lines);
        ck_assert_msg(o.good && strcmp(o.out, wanted) == 0, "'%s' gives\n%s%s", cases[i].line, o.out, o.err);
        outcome_free(&o);
    }
}
END_TEST

START_TEST(markers_come_and_go)
{
    struct outcome o =
        run("population A\nmark A 1s,2s stim\nmark A 3 'the end'\nmark\nunmark A stim\nmark A\nunmark\nmark\n");
    ck_assert_msg(o.good, "%s", o.err);
    ck_assert_str_eq(o.out, "name,time,label\nA,1,stim\nA,2,stim\nA,3,the end\nname,time,label\nA,3,the end\n"
                            "name,time,label\n");
    outcome_free(&o);
    char lines[400];
    const char *path = scratch("marks.csv");
    write_file(path, "kind,time\n1,0.5\n2,0.75\n");
    snprintf(lines, sizeof lines, "population A; mark A @%s; mark", path);
    expect_out(lines, "name,time,label\nA,0.5,\"\"\nA,0.75,\"\"\n");
}
END_TEST

START_TEST(a_marker_that_is_never_seen_is_spoken_of)
{
    static const struct {
        const char *line, *said;
    } rows[] = {
        {"mark R 99999s", "the marker at 99 999 s lies outside of R, which goes from 1 s to 2.5 s\n"},
        {"mark R 0,1,2,3", "2 of 4 markers lie outside of R, which goes from 1 s to 2.5 s\n"},
        {"mark R 1,2.5", ""},
    };
    const char *path = scratch("marked.csv");
    char lines[400];
    write_file(path, "time,neuron\n1,0\n2.5,1\n");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        snprintf(lines, sizeof lines, "load %s as R unit=s\n%s", path, rows[i].line);
        struct outcome o = run(lines);
        bool said = *rows[i].said ? strstr(o.err, rows[i].said) != NULL : strstr(o.err, "lie") == NULL;
        ck_assert_msg(o.good && said, "'%s' said %s", rows[i].line, o.err);
        outcome_free(&o);
    }
}
END_TEST

/* ---- one axis ---- */

static bool is_said(struct hand *hand, const char *part)
{
    enum ink ink;
    session_view(hand->session, &hand->view);
    for (size_t i = 0; i < transcript_lines(hand->view.output); i++)
        if (strstr(transcript_line(hand->view.output, i, &ink), part))
            return true;
    return false;
}

/* One that is of another time takes the panes of the one before, and it is said how to have that back. */
START_TEST(a_recording_of_another_time_says_what_it_replaces)
{
    struct hand hand;
    char early[300], late[300], line[800];
    snprintf(early, sizeof early, "%s", scratch("early.csv"));
    snprintf(late, sizeof late, "%s", scratch("late.csv"));
    write_file(early, "time_s,unit\n0.5,1\n1,2\n1.5,1\n");
    write_file(late, "time_s,unit\n100,1\n101,2\n102,1\n");
    hand_open(&hand, true);
    snprintf(line, sizeof line, "load %s as R", early);
    say(&hand, line);
    snprintf(line, sizeof line, "load %s as R2", late);
    say(&hand, line);
    ck_assert_msg(is_said(&hand, "R2 goes from 100 s to 102 s, R from 500 ms to 1.5 s"), "it is not said");
    snprintf(line, sizeof line, "load %s as R3", late);
    say(&hand, line);
    ck_assert_msg(!is_said(&hand, "R3 goes from"), "R3 shares the time of R2, and they replace nothing");
    hand_close(&hand);
}
END_TEST

/* What arrives has no time in common with what was recorded, so each takes the other's panes, and says so. */
START_TEST(what_arrives_and_recordings_say_what_they_replace)
{
    struct hand hand;
    char early[300], late[300], line[800];
    snprintf(early, sizeof early, "%s", scratch("early.csv"));
    snprintf(late, sizeof late, "%s", scratch("arriving.csv"));
    write_file(early, "time_s,unit\n0.5,1\n1,2\n1.5,1\n");
    write_file(late, "time_s,unit\n100,1\n101,2\n102,1\n");
    hand_open(&hand, true);
    snprintf(line, sizeof line, "follow %s as F", late);
    say(&hand, line);
    snprintf(line, sizeof line, "load %s as R", early);
    say(&hand, line);
    ck_assert_msg(is_said(&hand, "R goes from 500 ms to 1.5 s, F from 100 s to 102 s: R takes the panes, and pane 1 "
                                 "raster F brings F back") ||
                      is_said(&hand, "R takes the panes of F, and pane 1 raster F brings F back"),
                  "a recording that takes the panes of what arrives says nothing");
    snprintf(line, sizeof line, "follow %s as G", early);
    say(&hand, line);
    ck_assert_msg(is_said(&hand, "G takes the panes of R, and pane 1 raster R brings R back") ||
                      is_said(&hand, "R from 500 ms to 1.5 s: G takes the panes, and pane 1 raster R brings R back"),
                  "what arrives takes the panes of a recording and says nothing");
    hand_close(&hand);
}
END_TEST

START_TEST(recordings_that_overlap_move_together)
{
    struct hand hand;
    hand_open(&hand, false);
    say(&hand, load_line());
    say(&hand, "window R 0.4; goto R 0.7; cursor R 1 0.6");
    EXPECT_WINDOW(&hand, "Q", 0.5, 0.9);
    ck_assert_uint_eq(seen(&hand, "Q")->marks, 1);
    ck_assert_double_gt(seen(&hand, "L")->from, 90);
    ck_assert_uint_eq(seen(&hand, "L")->marks, 0);
    say(&hand, "set link=off; goto Q 1");
    EXPECT_WINDOW(&hand, "Q", 0.8, 1.2);
    EXPECT_WINDOW(&hand, "R", 0.5, 0.9);
    say(&hand, "set link=auto"); /* what is in focus leads */
    EXPECT_WINDOW(&hand, "Q", 0.5, 0.9);
    say(&hand, "set link=on; goto R 100.6");
    EXPECT_WINDOW(&hand, "L", 100.4, 100.8);
    hand_close(&hand);
}
END_TEST

START_TEST(a_recording_can_go_with_the_simulation)
{
    struct hand hand;
    hand_open(&hand, false);
    say(&hand, load_one());
    say(&hand, "population A n=5; pane 1 raster A; set link=on; run 0.9s");
    EXPECT_WINDOW(&hand, "A", 0.4, 0.9);
    EXPECT_WINDOW(&hand, "R", 0.4, 0.9);
    ck_assert_double_eq_tol(seen(&hand, "R")->now, 0.9, 1e-9);
    say(&hand, "scroll A -0.2");
    EXPECT_WINDOW(&hand, "R", 0.2, 0.7);
    ck_assert(!session_line(hand.session, "play R", NULL, 0));
    hand_close(&hand);
}
END_TEST

START_TEST(a_second_recording_comes_under_the_first)
{
    struct hand hand;
    char line[600], q[256], l[256];
    snprintf(q, sizeof q, "%s", scratch("q.csv"));
    snprintf(l, sizeof l, "%s", scratch("l.csv"));
    write_file(q, another);
    write_file(l, later);
    hand_open(&hand, false);
    snprintf(line, sizeof line, "load %s as L; load %s as R", l, q);
    say(&hand, line);
    session_view(hand.session, &hand.view);
    ck_assert_uint_eq(hand.view.layout->panes, 2); /* of another time: it takes the place */
    ck_assert_str_eq(hand.view.layout->pane[0].subject, "R");
    snprintf(line, sizeof line, "load %s as Q", q);
    say(&hand, line);
    session_view(hand.session, &hand.view);
    ck_assert_uint_eq(hand.view.layout->panes, 4);
    ck_assert_str_eq(hand.view.layout->pane[1].subject, "R");
    ck_assert_str_eq(hand.view.layout->pane[2].subject, "Q");
    struct arrangement a = layout_arrange(hand.view.layout, 80, 24);
    ck_assert_int_eq(a.pane[0].x, a.pane[2].x);
    ck_assert_int_eq(a.pane[0].width, a.pane[2].width);
    ck_assert_int_lt(a.pane[0].y, a.pane[2].y);
    say(&hand, "layout rows; close 4; close 2");
    a = layout_arrange(hand.view.layout, 80, 24);
    ck_assert_int_eq(a.pane[0].width, 80);
    ck_assert_int_eq(a.pane[1].width, 80);
    say(&hand, "layout columns");
    a = layout_arrange(hand.view.layout, 80, 24);
    ck_assert_int_eq(a.pane[1].x, 40);
    hand_close(&hand);
}
END_TEST

START_TEST(axes_under_one_another_line_up)
{
    char lines[1300];
    snprintf(lines, sizeof lines,
             "%s; remove L; pane 2 raster Q; layout rows; window R 0.5; goto R 0.6; "
             "cursor R 1 0.6; save-screen",
             load_line());
    struct outcome o = run_sized(lines, 60, 24, false);
    ck_assert_msg(o.good, "%s", o.err);
    static const char *const wanted[] = {
        "│ 20┤                ⠆          ┊                          │\n",
        "│        0.4        0.5        0.6       0.7        0.8 s  │\n",
        "│a:1┤                ⠇          ┊                          │\n",
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        ck_assert_msg(strstr(o.out, wanted[i]), "the picture lacks\n%s:\n%s", wanted[i], o.out);
    outcome_free(&o);
}
END_TEST

/* ---- replay ---- */

static void pass_time(struct hand *hand, double seconds)
{
    test_time += seconds;
    session_collect(hand->session);
}

START_TEST(a_replay_goes_by_the_clock)
{
    struct hand hand;
    hand_open(&hand, true);
    struct session *s = hand.session;
    say(&hand, load_one());
    say(&hand, "window 0.25s; play R speed=0.5 from=0.2");
    ck_assert(session_moves(s));
    pass_time(&hand, 0.2);
    ck_assert_double_eq_tol(seen(&hand, "R")->now, 0.3, 1e-9);
    ck_assert(seen(&hand, "R")->sweep);
    EXPECT_WINDOW(&hand, "R", 0.1, 0.35); /* pages begin with the record */
    ck_assert_str_eq(hand.view.replay, "R 0.300 s ×0.50");
    pass_time(&hand, 0.2);
    EXPECT_WINDOW(&hand, "R", 0.35, 0.6);
    ck_assert(session_key(s, "Space", true)); /* pauses */
    pass_time(&hand, 5);
    ck_assert_double_eq_tol(seen(&hand, "R")->now, 0.4, 1e-9);
    ck_assert(!hand.view.replaying);
    say(&hand, "goto 0.8");
    ck_assert_double_eq_tol(seen(&hand, "R")->now, 0.8, 1e-9);
    ck_assert(session_key(s, "Space", true));
    pass_time(&hand, 0.1);
    ck_assert_double_eq_tol(seen(&hand, "R")->now, 0.85, 1e-9);
    say(&hand, "play R speed=1"); /* faster, from where it is */
    pass_time(&hand, 0.1);
    ck_assert_double_eq_tol(seen(&hand, "R")->now, 0.95, 1e-9);
    pass_time(&hand, 10);
    ck_assert(!session_moves(s));
    ck_assert_double_eq_tol(seen(&hand, "R")->now, 1, 1e-9);
    ck_assert_str_eq(answer(&hand), "R: played to 1 s");
    ck_assert(session_key(s, "Space", true)); /* again from the beginning */
    ck_assert_double_eq_tol(seen(&hand, "R")->now, 0.1, 1e-9);
    ck_assert(session_interrupt(s));
    ck_assert(!session_moves(s));
    say(&hand, "play off");
    ck_assert(!seen(&hand, "R")->sweep);
    ck_assert_ptr_eq(hand.view.replay, NULL);
    hand_close(&hand);
}
END_TEST

START_TEST(one_looks_elsewhere_while_a_replay_goes_on)
{
    struct hand hand;
    hand_open(&hand, true);
    say(&hand, load_one());
    say(&hand, "window 0.25s; play R from=0.1; scroll right");
    const struct subject *s = seen(&hand, "R");
    ck_assert(!s->sweep);
    double from = s->from;
    pass_time(&hand, 0.45);
    s = seen(&hand, "R");
    ck_assert_double_eq(s->from, from);
    ck_assert_double_eq_tol(s->now, 0.55, 1e-9);
    say(&hand, "follow");
    EXPECT_WINDOW(&hand, "R", 0.35, 0.6);
    say(&hand, "remove R");
    ck_assert(!session_moves(hand.session));
    hand_close(&hand);
}
END_TEST

START_TEST(a_replay_in_a_script_is_at_its_end)
{
    char lines[700];
    snprintf(lines, sizeof lines, "%s; window 0.5; select R 7; play R 300ms speed=2 from=0.1; save-screen", load_one());
    struct outcome o = run_sized(lines, 60, 14, false);
    ck_assert_msg(o.good, "%s", o.err);
    /* what is still to come is not seen */
    ck_assert_msg(strstr(o.out, "❚❚ R 0.400 s ×2.00"), "%s", o.out);
    ck_assert_msg(strstr(o.out, "│ 20┤                                 │                    │\n"), "%s", o.out);
    outcome_free(&o);
}
END_TEST

/* ---- keys and mouse ---- */

START_TEST(keys_look_around)
{
    struct hand hand;
    hand_open(&hand, true);
    struct session *s = hand.session;
    say(&hand, load_one());
    say(&hand, "select R 7; focus 1");
    static const char *const keys[] = {".", "[", ".", ".", "]", "<", "PgUp", "PgDn", ">", ","};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        ck_assert_msg(session_key(s, keys[i], true), "%s does nothing", keys[i]);
    const struct subject *r = seen(&hand, "R");
    ck_assert_double_eq_tol(r->now, 0.4, 1e-9);
    ck_assert(r->between.on);
    ck_assert_double_eq_tol(r->between.interval, 0.5, 1e-9);
    ck_assert_uint_eq(r->between.spikes, 2);
    ck_assert(session_key(s, "Delete", true));
    ck_assert(!seen(&hand, "R")->between.on);
    ck_assert(!session_key(s, ".", false)); /* something is typed */
    hand_close(&hand);
}
END_TEST

/* The screen is 80x24: one pane, its data from column 5 to 78, rows 3 to 15. */
START_TEST(the_mouse_pans_zooms_and_measures)
{
    struct hand hand;
    hand_open(&hand, true);
    struct session *s = hand.session;
    say(&hand, load_one());
    say(&hand, "window 0.4; goto 0.5");
    double width = 0.4 / 74;
    session_mouse(s, "Click", 42, 8, 80, 24);
    session_view(s, &hand.view);
    ck_assert_int_eq(hand.view.layout->focus, 0);
    ck_assert_int_ge(seen(&hand, "R")->selected, 0);
    session_mouse(s, "Drag", 52, 8, 80, 24); /* what was under the pointer goes with it */
    EXPECT_WINDOW(&hand, "R", 0.3 - 10 * width, 0.7 - 10 * width);
    session_mouse(s, "Release", 52, 8, 80, 24);
    session_mouse(s, "Drag", 60, 8, 80, 24);
    EXPECT_WINDOW(&hand, "R", 0.3 - 10 * width, 0.7 - 10 * width);
    say(&hand, "window 0.4; goto 0.5");
    session_mouse(s, "RightClick", 20, 8, 80, 24);
    session_mouse(s, "RightClick", 40, 8, 80, 24);
    ck_assert(seen(&hand, "R")->between.on);
    ck_assert_double_eq_tol(seen(&hand, "R")->between.interval, 20 * width, 1e-9);
    session_mouse(s, "RightDrag", 50, 8, 80, 24);
    ck_assert_double_eq_tol(seen(&hand, "R")->between.interval, 30 * width, 1e-9);
    session_mouse(s, "RightClick", 30, 8, 80, 24); /* cursor 1 in its turn */
    ck_assert_double_eq_tol(seen(&hand, "R")->between.interval, 20 * width, 1e-9);
    session_mouse(s, "WheelUp", 5, 8, 80, 24); /* about the left edge */
    const struct subject *r = seen(&hand, "R");
    ck_assert_double_eq_tol(r->to - r->from, 0.4 / 1.5, 1e-9);
    ck_assert_double_lt(fabs(r->from - 0.3), width);
    session_mouse(s, "C-WheelUp", 20, 8, 80, 24);
    ck_assert_uint_eq(seen(&hand, "R")->rows, 4);
    session_mouse(s, "S-WheelDown", 20, 8, 80, 24);
    ck_assert_double_gt(seen(&hand, "R")->from, 0.31);
    hand_close(&hand);
}
END_TEST

/* ---- sentences ---- */

static const struct {
    const char *line, *sentence;
} errors[] = {
    {"show A 3,60", "A has no neuron '60'; it has 50, from 0 to 49"},
    {"show A 60:70", "A has no neurons '60:70'; it has 50, from 0 to 49"},
    {"show A 3,,6", "a neuron is missing in the list: write 3,7,20:40"},
    {"sort A foo", "unknown key 'foo': one of rate, first, label, number, default, or @FILE"},
    {"sort A @nofile.csv", "nofile.csv: there is no such file"},
    {"sort A @", "'@' is followed by the name of a file: sort A @depths.csv"},
    {"sort A rate column=x", "column= belongs to a file: sort A @FILE column=x"},
    {"rows 2.5", "rows 2.5: a whole number of neurons is wanted"},
    {"rows in at=99", "at=99: A has no such neuron"},
    {"cursor 3", "unknown cursor '3': one of 1, 2, off"},
    {"cursor off 3s", "cursor off takes both cursors away, so a time says nothing"},
    {"cursor 1 3V", "TIME: '3V': a time is wanted here, in s, ms, us, ns, min (none: s)"},
    {"unmark A x", "A has no marker 'x'"},
    {"play A", "A is a population, a recording is wanted here"},
    {"layout 2.5", "layout 2.5: a whole number of columns is wanted"},
    {"set link=maybe", "unknown link 'maybe': one of auto, on, off"},
    {"select A 3; goto prev", "neuron 3 of A has no spike before this"},
};

START_TEST(errors_are_finished_sentences)
{
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        char lines[300];
        snprintf(lines, sizeof lines, "population A\n%s\n", errors[i].line);
        expect_error(lines, errors[i].sentence);
    }
    char lines[500];
    snprintf(lines, sizeof lines, "%s; play R from=7s", load_one());
    struct outcome o = run(lines);
    ck_assert_msg(!o.good && strstr(o.err, "from=7 s: R goes from 0.1 to 1 s\n"), "%s", o.err);
    outcome_free(&o);
}
END_TEST

START_TEST(people_hear_what_was_done)
{
    struct hand hand;
    hand_open(&hand, true);
    say(&hand, load_one());
    static const struct {
        const char *line, *answer;
    } said[] = {
        {"show R 7,9", "R: 2 of 5 neurons shown"},
        {"sort R rate", "R: sorted by rate, the fastest on top"},
        {"sort R first desc", "R: sorted by first spike, the first to spike on top"},
        {"sort R default", "R: in its own order, by number"},
        {"select R 40", "unit 40: 1 spike, 1.11 Hz mean; it has no row now, show R all gives it one"},
        {"select R 7; cursor 1 0.4; cursor 2 0.8", "400 ms between the cursors, 2.5 Hz; neuron 7: 2 spikes, 5 Hz"},
        {"select none; cursor 1 0.4", "400 ms between the cursors, 2.5 Hz; all: 4 spikes, mean 2 Hz"},
        {"mark R 1 a; unmark R", "R: 1 marker is gone"},
    };
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        say(&hand, said[i].line);
        ck_assert_msg(strcmp(answer(&hand), said[i].answer) == 0, "'%s' answers '%s', not '%s'", said[i].line,
                      answer(&hand), said[i].answer);
    }
    hand_close(&hand);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("command: looking", control_characters_in_labels_stay_apart, lists_and_keys_choose_rows,
                       a_choice_and_an_order_go_together, a_file_gives_depths, a_file_that_does_not_fit_is_said,
                       a_changed_population_keeps_what_is_left_of_the_choice, rows_zoom_and_pan,
                       pictures_say_how_many_are_shown, zooming_keeps_a_moment_in_its_place,
                       zooming_keeps_what_was_asked_for_of_a_paused_population, goto_walks_from_spike_to_spike,
                       every_spike_is_walked_over, cursors_measure, markers_come_and_go,
                       a_marker_that_is_never_seen_is_spoken_of, a_recording_of_another_time_says_what_it_replaces,
                       what_arrives_and_recordings_say_what_they_replace, recordings_that_overlap_move_together,
                       a_recording_can_go_with_the_simulation, a_second_recording_comes_under_the_first,
                       axes_under_one_another_line_up, a_replay_goes_by_the_clock,
                       one_looks_elsewhere_while_a_replay_goes_on, a_replay_in_a_script_is_at_its_end, keys_look_around,
                       the_mouse_pans_zooms_and_measures, errors_are_finished_sentences, people_hear_what_was_done);
}
