/* The text goes to ".NAME.PID-N" beside the target, created with the permissions the user's umask gives (or those of
 * the file it replaces), and is renamed over it at the end. What is no ordinary file (a terminal, a pipe, /dev/null,
 * /dev/stdout whatever is behind it) cannot be replaced and is written to as it is. */
#include "record/csv_write.h"

#include <csv.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/number.h"
#include "base/text.h"
#include "base/xalloc.h"

struct csv_writer {
    FILE *stream;
    bool owned;       /* the stream is closed in the end */
    char *path;       /* as given; NULL: a borrowed stream */
    char *target;     /* path with symbolic links followed */
    char *temporary;  /* NULL: written directly */
    bool in_row;
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
static bool open_temporary(struct csv_writer *writer)
{
    int file = -1;
    for (unsigned attempt = 0; file < 0 && attempt < 1000; attempt++) {
        free(writer->temporary);
        writer->temporary = temporary_name(writer->target, attempt);
        file = open(writer->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (file < 0 && errno != EEXIST)
            break;
    }
    writer->stream = file < 0 ? NULL : fdopen(file, "w");
    return writer->stream != NULL;
}

static bool open_beside(struct csv_writer *writer, const struct stat *old, struct error *error)
{
    if (old && access(writer->target, W_OK) != 0)
        return error_set(error, "%.200s: no permission to write this file", writer->path);
    if (!open_temporary(writer)) {
        error_set(error, "%.200s: cannot be made here: %s", writer->path, strerror(errno));
        free(writer->temporary);
        writer->temporary = NULL;
        return false;
    }
    if (old)
        (void)!fchmod(fileno(writer->stream), old->st_mode & 07777); /* another owner's file stays as umask says */
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

static bool open_directly(struct csv_writer *writer, int descriptor, struct error *error)
{
    fflush(NULL);
    int file = descriptor >= 0 ? dup(descriptor) : open(writer->path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    writer->stream = file < 0 ? NULL : fdopen(file, "w");
    return writer->stream || error_set(error, "%.200s: cannot be written: %s", writer->path, strerror(errno));
}

static bool open_path(struct csv_writer *writer, struct error *error)
{
    struct stat old;
    int descriptor = own_descriptor(writer->path);
    bool exists = stat(writer->path, &old) == 0;
    if (exists && S_ISDIR(old.st_mode))
        return error_set(error, "%.200s: this is a directory, the name of a file is wanted", writer->path);
    if (descriptor >= 0 || (exists && !S_ISREG(old.st_mode)))
        return open_directly(writer, descriptor, error);
    writer->target = realpath(writer->path, NULL);
    if (!writer->target)
        writer->target = xstrdup(writer->path);
    return open_beside(writer, exists ? &old : NULL, error);
}

static void writer_free(struct csv_writer *writer)
{
    free(writer->path);
    free(writer->target);
    free(writer->temporary);
    free(writer);
}

struct csv_writer *csv_writer_open(const char *path, FILE *stream, struct error *error)
{
    struct csv_writer *writer = xcalloc(1, sizeof *writer);
    writer->stream = stream;
    if (!path)
        return writer;
    writer->path = xstrdup(path);
    writer->owned = true;
    if (open_path(writer, error))
        return writer;
    writer_free(writer);
    return NULL;
}

static void begin_field(struct csv_writer *writer)
{
    if (writer->in_row)
        putc(',', writer->stream);
    writer->in_row = true;
}

void csv_write_number(struct csv_writer *writer, double value)
{
    char text[NUMBER_EXACT];
    begin_field(writer);
    fputs(number_exact(text, value), writer->stream);
}

void csv_write_integer(struct csv_writer *writer, int64_t value)
{
    begin_field(writer);
    fprintf(writer->stream, "%" PRId64, value);
}

/* What would be read back as something else: two fields, a comment, no row at all, or without its blanks. */
static bool needs_quotes(const char *text, size_t length)
{
    if (length == 0 || strpbrk(text, ",;\t\"\r\n") || text[0] == '#' || text[0] == '%')
        return true;
    return text[0] == ' ' || text[length - 1] == ' ';
}

void csv_write_text(struct csv_writer *writer, const char *text)
{
    size_t length = strlen(text);
    begin_field(writer);
    if (needs_quotes(text, length))
        csv_fwrite(writer->stream, text, length);
    else
        fwrite(text, 1, length, writer->stream);
}

void csv_write_end(struct csv_writer *writer)
{
    putc('\n', writer->stream);
    writer->in_row = false;
}

/* Everything written has reached the file; errno says what is wrong otherwise. */
static bool finish_stream(struct csv_writer *writer)
{
    errno = 0;
    bool good = fflush(writer->stream) == 0 && !ferror(writer->stream);
    int number = errno ? errno : EIO;
    if (writer->owned && fclose(writer->stream) != 0 && good) {
        good = false;
        number = errno;
    }
    errno = number;
    return good;
}

bool csv_writer_close(struct csv_writer *writer, struct error *error)
{
    bool good = finish_stream(writer);
    if (good && writer->temporary)
        good = rename(writer->temporary, writer->target) == 0;
    if (!good) {
        error_set(error, "%.200s: not written: %s", writer->path ? writer->path : "standard output", strerror(errno));
        if (writer->temporary)
            unlink(writer->temporary);
    }
    writer_free(writer);
    return good;
}

void csv_writer_abandon(struct csv_writer *writer)
{
    if (!writer)
        return;
    if (writer->owned)
        fclose(writer->stream);
    if (writer->temporary)
        unlink(writer->temporary);
    writer_free(writer);
}
