#include "record/judge.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "evidence.h"
#include "record/format_private.h"
#include "text/column_name.h"

#define LEAST 2.0  /* points that a reading needs */
#define CLOSE 0.75 /* readings that are no further apart cannot be told apart */
#define SURE 2.5   /* points ahead of the second */

static void find_readings(struct reading_list *list, const struct look *look, const struct load_options *options,
                          const struct spike_format *only, size_t least)
{
    if (options->stimulus && !only) /* only rows that are samples have room for one */
        format_dense.private->readings(look, options, list);
    for (size_t i = 0; i < spike_format_count && !(options->stimulus && list->count); i++)
        if (!only || spike_formats[i] == only)
            spike_formats[i]->private->readings(look, options, list);
    bool told = only || options->columns || options->stimulus || options->dt > 0 || look_is_own(look) ||
                (look->style.lists && look->lead > 0);
    for (size_t i = 0; i < other_table_count && !told && look->sample.rows >= look->data + least; i++) {
        double shape = other_tables[i]->shape(look);
        if (shape > 0)
            reading_add(list, NULL, shape)->other = other_tables[i];
    }
    if (only && list->count == 0)
        reading_add(list, only, 0);
}

static void score(struct reading *reading, const struct look *look, const struct load_options *options)
{
    struct trial trial;
    reading->score = reading->shape;
    if (!reading->format)
        return;
    trial_run(&trial, look, options, reading);
    reading->units = trial.met;
    for (size_t i = 0; i < evidence_count; i++) {
        reading->points[i] = evidence[i].points(&trial);
        reading->score += reading->points[i];
    }
}

static int by_score(const void *a, const void *b)
{
    const struct reading *x = a, *y = b;
    return (x->score < y->score) - (x->score > y->score);
}

static bool has_ids_of(const struct reading_columns *all, const struct reading_columns *some)
{
    for (size_t i = 0; i < some->ids; i++)
        if (!reading_uses(all, some->id[i]))
            return false;
    return true;
}

/* Whether both give the same spikes of the same neurons, whatever these are called: with the same times, and columns of
 * which those that only one takes tell no more neurons apart. */
static bool are_alike(const struct reading *a, const struct reading *b)
{
    const struct reading_columns *x = &a->columns, *y = &b->columns;
    return x->time == y->time && x->time != NO_COLUMN && (x->ids > 0) == (y->ids > 0) && a->units == b->units &&
           (has_ids_of(x, y) || has_ids_of(y, x));
}

static size_t find_evidence(const char *name)
{
    size_t at = 0;
    while (strcmp(evidence[at].name, name) != 0)
        at++;
    return at;
}

/* Where the likeliest reading is one of a signal's samples, the signal is no time either. */
static void spread_sampled(struct reading_list *list)
{
    size_t at = find_evidence("sampled");
    const struct reading *likeliest = NULL;
    for (size_t i = 0; i < list->count; i++) {
        const struct reading *r = &list->reading[i];
        if (!likeliest || r->score - r->points[at] > likeliest->score - likeliest->points[at])
            likeliest = r;
    }
    for (size_t i = 0; i < list->count && likeliest->points[at] < 0; i++) {
        struct reading *r = &list->reading[i];
        if (r->points[at] == 0 && r->columns.ids > 0 && r->columns.time != likeliest->columns.time) {
            r->points[at] = likeliest->points[at];
            r->score += r->points[at];
        }
    }
}

static void sort(struct judgement *j)
{
    /* in the order of the formats where scores are equal: insertion, for qsort is not stable */
    for (size_t i = 1; i < j->list.count; i++) {
        struct reading moved = j->list.reading[i];
        size_t at = i;
        for (; at > 0 && by_score(&j->list.reading[at - 1], &moved) > 0; at--)
            j->list.reading[at] = j->list.reading[at - 1];
        j->list.reading[at] = moved;
    }
    j->best = j->list.count ? &j->list.reading[0] : NULL;
    for (size_t i = 1; i < j->list.count && !j->second; i++)
        if (j->list.reading[i].format && !are_alike(j->best, &j->list.reading[i]))
            j->second = &j->list.reading[i];
    j->sure = j->best && (!j->second || j->best->score - j->second->score >= SURE);
}

/* ---- nothing fits ---- */

static bool has_word(const struct look *look)
{
    for (size_t c = 0; c < look->names; c++)
        if (look->name[c][0])
            return true;
    return false;
}

static bool has_role(const struct look *look, enum column_role role)
{
    for (size_t c = 0; c < look->names; c++)
        if (look_role(look, c) == role)
            return true;
    return false;
}

/* "time, Context, Train or Spike_Index": names that are not those of the role. */
static void list_others(const struct look *look, enum column_role but, struct text *names)
{
    size_t n = 0, said = 0;
    for (size_t c = 0; c < look->names; c++)
        n += look_name(look, c) && look_role(look, c) != but;
    for (size_t c = 0; c < look->names && said < 8; c++) {
        char shown[FIELD_SHOWN];
        const char *name = look_name(look, c);
        if (!name || column_meaning(name).role == but)
            continue;
        text_printf(names, "%s%s",
                    said == 0       ? ""
                    : said + 1 == n ? " or "
                                    : ", ",
                    field_shown(shown, &(struct field){name, strlen(name)}));
        said++;
    }
    if (n > said)
        text_add(names, " ...");
}

static bool explain_names(const struct look *look, struct error *error)
{
    bool time = has_role(look, ROLE_TIME);
    struct text names = {0};
    const char *timed = "";
    for (size_t c = look->names; c > 0; c--)
        timed = look_role(look, c - 1) == ROLE_TIME ? look->name[c - 1] : timed;
    list_others(look, time ? ROLE_TIME : ROLE_NONE + 100, &names);
    if (time && look->names > 2)
        error_set(
            error,
            "it does not show which column is the neuron: %s; columns=%.40s,NAME says it, and format=cell that all "
            "spikes are of one",
            text_string(&names), timed);
    else
        error_set(error,
                  "no column is called a time (they are called %s), and none behaves like the times of spikes; "
                  "columns=NAME,NAME says which are the time and the neuron",
                  text_string(&names));
    text_free(&names);
    return false;
}

/* Whether the best reading, or another one with its times, has that against it. */
static bool has_point(const struct judgement *j, const char *name)
{
    size_t at = find_evidence(name);
    for (size_t i = 0; i < j->list.count; i++)
        if (j->list.reading[i].columns.time == j->best->columns.time && j->list.reading[i].points[at] < 0)
            return true;
    return false;
}

/* Of a table that would be spikes, had its neurons more than one each. */
static bool explain_many(const struct judgement *j, const struct look *look, struct error *error)
{
    char units[NUMBER_HUMAN], rows[NUMBER_HUMAN];
    struct text command = {0};
    reading_command(j->best, look, &command);
    error_set(error,
              "%s neurons in %s rows that were looked at: such a table says something of each neuron, and not when it "
              "spikes; "
              "%s takes it for spikes all the same",
              number_grouped(units, j->best->units), number_grouped(rows, look->sample.rows - look->data),
              text_string(&command));
    text_free(&command);
    return false;
}

/* Of a table that would be spikes, had no neuron such a number. */
static bool explain_below(const struct judgement *j, const struct look *look, struct error *error)
{
    char shown[COLUMN_SHOWN], least[NUMBER_HUMAN];
    struct text command = {0};
    size_t column = j->best->columns.id[0];
    for (size_t i = 0; i < j->best->columns.ids; i++)
        if (look_facts(look, j->best->columns.id[i])->least < -1)
            column = j->best->columns.id[i];
    reading_command(j->best, look, &command);
    error_set(error,
              "%s would be the neuron, but holds the number %s: the least that neurons have is -1, for spikes of none; "
              "%s takes it for the neuron all the same",
              look_column_shown(look, column, shown), number_round(least, look_facts(look, column)->least, 6),
              text_string(&command));
    text_free(&command);
    return false;
}

/* What is against a reading, and nothing else of weight. */
static bool is_below_only(const struct judgement *j)
{
    size_t at = find_evidence("below zero"), names = find_evidence("time name");
    return j->best && j->best->points[at] < 0 && j->best->points[names] > 0 && j->best->columns.ids > 0;
}

static bool explain_misfit(const struct judgement *j, const struct look *look, struct error *error)
{
    size_t numbers = 0, zeros = 0, cells = 0;
    for (size_t c = 0; c < look->columns; c++) {
        numbers += look->column[c].numbers;
        zeros += look->column[c].zeros;
        cells += look->column[c].cells;
    }
    if (j->best && j->best->score > -30 && has_point(j, "sampled"))
        return error_set(error,
                         "this looks like a signal that was sampled in equal steps, as a multimeter does, and holds "
                         "no spikes; load the file of the spikes, and this one beside it with stimulus=@FILE");
    if (j->best && has_point(j, "foreign"))
        return error_set(error,
                         "the columns are called as in a table of prices, weather or spectra, and not as spikes are; "
                         "columns=TIME,NEURON says which they are if these are spikes");
    if (is_below_only(j))
        return explain_below(j, look, error);
    if (cells > 0 && j->best && j->best->format && j->best->format->private->row_by_row && has_role(look, ROLE_TIME) &&
        10 * j->best->units > 9 * (look->sample.rows - look->data))
        return explain_many(j, look, error);
    if (cells == 0)
        return error_set(error, "there is a header here and no spike under it");
    if (4 * numbers < cells)
        return error_set(error, "there are mostly words here; a table of spikes has times and neurons");
    if (look->columns == 1 && numbers >= 8 && look->column[0].whole == numbers && look->column[0].least >= 0 &&
        10 * look->column[0].distinct < numbers)
        return error_set(error, "these look like the numbers of the neurons alone; their times are in another file: "
                                "paste -d, TIMES NEURONS > BOTH.csv puts them side by side");
    if (look->columns == 1)
        return error_set(error,
                         "there is one column here, and its numbers rise and fall like a signal; spikes need a column "
                         "of times and one of neurons, or format=cell reads the times of one neuron");
    if (2 * zeros > cells)
        return error_set(error, "mostly zeros, and no column rises as times do; dt=1ms makes each row a sample%s",
                         look->columns > 2 * (look->sample.rows - look->data)
                             ? "; if each row is a neuron, write it the other way round first"
                             : "");
    if (has_word(look) && look->names <= 12)
        return explain_names(look, error);
    return error_set(error, "no columns of times and neurons are found; columns=time,neuron says where they are, "
                            "format=dense that each column is a neuron, format=trains that each row is");
}

/* ---- deciding ---- */

/* Few rows cannot tell readings apart, and what is taken for what is seen at a glance. */
static bool is_enough(const struct look *look)
{
    return look->sample.rows >= look->data + 8;
}

/* ", or columns=time,neuron,neuron (both together)", where each takes another column for the neuron. */
static void add_both(const struct judgement *j, const struct look *look, struct text *both)
{
    struct reading joint = *j->best;
    const struct reading_columns *other = &j->second->columns;
    if (joint.columns.time != other->time || joint.columns.ids != 1 || other->ids != 1)
        return;
    joint.columns.id[joint.columns.ids++] = other->id[0];
    struct text command = {0};
    reading_command(&joint, look, &command);
    text_printf(both, ", or %s (both together)", command.bytes);
    text_free(&command);
}

static bool explain_tie(const struct judgement *j, const struct look *look, struct error *error)
{
    struct text one = {0}, other = {0}, first = {0}, second = {0}, both = {0};
    add_both(j, look, &both);
    reading_command(j->best, look, &one);
    reading_command(j->second, look, &other);
    reading_said(j->best, look, &first);
    reading_said(j->second, look, &second);
    error_set(error, "this can be read in %s ways, and nothing tells which is right: %s%s%s%s, %s%s%s%s%s%s",
              both.length ? "three" : "two", text_string(&one), first.length ? " (" : "", text_string(&first),
              first.length ? ")" : "", both.length ? "" : "or ", text_string(&other), second.length ? " (" : "",
              text_string(&second), second.length ? ")" : "", text_string(&both));
    text_free(&both);
    text_free(&one);
    text_free(&other);
    text_free(&first);
    text_free(&second);
    return false;
}

bool judge(struct judgement *j, const struct look *look, const struct load_options *options,
           const struct spike_format *only, size_t least, struct error *error)
{
    *j = (struct judgement){0};
    find_readings(&j->list, look, options, only, least);
    for (size_t i = 0; i < j->list.count; i++)
        score(&j->list.reading[i], look, options);
    spread_sampled(&j->list);
    sort(j);
    bool told = only || options->columns;
    if (!j->best || (j->best->score < LEAST && !told))
        return explain_misfit(j, look, error);
    if (j->best->other) {
        j->best->other->explain(look, error);
        return false;
    }
    if (!told && is_enough(look) && j->second && j->best->columns.time != NO_COLUMN &&
        j->second->columns.time != NO_COLUMN && j->best->score - j->second->score < CLOSE && j->second->score >= LEAST)
        return explain_tie(j, look, error);
    return true;
}

void judgement_free(struct judgement *j)
{
    free(j->list.reading);
    *j = (struct judgement){0};
}

void judgement_doubt(const struct judgement *j, const struct look *look, const struct load_options *options,
                     struct text *said)
{
    if (j->sure || !is_enough(look) || !j->second || j->second->score < LEAST || options->format || options->columns)
        return;
    struct text command = {0}, meaning = {0};
    reading_command(j->second, look, &command);
    reading_said(j->second, look, &meaning);
    text_printf(said, "\nnot sure: %s is nearly as likely (%.1f points to %.1f)%s%s", text_string(&command),
                j->second->score, j->best->score, meaning.length ? ": " : "", text_string(&meaning));
    text_free(&command);
    text_free(&meaning);
}

void judgement_explain(const struct judgement *j, const struct look *look, struct text *said)
{
    for (size_t i = 0; i < j->list.count; i++) {
        const struct reading *reading = &j->list.reading[i];
        struct text how = {0};
        reading_command(reading, look, &how);
        text_printf(said, "\n%zu. %s", i + 1, reading->format ? reading->format->name : reading->other->name);
        if (how.length && strncmp(how.bytes, "format=", 7) != 0)
            text_printf(said, " %s", how.bytes);
        text_printf(said, ": %.1f = form %.1f", reading->score, reading->shape);
        for (size_t e = 0; e < evidence_count; e++)
            if (fabs(reading->points[e]) >= 0.05)
                text_printf(said, ", %s %+.1f", evidence[e].name, reading->points[e]);
        text_free(&how);
    }
}
