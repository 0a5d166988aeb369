/* Running lines: at once, by a key, or when what they wait for is over. UI thread only. */
#ifndef SESSION_LINE_H
#define SESSION_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct session;

/* Runs the command of a key: what the screen shows anyway is not said. */
void session_run_quietly(struct session *session, const char *command);
/* Runs one line at once, whatever waits. */
bool line_run(struct session *session, const char *line, const char *file, size_t number);
/* The next line of the queue that no stop holds back; false: there is none. */
bool line_run_next(struct session *session);
/* All of these, while nothing waits. */
bool line_run_queue(struct session *session);
/* Puts a line into the queue behind those the present command put there, before all others. */
void line_insert(struct session *session, const char *line, const char *file, size_t number);
/* All but what a stop holds back. */
void line_drop_queue(struct session *session);
/* A command failed after its line was left: the rest of the line is not run if it was cut there, nor what else its file
 * (or NULL) says. */
void line_drop_failed(struct session *session, bool cut, const char *file);

/* Runs one command that gives a table, which goes to the taker alone: at once, or, when it takes long, as soon as it is
 * there. False with a sentence. Takes the taker's context. */
struct answer_taker;
bool line_table(struct session *session, const char *line, const struct answer_taker *taker, struct error *error);
/* Runs one command quietly; what it fails with goes into *error and nowhere else. */
bool line_try(struct session *session, const char *line, struct error *error);

#endif
