/* What is written appears whole or not at all, and the file it takes the place of keeps owner, permissions and
 * names. */
#include "scratch.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/files.h"
#include "base/whole_file.h"

#define NOBODY 65534

static char folder[64];

static const char *in(const char *name)
{
    static char path[4][200];
    static int next;
    next = (next + 1) % 4;
    snprintf(path[next], sizeof path[next], "%s/%s", folder, name);
    return path[next];
}

static void enter(void)
{
    strcpy(folder, "/tmp/lifscope-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chmod(folder, 0755), 0);
    files_forget();
}

static void leave(void)
{
    char command[200];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    ck_assert_int_eq(system(command), 0);
}

static size_t entries(const char *path)
{
    size_t n = 0;
    DIR *listing = opendir(path);
    for (struct dirent *entry; (entry = readdir(listing));)
        n += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(listing);
    return n;
}

static bool write_whole(const char *path, const char *text, struct error *error)
{
    return whole_file_write(path, text, strlen(text), error);
}

START_TEST(hard_links_stay_one_file)
{
    struct error error;
    struct stat a, b;
    enter();
    write_file(in("a"), "a long old text\n");
    ck_assert_int_eq(link(in("a"), in("b")), 0);
    ck_assert_msg(write_whole(in("b"), "new\n", &error), "%s", error.text);
    ck_assert_str_eq(file_content(in("a")), "new\n");
    ck_assert(stat(in("a"), &a) == 0 && stat(in("b"), &b) == 0 && a.st_ino == b.st_ino && a.st_nlink == 2);
    struct whole_file *file = whole_file_open(in("a"), &error);
    fputs("never kept", whole_file_stream(file));
    whole_file_abandon(file);
    ck_assert_str_eq(file_content(in("a")), "new\n");
    ck_assert_uint_eq(entries(folder), 2);
    leave();
}
END_TEST

START_TEST(symbolic_links_are_followed)
{
    struct error error;
    struct stat facts;
    enter();
    write_file(in("a"), "old\n");
    ck_assert_int_eq(symlink("a", in("link")), 0);
    ck_assert_msg(write_whole(in("link"), "new\n", &error), "%s", error.text);
    ck_assert_str_eq(file_content(in("a")), "new\n");
    ck_assert(lstat(in("link"), &facts) == 0 && S_ISLNK(facts.st_mode));
    ck_assert_int_eq(symlink("nothing", in("lost")), 0);
    ck_assert(!write_whole(in("lost"), "new\n", &error));
    ck_assert_ptr_nonnull(strstr(error.text, "this symbolic link leads to no file"));
    leave();
}
END_TEST

/* Runs `work` as a user without rights; its exit status. */
static int as_nobody(int (*work)(void))
{
    pid_t child = fork();
    if (child == 0) {
        if (geteuid() == 0 && (setgid(NOBODY) != 0 || setuid(NOBODY) != 0))
            _exit(99);
        _exit(work());
    }
    int status;
    ck_assert(waitpid(child, &status, 0) == child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 100;
}

static int write_a(void)
{
    struct error error;
    return !write_whole(in("a"), "new\n", &error);
}

START_TEST(a_directory_where_nothing_may_be_made)
{
    struct stat facts;
    enter();
    write_file(in("a"), "a long old text\n");
    ck_assert(chmod(in("a"), 0666) == 0 && chmod(folder, 0555) == 0);
    ck_assert_int_eq(as_nobody(write_a), 0);
    ck_assert_str_eq(file_content(in("a")), "new\n");
    ck_assert(stat(in("a"), &facts) == 0 && facts.st_uid == geteuid() && (facts.st_mode & 07777) == 0666);
    chmod(folder, 0755);
    leave();
}
END_TEST

START_TEST(the_owner_stays)
{
    struct error error;
    struct stat facts;
    enter();
    write_file(in("a"), "old\n");
    if (geteuid() == 0) {
        ck_assert(chown(in("a"), NOBODY, NOBODY) == 0 && chmod(in("a"), 0640) == 0);
        ck_assert_msg(write_whole(in("a"), "new\n", &error), "%s", error.text);
        ck_assert(stat(in("a"), &facts) == 0);
        ck_assert_uint_eq(facts.st_uid, NOBODY);
        ck_assert_uint_eq(facts.st_mode & 07777, 0640);
    }
    /* Somebody else's file that all may write, in a directory of all. */
    ck_assert(unlink(in("a")) == 0 && chmod(folder, 0777) == 0);
    write_file(in("a"), "old\n");
    ck_assert(chmod(in("a"), 0666) == 0);
    ck_assert_int_eq(as_nobody(write_a), 0);
    ck_assert(stat(in("a"), &facts) == 0);
    ck_assert_uint_eq(facts.st_uid, geteuid());
    ck_assert_str_eq(file_content(in("a")), "new\n");
    ck_assert_uint_eq(entries(folder), 1);
    leave();
}
END_TEST

static int read_setting(const char *path)
{
    int value = -1;
    FILE *file = fopen(path, "r");
    if (file && fscanf(file, "%d", &value) != 1)
        value = -1;
    if (file)
        fclose(file);
    return value;
}

static int plant_link(void)
{
    return symlink(in("../victim"), in("e.csv"));
}

/* In a directory like /tmp the kernel follows nobody's links but one's own, where it is set to; so do we. */
START_TEST(a_stranger_s_link_is_followed_as_far_as_a_shell_would)
{
    struct error error;
    char top[32], victim[100];
    enter();
    snprintf(top, sizeof top, "%.31s", folder);
    snprintf(victim, sizeof victim, "%s/victim", top);
    write_file(victim, "victim\n");
    snprintf(folder, sizeof folder, "%s/s", top);
    ck_assert(mkdir(folder, 0777) == 0 && chmod(folder, 01777) == 0);
    ck_assert_int_eq(as_nobody(plant_link), 0);
    bool protects = geteuid() == 0 && read_setting("/proc/sys/fs/protected_symlinks") == 1;
    ck_assert_int_eq(write_whole(in("e.csv"), "new\n", &error), !protects);
    ck_assert_str_eq(file_content(victim), protects ? "victim\n" : "new\n");
    if (protects)
        ck_assert_ptr_nonnull(strstr(error.text, "no permission to write this file"));
    strcpy(folder, top);
    leave();
}
END_TEST

START_TEST(what_was_read_is_refused_before_it_is_touched)
{
    struct error error;
    enter();
    write_file(in("a"), "old\n");
    int file = open(in("a"), O_RDONLY);
    files_note_read(file, in("a"));
    close(file);
    ck_assert_ptr_null(whole_file_open(in("a"), &error));
    ck_assert_ptr_nonnull(strstr(error.text, "overwrite=on"));
    ck_assert(!files_are_own(in("a")));
    files_give_up(in("a"));
    ck_assert(write_whole(in("a"), "new\n", &error) && files_are_own(in("a")) && !files_were_read(in("a")));
    leave();
}
END_TEST

START_TEST(a_file_that_grows_too_large_stays_as_it_was)
{
    struct error error;
    char text[10000];
    struct rlimit limit = {4096, 4096};
    enter();
    memset(text, 'x', sizeof text);
    write_file(in("a"), "old\n");
    write_file(in("b"), "old\n");
    ck_assert_int_eq(link(in("b"), in("c")), 0);
    signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    ck_assert(!whole_file_write(in("a"), text, sizeof text, &error));
    ck_assert_ptr_nonnull(strstr(error.text, "File too large"));
    ck_assert_str_eq(file_content(in("a")), "old\n");
    ck_assert(!whole_file_write(in("b"), text, sizeof text, &error));
    ck_assert_str_eq(file_content(in("c")), "old\n");
    ck_assert_uint_eq(entries(folder), 3);
    leave();
}
END_TEST

START_TEST(a_signal_s_handler_takes_away_what_was_begun)
{
    struct error error;
    enter();
    struct whole_file *file = whole_file_open(in("a"), &error), *other = whole_file_open(in("b"), &error);
    ck_assert_uint_eq(entries(folder), 2);
    ck_assert(whole_file_keep(other, &error));
    whole_file_remove_unfinished();
    ck_assert_uint_eq(entries(folder), 1);
    ck_assert_str_eq(file_content(in("b")), "");
    whole_file_abandon(file);
    leave();
}
END_TEST

static void wait_for_temporary(pid_t program)
{
    int status;
    for (bool there = false; !there;) {
        DIR *listing = opendir(folder);
        for (struct dirent *entry; (entry = readdir(listing));)
            there = there || strncmp(entry->d_name, ".big", 4) == 0;
        closedir(listing);
        ck_assert_msg(waitpid(program, &status, WNOHANG) == 0, "the program ended before it was killed");
        poll(NULL, 0, 1);
    }
}

START_TEST(nothing_is_left_when_a_signal_ends_the_program)
{
    static const int signals[] = {SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGXCPU};
    char commands[300];
    int status;
    enter();
    /* 20 000 columns and 2000 rows take long to write. */
    snprintf(commands, sizeof commands, "population A n=20000; input A 0.7; run 0.2; rates A dt=0.1ms > %s",
             in("big.csv"));
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        pid_t program = fork();
        if (program == 0) {
            struct rlimit none = {0, 0};
            setrlimit(RLIMIT_CORE, &none);
            signal(signals[i], SIG_DFL); /* whoever runs the tests may ignore it: nohup does */
            execl(getenv("LIFSCOPE"), "lifscope", "-c", commands, (char *)NULL);
            _exit(127);
        }
        wait_for_temporary(program);
        kill(program, signals[i]);
        ck_assert(waitpid(program, &status, 0) == program);
        ck_assert_msg(WIFSIGNALED(status) && WTERMSIG(status) == signals[i], "signal %d: status %x", signals[i],
                      status);
        ck_assert_msg(entries(folder) == 0, "signal %d left %zu files behind", signals[i], entries(folder));
    }
    leave();
}
END_TEST

int main(void)
{
    return HARNESS_RUN("base: whole_file", hard_links_stay_one_file, symbolic_links_are_followed,
                       a_directory_where_nothing_may_be_made, the_owner_stays,
                       a_stranger_s_link_is_followed_as_far_as_a_shell_would,
                       what_was_read_is_refused_before_it_is_touched, a_file_that_grows_too_large_stays_as_it_was,
                       a_signal_s_handler_takes_away_what_was_begun, nothing_is_left_when_a_signal_ends_the_program);
}
