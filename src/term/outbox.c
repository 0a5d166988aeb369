/* ncurses waits for its descriptor however that is opened. It is given one of its own, and while it draws that
 * descriptor is exchanged (dup2) for a file in memory, whose bytes then wait here like everybody else's. */
#include "term/outbox.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/text.h"

#define LAST_WORDS 1000 /* ms */

static struct {
    int terminal; /* does not block */
    int drawing;  /* the file in memory */
    FILE *library;
    struct text waiting;
    size_t sent; /* bytes of it */
} box = {.terminal = -1, .drawing = -1};

/* The terminal's own name, or that of the terminal that controls us. */
static int open_again(int inherited)
{
    const char *name = ttyname(inherited);
    int flags = O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
    int file = name ? open(name, flags) : -1;
    return file >= 0 ? file : open("/dev/tty", flags);
}

/* A file without a name, in memory where there is such a thing. */
static int open_drawing(void)
{
    char name[64];
    snprintf(name, sizeof name, "/lifscope-%ld", (long)getpid());
    int file = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600);
    if (file >= 0) {
        shm_unlink(name);
        return file;
    }
    FILE *stream = tmpfile();
    file = stream ? fcntl(fileno(stream), F_DUPFD_CLOEXEC, 3) : -1;
    if (stream)
        fclose(stream);
    return file;
}

bool outbox_open(int inherited, struct error *error)
{
    box.terminal = open_again(inherited);
    box.drawing = box.terminal < 0 ? -1 : open_drawing();
    int file = box.drawing < 0 ? -1 : fcntl(inherited, F_DUPFD_CLOEXEC, 3);
    box.library = file < 0 ? NULL : fdopen(file, "w");
    if (box.library)
        return true;
    error_set(error, "cannot open the terminal: %s", error_cause(errno));
    outbox_close();
    return false;
}

static void close_file(int *file)
{
    if (*file >= 0)
        close(*file);
    *file = -1;
}

void outbox_close(void)
{
    close_file(&box.terminal);
    close_file(&box.drawing);
    if (box.library)
        fclose(box.library);
    box.library = NULL;
    text_free(&box.waiting);
    box.sent = 0;
}

void outbox_add(const char *bytes, size_t length)
{
    text_append(&box.waiting, bytes, length);
}

void outbox_send(void)
{
    while (box.sent < box.waiting.length) {
        ssize_t written = write(box.terminal, box.waiting.bytes + box.sent, box.waiting.length - box.sent);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            return;
        if (written <= 0) /* a terminal that is gone: the loop hears of it where it reads keys */
            break;
        box.sent += (size_t)written;
    }
    box.sent = 0;
    text_clear(&box.waiting);
}

int outbox_waits(void)
{
    return box.sent < box.waiting.length ? box.terminal : -1;
}

static bool takes(int milliseconds)
{
    struct pollfd wanted = {.fd = box.terminal, .events = POLLOUT};
    return poll(&wanted, 1, milliseconds) > 0 && wanted.revents == POLLOUT;
}

bool outbox_drain(double patience)
{
    outbox_send();
    while (outbox_waits() >= 0 && takes((int)(1000 * patience)))
        outbox_send();
    return outbox_waits() < 0;
}

void outbox_last(const char *bytes, size_t length)
{
    while (length > 0 && takes(LAST_WORDS)) {
        ssize_t written = write(box.terminal, bytes, length);
        if (written <= 0)
            return;
        bytes += written;
        length -= (size_t)written;
    }
}

FILE *outbox_library(void)
{
    return box.library;
}

void outbox_capture(void)
{
    dup2(box.drawing, fileno(box.library));
}

/* The descriptor is the terminal again; what was drawn moves into the box, and the file is empty for the next time. */
void outbox_release(void)
{
    char bytes[1 << 14];
    ssize_t got;
    lseek(box.drawing, 0, SEEK_SET);
    while ((got = read(box.drawing, bytes, sizeof bytes)) > 0)
        text_append(&box.waiting, bytes, (size_t)got);
    if (ftruncate(box.drawing, 0) == 0)
        lseek(box.drawing, 0, SEEK_SET);
    dup2(box.terminal, fileno(box.library));
}
