/* When the sender's clock was set back, a new run has begun and the record begins anew. Signs of it are
 *   - the first spike of another file or writer, when it is early;
 *   - many spikes in a row before all that is kept;
 *   - many spikes in a row of units whose own spikes were already later, near the beginning of the record: a
 * producer that was started again on the same pipe. A table sorted by unit goes back, too, but no unit of it
 * does. One early spike alone is only late. What may be the beginning of a run is remembered until that is
 * clear. */
#include <math.h>
#include <string.h>

#include "signal/stream.h"
#include "stream_store.h"

static void take(struct stream *stream, double time, uint32_t unit)
{
    stream->facts.taken++;
    stream->facts.late += time < stream->newest;
    stream_put(stream, time, unit);
    stream->oldest = fmin(stream->oldest, time); /* fmin ignores NaN */
    stream->last[unit] = fmax(stream->last[unit], time);
    if (!(time <= stream->newest))
        stream->newest = time;
    /* Whatever the time says, the bytes count: times may repeat without end. */
    if (stream->count * sizeof(struct block) > stream->limit ||
        entry_at(stream, 0)->first < stream->newest - stream->keep)
        stream_forget_old(stream);
}

/* They were late ones only; those that were held stay away. */
static void forget_early(struct stream *stream)
{
    for (size_t i = 0; i < stream->earlies; i++)
        stream->facts.too_late += !stream->early[i].taken;
    stream->earlies = stream->backs = 0;
}

/* The record begins anew with the early ones. */
static void set_back(struct stream *stream)
{
    struct early early[EARLY_MOST];
    size_t n = stream->earlies, taken = 0, late = 0, kept = 0, spikes = stream_spikes(stream);
    memcpy(early, stream->early, n * sizeof *early);
    for (size_t i = 0; i < n; i++) {
        taken += early[i].taken;
        late += early[i].late;
        kept += early[i].taken && spikes > 0 && early[i].time >= entry_at(stream, 0)->first;
    }
    stream->facts.set_back++;
    stream->facts.before = stream->newest;
    stream->facts.after = early[0].time;
    stream->facts.let_go = spikes > kept ? spikes - kept : 0; /* of spikes of one time some may be gone */
    stream->facts.taken -= taken;
    stream->facts.late -= late;
    stream_forget_spikes(stream);
    for (size_t i = 0; i < n; i++) /* none of them need be within `keep` of the others */
        stream_spike(stream, early[i].time, early[i].unit);
}

/* The first spike of another sender. */
static bool begins_anew(const struct stream *stream, double time, uint32_t unit)
{
    if (!stream->breaks || !(time < stream->newest) || (stream->turn == STREAM_HEADER && isinf(stream->last[unit])))
        return false;
    return time < stream->newest - STREAM_BREAK ||
           (stream->turn != STREAM_NEXT && time - stream->oldest < stream->newest - time);
}

static bool goes_back(const struct stream *stream, double time, uint32_t unit)
{
    return time < stream->last[unit] - STREAM_BREAK && time - stream->oldest < stream->newest - time;
}

void stream_spike(struct stream *stream, double time, uint32_t unit)
{
    bool broke = begins_anew(stream, time, unit), held = broke || time < stream->newest - stream->keep;
    bool back = held || goes_back(stream, time, unit);
    bool unknown = stream->backs > 0 && isinf(stream->last[unit]); /* it may belong to either run */
    bool late = !held && time < stream->newest;
    stream->breaks = false;
    stream->turn = STREAM_NEXT;
    if ((!back && !unknown) || stream->earlies == EARLY_MOST)
        forget_early(stream);
    if (!held)
        take(stream, time, unit);
    if (back || unknown)
        stream->early[stream->earlies++] = (struct early){time, unit, !held, late};
    stream->backs += back;
    if (broke || stream->backs == STREAM_SET_BACK)
        set_back(stream);
}

void stream_break(struct stream *stream, enum stream_turn turn)
{
    stream->breaks = true;
    if (stream->turn != STREAM_ANEW && turn != STREAM_NEXT)
        stream->turn = turn;
}
