/* Asking for what is there: values by their names, and the state of everything. */
#include "command/families.h"
#include "language/command.h"
#include "session/session.h"
#include "table/known_table.h"

static bool run_what(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                     struct error *error)
{
    return known_table(session, argument_text(arguments, "WORD"), sheet, error);
}

static bool run_status(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                       struct error *error)
{
    (void)arguments;
    return status_table(session, sheet, error);
}

static const struct parameter what_parameters[] = {
    {.name = "WORD",
     .type = TYPE_TEXT,
     .positional = true,
     .help = "a key of set, a population, recording or connection, or both as in A.tau_rc (default: all keys)"},
    {0},
};

static const struct command commands[] = {
    {.name = "what",
     .summary = "says what something is: value, unit, default, what it does and how to change it",
     .details = "The word alone asks the same: tau_rc, A, A.tau_rc.",
     .example = "what A.tau_rc",
     .parameters = what_parameters,
     .table = true,
     .immediate = true,
     .run = run_what},
    {.name = "status",
     .summary = "a table of what runs, what there is and what is shown",
     .table = true,
     .immediate = true,
     .run = run_status},
};

const struct command_family family_what = {"What is there", commands, sizeof commands / sizeof *commands};
