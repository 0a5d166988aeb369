#include "base/xalloc.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void (*exhausted)(void);

void xalloc_on_exhaustion(void (*goodbye)(void))
{
    exhausted = goodbye;
}

static void *checked(void *memory, size_t size)
{
    if (memory || size == 0)
        return memory;
    if (exhausted)
        exhausted();
    fprintf(stderr, "lifscope: out of memory (%zu bytes asked for)\n", size);
    abort();
}

void *xmalloc(size_t size)
{
    return checked(malloc(size ? size : 1), size);
}

void *xcalloc(size_t count, size_t size)
{
    return checked(calloc(count ? count : 1, size ? size : 1), count);
}

void *xreallocarray(void *old, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes))
        return checked(NULL, SIZE_MAX);
    return checked(realloc(old, bytes ? bytes : 1), bytes);
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
    if (__builtin_mul_overflow(count, size, &bytes) || bytes > SIZE_MAX - 64)
        return checked(NULL, SIZE_MAX);
    bytes = (bytes + 63) / 64 * 64;
    void *memory = checked(aligned_alloc(64, bytes ? bytes : 64), bytes ? bytes : 64);
    return memset(memory, 0, bytes);
}

void xgrow(void *array, size_t *capacity, size_t need, size_t size)
{
    if (need <= *capacity)
        return;
    size_t grown = *capacity < 16 ? 16 : *capacity;
    while (grown < need)
        grown = grown > SIZE_MAX / 2 ? need : grown * 2;
    void *old;
    memcpy(&old, array, sizeof old);
    old = xreallocarray(old, grown, size);
    memcpy(array, &old, sizeof old);
    *capacity = grown;
}
