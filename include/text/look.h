/* What a table of text looks like, found from its first rows and, if `deep`, some from all over it: delimiter, header,
 * and facts about each column that formats judge by. One thread at a time. */
#ifndef TEXT_LOOK_H
#define TEXT_LOOK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "text/column_name.h"
#include "text/input.h"
#include "text/rows.h"
#include "text/sample.h"

/* Over the sample's data rows; a share is of the cells that are not empty. */
struct column_facts {
    size_t cells;   /* not empty */
    size_t numbers; /* finite ones */
    size_t whole;   /* of these, integers */
    size_t zeros;
    size_t distinct; /* different numbers */
    size_t falls;    /* times a number is less than the one before */
    size_t repeats;  /* times it is the same */
    double least, largest;
    /* Of the first rows, which follow one another: */
    bool even;    /* successive numbers differ by the same step, within 1 % */
    bool regular; /* they rise along a grid, none further off than a quarter of its step: bins, rounded */
    bool counts;  /* each is one more than the one before */
};

enum header_kind { HEADER_NONE, HEADER_ROW, HEADER_COMMENT };

struct look {
    struct text_style style;
    enum header_kind header;
    char **name; /* [names] from the header, NULL without one */
    size_t names;
    struct column_meaning *meaning; /* [names] of each */
    size_t header_line;
    size_t above;      /* rows above the header */
    size_t lead;       /* cells before the list in each row, where style.lists */
    char comment[80];  /* how the first line of comment begins, with its '#'; "" if the text does not begin
                         with one */
    double rows_rise;  /* share of steps from cell to cell along the rows that rise, over all rows of data */
    bool zero_columns; /* zeros only fill up columns behind their last number, and some do */
    bool zero_rows;    /* the same of rows */
    double uneven;     /* share of the rows that are not of the commonest length */
    size_t columns;    /* commonest number of cells in a row of data; of names when there are no data */
    size_t data;       /* first row of data in the sample; those above belong to the header */
    double rows;       /* of data in all of the text, about; exact when the sample holds them all */
    struct sample sample;
    struct column_facts *column; /* [columns] */
};

#define LOOK_OWN "# lifscope" /* how comments of our own begin */

/* What the user knows better; zeros: find out. */
struct look_options {
    char delimiter;
    int header; /* 1 on, -1 off */
    bool deep;  /* lines about the recording may stand above the header, and one of units below it; rows from
                   the whole text are looked at */
};

/* Looks ahead in the input without consuming it. False with a sentence, and nothing to free, when there is no
 * row of text to look at: binary, compressed, empty, broken in its first line. */
bool look_at(struct look *look, struct input *input, const struct look_options *options, struct error *error);
void look_free(struct look *look);

/* Whether lifscope wrote it. */
bool look_is_own(const struct look *look);
/* Name of a column, NULL if it has none. */
const char *look_name(const struct look *look, size_t column);
/* What its name means; nothing for one that has none. */
struct column_meaning look_meaning(const struct look *look, size_t column);
enum column_role look_role(const struct look *look, size_t column);
/* What is known of a column; of one that has a name and no cells, nothing. */
const struct column_facts *look_facts(const struct look *look, size_t column);
/* Whether its cells differ from row to row. */
bool look_varies(const struct look *look, size_t column);
/* Whether a column's name has these letters and digits, in lower case. */
bool look_has_name(const struct look *look, const char *letters);
/* Whether the row has the names of the header again, in small letters or large, as where files were put one behind the
 * other. A row of numbers only is none. */
bool look_is_header_again(const struct look *look, const struct row *row);
/* "'abc' in column 2 (neuron)" needs this: "column 2 (neuron)", "column 2". Returns buffer. */
#define COLUMN_SHOWN 80
char *look_column_shown(const struct look *look, size_t column, char buffer[COLUMN_SHOWN]);
/* "comma", "semicolon", "tab", "blanks", "bar", "colon" */
const char *look_delimiter_name(char delimiter);

#endif
