/* Rows of a text, the first ones and some of the others, kept with what each cell is. One thread. */
#ifndef TEXT_SAMPLE_H
#define TEXT_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/text.h"
#include "text/rows.h"

/* CELL_EMPTY: or nan, which fills up columns of different lengths. CELL_NUMBER: or a truth value. */
enum cell_kind { CELL_EMPTY, CELL_NUMBER, CELL_COMMA_NUMBER, CELL_TEXT };

struct cell {
    size_t text, length; /* place in bytes */
    double value;        /* of a number, NaN otherwise */
    enum cell_kind kind;
};

struct sample {
    size_t rows;
    size_t head;   /* the first so many follow one another from the beginning */
    size_t read;   /* bytes that these were in, at most; all of the text if they are all */
    size_t *start; /* [rows + 1] row r is cell[start[r]] .. cell[start[r + 1] - 1] */
    size_t *line;  /* [rows] of the head; 0 for others */
    struct cell *cell;
    size_t cells, cell_capacity;
    struct text bytes;
    bool failed; /* a line among or behind these rows is broken; the error says how the first of them */
    size_t most; /* rows there is room for */
    struct error error;
};

/* At most `most` rows of bytes; unless it is the `whole` text, the last line is left out. */
void sample_read(struct sample *sample, const char *name, const char *bytes, size_t length, bool whole,
                 const struct text_style *style, size_t most);
/* And at most `most` more from an excerpt further on, without its first and last line, which may be cut. */
void sample_append(struct sample *sample, const char *name, const char *bytes, size_t length,
                   const struct text_style *style, size_t most);
void sample_free(struct sample *sample);

size_t sample_width(const struct sample *sample, size_t row);
/* NULL beyond the row's last. */
const struct cell *sample_cell(const struct sample *sample, size_t row, size_t column);
/* The cell as a field; valid until the sample is freed. */
struct field sample_field(const struct sample *sample, const struct cell *cell);

#endif
