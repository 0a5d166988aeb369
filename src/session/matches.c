/* What Tab shows when several words are possible. */
#include <string.h>

#include "base/text.h"
#include "language/complete.h"
#include "session/message.h"
#include "session/session.h"

char **session_complete(struct session *session, const char *line, size_t start, size_t end)
{
    return complete(session, line, start, end);
}

/* What a Tab before this one showed is still there: showing it again would only push older answers away. */
static bool shown_last(const struct session *session, const char *text)
{
    const struct transcript *transcript = session->transcript;
    size_t lines = 0, all = transcript_lines(transcript);
    for (const char *c = text; *c; c++)
        lines += *c == '\n';
    for (size_t i = 0; i < lines && lines <= all; i++) {
        enum ink ink;
        const char *there = transcript_line(transcript, all - lines + i, &ink);
        size_t length = strcspn(text, "\n");
        if (strlen(there) != length + 2 || strncmp(there + 2, text, length) != 0)
            return false;
        text += length + 1;
    }
    return lines <= all;
}

void session_show_matches(struct session *session, char **matches, size_t count)
{
    struct text line = {0};
    size_t widest = 0, width = session->options.width > 8 ? (size_t)session->options.width - 4 : 4;
    for (size_t i = 0; i < count; i++)
        widest = strlen(matches[i]) > widest ? strlen(matches[i]) : widest;
    size_t columns = width / (widest + 2) ? width / (widest + 2) : 1;
    for (size_t i = 0; i < count; i++)
        text_printf(&line, "%-*s%s", (int)widest + 2, matches[i], (i + 1) % columns && i + 1 < count ? "" : "\n");
    if (session->options.screen && shown_last(session, text_string(&line)))
        transcript_scroll(session->transcript, -(long)transcript_lines(session->transcript));
    else
        session_answer(session, text_string(&line));
    text_free(&line);
}
