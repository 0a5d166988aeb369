/* Running out of memory costs the command that needed it: a sentence with what it needs and what there is, and the
 * session goes on as it was. */
#include "run.h"
#include "scarce.h"

#include "base/stop.h"
#include "base/xalloc.h"
#include "signal/history.h"

#define MB ((size_t)1 << 20)

struct scarce {
    struct session *session;
    char *out, *err;
    size_t out_size, err_size;
    struct session_options options;
};

/* A person at a plain line, with 100 MB beside the reserve. */
static void scarce_open(struct scarce *s)
{
    *s = (struct scarce){.options = {.width = 80, .height = 24, .interactive = true, .glyphs = GLYPHS_BRAILLE}};
    s->options.out = open_memstream(&s->out, &s->out_size);
    s->options.err = open_memstream(&s->err, &s->err_size);
    s->session = session_new(&s->options, &all_commands);
    xalloc_on_shortage(stop_out_of_memory);
    ck_assert(xalloc_keep_reserve());
    leave_memory(100 * MB);
}

/* The line fails, and says so. */
static void costs(struct scarce *s, const char *line, const char *sentence)
{
    ck_assert_msg(!session_line(s->session, line, NULL, 0), "'%s' finds memory", line);
    fflush(s->options.err);
    ck_assert_msg(strstr(s->err, sentence), "'%s' said: %s\nnot: %s", line, s->err, sentence);
}

/* The session is as good as new. */
static void goes_on(struct scarce *s, const char *line, const char *answer)
{
    ck_assert_msg(session_line(s->session, line, NULL, 0), "after a shortage '%s' fails: %s", line, s->err);
    fflush(s->options.out);
    ck_assert_msg(strstr(s->out, answer), "'%s' printed %s, without %s", line, s->out, answer);
}

static void scarce_close(struct scarce *s)
{
    session_free(s->session);
    fclose(s->options.out);
    fclose(s->options.err);
    free(s->out);
    free(s->err);
}

START_TEST(what_is_known_to_be_too_much_is_refused_before)
{
    struct scarce s;
    scarce_open(&s);
    costs(&s, "population A n=2000000 dims=4", "n=2000000: 288 MB of memory are needed, and ");
    goes_on(&s, "population A n=20 seed=3; input A constant 0.5; run 200ms; stats A", "neuron");
    costs(&s, "population A n=1000000 dims=64", "n=1000000: 1.1 GB of memory are needed, and ");
    costs(&s, "rates A method=kernel kernel=expon tau=10ms dt=200ns",
          " rows of 20 neurons: 160 MB of memory are needed, and ");
    goes_on(&s, "list", "A");
    scarce_close(&s);
}
END_TEST

START_TEST(what_shows_only_on_the_way_costs_the_command)
{
    struct scarce s;
    scarce_open(&s);
    costs(&s, "meanfield transfer mu=20mV sigma=5mV freq=1:100:10000000",
          "out of memory: 400 MB of memory are needed, and ");
    goes_on(&s, "response model=lif J=1.5", "1.5");
    scarce_close(&s);
}
END_TEST

START_TEST(a_record_keeps_less_from_now_on)
{
    double x = 0.5;
    uint64_t all = 0xff;
    struct history *history = history_new(1, 64 * MB);
    struct spike_batch *batch = batch_new(1, 1, 8);
    for (int step = 0; step < 400000; step++) {
        batch_clear(batch);
        ck_assert(batch_step(batch, step * 1e-3, &x, &all, 8));
        history_append(history, batch);
        if (step != 300000)
            continue;
        ck_assert_uint_gt(history_bytes(history), 10 * MB);
        history_keep(history, 4 * MB);
        ck_assert_msg(history_bytes(history) <= 4 * MB, "%zu bytes", history_bytes(history));
        ck_assert_double_eq_tol(history_time(history, history_steps(history) - 1), 300, 1e-9);
    }
    ck_assert_msg(history_bytes(history) <= 4 * MB, "%zu bytes after more steps", history_bytes(history));
    ck_assert_double_eq_tol(history_time(history, history_steps(history) - 1), 399.999, 1e-9);
    ck_assert_uint_eq(history_dropped(history) + history_steps(history), 400000);
    batch_free(batch);
    history_free(history);
}
END_TEST

int main(void)
{
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
    return 0; /* its own address space has no such limit */
#else
    return HARNESS_RUN("command: memory", what_is_known_to_be_too_much_is_refused_before,
                       what_shows_only_on_the_way_costs_the_command, a_record_keeps_less_from_now_on);
#endif
}
