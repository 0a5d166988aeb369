#include "lists.h"

#include <string.h>

#define LONGEST_LEAD 400 /* bytes before a list */
#define MOST_ABOVE 3     /* lines before the first */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

/* ---- finding ---- */

/* What a line begins with. */
enum line { LINE_EMPTY, LINE_OTHER, LINE_LIST };

static bool begins_number(char c)
{
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.';
}

static bool is_opening(char c)
{
    return c == '[' || c == '(' || c == '{';
}

static bool is_closing(char c)
{
    return c == ']' || c == ')' || c == '}';
}

static bool may_lead(const char *bytes, size_t length)
{
    while (length > 0 && (is_blank(bytes[length - 1]) || bytes[length - 1] == '"'))
        length--;
    for (size_t i = 0; i < length; i++)
        if (strchr("{}()[]", bytes[i]))
            return false;
    return length == 0 || (length <= LONGEST_LEAD && strchr(",;\t|:", bytes[length - 1]));
}

/* Nothing of weight may come behind a list: a log begins its lines with "[12.5] ", too. */
static bool may_follow(const char *bytes, size_t length)
{
    size_t at = 0;
    while (at < length && (bytes[at] == ' ' || is_closing(bytes[at])))
        at++;
    return at == length || strchr("\r\n\",;\t|", bytes[at]);
}

/* Of the line at bytes[0]; *end is where the next one begins, behind the line of the list's end. */
static enum line look_at_line(const char *bytes, size_t length, size_t *bracket, size_t *end)
{
    size_t at = 0, close;
    while (at < length && is_blank(bytes[at]) && !is_line_end(bytes[at]))
        at++;
    bool empty = at == length || is_line_end(bytes[at]) || bytes[at] == '#' || bytes[at] == '%';
    while (at < length && at <= LONGEST_LEAD && !is_line_end(bytes[at]) && !is_opening(bytes[at]))
        at++;
    *bracket = at;
    bool list = !empty && at < length && is_opening(bytes[at]) && may_lead(bytes, at);
    for (close = at + 1; list && close < length && is_blank(bytes[close]);)
        close++;
    list = list && close < length && (begins_number(bytes[close]) || is_closing(bytes[close]));
    while (list && close < length && !is_closing(bytes[close]) && !is_opening(bytes[close]))
        close++;
    list = list && (close == length || (is_closing(bytes[close]) && may_follow(bytes + close, length - close)));
    at = list ? close : at;
    const char *feed = memchr(bytes + at, '\n', length - at), *stop = feed ? feed : bytes + length;
    const char *back = memchr(bytes + at, '\r', (size_t)(stop - bytes) - at);
    stop = back ? back : stop;
    *end = stop < bytes + length ? (size_t)(stop - bytes) + 1 : length;
    return empty ? LINE_EMPTY : list ? LINE_LIST : LINE_OTHER;
}

static char delimiter_of(const char *lead, size_t length)
{
    static const char delimiters[] = {';', '\t', ',', '|'};
    for (size_t i = 0; i < sizeof delimiters; i++)
        if (memchr(lead, delimiters[i], length))
            return delimiters[i];
    return ' ';
}

static size_t count_cells(const char *lead, size_t length, char delimiter)
{
    size_t n = 0;
    for (size_t i = 0; i < length; i++)
        n += delimiter == ' ' ? !is_blank(lead[i]) && lead[i] != '"' && (i == 0 || is_blank(lead[i - 1]))
                              : lead[i] == delimiter;
    return n;
}

bool lists_find(const char *bytes, size_t length, char *delimiter, size_t *lead)
{
    size_t found = 0, others = 0;
    for (size_t at = 0, bracket, end; at < length && (found > 0 || others <= MOST_ABOVE); at += end) {
        enum line line = look_at_line(bytes + at, length - at, &bracket, &end);
        others += line == LINE_OTHER;
        if (line != LINE_LIST || found++ > 0)
            continue;
        *delimiter = delimiter_of(bytes + at, bracket);
        *lead = count_cells(bytes + at, bracket, *delimiter);
    }
    return found > 0 && others <= 1 + found / 4; /* a header, and a line that is wrong here and there */
}

/* ---- flattening ---- */

static size_t end_line(struct lists *l, char c, char *out)
{
    size_t n = 0;
    out[n++] = c;
    for (; l->owed > 0; l->owed--)
        out[n++] = '\n';
    *l = (struct lists){0};
    return n;
}

static size_t within(struct lists *l, char c, char delimiter, char *out)
{
    size_t n = 0;
    if (is_closing(c)) {
        l->inside = false;
        l->behind = true;
    } else if (is_blank(c) || c == ',' || c == ';') {
        l->apart = true;
        l->owed += c == '\n';
    } else if (!is_opening(c) && !strchr("\"'", c)) {
        if (l->apart && l->last && l->last != delimiter)
            out[n++] = delimiter;
        l->apart = false;
        out[n++] = l->last = c;
    }
    return n;
}

size_t lists_room(const struct lists *l, size_t length)
{
    return 2 * length + l->owed + 2; /* and what is apart already */
}

size_t lists_flatten(struct lists *l, const char *bytes, size_t length, char delimiter, char *out)
{
    size_t n = 0;
    for (size_t i = 0; i < length; i++) {
        char c = bytes[i];
        if (l->inside) {
            n += within(l, c, delimiter, out + n);
        } else if (is_line_end(c)) {
            n += end_line(l, c, out + n);
        } else if (is_opening(c) && !l->behind) {
            l->inside = l->apart = true;
        } else if (!l->behind && c != '"') {
            out[n++] = c;
            l->last = c;
        }
    }
    return n;
}
