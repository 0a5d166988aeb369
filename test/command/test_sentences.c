/* Wrong commands and the sentences they get; right ones written in unusual ways. */
#include "run.h"

#include "command/families.h"

static const struct {
    const char *lines, *says;
} wrong[] = {
    {"st", "'st' is not one command: it could be step, stats, stimulus, star, status"},
    {"slect A 1", "unknown command 'slect': did you mean select?"},
    {"tunnig A", "unknown command 'tunnig': did you mean tuning?"},
    {"help slect", "unknown topic 'slect': did you mean select?"},
    {"population A tau_cr=1", "unknown key 'tau_cr': did you mean tau_rc?"},
    {"> f.csv", "a command is missing before '>'"},
    {"reset > f.csv", "reset gives no table that could go into a file after '>'"},
    {"dt >", "the name of a file is missing after '>'"},
    {"reset 5", "'5' is one word too many: reset"},
    {"reset a=1", "reset has no key a"},
    {"response J = 3", "'=': write key=value, with no blanks around '='"},
    {"response", "response needs J=LO:HI:COUNT|A,B,...|@FILE"},
    {"response J=", "J= has no value: J=LO:HI:COUNT|A,B,...|@FILE"},
    {"response J=1 J=2", "J= is given twice"},
    {"response J=1 model=soft model=lif", "model= is given twice"},
    {"response J=0:2", "J=0:2: how many points? LO:HI:COUNT, as in 0:2:101"},
    {"response J=:2", "J=:2: a range has two ends, LO:HI or LO:HI:COUNT"},
    {"response J=0:2:2.5", "J=0:2:2.5: the count of a range is a whole number from 1 to 100000000"},
    {"response J=0:inf:3", "J=inf: must be a finite number"},
    {"response J=1,0:2:3", "J=1,0:2:3: a list (a,b,c) holds no ranges (LO:HI:COUNT)"},
    {"response J=1,,2", "J: number 2 of the list is missing"},
    {"response J=1,x", "J: 'x' is not a pure number"},
    {"response J=1ms", "J: '1ms': a pure number is wanted here, without 'ms'"},
    {"response J=@", "J: '@' is followed by the name of a file"},
    {"response J=@/no/such.csv", "J: /no/such.csv: there is no such file"},
    {"response J=1 tau_rc=5Hz", "tau_rc: '5Hz': a time is wanted here, in s, ms, us, ns, min (none: s)"},
    {"response J=1 gain=nan", "gain=nan: must be a finite number"},
    {"response J=1 model=hard", "unknown curve 'hard': one of softlif, lif"},
    {"response J=1 m=lif bogus=1", "unknown key 'bogus': one of model, J, tau_rc, tau_ref, sigma, amplitude, gain"},
    {"response J=1 tau=1", "'tau' is not one key: it could be tau_rc, tau_ref"},
    {"inject current=5", "current=5: a table from a file is wanted, written @FILE.csv"},
    {"inject", "inject needs current=@FILE"},
    {"population", "NAME is missing: population NAME [key=value ...]"},
    {"population 1A", "NAME '1A': a name is a letter, then letters, digits or _, 31 at most"},
    {"population A n=0", "n=0: must be from 1 to 16 000 000"},
    {"population A n=2.5", "n=2.5: a whole number is wanted, from 1 to 16 000 000"},
    {"population A n=many", "n=many: a whole number is wanted, from 1 to 16 000 000 (digits, or 1e6)"},
    {"seed -1", "NUMBER -1: a whole number is wanted, from 0 to 18 446 744 073 709 551 615"},
    {"population A n=-5", "n=-5: a whole number is wanted, from 1 to 16 000 000"},
    {"population A radius=0", "radius=0: must be above 0"},
    {"population A max_rates=300:100", "max_rates=300:100: a range goes up, from the lower end to the higher"},
    {"population A model=li", "'li' is not one model: it could be lif, lifrate"},
    {"neurons", "there is no population yet: population NAME makes one"},
    {"neurons A", "there is no population yet, so no 'A': population NAME makes one"},
    {"population A; neurons B", "unknown population 'B': one of A"},
    {"population A; input A", "KIND is missing: input [NAME] KIND [dim]"},
    {"population A; input A foo",
     "unknown kind of input 'foo': one of constant, step, ramp, sine, noise, white, file, or a number"},
    {"population A; input A sine 1Hz frequency=2Hz", "frequency= is given twice"},
    {"population A; input A 5 6", "'6' is one word too many: input [NAME] KIND [dim]"},
    {"population A; set A function=x + 1",
     "'+' is one word too many: with blanks in it, function needs quotes, function=\"...\""},
    {"population A; decode A function= x",
     "'x' is one word too many: with blanks in it, function needs quotes, function=\"...\""},
    {"population A; input A file", "the input file needs a file: input NAME file @FILE.csv"},
    {"population A; set A fps=0", "fps=0: must be from 1 to 120"},
    {"population A; run", "without a screen, run needs a duration: run 2s"},
    {"run 1us", "1 us is less than half a step of dt = 1 ms"},
    {"run -1s", "TIME -1s: must be at least 0 s"},
    {"run inf", "TIME inf: must be at least 0 s"},
    {"dt 2s", "STEP 2s: must be from 1 ns to 1 s"},
    {"speed 0", "FACTOR 0: must be above 0 and at most 1 000 000 000"},
    {"speed fast", "unknown speed 'fast': one of max, or a number"},
    {"population A model=softlif; spikes A",
     "A is a population of SoftLIF rate neurons, which do not spike; its rates: rates NAME"},
    {"population A; rates A midpoint=maybe", "midpoint=maybe: on or off is wanted"},
    {"population A; tuning A points=0", "points=0: must be from 1 to 100 000 000"},
    {"population A; select A 50", "A has no neuron '50': 0 to 49, next, prev or none"},
    {"load", "FILE is missing: load FILE... as [NAME] [key=value ...]"},
    {"population A; save A", "save needs a file: save A FILE"},
    {"source /no/such/file", "cannot read /no/such/file: No such file or directory"},
    {"a 'b", "a quote ' is opened and never closed"},
};

START_TEST(wrong_commands_get_their_sentence)
{
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        expect_error(wrong[i].lines, wrong[i].says);
}
END_TEST

/* As people copy them, and as other programs call it. */
START_TEST(a_prompt_in_front_and_other_words_for_quit_are_understood)
{
    struct outcome prompt = run("> response J=2\n  > response J=2 > /dev/null\n");
    ck_assert_msg(prompt.good && strstr(prompt.out, "J,rate,derivative\n2,"), "%s%s", prompt.err, prompt.out);
    outcome_free(&prompt);
    static const char *const words[] = {"q", "quit", "exit", ":q", ":quit"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char lines[64];
        snprintf(lines, sizeof lines, "%s\nfrobnicate\n", words[i]);
        struct outcome o = run(lines);
        ck_assert_msg(o.good, "after '%s': %s", words[i], o.err);
        outcome_free(&o);
    }
}
END_TEST

START_TEST(what_is_near_no_command_is_not_answered_with_all_of_them)
{
    struct outcome o = run("frobnicate\n");
    char wanted[120];
    snprintf(wanted, sizeof wanted,
             "lifscope: t:1: unknown command 'frobnicate': none of the %zu that Tab or help shows\n", command_count());
    ck_assert_str_eq(o.err, wanted);
    outcome_free(&o);
}
END_TEST

START_TEST(messages_name_file_and_line)
{
    struct outcome o = run("# first\n\npopulation A n=2\nneurons B\nneurons A\n");
    ck_assert(!o.good);
    ck_assert_str_eq(o.err, "lifscope: t:4: unknown population 'B': one of A\n");
    ck_assert_str_eq(o.out, "");
    outcome_free(&o);
}
END_TEST

START_TEST(nothing_of_a_line_runs_when_it_cannot_be_read)
{
    struct outcome o = run("response J=1; 'open\n");
    ck_assert(!o.good);
    ck_assert_str_eq(o.out, "");
    outcome_free(&o);
}
END_TEST

START_TEST(a_failed_change_leaves_the_population)
{
    char *before, *after;
    struct outcome o = run("population A n=3 seed=2; neurons A");
    before = o.out;
    free(o.err);
    static const char *const changes[] = {"sigma=0", "tau_rc=0",    "tau_rc=-1ms",     "max_rates=600", "intercepts=1",
                                          "n=0",     "max_rates=0", "n=5 max_rates=1", "tau_ref=10ms",  "encoders=0"};
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        char lines[256], *said = NULL;
        size_t size;
        snprintf(lines, sizeof lines, "set A %s", changes[i]);
        struct session_options options = {.err = open_memstream(&said, &size)};
        size_t out_size;
        options.out = open_memstream(&after, &out_size);
        struct session *session = session_new(&options, &all_commands);
        ck_assert(session_line(session, "population A n=3 seed=2", NULL, 0));
        ck_assert_msg(!session_line(session, lines, NULL, 0), "'%s' was accepted", lines);
        ck_assert(session_line(session, "neurons A", NULL, 0));
        session_free(session);
        fclose(options.out);
        fclose(options.err);
        ck_assert_msg(strcmp(before, after) == 0, "'%s' changed the neurons", lines);
        free(after);
        free(said);
    }
    free(before);
}
END_TEST

/* A parameter of another model is no misspelt key, so the sentence says whose it is not. */
START_TEST(parameters_belong_to_models)
{
    expect_error("population A model=lif tau_n=2",
                 "tau_n: model=lif has no such parameter; it has tau_rc, tau_ref, sigma, "
                 "amplitude and min_voltage");
    expect_error("accuracy inc_n=1",
                 "inc_n: model=fastlif has no such parameter; it has tau_rc, tau_ref, sigma, amplitude "
                 "and min_voltage");
    expect_error("population A model=adaptivelif; set A tau_n=0",
                 "tau_n=0 s: must be greater than 0 s and finite (tau_n stays 1 s)");
    expect_error("population A model=adaptivelif tau_n=2s; set A model=lif; set A model=adaptivelif inc_n=-1",
                 "inc_n=-1: must be at least 0 and finite (model stays lif)");
    expect_error("population A model=adaptivelif min_voltage=-inf; input A white; run 1s; meanfield live A",
                 "A is AdaptiveLIF, which the theory does not know: set A model=fastlif or model=lif");
}
END_TEST

START_TEST(a_failed_change_says_what_stays)
{
    expect_error("population A; set A sigma=0 tau_rc=30ms",
                 "sigma=0: must be greater than 0 and finite; for the hard corner use model=lif (tau_rc stays 20 ms, "
                 "sigma stays 0.02)");
}
END_TEST

START_TEST(words_may_be_shortened_and_quoted)
{
    expect_out("resp mod=li J='1',3 ; # nothing",
               "J,rate,derivative\n1,0,0\n3,98.918796170002906,32.616427452408608\n");
    expect_out("popu A n=1 max=100 inter=0 enc=1; tun A poi=2", "x,0\n-1,0\n1,100.00000000000001\n");
    expect_out("'run' 5ms\n\n   \n# end", "");
}
END_TEST

START_TEST(help_is_made_for_every_command)
{
    struct outcome o = run("help\nhelp keys\nhelp language\nhelp response\nhelp input sine\nhelp rates\nhelp set");
    ck_assert_msg(o.good, "help failed: %s", o.err);
    static const char *const wanted[] = {"population   makes a population",
                                         "  F5 ",
                                         "a range: each neuron draws",
                                         "J=LO:HI:COUNT|A,B,...|@FILE",
                                         "frequency=RATE",
                                         "interp=zero|nearest|linear",
                                         "(default zero)",
                                         "sigma=NUMBER"};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        ck_assert_msg(strstr(o.out, wanted[i]) != NULL, "help does not say '%s':\n%s", wanted[i], o.out);
    outcome_free(&o);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("command: sentences", wrong_commands_get_their_sentence,
                       a_prompt_in_front_and_other_words_for_quit_are_understood,
                       what_is_near_no_command_is_not_answered_with_all_of_them, messages_name_file_and_line,
                       nothing_of_a_line_runs_when_it_cannot_be_read, a_failed_change_leaves_the_population,
                       parameters_belong_to_models, a_failed_change_says_what_stays, words_may_be_shortened_and_quoted,
                       help_is_made_for_every_command);
}
