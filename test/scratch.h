/* Files of a test. */
#ifndef TEST_SCRATCH_H
#define TEST_SCRATCH_H

#include "harness.h"

#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

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

/* What is there now, until the next call. */
static inline const char *file_content(const char *path)
{
    static char text[1024];
    FILE *file = fopen(path, "r");
    if (!file)
        return "(no file)";
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    return text;
}

#endif
