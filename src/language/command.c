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

const struct command *command_find(const char *verb, struct error *error)
{
    struct word_list words = command_words();
    long found = word_find(&words, verb, strlen(verb), error);
    return found < 0 ? NULL : command_at((size_t)found);
}
