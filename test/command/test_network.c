/* Networks as commands: the peer's networks from scripts alone, tables, what follows a change, and the sentences. */
#include "run.h"

#include "text/csv_read.h"

/* ---- files as a user would have them, from test/data/net_*.csv ---- */

struct writing {
    struct table t;
    const char *network, *column, *name;
};

static bool belongs(const struct writing *w, size_t row)
{
    return strcmp(table_text(&w->t, row, "network"), w->network) == 0 &&
           strcmp(table_text(&w->t, row, w->column), w->name) == 0;
}

static FILE *begin(const char *network, const char *name, const char *what)
{
    char file[64];
    snprintf(file, sizeof file, "%s_%s_%s.csv", network, name, what);
    FILE *out = fopen(scratch(file), "w");
    ck_assert(out != NULL);
    return out;
}

static void write_neurons(const char *network, const char *name, size_t dims)
{
    struct writing w = {table_read("net_neurons.csv"), network, "population", name};
    FILE *out = begin(network, name, "neurons");
    fprintf(out, "gain,bias%s%s\n", ",e1", dims > 1 ? ",e2" : "");
    for (size_t r = 0; r < w.t.rows; r++)
        if (belongs(&w, r)) {
            fprintf(out, "%s,%s,%s", table_text(&w.t, r, "gain"), table_text(&w.t, r, "bias"),
                    table_text(&w.t, r, "e1"));
            fprintf(out, dims > 1 ? ",%s\n" : "\n", table_text(&w.t, r, "e2"));
        }
    fclose(out);
    table_free(&w.t);
}

static void write_values(const char *network, const char *name, const char *table, const char *column, const char *what,
                         size_t dims)
{
    struct writing w = {table_read(table), network, column, name};
    FILE *out = begin(network, name, what);
    bool timed = strcmp(what, "input") == 0;
    fprintf(out, "%sx1%s\n", timed ? "t," : "", dims > 1 ? ",x2" : "");
    for (size_t r = 0; r < w.t.rows; r++)
        if (belongs(&w, r)) {
            if (timed)
                fprintf(out, "%.17g,", table_number(&w.t, r, "step") * 0.001);
            fprintf(out, dims > 1 ? "%s,%s\n" : "%s\n", table_text(&w.t, r, "x1"), table_text(&w.t, r, "x2"));
        }
    fclose(out);
    table_free(&w.t);
}

static void write_weights(void)
{
    struct table t = table_read("net_weights.csv");
    FILE *out = begin("full", "A_B", "weights");
    fprintf(out, "neuron");
    for (int i = 0; i < 30; i++)
        fprintf(out, ",%d", i);
    for (size_t r = 0; r < t.rows; r++) /* post by post, pre rising */
        fprintf(out, table_number(&t, r, "pre") == 0 ? "\n%s,%s" : "%.0s,%s", table_text(&t, r, "post"),
                table_text(&t, r, "weight_current"));
    fprintf(out, "\n");
    fclose(out);
    table_free(&t);
}

/* Everything of a network, then its script with DIR for the folder. */
static struct outcome run_network(const char *network, size_t dims, const char *const *populations,
                                  const char *const *inputs, const char *script)
{
    char lines[4096];
    size_t used = 0;
    for (size_t i = 0; populations[i]; i++) {
        write_neurons(network, populations[i], dims);
        write_values(network, populations[i], "net_eval_points.csv", "population", "points", dims);
    }
    for (size_t i = 0; inputs[i]; i++)
        write_values(network, inputs[i], "net_inputs.csv", "node", "input", strcmp(network, "oscillator") == 0 ? 2 : 1);
    for (const char *c = script; *c; c++) {
        if (strncmp(c, "DIR", 3) == 0) {
            used += (size_t)snprintf(lines + used, sizeof lines - used, "%s", scratch_folder);
            c += 2;
        } else {
            lines[used++] = *c;
        }
    }
    lines[used] = '\0';
    struct outcome o = run(lines);
    ck_assert_msg(o.good, "%s: %s", network, o.err);
    return o;
}

static struct csv_table *part(const char **from)
{
    struct error error = {""};
    const char *end = strstr(*from + 1, "\nt,");
    const char *other = strstr(*from + 1, "\ntime,");
    end = !end || (other && other < end) ? other : end;
    size_t length = end ? (size_t)(end + 1 - *from) : strlen(*from);
    struct csv_table *table = csv_table_parse("out", *from, length, 0, NULL, &error);
    ck_assert_msg(table != NULL, "%s", error.text);
    *from += length;
    return table;
}

static void check_trace(const struct csv_table *got, const char *network, const char *node)
{
    struct writing w = {table_read("net_traces.csv"), network, "node", node};
    size_t row = 0;
    for (size_t r = 0; r < w.t.rows; r++) {
        if (!belongs(&w, r))
            continue;
        for (size_t d = 0; d + 1 < got->columns; d++) {
            double peer = table_number(&w.t, r, d ? "x2" : "x1"), x = got->value[row * got->columns + 1 + d];
            ck_assert_msg(fabs(x - peer) <= 1e-12, "%s %s step %zu: %.17g, peer %.17g", network, node, row + 1, x,
                          peer);
        }
        row++;
    }
    ck_assert(row == 500 && got->rows == 500);
    table_free(&w.t);
}

static void check_spikes(const struct csv_table *got, const char *network, const char *population)
{
    struct writing w = {table_read("net_spikes.csv"), network, "population", population};
    size_t row = 0;
    for (size_t r = 0; r < w.t.rows; r++) {
        if (!belongs(&w, r))
            continue;
        ck_assert_msg(row < got->rows && fabs(got->value[2 * row] - table_number(&w.t, r, "step") * 0.001) < 1e-9 &&
                          got->value[2 * row + 1] == table_number(&w.t, r, "neuron"),
                      "%s: spike %zu of %s is another one", network, row, population);
        row++;
    }
    ck_assert_uint_eq(row, got->rows);
    table_free(&w.t);
}

/* `order`: "trace Out", "spikes A", ... as the script prints them. */
static void check_all(struct outcome *o, const char *network, const char *const *order)
{
    const char *from = o->out;
    for (size_t i = 0; order[i]; i++) {
        struct csv_table *table = part(&from);
        (strncmp(order[i], "trace", 5) == 0 ? check_trace : check_spikes)(table, network, strchr(order[i], ' ') + 1);
        csv_table_free(table);
    }
    outcome_free(o);
}

#define LIST(...)                                                                                                      \
    (const char *const[])                                                                                              \
    {                                                                                                                  \
        __VA_ARGS__, NULL                                                                                              \
    }

START_TEST(scripts_are_the_peers)
{
    scratch("");
    struct outcome o =
        run_network("chain", 1, LIST("A", "B"), LIST("In"),
                    "node In; node Out; node Raw; input In file @DIR/chain_In_input.csv\n"
                    "population A neurons=@DIR/chain_A_neurons.csv model=lif\n"
                    "population B neurons=@DIR/chain_B_neurons.csv model=lif\n"
                    "connect In A synapse=none\n"
                    "connect A B function=x^2 tau_synapse=5ms eval_points=@DIR/chain_A_points.csv\n"
                    "connect B Out synapse=alpha tau_synapse=8ms eval_points=@DIR/chain_B_points.csv\n"
                    "connect A Raw function=sin(3*x) transform=-0.5 synapse=none eval_points=@DIR/chain_A_points.csv\n"
                    "run 0.5; trace Out; trace Raw; spikes A; spikes B\n");
    check_all(&o, "chain", LIST("trace Out", "trace Raw", "spikes A", "spikes B"));
    o = run_network("product", 2, LIST("C"), LIST("X", "Y"),
                    "node X; node Y; node Out; node E; input X file @DIR/product_X_input.csv; input Y file "
                    "@DIR/product_Y_input.csv\n"
                    "population C neurons=@DIR/product_C_neurons.csv model=lif radius=1.5\n"
                    "connect X C to=1 synapse=none; connect Y C to=2 tau_synapse=3ms\n"
                    "connect C Out function=x1*x2 tau_synapse=10ms eval_points=@DIR/product_C_points.csv\n"
                    "connect Out E synapse=none; connect X E function=abs(x) transform=-2 tau_synapse=2ms\n"
                    "run 300ms; run 200ms; trace Out; trace E; spikes C\n");
    check_all(&o, "product", LIST("trace Out", "trace E", "spikes C"));
    write_file(scratch("osc.csv"), "");
    struct table m = table_read("net_oscillator_matrix.csv");
    char matrix[200];
    snprintf(matrix, sizeof matrix, "c1,c2\n%s,%s\n%s,%s\n", m.cell[0], m.cell[1], m.cell[2], m.cell[3]);
    write_file(scratch("osc.csv"), matrix);
    table_free(&m);
    o = run_network(
        "oscillator", 2, LIST("A"), LIST("In"),
        "node In dims=2; node Out dims=2; input In file @DIR/oscillator_In_input.csv\n"
        "population A neurons=@DIR/oscillator_A_neurons.csv model=lif\n"
        "connect In A; connect A A transform=@DIR/osc.csv tau_synapse=100ms eval_points=@DIR/oscillator_A_points.csv\n"
        "connect A Out tau_synapse=10ms eval_points=@DIR/oscillator_A_points.csv\n"
        "run 0.5; trace Out; spikes A\n");
    check_all(&o, "oscillator", LIST("trace Out", "spikes A"));
    write_weights();
    o = run_network("full", 1, LIST("A", "B"), LIST("In"),
                    "node In; node Out; input In file @DIR/full_In_input.csv\n"
                    "population A neurons=@DIR/full_A_neurons.csv model=lif\n"
                    "population B neurons=@DIR/full_B_neurons.csv model=lif\n"
                    "connect In A synapse=none; connect A B kind=full weights=@DIR/full_A_B_weights.csv\n"
                    "connect A B function=-x tau_synapse=20ms eval_points=@DIR/full_A_points.csv\n"
                    "connect B Out tau_synapse=10ms eval_points=@DIR/full_B_points.csv\n"
                    "run 0.5; trace Out; spikes A; spikes B\n");
    check_all(&o, "full", LIST("trace Out", "spikes A", "spikes B"));
}
END_TEST

START_TEST(nodes_sum_what_arrives)
{
    expect_out(
        "node X; node Y dims=2; node S; input X 0.25; input Y 1,2\n"
        "connect X S function=2*x synapse=none; connect Y S from=2 synapse=none; connect Y S from=1 tau_synapse=0\n"
        "run 2ms; trace S from=0 to=2ms; connections\n",
        "t,x1\n0.001,2.5\n0.002,3.5\n"
        "name,pre,post,kind,function,transform,from,to,synapse,tau_synapse,solver,learning,rate,delay\n"
        "X_S,X,S,decoded,2*x,1,1,1,none,0,l2,none,,0\n"
        "Y_S,Y,S,decoded,x,1,2,1,none,0,l2,none,,0\n"
        "Y_S2,Y,S,decoded,x,1,1,1,lowpass,0,l2,none,,0.001\n");
    expect_out(
        "node X; node S; input X 1; connect X S as fast synapse=none; run 1ms; set fast transform=-2 scale=3; run 1ms\n"
        "disconnect fast; run 1ms; trace S\n",
        "t,x1\n0.001,1\n0.002,-6\n0.0030000000000000001,0\n");
}
END_TEST

START_TEST(a_connection_is_called_by_its_ends)
{
    struct outcome o =
        run("node excitatory_population; node B; node a_name_that_is_as_long_as_can; connect excitatory_population B\n"
            "connect excitatory_population B; connect excitatory_population a_name_that_is_as_long_as_can\n"
            "connect excitatory_population a_name_that_is_as_long_as_can; connections\n");
    ck_assert_msg(
        o.good && strstr(o.out, "\nexcitatory_population_B,") && strstr(o.out, "\nexcitatory_population_B2,") &&
            strstr(o.out, "\nexcitatory_pop_a_name_that_i,") && strstr(o.out, "\nexcitatory_pop_a_name_that_i2,"),
        "%s%s", o.err, o.out);
    outcome_free(&o);
}
END_TEST

static double last_number(const char *out)
{
    const char *comma = strrchr(out, ',');
    return comma ? strtod(comma + 1, NULL) : NAN;
}

/* What the last step of a node was, after some lines. */
static double final(const char *lines)
{
    struct outcome o = run(lines);
    ck_assert_msg(o.good, "%s", o.err);
    double x = last_number(o.out);
    outcome_free(&o);
    return x;
}

START_TEST(a_change_of_a_population_is_followed)
{
    /* solved anew for other neurons: still the value */
    double x = final("population A n=200; input A 0.5; node S; connect A S tau_synapse=50ms; run 0.5; set A n=100 "
                     "max_rates=100:200; run 1\n"
                     "trace S from=1.4999\n");
    ck_assert_msg(fabs(x - 0.5) < 0.05, "%g", x);
    x = final(
        "population A n=200; input A 0.5; node S; connect A S tau_synapse=50ms; seed 3; run 1; trace S from=0.9999\n");
    ck_assert_msg(fabs(x - 0.5) < 0.05, "%g", x);
    /* a lesion is not made up for */
    x = final("population A n=200; input A 0.5; node S; connect A S tau_synapse=50ms; set A lesion=40%; run 1; trace S "
              "from=0.9999\n");
    ck_assert_msg(fabs(x - 0.5) > 0.1, "%g", x);
    struct outcome o = run("population A; node S; connect A S; remove A; connections; run 1ms; trace S\n");
    ck_assert_msg(o.good && strstr(o.err, "A_S goes with it"), "%s", o.err);
    ck_assert_str_eq(o.out,
                     "name,pre,post,kind,function,transform,from,to,synapse,tau_synapse,solver,learning,rate,delay\n"
                     "t,x1\n0.001,0\n");
    outcome_free(&o);
}
END_TEST

START_TEST(weights_are_saved_doubled_and_loaded)
{
    char lines[1024];
    const char *saved = scratch("w.csv");
    snprintf(lines, sizeof lines,
             "population A n=40 seed=1; population B n=50 seed=2; input A 0.4; node S; connect B S tau_synapse=50ms\n"
             "connect A B function=x^2 kind=full; weights A_B > %s; disconnect A_B; connect A B weights=@%s scale=2\n"
             "run 1; trace S from=0.9999\n",
             saved, saved);
    double x = final(lines);
    ck_assert_msg(fabs(x - 2 * 0.16) < 0.05, "%g", x);
    struct error error = {""};
    struct csv_table *table = csv_table_read(saved, &error);
    ck_assert_msg(table && table->rows == 50 && table->columns == 41 && strcmp(table->name[0], "neuron") == 0, "%s",
                  error.text);
    csv_table_free(table);
    snprintf(lines, sizeof lines, "population A n=41; population B n=50; connect A B weights=@%s", saved);
    expect_error(lines, "weights are 50 x 40, A has 41 neurons: connect needs post x pre, 50 x 41");
    snprintf(lines, sizeof lines, "population A n=40; population B n=50; connect A B weights=@%s; set B n=60", saved);
    expect_error(
        lines,
        "A_B was loaded for the neurons B has: with another n or seed they would be others; disconnect A_B first (n "
        "stays 50)");
}
END_TEST

/* What a population is to represent is what the network would bring without neurons, and not its own noisy input. */
START_TEST(the_ideal_is_the_target)
{
    struct outcome o = run(
        "population A n=50 seed=1; population B n=50 seed=2; input A 0.6; connect A B function=x^2 tau_synapse=10ms\n"
        "run 0.2; decoded B from=0.1999 to=0.2\n");
    struct error error = {""};
    struct csv_table *table = csv_table_parse("out", o.out, strlen(o.out), 0, NULL, &error);
    ck_assert_msg(o.good && table && table->rows == 1, "%s%s", o.err, error.text);
    double target = table->value[csv_table_column(table, "target")], x = table->value[csv_table_column(table, "x")];
    ck_assert_msg(fabs(target - 0.36) < 1e-6 && x != target && fabs(x - 0.36) < 0.1, "target %.17g, x %.17g", target,
                  x);
    csv_table_free(table);
    outcome_free(&o);
}
END_TEST

START_TEST(a_knob_turns_a_connection)
{
    struct outcome o = run("node X; node S; input X 1; connect X S synapse=none; knob X_S scale 0:3; run 1ms; turn 10; "
                           "run 1ms; trace S\n");
    ck_assert_msg(o.good, "%s", o.err);
    ck_assert_msg(strstr(o.out, "0.001,1\n0.002,1.2"), "%s", o.out);
    outcome_free(&o);
}
END_TEST

START_TEST(dale_turns_the_bias_off_and_keeps_signs)
{
    struct outcome o = run("population A n=60 seed=1; population B n=50 seed=2; input A 0.5; node S\n"
                           "connect A B function=x^2 solver=dale excitatory=0.5 reg=0.01 eval_points=-1:1:401; connect "
                           "B S tau_synapse=50ms\n"
                           "run 1; trace S from=0.9999\n");
    ck_assert_msg(o.good && strstr(o.err, "B: its bias is off now, because the weights of A_B bring it") &&
                      strstr(o.err, "A_B: 30 of 60 neurons of A excite; the currents of B are met but for"),
                  "%s", o.err);
    double x = last_number(o.out);
    ck_assert_msg(fabs(x - 0.25) < 0.06, "%g", x);
    outcome_free(&o);
    o = run(
        "population A n=60 seed=1; population B n=50 seed=2; connect A B solver=dale excitatory=all; weights A_B\n");
    ck_assert_msg(o.good && strstr(o.err, "no neuron of A is inhibitory: currents of") &&
                      strstr(o.err, "of B cannot be met"),
                  "%s", o.err);
    ck_assert_msg(!strstr(o.out, ",-"), "a weight is negative");
    outcome_free(&o);
}
END_TEST

START_TEST(pes_learns_and_says_what_it_made)
{
    struct outcome o = run("population A n=100 seed=1; population B n=100 seed=2; input A constant 0.5; node S; "
                           "connect B S tau_synapse=50ms\n"
                           "connect A B solver=zero learn=pes target=x^2 rate=1e-3\n"
                           "run 3; trace S from=2.9999\n");
    ck_assert_msg(
        o.good &&
            strstr(o.err,
                   "node A_B_error; connect B A_B_error; connect A A_B_error function=x^2 transform=-1; error = what B "
                   "says - x^2: above 0 B says too much, and the weights go down"),
        "%s", o.err);
    double x = last_number(o.out);
    ck_assert_msg(fabs(x - 0.25) < 0.05, "%g", x);
    outcome_free(&o);
    o = run("population pre n=101 radius=2 max_rates=50:100 seed=1; population post n=102 radius=2 max_rates=50:100 "
            "seed=2\n"
            "input pre ramp from=-1 to=1 duration=20s; connect pre post solver=zero learn=pes target=x^2 rate=1e-1; "
            "run 2.9\n");
    ck_assert_msg(o.good && strstr(o.err, "pre_post: learning does not settle: the error is"), "%s", o.err);
    outcome_free(&o);
    /* learning that is off changes nothing; reset goes back */
    o = run(
        "population A n=5 seed=1; population B n=5 seed=2; input A 0.5; connect A B learn=pes target=x^2 rate=1e-2\n"
        "decoders A_B; learn A_B off; run 0.1; decoders A_B; learn A_B on; run 0.1; learn A_B reset; decoders A_B\n");
    ck_assert_msg(o.good, "%s", o.err);
    size_t third = strlen(o.out) / 3;
    ck_assert_msg(strncmp(o.out, o.out + third, third) == 0 && strncmp(o.out, o.out + 2 * third, third) == 0, "%s",
                  o.out);
    outcome_free(&o);
}
END_TEST

static void notes(const char *lines, const char *sentence)
{
    struct outcome o = run(lines);
    ck_assert_msg(o.good && strstr(o.err, sentence), "'%s' said '%s', not '%s'", lines, o.err, sentence);
    outcome_free(&o);
}

START_TEST(a_trace_has_its_ideal_beside_it)
{
    /* Two low-passes of 5 ms of a constant, in steps of 1 ms: each is y += (1 - exp(-dt / tau)) (x - y), and gives what it had
     * a step before. */
    struct outcome o =
        run("node S; input S 0.5; node A; node B; population P n=30 seed=1; connect S A; connect A B; connect S "
            "P synapse=none; connect P B; run 20ms; trace B ideal=on; trace B\n");
    ck_assert_msg(o.good && strncmp(o.out, "t,x1,ideal1\n", 12) == 0, "%s%s", o.err, o.out);
    double a = 0, b = 0, c = 0, share = 1 - exp(-1e-3 / 5e-3), t, x, ideal;
    const char *line = strchr(o.out, '\n') + 1;
    for (int step = 1; step <= 20; step++, line = strchr(line, '\n') + 1) {
        ck_assert_int_eq(sscanf(line, "%lf,%lf,%lf", &t, &x, &ideal), 3);
        ck_assert_msg(fabs(ideal - (b + c)) < 1e-12, "step %d: %.17g, not %.17g", step, ideal, b + c);
        b += share * (a - b);
        a += share * (0.5 - a);
        c += share * (0.5 - c);
    }
    ck_assert_msg(strncmp(line, "t,x1\n", 5) == 0, "%s", line);
    outcome_free(&o);
}
END_TEST

START_TEST(the_error_pane_tells_how_far_learning_is)
{
    /* An error that stands still has one RMS; its size in two dimensions is 0.5. */
    struct outcome o = run("population A n=20 dims=2; population B n=20 dims=2; node E dims=2; input E 0.3,0.4\n"
                           "connect A B learn=pes error=E rate=1e-6; run 3s; learn A_B off; run 2s\n"
                           "pane 1 error A_B; zoom 1; save-screen\n");
    ck_assert_msg(o.good && strstr(o.out, "error A_B: E, zoomed") &&
                      strstr(o.out, "RMS 0.5 in the last second, 0.5 in the first") &&
                      strstr(o.out, "learning is off") && strstr(o.out, "off"),
                  "%s%s", o.err, o.out);
    outcome_free(&o);
    o = run("population A n=20; population B n=20; connect A B\npane 1 error A_B; zoom 1; save-screen\n");
    ck_assert_msg(o.good && strstr(o.out, "A_B does not learn"), "%s%s", o.err, o.out);
    outcome_free(&o);
    o = run("population A n=20; population B n=20; connect A B learn=pes target=x\npane 1 error A_B; zoom "
            "1; save-screen\n");
    ck_assert_msg(o.good && strstr(o.out, "nothing has run yet"), "%s%s", o.err, o.out);
    outcome_free(&o);
}
END_TEST

/* Rates far below, below and above the one from which a square that is learned goes on swinging, from neuron to value
 * and from neuron to neuron, where gains multiply what is learned. */
START_TEST(learning_that_swings_is_said_and_no_other)
{
    static const struct {
        const char *how;
        bool settles;
    } tries[] = {{"rate=1e-4", true},
                 {"rate=1e-3", true},
                 {"rate=3e-3", true},
                 {"rate=3e-2", false},
                 {"rate=1", false},
                 {"kind=full rate=1e-4", true},
                 {"kind=full rate=1e-3", false},
                 {"kind=full rate=1e-2", false},
                 {"tau_synapse=100ms rate=1e-4", true}};
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
        char lines[400];
        snprintf(lines, sizeof lines,
                 "population A n=100 seed=1; population B n=100 seed=2; input A sine frequency=0.5Hz\n"
                 "connect A B solver=zero learn=pes target=x^2 %s; run 2.9s\n",
                 tries[i].how);
        struct outcome o = run(lines);
        ck_assert_msg(o.good && !strstr(o.err, "does not settle") == tries[i].settles, "%s: %s", tries[i].how, o.err);
        outcome_free(&o);
    }
    /* what is recommended does settle */
    struct outcome o = run("population A n=100 seed=1; population B n=100 seed=2; input A sine frequency=0.5Hz\n"
                           "connect A B solver=zero learn=pes target=x^2 rate=3e-2; run 2.5s\n"
                           "set A_B rate=1e-3; learn A_B reset; reset; run 4s\n");
    const char *said = strstr(o.err, "does not settle");
    ck_assert_msg(said && strstr(said, "rate=0.001 or less settles") && !strstr(said + 1, "does not settle"), "%s",
                  o.err);
    outcome_free(&o);
}
END_TEST

START_TEST(no_error_against_what_is_chaotic)
{
    static const char lorenz[] = "x1+(10*x2-10*x1)/10,x2+(-x1*x3-x2)/10,x3+(x1*x2-8/3*(x3+28))/10";
    static const char turning[] = "x1-0.63*x2,x2+0.63*x1,x3";
    const char *const functions[] = {lorenz, turning};
    for (size_t i = 0; i < 2; i++) {
        char lines[600];
        snprintf(lines, sizeof lines,
                 "population A n=50 dims=3 radius=30 seed=1; connect A A function=%s tau_synapse=100ms; run 0.2\n"
                 "pane 1 value A; pane 2 xy A; pane 3 decoded A; zoom 1; save-screen; zoom 2; save-screen; zoom 3; "
                 "save-screen\n",
                 functions[i]);
        struct outcome o = run(lines);
        int said = 0;
        for (const char *at = o.out; (at = strstr(at, "chaotic: no error")); at++)
            said++;
        ck_assert_msg(o.good && said == (i ? 0 : 3), "%d times: %s%s", said, o.err, o.out);
        outcome_free(&o);
    }
}
END_TEST

START_TEST(what_was_learned_stays_when_the_rule_goes)
{
    static const char *const kinds[] = {"scale=2", "kind=full", "kind=full signs=keep"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        char lines[400];
        snprintf(lines, sizeof lines,
                 "population A n=5 seed=1; population B n=4 seed=2; input A 0.5; connect A B learn=pes target=x^2 %s; "
                 "run 0.3; weights A_B; set A_B learn=none; run 0.1; weights A_B\n",
                 kinds[i]);
        struct outcome o = run(lines);
        size_t half = strlen(o.out) / 2;
        ck_assert_msg(o.good && half > 0 && strncmp(o.out, o.out + half, half) == 0, "%s: %s%s", kinds[i], o.out,
                      o.err);
        outcome_free(&o);
    }
}
END_TEST

START_TEST(what_surprises_is_said)
{
    notes("population A; population B; population C n=100; input A 0.8; input B 0.8; connect A C; connect B C; run 1s",
          "C represents up to 1 and would need 1.");
    notes("node A; population B n=50; input A sine amplitude=1.5 frequency=2Hz; connect A B; run 1s", "it saturates");
    /* What cannot be says one sentence, and leaves nothing of what was made for it. */
    struct outcome o =
        run("population A n=20; population B n=20 dims=2; connect A B transform=1,1 learn=pes target=x^2");
    ck_assert_msg(!o.good && strstr(o.err, "x^2 has 1 value") && strchr(o.err, '\n') == strrchr(o.err, '\n'), "%s",
                  o.err);
    outcome_free(&o);
    /* A kick is meant to go beyond; what learns and is as noisy as it was does not swing. */
    o = run("node S; input S step before=5 after=0.2 at=60ms; population A n=100; connect S A; run 2s");
    ck_assert_msg(o.good && !strstr(o.err, "saturates"), "%s", o.err);
    outcome_free(&o);
    o = run("population A n=400 seed=1; population B n=400 seed=2; input A sine 1Hz; connect A B learn=pes target=x "
            "rate=3e-3; run 4s");
    ck_assert_msg(o.good && !strstr(o.err, "settle"), "%s", o.err);
    outcome_free(&o);
    o = run("population A; population B; population C radius=2; input A 0.8; input B 0.8; connect A C; "
            "connect B C; run 1s");
    ck_assert_msg(o.good && !strstr(o.err, "saturates"), "%s", o.err);
    outcome_free(&o);
    notes("population A; population B; connect A B solver=dale reg=0.01; set B bias=on",
          "the weights of A_B carry the bias of B already");
    o = run("population A; node E; connect A E; connect E E as again; input E 0.5; input A 0.5; list; disconnect A_E; "
            "input E 0; list");
    ck_assert_msg(o.good && strstr(o.out, ",0.5 + A_E + again,") && strstr(o.out, ",again,"), "%s", o.out);
    outcome_free(&o);
    notes("node X; node S; connect X S function=1/x; run 5ms; input X 2; run 100ms; trace S from=104.5ms",
          "X_S: function 1/x was not a number, or infinite, for a value of X, and 0 was taken for it");
    double x = final("node X; node S; connect X S function=1/x; run 5ms; input X 2; run 100ms; trace S from=104.5ms");
    ck_assert_msg(fabs(x - 0.5) < 1e-6, "%g", x);
    notes("population A; population B bias=off; connect A B",
          "B: its bias is off, and A_B brings a value without it, so its neurons get 74 % of the current they need: "
          "set B bias=on");
}
END_TEST

START_TEST(wrong_connections_get_their_sentence)
{
    static const struct {
        const char *lines, *sentence;
    } cases[] = {
        {"population A; connect A A synapse=none", "A to A has no synapse on its way, so a value would depend on "
                                                   "itself in the same step; synapse=lowpass on one of them works"},
        {"population A; node E; connect A E as A", "A is a population: choose another name"},
        {"population A; node E; connect A E; connect A E as A_E",
         "A_E is a connection already: disconnect A_E first, or choose another name"},
        {"population A; node E; connect A E; population A_E",
         "A_E is a connection: choose another name, or `disconnect A_E` first"},
        {"population A dims=2; node E; connect A E",
         "x has 2 values and E takes 1: transform=, from= or to= can make them fit"},
        {"population A; node E; connect A E from=2", "from=2: A has 1 dimension"},
        {"population A; node E; connect A E to=0", "to=0: dimensions are counted from 1, each once"},
        {"population A; node E; connect A E transform=1,2",
         "transform is 1 x 2; 1 x 1 fits, a row for each of the 1 dimensions of E and a column for each value of x"},
        {"population A; node E; connect A E transform=a",
         "transform=a: 'a' is no number; a number, a list a,b,c or @FILE is wanted"},
        {"population A; node E; connect A E kind=full",
         "kind=full: E is a node and has no neurons; kind=decoded works"},
        {"population A; node E; connect A E function=1/x eval_points=-1:1:3",
         "function 1/x is infinite at x = 0; c ? a : b can give it a value there"},
        {"population A; node E; connect A E learn=pes",
         "learn=pes needs error=NODE, whose value is what E says minus what it should say"},
        {"population A; node E; connect A E target=x", "target= is what is to be learned: it goes with learn=pes"},
        {"population A; node E; connect E A learn=pes error=E", "learn=pes changes decoders, and E has no neurons"},
        {"population A; connect A A excitatory=2", "excitatory=2: a share from 0 to 1, all, none or @FILE is wanted"},
        {"population A dims=2; node E; connect A E eval_points=-1:1:5",
         "eval_points=-1:1:5: evenly spaced points are for one dimension; @FILE with x1, x2, ... works"},
        {"population A; population B seed=1; node E; connect A E learn=pes error=E; seed 9",
         "A_E was learned for the neurons A has: with another n or seed they would be others; disconnect A_E first"},
        {"node E; spikes E", "E is a node, a population or recording is wanted here"},
        {"population A; node E; pane 1 raster E", "E is a node and has no neurons: open value E shows what it holds"},
        {"node E; rates", "there is no population or recording yet: population NAME or load FILE makes one"},
        {"node E; input 0.5", "which population or node is meant: E?"},
        {"node E; neurons E", "E is a node, a population is wanted here"},
        {"node E; input E white", "input=white is for neurons, and E is a node"},
        {"learn A on", "there is no connection yet, so no 'A': connect PRE POST makes one"},
        {"node E; node F; connect E F; learn E_F on", "E_F does not learn: set E_F learn=pes error=NODE lets it"},
        {"node E; node F; connect E F; weights E_F", "E_F has no weights: E has no neurons"},
        {"node E; node F; connect E F; decoders E_F",
         "E_F has no decoders: what it takes its value from has no neurons"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_error(cases[i].lines, cases[i].sentence);
}
END_TEST

START_TEST(a_refused_change_changes_nothing)
{
    static const struct {
        const char *line;
        bool good;
    } lines[] = {{"node X; node S; input X 1; connect X S synapse=none; run 1ms", true},
                 {"connect S X synapse=none", false},
                 {"set X_S function=q", false},
                 {"set X dims=2", false},
                 {"set X_S solver=dale", false},
                 {"connect X S learn=pes target=x^2", false},
                 {"run 1ms; connections; trace S", true}};
    struct outcome o = {0};
    size_t out_size, err_size;
    struct session_options options = {.width = 80, .height = 24, .glyphs = GLYPHS_BRAILLE};
    options.out = open_memstream(&o.out, &out_size);
    options.err = open_memstream(&o.err, &err_size);
    struct session *session = session_new(&options, &all_commands);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        ck_assert_msg(session_line(session, lines[i].line, "t", i + 1) == lines[i].good, "%s", lines[i].line);
    session_free(session);
    fclose(options.out);
    fclose(options.err);
    ck_assert_str_eq(o.out,
                     "name,pre,post,kind,function,transform,from,to,synapse,tau_synapse,solver,learning,rate,delay\n"
                     "X_S,X,S,decoded,x,1,1,1,none,0,l2,none,,0\n"
                     "t,x1\n0.001,1\n0.002,1\n");
    outcome_free(&o);
}
END_TEST

int main(void)
{
    return HARNESS_RUN(
        "command: networks", scripts_are_the_peers, nodes_sum_what_arrives, a_connection_is_called_by_its_ends,
        a_change_of_a_population_is_followed, weights_are_saved_doubled_and_loaded, the_ideal_is_the_target,
        a_knob_turns_a_connection, dale_turns_the_bias_off_and_keeps_signs, pes_learns_and_says_what_it_made,
        what_surprises_is_said, learning_that_swings_is_said_and_no_other, what_was_learned_stays_when_the_rule_goes,
        no_error_against_what_is_chaotic, the_error_pane_tells_how_far_learning_is, a_trace_has_its_ideal_beside_it,
        wrong_connections_get_their_sentence, a_refused_change_changes_nothing);
}
