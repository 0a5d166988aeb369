/* Panes of networks, opened by commands and drawn from a session. */
#include "run.h"

#include "frame/frame.h"
#include "session/session.h"

/* The screen after these lines; to be freed. */
static char *screen_after(const char *lines, int width, int height)
{
    char *err = NULL, copy[2000];
    size_t err_size = 0;
    struct session_options options = {.width = 80, .height = 24, .glyphs = GLYPHS_BRAILLE, .out = fopen("/dev/null", "w"), .err = open_memstream(&err, &err_size)};
    struct session *session = session_new(&options, &all_commands);
    snprintf(copy, sizeof copy, "%s", lines);
    size_t number = 1;
    for (char *line = strtok(copy, "\n"); line; line = strtok(NULL, "\n"))
        if (!session_line(session, line, "t", number++)) {
            fflush(options.err);
            ck_abort_msg("%s\n%s", line, err);
        }
    struct view view;
    struct text text = {0};
    struct canvas *canvas = canvas_new(width, height, GLYPHS_BRAILLE);
    session_view(session, &view);
    frame_draw(canvas, &view);
    canvas_write(canvas, &text);
    canvas_free(canvas);
    session_free(session);
    fclose(options.out);
    fclose(options.err);
    free(err);
    return text.bytes;
}

static void expect_on_screen(const char *lines, const char *wanted)
{
    char *screen = screen_after(lines, 100, 30);
    bool there = strstr(screen, wanted);
    if (!there)
        printf("%s", screen); /* Check's messages are too short for it */
    ck_assert_msg(there, "after '%s' there is no '%s' on the screen", lines, wanted);
    free(screen);
}

#define NETWORK "node S; input S constant 0.5; population A n=40; connect S A; node T; connect A T; close 3; close 2; "

/* A node holds what arrives; without neurons the same arrives to the last bit, so the node behind S is its ideal. */
START_TEST(a_node_is_shown_by_its_value)
{
    expect_on_screen(NETWORK "pane 1 value S; run 100ms", "now 0.5 · from the ideal 0 (RMS)");
    expect_on_screen(NETWORK "pane 1 value S; run 100ms", "S node");
    expect_error(NETWORK "pane 1 raster S", "S is a node and has no neurons: open value S shows what it holds");
}
END_TEST

/* What comes through a synapse of 1 s is 0.5 (1 - exp(-0.1)) = 0.05 after 0.1 s, whatever input A had of its own. */
START_TEST(a_driven_population_is_drawn_from_its_record)
{
    const char *lines = "node S; input S constant 0.5; population A n=40; input A constant 0; connect S A tau_synapse=1s; "
                        "close 3; close 2; pane 1 tuning A; run 100ms";
    expect_on_screen(lines, "x now +0.05");
}
END_TEST

int main(void)
{
    return HARNESS_RUN("command: panes of networks", a_node_is_shown_by_its_value,
                       a_driven_population_is_drawn_from_its_record);
}
