/* Lessons: choosing one, going through it, and what a script does to tell its story. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "base/whole_file.h"
#include "base/xalloc.h"
#include "command/families.h"
#include "language/command.h"
#include "lesson/shelf.h"
#include "pane/pane_option.h"
#include "session/answer.h"
#include "session/course.h"
#include "session/lesson.h"
#include "session/line.h"
#include "session/message.h"
#include "session/session.h"
#include "session/stop.h"
#include "lesson/measure.h"

/* ---- lesson ---- */

static bool is_done(const struct session *session, const char *name)
{
    for (size_t i = 0; i < session->lesson->dones; i++)
        if (strcmp(session->lesson->done[i], name) == 0)
            return true;
    return false;
}

/* On the screen a page over the panes, as the help is. */
static void show_lessons(struct session *session)
{
    struct shelf *shelf = shelf_open();
    struct text *page = &session->help;
    text_free(page);
    session->help_scroll = 0;
    text_add(page, "Lessons, each about one thing that is easily thought wrong\n\n");
    for (size_t i = 0; i < shelf->lessons; i++) {
        const struct shelf_lesson *lesson = &shelf->lesson[i];
        char minutes[NUMBER_COUNTED];
        text_printf(page, "  %2d  %-45.45s %-11s %s\n", lesson->number, lesson->title,
                    number_counted(minutes, (unsigned long long)lesson->minutes, "minute"),
                    is_done(session, lesson->name) ? "done" : "");
    }
    text_add(page, shelf->lessons == 0 ? "  none is here: they come with the program, in lessons of its data\n"
                                       : "\n  lesson 1 begins the first; lesson 1 present is for a room.\n"
                                         "  Enter goes on, PgUp goes back, quit lesson brings back what was there.\n");
    shelf_free(shelf);
}

static bool list_lessons(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                         struct error *error)
{
    static const char *const columns[] = {"lesson", "minutes", "done", "title", NULL};
    if (session->options.screen && !arguments->file) {
        show_lessons(session);
        return true;
    }
    struct shelf *shelf = shelf_open();
    bool good = sheet_header(sheet, error, columns);
    for (size_t i = 0; good && i < shelf->lessons; i++) {
        const struct shelf_lesson *lesson = &shelf->lesson[i];
        sheet_text(sheet, lesson->name);
        sheet_integer(sheet, lesson->minutes);
        sheet_text(sheet, is_done(session, lesson->name) ? "yes" : "");
        sheet_text(sheet, lesson->title);
        sheet_row(sheet);
    }
    if (good && shelf->lessons > 0)
        session_say(session, "lesson %d begins that one; present behind it is for a room", shelf->lesson[0].number);
    shelf_free(shelf);
    return good;
}

static bool report(const struct session *session, struct sheet *sheet, struct error *error)
{
    static const char *const columns[] = {"lesson", "question", "guess", "truth", "tries", "seconds", NULL};
    if (!sheet_header(sheet, error, columns))
        return false;
    for (size_t i = 0; i < session->lesson->records; i++) {
        const struct record *record = &session->lesson->record[i];
        sheet_text(sheet, record->lesson);
        sheet_integer(sheet, (int64_t)record->question);
        if (record->guess)
            sheet_text(sheet, record->guess);
        else
            sheet_blank(sheet);
        if (record->known)
            sheet_text(sheet, record->answer);
        else
            sheet_blank(sheet);
        sheet_integer(sheet, (int64_t)record->tries);
        if (isnan(record->seconds))
            sheet_blank(sheet);
        else
            sheet_number(sheet, record->seconds);
        sheet_row(sheet);
    }
    return true;
}

/* What was typed, in its order. */
static void add_typed(const struct session *session, struct text *script)
{
    size_t lines = transcript_lines(session->transcript);
    for (size_t i = 0; i < lines; i++) {
        enum ink ink = INK_PLAIN;
        const char *line = transcript_line(session->transcript, i, &ink);
        if (ink == INK_ECHO && strncmp(line, "> ", 2) == 0 && strncmp(line + 2, "lesson", 6) != 0)
            text_printf(script, "%s\n", line + 2);
    }
}

static bool write_skeleton(struct session *session, const char *name, struct error *error)
{
    struct text path = {0}, script = {0};
    size_t length = strlen(name);
    text_printf(&path, "%s%s", name, length > 4 && strcmp(name + length - 4, ".lif") == 0 ? "" : ".lif");
    text_add(&script, "# What this lesson is about (5 minutes)\n\n"
                      "# What is seen, and what to look at. These lines stand in the box under the panes.\n");
    add_typed(session, &script);
    text_add(&script, "wait\n\n"
                      "# ask \"What will the rate be at J = 2?\" of=\"response model=lif J=2\" cell=rate,0 answer=63 "
                      "within=5% unit=Hz \\\n"
                      "#     why=\"Why it is so.\"\n");
    bool good =
        whole_file_allowed(path.bytes, true, error) && whole_file_write(path.bytes, script.bytes, script.length, error);
    if (good)
        session_say(session, "%s: lesson ./%s gives it, lifscope -f %s tests it", path.bytes, path.bytes, path.bytes);
    text_free(&path);
    text_free(&script);
    return good;
}

static bool begin(struct session *session, const char *which, bool presented, struct error *error)
{
    struct shelf_lesson own;
    text_free(&session->help);
    if (strchr(which, '/') || (strlen(which) > 4 && strcmp(which + strlen(which) - 4, ".lif") == 0)) {
        bool good = shelf_read(&own, which, error) && course_begin(session, &own, presented, error);
        shelf_lesson_free(&own);
        return good;
    }
    struct shelf *shelf = shelf_open();
    const struct shelf_lesson *found = shelf_find(shelf, which, error);
    bool good = found && course_begin(session, found, presented, error);
    shelf_free(shelf);
    return good;
}

static bool run_lesson(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                       struct error *error)
{
    const char *which = argument_text(arguments, "WHICH"), *more = argument_text(arguments, "MORE");
    if (!which)
        return list_lessons(session, arguments, sheet, error);
    if (strcmp(which, "report") == 0 && !more)
        return report(session, sheet, error);
    if (strcmp(which, "new") == 0)
        return more ? write_skeleton(session, more, error)
                    : error_set(error, "lesson new wants a name for the file: lesson new mine");
    if (more && strcmp(more, "present") != 0)
        return error_set(error, "lesson %.40s %.40s: behind a lesson stands present or nothing", which, more);
    return begin(session, which, more != NULL, error);
}

static const char *const lesson_names[] = {"report", "new"};
static const char *const more_names[] = {"present"};

static struct word_list lesson_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"lesson", 2, word_plain, lesson_names};
}

static struct word_list more_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"word", 1, word_plain, more_names};
}

static const struct parameter lesson_parameters[] = {
    {.name = "WHICH",
     .type = TYPE_TEXT,
     .choices = lesson_words,
     .positional = true,
     .help =
         "its number, its name, or the file of one's own; report: what was answered; new: a beginning of one's own"},
    {.name = "MORE",
     .type = TYPE_TEXT,
     .choices = more_words,
     .positional = true,
     .help = "present: for a room; behind new: the name of the file"},
    {0},
};

/* ---- next, back, hint, skip ---- */

static bool run_next(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                     struct error *error)
{
    (void)arguments;
    (void)sheet;
    return stop_next(session, error);
}

static bool run_back(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                     struct error *error)
{
    (void)arguments;
    (void)sheet;
    return course_back(session, error);
}

static bool run_hint(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                     struct error *error)
{
    (void)arguments;
    (void)sheet;
    return stop_hint(session, error);
}

static bool run_skip(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                     struct error *error)
{
    (void)arguments;
    (void)sheet;
    return stop_skip(session, error);
}

/* ---- wait ---- */

static bool run_wait(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                     struct error *error)
{
    (void)sheet;
    return stop_wait(session, argument_number(arguments, "run", 0), error);
}

static const struct parameter wait_parameters[] = {
    {.name = "run",
     .type = TYPE_QUANTITY,
     .dimension = DIMENSION_TIME,
     .high = 1e6,
     .help = "the simulation runs meanwhile, as long as one waits; in a script without a screen for this time"},
    {0},
};

/* ---- veil, reveal, note ---- */

static struct pane *pane_of(struct session *session, const struct arguments *arguments, struct error *error)
{
    struct layout *layout = &session->look.layout;
    size_t number = argument(arguments, "PANE")->count;
    if (number >= 1 && number <= layout->panes)
        return &layout->pane[number - 1];
    error_set(error, "there is no pane %zu: %s", number,
              layout->panes == 0 ? "none is open" : "pane 1 and those beside it are counted from the left");
    return NULL;
}

static bool cover(struct session *session, const struct arguments *arguments, bool veiled, struct error *error)
{
    struct pane *pane = pane_of(session, arguments, error);
    const char *part = argument_text(arguments, "PART");
    if (!pane)
        return false;
    if (part)
        return pane_veil_part(pane, part, veiled, error);
    pane->veiled = veiled;
    return true;
}

static bool run_veil(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                     struct error *error)
{
    (void)sheet;
    return cover(session, arguments, true, error);
}

static bool run_reveal(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                       struct error *error)
{
    (void)sheet;
    return cover(session, arguments, false, error);
}

static bool run_note(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                     struct error *error)
{
    (void)sheet;
    struct pane *pane = pane_of(session, arguments, error);
    const char *text = argument(arguments, "TEXT")->text;
    if (!pane)
        return false;
    if (strcmp(text, "off") == 0) {
        pane->notes = 0;
        return true;
    }
    double x = argument_number(arguments, "x", NAN);
    if (isnan(x))
        return error_set(error, "note wants a place: x= on the axis of the pane, and y= if it is to stand at a height");
    if (!pane->type->hit)
        return error_set(error, "a %s pane has no place for a note", pane->type->name);
    if (pane->notes == PANE_NOTES)
        return error_set(error, "pane %zu has %d notes, which is the most: note %zu off takes them away",
                         (size_t)argument(arguments, "PANE")->count, PANE_NOTES,
                         (size_t)argument(arguments, "PANE")->count);
    struct pane_note *note = &pane->note[pane->notes++];
    note->x = x;
    note->y = argument_number(arguments, "y", NAN);
    snprintf(note->text, sizeof note->text, "%s", text);
    return true;
}

#define PANE_NUMBER                                                                                                    \
    {                                                                                                                  \
        .name = "PANE", .type = TYPE_COUNT, .positional = true, .required = true, .low = 1, .high = LAYOUT_MAX,        \
        .help = "its number"                                                                                           \
    }

static const struct parameter veil_parameters[] = {
    PANE_NUMBER,
    {.name = "PART", .type = TYPE_TEXT, .positional = true, .help = "a part of it (default: all of it)"},
    {0},
};

static const struct parameter note_parameters[] = {
    PANE_NUMBER,
    {.name = "TEXT", .type = TYPE_TEXT, .positional = true, .required = true, .help = "in quotes; off: no notes"},
    {.name = "x",
     .type = TYPE_QUANTITY,
     .low = -INFINITY,
     .high = INFINITY,
     .keyed = true,
     .help = "where, in the units of the axis (times in seconds)"},
    {.name = "y",
     .type = TYPE_QUANTITY,
     .low = -INFINITY,
     .high = INFINITY,
     .keyed = true,
     .help = "how high, in the units of that axis (default: near the top)"},
    {0},
};

/* ---- big ---- */

static bool take_measured(struct session *session, void *context, const char *csv, size_t length, struct error *error)
{
    double value;
    const char *cell = context;
    if (!measure_take(cell, csv, length, &value, error))
        return false;
    number_round(session->lesson->big, value, 3);
    return true;
}

static bool run_big(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                    struct error *error)
{
    (void)sheet;
    const char *command = argument(arguments, "COMMAND")->text, *cell = argument_text(arguments, "CELL");
    if (strcmp(command, "off") == 0) {
        lesson_big(session, NULL, NULL);
        return true;
    }
    if (!cell)
        return error_set(error, "big wants a command and a place in its table: big \"stats A\" rate,0");
    if (!measure_check(cell, error))
        return false;
    lesson_big(session, command, cell);
    struct answer_taker taker = {take_measured, free, xstrdup(cell)};
    return line_table(session, command, &taker, error);
}

static const struct parameter big_parameters[] = {
    {.name = "COMMAND",
     .type = TYPE_TEXT,
     .positional = true,
     .required = true,
     .help = "a command that gives a table, in quotes; off: no large number"},
    {.name = "CELL", .type = TYPE_TEXT, .positional = true, .help = "COLUMN,ROW or a measure, as ask has them"},
    {0},
};

static const struct command commands[] = {
    {.name = "lesson",
     .summary = "lists the lessons, or begins one",
     .details =
         "What was there is put aside, and quit lesson brings it back. A lesson stops at every step; Enter or next "
         "goes on, back goes back. lesson report gives what was answered.",
     .example = "lesson 6",
     .parameters = lesson_parameters,
     .table = true,
     .run = run_lesson},
    {.name = "next",
     .summary = "goes on in a lesson that waits",
     .details = "What was tried meanwhile is undone: the lesson goes on from where it stood.",
     .immediate = true,
     .run = run_next},
    {.name = "back", .summary = "goes back to the step before in a lesson", .immediate = true, .run = run_back},
    {.name = "hint",
     .summary = "gives a hint for the question that is asked",
     .immediate = true,
     .anytime = true,
     .run = run_hint},
    {.name = "skip",
     .summary = "shows the answer of the question that is asked, and why",
     .immediate = true,
     .anytime = true,
     .run = run_skip},
    {.name = "wait",
     .summary = "lets a script wait until somebody goes on",
     .details = "Enter or next goes on. With -f nobody is there to wait for.",
     .example = "wait run=2s",
     .parameters = wait_parameters,
     .tells = true,
     .run = run_wait},
    {.name = "veil",
     .summary = "covers a pane, or a part of it, until it is revealed",
     .example = "veil 1",
     .parameters = veil_parameters,
     .tells = true,
     .immediate = true,
     .run = run_veil},
    {.name = "reveal",
     .summary = "shows a veiled pane, or a part of it",
     .example = "reveal 1",
     .parameters = veil_parameters,
     .tells = true,
     .immediate = true,
     .run = run_reveal},
    {.name = "note",
     .summary = "writes into a pane, at a place of its axes",
     .example = "note 1 \"begins here\" x=-0.5",
     .parameters = note_parameters,
     .tells = true,
     .immediate = true,
     .run = run_note},
    {.name = "big",
     .summary = "shows one number of a command's table large, as it is now",
     .example = "big \"response model=lif J=2\" rate,0",
     .parameters = big_parameters,
     .tells = true,
     .run = run_big},
};

const struct command_family family_lesson = {"Lessons", commands, sizeof commands / sizeof *commands};
