/* Tuning curves: what the parameters say, what was measured against x, and which parameters explain that. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "command/command.h"
#include "command/fit_table.h"
#include "command/measured.h"
#include "command/rate_table.h"
#include "command/rate_words.h"
#include "command/state.h"
#include "command/tuned.h"
#include "draw/pane.h"

static double number_or_nan(const struct arguments *arguments, const char *name)
{
    const struct value *value = argument(arguments, name);
    return value->given ? value->number : NAN;
}

#define SPAN_ROWS                                                                                            \
    {.name = "from",                                                                                         \
     .type = TYPE_QUANTITY,                                                                                  \
     .dimension = DIMENSION_TIME,                                                                            \
     .help = "measured only from this time on"},                                                             \
    {                                                                                                        \
        .name = "to", .type = TYPE_QUANTITY, .dimension = DIMENSION_TIME,                                    \
        .help = "measured only up to this time"                                                              \
    }

/* ---- tuning ---- */

#define MEASURED rate_curve_count
#define FITTED (rate_curve_count + 1)

static const char *tuning_name(const void *list, size_t i)
{
    (void)list;
    return i < rate_curve_count ? rate_curves[i]->name : i == MEASURED ? "measured" : "fitted";
}

static struct word_list tuning_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"curve", rate_curve_count + 2, tuning_name, NULL};
}

static bool population_table(const struct channel *channel, const struct rate_curve *curve, size_t points,
                             struct sheet *sheet, struct error *error)
{
    const struct population *population = channel->population;
    if (!analyse_labels(sheet, channel, "x", error))
        return false;
    struct points x = points_linspace(-population->radius, population->radius, points);
    for (size_t p = 0; p < x.count && !session_stopped(); p++) {
        sheet_number(sheet, x.value[p]);
        for (size_t i = 0; i < population->n; i++)
            sheet_number(sheet, population_rate(population, curve, i, &x.value[p]));
        sheet_row(sheet);
    }
    free(x.value);
    return !session_stopped() || error_set(error, "interrupted");
}

/* Neurons that were not fitted have no numbers. */
static bool fitted_table(const struct channel *channel, size_t points, struct sheet *sheet, struct error *error)
{
    const struct tuned *tuned = channel->tuned;
    if (!tuned || !tuned->fit)
        return error_set(error, "there are no fitted curves of %s; %s", channel->name,
                         channel->recording ? "fit finds them" : "they are kept of recordings");
    if (!analyse_labels(sheet, channel, "x", error))
        return false;
    const struct tuning_bins *bins = tuned->bins;
    struct points x = points_linspace(bins->low, bins->high, points);
    for (size_t p = 0; p < x.count && !session_stopped(); p++) {
        sheet_number(sheet, x.value[p]);
        for (size_t i = 0; i < bins->units; i++) {
            const struct rate_fit *fit = &tuned->fit[i];
            bool there = fit->status != RATE_FIT_NONE && rate_fit_has_curve(fit);
            sheet_number(sheet, there ? rate_fit_rate(fit, tuned->curve, x.value[p]) : NAN);
        }
        sheet_row(sheet);
    }
    free(x.value);
    return !session_stopped() || error_set(error, "interrupted");
}

static bool run_tuning(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                       struct error *error)
{
    const struct channel *channel = argument(arguments, "NAME")->channel;
    const struct value *model = argument(arguments, "model");
    size_t kind = model->present ? (size_t)model->choice : channel->recording ? MEASURED : rate_curve_count + 2;
    struct measured_request request = {.points = (size_t)argument(arguments, "points")->count,
                                       .from = number_or_nan(arguments, "from"),
                                       .to = number_or_nan(arguments, "to"),
                                       .whole = true,
                                       .errors = argument(arguments, "errors")->on};
    if (channel->population && channel->population->dims > 1)
        return error_set(error, "%s has %zu dimensions; tuning draws curves over one", channel->name,
                         channel->population->dims);
    live_drain(session);
    if (kind == MEASURED)
        return analyse_need_spikes(channel, "model=softlif or model=lif gives its curves", error) &&
               measured_table(channel, &request, sheet, error);
    if (request.errors || !isnan(request.from) || !isnan(request.to))
        return error_set(error, "errors, from and to are for measured curves: model=measured");
    if (kind == FITTED)
        return fitted_table(channel, request.points, sheet, error);
    if (channel->recording)
        return error_set(error, "%s is a recording: its curves are model=measured, and model=fitted after fit %s",
                         channel->name, channel->name);
    return population_table(channel, kind < rate_curve_count ? rate_curves[kind] : NULL, request.points, sheet,
                            error);
}

static const struct parameter tuning_parameters[] = {
    {.name = "NAME",
     .type = TYPE_CHANNEL,
     .positional = true,
     .help = "a population, or a recording that has a stimulus (default: the one in focus)"},
    {.name = "model",
     .type = TYPE_CHOICE,
     .choices = tuning_words,
     .help = "the curve (default: a population's own, of a recording measured); fitted: what fit found for a recording"},
    {.name = "points",
     .type = TYPE_COUNT,
     .low = 1,
     .high = POINTS_MAX,
     .fallback = "101",
     .help = "values of x: of a population from -radius to radius, of a recording over all of its stimulus; bins, if measured"},
    {.name = "errors",
     .type = TYPE_SWITCH,
     .fallback = "off",
     .help = "a column NEURON_se beside each measured one: its standard error, sqrt(spikes) / time (Poisson)"},
    SPAN_ROWS,
    {0},
};

/* ---- stimulus ---- */

static const char *const interp_names[] = {"zero", "linear"};

static struct word_list interp_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"interpolation", 2, word_plain, interp_names};
}

static const char *text_or_null(const struct arguments *arguments, const char *name)
{
    const struct value *value = argument(arguments, name);
    return value->given ? value->text : NULL;
}

/* A tuning pane shows it: one that is there, else a new one, if the recording is looked at. */
static void show_tuning(struct session *session, const struct channel *channel)
{
    struct error ignored;
    struct layout *layout = &session->layout;
    size_t tuning = 0;
    bool shown = false;
    for (size_t p = 0; p < layout->panes; p++) {
        bool own = strcmp(layout->pane[p].subject, channel->name) == 0;
        shown = shown || own;
        if (layout->pane[p].type != &pane_tuning)
            continue;
        if (own)
            return;
        tuning = p + 1;
    }
    if (shown && tuning)
        layout_put(layout, tuning, &pane_tuning, channel->name, &ignored);
    else if (shown)
        layout_open(layout, &pane_tuning, channel->name, &ignored);
}

static bool run_stimulus(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                         struct error *error)
{
    (void)sheet;
    struct channel *channel = argument(arguments, "NAME")->channel;
    const struct value *file = argument(arguments, "FILE");
    if (!file->given) {
        if (!channel->tuned)
            return error_set(error, "%s has no stimulus; stimulus %s @FILE.csv gives one", channel->name, channel->name);
        session_report(session, channel->tuned->about);
        return true;
    }
    struct stimulus_options options = {
        .column = text_or_null(arguments, "column"),
        .time = text_or_null(arguments, "time"),
        .unit = text_or_null(arguments, "unit"),
        .kind = argument(arguments, "interp")->choice ? TRACE_LINEAR : TRACE_HELD,
    };
    struct tuned *tuned = tuned_from_table(file->table, file->text + 1, &options, channel->recording, error);
    if (!tuned)
        return false;
    tuned_free(channel->tuned);
    channel->tuned = tuned;
    tuned_report(session, channel);
    show_tuning(session, channel);
    return true;
}

static const struct parameter stimulus_parameters[] = {
    {.name = "NAME",
     .type = TYPE_CHANNEL,
     .wanted = CHANNEL_RECORDING,
     .positional = true,
     .help = "a recording (default: the one in focus)"},
    {.name = "FILE", .type = TYPE_TABLE, .positional = true, .help = "a table of times and values"},
    {.name = "column",
     .type = TYPE_TEXT,
     .help = "name of the column of values (default: x, else the first that is not the time)"},
    {.name = "time", .type = TYPE_TEXT, .help = "name of the column of times (default: time, t ..., else the first)"},
    {.name = "unit",
     .type = TYPE_TEXT,
     .help = "of its times: s, ms, us, samples@30000, steps@0.1ms (default: as its column says, else as the spikes)"},
    {.name = "interp",
     .type = TYPE_CHOICE,
     .choices = interp_words,
     .fallback = "zero",
     .help = "zero: each value holds until the next; linear: straight lines between them"},
    {0},
};

/* ---- fit ---- */

static bool run_fit(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                    struct error *error)
{
    struct channel *channel = argument(arguments, "NAME")->channel;
    struct fit_table plan = {
        .measure = {.points = (size_t)argument(arguments, "points")->count,
                    .from = number_or_nan(arguments, "from"),
                    .to = number_or_nan(arguments, "to")},
        .request = {.curve = rate_curves[argument(arguments, "model")->choice],
                    .tau_rc = number_or_nan(arguments, "tau_rc"),
                    .tau_ref = number_or_nan(arguments, "tau_ref"),
                    .sigma = number_or_nan(arguments, "sigma")},
        .neurons = text_or_null(arguments, "NEURONS"),
    };
    live_drain(session);
    if (plan.request.curve == &rate_lif && argument(arguments, "sigma")->given)
        return error_set(error, "sigma= rounds the corner of model=softlif; the LIF curve has a hard one");
    return analyse_need_spikes(channel, "its parameters are known: neurons NAME", error) &&
           fit_table(channel, &plan, sheet, error);
}

static const struct parameter fit_parameters[] = {
    {.name = "NAME",
     .type = TYPE_CHANNEL,
     .positional = true,
     .help = "a recording that has a stimulus, or a population (default: the one in focus)"},
    {.name = "NEURONS", .type = TYPE_TEXT, .positional = true, .help = "which, as in 7 or 3,7,20:40 (default: all)"},
    {.name = "model", .type = TYPE_CHOICE, .choices = rate_words, .fallback = "softlif", .help = "the curve"},
    {.name = "tau_rc",
     .type = TYPE_QUANTITY,
     .dimension = DIMENSION_TIME,
     .low = 0,
     .low_open = true,
     .high = 1e3,
     .help = "holds the membrane time constant (default: it is fitted)"},
    {.name = "tau_ref",
     .type = TYPE_QUANTITY,
     .dimension = DIMENSION_TIME,
     .low = 0,
     .high = 1e3,
     .help = "holds the refractory period (default: it is fitted)"},
    {.name = "sigma",
     .type = TYPE_QUANTITY,
     .low = 0,
     .low_open = true,
     .high = 1e3,
     .help = "holds the width of the SoftLIF's round corner (default: it is fitted)"},
    {.name = "points", .type = TYPE_COUNT, .low = 2, .high = 100000, .fallback = "31", .help = "bins of x that are shown; the fit is made on finer ones"},
    SPAN_ROWS,
    {0},
};

static const struct command commands[] = {
    {.name = "tuning",
     .summary = "a table of tuning curves, one column a neuron",
     .details = "Measured rates are spikes over the time that x was in each of `points` bins of equal width; the x in the table\n"
                "is the mean of x in there, and where it never was the middle of the bin, with the rate nan.",
     .example = "tuning R model=measured points=31 errors=on",
     .parameters = tuning_parameters,
     .table = true,
     .run = run_tuning},
    {.name = "stimulus",
     .summary = "lays a stimulus beside a recording, for tuning curves",
     .details = "The file has a column of times and one of x. load FILE as R stimulus=@FILE.csv does the same, and\n"
                "load FILE as R stimulus=x takes the column x of a dense file. Without a file it says what there is.",
     .example = "stimulus R @stim.csv interp=linear",
     .parameters = stimulus_parameters,
     .run = run_stimulus},
    {.name = "fit",
     .summary = "a table of the LIF parameters that explain each neuron's measured rates",
     .details =
         "J = gain x + bias, by least squares weighted with 1 / error^2. The gain is signed: negative where the\n"
         "rate falls with x (encoder -1). rms is the residual in Hz; the pane draws the curve. gain_se and so on are\n"
         "standard errors: one as large as its parameter says that the points do not tell it.\n"
         "Far above threshold only tau_rc / gain shows in the rates; tau_rc, tau_ref and sigma show near the corner\n"
         "and the maximum. One that cannot be told from the points keeps its usual value (a population's own; else\n"
         "20 ms, 2 ms, 0.02), and the status says so: held_tau_rc, or open_tau_rc where that value does not fit\n"
         "either. Other words: ok, flat (x makes no difference),\n"
         "no_spikes, too_few_points, above_1/tau_ref (faster than the tau_ref given allows), not_converged.",
     .example = "fit R model=softlif tau_ref=2ms",
     .parameters = fit_parameters,
     .table = true,
     .run = run_fit},
};

const struct command_family family_tuning = {"Tuning curves", commands, sizeof commands / sizeof *commands};
