/* What is sure weighs 10 points, what is telling 2 or 3, a hint 1. */
#include "evidence.h"

#include <math.h>
#include <string.h>

#include "dense_columns.h"
#include "mixing.h"
#include "record/format_private.h"
#include "text/column_name.h"

#define MOST_NAMED 64 /* columns that are looked at one by one */
#define FEW 20        /* spikes; fewer say little about how units and times behave */

static bool is_events(const struct trial *t)
{
    return t->reading->columns.time != NO_COLUMN && t->reading->format != &format_dense;
}

static bool is_id(const struct trial *t, size_t column)
{
    for (size_t i = 0; i < t->reading->columns.ids; i++)
        if (t->reading->columns.id[i] == column)
            return true;
    return false;
}

static bool is_used(const struct trial *t, size_t column)
{
    return column == t->reading->columns.time || is_id(t, column);
}

/* Words stand over the columns, not numbers of them. */
static bool has_words(const struct look *look)
{
    double ignored;
    for (size_t c = 0; c < look->names; c++) {
        struct field field = {look->name[c], strlen(look->name[c])};
        if (field.length > 0 && !field_number(&(struct text_style){0}, &field, &ignored))
            return true;
    }
    return false;
}

/* Words stand over the columns, and none of them says that this is the time. */
static bool is_misnamed_time(const struct trial *t)
{
    return has_words(t->look) && look_role(t->look, t->reading->columns.time) != ROLE_TIME;
}

static bool is_fractional(const struct column_facts *facts)
{
    return facts->numbers > 0 && facts->whole < facts->numbers;
}

/* ---- names ---- */

static double time_name(const struct trial *t)
{
    char unit[COLUMN_UNIT];
    if (t->reading->columns.time == NO_COLUMN || !has_words(t->look))
        return 0;
    switch (look_role(t->look, t->reading->columns.time)) {
    case ROLE_TIME:
        return 3;
    case ROLE_ATTRIBUTE:
    case ROLE_TRIAL:
    case ROLE_NEURON:
        return -8;
    default:
        break;
    }
    const char *name = look_name(t->look, t->reading->columns.time);
    return name && column_unit(name, unit)[0] ? 2 : -2.5;
}

static double neuron_name(const struct trial *t)
{
    double points = 0;
    if (!is_events(t) || !has_words(t->look))
        return 0;
    for (size_t i = 0; i < t->reading->columns.ids; i++)
        switch (look_role(t->look, t->reading->columns.id[i])) {
        case ROLE_NEURON:
            points += 2;
            break;
        case ROLE_POPULATION:
            points += i + 1 == t->reading->columns.ids ? 1 : 0.5;
            break;
        case ROLE_TRIAL:
        case ROLE_SERIAL:
            points -= 3;
            break;
        case ROLE_ATTRIBUTE:
            points -= t->reading->columns.ids == 1 ? 2 : 0;
            break;
        default:
            break;
        }
    return points;
}

/* A column is called a neuron and holds more than spikes would: then it holds neurons, and is none itself. */
static double dense_name(const struct trial *t)
{
    bool named = false;
    for (size_t c = 0; t->reading->format == &format_dense && c < t->look->names && c < MOST_NAMED; c++)
        named |= look_role(t->look, c) == ROLE_NEURON && c != t->reading->columns.time &&
                 (t->look->names <= 3 || look_facts(t->look, c)->distinct > 2);
    return named && t->options->dt == 0 && !t->options->stimulus ? -8 : 0;
}

/* What is lost with a column that differs from row to row and is not used. Where the neurons as they are named do not
 * differ in it, nothing is. */
static double lost_with(const struct trial *t, size_t column)
{
    const struct reading_columns *columns = &t->reading->columns;
    switch (look_role(t->look, column)) {
    case ROLE_NEURON:
        if (!column_name_is_site(t->look->name[column]))
            return 2;
        return columns->ids == 0 ? 3 : mixing_differs(t->look, columns, column) ? 1.5 : 0;
    case ROLE_POPULATION:
        return mixing_differs(t->look, columns, column) ? 2.5 : 0;
    case ROLE_ATTRIBUTE: /* of a pixel */
        return columns->ids < 2 &&
                       (column_name_is(t->look->name[column], "x") || column_name_is(t->look->name[column], "y")) &&
                       !is_fractional(look_facts(t->look, column))
                   ? 3
                   : 0;
    case ROLE_NONE:
        return columns->ids > 0 && mixing_is_likely(t->look, columns, column) ? 1 : 0;
    default:
        return 0;
    }
}

static double left_out(const struct trial *t)
{
    double points = 0;
    for (size_t c = 0; is_events(t) && c < t->look->columns && c < MOST_NAMED; c++)
        if (!is_used(t, c) && look_varies(t->look, c))
            points -= lost_with(t, c);
    return points;
}

static bool is_one_neuron(const struct trial *t)
{
    bool one = is_events(t) && (t->reading->format == &format_cell || t->reading->columns.ids > 0);
    for (size_t i = 0; one && i < t->reading->columns.ids; i++)
        one = !look_varies(t->look, t->reading->columns.id[i]);
    return one;
}

/* All spikes are of one cell, or of a column that is the same in all rows, and another column has a few whole numbers
 * or words in turn. */
static double nobody(const struct trial *t)
{
    for (size_t c = 0; is_one_neuron(t) && c < t->look->columns; c++) {
        const struct column_facts *facts = &t->look->column[c];
        bool few = facts->numbers < facts->cells ||
                   (facts->whole == facts->numbers ? 5 : 20) * facts->distinct < facts->numbers;
        enum column_role role = look_role(t->look, c);
        bool free = role == ROLE_NONE || (role == ROLE_ATTRIBUTE && t->look->columns == 2 && facts->numbers == 0);
        if (!is_used(t, c) && few && free && facts->cells > 0 && look_varies(t->look, c))
            return t->reading->format == &format_cell && facts->numbers > 0 ? -12 : -3;
    }
    return 0;
}

static double counted(const struct trial *t)
{
    for (size_t c = 0; is_events(t) && c < t->look->names; c++)
        if (column_name_counts(t->look->name[c]) && c != t->reading->columns.time)
            return -5;
    return 0;
}

/* Prices, weather, spectra. */
static double foreign(const struct trial *t)
{
    size_t n = 0;
    for (size_t c = 0; is_events(t) && c < t->look->names && c < 64; c++)
        n += column_name_is_foreign(t->look->name[c]);
    return n >= 2 ? -20 : n == 1 ? -4 : 0;
}

/* ---- the time ---- */

static double never_falls(const struct trial *t)
{
    if (t->steps < 2)
        return 0;
    double share = (double)t->falls / (double)t->steps, within = (double)t->within / (double)(t->within_steps + 1);
    bool named = has_words(t->look) && !is_misnamed_time(t);
    if (!is_events(t))
        return t->reading->format->private->row_by_row || t->steps < 3 ? 0 : share == 0 ? 1 : -10 * share;
    if (!named && share > 0.3 && t->steps >= 8 && within > 0.3) /* up and down, as anything but a time */
        return 1 - 15 * share;
    if (!named && share > 0.3 && t->steps < 8 && !is_fractional(look_facts(t->look, t->reading->columns.time)))
        return -4;
    if (t->steps < 3)
        return 0;
    if (t->falls == 0)
        return t->steps < 8 ? 1 : 2;
    if (t->within == 0 && t->within_steps >= 8 && 2 * t->within_steps > t->steps)
        return 1.5;
    return share < 0.02 ? 1.5 : 1 - 5 * share;
}

static double decimals(const struct trial *t)
{
    const struct look *look = t->look;
    if (!is_events(t))
        return 0;
    bool fractions = is_fractional(look_facts(look, t->reading->columns.time));
    double points = fractions && t->reading->columns.ids ? 1 : 0;
    for (size_t i = 0; i < t->reading->columns.ids; i++) {
        const struct column_facts *id = look_facts(look, t->reading->columns.id[i]);
        if (is_fractional(id))
            points -= 20 * id->distinct <= id->numbers ? 0.5 : fractions ? 2 : 4;
    }
    return points;
}

static double zeros(const struct trial *t)
{
    const struct column_facts *time = look_facts(t->look, t->reading->columns.time);
    return is_events(t) && time->numbers >= 4 && 2 * time->zeros > time->numbers ? -4 : 0;
}

/* Rows in equal steps are samples, rows at odd times are spikes. */
static double equal_steps(const struct trial *t)
{
    const struct column_facts *time = look_facts(t->look, t->reading->columns.time);
    if (t->reading->columns.time == NO_COLUMN || time->numbers < 3)
        return 0;
    if (t->reading->format == &format_dense)
        return time->even || time->regular ? 2
               : dense_is_own(t->look)     ? 0 /* rows may be missing, or stand there twice */
               : time->repeats             ? -6
               : time->numbers < 8         ? 0
                                           : -1;
    return time->regular && time->numbers >= 8 ? (is_misnamed_time(t) ? -6 : -1) : 0;
}

static bool is_on_and_off(const struct column_facts *facts)
{
    return facts->zeros > 0 && facts->numbers == facts->cells &&
           (facts->distinct == 2 || 10 * facts->zeros > 9 * facts->numbers);
}

/* Columns that are mostly 0 stand side by side: each is a neuron's, none holds neurons. */
static double on_and_off(const struct trial *t)
{
    size_t used = 0, unused = 0;
    for (size_t c = 0; is_events(t) && c < t->look->columns; c++) {
        enum column_role role = look_role(t->look, c);
        if (c == t->reading->columns.time || !is_on_and_off(&t->look->column[c]))
            continue;
        if (is_id(t, c) && 10 * t->look->column[c].zeros > 8 * t->look->column[c].numbers &&
            look_facts(t->look, t->reading->columns.time)->regular)
            return -5; /* each row is a sample */
        used += is_used(t, c);
        unused += !is_used(t, c) && role == ROLE_NONE;
    }
    return used && unused ? -5 : unused && t->reading->columns.ids == 0 ? -5 : 0;
}

/* A column that rises may be another clock, unless it is called something measured. */
static bool is_measured(const struct trial *t, size_t column)
{
    return look_facts(t->look, column)->falls > 0 || look_role(t->look, column) == ROLE_ATTRIBUTE;
}

/* Many values, or fractions, or numbers below 0, or always the same: no names, and no states of on and off. */
static bool is_signal(const struct trial *t, size_t column)
{
    const struct column_facts *facts = &t->look->column[column];
    enum column_role role = look_role(t->look, column);
    bool many = facts->distinct > 20 || 10 * facts->distinct > facts->numbers;
    if (is_used(t, column) || facts->numbers == 0 || facts->numbers < facts->cells)
        return false;
    if (many && is_measured(t, column))
        return true;
    return (role == ROLE_NONE || role == ROLE_ATTRIBUTE) &&
           (facts->distinct == 1 || (is_measured(t, column) && (is_fractional(facts) || facts->least < -1)));
}

/* A signal's samples: whatever a row names comes again in equal steps, and something else in it has many values, or
 * one only. */
static double sampled(const struct trial *t)
{
    bool signal = false;
    for (size_t c = 0; is_events(t) && c < t->look->columns; c++)
        signal |= is_signal(t, c);
    return signal && t->same_step && t->within_steps >= 8 ? -20 : 0;
}

/* A signal that is constant, or a name, is no time. */
static double stands_still(const struct trial *t)
{
    size_t time = t->reading->columns.time;
    bool named = has_words(t->look) && look_role(t->look, time) == ROLE_TIME;
    return is_events(t) && !named && t->spikes >= 8 && !look_varies(t->look, time) ? -20 : 0;
}

/* ---- units ---- */

static double few_units(const struct trial *t)
{
    bool rows = t->reading->format->private->row_by_row;
    if (t->spikes < FEW || (!is_events(t) && t->reading->format != &format_trains))
        return 0;
    double share = rows ? t->units / t->total : t->units / (double)t->spikes;
    const struct column_facts *time = look_facts(t->look, t->reading->columns.time);
    bool shared = 3 * time->repeats > time->numbers; /* many rows at one time are neurons that spike in one step */
    if (!rows)
        return share > 0.4 ? -2 : share < 0.2 ? 1 : 0;
    return share <= 0.2 ? 1 : share <= 0.5 ? 0 : share < 0.9 ? -3 : shared ? -4 : -10;
}

/* Clusters of noise are -1, nothing is less. */
static double below_zero(const struct trial *t)
{
    for (size_t i = 0; is_events(t) && i < t->reading->columns.ids; i++)
        if (look_facts(t->look, t->reading->columns.id[i])->least < -1)
            return -10;
    return 0;
}

static double one_at_a_time(const struct trial *t)
{
    double weight = t->reading->columns.ids == 0 ? 8 : 3; /* many cells spike at one time, one does not */
    return t->spikes >= FEW ? -weight * (double)t->repeats / (double)t->spikes : 0;
}

/* ---- what neurons do ---- */

static double rates(const struct trial *t)
{
    return t->spikes < 8 || t->uncounted || !isfinite(t->charge) ? 0 : t->charge > 4 ? -3 : 1 - t->charge;
}

static double refractory(const struct trial *t)
{
    if (t->intervals < 50 || t->uncounted)
        return 0;
    return t->shorter > 0.14 ? -2 : t->shorter > 0.05 ? -1 : t->shorter < 0.01 ? 0.5 : 0;
}

static double rows_read(const struct trial *t)
{
    return t->rows ? -4 * (double)t->unread / (double)t->rows : 0;
}

/* A header names all columns: rows that go on behind it are something else. */
static double wider(const struct trial *t)
{
    const struct look *look = t->look;
    size_t longer = 0, rows = look->sample.rows - look->data;
    if (look->header != HEADER_ROW || rows == 0 || !t->reading->format->private->row_by_row)
        return 0;
    for (size_t r = look->data; r < look->sample.rows; r++) {
        const struct cell *behind = sample_cell(&look->sample, r, look->names);
        longer += behind && behind->kind != CELL_EMPTY;
    }
    return -8 * (double)longer / (double)rows;
}

const struct evidence evidence[] = {
    {"time name", "the column of times is called so, or another one is", time_name},
    {"neuron name", "the columns of the neuron are called so, or something else", neuron_name},
    {"neurons", "a table of samples has a column that is called a neuron and holds more than spikes", dense_name},
    {"left out", "a column that tells neurons apart, or is called a neuron, is not used", left_out},
    {"one cell", "all spikes are of one, though another column may name several", nobody},
    {"counts", "a column is called a number of spikes", counted},
    {"foreign", "columns are called as in tables of something else", foreign},
    {"order", "times never fall, or not within a neuron; or they do", never_falls},
    {"decimals", "times have decimals and neurons have none", decimals},
    {"zeros", "most times are 0", zeros},
    {"steps", "rows come in equal steps, as samples do, or not", equal_steps},
    {"on and off", "columns of 0 and one more value stand side by side", on_and_off},
    {"sampled", "everything comes in equal steps beside a signal", sampled},
    {"still", "all times are the same", stands_still},
    {"few units", "there are far fewer neurons than spikes, or hardly fewer", few_units},
    {"below zero", "neurons have numbers below -1, as a signal has", below_zero},
    {"repeats", "a neuron spikes twice at one time", one_at_a_time},
    {"rates", "mean rates and intervals are those of neurons in s, ms or us", rates},
    {"refractory", "intervals below 1 ms are rare, or not", refractory},
    {"wider", "rows have more cells than the header has names", wider},
    {"rows read", "rows can be read so", rows_read},
};
const size_t evidence_count = sizeof evidence / sizeof *evidence;
_Static_assert(sizeof evidence / sizeof *evidence <= EVIDENCE_MOST, "a reading has room for so many points");
