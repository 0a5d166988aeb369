#include "base/stop.h"

#include <stdatomic.h>

static atomic_bool requested; /* lock-free, so a handler may set it */

void stop_request(void)
{
    requested = true;
}

bool stop_requested(void)
{
    return requested;
}

void stop_forget(void)
{
    requested = false;
}
