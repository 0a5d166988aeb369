/* Where the cells of plain text may end, 64 bytes at a time. Any thread. */
#ifndef TEXT_MARKS_H
#define TEXT_MARKS_H

#include <stdint.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define MARKS_BYTES 64

/* Bit i is set where text[i] is the delimiter or no more than '%': line ends, blanks, quotation marks, zero bytes, the
 * beginnings of comments, and '!' and '$'. 64 bytes are read. */
static inline uint64_t marks_find(const char *text, char delimiter)
{
    uint64_t marks = 0;
#ifdef __SSE2__
    const __m128i delimiters = _mm_set1_epi8(delimiter), most = _mm_set1_epi8('%');
    for (int i = 0; i < MARKS_BYTES; i += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(text + i));
        __m128i small = _mm_cmpeq_epi8(_mm_max_epu8(bytes, most), most);
        __m128i found = _mm_or_si128(small, _mm_cmpeq_epi8(bytes, delimiters));
        marks |= (uint64_t)(uint32_t)_mm_movemask_epi8(found) << i;
    }
#else
    for (int i = 0; i < MARKS_BYTES; i++)
        marks |= (uint64_t)(text[i] == delimiter || (unsigned char)text[i] <= '%') << i;
#endif
    return marks;
}

#endif
