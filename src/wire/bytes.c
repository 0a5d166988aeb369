#include "wire/bytes.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

void bytes_free(struct bytes *bytes)
{
    free(bytes->at);
    *bytes = (struct bytes){0};
}

static uint8_t *room(struct bytes *bytes, size_t length)
{
    xgrow(&bytes->at, &bytes->capacity, bytes->length + length, 1);
    bytes->length += length;
    return bytes->at + bytes->length - length;
}

void bytes_append(struct bytes *bytes, const void *from, size_t length)
{
    if (length > 0)
        memcpy(room(bytes, length), from, length);
}

void bytes_u8(struct bytes *bytes, uint8_t value)
{
    *room(bytes, 1) = value;
}

static void put(uint8_t *at, uint64_t value, size_t length)
{
    for (size_t i = 0; i < length; i++)
        at[i] = (uint8_t)(value >> 8 * i);
}

void bytes_u32(struct bytes *bytes, uint32_t value)
{
    put(room(bytes, 4), value, 4);
}

void bytes_u64(struct bytes *bytes, uint64_t value)
{
    put(room(bytes, 8), value, 8);
}

void bytes_f64(struct bytes *bytes, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    bytes_u64(bytes, bits);
}

void bytes_count(struct bytes *bytes, uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        bytes_u8(bytes, (uint8_t)(value | 0x80));
    bytes_u8(bytes, (uint8_t)value);
}

void bytes_text(struct bytes *bytes, const char *text)
{
    size_t length = strlen(text);
    bytes_count(bytes, length);
    bytes_append(bytes, text, length);
}

void bytes_text_or_null(struct bytes *bytes, const char *text)
{
    bytes_u8(bytes, text != NULL);
    if (text)
        bytes_text(bytes, text);
}

void bytes_doubles(struct bytes *bytes, const double *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        bytes_f64(bytes, values[i]);
}

struct reader reader_of(const struct bytes *bytes)
{
    return (struct reader){.at = bytes->at, .left = bytes->length};
}

/* The next bytes, or NULL from now on. */
static const uint8_t *next(struct reader *reader, size_t length)
{
    if (reader->bad || length > reader->left) {
        reader->bad = true;
        return NULL;
    }
    const uint8_t *at = reader->at;
    reader->at += length;
    reader->left -= length;
    return at;
}

static uint64_t get(struct reader *reader, size_t length)
{
    const uint8_t *at = next(reader, length);
    uint64_t value = 0;
    for (size_t i = 0; at && i < length; i++)
        value |= (uint64_t)at[i] << 8 * i;
    return value;
}

uint8_t read_u8(struct reader *reader)
{
    return (uint8_t)get(reader, 1);
}

uint32_t read_u32(struct reader *reader)
{
    return (uint32_t)get(reader, 4);
}

uint64_t read_u64(struct reader *reader)
{
    return get(reader, 8);
}

double read_f64(struct reader *reader)
{
    uint64_t bits = get(reader, 8);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

bool read_flag(struct reader *reader)
{
    uint8_t value = read_u8(reader);
    reader->bad = reader->bad || value > 1;
    return value == 1;
}

uint64_t read_count(struct reader *reader)
{
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !reader->bad; shift += 7) {
        uint8_t byte = read_u8(reader);
        bool fits = shift < 63 || byte <= 1, shortest = byte != 0 || shift == 0;
        if (!fits || (!(byte & 0x80) && !shortest))
            break;
        value |= (uint64_t)(byte & 0x7f) << shift;
        if (!(byte & 0x80))
            return reader->bad ? 0 : value;
    }
    reader->bad = true;
    return 0;
}

size_t read_count_of(struct reader *reader, size_t size)
{
    uint64_t count = read_count(reader);
    if (count <= reader->left / size)
        return (size_t)count;
    reader->bad = true;
    return 0;
}

char *read_text(struct reader *reader)
{
    size_t length = read_count_of(reader, 1);
    const uint8_t *at = next(reader, length);
    if (!at)
        return NULL;
    if (length > 0 && memchr(at, 0, length)) {
        reader->bad = true;
        return NULL;
    }
    return xstrndup((const char *)at, length);
}

char *read_text_or_null(struct reader *reader)
{
    return read_flag(reader) ? read_text(reader) : NULL;
}

double *read_doubles(struct reader *reader, size_t count)
{
    if (reader->bad || count > reader->left / sizeof(double)) {
        reader->bad = true;
        return NULL;
    }
    double *values = xreallocarray(NULL, count, sizeof *values);
    for (size_t i = 0; i < count; i++)
        values[i] = read_f64(reader);
    return values;
}

bool read_end(const struct reader *reader)
{
    return !reader->bad && reader->left == 0;
}
