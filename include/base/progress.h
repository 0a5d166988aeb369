/* How a long computation tells how far it is and learns that it is to stop. A plain value; any thread. */
#ifndef BASE_PROGRESS_H
#define BASE_PROGRESS_H

#include <stdbool.h>

/* Asked every now and then (every few thousand rows, every tenth of a second); returning true stops the work,
 * which then fails with "interrupted". */
struct progress {
    bool (*stop)(void *context, double fraction); /* fraction of the work done, 0..1; may be NULL */
    void *context;
};

#endif
