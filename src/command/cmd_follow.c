/* Inputs that are looked at while they arrive. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "command/families.h"
#include "typed/load_rows.h"
#include "language/command.h"
#include "rig/followed.h"
#include "rig/rig.h"
#include "session/message.h"
#include "session/session.h"
#include "view/arrange.h"
#include "view/window.h"

#define WINDOW 2.0 /* s, shown at first */

/* Live panes and streams show their end again, a replay where it is. */
static void show_present(struct session *session)
{
    view_time_present(&session->look);
    for (size_t i = 0; i < session->rig.channels; i++)
        if (session->rig.channel[i]->followed)
            view_time_follow(&session->look, session->rig.channel[i]);
    if (session->look.replay.channel)
        view_time_follow(&session->look, session->look.replay.channel);
}

static struct follow_request read_request(const struct arguments *arguments)
{
    const struct value *keep = argument(arguments, "keep");
    return (struct follow_request){
        .source = argument(arguments, "FILE")->text, .keep = keep->number, .options = load_rows_options(arguments)};
}

/* What there is in the interface, and all of it in a script. */
static bool read_now(struct session *session, struct channel *channel, struct error *error)
{
    if (!session->options.screen && !session->options.interactive)
        return followed_read_all(&session->rig, channel, error);
    followed_read(&session->rig, channel, 0.02);
    return true;
}

/* `follow R unit=ms`: a stream is named instead of a file. */
static bool change(struct session *session, struct channel *channel, const struct arguments *arguments,
                   struct error *error)
{
    struct follow_request request = read_request(arguments);
    struct text report = {0};
    if (!argument(arguments, "keep")->given)
        request.keep = 0;
    if (!followed_change(&session->rig, channel, &request, error) || !read_now(session, channel, error))
        return false;
    view_time_follow(&session->look, channel);
    followed_report(channel->followed, channel->name, &report);
    if (!session->quiet)
        session_report(session, text_string(&report));
    text_free(&report);
    return true;
}

static bool choose_name(const struct session *session, const struct arguments *arguments, char *name,
                        struct error *error)
{
    const char *source = argument(arguments, "FILE")->text;
    if (argument(arguments, "NAME")->given)
        snprintf(name, SUBJECT_NAME, "%s", argument(arguments, "NAME")->text);
    else if (argument(arguments, "as")->given)
        return error_set(error, "a name is missing after 'as'");
    else if (strcmp(source, "-") == 0)
        strcpy(name, "R");
    else
        channel_name_from_path(source, name);
    const struct channel *channel = channel_named(&session->rig, name);
    return !channel || channel->followed ||
           error_set(error, "%s is a %s: follow %.100s as another name, or `remove %s` first", name,
                     channel_kind(channel), source, name);
}

static bool start(struct session *session, const struct arguments *arguments, struct error *error)
{
    char name[SUBJECT_NAME];
    struct follow_request request = read_request(arguments);
    if (!choose_name(session, arguments, name, error))
        return false;
    struct followed *followed = followed_new(&session->rig, &request, error);
    if (!followed)
        return false;
    struct channel *channel = channel_named(&session->rig, name);
    if (!channel)
        channel = channel_add(&session->rig, name, error);
    if (!channel) {
        followed_free(followed);
        return false;
    }
    followed_free(channel->followed);
    channel->followed = followed;
    channel->selected = -1;
    channel->window = (struct time_window){.width = WINDOW, .follow = true};
    channel_show(&session->look, channel);
    return read_now(session, channel, error);
}

static bool run_follow(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                       struct error *error)
{
    (void)sheet;
    const struct value *source = argument(arguments, "FILE");
    if (!source->given) {
        show_present(session);
        return true;
    }
    struct channel *channel = channel_named(&session->rig, source->text);
    if (!channel || argument(arguments, "as")->given || argument(arguments, "NAME")->given)
        return start(session, arguments, error);
    if (channel->followed)
        return change(session, channel, arguments, error);
    if (!channel->population)
        return error_set(error,
                         "%s is a recording: it is all there already; follow FILE as NAME follows a file that "
                         "grows",
                         channel->name);
    view_time_follow(&session->look, channel);
    return true;
}

/* `follow FILE as NAME keep=... ` and the options of load. */
static const struct parameter follow_parameters[] = {
    {.name = "FILE",
     .type = TYPE_FILE,
     .positional = true,
     .help = "a file that grows, a named pipe, - (standard input), or what is followed already"},
    {.name = "as", .type = TYPE_LITERAL, .positional = true, .help = "a word between the two"},
    {.name = "NAME", .type = TYPE_NAME, .positional = true, .help = "what to call it (default: from the file's name)"},
    {.name = "keep",
     .type = TYPE_QUANTITY,
     .dimension = DIMENSION_TIME,
     .low = 0,
     .low_open = true,
     .high = INFINITY,
     .infinite = true,
     .fallback = "60s",
     .help = "how much is kept, back from the newest spike; inf: as much as memory (set history) allows"},
    LOAD_ROWS,
    {0},
};

/* ---- unfollow ---- */

static bool run_unfollow(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                         struct error *error)
{
    (void)sheet;
    struct channel *channel = argument(arguments, "NAME")->channel;
    char spikes[NUMBER_COUNTED];
    if (!channel->followed)
        return error_set(error, "%s is a %s: only what is followed can be unfollowed", channel->name,
                         channel_kind(channel));
    channel_keep_recording(channel);
    session_say(session, "%s is a recording now: %s", channel->name,
                number_counted(spikes, channel->recording->spikes, "spike"));
    return true;
}

static const struct parameter unfollow_parameters[] = {
    {.name = "NAME",
     .type = TYPE_CHANNEL,
     .positional = true,
     .wanted = CHANNEL_STREAM,
     .help = "what is followed (default: the one in focus)"},
    {0},
};

static const struct command commands[] = {
    {.name = "follow",
     .summary = "shows spikes as they arrive; without a file, shows the present again after scrolling back",
     .details = "What is found by looking is reported, as by load, and follow NAME unit=ms changes it. follow "
                "NAME alone "
                "tells what has come. In a script the input is read to its end.",
     .example = "follow spikes.dat as R keep=30s",
     .immediate = true,
     .parameters = follow_parameters,
     .run = run_follow},
    {.name = "unfollow",
     .summary = "stops following; what is kept becomes a recording",
     .example = "unfollow R",
     .parameters = unfollow_parameters,
     .run = run_unfollow},
};

const struct command_family family_follow = {"Following", commands, sizeof commands / sizeof *commands};
