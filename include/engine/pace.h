/* How a simulation follows the clock. At any moment it should stand at `time + speed (now - clock)`, where clock and
 * time are a moment at which it stood right; what is missing is its debt, paid in steps. A debt of more than a tenth of
 * a second is forgiven but for half of that: whoever cannot keep up falls behind the clock instead of running after it
 * for ever. No clock is read here: `now` is always told, in seconds of any clock. */
#ifndef ENGINE_PACE_H
#define ENGINE_PACE_H

#include <stdbool.h>
#include <stdint.h>

struct pace {
    double speed;                        /* a factor of real time > 0; INFINITY: the clock does not matter */
    double clock, time;                  /* s; once they stood together */
    double forgiven_at, forgiven_before; /* when debts were last forgiven, -INFINITY: never */
};

void pace_init(struct pace *pace); /* at real time */
/* Another speed, with no debt and none ever forgiven. */
void pace_set(struct pace *pace, double speed, double now, double time);
/* The simulation stands at `time` and owes `debt` seconds of it. */
void pace_anchor(struct pace *pace, double now, double time, double debt);
/* Simulated seconds that should have been done by now; 0 where the clock does not matter. */
double pace_debt(const struct pace *pace, double now, double time);
/* Steps of dt that are to be done now, 1e9 at most; forgives what is too much. */
uint64_t pace_due(struct pace *pace, double now, double time, double dt);
/* Seconds until the next step is due: an hour at most, and never less than is worth a sleep. */
double pace_sleep(const struct pace *pace, double now, double time, double dt);
/* It cannot keep up: debts were forgiven twice within a second, and the last time less than a second ago. Once is a
 * hiccup (a large population put in place, ^Z). */
bool pace_behind(const struct pace *pace, double now);

#endif
