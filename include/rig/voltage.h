/* What the voltage pane shows of a channel, kept between frames. UI thread only. */
#ifndef RIG_VOLTAGE_H
#define RIG_VOLTAGE_H

#include "draw/view.h"
#include "rig/channel.h"

struct rig;
struct voltage;

/* The selected neuron of a population, or its first, from `from` to `to`; borrowed until the next look. Each look goes
 * on for some milliseconds at most, unless the rig is not started: then to the end. */
const struct voltage_view *voltage_look(const struct rig *rig, struct channel *channel, double from, double to);
/* The next look would show more. */
bool voltage_busy(const struct channel *channel);
void voltage_free(struct voltage *voltage);

#endif
