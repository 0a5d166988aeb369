/* Rows are made by the command itself, from the words that a person would begin the line with; those that
 * hold one number, and say which it is now, can be turned. */
#include "session/knob_rows.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "language/command.h"
#include "language/lexer.h"
#include "rig/channel.h"
#include "session/setting.h"

static bool is_setting(const char *key)
{
    return setting_find(key) != NULL;
}

static bool is_no_setting(const char *key)
{
    return !is_setting(key);
}

const struct knob_source knob_sources[] = {
    {.verb = "set", .group = "", .of_population = true, .has = is_no_setting},
    {.verb = "set", .group = "", .has = is_setting},
    {.verb = "meanfield set", .group = "meanfield"},
};
const size_t knob_source_count = sizeof knob_sources / sizeof *knob_sources;

static bool is_number(const struct parameter *row)
{
    return row->type == TYPE_QUANTITY || row->type == TYPE_COUNT || row->type == TYPE_RANGE ||
           (row->type == TYPE_CHOICE && row->number_too);
}

static const char *row_name(struct parameter_set *set, const struct knob_source *source, const char *name)
{
    char whole[64];
    if (!source->group[0])
        return parameter_set_store(set, name);
    snprintf(whole, sizeof whole, "%s.%s", source->group, name);
    return parameter_set_store(set, whole);
}

static void add_row(struct knob_rows *rows, const struct knob_source *source, const struct parameter *row)
{
    struct parameter_set *set = &rows->set;
    if (row->positional || !row->present || !is_number(row) || (source->has && !source->has(row->name)))
        return;
    rows->source[set->count] = source;
    struct parameter *added = parameter_set_add(set, *row);
    added->name = row_name(set, source, row->name);
    added->present = parameter_set_store(set, row->present);
    added->fallback = NULL;
}

void knob_rows_add(struct knob_rows *rows, const struct session *session, const struct knob_source *source,
                   const struct channel *channel)
{
    struct phrase phrase = {0};
    struct error ignored;
    char line[SUBJECT_NAME + 64];
    size_t at = 0;
    if (source->of_population && !channel)
        return;
    snprintf(line, sizeof line, "%s %s", source->verb, source->of_population ? channel->name : "");
    lexer_phrase(line, &at, &phrase, &ignored);
    struct arguments *arguments = xcalloc(1, sizeof *arguments);
    arguments_rows(arguments, session, command_find(phrase.word[0].text, &ignored), &phrase, phrase.words);
    for (size_t i = 0; i < arguments->set.count; i++)
        add_row(rows, source, &arguments->set.row[i]);
    arguments_free(arguments);
    free(arguments);
    phrase_free(&phrase);
}

long knob_rows_find(const struct knob_rows *rows, const char *key, struct error *error)
{
    bool populated = false;
    for (size_t i = 0; i < rows->set.count; i++)
        populated |= rows->source[i]->of_population;
    long found = parameter_set_find(&rows->set, "knob", key, strlen(key), error);
    if (found < 0 && !populated)
        error_set(error, "there is no population that could have a %.60s to turn: population A makes one", key);
    return found;
}

const char *knob_rows_key(const struct parameter *row, const struct knob_source *source)
{
    return source->group[0] ? row->name + strlen(source->group) + 1 : row->name;
}

double knob_rows_number(const struct session *session, const struct parameter *row)
{
    struct value value = {0};
    struct error ignored;
    double number = NAN;
    bool good = parameter_read(session, row, row->present, &value, &ignored);
    const struct distribution *many = &value.distribution;
    if (good && value.points.count > 1) /* another one in each dimension of x */
        number = NAN;
    else if (good && row->type == TYPE_RANGE && value.choice >= 0) /* a word */
        number = NAN;
    else if (good && row->type == TYPE_RANGE)
        number = many->kind != DISTRIBUTION_VALUES && many->low == many->high ? many->low : NAN;
    else if (good && row->type == TYPE_CHOICE)
        number = value.choice < 0 ? value.number : NAN;
    else if (good)
        number = value.number;
    value_free(&value);
    return number;
}
