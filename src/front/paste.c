#include "front/paste.h"

#include "base/clock.h"
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
