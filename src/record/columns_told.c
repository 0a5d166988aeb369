/* The words of columns= are names of columns here, in any order, or say what the columns are by their places. */
#include "columns_told.h"

#include <string.h>
#include <strings.h>

#include "text/column_name.h"

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

/* Every id goes behind the others, so that the neuron is numbered within what stands before it; a population that is
 * told after its neuron goes before it all the same. */
static bool add_id(struct reading_columns *columns, size_t column, bool first)
{
    if (columns->ids == ID_MOST)
        return false;
    size_t at = first ? 0 : columns->ids;
    memmove(columns->id + at + 1, columns->id + at, (columns->ids - at) * sizeof *columns->id);
    columns->id[at] = column;
    columns->ids++;
    return true;
}

#define TOO_MANY "columns=%.60s: more than %d columns of one neuron are too many"

/* The first name for a time is the time, else the first name at all; an offset is one; all others make the neuron. */
static bool take_names(struct reading_columns *columns, const struct look *look, const char *text, struct error *error)
{
    struct told told = first_word(text);
    do {
        struct column_meaning meaning = meaning_of(&told);
        if (meaning.role == ROLE_TIME && columns->time == NO_COLUMN) {
            columns->time = named_column(look, &told);
            strcpy(columns->unit, meaning.unit);
        }
    } while (next_word(&told));
    told = first_word(text);
    do {
        size_t column = named_column(look, &told);
        if (columns->time == NO_COLUMN)
            columns->time = column;
        else if (meaning_of(&told).role == ROLE_OFFSET)
            columns->offset = column;
        else if (column != columns->time && !add_id(columns, column, false))
            return error_set(error, TOO_MANY, text, ID_MOST);
    } while (next_word(&told));
    return true;
}

static bool take_places(struct reading_columns *columns, const char *text, struct error *error)
{
    struct told told = first_word(text);
    bool neuron = false;
    do {
        struct column_meaning meaning = meaning_of(&told);
        bool id = meaning.role == ROLE_NEURON || meaning.role == ROLE_POPULATION || meaning.role == ROLE_TRIAL;
        if (meaning.role == ROLE_TIME) {
            columns->time = told.place;
            strcpy(columns->unit, meaning.unit);
        } else if (meaning.role == ROLE_OFFSET) {
            columns->offset = told.place;
        } else if (id && !add_id(columns, told.place, neuron && meaning.role == ROLE_POPULATION)) {
            return error_set(error, TOO_MANY, text, ID_MOST);
        } else if (!id && !is_skip(&told)) {
            return error_set(error,
                             "columns=%.60s: '%.*s' is none of time, neuron (or id), population, - (not used), nor is "
                             "each word the name of a column here",
                             text, told.length > 30 ? 30 : (int)told.length, told.word);
        }
        neuron |= meaning.role == ROLE_NEURON;
    } while (next_word(&told));
    return true;
}

static size_t last_column(const struct reading_columns *columns)
{
    size_t last = columns->time;
    for (size_t i = 0; i < columns->ids; i++)
        last = columns->id[i] > last ? columns->id[i] : last;
    return columns->offset != NO_COLUMN && columns->offset > last ? columns->offset : last;
}

bool columns_told(struct reading_columns *columns, const struct look *look, const char *told, bool cell,
                  struct error *error)
{
    *columns = (struct reading_columns){.time = NO_COLUMN, .offset = NO_COLUMN, .told = true};
    bool names = are_names(look, told);
    if (!(names ? take_names(columns, look, told, error) : take_places(columns, told, error)))
        return false;
    if (columns->time == NO_COLUMN || (columns->ids == 0 && !cell))
        return error_set(error, "columns=%.60s: both time and neuron are needed, as in columns=time,neuron", told);
    if (columns->unit[0] == '\0' && columns->time < look->names)
        column_unit(look->name[columns->time], columns->unit);
    columns->named = names;
    size_t width = look->columns > look->names ? look->columns : look->names;
    return last_column(columns) < width ||
           error_set(error, "columns=%.60s names more columns than the %zu there are", told, width);
}
