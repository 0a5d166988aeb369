/* decoders, decode and rmse: their tables against nengo's, what is typed and what is set, and every sentence.
 */
#include "run.h"

#include "session/session.h"

/* ---- the peer's ensembles as files ---- */

static size_t dims_of(char name)
{
    return name == 'E' ? 2 : 1;
}

static const char *neurons_file(char name)
{
    struct table t = table_read("nef_neurons.csv");
    const char *path = scratch("neurons.csv");
    FILE *file = fopen(path, "w");
    fputs(dims_of(name) == 2 ? "gain,bias,e1,e2\n" : "gain,bias,e1\n", file);
    for (size_t r = 0; r < t.rows; r++) {
        if (table_text(&t, r, "ens")[0] != name)
            continue;
        fprintf(file, "%s,%s,%s", table_text(&t, r, "gain"), table_text(&t, r, "bias"), table_text(&t, r, "enc0"));
        if (dims_of(name) == 2)
            fprintf(file, ",%s", table_text(&t, r, "enc1"));
        fputc('\n', file);
    }
    fclose(file);
    table_free(&t);
    return path;
}

static const char *points_file(char name)
{
    struct table t = table_read("nef_eval_points.csv");
    const char *path = scratch("points.csv");
    FILE *file = fopen(path, "w");
    fputs(dims_of(name) == 2 ? "x2,k,x1\n" : "x\n", file);
    for (size_t r = 0; r < t.rows; r++) {
        if (table_text(&t, r, "ens")[0] != name)
            continue;
        if (dims_of(name) == 2)
            fprintf(file, "%s,7,", table_text(&t, r, "x1"));
        fprintf(file, "%s\n", table_text(&t, r, "x0"));
    }
    fclose(file);
    table_free(&t);
    return path;
}

/* "population A ..." for an ensemble of the peer. */
static void make_population(char name, char *out, size_t size)
{
    struct table t = table_read("nef_ensembles.csv");
    for (size_t r = 0; r < t.rows; r++)
        if (table_text(&t, r, "ens")[0] == name) {
            bool soft = strcmp(table_text(&t, r, "neuron_type"), "SoftLIFRate") == 0;
            snprintf(out, size, "population A neurons=@%s radius=%s tau_rc=%s tau_ref=%s model=%s%s%s",
                     neurons_file(name), table_text(&t, r, "radius"), table_text(&t, r, "tau_rc"),
                     table_text(&t, r, "tau_ref"), soft ? "softlif" : "fastlif", soft ? " sigma=" : "",
                     soft ? table_text(&t, r, "sigma") : "");
        }
    table_free(&t);
}

static struct table parse(const struct outcome *o)
{
    struct table t = {.text = strdup(o->out)};
    table_parse(&t);
    return t;
}

static struct table table_of(const char *lines)
{
    struct outcome o = run(lines);
    ck_assert_msg(o.good, "'%s' said %s", lines, o.err);
    struct table t = parse(&o);
    outcome_free(&o);
    return t;
}

/* Column `column` of a table against the rows of the peer's that `ens`, `function` and `output` name. */
static void compare(const struct table *got, const char *column, char name, const char *function, const char *output)
{
    struct table peer = table_read("nef_decoders.csv");
    double most = 0;
    size_t i = 0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t r = 0; r < peer.rows; r++) {
            if (table_text(&peer, r, "ens")[0] != name || strcmp(table_text(&peer, r, "function"), function) != 0 ||
                strcmp(table_text(&peer, r, "out_dim"), output) != 0 || table_number(&peer, r, "reg") != 0.1)
                continue;
            double wanted = table_number(&peer, r, "decoder");
            if (pass == 0) {
                most = fmax(most, fabs(wanted));
                continue;
            }
            double value = table_number(got, i++, column);
            ck_assert_msg(fabs(value - wanted) <= 1e-9 * most, "%c %s %s, neuron %zu: %.17g, peer %.17g", name,
                          function, output, i - 1, value, wanted);
        }
    ck_assert_uint_eq(i, got->rows);
    table_free(&peer);
}

START_TEST(decoders_are_the_peers)
{
    char population[1000], lines[2000];
    for (const char *name = "ABCDEF"; *name; name++) {
        make_population(*name, population, sizeof population);
        snprintf(lines, sizeof lines, "%s; decoders A function=%s reg=0.1 eval_points=@%s", population,
                 *name == 'E' ? "x1*x2,x1,x2" : "x^2,x,sin(pi*x)", points_file(*name));
        struct table t = table_of(lines);
        ck_assert_str_eq(t.name[0], "neuron");
        ck_assert_uint_eq(t.columns, 4);
        compare(&t, "d1", *name, *name == 'E' ? "x1x2" : "x2", "0");
        compare(&t, "d2", *name, "x", "0");
        compare(&t, "d3", *name, *name == 'E' ? "x" : "sin_pi_x", *name == 'E' ? "1" : "0");
        table_free(&t);
    }
}
END_TEST

START_TEST(decode_gives_target_and_value)
{
    char population[1000], lines[2000];
    make_population('A', population, sizeof population);
    snprintf(lines, sizeof lines, "%s; decode A function=x^2 points=41 eval_points=@%s", population, points_file('A'));
    struct outcome o = run(lines);
    ck_assert_msg(o.good, "%s", o.err);
    ck_assert_msg(strncmp(o.out, "x,target,decoded\n-1,1,", 22) == 0, "%s", o.out);
    struct table got = parse(&o), peer = table_read("nef_decoded.csv");
    size_t i = 0;
    for (size_t r = 0; r < peer.rows; r++) {
        if (table_text(&peer, r, "ens")[0] != 'A' || strcmp(table_text(&peer, r, "function"), "x2") != 0)
            continue;
        ck_assert_msg(fabs(table_number(&got, i, "x") - table_number(&peer, r, "x0")) < 1e-15, "row %zu: other x", i);
        ck_assert_msg(fabs(table_number(&got, i, "decoded") - table_number(&peer, r, "decoded")) < 1e-9,
                      "row %zu: %.17g, peer %.17g", i, table_number(&got, i, "decoded"),
                      table_number(&peer, r, "decoded"));
        i++;
    }
    ck_assert_uint_eq(i, got.rows);
    ck_assert_msg(strstr(o.err, "A: f(x) = x^2, reg 0.1, 200 evaluation points: RMS error 0.0") != NULL, "%s", o.err);
    table_free(&got);
    table_free(&peer);
    outcome_free(&o);
}
END_TEST

static void expect_same_error(const char *one, const char *other)
{
    struct outcome a = run(one), b = run(other);
    ck_assert_msg(a.good && strstr(a.err, "RMS error"), "%s%s", one, a.err);
    ck_assert_msg(strcmp(a.err, b.err) == 0, "'%s' says %s'%s' says %s", one, a.err, other, b.err);
    outcome_free(&a);
    outcome_free(&b);
}

START_TEST(the_error_does_not_hang_on_the_rows)
{
    expect_same_error("population A seed=1; decode A function=x^2 points=3",
                      "population A seed=1; decode A function=x^2 points=1000");
    expect_same_error("population A seed=1 dims=2; decode A function=x1*x2 points=2",
                      "population A seed=1 dims=2; decode A function=x1*x2 points=40");
    expect_same_error("population A seed=1 dims=3; decode A points=2",
                      "population A seed=1 dims=3; decode A points=40");
    expect_same_error("population A seed=1; decode A function=1/x points=2",
                      "population A seed=1; decode A function=1/x points=10");
}
END_TEST

START_TEST(columns_follow_dimensions_and_outputs)
{
    static const struct {
        const char *lines, *header;
        size_t rows;
    } wanted[] = {
        {"population A n=5; decode A points=1", "x,target,decoded\n-1,-1,", 1},
        {"population A n=5 radius=3; decode A points=3 function=x,x^2", "x,target1,decoded1,target2,decoded2\n-3,-3,",
         3},
        {"population A n=5 dims=2; decode A points=2 function=x1*x2", "x1,x2,target,decoded\n-1,-1,1,", 4},
        {"population A n=5 dims=2; decode A", "x1,x2,target1,decoded1,target2,decoded2\n-1,-1,-1,", 441},
        {"population A n=5 dims=3; decode A function=x1 points=7", "x1,x2,x3,target,decoded\n", 7},
        {"population A n=5 dims=2; decoders A", "neuron,d1,d2\n0,", 5},
        {"population A n=1; decoders A", "neuron,d1\n0,", 1},
        {"population A n=1 dims=64; decoders A eval_points=3", "neuron,d1,d2,d3,", 1},
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        struct outcome o = run(wanted[i].lines);
        ck_assert_msg(o.good && strncmp(o.out, wanted[i].header, strlen(wanted[i].header)) == 0, "%s: %s%s",
                      wanted[i].lines, o.out, o.err);
        struct table t = parse(&o);
        ck_assert_msg(t.rows == wanted[i].rows, "%s: %zu rows", wanted[i].lines, t.rows);
        table_free(&t);
        outcome_free(&o);
    }
}
END_TEST

static void same_tables(const char *lines, const char *others)
{
    struct outcome a = run(lines), b = run(others);
    ck_assert_msg(a.good && b.good, "%s%s", a.err, b.err);
    ck_assert_msg(strcmp(a.out, b.out) == 0, "'%s' gives\n%s\nand '%s'\n%s", lines, a.out, others, b.out);
    outcome_free(&a);
    outcome_free(&b);
}

START_TEST(what_is_typed_goes_before_what_is_set)
{
    same_tables("population A n=9; decoders A", "population A n=9 function=x reg=0.1; decoders A");
    same_tables("population A n=9; set A function=x^2 reg=0.01; decoders A",
                "population A n=9; decoders A function=x^2 reg=0.01");
    same_tables("population A n=9; set A function=x^2; decoders A function=x^3; decoders A",
                "population A n=9; decoders A function=x^3; decoders A function=x^2");
    same_tables("population A n=9 seed=3; decoders A", "population A n=9 seed=3; decoders A seed=3 eval_points=750");
    same_tables("population A n=9; set A function=x^2; neurons A", "population A n=9; neurons A");
    same_tables("population A n=9 dims=2; decoders A", "population A n=9 dims=2; decoders A function=x1,x2");
}
END_TEST

/* What the bars of the pane show, whatever an amplitude makes of rates. */
START_TEST(normalised_weights_do_not_know_the_amplitude)
{
    struct outcome one = run("population A n=3 seed=1 model=lif; decoders A normalised=on"),
                   half = run("population A n=3 seed=1 model=lif amplitude=0.5; decoders A normalised=on");
    const char *a = one.out, *b = half.out;
    for (int i = 0; i < 3; i++) {
        a = strchr(strchr(a, '\n') + 1, ',') + 1;
        b = strchr(strchr(b, '\n') + 1, ',') + 1;
        ck_assert_msg(fabs(atof(a) - atof(b)) < 1e-9, "neuron %d: %.12g with amplitude 1, %.12g with 0.5", i, atof(a),
                      atof(b));
    }
    outcome_free(&one);
    outcome_free(&half);
    one = run_sized(
        "population A n=2 seed=1 model=lif amplitude=0.5; pane 1 tuning A weights=on; focus 1; zoom; save-screen\n"
        "decoders A normalised=on",
        120, 36, false);
    ck_assert_msg(strstr(one.out, "max rate): 0 to 0.88") && strstr(one.out, "0,0.877"), "%s", one.out);
    outcome_free(&one);
}
END_TEST

START_TEST(normalised_weights_are_of_rates_up_to_one)
{
    struct table t = table_of("population A n=2 max_rates=100 intercepts=0 encoders=1,-1; decoders A"),
                 n = table_of("population A n=2 max_rates=100 intercepts=0 encoders=1,-1; decoders A normalised=on");
    for (size_t i = 0; i < 2; i++)
        ck_assert(near_relative(table_number(&n, i, "d1"), 100 * table_number(&t, i, "d1"), 1e-14));
    ck_assert_msg(fabs(table_number(&n, 0, "d1") - 0.82) < 0.03, "%g is not near 0.85", table_number(&n, 0, "d1"));
    ck_assert_msg(fabs(table_number(&n, 1, "d1") + 0.82) < 0.03, "%g is not near -0.85", table_number(&n, 1, "d1"));
    table_free(&t);
    table_free(&n);
}
END_TEST

/* Means over seeds of two programs that draw other neurons: they agree within their standard errors. */
static void check_scaling(const struct table *got, size_t row, const struct table *peer, const char *function,
                          const char *mine, const char *theirs)
{
    char mean[40], sd[40], peer_mean[40], peer_sd[40];
    snprintf(mean, sizeof mean, "%s_mean", mine);
    snprintf(sd, sizeof sd, "%s_sd", mine);
    snprintf(peer_mean, sizeof peer_mean, "%s_mean", theirs);
    snprintf(peer_sd, sizeof peer_sd, "%s_sd", theirs);
    for (size_t r = 0; r < peer->rows; r++) {
        if (table_number(peer, r, "N") != table_number(got, row, "n") ||
            strcmp(table_text(peer, r, "function"), function) != 0)
            continue;
        ck_assert(table_number(peer, r, "m") == table_number(got, row, "m"));
        double a = table_number(got, row, sd), b = table_number(peer, r, peer_sd);
        double off = table_number(got, row, mean) - table_number(peer, r, peer_mean);
        double spread = sqrt(a * a / table_number(got, row, "seeds") + b * b / table_number(peer, r, "n_seeds"));
        ck_assert_msg(fabs(off) < 4 * spread + 0.02 * table_number(peer, r, peer_mean),
                      "%s of %s, n=%g: %g off, %g is the standard error", mine, function, table_number(got, row, "n"),
                      off, spread);
        return;
    }
    ck_abort_msg("the peer has no such row");
}

static void falls_as_the_peers(const char *function, const char *peers_name)
{
    struct table peer = table_read("nef_scaling.csv");
    char lines[200];
    snprintf(lines, sizeof lines, "population A; rmse A function=%s n=10,20,50,100,200 seeds=12", function);
    struct table t = table_of(lines);
    ck_assert_uint_eq(t.rows, 5);
    for (size_t r = 0; r < t.rows; r++) {
        check_scaling(&t, r, &peer, peers_name, "rmse", "rmse_grid");
        check_scaling(&t, r, &peer, peers_name, "rmse_noisy", "rmse_noisy");
        ck_assert_msg(r == 0 || table_number(&t, r, "rmse_mean") < table_number(&t, r - 1, "rmse_mean"),
                      "%s: more neurons, larger error", function);
        ck_assert(table_number(&t, r, "rmse_min") <= table_number(&t, r, "rmse_mean") &&
                  table_number(&t, r, "rmse_mean") <= table_number(&t, r, "rmse_max"));
    }
    table_free(&t);
    table_free(&peer);
}

START_TEST(the_error_falls_as_the_peers)
{
    falls_as_the_peers("x", "x");
}
END_TEST

START_TEST(the_error_of_the_square_falls_as_the_peers)
{
    falls_as_the_peers("x^2", "x2");
}
END_TEST

START_TEST(the_error_of_a_sine_falls_as_the_peers)
{
    falls_as_the_peers("sin(pi*x)", "sin_pi_x");
}
END_TEST

START_TEST(rmse_takes_one_population_of_two_dimensions)
{
    struct table t = table_of("population A dims=2; rmse A function=x1*x2 n=20,200 seeds=1 points=50 eval_points=100");
    ck_assert_uint_eq(t.rows, 2);
    ck_assert(table_number(&t, 0, "m") == 100 && isnan(table_number(&t, 0, "rmse_sd")));
    ck_assert(table_number(&t, 1, "rmse_mean") < table_number(&t, 0, "rmse_mean"));
    table_free(&t);
}
END_TEST

START_TEST(nothing_fires_and_that_is_said)
{
    write_file(scratch("silent.csv"), "gain,bias,e1\n1,-9,1\n1,-9,-1\n");
    char lines[400];
    snprintf(lines, sizeof lines, "population A neurons=@%s; decoders A", scratch("silent.csv"));
    struct outcome o = run(lines);
    ck_assert_str_eq(o.out, "neuron,d1\n0,0\n1,0\n");
    ck_assert_msg(strstr(o.err, "A: no neuron fires at any evaluation point, so all decoders are 0") != NULL, "%s",
                  o.err);
    outcome_free(&o);
}
END_TEST

/* The path of the file stands between the two halves of the sentence. */
static void points_refused(const char *content, const char *population, const char *before, const char *after)
{
    char lines[600], wanted[600];
    const char *path = scratch("bad.csv");
    write_file(path, content);
    snprintf(lines, sizeof lines, "population A n=5 %s; decoders A eval_points=@%s", population, path);
    snprintf(wanted, sizeof wanted, "%s%s%s", before, before[0] ? path : "", after);
    expect_error(lines, wanted);
}

START_TEST(points_from_files_are_checked)
{
    points_refused("t,y\n1,2\n", "", "eval_points=@", " has no column x or x1");
    points_refused("x1,y\n1,2\n", "dims=2", "eval_points=@", " has no column x2: x1 to x2 are needed, one a dimension");
    points_refused("x\n1\nnan\n", "", "eval_points=@", ": row 2 of the table has x1 = nan; x must be finite");
    points_refused("x\n", "", "eval_points=@", " has no rows; one or more points are needed");
    points_refused("x\n0\n", "function=1/x", "",
                   "function 1/x is infinite at x = 0; c ? a : b can give it a value there");
    points_refused("", "", "eval_points: ", ":1: the file is empty");
}
END_TEST

START_TEST(mistakes_get_a_sentence)
{
    expect_error("population A; decoders A function=x+", "function x+: something is missing after +");
    expect_error("population A; decoders A reg=-1", "reg=-1: must be from 0 to 1 000 000");
    expect_error("population A; decoders A reg=nan", "reg=nan: must be from 0 to 1 000 000");
    expect_error("population A; decoders A eval_points=0", "eval_points=0: must be from 1 to 100 000 000");
    expect_error("population A n=1e6; decoders A", "decoders of 1 000 000 neurons at 2 000 000 points need a "
                                                   "matrix of 8 TB; up to 15 000 neurons work, or "
                                                   "more with fewer points: eval_points=2000");
    expect_error("population A dims=2 function=x1; set A dims=1 function=x2",
                 "function x2: position 1: 'x2' is not known; x, pi, e, numbers, + - * / ^ and abs, sign, "
                 "sqrt, cbrt, exp, log, ln, "
                 "log2, log10, sin, cos, tan, asin, acos, atan, atan2, sinh, cosh, tanh, asinh, acosh, "
                 "atanh, floor, ceil, "
                 "rint, mod, min, max, sum, avg are (dims stays 2, function stays x1)");
    expect_error("population A; decode A function=1/x",
                 "function 1/x is infinite at x = 0; c ? a : b can give it a value there");
    expect_error("population A dims=2; decode A points=5000", "points=5000: at most 3000 each way");
    expect_error("population A max_rates=200,300 n=2; rmse A",
                 "max_rates of A were given one by one; rmse draws populations, from a range or one value");
    expect_error("population A; rmse A n=1.5", "n: 1.5 is no number of neurons; whole numbers from 1 on are");
    expect_error("population A; rmse A n=0", "n: 0 is no number of neurons; whole numbers from 1 on are");
}
END_TEST

int main(void)
{
    return HARNESS_RUN("command: nef", decoders_are_the_peers, decode_gives_target_and_value,
                       the_error_does_not_hang_on_the_rows, columns_follow_dimensions_and_outputs,
                       what_is_typed_goes_before_what_is_set, normalised_weights_do_not_know_the_amplitude,
                       normalised_weights_are_of_rates_up_to_one, the_error_falls_as_the_peers,
                       the_error_of_the_square_falls_as_the_peers, the_error_of_a_sine_falls_as_the_peers,
                       rmse_takes_one_population_of_two_dimensions, nothing_fires_and_that_is_said,
                       points_from_files_are_checked, mistakes_get_a_sentence);
}
