/* The look and the formats are those of load; the unit is guessed from what was harvested so far. */
#include "follow/follow_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "follow/follow_lines.h"
#include "record/judge.h"
#include "text/column_name.h"
#include "text/input.h"

#define ROWS_TO_REFUSE 8 /* fewer may look like anything */

static bool read_options(struct follow_table *t, struct error *error)
{
    if (!load_options_read(&t->options, &t->format, &t->look_options, error))
        return false;
    return !t->format || t->format->private->row_by_row ||
           error_set(error,
                     "format=%s cannot be followed: only in a table of events or samples does each row "
                     "stand for itself",
                     t->format->name);
}

bool follow_table_init(struct follow_table *t, const struct load_options *options, struct error *error)
{
    *t = (struct follow_table){0};
    load_options_take(&t->options, options);
    harvest_init(&t->harvest);
    if (read_options(t, error))
        return true;
    follow_table_free(t);
    return false;
}

void follow_table_close(struct follow_table *t)
{
    if (!t->reader)
        return;
    t->format->private->close(t->reader);
    t->reader = NULL;
    harvest_free(&t->harvest);
    harvest_init(&t->harvest);
    look_free(&t->look);
}

void follow_table_free(struct follow_table *t)
{
    follow_table_close(t);
    harvest_free(&t->harvest);
    text_free(&t->described);
    text_free(&t->override);
    load_options_free(&t->options);
}

/* ---- looking ---- */

static bool choose_reading(struct follow_table *t, struct judgement *judgement, struct error *error)
{
    const struct spike_format *told = t->options.format ? t->format : NULL;
    if (t->look.style.lists)
        return error_set(
            error, "these are lists in brackets, which cannot be followed; load reads them when the file is complete");
    if (!judge(judgement, &t->look, &t->options, told, ROWS_TO_REFUSE, error))
        return t->look.sample.failed ? error_set(error, "%s", without_place(&t->look.sample.error))
               : t->look.sample.rows < t->look.data + ROWS_TO_REFUSE
                   ? error_set(error,
                               "no columns of times and neurons are found in what came so far; columns=time,neuron "
                               "says where they are")
                   : false;
    t->format = judgement->best->format;
    return t->format->private->row_by_row ||
           error_set(error, "this looks like format=%s, which cannot be followed; load reads it when it is complete",
                     t->format->name);
}

bool follow_table_open(struct follow_table *t, const char *bytes, size_t length, struct error *error)
{
    if (length >= 2 && memcmp(bytes, "\x1f\x8b", 2) == 0)
        return error_set(error, "this is compressed by gzip and cannot be followed; load reads it when it is complete, "
                                "and gzip -dc FILE | lifscope - shows it as it comes");
    if (length >= 2 && (!memcmp(bytes, "\xff\xfe", 2) || !memcmp(bytes, "\xfe\xff", 2) || !bytes[1] || !bytes[0]))
        return error_set(error, "this is UTF-16 text and cannot be followed; load reads it when it is complete, and "
                                "iconv -f UTF-16 -t UTF-8 FILE | lifscope - shows it as it comes");
    struct input *input = input_memory("", bytes, length, 0);
    bool good = look_at(&t->look, input, &t->look_options, error);
    input_close(input);
    if (!good) {
        struct error placed = *error;
        return error_set(error, "%s", without_place(&placed));
    }
    struct judgement judgement = {0}; /* of what is refused before it is judged */
    if (choose_reading(t, &judgement, error))
        t->reader = format_open(t->format, &t->look, judgement.best, &t->options, &t->harvest, error);
    judgement_free(&judgement);
    if (!t->reader) {
        harvest_free(&t->harvest);
        harvest_init(&t->harvest);
        look_free(&t->look);
        return false;
    }
    return true;
}

/* ---- unit of time ---- */

/* The harvest as a recording, in its own unit and without labels: what the unit is guessed from. */
static struct time_unit guess_unit(const struct harvest *h)
{
    size_t n = h->spikes;
    double *time = xreallocarray(NULL, n, sizeof *time);
    uint32_t *unit = xreallocarray(NULL, n, sizeof *unit);
    if (n) {
        memcpy(time, h->time, n * sizeof *time);
        memcpy(unit, h->unit, n * sizeof *unit);
    }
    char **labels = xcalloc(h->labels.count, sizeof *labels);
    struct recording *r = recording_new(labels, h->labels.count, time, unit, n);
    if (h->samples && h->falls == 0) {
        double *sample = xreallocarray(NULL, h->samples, sizeof *sample);
        memcpy(sample, h->sample, h->samples * sizeof *sample);
        recording_set_samples(r, sample, h->samples);
    }
    struct time_unit guess = time_unit_guess(r, h->seconds_handicap - (h->whole && h->rows > 0));
    recording_free(r);
    return guess;
}

static void describe(struct follow_table *t)
{
    static const char *const headers[] = {"no header", "header", "header in a comment"};
    const struct harvest *h = &t->harvest;
    struct text *out = &t->described;
    text_clear(out);
    text_printf(out, "%s, %s, %s", t->format->name, look_delimiter_name(t->look.style.delimiter),
                headers[t->look.header]);
    if (h->columns[0])
        text_printf(out, " (%s)", h->columns);
    text_printf(out, ": time in %s", t->unit.name);
    if (t->origin != UNIT_GUESSED)
        text_printf(out, " (%s)", t->origin == UNIT_TOLD ? "as told" : h->unit_from);
    text_clear(&t->override);
    if (t->origin != UNIT_TOLD)
        text_add(&t->override, strcmp(t->unit.name, "ms") == 0 ? "unit=s" : "unit=ms");
    if (h->override[0])
        text_printf(&t->override, "%s%s", t->override.length ? " or " : "", h->override);
}

void follow_table_choose_unit(struct follow_table *t)
{
    struct error ignored;
    t->origin = t->options.unit ? UNIT_TOLD : t->harvest.unit_of_time.name[0] ? UNIT_NAMED : UNIT_GUESSED;
    if (t->origin == UNIT_TOLD)
        time_unit_parse(t->options.unit, &t->unit, &ignored); /* it was read before */
    else
        t->unit = t->origin == UNIT_NAMED ? t->harvest.unit_of_time : guess_unit(&t->harvest);
    describe(t);
}

double follow_table_set_unit(struct follow_table *t, const struct time_unit *unit)
{
    double factor = unit->times / unit->over / (t->unit.times / t->unit.over);
    t->harvest.shift = 0;
    t->unit = *unit;
    t->origin = UNIT_TOLD;
    describe(t);
    return factor;
}

double follow_table_seconds(const struct follow_table *t, double time)
{
    return t->harvest.in_seconds || t->harvest.shift ? time : time * t->unit.times / t->unit.over;
}

/* ---- header ---- */

/* Words only, and one of them names a time. */
static bool is_header(const struct follow_table *t, const struct row *row)
{
    bool time = false;
    double value;
    for (size_t c = 0; c < row->count; c++) {
        if (field_number(&t->look.style, &row->field[c], &value))
            return false;
        time = time || column_meaning(row->field[c].text).role == ROLE_TIME;
    }
    return time && row->count > 1;
}

/* The names are others, but mean the same: "t,id" and "time,neuron". */
static bool means_the_same(const struct follow_table *t, const struct row *row)
{
    if (t->harvest.in_order || row->count != t->look.columns)
        return false;
    for (size_t c = 0; c < row->count; c++) {
        struct column_meaning new = column_meaning(row->field[c].text);
        const char *name = look_name(&t->look, c);
        struct column_meaning old = column_meaning(name ? name : row->field[c].text);
        if (new.role != old.role || strcmp(new.unit, old.unit) != 0 ||
            (new.role == ROLE_TIME && !name &&c != t->harvest.time_column))
            return false;
    }
    return true;
}

enum follow_header follow_table_header(const struct follow_table *t, const struct row *row)
{
    if (look_is_header_again(&t->look, row))
        return FOLLOW_SAME_HEADER;
    if (!is_header(t, row))
        return FOLLOW_NO_HEADER;
    return t->options.columns || means_the_same(t, row) ? FOLLOW_SAME_HEADER : FOLLOW_OTHER_HEADER;
}

bool follow_table_agree(const struct follow_table *a, const struct follow_table *b)
{
    return a->format == b->format && a->look.style.delimiter == b->look.style.delimiter &&
           a->look.style.decimal_comma == b->look.style.decimal_comma &&
           a->harvest.time_column == b->harvest.time_column && a->look.columns == b->look.columns;
}
