#include "engine/pace.h"

#include <math.h>

#define DEBT_MAX 0.1 /* s of real time */
#define TICK 0.004   /* s: do not wake up more often than this for a few steps */
#define SLEEP_MAX 3600
#define DUE_MAX 1000000000u

void pace_init(struct pace *pace)
{
    *pace = (struct pace){.speed = 1, .forgiven_at = -INFINITY, .forgiven_before = -INFINITY};
}

void pace_anchor(struct pace *pace, double now, double time, double debt)
{
    pace->clock = now;
    pace->time = time + debt;
}

void pace_set(struct pace *pace, double speed, double now, double time)
{
    pace->speed = speed;
    pace->forgiven_at = pace->forgiven_before = -INFINITY;
    pace_anchor(pace, now, time, 0);
}

double pace_debt(const struct pace *pace, double now, double time)
{
    return isinf(pace->speed) ? 0 : pace->time + pace->speed * (now - pace->clock) - time;
}

/* Two steps are no debt to speak of, however long they are. */
static bool is_too_much(const struct pace *pace, double debt, double dt)
{
    return debt > DEBT_MAX * pace->speed && debt > 2 * dt;
}

uint64_t pace_due(struct pace *pace, double now, double time, double dt)
{
    if (isinf(pace->speed))
        return DUE_MAX;
    double debt = pace_debt(pace, now, time);
    if (is_too_much(pace, debt, dt)) {
        pace->forgiven_before = pace->forgiven_at;
        pace->forgiven_at = now;
        debt = fmax(DEBT_MAX * pace->speed / 2, dt);
        pace_anchor(pace, now, time, debt);
    }
    /* A hair's breadth of tolerance: the debt is a difference of large times. */
    double steps = floor(debt / dt + 1e-6);
    return steps >= 1 ? (steps < DUE_MAX ? (uint64_t)steps : DUE_MAX) : 0;
}

double pace_sleep(const struct pace *pace, double now, double time, double dt)
{
    double seconds = (dt - pace_debt(pace, now, time)) / pace->speed;
    return fmin(fmax(seconds, TICK), SLEEP_MAX);
}

bool pace_behind(const struct pace *pace, double now)
{
    return now - pace->forgiven_at < 1 && pace->forgiven_at - pace->forgiven_before < 1;
}
