/* Writing CSV: fields are quoted where needed by libcsv, numbers are exact (%.17g), rows end in LF. A file
 * appears whole or not at all: it is written beside its name and renamed into place on success. One thread at
 * a time. */
#ifndef TEXT_CSV_WRITE_H
#define TEXT_CSV_WRITE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/error.h"

struct csv_writer;
/* `path` NULL: writes to `stream` (borrowed), else to a temporary file next to path. NULL with a sentence. */
struct csv_writer *csv_writer_open(const char *path, FILE *stream, struct error *error);
/* What parts the fields from now on; ',' until then. */
void csv_writer_delimiter(struct csv_writer *writer, char delimiter);
/* A line as it is. */
void csv_write_comment(struct csv_writer *writer, const char *line);
void csv_write_number(struct csv_writer *writer, double value);
void csv_write_integer(struct csv_writer *writer, int64_t value);
/* An empty cell: nothing between its commas, "" at the start of a row. */
void csv_write_blank(struct csv_writer *writer);
void csv_write_text(struct csv_writer *writer, const char *text);
void csv_write_end(struct csv_writer *writer); /* ends the row */
/* Flushes, renames into place and frees. False with a sentence (disk full, ...); then the file is as it was.
 */
bool csv_writer_close(struct csv_writer *writer, struct error *error);
/* Throws away what was written and frees; the file is as it was. */
void csv_writer_abandon(struct csv_writer *writer);

#endif
