/* What every engine can hold and do, whoever asks. */
#ifndef ENGINE_LIMITS_H
#define ENGINE_LIMITS_H

/* Populations and nodes that one engine simulates together; its slots are numbered from 0. As many as a network has
 * places (network/spec.h). */
#define ENGINE_SLOTS 64

/* A step's length, s. */
#define ENGINE_DT_MIN 1e-9
#define ENGINE_DT_MAX 1.0
#define ENGINE_DT_DEFAULT 1e-3

#endif
