/* How the rate answers a small sine on the input, over its frequency: amplitude and phase by theory as lines,
 * those of the rate unit fitted to them as marks. The star's curve stands out, others of the grid beside it.
 * Panel B of figure 5 in Senk et al. 2020. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "draw/foot.h"
#include "draw/graph.h"
#include "pane/mean_field.h"
#include "pane/pane.h"
#include "pane/pane_option.h"

enum { GRAPH_WIDTH = 34, GRAPH_HEIGHT = 7, MARKS = 9, CURVES = 8 };

static const char *const words[] = {"all", "amplitude", "phase"};

static struct word_list show_words(void)
{
    return (struct word_list){"part", 3, word_plain, words};
}

static const struct pane_option options[] = {
    {.name = "show", .help = "what of it", .words = show_words, .fallback = "all"},
    {0},
};

/* ---- series ---- */

/* Hz/mV, for numbers that people know from the papers. */
static double amplitude_of(const struct transfer *n)
{
    return 1e-3 * n->amplitude;
}

static double phase_of(const struct transfer *n)
{
    return n->phase;
}

static double fit_amplitude(const struct scan_row *row, double omega)
{
    return 1e-3 * row->h0 / hypot(1, omega * row->tau);
}

static double fit_phase(const struct scan_row *row, double omega)
{
    return -atan(omega * row->tau);
}

static const struct part {
    const char *title;
    double (*theory)(const struct transfer *n);
    double (*fit)(const struct scan_row *row, double omega);
    bool from_zero;
} parts[] = {{"|n| (Hz/mV)", amplitude_of, fit_amplitude, true}, {"phase (rad)", phase_of, fit_phase, false}};

/* One graph and what its series point to: for each curve a line, marks, and an entry of the legend that has
 * both. */
struct picture {
    struct graph graph;
    struct graph_series series[3 * CURVES];
    char name[CURVES][48];
    double *room; /* owned */
};

/* Frequencies evenly spaced by their logarithm. */
static double mark_at(const struct mean_field *field, size_t i)
{
    double low = field->frequency[0] > 0 ? field->frequency[0] : 1, high = field->frequency[field->frequencies - 1];
    return low * pow(high / low, (double)i / (MARKS - 1));
}

static void give_look(size_t i, bool star, struct graph_series *line, struct graph_series *fit)
{
    static const struct {
        enum ink ink;
        enum graph_line line;
        uint32_t mark;
    } others[] = {{INK_SPIKE, GRAPH_DASHED, 0x25CB},
                  {INK_NEAR, GRAPH_DOTTED, 0x25B2},
                  {INK_PREDICT, GRAPH_DASHED, 0x25C6},
                  {INK_GOOD, GRAPH_DOTTED, 0x25BC},
                  {INK_DIM, GRAPH_DASHED, 0x25E6}};
    size_t look = i % (sizeof others / sizeof *others);
    line->ink = fit->ink = star ? INK_SELECTED : others[look].ink;
    line->line = star ? GRAPH_SOLID : others[look].line;
    fit->mark = star ? 0x25CF : others[look].mark;
}

static double *put_theory(const struct mean_field *field, const struct part *part, const struct mean_field_curve *curve,
                          struct graph_series *series, double *room)
{
    for (size_t m = 0; m < field->frequencies; m++)
        room[m] = curve->value ? part->theory(&curve->value[m]) : NAN;
    series->x = field->frequency;
    series->y = room;
    series->count = field->frequencies;
    return room + field->frequencies;
}

static double *put_fit(const struct mean_field *field, const struct part *part, const struct mean_field_curve *curve,
                       struct graph_series *series, double *room)
{
    for (size_t i = 0; i < MARKS; i++) {
        room[i] = mark_at(field, i);
        room[MARKS + i] = part->fit(curve->row, 2 * M_PI * room[i]);
    }
    series->x = room;
    series->y = room + MARKS;
    series->count = MARKS;
    return room + 2 * MARKS;
}

/* The star's curve comes last, over the others. */
static void make(const struct mean_field *field, const struct part *part, bool legend, struct picture *p)
{
    size_t curves = field->curves < CURVES ? field->curves : CURVES, left_out = field->curves - curves;
    *p = (struct picture){.graph = {.across = {.log = true, .title = " Hz"}, .up = {.title = part->title}}};
    p->room = xcalloc(curves * (field->frequencies + 2 * MARKS), sizeof *p->room);
    double *room = p->room;
    for (size_t i = 0; i < curves; i++) {
        const struct mean_field_curve *curve = &field->curve[left_out + i];
        const struct working_point *at = &curve->row->point;
        struct graph_series *line = &p->series[i], *fit = line + curves, *both = fit + curves;
        bool star = i + 1 == curves;
        give_look(i, star, line, fit);
        room = put_theory(field, part, curve, line, room);
        room = put_fit(field, part, curve, fit, room);
        char mu[NUMBER_HUMAN], sigma[NUMBER_HUMAN];
        snprintf(p->name[i], sizeof p->name[i], "%s%s, %s mV", star ? "★ " : "", number_round(mu, 1e3 * at->mu, 3),
                 number_round(sigma, 1e3 * at->sigma, 3));
        *both = (struct graph_series){
            .name = legend ? p->name[i] : NULL, .ink = line->ink, .line = line->line, .mark = fit->mark};
    }
    p->graph.series = p->series;
    p->graph.count = 3 * curves;
    graph_hold(&p->graph, false, false);
    graph_hold(&p->graph, true, part->from_zero);
}

/* ---- the pane ---- */

static void draw_part(const struct mean_field *field, const struct part *part, bool legend, struct canvas *canvas,
                      struct rect rect)
{
    struct picture picture;
    make(field, part, legend, &picture);
    struct graph_place place = graph_fit(&picture.graph, canvas, rect);
    graph_draw(&picture.graph, &place);
    const struct rect *data = &place.axes.data;
    int columns = canvas_columns(canvas, part->title);
    if (place.axes.header.height == 0 && columns < data->width) /* no line over a low graph: into its corner */
        canvas_text(canvas, data->x + data->width - columns, data->y, columns, INK_DIM, part->title);
    free(picture.room);
}

static void write_foot(const struct mean_field *field, bool hidden, const struct canvas *canvas, int width, char *out,
                       size_t size)
{
    struct foot foot = foot_begin(canvas, out, size, width);
    const struct scan_row *star = field->star;
    if (!field->curve[field->curves - 1].value || isnan(star->tau))
        foot_add(&foot, scan_status_names[star->status], NULL);
    if (hidden)
        foot_add(&foot, "phase hidden: show=phase", "phase hidden");
    foot_add(&foot, "lines: theory, marks: fit", "marks: fit");
}

static void draw(const struct pane *pane, const struct subject *subject, struct canvas *canvas, struct rect inner,
                 char *foot, size_t size)
{
    const struct mean_field *field = mean_field_of(subject, canvas, inner);
    if (!field)
        return;
    size_t show = pane_option_choice(pane, "show");
    bool beside = inner.width >= 2 * GRAPH_WIDTH && inner.width > 3 * inner.height;
    bool both = show == 0 && (beside || inner.height >= 2 * GRAPH_HEIGHT);
    struct rect first = inner, second = inner;
    if (both && beside) {
        first.width = second.width = inner.width / 2;
        second.x += inner.width - second.width;
    } else if (both) {
        first.height = (inner.height + 1) / 2;
        second.height = inner.height - first.height;
        second.y += first.height;
    }
    draw_part(field, &parts[show == 2], true, canvas, first);
    if (both)
        draw_part(field, &parts[1], false, canvas, second);
    write_foot(field, show == 0 && !both, canvas, inner.width, foot, size);
}

static void title(const struct pane *pane, const struct subject *subject, char *out, size_t size)
{
    (void)pane;
    mean_field_title("transfer function", subject, out, size);
}

const struct pane_type pane_transfer = {.name = "transfer",
                                        .summary =
                                            "mean field: amplitude and phase of the rate's answer over frequency",
                                        .about = PANE_MEAN_FIELD,
                                        .options = options,
                                        .title = title,
                                        .draw = draw};
