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
    struct text possible = {0};
    list_words(&possible, words, text, matches ? length : 0);
    int shown = length > 60 ? 60 : (int)length;
    if (words->count == 0)
        error_set(error, "unknown %s '%.*s': there is none yet", words->what, shown, text);
    else if (matches == 0 || length == 0)
        error_set(error, "unknown %s '%.*s': one of %s", words->what, shown, text, text_string(&possible));
    else
        error_set(error, "'%.*s' is not one %s: it could be %s", shown, text, words->what, text_string(&possible));
    text_free(&possible);
    return -1;
}
