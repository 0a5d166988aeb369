/* What is fed into a population. */
#include <string.h>

#include "command/command.h"
#include "command/input_rows.h"
#include "command/state.h"

static void input_more(const struct session *session, const struct arguments *words,
                       struct parameter_set *set)
{
    (void)session;
    const struct value *kind = argument(words, "KIND");
    if (kind->present && kind->choice >= 0)
        input_rows_add(set, stimulus_types[kind->choice], "", NULL);
}

static struct stimulus *make_input(const struct session *session, const struct arguments *arguments,
                                   bool *own_seed, struct error *error)
{
    const struct value *kind = argument(arguments, "KIND");
    double constant[STIMULUS_MAX_PARAMS] = {kind->number};
    *own_seed = false;
    if (kind->choice < 0)
        return stimulus_new(&stimulus_constant, constant, 1, NULL, error);
    return input_rows_make(arguments, stimulus_types[kind->choice], "", NULL, session->settings.seed,
                           session->status.dt, own_seed, error);
}

static bool run_input(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                      struct error *error)
{
    (void)sheet;
    struct channel *channel = argument(arguments, "NAME")->channel;
    bool own_seed;
    struct stimulus *input = make_input(session, arguments, &own_seed, error);
    if (!input)
        return false;
    live_input(session, channel, input);
    channel->own_noise_seed = own_seed;
    session_say(session, "%s: x = %s", channel->name, channel->input_text);
    return true;
}

static const struct parameter parameters[] = {
    {.name = "NAME",
     .type = TYPE_CHANNEL,
     .wanted = CHANNEL_LIVE,
     .positional = true,
     .help = "a population (default: the one in focus)"},
    {.name = "KIND",
     .type = TYPE_CHOICE,
     .choices = input_words,
     .number_too = true,
     .infinite = true,
     .checked_later = true,
     .positional = true,
     .required = true,
     .help = "a kind of input; a number is a constant"},
    {0},
};

static const struct command commands[] = {
    {.name = "input",
     .summary = "feeds a signal into a population",
     .details =
         "Keys depend on the kind: help input sine. Values may also stand without keys, in their order.",
     .example = "input A sine frequency=2Hz amplitude=0.5",
     .parameters = parameters,
     .more = input_more,
     .spills = true,
     .run = run_input},
};

const struct command_family family_input = {"Inputs", commands, sizeof commands / sizeof *commands};
