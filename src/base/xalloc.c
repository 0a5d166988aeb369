#include "base/xalloc.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Never touched, so it is address space and no memory; above malloc's own limit for pieces that it gives back to the
 * system at once. */
#define RESERVE ((size_t)64 << 20)

static void (*exhausted)(void);
static void (*run_short)(void);
static _Atomic(void *) reserve;

void xalloc_on_exhaustion(void (*goodbye)(void))
{
    exhausted = goodbye;
}

void xalloc_on_shortage(void (*shortage)(void))
{
    run_short = shortage;
}

bool xalloc_keep_reserve(void)
{
    if (!run_short || reserve)
        return true;
    reserve = malloc(RESERVE);
    return reserve;
}

static bool give_up_reserve(void)
{
    void *held = atomic_exchange(&reserve, NULL);
    if (!held)
        return false;
    free(held);
    run_short();
    return true;
}

void xalloc_short(size_t size)
{
    if (give_up_reserve())
        return;
    if (exhausted)
        exhausted();
    fprintf(stderr, "lifscope: out of memory (%zu bytes asked for)\n", size);
    abort();
}

void *xmalloc(size_t size)
{
    void *memory;
    while (!(memory = malloc(size ? size : 1)))
        xalloc_short(size);
    return memory;
}

void *xcalloc(size_t count, size_t size)
{
    size_t bytes;
    void *memory;
    if (__builtin_mul_overflow(count, size, &bytes))
        bytes = SIZE_MAX;
    while (!(memory = calloc(count ? count : 1, size ? size : 1)))
        xalloc_short(bytes);
    return memory;
}

void *xreallocarray(void *old, size_t count, size_t size)
{
    size_t bytes;
    void *memory;
    if (__builtin_mul_overflow(count, size, &bytes))
        bytes = SIZE_MAX; /* never there */
    while (!(memory = realloc(old, bytes ? bytes : 1)))
        xalloc_short(bytes);
    return memory;
}

char *xstrdup(const char *text)
{
    return xstrndup(text, strlen(text));
}

char *xstrndup(const char *text, size_t length)
{
    char *copy = xmalloc(length + 1);
    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

void *xaligned(size_t count, size_t size)
{
    size_t bytes;
    void *memory;
    if (__builtin_mul_overflow(count, size, &bytes) || bytes > SIZE_MAX - 64)
        bytes = SIZE_MAX - 64; /* never there */
    bytes = (bytes + 63) / 64 * 64;
    while (!(memory = aligned_alloc(64, bytes ? bytes : 64)))
        xalloc_short(bytes);
    return memset(memory, 0, bytes);
}

void xgrow(void *array, size_t *capacity, size_t need, size_t size)
{
    if (need <= *capacity)
        return;
    size_t grown = *capacity < 16 ? 16 : *capacity;
    while (grown < need)
        grown = grown > SIZE_MAX / 2 ? need : grown * 2;
    void *old, *more = NULL;
    size_t bytes;
    memcpy(&old, array, sizeof old);
    if (!__builtin_mul_overflow(grown, size, &bytes))
        more = realloc(old, bytes);
    if (!more) { /* a little may still be there where twice as much is not */
        grown = need < SIZE_MAX - need / 32 ? need + need / 32 : need;
        more = xreallocarray(old, grown, size);
    }
    memcpy(array, &more, sizeof more);
    *capacity = grown;
}
