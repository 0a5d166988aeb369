/* Populations: making them, changing them while they run, looking at their neurons. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "command/command.h"
#include "command/input_rows.h"
#include "command/population_rows.h"
#include "command/setting.h"
#include "command/state.h"

static void say_population(struct session *session, const struct channel *channel)
{
    char text[256];
    population_describe(&channel->spec, text, sizeof text);
    session_say(session, "%s: %s, x = %s, %s", channel->name, text, channel->input_text,
                engine_status(session->engine).running ? "running" : "paused");
}

/* ---- population ---- */

static void population_more(const struct session *session, const struct arguments *words,
                            struct parameter_set *set)
{
    (void)session;
    (void)words;
    population_rows_add(set, NULL);
}

static bool run_population(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                           struct error *error)
{
    (void)sheet;
    const char *name = argument(arguments, "NAME")->text;
    struct channel *channel = channel_named(session, name);
    if (channel && !channel->population)
        return error_set(error, "%s is a %s: choose another name, or `remove %s` first", name,
                         channel_kind(channel), name);
    struct population_spec spec;
    population_spec_init(&spec);
    bool own_seed = argument(arguments, "seed")->given;
    spec.seed = session->settings.seed;
    bool good = population_rows_apply(arguments, &spec, error);
    channel = good ? live_put(session, channel, name, &spec, NULL, error) : NULL;
    population_spec_free(&spec);
    if (!channel)
        return false;
    channel->own_seed = own_seed;
    say_population(session, channel);
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

static bool run_neurons(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                        struct error *error)
{
    (void)session;
    const struct population *population = argument(arguments, "NAME")->channel->population;
    if (!begin_neurons(sheet, population, error))
        return false;
    for (size_t i = 0; i < population->n && !session_stopped(); i++) {
        sheet_integer(sheet, (int64_t)i);
        sheet_number(sheet, population->gain[i]);
        sheet_number(sheet, population->bias[i]);
        sheet_number(sheet, population->max_rate[i]);
        sheet_number(sheet, population->intercept[i]);
        for (size_t d = 0; d < population->dims; d++)
            sheet_number(sheet, population->encoders[d * population->padded + i]);
        sheet_row(sheet);
    }
    return !session_stopped() || error_set(error, "interrupted");
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

static const struct channel *set_channel(const struct session *session, const struct arguments *words)
{
    struct error ignored;
    const struct channel *channel = argument(words, "NAME")->channel;
    return channel ? channel : channel_default(session, CHANNEL_LIVE, &ignored);
}

/* The kind of input=KIND where that is typed, else the present one. */
static const struct stimulus_type *set_kind(const struct session *session, const struct channel *channel,
                                            const char *typed)
{
    struct error ignored;
    struct word_list words = input_words(session);
    long kind = typed ? word_find(&words, typed, strlen(typed), &ignored) : -1;
    return kind >= 0 ? stimulus_types[kind] : channel->input->type;
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

/* x is fed in: `set A x=0.3` says the same as `set A input=0.3`. */
static const char *typed_input(const struct arguments *words)
{
    const char *typed = arguments_typed(words, "input");
    return typed ? typed : arguments_typed(words, "x");
}

static void add_x(struct parameter_set *set, const struct stimulus *input)
{
    struct text present = {0};
    if (input_rows_typed(input, INPUT_PREFIX, &present))
        parameter_set_add(set, (struct parameter){.name = "x",
                                                  .type = TYPE_CHOICE,
                                                  .choices = input_words,
                                                  .number_too = true,
                                                  .help = "the same as input",
                                                  .present = parameter_set_store(set, text_string(&present))});
    text_free(&present);
}

static void set_more(const struct session *session, const struct arguments *words, struct parameter_set *set)
{
    const struct channel *channel = set_channel(session, words);
    const char *typed = typed_input(words);
    if (channel)
        population_rows_add(set, &channel->spec);
    setting_rows_add(session, set);
    if (!channel)
        return;
    const struct stimulus_type *type = set_kind(session, channel, typed);
    if (typed)
        drop_clashes(set, type);
    parameter_set_add(set, (struct parameter){.name = "input",
                                              .type = TYPE_CHOICE,
                                              .choices = input_words,
                                              .number_too = true,
                                              .help = "another kind of input, or a constant value"});
    add_x(set, channel->input);
    input_rows_add(set, type, INPUT_PREFIX, channel->input);
}

static bool is_given(const struct arguments *arguments, const char *name)
{
    const struct value *value = argument_if(arguments, name);
    return value && value->given;
}

static bool settings_given(const struct arguments *arguments)
{
    for (size_t i = 0; i < setting_count; i++)
        if (is_given(arguments, settings[i].row.name))
            return true;
    return false;
}

static bool apply_settings(struct session *session, const struct arguments *arguments, struct error *error)
{
    for (size_t i = 0; i < setting_count; i++) {
        const struct value *value = argument_if(arguments, settings[i].row.name);
        char shown[64];
        if (!value || !value->given)
            continue;
        if (!settings[i].apply(session, value, error))
            return false;
        setting_show(&settings[i], session, shown, sizeof shown);
        session_say(session, "%s %s", settings[i].row.name, shown);
    }
    return true;
}

static bool new_input(struct session *session, struct channel *channel, const struct arguments *arguments,
                      struct stimulus **input, bool *own_seed, struct error *error)
{
    const struct value *kind = argument(arguments, is_given(arguments, "x") ? "x" : "input");
    const struct stimulus_type *type = channel->input->type;
    double constant[STIMULUS_MAX_PARAMS] = {kind->number};
    *input = NULL;
    if (kind->given && kind->choice < 0) {
        *input = stimulus_new(&stimulus_constant, constant, 1, NULL, error);
        return *input != NULL;
    }
    if (!kind->given && !input_rows_given(arguments, type, INPUT_PREFIX))
        return true;
    if (kind->given)
        type = stimulus_types[kind->choice];
    *input = input_rows_make(arguments, type, INPUT_PREFIX, channel->input, session->settings.seed,
                             session->status.dt, own_seed, error);
    return *input != NULL;
}

static void say_change(struct session *session, const struct channel *channel,
                       const struct arguments *arguments, bool input)
{
    char shown[256];
    population_rows_show(arguments, &channel->spec, "", shown, sizeof shown);
    session_say(session, "%s: %s%s%s%s", channel->name, shown, shown[0] && input ? ", " : "",
                input ? "x = " : "", input ? channel->input_text : "");
}

/* Spec and input are both made before the simulation sees either. */
static bool set_population(struct session *session, struct channel *channel,
                           const struct arguments *arguments, struct error *error)
{
    struct population_spec spec;
    struct stimulus *input;
    bool own_noise_seed = channel->own_noise_seed;
    population_spec_copy(&spec, &channel->spec);
    bool good = new_input(session, channel, arguments, &input, &own_noise_seed, error);
    if (good && !population_rows_apply(arguments, &spec, error)) {
        stimulus_free(input);
        good = false;
    }
    if (good && population_rows_rebuild(arguments))
        good = live_put(session, channel, channel->name, &spec, input, error);
    else if (good) {
        live_readout(channel, &spec);
        if (input)
            live_input(session, channel, input);
    }
    population_spec_free(&spec);
    if (!good)
        return false;
    channel->own_noise_seed = own_noise_seed;
    channel->own_seed = channel->own_seed || is_given(arguments, "seed");
    say_change(session, channel, arguments, input != NULL);
    return true;
}

static void say_what_stays(const struct channel *channel, const struct arguments *arguments,
                           struct error *error)
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
    if (!channel)
        return NULL;
    bool given = population_rows_given(arguments) || is_given(arguments, "input") || is_given(arguments, "x") ||
                 input_rows_given(arguments, channel->input->type, INPUT_PREFIX);
    return given ? channel_named(session, channel->name) : NULL;
}

static bool run_set(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                    struct error *error)
{
    (void)sheet;
    struct channel *population = channel_to_set(session, arguments);
    if (!population && !settings_given(arguments))
        return error_set(error,
                         "set needs something to set: set A tau_rc=30ms, set window=1s; help set lists all");
    if (population && !set_population(session, population, arguments, error)) {
        say_what_stays(population, arguments, error);
        return false;
    }
    return apply_settings(session, arguments, error);
}

static const struct parameter set_parameters[] = {
    {.name = "NAME",
     .type = TYPE_CHANNEL,
     .wanted = CHANNEL_LIVE,
     .positional = true,
     .shown_only = true,
     .help = "a population (default: the one in focus)"},
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
     .run = run_population},
    {.name = "set",
     .summary = "changes a population, its input or a setting while everything runs",
     .details = "Nothing changes unless every value is possible. The panes follow at the next frame.\n"
                "Keys of the present input begin with \"input.\", as in set A input.frequency=3Hz.",
     .example = "set A tau_rc=30ms tau_ref=1ms",
     .parameters = set_parameters,
     .more = set_more,
     .run = run_set},
    {.name = "neurons",
     .summary = "a table of what each neuron is",
     .example = "neurons A > neurons.csv",
     .parameters = live_parameters,
     .table = true,
     .run = run_neurons},
};

const struct command_family family_model = {"Populations", commands, sizeof commands / sizeof *commands};
