/* Readline takes its memory by functions of these names, which end the program where there is none. A program may put
 * its own in their place; these take from the reserve. */
#include "base/xalloc.h"

void *xmalloc(size_t size);
void *xrealloc(void *old, size_t size);

void *xmalloc(size_t size)
{
    return xalloc(size);
}

void *xrealloc(void *old, size_t size)
{
    return xreallocarray(old, size, 1);
}
