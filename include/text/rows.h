/* Rows of delimited text, as they stream in: bytes go in, in pieces of any size, and each row comes out through a
 * function of the caller's. The only user of libcsv for reading. One thread at a time. */
#ifndef TEXT_ROWS_H
#define TEXT_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* How a text is written. */
struct text_style {
    char delimiter;     /* ',', ';', '\t', '|', ':', or ' ' for any run of blanks */
    bool lists;         /* a row has a list in brackets, whose numbers are its last cells; see text/lists.h */
    bool decimal_comma; /* 0,5 is a half */
    bool empty_lines;   /* they are rows too, of no fields */
    char thousands;     /* what parts thousands: ',' in 1,009.98; '\0': nothing does */
    bool clock;         /* 01:00:00.5 is a number of seconds, and so is 2024-01-31 01:00:00.5 since the day */
    long day;           /* counted from 1970 */
    char unit[8];       /* 12.5 ms is 12.5: the unit that numbers are given in, others are converted; "": none */
    uint64_t formed; /* bit c: column c holds such clock times or units; the last bit is that of all columns behind */
};

#define FIELD_ROOM 32 /* bytes that may be read from text on, however short the field is */

struct field {
    const char *text; /* NUL-terminated too; blanks around it are gone, quotes too */
    size_t length;
};

struct row {
    size_t line; /* physical line, from 1; comments and empty lines count */
    size_t count;
    const struct field *field;
    const char *broken; /* why this line is no row, and has no fields; NULL: it is one. Of lenient readers only */
};

/* Called for every row that is no comment ('#' or '%' as its first mark) and, unless the style says so, not
 * empty. Fields are borrowed for the call. False stops, with a sentence that the reader puts "NAME:LINE: "
 * before. */
typedef bool row_visitor(void *context, const struct row *row, struct error *error);

struct rows;
/* `name` is borrowed. */
struct rows *rows_new(const char *name, const struct text_style *style, row_visitor *visit, void *context);
void rows_free(struct rows *rows);
/* A line with an unclosed quotation mark or a field beyond 64 KiB then is a row that says so, and is no
 * error. */
void rows_be_lenient(struct rows *rows);
/* Whether what was fed so far ends with a line, and not inside a field that a quotation mark began. */
bool rows_between(const struct rows *rows);

/* Any division of a text into pieces gives the same rows and the same errors: what the visitor says, a quoted
 * field not closed on its line, a field beyond 64 KiB, a NUL byte. After false nothing more may be fed. */
bool rows_feed(struct rows *rows, const char *bytes, size_t length, struct error *error);
bool rows_finish(struct rows *rows, struct error *error); /* the last line may lack its end */
/* For those who read plain lines themselves where they can: whether the next byte fed begins a line of which nothing is
 * known yet, and, if so, that so many lines were read elsewhere. */
bool rows_at_line(const struct rows *rows);
void rows_skip(struct rows *rows, size_t lines);
/* Lines that were comments so far. */
size_t rows_comments(const struct rows *rows);

/* Whether the row only rules off a header: "-----+-----", "|:---|---:|". */
bool row_is_ruler(const struct row *row);

/* The field as a number; inf and nan are numbers. */
bool field_number(const struct text_style *style, const struct field *field, double *value);
/* "True" is 1 and "False" 0, as tables of truth values are written. */
bool field_truth(const struct field *field, double *value);
/* Nothing, or what stands for it where columns are filled up: "nan", "NA". */
bool field_is_missing(const struct field *field);
/* Times 10^shift, rounded once. */
bool field_number_shifted(const struct text_style *style, const struct field *field, int shift, double *value);

/* The field as a sentence shows it: at most 40 bytes, nothing that a terminal would obey. Returns buffer. */
#define FIELD_SHOWN 48
char *field_shown(char buffer[FIELD_SHOWN], const struct field *field);

#endif
