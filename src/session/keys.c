/* Keys become commands, so that whatever they do can also be typed and scripted. */
#include <string.h>

#include "base/stop.h"
#include "language/help_search.h"
#include "pane/pane.h"
#include "session/keymap.h"
#include "session/line.h"
#include "session/session.h"
#include "session/stop.h"

/* A pane has the keys, and it is about this. */
static bool focus_on(const struct session *session, enum pane_about about)
{
    const struct layout *layout = &session->look.layout;
    return layout->focus >= 0 && layout->pane[layout->focus].type->about == about;
}

/* ... or about a channel, or a connection between two. */
static bool focus_on_channel(const struct session *session)
{
    return focus_on(session, PANE_CHANNEL) || focus_on(session, PANE_CONNECTION);
}

/* ... or about a connection, with neurons across as well as up. */
static bool focus_on_map(const struct session *session)
{
    const struct layout *layout = &session->look.layout;
    return layout->focus >= 0 && layout->pane[layout->focus].type->across;
}

static bool counts(const struct session *session, enum key_context context, bool line_empty)
{
    switch (context) {
    case KEYS_HELP:
        return session->help.length > 0;
    case KEYS_POINT:
        return focus_on(session, PANE_MEAN_FIELD);
    case KEYS_NETWORK:
        return focus_on(session, PANE_NETWORK);
    case KEYS_MAP:
        return focus_on_map(session);
    case KEYS_MAP_TYPED:
        return focus_on_map(session) && line_empty;
    case KEYS_PANE:
        return focus_on_channel(session);
    case KEYS_TYPED:
        return focus_on_channel(session) && line_empty;
    case KEYS_KNOB:
        return knobs_focused(session) && line_empty;
    case KEYS_KNOBS:
        return knobs_focused(session) && line_empty && session->knobs.count > 1;
    case KEYS_STOP:
        return stop_stands(session) && line_empty;
    case KEYS_STOP_ARROW:
        return stop_stands(session) && line_empty && session->look.layout.focus < 0 && !knobs_focused(session);
    case KEYS_EMPTY:
        return line_empty;
    case KEYS_ALWAYS:
        return true;
    }
    return false;
}

void session_run_quietly(struct session *session, const char *command)
{
    if (!session->job)
        stop_forget();
    session->quiet = true;
    line_run(session, command, NULL, 0);
    session->quiet = false;
}

bool session_key(struct session *session, const char *name, bool line_empty)
{
    for (size_t i = 0; i < keymap_count; i++)
        if (strcmp(keymap[i].key, name) == 0 && counts(session, keymap[i].context, line_empty)) {
            session_run_quietly(session, keymap[i].command);
            return true;
        }
    return false;
}

void session_help(struct session *session, const char *line, size_t cursor)
{
    bool shown = session->help.length > 0;
    text_free(&session->help);
    session->help_scroll = 0;
    if (!shown)
        help_at(session, line, cursor, &session->help);
}

const char *session_keys_short(struct session *session)
{
    if (session->help.length > 0)
        return "Esc close  PgUp/PgDn scroll";
    if (stop_stands(session) && session->look.layout.focus < 0 && !knobs_focused(session))
        return stop_keys(session);
    if (focus_on(session, PANE_MEAN_FIELD))
        return "Arrows move the star  Shift: by points of the grid  Esc back";
    if (focus_on(session, PANE_NETWORK))
        return "Up/Down walk  Enter shows what is there beside it  Esc back";
    if (focus_on_map(session))
        return "Arrows neuron  </> rows  +/- columns  PgUp/PgDn, Shift-arrows pan  Esc back";
    if (session->look.layout.focus >= 0)
        return "Up/Down neuron  Left/Right time  +/- </> zoom  ./, spike  Esc back";
    const struct knob *knob = &session->knobs.knob[session->knobs.chosen];
    if (knobs_focused(session) && knob->armed)
        return "Backspace again: as it was at first";
    if (knobs_focused(session) && stop_stands(session))
        return "Left/Right turn  Enter on  PgUp back  quit lesson";
    if (knobs_focused(session))
        return session->knobs.count > 1
                   ? "Left/Right turn, Shift: coarse  Up/Down knob  Backspace twice resets  Esc back"
                   : "Left/Right turn, Shift: coarse  Backspace twice resets  Esc back";
    if (session->knobs.count > 0)
        return "F1 help  F9 knobs  Tab complete  F2-F4 pane  Space run/pause";
    return "F1 help  Tab complete  F2-F4 pane  Space run/pause  ^C stop";
}
