/* A session's days: the same again from the same commands, changes on the way, pictures, completion, the
 * queue. */
#include "run.h"

#include <math.h>
#include <sched.h>
#include <sys/stat.h>

#include "base/stop.h"
#include "base/text.h"
#include "command/families.h"
#include "language/command.h"
#include "language/lexer.h"
#include "pane/layout.h"
#include "session/keymap.h"

/* ---- scripts ---- */

START_TEST(the_same_commands_give_the_same_bytes)
{
    static const char lines[] =
        "population A n=70 seed=5\npopulation B n=9 model=lif\ninput A noise rms=0.5 high=20Hz\n"
        "input B sine\nrun 300ms\nset A tau_rc=30ms n=80\nrun 200ms\ndt 0.5ms\nrun 100ms\n"
        "spikes A\nspikes B\nrates A interp=linear dt=5ms\nstats B\ntuning A model=measured points=9\n";
    struct outcome a = run(lines), b = run(lines);
    ck_assert_msg(a.good && strlen(a.out) > 10000, "%s", a.err);
    ck_assert_str_eq(a.out, b.out);
    ck_assert_str_eq(a.err, b.err);
    outcome_free(&a);
    outcome_free(&b);
}
END_TEST

static void expect_equal(const char *one, const char *other)
{
    struct outcome a = run(one), b = run(other);
    ck_assert_msg(a.good && b.good && strlen(a.out) > 200, "%s%s%s", a.err, b.err, a.out);
    ck_assert_msg(strcmp(a.out, b.out) == 0, "'%s' and '%s' differ", one, other);
    outcome_free(&a);
    outcome_free(&b);
}

#define START "population A n=30 seed=5; input A noise; "

START_TEST(how_a_run_is_split_changes_nothing)
{
    expect_equal(START "run 500ms; spikes A", START "run 123ms; step; step 7ms; run 369ms; spikes A");
    expect_equal(START "run 500ms; spikes A", START "run 70ms; reset; run 500ms; spikes A");
    expect_equal("seed 9; population A n=30; input A noise; run 0.5s; spikes A",
                 "population A n=30; input A noise; seed 9; run 0.5s; spikes A");
    expect_equal("population A n=30 seed=9; input A noise seed=9; run 0.5s; spikes A",
                 "population A n=30 seed=9; input A noise seed=9; seed 4; run 0.5s; spikes A");
    expect_equal(START "run 0.5s; spikes A", START "run 0.2s; set A sigma=0.1; run 0.3s; spikes A");
}
END_TEST

START_TEST(a_value_stands_for_all_neurons)
{
    expect_equal("population A n=20 max_rates=200 intercepts=0 encoders=1; neurons A",
                 "population A n=20 seed=7 max_rates=200:200 intercepts=0:0 encoders=1; neurons A");
}
END_TEST

START_TEST(a_seed_is_any_whole_number)
{
    expect_out("seed 18446744073709551615; seed", "seed\n18446744073709551615\n");
    expect_error("seed 18446744073709551616",
                 "NUMBER 18446744073709551616: a whole number is wanted, from 0 to 18 446 744 073 709 551 615");
}
END_TEST

START_TEST(set_changes_what_population_makes)
{
    expect_equal("population A n=20 tau_rc=30ms max_rates=100:200 seed=3 model=lif; neurons A; tuning A points=5",
                 "population A n=5; set A n=20; set max=100:200 model=lif; set A seed=3 tau_rc=30ms; neurons A; "
                 "tuning A points=5");
    expect_equal("population A n=20; input A sine frequency=2Hz amplitude=0.25; run 0.4s; spikes A",
                 "population A n=20; set A input=sine amplitude=0.25 frequency=1Hz; set A input.frequency=2Hz; "
                 "run 0.4s; spikes A");
    expect_equal("population A n=20; input A 0.3; run 0.4s; spikes A",
                 "population A n=20; set A input=0.7; set A value=0.3; run 0.4s; spikes A");
    expect_equal("dt 0.5ms; population A n=20; input A 0.3; run 0.4s; spikes A",
                 "population A n=20; input A constant 0.3; set A dt=0.5ms; run 0.4s; spikes A");
}
END_TEST

START_TEST(recordings_and_populations_share_names)
{
    const char *path = scratch("r.csv");
    char lines[600];
    write_file(path, "time,neuron\n0.5,7\n0.25,9\n0.75,7\n");
    snprintf(lines, sizeof lines, "population A\nload %s as A", path);
    struct outcome o = run(lines);
    ck_assert_msg(strstr(o.err, "A is a population: load"), "%s", o.err);
    outcome_free(&o);
    snprintf(lines, sizeof lines, "load %s as R\npopulation R", path);
    o = run(lines);
    ck_assert_msg(strstr(o.err, "R is a recording: choose another name, or `remove R` first"), "%s", o.err);
    outcome_free(&o);
    snprintf(lines, sizeof lines, "load %s as R\ntuning R", path);
    o = run(lines);
    ck_assert_msg(strstr(o.err, "R has no stimulus beside it; stimulus R @FILE.csv gives one"), "%s", o.err);
    outcome_free(&o);
    snprintf(lines, sizeof lines, "load %s\nspikes r\nstats r\nremove r\npopulation r n=1\nneurons r", path);
    o = run(lines);
    ck_assert_msg(o.good, "%s", o.err);
    ck_assert_msg(strncmp(o.out, "time,neuron\n0.25,9\n0.5,7\n0.75,7\nneuron,spikes,rate,isi_mean,isi_cv", 60) == 0,
                  "%s", o.out);
    outcome_free(&o);
}
END_TEST

/* ---- people ---- */

START_TEST(people_get_aligned_tables)
{
    struct outcome o = run_sized("response model=lif J=0:2:3\nresponse J=0:1:1000\n", 80, 24, true);
    static const char first[] =
        "J   rate  derivative\n0      0           0\n1      0           0\n2  63.04     39.7404\n";
    ck_assert_msg(strncmp(o.out, first, strlen(first)) == 0, "%s", o.out);
    ck_assert_msg(strstr(o.out, "... 960 more rows; > FILE writes all\n"), "%s", o.out);
    outcome_free(&o);
    o = run_sized("population A n=50; tuning A points=2\n", 60, 24, true);
    ck_assert_msg(strstr(o.out, " more columns; > FILE writes all\n"), "%s", o.out);
    for (char *line = o.out; *line; line += strcspn(line, "\n") + 1)
        ck_assert_msg(strcspn(line, "\n") <= 60, "a line is longer than 60 columns: %s", line);
    ck_assert_str_eq(o.err, "A: 50 FastLIF neurons, max rates 200:400 Hz, intercepts -1:0.9, x = 0, paused\n");
    outcome_free(&o);
}
END_TEST

START_TEST(what_the_record_lost_is_said)
{
    struct outcome o = run("set history=1\npopulation A n=1000\ninput A 0.5\nrun 5s\nstats A\n");
    ck_assert_msg(o.good, "%s", o.err);
    ck_assert_msg(strstr(o.err, "lifscope: t:4: A: the record is longer than 1 MB, so its oldest"), "%s", o.err);
    outcome_free(&o);
}
END_TEST

/* ---- pictures ---- */

START_TEST(the_screen_is_saved_without_a_terminal)
{
    static const char lines[] = "population A n=50 max_rates=100:200 seed=4\ninput A sine frequency=2Hz\nrun 1.2s\n"
                                "select A 31\nsave-screen\n";
    struct outcome o = run_sized(lines, 120, 36, false), again = run_sized(lines, 120, 36, false);
    ck_assert_msg(o.good, "%s", o.err);
    ck_assert_str_eq(o.out, again.out);
    size_t rows = 0;
    for (char *c = o.out; *c; c++)
        rows += *c == '\n';
    ck_assert_uint_eq(rows, 36);
    static const char *const wanted[] = {"raster A", "rates A", "tuning A", "1.200 s", "31", "50 of 50", "> "};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        ck_assert_msg(strstr(o.out, wanted[i]), "the picture lacks '%s':\n%s", wanted[i], o.out);
    outcome_free(&o);
    outcome_free(&again);
    static const int sizes[][2] = {{20, 6}, {1, 1}, {80, 24}, {200, 60}, {33, 9}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        o = run_sized(lines, sizes[i][0], sizes[i][1], false);
        ck_assert_msg(o.good, "%d x %d: %s", sizes[i][0], sizes[i][1], o.err);
        outcome_free(&o);
    }
}
END_TEST

/* ---- a session in hand ---- */

struct hand {
    struct session *session;
    char *out, *err;
    size_t out_size, err_size;
    struct session_options options;
};

static void hand_open(struct hand *hand, bool screen)
{
    *hand = (struct hand){.options = {.screen = screen, .width = 100, .height = 30, .glyphs = GLYPHS_ASCII}};
    hand->options.out = open_memstream(&hand->out, &hand->out_size);
    hand->options.err = open_memstream(&hand->err, &hand->err_size);
    hand->session = session_new(&hand->options, &all_commands);
    struct error error;
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

/* ---- completion ---- */

static const struct {
    const char *line, *matches; /* '|' is the cursor, '^' where the word to replace starts if not at its beginning */
} completions[] = {
    {"^sp|", "speed spikes"},
    {"run 1s; ^popu|", "population"},
    {"run;^|zz", NULL},
    {"neurons ^|", "A BB"},
    {"neurons ^B|", "BB"},
    {"tuning ^|", "A BB along= errors= from= model= points= to="},
    {"tuning A ^m|", "model="},
    {"tuning A ^model=|", "model=fitted model=lif model=measured model=softlif"},
    {"tuning A model=^s|", "softlif"},
    {"tuning A model=lif ^|", "along= errors= from= points= to="},
    {"input A ^s|", "sine step"},
    {"input A sine ^|", "amplitude= dim= frequency= offset= phase="},
    {"population C ^max|", "max_rates="},
    {"population C ^model=fa|", "model=fastlif"},
    {"rates A ^midpoint=|", "midpoint=off midpoint=on"},
    {"rates A interp=^li|", "linear"},
    {"set A ^inp|", "input.amplitude= input.dim= input.frequency= input.offset= input.phase= input="},
    {"set A ^input=ra|", "input=ramp"},
    {"select A ^n|", "next none"},
    {"help ^resp|", "response"},
    {"open ^ra|", "raster rates"},
    {"bogus ^|", ""},
    {"run # ^pop|", ""},
    {"load ^DIR/sub|", "DIR/sub/"},
    {"load ^DIR/sub/|", "DIR/sub/one.csv DIR/sub/two.csv"},
    {"load f ^DIR/sub/o|", "DIR/sub/one.csv"},
    {"load f DIR/sub/one.csv ^DIR/sub/t|", "DIR/sub/two.csv"},
    {"load DIR/sub/one.csv f ^a|", "as"},
    {"load f as ^DIR/sub/t|", ""},
    {"load f stimulus=^@DIR/sub/o|", "@DIR/sub/one.csv"},
    {"response ^J=@DIR/sub/o|", "J=@DIR/sub/one.csv"},
    {"response J=^@DIR/sub/o|", "@DIR/sub/one.csv"},
    {"inject ^current=|", "current=@"},
    {"spikes A > ^DIR/sub/t|", "DIR/sub/two.csv"},
    {"spikes A >^DIR/sub/t|", "DIR/sub/two.csv"},
};

static char *with_folder(const char *text, const char *folder)
{
    struct text out = {0};
    text_add(&out, "");
    for (const char *c = text; *c; c++)
        if (strncmp(c, "DIR", 3) == 0) {
            text_add(&out, folder);
            c += 2;
        } else {
            text_append(&out, c, 1);
        }
    return out.bytes;
}

static void check_completion(struct session *session, size_t i, const char *folder)
{
    char *line = with_folder(completions[i].line, folder), *cursor = strchr(line, '|');
    char *start = strchr(line, '^');
    memmove(start, start + 1, strlen(start));
    cursor--;
    memmove(cursor, cursor + 1, strlen(cursor));
    char **matches = session_complete(session, line, (size_t)(start - line), (size_t)(cursor - line));
    struct text got = {0};
    for (size_t m = 0; matches && matches[m]; m++) {
        text_printf(&got, "%s%s", m ? " " : "", matches[m]);
        free(matches[m]);
    }
    free(matches);
    if (completions[i].matches) {
        char *want = with_folder(completions[i].matches, folder);
        ck_assert_msg(strcmp(text_string(&got), want) == 0, "'%s' completes to '%s', not '%s'", completions[i].line,
                      text_string(&got), want);
        free(want);
    } else {
        ck_assert_msg(strstr(text_string(&got), "population") && strstr(text_string(&got), "quit"),
                      "'%s' completes to '%s'", completions[i].line, text_string(&got));
    }
    text_free(&got);
    free(line);
}

START_TEST(everything_can_be_completed)
{
    struct hand hand;
    char folder[256];
    snprintf(folder, sizeof folder, "%s", scratch("completion"));
    mkdir(folder, 0777);
    mkdir(scratch("completion/sub"), 0777);
    write_file(scratch("completion/sub/one.csv"), "");
    write_file(scratch("completion/sub/two.csv"), "");
    write_file(scratch("completion/sub/.hidden"), "");
    hand_open(&hand, false);
    ck_assert(session_line(hand.session, "population A; population BB; input A sine", NULL, 0));
    for (size_t i = 0; i < sizeof completions / sizeof *completions; i++)
        check_completion(hand.session, i, folder);
    hand_close(&hand);
}
END_TEST

/* ---- the screen's session ---- */

static bool transcript_has(struct session *session, const char *text, enum ink ink)
{
    struct view view;
    enum ink found;
    session_view(session, &view);
    for (size_t i = 0; i < transcript_lines(view.output); i++)
        if (strcmp(transcript_line(view.output, i, &found), text) == 0 && found == ink)
            return true;
    return false;
}

/* Until the run is over; a test that hangs is stopped by Check. */
static void wait_idle(struct session *session)
{
    do {
        session_collect(session);
        sched_yield();
    } while (session_busy(session));
}

START_TEST(lines_wait_until_a_run_is_over)
{
    struct hand hand;
    struct view view;
    hand_open(&hand, true);
    struct session *s = hand.session;
    ck_assert(session_line(s, "speed max; population A n=20; input A 0.5", NULL, 0));
    ck_assert(session_line(s, "run 2s; response model=lif J=1; run 1s", NULL, 0));
    ck_assert(session_line(s, "list", NULL, 0));
    wait_idle(s);
    wait_idle(s);
    session_view(s, &view);
    ck_assert_double_eq_tol(view.time, 3, 1e-9);
    ck_assert(!view.running);
    ck_assert(transcript_has(s, "> run 2s; response model=lif J=1; run 1s", INK_ECHO));
    ck_assert(transcript_has(s, "  J  rate  derivative", INK_PLAIN));
    size_t steps = history_steps(view.subject[0].history);
    ck_assert_uint_eq(steps, 3000);
    ck_assert(!session_line(s, "bogus", NULL, 0));
    hand_close(&hand);
}
END_TEST

START_TEST(a_sourced_file_takes_its_time_on_the_screen)
{
    struct hand hand;
    struct view view;
    const char *path = scratch("demo.txt");
    char line[300];
    write_file(path, "speed max\npopulation A n=5\nrun 1s; run 0.5s # two\nresponse model=lif J=1\n");
    snprintf(line, sizeof line, "source %s; run 0.25s; list", path);
    hand_open(&hand, true);
    ck_assert(session_line(hand.session, line, NULL, 0));
    session_collect(hand.session);
    wait_idle(hand.session);
    session_view(hand.session, &view);
    ck_assert_double_eq_tol(view.time, 1.75, 1e-9);
    ck_assert(transcript_has(hand.session, "  1     0           0", INK_PLAIN));
    write_file(path, "run 1s\nbogus\nrun 1s\n");
    ck_assert(session_line(hand.session, line, NULL, 0));
    session_collect(hand.session);
    wait_idle(hand.session);
    session_view(hand.session, &view);
    /* what was typed behind it is no part of the file */
    ck_assert_double_eq_tol(view.time, 3, 1e-9);
    hand_close(&hand);
}
END_TEST

/* A spike of the step that ends at 2 s has that time and is the last one of its page. */
START_TEST(a_page_ends_with_the_step_on_its_edge)
{
    static const struct {
        const char *run;
        double from, to;
    } rows[] = {{"run 1s", 0, 1},   {"run 1ms", 1, 2},       {"run 999ms", 1, 2},
                {"run 3.1s", 5, 6}, {"window 0.1s", 5, 5.1}, {"window 0.3s", 4.8, 5.1}};
    struct hand hand;
    struct view view;
    hand_open(&hand, true);
    ck_assert(session_line(hand.session, "speed max; population A n=2; window 1s", NULL, 0));
    session_view(hand.session, &view);
    ck_assert_double_eq_tol(view.subject[0].from, 0, 1e-9);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ck_assert(session_line(hand.session, rows[i].run, NULL, 0));
        wait_idle(hand.session);
        session_view(hand.session, &view);
        ck_assert_msg(fabs(view.subject[0].from - rows[i].from) < 1e-9 && fabs(view.subject[0].to - rows[i].to) < 1e-9,
                      "%s: %g to %g, not %g to %g", rows[i].run, view.subject[0].from, view.subject[0].to, rows[i].from,
                      rows[i].to);
    }
    hand_close(&hand);
}
END_TEST

START_TEST(a_lesson_is_read_on_the_screen)
{
    struct hand hand;
    const char *path = scratch("lesson.lif");
    char line[300];
    write_file(path, "# Two neurons\n# that differ.\n#\n#   lifscope -f lesson.lif\n\nspeed max\npopulation "
                     "A n=2\nrun 10ms; run 20ms\n"
                     "response model=lif J=1 # at threshold\n# The end.\n");
    snprintf(line, sizeof line, "source %s", path);
    hand_open(&hand, true);
    ck_assert(session_line(hand.session, line, NULL, 0));
    session_collect(hand.session);
    wait_idle(hand.session);
    ck_assert(transcript_has(hand.session, "# Two neurons that differ.", INK_REMARK));
    ck_assert(transcript_has(hand.session, "#    lifscope -f lesson.lif", INK_REMARK));
    ck_assert(transcript_has(hand.session, "> population A n=2", INK_ECHO));
    ck_assert(transcript_has(hand.session, "> run 10ms; run 20ms", INK_ECHO));
    ck_assert(!transcript_has(hand.session, ">  run 20ms", INK_ECHO)); /* was said */
    ck_assert(!transcript_has(hand.session, "> run 20ms", INK_ECHO));
    ck_assert(transcript_has(hand.session, "# The end.", INK_REMARK));
    hand_close(&hand);
}
END_TEST

START_TEST(a_file_that_sources_itself_comes_to_an_end)
{
    struct hand hand;
    const char *path = scratch("circle.txt");
    char line[300], sentence[400];
    snprintf(line, sizeof line, "source %s", path);
    write_file(path, line);
    snprintf(sentence, sizeof sentence, "  %s:1: source %s: files source one another more than 16 deep", path, path);
    hand_open(&hand, true);
    ck_assert(session_line(hand.session, line, NULL, 0));
    wait_idle(hand.session);
    ck_assert(transcript_has(hand.session, sentence, INK_ERROR));
    ck_assert(!session_queued(hand.session));
    hand_close(&hand);
}
END_TEST

START_TEST(ctrl_c_stops_a_file_of_lines)
{
    struct hand hand;
    struct view view;
    const char *path = scratch("long.txt");
    char line[300];
    snprintf(line, sizeof line, "source %s", path);
    write_file(path, "population A\npopulation B\n");
    hand_open(&hand, true);
    ck_assert(session_line(hand.session, line, NULL, 0));
    ck_assert(session_queued(hand.session));
    stop_request();
    session_collect(hand.session);
    ck_assert(!session_queued(hand.session));
    session_view(hand.session, &view);
    ck_assert_uint_lt(view.subjects, 2);
    hand_close(&hand);
}
END_TEST

START_TEST(ctrl_c_stops_long_tables)
{
    static const char *const lines[] = {"tuning A", "response J=1", "rates A"};
    struct hand hand;
    hand_open(&hand, false);
    ck_assert(session_line(hand.session, "population A; run 10ms", NULL, 0));
    stop_request();
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        ck_assert_msg(!session_line(hand.session, lines[i], NULL, 0), "'%s' goes on", lines[i]);
    hand_close(&hand);
}
END_TEST

START_TEST(pause_and_interrupt_end_a_run)
{
    struct hand hand;
    struct view view;
    hand_open(&hand, true);
    struct session *s = hand.session;
    ck_assert(session_line(s, "population A n=5; run 1000s", NULL, 0));
    ck_assert(session_busy(s));
    ck_assert(session_line(s, "list", NULL, 0));
    ck_assert(session_line(s, "pause", NULL, 0));
    ck_assert(!session_busy(s));
    session_collect(s);
    ck_assert(session_line(s, "run 1000s", NULL, 0));
    ck_assert(session_line(s, "list", NULL, 0));
    ck_assert(session_interrupt(s));
    ck_assert(!session_busy(s));
    ck_assert(!session_interrupt(s));
    session_view(s, &view);
    ck_assert(!view.running);
    hand_close(&hand);
}
END_TEST

START_TEST(keys_are_commands)
{
    struct hand hand;
    struct view view;
    hand_open(&hand, true);
    struct session *s = hand.session;
    ck_assert(session_line(s, "population A n=50; select A none", NULL, 0));
    ck_assert(!session_key(s, "Up", true)); /* the command line's history */
    ck_assert(session_key(s, "F2", false));
    session_view(s, &view);
    ck_assert_int_eq(view.layout->focus, 0);
    ck_assert(view.pane_keys);
    ck_assert(session_key(s, "Up", true));
    session_view(s, &view);
    long first = view.subject[0].selected;
    ck_assert_int_ge(first, 0);
    ck_assert(session_key(s, "Up", true));
    session_view(s, &view);
    ck_assert_int_ne(view.subject[0].selected, first);
    ck_assert(session_key(s, "Down", true));
    session_view(s, &view);
    ck_assert_int_eq(view.subject[0].selected, first);
    ck_assert(session_key(s, "F5", true));
    session_view(s, &view);
    ck_assert(view.layout->zoomed);
    ck_assert(session_key(s, "F5", true));
    ck_assert(session_key(s, "F6", true));
    session_view(s, &view);
    ck_assert_int_eq(view.layout->focus, 1);
    ck_assert(session_key(s, "F8", true));
    session_view(s, &view);
    ck_assert_uint_eq(view.layout->panes, 2);
    ck_assert(session_key(s, "F1", true));
    session_view(s, &view);
    ck_assert(view.help && strstr(view.help, "F1"));
    ck_assert(session_key(s, "PgDn", true));
    session_view(s, &view);
    ck_assert_int_gt(view.help_scroll, 0);
    ck_assert(session_key(s, "Esc", true));
    session_view(s, &view);
    ck_assert(!view.help);
    ck_assert(session_key(s, "Space", true));
    session_view(s, &view);
    ck_assert(view.running);
    ck_assert(!session_key(s, "Space", false));
    hand_close(&hand);
}
END_TEST

/* Every row stands for a command that can be read. */
START_TEST(the_table_of_keys_holds_commands)
{
    command_use(&all_commands);
    for (size_t i = 0; i < keymap_count; i++) {
        struct error error = {""};
        struct phrase phrase = {0};
        size_t at = 0;
        ck_assert(lexer_phrase(keymap[i].command, &at, &phrase, &error));
        const struct command *command = command_find(phrase.word[0].text, &error);
        ck_assert_msg(command && command->immediate | (strcmp(command->name, "run") == 0), "%s: '%s': %s",
                      keymap[i].key, keymap[i].command, error.text);
        phrase_free(&phrase);
    }
}
END_TEST

/* Names are distinct, and each row's default passes its own checks. */
START_TEST(the_tables_of_commands_hold_together)
{
    struct hand hand;
    hand_open(&hand, false);
    ck_assert(session_line(hand.session, "population A; input A sine", NULL, 0));
    for (size_t i = 0; i < command_count(); i++) {
        const struct command *command = command_at(i);
        struct arguments *rows = calloc(1, sizeof *rows);
        struct phrase phrase = {0};
        for (size_t k = 0; k < i; k++)
            ck_assert_str_ne(command_at(k)->name, command->name);
        arguments_rows(rows, hand.session, command, &phrase, 0);
        for (size_t r = 0; r < rows->set.count; r++) {
            const struct parameter *row = &rows->set.row[r];
            struct value value = {0};
            struct error error = {""};
            ck_assert_msg(row->help && row->help[0], "%s: %s has no help", command->name, row->name);
            for (size_t k = 0; k < r; k++)
                ck_assert_msg(strcmp(rows->set.row[k].name, row->name) != 0, "%s: two rows %s", command->name,
                              row->name);
            ck_assert_msg(!row->fallback || parameter_read(hand.session, row, row->fallback, &value, &error),
                          "%s: the default of %s: %s", command->name, row->name, error.text);
            value_free(&value);
        }
        arguments_free(rows);
        free(rows);
    }
    hand_close(&hand);
}
END_TEST

START_TEST(scrolling_back_stops_following_and_the_end_follows)
{
    struct hand hand;
    struct view view;
    hand_open(&hand, false);
    struct session *s = hand.session;
    ck_assert(session_line(s, "population A n=5; input A 0.5; run 3s; window 0.5s; scroll left", NULL, 0));
    session_view(s, &view);
    ck_assert_double_eq_tol(view.subject[0].from, 2.375, 1e-9);
    ck_assert(session_line(s, "goto 1s; window out", NULL, 0));
    session_view(s, &view);
    ck_assert_double_eq_tol(view.subject[0].from, 0.5, 1e-9);
    ck_assert_double_eq_tol(view.subject[0].to, 1.5, 1e-9);
    ck_assert(session_line(s, "goto start", NULL, 0));
    session_view(s, &view);
    ck_assert_double_eq_tol(view.subject[0].from, 0, 0.002);
    ck_assert(session_line(s, "goto end", NULL, 0));
    session_view(s, &view);
    ck_assert_double_eq_tol(view.subject[0].to, 3, 1e-9);
    hand_close(&hand);
}
END_TEST

/* The screen's view once the engine has paused, without fetching anything from it. */
static struct view wait_paused(struct session *session)
{
    struct view view;
    do {
        sched_yield();
        session_view(session, &view);
        ck_assert_msg(!view.behind, "the engine waits at t = %g s", view.time);
    } while (view.running);
    return view;
}

START_TEST(a_population_that_grew_has_room_for_its_spikes)
{
    struct hand hand;
    hand_open(&hand, true);
    struct session *s = hand.session;
    ck_assert(session_line(s, "population A n=10; set A n=200000", NULL, 0));
    while (session_busy(s)) { /* it is built */
        session_collect(s);
        sched_yield();
    }
    ck_assert(session_line(s, "step", NULL, 0));
    ck_assert_double_eq(wait_paused(s).time, 0.001);
    hand_close(&hand);
}
END_TEST

START_TEST(a_reset_keeps_the_first_steps_that_follow)
{
    struct hand hand;
    struct view view;
    hand_open(&hand, true);
    struct session *s = hand.session;
    ck_assert(session_line(s, "speed max; population A n=20; run", NULL, 0));
    for (int i = 0; i < 50; i++) {
        do
            ck_assert(session_line(s, "reset", NULL, 0));
        while (!session_collect(s));
        ck_assert(session_line(s, "pause", NULL, 0));
        session_view(s, &view);
        const struct history *history = view.subject[0].history;
        ck_assert_msg(history_steps(history) > 0 && history_time(history, 0) == view.dt,
                      "reset %d: the record begins at %g s", i, history_time(history, 0));
        ck_assert_uint_eq(history_steps(history), llround(view.time / view.dt));
        ck_assert(session_line(s, "run", NULL, 0));
    }
    hand_close(&hand);
}
END_TEST

START_TEST(short_answers_say_what_was_done)
{
    static const struct {
        const char *line, *answer;
    } cases[] = {
        {"pane 2 raster A", "  pane 2: raster A"}, {"open rates A", "  pane 4: rates A"},
        {"close 4", "  pane 4 is closed"},         {"step", "  1 step to t = 1 ms"},
        {"step 9ms", "  9 steps to t = 10 ms"},    {"remove A", "  A is removed"},
    };
    struct session_options options = {.screen = true, .width = 80, .height = 24, .out = stdout, .err = stderr};
    struct session *s = session_new(&options, &all_commands);
    struct view view;
    enum ink ink;
    ck_assert(session_line(s, "population A n=3", NULL, 0));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert(session_line(s, cases[i].line, NULL, 0));
        session_view(s, &view);
        ck_assert_str_eq(transcript_line(view.output, transcript_lines(view.output) - 1, &ink), cases[i].answer);
    }
    session_free(s);
}
END_TEST

START_TEST(completions_are_listed_once)
{
    char *one[] = {"tau_rc=", "tau_ref="}, *other[] = {"n=", "model="};
    struct session_options options = {.screen = true, .width = 80, .height = 24, .out = stdout, .err = stderr};
    struct session *s = session_new(&options, &all_commands);
    struct view view;
    session_view(s, &view);
    session_show_matches(s, one, 2);
    size_t lines = transcript_lines(view.output);
    session_show_matches(s, one, 2);
    ck_assert_uint_eq(transcript_lines(view.output), lines);
    session_show_matches(s, other, 2);
    ck_assert_uint_gt(transcript_lines(view.output), lines);
    session_show_matches(s, one, 2);
    ck_assert_uint_gt(transcript_lines(view.output), lines + 1);
    session_free(s);
}
END_TEST

int main(void)
{
    return HARNESS_RUN(
        "command: session", the_same_commands_give_the_same_bytes, how_a_run_is_split_changes_nothing,
        a_value_stands_for_all_neurons, a_seed_is_any_whole_number, set_changes_what_population_makes,
        recordings_and_populations_share_names, people_get_aligned_tables, the_screen_is_saved_without_a_terminal,
        everything_can_be_completed, lines_wait_until_a_run_is_over, a_sourced_file_takes_its_time_on_the_screen,
        a_lesson_is_read_on_the_screen, a_page_ends_with_the_step_on_its_edge, what_the_record_lost_is_said,
        the_table_of_keys_holds_commands, the_tables_of_commands_hold_together, pause_and_interrupt_end_a_run,
        a_file_that_sources_itself_comes_to_an_end, ctrl_c_stops_a_file_of_lines, ctrl_c_stops_long_tables,
        keys_are_commands, scrolling_back_stops_following_and_the_end_follows,
        a_population_that_grew_has_room_for_its_spikes, a_reset_keeps_the_first_steps_that_follow,
        short_answers_say_what_was_done, completions_are_listed_once);
}
