/* What the times of a file are counted in, told by people or guessed from how neurons fire. For record/ and follow/.
 * Any thread. */
#ifndef RECORD_TIME_UNIT_H
#define RECORD_TIME_UNIT_H

#include <stdbool.h>

#include "base/error.h"
#include "signal/recording.h"

struct time_unit {
    char name[40];      /* "ms", "samples@30000"; "" when it is not known */
    double times, over; /* seconds = t * times / over */
};

/* s, ms, us, ns, min, h, samples@30000 (or @30kHz), steps@0.1ms. False with a sentence. */
bool time_unit_parse(const char *text, struct time_unit *unit, struct error *error);
/* Numbers of steps of dt seconds. */
struct time_unit time_unit_steps(double dt);

/* How far the times of `recording` (still in the file's own unit) are from what neurons do if read so, in
 * powers of ten; 0 is entirely plausible. */
double time_unit_implausibility(const struct recording *recording, const struct time_unit *unit);
/* Share of the intervals of one unit that are shorter than 1 ms if read so, of *intervals that were looked at. */
double time_unit_shorter(const struct recording *recording, const struct time_unit *unit, size_t *intervals);
/* s, ms or us, whichever is most plausible; `handicap` is what another unit must be better by than s. */
struct time_unit time_unit_guess(const struct recording *recording, double handicap);

#endif
