/* Runs commands in a session without a screen and keeps what they wrote. */
#ifndef TEST_COMMAND_RUN_H
#define TEST_COMMAND_RUN_H

#include "harness.h"
#include "scratch.h"

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
    ck_assert_msg(length == strlen(sentence) && strncmp(said + 2, sentence, length) == 0, "'%s' said\n%s\nnot\n%s",
                  lines, said + 2, sentence);
    outcome_free(&o);
}

#endif
