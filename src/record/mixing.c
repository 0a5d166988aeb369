#include "mixing.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "text/label.h"

#define FEW 64 /* different values; more are hardly names of places */

static const char *text_of(const struct look *look, size_t row, size_t column)
{
    const struct cell *cell = sample_cell(&look->sample, row, column);
    return cell ? sample_field(&look->sample, cell).text : "";
}

static void name_neuron(struct text *name, const struct look *look, const struct reading_columns *columns, size_t row)
{
    text_clear(name);
    for (size_t i = 0; i < columns->ids; i++)
        text_printf(name, "%s%s", i ? ":" : "", text_of(look, row, columns->id[i]));
}

/* A row in fifty, not one that is odd. */
bool mixing_differs(const struct look *look, const struct reading_columns *columns, size_t other)
{
    struct label_set neurons = {0};
    struct text name = {0};
    size_t *first = NULL, capacity = 0, differ = 0, rows = 0; /* the row in which a neuron was met first */
    for (size_t r = look->data; r < look->sample.rows; r++) {
        const char *value = text_of(look, r, other);
        if (!value[0])
            continue;
        size_t known = neurons.count;
        name_neuron(&name, look, columns, r);
        uint32_t neuron = label_intern(&neurons, text_string(&name), name.length);
        xgrow(&first, &capacity, neurons.count, sizeof *first);
        if (neurons.count > known)
            first[neuron] = r;
        rows++;
        differ += strcmp(text_of(look, first[neuron], other), value) != 0;
    }
    label_free(&neurons);
    text_free(&name);
    free(first);
    return 50 * differ > rows;
}

/* Different cells of a column in the sample, FEW + 1 if there are more. */
static size_t count_values(const struct look *look, size_t column)
{
    struct label_set values = {0};
    for (size_t r = look->data; r < look->sample.rows && values.count <= FEW; r++) {
        const char *text = text_of(look, r, column);
        if (text[0])
            label_intern(&values, text, strlen(text));
    }
    size_t count = values.count;
    label_free(&values);
    return count;
}

bool mixing_is_likely(const struct look *look, const struct reading_columns *columns, size_t other)
{
    const struct column_facts *facts = look_facts(look, other);
    bool names = facts->whole == facts->numbers && facts->cells > 0, two = facts->distinct == 2 && facts->largest == 1;
    size_t values = names && !two ? count_values(look, other) : 0;
    return values > 1 && values <= FEW && 10 * values <= facts->cells && mixing_differs(look, columns, other);
}
