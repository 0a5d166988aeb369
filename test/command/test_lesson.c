/* A lesson through the screen: it stops, asks before it shows, goes back exactly, and leaves what was there as it was. */
#include "run.h"

#include <sched.h>

#include "frame/frame.h"
#include "frame/part.h"
#include "session/lesson.h"
#include "session/stop.h"

struct class
{
    struct session *session;
    FILE *out;
    char *said;
    size_t size;
};

static double clock_now;

static double test_clock(void)
{
    return clock_now;
}

static const char *write_lesson(const char *text)
{
    const char *path = scratch("06-little.lif");
    FILE *file = fopen(path, "w");
    fputs(text, file);
    fclose(file);
    return path;
}

#define LITTLE                                                                                                         \
    "# A little lesson (3 minutes)\n"                                                                                  \
    "#\n"                                                                                                              \
    "# The current is below\n"                                                                                         \
    "# the threshold.\n"                                                                                               \
    "population A n=3 seed=1; input A 0.5\n"                                                                           \
    "run 100ms\n"                                                                                                      \
    "wait\n"                                                                                                           \
    "# Now more.\n"                                                                                                    \
    "input A 1; run 1s\n"                                                                                              \
    "ask \"J = 4?\" of=\"response model=lif J=4\" cell=rate,0 answer=129 \\\n"                                         \
    "    unit=Hz slips=126 why1=\"126 is twice 63.\" why=\"Pauses count.\"; knob A x 0:1\n"                            \
    "wait run=50ms\n"                                                                                                  \
    "ask \"Which?\" choices=\"more|less|same\" right=2 why1=\"Look again.\"\n"                                         \
    "run 10ms\n"

static void open_class(struct class *class)
{
    clock_now = 0;
    class->out = open_memstream(&class->said, &class->size);
    struct session_options options = {.screen = true,
                                      .width = 80,
                                      .height = 24,
                                      .glyphs = GLYPHS_BRAILLE,
                                      .clock = test_clock,
                                      .out = class->out,
                                      .err = class->out};
    class->session = session_new(&options, &all_commands);
}

static void close_class(struct class *class)
{
    session_free(class->session);
    fclose(class->out);
    free(class->said);
}

static void type(struct class *class, const char *line)
{
    session_line(class->session, line, NULL, 0);
    session_collect(class->session);
}

static void key(struct class *class, const char *name)
{
    ck_assert_msg(session_key(class->session, name, true), "nobody takes the key %s", name);
    session_collect(class->session);
}

static char *screen(struct class *class)
{
    struct view view;
    struct text picture = {0};
    session_view(class->session, &view);
    struct canvas *canvas = canvas_new(80, 24, GLYPHS_BRAILLE);
    frame_draw(canvas, &view);
    canvas_write(canvas, &picture);
    canvas_free(canvas);
    return picture.bytes;
}

static void expect(struct class *class, bool there, const char *text)
{
    char *picture = screen(class);
    ck_assert_msg((strstr(picture, text) != NULL) == there, "'%s' is %s\n%s", text, there ? "missing in" : "in",
                  picture);
    free(picture);
}

static void begin(struct class *class)
{
    char line[300];
    snprintf(line, sizeof line, "lesson %s", write_lesson(LITTLE));
    open_class(class);
    type(class, line);
}

/* The spikes so far, as a table. */
static char *spikes(struct class *class)
{
    char line[300], *text = calloc(1, 100000);
    const char *path = scratch("spikes.csv");
    snprintf(line, sizeof line, "spikes A > %s overwrite=on", path);
    type(class, line);
    while (session_busy(class->session) || session_queued(class->session)) { /* a job where the engine has its thread */
        session_collect(class->session);
        sched_yield();
    }
    FILE *file = fopen(path, "r");
    ck_assert_msg(file != NULL, "spikes A gave nothing");
    ck_assert(fread(text, 1, 99999, file) > 0);
    fclose(file);
    return text;
}

START_TEST(it_stops_and_goes_on_with_every_key)
{
    struct class class;
    begin(&class);
    expect(&class, true, "A little lesson");
    expect(&class, true, "  The current is below the threshold.");
    expect(&class, false, "minutes"); /* the title stands in the heading */
    expect(&class, false, "Now more.");
    for (int i = 0; i < 3; i++)
        ck_assert(!session_collect(class.session) && stop_stands(class.session));
    key(&class, "PgDn");
    expect(&class, true, "  Now more.");
    expect(&class, true, "question 1");
    expect(&class, true, "J = 4?");
    expect(&class, false, "129");
    key(&class, "PgUp");
    expect(&class, true, "threshold.");
    key(&class, "Right");
    expect(&class, true, "J = 4?");
    key(&class, "Left");
    key(&class, "Enter");
    expect(&class, true, "J = 4?");
    close_class(&class);
}
END_TEST

START_TEST(answers_are_judged_and_the_guess_stays_beside_the_truth)
{
    struct class class;
    begin(&class);
    type(&class, "next");
    key(&class, "Enter");
    expect(&class, true, "the question waits for a number; hint helps, skip shows the answer");
    type(&class, "126");
    expect(&class, true, "126 is twice 63.");
    expect(&class, false, "129");
    type(&class, "neurons A"); /* anything may be tried */
    ck_assert(stop_stands(class.session));
    expect(&class, true, "126 is twice 63.");
    type(&class, "hint");
    expect(&class, true, "It lies between 32 and 320.");
    clock_now = 12.5;
    type(&class, "140");
    expect(&class, true, "you said  140 Hz");
    expect(&class, true, "it is     129 Hz");
    expect(&class, true, "Near. Pauses count.");
    type(&class, "next");
    ck_assert(stop_stands(class.session));
    type(&class, "next");
    expect(&class, true, "a) more   b) less   c) same");
    type(&class, "a");
    expect(&class, true, "It is not a. Look again.");
    type(&class, "skip");
    expect(&class, true, "It is b) less.");
    type(&class, "next");
    expect(&class, true, "That was \"A little lesson\".");
    close_class(&class);
}
END_TEST

START_TEST(the_report_says_what_was_answered)
{
    struct class class;
    begin(&class);
    char line[300], text[1000] = "";
    const char *path = scratch("report.csv");
    type(&class, "next");
    clock_now = 4;
    type(&class, "126");
    type(&class, "129");
    type(&class, "next");
    type(&class, "next");
    type(&class, "skip");
    snprintf(line, sizeof line, "lesson report > %s", path);
    type(&class, line);
    FILE *file = fopen(path, "r");
    ck_assert(file != NULL && fread(text, 1, sizeof text - 1, file) > 0);
    fclose(file);
    ck_assert_str_eq(text, "lesson,question,guess,truth,tries,seconds\n06-little,1,129 Hz,129 Hz,2,4\n"
                           "06-little,2,,b) less,0,0\n");
    close_class(&class);
}
END_TEST

START_TEST(going_back_is_exact_and_what_was_tried_is_undone)
{
    struct class class;
    begin(&class);
    char *first = spikes(&class);
    type(&class, "next");
    char *second = spikes(&class);
    type(&class, "set A tau_rc=50ms; input A 0.3; run 1s; close 1");
    type(&class, "back");
    char *again = spikes(&class);
    ck_assert_msg(strcmp(first, again) == 0, "the spikes of the first step are others");
    free(again);
    type(&class, "set A n=7");
    type(&class, "next"); /* as if nothing had been tried */
    again = spikes(&class);
    ck_assert_msg(strcmp(second, again) == 0, "the spikes of the second step are others");
    type(&class, "129");
    type(&class, "next");
    type(&class, "back");
    expect(&class, true, "it is     129 Hz"); /* it stays answered */
    free(first);
    free(second);
    free(again);
    type(&class, "back");
    type(&class, "back");
    expect(&class, true, "this is where the lesson begins");
    close_class(&class);
}
END_TEST

START_TEST(leaving_brings_back_everything)
{
    struct class class;
    char line[300];
    open_class(&class);
    type(&class, "population B n=5 seed=2; input B 0.7; dt 0.5ms; run 1s; close 2; knob B tau_rc 5ms:50ms");
    type(&class, "set glyphs=ascii; window 0.2s");
    char *before = screen(&class);
    snprintf(line, sizeof line, "lesson %s", write_lesson(LITTLE));
    type(&class, line);
    expect(&class, false, "B tau_rc");
    type(&class, "set glyphs=block; quit lesson");
    char *after = screen(&class);
    int row = 0;
    for (const char *a = before, *b = after; (*a || *b) && row < 19; row++) { /* below it: lesson ... was typed */
        size_t m = strcspn(a, "\n"), n = strcspn(b, "\n");
        ck_assert_msg(m == n && memcmp(a, b, m) == 0, "before\n%.*s\nafter\n%.*s", (int)m, a, (int)n, b);
        a += m + (a[m] == '\n');
        b += n + (b[n] == '\n');
    }
    type(&class, "quit lesson");
    expect(&class, true, "no lesson is on; quit alone leaves the program");
    ck_assert(!session_quits(class.session));
    free(before);
    free(after);
    close_class(&class);
}
END_TEST

START_TEST(a_sourced_script_stops_too_and_shows_no_answers)
{
    struct class class;
    char line[300];
    open_class(&class);
    snprintf(line, sizeof line, "source %s; set glyphs=ascii", write_lesson(LITTLE));
    type(&class, line);
    ck_assert(stop_stands(class.session));
    type(&class, "next");
    expect(&class, true, "J = 4?");
    expect(&class, false, "answer=");
    type(&class, "back");
    expect(&class, true, "back goes back in a lesson, and none is on: lesson lists them");
    type(&class, "129");
    expect(&class, true, "Right. Pauses count.");
    for (int i = 0; i < 2; i++)
        type(&class, "next");
    type(&class, "b");
    type(&class, "next");
    ck_assert(!stop_stands(class.session) && session_glyphs(class.session) == GLYPHS_ASCII);
    close_class(&class);
}
END_TEST

static bool was_said(struct class *class, const char *text)
{
    const struct transcript *transcript = class->session->transcript;
    enum ink ink;
    for (size_t i = 0; i < transcript_lines(transcript); i++)
        if (strstr(transcript_line(transcript, i, &ink), text))
            return true;
    return false;
}

START_TEST(measuring_tells_nothing_before_the_guess)
{
    struct class class;
    char line[300];
    open_class(&class);
    snprintf(line, sizeof line, "lesson %s",
             write_lesson("population A n=9 seed=1\nask \"Error?\" of=\"decode A\" cell=rms(decoded-target)\n"));
    type(&class, line);
    expect(&class, true, "Error?");
    ck_assert(!was_said(&class, "RMS error")); /* decode says it beside its table */
    type(&class, "decode A");
    ck_assert(was_said(&class, "RMS error"));
    close_class(&class);
}
END_TEST

START_TEST(a_room_sees_the_answer_when_the_lecturer_goes_on)
{
    struct class class;
    char line[300];
    open_class(&class);
    snprintf(line, sizeof line, "lesson %s present", write_lesson(LITTLE));
    type(&class, line);
    key(&class, "PgDn");
    expect(&class, false, "129");
    key(&class, "PgDn");
    expect(&class, true, "It is 129 Hz. Pauses count.");
    key(&class, "PgDn");
    expect(&class, false, "question 1");
    expect(&class, true, "It is 129 Hz."); /* it stays in sight */
    ck_assert(class.session->settings.present);
    type(&class, "freeze");
    type(&class, "quit lesson"); /* as it was before: neither large nor standing still */
    ck_assert(!class.session->settings.present && !class.session->frozen);
    close_class(&class);
}
END_TEST

START_TEST(a_knob_answers)
{
    struct class class;
    char line[300];
    open_class(&class);
    snprintf(line, sizeof line, "lesson %s",
             write_lesson("population A n=3; knob A tau_synapse 1ms:200ms scale=log\n"
                          "ask \"Best?\" knob=\"A tau_synapse\" answer=20ms within=20% why=\"A balance.\"\n"));
    type(&class, line);
    type(&class, "set A tau_synapse=40ms");
    expect(&class, false, "A balance.");
    type(&class, "set A tau_synapse=17ms");
    expect(&class, true, "Right. A balance.");
    close_class(&class);
}
END_TEST

START_TEST(what_is_veiled_is_not_seen)
{
    struct class class;
    open_class(&class);
    type(&class, "population A n=3 seed=1; pane 1 tuning A; close 3; close 2");
    expect(&class, true, "300┤");
    type(&class, "note 1 \"begins here\" x=-0.5; clear");
    expect(&class, true, "begins here");
    type(&class, "veil 1; clear");
    expect(&class, false, "300┤");
    expect(&class, false, "begins here");
    expect(&class, true, "  ?  ");
    expect(&class, true, "1 tuning A");
    type(&class, "reveal 1; note 1 off; clear");
    expect(&class, true, "300┤");
    expect(&class, false, "begins here");
    type(&class, "veil 1 sum");
    type(&class, "veil 1 legend");
    expect(&class, true, "unknown part 'legend': one of curves, sum, weights");
    type(&class, "veil 2");
    expect(&class, true, "there is no pane 2");
    close_class(&class);
}
END_TEST

START_TEST(a_lesson_that_fails_says_where_and_can_be_left)
{
    struct class class;
    char line[300];
    open_class(&class);
    snprintf(line, sizeof line, "lesson %s", write_lesson("population A n=3\nwait\nset A tau_rc=-1\nwait\n"));
    type(&class, line);
    type(&class, "next");
    expect(&class, true, "06-little.lif stops at its line 3, where a command failed.");
    type(&class, "back");
    ck_assert(stop_stands(class.session));
    type(&class, "quit lesson");
    ck_assert(!stop_stands(class.session));
    close_class(&class);
}
END_TEST

START_TEST(without_a_screen_it_tests_itself)
{
    struct outcome o = run(LITTLE);
    ck_assert_msg(o.good, "%s", o.err);
    ck_assert_str_eq(o.err, "lifscope: t:10: J = 4? 129\nlifscope: t:13: Which? b) less\n");
    outcome_free(&o);
    o = run("ask \"How many?\" of=\"response model=lif J=2\" cell=rate,0 choices=\"33|63|126\" right=3\n");
    ck_assert(!o.good);
    ck_assert_str_eq(o.err, "lifscope: t:1: How many?: 63.04, so the right choice is 2 and not 3\n");
    outcome_free(&o);
    expect_error("ask \"x\"",
                 "ask wants to know what is true: of=\"COMMAND\" cell=COLUMN,ROW measures it, choices= and "
                 "right= or answer= say it");
    expect_error("ask \"x\" choices=\"a|b\"", "right= wants the number of the right choice, from 1 to 2");
    expect_error("next", "no lesson waits: lesson lists them, lesson 1 begins the first");
}
END_TEST

START_TEST(a_lesson_that_is_interrupted_stands_where_it_is)
{
    struct class class;
    char line[300];
    open_class(&class);
    snprintf(line, sizeof line, "lesson %s", write_lesson("population A n=3\nwait\nset A n=5\nwait\n"));
    type(&class, line);
    session_line(class.session, "next", NULL, 0);
    ck_assert(session_queued(class.session) && session_interrupt(class.session));
    session_collect(class.session);
    expect(&class, true, "The lesson was stopped here.");
    type(&class, "back");
    ck_assert(stop_stands(class.session));
    type(&class, "next");
    ck_assert(stop_stands(class.session));
    close_class(&class);
}
END_TEST

START_TEST(a_script_does_not_turn_its_own_pages)
{
    static const char *const lines[] = {"back", "lesson 1", "next", "quit lesson"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct class class;
        char line[300], text[100];
        open_class(&class);
        snprintf(text, sizeof text, "population A n=3\nwait\n%s\nwait\n", lines[i]);
        snprintf(line, sizeof line, "lesson %s", write_lesson(text));
        type(&class, line);
        type(&class, "next");
        expect(&class, true, "stops at its line 3, where a command failed.");
        close_class(&class);
    }
}
END_TEST

/* With the engine's own thread, as on a screen: however long one looks, what follows begins at the same step. */
static void until_stop(struct class *class, size_t number)
{
    const struct lesson *lesson = class->session->lesson;
    while (!(stop_stands(class->session) && lesson->stops == number)) {
        session_collect(class->session);
        sched_yield();
    }
}

static uint64_t step_now(struct class *class)
{
    session_collect(class->session);
    return class->session->rig.status.step;
}

START_TEST(time_that_one_looks_on_does_not_count)
{
    struct class class;
    char line[300];
    struct error error;
    open_class(&class);
    ck_assert(session_start(class.session, NULL, NULL, &error));
    type(&class, "population B n=2 seed=3; input B 0.7; run");
    snprintf(
        line, sizeof line, "lesson %s",
        write_lesson("population A n=3 seed=1; input A 0.5; speed max\nrun 20ms\nwait run=50ms\nrun 10ms\nwait\n"));
    type(&class, line);
    until_stop(&class, 0);
    while (step_now(&class) < 500) /* it runs, live */
        sched_yield();
    type(&class, "next");
    until_stop(&class, 1);
    ck_assert_uint_eq(step_now(&class), 80);
    char *first = spikes(&class);
    type(&class, "run 30ms; set A tau_rc=5ms");
    type(&class, "back");
    until_stop(&class, 0);
    type(&class, "next");
    until_stop(&class, 1);
    ck_assert_uint_eq(step_now(&class), 80);
    char *second = spikes(&class);
    ck_assert_msg(strcmp(first, second) == 0, "the spikes are others");
    type(&class, "quit lesson");
    uint64_t before = step_now(&class);
    while (step_now(&class) <= before) /* what was there goes on */
        sched_yield();
    ck_assert(class.session->rig.status.running);
    free(first);
    free(second);
    close_class(&class);
}
END_TEST

START_TEST(what_was_typed_becomes_a_lesson)
{
    struct class class;
    char line[300], text[2000] = "";
    const char *path = scratch("mine.lif");
    open_class(&class);
    type(&class, "population A n=3 seed=1");
    type(&class, "input A 0.5");
    snprintf(line, sizeof line, "lesson new %s", path);
    type(&class, line);
    FILE *file = fopen(path, "r");
    ck_assert(file != NULL && fread(text, 1, sizeof text - 1, file) > 0);
    fclose(file);
    ck_assert_msg(strstr(text, "\npopulation A n=3 seed=1\ninput A 0.5\nwait\n") && strncmp(text, "# ", 2) == 0, "%s",
                  text);
    struct outcome o = run(text);
    ck_assert_msg(o.good, "%s", o.err);
    outcome_free(&o);
    close_class(&class);
}
END_TEST

/* ---- the lessons that come with the program ---- */

/* What is to be read is on the screen, the question whole: the last word of each. */
static void expect_readable(struct class *class)
{
    const struct lesson *lesson = class->session->lesson;
    struct view view;
    session_view(class->session, &view);
    const struct canvas canvas = {.width = 80, .glyphs = GLYPHS_BRAILLE};
    const char *texts[] = {view.page->question, view.page->said,
                           view.page->said && *view.page->said ? "" : view.page->text};
    int rows = telling_rows(&canvas, view.page, 80);
    ck_assert_msg(*view.page->said || rows <= TELLING_MOST, "%s, stop %zu: %d lines are too many", lesson->script.name,
                  lesson->stops, rows - 1);
    ck_assert_msg(view.page->question || *view.page->text, "%s, stop %zu says nothing", lesson->script.name,
                  lesson->stops);
    char *picture = screen(class);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char *blank = texts[i] ? strrchr(texts[i], ' ') : NULL;
        ck_assert_msg(!blank || strstr(picture, blank + 1), "%s, stop %zu: '%s' is cut", lesson->script.name,
                      lesson->stops, texts[i]);
    }
    free(picture);
}

static bool is_known(struct class *class)
{
    return lesson_record(class->session)->known;
}

/* Every wrong choice, or numbers that are far off, and every hint, until the answer is shown; then it has been said. */
static void answer_wrongly(struct class *class)
{
    const struct question *question = class->session->lesson->question;
    char line[64];
    for (int i = 0; i < 3; i++)
        type(class, "hint");
    for (size_t i = 0; i < question->choices && !is_known(class); i++)
        if (i != question->right) {
            snprintf(line, sizeof line, "%c", (char)('a' + i));
            type(class, line);
            expect_readable(class);
        }
    for (size_t i = 0; question->choices == 0 && !is_known(class); i++) {
        snprintf(line, sizeof line, "%.17g", i < question->slips ? question->slip[i] : 1e7 + (double)i);
        type(class, line);
        expect_readable(class);
    }
    ck_assert_msg(is_known(class), "question %zu stays open", class->session->lesson->questions);
}

static void answer_rightly(struct class *class)
{
    const struct lesson *lesson = class->session->lesson;
    char line[64];
    if (lesson->question->choices > 0)
        snprintf(line, sizeof line, "%c", (char)('a' + lesson->question->right));
    else
        snprintf(line, sizeof line, "%.17g", lesson->truth);
    type(class, line);
    const struct record *record = lesson_record(class->session);
    ck_assert_msg(record->known && record->said_as == PAGE_SAID_RIGHT, "%s, question %zu: %s is not right: %s",
                  lesson->script.name, lesson->questions, line, record->said);
    expect_readable(class);
}

static void give(struct class *class, const char *name, void (*answer)(struct class *class))
{
    const struct lesson *lesson = class->session->lesson;
    char line[64];
    snprintf(line, sizeof line, "lesson %s", name);
    type(class, line);
    ck_assert_msg(lesson->on, "%s does not begin", name);
    for (int steps = 0; lesson->stands != STOP_END; steps++) {
        ck_assert_msg(stop_stands(class->session) && !lesson->failed && steps < 60, "%s does not go on behind stop %zu",
                      name, lesson->stops);
        expect_readable(class);
        if (lesson->stands == STOP_ASK)
            answer(class);
        type(class, "next");
    }
}

static void each_lesson(void (*answer)(struct class *class))
{
    ck_assert(setenv("LIFSCOPE_DATA", TEST_DATA "/../../data", 1) == 0);
    struct shelf *shelf = shelf_open();
    ck_assert_msg(shelf->lessons >= 12, "only %zu lessons", shelf->lessons);
    for (size_t i = 0; i < shelf->lessons; i++) {
        struct class class;
        open_class(&class);
        give(&class, shelf->lesson[i].name, answer);
        close_class(&class);
    }
    shelf_free(shelf);
}

START_TEST(every_lesson_is_given_to_one_who_is_right)
{
    each_lesson(answer_rightly);
}
END_TEST

START_TEST(every_lesson_is_given_to_one_who_is_wrong)
{
    each_lesson(answer_wrongly);
}
END_TEST

/* From the end back to the beginning: what is drawn at each stop is what was drawn on the way there. */
START_TEST(a_lesson_is_walked_back)
{
    struct class class;
    char *seen[60] = {NULL};
    size_t stops;
    ck_assert(setenv("LIFSCOPE_DATA", TEST_DATA "/../../data", 1) == 0);
    open_class(&class);
    const struct lesson *lesson = class.session->lesson;
    type(&class, "lesson 6");
    while (lesson->stands != STOP_END) {
        if (lesson->stands == STOP_ASK)
            answer_rightly(&class);
        type(&class, "clear");
        seen[lesson->stops] = screen(&class);
        type(&class, "next");
    }
    for (stops = lesson->stops; stops-- > 0;) {
        type(&class, "back");
        type(&class, "clear");
        char *picture = screen(&class);
        ck_assert_uint_eq(lesson->stops, stops);
        if (strcmp(picture, seen[stops]) != 0)
            fprintf(stderr, "%s\n%s", seen[stops], picture);
        ck_assert_msg(strcmp(picture, seen[stops]) == 0, "stop %zu looks another way", stops);
        free(picture);
        free(seen[stops]);
    }
    close_class(&class);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("command: lessons", it_stops_and_goes_on_with_every_key,
                       answers_are_judged_and_the_guess_stays_beside_the_truth, the_report_says_what_was_answered,
                       going_back_is_exact_and_what_was_tried_is_undone, leaving_brings_back_everything,
                       a_sourced_script_stops_too_and_shows_no_answers, measuring_tells_nothing_before_the_guess,
                       a_room_sees_the_answer_when_the_lecturer_goes_on, a_knob_answers, what_is_veiled_is_not_seen,
                       a_lesson_that_fails_says_where_and_can_be_left, a_lesson_that_is_interrupted_stands_where_it_is,
                       a_script_does_not_turn_its_own_pages, without_a_screen_it_tests_itself,
                       time_that_one_looks_on_does_not_count, what_was_typed_becomes_a_lesson,
                       every_lesson_is_given_to_one_who_is_right, every_lesson_is_given_to_one_who_is_wrong,
                       a_lesson_is_walked_back);
}
