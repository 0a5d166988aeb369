/* A long command shows how far it is, not at once, and not more often than eyes want. */
#include "run.h"

#include "base/stop.h"
#include "command/families.h"
#include "session/session.h"

static void count(void *context)
{
    ++*(int *)context;
}

START_TEST(a_bar_appears_after_a_moment_and_goes)
{
    struct session_options options = {.screen = true, .glyphs = GLYPHS_BRAILLE, .out = stdout, .err = stderr};
    struct session *session = session_new(&options, &all_commands);
    struct view view = {0};
    int frames = 0;
    session_on_work(session, count, &frames);
    ck_assert(!work_go_on(session, 0.5)); /* nothing has begun */
    work_begin(session, "loading");
    ck_assert(!work_go_on(session, 0.1));
    ck_assert_int_eq(frames, 0);
    session->work.begun -= 1; /* a second has passed */
    ck_assert(!work_go_on(session, 0.43));
    ck_assert_int_eq(frames, 1);
    ck_assert(!work_go_on(session, 0.44)); /* too soon for another frame */
    ck_assert_int_eq(frames, 1);
    session_view(session, &view);
    ck_assert_str_eq(view.notice, "loading ████░░░░░░  43 %");
    stop_request();
    ck_assert(work_go_on(session, 0.45));
    stop_forget();
    work_end(session);
    session_view(session, &view);
    ck_assert(view.notice == NULL);
    session_free(session);
}
END_TEST

/* Whatever a command works at, the simulation goes on and its record grows. */
START_TEST(records_grow_while_a_command_works)
{
    struct session_options options = {.screen = true, .glyphs = GLYPHS_BRAILLE, .out = stdout, .err = stderr};
    struct session *session = session_new(&options, &all_commands);
    struct error error;
    struct view view;
    int frames = 0;
    ck_assert(session_start(session, NULL, NULL, &error));
    ck_assert(session_line(session, "population A n=2; run", NULL, 0));
    session_on_work(session, count, &frames);
    session_view(session, &view);
    size_t before = history_steps(view.subject[0].history);
    work_begin(session, "solving");
    session->work.begun -= 1;
    do { /* Check ends it if nothing comes */
        session->work.shown = 0;
        ck_assert(!work_go_on(session, 0.5));
    } while (history_steps(view.subject[0].history) == before);
    ck_assert_int_gt(frames, 0);
    work_end(session);
    session_free(session);
}
END_TEST

static void press_ctrl_c(void *context)
{
    (void)context;
    stop_request();
}

/* As soon as the bar shows. */
static void expect_stop(const char *population, const char *line)
{
    char *said;
    size_t size;
    struct session_options options = {.out = stdout, .err = open_memstream(&said, &size)};
    struct session *session = session_new(&options, &all_commands);
    session_on_work(session, press_ctrl_c, NULL);
    ck_assert(session_line(session, population, "t", 1));
    ck_assert_msg(!session_line(session, line, "t", 1), "'%s' was not stopped", line);
    fclose(options.err);
    ck_assert_msg(strstr(said, "interrupted") != NULL, "'%s' said %s", line, said);
    stop_forget();
    session_free(session);
    free(said);
}

START_TEST(ctrl_c_ends_long_commands)
{
    expect_stop("population A n=200", "rmse A n=200 seeds=1 points=1000000");
    expect_stop("population A n=200", "rmse A n=200 seeds=1 eval_points=1000000");
    expect_stop("population A n=200000", "decoders A eval_points=1000");
    expect_stop("population A n=5000", "decoded A");
}
END_TEST

int main(void)
{
    return HARNESS_RUN("command: work", a_bar_appears_after_a_moment_and_goes, records_grow_while_a_command_works,
                       ctrl_c_ends_long_commands);
}
