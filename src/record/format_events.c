/* Events: one spike a row, in any order of rows and columns. A population column makes the neuron:
 * "cortex:12"; where all rows name the same population, the number alone does. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "events_reader.h"
#include "record/save.h"
#include "text/column_name.h"

static int events_fit(const struct look *look, const struct load_options *options)
{
    struct events_columns columns;
    struct error ignored;
    if (options->columns)
        return 1000;
    if (!events_columns_find(&columns, look, NULL, &ignored))
        return 0;
    if (!columns.guessed)
        return 100;
    return look->columns <= 5 && look->names <= 5 ? 50 : 0;
}

static bool has_own_header(const struct look *look)
{
    return look->style.delimiter == ',' && look->header == HEADER_ROW && look->names == 2 &&
           strcmp(look->name[0], "time") == 0 && strcmp(look->name[1], "neuron") == 0;
}

#define SAMPLE_SURE 1000 /* spikes that are in the sample that the reader looks at */
#define LONG 16          /* bytes of a number whose digits nobody else writes */
#define OWN_HANDICAP                                                                                         \
    1.0 /* our header may be another program's too; it takes strong evidence to read it otherwise */

/* Whether times look as if lifscope had written them: %.17g of each, and one at least that needs its digits;
 * or the first shows more digits than it needs. */
static bool is_own_writing(const struct look *look)
{
    bool long_one = false;
    if (!has_own_header(look))
        return false;
    for (size_t r = look->data; r < look->sample.rows; r++) {
        const struct cell *cell = sample_cell(&look->sample, r, 0);
        struct field field = sample_field(&look->sample, cell);
        char exact[NUMBER_EXACT], first[NUMBER_EXACT];
        if (cell->kind != CELL_NUMBER)
            return false;
        snprintf(first, sizeof first, "%#.17g", cell->value);
        if (strcmp(number_exact(exact, cell->value), field.text) != 0 &&
            (r > look->data || strcmp(first, field.text) != 0))
            return false;
        long_one |= field.length >= LONG;
    }
    return long_one || look->data == look->sample.rows;
}

/* What is known of the unit before the times are: from the column's name, or because the file is one of our
 * own. */
static bool set_unit(struct harvest *harvest, const struct look *look, const struct events_columns *columns,
                     const struct load_options *options, struct error *error)
{
    char from[COLUMN_SHOWN] = "columns=";
    bool counted = strcmp(columns->unit, "samples") == 0 || strcmp(columns->unit, "steps") == 0;
    if (options->dt > 0 && !counted)
        return error_set(
            error, "dt= is for dense files without a column of times, and for times in steps; this one has "
                   "a time for each spike");
    if (!columns->told && columns->unit[0])
        snprintf(from, sizeof from, "column %.40s", look_name(look, columns->time));
    bool said = columns->unit[0] || look->style.clock || look->style.unit[0];
    if (said || options->unit)
        return format_named_unit(harvest, columns->unit, from, options, error);
    if (is_own_writing(look)) {
        snprintf(harvest->unit_from, sizeof harvest->unit_from, "as lifscope writes it");
        return time_unit_parse("s", &harvest->unit_of_time, error);
    }
    if (has_own_header(look))
        harvest->seconds_handicap = OWN_HANDICAP;
    return true;
}

#define MANY 50 /* times, of which none is off the grid, are hardly those of spikes */

/* "columns=-,id,time": the roles the other way round. */
static void describe_columns(struct harvest *harvest, const struct look *look, const struct events_columns *c)
{
    snprintf(harvest->columns, sizeof harvest->columns, "column %zu time, column %zu neuron", c->time + 1,
             c->neuron + 1);
    size_t used = (size_t)snprintf(harvest->override, sizeof harvest->override, "columns=");
    for (size_t i = 0; i <= events_columns_last(c) && used < sizeof harvest->override - 10; i++)
        used +=
            (size_t)snprintf(harvest->override + used, sizeof harvest->override - used, "%s%s", i ? "," : "",
                             i == c->time     ? "neuron"
                             : i == c->neuron ? "time"
                                              : "-");
    const struct column_facts *time = look_facts(look, c->time), *neuron = look_facts(look, c->neuron);
    if (time->regular && time->numbers >= MANY && neuron->zeros > 0 && neuron->whole == neuron->cells)
        text_printf(&harvest->remarks,
                    "\nthe times go on in equal steps: if column %zu counts the spikes in bins, "
                    "format=dense reads each bin that is not empty as one spike",
                    c->neuron + 1);
    if (c->doubtful)
        text_printf(&harvest->remarks,
                    "\nall numbers are whole: column %zu %s and is taken for the time, column %zu for "
                    "the neuron; %s takes them the other way round",
                    c->time + 1, time->falls ? "rises more steadily" : "never falls", c->neuron + 1,
                    harvest->override);
}

/* Times that begin anew in every trial put the trials over one another. */
static void say_trials(struct harvest *harvest, const struct look *look, const struct events_columns *columns)
{
    static const char *const words[] = {"trial",      "trials",     "trialid", "trialnumber",
                                        "trialindex", "trialnr",    "sweep",   "sweepindex",
                                        "sweepid",    "repetition", "repeat",  "rep"};
    char shown[COLUMN_SHOWN];
    for (size_t c = 0; c < look->names && look_facts(look, columns->time)->falls > 0; c++)
        for (size_t i = 0; c != columns->neuron && i < sizeof words / sizeof *words; i++)
            if (column_name_is(look->name[c], words[i]) && look_facts(look, c)->distinct > 1) {
                text_printf(&harvest->remarks,
                            "\n%s is left out: if times begin anew in each, these lie over one another here",
                            look_column_shown(look, c, shown));
                return;
            }
}

/* Files of one run have the same columns. Where the numbers do not tell, those of the first file hold; where
 * they say otherwise, somebody must decide. */
static bool settle_columns(struct events_columns *columns, const struct look *look, struct harvest *harvest,
                           struct error *error)
{
    if (!columns->guessed || look->names > 0 || !harvest->several)
        return true;
    bool same = columns->time == harvest->settled_time && columns->neuron == harvest->settled_neuron;
    if (harvest->settled && !same && !columns->doubtful)
        return error_set(
            error,
            "here column %zu looks like the time and column %zu like the neuron, in the files before "
            "columns %zu and %zu; columns=time,neuron or columns=neuron,time says which they are in all",
            columns->time + 1, columns->neuron + 1, harvest->settled_time + 1, harvest->settled_neuron + 1);
    if (harvest->settled && harvest->settled_time < look->columns &&
        harvest->settled_neuron < look->columns) {
        columns->time = harvest->settled_time;
        columns->neuron = harvest->settled_neuron;
    }
    harvest->settled = true;
    harvest->settled_time = columns->time;
    harvest->settled_neuron = columns->neuron;
    return true;
}

static void *events_open(const struct look *look, const struct load_options *options, struct harvest *harvest,
                         struct error *error)
{
    struct events_columns columns;
    bool again = harvest->settled;
    if (!events_columns_find(&columns, look, options->columns, error) ||
        !settle_columns(&columns, look, harvest, error) || !set_unit(harvest, look, &columns, options, error))
        return NULL;
    struct events_reader *reader = events_reader_new(look, &columns, harvest);
    if (!events_reader_set_offset(reader, options, error)) {
        events_reader_close(reader);
        return NULL;
    }
    if (columns.guessed && !again)
        describe_columns(harvest, look, &columns);
    say_trials(harvest, look, &columns);
    return reader;
}

/* ---- save ---- */

/* All spikes again, to see what the reader will make of them. */
struct rehearsal {
    double *time;
    uint32_t *unit;
    size_t spikes, time_capacity, unit_capacity;
    bool whole, long_one;
};

static void rehearse(void *context, double time, uint32_t neuron)
{
    struct rehearsal *r = context;
    char exact[NUMBER_EXACT];
    if (r->long_one)
        return;
    r->long_one = r->spikes < SAMPLE_SURE && strlen(number_exact(exact, time)) >= LONG;
    r->whole = r->whole && time == floor(time);
    xgrow(&r->time, &r->time_capacity, r->spikes + 1, sizeof *r->time);
    xgrow(&r->unit, &r->unit_capacity, r->spikes + 1, sizeof *r->unit);
    r->time[r->spikes] = time;
    r->unit[r->spikes++] = neuron;
}

/* Times that need few digits do not show whose they are, and the unit would be guessed; would it be another
 * than s? */
static bool would_be_misread(const struct spike_source *source)
{
    struct rehearsal r = {.whole = true};
    source_each(source, -INFINITY, INFINITY, rehearse, &r);
    if (r.long_one || r.spikes == 0) {
        free(r.time);
        free(r.unit);
        return false;
    }
    /* The reader knows no silent units, and those of one label are one. */
    struct label_set labels = {0};
    uint32_t *index = xcalloc(source->neurons, sizeof *index);
    char buffer[512];
    for (size_t i = 0; i < r.spikes; i++) {
        uint32_t *known = &index[r.unit[i]];
        const char *label = *known ? "" : source_label(source, r.unit[i], buffer, sizeof buffer);
        *known = *known ? *known : label_intern(&labels, label, strlen(label)) + 1;
        r.unit[i] = *known - 1;
    }
    size_t units = labels.count;
    label_free(&labels);
    free(index);
    struct recording *recording =
        recording_new(xcalloc(units, sizeof(char *)), units, r.time, r.unit, r.spikes);
    struct time_unit unit = time_unit_guess(recording, OWN_HANDICAP - r.whole);
    recording_free(recording);
    return strcmp(unit.name, "s") != 0;
}

struct saving {
    struct csv_writer *writer;
    const struct spike_source *source;
    bool mark; /* the next time gets digits that it does not need */
};

static void save_spike(void *context, double time, uint32_t neuron)
{
    struct saving *saving = context;
    char label[512], marked[NUMBER_EXACT];
    snprintf(marked, sizeof marked, "%#.17g", time);
    if (saving->mark)
        csv_write_text(saving->writer, marked);
    else
        csv_write_number(saving->writer, time);
    saving->mark = false;
    csv_write_text(saving->writer, source_label(saving->source, neuron, label, sizeof label));
    csv_write_end(saving->writer);
}

static bool events_save(struct csv_writer *writer, const struct spike_source *source, struct text *said,
                        struct error *error)
{
    (void)error;
    csv_write_text(writer, "time");
    csv_write_text(writer, "neuron");
    csv_write_end(writer);
    struct saving saving = {writer, source, would_be_misread(source)};
    source_each(source, -INFINITY, INFINITY, save_spike, &saving);
    save_say_lost(said, source);
    return true;
}

static const struct format_private events = {
    .row_by_row = true,
    .fit = events_fit,
    .open = events_open,
    .row = events_reader_row,
    .finish = events_reader_finish,
    .close = events_reader_close,
    .save = events_save,
};

const struct spike_format format_events = {
    .name = "events",
    .summary = "one spike a row: a time column and a neuron column",
    .private = &events,
};
