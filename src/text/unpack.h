/* Streaming decompression of gzip through zlib. */
#ifndef TEXT_UNPACK_H
#define TEXT_UNPACK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct unpack;

/* Whether the first bytes of a file are those of gzip. */
bool unpack_is_packed(const char *bytes, size_t length);

struct unpack *unpack_new(void);
void unpack_free(struct unpack *unpack);

/* More packed bytes are wanted before anything can come out. */
bool unpack_is_hungry(const struct unpack *unpack);
/* Borrowed until the unpack is hungry again. */
void unpack_feed(struct unpack *unpack, const char *bytes, size_t length);
/* Up to `size` unpacked bytes into out; *got may be 0 when it got hungry. *ended: nothing more will come,
 * whatever is fed. False with a sentence without the file's name: the data are damaged. */
bool unpack_take(struct unpack *unpack, char *out, size_t size, size_t *got, bool *ended, struct error *error);
/* There is nothing more to feed: false with a sentence when something is missing. */
bool unpack_finish(const struct unpack *unpack, struct error *error);

#endif
