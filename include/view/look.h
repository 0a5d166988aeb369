/* How the rig is looked at: panes, windows in time, marks, a replay, and who moves with whom. UI thread only. */
#ifndef VIEW_LOOK_H
#define VIEW_LOOK_H

#include <stdbool.h>
#include <stddef.h>

#include "pane/layout.h"
#include "rig/rig.h"
#include "view/network.h"

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
    double clock; /* while it runs: what look.clock said, s, when it was at `at` */
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

struct look {
    struct rig *rig; /* what is looked at; not owned */
    struct layout layout;
    struct time_window window; /* of all live channels */
    struct network_rows network;
    struct marker *marker; /* [markers], owned */
    size_t markers, marker_capacity;
    struct replay replay;
    struct drag drag;
    int cursor_put; /* the cursor that the mouse set last, 0 or 1 */
    enum link link;
    bool sweep;            /* live panes fill pages; else they scroll */
    double (*clock)(void); /* seconds that a replay goes by */
};

#endif
