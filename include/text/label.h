/* The names ("labels") of units, which are neurons or sorted clusters of spikes: each is kept once and known by its
 * number, 0, 1, 2 ... in the order they were met. One thread at a time; a set that is zeros is an empty one. */
#ifndef TEXT_LABEL_H
#define TEXT_LABEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text/digits.h"

#define LABEL_SMALL_DIGITS 6 /* numbers of so many digits at most are looked up directly */

struct label_set {
    char **label; /* [count] in the order they were met */
    size_t count, capacity;
    uint32_t *slot; /* hash table of indices + 1, 0 is free */
    size_t slots;
    uint32_t *small; /* the same for labels that are small whole numbers, by number */
    size_t smalls;
};

/* Index of the label, a new one if it was not met before. A whole number loses its ".0": 2821.0 is "2821".
 * Bytes that are no UTF-8 are read as Latin-1; control characters become '?'. */
uint32_t label_intern(struct label_set *set, const char *text, size_t length);
/* The same, quickly, for a small whole number that was met before; DIGITS_ROOM bytes behind `text` may be
 * read. */
static inline bool label_known(const struct label_set *set, const char *text, size_t length, uint32_t *index)
{
    uint64_t number;
    if (length - 1 >= LABEL_SMALL_DIGITS || (text[0] == '0' && length > 1) || !digits_parse(text, length, &number) ||
        number >= set->smalls || !set->small[number])
        return false;
    *index = set->small[number] - 1;
    return true;
}
/* How much of the text is the label: a whole number's without its ".0". */
size_t label_length(const char *text, size_t length);
/* A copy as it may be shown: UTF-8, no control characters, LABEL_MOST bytes at most. Gives it. */
#define LABEL_MOST 400
char *label_clean(const char *text, size_t length);
/* Appends a label even if there is an equal one. */
void label_append(struct label_set *set, const char *text, size_t length);

/* Puts the labels in order, numbers by size before words, and digits inside words by size too (unit2 before
 * unit10). Returns rank[count], malloc'ed: what was index i is rank[i] now. Nothing may be interned
 * afterwards. */
uint32_t *label_sort(struct label_set *set);
/* That order of two labels: < 0, 0, > 0. */
int label_order_of(const char *a, const char *b);
void label_free(struct label_set *set);

#endif
