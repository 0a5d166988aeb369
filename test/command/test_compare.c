/* Two records of the same neurons, compared rate by rate. */
#include "run.h"

#define TWINS "population A n=5 seed=1; population B n=5 seed=1; input A constant 0.5; input B constant 0.5; run 1s\n"

START_TEST(rates_stand_side_by_side)
{
    struct outcome o = run(TWINS "compare A B\n");
    ck_assert_msg(o.good && strncmp(o.out, "neuron,rate,rate_engine,difference\n", 35) == 0, "%s%s", o.err, o.out);
    size_t rows = 0;
    for (const char *line = strchr(o.out, '\n') + 1; *line; line = strchr(line, '\n') + 1, rows++) {
        double neuron, rate, other, difference;
        ck_assert_int_eq(sscanf(line, "%lf,%lf,%lf,%lf", &neuron, &rate, &other, &difference), 4);
        ck_assert_msg(rate == other && difference == 0, "%s", line);
    }
    ck_assert_uint_eq(rows, 5);
    outcome_free(&o);

    /* 2 and 4 spikes in 2 s, the last of which ends the record and counts in no rate; neuron 9 is in the first only */
    FILE *a = fopen(scratch("a.csv"), "w"), *b = fopen(scratch("b.csv"), "w");
    fputs("time,neuron\n0,1\n0.5,1\n0.75,9\n2,1\n", a);
    fputs("time,neuron\n0,1\n0.25,1\n1,1\n1.5,1\n2,1\n", b);
    fclose(a);
    fclose(b);
    char lines[1200];
    snprintf(lines, sizeof lines, "load %s as P; load %s as Q; compare P Q\n", scratch("a.csv"), scratch("b.csv"));
    o = run(lines);
    ck_assert_msg(o.good && strcmp(o.out, "neuron,rate,rate_engine,difference\n1,1,2,1\n9,0.5,nan,nan\n") == 0, "%s%s",
                  o.err, o.out);
    outcome_free(&o);
}
END_TEST

START_TEST(what_cannot_be_compared_is_said)
{
    struct outcome o = run(TWINS "population C model=lifrate; run 0.1s; compare A C\n");
    ck_assert_msg(!o.good && strstr(o.err, "C "), "%s", o.err);
    outcome_free(&o);
    o = run("population A n=3; population B n=3; compare A B\n");
    ck_assert_msg(!o.good && strstr(o.err, "A and B have no time in common"), "%s", o.err);
    outcome_free(&o);
    o = run(TWINS "compare A tau_ref 1ms,2ms > /dev/null\n");
    ck_assert_msg(!o.good && strstr(o.err, "draws curves and gives no table"), "%s", o.err);
    outcome_free(&o);
    o = run(TWINS "compare A\n");
    ck_assert_msg(!o.good && strstr(o.err, "is missing"), "%s", o.err);
    outcome_free(&o);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("command: comparing", rates_stand_side_by_side, what_cannot_be_compared_is_said);
}
