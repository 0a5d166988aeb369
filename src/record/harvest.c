/* Times and units grow side by side; labels are put in order only at the end, when all are known. */
#include "record/harvest.h"

#include <stdlib.h>

#include "base/number.h"
#include "text/decimal.h"

void harvest_init(struct harvest *harvest)
{
    *harvest = (struct harvest){.whole = true, .previous = -INFINITY, .file = "", .stem = "0", .counted = "rows"};
}

void harvest_free(struct harvest *harvest)
{
    label_free(&harvest->labels);
    free(harvest->time);
    free(harvest->unit);
    free(harvest->sample);
    free(harvest->stimulus);
    text_free(&harvest->remarks);
    text_free(&harvest->left_out);
}

bool harvest_grow(struct harvest *harvest, struct error *error)
{
    if (harvest->spikes >= UINT32_MAX - 1)
        return error_set(error, "more than 4 294 967 294 spikes are too many for one recording");
    xgrow(&harvest->time, &harvest->time_capacity, harvest->spikes + 1, sizeof *harvest->time);
    xgrow(&harvest->unit, &harvest->unit_capacity, harvest->spikes + 1, sizeof *harvest->unit);
    return true;
}

static bool read_cell(struct harvest *harvest, const struct row *row, size_t column, int shift, const char *name,
                      double *value, struct error *error)
{
    char shown[FIELD_SHOWN];
    const struct field *field = &row->field[column];
    bool number = field_number_shifted(&harvest->style, field, shift, value);
    harvest->infinite = number && !isfinite(*value);
    if (!number)
        return error_set(error, "'%s' in %s is not a number", field_shown(shown, field), name);
    if (harvest->infinite)
        return error_set(error, "'%s' in %s: a finite number is wanted", field_shown(shown, field), name);
    return true;
}

bool harvest_cell(struct harvest *harvest, const struct row *row, size_t column, const char *name, double *time,
                  struct error *error)
{
    return read_cell(harvest, row, column, harvest->shift, name, time, error);
}

bool harvest_number(struct harvest *harvest, const struct row *row, size_t column, const char *name, double *value,
                    struct error *error)
{
    bool good = read_cell(harvest, row, column, 0, name, value, error);
    harvest->infinite = false; /* that is said of times */
    return good;
}

void harvest_leave_out(struct harvest *harvest, size_t line, const struct error *why)
{
    (harvest->infinite ? tally_not_finite : tally_unparsable)(&harvest->tally, harvest->file, line, why);
    harvest->infinite = false;
}

void harvest_say_filled(struct harvest *harvest, size_t cells, const char *with, const char *what)
{
    char number[NUMBER_HUMAN];
    if (cells)
        text_printf(&harvest->remarks, "\n%s cell%s with %s fill%s up the %s and %s no spike%s",
                    number_grouped(number, cells), cells == 1 ? "" : "s", with, cells == 1 ? "s" : "", what,
                    cells == 1 ? "is" : "are", cells == 1 ? "" : "s");
}

#define LEFT_OUT 200 /* bytes of names tell enough */

/* Files of one run have the same columns: each is named once. */
void harvest_leave_column(struct harvest *h, const struct look *look, size_t column)
{
    if (h->left_out.length > LEFT_OUT)
        return;
    struct text name = {0};
    char shown[COLUMN_SHOWN], label[FIELD_SHOWN];
    const char *said = look_name(look, column);
    text_printf(&name, "%s",
                said ? field_shown(label, &(struct field){said, strlen(said)})
                     : look_column_shown(look, column, shown));
    if (!strstr(text_string(&h->left_out), name.bytes))
        text_printf(&h->left_out, "%s%s", h->left_out.length ? ", " : "", name.bytes);
    text_free(&name);
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void put_labels_in_order(struct harvest *h)
{
    uint32_t *rank = label_sort(&h->labels);
    bool moved = false;
    for (size_t i = 0; i < h->labels.count; i++)
        moved |= rank[i] != i;
    for (size_t i = 0; i < h->spikes && moved; i++)
        h->unit[i] = rank[h->unit[i]];
    free(rank);
}

struct recording *harvest_build(struct harvest *h)
{
    if (!h->in_order)
        put_labels_in_order(h);
    h->time = xreallocarray(h->time, h->spikes, sizeof *h->time);
    h->unit = xreallocarray(h->unit, h->spikes, sizeof *h->unit);
    struct recording *r = recording_new(h->labels.label, h->labels.count, h->time, h->unit, h->spikes);
    if (h->samples) {
        if (h->falls)
            qsort(h->sample, h->samples, sizeof *h->sample, by_value);
        recording_set_samples(r, h->sample, h->samples);
        h->sample = NULL;
    }
    if (h->left_out.length)
        r->left_out = xstrdup(h->left_out.bytes);
    r->stimulus = h->stimulus;
    h->time = h->stimulus = NULL;
    h->unit = NULL;
    h->labels.label = NULL;
    h->labels.count = 0;
    return r;
}
