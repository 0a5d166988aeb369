/* Mean-field theory of LIF neurons as tables: rates, transfer functions, the rate units that fit them, scans
 * over working points, and the point a network comes to. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "command/command.h"
#include "command/meanfield_rows.h"
#include "command/state.h"
#include "meanfield/scan.h"

/* ---- what every action needs ---- */

/* What was typed, on top of what was set. */
struct request {
    struct session *session;
    const struct arguments *arguments;
    struct sheet *sheet;
    struct meanfield_state state;
    int population; /* EXC or INH */
    struct working_point *points;
    size_t count;
    const struct points *freq;
    size_t odd; /* points of which there is something to say */
};

static const struct meanfield_neuron *neuron_of(const struct request *request)
{
    return &request->state.network.neuron[request->population];
}

static void put(struct sheet *sheet, double value)
{
    if (isnan(value))
        sheet_blank(sheet);
    else
        sheet_number(sheet, value);
}

static void put_point(struct sheet *sheet, struct working_point point)
{
    sheet_number(sheet, point.mu);
    sheet_number(sheet, point.sigma);
}

/* The theory is an expansion in sqrt(tau_s / tau_m); the example's 0.316 is as far as it is used. */
static void note_slow_synapse(struct request *request)
{
    const struct meanfield_neuron *neuron = neuron_of(request);
    double k = sqrt(neuron->tau_s / neuron->tau_m);
    if (request->state.options.method != METHOD_DELTA && k > sqrt(0.1) * (1 + 1e-9))
        session_note(request->session,
                     "sqrt(tau_s/tau_m) is %.3g: the theory is for fast synapses, below about 0.3", k);
}

/* ---- rate ---- */

static bool rate_table(struct request *request, struct error *error)
{
    static const char *const columns[] = {"mu", "sigma", "rate", NULL};
    if (!sheet_header(request->sheet, error, columns))
        return false;
    for (size_t i = 0; i < request->count && !session_stopped(); i++) {
        struct siegert s =
            siegert_rate(neuron_of(request), request->points[i], request->state.options.method);
        put_point(request->sheet, request->points[i]);
        sheet_number(request->sheet, s.rate);
        sheet_row(request->sheet);
        request->odd += s.rate < 0;
    }
    if (request->odd > 0)
        session_note(request->session,
                     "method=taylor gives a rate below 0 at %zu of %zu points: it does not hold so far below "
                     "threshold",
                     request->odd, request->count);
    return true;
}

/* ---- transfer ---- */

static bool transfer_rows(struct request *request, struct working_point point, struct transfer *n,
                          struct error *error)
{
    const struct points *freq = request->freq;
    if (!transfer_function(neuron_of(request), point, &request->state.options, freq->count, freq->value, n,
                           NULL, error))
        return false;
    for (size_t m = 0; m < freq->count; m++) {
        put_point(request->sheet, point);
        sheet_number(request->sheet, freq->value[m]);
        sheet_number(request->sheet, n[m].re);
        sheet_number(request->sheet, n[m].im);
        sheet_number(request->sheet, n[m].amplitude);
        sheet_number(request->sheet, n[m].phase);
        sheet_row(request->sheet);
    }
    return true;
}

static bool transfer_table(struct request *request, struct error *error)
{
    static const char *const columns[] = {"mu", "sigma", "freq", "re", "im", "amplitude", "phase", NULL};
    for (size_t i = 0; i < request->count; i++)
        if (!transfer_noisy(neuron_of(request), request->points[i], error))
            return false;
    if (!transfer_check(neuron_of(request), request->freq->count, request->freq->value, error) ||
        !sheet_header(request->sheet, error, columns))
        return false;
    struct transfer *n = xreallocarray(NULL, request->freq->count, sizeof *n);
    bool good = true;
    for (size_t i = 0; i < request->count && good && !session_stopped(); i++)
        good = transfer_rows(request, request->points[i], n, error);
    free(n);
    return good;
}

/* ---- fit and scan ---- */

static void note_fits(struct request *request)
{
    if (request->odd > 0)
        session_note(
            request->session,
            "no low-pass fits %zu of %zu points: no noise (no transfer function), or a modulus that does not "
            "fall with frequency (tau 0, h0 its mean)",
            request->odd, request->count);
}

static bool each_scan(struct request *request, const char *const *columns,
                      void (*write)(struct sheet *sheet, const struct scan_row *row), struct error *error)
{
    const struct points *freq = request->freq;
    if (!transfer_check(neuron_of(request), freq->count, freq->value, error) ||
        !sheet_header(request->sheet, error, columns))
        return false;
    struct transfer *n = xreallocarray(NULL, freq->count, sizeof *n);
    for (size_t i = 0; i < request->count && !session_stopped(); i++) {
        struct scan_row row;
        scan_point(&request->state.network, request->population, request->points[i], &request->state.options,
                   freq->count, freq->value, n, &row);
        write(request->sheet, &row);
        sheet_row(request->sheet);
        request->odd += isnan(row.fit_error) && freq->count > 2;
    }
    free(n);
    return true;
}

static void write_fit(struct sheet *sheet, const struct scan_row *row)
{
    put_point(sheet, row->point);
    put(sheet, row->rate);
    put(sheet, row->tau);
    put(sheet, row->h0);
    put(sheet, row->fit_error);
}

static bool fit_rows(struct request *request, struct error *error)
{
    static const char *const columns[] = {"mu", "sigma", "rate", "tau", "h0", "fit_error", NULL};
    if (!each_scan(request, columns, write_fit, error))
        return false;
    note_fits(request);
    return true;
}

static void write_scan(struct sheet *sheet, const struct scan_row *row)
{
    put_point(sheet, row->point);
    sheet_text(sheet, scan_status_names[row->status]);
    put(sheet, row->external[EXC]);
    put(sheet, row->external[INH]);
    put(sheet, row->rate);
    put(sheet, row->tau);
    put(sheet, row->h0);
    put(sheet, row->weight[EXC]);
    put(sheet, row->weight[INH]);
    put(sheet, row->fit_error);
}

static bool scan_table(struct request *request, struct error *error)
{
    static const char *const columns[] = {"mu",  "sigma", "status", "nu_ext_exc", "nu_ext_inh", "rate",
                                          "tau", "h0",    "w_exc",  "w_inh",      "fit_error",  NULL};
    return each_scan(request, columns, write_scan, error);
}

/* ---- point ---- */

static bool point_table(struct request *request, struct error *error)
{
    static const char *const columns[] = {"population", "rate", "mu", "sigma", NULL};
    double external[POPULATIONS] = {argument(request->arguments, "nu_ext_exc")->number,
                                    argument(request->arguments, "nu_ext_inh")->number};
    double rate[POPULATIONS];
    struct working_point point[POPULATIONS];
    if (!network_point(&request->state.network, external, request->state.options.method, rate, point,
                       error) ||
        !sheet_header(request->sheet, error, columns))
        return false;
    for (int p = 0; p < POPULATIONS; p++) {
        sheet_text(request->sheet, meanfield_population_names[p]);
        sheet_number(request->sheet, rate[p]);
        put_point(request->sheet, point[p]);
        sheet_row(request->sheet);
    }
    return true;
}

/* ---- set and show ---- */

static void show_number(struct sheet *sheet, const char *name, const struct meanfield_param *param,
                        double value)
{
    sheet_text(sheet, name);
    sheet_number(sheet, value);
    if (param->dimension == DIMENSION_NONE)
        sheet_blank(sheet);
    else
        sheet_text(sheet, dimension_symbol(param->dimension));
    sheet_row(sheet);
}

static double neuron_value(const struct meanfield_network *network, int p, size_t i)
{
    return *(const double *)((const char *)&network->neuron[p] + meanfield_neuron_table[i].offset);
}

/* One row, or one a population where they differ. */
static void show_pair(struct sheet *sheet, const struct meanfield_param *param, double exc, double inh)
{
    char name[48];
    if (exc == inh) {
        show_number(sheet, param->name, param, exc);
        return;
    }
    snprintf(name, sizeof name, "exc.%s", param->name);
    show_number(sheet, name, param, exc);
    snprintf(name, sizeof name, "inh.%s", param->name);
    show_number(sheet, name, param, inh);
}

static void show_word(struct sheet *sheet, const char *name, const char *word)
{
    sheet_text(sheet, name);
    sheet_text(sheet, word);
    sheet_blank(sheet);
    sheet_row(sheet);
}

static bool show_table(struct request *request, struct error *error)
{
    static const char *const columns[] = {"parameter", "value", "unit", NULL};
    static const struct meanfield_param volts = {.dimension = DIMENSION_VOLT};
    const struct meanfield_state *state = &request->state;
    const struct meanfield_network *network = &state->network;
    struct sheet *sheet = request->sheet;
    if (!sheet_header(sheet, error, columns))
        return false;
    for (size_t i = 0; i < meanfield_neuron_count; i++)
        show_pair(sheet, &meanfield_neuron_table[i], neuron_value(network, EXC, i),
                  neuron_value(network, INH, i));
    show_pair(sheet, &meanfield_network_table[0], network->C[EXC], network->C[INH]);
    for (size_t i = 1; i < meanfield_network_count; i++) {
        const struct meanfield_param *param = &meanfield_network_table[i];
        if (!meanfield_network_unused(network, param))
            show_number(sheet, param->name, param, *(const double *)((const char *)network + param->offset));
    }
    show_number(sheet, "mu", &volts, state->point.mu);
    show_number(sheet, "sigma", &volts, state->point.sigma);
    show_word(sheet, "method", meanfield_method_names[state->options.method]);
    show_word(sheet, "filter", state->options.filter ? "on" : "off");
    show_word(sheet, "refractory", state->options.refractory ? "on" : "off");
    return true;
}

static bool any_key(const struct arguments *arguments)
{
    for (size_t i = 0; i < arguments->set.count; i++)
        if (!arguments->set.row[i].positional && arguments->value[i].given)
            return true;
    return false;
}

static bool set_state(struct request *request, struct error *error)
{
    const struct value *mu = argument(request->arguments, "mu"),
                       *sigma = argument(request->arguments, "sigma");
    char typed_mu[NUMBER_HUMAN], typed_sigma[NUMBER_HUMAN];
    if (!any_key(request->arguments))
        return error_set(
            error, "meanfield set needs something to set: meanfield set tau_s=1ms mu=8mV; help meanfield "
                   "lists all");
    if (mu->given)
        request->state.point.mu = mu->number;
    if (sigma->given)
        request->state.point.sigma = sigma->number;
    request->session->meanfield = request->state;
    session_say(request->session, "meanfield: mu %s, sigma %s; meanfield show lists all",
                number_human(typed_mu, request->state.point.mu, DIMENSION_VOLT),
                number_human(typed_sigma, request->state.point.sigma, DIMENSION_VOLT));
    return true;
}

/* ---- the actions ---- */

enum {
    TAKES_NEURON = 1,       /* tau_m ... V_0 */
    TAKES_NETWORK = 2,      /* and C ... inh.C */
    TAKES_METHOD = 4,       /* method */
    TAKES_OPTIONS = 8,      /* and filter, refractory */
    TAKES_POINTS = 16,      /* mu, sigma as lists, points */
    TAKES_GRID = 32,        /* with the example's as default */
    TAKES_FREQ = 64,        /* freq */
    TAKES_POPULATION = 128, /* population */
    TAKES_EXTERNAL = 256,   /* nu_ext_exc, nu_ext_inh */
    TAKES_POINT = 512,      /* mu, sigma as numbers */
};

struct action {
    const char *name;
    unsigned takes;
    bool table;
    bool (*run)(struct request *request, struct error *error);
};

#define TAKES_FITTED                                                                                         \
    (TAKES_NEURON | TAKES_METHOD | TAKES_OPTIONS | TAKES_FREQ | TAKES_POINTS | TAKES_POPULATION)
static const struct action actions[] = {
    {"rate", TAKES_NEURON | TAKES_METHOD | TAKES_POINTS | TAKES_POPULATION, true, rate_table},
    {"transfer", TAKES_FITTED, true, transfer_table},
    {"fit", TAKES_FITTED, true, fit_rows},
    {"scan", TAKES_FITTED | TAKES_NETWORK | TAKES_GRID, true, scan_table},
    {"point", TAKES_NEURON | TAKES_NETWORK | TAKES_METHOD | TAKES_EXTERNAL, true, point_table},
    {"set", TAKES_NEURON | TAKES_NETWORK | TAKES_METHOD | TAKES_OPTIONS | TAKES_POINT, false, set_state},
    {"show", 0, true, show_table},
};
#define ACTIONS (sizeof actions / sizeof *actions)
#define SHOW (ACTIONS - 1)

static const char *action_name(const void *list, size_t i)
{
    (void)list;
    return actions[i].name;
}

static struct word_list action_words(void)
{
    return (struct word_list){"kind of table", ACTIONS, action_name, NULL};
}

/* ---- rows ---- */

#define VOLTS .dimension = DIMENSION_VOLT, .high = MEANFIELD_VOLTS_MAX

static void add_points(struct parameter_set *set, const struct meanfield_state *state, bool grid,
                       bool numbers)
{
    char mu[NUMBER_HUMAN], sigma[NUMBER_HUMAN];
    const char *now[2] = {parameter_set_store(set, number_typed(mu, state->point.mu, DIMENSION_VOLT)),
                          parameter_set_store(set, number_typed(sigma, state->point.sigma, DIMENSION_VOLT))};
    enum parameter_type type = numbers ? TYPE_QUANTITY : TYPE_POINTS;
    parameter_set_add(set, (struct parameter){.name = "mu",
                                              .type = type,
                                              VOLTS,
                                              .low = -MEANFIELD_VOLTS_MAX,
                                              .shown_only = !grid,
                                              .fallback = grid ? "6mV:12mV:4" : now[0],
                                              .present = numbers ? now[0] : NULL,
                                              .help = "mean of the input"});
    parameter_set_add(set, (struct parameter){.name = "sigma",
                                              .type = type,
                                              VOLTS,
                                              .shown_only = !grid,
                                              .fallback = grid ? "6mV:12mV:4" : now[1],
                                              .present = numbers ? now[1] : NULL,
                                              .help = "its deviation"});
    if (!numbers)
        parameter_set_add(set, (struct parameter){.name = "points",
                                                  .type = TYPE_TABLE,
                                                  .help = "mu and sigma from columns of a file, instead"});
}

static struct word_list population_words(void)
{
    return (struct word_list){"population", POPULATIONS, word_plain, meanfield_population_names};
}

static void add_external(struct parameter_set *set, bool required)
{
    static const char *const names[POPULATIONS] = {"nu_ext_exc", "nu_ext_inh"};
    for (int p = 0; p < POPULATIONS; p++)
        parameter_set_add(
            set, (struct parameter){.name = names[p],
                                    .type = TYPE_QUANTITY,
                                    .dimension = DIMENSION_RATE,
                                    .high = 1e12,
                                    .required = required,
                                    .help = p == EXC ? "excitatory spikes from outside" : "inhibitory ones"});
}

/* Without a word all rows, for help. */
static void meanfield_more(const struct session *session, const struct arguments *words,
                           struct parameter_set *set)
{
    const struct meanfield_state *state = &session->meanfield;
    const struct value *action = argument(words, "ACTION");
    bool all = !action->given;
    unsigned takes =
        all ? ~0u & ~(unsigned)TAKES_GRID & ~(unsigned)TAKES_POINT : actions[action->choice].takes;
    if (takes & TAKES_NEURON)
        meanfield_rows_add(set, state, takes & TAKES_NETWORK);
    if (takes & (TAKES_POINTS | TAKES_POINT))
        add_points(set, state, takes & TAKES_GRID, takes & TAKES_POINT);
    if (takes & TAKES_FREQ)
        parameter_set_add(set, (struct parameter){.name = "freq",
                                                  .type = TYPE_POINTS,
                                                  .dimension = DIMENSION_RATE,
                                                  .fallback = "1Hz:199Hz:199",
                                                  .help = "frequencies of the sine on the input"});
    if (takes & TAKES_METHOD)
        meanfield_rows_add_options(set, state);
    if ((takes & TAKES_METHOD) && !(takes & TAKES_OPTIONS)) {
        parameter_set_drop(set, "filter");
        parameter_set_drop(set, "refractory");
    }
    if (takes & TAKES_POPULATION)
        parameter_set_add(set, (struct parameter){.name = "population",
                                                  .type = TYPE_CHOICE,
                                                  .words = population_words,
                                                  .fallback = "exc",
                                                  .help = "whose parameters, where the two differ"});
    if (takes & TAKES_EXTERNAL)
        add_external(set, !all);
}

static bool prepare(struct request *request, const struct action *action, struct error *error)
{
    const struct value *population = argument_if(request->arguments, "population");
    request->population = population && population->present ? (int)population->choice : EXC;
    if (!meanfield_rows_apply(request->arguments, &request->state, error))
        return false;
    if (action->takes & TAKES_FREQ)
        request->freq = &argument(request->arguments, "freq")->points;
    if (action->takes & TAKES_POINTS) {
        request->points = meanfield_rows_points(request->arguments, &request->state, &request->count, error);
        if (!request->points)
            return false;
        note_slow_synapse(request);
    }
    return true;
}

static bool run_meanfield(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                          struct error *error)
{
    const struct value *which = argument(arguments, "ACTION");
    const struct action *action = &actions[which->given ? (size_t)which->choice : SHOW];
    struct request request = {
        .session = session, .arguments = arguments, .sheet = sheet, .state = session->meanfield};
    if (!which->given && any_key(arguments))
        return error_set(error, "meanfield what? rate, transfer, fit, scan, point, or set to keep a value");
    if (arguments->file && !action->table)
        return error_set(error, "meanfield %s gives no table that could go into a file after '>'",
                         action->name);
    bool good = prepare(&request, action, error) && action->run(&request, error);
    free(request.points);
    if (good && session_stopped())
        return error_set(error, "interrupted");
    return good;
}

static const struct parameter meanfield_parameters[] = {
    {.name = "ACTION",
     .type = TYPE_CHOICE,
     .words = action_words,
     .positional = true,
     .help = "which table; set keeps values; default: show"},
    {0},
};

static const struct command commands[] = {
    {.name = "meanfield",
     .summary = "theory of LIF neurons under noise: rates, transfer functions, rate units that answer alike",
     .details =
         "rate: of each working point. transfer: the answer to a small sine. fit: the low-pass filter that\n"
         "answers alike. scan: both, with weights and the external rates that lead there. point: where a\n"
         "network comes to under external rates. set keeps values for all of them, show lists them.",
     .example = "meanfield scan mu=6mV:12mV:4 sigma=6mV:12mV:4 freq=1Hz:199Hz:199",
     .parameters = meanfield_parameters,
     .more = meanfield_more,
     .table = true,
     .run = run_meanfield},
};

const struct command_family family_meanfield = {"Mean-field theory", commands,
                                                sizeof commands / sizeof *commands};
