/* The harvest is what the reader of a format has taken out of one file so far, or out of several files of one run:
 * spike times with the number of their unit's label, and what was noticed on the way. In the end a recording is made of
 * it. For record/ and follow/. One thread at a time. */
#ifndef RECORD_HARVEST_H
#define RECORD_HARVEST_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/text.h"
#include "base/xalloc.h"
#include "record/tally.h"
#include "record/time_unit.h"
#include "signal/recording.h"
#include "text/label.h"
#include "text/look.h"
#include "text/rows.h"

#define UNIT_ASSUMED "assumed"
#define UNIT_OF_CLOCK "as times of day"
#define UNIT_OF_CELLS "as its cells say"

struct harvest {
    struct label_set labels;
    bool in_order;  /* labels keep their order (columns of a table), else they are sorted */
    double *time;   /* [spikes] in the file's own unit, unless shift or in_seconds */
    uint32_t *unit; /* [spikes] index of a label */
    size_t spikes, time_capacity, unit_capacity;
    double *sample; /* [samples] times of the rows of a dense file */
    size_t samples, sample_capacity;
    double *stimulus; /* [samples] the column told to be the stimulus; NULL: none was */
    size_t stimulus_capacity;
    size_t rows, falls; /* times taken; those earlier than the one before */
    double farthest;    /* by which a time falls, as times are counted here, */
    size_t far;         /* and how many fall about so far */
    double previous;
    size_t shifted; /* nonzero cells of a dense file that are not the commonest height */
    double largest; /* of the times' sizes */
    bool whole;     /* every time is an integer: rarely seconds, that counts as one power of ten against s */
    struct tally tally;
    const char *counted; /* what is counted: "rows", or "times" where a row holds many */
    bool infinite;       /* harvest_cell's last sentence is about a time that is nan or inf */

    /* Set by whoever reads, for the file at hand. */
    const char *file; /* for sentences; "" at first */
    const char *stem; /* its name without directories and extension: a label; "0" at first */
    bool several;     /* files are read into this */
    bool settled;     /* those before had no names, and these columns were found by their numbers: */
    size_t settled_time, settled_neuron;
    size_t comments; /* lines, known at finish() */

    /* Set by format_open(). */
    struct text_style style;
    struct time_unit known; /* told, or said by the file; name "" otherwise */
    int shift;              /* of the decimal point: -3 when times are known to be in ms and become s at once. Whoever
                  needs them as they are sets it to 0 before the first row */

    /* Set by open(). */
    struct time_unit unit_of_time; /* when the file itself says it: a header's "_ms"; name "" otherwise */
    char unit_from[COLUMN_SHOWN];  /* "column time_ms", UNIT_ASSUMED */
    size_t time_column;      /* of formats in which a row stands for itself; beyond all columns if there is none */
    bool in_seconds;         /* the format makes seconds of the times itself */
    double seconds_handicap; /* see time_unit_guess */
    char columns[200];       /* which columns were taken for what, "" when names said it */
    char override[96];       /* "columns=neuron,time" would take them otherwise; "" if there is nothing to say */
    struct text left_out;    /* columns that are not read: "amplitude, channel" */
    size_t cells;            /* of a dense file */
    struct text remarks;     /* "\n..." for what else was decided */
};

/* An empty one. */
void harvest_init(struct harvest *harvest);
void harvest_free(struct harvest *harvest);

#define HARVEST_ABOUT 0.97 /* of the farthest fall */

/* A time is earlier than the one before it. */
static inline void harvest_fall(struct harvest *harvest, double by)
{
    harvest->falls++;
    if (HARVEST_ABOUT * by > harvest->farthest)
        harvest->far = 0;
    harvest->farthest = by > harvest->farthest ? by : harvest->farthest;
    harvest->far += by >= HARVEST_ABOUT * harvest->farthest;
}

/* One row's time; finite. */
static inline void harvest_time(struct harvest *harvest, double time)
{
    double size = fabs(time);
    if (__builtin_expect(time < harvest->previous, 0))
        harvest_fall(harvest, harvest->previous - time);
    harvest->previous = time;
    harvest->whole = harvest->whole && time == floor(time);
    harvest->rows++;
    harvest->largest = size > harvest->largest ? size : harvest->largest;
}

/* The next time is of another train or file, and may be earlier. */
static inline void harvest_restart(struct harvest *harvest)
{
    harvest->previous = -INFINITY;
}

/* Seconds in what times are counted in; 0 when that is not known yet. */
static inline double harvest_scale(const struct harvest *harvest)
{
    if (harvest->in_seconds || harvest->shift != 0)
        return 1;
    return harvest->known.name[0] ? harvest->known.times / harvest->known.over : 0;
}

/* A spike of the unit with that label; false when there are 2^32 already. */
bool harvest_grow(struct harvest *harvest, struct error *error);
static inline bool harvest_spike(struct harvest *harvest, double time, uint32_t unit, struct error *error)
{
    size_t n = harvest->spikes;
    if ((n == harvest->time_capacity || n == harvest->unit_capacity) && !harvest_grow(harvest, error))
        return false;
    harvest->time[n] = time;
    harvest->unit[n] = unit;
    harvest->spikes = n + 1;
    return true;
}

/* The recording will not hold this column, which whoever saves it again has to know. */
void harvest_leave_column(struct harvest *harvest, const struct look *look, size_t column);

/* The time in a cell, shifted; finite. False with a sentence that names the column by `name`. */
bool harvest_cell(struct harvest *harvest, const struct row *row, size_t column, const char *name, double *time,
                  struct error *error);
/* Any other number in a cell; finite. */
bool harvest_number(struct harvest *harvest, const struct row *row, size_t column, const char *name, double *value,
                    struct error *error);
/* What a sentence of harvest_cell or of a format says about a row or cell becomes part of the tally. */
void harvest_leave_out(struct harvest *harvest, size_t line, const struct error *why);

/* Remarks on cells of nan, say, which fill up `what` ("columns") of different lengths. */
void harvest_say_filled(struct harvest *harvest, size_t cells, const char *with, const char *what);

/* The recording, in the file's unit; what was harvested is taken and gone. */
struct recording *harvest_build(struct harvest *harvest);

#endif
