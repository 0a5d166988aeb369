/* Numbers to be read from the last row of a room: a digit is three cells wide and five high. */
#include "frame/part.h"

#include <string.h>

static const char signs[] = "0123456789.-+%";
/* Rows from the top, three bits each, the left column the highest. */
static const unsigned char shape[sizeof signs - 1][BIG_ROWS] = {
    {7, 5, 5, 5, 7}, {2, 6, 2, 2, 7}, {7, 1, 7, 4, 7}, {7, 1, 7, 1, 7}, {5, 5, 7, 1, 1},
    {7, 4, 7, 1, 7}, {7, 4, 7, 5, 7}, {7, 1, 1, 1, 1}, {7, 5, 7, 5, 7}, {7, 5, 7, 1, 7},
    {0, 0, 0, 0, 2}, {0, 0, 7, 0, 0}, {0, 2, 7, 2, 0}, {5, 1, 2, 4, 5},
};

/* Bytes that are drawn large. */
static size_t large(const char *number)
{
    return strspn(number, signs);
}

int big_columns(const struct canvas *canvas, const char *number)
{
    size_t length = large(number);
    return (int)length * 4 + canvas_columns(canvas, number + length);
}

void big_draw(struct canvas *canvas, int x, int y, const char *number, enum ink ink)
{
    size_t length = large(number);
    for (size_t i = 0; i < length; i++, x += 4) {
        const unsigned char *rows = shape[strchr(signs, number[i]) - signs];
        for (int row = 0; row < BIG_ROWS; row++)
            for (int column = 0; column < 3; column++)
                if (rows[row] >> (2 - column) & 1)
                    canvas_put(canvas, x + column, y + row, canvas->glyphs == GLYPHS_ASCII ? '#' : 0x2588, ink);
    }
    canvas_text(canvas, x, y + BIG_ROWS - 1, -1, ink, number + length);
}
