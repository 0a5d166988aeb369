/* Rates of two records of the same neurons side by side: a simulation here and one of another engine, or the same before and
 * after. UI thread only. */
#ifndef TABLE_COMPARE_TABLE_H
#define TABLE_COMPARE_TABLE_H

#include "base/error.h"
#include "language/sheet.h"
#include "rig/channel.h"

struct session;

/* "neuron,rate,rate_engine,difference": a row a neuron of `a`, its rate, that of the neuron of the same label in `b` (NaN:
 * there is none), and the second less the first, Hz, all over the time that both records have. The session is told that time
 * and how large the differences are. False with a sentence when there is no such time or either has no spikes to count. */
bool compare_table(struct session *session, struct channel *a, struct channel *b, struct sheet *sheet,
                   struct error *error);

#endif
