#include "session/course.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "base/patient.h"
#include "base/xalloc.h"
#include "session/job.h"
#include "session/lesson.h"
#include "session/line.h"
#include "session/message.h"
#include "session/session.h"
#include "session/stop.h"
#include "session/world.h"

static void keep_on(struct session *session)
{
    struct error error;
    bool wanted = session->lesson->before->rig.started;
    if (!wanted || session->rig.started)
        return;
    session->rig.started = port_start(session->rig.engine, session->wake, session->wake_context, &error);
    if (!session->rig.started)
        session_error(session, &error);
}

/* From the first line: nothing has been met yet. */
static void from_the_start(struct lesson *lesson)
{
    question_free(lesson->question);
    lesson->question = NULL;
    free(lesson->knob);
    lesson->knob = NULL;
    lesson->stands = STOP_NONE;
    lesson->stops = lesson->questions = 0;
    lesson->runs = 0;
    lesson->failed = false;
    text_clear(&lesson->told);
    text_clear(&lesson->page);
}

/* Its lines wait in the queue then. */
static bool open_script(struct session *session, struct error *error)
{
    const char *path = session->lesson->script.path, *slash = strrchr(path, '/');
    FILE *stream = patient_fopen(path);
    if (!stream)
        return error_set(error, "cannot read %.300s: %s", path, error_cause(errno));
    files_note_read(fileno(stream), path);
    session->depth++;
    bool good = session_script(session, stream, slash ? slash + 1 : path);
    session->depth--;
    fclose(stream);
    return good;
}

/* A setting like others, which leaving brings back. */
static void present(struct session *session)
{
    if (session->lesson->presents)
        session->settings.present = true;
}

/* What a script says of its own lesson would be done again and again. */
static bool is_typed(const struct session *session, const char *what, struct error *error)
{
    return !session->lesson->on || !session->file ||
           error_set(error, "a lesson is on, and its script cannot say %s", what);
}

static void copy_lesson(struct shelf_lesson *to, const struct shelf_lesson *from)
{
    *to = (struct shelf_lesson){.name = xstrdup(from->name),
                                .path = xstrdup(from->path),
                                .title = xstrdup(from->title),
                                .number = from->number,
                                .minutes = from->minutes};
}

bool course_begin(struct session *session, const struct shelf_lesson *lesson, bool presented, struct error *error)
{
    struct lesson *state = session->lesson;
    struct shelf_lesson script;
    if (!session->options.screen && !session->options.interactive)
        return error_set(error, "a lesson needs somebody to give it to: a script runs it with lifscope -f %.200s",
                         lesson->path);
    if (!is_typed(session, "lesson", error))
        return false;
    copy_lesson(&script, lesson);
    course_leave(session, true);
    lesson_big(session, NULL, NULL);
    from_the_start(state);
    shelf_lesson_free(&state->script);
    state->script = script;
    state->before = world_put_aside(session);
    state->on = true;
    state->presents = presented;
    lesson_forget(session, script.name);
    bool good = open_script(session, error);
    keep_on(session);
    if (!good)
        course_leave(session, true);
    else
        present(session);
    return good;
}

/* Runs the script again from its start: past `stops` stops, and there on to the next if it is to `stand`. */
static bool again(struct session *session, size_t stops, bool stand, struct error *error)
{
    struct lesson *lesson = session->lesson;
    struct transcript *seen = session->transcript;
    job_drop(session); /* it is about what goes now */
    session->held = 0;
    line_drop_queue(session);
    from_the_start(lesson);
    lesson_big(session, NULL, NULL);
    world_free(session);
    world_init(session, NULL);
    session->rig.input = -1;
    session->settings = lesson->before->settings;
    session->transcript = transcript_new(TRANSCRIPT_LINES); /* all of it was said */
    bool quiet = session->quiet;
    session->quiet = true;
    lesson->rushes = true;
    lesson->rush = stops;
    bool good = open_script(session, error);
    session->inserted = 0;
    while (good && !stop_stands(session) && (stand || lesson->stops < stops) && line_run_next(session))
        ;
    if (good && !lesson->failed && (stand ? !stop_stands(session) : lesson->stops < stops))
        course_stopped(session);
    lesson->rushes = false;
    session->quiet = quiet;
    transcript_free(session->transcript);
    session->transcript = seen;
    present(session);
    keep_on(session);
    stop_resume(session);
    if (stand)
        stop_say_again(session);
    return good;
}

bool course_back(struct session *session, struct error *error)
{
    const struct lesson *lesson = session->lesson;
    if (!is_typed(session, "back", error))
        return false;
    if (!lesson->on)
        return error_set(error, "back goes back in a lesson, and none is on: lesson lists them");
    /* Between two stops, or behind the last, the one before is the last that was met. */
    if (lesson->stops == 0)
        return error_set(error, "this is where the lesson begins");
    return again(session, lesson->stops - 1, true, error);
}

void course_pass(struct session *session)
{
    struct error error;
    if (!again(session, session->lesson->stops + 1, false, &error))
        session_error(session, &error);
}

void course_leave(struct session *session, bool go_on)
{
    struct lesson *lesson = session->lesson;
    if (!lesson->on)
        return;
    job_drop(session);
    session->held = 0;
    line_drop_queue(session);
    session->inserted = 0;
    lesson_big(session, NULL, NULL);
    from_the_start(lesson);
    text_free(&session->remark);
    lesson->on = lesson->presents = false;
    world_bring_back(session, lesson->before, go_on);
    lesson->before = NULL;
}

void course_stopped(struct session *session)
{
    struct lesson *lesson = session->lesson;
    if (!lesson->on || stop_stands(session))
        return;
    lesson->failed = true;
    text_clear(&lesson->told);
    text_add(&lesson->told,
             "The lesson was stopped here. back goes back, quit lesson brings back what was there before.");
}

void course_failed(struct session *session, const char *file, size_t number)
{
    struct lesson *lesson = session->lesson;
    const char *path = lesson->script.path, *slash = path ? strrchr(path, '/') : NULL;
    if (!lesson->on || strcmp(file, slash ? slash + 1 : path) != 0)
        return;
    lesson->failed = true;
    text_clear(&lesson->told);
    text_printf(&lesson->told,
                "%s stops at its line %zu, where a command failed. back goes back, quit lesson brings "
                "back what was there before.",
                file, number);
}

bool course_is_quiet(const struct session *session)
{
    return session->lesson->on && session->options.screen;
}
