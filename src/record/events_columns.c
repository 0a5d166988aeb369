/* Names decide when there are any. Otherwise the numbers do: a time mostly does not fall from row to row (1
 * when it never does, about a half for neurons in any order), is often no whole number, and seldom repeats,
 * while neurons are whole numbers or words. Each numeric column gets the sum share of steps that do not fall
 * + 0.4 if some are no whole numbers + 0.3 share of different values and the largest is the time. Sorted by
 * time or sorted by neuron cannot be told apart when all are whole numbers; by time is commoner, unless the
 * other column reaches 50 times as far. A guess is said, with what reverses it. */
#include "events_columns.h"

#include <math.h>
#include <string.h>
#include <strings.h>

#include "text/column_name.h"

static bool is_numeric(const struct column_facts *facts)
{
    return facts->numbers > 0 && 2 * facts->numbers >= facts->cells;
}

static bool is_whole(const struct column_facts *facts)
{
    return is_numeric(facts) && facts->whole == facts->numbers;
}

static double time_score(const struct column_facts *facts)
{
    double n = (double)facts->numbers;
    double rising = n > 1 ? 1 - (double)facts->falls / (n - 1) : 1;
    return rising + 0.4 * (facts->whole < facts->numbers) + 0.3 * (double)facts->distinct / n;
}

/* The column with the role whose name is the likeliest; NO_COLUMN if none has it. */
static size_t find_named(const struct look *look, enum column_role role)
{
    size_t best = NO_COLUMN, best_rank = 0;
    for (size_t c = 0; c < look->names; c++) {
        struct column_meaning meaning = column_meaning(look->name[c]);
        if (meaning.role == role && (best == NO_COLUMN || meaning.rank < best_rank)) {
            best = c;
            best_rank = meaning.rank;
        }
    }
    return best;
}

/* The first column counts the rows from 0 or 1, as tables get a number for each row, and another one rises
 * beside it. */
static bool is_row_number(const struct look *look, size_t column)
{
    const struct column_facts *facts = &look->column[column];
    bool counts = column == 0 && look->columns > 2 && facts->counts && facts->numbers == facts->cells &&
                  (facts->least == 0 || facts->least == 1);
    for (size_t c = 1; counts && c < look->columns; c++)
        if (is_numeric(&look->column[c]) && look->column[c].distinct > 1 &&
            10 * look->column[c].falls <= look->column[c].numbers)
            return true;
    return false;
}

static size_t guess_time(const struct look *look, size_t neuron)
{
    size_t best = NO_COLUMN;
    for (size_t c = 0; c < look->columns; c++) {
        if (c == neuron || !is_numeric(&look->column[c]) || is_row_number(look, c))
            continue;
        if (best == NO_COLUMN || time_score(&look->column[c]) > time_score(&look->column[best]))
            best = c;
    }
    for (size_t c = 0; best != NO_COLUMN && c < look->columns; c++)
        if (c != best && c != neuron && is_whole(&look->column[best]) && is_whole(&look->column[c]) &&
            look->column[c].falls > 0 && look->column[c].largest >= 50 * fabs(look->column[best].largest))
            return c;
    return best;
}

/* "channel,unit,time": units are counted anew in each channel. */
static size_t find_channel(const struct look *look, size_t neuron)
{
    static const char *const units[] = {"unit", "units", "unitid", "sortedunit"};
    static const char *const channels[] = {"channel", "channelid", "ch", "chan", "electrode", "electrodeid"};
    bool unit = false;
    for (size_t i = 0; neuron != NO_COLUMN && i < sizeof units / sizeof *units; i++)
        unit |= column_name_is(look->name[neuron], units[i]);
    for (size_t c = 0; unit && c < look->names; c++)
        for (size_t i = 0; i < sizeof channels / sizeof *channels; i++)
            if (column_name_is(look->name[c], channels[i]))
                return c;
    return NO_COLUMN;
}

/* The leftmost column of whole numbers, else of words. */
static size_t guess_neuron(const struct look *look, const struct events_columns *found)
{
    for (size_t c = 0; c < look->columns; c++)
        if (c != found->time && c != found->population && is_whole(&look->column[c]) &&
            !is_row_number(look, c))
            return c;
    for (size_t c = 0; c < look->columns; c++)
        if (c != found->time && c != found->population && look->column[c].cells > 0 &&
            !is_numeric(&look->column[c]))
            return c;
    return NO_COLUMN;
}

/* The words of columns=. */
struct told {
    const char *text, *word; /* all of it, and the word at hand */
    size_t length, place;    /* of the word */
};

static struct told first_word(const char *text)
{
    return (struct told){text, text, strcspn(text, ","), 0};
}

static bool next_word(struct told *told)
{
    if (told->word[told->length] == '\0')
        return false;
    told->word += told->length + 1;
    told->length = strcspn(told->word, ",");
    told->place++;
    return true;
}

static bool is_skip(const struct told *told)
{
    return told->length == 1 && *told->word == '-';
}

static struct column_meaning meaning_of(const struct told *told)
{
    char name[32] = "";
    if (told->length < sizeof name)
        memcpy(name, told->word, told->length);
    return column_meaning(name);
}

static size_t named_column(const struct look *look, const struct told *told)
{
    for (size_t c = 0; c < look->names; c++)
        if (strlen(look->name[c]) == told->length && told->length > 0 &&
            strncasecmp(look->name[c], told->word, told->length) == 0)
            return c;
    return NO_COLUMN;
}

/* "time" says what a column is; "time_ms" is said of the column that is called so. */
static bool is_plain_role(const struct told *told)
{
    static const char *const roles[] = {"time", "neuron", "id", "population", "offset"};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (strlen(roles[i]) == told->length && strncmp(roles[i], told->word, told->length) == 0)
            return true;
    return false;
}

/* All words are names of columns here, and not all of them could be meant by their place. */
static bool are_names(const struct look *look, const char *text)
{
    struct told told = first_word(text);
    bool names = true, roles = true;
    do {
        names &= named_column(look, &told) != NO_COLUMN;
        roles &= is_plain_role(&told);
    } while (next_word(&told));
    return names && !roles;
}

static void set_role(struct events_columns *columns, enum column_role role, size_t column, const char *unit)
{
    if (role == ROLE_TIME) {
        columns->time = column;
        strcpy(columns->unit, unit);
    } else if (role == ROLE_NEURON) {
        columns->neuron = column;
    } else if (role == ROLE_POPULATION) {
        columns->population = column;
    } else if (role == ROLE_OFFSET) {
        columns->offset = column;
    }
}

/* Names that mean something keep it; the first of the others is the time if there is none yet, the next the
 * neuron. */
static void take_names(struct events_columns *columns, const struct look *look, const char *text)
{
    struct told told = first_word(text);
    do {
        struct column_meaning meaning = meaning_of(&told);
        bool again = (meaning.role == ROLE_TIME && columns->time != NO_COLUMN) ||
                     (meaning.role == ROLE_NEURON && columns->neuron != NO_COLUMN);
        if (!again)
            set_role(columns, meaning.role, named_column(look, &told), meaning.unit);
    } while (next_word(&told));
    told = first_word(text);
    do {
        size_t column = named_column(look, &told);
        enum column_role role = columns->time == NO_COLUMN     ? ROLE_TIME
                                : columns->neuron == NO_COLUMN ? ROLE_NEURON
                                                               : ROLE_NONE;
        if (column != columns->time && column != columns->neuron && column != columns->population &&
            column != columns->offset)
            set_role(columns, role, column, "");
    } while (next_word(&told));
}

static bool take_places(struct events_columns *columns, const char *text, struct error *error)
{
    struct told told = first_word(text);
    do {
        struct column_meaning meaning = meaning_of(&told);
        if (meaning.role == ROLE_NONE && !is_skip(&told))
            return error_set(
                error,
                "columns=%.60s: '%.*s' is none of time, neuron (or id), population, - (not used), nor is "
                "each word the name of a column here",
                text, told.length > 30 ? 30 : (int)told.length, told.word);
        set_role(columns, meaning.role, told.place, meaning.unit);
    } while (next_word(&told));
    return true;
}

static bool take_told(struct events_columns *columns, const struct look *look, const char *told,
                      struct error *error)
{
    columns->told = true;
    if (are_names(look, told))
        take_names(columns, look, told);
    else if (!take_places(columns, told, error))
        return false;
    if (columns->time == NO_COLUMN || columns->neuron == NO_COLUMN)
        return error_set(error, "columns=%.60s: both time and neuron are needed, as in columns=time,neuron",
                         told);
    return true;
}

size_t events_columns_last(const struct events_columns *columns)
{
    size_t last = columns->time > columns->neuron ? columns->time : columns->neuron;
    if (columns->population != NO_COLUMN && columns->population > last)
        last = columns->population;
    return columns->offset != NO_COLUMN && columns->offset > last ? columns->offset : last;
}

static bool check_width(const struct events_columns *columns, const struct look *look, const char *told,
                        struct error *error)
{
    size_t width = look->columns > look->names ? look->columns : look->names;
    return events_columns_last(columns) < width ||
           error_set(error, "columns=%.60s names more columns than the %zu there are", told, width);
}

/* Times are not mostly 0. A header that names no time says that there may be none: then they must mostly
 * rise, too. */
static bool is_plausible(const struct look *look, size_t time)
{
    const struct column_facts *facts = look_facts(look, time);
    if (facts->numbers < 4)
        return true;
    return 2 * facts->zeros <= facts->numbers && (look->names == 0 || 5 * facts->falls <= 2 * facts->numbers);
}

bool events_columns_find(struct events_columns *columns, const struct look *look, const char *told,
                         struct error *error)
{
    *columns = (struct events_columns){NO_COLUMN, NO_COLUMN, NO_COLUMN, NO_COLUMN, .unit = ""};
    if (told)
        return take_told(columns, look, told, error) && check_width(columns, look, told, error);
    columns->time = find_named(look, ROLE_TIME);
    columns->neuron = find_named(look, ROLE_NEURON);
    columns->population = find_named(look, ROLE_POPULATION);
    if (columns->population == NO_COLUMN)
        columns->population = find_channel(look, columns->neuron);
    columns->offset = find_named(look, ROLE_OFFSET);
    columns->guessed = columns->time == NO_COLUMN || columns->neuron == NO_COLUMN;
    if (columns->time != NO_COLUMN)
        strcpy(columns->unit, column_meaning(look->name[columns->time]).unit);
    else
        columns->time = guess_time(look, columns->neuron);
    if (columns->unit[0] == '\0' && columns->time < look->names)
        column_unit(look->name[columns->time], columns->unit);
    if (columns->time == NO_COLUMN || (columns->guessed && !is_plausible(look, columns->time)))
        return error_set(error,
                         "no column of times is here; columns=time,neuron says which columns they are");
    if (columns->neuron == NO_COLUMN)
        columns->neuron = guess_neuron(look, columns);
    if (columns->neuron == NO_COLUMN)
        return error_set(error,
                         "no column of neurons (whole numbers or words) is beside the times in column %zu; "
                         "columns=time,neuron says which columns they are",
                         columns->time + 1);
    columns->doubtful = columns->guessed && look->names == 0 && is_whole(look_facts(look, columns->time)) &&
                        is_whole(look_facts(look, columns->neuron));
    return true;
}
