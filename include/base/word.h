/* Choosing from a list of words by any unambiguous prefix; the one place where names are looked up. Any thread. */
#ifndef BASE_WORD_H
#define BASE_WORD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/text.h"

/* A list whose words are reached by index, so that any descriptor table can be searched in place. */
struct word_list {
    const char *what; /* "command", "model": used in sentences */
    size_t count;
    const char *(*name)(const void *list, size_t i); /* the i-th word */
    const void *list;
};

/* Index of the word that `text` (length bytes) names exactly or is the only prefix of; -1 with a sentence that lists
 * what was possible ("unknown model 'foo': one of lif, fastlif" / "'se' is not one command: it could be seed, select"),
 * or of a long list what was probably meant ("unknown command 'slect': did you mean select?"). */
long word_find(const struct word_list *words, const char *text, size_t length, struct error *error);

/* name() for a NULL-free array of `const char *`. */
const char *word_plain(const void *list, size_t i);

#endif
