/* The files of one run were written by one program: in one layout, with times in one unit. What differs in
 * the writing alone (a header here and none there, another delimiter) is read all the same and said. Another
 * layout is refused, and so are times that reach a hundred times as far and by themselves would be read in
 * another unit, because merging them gives a picture that is wrong and looks right. A file of few rows
 * decides nothing. */
#include "record/siblings.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "record/judge.h"

#define LEAST_ROWS 3
#define LEAST_SPIKES 10
#define GUESSED_FROM ((size_t)20000) /* spikes, at most */
#define CLEARLY 3.0                  /* points */
#define FAR 100.0

void siblings_free(struct siblings *siblings)
{
    text_free(&siblings->writing);
    text_free(&siblings->otherwise);
}

bool siblings_fit(const struct siblings *siblings, const struct reading *reading, const struct look *look,
                  const struct load_options *options, const char *name, struct error *error)
{
    struct error ignored;
    if (siblings->first[0] == '\0' || options->format || look->sample.rows < look->data + LEAST_ROWS)
        return true;
    struct judgement judgement;
    bool other = judge(&judgement, look, options, NULL, 0, &ignored) && judgement.best->format != reading->format &&
                 judgement.best->score - reading->score >= CLEARLY;
    if (other)
        error_set(error,
                  "%s: this file looks like %s, but %s before it was read as %s; load it by itself, or "
                  "format=%s "
                  "says that all are",
                  name, judgement.best->format->name, siblings->first, reading->format->name, reading->format->name);
    judgement_free(&judgement);
    return !other;
}

static void describe_writing(struct text *text, const struct look *look)
{
    static const char *const headers[] = {"no header", "header", "header in a comment"};
    text_printf(text, "%s, %s", look_delimiter_name(look->style.delimiter), headers[look->header]);
    for (size_t c = 0; c < look->names; c++)
        text_printf(text, "%s%.40s", c ? " " : " (", look->name[c]);
    text_add(text, look->names ? ")" : "");
}

static void compare_writing(struct siblings *siblings, const struct look *look, const char *name)
{
    struct text writing = {0};
    describe_writing(&writing, look);
    if (siblings->first[0] == '\0') {
        snprintf(siblings->first, sizeof siblings->first, "%s", name);
        siblings->writing = writing;
        return;
    }
    if (strcmp(writing.bytes, siblings->writing.bytes) == 0) {
        text_free(&writing);
        return;
    }
    if (siblings->others++ > 0) {
        text_free(&writing);
        return;
    }
    snprintf(siblings->other, sizeof siblings->other, "%s", name);
    siblings->otherwise = writing;
}

static struct time_unit guess_unit(const struct harvest *harvest, size_t before)
{
    size_t n = harvest->spikes - before;
    n = n < GUESSED_FROM ? n : GUESSED_FROM;
    double *time = xreallocarray(NULL, n, sizeof *time);
    uint32_t *unit = xreallocarray(NULL, n, sizeof *unit), *index = xcalloc(harvest->labels.count, sizeof *index),
             units = 0;
    memcpy(time, harvest->time + before, n * sizeof *time);
    for (size_t i = 0; i < n; i++) {
        uint32_t label = harvest->unit[before + i];
        index[label] = index[label] ? index[label] : ++units;
        unit[i] = index[label] - 1;
    }
    free(index);
    struct recording *recording = recording_new(xcalloc(units, sizeof(char *)), units, time, unit, n);
    struct time_unit guess = time_unit_guess(recording, harvest->seconds_handicap - harvest->whole);
    recording_free(recording);
    return guess;
}

static double find_span(const struct harvest *harvest, size_t before)
{
    double least = INFINITY, most = -INFINITY;
    for (size_t i = before; i < harvest->spikes; i++) {
        least = fmin(least, harvest->time[i]);
        most = fmax(most, harvest->time[i]);
    }
    return most - least;
}

static bool compare_units(struct siblings *siblings, const struct harvest *harvest, size_t before, struct error *error)
{
    if (harvest->known.name[0] || harvest->in_seconds || harvest->spikes < before + LEAST_SPIKES)
        return true;
    double span = find_span(harvest, before);
    if (siblings->timed[0] && (span == 0 || (span < FAR * siblings->span && siblings->span < FAR * span)))
        return true;
    struct time_unit unit = guess_unit(harvest, before);
    if (!siblings->timed[0]) {
        snprintf(siblings->timed, sizeof siblings->timed, "%s", harvest->file);
        siblings->span = span;
        siblings->unit = unit;
        return true;
    }
    return strcmp(unit.name, siblings->unit.name) == 0 ||
           error_set(error,
                     "%s: its times go over %.6g and look like %s, those of %s over %.6g and like %s; load each by "
                     "itself, or unit= says what all are in",
                     harvest->file, span, unit.name, siblings->timed, siblings->span, siblings->unit.name);
}

bool siblings_add(struct siblings *siblings, const struct look *look, const struct harvest *harvest, size_t before,
                  struct error *error)
{
    compare_writing(siblings, look, harvest->file);
    return compare_units(siblings, harvest, before, error);
}

void siblings_report(const struct siblings *siblings, size_t files, struct text *said)
{
    if (siblings->others)
        text_printf(said,
                    "\n%zu of %zu files %s written otherwise than the first (%s), and read by %s own "
                    "columns: %s (%s)",
                    siblings->others, files, siblings->others == 1 ? "is" : "are", text_string(&siblings->writing),
                    siblings->others == 1 ? "its" : "their", siblings->other, text_string(&siblings->otherwise));
}
