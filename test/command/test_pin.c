/* Pins and families of curves: what is kept is what was drawn, in what the axes measure. Rates are those of the closed
 * form, 1 / (tau_ref + tau_rc log1p(1 / (J - 1))), or 0 up to J = 1. */
#include "run.h"

#include "frame/frame.h"
#include "session/pins.h"

#define ONE "population A n=1 max_rates=90 intercepts=-0.3 encoders=1 model=fastlif"

static struct session *bench(void)
{
    struct session_options options = {.screen = true, .width = 120, .height = 36, .glyphs = GLYPHS_BRAILLE};
    struct session *session = session_new(&options, &all_commands);
    session_line(session, ONE, NULL, 0);
    session_line(session, "pane 3 tuning A model=lif", NULL, 0);
    return session;
}

static double closed_form(const struct population *p, double x)
{
    double J = p->gain[0] * x + p->bias[0];
    return J > 1 ? 1 / (p->params.tau_ref + p->params.tau_rc * log1p(1 / (J - 1))) : 0;
}

static const struct ghost *ghost_of(const struct session *session, const char *type, const char *name)
{
    for (size_t i = 0; i < session->pins.ghosts; i++)
        if (strcmp(session->pins.ghost[i].type, type) == 0 && strcmp(session->pins.ghost[i].name, name) == 0)
            return &session->pins.ghost[i];
    ck_abort_msg("no ghost of %s is called %s", type, name);
}

/* A dot of the paper is 1/16 of a cell of 100 wide, and 1/32 of one of 30 high: 90 Hz in about 1000 dots, and the curve is
 * steep at its threshold. */
static void expect_curve(const struct ghost *ghost, const struct population *p)
{
    ck_assert_msg(ghost->lines > 60, "the curve has %zu lines", ghost->lines);
    for (size_t i = 0; i < ghost->lines; i++) {
        double x = ghost->line[i].x1, rate = closed_form(p, x);
        double low = closed_form(p, x - 0.002), high = closed_form(p, x + 0.002);
        ck_assert_msg(ghost->line[i].y1 > low - 0.5 && ghost->line[i].y1 < high + 0.5, "%s at x = %g: %g Hz, not %g",
                      ghost->name, x, ghost->line[i].y1, rate);
    }
}

START_TEST(a_pin_keeps_the_curve)
{
    struct session *session = bench();
    struct population *was = population_share(session->rig.channel[0]->population);
    session_line(session, "pin before", NULL, 0);
    session_line(session, "set A tau_ref=8ms", NULL, 0);
    expect_curve(ghost_of(session, "tuning", "before"), was);
    session_line(session, "pin", NULL, 0);
    expect_curve(ghost_of(session, "tuning", "pin1"), session->rig.channel[0]->population);
    session_line(session, "pin off before", NULL, 0);
    ck_assert_uint_eq(session->pins.count, 1);
    session_line(session, "pin off", NULL, 0);
    ck_assert(session->pins.count == 0 && session->pins.ghosts == 0);
    population_free(was);
    session_free(session);
}
END_TEST

START_TEST(a_family_has_a_curve_for_each_value)
{
    static const double values[] = {0.001, 0.002, 0.004, 0.008};
    static const char *const names[] = {"1ms", "2ms", "4ms", "8ms"};
    struct session *session = bench();
    struct error error;
    session_line(session, "compare tau_ref 1ms,2ms,4ms,8ms", NULL, 0);
    for (size_t i = 0; i < 4; i++) {
        struct population_spec spec;
        population_spec_copy(&spec, &session->rig.channel[0]->spec);
        spec.params.tau_ref = values[i];
        struct population *p = population_new(&spec, &error);
        expect_curve(ghost_of(session, "tuning", names[i]), p);
        population_free(p);
        population_spec_free(&spec);
    }
    ck_assert_msg(session->rig.channel[0]->spec.params.tau_ref == 0.002, "to compare changes nothing");
    session_line(session, "compare A tau_ref 1ms,2ms", NULL, 0);
    ck_assert_msg(session->pins.count == 1 && session->pins.ghosts == 2, "a family takes the place of the one before");
    session_free(session);
}
END_TEST

/* Drawn again over the same axes, a ghost lies where the curve was, and what is there now wins. */
START_TEST(ghosts_are_drawn_behind)
{
    struct session *session = bench();
    struct view view;
    struct canvas *canvas = canvas_new(120, 36, GLYPHS_BRAILLE);
    struct text plain = {0}, same = {0}, other = {0};
    session_view(session, &view);
    frame_draw(canvas, &view);
    canvas_write(canvas, &plain);
    session_line(session, "pin same", NULL, 0);
    session_line(session, "clear", NULL, 0);
    session_line(session, "set A tau_ref=9ms", NULL, 0);
    session_view(session, &view);
    frame_draw(canvas, &view);
    size_t dim = 0, rows = 0;
    for (int y = 2; y < 24; y++) {
        size_t before = dim;
        for (int x = 84; x < 118; x++) {
            const struct cell *cell = canvas_cell(canvas, x, y);
            dim += cell->dots && cell->ink == INK_DIM;
        }
        rows += dim > before;
    }
    ck_assert_msg(dim > 10 && rows > 5, "%zu cells in %zu rows of the pane show the ghost", dim, rows);
    canvas_write(canvas, &other);
    ck_assert_msg(strstr(other.bytes, "same"), "its name stands beside it:\n%s", other.bytes);
    text_free(&plain);
    text_free(&same);
    text_free(&other);
    canvas_free(canvas);
    session_free(session);
}
END_TEST

START_TEST(the_difference_is_told_and_gone_back_to)
{
    struct outcome o =
        run("population A n=1 max_rates=165 intercepts=-0.3\npin\nset A tau_ref=4ms\nset A gain=5\npin say\n"
            "pin go\nA.tau_ref\npin say\nundo\nA.tau_ref\n");
    ck_assert_msg(o.good &&
                      strstr(o.err, "t:5: A since pin1: gain 3.417 \u2192 5 and bias 2.025 \u2192 3.126, max rate 165"),
                  "%s", o.err);
    ck_assert_msg(strstr(o.err, "t:8: no neuron is another one"), "%s", o.err);
    ck_assert_msg(strstr(o.out, "A.tau_ref,0.002,") && strstr(o.out, "A.tau_ref,0.0040000000000000001,"), "%s", o.out);
    outcome_free(&o);
    expect_error("pin say", "there is no pin yet: pin makes one of what is now");
    expect_error("pin go", "there is no pin to go back to: pin makes one");
    expect_error("pin a; pin off b", "unknown pin 'b': one of a");
    expect_error("pin a; pin b; pin c; pin d; pin e; pin f; pin g; pin h; pin a; pin i",
                 "there are 8 pins, which is the most: pin off NAME takes one away");
    expect_error("pin abcdefghijklmnopq", "abcdefghijklmnopq: a pin's name has at most 15 letters");
}
END_TEST

START_TEST(what_cannot_be_compared_is_explained)
{
    expect_error("population A; compare A", "KEY is missing: compare [NAME] KEY [VALUES] [> FILE [overwrite=on]]");
    expect_error("population A; compare tau_ref", "compare wants a key and its values: compare A tau_ref 1ms,2ms,4ms");
    expect_error("population A; compare A dt 1ms,2ms", "dt is no key of neurons: compare tau_ref 1ms,2ms,4ms");
    expect_error("population A; compare tau_ref 1ms,x", "tau_ref: 'x' is not a time");
    expect_error("population A max_rates=200; compare tau_ref 1ms,8ms",
                 "max_rates: 200 Hz is not below 1/tau_ref; from 1.374 Hz to below 125 Hz works");
    expect_error("population A; close 3; compare tau_ref 1ms,2ms", "no pane shows curves of A: open tuning A");
}
END_TEST

/* The same neurons, input and spikes; and what is given beside it is other. */
START_TEST(a_twin_spikes_alike)
{
    struct outcome o = run("population A n=9 seed=3\ninput A noise\npopulation B like=A\nrun 0.3s\nspikes A\n");
    struct outcome p = run("population A n=9 seed=3\ninput A noise\npopulation B like=A\nrun 0.3s\nspikes B\n");
    ck_assert_msg(o.good && p.good && strlen(o.out) > 100 && strcmp(o.out, p.out) == 0, "%s%s", o.err, p.err);
    outcome_free(&o);
    outcome_free(&p);
    expect_out("population A n=9 tau_rc=30ms\npopulation B like=A n=4\nB.tau_rc\nB.n\n",
               "name,value,unit,default,help\nB.tau_rc,0.029999999999999999,s,0.02,membrane time constant\n"
               "name,value,unit,default,help\nB.n,4,\"\",50,number of neurons\n");
    expect_error("population B like=A", "there is no population yet, so no 'A': population NAME makes one");
}
END_TEST

int main(void)
{
    return HARNESS_RUN("command: pin", a_pin_keeps_the_curve, a_family_has_a_curve_for_each_value,
                       ghosts_are_drawn_behind, the_difference_is_told_and_gone_back_to,
                       what_cannot_be_compared_is_explained, a_twin_spikes_alike);
}
