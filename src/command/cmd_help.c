/* Help, all of it from the tables that the parser uses; files of commands; leaving. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "base/patient.h"
#include "base/shipped.h"
#include "base/xalloc.h"
#include "command/families.h"
#include "language/command.h"
#include "language/help_search.h"
#include "language/help_text.h"
#include "session/keymap.h"
#include "session/course.h"
#include "session/lesson.h"
#include "session/message.h"
#include "session/session.h"

/* ---- help ---- */

static const char *const topics[] = {"keys", "language"};
#define TOPICS (sizeof topics / sizeof *topics)

static const char *topic_name(const void *list, size_t i)
{
    (void)list;
    return i < TOPICS ? topics[i] : command_at(i - TOPICS)->name;
}

static struct word_list topic_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"topic", TOPICS + command_count(), topic_name, NULL};
}

/* Every text that has the words. */
static bool find_words(const struct session *session, const char *word, const char *more, struct text *text,
                       struct error *error)
{
    struct text words = {0};
    text_printf(&words, "%s %s", word, more ? more : "");
    bool found = help_search(session, words.bytes, text);
    found = keymap_search(words.bytes, text) || found;
    text_free(&words);
    return found || error_set(error, "no text of the help has '%.60s': help lists the commands", word);
}

static bool put_topic(const struct session *session, const char *typed, const char *more, struct text *text,
                      struct error *error)
{
    struct word_list words = topic_words(session);
    struct error unknown, ignored;
    long topic = word_find(&words, typed, strlen(typed), &unknown);
    if (topic < 0 && help_named(session, typed, text))
        text_printf(text, "help find %s looks for it in every text\n", typed);
    else if (topic < 0)
        return find_words(session, typed, more, text, &ignored) || error_set(error, "%s", unknown.text);
    else if (topic == 0)
        keymap_describe(text);
    else if (topic == 1)
        help_language(text);
    else
        help_command(session, command_at((size_t)topic - TOPICS), more, text);
    return true;
}

/* Exact names first: `help keys` is the topic, though a command is called so too. A word in quotes, and one that is no
 * topic, is looked for. */
static bool run_help(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                     struct error *error)
{
    (void)sheet;
    const struct value *topic = argument(arguments, "TOPIC");
    const char *more = argument_text(arguments, "MORE");
    struct text text = {0};
    bool good = true;
    if (topic->given && (topic->quoted || argument(arguments, "find")->given))
        good = find_words(session, topic->text, more, &text, error);
    else if (topic->given)
        good = put_topic(session, topic->text, more, &text, error);
    else
        help_overview(&text);
    if (good)
        session_answer(session, text_string(&text));
    text_free(&text);
    return good;
}

static const struct parameter help_parameters[] = {
    {.name = "find", .type = TYPE_LITERAL, .positional = true, .help = "looks for the words in every text of the help"},
    {.name = "TOPIC",
     .type = TYPE_TEXT,
     .choices = topic_words,
     .positional = true,
     .help = "a command, keys, language, or any word of the help's texts (default: all commands)"},
    {.name = "MORE", .type = TYPE_TEXT, .positional = true, .help = "what follows the command, as in help input sine"},
    {0},
};

/* ---- keys ---- */

static const char *const keys_names[] = {"on", "off", "up", "down"};

static struct word_list keys_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"word", 4, word_plain, keys_names};
}

#define HELP_PAGE 5

static int count_lines(const struct text *text)
{
    int lines = 0;
    for (size_t i = 0; i < text->length; i++)
        lines += text->bytes[i] == '\n';
    return lines;
}

static void scroll_help(struct session *session, int by)
{
    int last = count_lines(&session->help) - 1, to = session->help_scroll + by;
    session->help_scroll = to < 0 ? 0 : to > last ? last : to;
}

static bool run_keys(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                     struct error *error)
{
    (void)sheet;
    (void)error;
    const struct value *what = argument(arguments, "WHAT");
    bool shown = session->help.length > 0;
    if (what->given && what->choice >= 2) {
        if (shown)
            scroll_help(session, what->choice == 2 ? -HELP_PAGE : HELP_PAGE);
        return true;
    }
    bool show = what->given ? what->choice == 0 : !shown;
    text_free(&session->help);
    session->help_scroll = 0;
    if (show) {
        keymap_describe(&session->help);
        text_add(&session->help, "\n");
        help_overview(&session->help);
    }
    return true;
}

static const struct parameter keys_parameters[] = {
    {.name = "WHAT",
     .type = TYPE_CHOICE,
     .choices = keys_words,
     .positional = true,
     .help = "on, off (default: the other one); up and down scroll"},
    {0},
};

/* ---- source ---- */

static bool run_source(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                       struct error *error)
{
    (void)sheet;
    const char *typed = argument(arguments, "FILE")->text;
    if (session->depth == SOURCE_DEPTH_MAX)
        return error_set(error, "source %.200s: files source one another more than %d deep", typed, SOURCE_DEPTH_MAX);
    FILE *stream = patient_fopen(typed);
    int cause = errno;
    char *shipped = stream ? NULL : shipped_script(typed);
    const char *path = shipped ? shipped : typed;
    if (shipped)
        stream = patient_fopen(shipped);
    if (!stream) {
        free(shipped);
        return error_set(error, "cannot read %.300s: %s", typed, error_cause(cause));
    }
    files_note_read(fileno(stream), path);
    session->depth++;
    bool good = session_script(session, stream, shipped ? strrchr(shipped, '/') + 1 : path);
    session->depth--;
    fclose(stream);
    free(shipped);
    error->text[0] = '\0'; /* a failure was said where it happened */
    return good;
}

static const struct parameter source_parameters[] = {
    {.name = "FILE",
     .type = TYPE_FILE,
     .positional = true,
     .required = true,
     .help = "a file of commands, or the name of a script that comes with the program, as in 20-dale"},
    {0},
};

static bool run_quit(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                     struct error *error)
{
    (void)sheet;
    if (!argument(arguments, "WHAT")->given) {
        session->quits = true;
        return true;
    }
    if (!session->lesson->on)
        return error_set(error, "no lesson is on; quit alone leaves the program");
    if (session->file)
        return error_set(error, "a lesson is on, and its script cannot say quit lesson");
    course_leave(session, true);
    return true;
}

static const char *const quit_names[] = {"lesson"};

static struct word_list quit_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"word", 1, word_plain, quit_names};
}

static const struct parameter quit_parameters[] = {
    {.name = "WHAT",
     .type = TYPE_CHOICE,
     .choices = quit_words,
     .positional = true,
     .help = "lesson: only the lesson, and what was there before comes back (default: the program)"},
    {0},
};

static const struct command commands[] = {
    {.name = "help",
     .summary = "lists the commands, explains one, or finds words in what all of them say",
     .details = "? is the same, and ??WORD the same as help find WORD.",
     .example = "help population",
     .immediate = true,
     .anytime = true,
     .parameters = help_parameters,
     .run = run_help},
    {.name = "keys",
     .summary = "shows what keys do, over the panes",
     .immediate = true,
     .anytime = true,
     .parameters = keys_parameters,
     .run = run_keys},
    {.name = "source",
     .summary = "runs the commands of a file",
     .example = "source demo.txt",
     .unrecorded = true,
     .parameters = source_parameters,
     .run = run_source},
    {.name = "quit",
     .also = "exit :q :quit",
     .summary = "leaves the program, or a lesson",
     .immediate = true,
     .anytime = true,
     .parameters = quit_parameters,
     .run = run_quit},
};

const struct command_family family_help = {"Help and files", commands, sizeof commands / sizeof *commands};
