/* Bytes: what they look like, that all comes back from them to the last bit, and that nothing else is believed. */
#include "harness.h"

#include "base/xalloc.h"
#include "network/connection.h"
#include "network/rule.h"
#include "wire/codec.h"
#include "wire/message.h"

static struct reader over(const void *bytes, size_t length)
{
    return (struct reader){.at = bytes, .left = length};
}

START_TEST(bytes_are_the_same_on_every_machine)
{
    struct bytes b = {0};
    bytes_u8(&b, 7);
    bytes_u32(&b, 0x01020304);
    bytes_u64(&b, 0x0102030405060708);
    bytes_f64(&b, -2);
    bytes_count(&b, 0);
    bytes_count(&b, 127);
    bytes_count(&b, 300);
    bytes_text(&b, "ab");
    bytes_text_or_null(&b, NULL);
    static const uint8_t want[] = {7, 4, 3, 2, 1, 8,    7, 6,   5,    4, 3, 2,   1,   0, 0,
                                   0, 0, 0, 0, 0, 0xc0, 0, 127, 0xac, 2, 2, 'a', 'b', 0};
    ck_assert_uint_eq(b.length, sizeof want);
    for (size_t i = 0; i < sizeof want; i++)
        ck_assert_msg(b.at[i] == want[i], "byte %zu is %u, not %u", i, b.at[i], want[i]);
    struct reader r = reader_of(&b);
    ck_assert(read_u8(&r) == 7 && read_u32(&r) == 0x01020304 && read_u64(&r) == 0x0102030405060708);
    ck_assert(read_f64(&r) == -2 && read_count(&r) == 0 && read_count(&r) == 127 && read_count(&r) == 300);
    char *text = read_text(&r);
    ck_assert_str_eq(text, "ab");
    ck_assert(read_text_or_null(&r) == NULL && read_end(&r));
    ck_assert(read_u8(&r) == 0 && r.bad && !read_end(&r));
    free(text);
    bytes_free(&b);
}
END_TEST

START_TEST(every_count_and_double_comes_back)
{
    static const uint64_t counts[] = {0, 1, 127, 128, 16383, 16384, UINT32_MAX, UINT64_MAX >> 1, UINT64_MAX};
    static const double values[] = {0, -0.0, 1e-310, INFINITY, -INFINITY, 0.1, 1.7976931348623157e308};
    struct bytes b = {0};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        bytes_count(&b, counts[i]);
    bytes_doubles(&b, values, sizeof values / sizeof *values);
    bytes_f64(&b, NAN);
    struct reader r = reader_of(&b);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        uint64_t got = read_count(&r);
        ck_assert_msg(got == counts[i], "%llu came back as %llu", (unsigned long long)counts[i],
                      (unsigned long long)got);
    }
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        double got = read_f64(&r);
        ck_assert_msg(memcmp(&got, &values[i], sizeof got) == 0, "%g came back as %g", values[i], got);
    }
    ck_assert(isnan(read_f64(&r)) && read_end(&r));
    bytes_free(&b);
}
END_TEST

START_TEST(bytes_that_mean_nothing_are_bad)
{
    static const uint8_t long_zero[] = {0x80, 0},
                         too_large[] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2},
                         endless[] = {0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1}, cut[] = {0x80},
                         flag[] = {2}, nul[] = {2, 'a', 0}, longer[] = {3, 'a', 'b'};
    struct reader r = over(long_zero, sizeof long_zero);
    ck_assert(read_count(&r) == 0 && r.bad);
    r = over(too_large, sizeof too_large);
    ck_assert(read_count(&r) == 0 && r.bad);
    r = over(endless, sizeof endless);
    ck_assert(read_count(&r) == 0 && r.bad);
    r = over(cut, sizeof cut);
    ck_assert(read_count(&r) == 0 && r.bad);
    r = over(flag, sizeof flag);
    read_flag(&r);
    ck_assert(r.bad);
    r = over(nul, sizeof nul);
    ck_assert(read_text(&r) == NULL && r.bad);
    r = over(longer, sizeof longer);
    ck_assert(read_text(&r) == NULL && r.bad);
    r = over(longer, sizeof longer);
    ck_assert(read_doubles(&r, SIZE_MAX / 4) == NULL && r.bad);
}
END_TEST

/* ---- populations ---- */

static void set_values(struct distribution *d, size_t count, size_t width, double first)
{
    *d = (struct distribution){.kind = DISTRIBUTION_VALUES, .count = count, .width = width};
    d->values = xcalloc(count, sizeof *d->values);
    for (size_t i = 0; i < count; i++)
        d->values[i] = first + 0.1 * (double)i;
}

/* Each form a spec can have. */
static struct population_spec spec_of_form(size_t form)
{
    struct population_spec spec;
    population_spec_init(&spec);
    spec.n = 7;
    spec.seed = UINT64_MAX - form;
    spec.model = neuron_models[form % neuron_model_count];
    neuron_own_defaults(spec.model, &spec.params);
    spec.params.tau_rc = 0.017;
    spec.params.min_voltage = -INFINITY;
    if (form == 1) {
        spec.dims = 2;
        set_values(&spec.max_rates, 7, 0, 101.1);
        set_values(&spec.intercepts, 7, 0, -0.3);
        set_values(&spec.encoders, 14, 2, 0.7);
        spec.function = xstrdup("x1*x2");
        spec.reg = 0.3;
        spec.synapse = &synapse_alpha;
        spec.tau_synapse = 0.2;
    }
    if (form == 3)
        population_spec_node(&spec, 5);
    if (form == 4) {
        spec.dims = 2;
        spec.encoders = (struct distribution){.kind = DISTRIBUTION_AXES};
        spec.given_gain = spec.given_bias = spec.bias_off = true;
        set_values(&spec.gain, 7, 0, 1.5);
        set_values(&spec.bias, 7, 0, -0.5);
        spec.held_model = &neuron_lif;
        spec.held = neuron_defaults;
        spec.held.tau_ref = 0.004;
        spec.lesion = 0.25;
        spec.eval_count = 3;
        spec.eval_points = xcalloc(6, sizeof(double));
        spec.eval_points[5] = 0.75;
    }
    if (form == 2) {
        spec.given = xcalloc(1, sizeof *spec.given);
        spec.given->n = 3;
        spec.given->dims = 2;
        spec.given->gain = xcalloc(3, sizeof(double));
        spec.given->bias = xcalloc(3, sizeof(double));
        spec.given->encoders = xcalloc(6, sizeof(double));
        for (size_t i = 0; i < 6; i++) {
            spec.given->gain[i / 2] = 1.5 + (double)i;
            spec.given->bias[i / 2] = -0.25 * (double)i;
            spec.given->encoders[i] = i % 2 ? 0.6 : 0.8;
        }
    }
    return spec;
}
#define FORMS 6

static void ck_same_values(const double *a, const double *b, size_t count, const char *what)
{
    for (size_t i = 0; i < count; i++)
        ck_assert_msg(same(a[i], b[i]), "%s: number %zu is %.17g, not %.17g", what, i, b[i], a[i]);
}

static void ck_same_distribution(const struct distribution *a, const struct distribution *b, const char *what)
{
    ck_assert_msg(a->kind == b->kind && a->count == b->count && a->width == b->width, "%s has another form", what);
    ck_assert_msg(a->low == b->low && a->high == b->high, "%s: %g:%g, not %g:%g", what, b->low, b->high, a->low,
                  a->high);
    ck_same_values(a->values, b->values, a->count, what);
}

START_TEST(a_population_comes_back)
{
    for (size_t form = 0; form < FORMS; form++) {
        struct population_spec a = spec_of_form(form), b;
        struct bytes bytes = {0};
        struct error error = {""};
        bytes_spec(&bytes, &a);
        struct reader r = reader_of(&bytes);
        ck_assert_msg(codec_read_spec(&r, &b, &error), "form %zu: %s", form, error.text);
        ck_assert(read_end(&r));
        ck_assert(a.n == b.n && a.dims == b.dims && a.radius == b.radius && a.seed == b.seed && a.model == b.model &&
                  a.node == b.node);
        ck_assert_msg(memcmp(&a.params, &b.params, sizeof a.params) == 0, "form %zu: parameters differ", form);
        ck_same_distribution(&a.max_rates, &b.max_rates, "max_rates");
        ck_same_distribution(&a.intercepts, &b.intercepts, "intercepts");
        ck_same_distribution(&a.encoders, &b.encoders, "encoders");
        ck_same_distribution(&a.gain, &b.gain, "gain");
        ck_same_distribution(&a.bias, &b.bias, "bias");
        ck_assert(a.given_gain == b.given_gain && a.given_bias == b.given_bias && a.bias_off == b.bias_off);
        ck_assert_msg(a.held_model == b.held_model && memcmp(&a.held, &b.held, sizeof a.held) == 0,
                      "form %zu: what is held differs", form);
        ck_assert(a.lesion == b.lesion && a.eval_count == b.eval_count && !a.eval_points == !b.eval_points);
        if (a.eval_points)
            ck_same_values(a.eval_points, b.eval_points, a.eval_count * a.dims, "eval_points");
        ck_assert(!a.given == !b.given && !a.function == !b.function);
        if (a.function)
            ck_assert_str_eq(a.function, b.function);
        ck_assert(a.reg == b.reg && a.synapse == b.synapse && a.tau_synapse == b.tau_synapse);
        if (a.given) {
            ck_assert(a.given->n == b.given->n && a.given->dims == b.given->dims);
            ck_same_values(a.given->gain, b.given->gain, a.given->n, "gain");
            ck_same_values(a.given->bias, b.given->bias, a.given->n, "bias");
            ck_same_values(a.given->encoders, b.given->encoders, a.given->n * a.given->dims, "encoders");
        }
        population_spec_free(&a);
        population_spec_free(&b);
        bytes_free(&bytes);
    }
}
END_TEST

/* A population cut short anywhere, or with one byte changed, is refused or is another population; never a crash. */
START_TEST(a_broken_population_is_refused)
{
    for (size_t form = 0; form < FORMS; form++) {
        struct population_spec a = spec_of_form(form), b;
        struct bytes bytes = {0};
        struct error error;
        bytes_spec(&bytes, &a);
        for (size_t length = 0; length < bytes.length; length++) {
            uint8_t *exact = xalloc(length); /* so that a sanitizer sees what lies behind */
            memcpy(exact, bytes.at, length);
            struct reader r = over(exact, length);
            error.text[0] = '\0';
            ck_assert_msg(!codec_read_spec(&r, &b, &error), "form %zu: %zu of %zu bytes are enough", form, length,
                          bytes.length);
            ck_assert_str_eq(error.text, "the bytes of a population make no sense");
            free(exact);
        }
        for (size_t i = 0; i < bytes.length; i++) {
            bytes.at[i] ^= 0xff;
            struct reader r = reader_of(&bytes);
            if (codec_read_spec(&r, &b, &error))
                population_spec_free(&b);
            bytes.at[i] ^= 0xff;
        }
        population_spec_free(&a);
        bytes_free(&bytes);
    }
}
END_TEST

/* ---- inputs ---- */

static struct stimulus *input_of(const struct stimulus_type *type, double seed)
{
    struct error error = {""};
    struct stimulus_samples *samples = NULL;
    if (type->samples) {
        samples = xcalloc(1, sizeof *samples);
        samples->count = 3;
        samples->time = xcalloc(3, sizeof(double));
        samples->value = xcalloc(3, sizeof(double));
        for (size_t i = 0; i < 3; i++) {
            samples->time[i] = 0.5 * (double)i;
            samples->value[i] = 0.25 - (double)i;
        }
        samples->rows = seed > 5;
        samples->source = xstrdup("a.csv");
        samples->column = xstrdup("x1");
    }
    struct stimulus *s = stimulus_new(type, NULL, (uint64_t)seed, samples, &error);
    ck_assert_msg(s != NULL, "%s", error.text);
    return s;
}

START_TEST(an_input_comes_back)
{
    /* one of each kind, and all of them as the dimensions of one */
    struct stimulus *chain = NULL, **end = &chain;
    for (size_t i = 0; i <= stimulus_type_count; i++) {
        struct stimulus *a = i < stimulus_type_count ? input_of(stimulus_types[i], (double)i + 3) : chain, *b;
        struct bytes bytes = {0};
        struct error error = {""};
        bytes_input(&bytes, a);
        struct reader r = reader_of(&bytes);
        ck_assert_msg(codec_read_input(&r, &b, &error) && read_end(&r), "%s", error.text);
        for (const struct stimulus *p = a, *q = b; p || q; p = p->next, q = q->next) {
            ck_assert_ptr_nonnull(p);
            ck_assert_ptr_nonnull(q);
            ck_assert(p->type == q->type && p->seed == q->seed);
            ck_assert(memcmp(p->param, q->param, sizeof p->param) == 0);
            for (double t = 0; t < 3; t += 0.0625)
                ck_assert_msg(same(stimulus_value(p, t), stimulus_value(q, t)), "%s at %g s: %.17g, not %.17g",
                              p->type->name, t, stimulus_value(q, t), stimulus_value(p, t));
            char said[2][128];
            stimulus_describe(p, said[0], sizeof said[0]);
            stimulus_describe(q, said[1], sizeof said[1]);
            ck_assert_str_eq(said[0], said[1]);
        }
        for (size_t length = 0; length < bytes.length; length++) {
            struct stimulus *none;
            struct reader cut = over(bytes.at, length);
            ck_assert_msg(!codec_read_input(&cut, &none, &error), "%zu of %zu bytes are enough", length, bytes.length);
        }
        stimulus_free(b);
        bytes_free(&bytes);
        if (a != chain) {
            *end = a;
            end = &a->next;
        }
    }
    stimulus_free(chain);
}
END_TEST

START_TEST(an_input_out_of_range_is_refused_in_words)
{
    struct stimulus *a = input_of(&stimulus_sine, 1), *b;
    struct bytes bytes = {0};
    struct error error = {""};
    a->param[0] = NAN;
    bytes_input(&bytes, a);
    struct reader r = reader_of(&bytes);
    ck_assert(!codec_read_input(&r, &b, &error) && b == NULL);
    ck_assert_msg(strstr(error.text, "out of range"), "%s", error.text);
    bytes.length = 0;
    bytes_count(&bytes, POPULATION_MAX_DIMS + 1);
    r = reader_of(&bytes);
    ck_assert(!codec_read_input(&r, &b, &error));
    bytes.length = 0;
    bytes_input(&bytes, NULL);
    r = reader_of(&bytes);
    ck_assert(codec_read_input(&r, &b, &error) && b == NULL && read_end(&r));
    stimulus_free(a);
    bytes_free(&bytes);
}
END_TEST

/* ---- connections ---- */

static struct matrix matrix_of(size_t rows, size_t columns)
{
    struct matrix m = {rows, columns, xcalloc(rows * columns, sizeof(double))};
    for (size_t i = 0; i < rows * columns; i++)
        m.value[i] = 0.1 + (double)i;
    return m;
}

static struct connection_spec connection_of(void)
{
    struct connection_spec c;
    connection_spec_init(&c);
    c.name = xstrdup("A-B");
    c.pre = 3;
    c.post = ENGINE_SLOTS - 1;
    c.kind = &connection_full;
    c.function = xstrdup("x^2");
    c.target = xstrdup("x");
    c.transform = matrix_of(2, 3);
    c.from = (struct dimensions){2, xcalloc(2, sizeof(size_t))};
    c.from.of[1] = 7;
    c.to = (struct dimensions){1, xcalloc(1, sizeof(size_t))};
    c.synapse = &synapse_alpha;
    c.solver = &solver_dale;
    c.points = xcalloc(1, sizeof *c.points);
    *c.points = (struct eval_points){2, 3, matrix_of(2, 3).value};
    c.point_count = 9;
    c.seed = UINT64_MAX;
    c.decoders = matrix_of(5, 2);
    c.weights = matrix_of(4, 5);
    c.mask = matrix_of(5, 1);
    c.gram = true;
    c.learning = (struct learning_spec){&rule_pes, false, 0.25, 0.5, true, true, 11};
    return c;
}

static void ck_same_matrix(const struct matrix *a, const struct matrix *b, const char *what)
{
    ck_assert_msg(a->rows == b->rows && a->columns == b->columns, "%s has another shape", what);
    ck_same_values(a->value, b->value, a->rows * a->columns, what);
}

START_TEST(a_connection_comes_back)
{
    struct connection_spec a = connection_of(), b;
    struct bytes bytes = {0};
    struct error error = {""};
    bytes_connection(&bytes, &a);
    struct reader r = reader_of(&bytes);
    ck_assert_msg(codec_read_connection(&r, &b, &error) && read_end(&r), "%s", error.text);
    ck_assert_str_eq(a.name, b.name);
    ck_assert_str_eq(a.function, b.function);
    ck_assert_str_eq(a.target, b.target);
    ck_assert(a.pre == b.pre && a.post == b.post && a.kind == b.kind && a.synapse == b.synapse && a.solver == b.solver);
    ck_assert(a.tau_synapse == b.tau_synapse && a.reg == b.reg && a.scale == b.scale && a.excitatory == b.excitatory);
    ck_assert(a.seed == b.seed && a.point_count == b.point_count && b.gram);
    ck_same_matrix(&a.transform, &b.transform, "transform");
    ck_same_matrix(&a.decoders, &b.decoders, "decoders");
    ck_same_matrix(&a.weights, &b.weights, "weights");
    ck_same_matrix(&a.mask, &b.mask, "mask");
    ck_assert(b.from.count == 2 && b.from.of[0] == 0 && b.from.of[1] == 7 && b.to.count == 1 && b.to.of[0] == 0);
    ck_assert(b.points->count == 2 && b.points->dims == 3);
    ck_same_values(a.points->x, b.points->x, 6, "points");
    ck_assert(b.learning.rule == &rule_pes && !b.learning.on && b.learning.rate == 0.25 && b.learning.tau == 0.5);
    ck_assert(b.learning.keep_signs && b.learning.has_error && b.learning.error == 11);
    connection_spec_free(&b);
    for (size_t length = 0; length < bytes.length; length++) {
        r = over(bytes.at, length);
        ck_assert_msg(!codec_read_connection(&r, &b, &error), "%zu of %zu bytes are enough", length, bytes.length);
    }
    ck_assert_str_eq(error.text, "the bytes of a connection make no sense");
    a.post = ENGINE_SLOTS;
    bytes.length = 0;
    bytes_connection(&bytes, &a);
    r = reader_of(&bytes);
    ck_assert_msg(!codec_read_connection(&r, &b, &error), "a slot that is not there was believed");
    connection_spec_free(&a);
    bytes_free(&bytes);
}
END_TEST

START_TEST(what_was_learned_comes_back)
{
    struct matrix decoders = matrix_of(2, 3), weights = matrix_of(3, 4);
    struct port_learned a = {.rows = 2,
                             .n_pre = 3,
                             .decoders = decoders.value,
                             .padded = 4,
                             .weights = weights.value,
                             .on = true,
                             .not_finite = true},
                        b;
    a.watch = (struct learning_watch){0.5, 1.5, 3, 0.25, 0.125, 7, 9, -1, 2.5, 3.5, true};
    struct bytes bytes = {0};
    struct error error = {""};
    bytes_learned(&bytes, &a);
    struct reader r = reader_of(&bytes);
    ck_assert_msg(codec_read_learned(&r, &b, &error) && read_end(&r), "%s", error.text);
    ck_assert(b.rows == 2 && b.n_pre == 3 && b.change == NULL && b.on && b.not_finite);
    ck_same_values(a.decoders, b.decoders, 6, "decoders");
    ck_assert(b.padded == 4);
    ck_same_values(a.weights, b.weights, 12, "weights");
    ck_assert(b.watch.time == 0.5 && b.watch.square == 1.5 && b.watch.windows == 3 && b.watch.first == 0.25);
    ck_assert(b.watch.last == 0.125 && b.watch.turns == 7 && b.watch.last_turns == 9 && b.watch.sign == -1);
    ck_assert(b.watch.power == 2.5 && b.watch.last_power == 3.5);
    ck_assert(b.watch.stopped);
    codec_learned_free(&b);
    for (size_t length = 0; length < bytes.length; length++) {
        r = over(bytes.at, length);
        ck_assert_msg(!codec_read_learned(&r, &b, &error), "%zu of %zu bytes are enough", length, bytes.length);
    }
    matrix_free(&decoders);
    matrix_free(&weights);
    bytes_free(&bytes);
}
END_TEST

/* ---- spikes and status ---- */

static struct spike_batch *batch_of(void)
{
    struct spike_batch *batch = batch_new(2, 3, 8);
    const double x[3][2] = {{0.5, -1}, {0, 0}, {INFINITY, 0.1}};
    const uint64_t bits[3][4] = {{UINT64_C(1) | UINT64_C(1) << 63, 1, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 1 << 7}};
    for (size_t s = 0; s < 3; s++)
        ck_assert(batch_step(batch, 0.1 * (double)(s + 1), x[s], bits[s], 200));
    batch_ideal(batch, (const double[]){7, -7}); /* the last step's; the others' is their input */
    ck_assert_uint_eq(batch->spikes, 4);
    batch->lost = 5;
    return batch;
}

START_TEST(spikes_come_back)
{
    struct spike_batch *a = batch_of(), *b;
    struct bytes bytes = {0};
    struct error error = {""};
    bytes_batch(&bytes, a);
    struct reader r = reader_of(&bytes);
    b = codec_read_batch(&r, 2, 200, &error);
    ck_assert_msg(b != NULL && read_end(&r), "%s", error.text);
    ck_assert(b->steps == 3 && b->spikes == 4 && b->lost == 5 && b->dims == 2);
    ck_same_values(a->time, b->time, 3, "time");
    ck_same_values(a->input, b->input, 6, "input");
    ck_same_values(a->ideal, b->ideal, 6, "ideal");
    ck_assert(b->ideal[0] == 0.5 && b->ideal[5] == -7);
    static const uint32_t neurons[] = {0, 63, 64, 199};
    ck_assert(memcmp(b->neuron, neurons, sizeof neurons) == 0);
    ck_assert(b->end[0] == 3 && b->end[1] == 3 && b->end[2] == 4);
    batch_free(b);
    r = reader_of(&bytes);
    ck_assert_msg(!codec_read_batch(&r, 2, 199, &error), "neuron 199 of 199 neurons was believed");
    r = reader_of(&bytes);
    ck_assert_msg(!codec_read_batch(&r, 2, 0, &error), "a rate model spiked");
    for (size_t length = 0; length < bytes.length; length++) {
        r = over(bytes.at, length);
        ck_assert_msg(!codec_read_batch(&r, 2, 200, &error), "%zu of %zu bytes are enough", length, bytes.length);
    }
    ck_assert_str_eq(error.text, "the bytes of spikes make no sense");
    batch_free(a);
    bytes_free(&bytes);
}
END_TEST

START_TEST(spikes_that_cannot_be_are_refused)
{
    struct error error;
    struct spike_batch *a = batch_of();
    struct bytes bytes = {0};
    a->time[2] = 0.05; /* before the one before */
    bytes_batch(&bytes, a);
    struct reader r = reader_of(&bytes);
    ck_assert(!codec_read_batch(&r, 2, 200, &error));
    a->time[2] = NAN;
    bytes.length = 0;
    bytes_batch(&bytes, a);
    r = reader_of(&bytes);
    ck_assert(!codec_read_batch(&r, 2, 200, &error));
    bytes.length = 0;
    bytes_count(&bytes, 3); /* three spikes announced, none there */
    bytes_count(&bytes, 0);
    bytes_count(&bytes, 0);
    bytes_u32(&bytes, 0);
    r = reader_of(&bytes);
    ck_assert(!codec_read_batch(&r, 1, 200, &error));
    bytes.length = 0;
    bytes_count(&bytes, UINT64_MAX); /* no memory is asked for that no bytes can fill */
    r = reader_of(&bytes);
    ck_assert(!codec_read_batch(&r, 1, 200, &error));
    batch_free(a);
    bytes_free(&bytes);
}
END_TEST

START_TEST(a_status_comes_back)
{
    struct engine_status a = {.time = 1.5,
                              .dt = 0.001,
                              .step = 1500,
                              .running = true,
                              .remaining = 7,
                              .speed = INFINITY,
                              .reached = 3.25,
                              .behind = false,
                              .waiting = true},
                         b;
    struct bytes bytes = {0};
    struct error error = {""};
    bytes_status(&bytes, &a);
    struct reader r = reader_of(&bytes);
    ck_assert_msg(codec_read_status(&r, &b, &error) && read_end(&r), "%s", error.text);
    ck_assert(a.time == b.time && a.dt == b.dt && a.step == b.step && a.running == b.running && !b.behind);
    ck_assert(a.remaining == b.remaining && a.speed == b.speed && a.reached == b.reached && b.waiting && !b.lost);
    a.dt = 0;
    bytes.length = 0;
    bytes_status(&bytes, &a);
    r = reader_of(&bytes);
    ck_assert(!codec_read_status(&r, &b, &error));
    ck_assert_str_eq(error.text, "the bytes of an engine's status make no sense");
    bytes_free(&bytes);
}
END_TEST

/* What passes over the wire is written field by field, so one that is added here is forgotten there without a word from
 * the compiler. Whoever changes such a struct comes by here: put the field into src/wire/codec*.c and into the test of
 * it above, and then its size into this list. */
START_TEST(no_field_is_forgotten)
{
    static const struct {
        const char *name;
        size_t size, known;
    } structs[] = {
        {"population_spec", sizeof(struct population_spec), 520},
        {"distribution", sizeof(struct distribution), 48},
        {"neuron_table", sizeof(struct neuron_table), 40},
        {"stimulus_samples", sizeof(struct stimulus_samples), 48},
        {"connection_spec", sizeof(struct connection_spec), 304},
        {"learning_spec", sizeof(struct learning_spec), 48},
        {"port_learned", sizeof(struct port_learned), 152},
        {"engine_status", sizeof(struct engine_status), 80},
        {"spike_batch", sizeof(struct spike_batch), 88},
    };
    for (size_t i = 0; sizeof(void *) == 8 && i < sizeof structs / sizeof *structs; i++)
        ck_assert_msg(structs[i].size == structs[i].known,
                      "struct %s has %zu bytes, and %zu when the codec was written", structs[i].name, structs[i].size,
                      structs[i].known);
}
END_TEST

/* ---- messages ---- */

START_TEST(a_message_is_taken_when_all_of_it_is_there)
{
    static const uint8_t stream[] = {2, 0, 0, 0, MESSAGE_TAKE, 'o', 'k', 0, 0, 0, 0, MESSAGE_WAKE, 9, 0};
    struct wire wire = {.in = -1, .out = -1};
    struct reader content;
    uint8_t kind;
    size_t messages = 0;
    for (size_t i = 0; i < sizeof stream; i++) {
        bytes_append(&wire.got, &stream[i], 1);
        enum taken taken = wire_take(&wire, &kind, &content);
        ck_assert_msg((taken == TAKEN_ONE) == (i == 6 || i == 11), "after byte %zu: %d", i, taken);
        if (taken == TAKEN_ONE && ++messages == 1)
            ck_assert(kind == MESSAGE_TAKE && content.left == 2 && memcmp(content.at, "ok", 2) == 0);
    }
    ck_assert(messages == 2 && kind == MESSAGE_WAKE && content.left == 0);
    wire_free(&wire);
    static const uint8_t huge[] = {1, 0, 0, 0x40, MESSAGE_TAKE};
    bytes_append(&wire.got, huge, sizeof huge);
    ck_assert_msg(wire_take(&wire, &kind, &content) == TAKEN_NONSENSE, "a length of 2^30 + 1 was believed");
    wire_free(&wire);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("wire: codec", bytes_are_the_same_on_every_machine, every_count_and_double_comes_back,
                       bytes_that_mean_nothing_are_bad, a_population_comes_back, a_broken_population_is_refused,
                       an_input_comes_back, an_input_out_of_range_is_refused_in_words, a_connection_comes_back,
                       what_was_learned_comes_back, spikes_come_back, spikes_that_cannot_be_are_refused,
                       a_status_comes_back, no_field_is_forgotten, a_message_is_taken_when_all_of_it_is_there);
}
