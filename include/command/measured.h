/* Tuning curves as they were measured: the rate of each neuron in the steps in which x was near each point.
 */
#ifndef COMMAND_MEASURED_H
#define COMMAND_MEASURED_H

#include "command/channel.h"
#include "command/sheet.h"

/* x,<neuron>,...: spikes over time spent within half a distance of each of `points` values of x from -radius
 * to radius; NaN where x never was. One-dimensional live populations only. */
bool measured_table(const struct channel *channel, size_t points, struct sheet *sheet, struct error *error);

#endif
