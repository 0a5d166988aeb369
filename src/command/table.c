/* One table, two looks. As CSV each cell goes straight to the writer. For people the first rows are kept as text
 * until the widths of their columns are known; the rest is only counted. */
#include "command/table.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "record/csv_write.h"

/* More columns than this never fit beside each other. */
#define COLUMNS_KEPT 64

struct kept_row {
    char *cell[COLUMNS_KEPT]; /* owned; NULL: blank */
};

struct table {
    char *path;
    FILE *stream;
    struct text *aligned;
    int width;
    bool begun;
    struct csv_writer *writer; /* NULL: aligned */
    uint64_t rows;             /* ended ones, the header included */
    size_t column, columns;    /* of the row being filled; of the widest row */
    bool left[COLUMNS_KEPT];   /* holds text, so it is aligned to the left */
    struct kept_row *kept;     /* [TABLE_ROWS_SHOWN + 1] */
};

struct table *table_new(const char *path, FILE *stream, struct text *aligned, int width)
{
    struct table *table = xcalloc(1, sizeof *table);
    table->path = path ? xstrdup(path) : NULL;
    table->stream = stream;
    table->aligned = aligned;
    table->width = width;
    return table;
}

void table_free(struct table *table)
{
    if (!table)
        return;
    if (table->writer)
        csv_writer_abandon(table->writer);
    for (size_t r = 0; table->kept && r <= TABLE_ROWS_SHOWN; r++)
        for (size_t c = 0; c < COLUMNS_KEPT; c++)
            free(table->kept[r].cell[c]);
    free(table->kept);
    free(table->path);
    free(table);
}

bool table_begin(struct table *table, struct error *error)
{
    table->begun = true;
    if (table->path || table->stream) {
        table->writer = csv_writer_open(table->path, table->stream, error);
        return table->writer != NULL;
    }
    table->kept = xcalloc(TABLE_ROWS_SHOWN + 1, sizeof *table->kept);
    return true;
}

static void keep_cell(struct table *table, const char *text, bool left)
{
    if (table->rows <= TABLE_ROWS_SHOWN && table->column < COLUMNS_KEPT) {
        table->kept[table->rows].cell[table->column] = xstrdup(text);
        table->left[table->column] |= left && table->rows > 0;
    }
    table->column++;
}

void table_text(struct table *table, const char *text)
{
    if (table->writer)
        csv_write_text(table->writer, text);
    else
        keep_cell(table, text, true);
}

void table_number(struct table *table, double value)
{
    char text[NUMBER_EXACT];
    if (table->writer) {
        csv_write_number(table->writer, value);
        return;
    }
    if (value != value)
        snprintf(text, sizeof text, "-");
    else
        snprintf(text, sizeof text, "%.6g", value);
    keep_cell(table, text, false);
}

void table_integer(struct table *table, int64_t value)
{
    char text[NUMBER_EXACT];
    if (table->writer) {
        csv_write_integer(table->writer, value);
        return;
    }
    snprintf(text, sizeof text, "%lld", (long long)value);
    keep_cell(table, text, false);
}

void table_blank(struct table *table)
{
    if (table->writer)
        csv_write_text(table->writer, "");
    else
        keep_cell(table, "", false);
}

void table_row(struct table *table)
{
    if (table->writer)
        csv_write_end(table->writer);
    if (table->column > table->columns)
        table->columns = table->column;
    table->column = 0;
    table->rows++;
}

bool table_header(struct table *table, struct error *error, const char *const *names)
{
    if (!table_begin(table, error))
        return false;
    for (; *names; names++)
        table_text(table, *names);
    table_row(table);
    return true;
}

bool table_begun(const struct table *table)
{
    return table->begun;
}

uint64_t table_rows(const struct table *table)
{
    return table->rows ? table->rows - 1 : 0;
}

static size_t rows_kept(const struct table *table)
{
    return table->rows < TABLE_ROWS_SHOWN + 1 ? (size_t)table->rows : TABLE_ROWS_SHOWN + 1;
}

static size_t column_width(const struct table *table, size_t column)
{
    size_t width = 1;
    for (size_t r = 0; r < rows_kept(table); r++) {
        const char *cell = table->kept[r].cell[column];
        size_t columns = cell ? utf8_columns(cell) : 0;
        width = columns > width ? columns : width;
    }
    return width;
}

/* How many columns fit into the width; at least one. */
static size_t columns_shown(const struct table *table, size_t *widths)
{
    size_t used = 0, shown = 0, most = table->columns < COLUMNS_KEPT ? table->columns : COLUMNS_KEPT;
    for (; shown < most; shown++) {
        widths[shown] = column_width(table, shown);
        used += widths[shown] + (shown ? 2 : 0);
        if (shown > 0 && table->width > 0 && used > (size_t)table->width)
            break;
    }
    return shown;
}

static void align_cell(const struct table *table, const char *cell, size_t column, size_t width)
{
    size_t columns = utf8_columns(cell), pad = width > columns ? width - columns : 0;
    text_printf(table->aligned, "%s%*s%s%*s", column ? "  " : "", table->left[column] ? 0 : (int)pad, "", cell,
                table->left[column] ? (int)pad : 0, "");
}

static void align_rows(const struct table *table)
{
    size_t widths[COLUMNS_KEPT], shown = columns_shown(table, widths);
    char number[NUMBER_HUMAN];
    for (size_t r = 0; r < rows_kept(table); r++) {
        for (size_t c = 0; c < shown; c++) {
            const char *cell = table->kept[r].cell[c];
            align_cell(table, cell ? cell : "", c, widths[c]);
        }
        while (table->aligned->length > 0 && table->aligned->bytes[table->aligned->length - 1] == ' ')
            table->aligned->length--;
        text_add(table->aligned, "\n");
    }
    if (table->rows > rows_kept(table))
        text_printf(table->aligned, "... %s more rows; > FILE writes all\n",
                    number_grouped(number, table->rows - rows_kept(table)));
    if (table->columns > shown)
        text_printf(table->aligned, "... %s more columns; > FILE writes all\n",
                    number_grouped(number, table->columns - shown));
}

bool table_finish(struct table *table, struct error *error)
{
    if (!table->begun)
        return true;
    if (!table->writer) {
        align_rows(table);
        return true;
    }
    struct csv_writer *writer = table->writer;
    table->writer = NULL;
    return csv_writer_close(writer, error);
}
