/* Finding a command by its word, in the list that was handed in: this room knows no command. */
#include "language/command.h"

#include <string.h>

static const struct command_family *const no_families[] = {NULL};
static const struct command_family *const *families = no_families;

void command_use(const struct command_list *list)
{
    families = list->family;
}

const struct command_family *const *command_families(void)
{
    return families;
}

size_t command_count(void)
{
    size_t count = 0;
    for (size_t f = 0; families[f]; f++)
        count += families[f]->count;
    return count;
}

const struct command *command_at(size_t i)
{
    size_t f = 0;
    while (i >= families[f]->count)
        i -= families[f++]->count;
    return &families[f]->row[i];
}

static const char *command_name(const void *list, size_t i)
{
    (void)list;
    return command_at(i)->name;
}

struct word_list command_words(void)
{
    return (struct word_list){"command", command_count(), command_name, NULL};
}

/* Whether `verb` is one of the words, parted by blanks. */
static bool is_among(const char *words, const char *verb)
{
    size_t length = strlen(verb);
    for (const char *at = words; at && length && (at = strstr(at, verb)); at += length)
        if ((at == words || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
            return true;
    return false;
}

const struct command *command_find(const char *verb, struct error *error)
{
    for (size_t i = 0; i < command_count(); i++)
        if (is_among(command_at(i)->also, verb))
            return command_at(i);
    struct word_list words = command_words();
    long found = word_find(&words, verb, strlen(verb), error);
    return found < 0 ? NULL : command_at((size_t)found);
}
