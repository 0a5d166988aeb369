/* Some tables beside the spikes are full of numbers, too, and would be read as something. Each is known by
 * what it has and spikes have not: a sorter's list by its column names; counts by small whole numbers of at
 * least three sizes that go up and down in every column. Who has it is sure, which is more than names of columns of
 * spikes weigh. */
#include "record/reading.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/column_name.h"

#define SURELY 18.0
#define MOST_COLUMNS 4096 /* in a file of one row */
#define LARGEST_COUNT 100
#define BESIDE 64       /* columns of a list of clusters, at most */
#define BINS 8          /* columns; fewer may hold anything */
#define LEAST_REGULAR 8 /* rows; fewer may be regular by chance */

static bool is_name(const char *name, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (column_name_is(name, list[i]))
            return true;
    return false;
}

static bool has_role(const struct look *look, enum column_role role)
{
    for (size_t c = 0; c < look->names; c++)
        if (look_role(look, c) == role)
            return true;
    return false;
}

static bool is_cluster_list(const struct look *look)
{
    static const char *const ids[] = {"clusterid", "id", "unitid"};
    static const char *const properties[] = {"group", "kslabel", "contampct", "nspikes", "amplitude", "firingrate",
                                             "fr",    "depth",   "quality",   "snr",     "isolation", "peakchannel"};
    bool id = false, property = false;
    for (size_t c = 0; c < look->names && c < BESIDE; c++) {
        id |= is_name(look->name[c], ids, sizeof ids / sizeof *ids);
        property |= is_name(look->name[c], properties, sizeof properties / sizeof *properties);
    }
    return id && property && !has_role(look, ROLE_TIME);
}

/* Columns that say which bin a row is: a time, a number of the row, a data frame's index. They stand first.
 */
static bool is_clock(const struct look *look, size_t column)
{
    const struct column_facts *facts = &look->column[column];
    bool leading = column == 0 || (column == 1 && is_clock(look, 0));
    return (column < look->names && look_role(look, column) == ROLE_TIME) ||
           (column == 0 && look->names > 1 && look->name[0][0] == '\0') ||
           (leading && facts->regular && facts->numbers == facts->cells);
}

struct cells {
    size_t columns, numbers, zeros, falls, most_distinct, counts;
    size_t last; /* column */
    double largest;
    bool whole;   /* all of them, and none below 0 */
    bool regular; /* a column of times or of row numbers goes on in equal steps */
};

/* Over the columns that may hold counts. */
static struct cells sum_up(const struct look *look)
{
    struct cells sum = {.whole = true};
    for (size_t c = 0; c < look->columns; c++) {
        const struct column_facts *facts = &look->column[c];
        if (is_clock(look, c)) {
            sum.regular |= facts->regular && facts->numbers >= LEAST_REGULAR;
            continue;
        }
        sum.columns++;
        sum.last = c;
        sum.counts += c < look->names && column_name_counts(look->name[c]);
        sum.numbers += facts->numbers;
        sum.zeros += facts->zeros;
        sum.falls += facts->falls;
        sum.whole &=
            facts->numbers > 0 && facts->numbers == facts->cells && facts->whole == facts->numbers && facts->least >= 0;
        sum.largest = facts->largest > sum.largest ? facts->largest : sum.largest;
        sum.most_distinct = facts->distinct > sum.most_distinct ? facts->distinct : sum.most_distinct;
    }
    return sum;
}

/* Of an event camera. */
static bool are_pixels(const struct look *look)
{
    return look_has_name(look, "x") && look_has_name(look, "y") && has_role(look, ROLE_TIME);
}

/* Bins follow each other in equal steps, or are often empty; spikes do neither. A single column must do the
 * first, or be called what it is: it may hold neurons under a name that nobody knows. */
static bool are_counts(const struct look *look, struct cells *found)
{
    *found = sum_up(look);
    bool small = found->largest <= LARGEST_COUNT || found->counts == found->columns;
    bool steady = found->regular || look->column[0].even || found->counts > 0;
    bool timed =
        has_role(look, ROLE_TIME) && look->column[0].numbers >= LEAST_REGULAR; /* then it shows whether bins are */
    bool first = look->columns > 5 || !has_role(look, ROLE_TIME) || is_clock(look, 0); /* where bins are written */
    bool binned = found->columns == 1 ? found->regular || found->counts > 0
                                      : steady || (!timed && 5 * found->zeros >= found->numbers);
    return found->columns > 0 && (look->header != HEADER_NONE || look->columns > 5) && !has_role(look, ROLE_NEURON) &&
           !are_pixels(look) && found->whole && found->most_distinct >= 3 && found->largest >= 2 && small &&
           10 * found->falls >= found->numbers - found->zeros && binned && first;
}

/* A row a bin and neuron: "unit,bin,count". */
static bool are_listed_counts(const struct look *look, struct cells *found)
{
    bool neuron = has_role(look, ROLE_NEURON) && (has_role(look, ROLE_TIME) || has_role(look, ROLE_TRIAL));
    for (size_t c = 0; neuron && c < look->names && c < look->columns; c++) {
        const struct column_facts *facts = &look->column[c];
        if (look_role(look, c) != ROLE_NONE || !column_name_counts(look->name[c]))
            continue;
        found->largest = facts->largest;
        return facts->whole == facts->cells && facts->least >= 0 && facts->largest >= 2 &&
               facts->largest <= LARGEST_COUNT && 10 * facts->falls >= facts->numbers;
    }
    return false;
}

static void say_counts(const struct look *look, const struct cells *counts, bool listed, struct error *error)
{
    char columns[80] = "";
    bool times = false;
    for (size_t c = 0; c < look->names; c++) {
        struct column_meaning meaning = look_meaning(look, c);
        times |= meaning.role == ROLE_TIME && strcmp(meaning.unit, "steps") != 0;
    }
    if (counts->columns == 1 && counts->last == 1 && !listed)
        strcpy(columns, "; or columns=time,neuron takes column 2 for neurons");
    error_set(error,
              "this looks like counts of spikes in bins, 0 to %g in a cell, and the times are lost in them; export "
              "the times of the spikes%s%s%s%s",
              counts->largest, listed ? "" : ", or format=dense", times || listed ? "" : " dt=10ms",
              listed ? "" : " reads each bin that is not empty as one spike", columns);
}

/* "[[0.1,", "{0: [0.1": but not "[ms]". A list alone in its line is read, see text/lists.h. */
static bool opens_list(const struct look *look, size_t row)
{
    bool timed = has_role(look, ROLE_TIME); /* a table, in which a unit may be called so */
    for (size_t c = 0; c < 2 && c < sample_width(&look->sample, row); c++) {
        if (timed && (c >= look->names || look_role(look, c) != ROLE_TIME))
            continue;
        const struct cell *cell = sample_cell(&look->sample, row, c);
        const char *text = sample_field(&look->sample, cell).text, *bracket = strchr(text, '[');
        if (cell->kind == CELL_TEXT && bracket && text + strspn(text, " {(:0123456789") == bracket &&
            strspn(bracket + 1, "[(0123456789.-") > 0)
            return true;
    }
    return false;
}

static bool are_lists(const struct look *look)
{
    size_t lists = 0;
    for (size_t r = 0; r < look->sample.rows; r++)
        lists += opens_list(look, r);
    return 2 * lists > look->sample.rows;
}

/* A row a neuron and a column a bin: the other way round than samples. */
static bool are_bins_in_columns(const struct look *look, double *largest)
{
    size_t rows = look->sample.rows - look->data, columns = 0, zeros = 0, numbers = 0;
    bool named = look->names > 0 && look_role(look, 0) == ROLE_NEURON;
    *largest = 0;
    if (!named || look->columns <= BINS || look->columns <= rows || has_role(look, ROLE_TIME))
        return false;
    for (size_t c = 1; c < look->columns; c++, columns++) {
        const struct column_facts *facts = &look->column[c];
        if (facts->numbers < facts->cells || facts->whole < facts->numbers || facts->least < 0)
            return false;
        zeros += facts->zeros;
        numbers += facts->numbers;
        *largest = facts->largest > *largest ? facts->largest : *largest;
    }
    return *largest <= LARGEST_COUNT && zeros > 0 && look->rows_rise < 0.8 && numbers > 0;
}

static void explain_bins(double largest, struct error *error)
{
    if (largest > 1)
        error_set(error,
                  "this looks like counts of spikes, 0 to %g in a cell, with a row for each neuron and a "
                  "column for each bin, and the times are lost in them; export the times of the spikes",
                  largest);
    else
        error_set(error, "here each row looks like a neuron and each column like a sample; write it the "
                         "other way round, a row a sample, and load it with format=dense dt=1ms");
}

/* ---- the list ---- */

static double single_row(const struct look *look)
{
    return look->sample.rows == 1 && look->columns > MOST_COLUMNS ? SURELY : 0;
}

static void explain_single_row(const struct look *look, struct error *error)
{
    error_set(error,
              "%zu columns in a single row: the line ends seem to be lost; write one row a line, or "
              "format=trains reads the row as the spikes of one neuron",
              look->columns);
}

static double lists(const struct look *look)
{
    return are_lists(look) ? SURELY : 0;
}

static void explain_lists(const struct look *look, struct error *error)
{
    (void)look;
    error_set(error,
              "these are lists within one another, as Python prints them; with a line end behind each they are read: "
              "sed 's/\\], */]\\n/g; s/\\[\\[/[/' FILE | tr -d '{}' > NEW");
}

/* "0.1, 0.2, 0.3" or "0.1 0.2 0.3" in one cell. */
static bool holds_several(const char *text)
{
    size_t numbers = 0;
    for (char *end; numbers < 3; numbers++, text = end + strspn(end, ", ")) {
        strtod(text, &end);
        if (end == text || (*end != '\0' && *end != ' ' && strncmp(end, ", ", 2) != 0))
            return false;
    }
    return true;
}

static double several(const struct look *look)
{
    size_t found = 0, rows = look->sample.rows - look->data;
    for (size_t r = look->data; r < look->sample.rows; r++) {
        bool here = false;
        for (size_t c = 0; c < sample_width(&look->sample, r); c++) {
            const struct cell *cell = sample_cell(&look->sample, r, c);
            here = here || (cell->kind == CELL_TEXT && holds_several(sample_field(&look->sample, cell).text));
        }
        found += here;
    }
    return 2 * found > rows ? SURELY : 0;
}

static void explain_several(const struct look *look, struct error *error)
{
    (void)look;
    error_set(error,
              "cells hold several numbers here; with a comma between all of them each line is read as the train of a "
              "neuron: tr -d '\"' < FILE | tr ' ' ',' > NEW");
}

static double cluster_list(const struct look *look)
{
    return is_cluster_list(look) ? SURELY : 0;
}

static void explain_cluster_list(const struct look *look, struct error *error)
{
    (void)look;
    error_set(error, "this is a spike sorter's list of clusters, which holds no times; these are beside it in "
                     "spike_times.npy and spike_clusters.npy: write both as the columns sample,cluster of a "
                     "CSV and load that with unit=samples@30000");
}

static double counts(const struct look *look)
{
    struct cells found;
    return are_counts(look, &found) ? SURELY : 0;
}

static void explain_counts(const struct look *look, struct error *error)
{
    struct cells found;
    are_counts(look, &found);
    say_counts(look, &found, false, error);
}

static double listed_counts(const struct look *look)
{
    struct cells found = {0};
    return are_listed_counts(look, &found) ? SURELY : 0;
}

static void explain_listed_counts(const struct look *look, struct error *error)
{
    struct cells found = {0};
    are_listed_counts(look, &found);
    say_counts(look, &found, true, error);
}

static double bins_in_columns(const struct look *look)
{
    double largest;
    return are_bins_in_columns(look, &largest) ? SURELY : 0;
}

static void explain_bins_in_columns(const struct look *look, struct error *error)
{
    double largest = 0;
    are_bins_in_columns(look, &largest);
    explain_bins(largest, error);
}

/* "Unit 1" above the times of that unit, which begin anew below each: one column, few words in it. */
static bool is_heading(const struct look *look, size_t row)
{
    const struct sample *s = &look->sample;
    return sample_cell(s, row, 0)->kind == CELL_TEXT &&
           (sample_width(s, row) > 1 || strpbrk(sample_field(s, sample_cell(s, row, 0)).text, "0123456789"));
}

static size_t count_sections(const struct look *look)
{
    size_t words = 0, anew = 0;
    double last = -INFINITY;
    bool after = false;
    for (size_t r = look->data; r < look->sample.rows; r++) {
        const struct cell *cell = sample_cell(&look->sample, r, 0);
        if (!cell || cell->kind == CELL_EMPTY)
            continue;
        if (is_heading(look, r)) {
            words++;
            after = true;
            continue;
        }
        anew += after && cell->kind == CELL_NUMBER && cell->value < last;
        last = cell->kind == CELL_NUMBER ? cell->value : last;
        after = false;
    }
    return words > 0 && 2 * anew >= words && 4 * words < look->sample.rows ? words : 0;
}

static double sections(const struct look *look)
{
    return look->columns == 1 && count_sections(look) > 0 ? SURELY : 0;
}

static void explain_sections(const struct look *look, struct error *error)
{
    (void)look;
    error_set(error, "lines of words stand above the times of each neuron here; with them behind each time it is read: "
                     "awk 'NF && $1 + 0 == $1 {print $1 \",\" u} NF && $1 + 0 != $1 {u = $0}' FILE > NEW");
}

/* "sec,usec": whole seconds, and beside them what is less than one. */
static bool is_parted_time(const struct look *look, size_t *whole, size_t *rest)
{
    char a[COLUMN_UNIT], b[COLUMN_UNIT];
    for (size_t c = 0; c + 1 < look->names && c + 1 < look->columns; c++) {
        const struct column_facts *x = &look->column[c], *y = &look->column[c + 1];
        double large = column_unit_size(column_unit(look->name[c], a)),
               small = column_unit_size(column_unit(look->name[c + 1], b));
        *whole = c;
        *rest = c + 1;
        if (large > 0 && small > 0 && small < large && x->numbers == x->cells && x->whole == x->numbers &&
            y->numbers == y->cells && x->falls == 0 && x->distinct > 1 && y->least >= 0 &&
            10 * y->falls > y->numbers / 10 && y->largest < large / small * (1 + 1e-9))
            return true;
    }
    return false;
}

static double parted_time(const struct look *look)
{
    size_t whole, rest;
    return look->sample.rows >= look->data + 8 && is_parted_time(look, &whole, &rest) ? SURELY : 0;
}

static void explain_parted_time(const struct look *look, struct error *error)
{
    size_t whole = 0, rest = 0;
    char a[COLUMN_UNIT], b[COLUMN_UNIT];
    is_parted_time(look, &whole, &rest);
    double ratio =
        column_unit_size(column_unit(look->name[whole], a)) / column_unit_size(column_unit(look->name[rest], b));
    error_set(error,
              "the time is parted here into %.40s and %.40s; in one column it is read: awk -F, -v OFS=, "
              "'NR > 1 {$%zu += $%zu / %.0f} 1' OFMT=%%.9f CONVFMT=%%.9f FILE > NEW",
              look->name[whole], look->name[rest], whole + 1, rest + 1, ratio);
}

static const struct other_table single_row_table = {"a single row", single_row, explain_single_row},
                                several_table = {"several numbers in a cell", several, explain_several},
                                lists_table = {"lists within lists", lists, explain_lists},
                                cluster_table = {"a list of clusters", cluster_list, explain_cluster_list},
                                counts_table = {"counts in bins", counts, explain_counts},
                                bins_table = {"bins in columns", bins_in_columns, explain_bins_in_columns},
                                sections_table = {"sections of neurons", sections, explain_sections},
                                parted_table = {"a time in two columns", parted_time, explain_parted_time},
                                listed_table = {"a list of counts", listed_counts, explain_listed_counts};

const struct other_table *const other_tables[] = {
    &single_row_table, &lists_table,  &several_table,  &cluster_table, &counts_table,
    &bins_table,       &listed_table, &sections_table, &parted_table,
};
const size_t other_table_count = sizeof other_tables / sizeof *other_tables;
