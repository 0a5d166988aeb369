#include "base/plain_text.h"

#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"

static bool acts(uint32_t point)
{
    if (point == '\n' || point == '\t')
        return false;
    return point < 0x20 || (point >= 0x7f && point < 0xa0) || point == 0x061c || point == 0x200e || point == 0x200f ||
           (point >= 0x2028 && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069);
}

void plain_text_write(FILE *stream, const char *text)
{
    for (size_t left = strlen(text); left > 0;) {
        uint32_t point;
        size_t used = utf8_decode(text, left, &point);
        if (acts(point) || (point == 0xfffd && used == 1))
            fputc('?', stream);
        else
            fwrite(text, 1, used, stream);
        text += used;
        left -= used;
    }
}
