/* A reading is one way to read a table: which layout it is in, and which columns are what. Formats propose readings,
 * the judge (record/judge.h) gives them points and chooses. For record/ and follow/. One thread at a time. */
#ifndef RECORD_READING_H
#define RECORD_READING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/text.h"
#include "record/format.h"
#include "text/look.h"

#define NO_COLUMN ((size_t)-1)
#define ID_MOST 64

/* The columns of a table whose rows are spikes. */
struct reading_columns {
    size_t time;             /* NO_COLUMN: there is none */
    size_t ids, id[ID_MOST]; /* together they name the unit: "tetrode:cell"; 0 ids: all spikes are of one */
    size_t offset;           /* ms before the end of the step that is the time, NO_COLUMN: there is none */
    bool told;               /* columns= said so */
    bool named;              /* names in the file say which is the time and which are the ids */
    char unit[8];            /* what the time column's name says, "" when nothing */
};

/* What a table is if it holds no spikes: one const descriptor each. */
struct other_table {
    const char *name; /* "counts in bins" */
    /* Points for the form of the table, 0: it is none of these. */
    double (*shape)(const struct look *look);
    /* What it looks like, and what to do. */
    void (*explain)(const struct look *look, struct error *error);
};
extern const struct other_table *const other_tables[];
extern const size_t other_table_count;

#define EVIDENCE_MOST 24

struct reading {
    const struct spike_format *format; /* NULL: no spikes, but this: */
    const struct other_table *other;
    struct reading_columns columns; /* of formats whose rows are spikes */
    double shape;                   /* points that the format gives for the form of the table */
    double points[EVIDENCE_MOST];   /* by the table of evidence, in its order */
    double score;                   /* the sum of all */
    size_t units;                   /* that the sample has if read so */
};

struct reading_list {
    struct reading *reading; /* [count] */
    size_t count, capacity;
};

/* Another reading, with no columns; valid until the next one is added. */
struct reading *reading_add(struct reading_list *list, const struct spike_format *format, double shape);

/* Whether the column is the time, an id or the offset. */
bool reading_uses(const struct reading_columns *columns, size_t column);

/* What makes load read a table so: "columns=time,tetrode,cell", "columns=-,neuron,time", "format=trains". */
void reading_command(const struct reading *reading, const struct look *look, struct text *command);
/* "time_s is the time, tetrode and cell are the unit", by the names of the columns or by their places. */
void reading_said(const struct reading *reading, const struct look *look, struct text *said);
/* Columns that hold something and are not used, "column 3 (amplitude)", with commas and "and"; how many. */
size_t reading_left_out(const struct reading *reading, const struct look *look, struct text *said);

#endif
