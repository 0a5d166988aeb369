#include "command/whole_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

static bool write_all(int file, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(file, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes += written;
        length -= (size_t)written;
    }
    return true;
}

/* mkstemp makes private files; this one is to look like any other. */
static bool as_others(int file)
{
    mode_t mask = umask(0);
    umask(mask);
    return fchmod(file, 0666 & ~mask) == 0;
}

static bool special_file(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
}

/* A pipe or device takes bytes as they come; it can not be replaced. */
static bool write_special(const char *path, const char *bytes, size_t length)
{
    FILE *file = fopen(path, "w");
    if (!file)
        return false;
    bool good = fwrite(bytes, 1, length, file) == length;
    return fclose(file) == 0 && good;
}

static bool write_beside(const char *path, const char *bytes, size_t length)
{
    struct text beside = {0};
    text_printf(&beside, "%s.XXXXXX", path);
    int file = mkstemp(beside.bytes);
    bool good = file >= 0 && write_all(file, bytes, length) && as_others(file);
    if (file >= 0 && close(file) != 0)
        good = false;
    good = good && rename(beside.bytes, path) == 0;
    int failure = errno;
    if (!good && file >= 0)
        unlink(beside.bytes);
    text_free(&beside);
    errno = failure;
    return good;
}

bool whole_file_write(const char *path, const char *bytes, size_t length, struct error *error)
{
    bool good = special_file(path) ? write_special(path, bytes, length) : write_beside(path, bytes, length);
    return good || error_set(error, "cannot write %.300s: %s", path, strerror(errno));
}
