/* The table of `fit`: for each neuron the curve that explains its measured rates. UI thread only. */
#ifndef TABLE_FIT_TABLE_H
#define TABLE_FIT_TABLE_H

#include "language/sheet.h"
#include "model/rate_fit.h"
#include "rig/channel.h"
#include "table/measured.h"

struct fit_table {
    struct measured_request measure;
    struct rate_fit_request request; /* its fallback is filled in: a population's own parameters, else the usual ones */
    const char *neurons;             /* "7", "3,7,20:40"; NULL: all */
};

/* neuron,gain,bias,tau_rc,tau_ref,sigma,rms,status and a standard error <parameter>_se for each parameter. Of a
 * recording the curves are kept for the pane. */
bool fit_table(struct channel *channel, const struct fit_table *plan, struct sheet *sheet, struct error *error);

#endif
