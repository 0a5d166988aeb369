#include "record/reading.h"

#include <string.h>

#include "base/xalloc.h"
#include "record/format_private.h"
#include "text/column_name.h"

struct reading *reading_add(struct reading_list *list, const struct spike_format *format, double shape)
{
    xgrow(&list->reading, &list->capacity, list->count + 1, sizeof *list->reading);
    struct reading *reading = &list->reading[list->count++];
    *reading = (struct reading){.format = format, .shape = shape, .columns = {.time = NO_COLUMN, .offset = NO_COLUMN}};
    return reading;
}

static bool is_id(const struct reading_columns *columns, size_t column)
{
    for (size_t i = 0; i < columns->ids; i++)
        if (columns->id[i] == column)
            return true;
    return false;
}

bool reading_uses(const struct reading_columns *columns, size_t column)
{
    return column == columns->time || column == columns->offset || is_id(columns, column);
}

/* A name that columns= understands: without what parts words there, and of this column only. */
static bool is_usable(const struct look *look, size_t column)
{
    const char *name = look_name(look, column);
    if (!name || strpbrk(name, ",;# \t\"'=>") || strcmp(name, "-") == 0)
        return false;
    for (size_t c = 0; c < column; c++)
        if (look_name(look, c) && strcmp(look_name(look, c), name) == 0)
            return false;
    return true;
}

static bool are_usable(const struct reading_columns *columns, const struct look *look)
{
    bool usable = is_usable(look, columns->time);
    for (size_t i = 0; i < columns->ids; i++)
        usable = usable && is_usable(look, columns->id[i]);
    return usable;
}

/* "time" says by its place what a column is, unless another word is a name only. */
static bool is_plain_role(const char *name)
{
    static const char *const roles[] = {"time", "neuron", "id", "population", "offset"};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (strcmp(roles[i], name) == 0)
            return true;
    return false;
}

/* Whether columns= takes the names as they are meant: the time first, or by its name. */
static bool are_clear(const struct reading_columns *columns, const struct look *look)
{
    bool plain = true, first = column_meaning(look_name(look, columns->time)).role == ROLE_TIME;
    for (size_t i = 0; i < columns->ids; i++) {
        const char *name = look_name(look, columns->id[i]);
        plain = plain && is_plain_role(name);
        first = first || column_meaning(name).role != ROLE_TIME;
    }
    plain = plain && is_plain_role(look_name(look, columns->time));
    return first && !plain;
}

static void add_names(const struct reading_columns *columns, const struct look *look, struct text *command)
{
    text_add(command, look_name(look, columns->time));
    for (size_t i = 0; i < columns->ids; i++)
        text_printf(command, ",%s", look_name(look, columns->id[i]));
}

/* "-,neuron,time" */
static void add_places(const struct reading_columns *columns, struct text *command)
{
    size_t last = columns->time;
    for (size_t i = 0; i < columns->ids; i++)
        last = columns->id[i] > last ? columns->id[i] : last;
    for (size_t c = 0; c <= last; c++)
        text_printf(command, "%s%s", c ? "," : "", c == columns->time ? "time" : is_id(columns, c) ? "neuron" : "-");
}

void reading_command(const struct reading *reading, const struct look *look, struct text *command)
{
    const struct reading_columns *columns = &reading->columns;
    if (!reading->format)
        return;
    if (columns->time == NO_COLUMN || reading->format == &format_dense) {
        text_printf(command, "format=%s", reading->format->name);
        return;
    }
    if (columns->ids == 0)
        text_add(command, "format=cell ");
    text_add(command, "columns=");
    if (are_usable(columns, look) && are_clear(columns, look))
        add_names(columns, look, command);
    else
        add_places(columns, command);
}

static void add_column(struct text *said, const struct look *look, size_t column)
{
    char shown[COLUMN_SHOWN];
    text_add(said, look_column_shown(look, column, shown));
}

/* ", " or " and " before the i-th of n. */
static const char *joint(size_t i, size_t n)
{
    return i == 0 ? "" : i + 1 == n ? " and " : ", ";
}

void reading_said(const struct reading *reading, const struct look *look, struct text *said)
{
    const struct reading_columns *columns = &reading->columns;
    if (!reading->format || columns->time == NO_COLUMN)
        return;
    add_column(said, look, columns->time);
    text_add(said, " is the time");
    for (size_t i = 0; i < columns->ids; i++) {
        text_add(said, i ? joint(i, columns->ids) : ", ");
        add_column(said, look, columns->id[i]);
    }
    if (columns->ids)
        text_add(said, columns->ids == 1 ? " the neuron" : " together the neuron");
}

#define NAMED 6 /* columns left out that are said one by one */

size_t reading_left_out(const struct reading *reading, const struct look *look, struct text *said)
{
    size_t out = 0, n = 0;
    for (size_t c = 0; c < look->columns; c++)
        out += look->column[c].cells > 0 && !reading_uses(&reading->columns, c) &&
               !(c == 0 && look->names > 1 && look->name[0][0] == '\0');
    for (size_t c = 0; c < look->columns && n < NAMED; c++) {
        if (look->column[c].cells == 0 || reading_uses(&reading->columns, c) ||
            (c == 0 && look->names > 1 && look->name[0][0] == '\0'))
            continue;
        text_add(said, joint(n, out <= NAMED ? out : out + 1));
        add_column(said, look, c);
        n++;
    }
    if (out > n)
        text_printf(said, " and %zu more", out - n);
    return out;
}
