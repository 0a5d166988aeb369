/* Which column of an events file is which. */
#ifndef RECORD_EVENTS_COLUMNS_H
#define RECORD_EVENTS_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "text/look.h"

#define NO_COLUMN ((size_t)-1)

struct events_columns {
    size_t time, neuron, population; /* NO_COLUMN: there is none */
    size_t offset; /* ms before the end of the step that is the time, NO_COLUMN: there is none */
    bool told;     /* columns= said so */
    bool guessed;  /* from the numbers, at least one of them */
    bool doubtful; /* and both are whole numbers */
    char unit[8];  /* what the time column's name says, "" when nothing */
};

/* `told` is the columns= option or NULL. False with a sentence that says what is missing. */
bool events_columns_find(struct events_columns *columns, const struct look *look, const char *told,
                         struct error *error);

/* The last of them. */
size_t events_columns_last(const struct events_columns *columns);

#endif
