/* Keeping what is, to compare with what comes, and to go back to. */
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "command/families.h"
#include "language/command.h"
#include "rig/rig.h"
#include "session/memory.h"
#include "session/message.h"
#include "session/pins.h"
#include "session/session.h"
#include "table/effects.h"

/* What is different since then, of the neuron that is selected in each population. */
static void say_difference(struct session *session, const struct pin *pin, struct text *out)
{
    for (size_t i = 0; i < session->rig.channels; i++) {
        const struct channel *channel = session->rig.channel[i];
        struct population *was = channel->population ? memory_population(pin->memory, channel->name) : NULL;
        struct text text = {0};
        if (was)
            effects_say(channel, was, &text);
        if (text.length > 0)
            text_printf(out, "%s%s since %s: %s", out->length ? "\n" : "", channel->name, pin->name, text.bytes);
        text_free(&text);
        population_free(was);
    }
}

static bool say(struct session *session, const struct value *name, struct error *error)
{
    struct text text = {0};
    long only = name->given ? pins_named(session, name->text, error) : -1;
    if (name->given && only < 0)
        return false;
    if (session->pins.count == 0)
        return error_set(error, "there is no pin yet: pin makes one of what is now");
    for (size_t i = 0; i < session->pins.count; i++)
        if (only < 0 || (long)i == only)
            say_difference(session, &session->pins.pin[i], &text);
    session_report(session, text.length ? text.bytes : "no neuron is another one");
    text_free(&text);
    return true;
}

static bool take_off(struct session *session, const struct value *name, struct error *error)
{
    long only = name->given ? pins_named(session, name->text, error) : -1;
    if (name->given && only < 0)
        return false;
    for (size_t i = session->pins.count; i-- > 0;)
        if (only < 0 || (long)i == only)
            pins_off(session, i);
    return true;
}

static bool go(struct session *session, const struct value *name, struct error *error)
{
    long index = name->given           ? pins_named(session, name->text, error)
                 : session->pins.count ? (long)session->pins.count - 1
                                       : (error_set(error, "there is no pin to go back to: pin makes one"), -1);
    if (index < 0)
        return false;
    struct memory *memory = memory_share(session->pins.pin[index].memory);
    bool good = memory_put_back(session, memory, error);
    memory_free(memory);
    if (good)
        session_say(session, "as at pin %s; undo goes back", session->pins.pin[index].name);
    return good;
}

static bool run_pin(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                    struct error *error)
{
    (void)sheet;
    const struct value *name = argument(arguments, "NAME");
    if (argument(arguments, "off")->given)
        return take_off(session, name, error);
    if (argument(arguments, "go")->given)
        return go(session, name, error);
    if (argument(arguments, "say")->given)
        return say(session, name, error);
    if (name->given && strlen(name->text) >= PIN_NAME)
        return error_set(error, "%s: a pin's name has at most %d letters", name->text, PIN_NAME - 1);
    const struct pin *pin = pins_put(session, name->given ? name->text : NULL, error);
    bool quiet = session->quiet;
    session->quiet = false;
    if (pin)
        session_say(session, "%s: what panes show stays as dots; pin say tells the difference, pin go %s goes back",
                    pin->name, pin->name);
    session->quiet = quiet;
    return pin != NULL;
}

static const struct parameter pin_parameters[] = {
    {.name = "off", .type = TYPE_LITERAL, .positional = true, .help = "takes it away, or all"},
    {.name = "go", .type = TYPE_LITERAL, .positional = true, .help = "makes everything as it was then (the last one)"},
    {.name = "say", .type = TYPE_LITERAL, .positional = true, .help = "tells what is different since then"},
    {.name = "NAME", .type = TYPE_TEXT, .positional = true, .help = "of the pin (default: pin1, pin2 ...)"},
    {0},
};

static const struct command commands[] = {
    {.name = "pin",
     .summary = "keeps what panes show as dots behind what they show from then on, under a name",
     .example = "pin before",
     .parameters = pin_parameters,
     .immediate = true,
     .lasting = true,
     .run = run_pin},
};

const struct command_family family_pin = {"Comparing", commands, sizeof commands / sizeof *commands};
