/* utf8proc knows which code points combine, which are wide, and what is malformed. */
#include "base/utf8.h"

#include <stdbool.h>
#include <utf8proc.h>

int utf8_width(uint32_t point)
{
    if (point < 0x300) /* controls and the soft hyphen take a column here: what is drawn has none of them */
        return 1;
    /* Terminals give a column to vowel signs that stand beside their letter and to what is not assigned yet;
     * utf8proc gives them none. */
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)point);
    int width = utf8proc_charwidth((utf8proc_int32_t)point);
    return width == 0 && (category == UTF8PROC_CATEGORY_MC || category == UTF8PROC_CATEGORY_CN) ? 1 : width;
}

size_t utf8_decode(const char *bytes, size_t length, uint32_t *point)
{
    utf8proc_int32_t value;
    utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)bytes, (utf8proc_ssize_t)length, &value);
    *point = size > 0 ? (uint32_t)value : 0xFFFD;
    return size > 0 ? (size_t)size : 1;
}

size_t utf8_encode(uint32_t point, char *out)
{
    bool valid = point <= 0x10FFFF && !(point >= 0xD800 && point <= 0xDFFF);
    return (size_t)utf8proc_encode_char(valid ? (utf8proc_int32_t)point : 0xFFFD, (utf8proc_uint8_t *)out);
}

/* At most four bytes of a string, never past its terminator: a sequence cut short stops at it and is malformed. */
static size_t step(const char *text, uint32_t *point)
{
    size_t length = 1;
    while (length < 4 && text[length])
        length++;
    return utf8_decode(text, length, point);
}

size_t utf8_step(const char *text)
{
    uint32_t point;
    return *text ? step(text, &point) : 0;
}

size_t utf8_columns(const char *text)
{
    size_t columns = 0;
    while (*text) {
        uint32_t point;
        text += step(text, &point);
        columns += (size_t)utf8_width(point);
    }
    return columns;
}

const char *utf8_library(void)
{
    return utf8proc_version();
}
