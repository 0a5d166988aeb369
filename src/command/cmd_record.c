/* Recordings: loading, saving, removing, and the list of everything there is. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "command/command.h"
#include "command/state.h"
#include "command/view_link.h"
#include "command/view_time.h"
#include "command/tuned.h"
#include "draw/pane.h"
#include "record/format.h"

/* ---- load ---- */

static const char *format_name(const void *list, size_t i)
{
    (void)list;
    return spike_formats[i]->name;
}

static struct word_list format_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"format", spike_format_count, format_name, NULL};
}

static const char *const delimiter_names[] = {"comma", "semicolon", "tab", "space"};

static struct word_list delimiter_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"delimiter", 4, word_plain, delimiter_names};
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* "data/2024-run 3.csv" -> "R2024_run_3": the stem, with what a name may not hold made '_'. */
static void name_from_path(const char *path, char *name)
{
    const char *slash = strrchr(path, '/'), *stem = slash ? slash + 1 : path;
    size_t length = strcspn(stem, "."), used = 0;
    if (length == 0 || !is_letter(stem[0]))
        name[used++] = 'R';
    for (size_t i = 0; i < length && used < SUBJECT_NAME - 1; i++)
        name[used++] = is_letter(stem[i]) || (stem[i] >= '0' && stem[i] <= '9') ? stem[i] : '_';
    name[used] = '\0';
}

static bool stop_loading(void *context, double fraction)
{
    (void)context;
    (void)fraction;
    return session_stopped();
}

static const char *text_of(const struct arguments *arguments, const char *name)
{
    const struct value *value = argument(arguments, name);
    return value->given ? value->text : NULL;
}

static struct load_options read_options(const struct arguments *arguments)
{
    const struct value *format = argument(arguments, "format"), *delimiter = argument(arguments, "delimiter"),
                       *header = argument(arguments, "header"), *dt = argument(arguments, "dt");
    const char *stimulus = text_of(arguments, "stimulus");
    return (struct load_options){
        .format = format->given ? spike_formats[format->choice]->name : NULL,
        .unit = text_of(arguments, "unit"),
        .columns = text_of(arguments, "columns"),
        .delimiter = delimiter->given ? delimiter_names[delimiter->choice] : NULL,
        .header = header->given ? (header->on ? "on" : "off") : NULL,
        .stimulus = stimulus && stimulus[0] != '@' ? stimulus : NULL,
        .dt = dt->given ? dt->number : 0,
        .progress = {stop_loading, NULL},
    };
}

/* The panes of a recording that is linked get company: the same for what was loaded just now. */
static bool open_beside(struct session *session, const struct channel *channel)
{
    struct layout *layout = &session->layout;
    struct error ignored;
    const struct channel *other = NULL;
    for (size_t p = 0; p < layout->panes && !other; p++) {
        const struct channel *shown = channel_named(session, layout->pane[p].subject);
        if (shown && shown->recording && view_linked(session, shown, channel))
            other = shown;
    }
    for (size_t p = 0, panes = layout->panes; other && p < panes; p++) {
        if (strcmp(layout->pane[p].subject, other->name) != 0)
            continue;
        if (!layout_open(layout, layout->pane[p].type, channel->name, &ignored)) {
            session_say(session, "%s finds no room: %d panes are open; pane 1 raster %s shows it", channel->name,
                        LAYOUT_MAX, channel->name);
            return true;
        }
    }
    return other;
}

/* What was looked at so far gives its place to what was loaded just now, unless they share an axis of time. */
static void show_recording(struct session *session, const struct channel *channel)
{
    struct error ignored;
    struct layout *layout = &session->layout;
    if (layout->panes == 0) {
        channel_show_first(session, channel);
        return;
    }
    for (size_t p = 0; p < layout->panes; p++)
        if (strcmp(layout->pane[p].subject, channel->name) == 0)
            return;
    if (open_beside(session, channel))
        return;
    for (size_t p = 0; p < layout->panes; p++)
        if (view_suits(layout->pane[p].type, channel))
            layout_put(layout, p + 1, layout->pane[p].type, channel->name, &ignored);
}

/* stimulus=@FILE or a column of the file itself. False with a sentence; *tuned is NULL when none was asked for. */
static bool load_stimulus(const char *stimulus, const struct recording *recording, struct tuned **tuned,
                          struct error *error)
{
    *tuned = NULL;
    if (!stimulus)
        return true;
    if (stimulus[0] != '@') {
        *tuned = tuned_from_column(recording, stimulus);
        return true;
    }
    struct csv_table *table = csv_table_read(stimulus + 1, error);
    if (table)
        *tuned = tuned_from_table(table, stimulus + 1, &(struct stimulus_options){0}, recording, error);
    csv_table_free(table);
    return *tuned;
}

/* Takes both. */
static void place_recording(struct session *session, struct channel *channel, struct recording *recording,
                            struct tuned *tuned)
{
    tuned_free(channel->tuned);
    channel->tuned = tuned;
    recording_free(channel->recording);
    channel->recording = recording;
    channel->selected = -1;
    view_rows_free(&channel->shown);
    if (session->replay.channel == channel)
        session->replay = (struct replay){0};
    /* The cursors of an axis that it joins stay; what is seen is the whole. */
    struct channel *other = view_link_other(session, channel);
    channel->window = other ? *channel_window(session, other) : (struct time_window){0};
    view_time_all(session, channel);
}

/* "R: " before the first line; each further line is a message of its own. */
static void report(struct session *session, const char *name, const struct text *said)
{
    struct text line = {0};
    for (const char *from = text_string(said); *from;) {
        size_t length = strcspn(from, "\n");
        text_clear(&line);
        text_printf(&line, "%s: %.*s", name, (int)length, from);
        if (length > 0)
            session_report(session, text_string(&line));
        from += length + (from[length] == '\n');
    }
    text_free(&line);
}

static bool run_load(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                     struct error *error)
{
    (void)sheet;
    const char *path = argument(arguments, "FILE")->text;
    char name[SUBJECT_NAME];
    if (argument(arguments, "NAME")->given)
        snprintf(name, sizeof name, "%s", argument(arguments, "NAME")->text);
    else if (argument(arguments, "as")->given)
        return error_set(error, "a name is missing after 'as'");
    else
        name_from_path(path, name);
    struct channel *channel = channel_named(session, name);
    if (channel && channel->population)
        return error_set(error, "%s is a population: load %.100s as another name, or `remove %s` first", name,
                         path, name);
    struct load_options options = read_options(arguments);
    struct text said = {0};
    struct tuned *tuned = NULL;
    struct recording *recording = recording_load(path, &options, &said, error);
    bool good = recording && load_stimulus(text_of(arguments, "stimulus"), recording, &tuned, error) &&
                (channel || (channel = channel_add(session, name, error)));
    if (good) {
        place_recording(session, channel, recording, tuned);
        show_recording(session, channel);
        report(session, name, &said);
        if (tuned)
            tuned_report(session, channel);
    } else {
        recording_free(recording);
        tuned_free(tuned);
    }
    text_free(&said);
    return good;
}

static const struct parameter load_parameters[] = {
    {.name = "FILE", .type = TYPE_FILE, .positional = true, .required = true, .help = "the file"},
    {.name = "as", .type = TYPE_LITERAL, .positional = true, .help = "a word between the two"},
    {.name = "NAME",
     .type = TYPE_NAME,
     .positional = true,
     .help = "what to call it (default: from the file's name)"},
    {.name = "format",
     .type = TYPE_CHOICE,
     .choices = format_words,
     .help = "the layout (default: found by looking)"},
    {.name = "unit", .type = TYPE_TEXT, .help = "of the times: s, ms, us, samples@30000, steps@0.1ms"},
    {.name = "columns", .type = TYPE_TEXT, .help = "which is which, as in time,id or id,time; - skips one"},
    {.name = "dt",
     .type = TYPE_QUANTITY,
     .dimension = DIMENSION_TIME,
     .low = 0,
     .low_open = true,
     .high = 1e9,
     .help = "time between rows of a dense file without times"},
    {.name = "stimulus",
     .type = TYPE_TEXT,
     .file_too = true,
     .help = "@FILE.csv, a table of time and x that was recorded beside it, or a column's name in a dense file"},
    {.name = "delimiter",
     .type = TYPE_CHOICE,
     .choices = delimiter_words,
     .help = "what stands between fields"},
    {.name = "header", .type = TYPE_SWITCH, .help = "whether the first row holds names"},
    {0},
};

/* ---- save ---- */

static bool run_save(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                     struct error *error)
{
    (void)sheet;
    char number[NUMBER_HUMAN];
    struct channel *channel = argument(arguments, "NAME")->channel;
    const struct value *file = argument(arguments, "FILE");
    const char *path = file->given ? file->text : arguments->file;
    if (!path)
        return error_set(error, "save needs a file: save %s FILE", channel->name);
    if (file->given && arguments->file)
        return error_set(error, "two files, %.100s and %.100s: give one", path, arguments->file);
    if (channel->population && !channel->population->model->advance)
        return error_set(error,
                         "%s is a population of %s rate neurons, which do not spike; rates %s > FILE saves "
                         "their rates",
                         channel->name, channel->population->model->title, channel->name);
    live_drain(session);
    struct spike_source source = channel_source(channel);
    if (!recording_save(path, &source, spike_formats[argument(arguments, "format")->choice]->name, error))
        return false;
    double from, to;
    size_t count = source_span(&source, &from, &to) ? source_count(&source, from, to) : 0;
    session_say(session, "%s: %s spikes", path, number_grouped(number, count));
    return true;
}

static const struct parameter save_parameters[] = {
    {.name = "NAME",
     .type = TYPE_CHANNEL,
     .positional = true,
     .help = "what to save (default: what is in focus)"},
    {.name = "FILE", .type = TYPE_FILE, .positional = true, .help = "the file"},
    {.name = "format",
     .type = TYPE_CHOICE,
     .choices = format_words,
     .fallback = "events",
     .help = "its layout"},
    {0},
};

/* ---- remove, list ---- */

static bool run_remove(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                       struct error *error)
{
    (void)sheet;
    (void)error;
    struct channel *channel = argument(arguments, "NAME")->channel;
    if (channel->population)
        live_remove(session, channel);
    else
        channel_remove(session, channel);
    return true;
}

static const struct parameter remove_parameters[] = {
    {.name = "NAME",
     .type = TYPE_CHANNEL,
     .positional = true,
     .required = true,
     .help = "a population or recording"},
    {0},
};

static void list_row(struct sheet *sheet, const struct channel *channel)
{
    struct spike_source source = channel_source(channel);
    char about[256];
    double first = NAN, last = NAN;
    bool any = source_span(&source, &first, &last);
    if (channel->recording)
        snprintf(about, sizeof about, "%s", channel->recording->source ? channel->recording->source : "");
    else
        population_describe(&channel->spec, about, sizeof about);
    sheet_text(sheet, channel->name);
    sheet_text(sheet, channel->recording ? "recording" : "population");
    sheet_integer(sheet, (int64_t)channel_neurons(channel));
    sheet_integer(sheet, any ? (int64_t)source_count(&source, first, last) : 0);
    sheet_number(sheet, any ? first : NAN);
    sheet_number(sheet, any ? last : NAN);
    sheet_text(sheet, channel->recording ? "" : channel->input_text);
    sheet_text(sheet, about);
    sheet_row(sheet);
}

static bool run_list(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                     struct error *error)
{
    static const char *const columns[] = {"name", "kind",  "neurons", "spikes", "first",
                                          "last", "input", "about",   NULL};
    (void)arguments;
    live_drain(session);
    if (!sheet_header(sheet, error, columns))
        return false;
    for (size_t i = 0; i < session->channels; i++)
        list_row(sheet, session->channel[i]);
    return true;
}

static const struct command commands[] = {
    {.name = "load",
     .summary = "loads a recording of spikes",
     .details = "What is found by looking (layout, delimiter, header, columns, unit) is said, and can be "
                "overridden.",
     .example = "load spikes.csv as R unit=ms",
     .parameters = load_parameters,
     .run = run_load},
    {.name = "save",
     .summary = "saves the spikes of a population or recording as a file that load reads",
     .example = "save A spikes.csv",
     .parameters = save_parameters,
     .file = true,
     .run = run_save},
    {.name = "remove",
     .summary = "forgets a population or recording",
     .example = "remove R",
     .parameters = remove_parameters,
     .run = run_remove},
    {.name = "list", .summary = "a table of all populations and recordings", .table = true, .run = run_list},
};

const struct command_family family_record = {"Recordings", commands, sizeof commands / sizeof *commands};
