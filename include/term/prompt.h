/* The only place that knows Readline: the command line as an object that is fed bytes and asked what to show.
 * One prompt at a time (Readline allows no other). UI thread only. */
#ifndef TERM_PROMPT_H
#define TERM_PROMPT_H

#include <stdbool.h>
#include <stddef.h>

struct prompt_handlers {
    void *context;
    /* A finished line (borrowed), already in the history unless blank. */
    void (*line)(void *context, const char *line);
    /* Matches for the word line[start..end): a malloc'ed, NULL-terminated array of malloc'ed strings, or
     * NULL. */
    char **(*complete)(void *context, const char *line, size_t start, size_t end);
    /* More than one completion: show them. */
    void (*matches)(void *context, char **matches, size_t count);
    /* End of file on an empty line (Ctrl-D). */
    void (*end)(void *context);
};

/* In a locale that knows ASCII only LC_CTYPE (and LC_ALL of the environment) becomes C.UTF-8, so that what is typed
 * beyond ASCII is kept; what may be drawn (screen_glyphs) is to be asked before. Keys and editing follow the user's
 * inputrc, where `$if lifscope` holds. `history_file` (NULL: none) is read now and added to by prompt_close; that
 * either fails is no error. */
void prompt_open(const struct prompt_handlers *handlers, const char *history_file);
/* For prompt_read_plain: only `context` and `complete` are used. */
void prompt_open_plain(const struct prompt_handlers *handlers, const char *history_file);
void prompt_close(void); /* writes the history file */
/* The bytes of one or more whole keys; calls the handlers from inside. A sequence bound to nothing is
 * ignored. */
void prompt_feed(const char *bytes, size_t length);
/* Readline, or the user's inputrc, has bound this sequence, or longer ones that begin with it. */
bool prompt_binds(const char *bytes, size_t length);
/* Inserts the first line of a pasted text (length > 0) literally (a tab as a blank, other control characters left out)
 * and runs it if it has an end. Returns how many bytes that was: what is behind them waits for the next call. */
size_t prompt_paste(const char *text, size_t length);
/* Empties the line and ends a search (Ctrl-C); true if there was something to empty. */
bool prompt_cancel(void);
/* Nothing is typed, and Readline waits for no rest of a key, no search and no count. */
bool prompt_empty(void);
/* What to draw: Readline's present prompt ("> ", "(reverse-i-search)`ta': "), the line, the cursor in bytes.
 * Borrowed until the next call. */
void prompt_state(const char **prompt, const char **line, size_t *cursor);
/* A line read without a screen (lifscope --plain): blocking, with completion and history; NULL at the end.
 * malloc'ed. Ctrl-C drops the line and begins another. Needs signals_open. */
char *prompt_read_plain(const char *prompt);
/* The version of Readline. */
const char *prompt_library(void);

#endif
