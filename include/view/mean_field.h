/* What the panes of the mean field show beside the network and the point that view/meanfield_state.h has:
 * a grid of working points, frequencies, and all that follows, computed when a frame wants it and something
 * changed. UI thread only. */
#ifndef VIEW_MEAN_FIELD_H
#define VIEW_MEAN_FIELD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "language/parameter.h"
#include "pane/mean_field.h"
#include "view/meanfield_state.h"

#define MEAN_FIELD_FREQUENCIES 10000 /* at most */

/* What the grid follows from, as far as frequencies stay. */
struct mean_field_grid {
    struct meanfield_network network;
    struct transfer_options options;
    double mu[MEAN_FIELD_SIDE], sigma[MEAN_FIELD_SIDE]; /* [mus], [sigmas] V, rising */
    size_t mus, sigmas;
};

struct mean_field_panes {
    struct mean_field_grid grid;
    double *frequency; /* [frequencies] Hz, above 0, rising */
    size_t frequencies;
    /* computed */
    struct mean_field_grid of; /* what the rows were computed of */
    bool rows_done, star_done;
    struct scan_row *row, star;
    struct transfer *value; /* [sigmas][mus][frequencies] and the star's behind them */
    struct mean_field_curve curve[MEAN_FIELD_SIDE + 1];
    struct mean_field shown;
};

struct mean_field_panes *mean_field_panes_new(void); /* the example's: 6 to 12 mV, 1 to 199 Hz */
void mean_field_panes_free(struct mean_field_panes *panes);

/* Where a step takes a point: a small one, about a twelfth of the grid and to round numbers, or a far one, to
 * the next line of the grid. sigma does not go below 0. */
struct working_point mean_field_panes_step(const struct mean_field_panes *panes, struct working_point from, int right,
                                           int up, bool far);
/* Another grid on a side, or other frequencies; they are sorted. False with a sentence. */
bool mean_field_panes_side(struct mean_field_panes *panes, bool sigma, const struct points *points,
                           struct error *error);
bool mean_field_panes_frequencies(struct mean_field_panes *panes, const struct points *points, struct error *error);

/* What there is to show, with the star at state->point; borrowed until the next call. */
const struct mean_field *mean_field_panes_show(struct mean_field_panes *panes, const struct meanfield_state *state);

#endif
