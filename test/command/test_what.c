/* Asking for what is there: values by name, the state of everything, help by the words of its texts. */
#include "run.h"

#include "base/text.h"

#define HEADER "name,value,unit,default,help\n"

static void expect_in(const char *lines, bool interactive, const char *const *parts)
{
    struct outcome o = run_sized(lines, 100, 30, interactive);
    ck_assert_msg(o.good, "'%s' failed: %s", lines, o.err);
    for (; *parts; parts++)
        ck_assert_msg(strstr(o.out, *parts), "'%s' printed\n%s\nwhere '%s' is missing", lines, o.out, *parts);
    outcome_free(&o);
}

#define EXPECT(lines, ...) expect_in(lines, false, (const char *const[]){__VA_ARGS__, NULL})
#define EXPECT_WORDS(lines, ...) expect_in(lines, true, (const char *const[]){__VA_ARGS__, NULL})

START_TEST(a_name_alone_is_a_question)
{
    static const char tau[] = HEADER "A.tau_rc,0.02,s,0.02,membrane time constant\n";
    expect_out("population A\ntau_rc", tau);
    expect_out("population A\nA.tau_rc", tau);
    expect_out("population A\nwhat tau_rc", tau);
    expect_out("population A\nwhat A.tau_rc", tau);
    expect_out("population A tau_rc=30ms\ntau_rc",
               HEADER "A.tau_rc,0.029999999999999999,s,0.02,membrane time constant\n");
    expect_out("population A\ninput A sine frequency=3Hz\nfrequency",
               HEADER "A.input.frequency,3,Hz,1,periods a second\n");
    expect_out("population A\nset fps=20\nfps", HEADER "fps,20,\"\",30,\"frames a second, at most\"\n");
    expect_out("population A n=3\npopulation B n=4\nB.n", HEADER "B.n,4,\"\",50,number of neurons\n");
}
END_TEST

START_TEST(commands_keep_their_names)
{
    expect_out("dt", "dt\n0.001\n");
    expect_out("population A n=1\nseed", "seed\n1\n");
    EXPECT("window", "window,0.5,s,0.5,");
    struct outcome o = run("tau_rc");
    ck_assert_msg(!o.good && strstr(o.err, "unknown command 'tau_rc'"), "tau_rc of nothing said: %s", o.err);
    outcome_free(&o);
}
END_TEST

START_TEST(a_population_tells_all_its_keys)
{
    EXPECT("population A n=7\nA", "A.n,7,", "A.model,fastlif,", "A.x,0,", "A.tau_synapse,0.01,s,");
    EXPECT("population A n=7\nset A", "A.n,7,");
    EXPECT("population A n=7\nset", "A.n,7,", "fps,30,");
    EXPECT("node a dims=2\na", "a.dims");
    EXPECT("population A\nconnect A A\nA_A", "A_A.tau_synapse,");
}
END_TEST

/* Of a population whose gains differ, from the lowest to the highest: by hand from the table. */
START_TEST(gain_and_bias_have_values)
{
    EXPECT("population A n=1 gain=2 bias=0.5\ngain", "A.gain,2,");
    EXPECT("population A gain=1.5,2.5,2 n=3 bias=0.5\ngain", "A.gain,1.5 to 2.5,");
    EXPECT_WORDS("population A gain=1.5,2.5,2 n=3 bias=0.5\nselect A 1\ngain", "A.gain 1.5 to 2.5; neuron 1 has 2.5: ");
    EXPECT_WORDS("population A model=direct\nA", "A: population, ");
}
END_TEST

START_TEST(people_are_told_in_words)
{
    EXPECT_WORDS("population A\ntau_rc",
                 "A.tau_rc 20 ms: membrane time constant (default 20 ms; above 0 s and at most 1 000 000 s)\n"
                 "  set A tau_rc=TIME changes it, knob A tau_rc turns it\n");
    EXPECT_WORDS("dt", "dt 1 ms: step of the simulation (default 1 ms; from 1 ns to 1 s)\n  set dt=TIME changes it");
    EXPECT_WORDS("population A n=7\nA", "A: population, 7 FastLIF neurons",
                 "\n  tau_rc             20 ms            membrane");
}
END_TEST

START_TEST(recordings_say_what_they_are)
{
    const char *path = scratch("what.csv");
    char lines[600], about[600];
    write_file(path, "time,neuron\n0.5,7\n0.25,9\n0.75,7\n");
    snprintf(lines, sizeof lines, "load %s as R\nR", path);
    snprintf(about, sizeof about, "R: recording, %s", path);
    EXPECT_WORDS(lines, about);
    snprintf(lines, sizeof lines, "load %s as R\nstatus", path);
    snprintf(about, sizeof about, "R,\"recording, %s, 3 spikes from 250 ms to 750 ms\"\n", path);
    EXPECT(lines, about);
}
END_TEST

START_TEST(the_state_of_everything)
{
    EXPECT("population A n=7\ninput A 0.5\nrun 1s\nconnect A A as loop\nstatus",
           "thing,state\nsimulation,\"paused at 1 s, dt 1 ms, 1 times real time\"\nA,\"population, 7 FastLIF neurons",
           "loop,\"connection from A to A, decoded\"\n", "pane 1,raster A\n");
    expect_out("status", "thing,state\nsimulation,\"paused at 0 s, dt 1 ms, 1 times real time\"\n");
}
END_TEST

START_TEST(help_is_found_by_its_words)
{
    EXPECT("help gain", "Keys of that name\n  gain=", "[population]\n", "help find gain looks");
    EXPECT("help tau_rc", "membrane time constant", "response");
    EXPECT("help \"spikes\"", "\nCommands\n", "  isi ");
    EXPECT("??frequency", "  frequency=", "[input]");
    EXPECT("?? selected neuron", "Keys\n  .        to the next spike of the selected neuron");
    EXPECT("help find Refractory", "tau_ref=");
    EXPECT("help spikes", "a table of the spikes recorded");
    EXPECT("?", "Populations\n  population");
    EXPECT("? run", "run [TIME]");
    expect_error("help find qwxz", "no text of the help has 'qwxz': help lists the commands");
}
END_TEST

START_TEST(help_in_the_middle_of_a_line)
{
    struct session_options options = {.screen = true, .width = 100, .height = 30, .glyphs = GLYPHS_BRAILLE};
    struct session *session = session_new(&options, &all_commands);
    session_line(session, "population A", NULL, 0);
    session_help(session, "set A tau_rc=3", 10);
    ck_assert_msg(strncmp(text_string(&session->help), "  tau_rc=TIME ", 13) == 0, "%s", text_string(&session->help));
    ck_assert_msg(strstr(session->help.bytes, "now 20ms"), "%s", session->help.bytes);
    session_help(session, "set A", 3);
    ck_assert_msg(session->help.length == 0, "the second F1 closes the help, and %s is left",
                  text_string(&session->help));
    session_help(session, "run 1s; set A n", 15);
    ck_assert_msg(strstr(text_string(&session->help), "number of neurons"), "%s", text_string(&session->help));
    session_help(session, "", 0);
    session_help(session, "zzz", 1);
    ck_assert_msg(strstr(text_string(&session->help), "Populations"), "%s", text_string(&session->help));
    session_free(session);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("command: what", a_name_alone_is_a_question, commands_keep_their_names,
                       a_population_tells_all_its_keys, gain_and_bias_have_values, people_are_told_in_words,
                       recordings_say_what_they_are, the_state_of_everything, help_is_found_by_its_words,
                       help_in_the_middle_of_a_line);
}
