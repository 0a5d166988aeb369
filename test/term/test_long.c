/* Commands that take long, on the real program, while nothing else runs that would have frames drawn: the answer is
 * seen when it is there, without another key. Most take longer than the fifth of a second after which a bar appears. */
#include "pty.h"

struct long_command {
    const char *before, *command, *answer; /* '%' is a file */
};

static const struct long_command paused[] = {
    {"", "rmse A n=10,20,50,100,200,400 seeds=10", "0.00154327"},
    {"set A n=1500", "decoders A > %", "d.csv: 1 500 rows"},
    {"set A n=1500", "decode A points=3 > %", "d.csv: 3 rows"},
    {"set A n=1500; run 5ms", "decoded A > %", "d.csv: 5 rows"},
    {"", "accuracy dt=0.01ms time=20s > %", "d.csv: 12 rows"},
    {"", "meanfield scan mu=1mV:14mV:40 sigma=1mV:13mV:40 > %", "d.csv: 1 600 rows"},
    {"set A min_voltage=-inf; input A white mu=10mV sigma=10mV", "meanfield probe A freq=20Hz time=400s > %",
     "d.csv: 1 row"},
    {"speed max; run 20s", "rates A dt=1ms > %", "d.csv: 20 0"},
    {"speed max; run 20s", "save A %", "d.csv: "},
    {"", "set A n=300000", "300 000 FastLIF"},
    {"", "tuning A points=100000 > %", "d.csv: 100 000 rows"},
};

static const struct long_command beside_a_recording[] = {
    {"", "accuracy dt=0.01ms time=20s > %", "d.csv: 12 rows"},
    {"", "meanfield scan mu=1mV:14mV:40 sigma=1mV:13mV:40 > %", "d.csv: 1 600 rows"},
    {"", "response J=0:3:1000000 > %", "d.csv: 1 000 000 rows"},
    {"", "rates R from=0 to=100s dt=1ms > %", "d.csv: 100 001 rows"},
    {"", "save R %", "d.csv: 1 000 000 spikes"},
    {"", "load \"&\" as S", "S: events"},
};

static void type_line(struct pty *pty, const char *line, const char *file, const char *recording)
{
    for (const char *c = line; *c; c++)
        pty_type(pty, *c == '%' ? file : *c == '&' ? recording : (char[]){*c, '\0'});
    pty_type(pty, "\r");
}

/* Nothing moves any more when it is typed. */
static void expect_answer(struct pty *pty, const struct long_command *c, const char *recording)
{
    char file[128];
    snprintf(file, sizeof file, "%s/d.csv", pty->directory);
    type_line(pty, c->before, file, recording);
    pty_type(pty, "mark 1ms settled\r");
    type_line(pty, c->command, file, recording);
    pty_wait(pty, c->answer);
    pty_wait_gone(pty, " %  t");
    unlink(file);
}

START_TEST(paused_commands_answer)
{
    for (size_t i = 0; i < sizeof paused / sizeof *paused; i++) {
        struct pty *pty = pty_start(100, 30, NULL);
        pty_wait(pty, "running");
        pty_type(pty, "pause\r");
        pty_wait(pty, "paused");
        expect_answer(pty, &paused[i], "");
        pty_end(pty);
    }
}
END_TEST

START_TEST(commands_beside_a_recording_answer)
{
    char recording[] = "/tmp/lifscope-test-XXXXXX";
    FILE *file = fdopen(mkstemp(recording), "w");
    fputs("time,neuron\n", file);
    for (int i = 0; i < 1000000; i++)
        fprintf(file, "%d.%04d,%d\n", i / 10000, i % 10000, i % 7);
    fclose(file);
    for (size_t i = 0; i < sizeof beside_a_recording / sizeof *beside_a_recording; i++) {
        struct pty *pty = pty_start(100, 30, (const char *const[]){recording, NULL});
        pty_wait(pty, "1 000 000 spikes");
        pty_type(pty, "load ");
        pty_type(pty, recording);
        pty_type(pty, " as R\r");
        pty_wait(pty, "R: events");
        expect_answer(pty, &beside_a_recording[i], recording);
        pty_end(pty);
    }
    unlink(recording);
}
END_TEST

/* While it works one types, and looks at other neurons; what was typed is run, or waits. Ctrl-C ends the work, and what
 * runs goes on. */
START_TEST(one_types_and_looks_on_while_a_command_works)
{
    struct pty *pty = pty_start(100, 30, NULL);
    pty_wait(pty, "running");
    pty_type(pty, "pause\r");
    pty_wait(pty, "paused");
    pty_type(pty, "select A 3\r");
    pty_wait(pty, "neuron 3");
    pty_type(pty, "rmse A n=2000 seeds=1000\r");
    pty_wait(pty, "solving ");
    pty_type(pty, "speed 0.5");
    pty_wait(pty, "> speed 0.5");
    pty_type(pty, "\r");
    pty_wait(pty, "×0.5");
    pty_type(pty, " "); /* it runs */
    pty_wait(pty, "running");
    pty_wait(pty, "Hz 3:");
    pty_type(pty, "\x1bOQ"); /* a pane takes the keys */
    pty_wait(pty, "Esc back");
    pty_type(pty, "\x1b[A"); /* the neuron above */
    pty_wait_gone(pty, "Hz 3:");
    pty_type(pty, "\x1b");
    pty_wait_gone(pty, "Esc back");
    pty_type(pty, "decoders A\r");
    pty_wait(pty, "waits until rmse is done; Ctrl-C stops that");
    pty_wait(pty, "1 command queued");
    pty_type(pty, "\x03");
    pty_wait(pty, "interrupted");
    pty_wait(pty, "what waited is not run");
    pty_wait_gone(pty, "solving ");
    pty_wait(pty, "running");
    pty_end(pty);
}
END_TEST

/* With nothing at all to look at, no frame would come by itself. */
START_TEST(with_nothing_to_look_at_answers_come)
{
    struct pty *pty = pty_start(100, 30, NULL);
    pty_wait(pty, "running");
    pty_type(pty, "remove A\r");
    pty_wait(pty, "A is removed");
    pty_type(pty, "accuracy dt=0.01ms time=20s J=1.5\r");
    pty_type(pty, "list"); /* the bar may come and go too fast to be seen */
    pty_wait(pty, "> list");
    pty_wait(pty, "exact_rate");
    pty_wait_gone(pty, "simulat");
    pty_end(pty);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("term: long", one_types_and_looks_on_while_a_command_works, with_nothing_to_look_at_answers_come,
                       paused_commands_answer, commands_beside_a_recording_answer);
}
