/* The working point that panes of the mean field mark, moved by steps, and what their maps and curves cover.
 */
#include "command/families.h"
#include "language/command.h"
#include "session/message.h"
#include "session/session.h"
#include "view/mean_field.h"

static const struct {
    const char *word;
    int right, up;
    bool far;
} ways[] = {
    {"left", -1, 0, false},    {"right", 1, 0, false},    {"up", 0, 1, false},    {"down", 0, -1, false},
    {"far-left", -1, 0, true}, {"far-right", 1, 0, true}, {"far-up", 0, 1, true}, {"far-down", 0, -1, true},
};

static const char *way_name(const void *list, size_t i)
{
    (void)list;
    return ways[i].word;
}

static struct word_list way_words(void)
{
    return (struct word_list){"way", sizeof ways / sizeof *ways, way_name, NULL};
}

static bool run_star(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                     struct error *error)
{
    (void)sheet;
    struct mean_field_panes *panes = session->mean_field_panes;
    const struct value *way = argument(arguments, "WAY"), *mu = argument(arguments, "over_mu"),
                       *sigma = argument(arguments, "over_sigma"), *freq = argument(arguments, "freq");
    struct working_point *star = &session->meanfield.point;
    char typed[2][NUMBER_HUMAN];
    if (!way->given && !mu->given && !sigma->given && !freq->given)
        return error_set(error,
                         "star where? star left, right, up or down; meanfield set mu=8mV sigma=6mV puts it there");
    struct mean_field_grid before = panes->grid;
    if ((mu->given && !mean_field_panes_side(panes, false, &mu->points, error)) ||
        (sigma->given && !mean_field_panes_side(panes, true, &sigma->points, error)) ||
        (freq->given && !mean_field_panes_frequencies(panes, &freq->points, error))) {
        panes->grid = before; /* all or nothing */
        return false;
    }
    if (way->given)
        *star =
            mean_field_panes_step(panes, *star, ways[way->choice].right, ways[way->choice].up, ways[way->choice].far);
    session_say(session, "star at mu %s, sigma %s; maps of %zu by %zu points",
                number_human(typed[0], star->mu, DIMENSION_VOLT), number_human(typed[1], star->sigma, DIMENSION_VOLT),
                panes->grid.mus, panes->grid.sigmas);
    return true;
}

static const struct parameter parameters[] = {
    {.name = "WAY",
     .type = TYPE_CHOICE,
     .words = way_words,
     .positional = true,
     .help = "a small step, or far: to the next line of the grid"},
    {.name = "over_mu",
     .type = TYPE_POINTS,
     .dimension = DIMENSION_VOLT,
     .low = -MEANFIELD_VOLTS_MAX,
     .high = MEANFIELD_VOLTS_MAX,
     .help = "means of the maps (6mV:12mV:4 at first)"},
    {.name = "over_sigma",
     .type = TYPE_POINTS,
     .dimension = DIMENSION_VOLT,
     .high = MEANFIELD_VOLTS_MAX,
     .help = "their deviations (6mV:12mV:4 at first)"},
    {.name = "freq",
     .type = TYPE_POINTS,
     .dimension = DIMENSION_RATE,
     .help = "frequencies of the curves and of the fits (1Hz:199Hz:199 at first)"},
    {0},
};

static const struct command commands[] = {
    {.name = "star",
     .summary = "moves the working point that mean-field panes mark, or sets what their maps cover",
     .details = "open external, open transfer and open mapping show the mean field. Arrow keys move the star "
                "in the\n"
                "pane in focus, and so does the mouse; knob mu 2mV:14mV makes a slider of it, and meanfield "
                "set puts it.",
     .example = "star over_mu=2mV:14mV:25 over_sigma=1mV:13mV:25",
     .parameters = parameters,
     .immediate = true,
     .run = run_star},
};

const struct command_family family_star = {"Mean-field panes", commands, sizeof commands / sizeof *commands};
