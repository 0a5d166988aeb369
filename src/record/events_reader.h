/* Reading one spike a row, for every format that is a variety of events. */
#ifndef RECORD_EVENTS_READER_H
#define RECORD_EVENTS_READER_H

#include "record/format_private.h"

struct events_reader {
    struct harvest *harvest;
    struct reading_columns columns;
    size_t needed; /* cells in a row, at least */
    bool plain;    /* time and neuron are each a cell as it is */
    bool by_lines; /* plain lines may be read without being cut into cells */
    double step;   /* s, of times in steps with an offset */
    char time_name[COLUMN_SHOWN], neuron_name[COLUMN_SHOWN];
    struct text first[ID_MOST]; /* what the ids are in the first row */
    bool several[ID_MOST];      /* others were met */
    bool any;                   /* row was met */
    struct text key;            /* "cortex:12" */
};

/* The columns must have been found. */
struct events_reader *events_reader_new(const struct look *look, const struct reading_columns *columns,
                                        struct harvest *harvest);
/* Whether plain lines of such a table are as good as rows: src/record/events_lines.c. */
bool events_reader_reads_lines(const struct events_reader *reader, const struct look *look);
/* After the unit of time is known; false with a sentence: an offset cannot be taken off times in ms. */
bool events_reader_set_offset(struct events_reader *reader, const struct load_options *options, struct error *error);
/* These three fit into struct format_private. */
bool events_reader_row(void *reader, const struct row *row, struct error *error);
size_t events_reader_lines(void *reader, const char *text, size_t length, size_t *lines);
void events_reader_finish(void *reader);
void events_reader_close(void *reader);

#endif
