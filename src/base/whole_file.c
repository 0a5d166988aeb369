/* The text goes to ".NAME.PID-N" beside the target, created with the permissions the user's umask gives (or those of
 * the file it replaces), and is renamed over it in the end. */
#include "base/whole_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "base/xalloc.h"

struct whole_file {
    FILE *stream;
    char *path;      /* as given */
    char *target;    /* path with symbolic links followed */
    char *temporary; /* NULL: written directly */
};

static char *temporary_name(const char *target, unsigned attempt)
{
    const char *slash = strrchr(target, '/');
    int directory = slash ? (int)(slash - target + 1) : 0;
    struct text name = {0};
    /* The name is kept short: with the additions it must stay within what a directory allows. */
    text_printf(&name, "%.*s.%.200s.%ld-%u", directory, target, target + directory, (long)getpid(), attempt);
    return name.bytes;
}

/* Opens a new file beside the target; false with errno. */
static bool open_temporary(struct whole_file *whole)
{
    int file = -1;
    for (unsigned attempt = 0; file < 0 && attempt < 1000; attempt++) {
        free(whole->temporary);
        whole->temporary = temporary_name(whole->target, attempt);
        file = open(whole->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (file < 0 && errno != EEXIST)
            break;
    }
    whole->stream = file < 0 ? NULL : fdopen(file, "w");
    return whole->stream != NULL;
}

static bool open_beside(struct whole_file *whole, const struct stat *old, struct error *error)
{
    if (old && access(whole->target, W_OK) != 0)
        return error_set(error, "%.200s: no permission to write this file", whole->path);
    if (!open_temporary(whole)) {
        error_set(error, "%.200s: cannot be made here: %s", whole->path, strerror(errno));
        free(whole->temporary);
        whole->temporary = NULL;
        return false;
    }
    if (old)
        (void)!fchmod(fileno(whole->stream), old->st_mode & 07777); /* another owner's file stays as umask says */
    return true;
}

/* The number in "/dev/fd/7", /dev/stdout, /dev/stderr; -1 for any other path. Opening these anew would begin at the
 * start of the file behind them. */
static int own_descriptor(const char *path)
{
    int number, used = 0;
    if (strcmp(path, "/dev/stdout") == 0)
        return STDOUT_FILENO;
    if (strcmp(path, "/dev/stderr") == 0)
        return STDERR_FILENO;
    if ((sscanf(path, "/dev/fd/%d%n", &number, &used) == 1 ||
         sscanf(path, "/proc/self/fd/%d%n", &number, &used) == 1) && path[used] == '\0')
        return number;
    return -1;
}

static bool open_directly(struct whole_file *whole, int descriptor, struct error *error)
{
    fflush(NULL);
    int file = descriptor >= 0 ? dup(descriptor) : open(whole->path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    whole->stream = file < 0 ? NULL : fdopen(file, "w");
    return whole->stream || error_set(error, "%.200s: cannot be written: %s", whole->path, strerror(errno));
}

static bool open_path(struct whole_file *whole, struct error *error)
{
    struct stat old;
    int descriptor = own_descriptor(whole->path);
    bool exists = stat(whole->path, &old) == 0;
    if (exists && S_ISDIR(old.st_mode))
        return error_set(error, "%.200s: this is a directory, the name of a file is wanted", whole->path);
    if (descriptor >= 0 || (exists && !S_ISREG(old.st_mode)))
        return open_directly(whole, descriptor, error);
    whole->target = realpath(whole->path, NULL);
    if (!whole->target)
        whole->target = xstrdup(whole->path);
    return open_beside(whole, exists ? &old : NULL, error);
}

static void release(struct whole_file *whole)
{
    free(whole->path);
    free(whole->target);
    free(whole->temporary);
    free(whole);
}

struct whole_file *whole_file_open(const char *path, struct error *error)
{
    struct whole_file *whole = xcalloc(1, sizeof *whole);
    whole->path = xstrdup(path);
    if (open_path(whole, error))
        return whole;
    release(whole);
    return NULL;
}

FILE *whole_file_stream(struct whole_file *whole)
{
    return whole->stream;
}

/* Everything written has reached the file; errno says what is wrong otherwise. */
static bool finish_stream(FILE *stream)
{
    errno = 0;
    bool good = fflush(stream) == 0 && !ferror(stream);
    int number = errno ? errno : EIO;
    if (fclose(stream) != 0 && good) {
        good = false;
        number = errno;
    }
    errno = number;
    return good;
}

bool whole_file_keep(struct whole_file *whole, struct error *error)
{
    bool good = finish_stream(whole->stream);
    if (good && whole->temporary)
        good = rename(whole->temporary, whole->target) == 0;
    if (!good) {
        error_set(error, "%.200s: not written: %s", whole->path, strerror(errno));
        if (whole->temporary)
            unlink(whole->temporary);
    }
    release(whole);
    return good;
}

void whole_file_abandon(struct whole_file *whole)
{
    if (!whole)
        return;
    fclose(whole->stream);
    if (whole->temporary)
        unlink(whole->temporary);
    release(whole);
}

bool whole_file_write(const char *path, const char *bytes, size_t length, struct error *error)
{
    struct whole_file *whole = whole_file_open(path, error);
    if (!whole)
        return false;
    fwrite(bytes, 1, length, whole->stream);
    return whole_file_keep(whole, error);
}
