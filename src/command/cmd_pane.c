/* Panes: what they show, where they stand, which one has the keys. */
#include <math.h>

#include "command/families.h"
#include "language/command.h"
#include "pane/mean_field.h"
#include "pane/network_view.h"
#include "pane/pane_option.h"
#include "rig/wired.h"
#include "session/message.h"
#include "session/names.h"
#include "session/session.h"
#include "view/subject.h"

static const char *pane_name(const void *list, size_t i)
{
    (void)list;
    return pane_types[i]->name;
}

static struct word_list pane_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"pane", pane_type_count, pane_name, NULL};
}

static bool check_suits(const struct pane_type *type, const struct channel *channel, struct error *error)
{
    if (channel->wired)
        return error_set(error, "%s is a connection, and a %s pane shows populations and recordings", channel->name,
                         type->name);
    if (type->live_only && !channel->population)
        return error_set(error, "%s is a %s, and a %s pane shows populations", channel->name, channel_kind(channel),
                         type->name);
    if (channel_is_node(channel) && !type->nodes)
        return error_set(error, "%s is a node and has no neurons: open value %s shows what it holds", channel->name,
                         channel->name);
    return view_suits(type, channel) ||
           (channel->followed
                ? error_set(error,
                            "%s is a stream, and a %s pane shows populations and recordings with a stimulus; "
                            "unfollow %s makes a recording of it",
                            channel->name, type->name, channel->name)
                : error_set(error,
                            "%s has no stimulus beside it, which a %s pane needs; stimulus %s @FILE.csv gives one",
                            channel->name, type->name, channel->name));
}

/* ---- options ---- */

static void add_option(struct parameter_set *set, const struct pane_option *option)
{
    if (!parameter_set_has(set, option->name))
        parameter_set_add(set, (struct parameter){.name = option->name,
                                                  .type = option->words ? TYPE_CHOICE : TYPE_QUANTITY,
                                                  .words = option->words,
                                                  .dimension = option->dimension,
                                                  .low = option->low,
                                                  .high = option->high,
                                                  .low_open = true,
                                                  .fallback = option->fallback,
                                                  .shown_only = true,
                                                  .help = option->help});
}

/* The options of the type that was named; while none is, those of all. */
static void pane_more(const struct session *session, const struct arguments *words, struct parameter_set *set)
{
    (void)session;
    const struct value *type = argument(words, "TYPE");
    for (size_t t = 0; t < pane_type_count; t++) {
        const struct pane_option *option = pane_types[t]->options;
        if (type->given && (size_t)type->choice != t)
            continue;
        for (; option && option->name; option++)
            add_option(set, option);
    }
}

static void read_options(const struct arguments *arguments, struct pane *pane)
{
    for (const struct pane_option *option = pane->type->options; option && option->name; option++) {
        const struct value *value = argument(arguments, option->name);
        if (value->given && option->words)
            pane_option_set_choice(pane, option->name, (size_t)value->choice);
        else if (value->given)
            pane_option_set_number(pane, option->name, value->number);
    }
}

/* What arrives at a place, where that is one connection. */
static const struct channel *arriving(const struct session *session, const struct pane_type *type,
                                      const struct channel *place, struct error *error)
{
    const struct wired *found = NULL;
    struct text names = {0};
    size_t count = 0;
    for (size_t i = 0; i < session->rig.wires; i++)
        if (place->population && session->rig.wired[i]->spec.post == place->slot) {
            found = session->rig.wired[i];
            text_printf(&names, "%s%s", count++ ? ", " : "", found->face.name);
        }
    if (count == 0)
        error_set(error, "a %s pane shows a connection, and none arrives at %s: connections lists them", type->name,
                  place->name);
    else if (count > 1)
        error_set(error, "which connection is meant? %s are those that arrive at %s", text_string(&names), place->name);
    text_free(&names);
    return count == 1 ? &found->face : NULL;
}

/* What the pane is to show, by name; NULL with a sentence. */
static const char *shown_name(const struct session *session, const struct pane_type *type,
                              const struct channel *channel, struct error *error)
{
    enum channel_wanted wanted = type->about == PANE_CONNECTION ? CHANNEL_CONNECTION : CHANNEL_ANY;
    if (type->about == PANE_MEAN_FIELD && channel)
        return error_set(error, "%s %s: there is one mean field, and it has no name", type->name, channel->name), NULL;
    if (type->about == PANE_MEAN_FIELD)
        return MEAN_FIELD_NAME;
    if (type->about == PANE_NETWORK && channel)
        return error_set(error, "%s %s: it shows all there is, and takes no name", type->name, channel->name), NULL;
    if (type->about == PANE_NETWORK)
        return NETWORK_NAME;
    if (!channel && !(channel = channel_default(session, wanted, error)))
        return NULL;
    if (type->about == PANE_CONNECTION && !channel->wired && !(channel = arriving(session, type, channel, error)))
        return NULL;
    return channel->wired && type->about == PANE_CONNECTION ? channel->name
           : check_suits(type, channel, error)              ? channel->name
                                                            : NULL;
}

/* The pane that was asked for. */
static bool make_pane(const struct session *session, const struct arguments *arguments, struct pane *pane,
                      struct error *error)
{
    const struct pane_type *type = pane_types[argument(arguments, "TYPE")->choice];
    const char *name = shown_name(session, type, argument(arguments, "NAME")->channel, error);
    if (!name)
        return false;
    pane_init(pane, type, name);
    read_options(arguments, pane);
    return !type->check || type->check(pane, error);
}

/* ---- what is where ---- */

/* What there is one of has no name. */
static void say_pane(struct session *session, size_t number, const struct pane *pane)
{
    bool named = pane->type->about == PANE_CHANNEL || pane->type->about == PANE_CONNECTION;
    session_say(session, "pane %zu: %s%s%s", number, pane->type->name, named ? " " : "", named ? pane->subject : "");
}

static bool run_pane(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                     struct error *error)
{
    (void)sheet;
    size_t number = (size_t)argument(arguments, "NUMBER")->count;
    struct pane pane;
    if (!make_pane(session, arguments, &pane, error) ||
        !layout_put(&session->look.layout, number, pane.type, pane.subject, error))
        return false;
    session->look.layout.pane[number - 1] = pane;
    say_pane(session, number, &pane);
    return true;
}

static bool run_open(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                     struct error *error)
{
    (void)sheet;
    struct pane pane;
    if (!make_pane(session, arguments, &pane, error) ||
        !layout_open(&session->look.layout, pane.type, pane.subject, error))
        return false;
    session->look.layout.pane[session->look.layout.panes - 1] = pane;
    say_pane(session, session->look.layout.panes, &pane);
    return true;
}

/* The pane a command means when it names none: the one in focus. */
static bool pane_number(const struct session *session, const struct value *number, const char *verb, size_t *pane,
                        struct error *error)
{
    *pane = number->given ? (size_t)number->count : (size_t)(session->look.layout.focus + 1);
    return *pane > 0 || error_set(error, "%s which pane? %s NUMBER, or F2-F4 to focus one first", verb, verb);
}

static bool run_close(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                      struct error *error)
{
    (void)sheet;
    size_t pane;
    if (!pane_number(session, argument(arguments, "NUMBER"), "close", &pane, error) ||
        !layout_close(&session->look.layout, pane, error))
        return false;
    session_say(session, "pane %zu is closed", pane);
    return true;
}

static bool run_swap(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                     struct error *error)
{
    (void)sheet;
    const struct value *second = argument(arguments, "OTHER");
    struct layout *layout = &session->look.layout;
    size_t a, b;
    if (!pane_number(session, argument(arguments, "NUMBER"), "swap", &a, error))
        return false;
    b = second->given ? (size_t)second->count : layout->panes ? a % layout->panes + 1 : 1;
    bool focused = layout->focus == (int)a - 1;
    if (!layout_swap(layout, a, b, error))
        return false;
    struct error ignored;
    if (focused) /* the focus stays with the pane, so that pressing again moves it on */
        layout_focus(layout, b, &ignored);
    return true;
}

enum { FOCUS_NEXT, FOCUS_KNOBS };
static const char *const focus_names[] = {"next", "knobs"};

static struct word_list focus_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"pane", 2, word_plain, focus_names};
}

static bool focus_knobs(struct session *session, bool on, struct error *error)
{
    if (session->knobs.count == 0)
        return error_set(error, "there is no knob: knob tau_rc 5ms:50ms makes one");
    knobs_focus(session, on);
    return true;
}

/* next: through all panes, then the knobs, then the command line. */
static bool run_focus(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                      struct error *error)
{
    (void)sheet;
    const struct value *which = argument(arguments, "NUMBER");
    struct layout *layout = &session->look.layout;
    int focus = layout->focus;
    bool knobs = knobs_focused(session);
    knobs_focus(session, false);
    if (which->choice == FOCUS_KNOBS)
        return focus_knobs(session, !knobs, error);
    if (which->choice == FOCUS_NEXT && focus + 2 > (int)layout->panes && session->knobs.count > 0)
        return focus_knobs(session, true, error);
    if (which->choice == FOCUS_NEXT)
        return layout_focus(layout, knobs || focus + 2 > (int)layout->panes ? 0 : (size_t)(focus + 2), error);
    if (which->number != floor(which->number))
        return error_set(error, "focus %s: panes are numbered 1, 2, ...", which->text);
    bool again = which->number > 0 && focus == (int)which->number - 1;
    return layout_focus(layout, again ? 0 : (size_t)which->number, error);
}

static bool run_zoom(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                     struct error *error)
{
    (void)sheet;
    const struct value *number = argument(arguments, "NUMBER");
    if (session->look.layout.panes == 0)
        return error_set(error, "there is no pane to zoom: open raster A opens one");
    if (!number->given) {
        session->look.layout.zoomed = !session->look.layout.zoomed;
        return true;
    }
    if (!layout_focus(&session->look.layout, (size_t)number->count, error))
        return false;
    session->look.layout.zoomed = number->count > 0;
    return true;
}

static const char *const layout_names[] = {"auto", "columns", "rows"};

static struct word_list layout_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"layout", 3, word_plain, layout_names};
}

static bool run_layout(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                       struct error *error)
{
    (void)sheet;
    static const int columns[] = {0, LAYOUT_MAX, 1};
    const struct value *way = argument(arguments, "WAY");
    if (way->choice < 0 && way->number != floor(way->number))
        return error_set(error, "layout %s: a whole number of columns is wanted", way->text);
    session->look.layout.columns = way->choice < 0 ? (int)way->number : columns[way->choice];
    return true;
}

#define PANE_NUMBER                                                                                                    \
    {                                                                                                                  \
        .name = "NUMBER", .type = TYPE_COUNT, .positional = true, .low = 1, .high = LAYOUT_MAX,                        \
        .help = "of the pane, from the left (default: the one in focus)"                                               \
    }
#define PANE_TYPE                                                                                                      \
    {                                                                                                                  \
        .name = "TYPE", .type = TYPE_CHOICE, .choices = pane_words, .positional = true, .required = true,              \
        .help = "what it shows"                                                                                        \
    }
#define PANE_SUBJECT                                                                                                   \
    {                                                                                                                  \
        .name = "NAME", .type = TYPE_CHANNEL, .wanted = CHANNEL_SHOWN, .positional = true, .shown_only = true,         \
        .help = "a population, node, connection or recording (default: the one in focus)"                              \
    }

static const struct parameter pane_parameters[] = {{.name = "NUMBER",
                                                    .type = TYPE_COUNT,
                                                    .positional = true,
                                                    .required = true,
                                                    .low = 1,
                                                    .high = LAYOUT_MAX,
                                                    .help = "of the pane, from the left"},
                                                   PANE_TYPE,
                                                   PANE_SUBJECT,
                                                   {0}};
static const struct parameter open_parameters[] = {PANE_TYPE, PANE_SUBJECT, {0}};
static const struct parameter close_parameters[] = {PANE_NUMBER, {0}};
static const struct parameter swap_parameters[] = {PANE_NUMBER,
                                                   {.name = "OTHER",
                                                    .type = TYPE_COUNT,
                                                    .positional = true,
                                                    .low = 1,
                                                    .high = LAYOUT_MAX,
                                                    .help = "the pane to swap with (default: the right neighbour)"},
                                                   {0}};
static const struct parameter focus_parameters[] = {
    {.name = "NUMBER",
     .type = TYPE_CHOICE,
     .choices = focus_words,
     .number_too = true,
     .positional = true,
     .required = true,
     .high = LAYOUT_MAX,
     .help = "of the pane; knobs; 0: the command line; again: back to it; next: the next pane"},
    {0}};
static const struct parameter zoom_parameters[] = {
    {.name = "NUMBER",
     .type = TYPE_COUNT,
     .positional = true,
     .help = "of the pane; 0: all panes again (default: the one in focus, in and out)"},
    {0}};

static const struct parameter layout_parameters[] = {
    {.name = "WAY",
     .type = TYPE_CHOICE,
     .choices = layout_words,
     .number_too = true,
     .positional = true,
     .required = true,
     .low = 1,
     .high = LAYOUT_MAX,
     .help = "columns: side by side; rows: under one another; a number of columns; auto: as it fits"},
    {0}};

static const struct command commands[] = {
    {.name = "pane",
     .summary = "shows something else in a pane",
     .details = "Keys depend on what it shows: help open rates.",
     .example = "pane 1 raster R",
     .immediate = true,
     .parameters = pane_parameters,
     .more = pane_more,
     .run = run_pane},
    {.name = "open",
     .summary = "opens one more pane",
     .details = "Keys depend on what it shows: help open rates.",
     .example = "open tuning A model=lif",
     .immediate = true,
     .parameters = open_parameters,
     .more = pane_more,
     .run = run_open},
    {.name = "close", .summary = "closes a pane", .immediate = true, .parameters = close_parameters, .run = run_close},
    {.name = "focus",
     .summary = "gives the keys to a pane, or back to the command line",
     .immediate = true,
     .parameters = focus_parameters,
     .run = run_focus},
    {.name = "zoom",
     .summary = "lets one pane fill the screen",
     .immediate = true,
     .parameters = zoom_parameters,
     .run = run_zoom},
    {.name = "layout",
     .summary = "puts panes side by side or under one another",
     .details = "auto puts panes of several populations or recordings, the same for each, into a row each.\n"
                "Axes of time under one another line up. What finds no room is named.",
     .example = "layout rows",
     .immediate = true,
     .parameters = layout_parameters,
     .run = run_layout},
    {.name = "swap", .summary = "swaps two panes", .immediate = true, .parameters = swap_parameters, .run = run_swap},
};

const struct command_family family_pane = {"Panes", commands, sizeof commands / sizeof *commands};
