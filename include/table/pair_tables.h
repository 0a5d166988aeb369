/* Tables of spikes against events and against other spikes. check on the session's thread, work beside it. */
#ifndef TABLE_PAIR_TABLES_H
#define TABLE_PAIR_TABLES_H

#include <stdbool.h>

#include "base/error.h"
#include "base/progress.h"
#include "language/arguments.h"
#include "language/sheet.h"

struct session;

/* "t,spikes,rate,sem" around the events of a table: NAME, NEURON, events, bin, before, after. Events whose window reaches
 * beyond the record are left out, which the session is told. */
bool psth_table_check(struct session *session, const struct arguments *arguments, struct error *error);
bool psth_table_work(const struct arguments *arguments, struct sheet *sheet, struct progress progress,
                     struct error *error);

/* "lag,pairs,rate,expected" of two neurons: NAME, NEURON, OTHER, bin, window. rate: spikes a second of OTHER that far from a
 * spike of NEURON; expected: its mean rate, as it would be if it did not care. */
bool correlogram_table_check(struct session *session, const struct arguments *arguments, struct error *error);
bool correlogram_table_work(const struct arguments *arguments, struct sheet *sheet, struct progress progress,
                            struct error *error);

#endif
