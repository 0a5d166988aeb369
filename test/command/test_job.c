/* A command that works beside the loop: lines, keys and frames go on, what needs its answer waits, and the answer is
 * the one that a script gets. */
#include "run.h"

#include <sched.h>
#include <stdatomic.h>

#include "base/stop.h"
#include "language/command.h"
#include "session/job.h"
#include "session/session.h"

/* ---- a command of the test: it works until it is let go ---- */

static atomic_bool let_go, is_at_work;
static int finished, freed;

static bool work_hold(void *own, struct sheet *sheet, struct progress progress, struct error *error)
{
    static const char *const columns[] = {"held", NULL};
    atomic_store(&is_at_work, true);
    while (!atomic_load(&let_go)) {
        if (progress.stop(progress.context, 0.43))
            return error_set(error, "interrupted");
        sched_yield();
    }
    if (*(int *)own == 0)
        return error_set(error, "nothing was held");
    if (!sheet_header(sheet, error, columns))
        return false;
    sheet_integer(sheet, *(int *)own);
    sheet_row(sheet);
    return true;
}

static bool finish_hold(struct session *session, void *own, struct error *error)
{
    (void)session;
    finished++;
    return *(int *)own != 13 || error_set(error, "13 cannot be put anywhere");
}

static void free_hold(void *own)
{
    freed++;
    free(own);
}

static bool run_hold(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                     struct error *error)
{
    int *own = malloc(sizeof *own);
    *own = (int)argument(arguments, "n")->count;
    bool makes = *own == 77;
    return session_job(session, &(struct job){"holding", makes, own, work_hold, finish_hold, free_hold}, sheet, error);
}

static const struct parameter hold_parameters[] = {
    {.name = "n", .type = TYPE_COUNT, .high = 100, .positional = true, .required = true, .help = "what is held"}, {0}};
static const struct command hold = {.name = "hold",
                                    .summary = "works until it is let go",
                                    .parameters = hold_parameters,
                                    .table = true,
                                    .run = run_hold};
static const struct command_family family_hold = {"Test", &hold, 1};

static const struct command_list *with_hold(void)
{
    static const struct command_family *family[64];
    static struct command_list list = {family};
    size_t n = 0;
    for (; all_commands.family[n]; n++)
        family[n] = all_commands.family[n];
    family[n] = &family_hold;
    family[n + 1] = NULL;
    return &list;
}

/* ---- a session with a screen ---- */

struct hand {
    struct session *session;
    FILE *out;
    char *said;
    size_t size;
    atomic_int woken;
};

static void wake(void *context)
{
    atomic_fetch_add(&((struct hand *)context)->woken, 1);
}

static void hand_open(struct hand *hand)
{
    struct error error;
    *hand = (struct hand){.out = NULL};
    hand->out = open_memstream(&hand->said, &hand->size);
    struct session_options options = {
        .screen = true, .width = 100, .height = 30, .glyphs = GLYPHS_BRAILLE, .out = hand->out, .err = hand->out};
    hand->session = session_new(&options, with_hold());
    ck_assert(session_start(hand->session, wake, hand, &error));
    atomic_store(&let_go, false);
    atomic_store(&is_at_work, false);
    finished = freed = 0;
}

static void hand_close(struct hand *hand)
{
    session_free(hand->session);
    fclose(hand->out);
    free(hand->said);
}

static bool saw(struct hand *hand, const char *text)
{
    struct view view;
    enum ink ink;
    session_view(hand->session, &view);
    for (size_t i = 0; i < transcript_lines(view.output); i++)
        if (strstr(transcript_line(view.output, i, &ink), text))
            return true;
    return false;
}

/* What was said last. */
static const char *last_line(struct hand *hand)
{
    struct view view;
    enum ink ink;
    session_view(hand->session, &view);
    return transcript_line(view.output, transcript_lines(view.output) - 1, &ink);
}

/* Until nothing waits; Check ends it if that never comes. */
static void wait_idle(struct hand *hand)
{
    do {
        session_collect(hand->session);
        sched_yield();
    } while (session_busy(hand->session) || session_queued(hand->session));
}

static void type(struct hand *hand, const char *line)
{
    ck_assert_msg(session_line(hand->session, line, NULL, 0), "'%s' failed", line);
}

START_TEST(lines_and_keys_go_on_and_the_rest_waits)
{
    struct hand hand;
    struct view view;
    hand_open(&hand);
    type(&hand, "population A n=5; run");
    type(&hand, "hold 7; set A n=6");
    ck_assert(session_busy(hand.session));
    session_view(hand.session, &view);
    ck_assert_int_eq((int)view.subject[0].neurons, 5);
    size_t before = history_steps(view.subject[0].history);
    while (history_steps(view.subject[0].history) == before) /* the simulation goes on */
        session_collect(hand.session);
    type(&hand, "window 2s"); /* of the moment */
    ck_assert(session_key(hand.session, "F2", true));
    type(&hand, "set A n=7");
    ck_assert(saw(&hand, "waits until hold is done; Ctrl-C stops that"));
    session_collect(hand.session);
    session_view(hand.session, &view);
    ck_assert(view.subject[0].neurons == 5 && finished == 0);
    int woken = atomic_load(&hand.woken);
    type(&hand, "pause");
    atomic_store(&let_go, true);
    while (atomic_load(&hand.woken) == woken)
        sched_yield();
    wait_idle(&hand);
    ck_assert(saw(&hand, "held") && saw(&hand, "7"));
    session_view(hand.session, &view);
    ck_assert_int_eq((int)view.subject[0].neurons, 7);
    ck_assert_int_eq(finished, 1);
    ck_assert_int_eq(freed, 1);
    hand_close(&hand);
}
END_TEST

/* They might mean what is being made. */
START_TEST(lines_wait_for_what_is_being_made)
{
    struct hand hand;
    struct view view;
    hand_open(&hand);
    type(&hand, "population A n=5; pane 2 raster A");
    type(&hand, "hold 77");
    type(&hand, "select A 3");
    type(&hand, "speed 2");
    ck_assert(session_key(hand.session, "F2", true));
    session_collect(hand.session);
    session_view(hand.session, &view);
    ck_assert_int_ne((int)view.subject[0].selected, 3);
    ck_assert_double_eq(view.speed, 2);
    ck_assert(view.pane_keys);
    atomic_store(&let_go, true);
    wait_idle(&hand);
    session_view(hand.session, &view);
    ck_assert_int_eq((int)view.subject[0].selected, 3);
    hand_close(&hand);
}
END_TEST

START_TEST(how_far_it_is_shows_after_a_moment)
{
    struct hand hand;
    struct view view;
    hand_open(&hand);
    type(&hand, "hold 7");
    session_collect(hand.session);
    session_view(hand.session, &view);
    ck_assert(view.notice == NULL || atomic_load(&is_at_work));
    do {
        session_collect(hand.session);
        session_view(hand.session, &view);
    } while (!view.notice || !strstr(view.notice, "43"));
    ck_assert_str_eq(view.notice, "holding ████░░░░░░  43 %");
    ck_assert(!session_collect(hand.session)); /* the bar has not moved: no frame is worth drawing */
    type(&hand, "list");
    session_view(hand.session, &view);
    ck_assert_str_eq(view.notice, "holding ████░░░░░░  43 %, 1 command queued");
    atomic_store(&let_go, true);
    wait_idle(&hand);
    session_view(hand.session, &view);
    ck_assert(view.notice == NULL);
    hand_close(&hand);
}
END_TEST

START_TEST(ctrl_c_stops_it_and_what_runs_goes_on)
{
    struct hand hand;
    struct view view;
    hand_open(&hand);
    type(&hand, "population A n=5; run");
    type(&hand, "hold 7; set A n=6");
    type(&hand, "set A n=7");
    ck_assert(session_interrupt(hand.session));
    type(&hand, "pane 2 raster A");                   /* a line typed now does not undo it */
    ck_assert(session_key(hand.session, "F2", true)); /* nor does a key */
    wait_idle(&hand);
    ck_assert(saw(&hand, "interrupted") && saw(&hand, "what waited is not run"));
    ck_assert(!stop_requested());
    session_view(hand.session, &view);
    ck_assert(view.running && view.subject[0].neurons == 5);
    ck_assert(finished == 0 && freed == 1);
    hand_close(&hand);
}
END_TEST

/* Only the rest of its line, and of its file. */
static void expect_failure(const char *line, const char *sentence)
{
    struct hand hand;
    struct view view;
    const char *file = scratch("failing");
    char source[300];
    hand_open(&hand);
    type(&hand, "population A n=5");
    atomic_store(&let_go, true);
    type(&hand, line);
    type(&hand, "set A dims=2");
    wait_idle(&hand);
    ck_assert_msg(saw(&hand, sentence), "'%s' did not say %s", line, sentence);
    session_view(hand.session, &view);
    ck_assert_msg(view.subject[0].neurons == 5, "the rest of '%s' was run", line);
    ck_assert_int_eq((int)view.subject[0].population->dims, 2);
    snprintf(source, sizeof source, "# first\n%s\nset A n=8\n", line);
    write_file(file, source);
    snprintf(source, sizeof source, "source %s", file);
    type(&hand, source);
    type(&hand, "set A dims=3");
    wait_idle(&hand);
    snprintf(source, sizeof source, "%s:2: %s", file, sentence);
    ck_assert_msg(saw(&hand, source), "'%s' in a file did not say %s", line, source);
    session_view(hand.session, &view);
    ck_assert_msg(view.subject[0].neurons == 5, "the file went on behind '%s'", line);
    ck_assert_int_eq((int)view.subject[0].population->dims, 3);
    hand_close(&hand);
}

START_TEST(what_fails_takes_the_rest_of_its_line_and_file_along)
{
    expect_failure("hold 0; set A n=6", "nothing was held");
    expect_failure("hold 13; set A n=6", "13 cannot be put anywhere");
    expect_failure("hold 7 > /nowhere/held.csv; set A n=6", "/nowhere/held.csv");
}
END_TEST

START_TEST(leaving_stops_it)
{
    struct hand hand;
    hand_open(&hand);
    type(&hand, "hold 7");
    hand_close(&hand);
    ck_assert(finished == 0 && freed == 1);
    ck_assert(!stop_requested());
}
END_TEST

/* ---- the commands that are jobs: in a file, word by word what a script writes ---- */

static const char *const tables[] = {
    "rmse A function=x^2 n=10,20 seeds=3",
    "rmse A n=30 seeds=1 eval_points=500",
    "accuracy dt=1ms time=1s",
    "accuracy A time=1s J=1:3:3 model=fastlif",
    "accuracy B",
    "decoders A function=x^2",
    "decoders B normalised=on eval_points=100 seed=9",
    "decode A function=sin(pi*x) points=51",
    "decode B function=x1*x2",
    "spikes A from=20ms",
    "rates A dt=1ms",
    "rates B method=kernel tau=5ms from=30ms",
    "stats A",
    "counts A",
    "counts C from=0.2s",
    "intervals A 7",
    "intervals C",
    "isi A bins=9",
    "isi C 7 bins=3",
    "poprate A bin=7ms",
    "poprate C bin=100ms",
    "decoded A from=20ms dt=5ms",
    "decoded B",
    "spikes C",
    "rates C dt=10ms",
    "stats C",
    "meanfield scan mu=1mV:14mV:5 sigma=1mV:13mV:4",
    "meanfield fit mu=8mV:12mV:3",
    "meanfield transfer mu=10mV freq=1Hz:50Hz:4",
    "tuning A points=11",
    "tuning B model=softlif points=5",
    "tuning B along=encoder",
    "tuning A model=measured points=7 errors=on",
    "fit A points=5",
    "response J=0:3:31 gain=2",
    "neurons B",
    "save A",
    "save C format=trains",
};

#define BEFORE                                                                                                         \
    "population A n=30 seed=3; population B n=5 tau_rc=30ms dims=2; set dt=0.5ms; input A sine freq=5Hz; speed max; "  \
    "run 200ms; load \"%s\" as C"

START_TEST(answers_are_those_of_a_script)
{
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        struct hand hand;
        const char *path[] = {scratch("screen.csv"), scratch("script.csv")}, *recording = scratch("recording");
        char before[500], lines[2][1000];
        write_file(recording, "time,neuron\n0.1,7\n0.2,9\n0.25,7\n0.4,8\n0.9,7\n");
        snprintf(before, sizeof before, BEFORE, recording);
        snprintf(lines[0], sizeof lines[0], "%s > %s overwrite=on", tables[i], path[0]);
        snprintf(lines[1], sizeof lines[1], "%s\n%s > %s overwrite=on\n", before, tables[i], path[1]);
        hand_open(&hand);
        type(&hand, before);
        wait_idle(&hand);
        bool good = session_line(hand.session, lines[0], NULL, 0);
        ck_assert_msg(good, "'%s' failed: %s", lines[0], last_line(&hand));
        ck_assert_msg(session_busy(hand.session), "'%s' was done at once", tables[i]);
        ck_assert(session_key(hand.session, "Space", true)); /* it runs on */
        type(&hand, "set A n=3; remove B; remove C");
        wait_idle(&hand);
        hand_close(&hand);
        struct outcome o = run(lines[1]);
        ck_assert_msg(o.good, "'%s' said %s", lines[1], o.err);
        outcome_free(&o);
        char *beside = read_file(path[0]), *script = read_file(path[1]);
        ck_assert_msg(beside && script && *script, "'%s' wrote nothing", tables[i]);
        ck_assert_msg(strcmp(beside, script) == 0, "'%s' wrote\n%s\nnot\n%s", tables[i], beside, script);
        free(beside);
        free(script);
    }
}
END_TEST

START_TEST(saving_that_is_stopped_leaves_no_file)
{
    static const char *const formats[] = {"events", "nest", "trains", "dense"};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        char *said, line[300];
        size_t size;
        const char *path = scratch("stopped");
        struct session_options options = {.out = stdout, .err = open_memstream(&said, &size)};
        struct session *session = session_new(&options, &all_commands);
        ck_assert(session_line(session, "population A n=20; input A 1; run 100ms", NULL, 0));
        stop_request();
        snprintf(line, sizeof line, "save A %s format=%s", path, formats[i]);
        ck_assert_msg(!session_line(session, line, NULL, 0), "'%s' goes on", line);
        fclose(options.err);
        ck_assert_msg(strstr(said, "stopped: interrupted") != NULL, "'%s' said %s", line, said);
        ck_assert_msg(access(path, F_OK) != 0, "'%s' left a file", line);
        stop_forget();
        session_free(session);
        free(said);
    }
}
END_TEST

int main(void)
{
    return HARNESS_RUN("command: job", lines_and_keys_go_on_and_the_rest_waits, lines_wait_for_what_is_being_made,
                       how_far_it_is_shows_after_a_moment, ctrl_c_stops_it_and_what_runs_goes_on,
                       what_fails_takes_the_rest_of_its_line_and_file_along, leaving_stops_it,
                       saving_that_is_stopped_leaves_no_file, answers_are_those_of_a_script);
}
