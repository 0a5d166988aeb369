/* Spikes against events and against one another, as tables. */
#include "run.h"

START_TEST(events_and_pairs_are_tables)
{
    FILE *spikes = fopen(scratch("spikes.csv"), "w"), *events = fopen(scratch("events.csv"), "w");
    fputs("time,neuron\n", spikes);
    for (int i = 0; i < 20; i++)
        fprintf(spikes, "%.3f,1\n%.3f,2\n", 0.5 * i, 0.5 * i + 0.01);
    fputs("trial,onset\n1,1.0\n2,2.0\n3,3.0\n4,9.4\n", events); /* the last window reaches beyond the record */
    fclose(spikes);
    fclose(events);
    char lines[2000];
    snprintf(
        lines, sizeof lines,
        "load %s as R; psth R 1 events=@%s bin=0.25s before=0.25s after=0.5s; correlogram R 1 2 bin=10ms window=20ms\n",
        scratch("spikes.csv"), scratch("events.csv"));
    struct outcome o = run(lines);
    ck_assert_msg(o.good && strstr(o.err, "3 of 4 events have their whole window in the record"), "%s", o.err);
    ck_assert_msg(strstr(o.out, "t,spikes,rate,sem\n-0.25,0,0,0\n0,3,4,0\n0.25,0,0,0\nlag,pairs,rate,expected\n") ==
                      o.out,
                  "%s", o.out);
    ck_assert_msg(strstr(o.out, "\n0.01,20,100,") && strstr(o.out, "\n0,0,0,"), "%s", o.out);
    outcome_free(&o);
    snprintf(lines, sizeof lines, "load %s as R; psth R events=@%s before=100s after=100s\n", scratch("spikes.csv"),
             scratch("events.csv"));
    o = run(lines);
    ck_assert_msg(!o.good && strstr(o.err, "none of 4 events has its whole window within the record of R"), "%s",
                  o.err);
    outcome_free(&o);
    snprintf(lines, sizeof lines, "load %s as R; correlogram R 1 7\n", scratch("spikes.csv"));
    o = run(lines);
    ck_assert_msg(!o.good && strstr(o.err, "7"), "%s", o.err);
    outcome_free(&o);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("command: events and pairs", events_and_pairs_are_tables);
}
