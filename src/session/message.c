/* What a session says, and to whom: the transcript of a screen, a person at a plain line, or a script's streams. */
#include "session/message.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/plain_text.h"
#include "base/stop.h"
#include "base/text.h"
#include "base/xalloc.h"
#include "session/session.h"

/* Answers are indented under the command they belong to. */
static void transcript_put(struct session *session, enum ink ink, const char *text)
{
    struct text indented = {0};
    for (const char *line = text; *line;) {
        size_t length = strcspn(line, "\n");
        text_printf(&indented, "%s  %.*s", indented.length ? "\n" : "", (int)length, line);
        line += length + (line[length] == '\n');
    }
    transcript_add(session->transcript, ink, text_string(&indented));
    text_free(&indented);
}

static void put_plain(FILE *stream, const char *line)
{
    plain_text_write(stream, line);
    fputc('\n', stream);
}

static void put_message(struct session *session, const char *text)
{
    struct text whole = {0};
    if (session->file)
        text_printf(&whole, "lifscope: %s:%zu: %s\n", session->file, session->number, text);
    else
        text_printf(&whole, "lifscope: %s\n", text);
    plain_text_write(session->options.err, text_string(&whole));
    fflush(session->options.err);
    text_free(&whole);
}

bool session_lacks_memory(struct error *error)
{
    memory_lacks((double)xalloc_wanted(), error);
    stop_take_out_of_memory(); /* said better */
    return error_prefix(error, "out of memory: ");
}

void session_error(struct session *session, const struct error *error)
{
    struct text text = {0};
    struct error short_of_memory;
    if (stop_take_out_of_memory()) {
        error_set(&short_of_memory, "out of memory: the command was stopped before it was done");
        error = &short_of_memory;
    }
    if (!session->options.screen) {
        put_message(session, error->text);
        return;
    }
    if (session->file)
        text_printf(&text, "%s:%zu: ", session->file, session->number);
    text_add(&text, error->text);
    transcript_put(session, INK_ERROR, text_string(&text));
    text_free(&text);
}

static char *format_text(const char *format, va_list args) __attribute__((format(printf, 1, 0)));

static char *format_text(const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = xalloc((size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, args);
    return text;
}

void session_say(struct session *session, const char *format, ...)
{
    if (session->quiet || session->mute || (!session->options.screen && !session->options.interactive))
        return;
    va_list args;
    va_start(args, format);
    char *text = format_text(format, args);
    va_end(args);
    if (session->options.screen)
        transcript_put(session, INK_PLAIN, text);
    else
        put_plain(session->options.err, text);
    free(text);
}

static void put_line(struct session *session, enum ink ink, const char *before, const char *line)
{
    struct text text = {0};
    text_printf(&text, "%s%s", before, line);
    if (session->options.screen)
        transcript_add(session->transcript, ink, text_string(&text));
    else if (session->options.interactive)
        put_plain(session->options.err, text_string(&text));
    text_free(&text);
}

void session_echo(struct session *session, const char *line)
{
    put_line(session, INK_ECHO, "> ", line);
}

void session_remark(struct session *session, const char *text)
{
    put_line(session, INK_REMARK, "", text);
}

void session_note(struct session *session, const char *format, ...)
{
    va_list args;
    if (session->mute)
        return;
    va_start(args, format);
    char *text = format_text(format, args);
    va_end(args);
    if (session->options.screen)
        transcript_put(session, INK_WARN, text);
    else
        put_message(session, text);
    free(text);
}

void session_report(struct session *session, const char *text)
{
    if (session->mute)
        return;
    if (session->options.screen)
        transcript_put(session, INK_PLAIN, text);
    else if (session->options.interactive)
        put_plain(session->options.err, text);
    else
        put_message(session, text);
}

void session_answer(struct session *session, const char *text)
{
    if (session->options.screen) {
        transcript_put(session, INK_PLAIN, text);
        return;
    }
    if (session->options.interactive)
        plain_text_write(session->options.out, text);
    else
        fputs(text, session->options.out);
    if (text[0] && text[strlen(text) - 1] != '\n')
        fputc('\n', session->options.out);
    fflush(session->options.out);
}

void session_notice(struct session *session, const char *text)
{
    session_note(session, "%s", text);
}

void session_tell(void *context, enum voice_kind kind, const char *text)
{
    struct session *session = context;
    if (kind == VOICE_SAY)
        session_say(session, "%s", text);
    else if (kind == VOICE_NOTE)
        session_note(session, "%s", text);
    else
        session_report(session, text);
}
