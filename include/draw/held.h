/* What a place of a network says over the time shown: a node holds a value, a population's is decoded from its spikes;
 * and the ideal, what the same network would say without neurons. Pure; any thread that may read the subject. */
#ifndef DRAW_HELD_H
#define DRAW_HELD_H

#include <stdbool.h>
#include <stddef.h>

#include "draw/legend.h"
#include "draw/view.h"

/* Points of wide windows are thinned to about this many. */
#define HELD_POINTS 32768
/* Columns for numbers of any size, so that an axis does not move when the values grow. */
#define HELD_LABELS 7

struct held {
    const struct subject *subject;
    const struct readout_trace *trace; /* of spikes; NULL: the record holds the value itself */
    size_t values;                     /* numbers at a time */
    size_t first, count;               /* points that are visible: [first, count) */
    size_t stride;                     /* steps of the record a point */
};

/* The value is the record's own: of a node, or of a population without neurons. */
bool held_directly(const struct subject *subject);
/* For times from `from` to `to`. False: there is nothing (yet), and held_why_not says why. */
bool held_of(const struct subject *subject, double from, double to, struct held *held);
const char *held_why_not(const struct subject *subject, char *out, size_t size);
/* The line of the values in a legend, and that of the ideal. */
struct legend_entry held_entry(const struct held *held, const char *sign);
struct legend_entry held_ideal_entry(const char *sign);
double held_time(const struct held *held, size_t i);
/* In the form that draw/course.h asks for; `held` is a struct held. */
double held_time_at(const void *held, size_t i);
double held_value_at(const void *held, size_t i, size_t index);
double held_ideal_at(const void *held, size_t i, size_t index);
/* Root of the mean square of value less ideal; NaN without a point. */
double held_rms(const struct held *held, size_t index);
/* What is said in its place where the ideal is chaotic. */
extern const char held_chaotic[];
/* What an axis of the values has to hold: from `least`, at most 0, to `largest`, at least 0, of values and ideals that are
 * finite; of a population no less than its radius on the longer side. Looks a little further back than is shown,
 * so that the axis of a sine does not change within each period. */
void held_range(const struct held *held, double *least, double *largest);

#endif
