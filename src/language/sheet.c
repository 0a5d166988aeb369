/* One table, two looks. As CSV each cell goes straight to the writer. For people the first rows are kept as
 * text until the widths of their columns are known; the rest is only counted. */
#include "language/sheet.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "text/csv_write.h"

/* More columns than this never fit beside each other. */
#define COLUMNS_KEPT 64

struct kept_row {
    char *cell[COLUMNS_KEPT]; /* owned; NULL: blank */
};

struct sheet {
    char *path;
    FILE *stream;
    struct text *aligned;
    int width;
    bool begun;
    struct csv_writer *writer; /* NULL: aligned */
    uint64_t rows;             /* ended ones, the header included */
    size_t column, columns;    /* of the row being filled; of the widest row */
    bool left[COLUMNS_KEPT];   /* holds text, so it is aligned to the left */
    struct kept_row *kept;     /* [SHEET_ROWS_SHOWN + 1] */
};

struct sheet *sheet_new(const char *path, FILE *stream, struct text *aligned, int width)
{
    struct sheet *sheet = xcalloc(1, sizeof *sheet);
    sheet->path = path ? xstrdup(path) : NULL;
    sheet->stream = stream;
    sheet->aligned = aligned;
    sheet->width = width;
    return sheet;
}

void sheet_free(struct sheet *sheet)
{
    if (!sheet)
        return;
    if (sheet->writer)
        csv_writer_abandon(sheet->writer);
    for (size_t r = 0; sheet->kept && r <= SHEET_ROWS_SHOWN; r++)
        for (size_t c = 0; c < COLUMNS_KEPT; c++)
            free(sheet->kept[r].cell[c]);
    free(sheet->kept);
    free(sheet->path);
    free(sheet);
}

bool sheet_begin(struct sheet *sheet, struct error *error)
{
    sheet->begun = true;
    if (sheet->path || sheet->stream) {
        sheet->writer = csv_writer_open(sheet->path, sheet->stream, error);
        return sheet->writer != NULL;
    }
    sheet->kept = xcalloc(SHEET_ROWS_SHOWN + 1, sizeof *sheet->kept);
    return true;
}

/* Whether the next cell is one that people see; of all others only the count matters. */
static bool is_kept(const struct sheet *sheet)
{
    return sheet->rows <= SHEET_ROWS_SHOWN && sheet->column < COLUMNS_KEPT;
}

static void keep_cell(struct sheet *sheet, const char *text, bool left)
{
    if (is_kept(sheet)) {
        sheet->kept[sheet->rows].cell[sheet->column] = xstrdup(text);
        sheet->left[sheet->column] |= left && sheet->rows > 0;
    }
    sheet->column++;
}

void sheet_text(struct sheet *sheet, const char *text)
{
    if (sheet->writer)
        csv_write_text(sheet->writer, text);
    else
        keep_cell(sheet, text, true);
}

void sheet_number(struct sheet *sheet, double value)
{
    char text[NUMBER_EXACT] = "";
    if (sheet->writer) {
        csv_write_number(sheet->writer, value);
        return;
    }
    if (value != value)
        snprintf(text, sizeof text, "-");
    else if (is_kept(sheet))
        snprintf(text, sizeof text, "%.6g", value);
    keep_cell(sheet, text, false);
}

void sheet_integer(struct sheet *sheet, int64_t value)
{
    char text[NUMBER_EXACT] = "";
    if (sheet->writer) {
        csv_write_integer(sheet->writer, value);
        return;
    }
    if (is_kept(sheet))
        snprintf(text, sizeof text, "%lld", (long long)value);
    keep_cell(sheet, text, false);
}

void sheet_blank(struct sheet *sheet)
{
    if (sheet->writer)
        csv_write_blank(sheet->writer);
    else
        keep_cell(sheet, "", false);
}

void sheet_row(struct sheet *sheet)
{
    if (sheet->writer)
        csv_write_end(sheet->writer);
    if (sheet->column > sheet->columns)
        sheet->columns = sheet->column;
    sheet->column = 0;
    sheet->rows++;
}

bool sheet_header(struct sheet *sheet, struct error *error, const char *const *names)
{
    if (!sheet_begin(sheet, error))
        return false;
    for (; *names; names++)
        sheet_text(sheet, *names);
    sheet_row(sheet);
    return true;
}

struct text *sheet_words(struct sheet *sheet)
{
    return sheet->path || sheet->stream ? NULL : sheet->aligned;
}

bool sheet_begun(const struct sheet *sheet)
{
    return sheet->begun;
}

uint64_t sheet_rows(const struct sheet *sheet)
{
    return sheet->rows ? sheet->rows - 1 : 0;
}

static size_t rows_kept(const struct sheet *sheet)
{
    return sheet->rows < SHEET_ROWS_SHOWN + 1 ? (size_t)sheet->rows : SHEET_ROWS_SHOWN + 1;
}

static size_t column_width(const struct sheet *sheet, size_t column)
{
    size_t width = 1;
    for (size_t r = 0; r < rows_kept(sheet); r++) {
        const char *cell = sheet->kept[r].cell[column];
        size_t columns = cell ? utf8_columns(cell) : 0;
        width = columns > width ? columns : width;
    }
    return width;
}

/* How many columns fit into the width; at least one. */
static size_t columns_shown(const struct sheet *sheet, size_t *widths)
{
    size_t used = 0, shown = 0, most = sheet->columns < COLUMNS_KEPT ? sheet->columns : COLUMNS_KEPT;
    for (; shown < most; shown++) {
        widths[shown] = column_width(sheet, shown);
        used += widths[shown] + (shown ? 2 : 0);
        if (shown > 0 && sheet->width > 0 && used > (size_t)sheet->width)
            break;
    }
    return shown;
}

static void align_cell(const struct sheet *sheet, const char *cell, size_t column, size_t width)
{
    size_t columns = utf8_columns(cell), pad = width > columns ? width - columns : 0;
    text_printf(sheet->aligned, "%s%*s%s%*s", column ? "  " : "", sheet->left[column] ? 0 : (int)pad, "", cell,
                sheet->left[column] ? (int)pad : 0, "");
}

static void align_rows(const struct sheet *sheet)
{
    size_t widths[COLUMNS_KEPT], shown = columns_shown(sheet, widths);
    char number[NUMBER_HUMAN];
    for (size_t r = 0; r < rows_kept(sheet); r++) {
        for (size_t c = 0; c < shown; c++) {
            const char *cell = sheet->kept[r].cell[c];
            align_cell(sheet, cell ? cell : "", c, widths[c]);
        }
        while (sheet->aligned->length > 0 && sheet->aligned->bytes[sheet->aligned->length - 1] == ' ')
            sheet->aligned->length--;
        text_add(sheet->aligned, "\n");
    }
    if (sheet->rows > rows_kept(sheet))
        text_printf(sheet->aligned, "... %s more row%s; > FILE writes all\n",
                    number_grouped(number, sheet->rows - rows_kept(sheet)),
                    sheet->rows - rows_kept(sheet) == 1 ? "" : "s");
    if (sheet->columns > shown)
        text_printf(sheet->aligned, "... %s more column%s; > FILE writes all\n",
                    number_grouped(number, sheet->columns - shown), sheet->columns - shown == 1 ? "" : "s");
}

bool sheet_finish(struct sheet *sheet, struct error *error)
{
    if (!sheet->begun)
        return true;
    if (!sheet->writer) {
        align_rows(sheet);
        return true;
    }
    struct csv_writer *writer = sheet->writer;
    sheet->writer = NULL;
    return csv_writer_close(writer, error);
}
