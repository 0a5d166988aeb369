/* What the script of a lesson is about to say, how far it is, and what was answered: the state that stops (session/stop.h)
 * and courses (session/course.h) share. A script that is sourced tells its comments as paragraphs and its commands
 * between their answers; it stands still at every stop. Scripts that nobody watches say nothing. UI thread only. */
#ifndef SESSION_LESSON_H
#define SESSION_LESSON_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "draw/view.h"
#include "lesson/question.h"
#include "lesson/shelf.h"

struct session;
struct world;

enum stop_kind {
    STOP_NONE,
    STOP_WAIT,
    STOP_ASK,
    STOP_END, /* the lesson is over */
};

/* What became of a question. */
struct record {
    char *lesson;    /* owned; the name of its script */
    size_t question; /* from 1 */
    char *guess;     /* owned; the last one, as it is written; NULL: none */
    double guess_at; /* the number it is, NaN: none */
    double truth;    /* NaN: only choices */
    char *answer;    /* owned; the truth as it is written */
    size_t tries, hints;
    unsigned tried; /* a bit for each choice */
    double seconds; /* until it was found or shown */
    bool known;     /* the answer has been seen */
    char *said;     /* owned; the last sentence; NULL: none */
    enum page_said said_as;
};

struct lesson {
    /* what is told */
    struct text told; /* paragraphs since the last stop, parted by LF */
    struct text page; /* those of the stop */
    /* how far the script is */
    size_t stops, questions; /* met so far */
    enum stop_kind stands;
    struct question *question; /* owned, of STOP_ASK */
    double truth;
    char *asked_in; /* owned: the file whose question it is, when no lesson is on; NULL: none */
    char *knob;     /* owned: what answers by being turned, "A tau_synapse"; NULL: nothing */
    double turned;  /* where it stood when it was asked for */
    double runs;    /* s that the simulation runs while one waits, on the screen as long as one does; 0: it does not */
    double since;   /* when the stop began, s */
    bool touched;   /* somebody has tried something since */
    /* going through it again without stopping, up to the stop of this number */
    bool rushes;
    size_t rush;
    /* the lesson that `lesson` began */
    bool on, presents, failed;
    struct shelf_lesson script; /* owned */
    struct world *before;       /* owned: what was there */
    /* answers of all lessons, and those that were gone through */
    struct record *record;
    size_t records, record_capacity;
    char **done;
    size_t dones, done_capacity;
    /* a number that is shown large */
    char *big_command, *big_cell; /* owned; NULL: none */
    char big[64];
    double big_due; /* s: when it is measured again; INFINITY: it takes too long for that */
    bool big_begun;
    /* for a frame */
    char heading[160], place[48];
    struct page_view shown;
};

struct lesson *lesson_new(void);
void lesson_free(struct lesson *lesson);

/* The next line of a script. Lines of a comment that follow one another become a paragraph, which is said when it ends;
 * those that are indented stay as they are. */
void lesson_say(struct session *session, const char *line);
/* The script has ended: its last comment is said. */
void lesson_end(struct session *session);

/* What goes by itself: a knob that was turned into the right range, the end of the script, a large number. True when a
 * frame is worth drawing. */
bool lesson_collect(struct session *session);
/* The number that is shown large from now on: a command that gives a table, and a place in it (lesson/measure.h); both
 * copied, NULL: none. */
void lesson_big(struct session *session, const char *command, const char *cell);

/* Something was done: what is shown large is measured again. */
void lesson_changed(struct session *session);

/* The record of the present question, which is made if there is none. Borrowed until the next one is made. */
struct record *lesson_record(struct session *session);
/* What the lesson is called in records: its script's name. */
const char *lesson_name(const struct session *session);
/* Forgets what was answered in the lesson of that name. */
void lesson_forget(struct session *session, const char *name);

/* What a frame shows; NULL: nothing. Borrowed until the next call. */
const struct page_view *lesson_view(struct session *session);

#endif
