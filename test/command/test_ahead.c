/* What takes long to make is made beside the loop before anything changes: large populations, connections that have to be
 * solved. The result is that of a script, is said once, and is one step for undo. */
#include "run.h"

#include <sched.h>

#include "frame/frame.h"
#include "session/job.h"
#include "session/session.h"

struct hand {
    struct session *session;
    FILE *out;
    char *said;
    size_t size;
};

static void wake(void *context)
{
    (void)context;
}

static void hand_open(struct hand *hand)
{
    struct error error;
    *hand = (struct hand){.out = NULL};
    hand->out = open_memstream(&hand->said, &hand->size);
    struct session_options options = {
        .screen = true, .width = 100, .height = 30, .glyphs = GLYPHS_BRAILLE, .out = hand->out, .err = hand->out};
    hand->session = session_new(&options, &all_commands);
    ck_assert(session_start(hand->session, wake, hand, &error));
}

static void hand_close(struct hand *hand)
{
    session_free(hand->session);
    fclose(hand->out);
    free(hand->said);
}

static void wait_idle(struct hand *hand)
{
    struct view view;
    do {
        session_collect(hand->session);
        session_view(hand->session, &view);
        sched_yield();
    } while (session_busy(hand->session) || session_queued(hand->session));
}

static void type(struct hand *hand, const char *line)
{
    ck_assert_msg(session_line(hand->session, line, NULL, 0), "'%s' failed", line);
}

static size_t times_said(struct hand *hand, const char *text)
{
    struct view view;
    enum ink ink;
    size_t count = 0;
    session_view(hand->session, &view);
    for (size_t i = 0; i < transcript_lines(view.output); i++)
        count += strstr(transcript_line(view.output, i, &ink), text) != NULL;
    return count;
}

static size_t neurons(struct hand *hand, const char *name)
{
    struct view view;
    session_view(hand->session, &view);
    const struct subject *subject = view_subject(&view, name);
    return subject ? subject->neurons : 0;
}

/* ---- the same as in a script ---- */

#define TWO "population A n=300 seed=3; population B n=40 seed=4; "
static const struct {
    const char *before, *line, *after, *table; /* `after` with the screen's answers, `table` to compare */
} made[] = {
    {"", "population A n=50000 seed=5", "input A sine; speed max; run 3ms", "spikes A"},
    {"population A n=20; input A sine; ", "set A n=50000 dims=2", "speed max; run 2ms", "spikes A"},
    {"population A n=60000; ", "set A n=50000 x=0.5", "speed max; run 2ms", "spikes A"},
    {"population A n=50000; ", "seed 7", "", "neurons A"},
    {TWO, "connect A B function=x^2", "", "decoders A_B"},
    {TWO, "connect A B solver=dale eval_points=60", "", "weights A_B"},
    {TWO "connect A B; ", "set A tau_rc=30ms", "", "decoders A_B"},
    {TWO "connect A B; ", "set A_B function=x^3", "", "decoders A_B"},
    {"population A n=50000; population B n=40; connect B A; ", "set A tau_rc=30ms", "speed max; run 2ms", "spikes A"},
};

START_TEST(what_is_made_is_what_a_script_makes)
{
    for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
        struct hand hand;
        const char *path[] = {scratch("screen.csv"), scratch("script.csv")};
        char table[2][300], script[1000];
        for (size_t k = 0; k < 2; k++)
            snprintf(table[k], sizeof table[k], "%s > %s overwrite=on", made[i].table, path[k]);
        hand_open(&hand);
        session_line(hand.session, made[i].before, NULL, 0);
        wait_idle(&hand);
        type(&hand, made[i].line);
        ck_assert_msg(session_busy(hand.session), "'%s' was done at once", made[i].line);
        type(&hand, made[i].after); /* waits its turn */
        type(&hand, table[0]);
        wait_idle(&hand);
        hand_close(&hand);
        snprintf(script, sizeof script, "%s%s\n%s\n%s\n", made[i].before, made[i].line, made[i].after, table[1]);
        struct outcome o = run(script);
        ck_assert_msg(o.good, "'%s' said %s", script, o.err);
        outcome_free(&o);
        char *screen = read_file(path[0]), *wanted = read_file(path[1]);
        ck_assert_msg(screen && wanted && strlen(wanted) > 50, "'%s' gave no table", made[i].line);
        ck_assert_msg(strcmp(screen, wanted) == 0, "after '%s', '%s' is another one", made[i].line, made[i].table);
        free(screen);
        free(wanted);
    }
}
END_TEST

/* ---- nothing changes until it is there ---- */

START_TEST(what_is_there_goes_on_until_it_is_made)
{
    struct hand hand;
    struct view view;
    hand_open(&hand);
    type(&hand, "population A n=5; run");
    type(&hand, "set A n=60000; set A n=60001");
    ck_assert(session_busy(hand.session));
    ck_assert_int_eq((int)neurons(&hand, "A"), 5);
    type(&hand, "select A 50000");
    ck_assert_int_eq((int)times_said(&hand, "waits until set is done"), 1);
    session_view(hand.session, &view);
    ck_assert(view.running);
    type(&hand, "speed 2"); /* is of the moment */
    session_view(hand.session, &view);
    ck_assert_double_eq(view.speed, 2);
    wait_idle(&hand);
    ck_assert_int_eq((int)neurons(&hand, "A"), 60001);
    session_view(hand.session, &view);
    ck_assert_int_eq((int)view.subject[0].selected, 50000);
    ck_assert_int_eq((int)times_said(&hand, "n 5 \u2192 60000"), 1);
    hand_close(&hand);
}
END_TEST

START_TEST(ctrl_c_leaves_all_as_it_was)
{
    struct hand hand;
    hand_open(&hand);
    type(&hand, "population A n=5");
    type(&hand, "population B n=16000000");
    ck_assert(session_interrupt(hand.session));
    wait_idle(&hand);
    ck_assert_int_eq((int)neurons(&hand, "B"), 0);
    ck_assert_int_eq((int)times_said(&hand, "interrupted"), 1);
    type(&hand, "population B n=6");
    wait_idle(&hand);
    ck_assert_int_eq((int)neurons(&hand, "B"), 6);
    hand_close(&hand);
}
END_TEST

START_TEST(what_cannot_be_made_is_said_as_in_a_script)
{
    static const char *const lines[][2] = {
        {"population A n=5; ", "population B n=50000 tau_ref=5ms"},
        {"population A n=50000; ", "set A tau_ref=5ms"},
        {TWO, "connect A B function=1/(x-x)"},
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct hand hand;
        char script[500];
        snprintf(script, sizeof script, "%s%s", lines[i][0], lines[i][1]);
        struct outcome o = run(script);
        ck_assert_msg(!o.good, "'%s' is possible", script);
        const char *sentence = strstr(o.err, ":1: "); /* of the file and line */
        ck_assert_msg(sentence, "%s", o.err);
        sentence += 4;
        char start[40];
        snprintf(start, sizeof start, "%.39s", sentence);
        hand_open(&hand);
        session_line(hand.session, lines[i][0], NULL, 0);
        wait_idle(&hand);
        session_line(hand.session, lines[i][1], NULL, 0);
        wait_idle(&hand);
        ck_assert_msg(times_said(&hand, start) == 1, "'%s' is said %zu times", start, times_said(&hand, start));
        outcome_free(&o);
        hand_close(&hand);
    }
}
END_TEST

START_TEST(it_is_one_step_for_undo)
{
    struct hand hand;
    hand_open(&hand);
    type(&hand, "population A n=5");
    type(&hand, "set A n=60000");
    wait_idle(&hand);
    type(&hand, "undo");
    wait_idle(&hand);
    ck_assert_int_eq((int)neurons(&hand, "A"), 5);
    ck_assert_int_eq((int)times_said(&hand, "undone: set A n=60000"), 1);
    type(&hand, "redo");
    wait_idle(&hand);
    ck_assert_int_eq((int)neurons(&hand, "A"), 60000);
    hand_close(&hand);
}
END_TEST

/* Where a knob stands when the first is made is what is made next; what it went over meanwhile is not. */
START_TEST(a_knob_goes_on_to_where_it_stands)
{
    struct hand hand;
    struct error error;
    struct view view;
    hand_open(&hand);
    type(&hand, "population A n=50000; knob tau_rc 10ms:100ms");
    wait_idle(&hand);
    struct knob *knob = &hand.session->knobs.knob[0];
    ck_assert(knob_turn_to(hand.session, knob, 0.2, &error));
    ck_assert(knobs_apply(hand.session));
    ck_assert(session_busy(hand.session));
    ck_assert(knob_turn_to(hand.session, knob, 0.5, &error));
    ck_assert(!knobs_apply(hand.session));
    ck_assert(knob_turn_to(hand.session, knob, 1, &error));
    wait_idle(&hand);
    knobs_apply(hand.session);
    wait_idle(&hand);
    session_view(hand.session, &view);
    ck_assert_double_eq_tol(view.subject[0].population->params.tau_rc, 0.1, 1e-12);
    ck_assert_int_eq((int)times_said(&hand, "waits until"), 0);
    hand_close(&hand);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("command: ahead", what_is_made_is_what_a_script_makes, what_is_there_goes_on_until_it_is_made,
                       ctrl_c_leaves_all_as_it_was, what_cannot_be_made_is_said_as_in_a_script, it_is_one_step_for_undo,
                       a_knob_goes_on_to_where_it_stands);
}
