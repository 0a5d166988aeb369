/* What is fed into a population. */
#include <string.h>

#include "command/families.h"
#include "typed/input_rows.h"
#include "language/command.h"
#include "model/random.h"
#include "session/message.h"
#include "session/session.h"
#include "session/wiring.h"
#include "table/meanfield_live.h"

static void input_more(const struct session *session, const struct arguments *words, struct parameter_set *set)
{
    (void)session;
    const struct value *kind = argument(words, "KIND");
    if (kind->present && kind->choice >= 0)
        input_rows_add(set, stimulus_types[kind->choice], "", NULL);
}

static struct stimulus *make_input(const struct session *session, const struct arguments *arguments,
                                   const struct channel *channel, bool *own_seed, struct error *error)
{
    const struct value *kind = argument(arguments, "KIND");
    size_t dims = channel->population->dims;
    *own_seed = false;
    struct input_request request = {.type = kind->choice < 0 ? &stimulus_constant : stimulus_types[kind->choice],
                                    .prefix = "",
                                    .present = channel->input,
                                    .dims = dims,
                                    .own_seed = random_seed_named(session->rig.seed, channel->name),
                                    .dt = session->rig.status.dt};
    if (kind->choice < 0)
        return input_rows_constant(arguments, &request, kind, error);
    return input_rows_make(arguments, &request, own_seed, error);
}

/* A population that theory does not describe is one the input was hardly meant for. */
static void note_private_noise(struct session *session, const struct channel *channel)
{
    char differs[160];
    if (!channel->input->type->private_noise)
        return;
    meanfield_live_differs(channel, differs, sizeof differs);
    if (differs[0])
        session_note(session, "%s: %s", channel->name, differs);
}

static bool run_input(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                      struct error *error)
{
    (void)sheet;
    struct channel *channel = argument(arguments, "NAME")->channel;
    bool own_seed;
    struct stimulus *input = make_input(session, arguments, channel, &own_seed, error);
    if (!input || !wiring_input(session, channel, input, error))
        return false;
    channel->own_noise_seed = own_seed;
    session_say(session, "%s: x = %s", channel->name, channel->input_text);
    note_private_noise(session, channel);
    return true;
}

static const struct parameter parameters[] = {
    {.name = "NAME",
     .type = TYPE_CHANNEL,
     .wanted = CHANNEL_PLACE,
     .positional = true,
     .help = "a population (default: the one in focus) or a node"},
    {.name = "KIND",
     .type = TYPE_CHOICE,
     .choices = input_words,
     .number_too = true,
     .each = true,
     .infinite = true,
     .checked_later = true,
     .positional = true,
     .required = true,
     .help = "a kind of input; a number is a constant, a list has one for each dimension"},
    INPUT_DIM_ROW("dim"),
    {0},
};

static const struct command commands[] = {
    {.name = "input",
     .summary = "feeds a signal into a population or a node",
     .details =
         "Keys depend on the kind: help input sine. Values may also stand without keys, in their order.\n"
         "In several dimensions one number stands for all of them, a list a,b has one for each: phase=0,90deg goes\n"
         "round a circle. dim=2 changes x2 only. Noise is another one in each dimension.",
     .example = "input A sine frequency=2Hz amplitude=0.5",
     .parameters = parameters,
     .more = input_more,
     .spills = true,
     .lasting = true,
     .run = run_input},
};

const struct command_family family_input = {"Inputs", commands, sizeof commands / sizeof *commands};
