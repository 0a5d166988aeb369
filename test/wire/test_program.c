/* The real program with its engine in another process: the same tables, and a session that outlives its engine. */
#include "term/pty.h"

#include <dirent.h>

#define LINES                                                                                                          \
    "population A n=120 dims=2 seed=4; input A noise seed=3; population B n=60 model=lif; input B sine; run 400ms; "   \
    "set A tau_rc=30ms; set B n=90; run 200ms; dt 0.5ms; run 100ms; spikes A from=0; spikes B from=0; reset; run "     \
    "300ms; spikes A"

/* What a command of the shell writes; malloc'ed. */
static char *output_of(const char *options)
{
    char command[1024];
    struct text out = {0};
    snprintf(command, sizeof command, "'%s' %s -c '%s'", getenv("LIFSCOPE"), options, LINES);
    FILE *stream = popen(command, "r");
    ck_assert_ptr_nonnull(stream);
    char piece[4096];
    for (size_t got; (got = fread(piece, 1, sizeof piece, stream)) > 0;)
        text_append(&out, piece, got);
    int status = pclose(stream);
    ck_assert_msg(status == 0, "%s ends with %#x", command, (unsigned)status);
    return out.bytes;
}

START_TEST(a_script_gives_the_same_tables)
{
    char *here = output_of(""), *there = output_of("--engine-process");
    ck_assert_msg(strlen(here) > 50000, "%zu bytes of spikes", strlen(here));
    size_t same = 0;
    while (here[same] && here[same] == there[same])
        same++;
    ck_assert_msg(here[same] == there[same], "the tables differ from byte %zu on: '%.40s', '%.40s'", same, here + same,
                  there + same);
    free(here);
    free(there);
}
END_TEST

/* A field of /proc/PID/stat behind the name: state, parent. */
static void look_up(int pid, char *state, int *parent)
{
    char path[64], line[512] = "";
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *file = fopen(path, "r");
    *state = '\0';
    *parent = 0;
    if (!file)
        return;
    const char *behind = fgets(line, sizeof line, file) ? strrchr(line, ')') : NULL;
    if (behind)
        sscanf(behind, ") %c %d", state, parent);
    fclose(file);
}

/* The only child of the program. */
static int engine_of(const struct pty *pty)
{
    DIR *processes = opendir("/proc");
    int found = 0, count = 0;
    for (struct dirent *entry; (entry = readdir(processes));) {
        char state;
        int pid = atoi(entry->d_name), parent;
        look_up(pid, &state, &parent);
        if (pid > 0 && parent == pty->program) {
            found = pid;
            count++;
        }
    }
    closedir(processes);
    ck_assert_msg(count == 1, "the program has %d children", count);
    return found;
}

static struct pty *start(void)
{
    const char *const arguments[] = {"--engine-process", NULL};
    struct pty *pty = pty_start(120, 30, arguments);
    pty_wait(pty, "running");
    return pty;
}

static void quit(struct pty *pty)
{
    pty_type(pty, "\x15quit\r");
    int status = pty_report(pty);
    ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0, "wait status %#x after quit", (unsigned)status);
    const char *damage = pty_damage(pty);
    ck_assert_msg(!damage, "%s", damage);
    pty_end(pty);
}

static size_t lines_of(const char *path)
{
    size_t lines = 0;
    FILE *file = fopen(path, "r");
    ck_assert_msg(file != NULL, "no %s", path);
    for (int c; (c = getc(file)) != EOF;)
        lines += c == '\n';
    fclose(file);
    return lines;
}

/* It is found out at once, also while nothing runs. */
START_TEST(a_session_outlives_its_engine)
{
    for (int paused = 0; paused < 2; paused++) {
        struct pty *pty = start();
        char line[128], file[96];
        snprintf(file, sizeof file, "%s/spikes.csv", pty->directory);
        snprintf(line, sizeof line, "spikes A > %s\r", file);
        pty_type(pty, "pause\r");
        pty_wait(pty, "paused at t =");
        pty_type(pty, "run 200ms\rstats A > /dev/null\r"); /* waits until the run is over */
        pty_wait(pty, "/dev/null: ");
        if (!paused) {
            pty_type(pty, "run\r");
            pty_wait(pty, "running at");
        }
        ck_assert(kill(engine_of(pty), SIGKILL) == 0);
        pty_wait(pty,
                 "the engine's process was killed by signal 9; what was recorded is kept, and reset starts another");
        pty_wait(pty, "paused");
        pty_type(pty, line);
        pty_wait(pty, "spikes.csv: ");
        ck_assert_msg(lines_of(file) > 10, "what was recorded is gone: %zu lines", lines_of(file));
        unlink(file);
        pty_type(pty, "set A tau_rc=30ms\r");
        pty_wait(pty, "killed by signal 9"); /* says why not */
        pty_type(pty, "reset\r");
        pty_wait(pty, "paused at t = 0 s");
        pty_type(pty, "run\r");
        pty_wait(pty, "running");
        pty_type(pty, "set A tau_rc=30ms\r");
        pty_wait(pty, "A: tau_rc 20 → 30 ms");
        engine_of(pty); /* one, the new one */
        quit(pty);
    }
}
END_TEST

/* ^Z is for both, and Ctrl-C for the program alone. */
START_TEST(the_engine_stops_with_its_program)
{
    struct pty *pty = start();
    int engine = engine_of(pty), parent;
    char state;
    pty_type(pty, "\x1a");
    ck_assert(WIFSTOPPED(pty_report(pty)));
    double limit = pty_clock() + pty_limit();
    do {
        look_up(engine, &state, &parent);
        ck_assert_msg(pty_clock() < limit, "the engine is in state %c", state);
    } while (state != 'T');
    pty_continue(pty);
    pty_wait(pty, "running");
    pty_type(pty, "\x03");
    pty_wait(pty, "stopped at");
    ck_assert_int_eq(engine_of(pty), engine);
    kill(-pty->program, SIGINT);
    pty_type(pty, "run\r");
    pty_wait(pty, "running");
    ck_assert_int_eq(engine_of(pty), engine);
    quit(pty);
}
END_TEST

/* An engine that stands still holds up no key; when it goes on nothing is missing. */
START_TEST(a_stopped_engine_blocks_no_key)
{
    struct pty *pty = start();
    char line[128], file[96];
    snprintf(file, sizeof file, "%s/spikes.csv", pty->directory);
    snprintf(line, sizeof line, "spikes A from=0 > %s\r", file);
    pty_type(pty, "run\r");
    pty_wait(pty, "running at t = 0 s");
    int engine = engine_of(pty);
    ck_assert(kill(engine, SIGSTOP) == 0);
    pty_wait(pty, "the engine does not answer (");
    pty_type(pty, "wor"); /* typed one by one, each is on the screen while nothing answers */
    pty_wait(pty, "> wor");
    pty_type(pty, "d");
    pty_wait(pty, "> word");
    pty_type(pty, "\x15set A tau_rc=30ms\r");
    pty_wait(pty, "the engine's process has not answered for");
    ck_assert(kill(engine, SIGCONT) == 0);
    pty_wait_gone(pty, "the engine does not answer (");
    pty_type(pty, "set A tau_rc=30ms\r");
    pty_wait(pty, "A: tau_rc 20 → 30 ms");
    pty_type(pty, "pause\r");
    pty_wait(pty, "paused at t =");
    pty_type(pty, line);
    pty_wait(pty, "spikes.csv: ");
    ck_assert_msg(lines_of(file) > 10, "what was recorded is gone: %zu lines", lines_of(file));
    unlink(file);
    ck_assert_int_eq(engine_of(pty), engine);
    quit(pty);
}
END_TEST

START_TEST(an_engine_does_not_answer_people)
{
    const char *const arguments[] = {"--serve", NULL};
    struct pty *pty = pty_start(100, 5, arguments);
    pty_wait(pty, "--serve answers another lifscope, not a terminal");
    int status = pty_report(pty);
    ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 2);
    pty_end(pty);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("wire: program", a_script_gives_the_same_tables, a_session_outlives_its_engine,
                       the_engine_stops_with_its_program, a_stopped_engine_blocks_no_key,
                       an_engine_does_not_answer_people);
}
