/* A channel goes, and with it all that points to it. */
#include "session/removal.h"

#include "rig/rig.h"
#include "view/cursors.h"

void channel_remove(struct session *session, struct channel *channel)
{
    if (session->look.replay.channel == channel)
        session->look.replay = (struct replay){0};
    view_marks_remove(&session->look, channel, NULL);
    channel_drop(&session->rig, channel);
    knobs_prune(session);
}

void live_remove(struct session *session, struct channel *channel)
{
    port_empty(session->rig.engine, channel->slot);
    channel_remove(session, channel);
}
