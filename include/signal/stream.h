/* The record of spikes that arrive while they are looked at: it grows at its end and forgets its beginning.
 *
 * Kept is what lies within `keep` seconds of the newest time, and no more than `limit` bytes of it. Spikes
 * may come out of order; within what is kept they take their place. Units are numbered as they arrive, but
 * shown in the order of their labels, so that a table reads from 1 to 100 whichever spiked first:
 * stream_settle gives new units their places. UI thread only. */
#ifndef SIGNAL_STREAM_H
#define SIGNAL_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "signal/recording.h"
#include "signal/source.h"

struct stream;

struct stream_facts {
    uint64_t taken;       /* spikes, since the last stream_clear */
    uint64_t late;        /* of these, earlier than the newest time before them */
    uint64_t too_late;    /* earlier than what was kept: not taken */
    uint64_t expired;     /* were kept and have become older than `keep` */
    uint64_t dropped;     /* were within `keep`, but not within `limit` */
    uint64_t set_back;    /* times that the clock was set back, and the record begun anew */
    double before, after; /* s, the newest time before the last setting back, and the first one after it */
    uint64_t let_go;      /* spikes that were kept before the last setting back */
};

/* Orders labels; units are shown rising. */
typedef int label_order(const char *a, const char *b);

/* keep > 0, maybe INFINITY. The newest spikes are always kept, even if they alone are more than the limit. */
struct stream *stream_new(double keep, size_t limit, label_order *order);
void stream_free(struct stream *stream);
/* Forgets everything: spikes, units, counts. */
void stream_clear(struct stream *stream);

/* A new unit; they are numbered from 0. The label is copied. */
uint32_t stream_unit(struct stream *stream, const char *label);
/* A finite time. So many times in a row too early for what is kept, or more than STREAM_BREAK before a spike that their
 * own unit had and nearer to the oldest time than to the newest, mean that the sender's clock was set back: the record
 * is then begun anew with them, and until then nothing is lost by it. */
#define STREAM_SET_BACK 16
void stream_spike(struct stream *stream, double time, uint32_t unit);
/* Time has come this far without a spike. */
void stream_advance(struct stream *stream, double time);
/* Another sender goes on: if its first spike is more than `STREAM_BREAK` before the newest one, its clock was set
 * back. */
enum stream_turn {
    /* A new file, a new writer. */
    STREAM_NEXT,
    /* It is likely to begin anew (a file was truncated): its clock was also set back if that spike is earlier and
     * nearer to the oldest time than to the newest one. */
    STREAM_ANEW,
    /* So it is when a header came again; but if the spike is of a unit not met before, this is the file of another
     * process of the same run. */
    STREAM_HEADER,
};
#define STREAM_BREAK 1.0 /* s */
void stream_break(struct stream *stream, enum stream_turn turn);
/* Every time becomes time * factor (> 0). */
void stream_scale(struct stream *stream, double factor);
/* From now on; what has become too much is forgotten at once. */
void stream_keep(struct stream *stream, double keep, size_t limit);

/* Gives the units that arrived since the last call their places. NULL when there were none; else malloc'ed
 * map[neurons before]: the neuron that was shown as i is now map[i]. What is shown knows only settled units.
 */
uint32_t *stream_settle(struct stream *stream);

size_t stream_neurons(const struct stream *stream);
const char *stream_label(const struct stream *stream, size_t neuron);
/* Valid until the next spike arrives; its neurons are those settled. The span begins with the first time that
 * is wholly kept. */
struct spike_source stream_source(const struct stream *stream);
/* Newest time; NaN when nothing came yet. */
double stream_newest(const struct stream *stream);
double stream_kept(const struct stream *stream); /* `keep` */
size_t stream_spikes(const struct stream *stream);
size_t stream_bytes(const struct stream *stream);
struct stream_facts stream_facts(const struct stream *stream);
/* What is kept, for good. */
struct recording *stream_recording(const struct stream *stream);

#endif
