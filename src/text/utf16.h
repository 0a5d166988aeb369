/* UTF-16, as Windows programs write it, brought to UTF-8 as it streams in. Any thread. */
#ifndef TEXT_UTF16_H
#define TEXT_UTF16_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct utf16 {
    bool big;           /* the high byte of each pair comes first */
    bool odd;           /* half of a pair is left from before, */
    unsigned char half; /* it */
    uint32_t high;      /* of a pair of surrogates, whose other half is still to come; 0: none is */
};

/* Whether a text begins like UTF-16: with its mark, or with letters of which every other byte is NUL. */
bool utf16_begins(const char *bytes, size_t length, struct utf16 *state);

/* The next bytes as UTF-8, without the mark; the number of bytes put out, UTF16_ROOM(length) at most. */
#define UTF16_ROOM(length) (3 * ((length) / 2 + 2))
size_t utf16_decode(struct utf16 *state, const char *bytes, size_t length, char *out);

#endif
