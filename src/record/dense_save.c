/* A dense file has a row for every sample. Where the source knows its samples (the steps of a simulation, the
 * rows of the file it came from) these are the rows; otherwise there must be a step of which all times
 * between spikes are multiples, or the layout cannot hold them. */
#include "dense_save.h"
#include "own_times.h"

#include <float.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/stop.h"
#include "text/column_name.h"

#define MOST_CELLS 1e9
#define OFF_GRID 1e-3 /* of a step */

struct rows_of_times {
    const struct spike_source *source;
    size_t rows;
    bool known;         /* by the source */
    double first, step; /* otherwise */
};

struct times {
    size_t spikes;
    double first, last;
    double noise;  /* what rounding does to the difference of two times */
    double common; /* the longest step of which all differences so far are multiples; 0: none yet */
    double step, worst;
};

/* Euclid's algorithm on lengths that are known to within `noise`. */
static double common_step(double a, double b, double noise)
{
    while (b > noise) {
        double rest = fmod(a, b);
        if (b - rest <= noise)
            rest = 0;
        a = b;
        b = rest;
    }
    return a;
}

static void find_span(void *context, double time, uint32_t neuron)
{
    struct times *t = context;
    (void)neuron;
    t->first = t->spikes++ == 0 ? time : t->first;
    t->last = time;
}

static void find_step(void *context, double time, uint32_t neuron)
{
    struct times *t = context;
    (void)neuron;
    if (time - t->last > t->noise)
        t->common = common_step(time - t->last, t->common, t->noise);
    if (t->common > 0 && time > t->first) /* the longer the way, the better the step is known */
        t->common = (time - t->first) / round((time - t->first) / t->common);
    t->last = time;
}

static void find_worst(void *context, double time, uint32_t neuron)
{
    struct times *t = context;
    (void)neuron;
    double off = fabs(time - t->first - round((time - t->first) / t->step) * t->step);
    t->worst = off > t->worst ? off : t->worst;
}

static void each_spike(const struct spike_source *source, spike_visitor *visit, void *context)
{
    source_each(source, -INFINITY, INFINITY, visit, context);
}

/* Whether t->common, found within t->noise, is a step for all. */
static bool try_noise(const struct spike_source *source, struct times *t, double noise)
{
    t->noise = noise;
    t->common = t->worst = 0;
    t->last = t->first;
    each_spike(source, find_step, t);
    if (t->common == 0)
        return t->last == t->first;
    t->step = (t->last - t->first) / round((t->last - t->first) / t->common);
    if (t->common < 100 * t->noise)
        return false;
    each_spike(source, find_worst, t);
    return t->worst <= OFF_GRID * t->step;
}

/* Euclid's remainders carry the rounding of the times on, as often as the step goes into a difference: 486
 * steps of 0.1 ms need more noise to be allowed than two. What is found is tried on all times anyway. */
static bool find_grid(struct rows_of_times *rows, struct error *error)
{
    struct times t = {0};
    bool found = false;
    each_spike(rows->source, find_span, &t);
    double rounding = DBL_EPSILON * fmax(fabs(t.first), fabs(t.last));
    for (double times = 64; times < 1e5 && !found; times *= 1000)
        found = try_noise(rows->source, &t, times * rounding);
    if (!found)
        return error_set(error,
                         "the times do not lie on one grid of steps, so they are no rows of samples; format=events "
                         "and format=trains keep them as they are");
    double steps = t.common > 0 ? round((t.last - t.first) / t.step) : 0;
    rows->first = t.first;
    rows->step = t.step;
    rows->rows = steps < (double)(SIZE_MAX / 2) ? (size_t)steps + (t.spikes > 0) : SIZE_MAX / 2;
    return true;
}

static bool find_rows(struct rows_of_times *rows, struct error *error)
{
    char number[NUMBER_HUMAN];
    rows->known = source_samples(rows->source) > 0;
    rows->rows = source_samples(rows->source);
    if (!rows->known && !find_grid(rows, error))
        return false;
    double cells = (double)rows->rows * (double)rows->source->neurons;
    return cells <= MOST_CELLS ||
           error_set(error, "%s cells would be written; format=events writes a row for each spike only",
                     number_grouped(number, (unsigned long long)cells));
}

static double row_time(const struct rows_of_times *rows, size_t row)
{
    return rows->known ? source_sample(rows->source, row) : rows->first + (double)row * rows->step;
}

struct writing {
    struct rows_of_times rows;
    struct csv_writer *writer;
    size_t row;   /* the one being filled */
    bool *spiked; /* [neurons] in it */
    double time;  /* of its spikes */
    bool any;
    bool mark; /* the next time gets digits that it does not need */
    bool good;
    struct error *error;
};

static void end_row(struct writing *w)
{
    double time = w->any ? w->time : row_time(&w->rows, w->row);
    if (w->mark)
        own_times_mark(w->writer, time);
    else
        csv_write_number(w->writer, time);
    w->mark = false;
    for (size_t i = 0; i < w->rows.source->neurons; i++)
        csv_write_integer(w->writer, w->spiked[i]);
    csv_write_end(w->writer);
    memset(w->spiked, 0, w->rows.source->neurons * sizeof *w->spiked);
    w->any = false;
    w->row++;
}

static void write_spike(void *context, double time, uint32_t neuron)
{
    struct writing *w = context;
    char label[512], at[NUMBER_EXACT];
    double tolerance = w->rows.known ? 0 : OFF_GRID * w->rows.step;
    if (stop_requested())
        return; /* the rest of the walk costs little */
    while (w->good && w->row < w->rows.rows && row_time(&w->rows, w->row) + tolerance < time)
        end_row(w);
    if (!w->good)
        return;
    if (w->row == w->rows.rows || row_time(&w->rows, w->row) - tolerance > time)
        w->good =
            error_set(w->error, "the spike at %s s is not on a sample; format=events keeps it", number_exact(at, time));
    else if (w->spiked[neuron])
        w->good = error_set(w->error,
                            "unit %.100s spikes twice at %s s, and a cell holds one spike; format=events keeps both",
                            source_label(w->rows.source, neuron, label, sizeof label), number_exact(at, time));
    else
        w->spiked[neuron] = true;
    w->time = time;
    w->any = true;
}

/* A column of that name would be no neuron's. */
static bool is_taken(enum column_role role)
{
    return role == ROLE_TIME || role == ROLE_NEURON || role == ROLE_POPULATION || role == ROLE_OFFSET;
}

static bool write_header(struct writing *w)
{
    char label[512];
    csv_write_text(w->writer, DENSE_TIME);
    for (size_t i = 0; i < w->rows.source->neurons; i++) {
        const char *name = source_label(w->rows.source, (uint32_t)i, label, sizeof label);
        if (is_taken(column_meaning(name).role) || name[0] == '\0')
            return error_set(w->error,
                             "a column '%.60s' would be read as something else than a neuron; format=trains "
                             "keeps such a label",
                             name);
        w->mark |= column_meaning(name).role != ROLE_NONE; /* "x", which may be a pixel's */
        csv_write_text(w->writer, name);
    }
    csv_write_end(w->writer);
    return true;
}

bool dense_save(struct csv_writer *writer, const struct spike_source *source, struct text *said, struct error *error)
{
    struct writing w = {.rows = {.source = source}, .writer = writer, .good = true, .error = error};
    (void)said;
    if (source->neurons == 0)
        return error_set(error,
                         "there is no neuron here to be written as a column; format=events writes such a recording");
    if (!find_rows(&w.rows, error) || !write_header(&w))
        return false;
    w.spiked = xcalloc(source->neurons, sizeof *w.spiked);
    each_spike(source, write_spike, &w);
    while (w.good && w.row < w.rows.rows && !stop_requested())
        end_row(&w);
    free(w.spiked);
    return w.good;
}
