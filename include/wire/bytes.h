/* Numbers and text as bytes that mean the same on every machine: whole numbers and the bits of doubles with the lowest
 * byte first, counts as variable-length integers (7 bits a byte, lowest first, as in protocol buffers), text behind its
 * length. Writing never fails; reading never goes beyond the end, and once something was wrong all that follows reads
 * as 0 and `bad` stays set. One thread at a time. */
#ifndef WIRE_BYTES_H
#define WIRE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Grows as it is written; {0} is an empty one. */
struct bytes {
    uint8_t *at;
    size_t length, capacity;
};
void bytes_free(struct bytes *bytes); /* and leaves an empty one */
void bytes_append(struct bytes *bytes, const void *from, size_t length);
void bytes_u8(struct bytes *bytes, uint8_t value);
void bytes_u32(struct bytes *bytes, uint32_t value);
void bytes_u64(struct bytes *bytes, uint64_t value);
void bytes_f64(struct bytes *bytes, double value);
void bytes_count(struct bytes *bytes, uint64_t value);
void bytes_text(struct bytes *bytes, const char *text);
/* A flag, and the text if there is one. */
void bytes_text_or_null(struct bytes *bytes, const char *text);
void bytes_doubles(struct bytes *bytes, const double *values, size_t count);

/* What is left of bytes that somebody else owns. */
struct reader {
    const uint8_t *at;
    size_t left;
    bool bad;
};
struct reader reader_of(const struct bytes *bytes);
uint8_t read_u8(struct reader *reader);
uint32_t read_u32(struct reader *reader);
uint64_t read_u64(struct reader *reader);
double read_f64(struct reader *reader);
/* 0 or 1; anything else is bad. */
bool read_flag(struct reader *reader);
/* Only in its shortest form. */
uint64_t read_count(struct reader *reader);
/* A count of things of at least so many bytes each (size > 0), all of which must still be there: memory for them may be
 * asked for. */
size_t read_count_of(struct reader *reader, size_t size);
/* malloc'ed, no NUL inside; NULL when bad. */
char *read_text(struct reader *reader);
char *read_text_or_null(struct reader *reader);
/* malloc'ed; NULL when there are not so many. */
double *read_doubles(struct reader *reader, size_t count);
/* Nothing was wrong and nothing is left. */
bool read_end(const struct reader *reader);

#endif
