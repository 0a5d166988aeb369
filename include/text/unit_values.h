/* A number for each unit, from a table beside a recording: depths, qualities, positions. One thread at a
 * time. */
#ifndef TEXT_UNIT_VALUES_H
#define TEXT_UNIT_VALUES_H

#include <stddef.h>

#include "base/error.h"

struct unit_values {
    size_t rows;
    char **label;  /* [rows]; NULL when the file has one column: its rows are the units in their order */
    double *value; /* [rows] NaN where the cell is empty */
    char name[48]; /* of the column: "depth"; "" without a header */
};

/* The column called `column` (NULL: the one called depth, else the first that does not name the units) of a
 * table with a header or none. Units stand in the column that is called so (neuron, unit, id ...), else in
 * the first of several. NULL with "FILE:LINE: sentence". */
struct unit_values *unit_values_read(const char *path, const char *column, struct error *error);
void unit_values_free(struct unit_values *values);

#endif
