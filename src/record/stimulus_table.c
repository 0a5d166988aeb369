#include "record/stimulus_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/xalloc.h"
#include "record/time_unit.h"
#include "text/column_name.h"

struct finding {
    const struct csv_table *table;
    const char *name; /* of the file, without its folders */
    const struct stimulus_options *options;
    const struct recording *recording;
    long time, value; /* columns */
    struct time_unit unit;
    const char *why; /* how the unit was found */
};

static long find_named(const struct finding *f, const char *name, const char *key, struct error *error)
{
    long column = csv_table_column(f->table, name);
    if (column < 0)
        error_set(error, "%s=%.60s: %.100s has no column of that name", key, name, f->name);
    return column;
}

static long find_time(const struct csv_table *table)
{
    long best = -1;
    size_t rank = 0;
    for (size_t c = 0; table->name && c < table->columns; c++) {
        struct column_meaning meaning = column_meaning(table->name[c]);
        if (meaning.role == ROLE_TIME && (best < 0 || meaning.rank < rank)) {
            best = (long)c;
            rank = meaning.rank;
        }
    }
    return best;
}

/* What a column of values is not: a number of something, another time, or nothing that is a number. */
static bool may_be_value(const struct finding *f, long column)
{
    static const char *const ends[] = {"stop", "stoptime", "end", "endtime"};
    const char *name = f->table->name ? f->table->name[column] : "";
    enum column_role role = column_meaning(name).role;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (column_name_is(name, ends[i]))
            return false;
    for (size_t i = 0; i < f->table->rows; i++)
        if (!isnan(f->table->value[i * f->table->columns + (size_t)column]))
            return column != f->time && role != ROLE_TIME && role != ROLE_NEURON && role != ROLE_SERIAL &&
                   role != ROLE_TRIAL;
    return false;
}

static long find_value(const struct finding *f)
{
    static const char *const usual[] = {"x", "x1", "stimulus", "stim"};
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
        long column = csv_table_column(f->table, usual[i]);
        if (column >= 0 && column != f->time)
            return column;
    }
    for (long column = 0; column < (long)f->table->columns; column++)
        if (may_be_value(f, column))
            return column;
    return f->time == 0 ? 1 : 0;
}

static bool find_columns(struct finding *f, struct error *error)
{
    if (f->table->columns < 2)
        return error_set(error, "%.100s has one column; a stimulus has two, of times and of values", f->name);
    f->time = f->options->time ? find_named(f, f->options->time, "time", error) : find_time(f->table);
    if (f->time < 0 && f->options->time)
        return false;
    f->value = f->options->column ? find_named(f, f->options->column, "column", error) : -1;
    if (f->value < 0 && f->options->column)
        return false;
    if (f->time < 0)
        f->time = f->value == 0 ? 1 : 0;
    if (f->value < 0)
        f->value = find_value(f);
    double some = NAN;
    for (size_t i = 0; i < f->table->rows && isnan(some); i++)
        some = f->table->value[i * f->table->columns + (size_t)f->value];
    if (f->table->rows > 0 && isnan(some) && f->table->name)
        return error_set(error, "column %ld (%.40s) of %.100s holds no numbers, as a stimulus must", f->value + 1,
                         f->table->name[f->value], f->name);
    return f->time != f->value ||
           error_set(error, "column %ld of %.100s cannot be both time and value", f->time + 1, f->name);
}

static double cell(const struct finding *f, size_t row, long column)
{
    return f->table->value[row * f->table->columns + (size_t)column];
}

static bool check_rows(const struct finding *f, struct error *error)
{
    size_t rows = f->table->rows, least = f->options->kind == TRACE_LINEAR ? 2 : 1;
    if (rows < least)
        return error_set(error, "%.100s has %s row%s of numbers; a stimulus needs %s", f->name, rows ? "one" : "no",
                         rows ? "" : "s", least > 1 ? "two for a line between them" : "one at least");
    for (size_t i = 0; i < rows; i++) {
        double time = cell(f, i, f->time), x = cell(f, i, f->value);
        if (!isfinite(time) || !isfinite(x))
            return error_set(error, "row %zu of %.100s has time %g and value %g; a stimulus is finite at every time",
                             i + 1, f->name, time, x);
        if (i > 0 && time < cell(f, i - 1, f->time))
            return error_set(error,
                             "row %zu of %.100s is at time %g, before the row above it at %g; a stimulus is in "
                             "the order of time",
                             i + 1, f->name, time, cell(f, i - 1, f->time));
    }
    return true;
}

/* ---- the unit of time ---- */

static double seconds(const struct time_unit *unit, double time)
{
    return time * unit->times / unit->over;
}

/* The time in common, as a part of the time that either has; 0 when they are apart. */
static double agreement(const struct finding *f, const struct time_unit *unit)
{
    double first = seconds(unit, cell(f, 0, f->time)), last = seconds(unit, cell(f, f->table->rows - 1, f->time));
    const struct recording *r = f->recording;
    double common = fmin(last, r->last) - fmax(first, r->first), all = fmax(last, r->last) - fmin(first, r->first);
    if (!(common >= 0))
        return 0;
    return all > 0 ? fmax(common / all, 1e-12) : 1;
}

static void guess_unit(struct finding *f)
{
    static const char *const plain[] = {"s", "ms", "us"};
    struct error ignored;
    const char *spikes = f->recording->time_unit;
    if (!time_unit_parse(spikes && spikes[0] ? spikes : "s", &f->unit, &ignored))
        time_unit_parse("s", &f->unit, &ignored);
    f->why = spikes && spikes[0] ? "as the spikes'; unit= changes it" : "unit= changes it";
    double best = fmax(agreement(f, &f->unit) * 10, 1e-3);
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        struct time_unit unit;
        if (time_unit_parse(plain[i], &unit, &ignored) && agreement(f, &unit) > best) {
            best = agreement(f, &unit);
            f->unit = unit;
            f->why = "in which it meets the spikes; unit= changes it";
        }
    }
}

static bool find_unit(struct finding *f, struct error *error)
{
    struct column_meaning meaning = {ROLE_NONE, 0, ""};
    if (f->options->unit) {
        f->why = "as told";
        return time_unit_parse(f->options->unit, &f->unit, error);
    }
    if (f->table->name)
        meaning = column_meaning(f->table->name[f->time]);
    bool counted = strcmp(meaning.unit, "samples") == 0 || strcmp(meaning.unit, "steps") == 0;
    const char *spikes = f->recording->time_unit;
    if (counted && !(spikes && strncmp(spikes, meaning.unit, strlen(meaning.unit)) == 0))
        return error_set(error, "the times of %.100s are counted in %s: unit=%s says how long one is", f->name,
                         meaning.unit, strcmp(meaning.unit, "steps") == 0 ? "steps@0.1ms" : "samples@30000");
    if (meaning.unit[0] && !counted) {
        f->why = "as its column says";
        return time_unit_parse(meaning.unit, &f->unit, error);
    }
    guess_unit(f);
    return true;
}

/* ---- all together ---- */

static struct trace make_trace(const struct finding *f)
{
    struct trace trace = {.kind = f->options->kind, .count = f->table->rows};
    trace.time = xreallocarray(NULL, trace.count, sizeof *trace.time);
    trace.x = xreallocarray(NULL, trace.count, sizeof *trace.x);
    for (size_t i = 0; i < trace.count; i++) {
        trace.time[i] = seconds(&f->unit, cell(f, i, f->time));
        trace.x[i] = cell(f, i, f->value);
    }
    return trace;
}

static bool check_overlap(const struct finding *f, const struct trace *trace, struct error *error)
{
    char a[NUMBER_HUMAN], b[NUMBER_HUMAN], c[NUMBER_HUMAN], d[NUMBER_HUMAN];
    double first, last;
    const struct recording *r = f->recording;
    if (!trace_span(trace, &first, &last) || !isfinite(first) || isnan(last))
        return error_set(error, "the times of %.100s are too far apart for %s", f->name, f->unit.name);
    if ((r->spikes == 0 && r->samples == 0) || (first <= r->last && last >= r->first))
        return true;
    return error_set(error,
                     "%.100s goes from %s to %s (times in %s), the recording from %s to %s: they have no moment in "
                     "common; unit= says what the times of the stimulus are counted in",
                     f->name, number_human(a, first, DIMENSION_TIME), number_human(b, last, DIMENSION_TIME),
                     f->unit.name, number_human(c, r->first, DIMENSION_TIME), number_human(d, r->last, DIMENSION_TIME));
}

static void describe(const struct finding *f, const struct trace *trace, struct text *said)
{
    char rows[NUMBER_HUMAN], a[NUMBER_HUMAN], b[NUMBER_HUMAN];
    double first, last, low, high;
    trace_span(trace, &first, &last);
    low = high = trace->x[0];
    for (size_t i = 1; i < trace->count; i++) {
        low = fmin(low, trace->x[i]);
        high = fmax(high, trace->x[i]);
    }
    text_printf(said, "stimulus %s: %s sample%s, ", f->name, number_grouped(rows, trace->count),
                trace->count == 1 ? "" : "s");
    text_printf(said, low < high ? "%s from %g to %g" : "%s always %g", f->table->name ? f->table->name[f->value] : "x",
                low, high);
    text_printf(said, ", %s to %s (times in %s, %s)", number_human(a, first, DIMENSION_TIME),
                isinf(last) ? "the end" : number_human(b, last, DIMENSION_TIME), f->unit.name, f->why);
}

bool stimulus_from_table(const struct csv_table *table, const char *name, const struct stimulus_options *options,
                         const struct recording *recording, struct trace *trace, struct text *said, struct error *error)
{
    const char *slash = strrchr(name, '/');
    struct finding f = {
        .table = table, .name = slash && slash[1] ? slash + 1 : name, .options = options, .recording = recording};
    if (!find_columns(&f, error) || !check_rows(&f, error) || !find_unit(&f, error))
        return false;
    struct trace made = make_trace(&f);
    if (!check_overlap(&f, &made, error)) {
        trace_free(&made);
        return false;
    }
    describe(&f, &made, said);
    *trace = made;
    return true;
}
