#include "draw/transcript.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

struct line {
    char *text;
    enum ink ink;
};

/* A ring: line i is ring[(first + i) % limit]. */
struct transcript {
    size_t limit, first, count, offset;
    struct line *ring;
};

struct transcript *transcript_new(size_t limit)
{
    struct transcript *t = xcalloc(1, sizeof *t);
    t->limit = limit ? limit : 1;
    t->ring = xcalloc(t->limit, sizeof *t->ring);
    return t;
}

void transcript_clear(struct transcript *t)
{
    for (size_t i = 0; i < t->limit; i++) {
        free(t->ring[i].text);
        t->ring[i].text = NULL;
    }
    t->first = t->count = t->offset = 0;
}

void transcript_free(struct transcript *t)
{
    if (!t)
        return;
    transcript_clear(t);
    free(t->ring);
    free(t);
}

static void add_line(struct transcript *t, enum ink ink, const char *text, size_t length)
{
    struct line *line = &t->ring[(t->first + t->count) % t->limit];
    free(line->text); /* the oldest, once the ring is full */
    line->text = xstrndup(text, length);
    line->ink = ink;
    if (t->count < t->limit)
        t->count++;
    else
        t->first = (t->first + 1) % t->limit;
}

void transcript_add(struct transcript *t, enum ink ink, const char *text)
{
    t->offset = 0;
    const char *end = strchr(text, '\n');
    for (; end; end = strchr(text, '\n')) {
        add_line(t, ink, text, (size_t)(end - text));
        text = end + 1;
        if (!*text)
            return;
    }
    add_line(t, ink, text, strlen(text));
}

size_t transcript_lines(const struct transcript *t)
{
    return t->count;
}

const char *transcript_line(const struct transcript *t, size_t i, enum ink *ink)
{
    if (i >= t->count)
        return "";
    const struct line *line = &t->ring[(t->first + i) % t->limit];
    if (ink)
        *ink = line->ink;
    return line->text;
}

void transcript_scroll(struct transcript *t, long lines)
{
    size_t most = t->count ? t->count - 1 : 0;
    size_t distance = lines < 0 ? 0 - (size_t)lines : (size_t)lines;
    if (lines >= 0)
        t->offset = distance > most - t->offset ? most : t->offset + distance;
    else
        t->offset = distance > t->offset ? 0 : t->offset - distance;
}

size_t transcript_offset(const struct transcript *t)
{
    return t->offset;
}
