/* Lists in brackets, as Python prints them and data frames hold them: `3,"[0.25, 0.5]"`, `3: [0.25 0.5]`. They are made
 * rows whose last cells are the numbers. For text/ alone. One thread at a time. */
#ifndef TEXT_LISTS_H
#define TEXT_LISTS_H

#include <stdbool.h>
#include <stddef.h>

/* Whether most lines have one list each, with no other list in it. *delimiter parts what stands before it, and *lead
 * says how many cells that are. */
bool lists_find(const char *bytes, size_t length, char *delimiter, size_t *lead);

/* Between two pieces of a text; zeros before the first. */
struct lists {
    bool inside, behind; /* a list; its end, in the same line */
    bool apart;          /* the next number of a list is another one */
    char last;           /* byte that was written, '\0' at the beginning of a row */
    size_t owed;         /* line ends inside the list, which follow its row so that lines are still counted */
};

/* Bytes that lists_flatten may write of so many: each may be one, and a line end within a list becomes a delimiter at once
 * and a line end later. */
size_t lists_room(const struct lists *lists, size_t length);
/* Copies bytes without brackets and quotation marks, with the delimiter between the numbers, and with nothing behind
 * the list. Returns how many it wrote. */
size_t lists_flatten(struct lists *lists, const char *bytes, size_t length, char delimiter, char *out);

#endif
