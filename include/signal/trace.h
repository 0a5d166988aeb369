/* A signal over time, as samples: the stimulus that lies beside a recording, or the input that a simulation had. Open;
 * read-only once filled; any thread. */
#ifndef SIGNAL_TRACE_H
#define SIGNAL_TRACE_H

#include <stdbool.h>
#include <stddef.h>

enum trace_kind {
    /* The value is x[i] for time[i] <= t < time[i + 1]. The last sample only ends the one before it; a single sample
     * holds for ever. */
    TRACE_HELD,
    TRACE_LINEAR, /* straight lines from sample to sample */
    /* The value is x[i] for time[i - 1] < t <= time[i], as in the steps of a simulation; the first step is taken to be
     * as long as the second. */
    TRACE_STEPS,
};

struct trace {
    enum trace_kind kind;
    size_t count;
    double *time; /* [count] s, finite, never falling; of equal times the last sample counts */
    double *x;    /* [count] finite */
};

/* What it owns; leaves an empty one. */
void trace_free(struct trace *trace);

/* The time it is known for; false when there is none. *last may be INFINITY. */
bool trace_span(const struct trace *trace, double *first, double *last);
/* The least and the largest value in [from, to]; false when nothing is known there. */
bool trace_range(const struct trace *trace, double from, double to, double *low, double *high);

/* A stretch of time in which x goes in a straight line. */
struct trace_piece {
    double from, to; /* s */
    double x, x_end;
};
double trace_piece_x(const struct trace_piece *piece, double time);
/* Leaves only its part in [from, to]; false when that has no length. */
bool trace_piece_cut(struct trace_piece *piece, double from, double to);
/* How many pieces there are, and the i-th. Their lengths may be 0. */
size_t trace_pieces(const struct trace *trace);
struct trace_piece trace_piece(const struct trace *trace, size_t i);
/* The piece a moment belongs to; trace_pieces() when it lies outside. `near` is where it was found last (0 at first):
 * moments that rise are found quickly from there. */
size_t trace_find(const struct trace *trace, double time, size_t near);

#endif
