/* Recordings: loading, saving, removing, and the list of everything there is. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "base/xalloc.h"
#include "command/families.h"
#include "typed/load_rows.h"
#include "language/command.h"
#include "language/file_list.h"
#include "pane/pane.h"
#include "record/format.h"
#include "rig/decoding.h"
#include "rig/live.h"
#include "rig/rig.h"
#include "rig/tuned.h"
#include "session/job.h"
#include "session/message.h"
#include "session/removal.h"
#include "session/session.h"
#include "session/wiring.h"
#include "view/arrange.h"
#include "view/link.h"
#include "view/window.h"

/* ---- load ---- */

static const char *const empty_names[] = {"silent", "skip"};

static struct word_list empty_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"empty", 2, word_plain, empty_names};
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
    struct csv_table *table = csv_table_read_columns(stimulus + 1, csv_columns_of_numbers, error);
    if (table)
        *tuned = tuned_from_table(table, stimulus + 1, &(struct stimulus_options){0}, recording, error);
    csv_table_free(table);
    return *tuned;
}

/* The unit that is called as the selected one was, else the first; none where none was. */
static long selected_in(const struct recording *recording, const struct channel *channel)
{
    if (channel->selected < 0 || !channel->recording || recording->units == 0)
        return -1;
    for (size_t u = 0; u < recording->units; u++)
        if (strcmp(recording->label[u], channel->recording->label[channel->selected]) == 0)
            return (long)u;
    return 0;
}

/* Takes both. */
static void place_recording(struct session *session, struct channel *channel, struct recording *recording,
                            struct tuned *tuned)
{
    tuned_free(channel->tuned);
    channel->tuned = tuned;
    channel->selected = selected_in(recording, channel);
    recording_free(channel->recording);
    channel->recording = recording;
    view_rows_free(&channel->shown);
    if (session->look.replay.channel == channel)
        session->look.replay = (struct replay){0};
    /* The cursors of an axis that it joins stay; what is seen is the whole. */
    struct channel *other = view_link_other(&session->look, channel);
    channel->window = other ? *channel_window(&session->look, other) : (struct time_window){0};
    view_time_all(&session->look, channel);
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

struct load_job {
    char name[SUBJECT_NAME];
    const char *files;    /* as typed */
    const char *stimulus; /* NULL: none */
    struct load_options options;
    /* what comes of it: */
    struct text said;
    struct recording *recording; /* NULL: it failed, with `error` */
    struct tuned *tuned;
    struct error error;
};

/* A failure is left to `finish`, which has more to say than its sentence. */
static bool work_load(void *own, struct sheet *sheet, struct progress progress, struct error *error)
{
    (void)sheet;
    (void)error;
    struct load_job *load = own;
    struct file_list files = {0};
    load->options.progress = progress;
    if (file_list_read(&files, load->files, &load->error))
        load->recording = recording_load_files((const char *const *)files.path, files.count, &load->options,
                                               &load->said, &load->error);
    file_list_free(&files);
    if (load->recording && !load_stimulus(load->stimulus, load->recording, &load->tuned, &load->error)) {
        recording_free(load->recording);
        load->recording = NULL;
    }
    return true;
}

/* A recording may have the name already, nothing else. */
static bool name_is_free(const struct session *session, const char *name, const char *path, struct error *error)
{
    const struct channel *channel = channel_named(&session->rig, name);
    return !channel || channel->recording ||
           error_set(error, "%s is a %s: load %.100s as another name, or `remove %s` first", name,
                     channel_kind(channel), path, name);
}

static bool finish_load(struct session *session, void *own, struct error *error)
{
    struct load_job *load = own;
    struct channel *channel = channel_named(&session->rig, load->name);
    bool good = load->recording && name_is_free(session, load->name, load->files, &load->error) &&
                (channel || (channel = channel_add(&session->rig, load->name, &load->error)));
    if (good) {
        place_recording(session, channel, load->recording, load->tuned);
        load->recording = NULL;
        load->tuned = NULL;
        channel_show(&session->look, channel);
    }
    report(session, load->name, &load->said); /* if it failed, what was asked to be explained */
    if (good && channel->tuned)
        tuned_report(&session->rig, channel);
    *error = load->error;
    return good;
}

static void free_load(void *own)
{
    struct load_job *load = own;
    recording_free(load->recording);
    tuned_free(load->tuned);
    text_free(&load->said);
    free(load);
}

/* Texts and numbers are borrowed from the arguments. */
static struct load_options load_options_typed(const struct arguments *arguments)
{
    const struct value *empty = argument(arguments, "empty"), *from = argument(arguments, "from"),
                       *to = argument(arguments, "to"), *stimulus = argument(arguments, "stimulus"),
                       *explain = argument(arguments, "explain");
    struct load_options options = load_rows_options(arguments);
    options.empty = empty->given ? empty_names[empty->choice] : NULL;
    options.stimulus = stimulus->given && stimulus->text[0] != '@' ? stimulus->text : NULL;
    options.from = from->given ? &from->number : NULL;
    options.to = to->given ? &to->number : NULL;
    options.explain = explain->given && explain->on;
    return options;
}

static bool run_load(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                     struct error *error)
{
    const char *path = argument(arguments, "FILE")->text;
    const struct value *stimulus = argument(arguments, "stimulus");
    char name[SUBJECT_NAME];
    if (argument(arguments, "NAME")->given)
        snprintf(name, sizeof name, "%s", argument(arguments, "NAME")->text);
    else if (argument(arguments, "as")->given)
        return error_set(error, "a name is missing after 'as'");
    else
        channel_name_from_path(path, name);
    if (!name_is_free(session, name, path, error))
        return false;
    struct load_job *own = xcalloc(1, sizeof *own);
    memcpy(own->name, name, sizeof name);
    own->files = path;
    own->stimulus = stimulus->given ? stimulus->text : NULL;
    own->options = load_options_typed(arguments);
    return session_job(session, &(struct job){"loading", true, own, work_load, finish_load, free_load}, sheet, error);
}

static const struct parameter load_parameters[] = {
    {.name = "FILE",
     .type = TYPE_FILE,
     .positional = true,
     .required = true,
     .several = true,
     .help = "the file, or several of one run: names, or a pattern such as run-*.dat"},
    {.name = "as", .type = TYPE_LITERAL, .positional = true, .help = "a word between the two"},
    {.name = "NAME", .type = TYPE_NAME, .positional = true, .help = "what to call it (default: from the file's name)"},
    LOAD_ROWS,
    {.name = "empty",
     .type = TYPE_CHOICE,
     .choices = empty_words,
     .help = "what an empty line is in a file of trains: a silent neuron, or nothing to read"},
    {.name = "from",
     .type = TYPE_QUANTITY,
     .dimension = DIMENSION_TIME,
     .help = "when the record began (default: at its first spike; a dense file's rows say it)"},
    {.name = "to",
     .type = TYPE_QUANTITY,
     .dimension = DIMENSION_TIME,
     .help = "when it ended; a spike then is no longer in it (default: with its last spike, which no rate counts)"},
    {.name = "explain",
     .type = TYPE_SWITCH,
     .help = "say how the file might be read, with the points that speak for each way (default: off)"},
    {.name = "stimulus",
     .type = TYPE_TEXT,
     .file_too = true,
     .help = "@FILE.csv, a table of time and x that was recorded beside it, or a column's name in a dense file"},
    {0},
};

/* ---- save ---- */

static const char *saved_name(const void *list, size_t i)
{
    (void)list;
    return spike_format_saved(i)->name;
}

static struct word_list saved_words(const struct session *session)
{
    (void)session;
    struct word_list words = {"format", 0, saved_name, NULL};
    while (spike_format_saved(words.count))
        words.count++;
    return words;
}

struct save_job {
    struct channel *channel; /* frozen */
    char *path;              /* owned */
    const char *format;
    struct text lost;
    size_t count;
};

static bool work_save(void *own, struct sheet *sheet, struct progress progress, struct error *error)
{
    (void)sheet;
    (void)progress;
    struct save_job *save = own;
    struct spike_source source = channel_source(save->channel);
    double from, to;
    if (!recording_save(save->path, &source, save->format, &save->lost, error))
        return false;
    save->count = source_span(&source, &from, &to) ? source_count(&source, from, to) : 0;
    return true;
}

static bool finish_save(struct session *session, void *own, struct error *error)
{
    (void)error;
    struct save_job *save = own;
    char number[NUMBER_COUNTED];
    const struct recording *recording = save->channel->recording;
    session_say(session, "%s: %s", save->path, number_counted(number, save->count, "spike"));
    if (recording && recording->left_out)
        text_printf(&save->lost, "\n%s had more columns than are saved: without %s",
                    recording->source ? recording->source : save->channel->name, recording->left_out);
    report(session, save->path, &save->lost);
    return true;
}

static void free_save(void *own)
{
    struct save_job *save = own;
    channel_free(save->channel);
    free(save->path);
    text_free(&save->lost);
    free(save);
}

/* Spikes of neurons that were others go into the file under the numbers of the present ones. */
static void say_others(struct session *session, const struct channel *channel)
{
    char time[NUMBER_HUMAN];
    bool others = false;
    double since = channel->population ? decoding_since(channel, &others) : 0;
    if (others)
        session_note(session,
                     "%s: its neurons changed at %s; the file holds what others of their numbers spiked before, too",
                     channel->name, number_human(time, since, DIMENSION_TIME));
}

static bool run_save(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                     struct error *error)
{
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
    live_drain(&session->rig);
    say_others(session, channel);
    struct save_job *own = xcalloc(1, sizeof *own);
    own->channel = channel_frozen(channel);
    own->path = xstrdup(path);
    own->format = spike_format_saved((size_t)argument(arguments, "format")->choice)->name;
    return session_job(session, &(struct job){"saving", false, own, work_save, finish_save, free_save}, sheet, error);
}

static const struct parameter save_parameters[] = {
    {.name = "NAME", .type = TYPE_CHANNEL, .positional = true, .help = "what to save (default: what is in focus)"},
    {.name = "FILE", .type = TYPE_FILE, .positional = true, .help = "the file"},
    {.name = "format", .type = TYPE_CHOICE, .choices = saved_words, .fallback = "events", .help = "its layout"},
    {0},
};

/* ---- remove, list ---- */

static bool run_remove(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                       struct error *error)
{
    (void)sheet;
    struct channel *channel = argument(arguments, "NAME")->channel;
    char name[SUBJECT_NAME];
    snprintf(name, sizeof name, "%s", channel->name);
    if (channel->population && !wiring_remove(session, channel, error))
        return false;
    if (channel_named(&session->rig, name))
        channel_remove(session, channel);
    session_say(session, "%s is removed", name);
    return true;
}

static const struct parameter remove_parameters[] = {
    {.name = "NAME",
     .type = TYPE_CHANNEL,
     .wanted = CHANNEL_ALL,
     .positional = true,
     .required = true,
     .help = "a population, node or recording"},
    {0},
};

static void list_row(struct sheet *sheet, const struct channel *channel)
{
    struct spike_source source = channel_source(channel);
    char about[256];
    double first = NAN, last = NAN;
    bool any = source_span(&source, &first, &last);
    channel_about(channel, about, sizeof about);
    sheet_text(sheet, channel->name);
    sheet_text(sheet, channel_kind(channel));
    sheet_integer(sheet, channel_is_node(channel) ? 0 : (int64_t)channel_neurons(channel));
    sheet_integer(sheet, any ? (int64_t)source_count(&source, first, last) : 0);
    sheet_number(sheet, any ? first : NAN);
    sheet_number(sheet, any ? last : NAN);
    sheet_text(sheet, channel->input_text);
    sheet_text(sheet, about);
    sheet_row(sheet);
}

static bool run_list(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                     struct error *error)
{
    static const char *const columns[] = {"name", "kind", "neurons", "spikes", "first", "last", "input", "about", NULL};
    (void)arguments;
    live_drain(&session->rig);
    if (!sheet_header(sheet, error, columns))
        return false;
    for (size_t i = 0; i < session->rig.channels; i++)
        list_row(sheet, session->rig.channel[i]);
    return true;
}

static const struct command commands[] = {
    {.name = "load",
     .summary = "loads a recording of spikes",
     .details = "What is found by looking (layout, delimiter, header, columns, unit) is reported, and can be "
                "overridden.",
     .example = "load spikes.csv as R unit=ms",
     .parameters = load_parameters,
     .lasting = true,
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
     .lasting = true,
     .run = run_remove},
    {.name = "list", .summary = "a table of all populations and recordings", .table = true, .run = run_list},
};

const struct command_family family_record = {"Recordings", commands, sizeof commands / sizeof *commands};
