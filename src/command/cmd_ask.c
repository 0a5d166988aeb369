/* Asking. A script that nobody watches measures, says the number and compares it with what its author believes; people
 * are asked before they see it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/xalloc.h"
#include "command/families.h"
#include "language/command.h"
#include "lesson/question.h"
#include "session/answer.h"
#include "session/line.h"
#include "session/message.h"
#include "session/session.h"
#include "session/stop.h"
#include "lesson/measure.h"

#define DIGITS 4

/* What waits for the table. */
struct asked {
    struct question *question; /* owned; NULL: it has gone to the session */
    char *cell, *knob;         /* owned */
    double answer;             /* what the author believes; NaN: nothing */
    double runs;               /* s */
    bool person;               /* somebody is asked */
};

static void free_asked(void *context)
{
    struct asked *asked = context;
    question_free(asked->question);
    free(asked->cell);
    free(asked->knob);
    free(asked);
}

/* ---- a script that tests itself ---- */

static bool is_believed(const struct asked *asked, double value)
{
    return isnan(asked->answer) || fabs(value - asked->answer) <= question_tolerance(asked->question, asked->answer);
}

/* Where the author does not say what is measured, choices that are numbers are it, and the right one is nearest. */
static bool right_is_nearest(const struct question *question, double value, struct error *error)
{
    size_t nearest = 0;
    double least = INFINITY, number;
    for (size_t i = 0; i < question->choices; i++) {
        if (!number_parse(question->choice[i], strlen(question->choice[i]), &number))
            return true;
        if (fabs(number - value) < least) {
            least = fabs(number - value);
            nearest = i;
        }
    }
    char found[NUMBER_HUMAN];
    return question->choices == 0 || nearest == question->right ||
           error_set(error, "%.200s: %s, so the right choice is %zu and not %zu", question->text,
                     number_round(found, value, DIGITS), nearest + 1, question->right + 1);
}

/* "How fast? 63", "rate: 63" */
static void say_found(struct session *session, const char *question, const char *found)
{
    size_t length = strlen(question);
    session_note(session, "%s%s %s", question, length > 0 && question[length - 1] == '?' ? "" : ":", found);
}

static bool check(struct session *session, const struct asked *asked, double value, struct error *error)
{
    const struct question *question = asked->question;
    char found[NUMBER_HUMAN], wanted[NUMBER_HUMAN], within[NUMBER_HUMAN];
    number_round(found, value, DIGITS);
    number_round(wanted, asked->answer, DIGITS);
    number_round(within, question->relative ? 100 * question->within : question->within, DIGITS);
    if (!is_believed(asked, value))
        return error_set(error, "%.200s: %s, which is not %s within %s%s", question->text, found, wanted, within,
                         question->relative ? " %" : "");
    if (isnan(asked->answer) && !right_is_nearest(question, value, error))
        return false;
    say_found(session, question->text, found);
    return true;
}

/* Nothing is measured: there are only choices, or a number that the author says. */
static bool check_unmeasured(struct session *session, const struct asked *asked)
{
    struct text answer = {0};
    question_truth(asked->question, asked->answer, &answer);
    say_found(session, asked->question->text, text_string(&answer));
    text_free(&answer);
    return true;
}

/* ---- both ---- */

static void hand_over(struct session *session, struct asked *asked, double truth)
{
    struct question *question = asked->question;
    asked->question = NULL;
    stop_ask(session, question, truth, asked->knob, asked->runs);
}

static bool take(struct session *session, void *context, const char *csv, size_t length, struct error *error)
{
    struct asked *asked = context;
    double value;
    if (!measure_take(asked->cell, csv, length, &value, error))
        return false;
    if (!asked->person)
        return check(session, asked, value, error);
    hand_over(session, asked, value);
    return true;
}

static bool run_meanwhile(struct session *session, double runs, struct error *error)
{
    char line[64];
    snprintf(line, sizeof line, "run %.17g", runs);
    return !(runs > 0) || line_try(session, line, error);
}

static bool ask_unmeasured(struct session *session, struct asked *asked, struct error *error)
{
    bool good = true;
    if (asked->person)
        hand_over(session, asked, asked->answer);
    else
        good = check_unmeasured(session, asked) && run_meanwhile(session, asked->runs, error);
    free_asked(asked);
    return good;
}

/* ---- reading ---- */

static char *copy_of(const struct arguments *arguments, const char *key)
{
    const char *text = argument_text(arguments, key);
    return text ? xstrdup(text) : NULL;
}

static bool read_choices(const struct arguments *arguments, struct question *question, struct error *error)
{
    const char *choices = argument_text(arguments, "choices");
    const struct value *right = argument(arguments, "right");
    if (!choices)
        return !right->given || error_set(error, "right= says which of choices= is right, and there are none");
    if (!question_set_choices(question, choices, error))
        return false;
    if (!right->given || right->count < 1 || right->count > question->choices)
        return error_set(error, "right= wants the number of the right choice, from 1 to %zu", question->choices);
    question->right = (size_t)right->count - 1;
    return true;
}

static const char *const why_names[QUESTION_CHOICES] = {"why1", "why2", "why3", "why4", "why5", "why6"};

static bool read_question(const struct arguments *arguments, struct question *question, struct error *error)
{
    const char *slips = argument_text(arguments, "slips");
    question->text = xstrdup(argument(arguments, "TEXT")->text);
    question->why = copy_of(arguments, "why");
    question->hint = copy_of(arguments, "hint");
    question->unit = copy_of(arguments, "unit");
    for (size_t i = 0; i < QUESTION_CHOICES; i++)
        question->why_of[i] = copy_of(arguments, why_names[i]);
    return question_set_within(question, argument(arguments, "within")->text, error) &&
           read_choices(arguments, question, error) && (!slips || question_set_slips(question, slips, error));
}

static bool read_asked(struct session *session, const struct arguments *arguments, struct asked *asked,
                       struct error *error)
{
    const char *of = argument_text(arguments, "of"), *cell = argument_text(arguments, "cell");
    asked->question = xcalloc(1, sizeof *asked->question);
    const char *answer = argument_text(arguments, "answer");
    asked->answer = NAN;
    if (answer && !question_read_number(answer, &asked->answer, &asked->question->dimension))
        return error_set(error, "answer=%.40s: a number is wanted, with or without a unit of time or rate", answer);
    asked->runs = argument_number(arguments, "run", 0);
    asked->cell = copy_of(arguments, "cell");
    asked->knob = copy_of(arguments, "knob");
    asked->person = stop_possible(session);
    if (!of != !cell)
        return error_set(error, "%s belong together: of= is the command, cell= the place in its table",
                         of ? "of= and cell=" : "cell= and of=");
    if (cell && !measure_check(cell, error))
        return false;
    if (!read_question(arguments, asked->question, error))
        return false;
    if (!of && asked->question->choices == 0 && isnan(asked->answer))
        return error_set(error,
                         "ask wants to know what is true: of=\"COMMAND\" cell=COLUMN,ROW measures it, choices= and "
                         "right= or answer= say it");
    return true;
}

static bool run_ask(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                    struct error *error)
{
    (void)sheet;
    struct asked *asked = xcalloc(1, sizeof *asked);
    const char *of = argument_text(arguments, "of");
    double truth;
    if (!read_asked(session, arguments, asked, error)) {
        free_asked(asked);
        return false;
    }
    if (asked->person && stop_knows(session, &truth)) {
        hand_over(session, asked, truth);
        free_asked(asked);
        return true;
    }
    if (!of)
        return ask_unmeasured(session, asked, error);
    double runs = asked->person ? 0 : asked->runs;
    struct answer_taker taker = {take, free_asked, asked};
    bool mute = session->mute;
    session->mute = mute || asked->person;
    bool good = line_table(session, of, &taker, error);
    session->mute = mute;
    return good && run_meanwhile(session, runs, error);
}

#define WHY(N)                                                                                                         \
    {                                                                                                                  \
        .name = "why" #N, .type = TYPE_TEXT, .keyed = true,                                                            \
        .help = "what is wrong about choice " #N ", or the number " #N " of slips"                                     \
    }

static const struct parameter parameters[] = {
    {.name = "TEXT", .type = TYPE_TEXT, .positional = true, .required = true, .help = "what is asked, in quotes"},
    {.name = "of", .type = TYPE_TEXT, .keyed = true, .help = "the command whose table has the answer, in quotes"},
    {.name = "cell",
     .type = TYPE_TEXT,
     .keyed = true,
     .help = "where: COLUMN,ROW (0 is the first row, -1 the last), or count, min, max, mean, sum or rms of an "
             "expression in "
             "columns, as in rms(decoded-target)"},
    {.name = "answer",
     .type = TYPE_TEXT,
     .keyed = true,
     .help = "what it is believed to be; when it is not, the command fails"},
    {.name = "within",
     .type = TYPE_TEXT,
     .keyed = true,
     .fallback = "5%",
     .help = "how far off it may be: a number, or a part of the answer"},
    {.name = "choices",
     .type = TYPE_TEXT,
     .keyed = true,
     .help = "what may be chosen by a letter, parted by |; without it a number is asked for"},
    {.name = "right",
     .type = TYPE_COUNT,
     .keyed = true,
     .low = 1,
     .high = QUESTION_CHOICES,
     .help = "which of these, from 1"},
    {.name = "why", .type = TYPE_TEXT, .keyed = true, .help = "why it is so, in a sentence"},
    WHY(1),
    WHY(2),
    WHY(3),
    WHY(4),
    WHY(5),
    WHY(6),
    {.name = "slips",
     .type = TYPE_TEXT,
     .keyed = true,
     .help = "numbers that people give for a reason, parted by commas; why1= and so on answer them"},
    {.name = "hint", .type = TYPE_TEXT, .keyed = true, .help = "hints, parted by |, given one after the other"},
    {.name = "unit", .type = TYPE_TEXT, .keyed = true, .help = "of the number, as people read it"},
    {.name = "knob",
     .type = TYPE_TEXT,
     .keyed = true,
     .help = "a knob that answers by being turned there, as in \"A tau_synapse\""},
    {.name = "run",
     .type = TYPE_QUANTITY,
     .dimension = DIMENSION_TIME,
     .high = 1e6,
     .keyed = true,
     .help = "the simulation runs meanwhile; in a script without a screen for this time"},
    {0},
};

static const struct command commands[] = {
    {.name = "ask",
     .summary = "asks a question whose answer is measured",
     .details =
         "On the screen the script waits for a letter, a number or a turned knob, and says then what is true. With "
         "-f it measures and compares with answer=: what is off ends the script with exit status 1.",
     .example = "ask \"error of x\" of=\"decode A\" cell=rms(decoded-target) answer=0.002 within=50%",
     .parameters = parameters,
     .tells = true,
     .run = run_ask},
};

const struct command_family family_ask = {"Asking", commands, sizeof commands / sizeof *commands};
