/* The cells of the sample are given to the reader as rows, as they would come from the file. Rates and intervals are
 * measured over the first rows, which follow one another, everything else over all of them. */
#include "trial.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "record/format_private.h"

#define GUESSED_FROM ((size_t)2500) /* spikes */
#define ENOUGH ((size_t)20000)      /* spikes of three rows or more, where each is a train or a sample */

/* Of a unit, while spikes pass by. */
struct passing {
    double time;
    size_t count;
};

static size_t run_rows(struct trial *t, void *reader, struct harvest *harvest)
{
    const struct sample *s = &t->look->sample;
    const struct format_private *format = t->reading->format->private;
    struct field *field = NULL;
    size_t capacity = 0, head = 0;
    for (size_t r = format->every_row ? 0 : t->look->data; r < s->rows && (t->rows < 3 || harvest->spikes < ENOUGH);
         r++) {
        size_t width = sample_width(s, r);
        struct error ignored;
        xgrow(&field, &capacity, width + 1, sizeof *field);
        for (size_t c = 0; c < width; c++)
            field[c] = sample_field(s, sample_cell(s, r, c));
        struct row row = {.line = s->line[r], .count = width, .field = field};
        t->rows++;
        if (!format->row(reader, &row, &ignored))
            t->unread++;
        head = r < s->head ? harvest->spikes : head;
    }
    free(field);
    return head;
}

/* Falls, repeats and steps, of which the first `head` spikes' follow one another, and how many units a larger sample
 * would show (Chao's estimate: of those met once and twice). */
static void measure(struct trial *t, const struct harvest *h, size_t head)
{
    size_t once = 0, twice = 0, met = 0;
    double step = 0;
    struct passing *unit = xcalloc(h->labels.count + 1, sizeof *unit);
    t->spikes = h->spikes;
    t->same_step = true;
    for (size_t i = 0; i < h->spikes; i++) {
        struct passing *u = &unit[h->unit[i]];
        double time = h->time[i];
        t->steps += i > 0;
        t->falls += i > 0 && time < h->time[i - 1];
        if (u->count++ > 0) {
            double by = time - u->time;
            step = t->within_steps++ == 0 ? by : step;
            t->within += by < 0;
            t->repeats += by == 0;
            t->same_step &= i >= head || (by > 0 && fabs(by - step) <= 0.01 * step);
        }
        u->time = time;
    }
    for (size_t u = 0; u < h->labels.count; u++) {
        once += unit[u].count == 1;
        twice += unit[u].count == 2;
        met += unit[u].count > 0;
    }
    free(unit);
    bool whole = t->look->rows <= (double)t->rows;
    t->total = whole ? (double)h->spikes : (double)h->spikes * t->look->rows / (double)t->rows;
    t->met = met;
    t->units = (double)met;
    if (!whole && once)
        t->units += (double)once * (double)(once - 1) / (2 * (double)(twice + 1));
    if (t->units > t->total)
        t->units = t->total;
    if (!t->reading->format->private->row_by_row) { /* each train begins anew, which the reader knows */
        t->falls = h->falls;
        t->steps = h->spikes;
    }
}

static struct recording *record(const struct harvest *h, size_t spikes)
{
    size_t n = spikes < GUESSED_FROM ? spikes : GUESSED_FROM;
    double *time = xreallocarray(NULL, n, sizeof *time);
    uint32_t *unit = xreallocarray(NULL, n, sizeof *unit), *index = xcalloc(h->labels.count + 1, sizeof *index),
             units = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t label = h->unit[i];
        time[i] = h->time[i];
        index[label] = index[label] ? index[label] : ++units;
        unit[i] = index[label] - 1;
    }
    free(index);
    return recording_new(xcalloc(units, sizeof(char *)), units, time, unit, n);
}

static void weigh_times(struct trial *t, const struct harvest *h, size_t head)
{
    if (head < 2)
        return;
    struct recording *r = record(h, head);
    t->unit = (struct time_unit){"s", 1, 1};
    if (harvest_scale(h) == 0)
        t->unit = time_unit_guess(r, h->seconds_handicap - h->whole);
    else if (!h->in_seconds && h->shift == 0)
        t->unit = h->known;
    t->charge = time_unit_implausibility(r, &t->unit);
    t->shorter = time_unit_shorter(r, &t->unit, &t->intervals);
    recording_free(r);
}

void trial_run(struct trial *t, const struct look *look, const struct load_options *options,
               const struct reading *reading)
{
    struct harvest harvest;
    struct error ignored;
    *t = (struct trial){.look = look, .options = options, .reading = reading};
    harvest_init(&harvest);
    void *reader = format_open(reading->format, look, reading, options, &harvest, &ignored);
    if (!reader && !options->unit) { /* perhaps for want of the length of a step, which is not to be judged */
        struct load_options counted = *options;
        counted.unit = "samples@30000";
        harvest_free(&harvest);
        harvest_init(&harvest);
        reader = format_open(reading->format, look, reading, &counted, &harvest, &ignored);
        t->uncounted = reader != NULL;
    }
    if (reader) {
        t->opened = true;
        size_t head = run_rows(t, reader, &harvest);
        measure(t, &harvest, head);
        weigh_times(t, &harvest, head);
        reading->format->private->close(reader);
    }
    harvest_free(&harvest);
}
