/* Each question goes to whichever engine stands behind the door. */
#include "engine/port.h"

void port_free(struct port *port)
{
    if (port)
        port->does->free(port);
}

bool port_start(struct port *port, void (*wake)(void *context), void *context, struct error *error)
{
    return port->does->start(port, wake, context, error);
}

bool port_build(struct port *port, size_t slot, const struct population_spec *spec, const struct stimulus *input,
                struct error *error)
{
    return port->does->build(port, slot, spec, input, error);
}

bool port_drive(struct port *port, size_t slot, const struct stimulus *input, struct error *error)
{
    return port->does->drive(port, slot, input, error);
}

bool port_place(struct port *port, size_t slot, struct port_placed *placed, struct error *error)
{
    return port->does->place(port, slot, placed, error);
}

void port_empty(struct port *port, size_t slot)
{
    port->does->empty(port, slot);
}

bool port_feed(struct port *port, size_t slot, const struct stimulus *input, double *time, struct error *error)
{
    return port->does->feed(port, slot, input, time, error);
}

bool port_connections(struct port *port, const struct port_connection *connection, size_t count, struct error *error)
{
    return port->does->connections(port, connection, count, error);
}

bool port_join(struct port *port, struct error *error)
{
    return port->does->join(port, error);
}

bool port_learn(struct port *port, const char *name, enum port_learning what, struct error *error)
{
    return port->does->learn(port, name, what, error);
}

bool port_learned(struct port *port, const char *name, struct port_learned *learned, struct error *error)
{
    return port->does->learned(port, name, learned, error);
}

bool port_dt(struct port *port, double dt, double *time, struct error *error)
{
    return port->does->dt(port, dt, time, error);
}

bool port_reset(struct port *port, struct error *error)
{
    return port->does->reset(port, error);
}

bool port_run(struct port *port, struct error *error)
{
    return port->does->run(port, error);
}

void port_pause(struct port *port)
{
    port->does->pause(port);
}

bool port_advance(struct port *port, uint64_t steps, bool (*drain)(void *context), void *context, struct error *error)
{
    return port->does->advance(port, steps, drain, context, error);
}

void port_speed(struct port *port, double factor)
{
    port->does->speed(port, factor);
}

struct engine_status port_status(struct port *port)
{
    return port->does->status(port);
}

const struct spike_batch *port_take(struct port *port, size_t slot)
{
    return port->does->take(port, slot);
}

int port_descriptor(struct port *port)
{
    return port->does->descriptor ? port->does->descriptor(port) : -1;
}

void port_attend(struct port *port)
{
    if (port->does->attend)
        port->does->attend(port);
}
