/* A file's end is not for ever: poll() says nothing about files, so they are read again and again, and at the
 * end the name is asked whether it still belongs to the same file and the file whether it is as long as
 * before. A file that was written anew and has outgrown what was read of it keeps its name and is longer than
 * before; what gives it away are its first bytes and the last ones that were read, which are remembered and
 * looked at again after each read. A pipe is asked by poll() first, so that its descriptor, which may be
 * shared, need not be made non-blocking. */
#include "follow/watch.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/patient.h"
#include "base/xalloc.h"

#define FILE_PATIENCE (1.0 / 30) /* s, so that a row appears within a frame */
#define GONE_PATIENCE 0.1        /* s between looks for a new writer of a named pipe */
#define PRINT 256                /* bytes remembered at the beginning, and as many before the offset */

/* Some bytes of the file as they were read. */
struct print {
    char byte[PRINT];
    size_t bytes;
};

struct watch {
    int file;
    char *path; /* NULL: a descriptor */
    char name[208];
    bool regular, named_pipe;
    dev_t device;
    ino_t inode;
    off_t offset, size;
    struct print first, last;
    bool started; /* at the file's first byte: `first` is known */
    bool hole;    /* after a truncation: NULs where a writer goes on at its old offset */
    bool at_end, removed, gone, broken;
};

static struct watch *watch_new(int file, const char *path, const char *name)
{
    struct watch *watch = xcalloc(1, sizeof *watch);
    size_t length = strlen(name), most = sizeof watch->name - 4;
    snprintf(watch->name, sizeof watch->name, "%s%s", length > most ? "..." : "",
             length > most ? name + length - most : name);
    watch->file = file;
    watch->path = path ? xstrdup(path) : NULL;
    return watch;
}

static void take_facts(struct watch *watch, const struct stat *facts)
{
    watch->regular = S_ISREG(facts->st_mode);
    watch->named_pipe = S_ISFIFO(facts->st_mode) && watch->path;
    watch->device = facts->st_dev;
    watch->inode = facts->st_ino;
    watch->size = facts->st_size;
}

static struct watch *check(struct watch *watch, struct error *error)
{
    struct stat facts;
    if (watch->file < 0 || fstat(watch->file, &facts) != 0)
        error_set(error, "%s: %s", watch->name,
                  errno == ENOENT   ? "there is no such file"
                  : errno == EACCES ? "no permission to read this file"
                                    : error_cause(errno));
    else if (S_ISDIR(facts.st_mode))
        error_set(error, "%s: this is a directory, a file is wanted", watch->name);
    else {
        files_note_read(watch->file, watch->path);
        take_facts(watch, &facts);
        off_t offset = watch->regular ? lseek(watch->file, 0, SEEK_CUR) : 0;
        watch->offset = offset > 0 ? offset : 0;
        watch->started = watch->offset == 0;
        return watch;
    }
    watch_close(watch);
    return NULL;
}

/* O_NONBLOCK: a named pipe opens without a writer. */
static int open_path(const char *path)
{
    if (patient_is_own_pipe(path)) {
        errno = EDEADLK;
        return -1;
    }
    return open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
}

struct watch *watch_open(const char *path, struct error *error)
{
    int file = open_path(path);
    return check(watch_new(file, path, path), error);
}

struct watch *watch_descriptor(int descriptor, const char *name, struct error *error)
{
    return check(watch_new(descriptor, NULL, name), error);
}

void watch_close(struct watch *watch)
{
    if (!watch)
        return;
    if (watch->file >= 0)
        close(watch->file);
    free(watch->path);
    free(watch);
}

static enum watch_event broken(struct watch *watch, struct error *error)
{
    error_set(error, "%s: cannot be read: %s", watch->name, error_cause(errno));
    watch->broken = true;
    return WATCH_BROKEN;
}

static void begin_file(struct watch *watch)
{
    watch->offset = 0;
    watch->started = true;
    watch->hole = false;
    watch->first.bytes = watch->last.bytes = 0;
    watch->at_end = false;
}

void watch_rewind(struct watch *watch)
{
    if (lseek(watch->file, 0, SEEK_SET) == 0)
        begin_file(watch);
}

/* ---- files ---- */

static void remember(struct watch *watch, const char *bytes, size_t length)
{
    struct print *first = &watch->first, *last = &watch->last;
    size_t n = watch->started && length > PRINT - first->bytes ? PRINT - first->bytes : watch->started ? length : 0;
    memcpy(first->byte + first->bytes, bytes, n);
    first->bytes += n;
    n = length < PRINT ? length : PRINT;
    size_t old = last->bytes < PRINT - n ? last->bytes : PRINT - n;
    memmove(last->byte, last->byte + last->bytes - old, old);
    memcpy(last->byte + old, bytes + length - n, n);
    last->bytes = old + n;
}

static bool is_there(const struct watch *watch, const struct print *print, off_t offset)
{
    char now[PRINT];
    ssize_t n = pread(watch->file, now, print->bytes, offset);
    return n < 0 || ((size_t)n == print->bytes && memcmp(now, print->byte, print->bytes) == 0);
}

/* What was read of the file is still what stands there. */
static bool is_same_text(const struct watch *watch)
{
    return is_there(watch, &watch->first, 0) && is_there(watch, &watch->last, watch->offset - (off_t)watch->last.bytes);
}

/* The file's text is another one, and is read from its start. */
static enum watch_event begin_again(struct watch *watch, enum watch_event event)
{
    watch_rewind(watch);
    watch->hole = true;
    return event;
}

/* Something was written since the end was met, before the file lost its name. */
static bool has_more(struct watch *watch)
{
    struct stat facts;
    bool more = fstat(watch->file, &facts) == 0 && facts.st_size > watch->offset;
    watch->at_end = !more;
    return more;
}

/* As long as the other file is empty its writer may not have come to it yet, and still write to the one
 * before. */
static enum watch_event replace(struct watch *watch)
{
    struct stat facts;
    int file = open_path(watch->path);
    bool good = file >= 0 && fstat(file, &facts) == 0 && S_ISREG(facts.st_mode) && facts.st_size > 0;
    if (!good || has_more(watch)) {
        if (file >= 0)
            close(file);
        return WATCH_NOTHING;
    }
    close(watch->file);
    watch->file = file;
    watch->removed = false;
    begin_file(watch);
    files_note_read(file, watch->path);
    take_facts(watch, &facts);
    return WATCH_ROTATED;
}

/* Nothing is left of the file: is it still the file? */
static enum watch_event at_end_of_file(struct watch *watch)
{
    struct stat facts;
    watch->at_end = true;
    if (fstat(watch->file, &facts) == 0) {
        watch->size = facts.st_size;
        if (facts.st_size < watch->offset)
            return begin_again(watch, WATCH_TRUNCATED);
        if (!is_same_text(watch))
            return begin_again(watch, WATCH_REWRITTEN);
    }
    if (!watch->path)
        return WATCH_NOTHING;
    if (stat(watch->path, &facts) != 0) {
        bool news = !watch->removed && errno == ENOENT;
        watch->removed = watch->removed || news;
        return news ? WATCH_REMOVED : WATCH_NOTHING;
    }
    if (facts.st_dev == watch->device && facts.st_ino == watch->inode) {
        watch->removed = false;
        return WATCH_NOTHING;
    }
    return replace(watch);
}

/* How many of the bytes are the hole at the beginning of the file. */
static size_t skip_hole(struct watch *watch, const char *buffer, size_t length)
{
    size_t n = 0;
    while (watch->hole && n < length && buffer[n] == '\0')
        n++;
    watch->hole = n == length;
    return n;
}

static enum watch_event read_file(struct watch *watch, char *buffer, size_t size, size_t *got, struct error *error)
{
    struct stat facts;
    ssize_t n = read(watch->file, buffer, size);
    if (n < 0)
        return errno == EINTR || errno == EAGAIN ? WATCH_NOTHING : broken(watch, error);
    if (n == 0)
        return at_end_of_file(watch);
    if (!is_same_text(watch)) /* nor are these bytes its continuation */
        return begin_again(watch, WATCH_REWRITTEN);
    remember(watch, buffer, (size_t)n);
    watch->offset += n;
    watch->at_end = false;
    if (watch->offset > watch->size && fstat(watch->file, &facts) == 0)
        watch->size = facts.st_size;
    size_t skip = skip_hole(watch, buffer, (size_t)n);
    *got = (size_t)n - skip;
    memmove(buffer, buffer + skip, *got);
    return *got > 0 ? WATCH_BYTES : WATCH_NOTHING;
}

/* ---- pipes, terminals, sockets ---- */

static short ask(const struct watch *watch)
{
    struct pollfd wanted = {.fd = watch->file, .events = POLLIN};
    return poll(&wanted, 1, 0) > 0 ? wanted.revents : 0;
}

static enum watch_event writers_left(struct watch *watch)
{
    watch->gone = watch->at_end = true;
    return WATCH_GONE;
}

static enum watch_event read_pipe(struct watch *watch, char *buffer, size_t size, size_t *got, struct error *error)
{
    short state = watch->gone && !watch->named_pipe ? 0 : ask(watch);
    if (watch->gone) {
        if (!(state & POLLIN))
            return WATCH_NOTHING;
        watch->gone = watch->at_end = false;
        return WATCH_BACK;
    }
    if (!(state & (POLLIN | POLLHUP | POLLERR)))
        return WATCH_NOTHING;
    ssize_t n = read(watch->file, buffer, size);
    if (n < 0 && (errno == EINTR || errno == EAGAIN))
        return WATCH_NOTHING;
    if (n < 0 && errno != EIO) /* EIO: the other end of a terminal is gone */
        return broken(watch, error);
    if (n <= 0)
        return writers_left(watch);
    *got = (size_t)n;
    return WATCH_BYTES;
}

enum watch_event watch_read(struct watch *watch, char *buffer, size_t size, size_t *got, struct error *error)
{
    *got = 0;
    if (watch->broken)
        return WATCH_NOTHING;
    return (watch->regular ? read_file : read_pipe)(watch, buffer, size, got, error);
}

/* ---- questions ---- */

int watch_poll(const struct watch *watch)
{
    return watch->regular || watch->gone || watch->broken ? -1 : watch->file;
}

double watch_patience(const struct watch *watch)
{
    if (watch->broken)
        return INFINITY;
    if (watch->regular)
        return watch->at_end ? FILE_PATIENCE : 0;
    return watch->gone && watch->named_pipe ? GONE_PATIENCE : INFINITY;
}

bool watch_at_end(const struct watch *watch)
{
    return watch->at_end || watch->broken;
}

bool watch_is_file(const struct watch *watch)
{
    return watch->regular;
}

double watch_fraction(const struct watch *watch)
{
    return watch->regular && watch->size > watch->offset ? (double)watch->offset / (double)watch->size : 1;
}
