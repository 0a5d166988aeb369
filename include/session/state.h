/* What a session holds, for the files of this room only; everybody else uses command/session.h. UI thread
 * only. */
#ifndef SESSION_STATE_H
#define SESSION_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/text.h"
#include "draw/transcript.h"
#include "engine/port.h"
#include "nef/readout_trace.h"
#include "pane/layout.h"
#include "rig/channel.h"
#include "session/knob.h"
#include "session/session.h"
#include "session/work.h"
#include "view/mean_field.h"
#include "view/meanfield_state.h"

#define CHANNELS_MAX 128
#define TRANSCRIPT_LINES 20000
#define SOURCE_DEPTH_MAX 16

/* A line that waits until a run is over. */
struct waiting_line {
    char *text, *file; /* owned; file may be NULL */
    size_t number;
    size_t depth; /* of `source` in `source` */
    bool rest;    /* the beginning of the line has been run */
};

/* A time of a channel that was given a name. */
struct marker {
    char channel[SUBJECT_NAME];
    double time;
    char label[40];
};

/* A recording that is played as if it happened now. */
struct replay {
    struct channel *channel; /* NULL: none */
    bool running;
    double speed; /* seconds of the recording in one of ours */
    double at;    /* where it is */
    double until; /* where it stops */
    double clock; /* when it was there, while it runs */
};

/* The mouse's left button, held down in a pane with an axis of time. */
struct drag {
    bool on;
    int pane;
    double time; /* under the pointer when it was pressed: stays under it */
    long neuron; /* likewise; -1: none */
};

/* Which recordings move together in time. */
enum link { LINK_AUTO, LINK_ON, LINK_OFF };

/* What can be set and is neither a population's nor an input's. */
struct settings {
    int fps; /* frames a second wanted */
    enum glyph_set glyphs;
    bool sweep; /* live panes fill pages; else they scroll */
    bool mouse;
    enum link link;
    double history; /* MB of memory for each population's record */
    uint64_t seed;  /* of populations and noises that were given none */
};

struct session {
    struct session_options options;
    struct settings settings;
    struct meanfield_state meanfield;
    struct port *engine;
    bool started; /* the engine follows the clock */
    bool lost_said;
    struct channel *channel[CHANNELS_MAX];
    size_t channels;
    struct wired **wired; /* [wires] connections between them (session/wiring.h) */
    size_t wires;
    double wires_asked;   /* s of the simulation: when the engine was last asked how they are */
    struct layout layout;
    struct transcript *transcript;
    struct time_window window; /* of all live channels */
    struct step_length *length; /* [lengths] of the simulation's steps since the last reset */
    size_t lengths, length_capacity;
    struct marker *marker; /* [markers] */
    size_t markers, marker_capacity;
    struct replay replay;
    struct drag drag;
    struct knobs knobs;
    struct mean_field_panes *mean_field_panes;
    int cursor_put; /* the cursor that the mouse set last, 0 or 1 */
    /* lines */
    const char *file; /* where the line being run comes from, or NULL */
    size_t number;
    size_t depth; /* of `source` in `source` */
    bool waits;   /* a bounded run goes on, lines wait */
    struct running_job *job; /* what is being done beside, NULL: nothing; lines wait (session/job.h) */
    bool quiet;   /* a key's command: what the screen shows anyway is not said */
    struct waiting_line *queue;
    size_t queue_head, queued, queue_capacity;
    size_t inserted; /* lines the present command put at the head of the queue */
    struct text remark; /* the comment that a sourced file is in */
    /* screen */
    bool quits;
    bool arrived; /* something was read since the last session_collect */
    struct text help; /* shown instead of the panes unless empty */
    int help_scroll;
    struct engine_status status; /* as of the last session_collect or command */
    struct subject subject[CHANNELS_MAX + 1]; /* and the mean field */
    char notice[96], replay_text[96];
    struct work work;
    void (*wake)(void *context); /* from session_start */
    void *wake_context;
    void (*refresh)(void *context); /* draws a frame at once; NULL: no screen */
    void *refresh_context;
    double frame_cost, frame_gap, frame_last; /* s: drawing a frame, between frames, when the last one was */
};

/* ---- messages ---- */

/* A confirmation: seen by people, not by scripts. */
void session_say(struct session *session, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Something to know that is no failure; in scripts on the error stream. */
void session_note(struct session *session, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A line that is run, as it would have been typed; and what a sourced file says in its comments. Seen by
 * people. */
void session_echo(struct session *session, const char *line);
void session_remark(struct session *session, const char *text);
/* What a command found out and decided: an answer for people, in scripts on the error stream. */
void session_report(struct session *session, const char *text);
/* A result that is text; in scripts on the output stream. */
void session_answer(struct session *session, const char *text);
void session_error(struct session *session, const struct error *error);

/* ---- lines ---- */

/* Runs the command of a key: what the screen shows anyway is not said. */
void session_run_quietly(struct session *session, const char *command);
/* Runs one line at once, whatever waits. */
bool line_run(struct session *session, const char *line, const char *file, size_t number);
/* The next lines of the queue, while nothing waits. */
bool line_run_queue(struct session *session);
/* Puts a line into the queue behind those the present command put there, before all others. */
void line_insert(struct session *session, const char *line, const char *file, size_t number);
void line_drop_queue(struct session *session);
/* A command failed after its line was left: the rest of the line is not run if it was cut there, nor what else its file
 * (or NULL) says. */
void line_drop_failed(struct session *session, bool cut, const char *file);

/* Runs one command quietly; what it fails with goes into *error and nowhere else. */
bool line_try(struct session *session, const char *line, struct error *error);

/* ---- channels ---- */

/* A new one in the list, or NULL with a sentence when there is no room. */
struct channel *channel_add(struct session *session, const char *name, struct error *error);
/* Takes it off the list and frees it (live ones: live_remove). Its panes stay, and wait for something new. */
void channel_remove(struct session *session, struct channel *channel);
/* Any of that name, or NULL. */
struct channel *channel_named(const struct session *session, const char *name);
/* The window it is looked at through. */
struct time_window *channel_window(struct session *session, struct channel *channel);
/* Opens the panes a first channel gets; where there are panes, those whose channel was removed take it. True if it is
 * shown then. */
bool channel_show_first(struct session *session, const struct channel *channel);
/* What was looked at so far gives its place to it, unless it is shown already or they share an axis of
 * time. */
void channel_show(struct session *session, const struct channel *channel);
/* "data/2024-run 3.csv" -> "R2024_run_3", into name[SUBJECT_NAME]. */
void channel_name_from_path(const char *path, char *name);
/* Stops following: what is kept becomes a recording. */
void channel_keep_recording(struct channel *channel);

/* Makes a live channel, or changes `channel` (not NULL) to the spec. `input` (taken; NULL: keeps the present
 * one, or constant 0) comes with it. Everything is built before the simulation is touched, so that a failure
 * changes nothing. */
struct channel *live_put(struct session *session, struct channel *channel, const char *name,
                         const struct population_spec *spec, struct stimulus *input, struct error *error);
void live_remove(struct session *session, struct channel *channel);
/* Replaces the input only; takes it in any case. False with a sentence when the engine cannot. */
bool live_input(struct session *session, struct channel *channel, struct stimulus *input, struct error *error);
/* Appends what the engine recorded to the histories; true if there was anything. */
bool live_drain(struct session *session);
bool live_reset(struct session *session, struct error *error);
/* Looks at the present again. */
void live_follow(struct session *session);
bool live_dt(struct session *session, double dt, struct error *error);
/* Changes what is decoded from the channel's spikes to what the spec says; no neuron changes, and nothing is forgotten. */
void live_readout(struct channel *channel, const struct population_spec *spec);
/* Empty records of the size now set. */
void live_new_records(struct session *session);
/* Notes what had to be dropped or was lost since the last time. */
void live_note_losses(struct session *session);

/* ---- screen ---- */

/* Whether a pane of this type can show the channel: a recording has no tuning curves. */
bool view_suits(const struct pane_type *type, const struct channel *channel);
/* The channel of the focused pane, else of the first one; NULL. */
struct channel *view_channel(const struct session *session);
/* The short help on keys at the right of the command line. */
const char *session_keys_short(const struct session *session);
/* Present x of a live channel. */
const double *view_input(struct session *session, struct channel *channel);

#endif
