/* Delimited text, read through libcsv (nothing else in the program includes it). One thread at a time. */
#ifndef TEXT_CSV_READ_H
#define TEXT_CSV_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/progress.h"

/* A table of numbers with an optional header: what @file.csv gives. Comma, semicolon, tab or runs of blanks
 * are found by looking; a first row that is not all numbers is the header. A byte-order mark, empty lines,
 * lines that begin with
 * '#' or '%', and LF, CR LF or CR as line ends are all in order. */
struct csv_table {
    size_t rows, columns; /* rows is 0 when there is only a header */
    char **name;          /* [columns], NULL when there was no header */
    double *value;        /* [rows][columns]; inf and nan may occur */
};

/* NULL with "FILE:LINE: sentence" (not a number, wrong count of columns, unclosed quote, empty file, binary
 * file), or with "FILE: sentence" (missing, a directory, no permission). Gives the table. */
struct csv_table *csv_table_read(const char *path, struct error *error);
/* The same for one who looks at the columns `wanted` only (up to a NULL): where the header names one of
 * these, what is no number in the other columns, text or an empty field, is NaN. */
struct csv_table *csv_table_read_columns(const char *path, const char *const *wanted, struct error *error);
/* What is `wanted` by one who looks at whichever columns hold numbers: under a header, columns without any are NaN. */
extern const char *const csv_columns_of_numbers[];
/* The same from memory, fed in pieces of `piece` bytes (0: all at once); `wanted` as above, or NULL: every column is
 * looked at. */
struct csv_table *csv_table_parse(const char *name, const char *bytes, size_t length, size_t piece,
                                  const char *const *wanted, struct error *error);
void csv_table_free(struct csv_table *table);
/* Index of the first column named so (exactly), -1 if there is none. */
long csv_table_column(const struct csv_table *table, const char *name);

#endif
