/* The rate is over the last two seconds; silence is longer than usual when it is longer than some of the gaps
 * there were between pieces. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/number.h"
#include "rig/followed_state.h"

#define STALL_GAPS 4

static void write_one_rate(char *out, size_t size, double rate, const char *what)
{
    char number[NUMBER_HUMAN];
    if (rate > 0 && rate < 9.95)
        snprintf(number, sizeof number, "%.1f", rate);
    else
        number_grouped(number, (unsigned long long)llround(rate));
    snprintf(out, size, "%s %s/s", number, what);
}

/* Over the last two seconds. Spikes are named where they are not what a row is. */
static void write_rate(struct pace *p)
{
    size_t new = (p->marks - 1) % PACE_MARKS, old = p->marks > PACE_MARKS ? p->marks % PACE_MARKS : 0;
    double time = p->mark[new].time - p->mark[old].time, rows = 0, spikes = 0;
    char spike_text[NUMBER_HUMAN + 16] = "";
    if (time > 0) {
        rows = (double)(p->mark[new].rows - p->mark[old].rows) / time;
        spikes = (double)(p->mark[new].spikes - p->mark[old].spikes) / time;
    }
    write_one_rate(p->rate, sizeof p->rate / 2, rows, "rows");
    if (fabs(spikes - rows) > 0.02 * rows)
        write_one_rate(spike_text, sizeof spike_text, spikes, "spikes");
    size_t used = strlen(p->rate);
    if (*spike_text)
        snprintf(p->rate + used, sizeof p->rate - used, ", %s", spike_text);
    if (rows == 0)
        p->rate[0] = '\0';
}

double pace_quiet(const struct pace *p)
{
    return clock_seconds() - p->last;
}

double pace_tick(double quiet)
{
    return quiet < 2.5 ? PACE_MARK_TIME : quiet < 10 ? 0.5 : quiet < 60 ? 1 : 10;
}

void pace_note_arrival(struct pace *p)
{
    double now = clock_seconds(), gap = now - p->last;
    if (p->first == 0)
        p->first = now;
    else
        p->gap += 0.2 * (gap - p->gap);
    p->last = now;
}

void pace_begin(struct pace *p)
{
    p->begun = p->last = clock_seconds();
    p->mark[p->marks++].time = p->begun;
}

void pace_forget(struct pace *p, const struct follow_counts *counts)
{
    p->mark[0].time = clock_seconds();
    p->mark[0].rows = counts->rows;
    p->mark[0].spikes = counts->spikes;
    p->marks = 1;
    p->rate[0] = '\0';
}

void pace_update(struct pace *p, const struct follow_counts *counts)
{
    double now = clock_seconds();
    size_t last = (p->marks - 1) % PACE_MARKS;
    if (counts->rows < p->mark[last].rows) { /* it began anew */
        pace_forget(p, counts);
    } else if (now - p->mark[last].time >= PACE_MARK_TIME) {
        size_t next = p->marks++ % PACE_MARKS;
        p->mark[next].time = now;
        p->mark[next].rows = counts->rows;
        p->mark[next].spikes = counts->spikes;
        write_rate(p);
    }
}

bool pace_is_stalled(const struct pace *p)
{
    return pace_quiet(p) > fmax(PACE_STALL_TIME, STALL_GAPS * p->gap);
}
