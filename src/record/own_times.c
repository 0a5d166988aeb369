#include "own_times.h"

#include <stdio.h>
#include <string.h>

#include "base/number.h"

bool own_times(const struct look *look, size_t column)
{
    bool long_one = false;
    for (size_t r = look->data; r < look->sample.rows; r++) {
        const struct cell *cell = sample_cell(&look->sample, r, column);
        if (!cell || cell->kind != CELL_NUMBER)
            return false;
        struct field field = sample_field(&look->sample, cell);
        char exact[NUMBER_EXACT], first[NUMBER_EXACT];
        snprintf(first, sizeof first, "%#.17g", cell->value);
        if (strcmp(number_exact(exact, cell->value), field.text) != 0 &&
            (r > look->data || strcmp(first, field.text) != 0))
            return false;
        long_one |= field.length >= OWN_LONG;
    }
    return long_one || look->data == look->sample.rows;
}

void own_times_mark(struct csv_writer *writer, double time)
{
    char marked[NUMBER_EXACT];
    snprintf(marked, sizeof marked, "%#.17g", time);
    csv_write_text(writer, marked);
}
