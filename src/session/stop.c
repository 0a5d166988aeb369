#include "session/stop.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "engine/port.h"
#include "rig/live.h"
#include "session/course.h"
#include "session/lesson.h"
#include "session/line.h"
#include "session/message.h"
#include "session/session.h"

#define TRIES 3 /* at a number, before it is shown */

static double now(const struct session *session)
{
    return session->look.clock();
}

bool stop_stands(const struct session *session)
{
    return session->lesson->stands != STOP_NONE;
}

bool stop_possible(const struct session *session)
{
    return (session->options.screen || session->options.interactive) && !stop_stands(session);
}

/* ---- standing still ---- */

static bool run_for(struct session *session, double seconds, struct error *error)
{
    char line[64];
    snprintf(line, sizeof line, "run %.17g", seconds);
    return !(seconds > 0) || line_try(session, line, error);
}

/* A stop that is gone past when the script is run again. */
static bool passes(struct lesson *lesson)
{
    if (!lesson->rushes || lesson->stops >= lesson->rush)
        return false;
    lesson->stops++;
    if (lesson->told.length > 0) {
        text_clear(&lesson->page);
        text_add(&lesson->page, lesson->told.bytes);
    }
    text_clear(&lesson->told);
    return true;
}

/* What was found out stays in sight at a stop that has no words of its own. */
static void keep_said(struct lesson *lesson, const struct question *question, const struct record *record)
{
    if (!record->known)
        return;
    text_clear(&lesson->page);
    text_printf(&lesson->page, "%s\n", question->text);
    question_tell(question, record->truth, &lesson->page);
}

static void stand(struct session *session, enum stop_kind kind, double runs)
{
    struct lesson *lesson = session->lesson;
    lesson->stands = kind;
    lesson->touched = false;
    lesson->runs = runs;
    lesson->since = now(session);
    session->held = session->queued;
    if (lesson->told.length > 0 || kind != STOP_WAIT) /* else what was said last still holds */
        text_clear(&lesson->page);
    text_add(&lesson->page, text_string(&lesson->told));
    text_clear(&lesson->told);
    stop_resume(session);
}

void stop_resume(struct session *session)
{
    struct error ignored;
    if (session->lesson->runs > 0 && session->rig.started)
        port_run(session->rig.engine, &ignored);
}

bool stop_wait(struct session *session, double runs, struct error *error)
{
    if (!stop_possible(session) || !session->file || passes(session->lesson))
        return run_for(session, runs, error);
    stand(session, STOP_WAIT, runs);
    if (!session->options.screen)
        session_say(session, "Enter goes on");
    return true;
}

void stop_end(struct session *session)
{
    struct lesson *lesson = session->lesson;
    struct text words = {0};
    xgrow(&lesson->done, &lesson->done_capacity, lesson->dones + 1, sizeof *lesson->done);
    lesson->done[lesson->dones++] = xstrdup(lesson->script.name);
    text_printf(&words, "%sThat was \"%s\". ", lesson->told.length ? "\n" : "", lesson->script.title);
    text_add(&words, "`lesson` lists the others; `quit lesson` brings back what was there before.");
    text_add(&lesson->told, words.bytes);
    if (!session->options.screen)
        session_say(session, "%s", words.bytes + strspn(words.bytes, "\n"));
    text_free(&words);
    stand(session, STOP_END, 0);
}

void stop_release(struct session *session)
{
    struct lesson *lesson = session->lesson;
    if (lesson->runs > 0 && session->rig.started) {
        port_pause(session->rig.engine);
        live_drain(&session->rig);
    }
    if (lesson->stands == STOP_ASK)
        keep_said(lesson, lesson->question, lesson_record(session));
    lesson->stands = STOP_NONE;
    lesson->stops++;
    lesson->runs = 0;
    session->held = 0;
    question_free(lesson->question);
    lesson->question = NULL;
    free(lesson->knob);
    lesson->knob = NULL;
}

void stop_touch(struct session *session)
{
    session->lesson->touched = true;
    lesson_changed(session);
}

/* ---- a question ---- */

bool stop_knows(struct session *session, double *truth)
{
    struct lesson *lesson = session->lesson;
    if (!lesson->on)
        return false;
    if (lesson->rushes && lesson->stops < lesson->rush) { /* nobody is asked */
        *truth = NAN;
        return true;
    }
    for (size_t i = 0; i < lesson->records; i++)
        if (lesson->record[i].question == lesson->questions + 1 && lesson->record[i].answer &&
            strcmp(lesson->record[i].lesson, lesson->script.name) == 0) {
            *truth = lesson->record[i].truth;
            return true;
        }
    return false;
}

/* At a plain command line, where nothing stays in sight. */
static void say_question(struct session *session)
{
    const struct question *question = session->lesson->question;
    struct text words = {0};
    if (session->options.screen || !question)
        return;
    text_add(&words, question->text);
    for (size_t i = 0; i < question->choices; i++) {
        text_add(&words, "\n  ");
        question_choice(question, i, &words);
    }
    session_say(session, "%s", words.bytes);
    text_free(&words);
}

void stop_say_again(struct session *session)
{
    if (!session->options.screen && session->lesson->page.length > 0)
        session_say(session, "%s", session->lesson->page.bytes);
    say_question(session);
}

static double turned_to(struct session *session)
{
    const char *knob = session->lesson->knob;
    char channel[SUBJECT_NAME] = "";
    struct error ignored;
    const char *blank = knob ? strchr(knob, ' ') : NULL;
    if (!knob)
        return NAN;
    if (blank)
        snprintf(channel, sizeof channel, "%.*s", (int)(blank - knob), knob);
    long index = knob_named(session, blank ? channel : NULL, blank ? blank + 1 : knob, &ignored);
    return index < 0 ? NAN : knob_now(session, &session->knobs.knob[index], NULL, 0);
}

void stop_ask(struct session *session, struct question *question, double truth, const char *knob, double runs)
{
    struct lesson *lesson = session->lesson;
    struct text answer = {0};
    struct error ignored;
    lesson->questions++;
    if (!stop_possible(session) || passes(lesson)) {
        if (lesson->rushes)
            keep_said(lesson, question, lesson_record(session));
        question_free(question);
        run_for(session, runs, &ignored);
        return;
    }
    if (!lesson->on) {
        free(lesson->asked_in);
        lesson->asked_in = session->file ? xstrdup(session->file) : NULL;
        if (lesson->questions == 1)
            lesson_forget(session, lesson_name(session));
    }
    lesson->question = question;
    lesson->truth = truth;
    lesson->knob = knob ? xstrdup(knob) : NULL;
    lesson->turned = turned_to(session);
    struct record *record = lesson_record(session);
    question_truth(question, truth, &answer);
    free(record->answer);
    record->answer = xstrdup(text_string(&answer));
    record->truth = question->choices > 0 ? (double)question->right + 1 : truth;
    text_free(&answer);
    stand(session, STOP_ASK, runs);
    say_question(session);
}

static bool is_open(struct session *session)
{
    return session->lesson->stands == STOP_ASK && !lesson_record(session)->known;
}

/* What is said stays in sight; a person at a plain command line reads it once. */
static void say(struct session *session, struct record *record, enum page_said as, const struct text *said)
{
    free(record->said);
    record->said = xstrdup(text_string(said));
    record->said_as = as;
    if (!session->options.screen)
        session_say(session, "%s", record->said);
}

static void know(struct session *session, struct record *record)
{
    record->known = true;
    record->seconds = now(session) - session->lesson->since;
}

/* All wrong choices were taken, or enough numbers. */
static bool is_tried_out(const struct question *question, const struct record *record)
{
    size_t taken = 0;
    for (size_t i = 0; i < question->choices; i++)
        taken += (record->tried >> i) & 1;
    return question->choices > 0 ? taken + 1 >= question->choices : record->tries >= TRIES;
}

static void take_guess(struct session *session, const struct guess *guess)
{
    static const enum page_said as[] = {[VERDICT_OPEN] = PAGE_SAID_PLAIN,
                                        [VERDICT_RIGHT] = PAGE_SAID_RIGHT,
                                        [VERDICT_NEAR] = PAGE_SAID_NEAR,
                                        [VERDICT_WRONG] = PAGE_SAID_WRONG};
    const struct question *question = session->lesson->question;
    struct record *record = lesson_record(session);
    struct text said = {0}, words = {0};
    if (guess->choice >= 0) {
        question_choice(question, (size_t)guess->choice, &words);
        record->tried |= 1u << guess->choice;
    } else {
        question_number(question, guess->number, &words);
    }
    free(record->guess);
    record->guess = xstrdup(text_string(&words));
    record->guess_at = guess->choice >= 0 ? (double)guess->choice + 1 : guess->number;
    record->tries++;
    enum verdict verdict = question_judge(question, guess, session->lesson->truth, &said);
    if (verdict == VERDICT_RIGHT || verdict == VERDICT_NEAR) {
        know(session, record);
    } else if (is_tried_out(question, record)) {
        text_add(&said, " ");
        question_tell(question, session->lesson->truth, &said);
        know(session, record);
    }
    say(session, record, as[verdict], &said);
    text_free(&said);
    text_free(&words);
}

static bool is_blank(const char *line)
{
    return line[strspn(line, " \t\r\n")] == '\0';
}

bool stop_takes(struct session *session, const char *line)
{
    struct guess guess;
    struct error error = {""};
    if (!stop_stands(session))
        return false;
    if (is_blank(line)) {
        if (!session->options.screen && !stop_next(session, &error))
            session_error(session, &error);
        if (!session->options.screen) {
            line_run_queue(session);
            lesson_collect(session);
        }
        return true;
    }
    if (!is_open(session) || !question_reads(session->lesson->question, line, &guess))
        return false;
    take_guess(session, &guess);
    return true;
}

bool stop_turned(struct session *session)
{
    struct lesson *lesson = session->lesson;
    if (!lesson->knob || !is_open(session))
        return false;
    double value = turned_to(session);
    if (isnan(value) || value == lesson->turned ||
        fabs(value - lesson->truth) > question_tolerance(lesson->question, lesson->truth))
        return false;
    take_guess(session, &(struct guess){.choice = -1, .number = value});
    return true;
}

const char *stop_keys(struct session *session)
{
    const struct lesson *lesson = session->lesson;
    if (lesson->stands == STOP_END)
        return "PgUp back  lesson lists them  quit lesson";
    if (!is_open(session))
        return "Enter on  PgUp back  quit lesson";
    if (lesson->presents)
        return "Enter shows the answer  PgUp back  quit lesson";
    return lesson->question->choices > 0 ? "a letter answers  hint  skip" : "a number answers  hint  skip";
}

/* ---- going on ---- */

static bool nothing_stands(struct error *error)
{
    return error_set(error, "no lesson waits: lesson lists them, lesson 1 begins the first");
}

bool stop_next(struct session *session, struct error *error)
{
    struct lesson *lesson = session->lesson;
    if (!stop_stands(session))
        return nothing_stands(error);
    if (lesson->stands == STOP_END)
        return error_set(error, "the lesson is over: lesson lists the others, quit lesson brings back what was there");
    if (is_open(session) && lesson->presents)
        return stop_skip(session, error);
    if (is_open(session))
        return error_set(error, "the question waits for %s; hint helps, skip shows the answer",
                         lesson->question->choices > 0 ? "a letter" : "a number");
    if (lesson->on && (lesson->touched || lesson->runs > 0)) {
        course_pass(session);
        return true;
    }
    double runs = lesson->runs;
    bool at_once = !session->rig.started;
    stop_release(session);
    return !at_once || run_for(session, runs, error);
}

bool stop_skip(struct session *session, struct error *error)
{
    struct text said = {0};
    if (!is_open(session))
        return error_set(error, "there is no open question; next goes on");
    struct record *record = lesson_record(session);
    know(session, record);
    question_tell(session->lesson->question, session->lesson->truth, &said);
    say(session, record, PAGE_SAID_PLAIN, &said);
    text_free(&said);
    return true;
}

bool stop_hint(struct session *session, struct error *error)
{
    struct text said = {0};
    if (!is_open(session))
        return error_set(error, "there is no open question to give a hint for");
    struct record *record = lesson_record(session);
    bool more = question_hint(session->lesson->question, session->lesson->truth, record->hints, record->tried, &said);
    if (more) {
        record->hints++;
        say(session, record, PAGE_SAID_PLAIN, &said);
    } else {
        error_set(error, "there is no other hint: any command may be tried, and skip shows the answer");
    }
    text_free(&said);
    return more;
}
