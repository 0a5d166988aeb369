/* Many files that grow in lumps become one stream of whole lines. */
#include "harness.h"
#include "scratch.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/text.h"
#include "follow/merge.h"

#define FILES 64
#define ROWS 400
#define LUMP 97 /* bytes: nearly every one ends within a line */

/* What is in the pipe. */
static void take(int in, struct text *got)
{
    char bytes[65536];
    for (ssize_t count; (count = read(in, bytes, sizeof bytes)) > 0;)
        text_append(got, bytes, (size_t)count);
}

static void open_pipe(int ends[2])
{
    ck_assert_int_eq(pipe(ends), 0);
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
}

static void look(struct merge *merge, int ends[2], struct text *got)
{
    struct error error;
    size_t wrote;
    ck_assert_msg(merge_look(merge, ends[1], &wrote, &error), "%s", error.text);
    take(ends[0], got);
}

START_TEST(no_line_is_cut_and_none_is_lost)
{
    struct text whole[FILES] = {{0}}, got = {0};
    FILE *file[FILES];
    size_t written[FILES] = {0};
    char name[64], pattern[512];
    int ends[2];
    open_pipe(ends);
    for (int f = 0; f < FILES; f++) {
        for (int row = 0; row < ROWS; row++)
            text_printf(&whole[f], "%d\t%d.%03d\n", f, row, f);
        snprintf(name, sizeof name, "merge-%02d.dat", f);
        file[f] = f < FILES / 2 ? fopen(scratch(name), "w") : NULL;
    }
    snprintf(pattern, sizeof pattern, "%s", scratch("merge-*.dat"));
    const char *patterns[] = {pattern};
    struct merge *merge = merge_new(patterns, 1);
    for (bool more = true; more; look(merge, ends, &got)) {
        more = false;
        for (int f = 0; f < FILES; f++) {
            if (!file[f] && written[0] > 500) { /* half of them come later */
                snprintf(name, sizeof name, "merge-%02d.dat", f);
                file[f] = fopen(scratch(name), "w");
            }
            size_t left = whole[f].length - written[f], lump = left < LUMP ? left : LUMP;
            more = more || left > 0;
            if (!file[f] || lump == 0)
                continue;
            fwrite(whole[f].bytes + written[f], 1, lump, file[f]);
            fflush(file[f]);
            written[f] += lump;
        }
    }
    for (int i = 0; i < 20; i++)
        look(merge, ends, &got);
    ck_assert_uint_eq(merge_files(merge), FILES);
    int next[FILES] = {0};
    size_t lines = 0;
    for (char *line = strtok(got.bytes, "\n"); line; line = strtok(NULL, "\n"), lines++) {
        int f, row, tail;
        ck_assert_msg(sscanf(line, "%d\t%d.%d", &f, &row, &tail) == 3 && f == tail && row == next[f],
                      "line %zu is '%s'", lines, line);
        next[f]++;
    }
    ck_assert_uint_eq(lines, (size_t)FILES * ROWS);
    merge_free(merge);
    for (int f = 0; f < FILES; f++) {
        fclose(file[f]);
        text_free(&whole[f]);
    }
    text_free(&got);
    close(ends[0]);
    close(ends[1]);
}
END_TEST

START_TEST(a_line_without_its_end_waits)
{
    struct text got = {0};
    struct error error;
    int ends[2];
    open_pipe(ends);
    char path[512];
    snprintf(path, sizeof path, "%s", scratch("merge [1].dat")); /* a bracket that is no pattern */
    FILE *file = fopen(path, "w");
    const char *patterns[] = {path, "/no/such/place/*.dat"};
    struct merge *merge = merge_new(patterns, 2);
    fputs("1 0.5\n2 0.", file);
    fflush(file);
    look(merge, ends, &got);
    ck_assert_str_eq(text_string(&got), "1 0.5\n");
    fputs("75", file);
    fflush(file);
    look(merge, ends, &got);
    ck_assert_str_eq(text_string(&got), "1 0.5\n");
    ck_assert(merge_finish(merge, ends[1], &error));
    take(ends[0], &got);
    ck_assert_str_eq(text_string(&got), "1 0.5\n2 0.75\n");
    /* written anew from its start */
    ck_assert_int_eq(ftruncate(fileno(file), 0), 0);
    rewind(file);
    fputs("9 9\n", file);
    fflush(file);
    look(merge, ends, &got);
    ck_assert_str_eq(text_string(&got), "1 0.5\n2 0.75\n9 9\n");
    fclose(file);
    merge_free(merge);
    text_free(&got);
    close(ends[0]);
    close(ends[1]);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("follow: merging", no_line_is_cut_and_none_is_lost, a_line_without_its_end_waits);
}
