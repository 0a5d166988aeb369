/* A session as a script that does it again. */
#include <stdio.h>
#include <string.h>

#include "base/checksum.h"
#include "base/whole_file.h"
#include "command/families.h"
#include "language/command.h"
#include "session/journal.h"
#include "session/message.h"
#include "session/session.h"

static bool run_save_session(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                             struct error *error)
{
    (void)sheet;
    const char *path = argument_text(arguments, "FILE");
    struct text script = {0};
    journal_script(session, &script);
    bool good = true;
    if (path || arguments->file)
        good = whole_file_write(path ? path : arguments->file, script.bytes, script.length, error);
    else
        session_answer(session, script.bytes);
    if (good && path)
        session_say(session, "%s: source %s does all this again, with the same spikes", path, path);
    text_free(&script);
    return good;
}

static bool run_record(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                       struct error *error)
{
    (void)sheet;
    struct journal *journal = &session->journal;
    const char *path = argument_text(arguments, "FILE");
    if (argument(arguments, "off")->given || !path) {
        if (journal->recorded.length == 0)
            return error_set(error, "nothing is being recorded: record FILE begins");
        session_say(session, "%s: done", journal->recorded.bytes);
        text_free(&journal->recorded);
        return true;
    }
    if (!whole_file_write(path, "", 0, error))
        return false;
    text_clear(&journal->recorded);
    text_add(&journal->recorded, path);
    journal->recorded_from = journal->lines.length;
    session_say(session, "%s gets every command that changes something, typed or by keys; record off ends that", path);
    return true;
}

static bool run_empty(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                      struct error *error)
{
    (void)arguments;
    (void)sheet;
    return journal_empty(session, error);
}

static bool run_checksum(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                         struct error *error)
{
    static const char *const columns[] = {"file", "checksum", NULL};
    const char *path = argument(arguments, "FILE")->text, *wanted = argument_text(arguments, "SUM");
    char sum[24];
    uint64_t value;
    if (!checksum_of(path, &value))
        return error_set(error, "cannot read %.300s", path);
    snprintf(sum, sizeof sum, "%016llx", (unsigned long long)value);
    if (wanted && strcmp(sum, wanted) != 0)
        session_note(session, "%s is not what it was: its checksum is %s, and was %.20s", path, sum, wanted);
    if (wanted)
        return true;
    if (!sheet_header(sheet, error, columns))
        return false;
    sheet_text(sheet, path);
    sheet_text(sheet, sum);
    sheet_row(sheet);
    return true;
}

static const struct parameter save_parameters[] = {
    {.name = "FILE", .type = TYPE_FILE, .positional = true, .help = "the script (default: it is an answer)"}, {0}};
static const struct parameter record_parameters[] = {
    {.name = "off", .type = TYPE_LITERAL, .positional = true, .help = "ends it"},
    {.name = "FILE", .type = TYPE_FILE, .positional = true, .help = "the script"},
    {0}};
static const struct parameter checksum_parameters[] = {
    {.name = "FILE", .type = TYPE_FILE, .positional = true, .required = true, .help = "the file"},
    {.name = "SUM", .type = TYPE_TEXT, .positional = true, .help = "what its checksum was; it is told when it is not"},
    {0}};

static const struct command commands[] = {
    {.name = "save-session",
     .summary = "saves all that was done as a script that does it again, with the same spikes and the same screen",
     .details =
         "source FILE, or lifscope -f FILE, empties the session first. Files that were loaded are read again, and\n"
         "it is told when one has changed.",
     .example = "save-session lecture.lif",
     .parameters = save_parameters,
     .file = true,
     .immediate = true,
     .run = run_save_session},
    {.name = "record",
     .summary = "writes every command from now on that changes something, typed or by keys, into a script",
     .example = "record steps.lif",
     .parameters = record_parameters,
     .immediate = true,
     .run = run_record},
    {.name = "empty",
     .summary = "makes the session a new one: no populations, recordings and panes, time 0",
     .unrecorded = true,
     .run = run_empty},
    {.name = "checksum",
     .summary = "a number that says whether a file is what it was",
     .parameters = checksum_parameters,
     .table = true,
     .run = run_checksum},
};

const struct command_family family_session = {"Sessions", commands, sizeof commands / sizeof *commands};
