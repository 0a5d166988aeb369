/* Trains: the spikes of one neuron a line, first line neuron 0. A line may begin with a label: a word, or a
 * number with a colon behind it, or a plain whole number before fractions, if these count on from line to
 * line or are larger than the fractions behind them.
 *
 * An empty line is a neuron that never spiked to some programs (Neo), and nothing to others (PySpike, which
 * has comments too). So it counts as one here unless the file has comments, or the lines are double-spaced
 * throughout; empty= settles it. Files of our own say it in their first line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/stop.h"
#include "record/format_private.h"
#include "record/save.h"

#define OWN_COMMENT LOOK_OWN " trains"

struct trains_reader {
    struct harvest *harvest;
    int told;      /* of empty lines: 1 silent neurons, -1 nothing, 0 find out */
    size_t skip;   /* rows of a header */
    size_t lead;   /* cells before the times of a row under a header or with a list, */
    size_t label;  /* of which this one names the neuron; NO_COLUMN: none does */
    bool labelled; /* words are labels, */
    bool numbered; /* numbers, too */
    size_t first_label, first_spike;
    uint32_t *empty; /* [empties] which lines were, counted from first_label */
    size_t empties, empty_capacity;
    bool zeros;    /* fill lines up */
    size_t filled; /* cells behind the last time of a line that hold nan, or such a zero */
};

static bool is_own(const struct look *look)
{
    return strncmp(look->comment, OWN_COMMENT, strlen(OWN_COMMENT)) == 0;
}

static bool is_labelled(const struct look *look)
{
    return look->columns > 0 && 10 * look->column[0].numbers <= look->column[0].cells && look->column[0].cells > 0;
}

/* Lines that begin with a number larger than the next one. */
static size_t count_drops(const struct look *look)
{
    size_t drops = 0;
    for (size_t r = look->data; r < look->sample.rows; r++) {
        const struct cell *first = sample_cell(&look->sample, r, 0), *next = sample_cell(&look->sample, r, 1);
        drops += next && first->value > next->value;
    }
    return drops;
}

static bool is_numbered(const struct look *look)
{
    const struct column_facts *first = look_facts(look, 0);
    size_t whole = 0, numbers = 0;
    for (size_t c = 1; c < look->columns; c++) {
        whole += look->column[c].whole;
        numbers += look->column[c].numbers;
    }
    if (first->numbers < 3 || first->whole < first->cells || first->distinct < first->cells || 10 * whole >= numbers)
        return false;
    return first->counts || 2 * count_drops(look) > first->numbers;
}

/* Rows that go on behind the names of the header: the last name is that of the times. Files of our own have none: a
 * first line "0:" is a neuron that never spiked. */
static bool is_headed(const struct look *look)
{
    size_t longer = 0;
    if (is_own(look))
        return false;
    for (size_t r = look->data; r < look->sample.rows; r++)
        longer += sample_width(&look->sample, r) > look->names;
    return look->header == HEADER_ROW && look->names > 0 && 2 * longer > look->sample.rows - look->data;
}

/* Cells before the times. */
static size_t lead_of(const struct look *look)
{
    return look->style.lists ? look->lead : is_headed(look) ? look->names - 1 : 0;
}

/* Which of them names the neuron: by its name, else the last one that is no data frame's index. */
static size_t label_of(const struct look *look, size_t lead)
{
    size_t best = lead > 0 ? lead - 1 : NO_COLUMN;
    for (size_t c = lead; c > 0; c--)
        if (look_role(look, c - 1) == ROLE_NEURON)
            best = c - 1;
    return best;
}

/* A column of whole numbers beside one of fractions are neurons and times, whose rows are cut short here and
 * there. */
static bool may_be_events(const struct look *look)
{
    size_t whole = 0, fractions = 0;
    for (size_t c = 0; c < look->columns; c++) {
        whole += look->column[c].whole == look->column[c].numbers;
        fractions += look->column[c].whole < look->column[c].numbers;
    }
    return look->columns <= 3 && whole > 0 && fractions > 0 && look->uneven < 0.5;
}

/* Rows of a table that Python printed, "(0.25, 3)" each: as many numbers in each, and nothing before them. */
static bool are_tuples(const struct look *look)
{
    return look->style.lists && look->lead == 0 && look->uneven == 0 && look->columns > 1 && look->columns <= 5 &&
           look->sample.rows > look->data + 3;
}

static double trains_shape(const struct look *look, const struct load_options *options)
{
    size_t cells = 0, numbers = 0;
    (void)options;
    if (is_own(look))
        return OWN_FORM;
    if (look->style.lists && !are_tuples(look))
        return NAMED_FORM;
    if (is_headed(look) && look_role(look, look->names - 1) == ROLE_TIME)
        return look->rows_rise < 0.8 ? 0 : 8;
    for (size_t c = is_labelled(look); c < look->columns; c++) {
        cells += look->column[c].cells;
        numbers += look->column[c].numbers;
    }
    if (look->header == HEADER_ROW || cells == 0 || 5 * numbers < 4 * cells || look->rows_rise < 0.9)
        return 0;
    if (look->columns == 1 && look->uneven == 0)
        return 0;
    bool ragged = look->columns > 5 || look->uneven > 0.1 || look->zero_rows;
    return ragged && !may_be_events(look) ? 6.5 : 2;
}

static void trains_readings(const struct look *look, const struct load_options *options, struct reading_list *list)
{
    double shape = options->columns ? 0 : trains_shape(look, options);
    if (shape > 0)
        reading_add(list, &format_trains, shape);
}

static bool read_empty(struct trains_reader *reader, const struct load_options *options, struct error *error)
{
    if (!options->empty)
        return true;
    if (strcmp(options->empty, "silent") != 0 && strcmp(options->empty, "skip") != 0)
        return error_set(error, "empty=%.40s: an empty line is a silent neuron (empty=silent) or nothing (empty=skip)",
                         options->empty);
    reader->told = strcmp(options->empty, "silent") == 0 ? 1 : -1;
    return true;
}

static bool is_shortened(const struct look *look)
{
    for (size_t i = 0; i < look->sample.cells; i++)
        if (strcmp(sample_field(&look->sample, &look->sample.cell[i]).text, "...") == 0)
            return true;
    return false;
}

static void say_left_out(struct harvest *harvest, const struct look *look, size_t times, size_t label)
{
    size_t n = 0, columns = look->names > times + 1 ? look->names : times + 1;
    char shown[COLUMN_SHOWN];
    for (size_t c = look->names > 0 && look->name[0][0] == '\0'; c < columns; c++)
        if (c != times && c != label)
            text_printf(&harvest->remarks, "%s%s", n++ ? ", " : "\n", look_column_shown(look, c, shown));
    if (n)
        text_printf(&harvest->remarks, " %s left out", n == 1 ? "is" : "are");
}

static bool set_unit(struct harvest *harvest, const struct look *look, size_t times, const struct load_options *options,
                     struct error *error)
{
    char from[COLUMN_SHOWN];
    const char *name = look_name(look, times);
    if (is_own(look) || !name || !(look->style.lists || is_headed(look)))
        return format_named_unit(harvest, NO_COLUMN, is_own(look) ? "s" : "", "as lifscope writes it", options, error);
    snprintf(from, sizeof from, "column %.40s", name);
    return format_named_unit(harvest, NO_COLUMN, column_meaning(name).unit, from, options, error);
}

static void *trains_open(const struct look *look, const struct reading *reading, const struct load_options *options,
                         struct harvest *harvest, struct error *error)
{
    struct trains_reader plan = {
        .harvest = harvest, .told = is_own(look), .labelled = is_own(look) || is_labelled(look)};
    (void)reading;
    if (!read_empty(&plan, options, error))
        return NULL;
    if (options->columns && strcmp(options->columns, "time") != 0) {
        error_set(error, "columns= is for events; in a file of trains each line is a neuron, and columns=time "
                         "takes numbers at their beginnings for times");
        return NULL;
    }
    if (look->style.lists && is_shortened(look)) {
        error_set(error, "these lists were shortened when they were printed ('...'), and the times between are lost; "
                         "numpy.set_printoptions(threshold=sys.maxsize) before it prints them whole");
        return NULL;
    }
    plan.skip = look->style.lists || is_headed(look) ? look->data : 0;
    plan.lead = is_own(look) ? 0 : lead_of(look);
    plan.label = label_of(look, plan.lead);
    if ((look->style.lists || is_headed(look)) && (plan.lead + 1 < look->names || plan.lead > 1))
        say_left_out(harvest, look, plan.lead, plan.label);
    plan.zeros = !is_own(look) && look->zero_rows;
    plan.numbered = !is_own(look) && !options->columns && plan.lead == 0 && is_numbered(look);
    if (!set_unit(harvest, look, plan.lead, options, error))
        return NULL;
    harvest->in_order = true;
    harvest->counted = "times";
    if (plan.numbered) {
        strcpy(harvest->columns, "each line begins with the number of its neuron");
        strcpy(harvest->override, "format=trains columns=time");
    }
    plan.first_label = harvest->labels.count;
    plan.first_spike = harvest->spikes;
    struct trains_reader *reader = xcalloc(1, sizeof *reader);
    *reader = plan;
    return reader;
}

static bool is_empty(const struct row *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (row->field[i].length > 0)
            return false;
    return true;
}

/* Fields up to the last one that holds something; nan behind it fills up rows of different lengths. */
static size_t used_fields(const struct trains_reader *reader, const struct row *row)
{
    size_t n = row->count;
    double value = 1;
    while (n > 0 && (field_is_missing(&row->field[n - 1]) ||
                     (reader->zeros && n > 1 && field_number(&reader->harvest->style, &row->field[n - 1], &value) &&
                      value == 0)))
        n--;
    return n;
}

static size_t count_filled(const struct row *row, size_t used)
{
    size_t filled = 0;
    for (size_t i = used; i < row->count; i++)
        filled += row->field[i].length > 0;
    return filled;
}

static void note_empty(struct trains_reader *reader)
{
    xgrow(&reader->empty, &reader->empty_capacity, reader->empties + 1, sizeof *reader->empty);
    reader->empty[reader->empties++] = (uint32_t)(reader->harvest->labels.count - reader->first_label);
}

/* The label at the start of a line, "" if there is none; finish() numbers those without. */
static size_t take_label(struct trains_reader *reader, const struct row *row)
{
    struct label_set *labels = &reader->harvest->labels;
    const struct field *first = row->field;
    double value;
    if (reader->lead > 0) {
        size_t at = reader->label < row->count ? reader->label : 0;
        bool named = reader->label < row->count;
        size_t length = named ? row->field[at].length : 0;
        label_append(labels, named ? row->field[at].text : "",
                     length - (length > 1 && row->field[at].text[length - 1] == ':'));
        return reader->lead;
    }
    bool number = row->count > 0 && field_number(&reader->harvest->style, first, &value);
    bool label = row->count > 0 && (number ? reader->numbered : reader->labelled);
    size_t length = label ? first->length - (first->length > 1 && first->text[first->length - 1] == ':') : 0;
    label_append(labels, label ? first->text : "", length);
    return label;
}

static bool trains_row(void *context, const struct row *row, struct error *error)
{
    struct trains_reader *reader = context;
    struct harvest *harvest = reader->harvest;
    struct error why;
    char name[32];
    uint32_t unit = (uint32_t)harvest->labels.count;
    size_t used = used_fields(reader, row);
    bool empty = is_empty(row);
    if (reader->skip > 0 && !empty) {
        reader->skip--;
        return true;
    }
    if (empty && harvest->style.lists) /* lists go on over lines; a neuron without spikes has an empty one */
        return true;
    reader->filled += count_filled(row, used);
    if (empty)
        note_empty(reader);
    harvest_restart(harvest);
    for (size_t i = take_label(reader, row); i < used; i++) {
        double time;
        if (row->field[i].length == 0)
            continue;
        if (!harvest_cell(harvest, row, i, "", &time, &why)) {
            snprintf(name, sizeof name, "column %zu", i + 1); /* which costs more than reading a number */
            harvest_cell(harvest, row, i, name, &time, &why);
            harvest_leave_out(harvest, row->line, &why);
            continue;
        }
        harvest_time(harvest, time);
        if (!harvest_spike(harvest, time, unit, error))
            return false;
    }
    return true;
}

/* Lines without spikes go, and the units after them move up. */
static void drop_empty(struct trains_reader *reader)
{
    struct harvest *harvest = reader->harvest;
    struct label_set *labels = &harvest->labels;
    size_t lines = labels->count - reader->first_label, kept = reader->first_label;
    uint32_t *place = xcalloc(lines, sizeof *place);
    for (size_t line = 0, e = 0; line < lines; line++) {
        char *label = labels->label[reader->first_label + line];
        if (e < reader->empties && reader->empty[e] == line) {
            free(label);
            e++;
            continue;
        }
        place[line] = (uint32_t)kept;
        labels->label[kept++] = label;
    }
    labels->count = kept;
    for (size_t i = reader->first_spike; i < harvest->spikes; i++)
        harvest->unit[i] = place[harvest->unit[i] - reader->first_label];
    free(place);
}

/* One empty line between any two, and one at the beginning and the end at most. */
static bool is_double_spaced(const struct trains_reader *reader)
{
    size_t lines = reader->harvest->labels.count - reader->first_label, trains = 0, run = 0;
    for (size_t line = 0, e = 0; line < lines; line++) {
        if (e < reader->empties && reader->empty[e] == line) {
            e++;
            if (++run > 1)
                return false;
            continue;
        }
        if (trains++ > 0 && run == 0)
            return false;
        run = 0;
    }
    return trains > 1;
}

static bool empty_is_silent(const struct trains_reader *reader)
{
    if (reader->told)
        return reader->told > 0;
    return reader->harvest->comments == 0 && !is_double_spaced(reader);
}

static void number_labels(struct trains_reader *reader)
{
    struct label_set *labels = &reader->harvest->labels;
    for (size_t i = reader->first_label; i < labels->count; i++) {
        struct text label = {0};
        if (reader->harvest->several)
            text_printf(&label, "%s:", reader->harvest->stem);
        if (labels->label[i][0])
            text_add(&label, labels->label[i]);
        else
            text_printf(&label, "%zu", i - reader->first_label);
        free(labels->label[i]);
        labels->label[i] = label.bytes;
    }
}

static void trains_finish(void *context)
{
    struct trains_reader *reader = context;
    struct text *remarks = &reader->harvest->remarks;
    const char *s = reader->empties == 1 ? "" : "s";
    bool silent = empty_is_silent(reader);
    if (reader->empties && !silent)
        drop_empty(reader);
    number_labels(reader);
    harvest_say_filled(reader->harvest, reader->filled, reader->zeros ? "0" : "nan or NA", "lines");
    if (reader->empties == 0 || reader->told)
        return;
    if (silent)
        text_printf(remarks,
                    *s ? "\n%zu empty lines count as neurons that never spike; empty=skip leaves them out"
                       : "\n%zu empty line counts as a neuron that never spikes; empty=skip leaves it out",
                    reader->empties);
    else
        text_printf(remarks, "\n%zu empty line%s %s no neuron%s; empty=silent makes %s a neuron that never spikes",
                    reader->empties, s, *s ? "are" : "is", s, *s ? "each" : "it");
}

static void trains_close(void *context)
{
    struct trains_reader *reader = context;
    free(reader->empty);
    free(reader);
}

/* ---- save ---- */

/* Lines need no label when their numbers are the labels and none is empty. */
static bool go_without_labels(const struct spike_source *source)
{
    char label[512], number[24];
    for (size_t i = 0; i < source->neurons; i++) {
        snprintf(number, sizeof number, "%zu", i);
        if (strcmp(source_label(source, (uint32_t)i, label, sizeof label), number) != 0 ||
            source_train(source, (uint32_t)i, -1.0 / 0.0, 1.0 / 0.0, NULL, 0) == 0)
            return false;
    }
    return true;
}

static void save_label(struct csv_writer *writer, const struct spike_source *source, uint32_t neuron)
{
    char buffer[512];
    struct text label = {0};
    text_printf(&label, "%s:", source_label(source, neuron, buffer, sizeof buffer));
    csv_write_text(writer, label.bytes);
    text_free(&label);
}

static void save_train(struct csv_writer *writer, const struct spike_source *source, uint32_t neuron, double **times,
                       size_t *capacity)
{
    size_t n = source_train(source, neuron, -1.0 / 0.0, 1.0 / 0.0, *times, *capacity);
    if (n > *capacity) {
        xgrow(times, capacity, n, sizeof **times);
        source_train(source, neuron, -1.0 / 0.0, 1.0 / 0.0, *times, *capacity);
    }
    for (size_t i = 0; i < n; i++)
        csv_write_number(writer, (*times)[i]);
    csv_write_end(writer);
}

static bool trains_save(struct csv_writer *writer, const struct spike_source *source, struct text *said,
                        struct error *error)
{
    bool bare = go_without_labels(source);
    double *times = NULL;
    size_t capacity = 0;
    (void)said;
    if (source->neurons == 0)
        return error_set(error,
                         "there is no neuron here to be written as a line; format=events writes such a recording");
    csv_write_comment(writer, OWN_COMMENT ": one neuron a line, times in s");
    for (size_t i = 0; i < source->neurons && !stop_requested(); i++) {
        if (!bare)
            save_label(writer, source, (uint32_t)i);
        save_train(writer, source, (uint32_t)i, &times, &capacity);
    }
    free(times);
    return true;
}

static const struct format_private trains = {
    .every_row = true,
    .empty_lines = true,
    .readings = trains_readings,
    .open = trains_open,
    .row = trains_row,
    .finish = trains_finish,
    .close = trains_close,
    .save = trains_save,
};

const struct spike_format format_trains = {
    .name = "trains",
    .summary = "one neuron a line: the times of its spikes",
    .private = &trains,
};
