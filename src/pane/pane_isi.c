/* The intervals between the spikes of the selected unit, as a histogram over a linear or a logarithmic axis.
 *
 * One walk over the train gives the numbers and fine logarithmic bins. From these the logarithmic picture is
 * made, and the reach of the linear one, which needs a second walk. Shorter intervals than a neuron can have,
 * the sign of a unit that is not one, are drawn in another ink and left of a line, and their share is shown.
 */
#include "pane/pane.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "draw/axis.h"
#include "draw/foot.h"
#include "draw/label.h"
#include "draw/note.h"
#include "draw/subject.h"
#include "draw/timebase.h"
#include "pane/pane_option.h"
#include "picture/plot.h"

enum { SCALE_LINEAR, SCALE_LOG };
enum { OVER_RECORD, OVER_WINDOW };

#define NAME_LEAST 7 /* columns */

/* Fine bins: so many a decade, from a microsecond to a day. */
#define PER_DECADE 40
#define DECADES 11
#define FINE_LOW 1e-6
#define FINE (PER_DECADE * DECADES)
/* Of longer trains only so many spikes are looked at, the newest. */
#define SPIKES_MOST 100000
/* The record of a live population is looked at so far back, or as far as its window. */
#define LIVE_RECORD 10.0

struct isi {
    const struct pane *pane;
    const struct subject *subject;
    struct axes axes;
    struct plot plot;
    bool log;
    double asked;          /* s, from when on it should count, */
    struct time_span span; /* and the time that does */
    bool cut;              /* more spikes than are looked at */
    double refractory;     /* s */
    double step;           /* s, of what has steps; 0: none */
    /* of the intervals */
    double later; /* the spike after those still to come, NaN: none yet */
    size_t count, below;
    double mean, squares, longest;
    uint32_t fine[FINE];
    /* of the picture */
    double low, high, bin; /* s; bin: of the linear one, or decades of the logarithmic one */
    size_t bins, beyond;
    uint32_t bar[PLOT_WIDEST];
};

static int fine_bin(double interval)
{
    double bin = floor(log10(interval / FINE_LOW) * PER_DECADE + 1e-6);
    return (int)fmin(fmax(bin, 0), FINE - 1);
}

/* Mean and sum of squared differences by Welford's way, which does not lose digits. */
static void count_interval(struct isi *h, double interval, double rounding)
{
    double off = interval - h->mean;
    h->count++;
    h->mean += off / (double)h->count;
    h->squares += off * (interval - h->mean);
    h->longest = fmax(h->longest, interval);
    h->below += interval < h->refractory - rounding;
    h->fine[fine_bin(interval)]++;
}

static void count_spike(void *context, double time, uint32_t neuron)
{
    struct isi *h = context;
    (void)neuron;
    if (h->later > time)
        count_interval(h, h->later - time, 4 * DBL_EPSILON * fabs(h->later));
    h->later = time;
}

/* Intervals of what has steps are whole numbers of them, up to rounding, and must not fall on both sides of
 * an edge. */
static size_t bin_of(const struct isi *h, double interval)
{
    double place = h->log ? log10(interval / h->low) / h->bin : interval / h->bin;
    return place + 1e-6 > 0 ? (size_t)(place + 1e-6) : 0;
}

static void fill_spike(void *context, double time, uint32_t neuron)
{
    struct isi *h = context;
    (void)neuron;
    if (h->later > time) {
        size_t bin = bin_of(h, h->later - time);
        if (bin < h->bins)
            h->bar[bin]++;
        else
            h->beyond++;
    }
    h->later = time;
}

static void walk(struct isi *h, spike_visitor *visit)
{
    h->later = NAN;
    source_walk(&h->subject->spikes, (uint32_t)h->subject->selected, span_low(&h->span), span_high(&h->span), visit, h);
}

/* ---- what is looked at ---- */

static void choose_span(struct isi *h, const struct timebase *time)
{
    const struct subject *s = h->subject;
    struct time_span record;
    bool window = pane_option_choice(h->pane, "over") == OVER_WINDOW;
    h->asked = time->first;
    h->span = subject_span(s, time->first, time->last);
    if (window || s->spikes.neurons == 0 || !source_extent(&s->spikes, &record))
        return;
    h->asked = subject_is_record(s) ? record.from : fmin(record.to - LIVE_RECORD, time->first);
    h->span = subject_span(s, h->asked, INFINITY);
}

/* Moves the beginning up to where the newest SPIKES_MOST begin. */
static void cut_train(struct isi *h)
{
    const struct spike_source *source = &h->subject->spikes;
    uint32_t neuron = (uint32_t)h->subject->selected;
    double one, low = span_low(&h->span), high = span_high(&h->span);
    h->cut = subject_is_record(h->subject) && source_train(source, neuron, low, high, &one, 1) > SPIKES_MOST;
    for (int i = 0; i < 60 && h->cut; i++) {
        double middle = low + (high - low) / 2;
        if (source_train(source, neuron, middle, span_high(&h->span), &one, 1) > SPIKES_MOST)
            low = middle;
        else
            high = middle;
    }
    h->span.from = h->cut ? high : h->span.from;
}

/* ---- bins ---- */

/* Below what interval a share of all lie. */
static double quantile(const struct isi *h, double share)
{
    size_t sum = 0, wanted = (size_t)ceil(share * (double)h->count);
    for (int i = 0; i < FINE; i++) {
        sum += h->fine[i];
        if (sum >= wanted)
            return FINE_LOW * pow(10, (i + 1.0) / PER_DECADE);
    }
    return h->longest;
}

/* More intervals allow finer bins: by the cube root of their number, as in Rice's rule, but twice as many,
 * for trains that pause have intervals of two kinds. */
static double bins_wanted(const struct isi *h)
{
    return fmin(fmax(4 * cbrt((double)h->count), 8), h->plot.width / 2.0);
}

static void plan_linear(struct isi *h)
{
    double asked = pane_option_number(h->pane, "bin");
    h->low = 0;
    h->high = axis_ceiling(fmax(quantile(h, 0.99), 1.5 * h->refractory));
    if (!isnan(asked)) {
        h->bin = fmax(asked, h->high / h->plot.width);
    } else {
        h->bin = axis_step(h->high / bins_wanted(h) * (1 - 1e-9), 1);
        if (h->step > 0)
            h->bin = fmax(round(h->bin / h->step), 1) * h->step;
    }
    h->bins = (size_t)ceil(h->high / h->bin - 1e-6);
    h->high = (double)h->bins * h->bin;
}

/* Whole decades from the shortest to the longest interval. */
static void plan_log(struct isi *h)
{
    int first = 0, last = FINE - 1;
    while (first < FINE - 1 && h->fine[first] == 0)
        first++;
    while (last > first && h->fine[last] == 0)
        last--;
    first -= first % PER_DECADE;
    last += PER_DECADE - last % PER_DECADE;
    double wanted = bins_wanted(h) * PER_DECADE / (last - first); /* a decade */
    int each = wanted >= 15 ? 2 : wanted >= 7 ? 4 : 8;
    h->low = FINE_LOW * pow(10, (double)first / PER_DECADE);
    h->high = FINE_LOW * pow(10, (double)last / PER_DECADE);
    h->bin = (double)each / PER_DECADE;
    h->bins = (size_t)((last - first) / each);
    for (int i = first; i < last; i++)
        h->bar[(i - first) / each] += h->fine[i];
}

static void make_bins(struct isi *h)
{
    if (h->log) {
        plan_log(h);
        return;
    }
    plan_linear(h);
    walk(h, fill_spike);
}

/* ---- drawing ---- */

/* Dot column of an interval, as a fraction. */
static double column_of(const struct isi *h, double interval)
{
    double place = h->log ? log10(interval / h->low) / log10(h->high / h->low) : interval / h->high;
    return place * h->plot.width;
}

static double highest(const struct isi *h)
{
    uint32_t most = 0;
    for (size_t i = 0; i < h->bins; i++)
        most = h->bar[i] > most ? h->bar[i] : most;
    return most;
}

/* Bars that are wide enough keep a column of dots between them. */
static void draw_bars(const struct isi *h, double top)
{
    double wide = (double)h->plot.width / (double)h->bins;
    for (size_t i = 0; i < h->bins; i++) {
        int from = (int)ceil((double)i * wide - 1e-9), to = (int)ceil((double)(i + 1) * wide - 1e-9);
        double edge = h->log ? h->low * pow(10, ((double)i + 1) * h->bin) : ((double)i + 1) * h->bin;
        bool short_ones = edge <= h->refractory * (1 + 1e-6);
        if (wide >= 4)
            to--;
        for (int x = from; x < to && h->bar[i] > 0; x++)
            plot_line(&h->plot, x, plot_up(&h->plot, h->bar[i], 0, top), x, h->plot.height - 1,
                      short_ones ? INK_WARN : INK_SPIKE, 4);
    }
}

static void draw_marks(const struct isi *h, struct canvas *canvas)
{
    double limit = column_of(h, h->refractory), mean = column_of(h, h->mean) / h->plot.across;
    if (limit > 0)
        plot_rule(&h->plot, limit, 0x250A, INK_MARK);
    if (h->log)
        axes_draw_decades(&h->axes, canvas, h->low, h->high);
    else if (h->high < 2)
        axes_draw_across(&h->axes, canvas, 0, 1000 * h->high, " ms");
    else
        axes_draw_across(&h->axes, canvas, 0, h->high, " s");
    if (h->axes.line && mean >= 0 && mean < h->plot.area.width)
        canvas_put(canvas, h->plot.area.x + (int)mean, h->axes.data.y + h->axes.data.height, 0x25B2, INK_MARK);
}

/* What the numbers beside the picture are. Returns the columns used. */
static int draw_unit(const struct isi *h, struct canvas *canvas)
{
    const struct rect *r = &h->axes.header;
    const char *unit = r->width >= 44 ? "count  " : r->width >= 24 ? "n  " : "";
    canvas_text(canvas, r->x, r->y, r->width, INK_DIM, unit);
    return (int)strlen(unit);
}

/* "neuron 7: 1 445 intervals, ▲ mean 41.5 ms, CV 0.98", shorter where that does not fit. */
static void draw_header(const struct isi *h, struct canvas *canvas)
{
    const struct rect *r = &h->axes.header;
    char text[2 * LABEL_BYTES], rest[5][192], count[NUMBER_HUMAN], intervals[NUMBER_COUNTED], mean[NUMBER_HUMAN],
        cv[32] = "";
    if (!r->height)
        return;
    int used = draw_unit(h, canvas), room = r->width - used;
    number_grouped(count, h->count);
    int digits = h->subject->recording ? 0 : 5; /* that run stay in their place */
    snprintf(mean, sizeof mean, h->mean < 1 ? "%*.1f ms" : "%*.2f s", digits, h->mean < 1 ? 1000 * h->mean : h->mean);
    if (h->count >= 2)
        snprintf(cv, sizeof cv, ", CV %.2f", sqrt(h->squares / (double)h->count) / h->mean);
    number_counted(intervals, h->count, "interval");
    for (int i = 0; i < 3; i++)
        snprintf(rest[i], sizeof rest[i], ": %s, ▲%s %s%s", i < 2 ? intervals : count, i ? "" : " mean", mean, cv);
    snprintf(rest[3], sizeof rest[3], ": %s, ▲ %s", count, mean);
    snprintf(rest[4], sizeof rest[4], ": %s", count);
    const char *const forms[] = {rest[0], rest[1], rest[2], rest[3], rest[4]};
    size_t tries = room >= canvas_columns(canvas, rest[2]) + NAME_LEAST ? 3 : 5; /* rather no CV than no name */
    label_heading(canvas, h->subject, (uint32_t)h->subject->selected, "", forms, tries, room, text, sizeof text);
    canvas_text_cut(canvas, r->x + used, r->y, room, INK_SELECTED, text);
}

static void write_foot(const struct isi *h, char *foot, size_t size)
{
    char text[128], shorter[128], length[NUMBER_HUMAN], percent[NUMBER_HUMAN];
    struct foot f = foot_begin(h->plot.canvas, foot, size, h->axes.header.width);
    number_human(length, h->refractory, DIMENSION_TIME);
    double share = 100.0 * (double)h->below / (double)h->count;
    number_round(percent, share, share > 99 ? 4 : 2); /* 99.7 is not all */
    snprintf(text, sizeof text, "%s %% below %s", percent, length);
    snprintf(shorter, sizeof shorter, "%s %% < %s", percent, length);
    foot_add(&f, text, shorter);
    if (h->log)
        snprintf(text, sizeof text, "%.0f bins a decade", 1 / h->bin);
    else
        snprintf(text, sizeof text, "bins of %s", number_human(length, h->bin, DIMENSION_TIME));
    foot_add(&f, text, NULL);
    snprintf(text, sizeof text, "▶ %s longer", number_grouped(length, h->beyond));
    if (h->beyond > 0)
        foot_add(&f, text, NULL);
    if (h->cut)
        foot_add(&f, "the newest 100 000", "the newest");
    if (!h->subject->recording && pane_option_choice(h->pane, "over") == OVER_RECORD) {
        snprintf(text, sizeof text, "last %s", number_human(length, round(span_length(&h->span)), DIMENSION_TIME));
        foot_add(&f, text, NULL);
    }
    foot_add(&f, subject_since(h->subject, h->asked, h->span.to, text, sizeof text), NULL);
}

/* What stands where there is nothing to draw; "" when there is. */
static void missing(const struct isi *h, char *out, size_t size)
{
    const struct subject *s = h->subject;
    char label[LABEL_BYTES];
    out[0] = '\0';
    if (subject_is_rate_model(s))
        snprintf(out, size, "a rate model has no spikes, and so no intervals");
    else if (s->selected < 0 || (size_t)s->selected >= s->spikes.neurons)
        snprintf(out, size, "no neuron is selected: a click, Up or Down in a pane, or select %s NEURON", s->name);
    else if (h->count == 0)
        snprintf(out, size, "neuron %s: no interval between spikes yet",
                 subject_label(s, (uint32_t)s->selected, label, sizeof label));
}

static void look(struct isi *h, struct canvas *canvas, struct rect inner)
{
    h->log = pane_option_choice(h->pane, "scale") == SCALE_LOG;
    h->refractory = pane_option_number(h->pane, "refractory");
    h->step = subject_step(h->subject);
    h->axes = axes_fit(inner, 3);
    h->plot = plot_over(canvas, h->axes.data);
    struct timebase time = timebase_of(h->subject, &h->plot);
    choose_span(h, &time);
    if (h->subject->selected >= 0 && (size_t)h->subject->selected < h->subject->spikes.neurons) {
        cut_train(h);
        walk(h, count_spike);
    }
}

static void isi_draw(const struct pane *pane, const struct subject *s, struct canvas *canvas, struct rect inner,
                     char *foot, size_t size)
{
    struct isi h = {.pane = pane, .subject = s};
    char note[LABEL_BYTES + 64];
    foot[0] = '\0';
    look(&h, canvas, inner);
    missing(&h, note, sizeof note);
    if (note[0]) {
        note_draw(canvas, inner, note);
        return;
    }
    if (h.plot.width < 1 || h.plot.height < 1)
        return;
    make_bins(&h);
    double top = pane_top(pane, axis_ceiling(highest(&h) * 1.02));
    if (top >= 1000) { /* wider labels */
        char label[AXIS_LABEL];
        h.axes = axes_fit(inner, (int)strlen(axis_label(label, top, 1)));
        h.plot = plot_over(canvas, h.axes.data);
    }
    plot_ground(&h.plot, INK_MARK);
    axes_draw_up(&h.axes, canvas, 0, top);
    draw_bars(&h, top);
    draw_marks(&h, canvas);
    draw_header(&h, canvas);
    write_foot(&h, foot, size);
}

static void isi_title(const struct pane *pane, const struct subject *s, char *out, size_t size)
{
    (void)s;
    snprintf(out, size, "intervals %s%s", pane->subject,
             pane_option_choice(pane, "scale") == SCALE_LOG ? " (log)" : "");
}

static struct word_list scale_words(void)
{
    static const char *const names[] = {[SCALE_LINEAR] = "linear", [SCALE_LOG] = "log"};
    return (struct word_list){"scale", 2, word_plain, names};
}

static struct word_list over_words(void)
{
    static const char *const names[] = {[OVER_RECORD] = "record", [OVER_WINDOW] = "window"};
    return (struct word_list){"time", 2, word_plain, names};
}

static bool isi_check(const struct pane *pane, struct error *error)
{
    if (pane_option_choice(pane, "scale") == SCALE_LOG && pane_option_told(pane, "bin"))
        return error_set(error, "bin= belongs to scale=linear, and this is scale=log");
    return true;
}

static const struct pane_option isi_options[] = {
    {.name = "scale", .words = scale_words, .fallback = "linear", .help = "the axis of intervals"},
    {.name = "bin",
     .dimension = DIMENSION_TIME,
     .high = 1e9,
     .help = "width of a bin (default: a round one, finer for more spikes)"},
    {.name = "refractory",
     .dimension = DIMENSION_TIME,
     .high = 1e9,
     .fallback = "2ms",
     .help = "shorter intervals are marked, and their share is shown"},
    {.name = "over",
     .words = over_words,
     .fallback = "record",
     .help = "the time that counts: the record (of populations the last 10 s) or what panes show"},
    {0},
};

const struct pane_type pane_isi = {
    .name = "isi",
    .summary = "histogram of the selected unit's intervals between spikes",
    .options = isi_options,
    .check = isi_check,
    .title = isi_title,
    .draw = isi_draw,
};
