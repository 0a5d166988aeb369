/* Knobs: numbers that a key or the mouse turns while everything runs. A knob keeps no value of its own: it
 * reads what is there from the row of the command that changes it (session/knob_rows.h), and turning it runs
 * that command, "set A tau_rc=31ms", as if it had been typed. On the screen that happens once a frame with
 * the latest value wanted, so that turning never queues up behind the engine; without a screen at once. UI
 * thread only. */
#ifndef SESSION_KNOB_H
#define SESSION_KNOB_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/number.h"
#include "draw/view.h"
#include "session/knob_rows.h"

#define KNOBS_MAX 12
#define KNOB_COMMAND 1024 /* bytes that a command of a knob needs at most */
#define KNOB_COARSE 10    /* fine steps in a coarse one */

struct knob {
    const struct knob_source *source;
    char channel[SUBJECT_NAME]; /* "": none is named */
    char key[64];               /* the row's name */
    char *before;               /* owned: what stood behind "key=" when it was made */
    enum dimension dimension;
    bool whole; /* whole numbers */
    bool log;
    double low, high;
    double about; /* where it begins while there is no number; NaN: in the middle */
    double step;  /* a fine step: added, or with log multiplied by */
    /* wanted, and not done yet */
    double wanted; /* NaN: nothing */
    bool back;     /* what stood before */
    /* for the screen */
    bool armed;           /* a reset was tapped once */
    bool unsaid;          /* turned since the transcript heard of it */
    struct error refused; /* the last sentence that turning it met, or empty */
    char text[4][104];    /* what a frame shows: name, value, low, high */
};

struct knobs {
    struct knob knob[KNOBS_MAX];
    size_t count, chosen;
    bool focus;     /* they have the keys, unless a pane has */
    long dragged;   /* the one the mouse holds, -1: none */
    double clicked; /* when and where the mouse was last pressed, for the double click */
    double clicked_at;
    struct knob_view shown[KNOBS_MAX];
    struct knob_rows *offered; /* owned: what Tab offers, made when it is asked */
};

/* What is asked for: a row of what can be turned, where from and where to. */
struct knob_wish {
    const char *channel; /* a population, or NULL: the one in focus */
    const char *key;
    const char *range; /* "lo:hi" */
    const char *step;  /* NULL: about a hundredth of the range */
    bool log;
};

/* Puts a knob there, or gives the one of that key a new range; it is chosen and gets the keys. NULL with a
 * sentence. */
struct knob *knob_put(struct session *session, const struct knob_wish *wish, struct error *error);
void knob_off(struct session *session, size_t index);
/* The knob called `key`, of a population if `channel` is not NULL; -1 with a sentence. */
long knob_named(const struct session *session, const char *channel, const char *key, struct error *error);
/* The rows a knob can be made of. */
void knob_collect(const struct session *session, const char *channel, struct knob_rows *rows);

/* What can be turned, as words: kept until the next call. */
struct word_list knob_words(const struct session *session);

/* By so many fine steps, to a part of its range (0..1), back to what stood before. False with a sentence
 * where it is done at once. */
bool knob_turn(struct session *session, struct knob *knob, double steps, struct error *error);
bool knob_turn_to(struct session *session, struct knob *knob, double part, struct error *error);
bool knob_reset(struct session *session, struct knob *knob, struct error *error);

/* Does what is wanted; true if anything was. */
bool knobs_apply(struct session *session);
/* The chosen one; NULL: there is none. */
struct knob *knobs_chosen(struct session *session);
void knobs_choose(struct session *session, size_t index);
/* Whether arrow keys turn them. */
bool knobs_focused(const struct session *session);
void knobs_focus(struct session *session, bool on);
/* Writes what was turned into the transcript, as the commands that say it. */
void knobs_say(struct session *session);
/* A number as a knob's command has it, and for people. */
void knob_typed(const struct knob *knob, double value, char out[NUMBER_HUMAN]);
/* What it is now; NaN: no single number, or it is not there any more. `text` (may be NULL): as it would be
 * typed. */
double knob_now(const struct session *session, const struct knob *knob, char *text, size_t size);
/* The command that gives it a value, "set A tau_rc=" and what is typed. */
void knob_command(const struct knob *knob, const char *typed, char *out, size_t size);
/* Knobs of what is gone go with it. */
void knobs_prune(struct session *session);
void knobs_fill(struct session *session, struct view *view);
void knobs_init(struct knobs *knobs);
void knobs_free(struct knobs *knobs);

#endif
