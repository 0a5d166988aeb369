/* The command `accuracy` against the peers' rate table, and the pane that draws it. */
#include "run.h"

#include "base/text.h"

/* Rows of the peers' table that belong to one neuron, as the command that computes them. */
static void add_command(const struct table *t, size_t from, size_t to, struct text *out)
{
    text_printf(out, "accuracy tau_rc=%.17g tau_ref=%.17g J=", table_number(t, from, "tau_rc"),
                table_number(t, from, "tau_ref"));
    double dt = table_number(t, from, "dt");
    for (size_t r = from; r < to && table_number(t, r, "dt") == dt; r++)
        text_printf(out, "%s%.17g", r > from ? "," : "", table_number(t, r, "J"));
    text_add(out, " dt=");
    for (size_t r = from; r < to; r++)
        if (r == from || table_number(t, r, "dt") != table_number(t, r - 1, "dt"))
            text_printf(out, "%s%.17g", r > from ? "," : "", table_number(t, r, "dt"));
    text_add(out, "\n");
}

static struct table table_of(const char *lines)
{
    struct outcome o = run(lines);
    ck_assert_msg(o.good, "'%s' said: %s", lines, o.err);
    struct table t = {.text = o.out};
    free(o.err);
    table_parse(&t);
    return t;
}

static void compare(const struct table *wanted, size_t from, const struct table *got)
{
    for (size_t r = 0; r < got->rows; r++)
        for (size_t c = 0; c < wanted->columns; c++) {
            double want = table_number(wanted, from + r, wanted->name[c]), have = table_number(got, r, wanted->name[c]);
            ck_assert_msg(have == want, "dt %g, J %.17g: %s is %.17g, not %.17g", table_number(got, r, "dt"),
                          table_number(got, r, "J"), wanted->name[c], have, want);
        }
}

START_TEST(every_number_of_the_peers_table_comes_out)
{
    struct table t = table_read("fastlif_lif_rate_table.csv");
    for (size_t from = 0, to; from < t.rows; from = to) {
        struct text line = {0};
        for (to = from; to < t.rows && table_number(&t, to, "tau_rc") == table_number(&t, from, "tau_rc"); to++) {
        }
        add_command(&t, from, to, &line);
        struct table got = table_of(text_string(&line));
        ck_assert_msg(got.rows == to - from, "%zu rows, not %zu", got.rows, to - from);
        compare(&t, from, &got);
        table_free(&got);
        text_free(&line);
    }
    table_free(&t);
}
END_TEST

START_TEST(errors_fall_with_dt)
{
    struct table t = table_of("accuracy J=5,20 dt=5ms,1ms,0.1ms time=4s");
    ck_assert_msg(t.rows == 6, "%zu rows", t.rows);
    for (size_t r = 2; r < 6; r++) {
        double before = fabs(table_number(&t, r - 2, "fast_error")), now = fabs(table_number(&t, r, "fast_error"));
        ck_assert_msg(now < 0.2 * before, "row %zu: an error of %g after one of %g", r, now, before);
    }
    table_free(&t);
    t = table_of("dt 2ms; accuracy model=lif J=3 amplitude=2 time=1s");
    ck_assert(table_number(&t, 0, "dt") == 0.002 && table_number(&t, 0, "steps") == 500);
    ck_assert_msg(fabs(table_number(&t, 0, "lif_error")) < 0.01, "LIF errs by %g", table_number(&t, 0, "lif_error"));
    ck_assert_msg(fabs(table_number(&t, 0, "lif_rate") - 2 * table_number(&t, 0, "lif_count")) < 1e-9, "the amplitude");
    table_free(&t);
    /* FastLIF's spikes do not know it; beside G[J] its rates are in the unit of G[J] all the same. */
    t = table_of("accuracy J=3 dt=0.1ms amplitude=2 time=1s");
    ck_assert_msg(fabs(table_number(&t, 0, "fast_rate") - 2 * table_number(&t, 0, "fast_count")) < 1e-9,
                  "the amplitude");
    ck_assert_msg(fabs(table_number(&t, 0, "fast_error")) < 0.01, "FastLIF errs by %g",
                  table_number(&t, 0, "fast_error"));
    table_free(&t);
}
END_TEST

START_TEST(what_cannot_be_simulated_gets_its_sentence)
{
    static const struct {
        const char *line, *said;
    } rows[] = {
        {"accuracy dt=0", "dt=0: must be above 0 s and at most 1 000 000 s"},
        {"accuracy model=softlif", "unknown spiking model 'softlif': one of fastlif, lif"},
        {"accuracy time=1e9s dt=1e-9s", "are too many steps"},
        {"accuracy tau_rc=0", "tau_rc"},
        {"accuracy J=x", "J"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct outcome o = run(rows[i].line);
        ck_assert_msg(!o.good && strstr(o.err, rows[i].said), "'%s' said '%s', not '%s'", rows[i].line, o.err,
                      rows[i].said);
        outcome_free(&o);
    }
}
END_TEST

static char *screen_of(const char *lines)
{
    const char *path = scratch("screen.txt");
    char all[600];
    snprintf(all, sizeof all, "%s\nsave-screen %s", lines, path);
    struct outcome o = run(all);
    ck_assert_msg(o.good, "%s", o.err);
    outcome_free(&o);
    return read_file(path);
}

START_TEST(the_pane_follows_dt_and_parameters)
{
    char *coarse = screen_of("population A n=5 seed=1; dt 5ms; pane 1 accuracy A; zoom 1");
    char *fine = screen_of("population A n=5 seed=1; pane 1 accuracy A; zoom 1; dt 0.5ms; run 1ms; set A tau_ref=1ms");
    ck_assert_msg(strstr(coarse, "accuracy A (dt 5 ms)") && strstr(coarse, "FastLIF -52 %, LIF -52 %"), "%s", coarse);
    ck_assert_msg(strstr(fine, "accuracy A (dt 500 us)") && strstr(fine, "10 s simulated"), "%s", fine);
    ck_assert_msg(strstr(fine, "FastLIF -0.") && strstr(fine, "error, % of G[J]"), "%s", fine);
    free(coarse);
    free(fine);
}
END_TEST

START_TEST(a_population_gives_its_parameters)
{
    struct outcome of = run("population A tau_rc=50ms tau_ref=3ms max_rates=100; accuracy A J=2 tau_ref=1ms time=1s"),
                   typed = run("accuracy J=2 tau_rc=50ms tau_ref=1ms time=1s"),
                   usual = run("population A tau_rc=50ms; accuracy J=2 time=1s"), plain = run("accuracy J=2 time=1s");
    ck_assert_msg(of.good && typed.good && usual.good, "%s%s%s", of.err, typed.err, usual.err);
    ck_assert_str_eq(of.out, typed.out);
    ck_assert_str_eq(usual.out, plain.out);
    outcome_free(&of);
    outcome_free(&typed);
    outcome_free(&usual);
    outcome_free(&plain);
    of = run("accuracy A");
    ck_assert_msg(!of.good && strstr(of.err, "there is no population yet, so no 'A'"), "%s", of.err);
    outcome_free(&of);
}
END_TEST

START_TEST(only_populations_have_them)
{
    const char *path = scratch("events.csv");
    char line[200];
    write_file(path, "time,neuron\n1,0\n2,1\n");
    snprintf(line, sizeof line, "load %s as R\nopen accuracy R", path);
    struct outcome o = run(line);
    ck_assert_msg(!o.good && strstr(o.err, "accuracy"), "%s", o.err);
    outcome_free(&o);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("command: accuracy", every_number_of_the_peers_table_comes_out, errors_fall_with_dt,
                       what_cannot_be_simulated_gets_its_sentence, the_pane_follows_dt_and_parameters,
                       a_population_gives_its_parameters, only_populations_have_them);
}
