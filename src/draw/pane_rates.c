/* Rates over time: one over the interval between spikes, held from the first to the second, against what the curve
 * says about the input of that moment. A column of dots shows the mean of that over its time.
 *
 * The interval that is still open at the end counts as soon as it is longer than the one before: its rate is then at
 * most one over the time waited, and falls towards what the next spike will show. With no neuron selected the whole
 * population's mean is shown, spikes per neuron and second in bins of a length that is said. */
#include "draw/pane.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "draw/axis.h"
#include "draw/foot.h"
#include "draw/marks.h"
#include "draw/note.h"
#include "draw/plot.h"
#include "draw/predict.h"
#include "draw/subject.h"
#include "draw/timebase.h"

struct rates {
    const struct pane *pane;
    const struct subject *subject;
    const struct population *population; /* NULL: nothing to predict from */
    struct axes axes;
    struct plot plot;
    struct timebase time;
    double top;   /* Hz at the upper edge */
    double bin;   /* s, of the mean of all neurons */
    bool clipped; /* something was above it */
};

/* The mean rate in each column: sum / time of what is known of it. */
struct columns {
    double sum[PLOT_WIDEST], time[PLOT_WIDEST];
};

static void add_span(struct columns *c, struct span span, double rate)
{
    int first = (int)span.from, last = (int)span.to;
    for (int i = first; i <= last; i++) {
        double part = fmin(span.to, i + 1) - fmax(span.from, i);
        c->sum[i] += rate * part;
        c->time[i] += part;
    }
}

static void add_interval(const struct rates *r, struct columns *c, double from, double to, double rate)
{
    struct span span[2];
    int spans = timebase_spans(&r->time, from, to, span);
    for (int i = 0; i < spans; i++)
        add_span(c, span[i], rate);
}

/* How far spikes are known: scrolled back, the interval at the right edge is closed by a spike outside. */
static double known_until(const struct rates *r)
{
    double first, end;
    if (r->time.sweep || !source_span(&r->subject->spikes, &first, &end))
        return r->time.last;
    return fmin(end, r->time.last + fmax(r->time.to - r->time.from, 1));
}

/* A train read backwards, spike by spike. */
struct walk {
    const struct rates *rates;
    struct columns *columns;
    double end, later; /* how far is known; the spike after those still to come, NaN: none yet */
    bool closed;       /* an interval was seen */
};

static void walk_spike(struct walk *w, double time)
{
    if (time == w->later)
        return; /* the same spike twice */
    if (!isnan(w->later)) {
        double interval = w->later - time;
        if (!w->closed && w->end - w->later > interval)
            add_interval(w->rates, w->columns, w->later, w->end, 1 / (w->end - w->later));
        add_interval(w->rates, w->columns, time, w->later, 1 / interval);
        w->closed = true;
    }
    w->later = time;
}

/* The rate of a neuron in each column. One that is silent has rate 0. */
static void measure(const struct rates *r, uint32_t neuron, struct columns *columns)
{
    enum { ROOM = 1024 };
    const struct spike_source *source = &r->subject->spikes;
    double reach = r->subject->recording ? INFINITY : fmax(r->time.to - r->time.from, 1);
    double times[ROOM], last = known_until(r);
    struct walk w = {.rates = r, .columns = columns, .end = last, .later = NAN};
    memset(columns, 0, sizeof *columns);
    for (bool more = true; more;) {
        size_t all = source_train(source, neuron, r->time.first, last, times, ROOM);
        for (size_t i = all < ROOM ? all : ROOM; i-- > 0;)
            walk_spike(&w, times[i]);
        more = all > ROOM;
        last = nextafter(more ? times[0] : r->time.first, -INFINITY);
    }
    if (source_train(source, neuron, r->time.first - reach, last, times, 1) > 0)
        walk_spike(&w, times[0]);
    if (!w.closed)
        add_interval(r, columns, r->time.first, w.end, 0);
}

static double rate_of(const struct columns *c, int column)
{
    return c->time[column] > 0 ? c->sum[column] / c->time[column] : NAN;
}

static double dot_of(struct rates *r, double rate)
{
    if (rate > r->top)
        r->clipped = true;
    return plot_up(&r->plot, fmin(rate, r->top), 0, r->top);
}

/* The neurons before and after the selected one in the display order, -1 where there is none. */
static void neighbours(const struct subject *s, long out[2])
{
    long place = subject_place(s, s->selected);
    out[0] = place > 0 ? (long)subject_neuron(s, (size_t)place - 1) : -1;
    out[1] = place >= 0 && (size_t)place + 1 < subject_places(s) ? (long)subject_neuron(s, (size_t)place + 1) : -1;
}

/* How long a bin of the mean is: a dot, but two samples of a dense recording and some twenty spikes at least, else the
 * line would show how finely it was drawn. */
static double bin_of(const struct rates *r)
{
    const struct subject *s = r->subject;
    double window = r->time.last - r->time.first, bin = (r->time.to - r->time.from) / r->time.width;
    size_t spikes = source_count(&s->spikes, r->time.first, r->time.last);
    if (spikes > 0)
        bin = fmax(bin, fmin(20 * window / (double)spikes, window / 20));
    if (s->recording && s->recording->samples > 1)
        bin = fmax(bin, 2 * (s->recording->last - s->recording->first) / (double)(s->recording->samples - 1));
    return bin;
}

static size_t samples_before(const struct recording *recording, double time)
{
    size_t low = 0, high = recording->samples;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (recording->sample_time[middle] < time)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The time for which [from, to) stands. Whole steps fall into it, one more or one less: each counts with its length.
 * 0 when it is not known. */
static double time_known(const struct subject *s, double from, double to)
{
    if (s->history) {
        size_t a = history_find(s->history, from), b = history_find(s->history, to);
        return a == 0 || b <= a ? 0 : history_time(s->history, b - 1) - history_time(s->history, a - 1);
    }
    if (s->recording && s->recording->samples > 1) {
        double step = (s->recording->last - s->recording->first) / (double)(s->recording->samples - 1);
        return step * (double)(samples_before(s->recording, to) - samples_before(s->recording, from));
    }
    return to - from;
}

/* Mean rate of all neurons round one dot column, NaN where it is not known (yet). */
static double mean_of_column(const struct rates *r, int column)
{
    const struct subject *s = r->subject;
    double middle = timebase_time(&r->time, column);
    double from = fmax(middle - r->bin / 2, r->time.first), to = fmin(middle + r->bin / 2, r->time.last);
    if (to - from < 0.49 * r->bin || s->spikes.neurons == 0)
        return NAN;
    double known = time_known(s, from, to);
    size_t spikes = source_count(&s->spikes, from, nextafter(to, -INFINITY));
    return known > 0 ? (double)spikes / known / (double)s->spikes.neurons : NAN;
}

/* A line through what each column has; not across the cursor, where the page before begins, nor across gaps. */
static void draw_line(struct rates *r, const struct columns *c, enum ink ink, int on)
{
    double before = NAN, time = NAN;
    for (int column = 0; column < r->plot.width; column++) {
        double now = timebase_time(&r->time, column), rate = rate_of(c, column);
        double y = isnan(rate) ? NAN : dot_of(r, rate);
        bool joined = !isnan(before) && now > time;
        plot_line(&r->plot, joined ? column - 1 : column, joined ? before : y, column, y, ink, on);
        before = y;
        time = now;
    }
}

/* Single dots, faint enough to stay in the background. */
static void draw_faint(struct rates *r, const struct columns *c, enum ink ink)
{
    for (int column = 0; column < r->plot.width; column += 2)
        if (c->time[column] > 0)
            plot_dot(&r->plot, column, (int)lround(dot_of(r, rate_of(c, column))), ink);
}

static double prediction_of_column(const struct rates *r, int column)
{
    double time = timebase_time(&r->time, column);
    const double *x = time <= r->time.last && time >= r->time.first ? subject_input(r->subject, time) : NULL;
    if (!x)
        return NAN;
    if (r->subject->selected < 0)
        return predict_mean(r->population, predict_curve(r->pane), x);
    return population_rate(r->population, predict_curve(r->pane), (size_t)r->subject->selected, x);
}

static void fill(const struct rates *r, double (*value)(const struct rates *, int), struct columns *c)
{
    for (int column = 0; column < r->plot.width; column++) {
        c->sum[column] = value(r, column);
        c->time[column] = isnan(c->sum[column]) ? 0 : 1;
    }
}

static bool has_spikes(const struct rates *r, long neuron)
{
    return neuron >= 0 && (size_t)neuron < r->subject->spikes.neurons;
}

/* What is measured: of the selected neuron, or the mean of all. */
static bool measured(const struct rates *r, struct columns *c)
{
    long selected = r->subject->selected;
    if (selected < 0)
        fill(r, mean_of_column, c);
    else if (has_spikes(r, selected))
        measure(r, (uint32_t)selected, c);
    else
        return false;
    return true;
}

static double highest_of(const struct rates *r, struct columns *c)
{
    double most = 0;
    long neuron[3] = {r->subject->selected, -1, -1};
    if (neuron[0] >= 0)
        neighbours(r->subject, neuron + 1);
    for (int i = 0; i < 3; i++) {
        if (i == 0 ? !measured(r, c) : !has_spikes(r, neuron[i]))
            continue;
        if (i > 0)
            measure(r, (uint32_t)neuron[i], c);
        for (int column = 0; column < r->plot.width; column++)
            most = fmax(most, rate_of(c, column));
    }
    return most;
}

static double top_of(const struct rates *r, struct columns *c)
{
    if (!r->population)
        return axis_ceiling(highest_of(r, c) * 1.05);
    const struct rate_curve *curve = predict_curve(r->pane);
    return r->subject->selected < 0 ? predict_mean_ceiling(r->population, curve)
                                    : predict_ceiling(r->population, curve, r->subject->selected);
}

/* "neuron 31: 143 Hz, predicted 147 Hz", each number three digits wide so that nothing moves; shorter where that does
 * not fit. */
static void draw_selected(const struct rates *r, struct canvas *canvas, int x, int room)
{
    const struct subject *s = r->subject;
    char label[64], measured_text[96] = "", predicted[64] = "", unit[] = " Hz";
    uint32_t neuron = (uint32_t)s->selected;
    subject_label(s, neuron, label, sizeof label);
    if (s->spikes.neurons > 0)
        snprintf(measured_text, sizeof measured_text, ": %3.0f Hz", subject_rate_now(s, neuron));
    double rate = NAN;
    if (r->population && s->x)
        rate = population_rate(r->population, predict_curve(r->pane), neuron, s->x);
    const char *word = "neuron ";
    if (!isnan(rate))
        snprintf(predicted, sizeof predicted, ", predicted %3.0f", rate);
    int fixed = canvas_columns(canvas, label) + (int)strlen(measured_text);
    if (fixed + (int)strlen(predicted) + 10 > room)
        unit[0] = '\0';
    if (fixed + (int)strlen(predicted) + 7 > room)
        word = "";
    if (!isnan(rate) && fixed + (int)strlen(predicted) > room)
        snprintf(predicted, sizeof predicted, ", %s%3.0f", fixed + 9 > room ? "~" : "pred ", rate);
    char text[200];
    snprintf(text, sizeof text, "%s%s%s", word, label, measured_text);
    int used = canvas_text_cut(canvas, x, r->axes.header.y, room, INK_SELECTED, text);
    snprintf(text, sizeof text, "%s%s", predicted, *predicted ? unit : "");
    canvas_text_cut(canvas, x + used, r->axes.header.y, room - used, INK_PREDICT, text);
}

static void draw_header(const struct rates *r, struct canvas *canvas)
{
    const struct rect *h = &r->axes.header;
    if (!h->height)
        return;
    int x = r->axes.data.x, room = h->x + h->width - x;
    if (r->axes.left >= 2)
        canvas_text(canvas, x - 3, h->y, 2, INK_DIM, "Hz");
    if (r->subject->selected >= 0) {
        draw_selected(r, canvas, x, room);
        return;
    }
    char text[96], count[NUMBER_HUMAN], bin[AXIS_LABEL];
    int used = snprintf(text, sizeof text, "mean of %s neurons", number_grouped(count, r->subject->neurons));
    if (r->bin > 0 && used + 14 <= room)
        snprintf(text + used, sizeof text - (size_t)used, ", %s bins", axis_scale(bin, r->bin));
    canvas_text_cut(canvas, x, h->y, room, INK_PLAIN, text);
}

static void write_foot(const struct rates *r, char *foot, size_t size)
{
    const struct subject *s = r->subject;
    char text[96], shorter[96];
    struct foot f = foot_begin(r->plot.canvas, foot, size, r->axes.header.width);
    marks_foot(&f, &r->axes, s);
    const char *name = r->population ? predict_curve(r->pane)->title : "";
    if (!r->population)
        foot_add(&f, "— spikes", NULL);
    else if (s->spikes.neurons == 0) {
        snprintf(text, sizeof text, "┄ %s", name);
        foot_add(&f, text, NULL);
    } else {
        snprintf(text, sizeof text, "— spikes  ┄ %s predicts", name);
        snprintf(shorter, sizeof shorter, "— spikes ┄ %s", name);
        foot_add(&f, text, shorter);
    }
    if (s->selected >= 0 && s->spikes.neurons > 1)
        foot_add(&f, "dots: neighbours", NULL);
    if (r->clipped)
        foot_add(&f, "▲ more above", "▲");
}

static struct rates rates_fit(const struct pane *pane, const struct subject *s, struct canvas *canvas,
                              struct rect inner)
{
    struct rates r = {.pane = pane, .subject = s, .axes = axes_fit(inner, pane->margin > 3 ? pane->margin : 3)};
    if (s->population && s->history)
        r.population = s->population;
    r.plot = plot_over(canvas, r.axes.data);
    r.plot.apart = true;
    r.time = timebase_of(s, &r.plot);
    r.bin = s->selected < 0 && s->spikes.neurons > 0 && r.plot.width > 0 ? bin_of(&r) : 0;
    return r;
}

static void draw_near(struct rates *r, struct columns *c)
{
    long near[2];
    if (r->subject->selected < 0)
        return;
    neighbours(r->subject, near);
    for (int i = 0; i < 2; i++)
        if (has_spikes(r, near[i])) {
            measure(r, (uint32_t)near[i], c);
            draw_faint(r, c, INK_NEAR);
        }
}

static void rates_draw(const struct pane *pane, const struct subject *s, struct canvas *canvas, struct rect inner,
                       char *foot, size_t size)
{
    struct rates r = rates_fit(pane, s, canvas, inner);
    foot[0] = '\0';
    if (r.plot.width < 1 || r.plot.height < 1)
        return;
    struct columns c;
    r.top = top_of(&r, &c);
    plot_ground(&r.plot, INK_MARK);
    axes_draw_up(&r.axes, canvas, 0, r.top);
    draw_near(&r, &c);
    if (r.population) {
        fill(&r, prediction_of_column, &c);
        draw_line(&r, &c, INK_PREDICT, 3);
    }
    if (measured(&r, &c))
        draw_line(&r, &c, INK_SELECTED, 4);
    axes_draw_across(&r.axes, canvas, s->from, s->to, " s");
    draw_header(&r, canvas);
    timebase_cursor(&r.time, &r.plot, &r.axes, s);
    write_foot(&r, foot, size);
}

static void rates_hit(const struct pane *pane, const struct subject *s, struct rect inner, int x, int y,
                      struct pane_hit *hit)
{
    struct canvas canvas = {.width = inner.x + inner.width, .height = inner.y + inner.height, .glyphs = GLYPHS_BRAILLE};
    struct rates r = rates_fit(pane, s, &canvas, inner);
    if (plot_holds(&r.plot, x, y))
        hit->time = timebase_time(&r.time, (x - r.plot.area.x) * r.plot.across + r.plot.across / 2);
}

static int rates_margin(const struct subject *s, int width)
{
    (void)s;
    (void)width;
    return 3;
}

static void rates_title(const struct pane *pane, const struct subject *s, char *out, size_t size)
{
    const char *how = !s || s->spikes.neurons == 0 ? "" : s->selected < 0 ? " (mean)" : " (ISI)";
    snprintf(out, size, "rates %s%s", pane->subject, how);
}

static const struct pane_option rates_options[] = {PREDICT_OPTION, {0}};

const struct pane_type pane_rates = {
    .name = "rates",
    .summary = "firing rate over time from inter-spike intervals, against the predicted one",
    .at_first = true,
    .options = rates_options,
    .title = rates_title,
    .draw = rates_draw,
    .margin = rates_margin,
    .hit = rates_hit,
};
