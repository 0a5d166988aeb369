/* How many frames a second a session wants: fewer when they are dear, so that half the time is left for keys. */
#include "harness.h"

#include "command/families.h"
#include "session/session.h"

static struct session *open_session(void)
{
    struct session_options options = {.screen = true, .out = stdout, .err = stderr};
    return session_new(&options, &all_commands);
}

/* The cost is a mean over the last frames; sixty of them are all it knows. */
static void draw(struct session *session, double seconds)
{
    for (int i = 0; i < 60; i++)
        session_frame_drawn(session, seconds);
}

START_TEST(dear_frames_are_drawn_less_often)
{
    static const struct {
        double cost;
        int fps;
    } cases[] = {{0, 30}, {0.001, 30}, {0.016, 30}, {0.025, 20}, {0.099, 5}, {0.2, 2}, {10, 2}, {0.001, 30}};
    struct session *session = open_session();
    ck_assert_int_eq(session_fps(session), 30);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        draw(session, cases[i].cost);
        if (cases[i].cost < 0.01) /* a dear frame long ago is forgotten */
            draw(session, cases[i].cost);
        int fps = session_fps(session);
        ck_assert_msg(abs(fps - cases[i].fps) <= (cases[i].fps == 20), "frames of %g s: %d a second, not %d",
                      cases[i].cost, fps, cases[i].fps);
    }
    session_free(session);
}
END_TEST

START_TEST(one_dear_frame_is_no_reason)
{
    struct session *session = open_session();
    draw(session, 0.001);
    session_frame_drawn(session, 0.1);
    ck_assert_msg(session_fps(session) == 30, "%d frames a second after one that took 0.1 s", session_fps(session));
    ck_assert(session_line(session, "set fps=10", NULL, 0));
    ck_assert_int_eq(session_fps(session), 10);
    draw(session, 0.025);
    ck_assert_msg(session_fps(session) == 10, "%d frames a second, where 10 are wanted", session_fps(session));
    session_free(session);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("session: frame rate", dear_frames_are_drawn_less_often, one_dear_frame_is_no_reason);
}
