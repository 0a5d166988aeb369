#include "base/stop.h"

#include <stdatomic.h>

static atomic_bool requested, ends; /* lock-free, so a handler may set them */

void stop_request(void)
{
    requested = true;
}

bool stop_requested(void)
{
    return requested || ends;
}

void stop_forget(void)
{
    requested = false;
}

void stop_for_good(void)
{
    ends = true;
}
