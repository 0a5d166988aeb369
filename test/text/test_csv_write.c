/* Files appear whole or not at all, with the fields that were written, and nothing is left behind. */
#include "scratch.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include "text/csv_read.h"
#include "text/csv_write.h"

static char directory[] = "/tmp/lifscope-test-XXXXXX";

static const char *in_directory(const char *name)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    return path;
}

static void enter(void)
{
    strcpy(directory, "/tmp/lifscope-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(directory));
}

static size_t files_in_directory(void)
{
    DIR *listing = opendir(directory);
    size_t n = 0;
    for (struct dirent *entry; (entry = readdir(listing));)
        n += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(listing);
    return n;
}

static void leave(void)
{
    unlink(in_directory("t.csv"));
    unlink(in_directory("link.csv"));
    ck_assert_msg(files_in_directory() == 0, "%zu files are left behind", files_in_directory());
    rmdir(directory);
}

static struct csv_writer *open_and_fill(const char *path)
{
    struct error error = {""};
    struct csv_writer *writer = csv_writer_open(path, NULL, &error);
    ck_assert_msg(writer != NULL, "%s", error.text);
    csv_write_text(writer, "t");
    csv_write_text(writer, "a,b");
    csv_write_end(writer);
    csv_write_number(writer, 0.1);
    csv_write_integer(writer, -7);
    csv_write_end(writer);
    return writer;
}

#define EXPECTED "t,\"a,b\"\n0.10000000000000001,-7\n"

START_TEST(a_file_appears_only_when_it_is_whole)
{
    enter();
    struct error error = {""};
    struct csv_writer *writer = open_and_fill(in_directory("t.csv"));
    ck_assert_str_eq(file_content(in_directory("t.csv")), "(no file)");
    ck_assert_msg(csv_writer_close(writer, &error), "%s", error.text);
    ck_assert_str_eq(file_content(in_directory("t.csv")), EXPECTED);
    struct stat facts;
    mode_t mask = umask(0);
    umask(mask);
    stat(in_directory("t.csv"), &facts);
    ck_assert_uint_eq(facts.st_mode & 0777, 0666 & ~mask);
    leave();
}
END_TEST

START_TEST(abandoning_leaves_the_old_file)
{
    enter();
    write_file(in_directory("t.csv"), "old\n");
    csv_writer_abandon(open_and_fill(in_directory("t.csv")));
    ck_assert_str_eq(file_content(in_directory("t.csv")), "old\n");
    csv_writer_abandon(NULL);
    leave();
}
END_TEST

START_TEST(replacing_keeps_permissions_and_links)
{
    enter();
    char target[128];
    strcpy(target, in_directory("t.csv"));
    write_file(target, "old\n");
    chmod(target, 0640);
    ck_assert_int_eq(symlink(target, in_directory("link.csv")), 0);
    struct error error = {""};
    ck_assert(csv_writer_close(open_and_fill(in_directory("link.csv")), &error));
    struct stat facts;
    ck_assert_int_eq(lstat(in_directory("link.csv"), &facts), 0);
    ck_assert_msg(S_ISLNK(facts.st_mode), "the link was replaced by a file");
    ck_assert_int_eq(stat(target, &facts), 0);
    ck_assert_uint_eq(facts.st_mode & 0777, 0640);
    ck_assert_str_eq(file_content(target), EXPECTED);
    leave();
}
END_TEST

START_TEST(what_is_no_ordinary_file_is_written_directly)
{
    struct error error = {""};
    ck_assert_msg(csv_writer_close(open_and_fill("/dev/null"), &error), "%s", error.text);
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    char path[32], got[128];
    snprintf(path, sizeof path, "/dev/fd/%d", ends[1]);
    ck_assert_msg(csv_writer_close(open_and_fill(path), &error), "%s", error.text);
    close(ends[1]);
    ssize_t length = read(ends[0], got, sizeof got - 1);
    got[length > 0 ? length : 0] = '\0';
    ck_assert_str_eq(got, EXPECTED);
    close(ends[0]);
}
END_TEST

START_TEST(a_stream_is_borrowed)
{
    struct error error = {""};
    char *text = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&text, &length);
    fputs("before\n", stream);
    struct csv_writer *writer = csv_writer_open(NULL, stream, &error);
    csv_write_number(writer, NAN);
    csv_write_number(writer, -INFINITY);
    csv_write_end(writer);
    ck_assert(csv_writer_close(writer, &error));
    fputs("after\n", stream);
    fclose(stream);
    ck_assert_str_eq(text, "before\nnan,-inf\nafter\n");
    free(text);
}
END_TEST

START_TEST(failures_are_explained)
{
    enter();
    struct error error = {""};
    char expected[256];
    ck_assert_ptr_null(csv_writer_open(directory, NULL, &error));
    snprintf(expected, sizeof expected, "%s: this is a directory, the name of a file is wanted", directory);
    ck_assert_str_eq(error.text, expected);
    ck_assert_ptr_null(csv_writer_open(in_directory("none/t.csv"), NULL, &error));
    snprintf(expected, sizeof expected, "%s/none/t.csv: cannot be made here: No such file or directory", directory);
    ck_assert_str_eq(error.text, expected);
    if (access("/dev/full", W_OK) == 0) {
        ck_assert(!csv_writer_close(open_and_fill("/dev/full"), &error));
        ck_assert_str_eq(error.text, "/dev/full: not written: No space left on device");
    }
    leave();
}
END_TEST

START_TEST(texts_come_back_as_they_were_written)
{
    static const char *const texts[] = {"plain", "",    " a ",  "a,b",  "say \"hi\"", "#7",
                                        "%",     "a;b", "a\tb", "50 %", "\xc2\xb5"};
    enum { N = sizeof texts / sizeof *texts };
    char *text = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&text, &length);
    struct error error = {""};
    struct csv_writer *writer = csv_writer_open(NULL, stream, &error);
    for (size_t i = 0; i < N; i++)
        csv_write_text(writer, texts[i]);
    csv_write_end(writer);
    for (size_t i = 0; i < N; i++)
        csv_write_number(writer, (double)i / 7);
    csv_write_end(writer);
    csv_writer_close(writer, &error);
    fclose(stream);
    struct csv_table *t = csv_table_parse("t.csv", text, length, 0, NULL, &error);
    ck_assert_msg(t != NULL, "%s", error.text);
    ck_assert_uint_eq(t->columns, N);
    for (size_t i = 0; i < N; i++) {
        ck_assert_str_eq(t->name[i], texts[i]);
        ck_assert(same(t->value[i], (double)i / 7));
    }
    csv_table_free(t);
    free(text);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("record: writing CSV", a_file_appears_only_when_it_is_whole, abandoning_leaves_the_old_file,
                       replacing_keeps_permissions_and_links, what_is_no_ordinary_file_is_written_directly,
                       a_stream_is_borrowed, failures_are_explained, texts_come_back_as_they_were_written);
}
