/* The table of `voltage`: neurons of a population, simulated again over a part of the record. UI thread only. */
#ifndef TABLE_VOLTAGE_TABLE_H
#define TABLE_VOLTAGE_TABLE_H

#include "language/sheet.h"
#include "rig/channel.h"
#include "signal/span.h"

struct session;

/* At most so many neurons at a time: each goes through the whole record. */
#define VOLTAGE_NEURONS 64

/* t,neuron,J, the fields of the model by their names, spiked (the height of a spike, as `inject` has it): the states at
 * the end of each step in the span, of each step the neurons in the order given. Says what may be wrong. False with a
 * sentence. */
bool voltage_table(struct session *session, const struct channel *channel, const size_t *neuron, size_t neurons,
                   const struct time_span *span, struct sheet *sheet, struct error *error);

#endif
