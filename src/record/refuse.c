/* Some tables beside the spikes are full of numbers, too, and would be read as something. Each is known by what it has
 * and spikes have not: a sorter's list by its column names; counts by small whole numbers of at least three sizes that
 * go up and down in every column; a matrix of trials by rows of many bins, nearly all 0, whose other values are the
 * number of a neuron. */
#include "record/refuse.h"

#include <stdio.h>
#include <string.h>

#include "record/column_name.h"

#define MOST_COLUMNS 4096 /* in a file of one row */
#define LARGEST_COUNT 100
#define LEAST_BINS 50

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
        if (column_meaning(look->name[c]).role == role)
            return true;
    return false;
}

static bool is_cluster_list(const struct look *look)
{
    static const char *const ids[] = {"clusterid", "id", "unitid"};
    static const char *const properties[] = {"group", "kslabel",  "contampct", "nspikes", "amplitude", "firingrate",
                                             "fr",    "depth",    "quality",   "snr",     "isolation", "peakchannel"};
    bool id = false, property = false;
    for (size_t c = 0; c < look->names; c++) {
        id |= is_name(look->name[c], ids, sizeof ids / sizeof *ids);
        property |= is_name(look->name[c], properties, sizeof properties / sizeof *properties);
    }
    return id && property && !has_role(look, ROLE_TIME);
}

struct cells {
    size_t columns, numbers, zeros, falls, most_distinct;
    double largest;
    bool whole; /* all of them, and none below 0 */
};

/* Over the columns from `first` on, without a column of times. */
static struct cells sum_up(const struct look *look, size_t first)
{
    struct cells sum = {.whole = true};
    for (size_t c = first; c < look->columns; c++) {
        const struct column_facts *facts = &look->column[c];
        if (c < look->names && column_meaning(look->name[c]).role == ROLE_TIME)
            continue;
        sum.columns++;
        sum.numbers += facts->numbers;
        sum.zeros += facts->zeros;
        sum.falls += facts->falls;
        sum.whole &= facts->numbers > 0 && facts->numbers == facts->cells && facts->whole == facts->numbers &&
                     facts->least >= 0;
        sum.largest = facts->largest > sum.largest ? facts->largest : sum.largest;
        sum.most_distinct = facts->distinct > sum.most_distinct ? facts->distinct : sum.most_distinct;
    }
    return sum;
}

/* A column that only numbers the rows or says when the bins begin. */
static bool counts_rows(const struct look *look)
{
    return look->columns > 1 && (look->column[0].even || (look->names > 0 && look->names + 1 == look->columns) ||
                                 (look->names > 0 && look->name[0][0] == '\0'));
}

static bool are_counts(const struct look *look, struct cells *found)
{
    *found = sum_up(look, counts_rows(look));
    return found->columns >= 2 && (look->header != HEADER_NONE || look->columns > 5) &&
           !has_role(look, ROLE_NEURON) && found->whole && found->most_distinct >= 3 && found->largest >= 2 &&
           found->largest <= LARGEST_COUNT && 5 * found->zeros >= found->numbers && 10 * found->falls >= found->numbers;
}

/* Among the bins (columns that are mostly 0) of a row: are all that are not 0 the same? Rows with one only say nothing. */
static bool row_has_one_value(const struct look *look, size_t row, bool *telling)
{
    double value = 0;
    size_t hits = 0;
    bool same = true;
    for (size_t c = 0; c < look->columns && c < sample_width(&look->sample, row); c++) {
        double here = sample_cell(&look->sample, row, c)->value;
        if (2 * look->column[c].zeros <= look->column[c].cells || !(here > 0))
            continue;
        same &= hits == 0 || here == value;
        value = here;
        hits++;
    }
    *telling = hits > 1 && value > 1;
    return same;
}

static bool is_trial_matrix(const struct look *look, size_t *bins)
{
    size_t telling_rows = 0, same_rows = 0, zeros = 0, cells = 0;
    *bins = 0;
    if (look->columns < LEAST_BINS || has_role(look, ROLE_TIME))
        return false;
    for (size_t c = 0; c < look->columns; c++) {
        bool bin = 2 * look->column[c].zeros > look->column[c].cells;
        *bins += bin;
        zeros += bin ? look->column[c].zeros : 0;
        cells += bin ? look->column[c].cells : 0;
    }
    for (size_t r = look->data; r < look->sample.rows; r++) {
        bool telling, same = row_has_one_value(look, r, &telling);
        telling_rows += telling;
        same_rows += telling && same;
    }
    return *bins >= LEAST_BINS && 10 * zeros >= 8 * cells && telling_rows > 0 && 10 * same_rows >= 8 * telling_rows;
}

bool refuse_check(const struct look *look, struct error *error)
{
    struct cells counts;
    size_t bins;
    if (look->sample.rows == 1 && look->columns > MOST_COLUMNS)
        return error_set(error, "%zu columns in a single row: the line ends seem to be lost; write one row a line, or "
                                "format=trains reads the row as the spikes of one neuron", look->columns);
    if (is_cluster_list(look))
        return error_set(error, "this is a spike sorter's list of clusters, which holds no times; these are beside it in "
                                "spike_times.npy and spike_clusters.npy: write both as the columns sample,cluster of a "
                                "CSV and load that with unit=samples@30000");
    if (is_trial_matrix(look, &bins))
        return error_set(error, "this looks like a matrix of trials, %zu bins a row, each 0 or the number of the neuron "
                                "that fired; write a row a spike instead, as awk -F, '{for(i=1;i<=%zu;i++) if($i) print "
                                "(NR-1)*%zu+i-1 \",\" $i}' does, one trial after the other", bins, bins, bins);
    if (are_counts(look, &counts))
        return error_set(error, "this looks like counts of spikes in bins, 0 to %g in a cell, and the times are lost in "
                                "them; export the times of the spikes, or format=dense%s reads each bin that is not "
                                "empty as one spike", counts.largest, has_role(look, ROLE_TIME) ? "" : " dt=10ms");
    return true;
}
