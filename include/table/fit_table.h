/* The table of `fit`: for each neuron the curve that explains its measured rates. */
#ifndef TABLE_FIT_TABLE_H
#define TABLE_FIT_TABLE_H

#include "base/progress.h"
#include "language/sheet.h"
#include "model/rate_fit.h"
#include "rig/channel.h"
#include "rig/tuned.h"
#include "table/measured.h"

struct fit_table {
    struct measured_request measure;
    struct rate_fit_request request; /* its fallback is filled in: a population's own parameters, else the usual ones */
    const char *neurons;             /* "7", "3,7,20:40"; NULL: all */
};

/* What was fitted to a recording, until it is kept; owned. */
struct fit_found {
    struct tuning_bins *bins;
    struct rate_fit *fit; /* [bins->units] */
    const struct rate_curve *curve;
};
void fit_found_free(struct fit_found *found);

/* neuron,gain,bias,tau_rc,tau_ref,sigma,rms,status and a standard error <parameter>_se for each parameter. Of a
 * recording that has a stimulus the curves are in *found. On any thread, with a channel that nobody changes. */
bool fit_table(const struct channel *channel, const struct fit_table *plan, struct fit_found *found,
               struct sheet *sheet, struct progress progress, struct error *error);
/* Keeps them for the pane, and takes them. Neurons that were fitted before, to the same points by the same curve, keep
 * that. UI thread. */
void fit_keep(struct tuned *tuned, struct fit_found *found);

#endif
