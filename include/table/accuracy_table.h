/* The table of `accuracy`: how fast simulated neurons fire at constant currents and time steps, beside G[J]. Any
 * thread. */
#ifndef TABLE_ACCURACY_TABLE_H
#define TABLE_ACCURACY_TABLE_H

#include "base/progress.h"
#include "language/parameter.h"
#include "language/sheet.h"
#include "model/neuron.h"

struct accuracy_table {
    struct neuron_params params;
    const struct points *J, *dt;     /* dt > 0 s */
    double time;                     /* s that each is simulated for, > 0 */
    const struct neuron_model *only; /* NULL: every plain model (neuron_is_plain) */
};

/* tau_rc,tau_ref,dt,steps,J,exact_rate, then for each model (fast_, lif_) count,rate,isi_rate,first_step,last_step and
 * what it keeps in the end (voltage_end,refractory_end), and last each model's error. */
bool accuracy_table(const struct accuracy_table *plan, struct sheet *sheet, struct progress progress,
                    struct error *error);

#endif
