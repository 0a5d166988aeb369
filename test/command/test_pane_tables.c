/* What panes draw and what tables say of the same window is the same number, and adjoining windows add up: with spikes
 * on both edges, live, from a file of events and from a dense file. */
#include "run.h"

/* 40 Hz and a step of 1 ms: a spike every 25 ms from 23 ms on, so one on each edge of the windows below. Saved, both ways, and read back. */
static const char setup[] = "population A n=2 encoders=1 max_rates=40 intercepts=-0.9 model=lif; input A 1; run 1s\n"
                            "save A /tmp/lifscope-pane-tables.csv format=events\n"
                            "save A /tmp/lifscope-pane-tables-dense.csv format=dense\n"
                            "load /tmp/lifscope-pane-tables.csv as E from=0 to=1s\n"
                            "load /tmp/lifscope-pane-tables-dense.csv as D\n";

/* The number in the heading of the first pane, "neuron 0: 10 spikes, 40 Hz". */
static double heading(const char *screen)
{
    const char *at = strstr(screen, "neuron 0: ");
    ck_assert_msg(at != NULL, "no heading in\n%s", screen);
    return atof(at + strlen("neuron 0: "));
}

static double pane_says(const char *name, const char *pane, double from, double to)
{
    char lines[900];
    snprintf(lines, sizeof lines, "%spane 1 %s; focus 1; zoom; select %s 0; window %s %.17g; goto %s %.17g; save-screen\n", setup,
             pane, name, name, to - from, name, (from + to) / 2);
    struct outcome o = run_sized(lines, 100, 24, false);
    ck_assert_msg(o.good, "%s", o.err);
    double value = heading(o.out);
    outcome_free(&o);
    return value;
}

/* Rows of a table, or the number in its second column of the first row. */
static double table_says(const char *command, bool rows)
{
    char lines[900];
    snprintf(lines, sizeof lines, "%s%s\n", setup, command);
    struct outcome o = run(lines);
    ck_assert_msg(o.good, "%s", o.err);
    const char *at = strchr(o.out, '\n');
    double value = 0;
    for (const char *c = at; rows && c && c[1]; c = strchr(c + 1, '\n'))
        value++;
    if (!rows)
        value = atof(strchr(at, ',') + 1);
    outcome_free(&o);
    return value;
}

static const char *const names[] = {"A", "E", "D"};
static const double edge[] = {0.048, 0.248, 0.398, 0.748, 0.998};
#define WINDOWS (sizeof edge / sizeof *edge - 1)

START_TEST(counts_of_adjoining_windows_add_up_in_pane_and_table)
{
    for (size_t i = 0; i < 3; i++) {
        double sum = 0;
        char pane[40], command[120];
        snprintf(pane, sizeof pane, "counts %s", names[i]);
        for (size_t w = 0; w < WINDOWS; w++) {
            snprintf(command, sizeof command, "counts %s from=%g to=%g", names[i], edge[w], edge[w + 1]);
            double shown = pane_says(names[i], pane, edge[w], edge[w + 1]), told = table_says(command, false);
            ck_assert_msg(shown == told, "%s from %g to %g: the pane says %g, the table %g", names[i], edge[w], edge[w + 1],
                          shown, told);
            sum += shown;
        }
        snprintf(command, sizeof command, "counts %s from=%g to=%g", names[i], edge[0], edge[WINDOWS]);
        ck_assert_msg(sum == table_says(command, false), "%s: windows add up to %g", names[i], sum);
    }
}
END_TEST

START_TEST(intervals_are_those_of_the_table)
{
    for (size_t i = 0; i < 3; i++)
        for (size_t w = 0; w < WINDOWS; w++) {
            char pane[40], command[120];
            snprintf(pane, sizeof pane, "isi %s over=window", names[i]);
            snprintf(command, sizeof command, "intervals %s 0 from=%g to=%g", names[i], edge[w], edge[w + 1]);
            double shown = pane_says(names[i], pane, edge[w], edge[w + 1]), told = table_says(command, true);
            ck_assert_msg(shown == told, "%s from %g to %g: the pane says %g, the table has %g rows", names[i], edge[w],
                          edge[w + 1], shown, told);
        }
}
END_TEST

int main(void)
{
    int failed = HARNESS_RUN("command: panes and tables", counts_of_adjoining_windows_add_up_in_pane_and_table,
                             intervals_are_those_of_the_table);
    unlink("/tmp/lifscope-pane-tables.csv");
    unlink("/tmp/lifscope-pane-tables-dense.csv");
    return failed;
}
