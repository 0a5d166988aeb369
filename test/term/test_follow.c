/* The real program on a terminal, following a pipe and a file. Everything is waited for, nothing is timed. */
#include "pty.h"

#include <fcntl.h>
#include <sys/stat.h>

static char folder[64], pipe_path[128], file_path[128], old_path[128], wrapper[128];

static void put(const char *path, const char *text, int flags)
{
    int file = open(path, O_WRONLY | O_CREAT | flags, 0700);
    ck_assert(file >= 0 && write(file, text, strlen(text)) == (ssize_t)strlen(text) && close(file) == 0);
}

static void begin(void)
{
    snprintf(folder, sizeof folder, "/tmp/lifscope-test-XXXXXX");
    ck_assert(mkdtemp(folder) != NULL);
    snprintf(pipe_path, sizeof pipe_path, "%s/pipe", folder);
    snprintf(file_path, sizeof file_path, "%s/spikes", folder);
    snprintf(old_path, sizeof old_path, "%s/spikes.1", folder);
    snprintf(wrapper, sizeof wrapper, "%s/run", folder);
    ck_assert(mkfifo(pipe_path, 0600) == 0);
}

static void clean(void)
{
    unlink(pipe_path);
    unlink(file_path);
    unlink(old_path);
    unlink(wrapper);
    rmdir(folder);
}

/* As a shell would: the program's standard input is the pipe. *writer is its other end. */
static struct pty *start_on_pipe(int *writer)
{
    static const char *const arguments[] = {"-", NULL};
    char script[512];
    const char *program = getenv("LIFSCOPE");
    ck_assert(program != NULL);
    char *whole = realpath(program, NULL);
    snprintf(script, sizeof script, "#!/bin/sh\nexec '%s' \"$@\" < '%s'\n", whole, pipe_path);
    free(whole);
    put(wrapper, script, O_TRUNC);
    setenv("LIFSCOPE", wrapper, 1);
    struct pty *pty = pty_start(120, 36, arguments);
    *writer = open(pipe_path, O_WRONLY); /* opens when the program's end does */
    ck_assert(*writer >= 0);
    pty_wait(pty, "following");
    return pty;
}

static struct pty *start_on_file(void)
{
    const char *const arguments[] = {"--follow", file_path, NULL};
    struct pty *pty = pty_start(120, 36, arguments);
    pty_wait(pty, "following");
    return pty;
}

static void say(int writer, const char *text)
{
    ck_assert(write(writer, text, strlen(text)) == (ssize_t)strlen(text));
}

static void quit(struct pty *pty)
{
    pty_type(pty, "\x15quit\r");
    int status = pty_report(pty);
    ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0, "wait status %#x after quit", (unsigned)status);
    const char *damage = pty_damage(pty);
    ck_assert_msg(!damage, "%s", damage);
    pty_end(pty);
    clean();
}

START_TEST(rows_appear_as_they_arrive)
{
    int writer;
    begin();
    struct pty *pty = start_on_pipe(&writer);
    pty_wait(pty, "nothing has come yet");
    say(writer, "time,neuron\n0.1,7\n");
    pty_wait(pty, "R 1 neuron ");
    pty_wait(pty, "0.100 s");
    say(writer, "0.25,3\n0.4");
    pty_wait(pty, "R 2 neurons");
    pty_wait(pty, "0.250 s");
    say(writer, "5,12\n");
    pty_wait(pty, "R 3 neurons");
    pty_wait(pty, "0.450 s");
    pty_wait(pty, "events, comma, header: time in s");
    pty_type(pty, "select R 3\r"); /* keys come from the terminal */
    pty_wait(pty, "unit 3");
    say(writer, "0.5,1\n");
    pty_wait(pty, "R 4 neurons");
    pty_wait(pty, "neuron 3"); /* rows have moved, the selection has not */
    close(writer);
    quit(pty);
}
END_TEST

START_TEST(a_writer_that_stalls_or_goes_is_said)
{
    int writer;
    begin();
    struct pty *pty = start_on_pipe(&writer);
    say(writer, "0.1 7\n0.2 8\nrubbish\n");
    pty_wait(pty, "R 2 neurons");
    pty_wait(pty, "line 3");
    pty_wait(pty, "stalled");
    say(writer, "0.3 7\n");
    pty_wait(pty, "0.300 s");
    say(writer, "0.4 9"); /* the last line has no end */
    close(writer);
    pty_wait(pty, "the writer has gone: 4 spikes of 3 units");
    pty_wait(pty, "writer gone");
    pty_wait(pty, "■ ended");
    pty_type(pty, "stats R\r");
    pty_wait(pty, "isi_mean");
    quit(pty);
}
END_TEST

START_TEST(the_view_is_held_while_the_record_goes_on)
{
    int writer;
    begin();
    struct pty *pty = start_on_pipe(&writer);
    say(writer, "0.1 7\n");
    pty_wait(pty, "0.100 s");
    pty_type(pty, " ");
    pty_wait(pty, "held");
    say(writer, "5.5 8\n");
    pty_wait(pty, "5.500 s");
    pty_wait(pty, "held");
    pty_type(pty, " ");
    pty_wait(pty, "following");
    pty_type(pty, "unfollow R\r");
    pty_wait(pty, "R is a recording now: 2 spikes");
    close(writer);
    quit(pty);
}
END_TEST

START_TEST(a_file_is_followed_through_all_that_happens_to_it)
{
    begin();
    put(file_path, "time,neuron\n0.1,1\n0.2,2\n", 0);
    struct pty *pty = start_on_file();
    pty_wait(pty, "R 2 neurons");
    put(file_path, "0.3,5\n", O_APPEND);
    pty_wait(pty, "R 3 neurons");
    put(file_path, "time,neuron\n0.05,8\n", O_TRUNC);
    pty_wait(pty, "was truncated: following its new beginning");
    pty_wait(pty, "R 4 neurons"); /* those of the run before stay where they are */
    pty_wait(pty, "a new run begins");
    ck_assert(rename(file_path, old_path) == 0);
    pty_wait(pty, "was removed");
    put(file_path, "time,neuron\n0.06,9\n", 0);
    pty_wait(pty, "was rotated: following the new file");
    pty_wait(pty, "R 5 neurons");
    quit(pty);
}
END_TEST

START_TEST(a_named_pipe_waits_for_another_writer)
{
    char line[256];
    begin();
    put(file_path, "0.1 1\n", 0);
    struct pty *pty = start_on_file();
    snprintf(line, sizeof line, "follow %s as Q keep=5s\r", pipe_path);
    pty_type(pty, line);
    pty_wait(pty, "raster Q");
    int writer = open(pipe_path, O_WRONLY);
    say(writer, "10.5 4\n");
    pty_wait(pty, "Q 1 neuron ");
    close(writer);
    pty_wait(pty, "another writer may come");
    pty_wait(pty, "○ waiting");
    writer = open(pipe_path, O_WRONLY);
    say(writer, "0.2 5\n");
    pty_wait(pty, "there is a writer again");
    pty_wait(pty, "time went back from 10.5 s to 200 ms: a new run begins");
    close(writer);
    quit(pty);
}
END_TEST

/* More than can be digested: the pipe is always full, and keys are read all the same. */
START_TEST(keys_are_read_while_spikes_pour_in)
{
    int writer;
    begin();
    struct pty *pty = start_on_pipe(&writer);
    pid_t producer = fork();
    if (producer == 0) {
        char block[8192];
        for (uint64_t i = 0;;) {
            size_t used = 0;
            while (used < sizeof block - 64)
                used += (size_t)snprintf(block + used, 64, "%.6f %d\n", (double)i * 1e-6, (int)(i % 50)), i++;
            if (write(writer, block, used) < 0)
                _exit(0);
        }
    }
    close(writer);
    pty_wait(pty, "R 50 neurons");
    pty_wait(pty, "rows/s");
    for (int i = 0; i < 5; i++) {
        pty_type(pty, "abc");
        pty_wait(pty, "> abc");
        pty_type(pty, "\x15");
        pty_wait_gone(pty, "> abc");
    }
    quit(pty);
    int status;
    kill(producer, SIGKILL);
    waitpid(producer, &status, 0);
}
END_TEST

START_TEST(a_hangup_while_following_gives_the_terminal_back)
{
    int writer;
    begin();
    struct pty *pty = start_on_pipe(&writer);
    say(writer, "0.1 7\n");
    pty_wait(pty, "R 1 neuron ");
    kill(pty->program, SIGHUP);
    int status = pty_report(pty);
    ck_assert_msg(WIFSIGNALED(status) && WTERMSIG(status) == SIGHUP, "wait status %#x", (unsigned)status);
    const char *damage = pty_damage(pty);
    ck_assert_msg(!damage, "%s", damage);
    pty_end(pty);
    close(writer);
    clean();
}
END_TEST

START_TEST(keys_and_spikes_cannot_share_the_terminal)
{
    static const char *const arguments[] = {"-", NULL};
    struct pty *pty = pty_start(120, 36, arguments);
    int status = pty_report(pty);
    ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 2, "wait status %#x", (unsigned)status);
    pty_wait(pty, "standard input is the terminal");
    pty_end(pty);
}
END_TEST

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    return HARNESS_RUN("term: follow", rows_appear_as_they_arrive, a_writer_that_stalls_or_goes_is_said,
                       the_view_is_held_while_the_record_goes_on, a_file_is_followed_through_all_that_happens_to_it,
                       a_named_pipe_waits_for_another_writer, keys_are_read_while_spikes_pour_in,
                       a_hangup_while_following_gives_the_terminal_back, keys_and_spikes_cannot_share_the_terminal);
}
