/* The look ahead stays in the buffer and is handed out as the first piece; after it the buffer is refilled from the
 * file. Memory is a buffer that is full from the start. */
#include "record/input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/xalloc.h"

#define LOOK_LEAST ((size_t)64 << 10)
#define LOOK_MOST ((size_t)16 << 20) /* a header of a million neurons fits; one line of this length is no table */
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
    double size, consumed;
};

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
    struct input *input = input_new(path, file);
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
    free(input->owned);
    free(input);
}

const char *input_name(const struct input *input)
{
    return input->name;
}

/* Reads until the buffer holds `want` bytes or the file ends. */
static bool fill(struct input *input, size_t want, struct error *error)
{
    xgrow(&input->owned, &input->capacity, want, 1);
    input->bytes = input->owned;
    while (input->have < want && !input->ended) {
        ssize_t got = read(input->file, input->owned + input->have, want - input->have);
        if (got > 0)
            input->have += (size_t)got;
        else if (got == 0)
            input->ended = true;
        else if (errno != EINTR)
            return error_set(error, "%s: cannot be read: %s", input->name, strerror(errno));
    }
    return true;
}

static size_t count_lines(const char *bytes, size_t length)
{
    size_t lines = 0;
    for (size_t i = 0; i < length; i++)
        lines += bytes[i] == '\n' || bytes[i] == '\r';
    return lines;
}

bool input_peek(struct input *input, const char **bytes, size_t *length, bool *whole, struct error *error)
{
    for (size_t want = LOOK_LEAST; input->file >= 0 && want <= LOOK_MOST; want *= 2) {
        if (!fill(input, want, error))
            return false;
        if (input->ended || count_lines(input->bytes, input->have) >= LOOK_LINES)
            break;
    }
    if (input->at == 0 && input->have >= 3 && memcmp(input->bytes, "\xef\xbb\xbf", 3) == 0)
        input->at = 3;
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
    input->consumed += (double)*length;
    return true;
}

double input_fraction(const struct input *input)
{
    if (input->size == 0)
        return 0;
    return input->consumed < input->size ? input->consumed / input->size : 1;
}
