/* Tuning curves: what the parameters say, what was measured against x, and which parameters explain that. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/stop.h"
#include "base/xalloc.h"
#include "command/families.h"
#include "typed/rate_words.h"
#include "language/command.h"
#include "pane/pane.h"
#include "rig/live.h"
#include "rig/tuned.h"
#include "session/job.h"
#include "session/message.h"
#include "session/session.h"
#include "table/fit_table.h"
#include "table/labels.h"
#include "table/measured.h"
#include "table/rate_table.h"
#include "table/table_span.h"
#include "text/csv_read.h"

#define SPAN_ROWS                                                                                                      \
    {.name = "from", .type = TYPE_QUANTITY, .dimension = DIMENSION_TIME, .help = "measured only from this time on"},   \
    {                                                                                                                  \
        .name = "to", .type = TYPE_QUANTITY, .dimension = DIMENSION_TIME, .help = "measured only up to this time"      \
    }

/* ---- tuning ---- */

/* Points on each side of the plane, and on a line, unless told otherwise. */
#define PLANE_POINTS 21
#define LINE_POINTS 101
#define PLANE_CELLS_MAX 2e8

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

/* Where curves of several dimensions run. */
enum along { ALONG_PLANE, ALONG_ENCODER, ALONG_AXIS };
static const char *const along_names[] = {[ALONG_PLANE] = "plane", [ALONG_ENCODER] = "encoder"};

/* What along= says, or what goes without saying: the plane of two dimensions, else each neuron's preferred
 * direction. */
static bool read_along(const struct arguments *arguments, const struct channel *channel, enum along *along,
                       size_t *axis, struct error *error)
{
    const struct value *value = argument(arguments, "along");
    struct word_list words = {"direction", 2, word_plain, along_names};
    size_t dims = channel->population ? channel->population->dims : 1;
    double number;
    *along = dims == 1 ? ALONG_AXIS : dims == 2 ? ALONG_PLANE : ALONG_ENCODER;
    *axis = 0;
    if (!value->given)
        return true;
    if (number_parse(value->text, strlen(value->text), &number)) {
        if (!(number >= 1 && number <= (double)dims && number == floor(number)))
            return error_set(error, "along=%.40s: x has %zu dimension%s", value->text, dims, dims == 1 ? "" : "s");
        *along = ALONG_AXIS;
        *axis = (size_t)number - 1;
        return true;
    }
    long word = word_find(&words, value->text, strlen(value->text), error);
    if (word < 0)
        return error_prefix(error, "along=%.40s: ", value->text);
    *along = (enum along)word;
    if (*along == ALONG_ENCODER && !channel->population)
        return error_set(error, "along=encoder: %s is a %s, and its neurons have no encoders", channel->name,
                         channel_kind(channel));
    if (*along == ALONG_PLANE && dims != 2)
        return error_set(error, "along=plane: %s has %zu dimension%s, and a plane has two; %salong=1", channel->name,
                         dims, dims == 1 ? "" : "s", channel->population ? "along=encoder or " : "");
    return true;
}

/* One row of rates; `x` holds the point, or how far along its encoder each neuron is asked at. */
static void population_row(const struct population *p, const struct rate_curve *curve, const double *x, bool encoder,
                           struct sheet *sheet)
{
    double point[POPULATION_MAX_DIMS];
    for (size_t i = 0; i < p->n; i++) {
        for (size_t d = 0; encoder && d < p->dims; d++)
            point[d] = p->dims == 1 ? x[0] : x[0] * p->encoders[d * p->padded + i];
        sheet_number(sheet, population_rate(p, curve, i, encoder ? point : x));
    }
    sheet_row(sheet);
}

static bool line_table(const struct channel *channel, const struct rate_curve *curve, size_t points, enum along along,
                       size_t axis, struct sheet *sheet, struct error *error)
{
    const struct population *population = channel->population;
    double at[POPULATION_MAX_DIMS] = {0};
    if (!labels_begin(sheet, channel, "x", error))
        return false;
    struct points x = points_linspace(-population->radius, population->radius, points);
    size_t place = along == ALONG_ENCODER ? 0 : axis;
    for (size_t k = 0; k < x.count && !stop_requested(); k++) {
        sheet_number(sheet, x.value[k]);
        at[place] = x.value[k];
        population_row(population, curve, at, along == ALONG_ENCODER, sheet);
    }
    free(x.value);
    return !stop_requested() || error_set(error, "interrupted");
}

static bool plane_header(const struct channel *channel, struct sheet *sheet, struct error *error)
{
    char label[32];
    if (!sheet_begin(sheet, error))
        return false;
    sheet_text(sheet, "x1");
    sheet_text(sheet, "x2");
    for (size_t i = 0; i < channel->population->n; i++)
        sheet_text(sheet, channel_label(channel, i, label, sizeof label));
    sheet_row(sheet);
    return true;
}

/* All pairs, x1 outermost. */
static bool plane_table(const struct channel *channel, const struct rate_curve *curve, size_t points,
                        struct sheet *sheet, struct error *error)
{
    const struct population *population = channel->population;
    if ((double)points * (double)points * (double)population->n > PLANE_CELLS_MAX)
        return error_set(error, "%zu by %zu points of %zu neurons make too large a table", points, points,
                         population->n);
    if (!plane_header(channel, sheet, error))
        return false;
    struct points x = points_linspace(-population->radius, population->radius, points);
    for (size_t k = 0; k < points * points && !stop_requested(); k++) {
        double at[2] = {x.value[k / points], x.value[k % points]};
        sheet_number(sheet, at[0]);
        sheet_number(sheet, at[1]);
        population_row(population, curve, at, false, sheet);
    }
    free(x.value);
    return !stop_requested() || error_set(error, "interrupted");
}

/* Neurons that were not fitted have no numbers. */
static bool fitted_table(const struct channel *channel, size_t points, struct sheet *sheet, struct error *error)
{
    const struct tuned *tuned = channel->tuned;
    if (!tuned || !tuned->fit)
        return error_set(error, "there are no fitted curves of %s; %s", channel->name,
                         channel->recording ? "fit finds them" : "they are kept of recordings");
    if (!labels_begin(sheet, channel, "x", error))
        return false;
    const struct tuning_bins *bins = tuned->bins;
    struct points x = points_linspace(bins->low, bins->high, points);
    for (size_t p = 0; p < x.count && !stop_requested(); p++) {
        sheet_number(sheet, x.value[p]);
        for (size_t i = 0; i < bins->units; i++) {
            const struct rate_fit *fit = &tuned->fit[i];
            bool there = fit->status != RATE_FIT_NONE && rate_fit_has_curve(fit);
            sheet_number(sheet, there ? rate_fit_rate(fit, tuned->curve, x.value[p]) : NAN);
        }
        sheet_row(sheet);
    }
    free(x.value);
    return !stop_requested() || error_set(error, "interrupted");
}

static struct word_list along_words(void)
{
    return (struct word_list){"direction", 2, word_plain, along_names};
}

struct curves_job {
    struct channel *channel; /* frozen */
    bool measured, fitted;   /* in place of a curve */
    struct measured_request request;
    const struct rate_curve *curve; /* NULL: the population's own */
    enum along along;
    size_t points, axis;
};

static bool work_curves(void *own, struct sheet *sheet, struct progress progress, struct error *error)
{
    (void)progress;
    const struct curves_job *job = own;
    if (job->measured)
        return measured_table(job->channel, &job->request, sheet, error);
    if (job->fitted)
        return fitted_table(job->channel, job->points, sheet, error);
    return job->along == ALONG_PLANE
               ? plane_table(job->channel, job->curve, job->points, sheet, error)
               : line_table(job->channel, job->curve, job->points, job->along, job->axis, sheet, error);
}

static void free_curves(void *own)
{
    struct curves_job *job = own;
    channel_free(job->channel);
    free(job);
}

static bool run_tuning(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                       struct error *error)
{
    const struct channel *channel = argument(arguments, "NAME")->channel;
    const struct value *model = argument(arguments, "model");
    size_t kind = channel->followed    ? MEASURED /* which says what it takes */
                  : model->present     ? (size_t)model->choice
                  : channel->recording ? MEASURED
                                       : rate_curve_count + 2;
    const struct value *points = argument(arguments, "points");
    struct measured_request request = {.from = argument_number(arguments, "from", NAN),
                                       .to = argument_number(arguments, "to", NAN),
                                       .whole = true,
                                       .errors = argument(arguments, "errors")->on};
    enum along along;
    if (!read_along(arguments, channel, &along, &request.axis, error))
        return false;
    if (kind == MEASURED && along != ALONG_AXIS)
        return error_set(error, "%s has %zu dimensions, and curves are measured over one of them: along=1",
                         channel->name, channel->population->dims);
    request.points = points->given ? (size_t)points->count : along == ALONG_PLANE ? PLANE_POINTS : LINE_POINTS;
    live_drain(&session->rig);
    if (kind == MEASURED) {
        struct time_span span;
        if (!labels_need_spikes(channel, "model=softlif or model=lif gives its curves", error) ||
            !table_span_say(session, channel, request.from, request.to, &span, error))
            return false;
        table_say_rate_unit(session, channel);
        if (!measured_check(channel, &request, error))
            return false;
    } else if (request.errors || !isnan(request.from) || !isnan(request.to))
        return error_set(error, "errors, from and to are for measured curves: model=measured");
    if (channel->recording && kind < MEASURED)
        return error_set(error, "%s is a recording: its curves are model=measured, and model=fitted after fit %s",
                         channel->name, channel->name);
    struct curves_job *own = xcalloc(1, sizeof *own);
    *own = (struct curves_job){.channel = channel_frozen(channel),
                               .curve = kind < rate_curve_count ? rate_curves[kind] : NULL,
                               .along = along,
                               .measured = kind == MEASURED,
                               .fitted = kind == FITTED,
                               .request = request,
                               .points = request.points,
                               .axis = request.axis};
    return session_job(session, &(struct job){"writing", false, own, work_curves, NULL, free_curves}, sheet, error);
}

static const struct parameter tuning_parameters[] = {
    {.name = "NAME",
     .type = TYPE_CHANNEL,
     .positional = true,
     .help = "a population, or a recording that has a stimulus (default: the one in focus)"},
    {.name = "model",
     .type = TYPE_CHOICE,
     .choices = tuning_words,
     .help =
         "the curve (default: a population's own, of a recording measured); fitted: what fit found for a recording"},
    {.name = "points",
     .type = TYPE_COUNT,
     .low = 1,
     .high = POINTS_MAX,
     .fallback = "101",
     .shown_only = true,
     .help =
         "values of x: of a population from -radius to radius (on each side of a plane, where 21 is the default), of "
         "a recording over all of its stimulus; bins, if measured"},
    {.name = "along",
     .type = TYPE_TEXT,
     .words = along_words,
     .help =
         "in several dimensions: plane (two, the default: x1,x2,NEURON...), encoder (each neuron's own direction, the "
         "default of more), or 1, 2, ... (that axis, the others 0)"},
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

/* A tuning pane shows it: one that is there, else a new one, if the recording is looked at. */
static void show_tuning(struct session *session, const struct channel *channel)
{
    struct error ignored;
    struct layout *layout = &session->look.layout;
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
            return error_set(error, "%s has no stimulus; stimulus %s @FILE.csv gives one", channel->name,
                             channel->name);
        session_report(session, channel->tuned->about);
        return true;
    }
    struct stimulus_options options = {
        .column = argument_text(arguments, "column"),
        .time = argument_text(arguments, "time"),
        .unit = argument_text(arguments, "unit"),
        .kind = argument(arguments, "interp")->choice ? TRACE_LINEAR : TRACE_HELD,
    };
    struct tuned *tuned = tuned_from_table(file->table, file->text + 1, &options, channel->recording, error);
    if (!tuned)
        return false;
    tuned_free(channel->tuned);
    channel->tuned = tuned;
    tuned_report(&session->rig, channel);
    show_tuning(session, channel);
    return true;
}

static const struct parameter stimulus_parameters[] = {
    {.name = "NAME",
     .type = TYPE_CHANNEL,
     .wanted = CHANNEL_RECORDING,
     .positional = true,
     .help = "a recording (default: the one in focus)"},
    {.name = "FILE",
     .type = TYPE_TABLE,
     .positional = true,
     .columns = csv_columns_of_numbers,
     .help = "a table of times and values"},
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

struct fit_job {
    struct channel *channel; /* frozen */
    struct fit_table plan;
    struct fit_found found;
};

static bool work_fit(void *own, struct sheet *sheet, struct progress progress, struct error *error)
{
    struct fit_job *job = own;
    return fit_table(job->channel, &job->plan, &job->found, sheet, progress, error);
}

/* The recording may have got another stimulus meanwhile, or be gone. */
static bool finish_fit(struct session *session, void *own, struct error *error)
{
    struct fit_job *job = own;
    struct channel *channel = channel_named(&session->rig, job->channel->name);
    (void)error;
    if (job->found.bins && channel && channel->tuned == job->channel->tuned)
        fit_keep(channel->tuned, &job->found);
    return true;
}

static void free_fit(void *own)
{
    struct fit_job *job = own;
    fit_found_free(&job->found);
    channel_free(job->channel);
    free(job);
}

static bool run_fit(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                    struct error *error)
{
    struct channel *channel = argument(arguments, "NAME")->channel;
    struct fit_table plan = {
        .measure = {.points = (size_t)argument(arguments, "points")->count,
                    .from = argument_number(arguments, "from", NAN),
                    .to = argument_number(arguments, "to", NAN)},
        .request = {.curve = rate_curves[argument(arguments, "model")->choice],
                    .tau_rc = argument_number(arguments, "tau_rc", NAN),
                    .tau_ref = argument_number(arguments, "tau_ref", NAN),
                    .sigma = argument_number(arguments, "sigma", NAN)},
        .neurons = argument_text(arguments, "NEURONS"),
    };
    live_drain(&session->rig);
    if (plan.request.curve == &rate_lif && argument(arguments, "sigma")->given)
        return error_set(error, "sigma= rounds the corner of model=softlif; the LIF curve has a hard one");
    struct time_span span;
    if (!labels_need_spikes(channel, "its parameters are known: neurons NAME", error) ||
        !table_span_say(session, channel, plan.measure.from, plan.measure.to, &span, error))
        return false;
    table_say_rate_unit(session, channel);
    if (!measured_check(channel, &plan.measure, error))
        return false;
    struct fit_job *own = xcalloc(1, sizeof *own);
    *own = (struct fit_job){.channel = channel_frozen(channel), .plan = plan};
    return session_job(session, &(struct job){"fitting", false, own, work_fit, finish_fit, free_fit}, sheet, error);
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
    {.name = "points",
     .type = TYPE_COUNT,
     .low = 2,
     .high = 100000,
     .fallback = "31",
     .help = "bins of x that are shown; the fit is made on finer ones"},
    SPAN_ROWS,
    {0},
};

static const struct command commands[] = {
    {.name = "tuning",
     .summary = "a table of tuning curves, one column a neuron",
     .details = "Measured rates are spikes over the time that x was in each of `points` bins of equal width; the x in "
                "the table\n"
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
     .lasting = true,
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
