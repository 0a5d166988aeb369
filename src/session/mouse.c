/* The mouse does what commands do: a click chooses a pane and a neuron, dragging pans, the wheel zooms round
 * the pointer, the right button sets the cursors. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "frame/frame.h"
#include "rig/rig.h"
#include "rig/rows.h"
#include "session/line.h"
#include "session/session.h"
#include "view/link.h"
#include "view/window.h"

#define WHEEL_ZOOM 1.5

/* What lies under the pointer. */
struct pointed {
    struct channel *channel; /* NULL: no pane */
    int pane;
    struct pane_hit hit; /* its neuron is one of the channel, or -1 */
};

static void choose(struct session *session, const struct pointed *p)
{
    char command[SUBJECT_NAME + 160], label[128];
    if (session->look.layout.focus != p->pane) {
        snprintf(command, sizeof command, "focus %d", p->pane + 1);
        session_run_quietly(session, command);
    }
    session->look.drag =
        (struct drag){.on = !isnan(p->hit.time), .pane = p->pane, .time = p->hit.time, .neuron = p->hit.neuron};
    if (!p->channel || p->hit.neuron < 0)
        return;
    snprintf(command, sizeof command, "select %s '%s'", p->channel->name,
             channel_label(p->channel, (size_t)p->hit.neuron, label, sizeof label));
    session_run_quietly(session, command);
}

/* What was under the pointer when it was pressed comes under it again. */
static void drag(struct session *session, const struct pointed *p)
{
    const struct drag *from = &session->look.drag;
    if (!from->on || from->pane != p->pane || !p->channel)
        return;
    if (!isnan(p->hit.time) && p->hit.time != from->time)
        view_time_scroll(&session->look, p->channel, from->time - p->hit.time);
    if (from->neuron < 0 || p->hit.neuron < 0)
        return;
    long was = view_rows_place(p->channel, from->neuron), is = view_rows_place(p->channel, p->hit.neuron);
    if (was >= 0 && is >= 0)
        view_rows_scroll(p->channel, (double)(was - is));
}

/* The first right click sets cursor 1, the second cursor 2, further ones move them in turn. */
static void set_cursor(struct session *session, const struct pointed *p, bool again)
{
    struct time_window *window = channel_window(&session->look, p->channel);
    if (isnan(p->hit.time))
        return;
    if (!again)
        session->look.cursor_put = !window->cursor[0].on ? 0 : !window->cursor[1].on ? 1 : !session->look.cursor_put;
    window->cursor[session->look.cursor_put] = (struct instant){true, p->hit.time};
    view_link_share(&session->look, p->channel);
}

static void turn_wheel(struct session *session, const struct pointed *p, const char *name)
{
    bool in = strstr(name, "WheelUp") || strstr(name, "WheelLeft");
    double width = channel_window(&session->look, p->channel)->width;
    size_t rows = view_rows_count(p->channel);
    if (strncmp(name, "C-", 2) == 0)
        view_rows_zoom(p->channel, (size_t)ceil(in ? (double)rows / WHEEL_ZOOM : (double)rows * WHEEL_ZOOM),
                       p->hit.neuron);
    else if (strncmp(name, "M-", 2) == 0)
        view_rows_scroll(p->channel, fmax(1, 0.1 * (double)rows) * (in ? 1 : -1));
    else if (strncmp(name, "S-", 2) == 0 || strstr(name, "Left") || strstr(name, "Right"))
        view_time_scroll(&session->look, p->channel, (in ? -0.1 : 0.1) * width);
    else
        view_time_width(&session->look, p->channel, in ? width / WHEEL_ZOOM : width * WHEEL_ZOOM, p->hit.time);
}

/* The star comes under the pointer. */
static void move_star(struct session *session, const struct pointed *p, bool click)
{
    char command[96];
    if (click && session->look.layout.focus != p->pane) {
        snprintf(command, sizeof command, "focus %d", p->pane + 1);
        session_run_quietly(session, command);
    }
    if (isnan(p->hit.mu))
        return;
    snprintf(command, sizeof command, "meanfield set mu=%.4gmV sigma=%.4gmV", 1e3 * p->hit.mu,
             1e3 * fmax(p->hit.sigma, 0));
    session_run_quietly(session, command);
}

static void in_pane(struct session *session, const struct pointed *p, const char *name)
{
    bool star = session->look.layout.pane[p->pane].type->about == PANE_MEAN_FIELD, click = strcmp(name, "Click") == 0;
    if (star && (click || strcmp(name, "Drag") == 0))
        move_star(session, p, click);
    else if (click)
        choose(session, p);
    else if (strcmp(name, "Drag") == 0)
        drag(session, p);
    else if (strcmp(name, "RightClick") == 0 && p->channel)
        set_cursor(session, p, false);
    else if (strcmp(name, "RightDrag") == 0 && p->channel)
        set_cursor(session, p, true);
    else if (strstr(name, "Wheel") && p->channel)
        turn_wheel(session, p, name);
}

/* ---- knobs ---- */

#define DOUBLE_CLICK 0.4 /* s */

/* A second click at the same place takes it back to what it was at first. */
static void click_knob(struct session *session, int index, double part)
{
    struct knobs *knobs = &session->knobs;
    struct error ignored;
    double now = session->options.clock ? session->options.clock() : clock_seconds();
    bool again = now - knobs->clicked < DOUBLE_CLICK && knobs->clicked_at == part && knobs->chosen == (size_t)index;
    knobs_choose(session, (size_t)index);
    knobs_focus(session, true);
    knobs->clicked = again ? -INFINITY : now;
    knobs->clicked_at = part;
    knobs->dragged = again ? -1 : index;
    if (again)
        knob_reset(session, &knobs->knob[index], &ignored);
    else if (!isnan(part))
        knob_turn_to(session, &knobs->knob[index], part, &ignored);
}

static void on_knob(struct session *session, int index, const char *name, double part)
{
    struct error ignored;
    struct knob *knob = &session->knobs.knob[index];
    if (strcmp(name, "Click") == 0)
        click_knob(session, index, part);
    else if (strstr(name, "Wheel"))
        knob_turn(session, knob,
                  (strstr(name, "Up") || strstr(name, "Right") ? 1 : -1) * (name[0] == 'W' ? 1 : KNOB_COARSE),
                  &ignored);
}

/* Dragged on, wherever the pointer is by now. */
static bool drag_knob(struct session *session, const struct view *view, const char *name, int column, int width,
                      int height)
{
    struct knobs *knobs = &session->knobs;
    struct error ignored;
    if (strcmp(name, "Drag") != 0)
        knobs->dragged = -1;
    if (knobs->dragged < 0)
        return false;
    double part = frame_knob(view, width, height, (int)knobs->dragged, column);
    if (!isnan(part))
        knob_turn_to(session, &knobs->knob[knobs->dragged], part, &ignored);
    return true;
}

void session_mouse(struct session *session, const char *name, int column, int row, int width, int height)
{
    struct view view;
    struct pointed p = {.pane = -1};
    session_view(session, &view);
    enum frame_place place = frame_hit(&view, width, height, column, row, &p.pane, &p.hit);
    if (strcmp(name, "Drag") != 0)
        session->look.drag.on = false;
    if (drag_knob(session, &view, name, column, width, height))
        return;
    if (place == FRAME_PANE) {
        p.channel = channel_named(&session->rig, session->look.layout.pane[p.pane].subject);
        if (p.channel && p.hit.neuron >= (long)channel_neurons(p.channel))
            p.hit.neuron = -1;
        in_pane(session, &p, name);
    } else if (place == FRAME_KNOB) {
        on_knob(session, p.pane, name, frame_knob(&view, width, height, p.pane, column));
    } else if (place == FRAME_PROMPT && strcmp(name, "Click") == 0) {
        session_run_quietly(session, "focus 0");
    } else if (place == FRAME_OUTPUT && strncmp(name, "Wheel", 5) == 0) {
        transcript_scroll(session->transcript, strcmp(name, "WheelUp") == 0 ? 3 : -3);
    }
}
