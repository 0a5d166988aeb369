/* Comments are written in lines of a file's width; a screen has its own, so a paragraph is joined and broken
 * anew. */
#include "session/lesson.h"

#include <string.h>

#include "session/message.h"
#include "session/session.h"

#define BLANKS " \t\r"

void lesson_end(struct session *session)
{
    if (session->remark.length > 0)
        session_remark(session, text_string(&session->remark));
    text_free(&session->remark);
}

static void add_comment(struct session *session, const char *line)
{
    const char *words = line + strspn(line, BLANKS);
    bool stands_alone = words - line > 1;
    if (!*words || stands_alone)
        lesson_end(session);
    if (!*words)
        return;
    text_printf(&session->remark, "%s%s", session->remark.length ? " " : "# ", stands_alone ? line : words);
    if (stands_alone)
        lesson_end(session);
}

void lesson_say(struct session *session, const char *line)
{
    if (!session->options.screen && !session->options.interactive)
        return;
    line += strspn(line, BLANKS);
    if (*line == '#') {
        add_comment(session, line + 1);
        return;
    }
    lesson_end(session);
    if (*line)
        session_echo(session, line);
}
