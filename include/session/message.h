/* What a session says, and to whom. UI thread only. */
#ifndef SESSION_MESSAGE_H
#define SESSION_MESSAGE_H

#include "base/error.h"
#include "base/voice.h"

struct session;

/* A confirmation: seen by people, not by scripts. */
void session_say(struct session *session, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Something to know that is no failure; in scripts on the error stream. */
void session_note(struct session *session, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A line that is run, as it would have been typed; and what a sourced file says in its comments. Seen by
 * people. */
void session_echo(struct session *session, const char *line);
void session_remark(struct session *session, const char *text);
/* What a command found out and decided: an answer for people, in scripts on the error stream. */
void session_report(struct session *session, const char *text);
/* A result that is text; in scripts on the output stream. */
void session_answer(struct session *session, const char *text);
void session_error(struct session *session, const struct error *error);
/* This thread's work was left for want of memory (base/xalloc.h): false with a sentence. Any thread. */
bool session_lacks_memory(struct error *error);
/* The voice of a rig; `context` is the session. */
void session_tell(void *context, enum voice_kind kind, const char *text);

#endif
