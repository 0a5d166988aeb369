/* Populations of several dimensions: inputs, directions, tuning tables. */
#include "run.h"

#include "base/text.h"

static struct table table_of(const char *csv)
{
    struct table t = {.text = strcpy(malloc(strlen(csv) + 1), csv)};
    ck_assert_msg(strchr(t.text, '\n') != NULL, "no table");
    table_parse(&t);
    return t;
}

static struct table table_from(const char *lines)
{
    struct outcome o = run(lines);
    ck_assert_msg(o.good, "'%s' failed: %s", lines, o.err);
    struct table t = table_of(o.out);
    outcome_free(&o);
    return t;
}

static double cell(const struct table *t, size_t row, size_t column)
{
    return strtod(t->cell[row * t->columns + column], NULL);
}

static void expect_equal(const char *one, const char *other)
{
    struct outcome a = run(one), b = run(other);
    ck_assert_msg(a.good && b.good && strlen(a.out) > 100, "%s%s%s", a.err, b.err, a.out);
    ck_assert_msg(strcmp(a.out, b.out) == 0, "'%s' and '%s' differ", one, other);
    outcome_free(&a);
    outcome_free(&b);
}

/* What `list` says the input is. */
static void expect_input(const char *lines, const char *input)
{
    struct text all = {0};
    text_printf(&all, "%s\nlist\n", lines);
    struct outcome o = run(text_string(&all));
    ck_assert_msg(o.good, "'%s' failed: %s", lines, o.err);
    ck_assert_msg(strstr(o.out, input) != NULL, "'%s': no %s in\n%s", lines, input, o.out);
    outcome_free(&o);
    text_free(&all);
}

/* ---- inputs ---- */

START_TEST(inputs_are_told_for_each_dimension)
{
    expect_input("population A dims=2", "0 in both dimensions");
    expect_input("population A dims=2\ninput A 0.3,-0.5", "\"(0.3, -0.5)\"");
    expect_input("population A dims=2\ninput A constant 0.3,-0.5", "\"(0.3, -0.5)\"");
    expect_input("population A dims=2\ninput A sine 2Hz phase=0,90deg", "\"(sin(2π·2t), cos(2π·2t))\"");
    expect_input("population A dims=3\ninput A sine\ninput A 0.5 dim=2", "\"(sin(2πt), 0.5, sin(2πt))\"");
    expect_input("population A dims=2\ninput A sine dim=2\nset A input.dim=2 input.frequency=3Hz",
                 "\"(0, sin(2π·3t))\"");
    expect_input("population A dims=2\ninput A sine phase=0,90deg\nset A input.amplitude=0.5,2",
                 "\"(0.5 sin(2πt), 2 cos(2πt))\"");
    expect_input("population A dims=2\nset A x1=0.25 x2=sine input.frequency=4Hz", "\"(0.25, sin(2π·4t))\"");
    expect_input("population A dims=2\ninput A noise", "\"noise rms 0.5 <5 Hz, its own in both dimensions\"");
    expect_input("population A dims=2\ninput A 1,2\nset A dims=3", "\"(1, 2, 0)\"");
    expect_input("population A dims=2\ninput A 1,2\nset A dims=1", ",1,");
    expect_input("population A dims=2\ninput A 1,2\nset A dims=3 x=4,5,6", "\"(4, 5, 6)\"");
}
END_TEST

START_TEST(wrong_inputs_are_refused)
{
    static const char *const rows[][2] = {
        {"input A 1,2,3", "1,2,3: 3 numbers, and x has 2 dimensions"},
        {"input A sine phase=1,2,3", "phase=1,2,3: 3 numbers, and x has 2 dimensions"},
        {"input A sine phase=1,2 dim=1", "phase=1,2: 2 numbers, and x has 1 dimension with dim="},
        {"input A sine dim=3", "dim=3: x has 2 dimensions"},
        {"input A sine dim=0", "dim=0: must be from 1 to 64"},
        {"input A sine phase=1,", "phase: number 2 of the list is missing"},
        {"input A 1,nan", "constant: value = nan is out of range"},
        {"set A x1=1,2", "1,2: 2 numbers, and x has 1 dimension with dim="},
        {"set A x3=1", "unknown key 'x3'"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char lines[200];
        snprintf(lines, sizeof lines, "population A dims=2\n%s", rows[i][0]);
        struct outcome o = run(lines);
        ck_assert_msg(!o.good && strstr(o.err, rows[i][1]), "'%s' said '%s', not '%s'", rows[i][0], o.err, rows[i][1]);
        outcome_free(&o);
    }
}
END_TEST

/* A rate model shows x through its rates: two neurons with J = x1 + 2 and J = x2 + 2. */
static struct table two_mirrors(const char *input)
{
    const char *path = scratch("mirrors.csv");
    char lines[600];
    write_file(path, "gain,bias,e1,e2\n1,2,1,0\n1,2,0,1\n");
    snprintf(lines, sizeof lines, "population A neurons=@%s model=lifrate\n%s\nrun 50ms\nrates A dt=10ms", path, input);
    return table_from(lines);
}

static double lif(double J)
{
    return 1 / (0.002 + 0.02 * log1p(1 / (J - 1)));
}

START_TEST(every_dimension_gets_its_own_input)
{
    struct table t = two_mirrors("input A sine 10Hz 0.5 phase=0,90deg");
    for (size_t r = 1; r < t.rows; r++) {
        double phase = 2 * acos(-1) * 10 * cell(&t, r, 0);
        for (size_t d = 0; d < 2; d++) {
            double want = lif(2 + 0.5 * (d ? cos(phase) : sin(phase)));
            ck_assert_msg(near_relative(cell(&t, r, d + 1), want, 1e-9), "row %zu, x%zu: %.17g, expected %.17g", r,
                          d + 1, cell(&t, r, d + 1), want);
        }
    }
    table_free(&t);
}
END_TEST

START_TEST(files_feed_their_columns)
{
    const char *path = scratch("x.csv");
    char lines[400];
    write_file(path, "t,x2,x1\n0,0.1,0.2\n0.025,0.3,0.4\n");
    struct {
        const char *keys;
        double first, second;
    } rows[] = {{"", 0.4, 0.3}, {"column=x2,x1", 0.3, 0.4}, {"column=x1", 0.4, 0.4}, {"column=x2 dim=2", 0, 0.3}};
    for (size_t i = 0; i < 4; i++) {
        snprintf(lines, sizeof lines, "input A file @%s %s", path, rows[i].keys);
        struct table t = two_mirrors(lines);
        double x1 = cell(&t, t.rows - 1, 1), x2 = cell(&t, t.rows - 1, 2);
        ck_assert_msg(near_relative(x1, lif(2 + rows[i].first), 1e-12) &&
                          near_relative(x2, lif(2 + rows[i].second), 1e-12),
                      "'%s' gives rates %g and %g", rows[i].keys, x1, x2);
        table_free(&t);
    }
    write_file(path, "0.1,7,1\n0.2,8,1\n");
    snprintf(lines, sizeof lines, "population A dims=3\ninput A file @%s", path);
    expect_error(lines,
                 "file: x has 3 dimensions, and the file has 2 columns of values; column=NAME plays one in all of "
                 "them, dim=1 in one");
}
END_TEST

START_TEST(what_would_take_too_much_memory_is_refused)
{
    expect_error("population A n=16000000 dims=64", "n=16000000: with dims=64 a population has 1 to 2000000 neurons");
    expect_error("population A dims=64\ndecoders A eval_points=100000000",
                 "100 000 000 points of x and f(x) need 102 GB; up to 1 953 125 work");
    expect_error("population A dims=64\nrmse A n=2 seeds=1 eval_points=100000000",
                 "100 000 000 points of x and f(x) need 102 GB; up to 1 953 125 work");
    expect_error("population A dims=64\ndecode A points=10000000",
                 "10 000 000 points of x and f(x) need 5.12 GB; up to 3 906 250 work");
}
END_TEST

START_TEST(the_same_commands_give_the_same_spikes)
{
    expect_equal("population A n=70 dims=3 seed=5; input A noise high=30Hz; run 200ms; spikes A",
                 "population A n=70 dims=3 seed=5; input A noise high=30Hz; run 63ms; run 100ms; run 37ms; spikes A");
    expect_equal(
        "population A n=30 dims=2; input A sine 5Hz phase=0,90deg; run 0.3s; spikes A",
        "population A n=30 dims=2; input A sine 5Hz dim=1; input A sine 5Hz phase=90deg dim=2; run 0.3s; spikes A");
    expect_equal("population A n=30 dims=2; input A noise; seed 9; run 0.3s; spikes A",
                 "seed 9; population A n=30 dims=2; input A noise; run 0.3s; spikes A");
    expect_equal(
        "population A n=30 dims=2; input A noise seed=4; run 0.3s; spikes A",
        "population A n=30 dims=2; input A noise dim=2 seed=4; input A noise dim=1 seed=4; run 0.3s; spikes A");
}
END_TEST

/* ---- directions ---- */

START_TEST(encoders_have_length_one)
{
    struct table t = table_from("population A n=200 dims=5 seed=2; neurons A");
    size_t e1 = table_column(&t, "e1");
    double mean[5] = {0};
    for (size_t r = 0; r < t.rows; r++) {
        double square = 0;
        for (size_t d = 0; d < 5; d++) {
            square += cell(&t, r, e1 + d) * cell(&t, r, e1 + d);
            mean[d] += cell(&t, r, e1 + d) / 200;
        }
        ck_assert_msg(fabs(square - 1) < 1e-12, "neuron %zu: |e|^2 = %.17g", r, square);
    }
    for (size_t d = 0; d < 5; d++)
        ck_assert_msg(fabs(mean[d]) < 0.1, "e%zu has the mean %g", d + 1, mean[d]);
    table_free(&t);
}
END_TEST

START_TEST(given_encoders_are_brought_to_length_one)
{
    const char *path = scratch("e.csv");
    char lines[300];
    write_file(path, "e1,e2\n3,4\n0,-2\n");
    snprintf(lines, sizeof lines, "population A n=2 dims=2 max_rates=200 intercepts=0 encoders=@%s; neurons A", path);
    struct table t = table_from(lines), flat = table_from("population A n=2 dims=2 encoders=3,4,0,-2; neurons A"),
                 one = table_from("population A n=2 dims=2 encoders=3,4; neurons A");
    size_t e1 = table_column(&t, "e1");
    static const double want[2][2] = {{0.6, 0.8}, {0, -1}};
    for (size_t r = 0; r < 2; r++)
        for (size_t d = 0; d < 2; d++) {
            ck_assert_msg(near_relative(cell(&t, r, e1 + d), want[r][d], 1e-15), "neuron %zu, e%zu: %g", r, d + 1,
                          cell(&t, r, e1 + d));
            ck_assert(cell(&flat, r, e1 + d) == cell(&t, r, e1 + d));
            ck_assert(cell(&one, r, e1 + d) == cell(&t, 0, e1 + d));
        }
    table_free(&t);
    table_free(&flat);
    table_free(&one);
    write_file(path, "gain,bias,e1,e2\n1,2,3,4\n5,2,0.6,0.8\n");
    snprintf(lines, sizeof lines, "population A neurons=@%s; tuning A points=3 model=lif", path);
    t = table_from(lines);
    for (size_t r = 0; r < t.rows; r++)
        ck_assert_msg(near_relative(cell(&t, r, 2), cell(&t, r, 3), 1e-12), "row %zu: %g and %g", r, cell(&t, r, 2),
                      cell(&t, r, 3));
    table_free(&t);
}
END_TEST

START_TEST(wrong_encoders_are_refused)
{
    static const char *const rows[][3] = {
        {"dims=2 n=2", "e1,e2\n0,0\n1,1\n", "encoders: that of neuron 0 has length 0, and so no direction"},
        {"dims=2 n=2", "e1,e2\n1,0\nnan,1\n", "encoders: that of neuron 1 has length nan, and so no direction"},
        {"dims=2 n=3", "e1,e2\n1,0\n0,1\n", "encoders: the file has 2 rows for 3 neurons"},
        {"dims=3 n=2", "e1,e2\n1,0\n0,1\n", "encoders: the file has 2 columns of them, and x has 3 dimensions"},
        {"n=2", "e1,e2\n1,0\n0,1\n", "encoders: the file has 2 columns of them, and x has one dimension; dims=2"},
    };
    const char *path = scratch("e.csv");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char lines[300];
        write_file(path, rows[i][1]);
        snprintf(lines, sizeof lines, "population A %s encoders=@%s", rows[i][0], path);
        expect_error(lines, rows[i][2]);
    }
    expect_error("population A n=2 dims=2 encoders=1,2,3",
                 "encoders: 3 numbers; 2 are one direction for all neurons, 4 one for each");
    expect_error(
        "population A n=2 dims=2 encoders=1",
        "encoders=1: with dims=2 one number is no direction; 2 numbers are one for all neurons, and @FILE with "
        "columns e1, e2, ... has one for each");
    write_file(path, "gain,bias,e1,e2\n1,2,0,0\n");
    char lines[300];
    snprintf(lines, sizeof lines, "population A neurons=@%s", path);
    expect_error(lines, "neurons: encoders: that of neuron 0 has length 0, and so no direction");
}
END_TEST

/* ---- tuning ---- */

/* Gain, bias and encoders of one ensemble of nef_neurons as a file for neurons=. */
static void write_ensemble(const char *path, const char *ensemble, size_t dims)
{
    struct table neurons = table_read("nef_neurons.csv");
    struct text file = {0};
    text_add(&file, dims == 2 ? "gain,bias,e1,e2\n" : "gain,bias,e1\n");
    for (size_t r = 0; r < neurons.rows; r++) {
        if (strcmp(table_text(&neurons, r, "ens"), ensemble) != 0)
            continue;
        text_printf(&file, "%s,%s,%s", table_text(&neurons, r, "gain"), table_text(&neurons, r, "bias"),
                    table_text(&neurons, r, "enc0"));
        if (dims == 2)
            text_printf(&file, ",%s", table_text(&neurons, r, "enc1"));
        text_add(&file, "\n");
    }
    write_file(path, text_string(&file));
    text_free(&file);
    table_free(&neurons);
}

/* The row of a tuning table at (x, y); dims columns in front. */
static size_t row_at(const struct table *t, size_t dims, double x, double y)
{
    for (size_t r = 0; r < t->rows; r++)
        if (fabs(cell(t, r, 0) - x) < 1e-12 && (dims == 1 || fabs(cell(t, r, 1) - y) < 1e-12))
            return r;
    ck_abort_msg("no row at (%g, %g)", x, y);
    return 0;
}

static size_t check_activities(const struct table *peer, const char *ensemble, size_t dims, const char *keys,
                               size_t points)
{
    const char *path = scratch("ensemble.csv");
    char lines[500];
    size_t checked = 0;
    write_ensemble(path, ensemble, dims);
    snprintf(lines, sizeof lines, "population P neurons=@%s %s; tuning P points=%zu", path, keys, points);
    struct table t = table_from(lines);
    for (size_t r = 0; r < peer->rows; r++) {
        if (strcmp(table_text(peer, r, "ens"), ensemble) != 0)
            continue;
        size_t neuron = (size_t)table_number(peer, r, "neuron");
        double x = table_number(peer, r, "x0"), y = table_number(peer, r, "x1"), want = table_number(peer, r, "rate");
        double got = cell(&t, row_at(&t, dims, x, y), dims + neuron);
        ck_assert_msg(near_relative(got, want, 1e-12), "%s neuron %zu at (%g, %g): %.17g, the peer %.17g", ensemble,
                      neuron, x, y, got, want);
        checked++;
    }
    table_free(&t);
    return checked;
}

START_TEST(activities_are_the_peers)
{
    struct table peer = table_read("nef_activities.csv");
    size_t checked = 0;
    checked += check_activities(&peer, "A", 1, "", 11);
    checked += check_activities(&peer, "B", 1, "radius=2 tau_rc=30ms tau_ref=1ms", 11);
    checked += check_activities(&peer, "C", 1, "model=softlif sigma=0.05", 11);
    checked += check_activities(&peer, "D", 1, "", 11);
    checked += check_activities(&peer, "F", 1, "", 11);
    ck_assert_uint_gt(checked, 1000);
    table_free(&peer);
}
END_TEST

START_TEST(activities_in_the_plane_are_the_peers)
{
    struct table peer = table_read("nef_activities.csv");
    size_t checked = check_activities(&peer, "E", 2, "", 9);
    ck_assert_uint_eq(checked, 440);
    table_free(&peer);
}
END_TEST

START_TEST(tables_of_several_dimensions)
{
    struct table plane = table_from("population A n=3 dims=2 radius=2; tuning A"),
                 along = table_from("population A n=3 dims=2 radius=2; tuning A along=encoder"),
                 axis = table_from("population A n=3 dims=2 radius=2; tuning A along=2 points=21"),
                 many = table_from("population A n=3 dims=7; tuning A points=5"),
                 neurons = table_from("population A n=3 dims=2 radius=2; neurons A");
    ck_assert_uint_eq(plane.rows, 441);
    ck_assert_str_eq(plane.name[0], "x1");
    ck_assert_str_eq(plane.name[1], "x2");
    ck_assert_uint_eq(along.rows, 101);
    ck_assert_str_eq(along.name[0], "x");
    ck_assert_uint_eq(many.columns, 4);
    ck_assert(cell(&plane, 0, 0) == -2 && cell(&plane, 1, 0) == -2 && near_relative(cell(&plane, 1, 1), -1.8, 1e-12));
    for (size_t i = 0; i < 3; i++) {
        double top = cell(&along, 100, i + 1), max_rate = table_number(&neurons, i, "max_rate");
        ck_assert_msg(near_relative(top, max_rate, 1e-9), "neuron %zu at the end of its direction: %g, not %g", i, top,
                      max_rate);
        for (size_t r = 0; r < 21; r++) /* x1 = 0 is the middle */
            ck_assert(cell(&axis, r, i + 1) == cell(&plane, 10 * 21 + r, i + 2));
    }
    table_free(&plane);
    table_free(&along);
    table_free(&axis);
    table_free(&many);
    table_free(&neurons);
    expect_error("population A dims=3; tuning A along=plane",
                 "along=plane: A has 3 dimensions, and a plane has two; along=encoder or along=1");
    expect_error("population A dims=2; tuning A along=3", "along=3: x has 2 dimensions");
    expect_error("population A dims=2; tuning A along=up", "along=up: unknown direction 'up': one of plane, encoder");
    expect_error("population A dims=2; run 10ms; tuning A model=measured",
                 "A has 2 dimensions, and curves are measured over one of them: along=1");
}
END_TEST

START_TEST(curves_are_measured_along_an_axis)
{
    struct table x1 = table_from("population A n=2 dims=2 encoders=1,0,0,1 max_rates=100 intercepts=-0.5\n"
                                 "input A ramp from=-1,0.9 to=1,0.9 duration=4s\nrun 4s\n"
                                 "tuning A model=measured points=5 along=1");
    double first = cell(&x1, 0, 1), last = cell(&x1, 4, 1), still = cell(&x1, 2, 2);
    ck_assert_msg(first == 0 && fabs(last - 95) < 10, "neuron 0 goes from %g to %g Hz", first, last);
    ck_assert_msg(fabs(still - 95) < 10 && fabs(cell(&x1, 0, 2) - still) < 5, "neuron 1 fires at %g Hz", still);
    table_free(&x1);
}
END_TEST

/* By whatever way it comes: an input, a key of set, a longer step. What was there stays. */
START_TEST(inputs_too_fast_for_the_steps_are_refused)
{
    expect_error("population A\ninput A sine frequency=1kHz",
                 "frequency=1 kHz is too fast for steps of 1 ms: below 500 Hz works, or a shorter dt");
    expect_error("population A\ninput A noise high=5kHz",
                 "high=5 kHz is too fast for steps of 1 ms: below 500 Hz works, or a shorter dt");
    expect_error("population A\ninput A sine 400Hz\nset A frequency=600Hz",
                 "frequency=600 Hz is too fast for steps of 1 ms: below 500 Hz works, or a shorter dt");
    expect_error("population A dims=2\ninput A sine freq=3Hz,700Hz",
                 "frequency=700 Hz is too fast for steps of 1 ms: below 500 Hz works, or a shorter dt");
    expect_error("population A\ninput A sine 400Hz\ndt 2ms",
                 "input of A: frequency=400 Hz is too fast for steps of 2 ms: below 250 Hz works, or a shorter dt");
    expect_error("population A\ninput A sine 400Hz\nset dt=2ms",
                 "input of A: frequency=400 Hz is too fast for steps of 2 ms: below 250 Hz works, or a shorter dt");
    struct outcome o = run("population A\ndt 0.1ms\ninput A sine 1kHz\nrun 2ms\n");
    ck_assert_msg(o.good, "%s", o.err);
    outcome_free(&o);
}
END_TEST

int main(void)
{
    int status = HARNESS_RUN(
        "command: dimensions", inputs_are_told_for_each_dimension, wrong_inputs_are_refused,
        what_would_take_too_much_memory_is_refused, every_dimension_gets_its_own_input, files_feed_their_columns,
        the_same_commands_give_the_same_spikes, encoders_have_length_one, given_encoders_are_brought_to_length_one,
        wrong_encoders_are_refused, activities_are_the_peers, activities_in_the_plane_are_the_peers,
        tables_of_several_dimensions, curves_are_measured_along_an_axis, inputs_too_fast_for_the_steps_are_refused);
    return status;
}
