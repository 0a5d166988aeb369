/* Knobs on the screen: putting them there, turning them, taking them away. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "command/families.h"
#include "language/command.h"
#include "session/knob.h"
#include "session/message.h"
#include "session/session.h"

/* ---- knob ---- */

static const char *const scale_names[] = {"linear", "log"};

static struct word_list scale_words(void)
{
    return (struct word_list){"scale", 2, word_plain, scale_names};
}

static bool table_knobs(const struct session *session, struct sheet *sheet, struct error *error)
{
    static const char *const columns[] = {"knob", "population", "value",  "low", "high",
                                          "step", "scale",      "before", NULL};
    if (!sheet_header(sheet, error, columns))
        return false;
    for (size_t i = 0; i < session->knobs.count; i++) {
        const struct knob *knob = &session->knobs.knob[i];
        sheet_text(sheet, knob->key);
        sheet_text(sheet, knob->channel);
        sheet_number(sheet, knob_now(session, knob, NULL, 0));
        sheet_number(sheet, knob->low);
        sheet_number(sheet, knob->high);
        sheet_number(sheet, knob->step);
        sheet_text(sheet, scale_names[knob->log]);
        sheet_text(sheet, knob->before);
        sheet_row(sheet);
    }
    return true;
}

static bool take_off(struct session *session, const char *channel, const struct value *what, struct error *error)
{
    if (what->given) {
        long i = knob_named(session, channel, what->text, error);
        if (i >= 0)
            knob_off(session, (size_t)i);
        return i >= 0;
    }
    for (size_t i = session->knobs.count; i-- > 0;)
        if (!channel || strcmp(session->knobs.knob[i].channel, channel) == 0)
            knob_off(session, i);
    return true;
}

static void say_knob(struct session *session, const struct knob *knob)
{
    char low[NUMBER_HUMAN], high[NUMBER_HUMAN], command[256];
    number_human(low, knob->low, knob->dimension);
    number_human(high, knob->high, knob->dimension);
    knob_command(knob, "...", command, sizeof command);
    session_say(
        session, "slider for %s%s%s, %s to %s; %s%s", knob->key, *knob->channel ? " of " : "", knob->channel, low, high,
        session->options.screen ? "\u2190 \u2192 turn it, as does " : "without a screen turn moves it, or ", command);
}

static bool run_knob(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                     struct error *error)
{
    const struct value *name = argument(arguments, "NAME"), *what = argument(arguments, "PARAM");
    const char *channel = name->given ? name->channel->name : NULL;
    if (argument(arguments, "off")->given)
        return take_off(session, channel, what, error);
    if (!what->given)
        return name->given ? error_set(error, "a knob of what? knob %s tau_rc 5ms:50ms", channel)
                           : table_knobs(session, sheet, error);
    const struct value *range = argument(arguments, "RANGE"), *step = argument(arguments, "step");
    struct knob_wish wish = {.channel = channel,
                             .key = what->text,
                             .range = range->given ? range->text : NULL,
                             .step = step->given ? step->text : NULL,
                             .log = argument(arguments, "scale")->choice == 1};
    const struct knob *knob = knob_put(session, &wish, error);
    if (knob)
        say_knob(session, knob);
    return knob != NULL;
}

/* ---- turn ---- */

enum { TURN_NEXT, TURN_PREV, TURN_LOW, TURN_HIGH, TURN_RESET, TURN_TAP };
static const char *const turn_names[] = {"next", "prev", "low", "high", "reset", "tap"};

static struct word_list turn_words(void)
{
    return (struct word_list){"way to turn", 6, word_plain, turn_names};
}

static void choose(struct session *session, size_t by)
{
    knobs_choose(session, (session->knobs.chosen + by) % session->knobs.count);
}

static bool run_turn(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                     struct error *error)
{
    (void)sheet;
    const struct value *how = argument(arguments, "HOW");
    struct knob *knob = knobs_chosen(session);
    if (!knob)
        return error_set(error, "there is no knob to turn: knob tau_rc 5ms:50ms makes one");
    if (how->choice < 0)
        return knob_turn(session, knob, how->number, error);
    switch (how->choice) {
    case TURN_NEXT:
        choose(session, 1);
        return true;
    case TURN_PREV:
        choose(session, session->knobs.count - 1);
        return true;
    case TURN_LOW:
    case TURN_HIGH:
        return knob_turn_to(session, knob, how->choice == TURN_HIGH, error);
    case TURN_TAP:
        if (!knob->armed)
            return knob->armed = true;
        break;
    }
    return knob_reset(session, knob, error);
}

static const struct parameter knob_parameters[] = {
    {.name = "off", .type = TYPE_LITERAL, .positional = true, .help = "removes the knob named, or all"},
    {.name = "NAME",
     .type = TYPE_CHANNEL,
     .wanted = CHANNEL_SETS,
     .positional = true,
     .shown_only = true,
     .help = "a population (default: the one in focus), a node or a connection"},
    {.name = "PARAM",
     .type = TYPE_TEXT,
     .choices = knob_words,
     .positional = true,
     .expected = true,
     .help = "any number that set changes: tau_rc, n, dt, speed; x: the input; frequency: of a sine"},
    {.name = "RANGE",
     .type = TYPE_TEXT,
     .positional = true,
     .expected = true,
     .help = "LO:HI, where the slider begins and ends (default: a quarter of what it is now to four times that)"},
    {.name = "step",
     .type = TYPE_TEXT,
     .help = "a fine step; a coarse one is ten (default: about a hundredth of the range)"},
    {.name = "scale",
     .type = TYPE_CHOICE,
     .words = scale_words,
     .fallback = "linear",
     .help = "of the slider; with log a step is a factor"},
    {0},
};

static const struct parameter turn_parameters[] = {
    {.name = "HOW",
     .type = TYPE_CHOICE,
     .words = turn_words,
     .number_too = true,
     .positional = true,
     .required = true,
     .help = "fine steps, up or (-) down; low, high: the end of the range; reset: what it was at first; tap: "
             "twice in a row is reset; next, prev: another knob"},
    {0},
};

static const struct command commands[] = {
    {.name = "knob",
     .summary = "puts a slider for a number on the screen, or tables them",
     .details = "Left and Right turn it by fine steps, with Shift by coarse ones, and the panes follow; F9 gives "
                "the\n"
                "knobs the keys again. Each step is the command that set the number, so limits and sentences are\n"
                "the same. Without a screen a knob is kept, and turned by `turn` or `set`.",
     .example = "knob A tau_rc 5ms:50ms",
     .parameters = knob_parameters,
     .table = true,
     .immediate = true,
     .run = run_knob},
    {.name = "turn",
     .summary = "turns the chosen knob, or chooses another",
     .example = "turn -10",
     .parameters = turn_parameters,
     .immediate = true,
     .run = run_turn},
};

const struct command_family family_knob = {"Knobs", commands, sizeof commands / sizeof *commands};
