#include "frame/part.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "pane/layout.h"
#include "pane/mean_field.h"

#define SEGMENTS 16
#define BETWEEN 2

/* A piece of the line. The more important ones choose first; those that find no room are left out. */
struct segment {
    char text[160];
    enum ink ink;
    bool right;
    int importance;
    bool shown;
};

struct status {
    struct segment segment[SEGMENTS];
    size_t count;
};

static void add(struct status *s, bool right, int importance, enum ink ink, const char *text)
{
    if (s->count == SEGMENTS || !*text)
        return;
    struct segment *piece = &s->segment[s->count++];
    *piece = (struct segment){.ink = ink, .right = right, .importance = importance};
    snprintf(piece->text, sizeof piece->text, "%s", text);
}

/* Of the focused pane, or the first one, or the first there is. */
static const struct subject *present_subject(const struct view *view)
{
    const struct layout *layout = view->layout;
    const struct subject *subject = NULL;
    if (layout && layout->panes > 0) {
        int focus = layout->focus >= 0 && layout->focus < (int)layout->panes ? layout->focus : 0;
        subject = view_subject(view, layout->pane[focus].subject);
    }
    return subject ? subject : view->subjects ? &view->subject[0] : NULL;
}

static void add_constants(struct status *s, const struct population *p)
{
    char text[80], number[NUMBER_HUMAN];
    snprintf(text, sizeof text, "τ_rc %s", number_human(number, p->params.tau_rc, DIMENSION_TIME));
    add(s, false, 30, INK_STATUS, text);
    snprintf(text, sizeof text, "τ_ref %s", number_human(number, p->params.tau_ref, DIMENSION_TIME));
    add(s, false, 29, INK_STATUS, text);
}

static void add_live(struct status *s, const struct subject *subject)
{
    char text[160], number[NUMBER_HUMAN];
    const struct population *p = subject->population;
    if (p->node)
        snprintf(text, sizeof text, "%s node", subject->name);
    else
        snprintf(text, sizeof text, "%s %s %s", subject->name, number_grouped(number, p->n), p->model->title);
    add(s, false, 90, INK_BOLD, text);
    if (!p->node)
        add_constants(s, p);
    if (subject->input_text)
        snprintf(text, sizeof text, "x = %s", subject->input_text);
    else if (subject->x)
        snprintf(text, sizeof text, "x = %+.3f", subject->x[0]);
    else
        text[0] = '\0';
    add(s, false, 50, INK_STATUS, text);
}

static void add_recording(struct status *s, const struct subject *subject)
{
    char text[160], count[NUMBER_COUNTED], first[NUMBER_HUMAN], last[NUMBER_HUMAN];
    const struct recording *r = subject->recording;
    snprintf(text, sizeof text, "%s %s", subject->name, number_counted(count, subject->neurons, "neuron"));
    add(s, false, 90, INK_BOLD, text);
    add(s, false, 40, INK_STATUS, number_counted(count, r->spikes, "spike"));
    snprintf(text, sizeof text, "%s to %s s", number_round(first, r->first, 4), number_round(last, r->last, 4));
    add(s, false, 45, INK_STATUS, text);
    if (r->source) {
        const char *slash = strrchr(r->source, '/');
        add(s, false, 35, INK_STATUS, slash ? slash + 1 : r->source);
    }
}

/* Streams end on the right with how they arrive, as populations do with how they run. */
static void add_stream(struct status *s, const struct subject *subject, bool clock)
{
    char text[160], number[NUMBER_HUMAN], count[NUMBER_COUNTED];
    const struct arrival *a = &subject->arrival;
    const char *slash = strrchr(a->source, '/');
    snprintf(text, sizeof text, "%s %s", subject->name, number_counted(count, subject->neurons, "neuron"));
    add(s, false, 90, INK_BOLD, text);
    add(s, false, 35, INK_STATUS, slash ? slash + 1 : a->source);
    snprintf(text, sizeof text, "keep %s", isinf(a->keep) ? "all" : number_human(number, a->keep, DIMENSION_TIME));
    add(s, false, 30, INK_STATUS, text);
    if (a->trouble)
        add(s, true, 96, INK_WARN, a->trouble);
    add(s, true, 80, INK_STATUS, a->rate);
    if (clock) {
        snprintf(text, sizeof text, "t %7.3f s", subject->now);
        add(s, true, 85, INK_STATUS, isfinite(subject->now) ? text : "");
        if (a->held)
            add(s, true, 100, INK_WARN, "❚❚ held");
        else if (a->ended || a->waits)
            add(s, true, 100, INK_WARN, a->ended ? "■ ended" : "○ waiting");
        else
            add(s, true, 100, INK_GOOD, "▶ following");
    }
}

static void add_mean_field(struct status *s, const struct mean_field *field)
{
    char text[160], mu[NUMBER_HUMAN], sigma[NUMBER_HUMAN];
    const struct scan_row *star = field->star;
    add(s, false, 90, INK_BOLD, MEAN_FIELD_NAME);
    snprintf(text, sizeof text, "★ μ %s mV, σ %s mV", number_round(mu, 1e3 * star->point.mu, 4),
             number_round(sigma, 1e3 * star->point.sigma, 4));
    add(s, false, 50, INK_STATUS, text);
    snprintf(text, sizeof text, "%s Hz", number_round(mu, star->rate, 4));
    add(s, false, 40, INK_STATUS, isfinite(star->rate) ? text : "");
}

static const char *factor(char out[NUMBER_HUMAN], double value, double speed)
{
    return value < 1e6 ? number_factor(out, value, isfinite(speed) ? speed : 1) : " max";
}

static void add_clock(struct status *s, const struct view *view)
{
    char text[160], buffers[2][NUMBER_HUMAN], number[NUMBER_HUMAN];
    const char *wanted = factor(buffers[0], view->speed, view->speed);
    const char *reached = factor(buffers[1], view->running ? view->reached : view->speed, view->speed);
    if (view->behind && view->running) {
        snprintf(text, sizeof text, "cannot keep up with ×%s", wanted + strspn(wanted, " "));
        add(s, true, 95, INK_WARN, text);
    }
    snprintf(text, sizeof text, "t %7.3f s", view->time);
    add(s, true, 85, INK_STATUS, text);
    snprintf(text, sizeof text, "×%s%s", reached, isinf(view->speed) && view->running ? " max" : "");
    add(s, true, 60, view->behind ? INK_WARN : INK_STATUS, text);
    add(s, true, 100, view->running ? INK_GOOD : INK_WARN, view->running ? "▶ running" : "❚❚ paused");
    snprintf(text, sizeof text, "dt %s", number_human(number, view->dt, DIMENSION_TIME));
    add(s, true, 40, INK_STATUS, text);
}

static void collect(struct status *s, const struct view *view)
{
    char text[160], count[NUMBER_COUNTED];
    const struct subject *subject = present_subject(view);
    add(s, false, 45, INK_DIM, "lifscope");
    if (subject && subject->population)
        add_live(s, subject);
    else if (subject && subject->recording)
        add_recording(s, subject);
    else if (subject && subject->mean_field)
        add_mean_field(s, subject->mean_field);
    else if (subject && subject->arrival.source)
        add_stream(s, subject, !view->simulating);
    if (view->notice)
        add(s, true, 98, INK_WARN, view->notice);
    if (view->replay) {
        snprintf(text, sizeof text, "%s %s", view->replaying ? "▶" : "❚❚", view->replay);
        add(s, true, 97, view->replaying ? INK_GOOD : INK_WARN, text);
    }
    if (view->lost) {
        snprintf(text, sizeof text, "%s lost", number_counted(count, view->lost, "spike"));
        add(s, true, 94, INK_WARN, text);
    }
    if (view->simulating)
        add_clock(s, view);
    if (view->fps > 0) {
        snprintf(text, sizeof text, "%3.0f fps", view->fps);
        add(s, true, 25, INK_DIM, text);
    }
}

static void choose(const struct canvas *canvas, struct status *s, int room)
{
    for (int level = 100; level > 0; level--)
        for (size_t i = 0; i < s->count; i++) {
            struct segment *piece = &s->segment[i];
            int columns = canvas_columns(canvas, piece->text) + BETWEEN;
            if (piece->importance != level)
                continue;
            /* The first one to be chosen is there even if it must be cut. */
            piece->shown = columns <= room || level >= 98;
            if (piece->shown)
                room -= columns;
        }
}

void status_draw(struct canvas *canvas, struct rect rect, const struct view *view)
{
    struct status s = {0};
    if (rect.width < 1 || rect.height < 1)
        return;
    collect(&s, view);
    choose(canvas, &s, rect.width);
    int left = rect.x + 1, right = rect.x + rect.width - 1;
    for (size_t i = s.count; i-- > 0;) {
        const struct segment *piece = &s.segment[i];
        if (!piece->shown || !piece->right)
            continue;
        int start = right - canvas_columns(canvas, piece->text);
        if (start < left)
            start = left;
        canvas_text_cut(canvas, start, rect.y, right - start, piece->ink, piece->text);
        right = start - BETWEEN;
    }
    for (size_t i = 0; i < s.count; i++)
        if (s.segment[i].shown && !s.segment[i].right)
            left += canvas_text_cut(canvas, left, rect.y, right - left + BETWEEN, s.segment[i].ink, s.segment[i].text) +
                    BETWEEN;
}
