#include "follow/merge.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/stop.h"
#include "base/text.h"
#include "base/xalloc.h"

#define PIECE ((size_t)64 << 10) /* of each file in turn, so that none waits for another */
#define LINE_MOST ((size_t)1 << 20)
#define LOOK_EVERY 10 /* looks from one search for new files to the next */
#define PAUSE 20      /* ms, when nothing has grown */

struct source {
    char *path;
    int file;
    off_t at;          /* bytes read */
    struct text begun; /* a line whose end is not there yet */
};

struct merge {
    const char *const *pattern;
    size_t patterns;
    struct source *source; /* [sources] */
    size_t sources, capacity;
    unsigned looks;
    struct text out; /* whole lines on their way out */
};

struct merge *merge_new(const char *const *pattern, size_t patterns)
{
    struct merge *merge = xcalloc(1, sizeof *merge);
    merge->pattern = pattern;
    merge->patterns = patterns;
    return merge;
}

void merge_free(struct merge *merge)
{
    if (!merge)
        return;
    for (size_t i = 0; i < merge->sources; i++) {
        close(merge->source[i].file);
        text_free(&merge->source[i].begun);
        free(merge->source[i].path);
    }
    free(merge->source);
    text_free(&merge->out);
    free(merge);
}

size_t merge_files(const struct merge *merge)
{
    return merge->sources;
}

static bool is_open(const struct merge *merge, const char *path)
{
    for (size_t i = 0; i < merge->sources; i++)
        if (strcmp(merge->source[i].path, path) == 0)
            return true;
    return false;
}

static bool open_file(struct merge *merge, const char *path, struct error *error)
{
    struct stat about;
    if (is_open(merge, path))
        return true;
    if (stat(path, &about) != 0 || S_ISDIR(about.st_mode))
        return true; /* gone again, or no file */
    if (merge->sources == MERGE_MOST)
        return error_set(error, "more than %d files are too many to be merged at once", MERGE_MOST);
    int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (file < 0)
        return error_set(error, "%s: %s", path, error_cause(errno));
    xgrow(&merge->source, &merge->capacity, merge->sources + 1, sizeof *merge->source);
    merge->source[merge->sources++] = (struct source){.path = xstrdup(path), .file = file};
    return true;
}

static bool search(struct merge *merge, struct error *error)
{
    bool good = true;
    for (size_t p = 0; p < merge->patterns && good; p++) {
        glob_t found;
        if (glob(merge->pattern[p], 0, NULL, &found) == 0)
            for (size_t i = 0; i < found.gl_pathc && good; i++)
                good = open_file(merge, found.gl_pathv[i], error);
        else
            good = open_file(merge, merge->pattern[p], error); /* a name with a bracket in it may be meant as it is */
        globfree(&found);
    }
    return good;
}

static bool send(struct merge *merge, int out, size_t *wrote, struct error *error)
{
    for (size_t sent = 0; sent < merge->out.length;) {
        ssize_t count = write(out, merge->out.bytes + sent, merge->out.length - sent);
        if (count < 0 && errno == EINTR && !stop_requested())
            continue;
        if (count < 0 && errno == EAGAIN) {
            poll(&(struct pollfd){.fd = out, .events = POLLOUT}, 1, -1);
            continue;
        }
        if (count < 0) {
            error_set(error, errno == EPIPE ? "" : "cannot write the merged lines: %s", error_cause(errno));
            return false;
        }
        sent += (size_t)count;
        *wrote += (size_t)count;
    }
    text_clear(&merge->out);
    return true;
}

/* A file that has become shorter is another one, written from its start. */
static void look_for_restart(struct source *s)
{
    struct stat about;
    if (fstat(s->file, &about) == 0 && S_ISREG(about.st_mode) && about.st_size < s->at) {
        lseek(s->file, 0, SEEK_SET);
        s->at = 0;
        text_clear(&s->begun);
    }
}

static bool read_some(struct merge *merge, struct source *s, struct error *error)
{
    char bytes[PIECE];
    look_for_restart(s);
    ssize_t count = read(s->file, bytes, sizeof bytes);
    if (count < 0 && errno != EAGAIN && errno != EINTR)
        return error_set(error, "%s: cannot be read: %s", s->path, error_cause(errno));
    if (count <= 0)
        return true;
    s->at += count;
    size_t length = (size_t)count, whole = length;
    while (whole > 0 && bytes[whole - 1] != '\n')
        whole--;
    if (whole > 0) {
        text_append(&merge->out, text_string(&s->begun), s->begun.length);
        text_append(&merge->out, bytes, whole);
        text_clear(&s->begun);
    }
    text_append(&s->begun, bytes + whole, length - whole);
    return s->begun.length <= LINE_MOST ||
           error_set(error, "%s: a line of more than %zu bytes is no row of a table", s->path, LINE_MOST);
}

bool merge_look(struct merge *merge, int out, size_t *wrote, struct error *error)
{
    *wrote = 0;
    if (merge->looks++ % LOOK_EVERY == 0 && !search(merge, error))
        return false;
    for (size_t i = 0; i < merge->sources; i++)
        if (!read_some(merge, &merge->source[i], error) || !send(merge, out, wrote, error))
            return false;
    return true;
}

bool merge_finish(struct merge *merge, int out, struct error *error)
{
    size_t wrote = 0;
    for (size_t i = 0; i < merge->sources; i++) {
        struct text *begun = &merge->source[i].begun;
        if (begun->length == 0)
            continue;
        text_append(&merge->out, begun->bytes, begun->length);
        text_append(&merge->out, "\n", 1);
        text_clear(begun);
    }
    return send(merge, out, &wrote, error);
}

/* A pipe's reader that has gone is seen by whoever only waits for files, too. */
static bool reader_gone(int out, int wait)
{
    struct pollfd poller = {.fd = out, .events = 0};
    return poll(&poller, 1, wait) > 0 && (poller.revents & (POLLERR | POLLHUP));
}

bool merge_run(const char *const *pattern, size_t patterns, int out, struct error *error)
{
    struct merge *merge = merge_new(pattern, patterns);
    bool good = true;
    while (good && !stop_requested()) {
        size_t wrote;
        good = merge_look(merge, out, &wrote, error);
        if (good && reader_gone(out, wrote > 0 ? 0 : PAUSE))
            break;
    }
    if (good && stop_requested())
        good = merge_finish(merge, out, error);
    merge_free(merge);
    return good || error->text[0] == '\0';
}
