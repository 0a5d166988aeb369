/* A table of spikes that arrives in pieces: bytes in, spikes out, at any division of the bytes the same ones.
 *
 * What the table looks like (delimiter, header, columns, unit of time) is found by looking, as load does, but
 * a look at a few rows may be wrong. So there is a first look as soon as there is a row, another one whenever
 * what arrived has doubled, and a last one at 64 KiB (or at the end); each begins anew with everything from
 * the start. After the last look nothing is kept of the text but a line that is not yet complete.
 *
 * A row that cannot be read is counted and the others go on; a header that comes again is passed over. Only
 * formats in which a row stands for itself can be followed. One thread at a time. */
#ifndef FOLLOW_FOLLOW_H
#define FOLLOW_FOLLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "record/format.h"
#include "signal/stream.h"

/* Who takes the spikes. */
struct follow_sink {
    void *context;
    void (*restart)(void *context); /* all that was given so far was read wrongly, or let go: forget it */
    void (*unit)(void *context, const char *label);           /* a new unit; counted from 0 since the last restart */
    void (*spike)(void *context, double time, uint32_t unit); /* s, finite, in the order of the rows */
    void (*advance)(void *context, double time);              /* s; a dense table has come to this time */
    /* A text has ended, and another goes on, or a header came again. */
    void (*turn)(void *context, enum stream_turn turn);
};

#define FOLLOW_SHOWN 3 /* rows that cannot be read are quoted, the first few */
#define FOLLOW_SENTENCE 160

struct follow_counts {
    uint64_t bytes, lines;
    uint64_t rows; /* read, without headers */
    uint64_t spikes;
    uint64_t malformed;                        /* rows that could not be read */
    uint64_t headers;                          /* that came again */
    uint64_t tables;                           /* times that another table began, and the one before was let go */
    uint64_t let_go;                           /* spikes of those before; all other counts are of the last table */
    char shown[FOLLOW_SHOWN][FOLLOW_SENTENCE]; /* "line 7: 'abc' in column 1 (time) is not a number" */
};

struct follower;

/* The sink and the options are copied. NULL with a sentence when an option is wrong whatever comes. */
struct follower *follower_new(const struct load_options *options, const struct follow_sink *sink, struct error *error);
/* The same with the number of bytes that are looked at instead of 64 KiB; tests starve it. */
struct follower *follower_new_head(const struct load_options *options, const struct follow_sink *sink, size_t head,
                                   struct error *error);
void follower_free(struct follower *follower);

/* False with a sentence once it is clear that this is no table of spikes; then nothing more may be fed, unless other
 * options make sense of it. Until the last look the spikes come with follower_look. */
bool follower_feed(struct follower *follower, const char *bytes, size_t length, struct error *error);
/* Nothing more may be fed. */
bool follower_failed(const struct follower *follower);
/* Nothing more has come for now: gives what there is. False with a sentence when no sense can be made of it
 * yet; more may come. */
bool follower_look(struct follower *follower, struct error *error);
enum follow_end {
    FOLLOW_CLOSED,   /* its writer has ended */
    FOLLOW_REPLACED, /* another file has its place: a run may begin */
    FOLLOW_CUT,      /* the file was truncated: the same, and a line may go on (logrotate's copytruncate) */
};

/* The text has ended: a last line without its end counts. What is fed after it is a new text, whose lines count from 1.
 * It goes on with the same table when it begins with the same header or with a row that can be read. It is another
 * table when its header is another one, or when none of its first rows can be read and they make sense by
 * themselves. */
bool follower_end(struct follower *follower, enum follow_end how, struct error *error);
/* The text begins anew (a file that was truncated): as if nothing had come. Calls the sink's restart. */
void follower_restart(struct follower *follower);

/* What the look found: "events, comma, header: time in ms (column time_ms)"; "" before there was one. Changes
 * only with another look. */
const char *follower_described(const struct follower *follower);
/* What changes it: "unit=s or columns=neuron,time", "" if nothing does. */
const char *follower_override(const struct follower *follower);
/* The looks are over. */
bool follower_settled(const struct follower *follower);
/* Reads times in another unit from now on (`unit` is copied); *factor is what times given before
 * are to be multiplied by. Before the last look everything is given again instead and *factor is 1. */
bool follower_set_unit(struct follower *follower, const char *unit, double *factor, struct error *error);
/* Other options. Before the last look everything is given again, read with them; after it they hold from the line on
 * that is not complete yet, and all that was given is let go (the sink's restart is called). False with a sentence, and
 * nothing changes, when an option is wrong or no sense can be made of the text so far with it. */
bool follower_change(struct follower *follower, const struct load_options *options, struct error *error);
struct follow_counts follower_counts(const struct follower *follower);

#endif
