/* Standard normal numbers by their place: a function of a key, a step and an index, so that any of them can be had
 * again in any order, by any thread, and neighbours have nothing in common.
 *
 * Random bits are Philox4x32-10's (Salmon, Moraes, Dror & Shaw 2011) at the counter (index, draw, step), two words of
 * it; each block of 128 bits becomes two normals by Box & Muller's transform (1958): with u and v uniform,
 * sqrt(-2 log u) (cos, sin)(2 pi v). u has 53 bits, so that the largest number is 8.6; the two are off by some units in
 * the last place and the same on every instruction set. Pure functions; any thread. */
#ifndef MODEL_NORMAL_H
#define MODEL_NORMAL_H

#include <stddef.h>
#include <stdint.h>

/* Pairs are made so many at a time. */
#define NORMAL_PAIRS 16

/* one[i], other[i]: the two normals at (key, step, draw, index + i), i = 0 .. pairs - 1; pairs a multiple of
 * NORMAL_PAIRS, index + pairs at most 2^32; arrays 64-byte aligned. */
void normal_pairs(uint64_t key, uint64_t step, uint32_t draw, uint32_t index, size_t pairs, double *one, double *other);

#endif
