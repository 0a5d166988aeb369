/* Which neurons are shown, in which order, and which part of them. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "command/families.h"
#include "language/command.h"
#include "rig/live.h"
#include "rig/neuron_list.h"
#include "rig/rows.h"
#include "rig/sort_key.h"
#include "session/message.h"
#include "session/session.h"
#include "view/connection_subject.h"
#include "view/select.h"
#include "text/unit_values.h"

static void say_shown(struct session *session, const struct channel *channel)
{
    char shown[NUMBER_HUMAN], all[NUMBER_COUNTED];
    session_say(session, "%s: %s of %s shown", channel->name, number_grouped(shown, view_rows_places(channel)),
                number_counted(all, channel_neurons(channel), "neuron"));
}

/* ---- show ---- */

static bool run_show(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                     struct error *error)
{
    (void)sheet;
    struct channel *channel = argument(arguments, "NAME")->channel;
    const char *list = argument(arguments, "LIST")->text;
    uint32_t *neuron = NULL;
    size_t count = 0;
    if (strcmp(list, "all") != 0 && !neuron_list_read(channel, list, &neuron, &count, error))
        return false;
    view_rows_show(channel, neuron, count);
    say_shown(session, channel);
    return true;
}

static const char *const show_names[] = {"all"};

static struct word_list show_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"list", 1, word_plain, show_names};
}

#define ROWS_SUBJECT                                                                                                   \
    {                                                                                                                  \
        .name = "NAME", .type = TYPE_CHANNEL, .positional = true,                                                      \
        .help = "a population or recording (default: the one in focus)"                                                \
    }

static const struct parameter show_parameters[] = {ROWS_SUBJECT,
                                                   {.name = "LIST",
                                                    .type = TYPE_TEXT,
                                                    .choices = show_words,
                                                    .positional = true,
                                                    .required = true,
                                                    .help = "labels or numbers and ranges of them, 3,7,20:40; or all"},
                                                   {0}};

/* ---- sort ---- */

/* Values by neuron from rows by label. A row for no neuron is said, a neuron without a row goes to the top.
 */
static bool match_rows(struct session *session, const struct channel *channel, const char *path,
                       const struct unit_values *values, double *depth, struct error *error)
{
    size_t neurons = channel_neurons(channel), found = 0, strangers = 0;
    for (size_t i = 0; i < neurons; i++)
        depth[i] = NAN;
    struct neuron_names *names = neuron_names_new(channel);
    for (size_t row = 0; row < values->rows; row++) {
        const char *label = values->label ? values->label[row] : NULL;
        long neuron = label ? neuron_names_find(names, label, strlen(label)) : row < neurons ? (long)row : -1;
        found += neuron >= 0;
        strangers += neuron < 0;
        if (neuron >= 0)
            depth[neuron] = values->value[row];
    }
    neuron_names_free(names);
    if (found == 0)
        return error_set(error, "%s names no neuron of %s%s%.40s", path, channel->name,
                         values->rows > 0 && values->label ? "; its first row is for " : "",
                         values->rows > 0 && values->label ? values->label[0] : "");
    if (strangers > 0)
        session_note(session, "%s: %zu row%s for no neuron of %s", path, strangers, strangers == 1 ? " is" : "s are",
                     channel->name);
    if (found < neurons)
        session_note(session, "%s: %zu neuron%s of %s ha%s no row, and stand%s on top", path, neurons - found,
                     neurons - found == 1 ? "" : "s", channel->name, neurons - found == 1 ? "s" : "ve",
                     neurons - found == 1 ? "s" : "");
    return true;
}

static bool sort_by_file(struct session *session, struct channel *channel, const char *path, const struct value *column,
                         bool descending, struct error *error)
{
    if (path[0] == '\0')
        return error_set(error, "'@' is followed by the name of a file: sort %s @depths.csv", channel->name);
    struct unit_values *values = unit_values_read(path, column->given ? column->text : NULL, error);
    if (!values)
        return false;
    size_t neurons = channel_neurons(channel);
    double *depth = xalloc(neurons * sizeof *depth);
    bool good = match_rows(session, channel, path, values, depth, error);
    if (good)
        view_rows_sort(channel, &sort_key_file, values->name[0] ? values->name : "file", descending, depth, neurons);
    else
        free(depth);
    unit_values_free(values);
    return good;
}

static bool sort_by_key(struct channel *channel, const char *text, bool descending, struct error *error)
{
    struct word_list words = sort_key_words(NULL);
    long found = word_find(&words, text, strlen(text), error);
    if (found < 0) {
        size_t used = strlen(error->text);
        snprintf(error->text + used, sizeof error->text - used, ", or @FILE");
        return false;
    }
    const struct sort_key *key = &sort_keys[found];
    view_rows_sort(channel, key->fill ? key : NULL, key->fill ? key->by : "", descending, NULL, 0);
    return true;
}

static bool run_sort(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                     struct error *error)
{
    (void)sheet;
    struct channel *channel = argument(arguments, "NAME")->channel;
    const char *key = argument(arguments, "KEY")->text;
    const struct value *column = argument(arguments, "column");
    bool descending = argument(arguments, "WAY")->choice == 1;
    if (key[0] != '@' && column->given)
        return error_set(error, "column= belongs to a file: sort %s @FILE column=%.60s", channel->name, column->text);
    live_drain(&session->rig);
    if (key[0] == '@' ? !sort_by_file(session, channel, key + 1, column, descending, error)
                      : !sort_by_key(channel, key, descending, error))
        return false;
    view_rows_reveal(channel);
    const struct shown_rows *shown = &channel->shown;
    if (shown->key)
        session_say(session, "%s: sorted by %s, %s on top", channel->name, shown->by,
                    descending ? shown->key->low : shown->key->high);
    else
        session_say(session, "%s: in its own order, by %s", channel->name, channel->population ? "encoder" : "number");
    return true;
}

static const char *const way_names[] = {"ascending", "descending"};

static struct word_list way_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"direction", 2, word_plain, way_names};
}

static const struct parameter sort_parameters[] = {
    ROWS_SUBJECT,
    {.name = "KEY",
     .type = TYPE_TEXT,
     .choices = sort_key_words,
     .file_too = true,
     .positional = true,
     .required = true,
     .help = "by what; @FILE: by a column of a table; default: its own order again"},
    {.name = "WAY",
     .type = TYPE_CHOICE,
     .choices = way_words,
     .positional = true,
     .fallback = "ascending",
     .help = "from the bottom row to the top"},
    {.name = "column", .type = TYPE_TEXT, .help = "of the file (default: depth, else the first of numbers)"},
    {0}};

/* ---- rows ---- */

enum { ROWS_IN, ROWS_OUT, ROWS_UP, ROWS_DOWN, ROWS_PAGE_UP, ROWS_PAGE_DOWN, ROWS_ALL, ROWS_WORDS };
static const char *const rows_names[] = {"in", "out", "up", "down", "page-up", "page-down", "all"};

static struct word_list rows_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"part", ROWS_WORDS, word_plain, rows_names};
}

/* The neuron that stays where it is. */
static bool fixed_neuron(const struct channel *channel, const struct value *at, long *neuron, struct error *error)
{
    *neuron = channel->selected;
    if (!at->given)
        return true;
    *neuron = neuron_list_one(channel, at->text, strlen(at->text));
    return *neuron >= 0 || error_set(error, "at=%.60s: %s has no such neuron", at->text, channel->name);
}

static bool run_rows(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                     struct error *error)
{
    (void)session;
    (void)sheet;
    static const double part[] = {[ROWS_UP] = 0.25, [ROWS_DOWN] = -0.25, [ROWS_PAGE_UP] = 1, [ROWS_PAGE_DOWN] = -1};
    struct channel *channel = argument(arguments, "NAME")->channel;
    const struct value *how = argument(arguments, "HOW");
    view_rows_fit(channel);
    size_t count = view_rows_count(channel);
    long neuron;
    if (how->choice < 0 && how->number != floor(how->number))
        return error_set(error, "rows %s: a whole number of neurons is wanted", how->text);
    if (!fixed_neuron(channel, argument(arguments, "at"), &neuron, error))
        return false;
    if (how->choice >= ROWS_UP && how->choice <= ROWS_PAGE_DOWN) {
        double by = part[how->choice] * (double)count;
        view_rows_scroll(channel, by < 0 ? fmin(by, -1) : fmax(by, 1));
        return true;
    }
    count = how->choice < 0           ? (size_t)how->number
            : how->choice == ROWS_IN  ? (count + 1) / 2
            : how->choice == ROWS_OUT ? 2 * count
                                      : SIZE_MAX;
    view_rows_zoom(channel, count, neuron);
    return true;
}

static const struct parameter rows_parameters[] = {
    ROWS_SUBJECT,
    {.name = "HOW",
     .type = TYPE_CHOICE,
     .choices = rows_words,
     .number_too = true,
     .positional = true,
     .required = true,
     .low = 1,
     .high = 1e9,
     .help = "how many; in: half, out: twice as many; up and down go over them; all"},
    {.name = "at", .type = TYPE_TEXT, .help = "the neuron that stays where it is (default: the selected one)"},
    {0}};

/* ---- across ---- */

enum {
    ACROSS_NEXT,
    ACROSS_PREV,
    ACROSS_NONE,
    ACROSS_IN,
    ACROSS_OUT,
    ACROSS_RIGHT,
    ACROSS_LEFT,
    ACROSS_ALL,
    ACROSS_WORDS
};
static const char *const across_names[] = {"next", "prev", "none", "in", "out", "page-right", "page-left", "all"};

static struct word_list across_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"neuron", ACROSS_WORDS, word_plain, across_names};
}

static long across_word(const char *text)
{
    struct word_list words = across_words(NULL);
    struct error ignored;
    return word_find(&words, text, strlen(text), &ignored);
}

/* The neurons that stand across a map of weights are selected and looked at as those that stand up it are. */
static bool run_across(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                       struct error *error)
{
    (void)sheet;
    struct wired *wired = argument(arguments, "CONNECTION")->channel->wired;
    struct channel *channel = connection_across(&session->look, wired);
    const char *how = argument(arguments, "HOW")->text;
    long word = across_word(how);
    view_rows_fit(channel);
    size_t count = view_rows_count(channel);
    if (word <= ACROSS_NONE)
        return view_select(channel, word < 0 ? how : across_names[word], error);
    if (word == ACROSS_RIGHT || word == ACROSS_LEFT)
        view_rows_scroll(channel, word == ACROSS_RIGHT ? (double)count : -(double)count);
    else
        view_rows_zoom(channel,
                       word == ACROSS_IN    ? (count + 1) / 2
                       : word == ACROSS_OUT ? 2 * count
                                            : SIZE_MAX,
                       channel->selected);
    return true;
}

static const struct parameter across_parameters[] = {{.name = "CONNECTION",
                                                      .type = TYPE_CHANNEL,
                                                      .wanted = CHANNEL_CONNECTION,
                                                      .positional = true,
                                                      .help = "a connection (default: the one in focus)"},
                                                     {.name = "HOW",
                                                      .type = TYPE_TEXT,
                                                      .choices = across_words,
                                                      .positional = true,
                                                      .required = true,
                                                      .help =
                                                          "the number of a neuron before it; next, prev, none; in: "
                                                          "half as many, out: twice, page-right and page-left go over "
                                                          "them; all"},
                                                     {0}};

static const struct command commands[] = {
    {.name = "across",
     .summary = "selects a neuron of those across a map of weights, and which of them are looked at",
     .details = "Arrow keys do it while the pane is in focus.",
     .example = "across 7",
     .immediate = true,
     .parameters = across_parameters,
     .run = run_across},
    {.name = "show",
     .summary = "chooses which neurons are shown",
     .details = "A range lo:hi holds both its ends. Where labels are numbers it holds every neuron whose label\n"
                "lies in it; other labels stand in the order of the file.",
     .example = "show R 3,7,20:40",
     .immediate = true,
     .parameters = show_parameters,
     .run = run_show},
    {.name = "sort",
     .summary = "sorts the rows of the raster",
     .details = "rate: spikes over the whole record; first: time of the first spike, silent neurons on top;\n"
                "label: as people sort, D3_9 before D3_10; number: the order of the file. A file has a column of\n"
                "labels and one of numbers, or one number for each neuron in order.",
     .example = "sort R rate descending",
     .immediate = true,
     .parameters = sort_parameters,
     .run = run_sort},
    {.name = "rows",
     .summary = "zooms and pans over the neurons shown",
     .example = "rows R 40 at=7",
     .immediate = true,
     .parameters = rows_parameters,
     .run = run_rows},
};

const struct command_family family_rows = {"Which neurons", commands, sizeof commands / sizeof *commands};
