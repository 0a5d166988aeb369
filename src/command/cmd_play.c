/* Playing a recording as if it happened now. */
#include <math.h>

#include "command/families.h"
#include "language/command.h"
#include "session/session.h"
#include "view/link.h"
#include "view/replay.h"

static const char *const play_names[] = {"off"};

static struct word_list play_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"word", 1, word_plain, play_names};
}

static bool check_from(const struct channel *channel, const struct time_axis *axis, double from, struct error *error)
{
    return (from >= axis->first && from <= axis->last) ||
           error_set(error, "from=%.9g s: %s goes from %.9g to %.9g s", from, channel->name, axis->first, axis->last);
}

static bool run_play(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                     struct error *error)
{
    (void)sheet;
    struct channel *channel = argument(arguments, "NAME")->channel;
    const struct value *time = argument(arguments, "TIME"), *from = argument(arguments, "from");
    struct time_axis axis = view_link_axis(&session->look, channel);
    if (time->given && time->choice == 0) {
        replay_stop(&session->look);
        return true;
    }
    if (from->given && !check_from(channel, &axis, from->number, error))
        return false;
    replay_advance(&session->look);
    double start = from->given ? from->number : replay_place(&session->look, channel);
    double until = time->given ? fmin(start + time->number, axis.last) : axis.last;
    return replay_play(&session->look, channel, start, until, argument_number(arguments, "speed", NAN), error);
}

static const struct parameter play_parameters[] = {
    {.name = "NAME",
     .type = TYPE_CHANNEL,
     .wanted = CHANNEL_RECORDING,
     .positional = true,
     .help = "a recording (default: the one in focus)"},
    {.name = "TIME",
     .type = TYPE_CHOICE,
     .choices = play_words,
     .number_too = true,
     .dimension = DIMENSION_TIME,
     .positional = true,
     .low = 0,
     .low_open = true,
     .high = 1e300,
     .help = "of the recording, then it stops (default: to its end); off: all is seen again"},
    {.name = "speed",
     .type = TYPE_QUANTITY,
     .low = 0,
     .low_open = true,
     .high = 1e9,
     .help = "seconds of the recording in one of yours (default: as before, 1 at first)"},
    {.name = "from",
     .type = TYPE_QUANTITY,
     .dimension = DIMENSION_TIME,
     .help = "where it starts (default: where it paused, else where goto went, else the left edge)"},
    {0}};

static const struct command commands[] = {
    {.name = "play",
     .summary = "plays a recording as if it happened now",
     .details = "pause and Space pause it, goto moves it, scrolling looks elsewhere while it goes on, follow "
                "returns.\n"
                "In a script it is at its end at once.",
     .example = "play R speed=0.5 from=2s",
     .immediate = true,
     .parameters = play_parameters,
     .run = run_play},
};

const struct command_family family_play = {"Replay", commands, sizeof commands / sizeof *commands};
