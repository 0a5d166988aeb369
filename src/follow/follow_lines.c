/* libcsv cannot go on after a broken line, so a block with one is read again line by line, the rows that were
 * given already passed over. */
#include "follow/follow_lines.h"

#include <string.h>

bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

size_t complete_lines(const char *bytes, size_t length)
{
    while (length > 0 && !is_line_end(bytes[length - 1]))
        length--;
    return length;
}

const char *without_place(const struct error *error)
{
    const char *sentence = strstr(error->text, ": ");
    return sentence ? sentence + 2 : error->text;
}

static bool take_row(void *context, const struct row *row, struct error *error)
{
    struct follow_lines *l = context;
    (void)error;
    l->met++;
    if (l->pass > 0)
        l->pass--;
    else
        l->visit.row(l->visit.context, row, l->base + row->line);
    return true;
}

static void new_rows(struct follow_lines *l, uint64_t line)
{
    rows_free(l->rows);
    l->rows = rows_new("", &l->style, take_row, l);
    l->base = line;
}

void follow_lines_begin(struct follow_lines *l, const struct text_style *style, uint64_t before,
                        const struct follow_visitor *visit)
{
    l->style = *style;
    l->visit = *visit;
    l->lines = before;
    l->begun = false;
    l->after_cr = false;
    new_rows(l, before);
}

void follow_lines_end(struct follow_lines *l)
{
    rows_free(l->rows);
    *l = (struct follow_lines){0};
}

/* Line ends; CR LF is one. */
static uint64_t count_lines(struct follow_lines *l, const char *bytes, size_t length)
{
    uint64_t lines = 0;
    bool crs = memchr(bytes, '\r', length) != NULL;
    for (size_t i = 0; i < length; i++)
        lines += bytes[i] == '\n';
    for (size_t i = 0; crs && i < length; i++)
        lines += bytes[i] == '\r' && !(i + 1 < length && bytes[i + 1] == '\n');
    l->after_cr = bytes[length - 1] == '\r';
    return lines;
}

/* Where the line that begins at `bytes` ends, its end included. */
static size_t line_length(const char *bytes, size_t length)
{
    size_t n = 0;
    while (n < length && !is_line_end(bytes[n]))
        n++;
    if (n + 1 < length && bytes[n] == '\r' && bytes[n + 1] == '\n')
        n++;
    return n < length ? n + 1 : length;
}

size_t lines_length(const char *bytes, size_t length, uint64_t lines)
{
    size_t at = 0;
    for (; lines > 0 && at < length; lines--)
        at += line_length(bytes + at, length - at);
    return at;
}

/* A block in which `given` rows were met before a line that is broken. */
static void read_line_by_line(struct follow_lines *l, const char *bytes, size_t length, size_t given)
{
    uint64_t line = l->lines;
    l->pass = given;
    new_rows(l, line);
    for (size_t n; length > 0; bytes += n, length -= n, line++) {
        struct error broken;
        n = line_length(bytes, length);
        bool good = rows_feed(l->rows, bytes, n, &broken);
        if (good && rows_between(l->rows))
            continue;
        l->visit.broken(l->visit.context, line + 1, good ? "a quotation mark is not closed" : without_place(&broken));
        new_rows(l, line + 1);
    }
    l->pass = 0;
}

uint64_t follow_lines_feed(struct follow_lines *l, const char *bytes, size_t length)
{
    struct error ignored;
    if (!l->begun && length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
        bytes += 3;
        length -= 3;
    }
    if (l->after_cr && length > 0 && *bytes == '\n') { /* the line before ends with it */
        l->after_cr = false;
        bytes++;
        length--;
    }
    if (length == 0)
        return 0;
    l->met = 0;
    l->begun = true;
    if (!rows_feed(l->rows, bytes, length, &ignored) || !rows_between(l->rows))
        read_line_by_line(l, bytes, length, l->met);
    uint64_t lines = count_lines(l, bytes, length);
    l->lines += lines;
    return lines;
}
