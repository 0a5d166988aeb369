/* Two cursors to measure between, and markers that name a time. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "command/families.h"
#include "language/command.h"
#include "rig/live.h"
#include "session/message.h"
#include "session/session.h"
#include "view/cursors.h"
#include "view/link.h"
#include "view/window.h"

/* ---- cursor ---- */

/* Where a cursor goes that is given no time: where goto went, else the present, else the middle. */
static double here(struct session *session, struct channel *channel)
{
    const struct instant *point = &channel_window(&session->look, channel)->point;
    struct time_seen seen = view_time_seen(&session->look, channel);
    if (point->on && point->time >= seen.from && point->time <= seen.to)
        return point->time;
    return seen.now >= seen.from && seen.now <= seen.to ? seen.now : (seen.from + seen.to) / 2;
}

static const char *unit_of(const struct channel *channel, const struct between *between, char *buffer, size_t size)
{
    return between->neuron < 0 ? "all" : channel_label(channel, (size_t)between->neuron, buffer, size);
}

static void say_between(struct session *session, struct channel *channel)
{
    char interval[NUMBER_HUMAN], inverse[NUMBER_HUMAN], spikes[NUMBER_COUNTED], rate[NUMBER_HUMAN], label[64];
    struct between between = view_marks_between(&session->look, channel);
    if (!between.on)
        return;
    number_human(interval, between.interval, DIMENSION_TIME);
    number_human(inverse, 1 / between.interval, DIMENSION_RATE);
    if (!between.counted) {
        session_say(session, "%s between the cursors, %s", interval, inverse);
        return;
    }
    session_say(session, "%s between the cursors, %s; %s%s: %s, %s%s", interval, inverse,
                between.neuron < 0 ? "" : "neuron ", unit_of(channel, &between, label, sizeof label),
                number_counted(spikes, between.spikes, "spike"), between.neuron < 0 ? "mean " : "",
                number_human(rate, between.rate, DIMENSION_RATE));
}

static void put_instant(struct sheet *sheet, const struct instant *instant)
{
    if (instant->on)
        sheet_number(sheet, instant->time);
    else
        sheet_blank(sheet);
}

static bool table_cursors(struct session *session, struct channel *channel, struct sheet *sheet, struct error *error)
{
    static const char *const columns[] = {"t1", "t2", "interval", "neuron", "spikes", "rate", NULL};
    const struct time_window *window = channel_window(&session->look, channel);
    char label[64];
    live_drain(&session->rig);
    struct between between = view_marks_between(&session->look, channel);
    if (!sheet_header(sheet, error, columns))
        return false;
    put_instant(sheet, &window->cursor[0]);
    put_instant(sheet, &window->cursor[1]);
    put_instant(sheet, &(struct instant){between.on, between.interval});
    sheet_text(sheet, unit_of(channel, &between, label, sizeof label));
    if (between.counted)
        sheet_integer(sheet, (int64_t)between.spikes);
    else
        sheet_blank(sheet);
    put_instant(sheet, &(struct instant){between.counted, between.rate});
    sheet_row(sheet);
    return true;
}

enum { CURSOR_1, CURSOR_2, CURSOR_OFF, CURSOR_WORDS };
static const char *const cursor_names[] = {"1", "2", "off"};

static struct word_list cursor_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"cursor", CURSOR_WORDS, word_plain, cursor_names};
}

static bool run_cursor(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                       struct error *error)
{
    struct channel *channel = argument(arguments, "NAME")->channel;
    const struct value *which = argument(arguments, "WHICH"), *time = argument(arguments, "TIME");
    struct time_window *window = channel_window(&session->look, channel);
    if (!which->given)
        return table_cursors(session, channel, sheet, error);
    if (which->choice == CURSOR_OFF && time->given)
        return error_set(error, "cursor off takes both cursors away, so a time says nothing");
    live_drain(&session->rig);
    if (which->choice == CURSOR_OFF)
        window->cursor[0].on = window->cursor[1].on = false;
    else
        window->cursor[which->choice] = (struct instant){true, time->given ? time->number : here(session, channel)};
    view_link_share(&session->look, channel);
    if (which->choice != CURSOR_OFF)
        say_between(session, channel);
    return true;
}

#define CURSOR_SUBJECT                                                                                                 \
    {                                                                                                                  \
        .name = "NAME", .type = TYPE_CHANNEL, .positional = true,                                                      \
        .help = "a population or recording (default: the one in focus)"                                                \
    }

static const struct parameter cursor_parameters[] = {
    CURSOR_SUBJECT,
    {.name = "WHICH",
     .type = TYPE_CHOICE,
     .choices = cursor_words,
     .positional = true,
     .help = "the first, the second, or neither (default: a table of what they measure)"},
    {.name = "TIME",
     .type = TYPE_QUANTITY,
     .dimension = DIMENSION_TIME,
     .positional = true,
     .help = "where it goes (default: where goto went, else now, else the middle of the window)"},
    {0}};

/* ---- mark, unmark ---- */

#define MARKERS_MAX 100000

static bool table_markers(struct session *session, const struct value *name, struct sheet *sheet, struct error *error)
{
    static const char *const columns[] = {"name", "time", "label", NULL};
    if (!sheet_header(sheet, error, columns))
        return false;
    for (size_t i = 0; i < session->look.markers; i++) {
        const struct marker *marker = &session->look.marker[i];
        if (name->given && strcmp(marker->channel, name->channel->name) != 0)
            continue;
        sheet_text(sheet, marker->channel);
        sheet_number(sheet, marker->time);
        sheet_text(sheet, marker->label);
        sheet_row(sheet);
    }
    return true;
}

/* A line that no window of the recording shows is not seen. */
static void say_what_lies_outside(struct session *session, const struct channel *channel, const struct points *times)
{
    char first[NUMBER_HUMAN], last[NUMBER_HUMAN], time[NUMBER_HUMAN];
    size_t outside = 0;
    double from, to, one = 0;
    struct spike_source source = channel_source(channel);
    if (!channel->recording || !source_span(&source, &from, &to))
        return;
    for (size_t i = 0; i < times->count; i++)
        if (times->value[i] < from || times->value[i] > to) {
            one = outside++ ? one : times->value[i];
        }
    if (outside == 1)
        session_note(session, "the marker at %s lies outside of %s, which goes from %s to %s",
                     number_human(time, one, DIMENSION_TIME), channel->name, number_human(first, from, DIMENSION_TIME),
                     number_human(last, to, DIMENSION_TIME));
    else if (outside > 1)
        session_note(session, "%zu of %zu markers lie outside of %s, which goes from %s to %s", outside, times->count,
                     channel->name, number_human(first, from, DIMENSION_TIME), number_human(last, to, DIMENSION_TIME));
}

static bool run_mark(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                     struct error *error)
{
    const struct value *name = argument(arguments, "NAME"), *times = argument(arguments, "TIMES"),
                       *label = argument(arguments, "LABEL");
    if (!times->given)
        return table_markers(session, name, sheet, error);
    if (session->look.markers + times->points.count > MARKERS_MAX)
        return error_set(error, "%zu markers more would be over %d: unmark %s takes some away", times->points.count,
                         MARKERS_MAX, name->channel->name);
    for (size_t i = 0; i < times->points.count; i++)
        view_marks_add(&session->look, name->channel, times->points.value[i], label->given ? label->text : "");
    say_what_lies_outside(session, name->channel, &times->points);
    return true;
}

static const struct parameter mark_parameters[] = {
    CURSOR_SUBJECT,
    {.name = "TIMES",
     .type = TYPE_POINTS,
     .dimension = DIMENSION_TIME,
     .positional = true,
     .column = "time",
     .help = "one or more; @FILE: its column time, else the first (default: a table of the markers)"},
    {.name = "LABEL", .type = TYPE_TEXT, .positional = true, .help = "what stands above the line"},
    {0}};

static bool run_unmark(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                       struct error *error)
{
    (void)sheet;
    struct channel *channel = argument(arguments, "NAME")->channel;
    const struct value *label = argument(arguments, "LABEL");
    size_t gone = view_marks_remove(&session->look, channel, label->given ? label->text : NULL);
    if (gone == 0 && label->given)
        return error_set(error, "%s has no marker '%.40s'", channel->name, label->text);
    session_say(session, "%s: %zu marker%s gone", channel->name, gone, gone == 1 ? " is" : "s are");
    return true;
}

static const struct parameter unmark_parameters[] = {
    CURSOR_SUBJECT,
    {.name = "LABEL", .type = TYPE_TEXT, .positional = true, .help = "only those called so (default: all)"},
    {0}};

static const struct command commands[] = {
    {.name = "cursor",
     .summary = "measures between two times, or tables what they measure",
     .details = "Spikes and rate are the selected neuron's, from the earlier cursor on and before the later one;\n"
                "with none selected all neurons' spikes, and their mean rate.",
     .example = "cursor R 1 0.5s; cursor R 2 0.75s; cursor R",
     .table = true,
     .immediate = true,
     .parameters = cursor_parameters,
     .run = run_cursor},
    {.name = "mark",
     .summary = "marks times with a line and a label, or tables the markers",
     .example = "mark R 2.5s stimulus",
     .table = true,
     .immediate = true,
     .parameters = mark_parameters,
     .run = run_mark},
    {.name = "unmark",
     .summary = "takes markers away",
     .example = "unmark R stimulus",
     .immediate = true,
     .parameters = unmark_parameters,
     .run = run_unmark},
};

const struct command_family family_cursor = {"Measuring", commands, sizeof commands / sizeof *commands};
