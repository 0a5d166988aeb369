#include "pane/pane_option.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

void pane_init(struct pane *pane, const struct pane_type *type, const char *subject)
{
    *pane = (struct pane){.type = type};
    snprintf(pane->subject, sizeof pane->subject, "%s", subject);
}

static size_t index_of(const struct pane *pane, const char *name)
{
    size_t i = 0;
    while (pane->type->options[i].name && strcmp(pane->type->options[i].name, name) != 0)
        i++;
    assert(pane->type->options[i].name && i < PANE_OPTIONS);
    return i;
}

void pane_option_set_number(struct pane *pane, const char *name, double value)
{
    pane->option[index_of(pane, name)] = value;
}

void pane_option_set_choice(struct pane *pane, const char *name, size_t index)
{
    pane->option[index_of(pane, name)] = (double)index + 1;
}

bool pane_option_told(const struct pane *pane, const char *name)
{
    return pane->option[index_of(pane, name)] != 0;
}

double pane_option_number(const struct pane *pane, const char *name)
{
    size_t i = index_of(pane, name);
    const struct pane_option *option = &pane->type->options[i];
    struct error ignored;
    double value = NAN;
    if (pane->option[i] != 0)
        return pane->option[i];
    if (option->fallback)
        quantity_parse(option->fallback, option->dimension, &value, &ignored);
    return value;
}

size_t pane_option_choice(const struct pane *pane, const char *name)
{
    size_t i = index_of(pane, name);
    const struct pane_option *option = &pane->type->options[i];
    struct error ignored;
    if (pane->option[i] != 0)
        return (size_t)pane->option[i] - 1;
    struct word_list words = option->words();
    long found = option->fallback ? word_find(&words, option->fallback, strlen(option->fallback), &ignored) : 0;
    return found > 0 ? (size_t)found : 0;
}

static long part_index(const struct pane *pane, const char *part, struct error *error)
{
    size_t count = 0;
    while (pane->type->parts && pane->type->parts[count])
        count++;
    if (count == 0) {
        error_set(error, "a %s pane has no parts: veil and reveal without one mean all of it", pane->type->name);
        return -1;
    }
    struct word_list words = {"part", count, word_plain, pane->type->parts};
    return word_find(&words, part, strlen(part), error);
}

bool pane_veil_part(struct pane *pane, const char *part, bool veiled, struct error *error)
{
    long index = part_index(pane, part, error);
    if (index < 0)
        return false;
    pane->veiled_parts = veiled ? pane->veiled_parts | 1u << index : pane->veiled_parts & ~(1u << index);
    return true;
}

bool pane_part_veiled(const struct pane *pane, const char *part)
{
    struct error ignored;
    long index = part_index(pane, part, &ignored);
    return index >= 0 && (pane->veiled_parts >> index) & 1;
}
