/* What a person arranged outlives what it showed: panes keep their places, and a neuron stays selected. */
#include "run.h"

/* The n-th border with a title in the picture that save-screen gives: "1 raster A ". */
static void expect_titles(const char *lines, const char *const *titles)
{
    struct outcome o = run_sized(lines, 150, 24, false);
    ck_assert_msg(o.good, "%s: %s", lines, o.err);
    const char *picture = o.out;
    for (size_t i = 0; titles[i]; i++) {
        const char *found = strstr(picture, titles[i]);
        ck_assert_msg(found, "'%s': no '%s' (or not in its place) in\n%.1500s", lines, titles[i], o.out);
        picture = found + strlen(titles[i]);
    }
    outcome_free(&o);
}

#define PANES "population A n=20; population B n=20; pane 1 decoded A; pane 2 raster B; pane 3 tuning A along=encoder\n"

START_TEST(panes_keep_their_places)
{
    expect_titles(PANES "remove A; save-screen", (const char *const[]){"1 decoded A", "2 raster B", "3 tuning A",
                                                                       "there is no A now", "there is no A now", NULL});
    expect_titles(PANES "remove A; population A n=30; save-screen",
                  (const char *const[]){"1 decoded A", "2 raster B", "3 tuning A", NULL});
    /* Another one takes the places that are free, and leaves the rest. */
    expect_titles(PANES "remove A; population C n=30; save-screen",
                  (const char *const[]){"1 decoded C", "2 raster B", "3 tuning C", NULL});
    expect_titles(PANES "remove A; remove B; population C n=30; save-screen",
                  (const char *const[]){"1 decoded C", "2 raster C", "3 tuning C", NULL});
}
END_TEST

START_TEST(a_recording_takes_free_places_first)
{
    char lines[400];
    const char *path = scratch("r.csv");
    write_file(path, "time,neuron\n0.1,a\n0.2,b\n");
    snprintf(lines, sizeof lines, PANES "pane 1 rates A; remove A; load %s as R; save-screen", path);
    expect_titles(lines, (const char *const[]){"1 rates R", "2 raster B", "3 tuning A", NULL});
    snprintf(lines, sizeof lines, "load %s as R; pane 1 isi R; remove R; load %s as R; save-screen", path, path);
    expect_titles(lines, (const char *const[]){"1 intervals R", "2 rates R", NULL});
}
END_TEST

START_TEST(pointing_at_a_pane_that_shows_nothing)
{
    struct session_options options = {.width = 100, .height = 30, .screen = true, .interactive = true};
    options.out = options.err = fopen("/dev/null", "w");
    struct session *session = session_new(&options, &all_commands);
    static const char *const events[] = {"Click",     "Drag",        "RightClick", "WheelUp",
                                         "C-WheelUp", "M-WheelDown", "S-WheelUp",  "Release"};
    static const char *const keys[] = {"Up", "Down", "Left", "+", "-", "<", ">", "PgUp", ".", "[", "]", "0", "End"};
    ck_assert(session_line(session, "population A; population B; remove A", NULL, 0));
    for (size_t i = 0; i < sizeof events / sizeof *events; i++)
        session_mouse(session, events[i], 10, 5, 100, 30);
    ck_assert(session_line(session, "focus 1", NULL, 0));
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        session_key(session, keys[i], true);
    ck_assert(session_line(session, "remove B", NULL, 0));
    for (size_t i = 0; i < sizeof events / sizeof *events; i++)
        session_mouse(session, events[i], 10, 5, 100, 30);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        session_key(session, keys[i], true);
    session_free(session);
    fclose(options.out);
}
END_TEST

/* Neuron 7 of 20 is there among 10, and not among 5: then it is neuron 0. */
START_TEST(a_selection_survives)
{
    static const struct {
        const char *change, *selected;
    } changes[] = {
        {"set A n=10", ",7,"},        {"set A n=8", ",7,"},
        {"set A n=7", ",0,"},         {"set A n=5", ",0,"},
        {"population A n=10", ",7,"}, {"set A n=1", ",0,"},
        {"set A model=lif", ",7,"},   {"set A n=5; set A n=20", ",0,"},
    };
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        char lines[300];
        snprintf(lines, sizeof lines,
                 "population A n=20; run 100ms; select A 7; %s; run 100ms; cursor 1 0; cursor 2 0.1; cursor",
                 changes[i].change);
        struct outcome o = run(lines);
        ck_assert_msg(o.good && strstr(o.out, changes[i].selected), "%s: %s %s", changes[i].change, o.out, o.err);
        outcome_free(&o);
    }
}
END_TEST

/* A recording that is loaded again, or another one under its name, has the unit of the same label, or the first. */
START_TEST(a_selection_survives_another_recording)
{
    static const struct {
        const char *rows, *selected;
    } others[] = {{"0.1,a\n0.2,b\n0.3,c\n0.5,a\n", ",c,"},
                  {"0.1,c\n0.2,b\n0.5,b\n", ",c,"},
                  {"0.1,a\n0.2,b\n0.5,b\n", ",a,"},
                  {"0.1,x\n0.5,x\n", ",x,"}};
    char first[300], other[300];
    snprintf(first, sizeof first, "%s", scratch("first.csv"));
    snprintf(other, sizeof other, "%s", scratch("other.csv"));
    write_file(first, "time,unit\n0.1,a\n0.2,b\n0.3,c\n0.5,a\n");
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        char lines[900];
        struct text text = {0};
        text_printf(&text, "time,unit\n%s", others[i].rows);
        write_file(other, text.bytes);
        text_free(&text);
        snprintf(lines, sizeof lines,
                 "load %s as R\nselect R c\nload %s as R\ncursor R 1 0.1\ncursor R 2 0.5\ncursor R", first, other);
        struct outcome o = run(lines);
        ck_assert_msg(o.good && strstr(o.out, others[i].selected), "case %zu: %s %s", i, o.out, o.err);
        outcome_free(&o);
    }
}
END_TEST

int main(void)
{
    return HARNESS_RUN("command: remove", panes_keep_their_places, a_recording_takes_free_places_first,
                       pointing_at_a_pane_that_shows_nothing, a_selection_survives,
                       a_selection_survives_another_recording);
}
