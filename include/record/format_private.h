/* What a spike format does. Inside record/: commands and help know only name and summary. */
#ifndef RECORD_FORMAT_PRIVATE_H
#define RECORD_FORMAT_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "record/csv_write.h"
#include "record/format.h"
#include "record/label.h"
#include "record/look.h"
#include "record/rows.h"
#include "record/time_unit.h"

/* What a format takes out of a file; times are in the file's own unit. */
struct harvest {
    struct label_set labels;
    bool in_order;         /* labels keep their order (columns of a table), else they are sorted */
    double *time;          /* [spikes] */
    uint32_t *unit;        /* [spikes] index of a label */
    size_t spikes, time_capacity, unit_capacity;
    double *sample;        /* [samples] times of the rows of a dense file */
    size_t samples, sample_capacity;
    double *stimulus;      /* [samples] the column told to be the stimulus; NULL: none was */
    size_t stimulus_capacity;
    size_t rows, falls;    /* rows with a time; those earlier than the one before */
    double previous;
    size_t shifted;        /* nonzero cells of a dense file that are not the commonest height */
    double largest;        /* of the times' sizes */
    bool whole;            /* every time is an integer: rarely seconds, that counts as one power of ten against s */

    /* Set by open(). */
    struct time_unit unit_of_time; /* when the file itself says it: a header's "_ms"; name "" otherwise */
    char unit_from[COLUMN_SHOWN];  /* "column time_ms" */
    double seconds_handicap;       /* see time_unit_guess */
    char columns[200];             /* which columns were taken for what, "" when names said it */
    char override[48];             /* "columns=neuron,time" would take them otherwise; "" if there is nothing to say */
    size_t cells;                  /* of a dense file */
};

/* One row's time; finite. */
void harvest_time(struct harvest *harvest, double time);
/* A spike of the unit with that label; false when there are 2^32 already. */
bool harvest_spike(struct harvest *harvest, double time, uint32_t unit, struct error *error);

struct format_private {
    /* Each row stands for itself, and rows come as time goes on: such a table can be followed while it grows. */
    bool row_by_row;
    /* How well the format explains what is seen, 0 (not at all) to 100. */
    int (*fit)(const struct look *look, const struct load_options *options);
    /* Gives a reader for rows; NULL with a sentence when the options or the columns do not allow it. */
    void *(*open)(const struct look *look, const struct load_options *options, struct harvest *harvest,
                  struct error *error);
    bool (*row)(void *reader, const struct row *row, struct error *error);
    /* After the last row. */
    void (*finish)(void *reader);
    void (*close)(void *reader);
    /* NULL: this format is read only. */
    void (*save)(struct csv_writer *writer, const struct spike_source *source);
};

extern const struct spike_format format_events, format_dense;

/* The number in a cell that needs one and must be finite; false with a sentence that names the column by `name`. */
bool cell_number(const struct text_style *style, const struct row *row, size_t column, const char *name,
                 double *value, struct error *error);

#endif
