/* Spikes that were recorded elsewhere. Read-only once built: sorted by time (neurons rising within one time), with an
 * index by unit, so either way of asking is quick. 14 bytes a spike (16 with more than 65 536 units), and 64 MB at most
 * for marks that make pictures of large ones quick. Any thread may read. */
#ifndef SIGNAL_RECORDING_H
#define SIGNAL_RECORDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "signal/source.h"

struct recording {
    size_t units; /* may be 0: a file that holds a header and no spike */
    char **label; /* [units] */
    size_t spikes;
    double *time;       /* [spikes] s, absolute, never falling */
    uint16_t *narrow;   /* [spikes] units, rising within one time; NULL: there are too many units for two bytes */
    uint32_t *wide;     /* [spikes] the same then; NULL otherwise. recording_unit() asks the one that is there */
    uint32_t *start;    /* [units + 1] unit u's spikes are by_unit[start[u]] .. by_unit[start[u + 1] - 1] */
    uint32_t *by_unit;  /* [spikes] indices into time, grouped by unit, rising */
    size_t mark_step;   /* spikes from one mark to the next; 0: no marks */
    uint32_t *mark;     /* [spikes / mark_step + 1][units] mark k: start[u] + number of unit u's spikes among the first
                           k mark_step */
    double first, last; /* s, first and last sample of a dense file, first and last spike of events; 0 without any */
    double begin,
        end;     /* s, the time it lasted: of a dense file rows x step from its first row on, else what was told, else
                           from `first` to `last` */
    bool told;   /* the loader was told begin and end */
    bool closed; /* nobody knows how long it went on: its last spike ends it (signal/span.h) */
    size_t samples;      /* dense files: number of rows, else 0 */
    double *sample_time; /* [samples] s, never falling; NULL for events */
    double *stimulus;    /* [samples] what a column of a dense file said beside the spikes, finite; NULL: none */
    char *time_unit;     /* what the file's times are counted in, "ms", "samples@30000"; NULL: not known */
    char *source;        /* the file it came from; NULL if none */
    char *left_out;      /* columns of the file that are not in here, "amplitude, channel"; NULL: none */
    char *described;     /* what the loader said, one line; NULL if nothing */
    size_t shared;       /* how many more than one hold it */
};

/* Unit of the i-th spike. */
static inline uint32_t recording_unit(const struct recording *recording, size_t i)
{
    return recording->narrow ? recording->narrow[i] : recording->wide[i];
}

/* Takes the arrays (malloc'ed) and labels; sorts and indexes, with
 * 1.5 bytes a spike more at most. Times are finite, spikes < 2^32, unit[i] < units. */
struct recording *recording_new(char **label, size_t units, double *time, uint32_t *unit, size_t spikes);
/* The same with sample times of a dense file (taken; never falling). */
void recording_set_samples(struct recording *recording, double *sample_time, size_t samples);
/* What is known of an events file from elsewhere: it lasted from `begin` to before `end`, in seconds; begin < end.
 * INFINITY: its last spike ends it. Spikes outside of that are let go; returns how many. */
size_t recording_set_span(struct recording *recording, double begin, double end);
/* Every time becomes time * times / over (both > 0): from the unit of a file to seconds. For whoever builds it. */
void recording_scale(struct recording *recording, double times, double over);
/* One more holds it, and is to free it too. Both are asked for by one thread, whoever reads. */
struct recording *recording_share(struct recording *recording);
void recording_free(struct recording *recording);
/* span() is false when there is neither a spike nor a sample. */
struct spike_source recording_source(const struct recording *recording);

#endif
