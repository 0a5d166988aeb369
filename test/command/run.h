/* Runs commands in a session without a screen and keeps what they wrote. */
#ifndef TEST_COMMAND_RUN_H
#define TEST_COMMAND_RUN_H

#include "harness.h"

#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command/families.h"
#include "session/session.h"

struct outcome {
    char *out, *err;
    bool good;
};

static inline struct outcome run_sized(const char *lines, int width, int height, bool interactive)
{
    struct outcome outcome = {0};
    size_t out_size, err_size;
    struct session_options options = {
        .width = width, .height = height, .interactive = interactive, .glyphs = GLYPHS_BRAILLE};
    options.out = open_memstream(&outcome.out, &out_size);
    options.err = open_memstream(&outcome.err, &err_size);
    struct session *session = session_new(&options, &all_commands);
    FILE *script = fmemopen((void *)lines, strlen(lines), "r");
    outcome.good = session_script(session, script, "t");
    fclose(script);
    session_free(session);
    fclose(options.out);
    fclose(options.err);
    return outcome;
}

static inline struct outcome run(const char *lines)
{
    return run_sized(lines, 80, 24, false);
}

static inline void outcome_free(struct outcome *outcome)
{
    free(outcome->out);
    free(outcome->err);
}

/* The lines succeed without a message and print exactly this. */
static inline void expect_out(const char *lines, const char *out)
{
    struct outcome o = run(lines);
    ck_assert_msg(o.good && strcmp(o.err, "") == 0, "'%s' said: %s", lines, o.err);
    ck_assert_msg(strcmp(o.out, out) == 0, "'%s' printed\n%s\nnot\n%s", lines, o.out, out);
    outcome_free(&o);
}

/* The lines fail with exactly this sentence, after its place. */
static inline void expect_error(const char *lines, const char *sentence)
{
    struct outcome o = run(lines);
    const char *said = strstr(o.err, ": ");
    said = said ? strstr(said + 2, ": ") : NULL; /* lifscope: t:LINE: sentence */
    size_t length = said ? strcspn(said + 2, "\n") : 0;
    ck_assert_msg(!o.good && said, "'%s' did not fail: %s", lines, o.err);
    ck_assert_msg(length == strlen(sentence) && strncmp(said + 2, sentence, length) == 0,
                  "'%s' said\n%s\nnot\n%s", lines, said + 2, sentence);
    outcome_free(&o);
}

static char scratch_folder[64];

static inline int scratch_remove(const char *path, const struct stat *status, int type, struct FTW *walk)
{
    (void)status;
    (void)type;
    (void)walk;
    return remove(path);
}

static inline void scratch_clean(void)
{
    nftw(scratch_folder, scratch_remove, 8, FTW_DEPTH | FTW_PHYS);
}

/* A file in a directory of this test alone, which is gone when the test ends. */
static inline const char *scratch(const char *name)
{
    static char path[4][256];
    static size_t next;
    if (!scratch_folder[0]) {
        snprintf(scratch_folder, sizeof scratch_folder, "/tmp/lifscope-test-XXXXXX");
        ck_assert_msg(mkdtemp(scratch_folder) != NULL, "cannot make %s", scratch_folder);
        atexit(scratch_clean);
    }
    next = (next + 1) % 4;
    snprintf(path[next], sizeof path[next], "%s/%s", scratch_folder, name);
    return path[next];
}

static inline void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    ck_assert_msg(file != NULL, "cannot write %s", path);
    fputs(text, file);
    fclose(file);
}

static inline char *read_file(const char *path)
{
    char *text = calloc(1, 1 << 20);
    FILE *file = fopen(path, "r");
    if (!file) {
        free(text);
        return NULL;
    }
    size_t length = fread(text, 1, (1 << 20) - 1, file);
    text[length] = '\0';
    fclose(file);
    return text;
}

#endif
