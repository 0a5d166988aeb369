/* Panes of networks, opened by commands and drawn from a session. */
#include "run.h"

#include "frame/frame.h"
#include "session/session.h"

/* The screen after these lines; to be freed. */
static char *screen_after(const char *lines, int width, int height)
{
    char *err = NULL, copy[2000];
    size_t err_size = 0;
    struct session_options options = {.width = 80,
                                      .height = 24,
                                      .glyphs = GLYPHS_BRAILLE,
                                      .out = fopen("/dev/null", "w"),
                                      .err = open_memstream(&err, &err_size)};
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

/* Each place has a line, and below it each connection that leaves it; arrows walk, and going in shows what is there beside
 * it. */
START_TEST(the_network_is_listed_and_walked_over)
{
#define JOINED                                                                                                         \
    "node S; input S constant 0.5; population A n=40; population B n=30; connect S A synapse=none; connect A B "       \
    "function=x^2; "                                                                                                   \
    "connect S B kind=neurons transform=-2; connect B B learn=pes target=x; run 100ms\npane 1 network; zoom 1\n"
    expect_on_screen(JOINED, "\u25b8S  node");
    expect_on_screen(JOINED, "\u251c\u2500\u2192 A  x \u00b7 no synapse  S_A");
    expect_on_screen(JOINED, "\u2514\u2500\u22a3 B  currents \u00b7 5 ms  S_B");
    expect_on_screen(JOINED, "A  40 neurons");
    expect_on_screen(JOINED, "\u2514\u2500\u2192 B  x^2 \u00b7 5 ms  A_B");
    expect_on_screen(JOINED, "\u2504\u2192 B  x \u00b7 5 ms \u00b7 pes  B_B");
    expect_on_screen(JOINED, "6 connections");
    expect_on_screen(JOINED "network down; network down; network down", "\u25b8A  40 neurons");
    expect_on_screen(JOINED "network down; network down; network down; network down; network in", "2 weights A_B");
    expect_on_screen(JOINED "network in", "2 value S");
    expect_on_screen(JOINED "network down; network in", "2 decoded A");
    expect_on_screen(JOINED "network up; network up", "\u25b8S  node");
    expect_on_screen("open network", "there is nothing yet");
    expect_error("network down", "no pane shows the network: pane 1 network, or open network");
    expect_error("population A; pane 1 network A", "network A: it shows all there is, and takes no name");
}
END_TEST

/* What comes through a synapse of 1 s is 0.5 (1 - exp(-0.1)) = 0.05 after 0.1 s, whatever input A had of its own. */
START_TEST(a_driven_population_is_drawn_from_its_record)
{
    const char *lines =
        "node S; input S constant 0.5; population A n=40; input A constant 0; connect S A tau_synapse=1s; "
        "close 3; close 2; pane 1 tuning A; run 100ms";
    expect_on_screen(lines, "x now +0.05");
}
END_TEST

#define DALE                                                                                                           \
    "population P n=30 seed=1 max_rates=50:100; population Q n=20 seed=2 max_rates=50:100; "                           \
    "connect P Q function=x^2 solver=dale excitatory=0.7; "
#define ONE_PANE "close 3; close 2; select Q 5; across P_Q 7; run 10ms; "

/* A cell of the table `weights`, and how many of all of them are 0, in percent. */
static double weight_of(const char *lines, size_t row, size_t column, double *zeros)
{
    char whole[600];
    snprintf(whole, sizeof whole, "%sweights P_Q", lines);
    struct outcome o = run(whole);
    ck_assert_msg(o.good, "%s", o.err);
    double found = NAN, none = 0, all = 0;
    const char *line = strchr(o.out, '\n') + 1;
    for (size_t r = 0; *line; r++, line = strchr(line, '\n') + 1) {
        const char *cell = strchr(line, ',');
        for (size_t c = 0; cell && cell < strchr(line, '\n'); c++) {
            char *end;
            double value = strtod(cell + 1, &end);
            found = r == row && c == column ? value : found;
            none += value == 0;
            all++;
            cell = end;
        }
    }
    *zeros = 100 * none / all;
    outcome_free(&o);
    return found;
}

/* 20 x 30 weights in a pane with room for all of them: the share of zeros, the selected weight and the limits are the
 * table's. */
START_TEST(the_map_of_weights_says_what_the_table_does)
{
    double zeros, weight = weight_of(DALE, 5, 7, &zeros);
    char wanted[120], number[NUMBER_HUMAN], percent[NUMBER_HUMAN];
    snprintf(wanted, sizeof wanted, "%s %% are 0 \u00b7 7 to 5: %s \u2500", number_round(percent, zeros, 2),
             number_round(number, weight, 3));
    expect_on_screen(DALE "pane 1 weights P_Q; " ONE_PANE, "weights P_Q: 20 \u00d7 30");
    char *screen = screen_after(DALE "pane 1 weights P_Q; " ONE_PANE, 120, 46);
    ck_assert_msg(strstr(screen, wanted) != NULL, "no '%s' in\n%s", wanted, screen);
    free(screen);
}
END_TEST

START_TEST(the_selected_neuron_before_moves_with_across)
{
    static const char *const words[] = {"next", "prev", "3", "none", "in", "out", "page-right", "page-left", "all"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char lines[400];
        snprintf(lines, sizeof lines, DALE "pane 1 weights P_Q; across P_Q %s", words[i]);
        struct outcome o = run(lines);
        ck_assert_msg(o.good, "%s: %s", words[i], o.err);
        outcome_free(&o);
    }
    struct outcome o = run(DALE "across P_Q 30");
    ck_assert_msg(!o.good && strstr(o.err, "P has no neuron '30': 0 to 29, next, prev or none"), "%s", o.err);
    outcome_free(&o);
    expect_error("across next", "there is no connection yet: connect PRE POST makes one");
}
END_TEST

/* Ordinary decoders bring what is wanted nearly; wiped out (solver=zero) nothing but the bias. */
START_TEST(currents_are_wanted_and_met)
{
    char *screen = screen_after(
        "population P n=200 seed=1; population Q n=20 seed=2; connect P Q; pane 1 currents P_Q; " ONE_PANE, 120, 40);
    char *at = strstr(screen, "off by ");
    ck_assert_msg(at != NULL, "%s", screen);
    double off = atof(at + 7), of = atof(strstr(at, " of ") + 4);
    ck_assert_msg(off < 0.02 * of && of > 0.1, "off by %g of %g", off, of);
    free(screen);
    screen = screen_after(
        "population P n=200 seed=1; population Q n=20 seed=2; connect P Q solver=zero; pane 1 currents P_Q; " ONE_PANE,
        120, 40);
    at = strstr(screen, "off by ");
    ck_assert_msg(at != NULL && atof(at + 7) > 0.1, "%s", screen);
    free(screen);
}
END_TEST

START_TEST(panes_of_connections_say_what_they_lack)
{
    expect_error("population P; population Q; pane 1 weights",
                 "there is no connection yet: connect PRE POST makes one");
    expect_error("population P; population Q; connect P Q; pane 1 weights P",
                 "a weights pane shows a connection, and none arrives at P: connections lists them");
    expect_error("population P; population Q; connect P Q; pane 1 raster P_Q",
                 "P_Q is a connection, and a raster pane shows populations and recordings");
    expect_on_screen("node S; population A n=10; connect S A; close 3; close 2; pane 1 weights S_A",
                     "there are no weights: S has no neurons");
    expect_on_screen(
        "population P n=10; population Q n=10; connect P Q; close 3; close 2; pane 1 currents P_Q; select Q none",
        "whose current? select Q NEURON chooses a neuron");
    expect_on_screen(
        "population P n=10; population Q n=10; connect P Q as L; close 3; close 2; pane 1 weights L; disconnect L; "
        "population L n=5; run 10ms",
        "L is no connection");
    expect_on_screen(
        "population P n=10; connect P P as L; close 3; close 2; pane 1 weights L; select P 3; across L 4; run 10ms",
        "weights L: 10 \u00d7 10");
}
END_TEST

int main(void)
{
    setenv("CK_MAX_MSG_SIZE", "100000", 1); /* failures print the screen */
    return HARNESS_RUN("command: panes of networks", a_node_is_shown_by_its_value,
                       the_network_is_listed_and_walked_over, a_driven_population_is_drawn_from_its_record,
                       the_map_of_weights_says_what_the_table_does, the_selected_neuron_before_moves_with_across,
                       currents_are_wanted_and_met, panes_of_connections_say_what_they_lack);
}
