/* A family of curves, one for each value of a key; and two records of the same neurons, rate by rate. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "command/families.h"
#include "typed/population_rows.h"
#include "language/command.h"
#include "pane/pane.h"
#include "rig/rig.h"
#include "session/message.h"
#include "session/names.h"
#include "session/pins.h"
#include "session/session.h"
#include "session/setting.h"
#include "table/compare_table.h"

#define VALUES_MOST 12

/* The neurons that `set NAME key=value` would make; NULL with a sentence. */
static struct population *neurons_of(struct session *session, const struct channel *channel, const char *key,
                                     const char *value, struct error *error)
{
    struct arguments *arguments = xcalloc(1, sizeof *arguments);
    struct phrase phrase = {0};
    struct population_spec spec;
    struct population *population = NULL;
    struct text line = {0};
    size_t at = 0;
    text_printf(&line, "set %s %s=%s", channel->name, key, value);
    population_spec_copy(&spec, &channel->spec);
    const struct command *set = command_find("set", error);
    bool good =
        set && lexer_phrase(line.bytes, &at, &phrase, error) && arguments_read(arguments, session, set, &phrase, error);
    if (good && !population_rows_rebuild(arguments))
        error_set(error, "%s is no key of neurons: compare tau_ref 1ms,2ms,4ms", key);
    else if (good && population_rows_apply(arguments, &spec, error)) {
        population_rows_hold(session->settings.hold == HOLD_GAIN, arguments, &channel->spec, &spec);
        population = population_new(&spec, error);
    }
    population_spec_free(&spec);
    arguments_free(arguments);
    free(arguments);
    phrase_free(&phrase);
    text_free(&line);
    return population;
}

/* "1ms,2ms" into pieces; 0 with a sentence. */
static size_t cut(char *values, char *value[VALUES_MOST], struct error *error)
{
    size_t count = 0;
    for (char *rest = values; rest; count++) {
        char *comma = strchr(rest, ',');
        if (count == VALUES_MOST)
            return error_set(error, "more than %d values cannot be told apart", VALUES_MOST), 0;
        value[count] = rest;
        if (comma)
            *comma++ = '\0';
        rest = comma;
    }
    return count;
}

static bool draws_curves(const struct layout *layout, const char *name)
{
    for (size_t i = 0; i < layout->panes; i++)
        if (strcmp(layout->pane[i].subject, name) == 0 &&
            (strcmp(layout->pane[i].type->name, "tuning") == 0 || strcmp(layout->pane[i].type->name, "response") == 0))
            return true;
    return false;
}

static bool lay_family(struct session *session, const struct channel *channel, const char *key, char *values,
                       struct error *error)
{
    char *value[VALUES_MOST], name[PIN_NAME];
    struct population *population[VALUES_MOST] = {NULL};
    size_t count = cut(values, value, error), made = 0;
    while (made < count && (population[made] = neurons_of(session, channel, key, value[made], error)))
        made++;
    bool good = count > 0 && made == count;
    snprintf(name, sizeof name, "%s", key);
    const struct pin *pin = good ? pins_put(session, name, error) : NULL;
    if (pin)
        pins_bare(session, pin);
    for (size_t i = 0; pin && i < made; i++)
        pins_lay(session, pin, channel->name, population[i], value[i]);
    for (size_t i = 0; i < made; i++)
        population_free(population[i]);
    return pin != NULL;
}

static bool run_compare(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                        struct error *error)
{
    const struct channel *channel = argument(arguments, "NAME")->channel;
    const char *key = argument_text(arguments, "KEY"), *typed = argument_text(arguments, "VALUES");
    struct channel *a = channel_named(&session->rig, key), *b = typed ? channel_named(&session->rig, typed) : NULL;
    /* Of two names the first may have been taken for the population whose curves are meant. */
    if (a && !typed && channel)
        return compare_table(session, argument(arguments, "NAME")->channel, a, sheet, error);
    if (a && b && !channel)
        return compare_table(session, a, b, sheet, error);
    if (arguments->file)
        return error_set(error, "compare %s %s draws curves and gives no table; compare A B gives one, of two records",
                         key, typed ? typed : "");
    if (!channel && !(channel = channel_default(session, CHANNEL_LIVE, error)))
        return false;
    if (!typed)
        return error_set(error, "compare wants a key and its values: compare %s tau_ref 1ms,2ms,4ms", channel->name);
    if (!draws_curves(&session->look.layout, channel->name))
        return error_set(error, "no pane shows curves of %s: open tuning %s", channel->name, channel->name);
    char *values = xstrdup(typed);
    bool good = lay_family(session, channel, key, values, error);
    free(values);
    if (good)
        session_say(session, "%s: curves for %s %s; pin off %s takes them away", channel->name, key, typed, key);
    return good;
}

static const struct parameter compare_parameters[] = {
    {.name = "NAME",
     .type = TYPE_CHANNEL,
     .wanted = CHANNEL_LIVE,
     .positional = true,
     .shown_only = true,
     .help = "a population (default: the one in focus)"},
    {.name = "KEY",
     .type = TYPE_TEXT,
     .positional = true,
     .required = true,
     .help = "a key of population, as tau_ref; or a population or recording"},
    {.name = "VALUES",
     .type = TYPE_TEXT,
     .positional = true,
     .expected = true,
     .help = "of the key, parted by commas; or another population or recording"},
    {0},
};

static const struct command commands[] = {
    {.name = "compare",
     .summary = "draws the curves a population would have with other values of a key, or compares two records",
     .details =
         "Nothing is changed. The curves are a pin, called like the key. Of two records it gives a table of the\n"
         "rates that neurons of one name have in both, over the time that both have: compare A B.",
     .example = "compare tau_ref 1ms,2ms,4ms,8ms",
     .parameters = compare_parameters,
     .table = true,
     .immediate = true,
     .lasting = true,
     .run = run_compare},
};

const struct command_family family_compare = {"Comparing", commands, sizeof commands / sizeof *commands};
