/* The list of families; everything else about commands is in the rows of the cmd_*.c files. */
#include "language/command.h"

#include <string.h>

const struct command_family *const command_families[] = {
    &family_run,     &family_model,   &family_input,  &family_neuron, &family_record,
    &family_follow,  &family_analyse, &family_tuning, &family_nef,    &family_meanfield,
    &family_decoded, &family_pane,    &family_view,   &family_rows,   &family_cursor,
    &family_play,    &family_knob,    &family_star,   &family_help,
};
const size_t command_family_count = sizeof command_families / sizeof *command_families;

size_t command_count(void)
{
    size_t count = 0;
    for (size_t f = 0; f < command_family_count; f++)
        count += command_families[f]->count;
    return count;
}

const struct command *command_at(size_t i)
{
    size_t f = 0;
    while (i >= command_families[f]->count)
        i -= command_families[f++]->count;
    return &command_families[f]->row[i];
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
