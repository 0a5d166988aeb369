#include "base/stop.h"

#include <stdatomic.h>

static atomic_bool requested, out_of_memory, ends; /* lock-free, so a handler may set them */

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

void stop_out_of_memory(void)
{
    out_of_memory = true;
    requested = true;
}

bool stop_take_out_of_memory(void)
{
    return atomic_exchange(&out_of_memory, false);
}

void stop_for_good(void)
{
    ends = true;
}
