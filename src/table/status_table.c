/* The state of a session in a few rows: time, what there is, what panes show, what is under way. */
#include <math.h>
#include <stdio.h>

#include "rig/live.h"
#include "rig/rig.h"
#include "rig/wired.h"
#include "pane/pane.h"
#include "session/job.h"
#include "session/knob.h"
#include "session/session.h"
#include "table/known_table.h"

static void put(struct sheet *sheet, const char *thing, const char *state)
{
    sheet_text(sheet, thing);
    sheet_text(sheet, state);
    sheet_row(sheet);
}

static void put_simulation(const struct session *session, struct sheet *sheet)
{
    const struct engine_status *status = &session->rig.status;
    char time[NUMBER_HUMAN], dt[NUMBER_HUMAN], speed[NUMBER_HUMAN], state[200];
    number_human(time, status->time, DIMENSION_TIME);
    number_human(dt, status->dt, DIMENSION_TIME);
    number_round(speed, status->speed, 4);
    snprintf(state, sizeof state, "%s at %s, dt %s, %s%s", status->running ? "running" : "paused", time, dt,
             isinf(status->speed) ? "as fast as possible" : speed, isinf(status->speed) ? "" : " times real time");
    put(sheet, "simulation", status->lost ? status->lost : state);
}

static void put_channel(const struct channel *channel, struct sheet *sheet)
{
    struct spike_source source = channel_source(channel);
    char about[256], state[640], spikes[NUMBER_COUNTED], from[NUMBER_HUMAN], to[NUMBER_HUMAN];
    double first = NAN, last = NAN;
    bool any = source.neurons > 0 && source_span(&source, &first, &last);
    channel_about(channel, about, sizeof about);
    int used = snprintf(state, sizeof state, "%s, %s", channel_kind(channel), about);
    if (channel->population)
        used += snprintf(state + used, sizeof state - (size_t)used, ", x = %s", channel->input_text);
    if (any)
        snprintf(state + used, sizeof state - (size_t)used, ", %s from %s to %s",
                 number_counted(spikes, source_count(&source, first, last), "spike"),
                 number_human(from, first, DIMENSION_TIME), number_human(to, last, DIMENSION_TIME));
    put(sheet, channel->name, state);
}

static void put_wired(const struct rig *rig, const struct wired *wired, struct sheet *sheet)
{
    char state[160];
    snprintf(state, sizeof state, "connection from %s to %s, %s%s%s", wired_place(rig, wired->spec.pre)->name,
             wired_place(rig, wired->spec.post)->name, wired->spec.kind->name,
             wired->spec.learning.rule ? ", learns by " : "",
             wired->spec.learning.rule ? wired->spec.learning.rule->name : "");
    put(sheet, wired->face.name, state);
}

static void put_panes(const struct session *session, struct sheet *sheet)
{
    const struct layout *layout = &session->look.layout;
    for (size_t i = 0; i < layout->panes; i++) {
        char thing[32], state[160];
        snprintf(thing, sizeof thing, "pane %zu", i + 1);
        snprintf(state, sizeof state, "%s %s%s", layout->pane[i].type->name, layout->pane[i].subject,
                 layout->focus == (int)i ? ", in focus" : "");
        put(sheet, thing, state);
    }
}

/* What goes on besides the simulation. */
static void put_under_way(const struct session *session, struct sheet *sheet)
{
    const struct replay *replay = &session->look.replay;
    char state[160], at[NUMBER_HUMAN];
    if (replay->channel) {
        snprintf(state, sizeof state, "%s %s at %s", replay->channel->name, replay->running ? "plays" : "is paused",
                 number_human(at, replay->at, DIMENSION_TIME));
        put(sheet, "replay", state);
    }
    if (session->job)
        put(sheet, "work", job_bar(session) ? job_bar(session) : "goes on");
    for (size_t i = 0; i < session->knobs.count; i++) {
        const struct knob *knob = &session->knobs.knob[i];
        char now[NUMBER_HUMAN];
        snprintf(state, sizeof state, "%s%s%s at %s", knob->channel, knob->channel[0] ? " " : "", knob->key,
                 number_human(now, knob_now(session, knob, NULL, 0), knob->dimension));
        put(sheet, "knob", state);
    }
}

bool status_table(struct session *session, struct sheet *sheet, struct error *error)
{
    static const char *const columns[] = {"thing", "state", NULL};
    struct rig *rig = &session->rig;
    live_drain(rig);
    rig->status = port_status(rig->engine);
    if (!sheet_header(sheet, error, columns))
        return false;
    put_simulation(session, sheet);
    for (size_t i = 0; i < rig->channels; i++)
        put_channel(rig->channel[i], sheet);
    for (size_t i = 0; i < rig->wires; i++)
        put_wired(rig, rig->wired[i], sheet);
    put_panes(session, sheet);
    put_under_way(session, sheet);
    return true;
}
