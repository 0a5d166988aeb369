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

#include "base/files.h"
#include "base/patient.h"
#include "base/xalloc.h"
#include "unpack.h"
#include "utf16.h"

#define LOOK_LEAST ((size_t)64 << 10)
#define LOOK_MOST ((size_t)16 << 20) /* a header of a million neurons fits; one line of this length is no table */
#define LOOK_LINES 4
#define UNPACKED ((size_t)512 << 10) /* of a packed file, which cannot be read from its middle */
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
    bool wide; /* UTF-16, which is handed out as UTF-8 */
    struct utf16 utf16;
    char *units;           /* bytes of it */
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
        return error_cause(number);
    }
}

struct input *input_open(const char *path, struct error *error)
{
    int file = patient_open(path, O_RDONLY, 0);
    struct input *input = input_new(input_title(path), file);
    struct stat facts = {0};
    if (file < 0 || fstat(file, &facts) != 0)
        error_set(error, "%s: %s", input->name, open_problem(errno));
    else if (S_ISDIR(facts.st_mode))
        error_set(error, "%s: this is a directory, a file is wanted", input->name);
    else {
        files_note_read(file, path);
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
    free(input->units);
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
    ssize_t count = patient_read(input->file, bytes, want);
    *got = count > 0 ? (size_t)count : 0;
    return count >= 0 || error_set(error, "%s: cannot be read: %s", input->name, error_cause(errno));
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

static bool read_plain(struct input *input, char *bytes, size_t want, size_t *got, struct error *error)
{
    return (input->unpack ? unpack : read_file)(input, bytes, want, got, error);
}

/* UTF-8; *got is 0 at the end only. */
static bool read_wide(struct input *input, char *bytes, size_t want, size_t *got, struct error *error)
{
    size_t most = want < UTF16_ROOM(PIECE) ? want / 3 : PIECE, units;
    for (*got = 0; *got == 0;) {
        if (!read_plain(input, input->units, most > 8 ? most - 8 : 1, &units, error))
            return false;
        if (units == 0)
            return true;
        *got = utf16_decode(&input->utf16, input->units, units, bytes);
    }
    return true;
}

/* Reads until the buffer holds `want` bytes or the file ends. */
static bool fill(struct input *input, size_t want, struct error *error)
{
    xgrow(&input->owned, &input->capacity, want + (input->wide ? UTF16_ROOM(8) : 0), 1);
    input->bytes = input->owned;
    while (input->have < want && !input->ended) {
        size_t got;
        if (!(input->wide ? read_wide : read_plain)(input, input->owned + input->have, input->capacity - input->have,
                                                    &got, error))
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

/* What was read so far, or all of memory, is UTF-16. */
static void start_decoding(struct input *input)
{
    size_t room = UTF16_ROOM(input->have);
    char *text = xreallocarray(NULL, room, 1);
    size_t length = utf16_decode(&input->utf16, input->bytes, input->have, text);
    input->units = xreallocarray(NULL, PIECE, 1);
    free(input->owned);
    input->owned = text;
    input->capacity = room;
    input->bytes = text;
    input->have = length;
    input->wide = true;
}

/* LOOK_LINES at most. */
static size_t count_lines(const char *bytes, size_t length)
{
    size_t lines = 0;
    for (const char *ends = "\n\r"; *ends && lines == 0; ends++)
        for (const char *at = bytes, *end = bytes + length; lines < LOOK_LINES && at < end; lines++) {
            at = memchr(at, *ends, (size_t)(end - at));
            if (!at)
                break;
            at++;
        }
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
            if (!look_ahead(input, error) || !fill(input, UNPACKED, error))
                return false;
        }
        if (utf16_begins(input->bytes, input->have, &input->utf16)) {
            start_decoding(input);
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

/* Where bytes behind the look ahead can be read: in a plain file, whose size is known. */
static bool can_jump(const struct input *input)
{
    return input->file >= 0 && !input->unpack && !input->wide && input->size > (double)input->have;
}

size_t input_excerpt(struct input *input, double place, size_t from, char *buffer, size_t size)
{
    double end = can_jump(input) ? input->size : (double)(input->have - input->at), room = (double)size;
    if ((double)from + room >= end)
        return 0;
    double at = (double)from + place * (end - (double)from) - room;
    at = at < (double)from ? (double)from : at;
    if (can_jump(input)) {
        ssize_t got = pread(input->file, buffer, size, (off_t)at);
        return got > 0 ? (size_t)got : 0;
    }
    memcpy(buffer, input->bytes + input->at + (size_t)at, size);
    return size;
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

double input_size(const struct input *input)
{
    double have = (double)(input->have - input->at);
    if (input->ended || input->size == 0)
        return have;
    if (can_jump(input))
        return input->size;
    return input->consumed > 0 && input->consumed < input->size ? have * input->size / input->consumed : have;
}

double input_fraction(const struct input *input)
{
    if (input->size == 0)
        return 0;
    return input->consumed < input->size ? input->consumed / input->size : 1;
}
