/* A reading tried on the rows of a sample by the reader that would read the file, and what came out. */
#ifndef RECORD_TRIAL_H
#define RECORD_TRIAL_H

#include "record/reading.h"
#include "record/time_unit.h"

struct trial {
    const struct look *look;
    const struct load_options *options;
    const struct reading *reading;
    bool opened;    /* else nothing below is known */
    bool uncounted; /* the length of a step of its times is not known */
    size_t rows, unread;
    size_t spikes;
    size_t falls, steps;         /* of times from one to the next as they stand; there are so many steps */
    size_t within, within_steps; /* of those from one spike of a unit to the next one of it */
    size_t repeats;              /* spikes at the time of the one before, of one unit */
    bool same_step;              /* all steps within units are equal, in the first rows */
    size_t met;                  /* units in the sample */
    double units, total;         /* that the whole file has, by what the sample lets one expect */
    struct time_unit unit;       /* of the times: known, or the one that makes most sense */
    double charge;               /* decades by which the rates and intervals miss what neurons do, in that unit */
    size_t intervals;            /* that were looked at, */
    double shorter;              /* share of them below 1 ms */
};

void trial_run(struct trial *trial, const struct look *look, const struct load_options *options,
               const struct reading *reading);

#endif
