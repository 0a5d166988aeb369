/* Rates over time: of the selected neuron, by the intervals between its spikes or by a kernel, and faintly of its
 * neighbours, against what the curve says about the input of that moment. A column of dots shows the mean over its
 * time. With no neuron selected the mean of all is shown, spikes per neuron and second in bins of a length that is
 * said. */
#include "pane/pane.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "draw/axis.h"
#include "draw/elsewhere.h"
#include "draw/label.h"
#include "draw/foot.h"
#include "draw/marks.h"
#include "draw/mean_rate.h"
#include "draw/note.h"
#include "draw/rate_columns.h"
#include "draw/subject.h"
#include "draw/timebase.h"
#include "pane/predict.h"
#include "picture/plot.h"

struct rates {
    const struct pane *pane;
    const struct subject *subject;
    const struct population *population; /* NULL: nothing to predict from */
    struct axes axes;
    struct plot plot;
    struct timebase time;
    double top;                    /* Hz at the upper edge */
    double bin;                    /* s, of the mean of all neurons */
    int parts;                     /* of a bin that is a dot wide, over which its range is taken */
    bool clipped;                  /* something was above it */
    struct spike_spread smoothing; /* kind NULL: intervals */
    /* What is measured: of the selected neuron or the mean of all, and of the two beside the selected one. */
    bool has[3];
    struct rate_columns measured[3];
};

/* A kernel's keys alone say which method is meant. */
static bool by_kernel(const struct pane *pane)
{
    return pane_option_told(pane, "method")
               ? pane_option_choice(pane, "method") == 1
               : pane_option_told(pane, "kernel") || pane_option_told(pane, "tau") || pane_option_told(pane, "causal");
}

/* s between the rows of the table of these rates; steps are told with few digits. */
static double table_step(const struct subject *s)
{
    size_t steps = s->history ? history_steps(s->history) : 0;
    double step = KERNEL_EVENTS_DT;
    if (s->recording && s->recording->samples > 1)
        step = s->recording->sample_time[1] - s->recording->sample_time[0];
    else if (steps > 1)
        step = history_time(s->history, steps - 1) - history_time(s->history, steps - 2);
    return rint(step * 1e12) > 0 ? rint(step * 1e12) / 1e12 : step;
}

/* A spike counts as in the table, whatever the picture is made of. */
static struct spike_spread choose_smoothing(const struct pane *pane, const struct subject *s)
{
    struct error ignored;
    struct spike_spread smoothing = {.gain = 1};
    if (!by_kernel(pane))
        return smoothing;
    smoothing.kind = rate_kernels[pane_option_choice(pane, "kernel")];
    smoothing.tau = pane_option_number(pane, "tau");
    smoothing.causal = pane_option_choice(pane, "causal") == 1;
    struct kernel *kernel = kernel_new(smoothing.kind, smoothing.tau, table_step(s), smoothing.causal, &ignored);
    if (kernel)
        smoothing.gain = kernel_gain(kernel);
    kernel_free(kernel);
    return smoothing;
}

static double dot_of(struct rates *r, double rate)
{
    if (rate > r->top)
        r->clipped = true;
    return plot_up(&r->plot, rate, 0, r->top);
}

/* An arrow at the edge, where a line has left the picture: along the edge it would look like a plateau. */
static void draw_arrows(const struct rates *r, const struct rate_columns *c, enum ink ink)
{
    for (int column = 0; column < r->plot.width; column += r->plot.across) {
        bool beyond = false;
        for (int i = column; i < column + r->plot.across; i++)
            beyond = beyond || (c->time[i] > 0 && c->high[i] > r->top * (1 + 1e-9));
        if (beyond)
            plot_mark(&r->plot, column, 0, 0x25B2, ink);
    }
}

/* The neurons before and after the selected one in the display order, -1 where there is none. */
static void neighbours(const struct subject *s, long out[2])
{
    long place = subject_place(s, s->selected);
    out[0] = place > 0 ? (long)subject_neuron(s, (size_t)place - 1) : -1;
    out[1] = place >= 0 && (size_t)place + 1 < subject_places(s) ? (long)subject_neuron(s, (size_t)place + 1) : -1;
}

/* Mean rate of all neurons round one dot column, where it is known (yet). */
static void mean_of_column(const struct rates *r, int column, struct rate_columns *c)
{
    const struct subject *s = r->subject;
    double middle = timebase_time(&r->time, column), part = r->bin / r->parts;
    for (int i = 0; i < r->parts && s->spikes.neurons > 0; i++) {
        double begin = middle + part * i - r->bin / 2;
        double from = fmax(begin, r->time.first), to = fmin(begin + part, r->time.last);
        /* Of less than half a part a single spike more or less would be seen. */
        if (to > from && mean_rate_known(s, from, to) >= 0.49 * part)
            rate_columns_add(c, column, mean_rate(s, from, to), to - from);
    }
}

/* A line through what each column has; not across the cursor, where the page before begins, nor across gaps. */
static void draw_line(struct rates *r, const struct rate_columns *c, enum ink ink, int on)
{
    double before = NAN, time = NAN;
    for (int column = 0; column < r->plot.width; column++) {
        double now = timebase_time(&r->time, column), rate = rate_columns_at(c, column);
        double y = isnan(rate) ? NAN : dot_of(r, rate);
        bool joined = !isnan(before) && now > time;
        plot_line(&r->plot, joined ? column - 1 : column, joined ? before : y, column, y, ink, on);
        if (!isnan(y))
            plot_line(&r->plot, column, dot_of(r, c->low[column]), column, dot_of(r, c->high[column]), ink, 4);
        before = y;
        time = now;
    }
}

/* Single dots, faint enough to stay in the background. */
static void draw_faint(struct rates *r, const struct rate_columns *c, enum ink ink)
{
    for (int column = 0; column < r->plot.width; column += 2)
        if (c->time[column] > 0) {
            plot_dot(&r->plot, column, (int)lround(dot_of(r, c->low[column])), ink);
            plot_dot(&r->plot, column, (int)lround(dot_of(r, c->high[column])), ink);
        }
}

/* At one time in each of so many parts of a column, no two at the same place of theirs. */
#define PREDICTED_MOST 12

static void prediction_of_column(const struct rates *r, int column, struct rate_columns *c)
{
    const struct history *history = r->subject->history;
    double dot = (r->time.to - r->time.from) / r->time.width;
    double step = history_steps(history) > 1 ? history_time(history, 1) - history_time(history, 0) : dot;
    int parts = (int)fmin(fmax(dot / step / 4, 1), r->subject->selected < 0 ? PREDICTED_MOST / 3 : PREDICTED_MOST);
    for (int i = 0; i < parts; i++) {
        double within = parts == 1 ? 0.5 : (i + fmod(0.618033988749895 * (column * parts + i), 1)) / parts;
        double time = timebase_time(&r->time, column) + dot * (within - 0.5);
        bool told = time <= r->time.last && time >= r->time.first && time >= r->subject->changed;
        const double *x = told ? subject_input(r->subject, time) : NULL;
        double rate = x ? predict_rate(r->subject, predict_curve(r->pane, r->subject), r->subject->selected, x) : NAN;
        if (!isnan(rate))
            rate_columns_add(c, column, rate, dot / parts);
    }
}

static void fill(const struct rates *r, void (*add)(const struct rates *, int, struct rate_columns *),
                 struct rate_columns *c)
{
    rate_columns_clear(c);
    for (int column = 0; column < r->plot.width; column++)
        add(r, column, c);
}

static void measure(struct rates *r, int which, long neuron)
{
    struct rate_columns *c = &r->measured[which];
    r->has[which] = neuron >= 0 && (size_t)neuron < r->subject->spikes.neurons;
    if (r->has[which] && r->smoothing.kind)
        rate_columns_kernel(c, r->subject, &r->time, (uint32_t)neuron, &r->smoothing);
    else if (r->has[which])
        rate_columns_intervals(c, r->subject, &r->time, (uint32_t)neuron);
    rate_columns_scale(c, r->time.width, predict_unit(r->subject));
}

static void measure_all(struct rates *r)
{
    long near[2], selected = r->subject->selected;
    if (selected < 0) {
        fill(r, mean_of_column, &r->measured[0]);
        rate_columns_scale(&r->measured[0], r->time.width, predict_unit(r->subject));
        r->has[0] = true;
        return;
    }
    neighbours(r->subject, near);
    measure(r, 0, selected);
    measure(r, 1, near[0]);
    measure(r, 2, near[1]);
}

static double highest_of(const struct rates *r)
{
    double most = 0;
    for (int i = 0; i < 3; i++)
        for (int column = 0; column < r->plot.width && r->has[i]; column++)
            most = fmax(most, r->measured[i].high[column]);
    return most;
}

static double top_of(const struct rates *r)
{
    if (!r->population)
        return pane_top(r->pane, axis_ceiling(highest_of(r) * 1.05));
    return pane_top(r->pane, predict_top(r->subject, predict_curve(r->pane, r->subject), r->subject->selected));
}

/* Over what is shown of the record. */
static double mean_of_train(const struct rates *r, uint32_t neuron)
{
    struct time_span span = subject_span(r->subject, r->time.first, r->time.last);
    return source_rate(&r->subject->spikes, neuron, &span);
}

/* Of a moment that somebody went to, what the line shows there; NaN if that is not in sight. */
static double rate_here(const struct rates *r)
{
    double column = timebase_column(&r->time, r->subject->now);
    return isnan(column) || !r->has[0] ? NAN : rate_columns_at(&r->measured[0], (int)column);
}

/* ": 143 Hz", three digits wide so that nothing moves. Of a recording without a present moment what the line shows
 * where one went to, else the mean. */
static void write_measured(const struct rates *r, uint32_t neuron, int room, char *out, size_t size)
{
    const struct subject *s = r->subject;
    double now = s->spikes.neurons > 0 ? subject_rate_now(s, neuron) * predict_unit(s) : NAN;
    double here = s->recording && !s->sweep && isfinite(s->now) ? rate_here(r) : NAN;
    char number[NUMBER_HUMAN];
    out[0] = '\0';
    if (!isnan(here))
        snprintf(out, size, here < 9.95 ? ": %3.1f Hz here" : ": %3.0f Hz here", here);
    else if (s->recording && !s->sweep && isnan(mean_of_train(r, neuron)))
        snprintf(out, size, ":   - Hz");
    else if (s->recording && !s->sweep)
        snprintf(out, size, ": mean %s%s Hz", room < 30 ? "" : "shown ",
                 number_round(number, mean_of_train(r, neuron), 3));
    else if (s->spikes.neurons > 0 && isnan(now))
        snprintf(out, size, ":   - Hz");
    else if (s->spikes.neurons > 0)
        snprintf(out, size, ": %3.0f Hz%s", now, s->recording ? " now" : "");
}

/* ", predicted 147"; NaN where the population was another one at all the times shown, or nothing predicts. */
static double write_predicted(const struct rates *r, uint32_t neuron, char *out, size_t size)
{
    const struct subject *s = r->subject;
    double rate = NAN;
    out[0] = '\0';
    if (r->population && s->to <= s->changed)
        snprintf(out, size, ", no prediction");
    else if (r->population && s->x)
        rate = predict_rate(s, predict_curve(r->pane, r->subject), neuron, s->x);
    if (!isnan(rate))
        snprintf(out, size, ", predicted %3.0f", rate);
    return rate;
}

/* "neuron 31: 143 Hz, predicted 147 Hz", shorter where that does not fit. */
static void draw_selected(const struct rates *r, struct canvas *canvas, int x, int room)
{
    const struct subject *s = r->subject;
    char title_buffer[LABEL_BYTES + 8], label_buffer[LABEL_BYTES], measured_text[96], predicted[64];
    uint32_t neuron = (uint32_t)s->selected;
    const char *title = subject_title(s, neuron, title_buffer, sizeof title_buffer);
    const char *label = subject_label(s, neuron, label_buffer, sizeof label_buffer);
    write_measured(r, neuron, room, measured_text, sizeof measured_text);
    double rate = write_predicted(r, neuron, predicted, sizeof predicted);
    const char *unit = isnan(rate) ? "" : " Hz";
    int fixed = canvas_columns(canvas, label) + (int)strlen(measured_text);
    if (fixed + (int)strlen(predicted) + 10 > room)
        unit = "";
    if (fixed + (int)strlen(predicted) + 7 > room)
        title = label;
    if (!isnan(rate) && fixed + (int)strlen(predicted) > room)
        snprintf(predicted, sizeof predicted, ", %s%3.0f", fixed + 9 > room ? "~" : "pred ", rate);
    char text[400], fitting[LABEL_BYTES];
    if (canvas_columns(canvas, title) + (int)strlen(measured_text) > room) /* no number is cut for a long name */
        title = label_fit(canvas, label_common(s), title, room - (int)strlen(measured_text), fitting, sizeof fitting);
    snprintf(text, sizeof text, "%s%s", title, measured_text);
    int used = canvas_text_cut(canvas, x, r->axes.header.y, room, INK_SELECTED, text);
    snprintf(text, sizeof text, "%s%s", predicted, unit);
    canvas_text_cut(canvas, x + used, r->axes.header.y, room - used, INK_PREDICT, text);
}

static void draw_header(const struct rates *r, struct canvas *canvas)
{
    const struct rect *h = &r->axes.header;
    if (!h->height)
        return;
    int x = r->axes.data.x, room = h->x + h->width - x;
    if (r->subject->selected >= 0) {
        draw_selected(r, canvas, x, room);
        return;
    }
    char text[LABEL_BYTES + 80], count[NUMBER_COUNTED], label[LABEL_BYTES], bin[AXIS_LABEL] = "";
    if (r->bin > 0)
        axis_scale(bin, r->bin / r->parts);
    if (r->subject->neurons == 1)
        snprintf(text, sizeof text, "%s", subject_title(r->subject, 0, label, sizeof label));
    else
        snprintf(text, sizeof text, "mean of %s", number_counted(count, r->subject->neurons, "neuron"));
    int used = canvas_columns(canvas, text), end = (int)strlen(text);
    bool one = r->subject->neurons == 1 && used + 12 + (int)strlen(bin) + 5 <= room;
    if (r->bin > 0 && used + (int)strlen(bin) + 7 <= room)
        snprintf(text + end, sizeof text - (size_t)end, one ? ", counted in %s bins" : ", %s bins", bin);
    canvas_text_cut(canvas, x, h->y, room, INK_PLAIN, text);
}

/* Columns of many rates: what is drawn in them is from the least to the largest. */
static bool shows_ranges(const struct rates *r)
{
    int ranges = 0;
    for (int column = 0; column < r->plot.width && r->has[0]; column++)
        ranges += r->measured[0].time[column] > 0 &&
                  (r->measured[0].high[column] - r->measured[0].low[column]) / r->top * r->plot.height >= 2;
    return 4 * ranges > r->plot.width;
}

static void write_foot(const struct rates *r, char *foot, size_t size)
{
    const struct subject *s = r->subject;
    char text[96], shorter[96];
    struct foot f = foot_begin(r->plot.canvas, foot, size, r->axes.header.width);
    marks_foot(&f, &r->axes, s);
    const char *name = !r->population         ? ""
                       : predict_by_theory(s) ? "theory"
                                              : predict_curve(r->pane, r->subject)->title;
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
    predict_foot_unit(&f, predict_unit(s));
    if (s->selected >= 0 && r->smoothing.kind && !kernel_sums_to_one(r->smoothing.gain)) {
        snprintf(text, sizeof text, "a spike counts as %.4g", r->smoothing.gain);
        snprintf(shorter, sizeof shorter, "sum %.4g", r->smoothing.gain);
        foot_add(&f, text, shorter);
    }
    if (s->selected >= 0 && s->spikes.neurons > 1)
        foot_add(&f, "dots: neighbours", NULL);
    if (r->clipped)
        foot_add(&f, "▲ more above", "▲");
    if (shows_ranges(r)) {
        axis_scale(shorter, (r->time.to - r->time.from) / r->time.width);
        snprintf(text, sizeof text, "line: range in each %.32s", shorter);
        snprintf(shorter, sizeof shorter, "range");
        foot_add(&f, text, shorter);
    }
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
    r.parts = 1;
    r.smoothing = choose_smoothing(pane, s);
    if (s->selected < 0 && s->spikes.neurons > 0 && r.plot.width > 0) {
        r.bin = mean_rate_bin(s, &r.time);
        r.parts = mean_rate_parts(s, &r.time);
    }
    return r;
}

static void draw_near(struct rates *r)
{
    for (int i = 1; i < 3; i++)
        if (r->has[i])
            draw_faint(r, &r->measured[i], INK_NEAR);
}

static void draw_predicted(struct rates *r)
{
    struct rate_columns c;
    if (!r->population)
        return;
    fill(r, prediction_of_column, &c);
    draw_line(r, &c, INK_PREDICT, 3);
    draw_arrows(r, &c, INK_PREDICT);
}

static void rates_draw(const struct pane *pane, const struct subject *s, struct canvas *canvas, struct rect inner,
                       char *foot, size_t size)
{
    struct rates r = rates_fit(pane, s, canvas, inner);
    foot[0] = '\0';
    if (r.plot.width < 1 || r.plot.height < 1)
        return;
    measure_all(&r);
    r.top = top_of(&r);
    plot_ground(&r.plot, INK_MARK);
    axes_draw_rates_up(&r.axes, canvas, r.top);
    draw_near(&r);
    draw_predicted(&r);
    if (r.has[0]) {
        draw_line(&r, &r.measured[0], INK_SELECTED, 4);
        draw_arrows(&r, &r.measured[0], INK_SELECTED);
    }
    axes_draw_across(&r.axes, canvas, s->from, s->to, " s");
    draw_header(&r, canvas);
    elsewhere_draw(s, &r.plot);
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
    char how[64] = "", tau[NUMBER_HUMAN];
    bool spikes = s && s->spikes.neurons > 0;
    if (spikes && s->selected < 0)
        snprintf(how, sizeof how, " (mean)");
    else if (spikes && by_kernel(pane))
        snprintf(how, sizeof how, " (%s%s %s)", pane_option_choice(pane, "causal") == 1 ? "causal " : "",
                 rate_kernels[pane_option_choice(pane, "kernel")]->name,
                 number_human(tau, pane_option_number(pane, "tau"), DIMENSION_TIME));
    else if (spikes)
        snprintf(how, sizeof how, " (ISI)");
    snprintf(out, size, "rates %s%s", pane->subject, how);
}

static bool rates_check(const struct pane *pane, struct error *error)
{
    static const char *const keys[] = {"kernel", "tau", "causal"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (!by_kernel(pane) && pane_option_told(pane, keys[i]))
            return error_set(error, "%s= belongs to method=kernel, and this is method=isi", keys[i]);
    return true;
}

static struct word_list method_words(void)
{
    static const char *const names[] = {"isi", "kernel"};
    return (struct word_list){"method", 2, word_plain, names};
}

static struct word_list causal_words(void)
{
    static const char *const names[] = {"off", "on"};
    return (struct word_list){"causal", 2, word_plain, names};
}

static const char *kernel_name(const void *list, size_t i)
{
    (void)list;
    return rate_kernels[i]->name;
}

static struct word_list kernel_words(void)
{
    return (struct word_list){"kernel", rate_kernel_count, kernel_name, NULL};
}

static const struct pane_option rates_options[] = {
    PREDICT_OPTION,
    {.name = "method",
     .words = method_words,
     .fallback = "isi",
     .help = "how rates are made of spikes: their intervals, or each smoothing over time"},
    {.name = "kernel",
     .words = kernel_words,
     .fallback = KERNEL_DEFAULT,
     .help = "method=kernel: what a spike is smoothing into"},
    {.name = "tau",
     .dimension = DIMENSION_TIME,
     .high = 1e9,
     .fallback = KERNEL_DEFAULT_TAU,
     .help = "method=kernel: how long a spike counts"},
    {.name = "causal",
     .words = causal_words,
     .fallback = "off",
     .help = "method=kernel: on: it begins with the spike, so that a rate looks only back"},
    {0},
};

const struct pane_type pane_rates = {
    .name = "rates",
    .summary = "firing rate over time, from intervals or by a kernel, against the predicted one",
    .at_first = true,
    .options = rates_options,
    .check = rates_check,
    .title = rates_title,
    .draw = rates_draw,
    .margin = rates_margin,
    .hit = rates_hit,
};
