/* Connections of an engine in another process. */
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "remote_state.h"

static void joints_free(struct joints *joints)
{
    for (size_t i = 0; i < joints->count; i++)
        connection_spec_free(&joints->spec[i]);
    free(joints->spec);
    *joints = (struct joints){0};
}

void remote_joints_free(struct remote *remote)
{
    joints_free(&remote->joined);
    joints_free(&remote->prepared);
    codec_learned_free(&remote->learned);
}

bool remote_connections(struct port *port, const struct port_connection *connection, size_t count, struct error *error)
{
    struct remote *remote = remote_of(port);
    struct bytes question = {0};
    bytes_count(&question, count);
    for (size_t i = 0; i < count; i++) {
        bytes_u8(&question, connection[i].again);
        bytes_connection(&question, connection[i].spec);
    }
    bool good = talk_tell(&remote->talk, MESSAGE_CONNECTIONS, &question, error);
    bytes_free(&question);
    if (!good)
        return false;
    joints_free(&remote->prepared);
    remote->prepared = (struct joints){count, xcalloc(count, sizeof *remote->prepared.spec)};
    for (size_t i = 0; i < count; i++)
        connection_spec_copy(&remote->prepared.spec[i], connection[i].spec);
    remote->is_prepared = true;
    return true;
}

static bool leads_to(const struct connection_spec *spec, size_t slot)
{
    return spec->pre == slot || spec->post == slot || (spec->learning.has_error && spec->learning.error == slot);
}

void remote_joints_changed(struct remote *remote, size_t emptied)
{
    struct joints *joined = &remote->joined;
    if (remote->is_prepared) {
        joints_free(joined);
        *joined = remote->prepared;
        remote->prepared = (struct joints){0};
        remote->is_prepared = false;
    }
    size_t kept = 0;
    for (size_t i = 0; i < joined->count; i++)
        if (leads_to(&joined->spec[i], emptied))
            connection_spec_free(&joined->spec[i]);
        else
            joined->spec[kept++] = joined->spec[i];
    joined->count = kept;
}

bool remote_join(struct port *port, struct error *error)
{
    struct remote *remote = remote_of(port);
    if (!talk_tell(&remote->talk, MESSAGE_JOIN, &(struct bytes){0}, error))
        return false;
    remote_joints_changed(remote, ENGINE_SLOTS);
    return true;
}

bool remote_joints_give(struct remote *remote, struct error *error)
{
    struct joints *joined = &remote->joined;
    struct port_connection *connection = xcalloc(joined->count, sizeof *connection);
    for (size_t i = 0; i < joined->count; i++)
        connection[i] = (struct port_connection){.spec = &joined->spec[i]};
    bool good = joined->count == 0 || (remote_connections(&remote->port, connection, joined->count, error) &&
                                       remote_join(&remote->port, error));
    free(connection);
    return good;
}

bool remote_learn(struct port *port, const char *name, enum port_learning what, struct error *error)
{
    struct remote *remote = remote_of(port);
    struct bytes question = {0};
    bytes_text(&question, name);
    bytes_u8(&question, (uint8_t)what);
    bool good = talk_tell(&remote->talk, MESSAGE_LEARN, &question, error);
    bytes_free(&question);
    for (size_t i = 0; good && what != PORT_LEARN_RESET && i < remote->joined.count; i++)
        if (strcmp(remote->joined.spec[i].name, name) == 0)
            remote->joined.spec[i].learning.on = what == PORT_LEARN_ON;
    return good;
}

bool remote_learned(struct port *port, const char *name, struct port_learned *learned, struct error *error)
{
    struct remote *remote = remote_of(port);
    struct bytes question = {0};
    struct reader answer;
    codec_learned_free(&remote->learned);
    bytes_text(&question, name);
    bool good = talk_ask(&remote->talk, MESSAGE_LEARNED, &question, &answer, error);
    bytes_free(&question);
    if (!good)
        return false;
    if (!codec_read_learned(&answer, &remote->learned, error))
        answer.bad = true;
    *learned = remote->learned;
    return talk_understood(&remote->talk, &answer, error);
}
