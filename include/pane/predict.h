/* What theory says about a population: rates of one neuron or of all together. Borrowed arguments; any thread. */
#ifndef PANE_PREDICT_H
#define PANE_PREDICT_H

#include "draw/foot.h"
#include "draw/view.h"
#include "pane/pane_option.h"

/* A row for the table of a pane that predicts what spikes should do: by the curve of the neurons' own model. */
#define PREDICT_OPTION                                                                                                 \
    {                                                                                                                  \
        .name = "model", .words = predict_words, .fallback = "own", .help = "the curve drawn as prediction"            \
    }
/* The same for a pane that shows curves: SoftLIF, unless told otherwise. */
#define CURVE_OPTION                                                                                                   \
    {                                                                                                                  \
        .name = "model", .words = predict_words, .fallback = "softlif", .help = "the curve that is drawn"              \
    }
struct word_list predict_words(void);
/* The curve that a pane was told; of `own` that of the subject's neurons (SoftLIF where there are none). Its type has
 * one of the options. */
const struct rate_curve *predict_curve(const struct pane *pane, const struct subject *subject);
/* What a spike per second is in the units of the curves: a neuron's amplitude. 1 where no curve is beside it, but
 * theory. */
double predict_unit(const struct subject *subject);
/* "rates: 0.1 × spikes/s", for a pane whose rates are in such a unit; nothing where it is 1. */
void predict_foot_unit(struct foot *foot, double unit);
/* "SoftLIF σ 0.02", "LIF" */
void predict_title(const struct pane *pane, const struct subject *subject, char *out, size_t size);
/* The mean rate of the population at x, Hz; of evenly chosen neurons when there are very many. */
double predict_mean(const struct population *population, const struct rate_curve *curve, const double *x);
/* An upper end for axes of rates that holds every neuron (`neuron` >= 0: that one for certain) within the radius. */
double predict_ceiling(const struct population *population, const struct rate_curve *curve, long neuron);
/* The same for the mean of all neurons. */
double predict_mean_ceiling(const struct population *population, const struct rate_curve *curve);

/* ---- what a pane asks, whatever the input is ---- */

/* The input is `white`: mean-field theory predicts, the same for every neuron, and no curve. */
bool predict_by_theory(const struct subject *subject);
/* Of neuron `neuron`, or the mean of all (-1), at the input x of some moment; Hz. */
double predict_rate(const struct subject *subject, const struct rate_curve *curve, long neuron, const double *x);
/* An upper end for axes of rates that holds `neuron` (or, -1, the mean) and the others. */
double predict_top(const struct subject *subject, const struct rate_curve *curve, long neuron);

#endif
