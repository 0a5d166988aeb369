/* A signal that comes just before a call that waits would not end it. So nothing here waits without end: it looks for a
 * short while whether the file is ready, then whether it should stop. */
#include "base/patient.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/stop.h"

#define GLANCE 50       /* ms */
#define DESCRIPTORS 256 /* the lowest are taken first */

/* Until there is something to read, or its end. */
static bool wait_readable(int file)
{
    struct pollfd wanted = {.fd = file, .events = POLLIN};
    while (!stop_requested())
        if (poll(&wanted, 1, GLANCE) > 0)
            return true;
    errno = EINTR;
    return false;
}

static bool is_pipe(const char *path)
{
    struct stat facts;
    return stat(path, &facts) == 0 && S_ISFIFO(facts.st_mode);
}

/* A pipe that was made here and given to nobody, by whatever name: /dev/fd/4 and its like. It has no place among
 * files. */
bool patient_is_own_pipe(const char *path)
{
    struct stat facts, mine;
    char *place;
    if (stat(path, &facts) != 0 || !S_ISFIFO(facts.st_mode))
        return false;
    if ((place = realpath(path, NULL))) {
        free(place);
        return false;
    }
    for (int file = 0; file < DESCRIPTORS; file++) {
        int flags = fcntl(file, F_GETFD);
        if (flags >= 0 && flags & FD_CLOEXEC && fstat(file, &mine) == 0 && mine.st_dev == facts.st_dev &&
            mine.st_ino == facts.st_ino)
            return true;
    }
    return false;
}

/* Without waiting, a pipe can be opened for writing only when somebody reads it. */
static int open_pipe(const char *path, int flags)
{
    int file;
    while ((file = open(path, flags | O_NONBLOCK)) < 0 && errno == ENXIO) {
        poll(NULL, 0, GLANCE);
        if (stop_requested()) {
            errno = EINTR;
            return -1;
        }
    }
    if (file >= 0 && (flags & O_ACCMODE) == O_RDONLY && !wait_readable(file)) {
        close(file);
        errno = EINTR;
        return -1;
    }
    if (file >= 0)
        fcntl(file, F_SETFL, fcntl(file, F_GETFL) & ~O_NONBLOCK);
    return file;
}

int patient_open(const char *path, int flags, mode_t mode)
{
    if (patient_is_own_pipe(path)) {
        errno = EDEADLK;
        return -1;
    }
    flags |= O_CLOEXEC | O_NOCTTY;
    return is_pipe(path) ? open_pipe(path, flags & ~O_CREAT) : open(path, flags, mode);
}

ssize_t patient_read(int file, void *bytes, size_t size)
{
    ssize_t got;
    do {
        if (!wait_readable(file))
            return -1;
        got = read(file, bytes, size);
    } while (got < 0 && errno == EINTR && !stop_requested());
    return got;
}

FILE *patient_fopen(const char *path)
{
    int file = patient_open(path, O_RDONLY, 0);
    FILE *stream = file < 0 ? NULL : fdopen(file, "r");
    if (!stream && file >= 0)
        close(file);
    return stream;
}
