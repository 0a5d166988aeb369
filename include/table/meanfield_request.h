/* The tables of `meanfield`, one function an action; cmd_meanfield.c reads what was typed and calls them. UI
 * thread only, but for the tables of a theory alone: any thread. */
#ifndef TABLE_MEANFIELD_REQUEST_H
#define TABLE_MEANFIELD_REQUEST_H

#include "base/progress.h"
#include "base/voice.h"
#include "language/arguments.h"
#include "language/sheet.h"
#include "meanfield/scan.h"
#include "session/session.h"
#include "view/meanfield_state.h"

/* What was typed, on top of what was set. The tables of a theory alone (rate, transfer, fit, scan, point) use no
 * session. */
struct meanfield_request {
    struct session *session;
    struct voice voice; /* hears what there is to say */
    struct progress progress;
    const struct arguments *arguments;
    struct sheet *sheet;
    struct meanfield_state state;
    int population; /* EXC or INH */
    struct working_point *points;
    size_t count;
    const struct points *freq;
    /* Points of which there is something to say: */
    size_t negative;             /* a rate below 0 */
    size_t shape[SCAN_STATUSES]; /* what came of fits */
    size_t compromised;          /* no rates from outside put both populations there */
    double off;                  /* V: the largest of scan_row.off */
};

const struct meanfield_neuron *meanfield_request_neuron(const struct meanfield_request *request);
/* mu and sigma; and a number, or an empty cell when it does not exist. */
void meanfield_put_point(struct sheet *sheet, struct working_point point);
void meanfield_put(struct sheet *sheet, double value);

/* False with a sentence. */
bool meanfield_table_rate(struct meanfield_request *request, struct error *error);
bool meanfield_table_transfer(struct meanfield_request *request, struct error *error);
bool meanfield_table_fit(struct meanfield_request *request, struct error *error);
bool meanfield_table_scan(struct meanfield_request *request, struct error *error);
bool meanfield_table_point(struct meanfield_request *request, struct error *error);
bool meanfield_table_live(struct meanfield_request *request, struct error *error);
bool meanfield_table_probe(struct meanfield_request *request, struct error *error);
bool meanfield_table_show(struct meanfield_request *request, struct error *error);
/* Keeps what was typed in the session. */
bool meanfield_set(struct meanfield_request *request, struct error *error);

#endif
