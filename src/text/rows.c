/* libcsv splits the text; what it does not do is done here.
 *   - Lines are counted. CSV_REPALL_NL reports empty lines too, so that they count; of CR LF only the CR
 * does.
 *   - Comments never reach it, for a quotation mark in one would open a field.
 *   - It lets a quoted field run on over line ends, up to the end of the file, silently. No number does that,
 * so a line end inside a quoted field is an unclosed quote. Text with quotation marks, or in a long field, is
 * therefore fed line by line, and the parser asked at each end; a broken line is one row of its own, and the
 * next line begins anew.
 *   - Runs of blanks give empty fields when a blank is the delimiter: they are dropped, and tabs split as
 * well. */
#include "text/rows.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "base/stop.h"
#include "base/xalloc.h"
#include "lists.h"

#define FIELD_LIMIT 65536u
#define BLOCK ((size_t)4096) /* libcsv's buffer grows by this */
#define LONG (2 * BLOCK)     /* a field this long at the start of a slice may get too long within it */
#define UNCLOSED "a quotation mark is opened on this line and not closed on it"
#define TOO_LONG "a field longer than 65536 bytes, which is no number and no name"
/* Where the memory for a row is next to grow; a row of so many spikes is looked for in no file. */
#define FIELDS_MOST ((size_t)1 << 24)
#define ROW_MOST ((size_t)1 << 28) /* bytes of their texts */
#define TOO_WIDE "a row of more than 16 million fields, or 256 MB"
#define SLICE ((size_t)64 << 10) /* fed at once: how soon an error is noticed */

struct rows {
    struct csv_parser parser;
    struct text_style style;
    const char *name;
    row_visitor *visit;
    void *context;
    size_t line;
    bool line_start;    /* nothing but blanks since the last line end */
    bool comment;       /* inside one */
    bool commented;     /* the line holds one, so it is not an empty line */
    bool after_cr;      /* nothing at all since a CR */
    bool plain;         /* fields are taken as they are: see take_field */
    bool tabs;          /* a tab was met where blanks part fields: libcsv does not split at it */
    bool lenient;       /* broken lines are rows */
    const char *broken; /* why this line is no row; NULL: nothing is wrong so far */
    bool skipping;      /* up to the end of the broken line */
    bool failed;
    struct error *error; /* of the call that is under way */
    size_t comments;
    char *text;                             /* the fields of this row, each with its NUL */
    size_t used, text_capacity, text_spare; /* a short field may begin before text_spare */
    struct field *field;
    size_t count, field_capacity;
    struct lists lists;
    char *flat; /* what was fed, without brackets */
    size_t flat_capacity;
};

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

static void fail_here(struct rows *rows)
{
    error_prefix(rows->error, "%s:%zu: ", rows->name, rows->line);
    rows->failed = true;
    rows->plain = false;
}

/* The line at hand cannot be a row. */
static void break_line(struct rows *rows, const char *why)
{
    if (rows->broken || rows->failed)
        return;
    rows->broken = why;
    rows->plain = false;
    rows->after_cr = false;
    if (!rows->lenient) {
        error_set(rows->error, "%s", why);
        fail_here(rows);
    }
}

static void start_parser(struct rows *rows)
{
    csv_init(&rows->parser, CSV_REPALL_NL | CSV_EMPTY_IS_NULL);
    csv_set_delim(&rows->parser, (unsigned char)rows->style.delimiter);
    csv_set_blk_size(&rows->parser, BLOCK);
}

static void restart_parser(struct rows *rows)
{
    csv_free(&rows->parser);
    start_parser(rows);
}

/* What libcsv has of the broken line is forgotten, and what is left of it passed over. */
static void skip_line(struct rows *rows, const char *why)
{
    break_line(rows, why);
    restart_parser(rows);
    rows->count = rows->used = 0;
    rows->skipping = true;
}

/* Room for one more field of so many bytes and FIELD_ROOM beyond; the fields so far move along with the text.
 */
static __attribute__((noinline)) void make_room(struct rows *rows, size_t length)
{
    char *old = rows->text;
    xgrow(&rows->text, &rows->text_capacity, rows->used + length + 4 * FIELD_ROOM, 1);
    for (size_t i = 0; i < rows->count && rows->text != old; i++)
        rows->field[i].text = rows->text + (rows->field[i].text - old);
    rows->text_spare = rows->text_capacity - 2 * FIELD_ROOM;
    xgrow(&rows->field, &rows->field_capacity, rows->count + 1, sizeof *rows->field);
}

static void append_field(struct rows *rows, const char *bytes, size_t length)
{
    if (rows->used + length + FIELD_ROOM >= rows->text_capacity || rows->count == rows->field_capacity) {
        if (rows->count >= FIELDS_MOST || rows->used >= ROW_MOST) {
            break_line(rows, TOO_WIDE);
            return;
        }
        make_room(rows, length);
    }
    char *out = rows->text + rows->used;
    memcpy(out, bytes, length);
    out[length] = '\0';
    rows->used += length + 1;
    rows->field[rows->count++] = (struct field){out, length};
}

static void append_blank_separated(struct rows *rows, const char *bytes, size_t length)
{
    const char *end = bytes + length, *tab = memchr(bytes, '\t', length);
    if (!tab) {
        append_field(rows, bytes, length);
        return;
    }
    for (; tab; bytes = tab + 1, tab = memchr(bytes, '\t', (size_t)(end - bytes)))
        if (tab > bytes)
            append_field(rows, bytes, (size_t)(tab - bytes));
    if (end > bytes)
        append_field(rows, bytes, (size_t)(end - bytes));
}

static bool is_oversize(struct rows *rows)
{
    return rows->parser.entry_size > FIELD_LIMIT + 2 * BLOCK;
}

/* Out of line, so that take_field has nothing to save and restore. */
static __attribute__((noinline)) void take_other_field(struct rows *rows, const char *bytes, size_t length)
{
    bool blanks = rows->style.delimiter == ' ';
    if (rows->failed || rows->broken || (!bytes && blanks)) /* nothing between two blanks */
        return;
    if (length > FIELD_LIMIT)
        break_line(rows, TOO_LONG);
    else if (!bytes)
        append_field(rows, "", 0);
    else
        (blanks ? append_blank_separated : append_field)(rows, bytes, length);
}

/* Most fields are short and hold neither a quotation mark nor a blank. libcsv's buffer is never smaller than
 * BLOCK, so they are copied by one move of a fixed size. */
static void take_field(void *bytes, size_t length, void *context)
{
    struct rows *rows = context;
    char *out = rows->text + rows->used;
    rows->after_cr = false;
    if (!rows->plain || length - 1 >= FIELD_ROOM - 1 || rows->used >= rows->text_spare ||
        rows->count == rows->field_capacity) {
        take_other_field(rows, bytes, length);
        return;
    }
    memcpy(out, bytes, FIELD_ROOM);
    out[length] = '\0';
    rows->used += length + 1;
    rows->field[rows->count++] = (struct field){out, length};
}

static __attribute__((noinline)) void end_other_row(struct rows *rows, int mark)
{
    bool second_half = mark == '\n' && rows->after_cr, commented = rows->commented;
    rows->after_cr = mark == '\r';
    if (rows->failed || second_half)
        return;
    rows->commented = false;
    if (rows->count || rows->broken || (rows->style.empty_lines && !commented)) {
        struct row row = {rows->line, rows->broken ? 0 : rows->count, rows->field, rows->broken};
        rows->count = rows->used = 0;
        rows->broken = NULL;
        rows->skipping = false;
        rows->plain = !rows->tabs;
        if (!rows->visit(rows->context, &row, rows->error)) {
            fail_here(rows);
            return;
        }
    }
    rows->line++;
}

static void end_row(int mark, void *context)
{
    struct rows *rows = context;
    if (rows->count == 0 || !rows->plain || mark != '\n') {
        end_other_row(rows, mark);
        return;
    }
    struct row row = {rows->line, rows->count, rows->field, NULL};
    rows->count = rows->used = 0;
    if (!rows->visit(rows->context, &row, rows->error))
        fail_here(rows);
    else
        rows->line++;
}

struct rows *rows_new(const char *name, const struct text_style *style, row_visitor *visit, void *context)
{
    struct rows *rows = xcalloc(1, sizeof *rows);
    rows->style = *style;
    rows->name = name;
    rows->visit = visit;
    rows->context = context;
    rows->line = 1;
    rows->line_start = true;
    start_parser(rows);
    make_room(rows, 0);
    return rows;
}

void rows_be_lenient(struct rows *rows)
{
    rows->lenient = true;
}

void rows_free(struct rows *rows)
{
    if (!rows)
        return;
    csv_free(&rows->parser);
    free(rows->text);
    free(rows->field);
    free(rows->flat);
    free(rows);
}

bool rows_between(const struct rows *rows)
{
    return rows->parser.pstate == 0 && rows->count == 0 && !rows->skipping; /* libcsv's ROW_NOT_BEGUN */
}

static bool is_indent(const struct rows *rows, char c)
{
    return c == ' ' || (c == '\t' && rows->style.delimiter != '\t');
}

/* Is there nothing but blanks between the last line end and `at`? */
static bool starts_line(const struct rows *rows, const char *bytes, const char *at)
{
    while (at > bytes && is_indent(rows, at[-1]))
        at--;
    return at > bytes ? is_line_end(at[-1]) : rows->line_start;
}

/* Marks that begin a comment, and where each is met next: no byte is searched twice for one. */
static const char marks[] = {'#', '%'};
#define MARKS (sizeof marks)

/* How many of the bytes are before a comment. */
static size_t find_comment(const struct rows *rows, const char *bytes, size_t length, const char *next[MARKS])
{
    const char *end = bytes + length, *from = bytes;
    for (;;) {
        const char *nearest = end;
        for (size_t i = 0; i < MARKS; i++) {
            if (!next[i] || next[i] < from) {
                const char *found = from < end ? memchr(from, marks[i], (size_t)(end - from)) : NULL;
                next[i] = found ? found : end;
            }
            nearest = next[i] < nearest ? next[i] : nearest;
        }
        if (nearest == end || starts_line(rows, bytes, nearest))
            return (size_t)(nearest - bytes);
        from = nearest + 1;
    }
}

static void parse(struct rows *rows, const char *bytes, size_t length)
{
    if (csv_parse(&rows->parser, bytes, length, take_field, end_row, rows) != length) {
        error_set(rows->error, "%s", csv_strerror(csv_error(&rows->parser)));
        fail_here(rows);
    }
}

/* A line end would become part of the field; 2 is libcsv's FIELD_BEGUN. */
static bool is_quote_open(const struct rows *rows)
{
    return rows->parser.quoted && rows->parser.pstate == 2;
}

static void parse_line_by_line(struct rows *rows, const char *bytes, size_t length)
{
    while (length && !rows->failed) {
        size_t line = 0;
        while (line < length && !is_line_end(bytes[line]))
            line++;
        if (line && !rows->skipping)
            parse(rows, bytes, line);
        if (is_oversize(rows))
            skip_line(rows, TOO_LONG);
        if (line == length || rows->failed)
            return;
        if (is_quote_open(rows))
            skip_line(rows, UNCLOSED);
        if (!rows->failed)
            parse(rows, bytes + line, 1);
        if (is_oversize(rows)) /* the line end made it grow */
            restart_parser(rows);
        bytes += line + 1;
        length -= line + 1;
    }
}

static void tokenise(struct rows *rows, const char *bytes, size_t length)
{
    while (length && !rows->failed) {
        size_t slice = length < SLICE ? length : SLICE;
        bool careful = rows->skipping || rows->parser.entry_pos >= LONG || rows->parser.quoted;
        if (careful || memchr(bytes, '"', slice))
            parse_line_by_line(rows, bytes, slice);
        else
            parse(rows, bytes, slice);
        bytes += slice;
        length -= slice;
        if (stop_requested() && !rows->failed)
            rows->failed = !error_set(rows->error, "interrupted");
    }
}

/* The text without its comments; their line ends stay, so that lines are counted. */
static void feed_text(struct rows *rows, const char *bytes, size_t length)
{
    const char *next[MARKS] = {NULL};
    while (length && !rows->failed) {
        size_t used = 0;
        if (rows->comment) {
            while (used < length && !is_line_end(bytes[used]))
                used++;
            rows->comment = used == length;
            rows->after_cr = false;
            rows->line_start = true;
        } else {
            used = find_comment(rows, bytes, length, next);
            tokenise(rows, bytes, used);
            rows->comment = rows->commented = used < length;
            rows->comments += rows->comment;
            rows->line_start = rows->comment || starts_line(rows, bytes, bytes + length);
        }
        bytes += used;
        length -= used;
    }
}

bool rows_feed(struct rows *rows, const char *bytes, size_t length, struct error *error)
{
    rows->error = error;
    if (rows->style.lists) {
        xgrow(&rows->flat, &rows->flat_capacity, lists_room(&rows->lists, length), 1);
        length = lists_flatten(&rows->lists, bytes, length, rows->style.delimiter, rows->flat);
        bytes = rows->flat;
    }
    rows->tabs = rows->tabs || (rows->style.delimiter == ' ' && length && memchr(bytes, '\t', length));
    rows->plain = !rows->tabs && !rows->broken && !rows->failed;
    const char *nul = length ? memchr(bytes, '\0', length) : NULL;
    feed_text(rows, bytes, nul ? (size_t)(nul - bytes) : length);
    if (nul && !rows->failed) {
        error_set(error, "a NUL byte: this is a binary file, not text");
        fail_here(rows);
    }
    return !rows->failed;
}

bool rows_finish(struct rows *rows, struct error *error)
{
    rows->error = error;
    if (is_quote_open(rows))
        skip_line(rows, UNCLOSED);
    if (rows->skipping)
        end_other_row(rows, -1);
    else if (csv_fini(&rows->parser, take_field, end_row, rows) != 0 && !rows->failed) {
        error_set(error, "%s", csv_strerror(csv_error(&rows->parser)));
        fail_here(rows);
    }
    return !rows->failed;
}

bool rows_at_line(const struct rows *rows)
{
    return rows_between(rows) && rows->line_start && !rows->comment && !rows->commented && !rows->after_cr &&
           !rows->broken && !rows->failed && !rows->style.lists;
}

void rows_skip(struct rows *rows, size_t lines)
{
    rows->line += lines;
}

size_t rows_comments(const struct rows *rows)
{
    return rows->comments;
}
