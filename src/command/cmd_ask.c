/* Asking the program: a number is measured, said, and compared with what the author of a script believes. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/xalloc.h"
#include "command/families.h"
#include "language/command.h"
#include "session/answer.h"
#include "session/line.h"
#include "session/message.h"
#include "session/session.h"
#include "table/measure.h"

#define DIGITS 4

/* What waits for the table. */
struct asked {
    char *question, *cell; /* owned */
    double answer, within; /* NaN: nobody believes anything */
    bool relative;         /* `within` is a part of the answer */
};

static void free_asked(void *context)
{
    struct asked *asked = context;
    free(asked->question);
    free(asked->cell);
    free(asked);
}

static bool is_right(const struct asked *asked, double value)
{
    double most = asked->relative ? asked->within * fabs(asked->answer) : asked->within;
    return isnan(asked->answer) || fabs(value - asked->answer) <= most;
}

static bool take(struct session *session, void *context, const char *csv, size_t length, struct error *error)
{
    const struct asked *asked = context;
    char found[NUMBER_HUMAN], wanted[NUMBER_HUMAN], within[NUMBER_HUMAN];
    double value;
    if (!measure_take(asked->cell, csv, length, &value, error))
        return false;
    number_round(found, value, DIGITS);
    number_round(wanted, asked->answer, DIGITS);
    number_round(within, asked->relative ? 100 * asked->within : asked->within, DIGITS);
    if (!is_right(asked, value))
        return error_set(error, "%.200s: %s, which is not %s within %s%s", asked->question, found, wanted, within,
                         asked->relative ? " %" : "");
    session_note(session, "%s: %s", asked->question, found);
    return true;
}

/* "5%" is a part of the answer, "0.03" is not. */
static bool read_within(const char *text, struct asked *asked, struct error *error)
{
    size_t length = strlen(text);
    asked->relative = length > 0 && text[length - 1] == '%';
    if (number_parse(text, length - asked->relative, &asked->within) && asked->within >= 0 && isfinite(asked->within)) {
        asked->within /= asked->relative ? 100 : 1;
        return true;
    }
    return error_set(error, "within=%.40s: a number of at least 0 is wanted, or a part of the answer, as in 5%%", text);
}

static bool run_ask(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                    struct error *error)
{
    (void)sheet;
    const char *cell = argument(arguments, "cell")->text;
    struct asked read = {.answer = argument_number(arguments, "answer", NAN)};
    if (!measure_check(cell, error) || !read_within(argument(arguments, "within")->text, &read, error))
        return false;
    struct asked *asked = xcalloc(1, sizeof *asked);
    *asked = read;
    asked->question = xstrdup(argument(arguments, "TEXT")->text);
    asked->cell = xstrdup(cell);
    struct answer_taker taker = {take, free_asked, asked};
    return line_table(session, argument(arguments, "of")->text, &taker, error);
}

static const struct parameter parameters[] = {
    {.name = "TEXT", .type = TYPE_TEXT, .positional = true, .required = true, .help = "what is asked, in quotes"},
    {.name = "of",
     .type = TYPE_TEXT,
     .required = true,
     .keyed = true,
     .help = "the command whose table has the answer, in quotes"},
    {.name = "cell",
     .type = TYPE_TEXT,
     .required = true,
     .keyed = true,
     .help = "where: COLUMN,ROW (0 is the first row, -1 the last), or count, min, max, mean, sum or rms of an "
             "expression in "
             "columns, as in rms(decoded-target)"},
    {.name = "answer",
     .type = TYPE_QUANTITY,
     .low = -INFINITY,
     .high = INFINITY,
     .keyed = true,
     .help = "what it is believed to be; when it is not, the command fails"},
    {.name = "within",
     .type = TYPE_TEXT,
     .keyed = true,
     .fallback = "5%",
     .help = "how far off it may be: a number, or a part of the answer"},
    {0},
};

static const struct command commands[] = {
    {.name = "ask",
     .summary = "measures a number in the table of a command and compares it with what is believed",
     .details = "A script tests itself so: with -f, an answer that is off ends it with exit status 1.",
     .example = "ask \"error of x\" of=\"decode A\" cell=rms(decoded-target) answer=0.002 within=50%",
     .parameters = parameters,
     .run = run_ask},
};

const struct command_family family_ask = {"Asking", commands, sizeof commands / sizeof *commands};
