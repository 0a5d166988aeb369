/* Networks: nodes, connections between places, and what they are made of. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/stop.h"
#include "base/xalloc.h"
#include "typed/connection_rows.h"
#include "command/families.h"
#include "language/command.h"
#include "rig/live.h"
#include "rig/rig.h"
#include "rig/wired.h"
#include "session/message.h"
#include "session/session.h"
#include "session/wiring.h"
#include "table/table_span.h"

/* ---- node ---- */

static bool run_node(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                     struct error *error)
{
    (void)sheet;
    const char *name = argument(arguments, "NAME")->text;
    struct channel *channel = channel_named(&session->rig, name);
    if (channel && !channel_is_node(channel))
        return error_set(error, "%s is a %s: choose another name, or `remove %s` first", name, channel_kind(channel),
                         name);
    struct population_spec spec;
    population_spec_init(&spec);
    population_spec_node(&spec, (size_t)argument(arguments, "dims")->count);
    channel = wiring_put(session, channel, name, &spec, NULL, error);
    population_spec_free(&spec);
    if (channel)
        session_say(session, "%s: a node of %zu dimension%s, x = %s and what is connected to it", name,
                    channel->population->dims, channel->population->dims == 1 ? "" : "s", channel->input_text);
    return channel;
}

static const struct parameter node_parameters[] = {
    {.name = "NAME",
     .type = TYPE_NAME,
     .positional = true,
     .required = true,
     .help = "its name: a letter, then letters, digits or _"},
    {.name = "dims",
     .type = TYPE_COUNT,
     .low = 1,
     .high = POPULATION_MAX_DIMS,
     .fallback = "1",
     .help = "numbers in its value"},
    {0},
};

/* ---- connect ---- */

static void connect_more(const struct session *session, const struct arguments *words, struct parameter_set *set)
{
    (void)session;
    (void)words;
    connection_rows_add(set, NULL);
}

static void say_synapse(const struct connection_spec *spec, char *out, size_t size)
{
    char tau[NUMBER_HUMAN];
    if (spec->synapse == &synapse_none)
        snprintf(out, size, "no synapse");
    else
        snprintf(out, size, "%s %s", spec->synapse->title, number_human(tau, spec->tau_synapse, DIMENSION_TIME));
}

/* How well currents are met: "currents are met but for 0.026 of 2.28 (RMS) ...; 3 of 102 neurons miss a tenth or
 * more". */
static void say_currents(struct session *session, const struct wired *wired)
{
    const struct currents_met *met = &wired->built->met;
    const char *post = wired_place(&session->rig, wired->spec.post)->name,
               *pre = wired_place(&session->rig, wired->spec.pre)->name;
    size_t badly = 0, shown = 0;
    struct text names = {0};
    for (size_t j = 0; j < met->neurons; j++)
        if (met->rms[j] > CURRENTS_BADLY * met->wanted[j]) {
            badly++;
            if (shown++ < 8)
                text_printf(&names, "%s%zu", shown > 1 ? ", " : "", j);
        }
    struct text line = {0};
    text_printf(
        &line,
        "%s: %zu of %zu neurons of %s excite; the currents of %s are met but for %.3g of %.3g (RMS), KKT violation "
        "%.2g, %.0f %% of the weights are 0",
        wired->face.name, met->excitatory, wired->built->n_pre, pre, post, met->rms_all, met->wanted_all,
        met->violation, 100 * (double)met->zero / ((double)wired->built->n_pre * (double)wired->built->n_post));
    session_report(session, text_string(&line));
    if (badly > 0 && (met->excitatory == 0 || met->excitatory == wired->built->n_pre))
        session_note(
            session,
            "no neuron of %s is %s: currents of %zu of %zu neurons of %s cannot be met (RMS error %.2g of %.2g)", pre,
            met->excitatory ? "inhibitory" : "excitatory", badly, met->neurons, post, met->rms_all, met->wanted_all);
    else if (badly > 0)
        session_note(session, "%s: %zu of %zu neurons miss a tenth of their current or more: %s%s", post, badly,
                     met->neurons, text_string(&names), badly > 8 ? ", ..." : "");
    text_free(&names);
    text_free(&line);
}

/* What would surprise. */
static void note_connection(struct session *session, const struct wired *wired)
{
    const struct connection_spec *spec = &wired->spec;
    const struct channel *pre = wired_place(&session->rig, spec->pre), *post = wired_place(&session->rig, spec->post);
    if (spec->learning.rule && spec->weights.rows)
        session_note(session,
                     "%s: %s to %s learns from what was loaded: these weights are its start, and learning changes them "
                     "(learn=none keeps them)",
                     wired->face.name, pre->name, post->name);
    wiring_note_bias(session, post);
    if (spec->pre == spec->post && spec->synapse != &synapse_none)
        session_say(session, "%s: %s gets its own value a step later", wired->face.name, pre->name);
}

static void say_connection(struct session *session, const struct wired *wired)
{
    char synapse[80], function[80];
    const struct connection_spec *spec = &wired->spec;
    say_synapse(spec, synapse, sizeof synapse);
    snprintf(function, sizeof function, "%.70s", spec->function ? spec->function : "x");
    bool given = spec->weights.rows || spec->decoders.rows;
    session_say(session, "%s: %s to %s, %s, %s, %s%s%s", wired->face.name, wired_place(&session->rig, spec->pre)->name,
                wired_place(&session->rig, spec->post)->name, spec->kind->name,
                spec->weights.rows ? "weights given" : function, synapse,
                spec->learning.rule ? ", learns by "
                : given             ? ", learns nothing: what was loaded stays as it is"
                                    : "",
                spec->learning.rule ? spec->learning.rule->name : "");
    if (wired->built->met.neurons > 0)
        say_currents(session, wired);
    note_connection(session, wired);
}

/* ---- target= ---- */

static struct wired *connect_named(struct session *session, struct connection_spec *spec, const char *pre,
                                   const char *post, struct error *error)
{
    char name[SUBJECT_NAME];
    wiring_name(session, pre, post, name);
    free(spec->name);
    spec->name = xstrdup(name);
    return wiring_connect(session, NULL, spec, false, true, error);
}

static bool connect_actual(struct session *session, const struct connection_spec *of, const struct channel *node,
                           struct error *error)
{
    struct connection_spec spec;
    const struct channel *post = wired_place(&session->rig, of->post);
    connection_spec_init(&spec);
    spec.pre = of->post;
    spec.post = node->slot;
    spec.seed = post->spec.seed;
    spec.from = (struct dimensions){of->to.count, of->to.count ? xcalloc(of->to.count, sizeof *spec.from.of) : NULL};
    for (size_t i = 0; i < of->to.count; i++)
        spec.from.of[i] = of->to.of[i];
    bool good = connect_named(session, &spec, post->name, node->name, error);
    connection_spec_free(&spec);
    return good;
}

static bool connect_target(struct session *session, const struct connection_spec *of, const struct channel *node,
                           struct error *error)
{
    struct connection_spec spec;
    const struct channel *pre = wired_place(&session->rig, of->pre);
    connection_spec_init(&spec);
    spec.pre = of->pre;
    spec.post = node->slot;
    spec.seed = of->seed;
    spec.function = xstrdup(of->target);
    spec.transform = (struct matrix){1, 1, xcalloc(1, sizeof(double))};
    spec.transform.value[0] = -1;
    spec.from =
        (struct dimensions){of->from.count, of->from.count ? xcalloc(of->from.count, sizeof *spec.from.of) : NULL};
    for (size_t i = 0; i < of->from.count; i++)
        spec.from.of[i] = of->from.of[i];
    bool good = connect_named(session, &spec, pre->name, node->name, error);
    connection_spec_free(&spec);
    return good;
}

static void say_error(struct session *session, const struct connection_spec *spec, const char *node)
{
    const char *pre = wired_place(&session->rig, spec->pre)->name, *post = wired_place(&session->rig, spec->post)->name;
    char rate[NUMBER_HUMAN];
    struct text text = {0};
    text_printf(
        &text,
        "%s to %s learns by PES, rate %s. Made for it: node %s; connect %s %s; connect %s %s function=%s transform=-1; "
        "error = what %s says - %s: above 0 %s says too much, and the weights go down",
        pre, post, number_typed(rate, spec->learning.rate, DIMENSION_NONE), node, post, node, pre, node, spec->target,
        post, spec->target, post);
    session_report(session, text_string(&text));
    text_free(&text);
}

/* Makes what target= needs and points spec's error there. The node is there on success only. */
static struct channel *make_error(struct session *session, struct connection_spec *spec, struct error *error)
{
    char name[SUBJECT_NAME];
    struct population_spec node;
    size_t dims = spec->to.count ? spec->to.count : wired_place(&session->rig, spec->post)->population->dims;
    snprintf(name, sizeof name, "%.*s_error", SUBJECT_NAME - 7, spec->name);
    if (channel_named(&session->rig, name))
        return error_set(error, "target= makes a node %s, and that name is taken: remove it first, or give error=NODE",
                         name),
               NULL;
    population_spec_init(&node);
    population_spec_node(&node, dims);
    struct channel *channel = wiring_put(session, NULL, name, &node, NULL, error);
    population_spec_free(&node);
    if (channel && connect_actual(session, spec, channel, error) && connect_target(session, spec, channel, error)) {
        spec->learning.has_error = true;
        spec->learning.error = channel->slot;
        return channel;
    }
    if (channel)
        wiring_take_back(session, channel);
    return NULL;
}

static bool connect_spec(struct session *session, struct connection_spec *spec, bool own_seed, struct error *error)
{
    struct channel *made = NULL;
    if (spec->target && spec->learning.rule != &rule_pes)
        return error_set(error, "target= is what is to be learned: it goes with learn=pes");
    if (spec->target && !spec->learning.has_error && !(made = make_error(session, spec, error)))
        return false;
    struct wired *wired = wiring_connect(session, NULL, spec, own_seed, true, error);
    if (!wired && made)
        wiring_take_back(session, made);
    if (!wired)
        return false;
    say_connection(session, wired);
    if (made)
        say_error(session, spec, made->name);
    return true;
}

static bool check_name(const struct session *session, const char *name, struct error *error)
{
    const struct channel *channel = channel_named(&session->rig, name);
    if (wired_named(&session->rig, name))
        return error_set(error, "%s is a connection already: disconnect %s first, or choose another name", name, name);
    return !channel || error_set(error, "%s is a %s: choose another name", name, channel_kind(channel));
}

static bool run_connect(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                        struct error *error)
{
    (void)sheet;
    const struct channel *pre = argument(arguments, "PRE")->channel, *post = argument(arguments, "POST")->channel;
    const struct value *name = argument(arguments, "NAME"), *seed = argument(arguments, "seed");
    char own[SUBJECT_NAME];
    if (!name->given && argument(arguments, "as")->given)
        return error_set(error, "a name is missing after 'as'");
    if (name->given && !check_name(session, name->text, error))
        return false;
    wiring_name(session, pre->name, post->name, own);
    struct connection_spec spec;
    connection_spec_init(&spec);
    spec.name = xstrdup(name->given ? name->text : own);
    spec.pre = pre->slot;
    spec.post = post->slot;
    spec.seed = pre->spec.seed;
    spec.points = pre->spec.eval_points ? eval_points_of(&pre->spec, pre->population) : NULL;
    spec.point_count = pre->spec.eval_count;
    bool good = connection_rows_apply(arguments, &spec, pre->population->dims, error) &&
                connect_spec(session, &spec, seed->given, error);
    connection_spec_free(&spec);
    return good;
}

static const struct parameter connect_parameters[] = {
    {.name = "PRE",
     .type = TYPE_CHANNEL,
     .wanted = CHANNEL_PLACE,
     .positional = true,
     .required = true,
     .help = "the population or node that speaks"},
    {.name = "POST",
     .type = TYPE_CHANNEL,
     .wanted = CHANNEL_PLACE,
     .positional = true,
     .required = true,
     .help = "the one that listens; may be the same"},
    {.name = "as", .type = TYPE_LITERAL, .positional = true, .help = "a word before the name"},
    {.name = "NAME", .type = TYPE_NAME, .positional = true, .help = "the connection's name (default: PRE_POST)"},
    {0},
};

/* ---- disconnect, learn ---- */

#define CONNECTION_ROW                                                                                                 \
    {                                                                                                                  \
        .name = "CONNECTION", .type = TYPE_CHANNEL, .wanted = CHANNEL_CONNECTION, .positional = true,                  \
        .required = true, .help = "a connection; connections lists them"                                               \
    }

static bool run_disconnect(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                           struct error *error)
{
    (void)sheet;
    struct wired *wired = argument(arguments, "CONNECTION")->channel->wired;
    char name[SUBJECT_NAME];
    snprintf(name, sizeof name, "%s", wired->face.name);
    const struct channel *post = wired_place(&session->rig, wired->spec.post);
    bool carried = wired->spec.solver->carries_bias;
    if (!wiring_disconnect(session, wired, error))
        return false;
    session_say(session, "%s is taken away%s%s%s", name, carried ? "; the bias of " : "", carried ? post->name : "",
                carried ? " stays off" : "");
    return true;
}

static const struct parameter disconnect_parameters[] = {CONNECTION_ROW, {0}};

static const char *const learn_names[] = {"off", "on", "reset"};

static struct word_list learn_words(void)
{
    return (struct word_list){"setting", 3, word_plain, learn_names};
}

static bool run_learn(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                      struct error *error)
{
    (void)sheet;
    struct wired *wired = argument(arguments, "CONNECTION")->channel->wired;
    enum port_learning what = (enum port_learning)argument(arguments, "WHAT")->choice;
    if (!wired->spec.learning.rule)
        return error_set(error, "%s does not learn: set %s learn=pes error=NODE lets it", wired->face.name,
                         wired->face.name);
    if (!port_learn(session->rig.engine, wired->face.name, what, error))
        return false;
    if (what != PORT_LEARN_RESET)
        wired->spec.learning.on = what == PORT_LEARN_ON;
    wired_note_turn(wired, port_status(session->rig.engine).time);
    wired->unsettled_said = wired->stopped_said = false;
    session_say(session, what == PORT_LEARN_RESET ? "%s: back to what it started from" : "%s: learning is %s",
                wired->face.name, learn_names[what]);
    return true;
}

static const struct parameter learn_parameters[] = {
    CONNECTION_ROW,
    {.name = "WHAT",
     .type = TYPE_CHOICE,
     .words = learn_words,
     .positional = true,
     .required = true,
     .help = "on, off, or reset: back to the decoders or weights it started from"},
    {0},
};

/* ---- connections ---- */

static void connection_row(const struct session *session, const struct wired *wired, struct sheet *sheet)
{
    const struct connection_spec *spec = &wired->spec;
    const struct channel *pre = wired_place(&session->rig, spec->pre), *post = wired_place(&session->rig, spec->post);
    char text[400];
    sheet_text(sheet, wired->face.name);
    sheet_text(sheet, pre->name);
    sheet_text(sheet, post->name);
    sheet_text(sheet, spec->kind->name);
    sheet_text(sheet, spec->function ? spec->function : "x");
    connection_rows_transform(spec, text, sizeof text);
    sheet_text(sheet, text);
    connection_rows_dimensions(&spec->from, pre->population->dims, text, sizeof text);
    sheet_text(sheet, text);
    connection_rows_dimensions(&spec->to, post->population->dims, text, sizeof text);
    sheet_text(sheet, text);
    sheet_text(sheet, spec->synapse->name);
    sheet_number(sheet, spec->synapse == &synapse_none ? 0 : spec->tau_synapse);
    sheet_text(sheet, spec->weights.rows || spec->decoders.rows ? "given" : spec->solver->name);
    sheet_text(sheet, !spec->learning.rule ? "none" : spec->learning.on ? spec->learning.rule->name : "off");
    if (spec->learning.rule)
        sheet_number(sheet, spec->learning.rate);
    else
        sheet_blank(sheet);
    sheet_number(sheet, spec->synapse == &synapse_none ? 0 : session->rig.status.dt);
    sheet_row(sheet);
}

static bool run_connections(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                            struct error *error)
{
    static const char *const columns[] = {"name",      "pre",      "post", "kind",    "function",
                                          "transform", "from",     "to",   "synapse", "tau_synapse",
                                          "solver",    "learning", "rate", "delay",   NULL};
    (void)arguments;
    session->rig.status = port_status(session->rig.engine);
    if (!sheet_header(sheet, error, columns))
        return false;
    for (size_t i = 0; i < session->rig.wires; i++)
        connection_row(session, session->rig.wired[i], sheet);
    return true;
}

/* ---- weights ---- */

static const char *const unit_names[] = {"currents", "full", "decoders"};

static struct word_list unit_words(void)
{
    return (struct word_list){"unit", 3, word_plain, unit_names};
}

static bool begin_weights(struct sheet *sheet, const char *first, size_t n_pre, struct error *error)
{
    char label[24];
    if (!sheet_begin(sheet, error))
        return false;
    sheet_text(sheet, first);
    for (size_t i = 0; i < n_pre; i++) {
        snprintf(label, sizeof label, "%zu", i);
        sheet_text(sheet, label);
    }
    sheet_row(sheet);
    return true;
}

static void weights_row(struct sheet *sheet, size_t label, const double *row, size_t n, double by)
{
    sheet_integer(sheet, (int64_t)label);
    for (size_t i = 0; i < n; i++)
        sheet_number(sheet, row[i] * by);
    sheet_row(sheet);
}

/* What a neuron of PRE says of each value per Hz, a row a value. */
static bool put_decoders(struct session *session, struct sheet *sheet, const struct wired *wired,
                         const struct connection_learned *learned, struct error *error)
{
    const struct connection *c = wired->built;
    const double *decoders = learned->decoders ? learned->decoders : c->decoders;
    if (!decoders)
        return error_set(error, "%s has weights and no decoders: of=currents and of=full work", wired->face.name);
    if (learned->change)
        session_note(session, "%s learns from neuron to neuron: what it learned is in its weights, and not in these",
                     wired->face.name);
    if (!begin_weights(sheet, "value", c->n_pre, error))
        return false;
    for (size_t r = 0; r < c->rows; r++)
        weights_row(sheet, r + 1, decoders + r * c->n_pre, c->n_pre, c->scale);
    return true;
}

static bool put_weights(struct sheet *sheet, const struct wired *wired, const struct connection_learned *learned,
                        const struct population *post, bool full, struct error *error)
{
    const struct connection *c = wired->built;
    double *row = xcalloc(c->n_pre, sizeof *row);
    bool good = begin_weights(sheet, "neuron", c->n_pre, error);
    for (size_t j = 0; j < c->n_post && good && !stop_requested(); j++) {
        connection_weights_row(c, learned, post, j, row);
        weights_row(sheet, j, row, c->n_pre, !full ? 1 : post->gain[j] != 0 ? 1 / post->gain[j] : 0);
    }
    free(row);
    return good && (!stop_requested() || error_set(error, "interrupted"));
}

static bool run_weights(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                        struct error *error)
{
    const struct wired *wired = argument(arguments, "CONNECTION")->channel->wired;
    const struct channel *pre = wired_place(&session->rig, wired->spec.pre),
                         *post = wired_place(&session->rig, wired->spec.post);
    long of = argument(arguments, "of")->choice;
    struct port_learned got;
    if (wired->built->n_pre == 0 || pre->population->model->direct)
        return error_set(error, "%s has no weights: %s has no neurons", wired->face.name, pre->name);
    if (wired->built->n_post == 0 && of != 2)
        return error_set(error, "%s has no weights: %s is a node; of=decoders works", wired->face.name, post->name);
    if (!wiring_learned(session, wired, &got, error))
        return false;
    struct connection_learned learned = {(double *)got.decoders, (double *)got.change, (double *)got.weights};
    session_say(session,
                of == 0   ? "%s to %s: current of %s (threshold 1) per Hz, gain included"
                : of == 1 ? "%s to %s: what %s multiplies with its gain, per Hz"
                          : "%s to %s: units of %s per Hz, the transform included",
                pre->name, post->name, post->name);
    return of == 2 ? put_decoders(session, sheet, wired, &learned, error)
                   : put_weights(sheet, wired, &learned, post->population, of == 1, error);
}

static const struct parameter weights_parameters[] = {
    CONNECTION_ROW,
    {.name = "of",
     .type = TYPE_CHOICE,
     .words = unit_words,
     .fallback = "currents",
     .help = "currents: gain included; full: before the gain; decoders: a row for each value"},
    {0},
};

/* ---- trace ---- */

static bool begin_trace(struct sheet *sheet, size_t dims, bool ideal, struct error *error)
{
    char name[32];
    if (!sheet_begin(sheet, error))
        return false;
    sheet_text(sheet, "t");
    for (size_t d = 0; d < dims; d++) {
        snprintf(name, sizeof name, "x%zu", d + 1);
        sheet_text(sheet, name);
    }
    for (size_t d = 0; d < dims && ideal; d++) {
        snprintf(name, sizeof name, "ideal%zu", d + 1);
        sheet_text(sheet, name);
    }
    sheet_row(sheet);
    return true;
}

static bool run_trace(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                      struct error *error)
{
    const struct channel *channel = argument(arguments, "NAME")->channel;
    struct time_span span = {.from = argument_number(arguments, "from", -INFINITY),
                             .to = argument_number(arguments, "to", INFINITY),
                             .steps = true};
    live_drain(&session->rig);
    const struct history *history = channel->history;
    size_t steps = history_steps(history), dims = channel->population->dims;
    const struct value *wish = argument(arguments, "ideal");
    bool ideal = wish->given && wish->on;
    if (!table_window_say(session, channel, argument_number(arguments, "from", NAN),
                          argument_number(arguments, "to", NAN), error) ||
        !begin_trace(sheet, dims, ideal, error))
        return false;
    for (size_t i = history_find(history, span_low(&span)); i < steps && history_time(history, i) <= span_high(&span);
         i++) {
        if (stop_requested())
            return error_set(error, "interrupted");
        sheet_number(sheet, history_time(history, i));
        for (size_t d = 0; d < dims; d++)
            sheet_number(sheet, history_input(history, i)[d]);
        for (size_t d = 0; d < dims && ideal; d++)
            sheet_number(sheet, history_ideal(history, i)[d]);
        sheet_row(sheet);
    }
    return true;
}

static const struct parameter trace_parameters[] = {
    {.name = "NAME",
     .type = TYPE_CHANNEL,
     .wanted = CHANNEL_PLACE,
     .positional = true,
     .required = true,
     .help = "a node or a population"},
    {.name = "from",
     .type = TYPE_QUANTITY,
     .dimension = DIMENSION_TIME,
     .low = -1e9,
     .high = 1e9,
     .help = "after this time"},
    {.name = "to",
     .type = TYPE_QUANTITY,
     .dimension = DIMENSION_TIME,
     .low = -1e9,
     .high = 1e9,
     .help = "up to this time"},
    {.name = "ideal",
     .type = TYPE_SWITCH,
     .help = "also what it would be without neurons: the same network with values in place of spikes (default: off)"},
    {0},
};

static const struct command commands[] = {
    {.name = "node",
     .summary = "makes a node: a value without neurons",
     .details =
         "A node is the sum of what is connected to it. input NAME ... gives it a value of its own as well, so that\n"
         "it can be a source, a sum or an error.",
     .example = "node E dims=2",
     .parameters = node_parameters,
     .run = run_node},
    {.name = "connect",
     .summary = "joins two populations or nodes, or one with itself",
     .details =
         "f of what PRE represents, times the transform, passes the synapse and is added to what POST represents. In "
         "each\n"
         "step a synapse gives what it had after the step before; without one the value arrives in the same step.\n"
         "Neurons that are given or loaded: weights=@FILE, decoders=@FILE. Learned: learn=pes target=x^2.",
     .example = "connect A B function=x^2 tau_synapse=5ms",
     .parameters = connect_parameters,
     .more = connect_more,
     .run = run_connect},
    {.name = "connections",
     .summary = "a table of the connections",
     .example = "connections",
     .table = true,
     .run = run_connections},
    {.name = "disconnect",
     .summary = "takes a connection away",
     .example = "disconnect A_B",
     .parameters = disconnect_parameters,
     .run = run_disconnect},
    {.name = "learn",
     .summary = "lets a connection learn, stops it, or takes back what it learned",
     .example = "learn A_B off",
     .parameters = learn_parameters,
     .lasting = true,
     .run = run_learn},
    {.name = "weights",
     .summary = "a table of a connection's weights, a row for each neuron of POST",
     .details = "J of POST increases by the sum of weight times filtered spikes, in current (threshold 1) per Hz.",
     .example = "weights A_B > weights.csv",
     .parameters = weights_parameters,
     .table = true,
     .run = run_weights},
    {.name = "trace",
     .summary = "a table of what the readers of a node, or the neurons of a population, see in each step",
     .example = "trace E from=1s",
     .parameters = trace_parameters,
     .table = true,
     .run = run_trace},
};

const struct command_family family_network = {"Networks", commands, sizeof commands / sizeof *commands};
