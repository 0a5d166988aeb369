/* The look ahead stays in the buffer and is handed out as the first piece; after it the buffer is refilled
 * from the file. Memory is a buffer that is full from the start. What turns out to be packed by gzip at the
 * first look goes through another buffer: what was read becomes its beginning, and the unpacked bytes are
 * handed out. */
#include "text/input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "unpack.h"

#define LOOK_LEAST ((size_t)64 << 10)
#define LOOK_MOST                                                                                            \
    ((size_t)16 << 20) /* a header of a million neurons fits; one line of this length is no table */
#define LOOK_LINES 4
#define PIECE ((size_t)256 << 10)

struct input {
    char name[208];
    int file;          /* -1: memory */
    bool ended;        /* the file has no more bytes than `have` */
    const char *bytes; /* what was read and not yet handed out */
    char *owned;       /* the same when it is ours */
    size_t capacity, have, at;
    size_t piece;
    bool looked;
    struct unpack *unpack; /* NULL: plain */
    char *packed;          /* bytes of the file to be unpacked; NULL for memory */
    const char *raw;       /* of memory: those not yet unpacked */
    size_t raw_left;
    double size, consumed; /* consumed: bytes of the file */
};

const char *input_title(const char *path)
{
    bool standard = strcmp(path, "/dev/fd/0") == 0 || strcmp(path, "/dev/stdin") == 0;
    return standard ? "standard input" : path;
}

static struct input *input_new(const char *name, int file)
{
    struct input *input = xcalloc(1, sizeof *input);
    size_t length = strlen(name), most = sizeof input->name - 4;
    snprintf(input->name, sizeof input->name, "%s%s", length > most ? "..." : "",
             length > most ? name + length - most : name);
    input->file = file;
    return input;
}

static const char *open_problem(int number)
{
    switch (number) {
    case ENOENT:
        return "there is no such file";
    case EACCES:
        return "no permission to read this file";
    default:
        return strerror(number);
    }
}

struct input *input_open(const char *path, struct error *error)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    struct input *input = input_new(input_title(path), file);
    struct stat facts = {0};
    if (file < 0 || fstat(file, &facts) != 0)
        error_set(error, "%s: %s", input->name, open_problem(errno));
    else if (S_ISDIR(facts.st_mode))
        error_set(error, "%s: this is a directory, a file is wanted", input->name);
    else {
        input->size = S_ISREG(facts.st_mode) ? (double)facts.st_size : 0;
        input->piece = PIECE;
        return input;
    }
    input_close(input);
    return NULL;
}

struct input *input_memory(const char *name, const char *bytes, size_t length, size_t piece)
{
    struct input *input = input_new(name, -1);
    input->ended = true;
    input->bytes = bytes;
    input->have = length;
    input->size = (double)length;
    input->piece = piece ? piece : length;
    return input;
}

void input_close(struct input *input)
{
    if (!input)
        return;
    if (input->file >= 0)
        close(input->file);
    unpack_free(input->unpack);
    free(input->packed);
    free(input->owned);
    free(input);
}

const char *input_name(const struct input *input)
{
    return input->name;
}

/* Bytes of the file, 0 at its end. */
static bool read_file(struct input *input, char *bytes, size_t want, size_t *got, struct error *error)
{
    ssize_t count;
    do
        count = read(input->file, bytes, want);
    while (count < 0 && errno == EINTR);
    *got = count > 0 ? (size_t)count : 0;
    return count >= 0 || error_set(error, "%s: cannot be read: %s", input->name, strerror(errno));
}

/* Gives the unpacker its next bytes; *more is false when there are none. */
static bool feed(struct input *input, bool *more, struct error *error)
{
    size_t got = input->raw_left < input->piece ? input->raw_left : input->piece;
    const char *bytes = input->raw;
    if (input->file >= 0) {
        if (!read_file(input, input->packed, PIECE, &got, error))
            return false;
        bytes = input->packed;
    } else {
        input->raw += got;
        input->raw_left -= got;
    }
    input->consumed += (double)got;
    *more = got > 0;
    unpack_feed(input->unpack, bytes, got);
    return true;
}

static bool unpack(struct input *input, char *bytes, size_t want, size_t *got, struct error *error)
{
    bool more = true, ended = false;
    for (*got = 0; *got == 0 && !ended;) {
        if (unpack_is_hungry(input->unpack) && !feed(input, &more, error))
            return false;
        if (!more)
            return unpack_finish(input->unpack, error) || error_prefix(error, "%s: ", input->name);
        if (!unpack_take(input->unpack, bytes, want, got, &ended, error))
            return error_prefix(error, "%s: ", input->name);
    }
    return true;
}

/* Reads until the buffer holds `want` bytes or the file ends. */
static bool fill(struct input *input, size_t want, struct error *error)
{
    xgrow(&input->owned, &input->capacity, want, 1);
    input->bytes = input->owned;
    while (input->have < want && !input->ended) {
        size_t got;
        if (!(input->unpack ? unpack : read_file)(input, input->owned + input->have, want - input->have, &got,
                                                  error))
            return false;
        input->have += got;
        input->ended = got == 0;
    }
    return true;
}

/* What was read so far, or all of memory, is packed. */
static void start_unpacking(struct input *input)
{
    input->unpack = unpack_new();
    if (input->file >= 0) {
        input->packed = xreallocarray(input->owned, input->capacity < PIECE ? PIECE : input->capacity, 1);
        input->owned = NULL;
        input->capacity = 0;
        input->consumed = (double)input->have;
        unpack_feed(input->unpack, input->packed, input->have);
    } else {
        input->raw = input->bytes;
        input->raw_left = input->have;
    }
    input->have = 0;
    input->ended = false;
}

static size_t count_lines(const char *bytes, size_t length)
{
    size_t lines = 0;
    for (size_t i = 0; i < length; i++)
        lines += bytes[i] == '\n' || bytes[i] == '\r';
    return lines;
}

/* Enough for a few lines. */
static bool look_ahead(struct input *input, struct error *error)
{
    for (size_t want = LOOK_LEAST; !input->ended && want <= LOOK_MOST; want *= 2) {
        if (!fill(input, want, error))
            return false;
        if (count_lines(input->bytes, input->have) >= LOOK_LINES)
            break;
    }
    return true;
}

bool input_peek(struct input *input, const char **bytes, size_t *length, bool *whole, struct error *error)
{
    if (!input->looked) {
        if (!look_ahead(input, error))
            return false;
        if (unpack_is_packed(input->bytes, input->have)) {
            start_unpacking(input);
            if (!look_ahead(input, error))
                return false;
        }
        if (input->have >= 3 && memcmp(input->bytes, "\xef\xbb\xbf", 3) == 0)
            input->at = 3;
        input->looked = true;
    }
    *bytes = input->have ? input->bytes + input->at : "";
    *length = input->have - input->at;
    *whole = input->ended && *length <= LOOK_MOST;
    if (*length > LOOK_MOST)
        *length = LOOK_MOST;
    return true;
}

bool input_next(struct input *input, const char **bytes, size_t *length, struct error *error)
{
    if (input->at == input->have && !input->ended) {
        input->at = input->have = 0;
        if (!fill(input, PIECE, error))
            return false;
    }
    size_t left = input->have - input->at;
    *length = left < input->piece ? left : input->piece;
    *bytes = *length ? input->bytes + input->at : "";
    input->at += *length;
    if (!input->unpack)
        input->consumed += (double)*length;
    return true;
}

double input_fraction(const struct input *input)
{
    if (input->size == 0)
        return 0;
    return input->consumed < input->size ? input->consumed / input->size : 1;
}
