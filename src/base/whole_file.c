/* The text goes to ".NAME.PID-N" beside the target, created with the permissions the user's umask gives (or those of
 * the file it replaces), and is renamed over it in the end.
 *
 * Some files cannot be replaced by another one without loss: those with several names (hard links), those of another
 * owner, those in a directory where nothing may be made. Their new contents are collected in a nameless file and
 * copied into the old one in the end, after room for them was reserved.
 *
 * An old file is opened by its name before anything else, so that the kernel judges as it would for a shell: it does
 * not let anybody follow a stranger's symbolic link in a directory like /tmp. */
#include "base/whole_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/patient.h"
#include "base/text.h"
#include "base/xalloc.h"

struct whole_file {
    FILE *stream;
    char *path;      /* as given */
    char *target;    /* path with symbolic links followed */
    char *temporary; /* what is renamed; NULL: there is none */
    int old;         /* the old file, which is filled in the end; -1: it is replaced, or written directly */
};

/* The names of temporary files that are not in place yet, for a signal that ends the program. */
#define UNFINISHED 8
static _Atomic(char *) unfinished[UNFINISHED];

static void remember_name(char *name)
{
    for (size_t i = 0; i < UNFINISHED; i++) {
        char *none = NULL;
        if (atomic_compare_exchange_strong(&unfinished[i], &none, name))
            return;
    }
}

static void forget_name(char *name)
{
    for (size_t i = 0; name && i < UNFINISHED; i++) {
        char *same = name;
        if (atomic_compare_exchange_strong(&unfinished[i], &same, NULL))
            return;
    }
}

void whole_file_remove_unfinished(void)
{
    for (size_t i = 0; i < UNFINISHED; i++) {
        char *name = atomic_exchange(&unfinished[i], NULL);
        if (name)
            unlink(name);
    }
}

static char *temporary_name(const char *target, unsigned attempt)
{
    const char *slash = strrchr(target, '/');
    int directory = slash ? (int)(slash - target + 1) : 0;
    struct text name = {0};
    /* The name is kept short: with the additions it must stay within what a directory allows. */
    text_printf(&name, "%.*s.%.200s.%ld-%u", directory, target, target + directory, (long)getpid(), attempt);
    return name.bytes;
}

static void drop_temporary(struct whole_file *whole)
{
    int number = errno;
    if (whole->stream)
        fclose(whole->stream);
    if (whole->temporary)
        unlink(whole->temporary);
    forget_name(whole->temporary);
    free(whole->temporary);
    whole->stream = NULL;
    whole->temporary = NULL;
    errno = number;
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
    if (file < 0) {
        int number = errno;
        free(whole->temporary);
        whole->temporary = NULL;
        errno = number;
        return false;
    }
    remember_name(whole->temporary);
    whole->stream = fdopen(file, "w");
    if (!whole->stream)
        drop_temporary(whole);
    return whole->stream;
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
         sscanf(path, "/proc/self/fd/%d%n", &number, &used) == 1) &&
        path[used] == '\0')
        return number;
    return -1;
}

static bool open_new(struct whole_file *whole, struct error *error)
{
    struct stat link;
    if (lstat(whole->path, &link) == 0 && S_ISLNK(link.st_mode))
        return error_set(error, "%.200s: this symbolic link leads to no file", whole->path);
    whole->target = xstrdup(whole->path);
    return open_temporary(whole) ||
           error_set(error, "%.200s: cannot be made here: %s", whole->path, error_cause(errno));
}

/* Owner, group and permissions of the old file; false: they cannot be given to another one. */
static bool take_ownership(int file, const struct stat *old)
{
    struct stat now;
    if (fstat(file, &now) != 0)
        return false;
    bool same = now.st_uid == old->st_uid && now.st_gid == old->st_gid;
    return (same || fchown(file, old->st_uid, old->st_gid) == 0) && fchmod(file, old->st_mode & 07777) == 0;
}

/* The old file is open: it is replaced if nothing is lost by that, else filled. */
static bool open_over(struct whole_file *whole, const struct stat *old, struct error *error)
{
    if (old->st_nlink == 1 && open_temporary(whole)) {
        if (take_ownership(fileno(whole->stream), old)) {
            close(whole->old);
            whole->old = -1;
            return true;
        }
        drop_temporary(whole);
    }
    whole->stream = tmpfile();
    return whole->stream ||
           error_set(error, "%.200s: no room to collect what is to be written: %s", whole->path, error_cause(errno));
}

static bool no_permission(const struct whole_file *whole, struct error *error)
{
    return error_set(error, "%.200s: no permission to write this file", whole->path);
}

bool whole_file_allowed(const char *path, bool careful, struct error *error)
{
    struct stat old;
    if (files_were_read(path))
        return error_set(error, "%.200s: this session has read this file; overwrite=on writes over it", path);
    if (careful && stat(path, &old) == 0 && S_ISREG(old.st_mode) && own_descriptor(path) < 0 && !files_are_own(path))
        return error_set(error, "%.200s: this file is there already; overwrite=on writes over it", path);
    return true;
}

static bool open_existing(struct whole_file *whole, struct error *error)
{
    struct stat old, there;
    if (!whole_file_allowed(whole->path, false, error))
        return false;
    /* O_CREAT has the kernel look as closely as for a shell's '>'. */
    whole->old = open(whole->path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY, 0666);
    if (whole->old < 0)
        return errno == EACCES || errno == EPERM
                   ? no_permission(whole, error)
                   : error_set(error, "%.200s: cannot be written: %s", whole->path, error_cause(errno));
    whole->target = realpath(whole->path, NULL);
    if (fstat(whole->old, &old) != 0 || !whole->target || stat(whole->target, &there) != 0 ||
        old.st_dev != there.st_dev || old.st_ino != there.st_ino)
        return error_set(error, "%.200s: somebody else is changing this file", whole->path);
    return open_over(whole, &old, error);
}

/* Those we were given stay open over exec; those we opened do not, and are nobody's business. */
static bool is_inherited(int descriptor)
{
    int flags = fcntl(descriptor, F_GETFD);
    return flags < 0 || !(flags & FD_CLOEXEC);
}

static bool open_directly(struct whole_file *whole, int descriptor, struct error *error)
{
    if (descriptor >= 0 && !is_inherited(descriptor))
        return error_set(error, "%.200s: nobody has opened this descriptor for you", whole->path);
    fflush(NULL);
    int file = descriptor >= 0 ? dup(descriptor) : patient_open(whole->path, O_WRONLY, 0);
    whole->stream = file < 0 ? NULL : fdopen(file, "w");
    return whole->stream || error_set(error, "%.200s: cannot be written: %s", whole->path, error_cause(errno));
}

static bool open_path(struct whole_file *whole, struct error *error)
{
    struct stat old;
    int descriptor = own_descriptor(whole->path);
    bool exists = stat(whole->path, &old) == 0;
    if (!exists && errno == EACCES)
        return no_permission(whole, error);
    if (exists && S_ISDIR(old.st_mode))
        return error_set(error, "%.200s: this is a directory, the name of a file is wanted", whole->path);
    if (descriptor >= 0 || (exists && !S_ISREG(old.st_mode)))
        return open_directly(whole, descriptor, error);
    return exists ? open_existing(whole, error) : open_new(whole, error);
}

static void release(struct whole_file *whole)
{
    forget_name(whole->temporary);
    if (whole->old >= 0)
        close(whole->old);
    free(whole->path);
    free(whole->target);
    free(whole->temporary);
    free(whole);
}

struct whole_file *whole_file_open(const char *path, struct error *error)
{
    struct whole_file *whole = xcalloc(1, sizeof *whole);
    whole->path = xstrdup(path);
    whole->old = -1;
    if (open_path(whole, error))
        return whole;
    release(whole);
    return NULL;
}

FILE *whole_file_stream(struct whole_file *whole)
{
    return whole->stream;
}

/* Why an earlier write failed: the stream does not know it any more, one more byte finds out. Only for files that are
 * thrown away. */
static int find_reason(FILE *stream)
{
    return write(fileno(stream), "", 1) < 0 ? errno : EIO;
}

/* Everything written has reached the file; errno says what is wrong otherwise. */
static bool finish_stream(FILE *stream, bool throwaway)
{
    errno = 0;
    bool good = fflush(stream) == 0 && !ferror(stream);
    int number = errno ? errno : good || !throwaway ? EIO : find_reason(stream);
    if (fclose(stream) != 0 && good) {
        good = false;
        number = errno;
    }
    errno = number;
    return good;
}

/* Room for `length` bytes, so that a full disk is found out before anything is lost; false with errno. */
static bool reserve(int file, off_t length)
{
    struct stat old;
    if (fstat(file, &old) != 0)
        return false;
    int number = length > old.st_size ? posix_fallocate(file, old.st_size, length - old.st_size) : 0;
    if (number == 0)
        return true;
    (void)!ftruncate(file, old.st_size);
    errno = number;
    return false;
}

static bool write_bytes(int file, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(file, bytes, length);
        if (written < 0 && errno != EINTR)
            return false;
        bytes += written > 0 ? written : 0;
        length -= written > 0 ? (size_t)written : 0;
    }
    return true;
}

/* Copies what was collected into the old file; false with errno. */
static bool fill_old(struct whole_file *whole)
{
    char bytes[65536];
    errno = 0;
    if (fflush(whole->stream) != 0 || ferror(whole->stream)) {
        errno = errno ? errno : find_reason(whole->stream);
        return false;
    }
    off_t length = ftello(whole->stream);
    rewind(whole->stream);
    bool good = length >= 0 && reserve(whole->old, length);
    for (size_t got; good && (got = fread(bytes, 1, sizeof bytes, whole->stream)) > 0;)
        good = write_bytes(whole->old, bytes, got);
    return good && !ferror(whole->stream) && ftruncate(whole->old, length) == 0;
}

bool whole_file_keep(struct whole_file *whole, struct error *error)
{
    bool good = whole->old < 0 || fill_old(whole);
    int number = errno;
    bool finished = finish_stream(whole->stream, whole->target != NULL);
    errno = good ? errno : number;
    good = good && finished;
    if (good && whole->temporary)
        good = rename(whole->temporary, whole->target) == 0;
    if (good && whole->target)
        files_note_written(whole->target);
    if (!good) {
        error_set(error, "%.200s: not written: %s", whole->path, error_cause(errno));
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
