/* Tables a command gives, row by row: CSV for scripts and files, aligned columns for people. Rows are written as they
 * come, so a table may be longer than memory; only what people see (the first rows) is kept. UI thread only. */
#ifndef COMMAND_TABLE_H
#define COMMAND_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/error.h"
#include "base/text.h"

struct table;

/* Where a table goes: `path` (not NULL) as CSV; else `stream` as CSV; else aligned for people into `aligned`, cut to
 * `width` columns and TABLE_ROWS_SHOWN rows. Nothing is opened before table_begin. */
#define TABLE_ROWS_SHOWN 40
struct table *table_new(const char *path, FILE *stream, struct text *aligned, int width);
/* Throws away what was not finished; a file is then as it was. */
void table_free(struct table *table);

/* Starts the table; columns are then added one by one, and the header row ended by table_row. False with a sentence
 * (the file cannot be written). */
bool table_begin(struct table *table, struct error *error);
void table_text(struct table *table, const char *text);
void table_number(struct table *table, double value);
void table_integer(struct table *table, int64_t value);
void table_blank(struct table *table); /* an empty cell */
void table_row(struct table *table);   /* ends the row */
/* table_begin and a header from a NULL-terminated list of names. */
bool table_header(struct table *table, struct error *error, const char *const *names);

bool table_begun(const struct table *table);
uint64_t table_rows(const struct table *table); /* without the header */
/* Completes it; the file appears. False with a sentence (disk full ...). */
bool table_finish(struct table *table, struct error *error);

#endif
