/* Names narrow the choice where there are any: which column is called a time, which one a neuron, and which ones groups
 * in which neurons are numbered anew. What the numbers say is left to the evidence. */
#include "events_readings.h"

#include <stdlib.h>
#include <string.h>

#include "columns_told.h"
#include "mixing.h"
#include "record/format_private.h"
#include "text/column_name.h"

#define FORM 5.0     /* points of a table of events */
#define BROAD 3.0    /* of one whose columns are many and not named */
#define FEW 5        /* columns; more are many */
#define MANY 20      /* columns; none of them is looked at without a name */
#define PIXELS 7.5   /* x, y and a polarity: an event camera */
#define TIMES_MOST 4 /* columns that are tried as the time, */
#define IDS_MOST 8   /* and as the neuron */

static bool is_numeric(const struct column_facts *facts)
{
    return facts->numbers > 0 && 2 * facts->numbers >= facts->cells;
}

static bool is_whole(const struct column_facts *facts)
{
    return is_numeric(facts) && facts->whole == facts->numbers;
}

bool events_is_row_number(const struct look *look, size_t column)
{
    const struct column_facts *facts = look_facts(look, column);
    bool counts = column == 0 && look->columns > 2 && facts->counts && facts->numbers == facts->cells &&
                  (facts->least == 0 || facts->least == 1);
    for (size_t c = 1; counts && c < look->columns; c++)
        if (is_numeric(&look->column[c]) && look->column[c].distinct > 1 &&
            10 * look->column[c].falls <= look->column[c].numbers)
            return true;
    return false;
}

/* The column with the role whose name is the likeliest, of sites or of others; NO_COLUMN if none has it. */
static size_t find_named(const struct look *look, enum column_role role, bool sites)
{
    size_t best = NO_COLUMN, best_rank = 0;
    for (size_t c = 0; c < look->names; c++) {
        struct column_meaning meaning = look_meaning(look, c);
        if (meaning.role == role && column_name_is_site(look->name[c]) == sites &&
            (best == NO_COLUMN || meaning.rank < best_rank)) {
            best = c;
            best_rank = meaning.rank;
        }
    }
    return best;
}

/* Whether some neuron's number is met at several sites: then it is numbered anew at each. */
static bool is_numbered_anew(const struct look *look, size_t site, size_t neuron)
{
    return mixing_differs(look, &(struct reading_columns){.ids = 1, .id = {neuron}}, site);
}

static void add_id(struct reading_columns *columns, size_t column)
{
    if (columns->ids < ID_MOST)
        columns->id[columns->ids++] = column;
}

/* The groups, and sites if numbers begin anew at each, with the neuron behind them. */
static void join(struct reading_columns *columns, const struct look *look, size_t neuron, bool site)
{
    for (size_t c = 0; c < look->names; c++) {
        bool group = look_role(look, c) == ROLE_POPULATION;
        bool place = !site && column_name_is_site(look->name[c]) && look_role(look, c) == ROLE_NEURON;
        if (c != neuron && c != columns->time && (group || (place && is_numbered_anew(look, c, neuron))))
            add_id(columns, c);
    }
    if (neuron != NO_COLUMN)
        add_id(columns, neuron);
}

static struct reading_columns begin(const struct look *look, size_t time)
{
    struct reading_columns columns = {.time = time, .offset = find_named(look, ROLE_OFFSET, false)};
    const char *name = look_name(look, time);
    if (look_role(look, time) == ROLE_TIME)
        strcpy(columns.unit, look_meaning(look, time).unit);
    if (name && columns.unit[0] == '\0')
        column_unit(name, columns.unit);
    return columns;
}

static void add(struct reading_list *list, double shape, const struct reading_columns *columns)
{
    if (columns->ids)
        reading_add(list, &format_events, shape)->columns = *columns;
}

/* "x", "y" beside each other, by name or because a third column only says up or down. */
static bool find_pixel(const struct look *look, size_t time, size_t pixel[2])
{
    size_t found = 0, polarity = 0;
    pixel[0] = pixel[1] = NO_COLUMN;
    for (size_t c = 0; c < look->columns; c++) {
        const struct column_facts *facts = &look->column[c];
        bool whole = c != time && is_whole(facts) && facts->numbers == facts->cells;
        if (look->names > 0) {
            bool x = look_name(look, c) && column_name_is(look->name[c], "x"),
                 y = look_name(look, c) && column_name_is(look->name[c], "y");
            if (whole && facts->least >= 0 && (x || y))
                pixel[y] = c;
            continue;
        }
        if (whole && facts->distinct == 2 && facts->largest == 1 && (facts->least == 0 || facts->least == -1))
            polarity++;
        else if (whole && facts->least >= 0 && facts->largest < 10000 && found < 2)
            pixel[found++] = c;
        else if (c != time)
            polarity = 9;
    }
    if (look->names > 0)
        return pixel[0] != NO_COLUMN && pixel[1] != NO_COLUMN &&
               100 * look_facts(look, time)->falls <= look_facts(look, time)->numbers;
    return found == 2 && polarity == 1 && pixel[1] == pixel[0] + 1 && look->columns == 4;
}

/* May a column name neurons, when no name says so? */
static bool may_be_neuron(const struct look *look, size_t column)
{
    const struct column_facts *facts = &look->column[column];
    enum column_role role = look_role(look, column);
    bool few = 5 * facts->distinct <= facts->numbers;
    bool other = role == ROLE_ATTRIBUTE && look->columns == 2; /* what else could it be */
    return facts->cells > 0 && (role == ROLE_NONE || role == ROLE_NEURON || role == ROLE_POPULATION || other) &&
           (is_whole(facts) || !is_numeric(facts) || few) && !events_is_row_number(look, column);
}

static void add_nameless(const struct look *look, size_t time, struct reading_list *list)
{
    double shape = look->columns > FEW ? BROAD : FORM;
    size_t pixel[2], tried = 0;
    if (find_pixel(look, time, pixel)) {
        struct reading_columns columns = begin(look, time);
        add_id(&columns, pixel[0]);
        add_id(&columns, pixel[1]);
        columns.named = look->names > 0;
        add(list, PIXELS, &columns);
    }
    if (look->names > FEW || look->columns > MANY)
        return;
    for (size_t c = 0; c < look->columns && tried < IDS_MOST; c++) {
        struct reading_columns columns = begin(look, time);
        if (c == time || !may_be_neuron(look, c))
            continue;
        add_id(&columns, c);
        columns.named = look_name(look, c) && look_name(look, time) && look_role(look, time) == ROLE_TIME;
        add(list, shape, &columns);
        tried++;
    }
}

static void add_with_time(const struct look *look, size_t time, struct reading_list *list)
{
    struct reading_columns together = begin(look, time), alone = together;
    size_t neuron = find_named(look, ROLE_NEURON, false);
    bool site = neuron == NO_COLUMN || neuron == time;
    if (site)
        neuron = find_named(look, ROLE_NEURON, true);
    if (neuron == time)
        neuron = NO_COLUMN;
    join(&together, look, neuron, site);
    together.named = alone.named = look_name(look, time) && look_role(look, time) == ROLE_TIME;
    if (together.ids == 0) {
        add_nameless(look, time, list);
        return;
    }
    add(list, FORM, &together);
    if (together.ids > 1 && neuron != NO_COLUMN) {
        add_id(&alone, neuron);
        add(list, FORM, &alone);
    }
}

static bool may_be_time(const struct look *look, size_t column)
{
    enum column_role role = look_role(look, column);
    const char *name = look_name(look, column);
    return is_numeric(&look->column[column]) && !events_is_row_number(look, column) &&
           (role == ROLE_NONE || role == ROLE_NEURON || (role == ROLE_ATTRIBUTE && look->columns == 2)) &&
           !(name && column_name_counts(name));
}

void events_readings(const struct look *look, const struct load_options *options, struct reading_list *list)
{
    struct error ignored;
    struct reading_columns told;
    size_t time = find_named(look, ROLE_TIME, false), tried = 0;
    if (options->columns) {
        struct reading *reading = reading_add(list, &format_events, FORM);
        if (columns_told(&told, look, options->columns, false, &ignored))
            reading->columns = told;
        return;
    }
    if (time != NO_COLUMN) {
        add_with_time(look, time, list);
        return;
    }
    for (size_t c = 0; c < look->columns && tried < TIMES_MOST; c++)
        if (may_be_time(look, c)) {
            add_with_time(look, c, list);
            tried++;
        }
}

bool events_named(struct reading_columns *columns, const struct look *look, const struct load_options *options,
                  struct error *error)
{
    if (options->columns)
        return columns_told(columns, look, options->columns, false, error);
    struct reading_list list = {0};
    size_t time = find_named(look, ROLE_TIME, false);
    if (time != NO_COLUMN)
        add_with_time(look, time, &list);
    bool found = list.count > 0;
    if (found)
        *columns = list.reading[0].columns;
    free(list.reading);
    return found || error_set(error, time == NO_COLUMN
                                         ? "no column of times is here; columns=time,neuron says which columns they are"
                                         : "no column of neurons (whole numbers or words) is beside the times; "
                                           "columns=time,neuron says which columns they are");
}
