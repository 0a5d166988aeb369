/* Bytes to be read once, from a file or from memory, with a look ahead; what gzip has packed is unpacked on
 * the way. One thread at a time. */
#ifndef TEXT_INPUT_H
#define TEXT_INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct input;

/* NULL with a sentence: no such file, a directory, no permission. Anything readable will do, a pipe too. */
struct input *input_open(const char *path, struct error *error);
/* Bytes of the caller (borrowed), handed out in pieces of `piece` bytes (0: all at once). */
struct input *input_memory(const char *name, const char *bytes, size_t length, size_t piece);
void input_close(struct input *input);

/* What people call a path: "standard input" where it is that. `path` or a constant. */
const char *input_title(const char *path);
/* The name for sentences: the path, its beginning cut off when it is very long. */
const char *input_name(const struct input *input);

/* Looks at the first bytes without consuming any: enough for a few lines, at least 64 KiB where there are as
 * many. A byte-order mark of UTF-8 is passed over here. *whole: that is all of it. Borrowed until the first
 * input_next. */
bool input_peek(struct input *input, const char **bytes, size_t *length, bool *whole, struct error *error);

/* Up to `size` bytes from about `place`, 0..1 from byte `from` to the end, into the buffer, without consuming any; the
 * number of bytes. 0 where nothing is there, or where it cannot be read without reading all before it: then only what
 * input_peek looked at is there. After input_peek. */
size_t input_excerpt(struct input *input, double place, size_t from, char *buffer, size_t size);

/* The next piece; *length 0 at the end. Borrowed until the next call. */
bool input_next(struct input *input, const char **bytes, size_t *length, struct error *error);

/* Bytes of the text, about, as far as can be known after input_peek. */
double input_size(const struct input *input);

/* Part consumed, 0..1; 0 where the size is not known. */
double input_fraction(const struct input *input);
/* The version of zlib. */
const char *input_library(void);

#endif
