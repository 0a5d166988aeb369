/* What a command may be given: rows of a table, each with a type, a dimension, bounds and a default as text.
 * The parser, completion, help and the manual's check all read these rows; a command's `run` sees only values
 * that passed them. UI thread only. */
#ifndef LANGUAGE_PARAMETER_H
#define LANGUAGE_PARAMETER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/number.h"
#include "base/word.h"
#include "model/population.h"
#include "text/csv_read.h"

struct channel;
struct session;

enum parameter_type {
    TYPE_QUANTITY, /* 20ms                          -> number */
    TYPE_COUNT,    /* 50, 1e6                       -> count */
    TYPE_RANGE,    /* 100:200, lo:hi:count, a,b,c, 3, @file  -> distribution */
    TYPE_POINTS,   /* lo:hi:count, a,b,c, 3, @file  -> points */
    TYPE_TABLE,    /* @file.csv                     -> table */
    TYPE_CHOICE,   /* a word of a list              -> choice (its index) */
    TYPE_SWITCH,   /* on, off                       -> on */
    TYPE_TEXT,     /* anything                      -> text */
    TYPE_FILE,     /* a path                        -> text */
    TYPE_NAME,     /* a name for a population or recording -> text */
    TYPE_CHANNEL,  /* the name of one that exists   -> channel */
    TYPE_LITERAL,  /* the row's own name, "as"; may be left out -> given */
};

/* Which channels a TYPE_CHANNEL row takes. */
enum channel_wanted {
    CHANNEL_ANY,  /* a population, recording or stream */
    CHANNEL_LIVE, /* a population */
    CHANNEL_RECORDING,
    CHANNEL_STREAM,
    CHANNEL_PLACE, /* a population or a node */
    CHANNEL_CONNECTION,
    CHANNEL_SETS,    /* a place or a connection */
    CHANNEL_DECODES, /* a population or a connection */
    CHANNEL_ALL,     /* all of these but connections */
    CHANNEL_SHOWN,   /* all of these: what a pane can show */
};

struct parameter {
    const char *name; /* key; for a positional row what usage shows, "NAME" */
    enum parameter_type type;
    enum dimension dimension;
    bool positional; /* a bare word, in the order of the rows */
    bool required;
    bool keyed;    /* never filled by bare words that are left over */
    bool expected; /* it may be missing, but counts as required when bare words are dealt out to the rows before it: of
                        `knob [NAME] PARAM RANGE` two words are PARAM and RANGE, and no NAME */
    bool vectors;  /* RANGE: a file may have columns e1, e2, ... in place of one -> distribution with a width */
    bool several;  /* positional FILE: takes the words up to the literal row behind it; text parts them by '\n' */
    bool infinite; /* QUANTITY: inf and nan are welcome */
    bool number_too; /* CHOICE: a number will do as well -> choice -1 and number */
    bool each; /* QUANTITY, CHOICE with number_too: a,b,c is possible, a number for each dimension -> points as well */
    bool file_too; /* COUNT: @FILE will do as well -> table; TEXT: @FILE is possible, too, for completion */
    bool low_open, high_open;
    bool checked_later; /* the bounds are for help; who takes the value checks it, with a better sentence */
    bool shown_only;    /* the default (or the channel in focus) is for help; it is not filled in */
    double low, high;   /* bounds of each number; both 0: none */
    enum channel_wanted wanted;
    struct word_list (*choices)(const struct session *session);
    struct word_list (*words)(
        void);                  /* choices that are always the same may stand here instead; of a RANGE: words that will
                                        do as well, written out -> choice, else -1 */
    const char *column;         /* of @file, when it is not the row's name */
    const char *const *columns; /* TABLE: those that are looked at, up to a NULL; what is in others does not matter */
    const char *fallback;       /* the default, as it would be typed; NULL: none */
    const char *help;
    /* What it is now, as it would be typed behind "key=" and to the last bit, in rows of commands that change what is
     * there; NULL: not known. Knobs turn such rows. */
    const char *present;
    double about; /* where that is a word: about what number it amounts to; 0: not known */
};

/* Numbers of a list, in order; owned. */
struct points {
    double *value;
    size_t count;
};

struct value {
    bool given;   /* typed */
    bool present; /* typed or from the row's default */
    bool quoted;  /* some of it stood in quotes (bare words) */
    char *text;   /* as typed or as the default says; owned */
    double number;
    uint64_t count;
    long choice;
    bool on;
    struct channel *channel;
    struct points points;             /* owned; of a quantity only where the row says `each` */
    struct distribution distribution; /* owned values */
    struct csv_table *table;          /* owned */
};

/* Reads `text` by the row's rules into *value (empty before). False with a sentence that starts with the
 * row's name and says what would have been possible. */
bool parameter_read(const struct session *session, const struct parameter *row, const char *text, struct value *value,
                    struct error *error);
void value_free(struct value *value); /* what it owns; leaves an empty one */

/* The words a choice, or a text that knows some, may be; false when the row has none. */
bool parameter_words(const struct session *session, const struct parameter *row, struct word_list *words);

/* "20ms", "lo:hi", "softlif|lif": what may be typed, into out; for usage and help. */
void parameter_shape(const struct session *session, const struct parameter *row, char *out, size_t size);
/* "above 0", "from 1 to 16 000 000", "" without bounds. */
void parameter_bounds(const struct parameter *row, char *out, size_t size);

/* Most numbers a list or range may have. */
#define POINTS_MAX 100000000
/* numpy.linspace: value i = lo + i ((hi - lo) / (count - 1)), the last exactly hi; count 1 gives lo. */
struct points points_linspace(double lo, double hi, size_t count);

#endif
