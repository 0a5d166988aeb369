/* The first row is a header when it holds no number at all, or when one of its cells is a name for time, or
 * when it numbers the columns; any other row that is half numbers is data. Lines about the recording may
 * stand above the header: then it is the first row of words with a name for time, and no row above has a
 * number there. */
#include "look_header.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/stop.h"
#include "base/xalloc.h"
#include "text/column_name.h"
#include "text/label.h"

#define MOST_ABOVE 30 /* rows over the header */
#define NUMBERED 8    /* columns, at least, that a header only numbers */
#define FIRST_ROWS 64 /* tell what columns it numbers */

struct row_kind {
    size_t numbers, texts, times; /* cells that are numbers, words, names for time */
    size_t time;                  /* column of the first such name */
};

static struct row_kind kind_of_row(const struct look *look, size_t row)
{
    const struct sample *s = &look->sample;
    struct row_kind kind = {0};
    for (size_t c = 0; c < sample_width(s, row) && !stop_requested(); c++) {
        const struct cell *cell = sample_cell(s, row, c);
        kind.numbers += look_is_number(look, cell);
        if (cell->kind != CELL_TEXT)
            continue;
        kind.texts++;
        const char *text = sample_field(s, cell).text;
        if (column_meaning(text).role == ROLE_TIME && !column_name_is_unit(text) && kind.times++ == 0)
            kind.time = c;
    }
    return kind;
}

/* Share of the steps along the rows from `first` on, over the columns that are numbers in row 0, that rise.
 */
static double share_of_rises(const struct look *look, size_t first)
{
    const struct sample *s = &look->sample;
    size_t steps = 0, rises = 0;
    for (size_t r = first; r < s->rows && r < first + FIRST_ROWS; r++) {
        const struct cell *before = NULL;
        for (size_t c = 0; c < sample_width(s, r); c++) {
            const struct cell *cell = sample_cell(s, r, c), *name = sample_cell(s, 0, c);
            if (!name || !look_is_number(look, name) || !look_is_number(look, cell))
                continue;
            steps += before != NULL;
            rises += before && before->value < cell->value;
            before = cell;
        }
    }
    return steps ? (double)rises / (double)steps : 1;
}

/* "cell,0.00,0.05,0.10,..." or "0,1,2,...": numbers in equal steps over rows that do not rise. Without a word
 * they must count from 0 or 1; a data frame's ",0,1,2" is known by its empty cell. */
static bool numbers_columns(const struct look *look)
{
    const struct sample *s = &look->sample;
    const struct cell *first = NULL, *before = NULL;
    size_t n = 0, others = 0;
    double step = 0;
    bool even = true;
    for (size_t c = 0; c < sample_width(s, 0); c++) {
        const struct cell *cell = sample_cell(s, 0, c);
        if (!look_is_number(look, cell)) {
            others++;
            continue;
        }
        if (n == 1)
            step = cell->value - before->value;
        even &= n < 2 || fabs(cell->value - before->value - step) <= 1e-3 * step;
        first = first ? first : cell;
        before = cell;
        n++;
    }
    bool frame = others == 1 && n > 1 && sample_cell(s, 0, 0)->kind == CELL_EMPTY && first->value == 0;
    bool counted = n > 0 && step == 1 && (first->value == 0 || first->value == 1);
    if (!even || !(step > 0) || s->rows < 2 || (!others && !counted))
        return false;
    return (frame && counted) || (n >= NUMBERED && 4 * others <= n && share_of_rises(look, 1) < 0.7);
}

static bool is_header(const struct look *look, const struct row_kind *first)
{
    return (first->texts > 0 && (first->numbers == 0 || first->times > 0)) || numbers_columns(look);
}

/* Names in all columns over numbers, under a title that does not reach over all columns. */
static bool is_under_title(const struct look *look, size_t row)
{
    const struct sample *s = &look->sample;
    size_t width = sample_width(s, row);
    struct row_kind kind = kind_of_row(look, row), next = kind_of_row(look, row + 1);
    if (width < 2 || kind.texts < width || next.texts > 0 || 2 * next.numbers < width)
        return false;
    for (size_t above = 0; above < row; above++) {
        struct row_kind title = kind_of_row(look, above);
        if (title.numbers > 0 || title.texts >= kind.texts)
            return false;
    }
    return true;
}

/* The row with the names, if it is not the first; 0 otherwise. */
static size_t find_low_header(const struct look *look, const struct row_kind *first)
{
    const struct sample *s = &look->sample;
    double share;
    if (first->times > 0)
        return 0;
    for (size_t r = 1; r + 1 < s->rows && r < MOST_ABOVE; r++) {
        struct row_kind kind = kind_of_row(look, r);
        if (is_under_title(look, r))
            return r;
        if (kind.times == 0 || kind.numbers > 0 || sample_width(s, r) < 2 ||
            look_common_width(s, r + 1, &share) != sample_width(s, r))
            continue;
        for (size_t above = 0; above < r; above++) {
            const struct cell *cell = sample_cell(s, above, kind.time);
            if (cell && look_is_number(look, cell))
                return 0;
        }
        return r;
    }
    return 0;
}

static void take_names(struct look *look, const struct sample *sample, size_t row)
{
    look->names = sample_width(sample, row);
    look->name = xcalloc(look->names, sizeof *look->name);
    for (size_t c = 0; c < look->names; c++)
        look->name[c] =
            label_clean(sample_field(sample, sample_cell(sample, row, c)).text, sample_cell(sample, row, c)->length);
}

/* "time,neuron" over "ms,-": the unit becomes part of the name. */
static bool take_units(struct look *look, size_t row)
{
    const struct sample *s = &look->sample;
    struct row_kind kind = row + 1 < s->rows ? kind_of_row(look, row) : (struct row_kind){.numbers = 1};
    bool taken = false;
    for (size_t c = 0; kind.numbers == 0 && kind.times == 0 && c < look->names && !stop_requested(); c++) {
        const struct cell *cell = sample_cell(s, row, c);
        struct column_meaning meaning = column_meaning(look->name[c]);
        char unit[COLUMN_UNIT];
        if (!cell || meaning.role != ROLE_TIME || meaning.unit[0] || !column_unit(sample_field(s, cell).text, unit)[0])
            continue;
        struct text name = {0};
        text_printf(&name, "%s (%s)", look->name[c], unit);
        free(look->name[c]);
        look->name[c] = name.bytes;
        taken = true;
    }
    return taken;
}

/* "//" and the like, which begin a comment to some programs. */
static bool is_mark(const char *name)
{
    return name[0] && strspn(name, "/;#!*-") == strlen(name);
}

/* R leaves out the name of the column of row names; others put a mark before the names. */
void look_add_missing_name(struct look *look)
{
    if (look->header == HEADER_ROW && look->names == look->columns + 1 && look->names > 1 && is_mark(look->name[0])) {
        free(look->name[0]);
        look->names--;
        memmove(look->name, look->name + 1, look->names * sizeof *look->name);
        return;
    }
    if (look->header != HEADER_ROW || look->names == 0 || look->names + 1 != look->columns ||
        look->column[look->names].cells == 0)
        return;
    look->name = xreallocarray(look->name, look->columns, sizeof *look->name);
    memmove(look->name + 1, look->name, look->names * sizeof *look->name);
    look->name[0] = xstrdup("");
    look->names++;
}

/* numpy and old NEST files hide the header in the comment above the first row: "# sender	time_ms". It
 * is one when it has as many words as the rows have cells and one of them is a time. */
static void look_for_comment_header(struct look *look, const char *bytes, size_t length)
{
    const char *line = bytes, *end = bytes + length, *found = NULL;
    size_t found_length = 0;
    for (size_t number = 1; line < end && number < look->sample.line[0]; number++) {
        const char *stop = line;
        while (stop < end && *stop != '\n' && *stop != '\r')
            stop++;
        if (stop > line && (*line == '#' || *line == '%')) {
            found = line + 1;
            found_length = (size_t)(stop - found);
            look->header_line = number;
        }
        line = stop + 1 + (stop + 1 < end && stop[0] == '\r' && stop[1] == '\n');
    }
    if (!found)
        return;
    struct sample sample;
    sample_read(&sample, "", found, found_length, true, &look->style, 1);
    bool timed = false;
    for (size_t c = 0; sample.rows && c < sample_width(&sample, 0); c++)
        timed |= column_meaning(sample_field(&sample, sample_cell(&sample, 0, c)).text).role == ROLE_TIME;
    if (timed && sample_width(&sample, 0) == look->columns) {
        take_names(look, &sample, 0);
        look->header = HEADER_COMMENT;
    }
    sample_free(&sample);
}

void look_find_header(struct look *look, const struct look_options *options, const char *bytes, size_t length)
{
    double share;
    int wanted = options->header;
    struct row_kind first = kind_of_row(look, 0); /* of a million columns, say: once */
    look->above = options->deep && wanted >= 0 ? find_low_header(look, &first) : 0;
    if (wanted > 0 || (wanted == 0 && (look->above > 0 || is_header(look, &first)))) {
        look->header = HEADER_ROW;
        look->header_line = look->sample.line[look->above];
        take_names(look, &look->sample, look->above);
        look->data = look->above + 1;
        look->data += options->deep && take_units(look, look->data);
    }
    look->columns = look_common_width(&look->sample, look->data, &share);
    if (look->header == HEADER_ROW && look->columns == 0)
        look->columns = look->names;
    if (look->header == HEADER_NONE && wanted == 0)
        look_for_comment_header(look, bytes, length);
}
