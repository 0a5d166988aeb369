/* One process of a simulation writes the spikes of its own neurons, one cell has its own file, a long recording is cut
 * into pieces. Files that hold the same neurons at the same times are trials or animals, and would lie over one
 * another. */
#include "record/one_run.h"

#include <string.h>

#include "record/format_private.h"
#include "record/judge.h"
#include "text/label.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "run-7-0.dat" and "run-7-12.dat": the same but for one run of digits. */
bool one_run_named(const char *a, const char *b)
{
    size_t begin = 0, i = strlen(a), j = strlen(b);
    while (a[begin] && a[begin] == b[begin])
        begin++;
    while (i > begin && j > begin && a[i - 1] == b[j - 1])
        i--, j--;
    bool digits = i > begin || j > begin;
    for (size_t k = begin; k < i; k++)
        digits = digits && is_digit(a[k]);
    for (size_t k = begin; k < j; k++)
        digits = digits && is_digit(b[k]);
    return digits && !memchr(a + begin, '/', i - begin);
}

struct part {
    struct look look;
    struct judgement judgement;
    bool good;
};

static void part_read(struct part *part, const char *path)
{
    struct error ignored;
    struct input *input = input_open(path, &ignored);
    *part = (struct part){.good = false};
    if (input && look_at(&part->look, input, &(struct look_options){.deep = true}, &ignored)) {
        part->good = judge(&part->judgement, &part->look, &(struct load_options){0}, NULL, 0, &ignored);
        if (!part->good)
            look_free(&part->look);
    }
    if (!part->good)
        judgement_free(&part->judgement);
    input_close(input);
}

static void part_free(struct part *part)
{
    if (!part->good)
        return;
    judgement_free(&part->judgement);
    look_free(&part->look);
}

static bool has_same_names(const struct look *a, const struct look *b)
{
    if (a->names != b->names || a->columns != b->columns)
        return false;
    for (size_t c = 0; c < a->names; c++)
        if (strcmp(a->name[c], b->name[c]) != 0)
            return false;
    return true;
}

/* The label of the neuron in a row, as far as its own column tells it. */
static const struct cell *neuron_of(const struct part *part, size_t row)
{
    const struct reading_columns *columns = &part->judgement.best->columns;
    return columns->ids ? sample_cell(&part->look.sample, row, columns->id[columns->ids - 1]) : NULL;
}

/* Whether more than a fifth of the rows of b are of neurons that a has, too. */
static bool share_neurons(const struct part *a, const struct part *b)
{
    struct label_set set = {0};
    size_t rows = 0, met = 0;
    for (size_t r = a->look.data; r < a->look.sample.rows; r++) {
        const struct cell *cell = neuron_of(a, r);
        if (cell)
            label_intern(&set, sample_field(&a->look.sample, cell).text, cell->length);
    }
    size_t known = set.count;
    for (size_t r = b->look.data; r < b->look.sample.rows; r++) {
        const struct cell *cell = neuron_of(b, r);
        rows += cell != NULL;
        met += cell && label_intern(&set, sample_field(&b->look.sample, cell).text, cell->length) < known;
    }
    label_free(&set);
    return 5 * met > rows;
}

static bool share_time(const struct part *a, const struct part *b)
{
    const struct column_facts *x = look_facts(&a->look, a->judgement.best->columns.time),
                              *y = look_facts(&b->look, b->judgement.best->columns.time);
    return x->least < y->largest && y->least < x->largest;
}

static bool belong(const struct part *a, const struct part *b)
{
    const struct spike_format *format = a->good && b->good ? a->judgement.best->format : NULL;
    if (!format || b->judgement.best->format != format || !has_same_names(&a->look, &b->look))
        return false;
    if (format == &format_cell)
        return true;
    return format->private->row_by_row && !format->private->alone && (!share_neurons(a, b) || !share_time(a, b));
}

bool one_run(const char *const *paths, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (!one_run_named(paths[0], paths[i]))
            return false;
    struct part first, other;
    part_read(&first, paths[0]);
    bool one = count > 1 && first.good;
    for (size_t i = 1; i < count && one; i += i + 1 < count && i == 1 ? count - 2 : 1) {
        part_read(&other, paths[i]);
        one = belong(&first, &other);
        part_free(&other);
    }
    part_free(&first);
    return one;
}
