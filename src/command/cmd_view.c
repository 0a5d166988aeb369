/* What is looked at: the window in time, the selected neuron, the answers, a photograph. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/whole_file.h"
#include "command/families.h"
#include "draw/subject.h"
#include "frame/frame.h"
#include "language/command.h"
#include "rig/live.h"
#include "session/message.h"
#include "session/session.h"
#include "view/link.h"
#include "view/replay.h"
#include "view/select.h"
#include "view/window.h"

/* ---- time ---- */

static const char *const window_names[] = {"in", "out", "all"};
static const char *const scroll_names[] = {"left", "right", "page-left", "page-right"};
enum { GOTO_START, GOTO_END, GOTO_NEXT, GOTO_PREV, GOTO_WORDS };
static const char *const goto_names[] = {"start", "end", "next", "prev"};

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
    return (struct word_list){"place", GOTO_WORDS, word_plain, goto_names};
}

static bool run_window(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                       struct error *error)
{
    (void)sheet;
    (void)error;
    struct channel *channel = argument(arguments, "NAME")->channel;
    const struct value *width = argument(arguments, "WIDTH");
    const struct time_window *window = channel_window(&session->look, channel);
    if (width->choice == 2)
        view_time_all(&session->look, channel);
    else
        view_time_width(&session->look, channel,
                        width->choice < 0    ? width->number
                        : width->choice == 0 ? window->width / 2
                                             : window->width * 2,
                        argument_number(arguments, "at", NAN));
    return true;
}

static bool run_scroll(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                       struct error *error)
{
    (void)sheet;
    (void)error;
    static const double part[] = {-0.25, 0.25, -1, 1};
    struct channel *channel = argument(arguments, "NAME")->channel;
    const struct value *by = argument(arguments, "BY");
    double width = channel_window(&session->look, channel)->width;
    view_time_scroll(&session->look, channel, by->choice < 0 ? by->number : part[by->choice] * width);
    return true;
}

static bool go_to_spike(struct session *session, struct channel *channel, bool next, struct error *error)
{
    char label[64], time[NUMBER_HUMAN];
    if (!view_time_spike(&session->look, channel, next, error))
        return false;
    snprintf(time, sizeof time, "%.9g", channel_window(&session->look, channel)->point.time);
    const char *name = channel_label(channel, (size_t)channel->selected, label, sizeof label);
    session_say(session, "%s%s spikes at %s s", subject_word(name), name, time);
    return true;
}

/* The ends are seen from the edge of the window; a replay goes there. */
static void go_to_end(struct session *session, struct channel *channel, bool end)
{
    struct time_axis axis = view_link_axis(&session->look, channel);
    if (replay_on(&session->look, channel))
        view_time_centre(&session->look, channel, end ? axis.last : axis.first);
    else
        view_time_scroll(&session->look, channel, end ? INFINITY : -INFINITY);
}

static bool run_goto(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                     struct error *error)
{
    (void)sheet;
    struct channel *channel = argument(arguments, "NAME")->channel;
    const struct value *place = argument(arguments, "TIME");
    live_drain(&session->rig);
    if (place->choice == GOTO_NEXT || place->choice == GOTO_PREV)
        return go_to_spike(session, channel, place->choice == GOTO_NEXT, error);
    if (place->choice < 0)
        view_time_centre(&session->look, channel, place->number);
    else
        go_to_end(session, channel, place->choice == GOTO_END);
    return true;
}

#define TIME_SUBJECT                                                                                                   \
    {                                                                                                                  \
        .name = "NAME", .type = TYPE_CHANNEL, .positional = true,                                                      \
        .help = "a population (all share one window) or recording (default: the one in focus)"                         \
    }

static const struct parameter window_parameters[] = {
    TIME_SUBJECT,
    {.name = "WIDTH",
     .type = TYPE_CHOICE,
     .choices = window_words,
     .number_too = true,
     .dimension = DIMENSION_TIME,
     .positional = true,
     .required = true,
     .low = 1e-6,
     .high = 1e9,
     .help = "a time; in: half, out: twice, all: the whole record"},
    {.name = "at",
     .type = TYPE_QUANTITY,
     .dimension = DIMENSION_TIME,
     .help = "the time that stays where it is (default: where goto went, else the middle)"},
    {0}};
static const struct parameter scroll_parameters[] = {TIME_SUBJECT,
                                                     {.name = "BY",
                                                      .type = TYPE_CHOICE,
                                                      .choices = scroll_words,
                                                      .number_too = true,
                                                      .dimension = DIMENSION_TIME,
                                                      .positional = true,
                                                      .required = true,
                                                      .help = "a time, forward or (negative) back; or a direction"},
                                                     {0}};
static const struct parameter goto_parameters[] = {
    TIME_SUBJECT,
    {.name = "TIME",
     .type = TYPE_CHOICE,
     .choices = goto_words,
     .number_too = true,
     .dimension = DIMENSION_TIME,
     .positional = true,
     .required = true,
     .help = "that comes to the middle; start, end; next, prev: spike of the "
             "selected neuron"},
    {0}};

/* ---- select ---- */

static bool run_select(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                       struct error *error)
{
    (void)sheet;
    struct channel *channel = argument(arguments, "NAME")->channel;
    if (!view_select(channel, argument(arguments, "NEURON")->text, error))
        return false;
    view_select_say(&session->look, channel);
    return true;
}

static const char *const select_names[] = {"next", "prev", "none"};

static struct word_list select_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"neuron", 3, word_plain, select_names};
}

static const struct parameter select_parameters[] = {
    {.name = "NAME",
     .type = TYPE_CHANNEL,
     .positional = true,
     .help = "a population or recording (default: the one in focus)"},
    {.name = "NEURON",
     .type = TYPE_TEXT,
     .choices = select_words,
     .positional = true,
     .required = true,
     .help = "its number or label; next, prev (in the order shown), none"},
    {0}};

/* ---- answers, mouse, photograph ---- */

static const char *const answers_names[] = {"up", "down"};

static struct word_list answers_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"direction", 2, word_plain, answers_names};
}

static bool run_answers(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                        struct error *error)
{
    (void)sheet;
    (void)error;
    transcript_scroll(session->transcript, argument(arguments, "WAY")->choice == 0 ? 5 : -5);
    return true;
}

static const struct parameter answers_parameters[] = {{.name = "WAY",
                                                       .type = TYPE_CHOICE,
                                                       .choices = answers_words,
                                                       .positional = true,
                                                       .required = true,
                                                       .help = "up: towards older ones"},
                                                      {0}};

static bool run_clear(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                      struct error *error)
{
    (void)arguments;
    (void)sheet;
    (void)error;
    transcript_clear(session->transcript);
    return true;
}

static bool run_mouse(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                      struct error *error)
{
    (void)sheet;
    (void)error;
    const struct value *state = argument(arguments, "STATE");
    session->settings.mouse = state->given ? state->on : !session->settings.mouse;
    session_note(session, "mouse %s",
                 session->settings.mouse ? "on: clicks choose panes and neurons, dragging pans, the wheel "
                                           "zooms, the right button sets cursors (the terminal's own selection: Shift)"
                                         : "off");
    return true;
}

static const struct parameter mouse_parameters[] = {
    {.name = "STATE", .type = TYPE_SWITCH, .positional = true, .help = "(default: the other one)"}, {0}};

static bool run_save_screen(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                            struct error *error)
{
    (void)sheet;
    const struct value *file = argument(arguments, "FILE");
    const char *path = file->given ? file->text : arguments->file;
    struct text picture = {0};
    struct view view;
    live_drain(&session->rig);
    session_view(session, &view);
    struct canvas *canvas = canvas_new(session->options.width, session->options.height, session_glyphs(session));
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
    {.name = "FILE", .type = TYPE_FILE, .positional = true, .help = "the file (default: it is an answer)"}, {0}};

static const struct command commands[] = {
    {.name = "select",
     .summary = "marks one neuron in every pane",
     .example = "select A 7",
     .immediate = true,
     .parameters = select_parameters,
     .run = run_select},
    {.name = "window",
     .summary = "sets how much time panes show",
     .example = "window 0.5s",
     .immediate = true,
     .parameters = window_parameters,
     .run = run_window},
    {.name = "scroll",
     .summary = "moves the time shown; the record goes on meanwhile",
     .example = "scroll -200ms",
     .immediate = true,
     .parameters = scroll_parameters,
     .run = run_scroll},
    {.name = "goto",
     .summary = "shows a moment",
     .example = "goto 2.5s",
     .immediate = true,
     .parameters = goto_parameters,
     .run = run_goto},
    {.name = "answers",
     .summary = "scrolls the answers of commands",
     .immediate = true,
     .anytime = true,
     .parameters = answers_parameters,
     .run = run_answers},
    {.name = "clear", .summary = "empties the answers", .immediate = true, .anytime = true, .run = run_clear},
    {.name = "mouse",
     .summary = "turns the mouse on or off",
     .immediate = true,
     .anytime = true,
     .parameters = mouse_parameters,
     .run = run_mouse},
    {.name = "save-screen",
     .summary = "saves the screen as text",
     .details = "Works without a terminal, at the size of --size.",
     .example = "save-screen picture.txt",
     .parameters = save_screen_parameters,
     .file = true,
     .run = run_save_screen},
};

const struct command_family family_view = {"Looking", commands, sizeof commands / sizeof *commands};
