/* Going back and forward over what was done. */
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "command/families.h"
#include "language/command.h"
#include "rig/rig.h"
#include "session/journal.h"
#include "session/message.h"
#include "session/session.h"
#include "table/effects.h"

/* The neurons that there are before a step, to tell what it does to them. */
struct neurons {
    size_t count;
    struct {
        char name[SUBJECT_NAME];
        struct population *population; /* shared */
    } of[CHANNELS_MAX];
};

static struct neurons *neurons_now(const struct rig *rig)
{
    struct neurons *neurons = xcalloc(1, sizeof *neurons);
    for (size_t i = 0; i < rig->channels; i++)
        if (rig->channel[i]->population) {
            memcpy(neurons->of[neurons->count].name, rig->channel[i]->name, SUBJECT_NAME);
            neurons->of[neurons->count++].population = population_share(rig->channel[i]->population);
        }
    return neurons;
}

/* Frees them, too. */
static void say_effects(struct session *session, struct neurons *neurons)
{
    for (size_t i = 0; i < neurons->count; i++) {
        const struct channel *channel = channel_named(&session->rig, neurons->of[i].name);
        struct text text = {0};
        if (channel && channel->population && channel->population != neurons->of[i].population)
            effects_say(channel, neurons->of[i].population, &text);
        if (text.length > 0)
            session_say(session, "%s: %s", channel->name, text.bytes);
        text_free(&text);
        population_free(neurons->of[i].population);
    }
    free(neurons);
}

typedef bool moved(struct session *session, const char **what, struct error *error);

static bool go(struct session *session, const struct arguments *arguments, moved *move, const char *done,
               struct error *error)
{
    const struct value *count = argument(arguments, "COUNT");
    struct neurons *before = neurons_now(&session->rig);
    bool good = true, quiet = session->quiet;
    session->quiet = false;
    const char *what = NULL;
    for (uint64_t i = 0; good && i < count->count; i++) {
        good = move(session, &what, error);
        if (good)
            session_say(session, "%s: %s", done, what);
        else if (i > 0 && !what) { /* as far as there were steps */
            good = true;
            break;
        }
        what = NULL;
    }
    say_effects(session, before);
    session->quiet = quiet;
    return good;
}

static bool run_undo(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                     struct error *error)
{
    (void)sheet;
    return go(session, arguments, journal_undo, "undone", error);
}

static bool run_redo(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                     struct error *error)
{
    (void)sheet;
    return go(session, arguments, journal_redo, "done again", error);
}

#define COUNT_ROW(what)                                                                                                \
    {                                                                                                                  \
        .name = "COUNT", .type = TYPE_COUNT, .positional = true, .low = 1, .high = JOURNAL_STEPS, .fallback = "1",     \
        .help = what                                                                                                   \
    }

static const struct parameter undo_parameters[] = {COUNT_ROW("so many steps back"), {0}};
static const struct parameter redo_parameters[] = {COUNT_ROW("so many steps"), {0}};

static const struct command commands[] = {
    {.name = "undo",
     .summary = "takes back what was changed last: populations, inputs, connections, settings, panes, the view",
     .details = "Time and records go on; what was read from files stays. What keys and knobs did to one thing is one "
                "step.",
     .example = "undo 2",
     .parameters = undo_parameters,
     .immediate = true,
     .unrecorded = true,
     .run = run_undo},
    {.name = "redo",
     .summary = "does again what undo took back",
     .parameters = redo_parameters,
     .immediate = true,
     .unrecorded = true,
     .run = run_redo},
};

const struct command_family family_undo = {"Going back", commands, sizeof commands / sizeof *commands};
