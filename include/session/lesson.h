/* A sourced file as people see it: what it says in comments and which commands it gives, between their
 * answers. Scripts that nobody watches say nothing. UI thread only. */
#ifndef SESSION_LESSON_H
#define SESSION_LESSON_H

struct session;

/* The next line of the file. Lines of a comment that follow one another become a paragraph, which is said
 * when it ends; those that are indented stay as they are. */
void lesson_say(struct session *session, const char *line);
/* The file has ended: its last comment is said. */
void lesson_end(struct session *session);

#endif
