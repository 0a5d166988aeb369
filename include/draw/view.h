/* Everything one frame shows, as borrowed pointers and plain values. The session fills one for each frame; drawing
 * reads it and changes nothing. */
#ifndef DRAW_VIEW_H
#define DRAW_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "draw/transcript.h"
#include "model/accuracy.h"
#include "model/population.h"
#include "model/rate.h"
#include "model/rate_fit.h"
#include "model/stimulus.h"
#include "nef/decoder.h"
#include "nef/readout_trace.h"
#include "signal/history.h"
#include "signal/recording.h"
#include "signal/source.h"
#include "signal/tuning.h"

#define SUBJECT_NAME 32

struct ghost;
struct mean_field;
struct connection_view;
struct network_view;

/* A time that is marked in every pane with a time axis. */
struct time_mark {
    double time;
    const char *label; /* "1" and "2" of the cursors; may be "" */
    bool cursor;       /* else a marker, or the point gone to */
};

/* What lies between the two cursors, [first, second). */
struct between {
    bool on;
    double interval; /* s, > 0 */
    bool counted;    /* spikes are known */
    size_t spikes;   /* of the selected neuron, or of all of them */
    double rate;     /* Hz, of that neuron, or the mean of all */
    long neuron;     /* -1: all */
};

/* How the spikes of a stream arrive. */
struct arrival {
    const char *source;  /* a path, "standard input"; NULL: this is no stream */
    const char *rate;    /* "1 234 rows/s" */
    const char *trouble; /* "stalled 3.5 s", "the writer has gone"; NULL: none */
    double keep;         /* s */
    bool held;           /* the window does not follow */
    bool waits, ended;   /* for a writer or a file; nothing comes any more */
};

/* What a population's spikes are decoded into. */
struct decoding_view {
    const char *function;              /* "x^2", as typed */
    const char *synapse;               /* "low-pass 10 ms" */
    struct function *target;           /* to ask for f(x) */
    bool same;                         /* f(x) is x itself */
    const struct decoder *decoder;     /* NULL: there are none (yet) */
    const struct readout_trace *trace; /* over the window; NULL without a decoder */
    const double *low, *high;          /* [outputs] of f where decoders are made for it */
    bool solving;                      /* newer decoders are on their way */
    const char *trouble;               /* a sentence: why there can be none; NULL */
};

/* Neurons simulated at constant currents 0 .. high, for the pane that shows how accurate they are. */
#define ACCURACY_CURRENTS 128 /* at most */
#define ACCURACY_MODELS 3
struct accuracy_view {
    const struct accuracy *run[ACCURACY_MODELS]; /* [runs] of different models, at the same currents */
    size_t runs;
    struct neuron_params params;
    double dt, time; /* s; simulated so far */
    double high;     /* of J */
    bool finished;
};

/* The membrane of a neuron, simulated again over the window (rig/voltage.h). Steps rise in time. */
struct voltage_view {
    size_t neuron, count;
    const double *time, *current, *voltage, *refractory; /* [count] at the end of each step; s, J, 1, s */
    const bool *spiked;                                  /* [count] */
    double dt;                                           /* s, of the last of them */
    const char *trouble;                                 /* a sentence: why there can be none; NULL */
    double reached;                                      /* s: so far it is simulated again; NaN: all that was to be */
    bool unsure;   /* it began in the middle, at rest: until it has forgotten that it may be wrong */
    size_t astray; /* spikes that the record has and it has not, or the other way round */
};

/* A thing panes can show: a live population, a recording or a stream. */
struct subject {
    char name[SUBJECT_NAME];
    /* live */
    const struct population *population; /* NULL: not live */
    const struct history *history;
    const struct stimulus *input;
    const char *input_text; /* "sin(2pi 2t)" */
    const double *x;        /* [dims] the present input */
    double changed;         /* when its parameters were changed last: the population says nothing about times before */
    bool chaotic;           /* as it is without neurons, so that no error against that means anything */
    const struct decoding_view *decoding; /* NULL: no pane asked for it */
    const struct accuracy_view *accuracy; /* NULL: no pane shows it */
    const struct voltage_view *voltage;   /* NULL: no pane shows it */
    /* recording */
    const struct recording *recording;  /* NULL: no recording */
    const struct tuning_bins *measured; /* [neurons] units: rates against its stimulus; NULL: it has none */
    const struct rate_fit *fit;         /* [neurons] curves fitted through them; NULL: none */
    const struct rate_curve *fit_curve; /* what was fitted */
    /* stream */
    struct arrival arrival;
    /* mean field: has nothing of what follows; connection: its window of time alone */
    const struct mean_field *mean_field;      /* NULL: not it */
    const struct connection_view *connection; /* pane/connection_view.h; NULL: no connection */
    const struct network_view *network; /* pane/network_view.h; NULL: not it. Has nothing of what follows either */
    /* all */
    struct spike_source spikes; /* neurons == 0 for a rate model: it has no spikes to show */
    size_t neurons;
    const uint32_t *order;  /* [places] display order, bottom row first; NULL: by number */
    size_t places;          /* neurons in the order, when some were left out on purpose; 0: all */
    const char *ordered_by; /* "rate": what the order goes by; NULL: its own (by encoder, by number) */
    long selected;          /* neuron, -1: none */
    /* The part of the order that is shown: rows first_row .. first_row + rows - 1; rows == 0: all (thinned if need
     * be) */
    size_t first_row, rows;
    /* Time window shown, absolute seconds. Live and following: sweep pages, see `sweep`. */
    double from, to;
    double now; /* live: present time; stream: newest; recording: cursor or NaN */
    /* from..to is a page that fills up to `now`; right of it is still the page before (from-width..to-width). */
    bool sweep;
    const struct time_mark *mark; /* [marks] */
    size_t marks;
    struct between between;
};

/* What a lesson says beside the panes, in a box over the answers. */
enum page_said { PAGE_SAID_PLAIN, PAGE_SAID_RIGHT, PAGE_SAID_NEAR, PAGE_SAID_WRONG };
struct page_view {
    const char *heading;       /* "lesson 6: Two neurons"; may be "" */
    const char *place;         /* "question 2"; may be "" */
    const char *text;          /* paragraphs, parted by LF; may be "" */
    const char *question;      /* NULL: nothing is asked */
    const char *const *choice; /* [choices] */
    size_t choices;
    const char *guess, *truth; /* "258 Hz"; NULL: not given, not to be seen yet */
    double guess_at, truth_at; /* the numbers they are; NaN: none */
    const char *said;          /* after an answer, a hint; may be "" */
    enum page_said said_as;
    const char *keys;           /* "Enter on  hint  skip" */
    const char *big, *big_name; /* a number to be seen from the last row, and what it is; NULL: none */
};

/* A slider. */
struct knob_view {
    const char *name;  /* "A tau_rc" */
    const char *value; /* "21.5 ms" */
    const char *low, *high;
    double at, before; /* 0 to 1 from low to high; what it is and what it was at first; NaN: not known */
};

struct view {
    const struct subject *subject;
    size_t subjects;
    const struct layout *layout;
    const struct ghost *ghost; /* [ghosts] what is laid over panes */
    size_t ghosts;
    const struct transcript *output;
    const struct page_view *page; /* NULL: no lesson says anything */
    bool present;                 /* for a room: read from the last row (frame/part.h) */
    /* Panes as they were at some time, which stand while everything goes on; NULL: they are drawn anew. */
    const struct canvas *frozen;
    const struct knob_view *knob; /* [knobs] */
    size_t knobs;                 /* as many as the layout has room for */
    size_t knob_chosen;
    bool knob_keys; /* arrow keys turn the chosen one */
    /* status line */
    double time, dt;
    double speed, reached; /* INFINITY: as fast as possible */
    bool running, behind;
    bool simulating; /* there is a live population (else time and speed are left out) */
    uint64_t lost;
    double fps;         /* frames a second really drawn; 0: left out (scripts) */
    const char *replay; /* where a replay is and how fast it goes ("R 1.250 s ×0.50"), or NULL */
    bool replaying;     /* it runs */
    const char *notice; /* something to say at the right of the status line ("loading 43 %"), or NULL */
    /* command line */
    const char *prompt; /* "> ", or what Readline shows while searching */
    const char *line;
    size_t cursor;    /* bytes into line */
    const char *keys; /* short help for keys at the right of the command line; NULL: none */
    bool pane_keys;   /* arrow keys go to the focused pane */
    const char *help; /* whole-screen help text to show instead of panes; NULL: panes */
    int help_scroll;
};

/* The subject called `name`, or NULL. */
const struct subject *view_subject(const struct view *view, const char *name);

#endif
