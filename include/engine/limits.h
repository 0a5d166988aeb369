/* What every engine can hold and do, whoever asks. */
#ifndef ENGINE_LIMITS_H
#define ENGINE_LIMITS_H

/* Populations that one engine simulates together; its slots are numbered from 0. */
#define ENGINE_SLOTS 16

/* A step's length, s. */
#define ENGINE_DT_MIN 1e-9
#define ENGINE_DT_MAX 1.0

#endif
