#include "utf16.h"

#include "base/utf8.h"

#define MARK 0xfeffu
#define LETTERS 32 /* pairs that are looked at */

bool utf16_begins(const char *bytes, size_t length, struct utf16 *state)
{
    const unsigned char *b = (const unsigned char *)bytes;
    size_t pairs = length / 2 < LETTERS ? length / 2 : LETTERS, even = 0, odd = 0;
    *state = (struct utf16){0};
    if (length >= 2 && ((b[0] == 0xff && b[1] == 0xfe) || (b[0] == 0xfe && b[1] == 0xff))) {
        state->big = b[0] == 0xfe;
        return length < 4 || b[2] || b[3]; /* else UTF-32 */
    }
    for (size_t i = 0; i < pairs; i++) {
        even += b[2 * i] == 0 && b[2 * i + 1] != 0;
        odd += b[2 * i + 1] == 0 && b[2 * i] != 0;
    }
    state->big = even > odd;
    return pairs >= 4 && 10 * (even > odd ? even : odd) >= 9 * pairs;
}

static size_t put(uint32_t point, char *out)
{
    return point == MARK ? 0 : utf8_encode(point, out);
}

static size_t take_unit(struct utf16 *state, uint32_t unit, char *out)
{
    size_t n = 0;
    bool low = unit >= 0xdc00 && unit < 0xe000;
    if (state->high && low) {
        n = put(0x10000 + ((state->high - 0xd800) << 10) + (unit - 0xdc00), out);
        state->high = 0;
        return n;
    }
    if (state->high)
        n += put(0xfffd, out);
    state->high = unit >= 0xd800 && unit < 0xdc00 ? unit : 0;
    return state->high ? n : n + put(low ? 0xfffd : unit, out + n);
}

size_t utf16_decode(struct utf16 *state, const char *bytes, size_t length, char *out)
{
    size_t n = 0;
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        if (!state->odd) {
            state->half = byte;
            state->odd = true;
            continue;
        }
        state->odd = false;
        uint32_t first = state->half, second = byte;
        n += take_unit(state, state->big ? first << 8 | second : second << 8 | first, out + n);
    }
    return n;
}
