/* What a spike format does: the functions and flags behind the name and summary that record/format.h shows to commands
 * and help. For record/ and follow/. A reader is used by one thread at a time. */
#ifndef RECORD_FORMAT_PRIVATE_H
#define RECORD_FORMAT_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/text.h"
#include "record/format.h"
#include "record/harvest.h"
#include "record/reading.h"
#include "text/csv_write.h"
#include "text/look.h"
#include "text/rows.h"

struct format_private {
    /* Each row stands for itself, and rows come as time goes on: such a table can be followed while it grows.
     */
    bool row_by_row;
    char delimiter;   /* the only one that such files have; '\0': any */
    bool every_row;   /* row() sees the header too: the format finds names itself */
    bool empty_lines; /* row() sees empty lines, as rows of no fields */
    bool preface;     /* lines above the first time may be anything, even no rows at all */
    bool alone;       /* several files cannot be read into one recording */

    /* Adds the ways in which the format may read what is seen, each with 1 to 10 points for the form of the table; more
     * than 10 where the file names its format. */
    void (*readings)(const struct look *look, const struct load_options *options, struct reading_list *list);
    /* Gives a reader for rows, read in such a way; NULL with a sentence when the options or the columns do not allow
     * it. `look` outlives the reader. */
    void *(*open)(const struct look *look, const struct reading *reading, const struct load_options *options,
                  struct harvest *harvest, struct error *error);
    /* False with a sentence when the row cannot be read; it is then left out. */
    bool (*row)(void *reader, const struct row *row, struct error *error);
    /* Reads lines straight from the text as long as they are plain, which row() would have read to the same effect, and
     * adds how many they were to *lines. Returns their bytes; lines near the end of the text need not be read. NULL: all
     * come as rows. */
    size_t (*lines)(void *reader, const char *text, size_t length, size_t *lines);
    /* After the last row; NULL: nothing to do. */
    void (*finish)(void *reader);
    void (*close)(void *reader);
    /* NULL: this format is read only. False with a sentence when the spikes cannot be written so; what is
     * lost
     * ("\n..." each) is appended to `said`. */
    bool (*save)(struct csv_writer *writer, const struct spike_source *source, struct text *said, struct error *error);
};

#define NAMED_FORM 11.0 /* points where the file names its format */
#define OWN_FORM 100.0  /* where lifscope wrote it, whatever the evidence says of the times in it */

extern const struct spike_format format_events, format_nest, format_sonata, format_dense, format_trains, format_columns,
    format_axion, format_mcs, format_cell, format_trials, format_spike2;

/* What the options say of the format and the look, which otherwise stay as they are. False with a sentence
 * when one of them, or the unit, is wrong whatever the file is. */
bool load_options_read(const struct load_options *options, const struct spike_format **format,
                       struct look_options *look, struct error *error);

/* Opens a reader for a file that looks so; afterwards the harvest knows its style, and whether times become
 * seconds as they are read. NULL with the format's sentence. */
void *format_open(const struct spike_format *format, const struct look *look, const struct reading *reading,
                  const struct load_options *options, struct harvest *harvest, struct error *error);

/* The unit that a column's name says ("" for none), or its cells, becomes that of the times; samples and steps need dt=
 * or unit=. NO_COLUMN: the times are in all columns. */
bool format_named_unit(struct harvest *harvest, size_t column, const char *unit, const char *from,
                       const struct load_options *options, struct error *error);

#endif
