/* Up to eight decimal digits at once, without a branch for each: in the bytes of a 64-bit word neighbours are
 * joined to pairs, pairs to fours, fours to eight (Lemire, "Quickly parsing eight digits", 2018).
 * Functions that take `text` read DIGITS_ROOM bytes from it, which must be there. Any thread. */
#ifndef TEXT_DIGITS_H
#define TEXT_DIGITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define DIGITS_MOST 8
#define DIGITS_ROOM 8 /* so many bytes are read, however few digits there are */

static inline uint64_t digits_load(const char *text)
{
    uint64_t word;
    memcpy(&word, text, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

/* The number written by text[0..count), 1 <= count <= 8; false if any of them is no digit. */
static inline bool digits_parse(const char *text, size_t count, uint64_t *value)
{
    const uint64_t zeros = UINT64_C(0x3030303030303030), high = UINT64_C(0xf0f0f0f0f0f0f0f0);
    unsigned half = (unsigned)(4 * count);
    /* The first digits go to the high bytes, and zeros before them. */
    uint64_t word = digits_load(text) << (64 - 2 * half) | zeros >> half >> half;
    if (((word & high) ^ zeros) | (((word + UINT64_C(0x0606060606060606)) & high) ^ zeros))
        return false;
    word = (word & UINT64_C(0x0f0f0f0f0f0f0f0f)) * (10 * 256 + 1) >> 8;
    word = (word & UINT64_C(0x00ff00ff00ff00ff)) * (UINT64_C(100) * 65536 + 1) >> 16;
    *value = (word & UINT64_C(0x0000ffff0000ffff)) * ((UINT64_C(10000) << 32) + 1) >> 32;
    return true;
}

/* Where the first '.' is in text[0..length), looking at eight bytes at most; if there is none, where the
 * looking ended. */
static inline size_t digits_point(const char *text, size_t length)
{
    size_t seen = length < DIGITS_MOST ? length : DIGITS_MOST;
    unsigned half = (unsigned)(4 * seen);
    uint64_t behind = seen < DIGITS_MOST ? UINT64_MAX << 2 * half : 0;
    uint64_t other = (digits_load(text) ^ UINT64_C(0x2e2e2e2e2e2e2e2e)) | behind;
    uint64_t found = (other - UINT64_C(0x0101010101010101)) & ~other & UINT64_C(0x8080808080808080);
    return found ? (size_t)__builtin_ctzll(found) / 8 : seen;
}

#endif
