#include "pane/pane.h"

#include "draw/axis.h"

const struct pane_type *const pane_types[] = {
    &pane_raster,   &pane_rates,    &pane_tuning,   &pane_poprate, &pane_isi,     &pane_counts,   &pane_decoded,
    &pane_response, &pane_accuracy, &pane_value,    &pane_xy,      &pane_weights, &pane_currents, &pane_error,
    &pane_network,  &pane_external, &pane_transfer, &pane_mapping, &pane_voltage};
const size_t pane_type_count = sizeof pane_types / sizeof *pane_types;

bool pane_always(const struct pane *pane)
{
    (void)pane;
    return true;
}

double pane_top(const struct pane *pane, double fitted)
{
    return pane->reach > fitted ? axis_ceiling(pane->reach) : fitted;
}
