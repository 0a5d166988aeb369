/* Representing, decoding, computing: decoders, what they decode, and how good that is. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/stop.h"
#include "base/xalloc.h"
#include "command/families.h"
#include "language/command.h"
#include "session/job.h"
#include "session/message.h"
#include "session/session.h"
#include "session/wiring.h"
#include "table/decoder_request.h"
#include "table/rmse_table.h"

#define NAME_ROW                                                                                                       \
    {                                                                                                                  \
        .name = "NAME", .type = TYPE_CHANNEL, .wanted = CHANNEL_LIVE, .positional = true,                              \
        .help = "a population (default: the one in focus)"                                                             \
    }

#define FUNCTION_ROWS                                                                                                  \
    {.name = "function",                                                                                               \
     .type = TYPE_TEXT,                                                                                                \
     .help = "an expression in x, or x1, x2, ...; outputs parted by commas (default: what is set for it, x)"},         \
    {                                                                                                                  \
        .name = "reg", .type = TYPE_QUANTITY, .low = 0, .high = 1e6,                                                   \
        .help = "regularisation: assumed noise, as a share of the highest rate; 0: plain least squares (default: as "  \
                "set, 0.1)"                                                                                            \
    }

#define SOLVER_ROWS                                                                                                    \
    FUNCTION_ROWS,                                                                                                     \
        {.name = "eval_points",                                                                                        \
         .type = TYPE_COUNT,                                                                                           \
         .file_too = true,                                                                                             \
         .low = 1,                                                                                                     \
         .high = 1e8,                                                                                                  \
         .help = "how many are drawn, or a table with x1, x2, ... or x (default: 750 to 2500, twice the "              \
                 "neurons)"},                                                                                          \
    {                                                                                                                  \
        .name = "seed", .type = TYPE_COUNT, .help = "of the evaluation points drawn (default: the population's)"       \
    }

/* ---- decoders ---- */

static bool begin_decoders(struct sheet *sheet, size_t outputs, struct error *error)
{
    char name[24];
    if (!sheet_begin(sheet, error))
        return false;
    sheet_text(sheet, "neuron");
    for (size_t o = 0; o < outputs; o++) {
        snprintf(name, sizeof name, "d%zu", o + 1);
        sheet_text(sheet, name);
    }
    sheet_row(sheet);
    return true;
}

static bool decoder_rows(const struct population *population, const struct decoder *decoder, bool normalised,
                         struct sheet *sheet, struct error *error)
{
    if (!begin_decoders(sheet, decoder->outputs, error))
        return false;
    for (size_t i = 0; i < decoder->n && !stop_requested(); i++) {
        double unit = normalised ? population_highest_rate(population, i) : 1;
        sheet_integer(sheet, (int64_t)i);
        for (size_t o = 0; o < decoder->outputs; o++)
            sheet_number(sheet, decoder->weight[o * decoder->n + i] * unit);
        sheet_row(sheet);
    }
    return !stop_requested() || error_set(error, "interrupted");
}

/* Those in use, the transform in them and what was learned. */
static bool connection_decoders(struct session *session, const struct wired *wired, struct sheet *sheet,
                                struct error *error)
{
    const struct connection *c = wired->built;
    struct port_learned learned;
    if (!wiring_learned(session, wired, &learned, error))
        return false;
    const double *weight = learned.decoders ? learned.decoders : c->decoders;
    if (!weight)
        return error_set(error, "%s has no decoders: %s", wired->face.name,
                         c->weights ? "its weights are a matrix, see weights"
                                    : "what it takes its value from has no neurons");
    if (learned.change)
        session_note(session, "%s learns from neuron to neuron: what it learned is in its weights, and not in these",
                     wired->face.name);
    if (!begin_decoders(sheet, c->rows, error))
        return false;
    for (size_t i = 0; i < c->n_pre; i++) {
        sheet_integer(sheet, (int64_t)i);
        for (size_t r = 0; r < c->rows; r++)
            sheet_number(sheet, weight[r * c->n_pre + i] * c->scale);
        sheet_row(sheet);
    }
    return true;
}

/* How far f(x) is missed within the ball, where something was asked of the decoders. */
struct misfit {
    double sum, worst, at[POPULATION_MAX_DIMS];
    size_t count, points;
};

/* What decoders and decode work on. */
struct decoder_job {
    struct decoder_request request;
    bool normalised;
    struct eval_points *at; /* where decode looks; NULL: on a grid, of so many points (0: the usual) */
    size_t grid;
    struct misfit misfit;
};

static void free_decoder_job(void *own)
{
    struct decoder_job *job = own;
    decoder_request_free(&job->request);
    eval_points_free(job->at);
    free(job);
}

static bool work_decoders(void *own, struct sheet *sheet, struct progress progress, struct error *error)
{
    struct decoder_job *job = own;
    return decoder_request_solve(&job->request, progress, error) &&
           decoder_rows(job->request.population, job->request.decoder, job->normalised, sheet, error);
}

static bool finish_decoders(struct session *session, void *own, struct error *error)
{
    (void)error;
    const struct decoder_job *job = own;
    decoder_request_say(session, &job->request);
    return true;
}

static bool run_decoders(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                         struct error *error)
{
    const struct channel *channel = argument(arguments, "NAME")->channel;
    if (channel->wired)
        return connection_decoders(session, channel->wired, sheet, error);
    struct decoder_job *own = xcalloc(1, sizeof *own);
    own->normalised = argument(arguments, "normalised")->on;
    struct job job = {"solving", false, own, work_decoders, finish_decoders, free_decoder_job};
    if (decoder_request_read(arguments, channel, &own->request, error))
        return session_job(session, &job, sheet, error);
    free_decoder_job(own);
    return false;
}

static const struct parameter decoders_parameters[] = {
    {.name = "NAME",
     .type = TYPE_CHANNEL,
     .wanted = CHANNEL_DECODES,
     .positional = true,
     .help = "a population (default: the one in focus) or a connection, whose decoders are those in use"},
    SOLVER_ROWS,
    {.name = "normalised",
     .type = TYPE_SWITCH,
     .fallback = "off",
     .help = "weights of rates that are 1 at each neuron's maximum, instead of per Hz"},
    {0}};

/* ---- decode ---- */

/* An even grid over the square in two dimensions (points each way), a line in one; in more, points in the
 * ball. */
static struct eval_points *grid(const struct population *population, size_t points)
{
    if (population->dims > 2)
        return eval_points_draw(population, points ? points : 1000, 0x6772696400000000);
    size_t each = points ? points : population->dims == 1 ? 101 : 21;
    struct points line = points_linspace(-population->radius, population->radius, each);
    struct eval_points *grid = xcalloc(1, sizeof *grid);
    grid->dims = population->dims;
    grid->count = grid->dims == 1 ? each : each * each;
    grid->x = xreallocarray(NULL, grid->count * grid->dims, sizeof *grid->x);
    for (size_t k = 0; k < grid->count; k++) {
        grid->x[k * grid->dims] = line.value[grid->dims == 1 ? k : k / each];
        if (grid->dims == 2)
            grid->x[2 * k + 1] = line.value[k % each];
    }
    free(line.value);
    return grid;
}

static bool read_points(struct decoder_job *job, const struct arguments *arguments, size_t dims, struct error *error)
{
    const struct value *points = argument(arguments, "points");
    if (points->table) {
        job->at = decoder_request_points(points->table, "points", points->text, dims, error);
        return job->at;
    }
    size_t most = dims == 2 ? 3000 : 10000000;
    if (points->given && points->count > most)
        return error_set(error, "points=%s: at most %zu%s", points->text, most, dims == 2 ? " each way" : "");
    job->grid = points->given ? (size_t)points->count : 0;
    return !points->given || dims <= 2 || eval_points_fit(job->grid, dims, 0, error);
}

/* "x", "target1"; a number only where there are several. */
static void put_name(struct sheet *sheet, const char *stem, size_t i, size_t count)
{
    char name[40];
    snprintf(name, sizeof name, count == 1 ? "%s" : "%s%zu", stem, i + 1);
    sheet_text(sheet, name);
}

static bool begin_decode(struct sheet *sheet, size_t dims, size_t outputs, struct error *error)
{
    if (!sheet_begin(sheet, error))
        return false;
    for (size_t d = 0; d < dims; d++)
        put_name(sheet, "x", d, dims);
    for (size_t o = 0; o < outputs; o++) {
        put_name(sheet, "target", o, outputs);
        put_name(sheet, "decoded", o, outputs);
    }
    sheet_row(sheet);
    return true;
}

static bool is_within(const struct population *population, const double *x)
{
    double square = 0;
    for (size_t d = 0; d < population->dims; d++)
        square += x[d] * x[d];
    return sqrt(square) <= population->radius * (1 + 1e-12);
}

static void misfit_add(struct misfit *misfit, const double *x, size_t dims, double off)
{
    misfit->sum += off * off;
    misfit->count++;
    if (fabs(off) >= misfit->worst) {
        misfit->worst = fabs(off);
        memcpy(misfit->at, x, dims * sizeof *x);
    }
}

static void say_misfit(struct session *session, const struct decoder_request *request, const struct misfit *misfit)
{
    struct text line = {0};
    size_t dims = request->population->dims;
    text_printf(&line,
                "%s: f(x) = %s, reg %.4g, %zu evaluation points: RMS error %.3g over %zu points, largest %.3g at %s",
                request->name, function_text(request->function), request->reg, request->decoder->points,
                sqrt(misfit->sum / (double)misfit->count), misfit->points, misfit->worst, dims == 1 ? "x = " : "(");
    for (size_t d = 0; d < dims; d++)
        text_printf(&line, "%s%.4g", d ? ", " : "", misfit->at[d]);
    text_add(&line, dims > 1 ? ")" : "");
    session_report(session, text_string(&line));
    text_free(&line);
}

/* A function need not be finite outside of the ball, in the corners of the grid. */
static bool check_targets(const struct population *population, struct function *function,
                          const struct eval_points *points, struct error *error)
{
    double target[FUNCTION_OUTPUTS_MAX];
    for (size_t k = 0; k < points->count; k++) {
        const double *x = points->x + k * points->dims;
        if (is_within(population, x) && !function_values(function, x, 1, target, error))
            return false;
    }
    return true;
}

/* Where the error is measured: as many points as `rmse` takes without points=, and enough to fill a ball. */
#define MISFIT_LINE 401
#define MISFIT_BALL 1000

/* At points of its own, the ones that `rmse` measures at, whatever rows are printed. */
static bool measure_misfit(const struct decoder_request *request, struct misfit *misfit, struct error *error)
{
    double target[FUNCTION_OUTPUTS_MAX], y[FUNCTION_OUTPUTS_MAX];
    const struct population *population = request->population;
    struct eval_points *points = rmse_points(population, population->dims == 1 ? MISFIT_LINE : MISFIT_BALL);
    bool good = true;
    for (size_t k = 0; k < points->count && good; k++) {
        const double *x = points->x + k * points->dims;
        size_t before = misfit->count;
        function_value(request->function, x, target);
        decoder_value(request->decoder, population, x, y);
        for (size_t o = 0; o < request->decoder->outputs; o++)
            if (isfinite(target[o])) /* 1/x is not, at 0 */
                misfit_add(misfit, x, points->dims, y[o] - target[o]);
        misfit->points += misfit->count > before;
        good = !stop_requested() || error_set(error, "interrupted");
    }
    eval_points_free(points);
    return good;
}

static void decode_row(const struct decoder_request *request, const double *x, struct sheet *sheet)
{
    const struct population *population = request->population;
    double target[FUNCTION_OUTPUTS_MAX], y[FUNCTION_OUTPUTS_MAX];
    size_t dims = population->dims;
    function_value(request->function, x, target);
    decoder_value(request->decoder, population, x, y);
    for (size_t d = 0; d < dims; d++)
        sheet_number(sheet, x[d]);
    for (size_t o = 0; o < request->decoder->outputs; o++) {
        sheet_number(sheet, target[o]);
        sheet_number(sheet, y[o]);
    }
    sheet_row(sheet);
}

static bool decode_rows(struct decoder_job *job, struct sheet *sheet, struct error *error)
{
    const struct decoder_request *request = &job->request;
    const struct eval_points *points = job->at;
    bool good = check_targets(request->population, request->function, points, error) &&
                measure_misfit(request, &job->misfit, error) &&
                begin_decode(sheet, points->dims, request->decoder->outputs, error);
    for (size_t k = 0; k < points->count && good; k++) {
        decode_row(request, points->x + k * points->dims, sheet);
        good = !stop_requested() || error_set(error, "interrupted");
    }
    return good;
}

static bool work_decode(void *own, struct sheet *sheet, struct progress progress, struct error *error)
{
    struct decoder_job *job = own;
    if (!decoder_request_solve(&job->request, progress, error))
        return false;
    if (!job->at)
        job->at = grid(job->request.population, job->grid);
    return decode_rows(job, sheet, error);
}

static bool finish_decode(struct session *session, void *own, struct error *error)
{
    (void)error;
    const struct decoder_job *job = own;
    decoder_request_say(session, &job->request);
    say_misfit(session, &job->request, &job->misfit);
    return true;
}

static bool run_decode(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                       struct error *error)
{
    const struct channel *channel = argument(arguments, "NAME")->channel;
    struct decoder_job *own = xcalloc(1, sizeof *own);
    struct job job = {"solving", false, own, work_decode, finish_decode, free_decoder_job};
    if (read_points(own, arguments, channel->population->dims, error) &&
        decoder_request_read(arguments, channel, &own->request, error))
        return session_job(session, &job, sheet, error);
    free_decoder_job(own);
    return false;
}

static const struct parameter decode_parameters[] = {
    NAME_ROW,
    SOLVER_ROWS,
    {.name = "points",
     .type = TYPE_COUNT,
     .file_too = true,
     .low = 1,
     .high = 1e7,
     .fallback = "101",
     .shown_only = true,
     .help = "values of x from -radius to radius; in two dimensions each way (21), in more drawn (1000); or "
             "a table"},
    {0}};

/* ---- rmse ---- */

static bool is_drawn(const struct channel *channel, struct error *error)
{
    const struct population_spec *spec = &channel->spec;
    const struct distribution *from[] = {&spec->max_rates, &spec->intercepts, &spec->encoders};
    static const char *const key[] = {"max_rates", "intercepts", "encoders"};
    if (spec->given)
        return error_set(error, "the neurons of %s were given by a file; rmse draws populations of its own",
                         channel->name);
    for (size_t i = 0; i < 3; i++)
        if (from[i]->kind == DISTRIBUTION_VALUES)
            return error_set(error, "%s of %s were given one by one; rmse draws populations, from a range or one value",
                             key[i], channel->name);
    return true;
}

static bool work_rmse(void *own, struct sheet *sheet, struct progress progress, struct error *error)
{
    return rmse_table(own, sheet, progress, error);
}

static void free_rmse(void *own)
{
    struct rmse_table *plan = own;
    function_free(plan->function);
    population_spec_free(&plan->spec);
    free(plan);
}

static bool run_rmse(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                     struct error *error)
{
    const struct channel *channel = argument(arguments, "NAME")->channel;
    const struct value *eval_points = argument(arguments, "eval_points");
    if (!is_drawn(channel, error))
        return false;
    struct function *function = decoder_prepare(error) ? decoder_request_function(arguments, channel, error) : NULL;
    if (!function)
        return false;
    struct rmse_table *plan = xcalloc(1, sizeof *plan);
    *plan = (struct rmse_table){
        .function = function,
        .reg = decoder_request_reg(arguments, channel),
        .n = &argument(arguments, "n")->points,
        .seeds = (size_t)argument(arguments, "seeds")->count,
        .noise = argument(arguments, "noise")->number,
        .points = (size_t)argument(arguments, "points")->count,
        .eval_points = eval_points->given ? (size_t)eval_points->count : 0,
    };
    population_spec_copy(&plan->spec, &channel->spec);
    return session_job(session, &(struct job){"solving", false, plan, work_rmse, NULL, free_rmse}, sheet, error);
}

static const struct parameter rmse_parameters[] = {
    NAME_ROW,
    FUNCTION_ROWS,
    {.name = "n", .type = TYPE_POINTS, .fallback = "10,20,50,100,200,500,1000", .help = "numbers of neurons"},
    {.name = "seeds",
     .type = TYPE_COUNT,
     .low = 1,
     .high = 10000,
     .fallback = "10",
     .help = "populations of each size"},
    {.name = "noise",
     .type = TYPE_QUANTITY,
     .low = 0,
     .high = 1e6,
     .fallback = "0.1",
     .help = "of rmse_noisy: on each rate, Gaussian, as a share of the highest rate"},
    {.name = "points",
     .type = TYPE_COUNT,
     .low = 1,
     .high = 1e6,
     .fallback = "401",
     .help = "where the error is measured: even in one dimension, drawn in more"},
    {.name = "eval_points",
     .type = TYPE_COUNT,
     .low = 1,
     .high = 1e8,
     .help = "how many are drawn for each (default: 750 to 2500, twice the neurons)"},
    {0}};

static const struct command commands[] = {
    {.name = "decoders",
     .summary = "a table of the weights that turn rates into f(x)",
     .details = "Least squares over the evaluation points, with the rates of the population's curve:\n"
                "d = (A'A + m sigma^2 I)^-1 A'f with sigma = reg * highest rate. d1, d2, ... are the outputs, per "
                "Hz.\n"
                "Functions know pi, e, + - * / ^, comparisons, c ? a : b, sqrt, sin, exp, min, max and others.",
     .example = "decoders A function=x^2 reg=0.1 > decoders.csv",
     .parameters = decoders_parameters,
     .table = true,
     .run = run_decoders},
    {.name = "decode",
     .summary = "a table of f(x) and what rates are decoded to, and the error",
     .details = "x,target,decoded; x1,x2,... where x has several dimensions, and "
                "target1,decoded1,target2,decoded2,...\n"
                "where f has several outputs. The root mean square error is reported beside the table.",
     .example = "decode A function=sin(pi*x) points=51",
     .parameters = decode_parameters,
     .table = true,
     .run = run_decode},
    {.name = "rmse",
     .summary = "a table of how the error of decoding falls with more neurons",
     .details = "Populations like this one, but of n neurons, are drawn with seeds from its own on. rmse_noisy has "
                "noise\n"
                "on every rate, as spikes have; rmse_eval is the error at the points that decoders are made for.",
     .example = "rmse A function=x^2 n=10,100,1000 seeds=5",
     .parameters = rmse_parameters,
     .table = true,
     .run = run_rmse},
};

const struct command_family family_nef = {"Decoding", commands, sizeof commands / sizeof *commands};
