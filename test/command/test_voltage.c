/* The command `voltage` and its pane: neurons simulated again out of the record, to the last bit. */
#include "run.h"

static struct table table_of(const char *lines)
{
    struct outcome o = run(lines);
    ck_assert_msg(o.good, "'%s' said: %s", lines, o.err);
    struct table t = {.text = o.out};
    free(o.err);
    table_parse(&t);
    return t;
}

/* What inject makes of the currents that the table says. */
START_TEST(states_are_those_of_inject)
{
    static const char *const models[] = {"fastlif", "lif", "adaptivelif"};
    const char *path = scratch("J.csv");
    for (size_t m = 0; m < sizeof models / sizeof *models; m++) {
        char line[400];
        snprintf(line, sizeof line,
                 "population A n=130 seed=3 model=%s; input A sine 2Hz; run 1s; voltage A neuron=100", models[m]);
        struct table t = table_of(line);
        ck_assert_uint_eq(t.rows, 1000);
        FILE *file = fopen(path, "w");
        fprintf(file, "J\n");
        for (size_t r = 0; r < t.rows; r++)
            fprintf(file, "%.17g\n", table_number(&t, r, "J"));
        fclose(file);
        snprintf(line, sizeof line, "inject model=%s current=@%s", models[m], path);
        struct table in = table_of(line);
        static const char *const columns[] = {"J", "voltage", "refractory_time", "spiked"};
        size_t spikes = 0;
        for (size_t r = 0; r < t.rows; r++) {
            for (size_t c = 0; c < 4; c++)
                ck_assert_msg(table_number(&t, r, columns[c]) == table_number(&in, r, columns[c]),
                              "%s, step %zu: %s is %.17g, inject says %.17g", models[m], r, columns[c],
                              table_number(&t, r, columns[c]), table_number(&in, r, columns[c]));
            spikes += table_number(&t, r, "spiked") > 0;
        }
        ck_assert_msg(spikes > 10, "%s spiked %zu times", models[m], spikes);
        table_free(&t);
        table_free(&in);
    }
}
END_TEST

/* Each spike of the table is one of the record, and the other way round. */
static void expect_the_spikes(const char *before, const char *name, unsigned neuron)
{
    char line[600];
    snprintf(line, sizeof line, "%s; voltage %s neuron=%u from=0", before, name, neuron);
    struct table t = table_of(line);
    snprintf(line, sizeof line, "%s; spikes %s from=0", before, name);
    struct table s = table_of(line);
    size_t k = 0, seen = 0;
    for (size_t r = 0; r < t.rows; r++) {
        if (!(table_number(&t, r, "spiked") > 0))
            continue;
        while (k < s.rows && table_number(&s, k, "neuron") != neuron)
            k++;
        ck_assert_msg(k < s.rows && table_number(&s, k, "time") == table_number(&t, r, "t"),
                      "'%s': a spike at %.17g s is not the record's %zu", before, table_number(&t, r, "t"), seen);
        k++;
        seen++;
    }
    while (k < s.rows && table_number(&s, k, "neuron") != neuron)
        k++;
    ck_assert_msg(k == s.rows && seen > 5, "'%s': %zu spikes, and the record has more", before, seen);
    table_free(&t);
    table_free(&s);
}

START_TEST(what_changed_on_the_way_is_gone_through_again)
{
    expect_the_spikes("population A n=130 seed=3; input A sine 2Hz; run 300ms; set A tau_rc=30ms; run 200ms; dt 0.5ms; "
                      "run 200ms; set A model=lif n=200; input A 0.7; run 300ms",
                      "A", 100);
    expect_the_spikes("population A n=80 seed=3; input A 0.5; run 200ms; set A model=softlif; run 200ms; set A "
                      "model=lif; run 200ms",
                      "A", 71);
    expect_the_spikes("population A n=70 seed=5 lesion=0.3; input A sine 3Hz; run 400ms; reset; run 300ms", "A", 66);
    expect_the_spikes("population A n=5 seed=5; run 100ms; population B n=70 seed=6; input B 0.4; run 300ms", "B", 3);
}
END_TEST

START_TEST(what_arrives_as_a_value_is_in_the_record)
{
    expect_the_spikes("population A n=50 seed=1; population B n=70 seed=2; input A sine 2Hz; connect A B function=x^2; "
                      "run 400ms",
                      "B", 67);
    expect_the_spikes("population A n=50 seed=1; population B n=70 seed=2; input A sine 2Hz; connect A B kind=full; "
                      "run 400ms",
                      "B", 10);
}
END_TEST

START_TEST(a_window_holds_the_rows_of_the_whole)
{
    const char *whole = "population A n=9 seed=1; input A sine 3Hz; run 6s; voltage A neuron=8,0";
    struct outcome all = run(whole),
                   part =
                       run("population A n=9 seed=1; input A sine 3Hz; run 6s; voltage A neuron=8,0 from=5s to=5.5s");
    const char *rows = strchr(part.out, '\n') + 1;
    ck_assert_msg(strstr(all.out, rows) && strlen(rows) > 1000, "other rows:\n%.300s", part.out);
    outcome_free(&all);
    outcome_free(&part);
}
END_TEST

START_TEST(what_is_not_in_the_record_gets_its_sentence)
{
    expect_error("population A model=softlif; run 10ms; voltage A",
                 "A has no membranes: its neurons have rates and do not spike");
    expect_error("population A model=lif min_voltage=-inf; input A white; run 10ms; voltage A",
                 "each neuron of A has noise of its own, which is not kept: their voltages cannot be simulated again");
    expect_error("population A n=5; population B n=5; connect A B as w kind=neurons; run 10ms; voltage B",
                 "w brings each neuron of B a current of its own, and those are not kept: only what arrives as a value "
                 "(kind=decoded) can be simulated again");
    expect_error("population A n=5; voltage A neuron=5", "neuron=5: A has the neurons 0 to 4");
    expect_error("population A n=5; voltage A neuron=1.5", "neuron=1.5: A has the neurons 0 to 4");
    expect_error("population A n=5; run 10ms; voltage A from=2 to=1", "from=2 s is after to=1 s");
    expect_out("population A n=1; voltage A", "t,neuron,J,voltage,refractory_time,spiked\n");
}
END_TEST

/* Its beginning is not kept, so the first voltages are guesses, and that is said. */
START_TEST(a_record_without_its_beginning_says_so)
{
    struct outcome o = run("population A n=1; input A 1; run 100ms; set history=2; run 100ms; voltage A");
    ck_assert_msg(o.good && strstr(o.err, "the beginning of its record is not kept"), "%s", o.err);
    outcome_free(&o);
}
END_TEST

static char *screen_of(const char *lines, int width, int height)
{
    const char *path = scratch("screen.txt");
    char all[600];
    snprintf(all, sizeof all, "%s\nsave-screen %s", lines, path);
    struct outcome o = run_sized(all, width, height, false);
    ck_assert_msg(o.good, "%s", o.err);
    outcome_free(&o);
    return read_file(path);
}

START_TEST(the_pane_shows_it)
{
    const char *one = "population A n=1 encoders=1 radius=2 intercepts=0.5 max_rates=63.04 model=lif; input A 1.5; "
                      "pane 1 voltage A; window 100ms; run 250ms";
    static const int sizes[][2] = {{80, 24}, {100, 30}, {200, 60}, {30, 12}, {20, 6}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char *screen = screen_of(one, sizes[i][0], sizes[i][1]);
        ck_assert_msg(strstr(screen, "voltage A"), "%s", screen);
        ck_assert_msg(i > 2 || (strstr(screen, "voltage A: neuron 0") && strstr(screen, "J now 1.5")), "%s", screen);
        free(screen);
    }
    char *rate = screen_of("population A model=softlif n=3; pane 1 voltage A; run 10ms", 80, 24);
    ck_assert_msg(strstr(rate, "A has no membranes"), "%s", rate);
    free(rate);
    char *wide = screen_of("population A n=3; pane 1 voltage A; zoom 1; window 100s; run 80s", 80, 24);
    ck_assert_msg(strstr(wide, "are too many to see a voltage in"), "%s", wide);
    free(wide);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("command: voltage", states_are_those_of_inject, what_changed_on_the_way_is_gone_through_again,
                       what_arrives_as_a_value_is_in_the_record, a_window_holds_the_rows_of_the_whole,
                       what_is_not_in_the_record_gets_its_sentence, a_record_without_its_beginning_says_so,
                       the_pane_shows_it);
}
