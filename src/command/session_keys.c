/* Keys and mouse become commands, so that whatever they do can also be typed and scripted. */
#include <stdio.h>
#include <string.h>

#include "command/keymap.h"
#include "command/session.h"
#include "command/state.h"
#include "draw/frame.h"

static bool counts(const struct session *session, enum key_context context, bool line_empty)
{
    switch (context) {
    case KEYS_HELP:
        return session->help.length > 0;
    case KEYS_PANE:
        return session->layout.focus >= 0;
    case KEYS_TYPED:
        return session->layout.focus >= 0 && line_empty;
    case KEYS_EMPTY:
        return line_empty;
    case KEYS_ALWAYS:
        return true;
    }
    return false;
}

static void run_key(struct session *session, const char *command)
{
    session_unstop();
    session->quiet = true;
    line_run(session, command, NULL, 0);
    session->quiet = false;
}

bool session_key(struct session *session, const char *name, bool line_empty)
{
    for (size_t i = 0; i < keymap_count; i++)
        if (strcmp(keymap[i].key, name) == 0 && counts(session, keymap[i].context, line_empty)) {
            run_key(session, keymap[i].command);
            return true;
        }
    return false;
}

const char *session_keys_short(const struct session *session)
{
    if (session->help.length > 0)
        return "Esc close  PgUp/PgDn scroll";
    if (session->layout.focus >= 0)
        return "Up/Down neuron  Left/Right time  +/- window  F5 zoom  Esc back";
    return "F1 help  Tab complete  F2-F4 pane  Space run/pause  ^C stop";
}

static void click(struct session *session, int pane, const struct pane_hit *hit)
{
    char command[SUBJECT_NAME + 64], label[64];
    if (session->layout.focus != pane) {
        snprintf(command, sizeof command, "focus %d", pane + 1);
        run_key(session, command);
    }
    const struct channel *channel = channel_named(session, session->layout.pane[pane].subject);
    if (!channel || hit->neuron < 0 || (size_t)hit->neuron >= channel_neurons(channel))
        return;
    snprintf(command, sizeof command, "select %s '%s'", channel->name,
             channel_label(channel, (size_t)hit->neuron, label, sizeof label));
    run_key(session, command);
}

void session_mouse(struct session *session, const char *name, int column, int row, int width, int height)
{
    struct view view;
    struct pane_hit hit = {.neuron = -1};
    int pane = -1;
    session_view(session, &view);
    enum frame_place place = frame_hit(&view, width, height, column, row, &pane, &hit);
    bool wheel_up = strcmp(name, "WheelUp") == 0, wheel_down = strcmp(name, "WheelDown") == 0;
    if (place == FRAME_PANE && strcmp(name, "Click") == 0)
        click(session, pane, &hit);
    else if (place == FRAME_PROMPT && strcmp(name, "Click") == 0)
        run_key(session, "focus 0");
    else if (place == FRAME_PANE && (wheel_up || wheel_down))
        run_key(session, wheel_up ? "window in" : "window out");
    else if (place == FRAME_OUTPUT && (wheel_up || wheel_down))
        transcript_scroll(session->transcript, wheel_up ? 3 : -3);
}
