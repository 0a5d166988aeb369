/* The record of one live population: every step's time, input and spikes, as far back as its memory reaches.
 *
 * Spikes are kept step by step with neurons rising, so one neuron's train is found by a binary search a step, and a
 * million neurons at 80 Hz cost 4 bytes a spike. When the memory limit is reached the oldest steps go, and
 * history_dropped says so. UI thread only, but for snapshots. */
#ifndef SIGNAL_HISTORY_H
#define SIGNAL_HISTORY_H

#include <stddef.h>
#include <stdint.h>

#include "signal/batch.h"
#include "signal/source.h"

struct history;

/* `limit` is the most bytes kept (at least 1 MiB); they are taken as they are needed. The newest step is always kept,
 * even if it alone is larger than the limit. */
struct history *history_new(size_t dims, size_t limit);
/* The same, and beside each step's input it keeps the ideal one (signal/batch.h). */
struct history *history_new_ideal(size_t dims, size_t limit);
/* The same with the size of the pieces it is kept in and dropped by; tests starve it with tiny ones. */
struct history *history_new_pieces(size_t dims, size_t limit, size_t piece);
/* What it holds now, for another thread to read while this one goes on: nothing may be appended to that. It takes no
 * copy of the steps; they stay in memory until the last who has them lets them go. It is made and freed by the thread
 * that the history belongs to. */
struct history *history_snapshot(const struct history *history);
void history_free(struct history *history);
/* Forgets everything, the counts of dropped and lost too. */
void history_clear(struct history *history);
/* From now on it keeps so many bytes at most (1 MB at least), and drops at once what is more. */
void history_keep(struct history *history, size_t limit);
/* batch->dims must be the history's. Steps must go on in time: one that lies before the last step kept means that the
 * clock was set back, and clears the history first. The number of neurons and dt may change between steps. */
void history_append(struct history *history, const struct spike_batch *batch);

/* A view of it as a source of `neurons` neurons (labels are their numbers); valid while the history lives. Spikes of
 * neurons >= `neurons` (from before a change of n) are not given. */
struct spike_source history_source(const struct history *history, size_t neurons);

/* Steps kept, and the i-th kept step's time and input (dims values, borrowed until the next append). */
size_t history_steps(const struct history *history);
double history_time(const struct history *history, size_t i);
const double *history_input(const struct history *history, size_t i);
/* The ideal of that input; where none is kept, the input itself. Borrowed likewise. */
const double *history_ideal(const struct history *history, size_t i);
/* The neurons that spiked in it, rising; borrowed likewise. */
const uint32_t *history_spiked(const struct history *history, size_t i, size_t *count);
/* Index of the first kept step with time >= t (history_steps when none). */
size_t history_find(const struct history *history, double t);
/* Bytes taken at present. */
size_t history_bytes(const struct history *history);
/* Spikes in all kept steps; steps that were dropped to stay within the limit; spikes lost on the way. */
uint64_t history_spikes(const struct history *history);
uint64_t history_dropped(const struct history *history);
uint64_t history_lost(const struct history *history);

#endif
