/* Walking over the pane of the network. */
#include "command/families.h"
#include "language/command.h"
#include "pane/network_view.h"
#include "pane/pane.h"
#include "rig/wired.h"
#include "session/message.h"
#include "session/session.h"

enum { WALK_UP, WALK_DOWN, WALK_IN, WALK_WORDS };
static const char *const walk_names[] = {"up", "down", "in"};

static struct word_list walk_words(void)
{
    return (struct word_list){"way", WALK_WORDS, word_plain, walk_names};
}

/* What shows a line: a connection's weights, or where it has none what arrives behind it; what a place says. */
static const struct pane_type *shows(const struct session *session, const struct network_row *row, const char **name)
{
    *name = row->name;
    if (row->connection) {
        const struct wired *wired = wired_named(&session->rig, row->name);
        if (wired && wired->built->n_pre > 0 && wired->built->n_post > 0)
            return &pane_weights;
        *name = row->to;
    }
    const struct channel *place = channel_named(&session->rig, *name);
    return place && channel_is_node(place) ? &pane_value : &pane_decoded;
}

/* In the pane behind the one in focus, so that the network stays in sight; a new one where there is none. */
static bool go_in(struct session *session, struct error *error)
{
    struct layout *layout = &session->look.layout;
    const struct network_view *view = &session->look.network.view;
    const char *name;
    if (view->rows == 0)
        return error_set(error, "there is nothing to go into: pane 1 network shows what there is");
    const struct pane_type *type = shows(session, &view->row[view->at], &name);
    size_t at = layout->focus >= 0 ? (size_t)layout->focus : 0, next = (at + 1) % layout->panes + 1;
    bool good =
        layout->panes > 1 ? layout_put(layout, next, type, name, error) : layout_open(layout, type, name, error);
    layout->zoomed = layout->zoomed && !good; /* what was asked for is to be seen */
    if (good)
        session_say(session, "pane %zu: %s %s", layout->panes > 1 ? next : layout->panes, type->name, name);
    return good;
}

static bool run_network(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                        struct error *error)
{
    (void)sheet;
    struct network_view *view = &session->look.network.view;
    const struct layout *layout = &session->look.layout;
    bool seen = false;
    struct view now;
    session_view(session, &now); /* the rows may be others than those of the last frame */
    for (size_t p = 0; p < layout->panes; p++)
        seen = seen || layout->pane[p].type == &pane_network;
    if (!seen)
        return error_set(error, "no pane shows the network: pane 1 network, or open network");
    switch (argument(arguments, "WAY")->choice) {
    case WALK_UP:
        view->at -= view->at > 0;
        return true;
    case WALK_DOWN:
        view->at += view->at + 1 < view->rows;
        return true;
    default:
        return go_in(session, error);
    }
}

static const struct parameter network_parameters[] = {
    {.name = "WAY",
     .type = TYPE_CHOICE,
     .words = walk_words,
     .positional = true,
     .required = true,
     .help = "to the line above or below, or into what stands there"},
    {0},
};

static const struct command commands[] = {
    {.name = "network",
     .summary = "walks over the pane network: up, down, and in",
     .details = "In shows a place's value, or a connection's weights, in the next pane.",
     .example = "network down",
     .immediate = true,
     .parameters = network_parameters,
     .run = run_network},
};

const struct command_family family_walk = {"The network pane", commands, sizeof commands / sizeof *commands};
