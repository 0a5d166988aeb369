/* `meanfield ACTION`: which keys an action takes, and what of them it gets. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/stop.h"
#include "base/xalloc.h"
#include "command/families.h"
#include "typed/meanfield_rows.h"
#include "language/command.h"
#include "session/job.h"
#include "session/message.h"
#include "session/session.h"
#include "table/meanfield_request.h"

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
    TAKES_NAME = 1024,      /* a population */
    TAKES_SPAN = 2048,      /* from, to */
    TAKES_SINE = 4096,      /* freq, amplitude, time of a measurement */
};

struct action {
    const char *name;
    unsigned takes;
    bool table;
    bool (*run)(struct meanfield_request *request, struct error *error);
};

#define TAKES_FITTED (TAKES_NEURON | TAKES_METHOD | TAKES_OPTIONS | TAKES_FREQ | TAKES_POINTS | TAKES_POPULATION)
static const struct action actions[] = {
    {"rate", TAKES_NEURON | TAKES_METHOD | TAKES_POINTS | TAKES_POPULATION, true, meanfield_table_rate},
    {"transfer", TAKES_FITTED, true, meanfield_table_transfer},
    {"fit", TAKES_FITTED, true, meanfield_table_fit},
    {"scan", TAKES_FITTED | TAKES_NETWORK | TAKES_GRID, true, meanfield_table_scan},
    {"point", TAKES_NEURON | TAKES_NETWORK | TAKES_METHOD | TAKES_EXTERNAL, true, meanfield_table_point},
    {"live", TAKES_NAME | TAKES_SPAN, true, meanfield_table_live},
    {"probe", TAKES_NAME | TAKES_SINE, true, meanfield_table_probe},
    {"set", TAKES_NEURON | TAKES_NETWORK | TAKES_METHOD | TAKES_OPTIONS | TAKES_POINT, false, meanfield_set},
    {"show", 0, true, meanfield_table_show},
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

static void add_points(struct parameter_set *set, const struct meanfield_state *state, bool grid, bool numbers)
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
    static const char *const columns[] = {"mu", "sigma", NULL};
    if (!numbers)
        parameter_set_add(set, (struct parameter){.name = "points",
                                                  .type = TYPE_TABLE,
                                                  .columns = columns,
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
        parameter_set_add(set,
                          (struct parameter){.name = names[p],
                                             .type = TYPE_QUANTITY,
                                             .dimension = DIMENSION_RATE,
                                             .high = 1e8,
                                             .required = required,
                                             .help = p == EXC ? "excitatory spikes from outside" : "inhibitory ones"});
}

static void add_span(struct parameter_set *set)
{
    parameter_set_add(
        set, (struct parameter){.name = "from",
                                .type = TYPE_QUANTITY,
                                .dimension = DIMENSION_TIME,
                                .help = "counts spikes after this time (default: once the start is forgotten)"});
    parameter_set_add(set,
                      (struct parameter){
                          .name = "to", .type = TYPE_QUANTITY, .dimension = DIMENSION_TIME, .help = "up to this time"});
}

/* freq is there already when all rows are wanted. */
static void add_sine(struct parameter_set *set, bool alone)
{
    if (alone)
        parameter_set_add(set, (struct parameter){.name = "freq",
                                                  .type = TYPE_POINTS,
                                                  .dimension = DIMENSION_RATE,
                                                  .required = true,
                                                  .help = "frequencies of the sine, one after the other"});
    parameter_set_add(set, (struct parameter){.name = "amplitude",
                                              .type = TYPE_QUANTITY,
                                              VOLTS,
                                              .low_open = true,
                                              .help = "of the sine that is measured with (default: a tenth of sigma)"});
    parameter_set_add(set, (struct parameter){.name = "time",
                                              .type = TYPE_QUANTITY,
                                              .dimension = DIMENSION_TIME,
                                              .low_open = true,
                                              .high = 1e6,
                                              .fallback = "10s",
                                              .help = "measured for each frequency"});
}

/* Without a word all rows, for help. */
static void meanfield_more(const struct session *session, const struct arguments *words, struct parameter_set *set)
{
    const struct meanfield_state *state = &session->meanfield;
    const struct value *action = argument(words, "ACTION");
    bool all = !action->given;
    unsigned takes = all ? ~0u & ~(unsigned)TAKES_GRID & ~(unsigned)TAKES_POINT : actions[action->choice].takes;
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
    if (takes & TAKES_SPAN)
        add_span(set);
    if (takes & TAKES_SINE)
        add_sine(set, !all);
}

/* The theory is an expansion in sqrt(tau_s / tau_m); the example's 0.316 is as far as it is used. */
static void note_slow_synapse(const struct meanfield_request *request, bool network)
{
    double k = 0;
    for (int p = 0; p < POPULATIONS; p++)
        if (network || p == request->population) {
            const struct meanfield_neuron *neuron = &request->state.network.neuron[p];
            k = fmax(k, sqrt(neuron->tau_s / neuron->tau_m));
        }
    if (request->state.options.method != METHOD_DELTA && k > sqrt(0.1) * (1 + 1e-9))
        voice_note(&request->voice, "sqrt(tau_s/tau_m) is %.3g: the theory is for fast synapses, below about 0.3", k);
}

static bool prepare(struct meanfield_request *request, const struct action *action, struct error *error)
{
    const struct value *population = argument_if(request->arguments, "population");
    request->population = population && population->present ? (int)population->choice : EXC;
    if (!meanfield_rows_apply(request->arguments, &request->state, error))
        return false;
    const struct value *name = argument(request->arguments, "NAME");
    if (name->given && !(action->takes & TAKES_NAME))
        return error_set(error, "meanfield %s takes no population, but the theory's own neurons: %s is one too many",
                         action->name, name->text);
    if (action->takes & (TAKES_FREQ | TAKES_SINE))
        request->freq = &argument(request->arguments, "freq")->points;
    if (action->takes & TAKES_POINTS) {
        request->points = meanfield_rows_points(request->arguments, &request->state, &request->count, error);
        if (!request->points)
            return false;
    }
    if (action->table && (action->takes & TAKES_METHOD))
        note_slow_synapse(request, action->takes & TAKES_NETWORK);
    return true;
}

struct meanfield_job {
    const struct action *action;
    struct meanfield_request request;
    struct text said; /* lines to note, also if it fails */
    bool good;
    struct error error;
};

static void keep_said(void *context, enum voice_kind kind, const char *text)
{
    struct meanfield_job *job = context;
    (void)kind; /* notes are all that tables make */
    text_printf(&job->said, "%s\n", text);
}

static bool work_meanfield(void *own, struct sheet *sheet, struct progress progress, struct error *error)
{
    (void)error;
    struct meanfield_job *job = own;
    job->request.sheet = sheet;
    job->request.progress = progress;
    job->good = job->action->run(&job->request, &job->error);
    if (job->good && stop_requested())
        job->good = error_set(&job->error, "interrupted");
    return true;
}

static bool finish_meanfield(struct session *session, void *own, struct error *error)
{
    struct meanfield_job *job = own;
    for (const char *line = text_string(&job->said); *line;) {
        size_t length = strcspn(line, "\n");
        session_note(session, "%.*s", (int)length, line);
        line += length + (line[length] == '\n');
    }
    *error = job->error;
    return job->good;
}

static void free_meanfield(void *own)
{
    struct meanfield_job *job = own;
    free(job->request.points);
    text_free(&job->said);
    free(job);
}

/* What looks at a population, or is done in a moment. */
static bool do_at_once(struct session *session, struct meanfield_job *own, struct sheet *sheet, struct error *error)
{
    work_meanfield(own, sheet, (struct progress){0}, error);
    bool good = finish_meanfield(session, own, error);
    free_meanfield(own);
    return good;
}

static bool run_meanfield(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                          struct error *error)
{
    const struct value *which = argument(arguments, "ACTION");
    const struct action *action = &actions[which->given ? (size_t)which->choice : SHOW];
    if (!which->given && arguments_keyed(arguments))
        return error_set(error,
                         "meanfield what? rate, transfer, fit, scan, point, live, probe, or set to keep a value");
    if (arguments->file && !action->table)
        return error_set(error, "meanfield %s gives no table that could go into a file after '>'", action->name);
    struct meanfield_job *own = xcalloc(1, sizeof *own);
    own->action = action;
    own->request = (struct meanfield_request){
        .session = session, .voice = {keep_said, own}, .arguments = arguments, .state = session->meanfield};
    if (!prepare(&own->request, action, error)) {
        free_meanfield(own);
        return false;
    }
    if (!(action->takes & TAKES_POINTS))
        return do_at_once(session, own, sheet, error);
    return session_job(session, &(struct job){"theory", false, own, work_meanfield, finish_meanfield, free_meanfield},
                       sheet, error);
}

static const struct parameter meanfield_parameters[] = {
    {.name = "ACTION",
     .type = TYPE_CHOICE,
     .words = action_words,
     .positional = true,
     .help = "which table; set keeps values; default: show"},
    {.name = "NAME",
     .type = TYPE_CHANNEL,
     .wanted = CHANNEL_LIVE,
     .positional = true,
     .shown_only = true,
     .help = "of live and probe: a population under the input white (default: the one in focus)"},
    {0},
};

static const struct command commands[] = {
    {.name = "meanfield",
     .summary = "theory of LIF neurons under noise: rates, transfer functions, rate units that answer alike",
     .details = "rate: of each working point. transfer: the answer to a small sine. fit: the low-pass filter that\n"
                "answers alike. scan: both, with weights and the external rates that lead there. point: where a\n"
                "network comes to under external rates. live: what a population under the input white does, beside "
                "the\n"
                "theory. probe: how it answers a sine. set keeps values for all of these, show lists them.",
     .example = "meanfield scan mu=6mV:12mV:4 sigma=6mV:12mV:4 freq=1Hz:199Hz:199",
     .parameters = meanfield_parameters,
     .more = meanfield_more,
     .table = true,
     .run = run_meanfield},
};

const struct command_family family_meanfield = {"Mean-field theory", commands, sizeof commands / sizeof *commands};
