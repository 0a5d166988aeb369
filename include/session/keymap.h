/* What keys do: a table of keys, when they count, and the command they stand for. The help on screen and
 * `help keys` are made from it. UI thread only. */
#ifndef SESSION_KEYMAP_H
#define SESSION_KEYMAP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

enum key_context {
    KEYS_HELP,       /* the help covers the panes */
    KEYS_POINT,      /* a pane of the mean field has the keys */
    KEYS_NETWORK,    /* the pane of the network has them */
    KEYS_MAP,        /* a pane with neurons across as well as up has them */
    KEYS_MAP_TYPED,  /* the same, and nothing is typed */
    KEYS_PANE,       /* any pane of a population, a recording or a connection has them */
    KEYS_TYPED,      /* the same, and nothing is typed */
    KEYS_KNOB,       /* the knobs have the keys and nothing is typed */
    KEYS_KNOBS,      /* the same, and there are several */
    KEYS_STOP,       /* a lesson waits and nothing is typed, whatever has the keys */
    KEYS_STOP_ARROW, /* the same, and arrows belong to nobody else */
    KEYS_EMPTY,      /* nothing is typed */
    KEYS_ALWAYS,
};

struct key_binding {
    const char *key; /* as term/keys.h names it */
    enum key_context context;
    const char *command; /* a line of the command language */
    const char *help;
};

extern const struct key_binding keymap[];
extern const size_t keymap_count;

/* The table for people: one line a key, in groups. */
void keymap_describe(struct text *out);

struct session;

/* The short help on keys at the right of the command line. */
const char *session_keys_short(struct session *session);
/* Appends the keys whose texts have all words of `wanted`, a line each. False: there are none. */
bool keymap_search(const char *wanted, struct text *out);

#endif
