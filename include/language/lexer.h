/* A line of the command language cut into words: VERB [WORD...] [key=value ...] [> FILE]; further commands
 * after ';'.
 *
 * Words are separated by blanks; '...' and "..." keep blanks and the signs ; # > = inside a word, and no
 * other escape exists; a quote closes on its line. '#' starts a comment, ';' and the end of a line end a
 * command, wherever they stand outside quotes. '>' outside the value of a key starts the name of the file
 * that takes the table. Pure functions of their arguments; any thread. */
#ifndef LANGUAGE_LEXER_H
#define LANGUAGE_LEXER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct word {
    char *text;        /* without its quotes; owned */
    size_t start, end; /* bytes of the line it came from, quotes included */
    long equals;       /* where the first '=' outside quotes stands in text; -1: none */
    bool quoted;       /* some of it stood in quotes */
};

/* One command. `struct phrase p = {0};` is an empty one. */
struct phrase {
    struct word *word;
    size_t words, capacity;
    bool redirected;   /* a '>' was there */
    char *file;        /* what follows it, owned; NULL: nothing */
    size_t file_start; /* where the file's name starts, or would start, in the line */
    size_t start, end; /* bytes of the line: from its first word to before its ';' */
    char open_quote;   /* the quote that never closes, '\0' when all do */
};

/* Reads the command that starts at *position and moves *position behind its ';' (to the end of the
 * text after the last one). An unclosed quote, or more than one file, is an error; the phrase is filled all
 * the same as far as it can be understood, for completion. */
bool lexer_phrase(const char *line, size_t *position, struct phrase *phrase, struct error *error);
void phrase_free(struct phrase *phrase); /* what it owns; leaves an empty one */

/* True for names of populations and recordings: a letter, then letters, digits or '_'. */
bool lexer_name(const char *text);
/* True when word's text before '=' looks like a key (letters, digits, '_', '.'). */
bool lexer_keyed(const struct word *word);

#endif
