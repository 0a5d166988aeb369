#include "base/voice.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"

static void tell(const struct voice *voice, enum voice_kind kind, const char *text)
{
    if (voice->tell)
        voice->tell(voice->context, kind, text);
}

__attribute__((format(printf, 3, 0))) static void tell_formatted(const struct voice *voice, enum voice_kind kind,
                                                                 const char *format, va_list args)
{
    struct text text = {0};
    text_vprintf(&text, format, args);
    tell(voice, kind, text_string(&text));
    text_free(&text);
}

void voice_say(const struct voice *voice, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    tell_formatted(voice, VOICE_SAY, format, args);
    va_end(args);
}

void voice_note(const struct voice *voice, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    tell_formatted(voice, VOICE_NOTE, format, args);
    va_end(args);
}

void voice_report(const struct voice *voice, const char *text)
{
    tell(voice, VOICE_REPORT, text);
}
