/* The list of formats, and what their readers share. A new format is a file format_x.c and its word here. */
#include "record/format.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/word.h"
#include "base/xalloc.h"
#include "record/format_private.h"
#include "text/number_form.h"

const struct spike_format *const spike_formats[] = {
    &format_events, &format_dense, &format_trains, &format_nest,   &format_sonata, &format_columns,
    &format_axion,  &format_mcs,   &format_cell,   &format_trials, &format_spike2,
};
const size_t spike_format_count = sizeof spike_formats / sizeof *spike_formats;

static const char *format_name(const void *list, size_t i)
{
    return ((const struct spike_format *const *)list)[i]->name;
}

const struct spike_format *spike_format_find(const char *name, struct error *error)
{
    const struct word_list words = {"format", spike_format_count, format_name, spike_formats};
    long found = word_find(&words, name, strlen(name), error);
    return found < 0 ? NULL : spike_formats[found];
}

const struct spike_format *spike_format_saved(size_t i)
{
    for (size_t k = 0; k < spike_format_count; k++)
        if (spike_formats[k]->private->save && i-- == 0)
            return spike_formats[k];
    return NULL;
}

/* ---- options ---- */

#define OPTION_TEXTS 7

static void list_texts(struct load_options *options, const char **text[OPTION_TEXTS])
{
    text[0] = &options->format;
    text[1] = &options->unit;
    text[2] = &options->columns;
    text[3] = &options->delimiter;
    text[4] = &options->header;
    text[5] = &options->stimulus;
    text[6] = &options->empty;
}

void load_options_take(struct load_options *options, const struct load_options *from)
{
    struct load_options given = *from;
    const char **mine[OPTION_TEXTS], **theirs[OPTION_TEXTS];
    list_texts(options, mine);
    list_texts(&given, theirs);
    for (size_t i = 0; i < OPTION_TEXTS; i++) {
        if (!*theirs[i])
            continue;
        char *copy = xstrdup(*theirs[i]);
        free((char *)*mine[i]);
        *mine[i] = copy;
    }
    if (from->dt > 0)
        options->dt = from->dt;
}

void load_options_free(struct load_options *options)
{
    const char **text[OPTION_TEXTS];
    list_texts(options, text);
    for (size_t i = 0; i < OPTION_TEXTS; i++)
        free((char *)*text[i]);
    *options = (struct load_options){0};
}

/* Which of `count` words it is; -1 with a sentence, and -2 when it was not told. */
static long find_told(const char *told, const char *kind, const char *const *words, size_t count, struct error *error)
{
    const struct word_list list = {kind, count, word_plain, words};
    return told ? word_find(&list, told, strlen(told), error) : -2;
}

bool load_options_read(const struct load_options *options, const struct spike_format **format,
                       struct look_options *look, struct error *error)
{
    static const char *const delimiters[] = {"comma", "semicolon", "tab", "space", "bar", "colon"};
    static const char *const switches[] = {"off", "on"};
    struct time_unit unit;
    if (options->format && !(*format = spike_format_find(options->format, error)))
        return false;
    if (options->unit && !time_unit_parse(options->unit, &unit, error))
        return false;
    long delimiter =
        find_told(options->delimiter, "delimiter", delimiters, sizeof delimiters / sizeof *delimiters, error);
    long header = delimiter == -1 ? -1 : find_told(options->header, "header", switches, 2, error);
    if (header == -1)
        return false;
    if (delimiter >= 0)
        look->delimiter = ",;\t |:"[delimiter];
    if (header >= 0)
        look->header = header ? 1 : -1;
    return true;
}

/* ---- what readers share ---- */

/* Times known to be thousandths of a second become seconds in the text, by moving the point: no digit is
 * lost. */
static void settle_unit(struct harvest *harvest, const struct load_options *options)
{
    static const struct {
        const char *unit;
        int shift;
    } shifts[] = {{"ms", -3}, {"us", -6}, {"ns", -9}};
    struct error ignored;
    harvest->known = harvest->unit_of_time;
    if (options->unit)
        time_unit_parse(options->unit, &harvest->known, &ignored); /* it was read before */
    for (size_t i = 0; i < sizeof shifts / sizeof *shifts && !harvest->in_seconds; i++)
        if (strcmp(harvest->known.name, shifts[i].unit) == 0)
            harvest->shift = shifts[i].shift;
}

void *format_open(const struct spike_format *format, const struct look *look, const struct reading *reading,
                  const struct load_options *options, struct harvest *harvest, struct error *error)
{
    harvest->style = look->style;
    harvest->shift = 0;
    harvest->in_seconds = false;
    harvest->unit_of_time = harvest->known = (struct time_unit){.name = ""};
    harvest_restart(harvest);
    void *reader = format->private->open(look, reading, options, harvest, error);
    if (reader)
        settle_unit(harvest, options);
    return reader;
}

bool format_named_unit(struct harvest *harvest, size_t column, const char *unit, const char *from,
                       const struct load_options *options, struct error *error)
{
    bool formed = number_form_is_in(&harvest->style, column);
    if (formed && harvest->style.clock) {
        unit = "s";
        from = UNIT_OF_CLOCK;
    } else if (formed && harvest->style.unit[0]) {
        unit = harvest->style.unit;
        from = UNIT_OF_CELLS;
    }
    bool steps = strcmp(unit, "steps") == 0, counted = steps || strcmp(unit, "samples") == 0;
    if (options->unit || (unit[0] == '\0' && options->dt == 0))
        return true;
    if (options->dt > 0 && !counted)
        return error_set(error, "dt= is for files without times or with numbers of steps; here %s",
                         unit[0] ? "the column of times says its unit" : "are times, and unit= says in what");
    if (counted && options->dt == 0)
        return error_set(error, "%s%s counts %s: unit=%s says how long one is",
                         strncmp(from, "column ", 7) == 0 ? "" : "the time in ", from, unit,
                         steps ? "steps@0.1ms (or dt=0.1ms)" : "samples@30000");
    snprintf(harvest->unit_from, sizeof harvest->unit_from, "%s", from);
    if (!counted)
        return time_unit_parse(unit, &harvest->unit_of_time, error);
    harvest->unit_of_time = time_unit_steps(options->dt);
    strcpy(harvest->unit_from, "from dt");
    return true;
}
