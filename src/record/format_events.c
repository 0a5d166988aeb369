/* Events: one spike a row, in any order of rows and columns. A population column makes the neuron:
 * "cortex:12"; where all rows name the same population, the number alone does. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/stop.h"
#include "columns_told.h"
#include "events_reader.h"
#include "events_readings.h"
#include "mixing.h"
#include "own_times.h"
#include "record/save.h"
#include "text/number_form.h"
#include "text/column_name.h"

static bool has_own_header(const struct look *look)
{
    return look->style.delimiter == ',' && look->header == HEADER_ROW && look->names == 2 &&
           strcmp(look->name[0], "time") == 0 && strcmp(look->name[1], "neuron") == 0;
}

#define SAMPLE_SURE 1000 /* spikes that are in the sample that the reader looks at */
#define OWN_HANDICAP 1.0 /* our header may be another program's too; it takes strong evidence to read it otherwise */

static bool is_own_writing(const struct look *look)
{
    return has_own_header(look) && own_times(look, 0);
}

static void find_readings(const struct look *look, const struct load_options *options, struct reading_list *list)
{
    size_t before = list->count;
    events_readings(look, options, list);
    for (size_t i = before; i < list->count && !options->columns && is_own_writing(look); i++)
        list->reading[i].shape = OWN_FORM;
}

/* spike_times and spike_clusters are arrays of phy, and whole numbers in the first are samples. */
static bool is_kilosort(const struct look *look, const struct reading_columns *columns)
{
    const struct column_facts *time = look_facts(look, columns->time);
    static const char *const arrays[] = {"spikeclusters", "spikecluster", "spiketemplates",
                                         "cluster",       "clusters",     "clusterid"};
    bool times =
        look_has_name(look, "spiketimes") || look_has_name(look, "spiketime") || look_has_name(look, "spikesamples");
    bool clusters = false;
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        clusters = clusters || look_has_name(look, arrays[i]);
    return times && clusters && time->numbers > 0 && time->whole == time->cells;
}

/* What is known of the unit before the times are: from the column's name, or because the file is one of our
 * own. */
static bool set_unit(struct harvest *harvest, const struct look *look, const struct reading_columns *columns,
                     const struct load_options *options, struct error *error)
{
    char from[COLUMN_SHOWN] = "columns=";
    bool counted = strcmp(columns->unit, "samples") == 0 || strcmp(columns->unit, "steps") == 0;
    if (options->dt > 0 && !counted)
        return error_set(error,
                         "dt= is for dense files without a column of times, and for times in steps; this one has "
                         "a time for each spike");
    if (!columns->told && columns->unit[0])
        snprintf(from, sizeof from, "column %.40s", look_name(look, columns->time));
    if (!options->unit && options->dt == 0 && is_kilosort(look, columns) &&
        (columns->unit[0] == '\0' || strcmp(columns->unit, "samples") == 0)) {
        snprintf(harvest->unit_from, sizeof harvest->unit_from, "assumed, as Kilosort and phy count");
        return time_unit_parse("samples@30000", &harvest->unit_of_time, error);
    }
    bool said = columns->unit[0] || number_form_is_in(&look->style, columns->time);
    if (said || options->unit)
        return format_named_unit(harvest, columns->time, columns->unit, from, options, error);
    if (is_own_writing(look)) {
        snprintf(harvest->unit_from, sizeof harvest->unit_from, "as lifscope writes it");
        return time_unit_parse("s", &harvest->unit_of_time, error);
    }
    if (has_own_header(look))
        harvest->seconds_handicap = OWN_HANDICAP;
    return true;
}

#define MANY 50 /* times, of which none is off the grid, are hardly those of spikes */

static bool is_whole(const struct column_facts *facts)
{
    return facts->numbers > 0 && facts->whole == facts->numbers;
}

/* The roles the other way round: "columns=-,neuron,time". */
static void swap_roles(struct harvest *harvest, const struct reading_columns *c)
{
    size_t last = c->time > c->id[0] ? c->time : c->id[0];
    size_t used = (size_t)snprintf(harvest->override, sizeof harvest->override, "columns=");
    for (size_t i = 0; i <= last && used < sizeof harvest->override - 10; i++)
        used += (size_t)snprintf(harvest->override + used, sizeof harvest->override - used, "%s%s", i ? "," : "",
                                 i == c->time    ? "neuron"
                                 : i == c->id[0] ? "time"
                                                 : "-");
}

/* What was taken for what without the help of names. */
static void describe_columns(struct harvest *harvest, const struct look *look, const struct reading_columns *c)
{
    size_t used = (size_t)snprintf(harvest->columns, sizeof harvest->columns, "column %zu time", c->time + 1);
    for (size_t i = 0; i < c->ids && used < sizeof harvest->columns; i++)
        used += (size_t)snprintf(harvest->columns + used, sizeof harvest->columns - used, "%s%zu%s",
                                 i            ? " and "
                                 : c->ids > 1 ? ", columns "
                                              : ", column ",
                                 c->id[i] + 1, i + 1 == c->ids ? " neuron" : "");
    const struct column_facts *time = look_facts(look, c->time), *neuron = look_facts(look, c->id[0]);
    if (c->ids == 1)
        swap_roles(harvest, c);
    if (time->regular && time->numbers >= MANY && neuron->zeros > 0 && neuron->whole == neuron->cells)
        text_printf(&harvest->remarks,
                    "\nthe times go on in equal steps: if column %zu counts the spikes in bins, "
                    "format=dense reads each bin that is not empty as one spike",
                    c->id[0] + 1);
    if (look->names == 0 && is_whole(time) && is_whole(neuron) && c->ids == 1)
        text_printf(&harvest->remarks,
                    "\nall numbers are whole: column %zu %s and is taken for the time, column %zu for "
                    "the neuron; %s takes them the other way round",
                    c->time + 1, time->falls ? "rises more steadily" : "never falls", c->id[0] + 1, harvest->override);
}

/* The names of more columns than one that make the neuron; what is the same in all rows adds nothing to it. */
static void describe_joint(struct harvest *harvest, const struct look *look, const struct reading_columns *c)
{
    struct text names = {0};
    size_t n = 0, said = 0;
    for (size_t i = 0; i < c->ids; i++)
        n += harvest->several || look_varies(look, c->id[i]);
    for (size_t i = 0; i < c->ids && n > 1; i++)
        if (harvest->several || look_varies(look, c->id[i])) {
            const char *name = look_name(look, c->id[i]);
            text_printf(&names, "%s%.40s", said == 0 ? "" : said + 1 == n ? " and " : ", ", name ? name : "");
            said++;
        }
    if (n > 1)
        snprintf(harvest->columns, sizeof harvest->columns, "%s make the neuron", names.bytes);
    text_free(&names);
}

static bool is_trial(const struct look *look, const struct reading_columns *columns, size_t column)
{
    bool used = column == columns->time;
    for (size_t i = 0; i < columns->ids; i++)
        used |= column == columns->id[i];
    return !used && look_role(look, column) == ROLE_TRIAL && look_facts(look, column)->distinct > 1;
}

bool events_say_trials(struct harvest *harvest, const struct look *look, const struct reading_columns *columns)
{
    char shown[COLUMN_SHOWN];
    for (size_t c = 0; c < look->names && look_facts(look, columns->time)->falls > 0; c++) {
        if (!is_trial(look, columns, c))
            continue;
        struct reading with = {.format = &format_events, .columns = *columns};
        struct text command = {0};
        if (with.columns.ids < ID_MOST)
            with.columns.id[with.columns.ids++] = c;
        reading_command(&with, look, &command);
        text_printf(
            &harvest->remarks,
            "\n%s is left out: if times begin anew in each, these lie over one another here; %s makes each trial "
            "a row of its neuron",
            look_column_shown(look, c, shown), text_string(&command));
        text_free(&command);
        return true;
    }
    return false;
}

/* A column that is called nothing known and differs within neurons may be where these are numbered anew. */
static bool say_may_join(struct harvest *harvest, const struct look *look, const struct reading_columns *columns,
                         size_t c)
{
    struct reading with = {.format = &format_events, .columns = *columns};
    char shown[COLUMN_SHOWN];
    if (reading_uses(columns, c) || columns->ids == ID_MOST || look_role(look, c) != ROLE_NONE ||
        !mixing_is_likely(look, columns, c))
        return false;
    memmove(with.columns.id + 1, with.columns.id, with.columns.ids * sizeof *with.columns.id);
    with.columns.id[0] = c;
    with.columns.ids++;
    struct text command = {0};
    reading_command(&with, look, &command);
    text_printf(&harvest->remarks, "; if neurons are numbered anew in each %s, %s tells them apart",
                look_name(look, c) ? look_name(look, c) : look_column_shown(look, c, shown), text_string(&command));
    text_free(&command);
    return true;
}

static void say_left_out(struct harvest *harvest, const struct look *look, const struct reading *reading)
{
    struct text out = {0};
    size_t n = reading_left_out(reading, look, &out);
    if (n)
        text_printf(&harvest->remarks, "\n%s %s left out", out.bytes, n == 1 ? "is" : "are");
    for (size_t c = 0; n && c < look->names; c++)
        if (say_may_join(harvest, look, &reading->columns, c))
            break;
    text_free(&out);
}

/* Files of one run have the same columns. Where the numbers do not tell, those of the first file hold; where
 * they say otherwise, somebody must decide. */
static bool settle_columns(struct reading_columns *columns, const struct look *look, struct harvest *harvest,
                           struct error *error)
{
    if (columns->told || columns->named || look->names > 0 || !harvest->several || columns->ids != 1)
        return true;
    bool same = columns->time == harvest->settled_time && columns->id[0] == harvest->settled_neuron;
    bool doubtful = is_whole(look_facts(look, columns->time)) && is_whole(look_facts(look, columns->id[0]));
    if (harvest->settled && !same && !doubtful)
        return error_set(error,
                         "here column %zu looks like the time and column %zu like the neuron, in the files before "
                         "columns %zu and %zu; columns=time,neuron or columns=neuron,time says which they are in all",
                         columns->time + 1, columns->id[0] + 1, harvest->settled_time + 1, harvest->settled_neuron + 1);
    if (harvest->settled && harvest->settled_time < look->columns && harvest->settled_neuron < look->columns) {
        columns->time = harvest->settled_time;
        columns->id[0] = harvest->settled_neuron;
    }
    harvest->settled = true;
    harvest->settled_time = columns->time;
    harvest->settled_neuron = columns->id[0];
    return true;
}

static void describe(struct harvest *harvest, const struct look *look, const struct reading_columns *columns)
{
    struct reading reading = {.format = &format_events, .columns = *columns};
    bool named = columns->named && (columns->ids > 1 || look_role(look, columns->id[0]) == ROLE_NEURON);
    if (columns->told)
        return;
    if (!named)
        describe_columns(harvest, look, columns);
    else if (columns->ids > 1)
        describe_joint(harvest, look, columns);
    if (!events_say_trials(harvest, look, columns))
        say_left_out(harvest, look, &reading);
}

static void *events_open(const struct look *look, const struct reading *reading, const struct load_options *options,
                         struct harvest *harvest, struct error *error)
{
    struct reading_columns columns = reading->columns;
    bool again = harvest->settled;
    if (options->columns ? !columns_told(&columns, look, options->columns, false, error)
                         : columns.time == NO_COLUMN && !events_named(&columns, look, options, error))
        return NULL;
    if (!settle_columns(&columns, look, harvest, error) || !set_unit(harvest, look, &columns, options, error))
        return NULL;
    struct events_reader *reader = events_reader_new(look, &columns, harvest);
    if (!events_reader_set_offset(reader, options, error)) {
        events_reader_close(reader);
        return NULL;
    }
    if (!again)
        describe(harvest, look, &columns);
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
    r->long_one = r->spikes < SAMPLE_SURE && strlen(number_exact(exact, time)) >= OWN_LONG;
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
    struct recording *recording = recording_new(xcalloc(units, sizeof(char *)), units, r.time, r.unit, r.spikes);
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
    char label[512];
    if (stop_requested())
        return; /* the rest of the walk costs little */
    if (saving->mark)
        own_times_mark(saving->writer, time);
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
    .readings = find_readings,
    .open = events_open,
    .row = events_reader_row,
    .lines = events_reader_lines,
    .finish = events_reader_finish,
    .close = events_reader_close,
    .save = events_save,
};

const struct spike_format format_events = {
    .name = "events",
    .summary = "one spike a row: a time column and a neuron column",
    .private = &events,
};
