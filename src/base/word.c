#include "base/word.h"

#include <string.h>

const char *word_plain(const void *list, size_t i)
{
    return ((const char *const *)list)[i];
}

/* "a, b, c" of the words that start with the `length` bytes of `text`. */
static void list_words(struct text *out, const struct word_list *words, const char *text, size_t length)
{
    const char *between = "";
    for (size_t i = 0; i < words->count; i++) {
        const char *name = words->name(words->list, i);
        if (strncmp(name, text, length) != 0)
            continue;
        text_printf(out, "%s%s", between, name);
        between = ", ";
    }
}

#define WORD_LONGEST 40 /* bytes; nobody mistypes a longer one */
#define LIST_SHORT 12   /* words that are taken in at a glance */
#define LIST_LONG 40    /* words that nobody reads in a sentence */

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* How many slips make one word of the other: a letter left out, put in, exchanged, or two in the wrong order (optimal
 * string alignment: Damerau 1964, over adjacent letters). Three rows of the table are enough. */
static size_t slips(const char *a, size_t m, const char *b, size_t n)
{
    size_t table[3][WORD_LONGEST + 1];
    size_t *before = table[0], *row = table[1], *next = table[2];
    for (size_t j = 0; j <= n; j++)
        row[j] = j;
    for (size_t i = 1; i <= m; i++) {
        next[0] = i;
        for (size_t j = 1; j <= n; j++) {
            next[j] = least(least(row[j], next[j - 1]) + 1, row[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                next[j] = least(next[j], before[j - 2] + 1);
        }
        size_t *free_row = before;
        before = row;
        row = next;
        next = free_row;
    }
    return row[n];
}

/* The word that was probably meant: the only one that is nearest, and no further than one slip, two in a word of five
 * letters or more. NULL: there is none. */
static const char *nearest(const struct word_list *words, const char *text, size_t length)
{
    const char *found = NULL;
    size_t best = length < 5 ? 2 : 3; /* too many */
    if (length < 2 || length > WORD_LONGEST)
        return NULL;
    for (size_t i = 0; i < words->count; i++) {
        const char *name = words->name(words->list, i);
        size_t n = strlen(name);
        if (n > WORD_LONGEST)
            continue;
        size_t distance = slips(text, length, name, n);
        if (distance == best)
            found = NULL;
        if (distance >= best)
            continue;
        best = distance;
        found = name;
    }
    return found;
}

/* A short list is shown. Of a longer one only what was probably meant is; of a very long one, how it can be seen. */
static void say_unknown(const struct word_list *words, const char *text, size_t length, struct error *error)
{
    int shown = length > 60 ? 60 : (int)length;
    const char *meant = words->count > LIST_SHORT ? nearest(words, text, length) : NULL;
    if (meant)
        error_set(error, "unknown %s '%.*s': did you mean %s?", words->what, shown, text, meant);
    else if (words->count > LIST_LONG)
        error_set(error, "unknown %s '%.*s': none of the %zu that Tab or help shows", words->what, shown, text,
                  words->count);
    else {
        struct text possible = {0};
        list_words(&possible, words, text, 0);
        error_set(error, "unknown %s '%.*s': one of %s", words->what, shown, text, text_string(&possible));
        text_free(&possible);
    }
}

long word_find(const struct word_list *words, const char *text, size_t length, struct error *error)
{
    size_t matches = 0, found = 0;
    for (size_t i = 0; i < words->count; i++) {
        const char *name = words->name(words->list, i);
        if (strncmp(name, text, length) != 0)
            continue;
        if (name[length] == '\0' && length > 0)
            return (long)i;
        found = i;
        matches++;
    }
    if (matches == 1 && length > 0)
        return (long)found;
    int shown = length > 60 ? 60 : (int)length;
    if (words->count == 0)
        error_set(error, "unknown %s '%.*s': there is none yet", words->what, shown, text);
    else if (matches == 0 || length == 0)
        say_unknown(words, text, length, error);
    else {
        struct text possible = {0};
        list_words(&possible, words, text, length);
        error_set(error, "'%.*s' is not one %s: it could be %s", shown, text, words->what, text_string(&possible));
        text_free(&possible);
    }
    return -1;
}
