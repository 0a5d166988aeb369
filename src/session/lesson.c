/* Comments are written in lines of a file's width; a screen has its own, so a paragraph is joined and broken anew. */
#include "session/lesson.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/xalloc.h"
#include "language/command.h"
#include "session/answer.h"
#include "session/line.h"
#include "session/message.h"
#include "session/session.h"
#include "session/stop.h"
#include "lesson/measure.h"

#define BLANKS " \t\r"
#define BIG_EVERY 0.5 /* s between measurements of a large number */
#define BIG_COST 0.03 /* s that one may take to be repeated */
#define BIG_DIGITS 3

struct lesson *lesson_new(void)
{
    struct lesson *lesson = xcalloc(1, sizeof *lesson);
    lesson->truth = NAN;
    lesson->big_due = INFINITY;
    return lesson;
}

static void free_record(struct record *record)
{
    free(record->lesson);
    free(record->guess);
    free(record->answer);
    free(record->said);
}

void lesson_free(struct lesson *lesson)
{
    for (size_t i = 0; i < lesson->records; i++)
        free_record(&lesson->record[i]);
    for (size_t i = 0; i < lesson->dones; i++)
        free(lesson->done[i]);
    free(lesson->record);
    free(lesson->done);
    question_free(lesson->question);
    shelf_lesson_free(&lesson->script);
    text_free(&lesson->told);
    text_free(&lesson->page);
    free(lesson->asked_in);
    free(lesson->knob);
    free(lesson->big_command);
    free(lesson->big_cell);
    free(lesson);
}

/* ---- what a script says ---- */

static bool people(const struct session *session)
{
    return session->options.screen || session->options.interactive;
}

/* A lesson has a box for what it says, whose heading is its title; other scripts speak between the answers too. */
static void say_paragraph(struct session *session, const char *text)
{
    struct lesson *lesson = session->lesson;
    size_t title;
    int minutes;
    if (lesson->on && lesson->stops == 0 && shelf_heading(text, &title, &minutes))
        return;
    text_printf(&lesson->told, "%s%s", lesson->told.length ? "\n" : "", text);
    if (lesson->rushes || (lesson->on && session->options.screen))
        return;
    struct text remark = {0};
    text_printf(&remark, "# %s", text);
    session_remark(session, remark.bytes);
    text_free(&remark);
}

static void end_paragraph(struct session *session)
{
    if (session->remark.length > 0)
        say_paragraph(session, text_string(&session->remark));
    text_free(&session->remark);
}

void lesson_end(struct session *session)
{
    struct lesson *lesson = session->lesson;
    end_paragraph(session);
    if (lesson->on || stop_stands(session))
        return;
    text_clear(&lesson->told);
    lesson->stops = lesson->questions = 0;
}

static void add_comment(struct session *session, const char *line)
{
    const char *words = line + strspn(line, BLANKS);
    bool stands_alone = words - line > 1;
    if (!*words || stands_alone)
        end_paragraph(session);
    if (!*words)
        return;
    text_printf(&session->remark, "%s%s", session->remark.length ? " " : "", stands_alone ? line : words);
    if (stands_alone)
        end_paragraph(session);
}

/* What belongs to the telling is seen by what it does; an `ask` in sight would be an answer in sight. */
static bool is_of_telling(const char *line)
{
    struct error ignored;
    char verb[32];
    size_t length = strcspn(line, " \t;");
    snprintf(verb, sizeof verb, "%.*s", length < sizeof verb ? (int)length : 0, line);
    const struct command *command = command_find(verb, &ignored);
    return command && command->tells;
}

void lesson_say(struct session *session, const char *line)
{
    if (!people(session))
        return;
    line += strspn(line, BLANKS);
    if (*line == '#') {
        add_comment(session, line + 1);
        return;
    }
    end_paragraph(session);
    if (*line && !session->lesson->rushes && !is_of_telling(line))
        session_echo(session, line);
}

/* ---- answers ---- */

const char *lesson_name(const struct session *session)
{
    const char *file = session->lesson->asked_in, *slash = file ? strrchr(file, '/') : NULL;
    if (session->lesson->on)
        return session->lesson->script.name;
    return slash ? slash + 1 : file ? file : "";
}

static struct record *find_record(const struct session *session, const char *name, size_t question)
{
    const struct lesson *lesson = session->lesson;
    for (size_t i = 0; i < lesson->records; i++)
        if (lesson->record[i].question == question && strcmp(lesson->record[i].lesson, name) == 0)
            return &lesson->record[i];
    return NULL;
}

struct record *lesson_record(struct session *session)
{
    struct lesson *lesson = session->lesson;
    const char *name = lesson_name(session);
    struct record *record = find_record(session, name, lesson->questions);
    if (record)
        return record;
    xgrow(&lesson->record, &lesson->record_capacity, lesson->records + 1, sizeof *lesson->record);
    record = &lesson->record[lesson->records++];
    *record = (struct record){
        .lesson = xstrdup(name), .question = lesson->questions, .guess_at = NAN, .truth = NAN, .seconds = NAN};
    return record;
}

void lesson_forget(struct session *session, const char *name)
{
    struct lesson *lesson = session->lesson;
    size_t kept = 0;
    for (size_t i = 0; i < lesson->records; i++)
        if (strcmp(lesson->record[i].lesson, name) == 0)
            free_record(&lesson->record[i]);
        else
            lesson->record[kept++] = lesson->record[i];
    lesson->records = kept;
}

/* ---- a large number ---- */

static bool take_big(struct session *session, void *context, const char *csv, size_t length, struct error *error)
{
    struct lesson *lesson = session->lesson;
    double value;
    (void)context;
    if (!lesson->big_cell || !measure_take(lesson->big_cell, csv, length, &value, error))
        return false;
    number_round(lesson->big, value, BIG_DIGITS);
    return true;
}

static void free_nothing(void *context)
{
    (void)context;
}

/* What the command says beside its table was said when it was first measured. */
static bool measure_big(struct session *session)
{
    struct lesson *lesson = session->lesson;
    struct answer_taker taker = {take_big, free_nothing, NULL};
    struct error ignored;
    char before[sizeof lesson->big];
    double begun = session->look.clock();
    bool mute = session->mute;
    memcpy(before, lesson->big, sizeof before);
    session->mute = true;
    line_table(session, lesson->big_command, &taker, &ignored);
    session->mute = mute;
    double now = session->look.clock();
    lesson->big_due = session->job || now - begun > BIG_COST ? INFINITY : now + BIG_EVERY;
    return strcmp(before, lesson->big) != 0;
}

void lesson_changed(struct session *session)
{
    if (session->lesson->big_command && session->options.screen)
        session->lesson->big_due = 0;
}

void lesson_big(struct session *session, const char *command, const char *cell)
{
    struct lesson *lesson = session->lesson;
    char *old[] = {lesson->big_command, lesson->big_cell};
    lesson->big_command = command ? xstrdup(command) : NULL;
    lesson->big_cell = cell ? xstrdup(cell) : NULL;
    lesson->big[0] = '\0';
    lesson->big_due = command && session->options.screen ? 0 : INFINITY;
    free(old[0]);
    free(old[1]);
}

/* ---- what goes by itself ---- */

bool lesson_collect(struct session *session)
{
    struct lesson *lesson = session->lesson;
    bool worth = false;
    if (session_busy(session))
        return false;
    if (lesson->big_command && session->look.clock() >= lesson->big_due)
        worth = measure_big(session);
    if (stop_turned(session))
        worth = true;
    if (lesson->on && !lesson->failed && !lesson->rushes && !stop_stands(session) && !session_queued(session)) {
        stop_end(session);
        worth = true;
    }
    return worth;
}

/* ---- for a frame ---- */

static void name_place(struct lesson *lesson)
{
    lesson->heading[0] = lesson->place[0] = '\0';
    if (lesson->on && lesson->script.number > 0)
        snprintf(lesson->heading, sizeof lesson->heading, "lesson %d: %s", lesson->script.number, lesson->script.title);
    else if (lesson->on)
        snprintf(lesson->heading, sizeof lesson->heading, "%s", lesson->script.title);
    if (lesson->stands == STOP_ASK)
        snprintf(lesson->place, sizeof lesson->place, "question %zu", lesson->questions);
}

/* "rate,0" -> "rate", "rms(error)" -> "rms" */
static const char *big_name(const struct lesson *lesson)
{
    static char name[48];
    size_t length = strcspn(lesson->big_cell, "(,");
    snprintf(name, sizeof name, "%.*s", (int)(length < sizeof name ? length : sizeof name - 1), lesson->big_cell);
    return name;
}

static void fill_question(struct session *session, struct page_view *page)
{
    struct lesson *lesson = session->lesson;
    const struct record *record = lesson_record(session);
    page->question = lesson->question->text;
    page->choice = (const char *const *)lesson->question->choice;
    page->choices = lesson->question->choices;
    page->guess = record->guess;
    page->guess_at = record->guess_at;
    page->truth = record->known ? record->answer : NULL;
    page->truth_at = record->known && lesson->question->choices == 0 ? record->truth : NAN;
    page->said = record->said ? record->said : "";
    page->said_as = record->said_as;
}

const struct page_view *lesson_view(struct session *session)
{
    struct lesson *lesson = session->lesson;
    if (!lesson->on && !stop_stands(session) && !(session->settings.present && lesson->big[0]))
        return NULL;
    bool goes = !stop_stands(session);
    name_place(lesson);
    lesson->shown = (struct page_view){
        .heading = lesson->heading,
        .place = lesson->place,
        .text = text_string(goes && lesson->told.length > 0 ? &lesson->told : &lesson->page),
        .guess_at = NAN,
        .truth_at = NAN,
        .said = "",
    };
    if (lesson->stands == STOP_ASK)
        fill_question(session, &lesson->shown);
    if (lesson->big_command && lesson->big[0]) {
        lesson->shown.big = lesson->big;
        lesson->shown.big_name = big_name(lesson);
    }
    return &lesson->shown;
}
