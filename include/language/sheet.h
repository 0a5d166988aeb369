/* A sheet is a table that a command gives, row by row: CSV for scripts and files, aligned columns for people. Rows are
 * written as they come, so a table may be longer than memory; only what people see (the first rows) is kept. One thread
 * at a time: work beside the loop (session/job.h) fills the sheet of its command. */
#ifndef LANGUAGE_SHEET_H
#define LANGUAGE_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/error.h"
#include "base/text.h"

struct sheet;

/* Where a table goes: `path` (not NULL) as CSV; else `stream` as CSV; else aligned for people into `aligned`,
 * cut to `width` columns and SHEET_ROWS_SHOWN rows. Nothing is opened before sheet_begin. */
#define SHEET_ROWS_SHOWN 40
struct sheet *sheet_new(const char *path, FILE *stream, struct text *aligned, int width);
/* Throws away what was not finished; a file is then as it was. */
void sheet_free(struct sheet *sheet);

/* Starts the table; columns are then added one by one, and the header row ended by sheet_row. False with a
 * sentence (the file cannot be written). */
bool sheet_begin(struct sheet *sheet, struct error *error);
void sheet_text(struct sheet *sheet, const char *text);
void sheet_number(struct sheet *sheet, double value);
void sheet_integer(struct sheet *sheet, int64_t value);
void sheet_blank(struct sheet *sheet); /* an empty cell */
void sheet_row(struct sheet *sheet);   /* ends the row */
/* sheet_begin and a header from a NULL-terminated list of names. */
bool sheet_header(struct sheet *sheet, struct error *error, const char *const *names);

/* Where an answer in words goes that people are given in place of the table; NULL: it is not people who read it. */
struct text *sheet_words(struct sheet *sheet);

bool sheet_begun(const struct sheet *sheet);
uint64_t sheet_rows(const struct sheet *sheet); /* without the header */
/* Completes it; the file appears. False with a sentence (disk full ...). */
bool sheet_finish(struct sheet *sheet, struct error *error);

#endif
