/* Populations: making them, changing them while they run, looking at their neurons. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/stop.h"
#include "base/xalloc.h"
#include "typed/connection_rows.h"
#include "command/families.h"
#include "typed/input_rows.h"
#include "typed/population_rows.h"
#include "language/command.h"
#include "model/random.h"
#include "model/stimulus_vector.h"
#include "rig/live.h"
#include "rig/rig.h"
#include "rig/wired.h"
#include "session/job.h"
#include "session/message.h"
#include "session/names.h"
#include "session/session.h"
#include "session/setting.h"
#include "session/wiring.h"
#include "table/effects.h"
#include "table/known_table.h"

static void say_population(struct session *session, const struct channel *channel)
{
    char text[256];
    population_describe(&channel->spec, text, sizeof text);
    session_say(session, "%s: %s, x = %s, %s", channel->name, text, channel->input_text,
                port_status(session->rig.engine).running ? "running" : "paused");
}

/* What was done with a table of neurons whose encoders are no directions. */
static void note_stretched(struct session *session, const struct channel *channel, const struct arguments *arguments)
{
    const struct neuron_table *given = channel->spec.given;
    size_t stretched = 0, first = 0;
    if (!given || !argument_given(arguments, "neurons"))
        return;
    for (size_t i = given->n; i-- > 0;)
        if (neuron_table_length(given, i) != 1) {
            stretched++;
            first = i;
        }
    if (stretched)
        session_note(session,
                     "%s: %zu of %zu encoders are not of length 1 (neuron %zu: %g); gains are multiplied by their "
                     "lengths, so that J stays what the file says",
                     channel->name, stretched, given->n, first, neuron_table_length(given, first));
}

/* ---- population ---- */

static void population_more(const struct session *session, const struct arguments *words, struct parameter_set *set)
{
    (void)session;
    (void)words;
    population_rows_add(set, NULL);
    parameter_set_add(set,
                      (struct parameter){.name = "like",
                                         .type = TYPE_CHANNEL,
                                         .wanted = CHANNEL_LIVE,
                                         .shown_only = true,
                                         .help = "the same neurons and input as another, but for what else is given"});
}

static bool run_population(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                           struct error *error)
{
    (void)sheet;
    const char *name = argument(arguments, "NAME")->text;
    struct channel *channel = channel_named(&session->rig, name);
    if (channel && !channel_fits(channel, CHANNEL_LIVE))
        return error_set(error, "%s is a %s: choose another name, or `remove %s` first", name, channel_kind(channel),
                         name);
    struct population_spec spec;
    const struct channel *like = argument(arguments, "like")->channel;
    if (like)
        population_spec_copy(&spec, &like->spec);
    else
        population_spec_init(&spec);
    bool own_seed = like || argument(arguments, "seed")->given;
    spec.seed = like ? spec.seed : random_seed_named(session->rig.seed, name);
    bool good = population_rows_apply(arguments, &spec, error);
    if (like)
        population_rows_hold(session->settings.hold == HOLD_GAIN, arguments, &like->spec, &spec);
    channel = good ? wiring_put(session, channel, name, &spec, like ? stimulus_copy(like->input) : NULL, error) : NULL;
    population_spec_free(&spec);
    if (!channel)
        return false;
    channel->own_seed = own_seed;
    channel->own_noise_seed = channel->own_noise_seed || like;
    say_population(session, channel);
    note_stretched(session, channel, arguments);
    return true;
}

static const struct parameter population_parameters[] = {
    {.name = "NAME",
     .type = TYPE_NAME,
     .positional = true,
     .required = true,
     .help = "its name: a letter, then letters, digits or _"},
    {0},
};

/* ---- neurons ---- */

static bool begin_neurons(struct sheet *sheet, const struct population *population, struct error *error)
{
    static const char *const columns[] = {"neuron", "gain", "bias", "max_rate", "intercept"};
    char name[24];
    if (!sheet_begin(sheet, error))
        return false;
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        sheet_text(sheet, columns[i]);
    for (size_t d = 0; d < population->dims; d++) {
        snprintf(name, sizeof name, "e%zu", d + 1);
        sheet_text(sheet, name);
    }
    sheet_row(sheet);
    return true;
}

static bool work_neurons(void *own, struct sheet *sheet, struct progress progress, struct error *error)
{
    const struct population *population = own;
    if (!begin_neurons(sheet, population, error))
        return false;
    for (size_t i = 0; i < population->n; i++) {
        if (i % 1024 == 0 && progress.stop(progress.context, (double)i / (double)population->n))
            return error_set(error, "interrupted");
        sheet_integer(sheet, (int64_t)i);
        sheet_number(sheet, population->gain[i]);
        sheet_number(sheet, population->bias[i]);
        sheet_number(sheet, population->max_rate[i]);
        sheet_number(sheet, population->intercept[i]);
        for (size_t d = 0; d < population->dims; d++)
            sheet_number(sheet, population->encoders[d * population->padded + i]);
        sheet_row(sheet);
    }
    return true;
}

static void free_neurons(void *own)
{
    population_free(own);
}

static bool run_neurons(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                        struct error *error)
{
    struct population *population = population_share(argument(arguments, "NAME")->channel->population);
    return session_job(session, &(struct job){"writing", false, population, work_neurons, NULL, free_neurons}, sheet,
                       error);
}

static const struct parameter live_parameters[] = {
    {.name = "NAME",
     .type = TYPE_CHANNEL,
     .wanted = CHANNEL_LIVE,
     .positional = true,
     .help = "a population (default: the one in focus)"},
    {0},
};

/* ---- set ---- */

#define INPUT_PREFIX "input."
/* So many dimensions of x have a key of their own. */
#define OWN_KEYS 8
#define OWN_KEY 24
/* What is longer when typed nobody would type. */
#define PRESENT_LONGEST 400

static const struct channel *set_channel(const struct session *session, const struct arguments *words)
{
    struct error ignored;
    const struct channel *channel = argument(words, "NAME")->channel;
    return channel ? channel : channel_default(session, CHANNEL_LIVE, &ignored);
}

/* What dimension d is fed with now. */
static const struct stimulus_type *present_kind(const struct channel *channel, size_t d)
{
    const struct stimulus *part = stimulus_of(channel->input, d);
    return part ? part->type : channel->input->type;
}

/* "x2" for dimension 2, "x" for all (0). */
static const char *own_key(char out[OWN_KEY], size_t d)
{
    strcpy(out, "x");
    if (d)
        snprintf(out, OWN_KEY, "x%zu", d);
    return out;
}

/* x is fed in: `set A x=0.3` says the same as `set A input=0.3`. Of several keys the one that names a kind. */
static const char *typed_input(const struct arguments *words)
{
    const char *typed = arguments_typed(words, "input");
    for (size_t d = 0; d <= OWN_KEYS; d++) {
        char key[OWN_KEY];
        const char *own = arguments_typed(words, own_key(key, d));
        if (own && (!typed || lexer_name(own)))
            typed = own;
    }
    return typed;
}

/* The kind of input=KIND where that is typed, else the present one of input.dim=. */
static const struct stimulus_type *typed_kind(const struct session *session, const struct channel *channel,
                                              const struct arguments *words)
{
    struct error ignored;
    struct word_list kinds = input_words(session);
    const char *typed = typed_input(words), *dim = arguments_typed(words, INPUT_PREFIX "dim");
    long kind = typed ? word_find(&kinds, typed, strlen(typed), &ignored) : -1;
    long number = dim ? strtol(dim, NULL, 10) : 1;
    return kind >= 0 ? stimulus_types[kind] : present_kind(channel, number > 0 ? (size_t)number - 1 : 0);
}

/* `set A input=sine amplitude=0.5` means the sine's amplitude, not the neurons'. */
static void drop_clashes(struct parameter_set *set, const struct stimulus_type *type)
{
    struct parameter_set *input = xcalloc(1, sizeof *input);
    input_rows_add(input, type, "", NULL);
    for (size_t i = 0; i < input->count; i++)
        parameter_set_drop(set, input->row[i].name);
    free(input);
}

static void add_input_row(struct parameter_set *set, const char *name, const struct stimulus *present, const char *help)
{
    struct text text = {0};
    bool typed = input_rows_typed(present, INPUT_PREFIX, &text) && text.length < PRESENT_LONGEST;
    parameter_set_add(set, (struct parameter){.name = name,
                                              .type = TYPE_CHOICE,
                                              .choices = input_words,
                                              .number_too = true,
                                              .each = true,
                                              .help = help,
                                              .present = typed ? parameter_set_store(set, text_string(&text)) : NULL});
    text_free(&text);
}

/* x, and in several dimensions x1, x2, ... */
static void add_x(struct parameter_set *set, const struct channel *channel)
{
    size_t dims = channel->population->dims;
    add_input_row(set, "x", channel->input, "the same as input");
    for (size_t d = 0; dims > 1 && d < dims && d < OWN_KEYS; d++) {
        char key[OWN_KEY];
        const struct stimulus *part = stimulus_of(channel->input, d);
        struct stimulus alone = part ? *part : *channel->input;
        alone.next = NULL;
        add_input_row(set, parameter_set_store(set, own_key(key, d + 1)), &alone,
                      "the same as input, in this dimension only");
    }
}

/* Whether a dimension's own key was typed. */
static bool own_key_given(const struct arguments *arguments)
{
    bool given = false;
    for (size_t d = 1; d <= OWN_KEYS; d++) {
        char key[OWN_KEY];
        given = given || argument_given(arguments, own_key(key, d));
    }
    return given;
}

/* Of a node, the one thing that `node` can say. */
static const struct parameter node_dims_row = {.name = "dims",
                                               .type = TYPE_COUNT,
                                               .low = 1,
                                               .high = POPULATION_MAX_DIMS,
                                               .shown_only = true,
                                               .help = "numbers in its value"};

/* What gain and bias amount to, of the neuron that is selected: where a knob begins. */
static void add_about(struct parameter_set *set, const struct channel *channel)
{
    const struct population *p = channel->population;
    size_t i = channel->selected > 0 ? (size_t)channel->selected : 0;
    for (size_t r = 0; r < set->count && i < p->n; r++)
        if (strcmp(set->row[r].name, "gain") == 0 || strcmp(set->row[r].name, "bias") == 0)
            set->row[r].about = set->row[r].name[0] == 'g' ? p->gain[i] : p->bias[i];
}

static void add_node_dims(struct parameter_set *set, const struct channel *node)
{
    char dims[24];
    snprintf(dims, sizeof dims, "%zu", node->spec.dims);
    parameter_set_add(set, node_dims_row)->present = parameter_set_store(set, dims);
}

static void set_more(const struct session *session, const struct arguments *words, struct parameter_set *set)
{
    const struct channel *channel = set_channel(session, words);
    const char *typed = typed_input(words);
    if (channel && channel->wired)
        connection_rows_add(set, &channel->wired->spec);
    else if (channel && !channel_is_node(channel)) {
        population_rows_add(set, &channel->spec);
        add_about(set, channel);
    }
    setting_rows_add(session, set);
    if (!channel || channel->wired)
        return;
    if (channel_is_node(channel))
        add_node_dims(set, channel);
    const struct stimulus_type *type = typed_kind(session, channel, words);
    if (typed)
        drop_clashes(set, type);
    parameter_set_add(set, (struct parameter){.name = "input",
                                              .type = TYPE_CHOICE,
                                              .choices = input_words,
                                              .number_too = true,
                                              .each = true,
                                              .help = "another kind of input, or a constant value"});
    add_x(set, channel);
    parameter_set_add(set, (struct parameter)INPUT_DIM_ROW(INPUT_PREFIX "dim"));
    input_rows_add(set, type, INPUT_PREFIX, channel->input);
}

static bool settings_given(const struct arguments *arguments)
{
    for (size_t i = 0; i < setting_count; i++)
        if (argument_given(arguments, settings[i].row.name))
            return true;
    return false;
}

static bool apply_settings(struct session *session, const struct arguments *arguments, struct error *error)
{
    for (size_t i = 0; i < setting_count; i++) {
        const struct value *value = argument_given(arguments, settings[i].row.name);
        char was[64], shown[64];
        if (!value)
            continue;
        double before = settings[i].number ? settings[i].number(session) : 0;
        setting_show(&settings[i], session, was, sizeof was);
        if (!settings[i].apply(session, value, error))
            return false;
        setting_show(&settings[i], session, shown, sizeof shown);
        bool same = strcmp(was, shown) == 0;
        const char *unit = number_doubtful_unit(value->text, before, value->number, settings[i].row.dimension);
        session_say(session, "%s %s%s%s%s%s%s", settings[i].row.name, same ? "" : was, same ? "" : " \u2192 ", shown,
                    unit ? " (no unit: " : "", unit ? unit : "", unit ? ")" : "");
    }
    return true;
}

/* What one key that names an input or a number says; `kind` NULL: only keys of the present input were typed. */
static struct stimulus *input_of(const struct channel *channel, const struct arguments *arguments,
                                 struct input_request *request, const struct value *kind, bool *own_seed,
                                 struct error *error)
{
    size_t d = request->only ? request->only - 1 : input_rows_dim(arguments, INPUT_PREFIX);
    request->type = kind && kind->choice >= 0 ? stimulus_types[kind->choice] : present_kind(channel, d);
    return kind && kind->choice < 0 ? input_rows_constant(arguments, request, kind, error)
                                    : input_rows_make(arguments, request, own_seed, error);
}

/* x1=, x2= ... one after the other. Takes *input, the chain so far (NULL: the present one). */
static bool own_inputs(const struct channel *channel, const struct arguments *arguments, struct input_request *request,
                       struct stimulus **input, bool *own_seed, struct error *error)
{
    for (size_t d = 1; d <= OWN_KEYS; d++) {
        char key[OWN_KEY];
        const struct value *kind = argument_if(arguments, own_key(key, d));
        if (!kind || !kind->given)
            continue;
        request->only = d;
        request->present = *input ? *input : channel->input;
        struct stimulus *next = input_of(channel, arguments, request, kind, own_seed, error);
        stimulus_free(*input);
        *input = next;
        if (!next)
            return false;
    }
    return true;
}

/* The input that was typed about; NULL in *input: none was. */
static bool new_input(struct session *session, struct channel *channel, const struct arguments *arguments,
                      struct stimulus **input, bool *own_seed, struct error *error)
{
    const struct value *kind = argument(arguments, argument_given(arguments, "x") ? "x" : "input");
    const struct value *dims = argument(arguments, "dims");
    const struct stimulus_type *present = present_kind(channel, input_rows_dim(arguments, INPUT_PREFIX));
    struct input_request request = {.prefix = INPUT_PREFIX,
                                    .present = channel->input,
                                    .change = true,
                                    .dims = dims->given ? (size_t)dims->count : channel->population->dims,
                                    .own_seed = random_seed_named(session->rig.seed, channel->name),
                                    .dt = session->rig.status.dt};
    *input = NULL;
    if (kind->given || (!own_key_given(arguments) && input_rows_given(arguments, present, INPUT_PREFIX))) {
        *input = input_of(channel, arguments, &request, kind->given ? kind : NULL, own_seed, error);
        if (!*input)
            return false;
    }
    return own_inputs(channel, arguments, &request, input, own_seed, error);
}

/* What a change is told by: the population as it was. */
struct before {
    struct population_spec spec;
    struct population *population; /* shared */
};

/* What was typed, and what follows from it. */
static void say_change(struct session *session, const struct channel *channel, const struct arguments *arguments,
                       const struct before *before, bool input)
{
    struct text said = {0}, follows = {0};
    population_rows_change(arguments, &before->spec, &channel->spec, &said);
    effects_say(channel, before->population, &follows);
    if (input)
        text_printf(&said, "%sx = %s", said.length ? ", " : "", channel->input_text);
    session_say(session, "%s: %s%s%s", channel->name, text_string(&said), follows.length ? "; " : "",
                text_string(&follows));
    text_free(&said);
    text_free(&follows);
}

/* Spec and input are both made before the simulation sees either. */
static bool set_population(struct session *session, struct channel *channel, const struct arguments *arguments,
                           struct error *error)
{
    struct population_spec spec;
    struct stimulus *input;
    struct before before = {.population = population_share(channel->population)};
    bool own_noise_seed = channel->own_noise_seed;
    population_spec_copy(&spec, &channel->spec);
    population_spec_copy(&before.spec, &channel->spec);
    bool good = new_input(session, channel, arguments, &input, &own_noise_seed, error);
    if (good && !population_rows_apply(arguments, &spec, error)) {
        stimulus_free(input);
        good = false;
    }
    const struct value *hold = argument_given(arguments, "hold");
    population_rows_hold((hold ? hold->choice : session->settings.hold) == HOLD_GAIN, arguments, &channel->spec, &spec);
    if (good && population_rows_rebuild(arguments))
        good = wiring_put(session, channel, channel->name, &spec, input, error);
    else if (good && (!input || wiring_input(session, channel, input, error)))
        live_readout(channel, &spec);
    else
        good = false;
    population_spec_free(&spec);
    if (good) {
        channel->own_noise_seed = own_noise_seed;
        channel->own_seed = channel->own_seed || argument_given(arguments, "seed");
        say_change(session, channel, arguments, &before, input != NULL);
    }
    population_spec_free(&before.spec);
    population_free(before.population);
    if (!good)
        return false;
    note_stretched(session, channel, arguments);
    if (argument_given(arguments, "bias"))
        wiring_note_bias(session, channel);
    if (argument_given(arguments, "radius"))
        channel->saturation = (struct saturation){.until = channel->saturation.until};
    return true;
}

static void say_what_stays(const struct channel *channel, const struct arguments *arguments, struct error *error)
{
    char stays[200];
    population_rows_show(arguments, &channel->spec, " stays", stays, sizeof stays);
    size_t used = strlen(error->text);
    if (stays[0])
        snprintf(error->text + used, sizeof error->text - used, " (%s)", stays);
}

/* The channel whose population or input was typed about; NULL: only settings were. */
static struct channel *channel_to_set(struct session *session, const struct arguments *arguments)
{
    const struct channel *channel = set_channel(session, arguments);
    if (!channel || channel->wired)
        return NULL;
    bool given =
        population_rows_given(arguments) || argument_given(arguments, "input") || argument_given(arguments, "x") ||
        own_key_given(arguments) ||
        input_rows_given(arguments, present_kind(channel, input_rows_dim(arguments, INPUT_PREFIX)), INPUT_PREFIX);
    return given ? channel_named(&session->rig, channel->name) : NULL;
}

static bool set_connection(struct session *session, struct wired *wired, const struct arguments *arguments,
                           struct error *error)
{
    struct connection_spec spec;
    const struct channel *pre = wired_place(&session->rig, wired->spec.pre);
    connection_spec_copy(&spec, &wired->spec);
    bool own_seed = wired->own_seed || argument_given(arguments, "seed");
    const struct learning_rule *rule = wired->spec.learning.rule;
    bool learned = rule;
    bool good = connection_rows_apply(arguments, &spec, pre->population->dims, error);
    bool kept = good && learned && !rule->changes_encoders && !spec.learning.rule &&
                !connection_rows_solves(arguments, "learn");
    good = good && (!kept || wiring_keep_learned(session, wired, &spec, error)) &&
           wiring_connect(session, wired, &spec, own_seed, connection_rows_solves(arguments, NULL), error);
    connection_spec_free(&spec);
    if (!good)
        return false;
    bool again = connection_rows_solves(arguments, NULL);
    session_say(session, "%s: changed%s", wired->face.name,
                wired->spec.learning.rule && again ? "; learning starts again"
                : kept                             ? "; what it learned stays, as if it were loaded"
                : learned && again                 ? "; what it learned is gone"
                                                   : "");
    return true;
}

static bool run_set(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                    struct error *error)
{
    struct channel *population = channel_to_set(session, arguments);
    struct channel *named = argument(arguments, "NAME")->channel;
    if (!arguments_keyed(arguments))
        return known_table_of(session, named, sheet, error);
    bool connection = named && named->wired && connection_rows_given(arguments);
    if (connection && !set_connection(session, named->wired, arguments, error))
        return false;
    if (!population && !connection && !settings_given(arguments))
        return error_set(error, "set needs something to set: set A tau_rc=30ms, set window=1s; help set lists all");
    if (population && !set_population(session, population, arguments, error)) {
        say_what_stays(population, arguments, error);
        return false;
    }
    return apply_settings(session, arguments, error);
}

static const struct parameter set_parameters[] = {
    {.name = "NAME",
     .type = TYPE_CHANNEL,
     .wanted = CHANNEL_SETS,
     .positional = true,
     .shown_only = true,
     .help = "a population (default: the one in focus), a node or a connection"},
    {0},
};

static const struct command commands[] = {
    {.name = "population",
     .summary = "makes a population of neurons, or makes it anew",
     .details = "Gain and bias of each neuron follow from its max rate and intercept. lo:hi draws each "
                "neuron's value,\n"
                "one value stands for all neurons, a list or @FILE gives them one by one.\n"
                "A population made anew keeps its input, its panes and the time.",
     .example = "population A n=100 max_rates=100:200 intercepts=-1:0.9 seed=4",
     .parameters = population_parameters,
     .more = population_more,
     .lasting = true,
     .run = run_population},
    {.name = "set",
     .summary = "changes a population, its input, a connection or a setting while everything runs",
     .details = "Nothing changes unless every value is possible. The panes follow at the next frame.\n"
                "Keys of the present input begin with \"input.\", as in set A input.frequency=3Hz.",
     .example = "set A tau_rc=30ms tau_ref=1ms",
     .parameters = set_parameters,
     .table = true,
     .more = set_more,
     .lasting = true,
     .run = run_set},
    {.name = "neurons",
     .summary = "a table of what each neuron is",
     .example = "neurons A > neurons.csv",
     .parameters = live_parameters,
     .table = true,
     .run = run_neurons},
};

const struct command_family family_model = {"Populations", commands, sizeof commands / sizeof *commands};
