/* Who is told things. Rooms that know neither screens nor sessions say what they have to say to a voice; the session
 * implements it. Called on the thread that owns what speaks (today the UI thread). */
#ifndef BASE_VOICE_H
#define BASE_VOICE_H

enum voice_kind {
    VOICE_SAY,    /* a confirmation: seen by people, not by scripts */
    VOICE_NOTE,   /* something to know that is no failure; in scripts on the error stream */
    VOICE_REPORT, /* what was found out and decided: an answer for people, in scripts on the error stream */
};

struct voice {
    void (*tell)(void *context, enum voice_kind kind, const char *text); /* `text` is borrowed; NULL: nobody listens */
    void *context;
};

void voice_say(const struct voice *voice, const char *format, ...) __attribute__((format(printf, 2, 3)));
void voice_note(const struct voice *voice, const char *format, ...) __attribute__((format(printf, 2, 3)));
void voice_report(const struct voice *voice, const char *text);

#endif
