#include "text/sample.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/stop.h"
#include "base/xalloc.h"

#define FEW_ROWS 3 /* are enough where they have so many cells */
#define MANY_CELLS 65536

struct filling {
    struct sample *sample;
    const char *name;
    size_t most;
    bool full; /* no more rows are wanted */
};

static enum cell_kind classify(const struct field *field, double *value)
{
    *value = NAN;
    if (field_is_missing(field))
        return CELL_EMPTY;
    if (field_truth(field, value))
        return CELL_NUMBER;
    if (field_number(&(struct text_style){0}, field, value))
        return CELL_NUMBER;
    if (field_number(&(struct text_style){.decimal_comma = true}, field, value))
        return CELL_COMMA_NUMBER;
    return CELL_TEXT;
}

static bool keep_row(void *context, const struct row *row, struct error *error)
{
    struct filling *filling = context;
    struct sample *s = filling->sample;
    filling->full = s->rows == filling->most || (s->rows >= FEW_ROWS && s->cells > MANY_CELLS);
    if (filling->full)
        return error_set(error, "enough");
    if (row->count > 0 && row_is_ruler(row))
        return true;
    if (row->broken) { /* the first such, if nothing else comes */
        if (!s->failed)
            error_set(&s->error, "%s:%zu: %s", filling->name, row->line, row->broken);
        s->failed = true;
        return true;
    }
    xgrow(&s->cell, &s->cell_capacity, s->cells + row->count, sizeof *s->cell);
    for (size_t i = 0; i < row->count; i++) {
        if (stop_requested())
            return error_set(error, "interrupted");
        struct cell *cell = &s->cell[s->cells + i];
        *cell = (struct cell){.text = s->bytes.length, .length = row->field[i].length};
        cell->kind = classify(&row->field[i], &cell->value);
        text_append(&s->bytes, row->field[i].text, row->field[i].length + 1); /* with its NUL */
    }
    s->line[s->rows] = row->line;
    s->start[s->rows++] = s->cells;
    s->cells += row->count;
    s->start[s->rows] = s->cells;
    return true;
}

/* Without the last line, which may be cut. */
static size_t whole_lines(const char *bytes, size_t length)
{
    while (length > 0 && bytes[length - 1] != '\n' && bytes[length - 1] != '\r')
        length--;
    return length;
}

/* Up to about where the last row of the sample ends. */
static size_t bytes_of_rows(const char *bytes, size_t length, const struct sample *sample)
{
    size_t line = sample->rows ? sample->line[sample->rows - 1] : 0, at = 0;
    for (size_t n = 0; at < length && n < line; at++)
        n += bytes[at] == '\n' || (bytes[at] == '\r' && (at + 1 == length || bytes[at + 1] != '\n'));
    return at;
}

void sample_read(struct sample *sample, const char *name, const char *bytes, size_t length, bool whole,
                 const struct text_style *style, size_t most)
{
    *sample = (struct sample){.most = most};
    sample->start = xcalloc(most + 1, sizeof *sample->start);
    sample->line = xcalloc(most, sizeof *sample->line);
    size_t used = whole ? length : whole_lines(bytes, length);
    struct filling filling = {sample, name, most, false};
    struct rows *rows = rows_new(name, style, keep_row, &filling);
    struct error stop;
    rows_be_lenient(rows);
    bool ok = rows_feed(rows, bytes, used ? used : length, &stop);
    if (ok && (whole || used == 0))
        ok = rows_finish(rows, &stop);
    if (!ok && !filling.full && !sample->failed) {
        sample->failed = true;
        sample->error = stop;
    }
    text_append(&sample->bytes, (char[FIELD_ROOM]){0}, FIELD_ROOM);
    rows_free(rows);
    sample->head = sample->rows;
    sample->read = !filling.full && sample->rows < most && whole ? SIZE_MAX : bytes_of_rows(bytes, length, sample);
}

void sample_append(struct sample *sample, const char *name, const char *bytes, size_t length,
                   const struct text_style *style, size_t most)
{
    size_t begin = 0, end = whole_lines(bytes, length), rows_before = sample->rows;
    while (begin < end && bytes[begin] != '\n' && bytes[begin] != '\r')
        begin++;
    if (begin >= end)
        return;
    sample->most = sample->rows + most;
    sample->start = xreallocarray(sample->start, sample->most + 1, sizeof *sample->start);
    sample->line = xreallocarray(sample->line, sample->most, sizeof *sample->line);
    struct filling filling = {sample, name, sample->most, false};
    struct rows *rows = rows_new(name, style, keep_row, &filling);
    struct error ignored;
    rows_be_lenient(rows);
    rows_feed(rows, bytes + begin, end - begin, &ignored);
    rows_free(rows);
    for (size_t r = rows_before; r < sample->rows; r++)
        sample->line[r] = 0;
    text_append(&sample->bytes, (char[FIELD_ROOM]){0}, FIELD_ROOM);
}

void sample_free(struct sample *sample)
{
    free(sample->start);
    free(sample->line);
    free(sample->cell);
    text_free(&sample->bytes);
    *sample = (struct sample){0};
}

size_t sample_width(const struct sample *sample, size_t row)
{
    return sample->start[row + 1] - sample->start[row];
}

const struct cell *sample_cell(const struct sample *sample, size_t row, size_t column)
{
    return column < sample_width(sample, row) ? &sample->cell[sample->start[row] + column] : NULL;
}

struct field sample_field(const struct sample *sample, const struct cell *cell)
{
    return (struct field){sample->bytes.bytes + cell->text, cell->length};
}
