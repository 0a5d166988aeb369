/* A session: the engine, populations, recordings, panes and answers that commands work on, and the way into
 * it for whoever has a line, a key or a frame to deal with. It knows no terminal. UI thread only. */
#ifndef SESSION_SESSION_H
#define SESSION_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/error.h"
#include "base/text.h"
#include "draw/transcript.h"
#include "draw/view.h"
#include "picture/canvas.h"
#include "picture/theme.h"
#include "rig/rig.h"
#include "session/journal.h"
#include "session/knob.h"
#include "session/pins.h"
#include "session/work.h"
#include "view/look.h"
#include "view/mean_field.h"
#include "view/meanfield_state.h"

struct ahead;
struct command_list;
struct lesson;
struct port;
struct session_options {
    bool screen;       /* answers go to the transcript, runs go on in real time; else stdout/stderr and at once */
    bool interactive;  /* tables are aligned for reading (a person at --plain), else CSV */
    int width, height; /* of save-screen without a terminal; 0: 80x24 */
    enum glyph_set glyphs;
    const struct theme *theme; /* for the background, as far as it is known; NULL: dark */
    bool has_input; /* `input` is a descriptor of data, for `follow -`: no keys and no commands come from it */
    int input;
    struct port *engine;   /* that simulates, taken (engine/port.h); NULL: one in this process */
    FILE *out, *err;       /* results and messages; stdout, stderr */
    double (*clock)(void); /* seconds that a replay goes by; NULL: clock_seconds */
};

#define TRANSCRIPT_LINES 20000
#define SOURCE_DEPTH_MAX 16

/* A line that waits until a run is over. */
struct waiting_line {
    char *text, *file; /* owned; file may be NULL */
    size_t number;
    size_t depth; /* of `source` in `source` */
    bool rest;    /* the beginning of the line has been run */
};

/* What can be set and is neither a population's nor an input's. */
struct settings {
    int fps; /* frames a second wanted */
    enum glyph_set glyphs;
    const struct theme *theme; /* NULL: as the background wants it */
    bool mouse;
    bool present;       /* for a room */
    double before_slow; /* the speed before `slow`; 0: it is not on */
    int hold;           /* enum hold (session/setting.h) */
};

struct session {
    struct session_options options;
    struct settings settings;
    struct rig rig;   /* what there is */
    struct look look; /* how it is looked at */
    struct meanfield_state meanfield;
    bool lost_said;     /* that the engine is gone */
    double silence;     /* half seconds that it has not answered, as last seen */
    double wires_asked; /* s of the simulation: when the engine was last asked how they are */
    struct transcript *transcript;
    struct knobs knobs;
    struct mean_field_panes *mean_field_panes;
    /* lines */
    const char *file; /* where the line being run comes from, or NULL */
    size_t number;
    size_t depth; /* of `source` in `source` */
    bool waits;   /* a bounded run goes on, lines wait */
    struct pins pins;
    struct journal journal;  /* what undo takes back */
    struct running_job *job; /* what is being done beside, NULL: nothing; lines wait (session/job.h) */
    struct ahead *ahead;     /* owned: what commands wait for (session/ahead.h) */
    bool quiet;              /* a key's command: what the screen shows anyway is not said */
    bool mute;               /* a lesson speaks for itself, and nothing may tell what it is about to ask */
    struct waiting_line *queue;
    size_t queue_head, queued, queue_capacity;
    size_t held;           /* the last lines of the queue: they stand behind a stop of their script */
    size_t inserted;       /* lines the present command put at the head of the queue */
    struct text remark;    /* the comment that a sourced file is in */
    struct lesson *lesson; /* owned (session/lesson.h) */
    /* screen */
    bool quits;
    bool arrived;     /* something was read since the last session_collect */
    struct text help; /* shown instead of the panes unless empty */
    int help_scroll;
    struct subject subject[CHANNELS_MAX + 2 + LAYOUT_MAX]; /* channels in order, mean field, network, connections */
    struct canvas *frozen; /* owned: panes as they were when they were frozen; NULL: they are not */
    char notice[96], replay_text[96];
    struct work work;
    void (*wake)(void *context); /* from session_start */
    void *wake_context;
    void (*refresh)(void *context); /* draws a frame at once; NULL: no screen */
    void *refresh_context;
    double frame_cost, frame_gap, frame_last; /* s: drawing a frame, between frames, when the last one was */
};

/* `commands` is what lines can say (command/families.h); borrowed, and kept. */
struct session *session_new(const struct session_options *options, const struct command_list *commands);
void session_free(struct session *session);
/* The engine starts its thread (screen only). `wake` as in port_start. */
bool session_start(struct session *session, void (*wake)(void *context), void *context, struct error *error);

/* What draws a frame while a command takes long (loading a large file); called from inside session_line. */
void session_on_work(struct session *session, void (*refresh)(void *context), void *context);

/* Runs one line (commands separated by ';'). Messages are written as "lifscope: FILE:LINE: sentence" when
 * `file` is not NULL, else as "lifscope: sentence" (in the transcript without the name). False when a command
 * failed: the rest of the line is not run. */
bool session_line(struct session *session, const char *line, const char *file, size_t number);
/* Runs every line of a stream; false at the first failure, where it stops. */
bool session_script(struct session *session, FILE *stream, const char *file);

/* A command (run 2s) that has not ended yet: further lines wait in a queue until it has. */
bool session_busy(const struct session *session);
/* Lines are in the queue that no stop holds back; session_collect runs them when it may. */
bool session_queued(const struct session *session);

/* Something moves by itself (a replay): frames are to go on. */
bool session_moves(const struct session *session);
/* Something is computed beside that frames wait for (decoders). */
bool session_solves(const struct session *session);

/* Matches for the word line[start..end): malloc'ed, NULL-terminated array of malloc'ed strings, or NULL. */
char **session_complete(struct session *session, const char *line, size_t start, size_t end);
void session_show_matches(struct session *session, char **matches, size_t count);

/* A key by its name (see term/keys.h): true if a binding used it. line_empty: nothing is typed at the prompt.
 */
bool session_key(struct session *session, const char *name, bool line_empty);
/* Shows help on the word at byte `cursor` of a line that is being typed, or closes the help that is shown. */
void session_help(struct session *session, const char *line, size_t cursor);
/* "Click", "WheelUp", ... at a place of the screen; width, height: its size. */
void session_mouse(struct session *session, const char *name, int column, int row, int width, int height);
/* Ctrl-C with an empty line: pauses a run, stops a long command. False: there was nothing to stop. */
bool session_interrupt(struct session *session);

/* Collects what the engine did since the last call and starts queued lines; true if a new frame is worth
 * drawing. */
bool session_collect(struct session *session);
/* Between frames: collects only if the engine stands still until somebody does. */
void session_relieve(struct session *session);
/* Fills the view (prompt fields are left for the caller); pointers are borrowed until the next session call.
 */
void session_view(struct session *session, struct view *view);

/* Inputs that are followed, and an engine in another process: what poll() is to wait for (at most `most` descriptors),
 * and the seconds after which session_read is to be called anyway; INFINITY: never. */
size_t session_descriptors(const struct session *session, int *descriptor, size_t most);
double session_patience(const struct session *session);
/* Reads them for at most so many seconds; true when a frame is worth drawing. */
bool session_read(struct session *session, double budget);

bool session_quits(const struct session *session); /* `quit` was given */
int session_fps(const struct session *session);    /* frames a second wanted */
bool session_mouse_wanted(const struct session *session);
enum glyph_set session_glyphs(const struct session *session);
/* The terminal says what its background is, 0xRRGGBB: the theme follows, unless one was chosen. */
void session_ground(struct session *session, unsigned rgb);
const struct theme *session_theme(const struct session *session);
void session_resized(struct session *session, int width, int height);
void session_frame_drawn(struct session *session, double seconds); /* for the fps shown and the adaptive rate */
void session_notice(struct session *session, const char *text);    /* a line into the transcript */

#endif
