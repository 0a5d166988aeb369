/* Decoders in a session with a screen, where large ones are solved by a thread beside the frames. */
#include "run.h"

#include "base/clock.h"
#include "command/families.h"
#include "frame/frame.h"
#include "session/session.h"

struct live {
    struct session *session;
    struct canvas *canvas;
    char *out, *err;
    size_t out_size, err_size;
    FILE *streams[2];
};

static void no_wake(void *context)
{
    (void)context;
}

static void live_begin(struct live *l)
{
    *l = (struct live){.canvas = canvas_new(120, 36, GLYPHS_BRAILLE)};
    struct error error;
    l->streams[0] = open_memstream(&l->out, &l->out_size);
    l->streams[1] = open_memstream(&l->err, &l->err_size);
    struct session_options options = {.screen = true,
                                      .width = 120,
                                      .height = 36,
                                      .glyphs = GLYPHS_BRAILLE,
                                      .out = l->streams[0],
                                      .err = l->streams[1]};
    l->session = session_new(&options, &all_commands);
    ck_assert(session_start(l->session, no_wake, NULL, &error));
}

static void live_end(struct live *l)
{
    session_free(l->session);
    canvas_free(l->canvas);
    fclose(l->streams[0]);
    fclose(l->streams[1]);
    free(l->out);
    free(l->err);
}

/* One frame; what it shows of the first population is decoded, or not. */
static const struct decoding_view *frame(struct live *l)
{
    struct view view = {0};
    session_collect(l->session);
    session_view(l->session, &view);
    view.prompt = "> ";
    view.line = "";
    frame_draw(l->canvas, &view);
    return view.subject[0].decoding;
}

static void type(struct live *l, const char *line)
{
    ck_assert_msg(session_line(l->session, line, NULL, 0), "'%s' failed", line);
}

/* Frames until nothing runs, waits or is solved. */
static const struct decoding_view *settle(struct live *l)
{
    const struct decoding_view *view;
    do
        view = frame(l);
    while (
        session_busy(l->session) || session_solves(l->session) ||
        (view && (view->solving || (!view->decoder && !view->trouble)))); /* what was stopped begins again in a frame */
    return view;
}

#define LARGE "population A n=600 seed=2; input A sine 2Hz"

START_TEST(frames_go_on_while_decoders_are_solved)
{
    struct live l;
    live_begin(&l);
    type(&l, LARGE);
    type(&l, "pane 2 decoded A");
    ck_assert_msg(frame(&l)->solving, "600 neurons were solved within a frame");
    ck_assert(session_solves(l.session));
    const struct decoding_view *view = settle(&l);
    ck_assert(view->decoder && view->decoder->n == 600 && !view->solving);
    /* The old decoders serve until the new ones are there. */
    type(&l, "set A function=x^2");
    view = frame(&l);
    ck_assert(view->solving && view->decoder);
    ck_assert_str_eq(view->function, "x");
    view = settle(&l);
    ck_assert_str_eq(view->function, "x^2");
    live_end(&l);
}
END_TEST

/* What a script gives, which solves at once, and what a session gives that draws frames and solves beside
 * them. */
START_TEST(what_is_decoded_does_not_depend_on_who_solves)
{
    char path[] = "/tmp/decodingXXXXXX", line[128];
    close(mkstemp(path));
    remove(path); /* what is there already is not written over */
    struct live l;
    live_begin(&l);
    type(&l, LARGE);
    type(&l, "pane 2 decoded A");
    type(&l, "speed max");
    type(&l, "run 200ms");
    settle(&l);
    for (int tau = 22; tau <= 30; tau += 2) { /* as a knob would */
        snprintf(line, sizeof line, "set A tau_rc=%dms", tau);
        type(&l, line);
        frame(&l);
    }
    type(&l, "run 100ms");
    const struct decoding_view *view = settle(&l);
    size_t last = view->trace->count - 1;
    double time = readout_time(view->trace, last), decoded = readout_decoded(view->trace, last)[0];
    snprintf(line, sizeof line, "decoded A > %s overwrite=on", path);
    type(&l, line);
    settle(&l);
    struct outcome o = run(LARGE "; run 200ms; set A tau_rc=30ms; run 100ms; decoded A");
    char *kept = calloc(1, strlen(o.out) + 2);
    FILE *file = fopen(path, "r");
    ck_assert_msg(fread(kept, 1, strlen(o.out) + 1, file) == strlen(o.out) && strcmp(kept, o.out) == 0,
                  "the tables differ");
    fclose(file);
    struct table t = {.text = kept};
    table_parse(&t);
    ck_assert_msg(fabs(time - table_number(&t, t.rows - 1, "t")) < 1e-9, "the trace ends at %g s", time);
    double wanted = table_number(&t, t.rows - 1, "decoded");
    ck_assert_msg(fabs(decoded - wanted) < 1e-3, "the pane shows %.9g, the table %.9g", decoded, wanted);
    table_free(&t);
    outcome_free(&o);
    live_end(&l);
    unlink(path);
}
END_TEST

START_TEST(what_is_being_solved_may_be_left)
{
    struct live l;
    live_begin(&l);
    type(&l, LARGE);
    type(&l, "pane 2 decoded A");
    frame(&l);
    type(&l, "set A n=5 dims=2");
    frame(&l);
    const struct decoding_view *view = settle(&l);
    ck_assert(view->decoder->n == 5 && view->decoder->outputs == 2 && view->trace == NULL);
    type(&l, "run 20ms");
    view = settle(&l);
    ck_assert(view->trace && view->trace->outputs == 2);
    type(&l, "set A n=700 dims=1");
    frame(&l);
    type(&l, "reset");
    frame(&l);
    live_end(&l);
}
END_TEST

START_TEST(too_many_neurons_say_so)
{
    struct live l;
    live_begin(&l);
    type(&l, "population A n=200000");
    type(&l, "pane 2 decoded A");
    const struct decoding_view *view = settle(&l);
    ck_assert_msg(view->trouble && !view->decoder, "200 000 neurons were solved");
    ck_assert_msg(strstr(view->trouble, "200 000 neurons are too many") && strstr(view->trouble, "decoders and decode"),
                  "%s", view->trouble);
    type(&l, "set A n=50");
    view = settle(&l);
    ck_assert(view->decoder && !view->trouble);
    live_end(&l);
}
END_TEST

/* With other neurons at the same moment, too. */
START_TEST(another_synapse_begins_the_trace_anew)
{
    struct live l;
    live_begin(&l);
    type(&l, "population A n=50; input A 0.7; speed max; run 300ms");
    type(&l, "pane 2 decoded A");
    settle(&l);
    type(&l, "set A tau_rc=30ms tau_synapse=100ms");
    type(&l, "run 50ms");
    const struct decoding_view *view = settle(&l);
    double decoded = readout_decoded(view->trace, view->trace->count - 1)[0];
    struct outcome o = run("population A n=50; input A 0.7; run 300ms; set A tau_rc=30ms tau_synapse=100ms; "
                           "run 50ms; decoded A");
    struct table t = {.text = o.out};
    table_parse(&t);
    double wanted = table_number(&t, t.rows - 1, "decoded");
    ck_assert_msg(fabs(decoded - wanted) < 1e-9, "the pane shows %.9g, the table %.9g", decoded, wanted);
    table_free(&t);
    free(o.err);
    live_end(&l);
}
END_TEST

/* A first solution for other neurons or another function would be of no use: it is not waited for. */
START_TEST(what_cannot_serve_is_not_solved_to_its_end)
{
    struct live l;
    live_begin(&l);
    type(&l, "population A n=4000 dims=2; pane 2 decoded A");
    frame(&l);
    type(&l, "set A n=600");
    const struct decoding_view *view = settle(&l);
    ck_assert(view->decoder->n == 600 && view->decoder->outputs == 2);
    type(&l, "set A n=4000");
    frame(&l);
    type(&l, "set A n=500 function=x1*x2");
    view = settle(&l);
    ck_assert(view->decoder->n == 500 && view->decoder->outputs == 1);
    live_end(&l);
}
END_TEST

/* Nobody looks any more: no frame waits for what is being solved, and who looks again gets it. */
START_TEST(a_closed_pane_waits_for_nothing)
{
    struct live l;
    live_begin(&l);
    type(&l, "population A n=1500; pane 2 decoded A");
    ck_assert(frame(&l)->solving && session_solves(l.session));
    type(&l, "pane 2 raster A");
    frame(&l);
    ck_assert_msg(!session_solves(l.session), "frames go on for a pane that is closed");
    type(&l, "pane 2 decoded A");
    const struct decoding_view *view = settle(&l);
    ck_assert(view->decoder->n == 1500 && !view->solving);
    live_end(&l);
}
END_TEST

START_TEST(the_table_is_decoded_beside_the_frames)
{
    struct live l;
    live_begin(&l);
    type(&l, "population A n=3000; pane 2 decoded A");
    type(&l, "decoded A; set A n=2999");
    ck_assert(session_busy(l.session));
    ck_assert_msg(frame(&l)->solving, "3000 neurons were solved within a frame");
    const struct decoding_view *view = settle(&l);
    ck_assert(view->decoder->n == 2999 && !view->solving);
    live_end(&l);
}
END_TEST

START_TEST(a_table_that_is_stopped_leaves_the_panes_theirs)
{
    struct live l;
    live_begin(&l);
    type(&l, "population A n=4000; pane 2 decoded A");
    frame(&l);
    type(&l, "decoded A");
    ck_assert_msg(session_interrupt(l.session), "4000 neurons were solved in a moment");
    const struct decoding_view *view = settle(&l);
    /* On a busy machine what was stopped may have been the panes' own, which begin again. */
    ck_assert(!view->decoder || (view->decoder->n == 4000 && view->trouble == NULL));
    live_end(&l);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("command: decoding", a_closed_pane_waits_for_nothing, another_synapse_begins_the_trace_anew,
                       what_cannot_serve_is_not_solved_to_its_end, the_table_is_decoded_beside_the_frames,
                       a_table_that_is_stopped_leaves_the_panes_theirs, frames_go_on_while_decoders_are_solved,
                       what_is_decoded_does_not_depend_on_who_solves, what_is_being_solved_may_be_left,
                       too_many_neurons_say_so);
}
