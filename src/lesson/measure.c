/* Names of columns become x1, x2, ... and then the expression is a function as any that is typed. Cells that are no
 * numbers count as none: of nothing but these there is nothing to say. */
#include "lesson/measure.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "base/word.h"
#include "base/xalloc.h"
#include "nef/function.h"
#include "text/csv_read.h"

struct sums {
    size_t numbers, rows; /* finite ones; those that are neither 0 nor missing */
    double sum, squares, least, most;
};

static double take_count(const struct sums *s)
{
    return (double)s->rows;
}

static double take_min(const struct sums *s)
{
    return s->least;
}

static double take_max(const struct sums *s)
{
    return s->most;
}

static double take_mean(const struct sums *s)
{
    return s->sum / (double)s->numbers;
}

static double take_sum(const struct sums *s)
{
    return s->sum;
}

static double take_rms(const struct sums *s)
{
    return sqrt(s->squares / (double)s->numbers);
}

static const struct reduction {
    const char *name;
    double (*take)(const struct sums *sums);
    bool of_none; /* has a value for no rows, too */
} reductions[] = {{"count", take_count, true}, {"min", take_min, false}, {"max", take_max, false},
                  {"mean", take_mean, false},  {"sum", take_sum, true},  {"rms", take_rms, false}};
#define REDUCTIONS (sizeof reductions / sizeof *reductions)

static const char *reduction_name(const void *list, size_t i)
{
    (void)list;
    return reductions[i].name;
}

/* What was asked for. */
struct asked {
    const struct reduction *reduction; /* NULL: a cell */
    struct text of;                    /* the expression, or the name of a column */
    double row;
};

static bool read_cell(const char *text, struct asked *asked, struct error *error)
{
    const char *comma = strrchr(text, ',');
    size_t length = comma ? strlen(comma + 1) : 0;
    if (!comma || comma == text || !number_parse(comma + 1, length, &asked->row) || asked->row != floor(asked->row))
        return error_set(
            error, "cell=%.80s: COLUMN,ROW is wanted, as in rate,0, or a measure, as in rms(decoded-target)", text);
    text_append(&asked->of, text, (size_t)(comma - text));
    return true;
}

static bool read_asked(const char *text, struct asked *asked, struct error *error)
{
    const char *open = strchr(text, '(');
    size_t length = strlen(text);
    *asked = (struct asked){0};
    if (!open || open == text)
        return read_cell(text, asked, error);
    struct word_list words = {"measure", REDUCTIONS, reduction_name, NULL};
    long found = word_find(&words, text, (size_t)(open - text), error);
    if (found < 0)
        return false;
    if (text[length - 1] != ')' || open + 2 > text + length - 1)
        return error_set(error, "cell=%.80s: %s(...) is wanted, with an expression in columns", text,
                         reductions[found].name);
    asked->reduction = &reductions[found];
    text_append(&asked->of, open + 1, (size_t)(text + length - 1 - (open + 1)));
    return true;
}

bool measure_check(const char *text, struct error *error)
{
    struct asked asked;
    bool good = read_asked(text, &asked, error);
    text_free(&asked.of);
    return good;
}

/* ---- names of columns in an expression ---- */

static bool is_of_name(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* The next word that begins with a letter; false: there is none. */
static bool next_name(const char **at, const char **name, size_t *length)
{
    const char *c = *at;
    while (*c && !(isalpha((unsigned char)*c) || *c == '_'))
        c += is_of_name(*c) ? strspn(c, "0123456789.eE") : 1; /* 1e3 holds no name */
    *name = c;
    while (is_of_name(*c))
        c++;
    *length = (size_t)(c - *name);
    *at = c;
    return *length > 0;
}

#define EACH "each" /* stands for every column but the first, one after the other */

static bool is_each(const char *name, size_t length)
{
    return length == strlen(EACH) && strncmp(name, EACH, length) == 0;
}

static bool uses_each(const struct asked *asked)
{
    const char *at = text_string(&asked->of), *name;
    size_t length;
    while (asked->reduction && next_name(&at, &name, &length))
        if (is_each(name, length))
            return true;
    return false;
}

/* The names of an expression, as the list of columns that are looked at; each owned, up to a NULL. */
static char **names_of(const struct asked *asked)
{
    size_t count = 0, capacity = 0, length;
    char **names = NULL;
    const char *at = text_string(&asked->of), *name;
    xgrow(&names, &capacity, 1, sizeof *names);
    if (!asked->reduction)
        names[count++] = xstrdup(at);
    else
        while (next_name(&at, &name, &length)) {
            xgrow(&names, &capacity, count + 2, sizeof *names);
            names[count] = xcalloc(length + 1, 1);
            memcpy(names[count++], name, length);
        }
    xgrow(&names, &capacity, count + 1, sizeof *names);
    names[count] = NULL;
    return names;
}

static void free_names(char **names)
{
    for (size_t i = 0; names[i]; i++)
        free(names[i]);
    free(names);
}

/* The next name of a header, whose names are parted by commas; false: there is none. */
static bool next_column(const char **at, const char **name, size_t *length)
{
    *name = *at;
    *length = strcspn(*at, ",\r\n");
    *at += *length + ((*at)[*length] == ',');
    return *length > 0;
}

#define COLUMNS_SAID 12

static bool lacks_columns(const char *csv, const char *what, struct error *error)
{
    struct text columns = {0};
    const char *at = csv, *name;
    size_t length, count = 0;
    for (; next_column(&at, &name, &length) && count <= COLUMNS_SAID; count++)
        text_printf(&columns, "%s%.*s", count ? ", " : "", count < COLUMNS_SAID ? (int)length : 3,
                    count < COLUMNS_SAID ? name : "...");
    error_set(error, "cell: %.60s: the table's columns are %s", what, text_string(&columns));
    text_free(&columns);
    return false;
}

/* Cells of other columns may be words; those of the columns that are looked at are read as numbers, so at least one of
 * them has to be there. */
static bool has_any(const char *csv, char *const *names)
{
    const char *at = csv, *name;
    size_t length;
    while (next_column(&at, &name, &length))
        for (size_t i = 0; names[i]; i++)
            if (strlen(names[i]) == length && strncmp(names[i], name, length) == 0)
                return true;
    return false;
}

/* ---- taking ---- */

static bool take_cell(const struct asked *asked, const struct csv_table *table, double *value, struct error *error)
{
    long column = csv_table_column(table, text_string(&asked->of));
    double row = asked->row < 0 ? asked->row + (double)table->rows : asked->row;
    if (!(row >= 0 && row < (double)table->rows))
        return error_set(error, "cell: row %.0f: the table has %zu rows, from 0 on", asked->row, table->rows);
    *value = table->value[(size_t)row * table->columns + (size_t)column];
    return !isnan(*value) ||
           error_set(error, "cell: there is no number in column %s, row %.0f", text_string(&asked->of), asked->row);
}

static void add(struct sums *sums, double value)
{
    if (!isfinite(value))
        return;
    sums->least = sums->numbers ? fmin(sums->least, value) : value;
    sums->most = sums->numbers ? fmax(sums->most, value) : value;
    sums->numbers++;
    sums->rows += value != 0;
    sums->sum += value;
    sums->squares += value * value;
}

/* The expression with x1, x2, ... for columns, and which column each is. */
struct formula {
    struct text text;
    size_t *column;
    size_t columns, capacity;
};

static struct formula formula_of(const char *expression, const struct csv_table *table, size_t each)
{
    struct formula f = {0};
    const char *at = expression, *done = expression, *name;
    size_t length;
    while (next_name(&at, &name, &length)) {
        long column = -1;
        for (size_t i = 0; i < table->columns && column < 0; i++)
            if (strlen(table->name[i]) == length && strncmp(table->name[i], name, length) == 0)
                column = (long)i;
        if (column < 0 && is_each(name, length))
            column = (long)each;
        text_append(&f.text, done, (size_t)(name - done));
        if (column < 0) {
            text_append(&f.text, name, length);
        } else {
            xgrow(&f.column, &f.capacity, f.columns + 1, sizeof *f.column);
            f.column[f.columns++] = (size_t)column;
            text_printf(&f.text, "x%zu", f.columns);
        }
        done = at;
    }
    text_add(&f.text, done);
    return f;
}

static void add_rows(const struct formula *f, struct function *function, const struct csv_table *table,
                     struct sums *sums)
{
    double *x = xcalloc(f->columns, sizeof *x), value;
    for (size_t r = 0; r < table->rows; r++) {
        for (size_t i = 0; i < f->columns; i++)
            x[i] = table->value[r * table->columns + f->column[i]];
        function_value(function, x, &value);
        add(sums, value);
    }
    free(x);
}

static bool add_column(const struct asked *asked, const struct csv_table *table, size_t each, struct sums *sums,
                       struct error *error)
{
    struct formula f = formula_of(text_string(&asked->of), table, each);
    struct function *function = function_new(text_string(&f.text), f.columns, error);
    bool good = function != NULL;
    if (good && function_outputs(function) != 1)
        good = error_set(error, "cell: %.80s: one expression is wanted, and here are %zu", text_string(&asked->of),
                         function_outputs(function));
    if (good)
        add_rows(&f, function, table, sums);
    function_free(function);
    text_free(&f.text);
    free(f.column);
    return good;
}

static bool take_reduction(const struct asked *asked, const struct csv_table *table, double *value, struct error *error)
{
    struct sums sums = {0};
    size_t columns = uses_each(asked) ? table->columns : 2;
    bool good = true;
    for (size_t each = 1; good && each < columns; each++)
        good = add_column(asked, table, each, &sums, error);
    if (good && sums.numbers == 0 && !asked->reduction->of_none)
        good = error_set(error, "cell: there is no number to take the %s of", asked->reduction->name);
    if (good)
        *value = asked->reduction->take(&sums);
    return good;
}

bool measure_take(const char *text, const char *csv, size_t length, double *value, struct error *error)
{
    struct asked asked;
    if (!read_asked(text, &asked, error)) {
        text_free(&asked.of);
        return false;
    }
    char **names = names_of(&asked);
    bool each = uses_each(&asked),
         good = each || has_any(csv, names) || lacks_columns(csv, text_string(&asked.of), error);
    struct csv_table *table =
        good ? csv_table_parse("the table", csv, length, 0, each ? NULL : (const char *const *)names, error) : NULL;
    good = table &&
           (asked.reduction ? take_reduction(&asked, table, value, error) : take_cell(&asked, table, value, error));
    csv_table_free(table);
    free_names(names);
    text_free(&asked.of);
    return good;
}
