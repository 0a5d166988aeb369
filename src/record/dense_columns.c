/* A spike is one height over 0. What has other values is a signal, an input or a counter: read as spikes it would be a
 * neuron that fires in every row. If all columns are like that, these are samples of something, and all stay. */
#include "dense_columns.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "dense_save.h"
#include "text/column_name.h"

#define LEAST 8 /* rows; in fewer a column may be the same by chance */
#define LONG 8  /* samples; a spike may be on for some where sampling is fast */
#define SAID 6  /* columns that are spoken of one by one */

size_t dense_named_time(const struct look *look)
{
    size_t best = NO_COLUMN, rank = 0;
    for (size_t c = 0; c < look->names; c++) {
        struct column_meaning meaning = look_meaning(look, c);
        if (meaning.role == ROLE_TIME && (best == NO_COLUMN || meaning.rank < rank)) {
            best = c;
            rank = meaning.rank;
        }
    }
    return best;
}

bool dense_is_spikes(const struct column_facts *facts)
{
    return facts->numbers > 0 && facts->zeros > 0 && facts->distinct <= 2;
}

/* On for many samples on end, as a TTL line is and no neuron. */
static bool is_held(const struct column_facts *facts)
{
    size_t on = facts->numbers - facts->zeros;
    return dense_is_spikes(facts) && facts->distinct == 2 && on >= LONG && on >= LONG * (facts->falls + 1);
}

/* Fractions of many sizes, numbers that only rise, or never 0. */
static bool is_signal(const struct column_facts *facts)
{
    bool many = facts->distinct > 2 && (facts->whole < facts->numbers || facts->least < 0);
    bool counter = facts->distinct > LEAST && facts->falls == 0;
    return many || counter || (facts->numbers >= LEAST && facts->zeros == 0);
}

bool dense_is_signal(const struct look *look, size_t column)
{
    const struct column_facts *facts = look_facts(look, column);
    enum column_role role = look_role(look, column);
    return is_signal(facts) ||
           ((role == ROLE_TIME || role == ROLE_SERIAL || role == ROLE_TRIAL) && !dense_is_spikes(facts));
}

/* As dense_save writes it, where the cells alone might not tell: nothing but ones, one column. */
bool dense_is_own(const struct look *look)
{
    bool own = look->names > 1 && strcmp(look->name[0], DENSE_TIME) == 0;
    for (size_t c = 1; c < look->columns && own; c++)
        own = look->column[c].whole == look->column[c].cells && !(look->column[c].least < 0) &&
              !(look->column[c].largest > 1);
    return own;
}

static double height_of(const struct column_facts *facts)
{
    if (!dense_is_spikes(facts) || facts->distinct < 2)
        return 0;
    return facts->least == 0 ? facts->largest : facts->least;
}

/* The height that more columns have than any other; 0 if two heights are as common. */
static double common_height(const struct look *look, const bool *neuron, size_t columns)
{
    double best = 0;
    size_t most = 0;
    bool tie = false;
    for (size_t c = 0; c < columns && c < look->columns; c++) {
        double height = neuron[c] ? height_of(&look->column[c]) : 0;
        size_t same = 0;
        for (size_t k = 0; height != 0 && height != best && k < columns && k < look->columns; k++)
            same += neuron[k] && height_of(&look->column[k]) == height;
        tie = same == most ? tie || same > 0 : same > most ? false : tie;
        if (same > most) {
            most = same;
            best = height;
        }
    }
    return tie ? 0 : best;
}

static bool is_other(const struct look *look, size_t column, double height)
{
    const struct column_facts *facts = look_facts(look, column);
    double own = height_of(facts);
    return facts->numbers > 0 && (dense_is_signal(look, column) || (height != 0 && own != 0 && own != height));
}

/* "\na, b and 3 more"; the name of the first that is no number of rows and no time, NULL if there is none. */
static const char *say_columns(const struct look *look, const bool *those, size_t columns, struct harvest *harvest,
                               size_t *n)
{
    size_t said = 0;
    char shown[COLUMN_SHOWN];
    const char *name = NULL;
    *n = 0;
    for (size_t c = 0; c < columns; c++)
        *n += those[c];
    text_add(&harvest->remarks, *n ? "\n" : "");
    for (size_t c = 0; c < columns && said < SAID; c++) {
        if (!those[c])
            continue;
        text_printf(&harvest->remarks, "%s%s",
                    said == 0        ? ""
                    : said + 1 == *n ? " and "
                                     : ", ",
                    look_column_shown(look, c, shown));
        name = name || look_role(look, c) == ROLE_TIME || look_role(look, c) == ROLE_SERIAL ? name : look_name(look, c);
        said++;
    }
    if (*n > said)
        text_printf(&harvest->remarks, " and %zu more", *n - said);
    return name;
}

static void say_stimulus(const char *name, struct harvest *harvest)
{
    char shown[COLUMN_SHOWN];
    if (name)
        text_printf(&harvest->remarks, "; stimulus=%s shows it beside the spikes",
                    field_shown(shown, &(struct field){name, strlen(name)}));
}

static void say_left_out(const struct look *look, const bool *out, size_t columns, struct harvest *harvest)
{
    size_t n;
    const char *name = say_columns(look, out, columns, harvest, &n);
    text_printf(&harvest->remarks, n == 0   ? ""
                                   : n == 1 ? " holds other values than 0 and the height of a spike and is left out"
                                            : " hold other values than 0 and the height of a spike and are left out");
    say_stimulus(name, harvest);
}

/* Left out beside columns of spikes; where there are none it may be what was wanted. */
static void say_held(const struct look *look, const bool *held, size_t columns, bool out, struct harvest *harvest)
{
    size_t n;
    const char *name = say_columns(look, held, columns, harvest, &n);
    if (n == 0)
        return;
    text_printf(&harvest->remarks, " %s on for many samples on end, as a switch does and no neuron%s",
                n == 1 ? "stays" : "stay",
                !out     ? ": each of these samples counts as a spike"
                : n == 1 ? ", and is left out"
                         : ", and are left out");
    say_stimulus(name, harvest);
}

static void take_told(bool *neuron, size_t columns, const struct reading_columns *told)
{
    memset(neuron, 0, columns * sizeof *neuron);
    for (size_t i = 0; i < told->ids; i++)
        if (told->id[i] < columns)
            neuron[told->id[i]] = true;
}

bool *dense_neurons(const struct look *look, size_t columns, size_t time, size_t stimulus,
                    const struct reading_columns *told, struct harvest *harvest)
{
    bool *neuron = xcalloc(columns + 1, sizeof *neuron), *out = xcalloc(columns + 1, sizeof *out),
         *held = xcalloc(columns + 1, sizeof *held);
    size_t spikes = 0;
    bool all = told || dense_is_own(look); /* what lifscope wrote has no other columns */
    for (size_t c = look->names > 1 && look->name[0][0] == '\0'; c < columns; c++) {
        neuron[c] = c != time && c != stimulus;
        held[c] = neuron[c] && is_held(look_facts(look, c));
        spikes += neuron[c] && !held[c] && dense_is_spikes(look_facts(look, c));
    }
    if (told)
        take_told(neuron, columns, told);
    double height = common_height(look, neuron, columns);
    for (size_t c = 0; c < columns && !all && spikes > 0; c++)
        if (neuron[c] && is_other(look, c, height)) {
            out[c] = true;
            neuron[c] = false;
        }
    for (size_t c = 0; c < columns; c++) {
        held[c] = held[c] && neuron[c] && !told;
        neuron[c] = neuron[c] && (all || spikes == 0 || !held[c]);
    }
    say_left_out(look, out, columns, harvest);
    say_held(look, held, columns, !all && spikes > 0, harvest);
    for (size_t c = 0; c < columns; c++)
        if (!neuron[c] && c != time && look_facts(look, c)->cells > 0)
            harvest_leave_column(harvest, look, c);
    free(out);
    free(held);
    return neuron;
}
