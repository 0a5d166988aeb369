/* What is looked at and how: panes, the window in time, the selected neuron, the answers, a photograph. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command/command.h"
#include "command/rate_words.h"
#include "command/state.h"
#include "command/view_select.h"
#include "command/view_time.h"
#include "command/whole_file.h"
#include "draw/frame.h"
#include "draw/pane.h"
#include "model/rate.h"

/* ---- panes ---- */

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
    return view_suits(type, channel) ||
           error_set(error, "%s is a recording, and a %s pane shows populations only", channel->name, type->name);
}

static void set_curve(struct session *session, size_t number, const struct arguments *arguments)
{
    const struct value *model = argument(arguments, "model");
    if (model->given)
        session->layout.pane[number - 1].curve = rate_curves[model->choice];
}

static bool run_pane(struct session *session, const struct arguments *arguments, struct table *table,
                     struct error *error)
{
    (void)table;
    size_t number = (size_t)argument(arguments, "NUMBER")->count;
    const struct pane_type *type = pane_types[argument(arguments, "TYPE")->choice];
    const struct channel *channel = argument(arguments, "NAME")->channel;
    if (!check_suits(type, channel, error) ||
        !layout_put(&session->layout, number, type, channel->name, error))
        return false;
    set_curve(session, number, arguments);
    return true;
}

static bool run_open(struct session *session, const struct arguments *arguments, struct table *table,
                     struct error *error)
{
    (void)table;
    const struct pane_type *type = pane_types[argument(arguments, "TYPE")->choice];
    const struct channel *channel = argument(arguments, "NAME")->channel;
    if (!check_suits(type, channel, error) || !layout_open(&session->layout, type, channel->name, error))
        return false;
    set_curve(session, session->layout.panes, arguments);
    return true;
}

/* The pane a command means when it names none: the one in focus. */
static bool pane_number(const struct session *session, const struct value *number, const char *verb, size_t *pane,
                        struct error *error)
{
    *pane = number->given ? (size_t)number->count : (size_t)(session->layout.focus + 1);
    return *pane > 0 || error_set(error, "%s which pane? %s NUMBER, or F2-F4 to focus one first", verb, verb);
}

static bool run_close(struct session *session, const struct arguments *arguments, struct table *table,
                      struct error *error)
{
    (void)table;
    size_t pane;
    return pane_number(session, argument(arguments, "NUMBER"), "close", &pane, error) &&
           layout_close(&session->layout, pane, error);
}

static bool run_swap(struct session *session, const struct arguments *arguments, struct table *table,
                     struct error *error)
{
    (void)table;
    const struct value *second = argument(arguments, "OTHER");
    struct layout *layout = &session->layout;
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

static const char *const focus_names[] = {"next"};

static struct word_list focus_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"pane", 1, word_plain, focus_names};
}

static bool run_focus(struct session *session, const struct arguments *arguments, struct table *table,
                      struct error *error)
{
    (void)table;
    const struct value *which = argument(arguments, "NUMBER");
    struct layout *layout = &session->layout;
    int focus = layout->focus;
    if (which->choice == 0) /* next: through all panes, then the command line */
        return layout_focus(layout, (size_t)(focus + 2) > layout->panes ? 0 : (size_t)(focus + 2), error);
    if (which->number != floor(which->number))
        return error_set(error, "focus %s: panes are numbered 1, 2, ...", which->text);
    bool again = which->number > 0 && focus == (int)which->number - 1;
    return layout_focus(layout, again ? 0 : (size_t)which->number, error);
}

static bool run_zoom(struct session *session, const struct arguments *arguments, struct table *table,
                     struct error *error)
{
    (void)table;
    const struct value *number = argument(arguments, "NUMBER");
    if (session->layout.panes == 0)
        return error_set(error, "there is no pane to zoom: open raster A opens one");
    if (!number->given) {
        session->layout.zoomed = !session->layout.zoomed;
        return true;
    }
    if (!layout_focus(&session->layout, (size_t)number->count, error))
        return false;
    session->layout.zoomed = number->count > 0;
    return true;
}

#define PANE_NUMBER                                                                                                   \
    {.name = "NUMBER", .type = TYPE_COUNT, .positional = true, .low = 1, .high = LAYOUT_MAX,                          \
     .help = "of the pane, from the left (default: the one in focus)"}
#define PANE_TYPE                                                                                                     \
    {.name = "TYPE", .type = TYPE_CHOICE, .choices = pane_words, .positional = true, .required = true,                \
     .help = "what it shows"}
#define PANE_SUBJECT                                                                                                  \
    {.name = "NAME", .type = TYPE_CHANNEL, .positional = true,                                                        \
     .help = "a population or recording (default: the one in focus)"},                                                \
    {.name = "model", .type = TYPE_CHOICE, .choices = rate_words, .help = "the curve that is drawn as prediction"}

static const struct parameter pane_parameters[] = {
    {.name = "NUMBER", .type = TYPE_COUNT, .positional = true, .required = true, .low = 1, .high = LAYOUT_MAX,
     .help = "of the pane, from the left"},
    PANE_TYPE, PANE_SUBJECT, {0}};
static const struct parameter open_parameters[] = {PANE_TYPE, PANE_SUBJECT, {0}};
static const struct parameter close_parameters[] = {PANE_NUMBER, {0}};
static const struct parameter swap_parameters[] = {
    PANE_NUMBER,
    {.name = "OTHER", .type = TYPE_COUNT, .positional = true, .low = 1, .high = LAYOUT_MAX,
     .help = "the pane to swap with (default: the right neighbour)"},
    {0}};
static const struct parameter focus_parameters[] = {
    {.name = "NUMBER", .type = TYPE_CHOICE, .choices = focus_words, .number_too = true, .positional = true,
     .required = true, .high = LAYOUT_MAX,
     .help = "of the pane; 0: the command line; again: back to it"},
    {0}};
static const struct parameter zoom_parameters[] = {
    {.name = "NUMBER", .type = TYPE_COUNT, .positional = true,
     .help = "of the pane; 0: all panes again (default: the one in focus, in and out)"},
    {0}};

/* ---- time ---- */

static const char *const window_names[] = {"in", "out", "all"};
static const char *const scroll_names[] = {"left", "right", "page-left", "page-right"};
static const char *const goto_names[] = {"start", "end"};

static struct word_list window_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"window", 3, word_plain, window_names};
}

static struct word_list scroll_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"direction", 4, word_plain, scroll_names};
}

static struct word_list goto_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"place", 2, word_plain, goto_names};
}

static bool run_window(struct session *session, const struct arguments *arguments, struct table *table,
                       struct error *error)
{
    (void)table;
    (void)error;
    struct channel *channel = argument(arguments, "NAME")->channel;
    const struct value *width = argument(arguments, "WIDTH");
    const struct time_window *window = channel_window(session, channel);
    if (width->choice == 2)
        view_time_all(session, channel);
    else
        view_time_width(session, channel, width->choice < 0 ? width->number
                                          : width->choice == 0 ? window->width / 2 : window->width * 2);
    return true;
}

static bool run_scroll(struct session *session, const struct arguments *arguments, struct table *table,
                       struct error *error)
{
    (void)table;
    (void)error;
    static const double part[] = {-0.25, 0.25, -1, 1};
    struct channel *channel = argument(arguments, "NAME")->channel;
    const struct value *by = argument(arguments, "BY");
    double width = channel_window(session, channel)->width;
    view_time_scroll(session, channel, by->choice < 0 ? by->number : part[by->choice] * width);
    return true;
}

static bool run_goto(struct session *session, const struct arguments *arguments, struct table *table,
                     struct error *error)
{
    (void)table;
    (void)error;
    struct channel *channel = argument(arguments, "NAME")->channel;
    const struct value *place = argument(arguments, "TIME");
    if (place->choice == 0)
        view_time_scroll(session, channel, -INFINITY);
    else if (place->choice == 1)
        view_time_scroll(session, channel, INFINITY);
    else
        view_time_centre(session, channel, place->number);
    return true;
}

static bool run_follow(struct session *session, const struct arguments *arguments, struct table *table,
                       struct error *error)
{
    (void)arguments;
    (void)table;
    (void)error;
    session->window.follow = true;
    return true;
}

#define TIME_SUBJECT                                                                                                  \
    {.name = "NAME", .type = TYPE_CHANNEL, .positional = true,                                                        \
     .help = "a population (all share one window) or recording (default: the one in focus)"}

static const struct parameter window_parameters[] = {
    TIME_SUBJECT,
    {.name = "WIDTH", .type = TYPE_CHOICE, .choices = window_words, .number_too = true, .dimension = DIMENSION_TIME,
     .positional = true, .required = true, .low = 1e-6, .high = 1e9, .help = "a time; in: half, out: twice, all: the whole record"},
    {0}};
static const struct parameter scroll_parameters[] = {
    TIME_SUBJECT,
    {.name = "BY", .type = TYPE_CHOICE, .choices = scroll_words, .number_too = true, .dimension = DIMENSION_TIME,
     .positional = true, .required = true, .help = "a time, forward or (negative) back; or a direction"},
    {0}};
static const struct parameter goto_parameters[] = {
    TIME_SUBJECT,
    {.name = "TIME", .type = TYPE_CHOICE, .choices = goto_words, .number_too = true, .dimension = DIMENSION_TIME,
     .positional = true, .required = true, .help = "that comes to the middle; or start, end"},
    {0}};

/* ---- select ---- */

static bool run_select(struct session *session, const struct arguments *arguments, struct table *table,
                       struct error *error)
{
    (void)table;
    struct channel *channel = argument(arguments, "NAME")->channel;
    if (!view_select(channel, argument(arguments, "NEURON")->text, error))
        return false;
    view_select_say(session, channel);
    return true;
}

static const char *const select_names[] = {"next", "prev", "none"};

static struct word_list select_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"neuron", 3, word_plain, select_names};
}

static const struct parameter select_parameters[] = {
    {.name = "NAME", .type = TYPE_CHANNEL, .positional = true,
     .help = "a population or recording (default: the one in focus)"},
    {.name = "NEURON", .type = TYPE_TEXT, .choices = select_words, .positional = true, .required = true,
     .help = "its number or label; next, prev (in the order shown), none"},
    {0}};

/* ---- answers, mouse, photograph ---- */

static const char *const answers_names[] = {"up", "down"};

static struct word_list answers_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"direction", 2, word_plain, answers_names};
}

static bool run_answers(struct session *session, const struct arguments *arguments, struct table *table,
                        struct error *error)
{
    (void)table;
    (void)error;
    transcript_scroll(session->transcript, argument(arguments, "WAY")->choice == 0 ? 5 : -5);
    return true;
}

static const struct parameter answers_parameters[] = {
    {.name = "WAY", .type = TYPE_CHOICE, .choices = answers_words, .positional = true, .required = true,
     .help = "up: towards older ones"},
    {0}};

static bool run_clear(struct session *session, const struct arguments *arguments, struct table *table,
                      struct error *error)
{
    (void)arguments;
    (void)table;
    (void)error;
    transcript_clear(session->transcript);
    return true;
}

static bool run_mouse(struct session *session, const struct arguments *arguments, struct table *table,
                      struct error *error)
{
    (void)table;
    (void)error;
    const struct value *state = argument(arguments, "STATE");
    session->settings.mouse = state->given ? state->on : !session->settings.mouse;
    session_note(session, "mouse %s", session->settings.mouse ? "on: clicks choose panes and neurons, the wheel "
                                                                "zooms in time (the terminal's own selection: Shift)"
                                                              : "off");
    return true;
}

static const struct parameter mouse_parameters[] = {
    {.name = "STATE", .type = TYPE_SWITCH, .positional = true, .help = "(default: the other one)"},
    {0}};

static bool run_save_screen(struct session *session, const struct arguments *arguments, struct table *table,
                            struct error *error)
{
    (void)table;
    const struct value *file = argument(arguments, "FILE");
    const char *path = file->given ? file->text : arguments->file;
    struct text picture = {0};
    struct view view;
    live_drain(session);
    session_view(session, &view);
    struct canvas *canvas =
        canvas_new(session->options.width, session->options.height, session->settings.glyphs);
    frame_draw(canvas, &view);
    canvas_write(canvas, &picture);
    canvas_free(canvas);
    bool good = true;
    if (path)
        good = whole_file_write(path, picture.bytes, picture.length, error);
    else
        session_answer(session, text_string(&picture));
    text_free(&picture);
    return good;
}

static const struct parameter save_screen_parameters[] = {
    {.name = "FILE", .type = TYPE_FILE, .positional = true, .help = "the file (default: it is an answer)"},
    {0}};

static const struct command commands[] = {
    {.name = "select", .summary = "marks one neuron in every pane", .example = "select A 7", .immediate = true,
     .parameters = select_parameters, .run = run_select},
    {.name = "pane", .summary = "shows something else in a pane", .example = "pane 1 raster R", .immediate = true,
     .parameters = pane_parameters, .run = run_pane},
    {.name = "open", .summary = "opens one more pane", .example = "open tuning A model=lif", .immediate = true,
     .parameters = open_parameters, .run = run_open},
    {.name = "close", .summary = "closes a pane", .immediate = true, .parameters = close_parameters,
     .run = run_close},
    {.name = "focus", .summary = "gives the keys to a pane, or back to the command line", .immediate = true,
     .parameters = focus_parameters, .run = run_focus},
    {.name = "zoom", .summary = "lets one pane fill the screen", .immediate = true, .parameters = zoom_parameters,
     .run = run_zoom},
    {.name = "swap", .summary = "swaps two panes", .immediate = true, .parameters = swap_parameters,
     .run = run_swap},
    {.name = "window", .summary = "sets how much time panes show", .example = "window 0.5s", .immediate = true,
     .parameters = window_parameters, .run = run_window},
    {.name = "scroll", .summary = "moves the time shown; the record goes on meanwhile", .example = "scroll -200ms",
     .immediate = true, .parameters = scroll_parameters, .run = run_scroll},
    {.name = "goto", .summary = "shows a moment", .example = "goto 2.5s", .immediate = true,
     .parameters = goto_parameters, .run = run_goto},
    {.name = "follow", .summary = "shows the present again after scrolling back", .immediate = true,
     .run = run_follow},
    {.name = "answers", .summary = "scrolls the answers of commands", .immediate = true,
     .parameters = answers_parameters, .run = run_answers},
    {.name = "clear", .summary = "empties the answers", .immediate = true, .run = run_clear},
    {.name = "mouse", .summary = "turns the mouse on or off", .immediate = true, .parameters = mouse_parameters,
     .run = run_mouse},
    {.name = "save-screen", .summary = "saves the screen as text",
     .details = "Works without a terminal, at the size of --size.", .example = "save-screen picture.txt",
     .parameters = save_screen_parameters, .file = true, .run = run_save_screen},
};

const struct command_family family_view = {"Looking", commands, sizeof commands / sizeof *commands};
