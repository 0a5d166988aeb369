/* The star of the mean field: where it goes by command, key, mouse and knob, and that what is there follows.
 */
#include "run.h"

#include <math.h>

#include "command/families.h"
#include "frame/frame.h"
#include "pane/pane.h"
#include "session/session.h"
#include "view/mean_field.h"

/* What `meanfield show` gives for a parameter after these lines. */
static void expect_star(const char *lines, const char *parameter, double wanted)
{
    struct text script = {0}, key = {0};
    text_printf(&script, "%s\nmeanfield show\n", lines);
    text_printf(&key, "\n%s,", parameter);
    struct outcome o = run(text_string(&script));
    const char *cell = o.good ? strstr(o.out, text_string(&key)) : NULL;
    ck_assert_msg(cell != NULL, "'%s' said: %s", lines, o.err);
    double got = strtod(cell + key.length, NULL);
    ck_assert_msg(fabs(got - wanted) < 1e-12, "'%s': %s is %.9g, not %.9g", lines, parameter, got, wanted);
    outcome_free(&o);
    text_free(&script);
    text_free(&key);
}

START_TEST(it_goes_by_steps_and_lines)
{
    expect_star("star right", "mu", 0.0105);
    expect_star("star left; star left", "mu", 0.009);
    expect_star("meanfield set mu=10.2mV; star right", "mu", 0.0105);
    expect_star("meanfield set mu=10.2mV; star left", "mu", 0.010);
    expect_star("star up", "sigma", 0.0105);
    expect_star("star far-right", "mu", 0.012);
    expect_star("star far-right; star far-right", "mu", 0.012);
    expect_star("meanfield set mu=9mV; star far-left", "mu", 0.008);
    expect_star("star over_sigma=1mV,30mV,2mV; meanfield set sigma=2mV; star far-up", "sigma", 0.030);
    expect_star("star over_mu=5mV; star right", "mu", 0.0105);
    expect_star("meanfield set sigma=0.2mV; star down; star down", "sigma", 0);
    expect_star("star over_mu=2mV:22mV:25; star right", "mu", 0.0105); /* no further than the grid's next point */
    expect_star("star over_mu=2mV:22mV:64; star right", "mu", 0.0102);
    expect_star("star over_mu=2mV:22mV:11; star right", "mu", 0.012);
}
END_TEST

START_TEST(knobs_turn_what_meanfield_sets)
{
    expect_star("knob mu 2mV:14mV; turn high", "mu", 0.014);
    expect_star("population A\nknob sigma 2mV:14mV; turn low; turn 1", "sigma", 0.0021);
    expect_star("knob mu 2mV:14mV; turn high; turn reset", "mu", 0.010);
    expect_star("knob tau_m 1ms:20ms; turn high", "tau_m", 0.020);
    expect_star("knob inh.V_th 10mV:20mV; turn high", "inh.V_th", 0.020);
    expect_star("population A\nknob sigma 0.1:1; turn high", "sigma", 0.010); /* that of SoftLIF */
}
END_TEST

START_TEST(wrong_words_are_refused)
{
    expect_error("star\n", "star where? star left, right, up or down; meanfield set mu=8mV sigma=6mV puts it there");
    expect_error("star over_sigma=-1mV\n", "over_sigma=-1mV: must be from 0 V to 1000 V");
    expect_error("star over_mu=1mV:2mV:65\n", "65 points: a side of the map has from 1 to 64");
    expect_error("star freq=-5Hz:0Hz:6\n", "0 frequencies above 0: from 2 to 10000 can be drawn");
    expect_error("population A\nopen mapping A\n", "mapping A: there is one mean field, and it has no name");
    expect_error("open raster\n", "there is no population or recording yet: population NAME or load FILE makes one");
}
END_TEST

/* ---- on the screen ---- */

struct bench {
    struct session *session;
    struct session_options options;
    struct view view;
    FILE *sink;
    char *said;
    size_t size;
};

static void open_bench(struct bench *b, const char *line)
{
    *b = (struct bench){0};
    b->sink = open_memstream(&b->said, &b->size);
    b->options = (struct session_options){.screen = true, .width = 120, .height = 36, .out = b->sink, .err = b->sink};
    b->session = session_new(&b->options, &all_commands);
    ck_assert(session_line(b->session, line, NULL, 0));
    session_view(b->session, &b->view);
}

static void close_bench(struct bench *b)
{
    session_free(b->session);
    fclose(b->sink);
    free(b->said);
}

static const struct scan_row *star_of(struct bench *b)
{
    session_view(b->session, &b->view);
    const struct subject *s = view_subject(&b->view, MEAN_FIELD_NAME);
    ck_assert(s && s->mean_field);
    return s->mean_field->star;
}

START_TEST(keys_move_it_where_such_a_pane_has_them)
{
    struct bench b;
    open_bench(&b, "open external; open transfer; open mapping");
    ck_assert_double_eq_tol(star_of(&b)->rate, 55.2195, 1e-3);
    ck_assert(!session_key(b.session, "Right", true));
    session_key(b.session, "F2", true);
    ck_assert(session_key(b.session, "Right", true) && session_key(b.session, "Up", true));
    ck_assert_double_eq_tol(star_of(&b)->point.mu, 0.0105, 1e-12);
    ck_assert_double_eq_tol(star_of(&b)->point.sigma, 0.0105, 1e-12);
    ck_assert(star_of(&b)->rate > 55.3);
    session_key(b.session, "S-Left", true);
    ck_assert_double_eq_tol(star_of(&b)->point.mu, 0.010, 1e-12);
    ck_assert(!session_key(b.session, "+", true)); /* time is not in these panes */
    session_key(b.session, "Esc", true);
    ck_assert(!session_key(b.session, "Right", true));
    close_bench(&b);
}
END_TEST

START_TEST(the_mouse_puts_it_where_it_points)
{
    struct bench b;
    struct pane_hit hit;
    int pane, places = 0;
    open_bench(&b, "open external; open transfer; open mapping");
    for (int y = 0; y < 36; y += 2)
        for (int x = 0; x < 120; x += 5) {
            session_view(b.session, &b.view);
            enum frame_place place = frame_hit(&b.view, 120, 36, x, y, &pane, &hit);
            double mu = hit.mu, sigma = hit.sigma;
            if (place != FRAME_PANE || isnan(mu))
                continue;
            session_mouse(b.session, "Click", x, y, 120, 36);
            ck_assert_double_eq_tol(star_of(&b)->point.mu, mu, 1e-5);
            ck_assert_double_eq_tol(star_of(&b)->point.sigma, sigma, 1e-5);
            session_mouse(b.session, "Drag", x + 1, y, 120, 36);
            session_mouse(b.session, "WheelUp", x, y, 120, 36);
            session_mouse(b.session, "RightClick", x, y, 120, 36);
            places++;
        }
    ck_assert_int_gt(places, 50);
    close_bench(&b);
}
END_TEST

/* Figures of Senk et al. 2020 with g = 5, by NNMT (test/data/README.md). */
START_TEST(the_example_is_there_at_first)
{
    struct bench b;
    open_bench(&b, "open external");
    const struct scan_row *star = star_of(&b);
    ck_assert_double_eq_tol(star->external[EXC], 95504.5, 0.1);
    ck_assert_double_eq_tol(star->external[INH], 15718.6, 0.1);
    ck_assert_double_eq_tol(star->rate, 55.2195, 1e-4);
    ck_assert_double_eq_tol(star->tau, 1.93802e-3, 1e-8);
    ck_assert_double_eq_tol(star->weight[EXC], 2.73487, 1e-4);
    session_line(b.session, "meanfield set mu=6mV sigma=6mV", NULL, 0);
    ck_assert_double_eq_tol(star_of(&b)->fit_error, 0.0047915174079838181, 1e-10);
    session_line(b.session, "meanfield set mu=14mV sigma=1mV", NULL, 0);
    ck_assert(star_of(&b)->status == SCAN_NEGATIVE_EXTERNAL && isnan(star_of(&b)->external[EXC]));
    session_line(b.session, "meanfield set sigma=0", NULL, 0);
    ck_assert(star_of(&b)->status == SCAN_NO_NOISE && isnan(star_of(&b)->tau));
    session_line(b.session, "meanfield set sigma=5mV tau_m=500s tau_s=0 mu=16mV", NULL,
                 0); /* too slow for most frequencies */
    ck_assert(star_of(&b)->rate > 0);
    close_bench(&b);
}
END_TEST

START_TEST(only_what_changed_is_computed)
{
    struct mean_field_panes *panes = mean_field_panes_new();
    struct meanfield_state state;
    meanfield_state_init(&state);
    const struct mean_field *field = mean_field_panes_show(panes, &state);
    const struct scan_row *row = field->row;
    ck_assert_uint_eq(field->curves, 4); /* the star is on the line, and is not drawn twice */
    panes->row[0].rate = -7;             /* would be mended by computing the grid */
    state.point = (struct working_point){0.009, 0.0093};
    field = mean_field_panes_show(panes, &state);
    ck_assert(field->row == row && field->row[0].rate == -7);
    ck_assert_uint_eq(field->curves, 5);
    ck_assert_double_eq(field->curve[0].row->point.sigma, 0.010);
    ck_assert_double_eq(field->curve[4].row->point.mu, 0.009);
    state.network.neuron[EXC].tau_m = 0.010;
    field = mean_field_panes_show(panes, &state);
    ck_assert(field->row[0].rate > 0);
    mean_field_panes_free(panes);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("command: the star", it_goes_by_steps_and_lines, knobs_turn_what_meanfield_sets,
                       wrong_words_are_refused, keys_move_it_where_such_a_pane_has_them,
                       the_mouse_puts_it_where_it_points, the_example_is_there_at_first, only_what_changed_is_computed);
}
