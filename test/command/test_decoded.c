/* The command `decoded`: what stands in its rows, and what they may and may not depend on. */
#include "run.h"

#define POPULATION "population A n=40 seed=3; input A sine 2Hz; "

static struct table table_of(const char *lines)
{
    struct outcome o = run(lines);
    ck_assert_msg(o.good, "'%s' said: %s", lines, o.err);
    struct table t = {.text = o.out};
    free(o.err);
    table_parse(&t);
    return t;
}

START_TEST(rows_are_x_its_function_and_what_was_decoded)
{
    struct table t = table_of(POPULATION "set A function=x^2; run 400ms; decoded A");
    ck_assert_uint_eq(t.rows, 400);
    ck_assert_uint_eq(t.columns, 6);
    double sum = 0, noise = 0;
    for (size_t r = 0; r < t.rows; r++) {
        double time = table_number(&t, r, "t"), x = table_number(&t, r, "x"), target = table_number(&t, r, "target");
        double decoded = table_number(&t, r, "decoded"), error = table_number(&t, r, "error");
        ck_assert_msg(fabs(time - 0.001 * (double)(r + 1)) < 1e-12, "row %zu is at %.17g s", r, time);
        ck_assert_msg(fabs(x - sin(2 * M_PI * 2 * time)) < 1e-9, "row %zu has x %.17g", r, x);
        ck_assert_msg(fabs(target - x * x) < 1e-15, "row %zu: f(%g) is %.17g", r, x, target);
        ck_assert(error == decoded - target);
        if (r < 100)
            continue;
        sum += error * error;
        noise += pow(decoded - table_number(&t, r, "ideal"), 2);
    }
    /* 10 ms behind a sine of 2 Hz squared: half of 4 pi 2 0.01 is most of it. */
    ck_assert_msg(sqrt(sum / 300) > 0.03 && sqrt(sum / 300) < 0.15, "RMS error %g", sqrt(sum / 300));
    ck_assert_msg(sqrt(noise / 300) < 0.06, "spikes are %g from rates", sqrt(noise / 300));
    table_free(&t);
}
END_TEST

static void expect_same_out(const char *lines, const char *other)
{
    struct outcome a = run(lines), b = run(other);
    ck_assert_msg(a.good && b.good, "%s%s", a.err, b.err);
    ck_assert_msg(strcmp(a.out, b.out) == 0, "'%s' and '%s' differ", lines, other);
    ck_assert(strlen(a.out) > 100);
    outcome_free(&a);
    outcome_free(&b);
}

START_TEST(the_function_leaves_neurons_and_spikes_alone)
{
    expect_same_out(POPULATION "run 300ms; spikes A; neurons A; tuning A points=5",
                    POPULATION "run 150ms; set A function=sin(pi*x) reg=0.2 tau_synapse=20ms synapse=alpha; run 150ms; "
                               "spikes A; neurons A; tuning A points=5");
}
END_TEST

/* The same spikes are decoded anew, so it does not matter when the function became what it is. */
START_TEST(nothing_depends_on_when_or_whether_one_looks)
{
    const char *plain = POPULATION "set A function=x^2; run 300ms; decoded A";
    expect_same_out(plain,
                    POPULATION "run 100ms; set A function=x^3; run 50ms; set A function=x^2; run 150ms; decoded A");
    expect_same_out(plain, POPULATION "set A function=x^2; open decoded A; run 40ms; save-screen /dev/null; run 260ms; "
                                      "save-screen /dev/null; decoded A");
    expect_same_out(POPULATION "run 100ms; set A tau_rc=30ms; run 100ms; decoded A",
                    POPULATION "open decoded A; run 100ms; save-screen /dev/null; set A tau_rc=30ms; run 100ms; "
                               "save-screen /dev/null; decoded A");
    expect_same_out(POPULATION "dt 0.5ms; run 100ms; dt 1ms; run 100ms; decoded A from=150ms",
                    POPULATION "dt 0.5ms; run 100ms; decoded A > /dev/null; dt 1ms; run 100ms; decoded A from=150ms");
}
END_TEST

START_TEST(from_to_and_dt_choose_rows)
{
    struct table t = table_of(POPULATION "run 1s; decoded A from=0.2s to=0.6s dt=50ms");
    ck_assert_uint_eq(t.rows, 9);
    for (size_t r = 0; r < t.rows; r++)
        ck_assert_msg(fabs(table_number(&t, r, "t") - (0.2 + 0.05 * (double)r)) < 1e-9, "row %zu is at %s", r,
                      table_text(&t, r, "t"));
    table_free(&t);
    t = table_of(POPULATION "decoded A");
    ck_assert_uint_eq(t.rows, 0);
    table_free(&t);
}
END_TEST

START_TEST(dimensions_and_outputs_are_numbered)
{
    struct table t = table_of("population P n=60 dims=2 seed=2 function=x1*x2,x1; input P constant 0.5; run 200ms; "
                              "decoded P from=199ms");
    ck_assert_uint_eq(t.columns, 1 + 2 + 4 * 2);
    ck_assert(table_number(&t, 0, "x2") == 0.5 && table_number(&t, 0, "target1") == 0.25);
    ck_assert(table_number(&t, 0, "target2") == 0.5);
    ck_assert_msg(fabs(table_number(&t, 0, "ideal2") - 0.5) < 0.1, "ideal2 is %s", table_text(&t, 0, "ideal2"));
    table_free(&t);
    t = table_of("population P n=60 dims=2; run 50ms; decoded P");
    ck_assert(fabs(table_number(&t, 0, "target2")) == 0); /* without a function, x itself */
    table_free(&t);
}
END_TEST

START_TEST(rate_neurons_are_decoded_from_rates)
{
    struct table t = table_of("population A model=lifrate n=50; input A constant 0.5; run 200ms; decoded A from=199ms");
    ck_assert(table_number(&t, 0, "decoded") == table_number(&t, 0, "ideal"));
    ck_assert_msg(fabs(table_number(&t, 0, "decoded") - 0.5) < 0.05, "0.5 is decoded as %s",
                  table_text(&t, 0, "decoded"));
    table_free(&t);
}
END_TEST

START_TEST(rows_begin_where_the_neurons_became_what_they_are)
{
    struct outcome o = run(POPULATION "run 100ms; set A tau_rc=30ms; run 100ms; decoded A");
    ck_assert(o.good && strstr(o.out, "\n0.10100000000000001,"));
    ck_assert_msg(!strstr(o.out, "\n0.10000000000000001,"), "a row is from before the change");
    ck_assert_msg(
        strstr(o.err, "t:1: A: begins at 100 ms, when its neurons changed; what others spiked before is not decoded"),
        "%s", o.err);
    outcome_free(&o);
    expect_error(POPULATION "open decoded B", "unknown population, node, connection or recording 'B': one of A");
    o = run(POPULATION "set A function=x2");
    ck_assert_msg(!o.good && strstr(o.err, "position 1: 'x2' is not known") && strstr(o.err, "(function stays x)"),
                  "%s", o.err);
    outcome_free(&o);
}
END_TEST

static size_t rows_of(const char *command)
{
    char lines[300];
    snprintf(lines, sizeof lines, "population A n=5; input A sine; run 1s\n%s\n", command);
    struct outcome o = run(lines);
    ck_assert_msg(o.good, "%s", o.err);
    size_t rows = 0;
    for (const char *c = strchr(o.out, '\n'); c && c[1]; c = strchr(c + 1, '\n'))
        rows++;
    outcome_free(&o);
    return rows;
}

/* Steps of 1 ms: after `from`, up to `to`, as every window; with dt, its multiples, both ends included. */
START_TEST(adjoining_windows_share_no_step)
{
    static const char *const verbs[] = {"decoded", "trace"};
    for (size_t i = 0; i < 2; i++) {
        char first[60], second[60], whole[60];
        snprintf(first, sizeof first, "%s A from=0.1 to=0.3", verbs[i]);
        snprintf(second, sizeof second, "%s A from=0.3 to=0.7", verbs[i]);
        snprintf(whole, sizeof whole, "%s A from=0.1 to=0.7", verbs[i]);
        ck_assert_msg(rows_of(first) == 200 && rows_of(second) == 400 && rows_of(whole) == 600,
                      "%s: %zu, %zu and %zu rows", verbs[i], rows_of(first), rows_of(second), rows_of(whole));
    }
    ck_assert_uint_eq(rows_of("decoded A from=0.1 to=0.3 dt=50ms"), 5);
    ck_assert_uint_eq(rows_of("decoded A from=2s to=3s"), 0);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("command: decoded", adjoining_windows_share_no_step,
                       rows_are_x_its_function_and_what_was_decoded, the_function_leaves_neurons_and_spikes_alone,
                       nothing_depends_on_when_or_whether_one_looks, from_to_and_dt_choose_rows,
                       dimensions_and_outputs_are_numbered, rate_neurons_are_decoded_from_rates,
                       rows_begin_where_the_neurons_became_what_they_are);
}
