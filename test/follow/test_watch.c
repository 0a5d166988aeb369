/* Files that grow, shrink, go and come, and pipes whose writers do. */
#include "harness.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "follow/watch.h"

static char folder[64], path[128], other[128];

static void begin(void)
{
    snprintf(folder, sizeof folder, "/tmp/lifscope-test-XXXXXX");
    ck_assert(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/spikes", folder);
    snprintf(other, sizeof other, "%s/spikes.1", folder);
}

static void end(void)
{
    unlink(path);
    unlink(other);
    rmdir(folder);
}

static void put(const char *file, const char *text, int flags)
{
    int fd = open(file, O_WRONLY | O_CREAT | flags, 0600);
    ck_assert(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text) && close(fd) == 0);
}

/* The next thing is this, with these bytes. */
static void expect(struct watch *watch, enum watch_event wanted, const char *bytes)
{
    char buffer[64];
    size_t got;
    struct error error;
    enum watch_event event = watch_read(watch, buffer, sizeof buffer, &got, &error);
    ck_assert_msg(event == wanted, "event %d instead of %d", event, wanted);
    ck_assert_msg(got == strlen(bytes) && memcmp(buffer, bytes, got) == 0, "'%.*s' instead of '%s'", (int)got, buffer,
                  bytes);
}

static struct watch *open_path(void)
{
    struct error error;
    struct watch *watch = watch_open(path, &error);
    ck_assert_msg(watch != NULL, "%s", error.text);
    return watch;
}

START_TEST(a_file_grows)
{
    begin();
    put(path, "one", 0);
    struct watch *watch = open_path();
    ck_assert_int_eq(watch_poll(watch), -1);
    expect(watch, WATCH_BYTES, "one");
    ck_assert(!watch_at_end(watch));
    expect(watch, WATCH_NOTHING, "");
    ck_assert(watch_at_end(watch) && isfinite(watch_patience(watch)));
    put(path, "two", O_APPEND);
    expect(watch, WATCH_BYTES, "two");
    expect(watch, WATCH_NOTHING, "");
    watch_rewind(watch);
    expect(watch, WATCH_BYTES, "onetwo");
    watch_close(watch);
    end();
}
END_TEST

START_TEST(a_file_is_truncated)
{
    begin();
    put(path, "one two three", 0);
    struct watch *watch = open_path();
    expect(watch, WATCH_BYTES, "one two three");
    put(path, "four", O_TRUNC);
    expect(watch, WATCH_TRUNCATED, "");
    expect(watch, WATCH_BYTES, "four");
    expect(watch, WATCH_NOTHING, "");
    watch_close(watch);
    end();
}
END_TEST

/* It has outgrown what was read of it before anybody looked again. */
START_TEST(a_file_is_written_anew)
{
    begin();
    put(path, "time,id\n1,1\n2,1\n", 0);
    struct watch *watch = open_path();
    expect(watch, WATCH_BYTES, "time,id\n1,1\n2,1\n");
    put(path, "time,id\n1,2\n2,1\n3,1\n", O_TRUNC); /* the same beginning */
    expect(watch, WATCH_REWRITTEN, "");
    expect(watch, WATCH_BYTES, "time,id\n1,2\n2,1\n3,1\n");
    expect(watch, WATCH_NOTHING, "");
    put(path, "time,id\n1,3\n2,1\n3,1\n", O_TRUNC); /* as long as it was */
    expect(watch, WATCH_REWRITTEN, "");
    expect(watch, WATCH_BYTES, "time,id\n1,3\n2,1\n3,1\n");
    put(path, "time,id\n1,3\n2,1\n3,1\n4,1\n", O_TRUNC); /* no other text */
    expect(watch, WATCH_BYTES, "4,1\n");
    watch_close(watch);
    end();
}
END_TEST

/* Only the beginning differs, or only what was read last, and both are far apart. */
START_TEST(a_long_file_is_written_anew)
{
    static char text[20000];
    begin();
    for (size_t change = 0; change < sizeof text - 1; change += sizeof text - 2) {
        struct watch *watch;
        enum watch_event event = WATCH_BYTES;
        char buffer[64];
        size_t got;
        struct error error;
        memset(text, 'a', sizeof text - 1);
        put(path, text, O_TRUNC);
        watch = open_path();
        while (event == WATCH_BYTES)
            event = watch_read(watch, buffer, sizeof buffer, &got, &error);
        ck_assert_int_eq(event, WATCH_NOTHING);
        text[change] = 'b';
        put(path, text, O_TRUNC);
        put(path, "more", O_APPEND);
        expect(watch, WATCH_REWRITTEN, "");
        watch_close(watch);
    }
    end();
}
END_TEST

/* The writer goes on where it was; the file has a hole before it. */
START_TEST(a_truncated_file_may_begin_with_a_hole)
{
    begin();
    int writer = open(path, O_WRONLY | O_CREAT, 0600);
    ck_assert(write(writer, "one\n", 4) == 4);
    struct watch *watch = open_path();
    expect(watch, WATCH_BYTES, "one\n");
    ck_assert(truncate(path, 0) == 0 && write(writer, "two\n", 4) == 4);
    expect(watch, WATCH_REWRITTEN, "");
    expect(watch, WATCH_BYTES, "two\n");
    ck_assert(truncate(path, 0) == 0);
    expect(watch, WATCH_TRUNCATED, "");
    ck_assert(lseek(writer, 1000, SEEK_SET) == 1000 && write(writer, "three\n", 6) == 6);
    for (int i = 0; i < 15; i++)
        expect(watch, WATCH_NOTHING, "");
    expect(watch, WATCH_BYTES, "three\n");
    close(writer);
    watch_close(watch);
    end();
}
END_TEST

START_TEST(a_file_is_rotated)
{
    begin();
    put(path, "one", 0);
    struct watch *watch = open_path();
    expect(watch, WATCH_BYTES, "one");
    put(path, "last", O_APPEND);
    ck_assert(rename(path, other) == 0);
    put(path, "new", 0);
    expect(watch, WATCH_BYTES, "last"); /* what the old one still holds comes first */
    expect(watch, WATCH_ROTATED, "");
    expect(watch, WATCH_BYTES, "new");
    expect(watch, WATCH_NOTHING, "");
    watch_close(watch);
    end();
}
END_TEST

/* logrotate makes the new file before it tells the writer. */
START_TEST(an_empty_file_waits_for_its_writer)
{
    begin();
    put(path, "one", 0);
    struct watch *watch = open_path();
    expect(watch, WATCH_BYTES, "one");
    ck_assert(rename(path, other) == 0);
    put(path, "", 0);
    expect(watch, WATCH_NOTHING, "");
    put(other, "last", O_APPEND);
    expect(watch, WATCH_BYTES, "last");
    expect(watch, WATCH_NOTHING, "");
    put(path, "new", 0);
    expect(watch, WATCH_ROTATED, "");
    expect(watch, WATCH_BYTES, "new");
    watch_close(watch);
    end();
}
END_TEST

START_TEST(a_file_is_removed_and_comes_back)
{
    begin();
    put(path, "one", 0);
    struct watch *watch = open_path();
    expect(watch, WATCH_BYTES, "one");
    ck_assert(rename(path, other) == 0);
    expect(watch, WATCH_REMOVED, "");
    expect(watch, WATCH_NOTHING, "");
    put(other, "more", O_APPEND); /* its writer may still hold it */
    expect(watch, WATCH_BYTES, "more");
    expect(watch, WATCH_NOTHING, "");
    put(path, "new", 0);
    expect(watch, WATCH_ROTATED, "");
    expect(watch, WATCH_BYTES, "new");
    watch_close(watch);
    end();
}
END_TEST

START_TEST(a_named_pipe_has_writers_that_come_and_go)
{
    begin();
    ck_assert(mkfifo(path, 0600) == 0);
    struct watch *watch = open_path();
    expect(watch, WATCH_NOTHING, ""); /* no writer yet */
    ck_assert(!watch_at_end(watch) && watch_poll(watch) >= 0);
    int writer = open(path, O_WRONLY);
    expect(watch, WATCH_NOTHING, "");
    ck_assert(write(writer, "one", 3) == 3);
    expect(watch, WATCH_BYTES, "one");
    ck_assert(write(writer, "two", 3) == 3 && close(writer) == 0);
    expect(watch, WATCH_BYTES, "two");
    expect(watch, WATCH_GONE, "");
    expect(watch, WATCH_NOTHING, "");
    ck_assert(watch_at_end(watch) && watch_poll(watch) < 0 && isfinite(watch_patience(watch)));
    writer = open(path, O_WRONLY);
    ck_assert(write(writer, "three", 5) == 5);
    expect(watch, WATCH_BACK, "");
    expect(watch, WATCH_BYTES, "three");
    close(writer);
    expect(watch, WATCH_GONE, "");
    watch_close(watch);
    end();
}
END_TEST

START_TEST(a_descriptor_ends_for_good)
{
    int ends[2];
    struct error error;
    ck_assert(pipe(ends) == 0);
    struct watch *watch = watch_descriptor(ends[0], "input", &error);
    ck_assert_msg(watch != NULL, "%s", error.text);
    expect(watch, WATCH_NOTHING, "");
    ck_assert(write(ends[1], "one", 3) == 3);
    expect(watch, WATCH_BYTES, "one");
    close(ends[1]);
    expect(watch, WATCH_GONE, "");
    expect(watch, WATCH_NOTHING, "");
    ck_assert(watch_at_end(watch) && isinf(watch_patience(watch)) && watch_poll(watch) < 0);
    watch_close(watch);
}
END_TEST

START_TEST(what_cannot_be_followed_is_said)
{
    struct error error;
    begin();
    ck_assert(watch_open(path, &error) == NULL);
    ck_assert_msg(strstr(error.text, "there is no such file") != NULL, "%s", error.text);
    ck_assert(watch_open(folder, &error) == NULL);
    ck_assert_msg(strstr(error.text, "this is a directory") != NULL, "%s", error.text);
    end();
}
END_TEST

int main(void)
{
    return HARNESS_RUN("record: watch", a_file_grows, a_file_is_truncated, a_file_is_written_anew,
                       a_long_file_is_written_anew, a_truncated_file_may_begin_with_a_hole, a_file_is_rotated,
                       an_empty_file_waits_for_its_writer, a_file_is_removed_and_comes_back,
                       a_named_pipe_has_writers_that_come_and_go, a_descriptor_ends_for_good,
                       what_cannot_be_followed_is_said);
}
