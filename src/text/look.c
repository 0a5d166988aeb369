/* The delimiter is the one that makes most cells numbers and the rows equally long; the header is found by
 * look_header. */
#include "text/look.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/stop.h"
#include "base/xalloc.h"
#include "lists.h"
#include "look_header.h"
#include "text/column_name.h"
#include "text/label.h"
#include "text/magic.h"
#include "text/number_form.h"

#define TRIAL_ROWS 64 /* for choosing the delimiter, of so many */
#define TRIAL_BYTES ((size_t)64 << 10)
#define NAMED 64 /* columns whose names are compared one by one */
#define SAMPLE_ROWS 1500
#define EXCERPTS 8 /* of the text behind the first rows */
#define EXCERPT ((size_t)8 << 10)
#define EXCERPT_ROWS 120

static const struct {
    char delimiter;
    const char *name;
} delimiters[] = {{',', "comma"}, {';', "semicolon"}, {'\t', "tab"}, {' ', "blanks"}, {'|', "bar"}, {':', "colon"}};

const char *look_delimiter_name(char delimiter)
{
    for (size_t i = 0; i < sizeof delimiters / sizeof *delimiters; i++)
        if (delimiters[i].delimiter == delimiter)
            return delimiters[i].name;
    return "unknown";
}

static int by_size(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

size_t look_common_width(const struct sample *sample, size_t first, double *share)
{
    size_t n = sample->rows - first, best = 0, best_count = 0;
    size_t *width = xcalloc(n, sizeof *width);
    for (size_t i = 0; i < n; i++)
        width[i] = sample_width(sample, first + i);
    qsort(width, n, sizeof *width, by_size);
    for (size_t i = 0, run = 1; i < n; i++, run++) {
        if (i > 0 && width[i] != width[i - 1])
            run = 1;
        if (run >= best_count) {
            best = width[i];
            best_count = run;
        }
    }
    free(width);
    *share = n ? (double)best_count / (double)n : 0;
    return best;
}

/* How well a delimiter explains the text, 0..2; *comma: numbers in it are written with a decimal comma. */
static double judge(const struct sample *sample, char delimiter, bool *comma)
{
    size_t first = sample->rows > 1; /* the names in a header are no numbers, whatever parts them */
    size_t numbers = 0, commas = 0, grouped = 0, points = 0, empty = 0, cells = 0;
    for (size_t i = sample->rows ? sample->start[first] : 0; i < sample->cells && !stop_requested(); i++, cells++) {
        enum cell_kind kind = sample->cell[i].kind;
        struct field field = sample_field(sample, &sample->cell[i]);
        bool is_comma = kind == CELL_COMMA_NUMBER && delimiter != ',';
        commas += is_comma && !number_form_grouped(&field, ',');
        grouped += is_comma && number_form_grouped(&field, ',');
        numbers += kind == CELL_NUMBER || is_comma || (kind == CELL_TEXT && number_form_likely(&field));
        empty += kind == CELL_EMPTY;
        points +=
            kind == CELL_NUMBER && memchr(sample->bytes.bytes + sample->cell[i].text, '.', sample->cell[i].length);
    }
    *comma = commas > points || (commas == points && points == 0 && grouped > 0);
    double share;
    size_t width = look_common_width(sample, 0, &share);
    return (cells > empty ? (double)numbers / (double)(cells - empty) : 0) + (width > 1 ? share : 0);
}

static void choose_style(struct look *look, const char *name, const char *bytes, size_t length, bool whole,
                         char delimiter)
{
    double best = -1;
    whole = whole && length <= TRIAL_BYTES;
    length = length < TRIAL_BYTES ? length : TRIAL_BYTES;
    for (size_t i = 0; i < sizeof delimiters / sizeof *delimiters && !stop_requested(); i++) {
        struct text_style style = {.delimiter = delimiters[i].delimiter};
        if (delimiter && delimiter != style.delimiter)
            continue;
        struct sample trial;
        sample_read(&trial, name, bytes, length, whole, &style, TRIAL_ROWS);
        double score = judge(&trial, style.delimiter, &style.decimal_comma);
        if (score > best) {
            best = score;
            look->style = style;
        }
        sample_free(&trial);
    }
}

/* Beginnings that leave no doubt, whatever marks the labels in the rows hold: our own files and some like
 * them. */
static char settled_delimiter(const char *bytes, size_t length)
{
    static const char *const begin[] = {LOOK_OWN, "time_s,", "time,neuron\n", "sender\ttime_ms\n"};
    for (size_t i = 0; i < sizeof begin / sizeof *begin; i++)
        if (length >= strlen(begin[i]) && memcmp(bytes, begin[i], strlen(begin[i])) == 0)
            return strchr(begin[i], '\t') ? '\t' : ',';
    return '\0';
}

/* Where such beginnings have their labels. */
static size_t settled_labels(const char *bytes, size_t length)
{
    if (length >= 12 && memcmp(bytes, "time,neuron\n", 12) == 0)
        return 1;
    bool first = (length >= strlen(LOOK_OWN) && memcmp(bytes, LOOK_OWN, strlen(LOOK_OWN)) == 0) ||
                 (length >= 15 && memcmp(bytes, "sender\ttime_ms\n", 15) == 0);
    return first ? 0 : (size_t)-1;
}

bool look_is_number(const struct look *look, const struct cell *cell)
{
    return cell->kind == CELL_NUMBER || (cell->kind == CELL_COMMA_NUMBER && look->style.decimal_comma);
}

/* Numbers in other forms than 12.5 get their value only now, when it is known how they are written. */
static void settle_forms(struct look *look, size_t labels)
{
    struct sample *s = &look->sample;
    struct text_style *style = &look->style;
    number_form_find(style, s, labels);
    bool forms = style->decimal_comma || style->thousands || style->clock || style->unit[0];
    for (size_t i = 0; i < s->cells && forms && !stop_requested(); i++) {
        struct cell *cell = &s->cell[i];
        struct field field = sample_field(s, cell);
        bool open = cell->kind == CELL_TEXT || cell->kind == CELL_COMMA_NUMBER ||
                    (cell->kind == CELL_NUMBER && style->thousands);
        if (open && field_number(style, &field, &cell->value))
            cell->kind = CELL_NUMBER;
    }
}

/* Rows from further on, so that what holds for the first ones only is not taken for the whole. */
static void add_excerpts(struct look *look, struct input *input)
{
    char *buffer = xreallocarray(NULL, EXCERPT, 1);
    double room = (input_size(input) - (double)look->sample.read) / (double)EXCERPT; /* so that none overlaps another */
    size_t n = room < 1 ? 1 : room < EXCERPTS ? (size_t)room : EXCERPTS;
    for (size_t i = 1; i <= n; i++) {
        size_t got = input_excerpt(input, (double)i / (double)n, look->sample.read, buffer, EXCERPT);
        if (got)
            sample_append(&look->sample, input_name(input), buffer, got, &look->style, EXCERPT_ROWS);
    }
    free(buffer);
}

static void take_comment(struct look *look, const char *bytes, size_t length)
{
    if (length == 0 || (bytes[0] != '#' && bytes[0] != '%'))
        return;
    size_t n = 0;
    for (; n < length && n < sizeof look->comment - 1 && bytes[n] != '\n' && bytes[n] != '\r'; n++)
        look->comment[n] = bytes[n];
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static bool is_regular(const double *value, size_t n)
{
    double step = n > 2 ? (value[n - 1] - value[0]) / (double)(n - 1) : 0;
    for (size_t i = 0; i < n; i++)
        if (!(fabs(value[i] - value[0] - (double)i * step) <= 0.25 * step))
            return false;
    return step > 0;
}

/* value[n] in the order of the rows, of which the first `head` follow one another; sorts it. */
static void measure(struct column_facts *facts, double *value, size_t n, size_t head)
{
    facts->even = head > 2;
    facts->counts = head > 2;
    facts->regular = is_regular(value, head);
    for (size_t i = 0; i < n; i++) {
        facts->whole += value[i] == floor(value[i]);
        facts->zeros += value[i] == 0;
        if (i == 0)
            continue;
        facts->falls += value[i] < value[i - 1];
        facts->repeats += value[i] == value[i - 1];
        if (i >= head)
            continue;
        double step = value[1] - value[0];
        facts->counts &= value[i] == value[0] + (double)i;
        facts->even &= step > 0 && fabs(value[i] - value[i - 1] - step) <= 0.01 * step;
    }
    qsort(value, n, sizeof *value, by_value);
    for (size_t i = 0; i < n; i++)
        facts->distinct += i == 0 || value[i] != value[i - 1];
    facts->least = n ? value[0] : NAN;
    facts->largest = n ? value[n - 1] : NAN;
}

static void find_facts(struct look *look)
{
    const struct sample *s = &look->sample;
    look->column = xcalloc(look->columns, sizeof *look->column);
    double *value = xcalloc(s->rows, sizeof *value);
    for (size_t c = 0; c < look->columns && !stop_requested(); c++) {
        struct column_facts *facts = &look->column[c];
        size_t head = 0;
        for (size_t r = look->data; r < s->rows; r++) {
            const struct cell *cell = sample_cell(s, r, c);
            if (!cell || cell->kind == CELL_EMPTY)
                continue;
            facts->cells++;
            if (!look_is_number(look, cell) || !isfinite(cell->value))
                continue;
            value[facts->numbers++] = cell->value;
            head += r < s->head;
        }
        measure(facts, value, facts->numbers, head);
    }
    free(value);
}

/* Zeros behind the last other number of each column or row; false if zeros stand before others, or nothing is 0. */
static bool are_filled(const struct look *look, bool columns)
{
    const struct sample *s = &look->sample;
    size_t zeros = 0, lines = columns ? look->columns : s->rows, length = columns ? s->rows : look->columns, others = 0;
    for (size_t line = columns ? 0 : look->data; line < lines && !stop_requested(); line++) {
        size_t tail = 0;
        for (size_t i = columns ? look->data : 0; i < length; i++) {
            const struct cell *cell = columns ? sample_cell(s, i, line) : sample_cell(s, line, i);
            if (!cell || !look_is_number(look, cell))
                continue;
            if (cell->value != 0 && tail > 0)
                return false;
            tail += cell->value == 0;
            others += cell->value != 0;
        }
        zeros += tail;
    }
    return zeros > 0 && others > 0;
}

static void find_row_facts(struct look *look)
{
    const struct sample *s = &look->sample;
    size_t steps = 0, rises = 0, uneven = 0;
    look->zero_rows = look->columns > 1 && are_filled(look, false);
    look->zero_columns = look->columns > 1 && are_filled(look, true);
    for (size_t r = look->data; r < s->rows; r++) {
        double previous = NAN;
        uneven += sample_width(s, r) != look->columns;
        for (size_t c = 0; c < sample_width(s, r) && !stop_requested(); c++) {
            const struct cell *cell = sample_cell(s, r, c);
            if (!look_is_number(look, cell) || !isfinite(cell->value) || (look->zero_rows && cell->value == 0))
                continue;
            steps += previous == previous;
            rises += previous < cell->value;
            previous = cell->value;
        }
    }
    look->rows_rise = steps ? (double)rises / (double)steps : 0;
    look->uneven = s->rows > look->data ? (double)uneven / (double)(s->rows - look->data) : 0;
}

static bool check_text(const struct look *look, const char *name, size_t length, struct error *error)
{
    if (look->sample.rows > 0)
        return true;
    if (look->sample.failed) {
        *error = look->sample.error;
        return false;
    }
    return error_set(error, "%s:1: %s", name,
                     length == 0 ? "the file is empty" : "there are only blank lines and comments in this file");
}

bool look_at(struct look *look, struct input *input, const struct look_options *options, struct error *error)
{
    *look = (struct look){0};
    const char *bytes, *name = input_name(input);
    size_t length;
    bool whole;
    if (!input_peek(input, &bytes, &length, &whole, error))
        return false;
    if (!magic_check(bytes, length, error))
        return error_prefix(error, "%s:1: ", name);
    char settled = settled_delimiter(bytes, length);
    if (!options->delimiter && !settled && lists_find(bytes, length, &look->style.delimiter, &look->lead))
        look->style.lists = true;
    else
        choose_style(look, name, bytes, length, whole, options->delimiter ? options->delimiter : settled);
    sample_read(&look->sample, name, bytes, length, whole, &look->style, SAMPLE_ROWS);
    if (options->deep && !look->style.lists) /* an excerpt may begin inside a list */
        add_excerpts(look, input);
    settle_forms(look, settled_labels(bytes, length));
    if (stop_requested() || !check_text(look, name, length, error)) {
        if (stop_requested())
            error_set(error, "interrupted");
        look_free(look);
        return false;
    }
    take_comment(look, bytes, length);
    look_find_header(look, options, bytes, length);
    find_facts(look);
    find_row_facts(look);
    look_add_missing_name(look);
    look->meaning = xcalloc(look->names, sizeof *look->meaning);
    for (size_t c = 0; c < look->names; c++)
        look->meaning[c] = column_meaning(look->name[c]);
    if (stop_requested()) { /* nothing above is what it would have been */
        look_free(look);
        return error_set(error, "interrupted");
    }
    look->rows = (double)(look->sample.rows - look->data);
    double size = input_size(input), read = (double)look->sample.read;
    if (read > 0 && read < size)
        look->rows = (double)(look->sample.head - look->data) * size / read;
    return true;
}

void look_free(struct look *look)
{
    for (size_t i = 0; i < look->names; i++)
        free(look->name[i]);
    free(look->name);
    free(look->meaning);
    free(look->column);
    sample_free(&look->sample);
    *look = (struct look){0};
}

bool look_is_header_again(const struct look *look, const struct row *row)
{
    bool word = false;
    double ignored;
    if (look->names == 0 || row->count != look->names)
        return false;
    for (size_t c = 0; c < row->count; c++) {
        if (strcasecmp(row->field[c].text, look->name[c]) != 0)
            return false;
        word = word || (row->field[c].length > 0 && !field_number(&look->style, &row->field[c], &ignored));
    }
    return word;
}

const struct column_facts *look_facts(const struct look *look, size_t column)
{
    static const struct column_facts nothing = {.least = NAN, .largest = NAN};
    return column < look->columns ? &look->column[column] : &nothing;
}

bool look_varies(const struct look *look, size_t column)
{
    const struct column_facts *facts = look_facts(look, column);
    const char *first = NULL;
    if (facts->numbers > 0)
        return facts->distinct > 1 || facts->numbers < facts->cells;
    for (size_t r = look->data; r < look->sample.rows; r++) {
        const struct cell *cell = sample_cell(&look->sample, r, column);
        const char *text = cell && cell->kind != CELL_EMPTY ? sample_field(&look->sample, cell).text : NULL;
        if (first && text && strcmp(first, text) != 0)
            return true;
        first = first ? first : text;
    }
    return false;
}

bool look_has_name(const struct look *look, const char *letters)
{
    for (size_t c = 0; c < look->names && c < NAMED; c++)
        if (column_name_is(look->name[c], letters))
            return true;
    return false;
}

struct column_meaning look_meaning(const struct look *look, size_t column)
{
    return column < look->names ? look->meaning[column] : (struct column_meaning){ROLE_NONE, 0, ""};
}

enum column_role look_role(const struct look *look, size_t column)
{
    return look_meaning(look, column).role;
}

bool look_is_own(const struct look *look)
{
    return strncmp(look->comment, LOOK_OWN, strlen(LOOK_OWN)) == 0;
}

const char *look_name(const struct look *look, size_t column)
{
    return column < look->names && look->name[column][0] ? look->name[column] : NULL;
}

char *look_column_shown(const struct look *look, size_t column, char buffer[COLUMN_SHOWN])
{
    const char *name = look_name(look, column);
    char shown[FIELD_SHOWN];
    if (name)
        snprintf(buffer, COLUMN_SHOWN, "column %zu (%s)", column + 1,
                 field_shown(shown, &(struct field){name, strlen(name)}));
    else
        snprintf(buffer, COLUMN_SHOWN, "column %zu", column + 1);
    return buffer;
}
