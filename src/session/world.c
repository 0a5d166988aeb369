#include "session/world.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/xalloc.h"
#include "engine/engine.h"
#include "rig/live.h"
#include "session/message.h"
#include "session/wiring.h"

void world_init(struct session *session, struct port *engine)
{
    const struct session_options *options = &session->options;
    meanfield_state_init(&session->meanfield);
    /* A page that fills is for watching; a picture of a script's end shows what came last. */
    session->look = (struct look){.rig = &session->rig,
                                  .window = {.width = 0.5, .follow = true},
                                  .sweep = options->screen,
                                  .clock = options->clock ? options->clock : clock_seconds};
    session->rig = (struct rig){
        .voice = {session_tell, session}, .history = 256, .seed = 1, .input = options->has_input ? options->input : -1};
    session->rig.engine = engine ? engine : engine_open(ENGINE_DT_DEFAULT);
    session->rig.status = port_status(session->rig.engine);
    xgrow(&session->rig.length, &session->rig.length_capacity, 1, sizeof *session->rig.length);
    session->rig.length[session->rig.lengths++] = (struct step_length){0, session->rig.status.dt};
    layout_init(&session->look.layout);
    knobs_init(&session->knobs);
    session->journal = (struct journal){0};
    session->pins = (struct pins){0};
    session->mean_field_panes = mean_field_panes_new();
    session->lost_said = false;
    session->wires_asked = 0;
    session->waits = false;
}

void world_free(struct session *session)
{
    journal_free(&session->journal);
    pins_free(&session->pins);
    port_free(session->rig.engine);
    wiring_free(session);
    for (size_t i = 0; i < session->rig.channels; i++)
        channel_free(session->rig.channel[i]);
    free(session->look.marker);
    network_rows_free(&session->look.network);
    knobs_free(&session->knobs);
    free(session->rig.length);
    mean_field_panes_free(session->mean_field_panes);
}

/* A picture that was to stand is one of this world. */
static void thaw(struct session *session)
{
    canvas_free(session->frozen);
    session->frozen = NULL;
}

struct world *world_put_aside(struct session *session)
{
    struct world *world = xcalloc(1, sizeof *world);
    session->rig.status = port_status(session->rig.engine);
    world->ran = session->rig.status.running;
    port_pause(session->rig.engine);
    live_drain(&session->rig);
    world->rig = session->rig;
    world->look = session->look;
    world->meanfield = session->meanfield;
    world->mean_field_panes = session->mean_field_panes;
    world->knobs = session->knobs;
    thaw(session);
    journal_leave(session); /* the command that does this is no step of either world */
    world->journal = session->journal;
    world->pins = session->pins;
    world->settings = session->settings;
    world->transcript = session->transcript;
    world->lost_said = session->lost_said;
    world->wires_asked = session->wires_asked;
    session->transcript = transcript_new(TRANSCRIPT_LINES);
    world_init(session, NULL);
    journal_open(session);
    session->rig.input = -1; /* what arrives belongs to the other world */
    return world;
}

static void place(struct session *session, struct world *world)
{
    session->rig = world->rig;
    session->look = world->look;
    session->meanfield = world->meanfield;
    session->mean_field_panes = world->mean_field_panes;
    session->knobs = world->knobs;
    session->journal = world->journal;
    session->pins = world->pins;
    session->settings = world->settings;
    session->transcript = world->transcript;
    session->lost_said = world->lost_said;
    session->wires_asked = world->wires_asked;
    free(world);
}

void world_bring_back(struct session *session, struct world *world, bool go_on)
{
    struct error ignored;
    bool ran = world->ran && go_on;
    thaw(session);
    world_free(session);
    transcript_free(session->transcript);
    place(session, world);
    session->waits = false;
    if (ran)
        port_run(session->rig.engine, &ignored);
    session->rig.status = port_status(session->rig.engine);
}
