/* Seconds on the monotonic clock: for pacing and timing, never for data. Any thread. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

double clock_seconds(void);

#endif
