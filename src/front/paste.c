#include "front/paste.h"

#include <string.h>

#include "base/clock.h"
#include "term/keys.h"
#include "term/prompt.h"

void paste_add(struct paste *paste, const char *bytes, size_t length)
{
    text_append(&paste->text, bytes, length);
}

bool paste_waits(const struct paste *paste)
{
    return paste->at < paste->text.length;
}

bool paste_drop(struct paste *paste)
{
    bool waited = paste_waits(paste);
    text_clear(&paste->text);
    paste->at = 0;
    return waited;
}

void paste_go_on(struct paste *paste, double seconds)
{
    double end = clock_seconds() + seconds;
    do {
        size_t before = paste->at, left = paste->text.length - before;
        size_t used = left ? prompt_paste(paste->text.bytes + before, left) : 0;
        if (paste->at == before) /* the line that was run may have dropped the rest */
            paste->at += used;
    } while (paste_waits(paste) && clock_seconds() < end);
    if (!paste_waits(paste))
        paste_drop(paste);
}

void paste_give_up(struct paste *paste)
{
    paste->given_up = true;
}

/* Where the six bytes of a mark begin; `length` when it is not there. */
static size_t find_mark(const char *bytes, size_t length, const char *mark)
{
    size_t at = 0;
    while (at < length && (length - at < strlen(mark) || memcmp(bytes + at, mark, strlen(mark)) != 0))
        at++;
    return at;
}

/* A line end with more than a line end behind it. */
static bool has_lines(const char *bytes, size_t length)
{
    while (length > 0 && (bytes[length - 1] == '\r' || bytes[length - 1] == '\n'))
        length--;
    return memchr(bytes, '\r', length) || memchr(bytes, '\n', length);
}

size_t paste_rest(struct paste *paste, const char *bytes, size_t length)
{
    if (!paste->given_up)
        return 0;
    size_t next = find_mark(bytes, length, KEYS_PASTE_BEGIN), end = find_mark(bytes, next, KEYS_PASTE_END);
    paste->given_up = next == length && end == next;
    if (end < next)
        return end + strlen(KEYS_PASTE_END);
    return has_lines(bytes, next) ? next : 0;
}
