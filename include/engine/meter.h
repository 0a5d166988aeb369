/* The speed a simulation really reaches: its seconds in one second of the clock, over about the last second. Both
 * clocks are told, none is read. */
#ifndef ENGINE_METER_H
#define ENGINE_METER_H

#include <stddef.h>

#define METER_SLOTS 16 /* samples that are kept */

struct meter {
    double clock[METER_SLOTS], time[METER_SLOTS]; /* s; a ring */
    size_t count;                                 /* samples ever taken */
};

/* Nothing is known any more: the simulation stood still, or its time was set back. */
void meter_restart(struct meter *meter);
/* At `now` of the clock the simulation stands at `time`. As often as one likes: samples closer than 70 ms are left
 * out. */
void meter_sample(struct meter *meter, double now, double time);
/* A factor of real time; 0 before two samples. */
double meter_reached(const struct meter *meter);

#endif
