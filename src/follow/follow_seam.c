/* Cells are counted: the halves of a row have one cell too many together, since one is cut in two. When the
 * cut is in the first cell, the second half is as long as a row, and its time tells: a half of it is not the
 * next time. */
#include "follow/follow_seam.h"

#include <math.h>
#include <string.h>

#include "follow/follow_lines.h"

static bool is_between(char delimiter, char c)
{
    return c == delimiter || (delimiter == ' ' && c == '\t');
}

/* Runs of blanks are one mark between cells, and at an end of the row they are none, but at the cut they are.
 */
static size_t count_cells(char delimiter, const char *bytes, size_t length, size_t end_of_row)
{
    size_t cells = 1;
    for (size_t i = 0; i < length; i++) {
        bool run = delimiter == ' ' && (i == end_of_row || (i > 0 && is_between(' ', bytes[i - 1])));
        cells += is_between(delimiter, bytes[i]) && !run;
    }
    return cells;
}

static bool read_number(const struct follow_table *t, const char *bytes, size_t length, double *value)
{
    char copy[64 + FIELD_ROOM] = "";
    if (length == 0 || length > 64)
        return false;
    memcpy(copy, bytes, length);
    struct field field = {copy, length};
    return field_number_shifted(&t->look.style, &field, t->harvest.shift, value) && isfinite(*value);
}

static size_t first_cell(const struct follow_table *t, const char *bytes, size_t length)
{
    size_t n = 0;
    while (n < length && !is_between(t->look.style.delimiter, bytes[n]))
        n++;
    return n;
}

static size_t last_cell(const struct follow_table *t, const char *bytes, size_t length)
{
    size_t n = 0;
    while (n < length && !is_between(t->look.style.delimiter, bytes[length - 1 - n]))
        n++;
    return n;
}

/* The cell that is in both halves; false if it is too long for one. */
static size_t join_cell(const struct follow_table *t, const char *a, size_t n, const char *b, size_t m, char cell[64])
{
    size_t end = last_cell(t, a, n), begin = first_cell(t, b, m);
    if (end + begin > 64)
        return 0;
    memcpy(cell, a + n - end, end);
    memcpy(cell + end, b, begin);
    return end + begin;
}

/* All of a row is in `b`, but its first cell may be the end of one. */
static bool is_nearer_joined(const struct follow_table *t, const char *b, size_t m, double joined)
{
    double alone, last = t->harvest.previous;
    if (t->harvest.time_column != 0) /* the number of a neuron is cut; nothing tells */
        return true;
    return joined >= last &&
           !(read_number(t, b, first_cell(t, b, m), &alone) && fabs(alone - last) <= fabs(joined - last));
}

bool follow_seam_joins(const struct follow_table *t, const char *a, size_t n, const char *b, size_t m)
{
    char delimiter = t->look.style.delimiter, cell[64];
    double cut, joined = 0;
    while (m > 0 && is_line_end(b[m - 1]))
        m--;
    while (m > 0 && delimiter == ' ' && is_between(' ', b[m - 1]))
        m--;
    size_t width = t->look.columns, before = count_cells(delimiter, a, n, 0), after = count_cells(delimiter, b, m, m);
    if (width < 2 || before + after != width + 1)
        return false;
    size_t length = join_cell(t, a, n, b, m, cell);
    bool number = read_number(t, cell, length, &joined);
    if (read_number(t, a + n - last_cell(t, a, n), last_cell(t, a, n), &cut) && !number)
        return false;
    return after < width || (number && is_nearer_joined(t, b, m, joined));
}
