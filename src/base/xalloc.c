#define _DEFAULT_SOURCE /* madvise */
#include "base/xalloc.h"

#include <malloc.h>
#include <setjmp.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/memory.h"

/* Never touched, so it is address space and no memory; above malloc's own limit for pieces that it gives back to the
 * system at once. */
#define RESERVE ((size_t)64 << 20)

static void (*exhausted)(void);
static void (*run_short)(void);
static _Atomic(void *) reserve;
static _Thread_local jmp_buf *way_out; /* of the innermost try; NULL: there is none */
static _Thread_local size_t wanted;

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
    if (!give_up_reserve())
        xalloc_leave(size);
}

void xalloc_leave(size_t size)
{
    wanted = size;
    if (way_out)
        longjmp(*way_out, 1);
    if (exhausted)
        exhausted();
    fprintf(stderr, "lifscope: out of memory (%zu bytes asked for)\n", size);
    _exit(1);
}

bool xalloc_try(void (*work)(void *argument), void *argument)
{
    jmp_buf here, *volatile before = way_out;
    bool done = setjmp(here) == 0;
    if (done) {
        way_out = &here;
        work(argument);
    }
    way_out = before;
    return done;
}

size_t xalloc_wanted(void)
{
    return wanted;
}

/* The system promises more than it has. */
static bool is_there(size_t size)
{
    struct error ignored;
    return memory_fits((double)size, &ignored);
}

/* What is large is made of large pages, where the system has them: it comes in some hundred faults instead of thousands,
 * which are half the time of filling it. All pages it touches are named, for realloc moves a piece by its pages only as long
 * as all of them are of one kind. Whether the system heeds it makes no other difference. */
#define LARGE ((size_t)16 << 20)

static void *in_large_pages(void *memory, size_t bytes)
{
#ifdef MADV_HUGEPAGE
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), begin = (uintptr_t)memory & ~(page - 1);
    if (bytes >= LARGE)
        (void)!madvise((void *)begin, (uintptr_t)memory + bytes - begin, MADV_HUGEPAGE);
#else
    (void)bytes;
#endif
    return memory;
}

void *xalloc(size_t size)
{
    void *memory;
    while (!is_there(size) || !(memory = malloc(size ? size : 1)))
        xalloc_short(size);
    return in_large_pages(memory, size);
}

void *xcalloc(size_t count, size_t size)
{
    size_t bytes;
    void *memory;
    if (__builtin_mul_overflow(count, size, &bytes))
        bytes = SIZE_MAX;
    while (!is_there(bytes) || !(memory = calloc(count ? count : 1, size ? size : 1)))
        xalloc_short(bytes);
    return in_large_pages(memory, bytes);
}

/* NULL: it is not there. */
static void *try_realloc(void *old, size_t bytes)
{
    size_t before = (double)bytes < MEMORY_LARGE || !old ? 0 : malloc_usable_size(old);
    void *memory = bytes <= before || is_there(bytes - before) ? realloc(old, bytes ? bytes : 1) : NULL;
    return memory ? in_large_pages(memory, bytes) : NULL;
}

void *xreallocarray(void *old, size_t count, size_t size)
{
    size_t bytes;
    void *memory;
    if (__builtin_mul_overflow(count, size, &bytes))
        bytes = SIZE_MAX; /* never there */
    while (!(memory = try_realloc(old, bytes)))
        xalloc_short(bytes);
    return memory;
}

char *xstrdup(const char *text)
{
    return xstrndup(text, strlen(text));
}

char *xstrndup(const char *text, size_t length)
{
    char *copy = xalloc(length + 1);
    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

static void *aligned(size_t count, size_t size, bool zeroed)
{
    size_t bytes;
    void *memory;
    if (__builtin_mul_overflow(count, size, &bytes) || bytes > SIZE_MAX - 64)
        bytes = SIZE_MAX - 64; /* never there */
    bytes = (bytes + 63) / 64 * 64;
    while (!is_there(bytes) || !(memory = aligned_alloc(64, bytes ? bytes : 64)))
        xalloc_short(bytes);
    in_large_pages(memory, bytes);
    return zeroed ? memset(memory, 0, bytes) : memory;
}

void *xaligned(size_t count, size_t size)
{
    return aligned(count, size, true);
}

void *xaligned_raw(size_t count, size_t size)
{
    return aligned(count, size, false);
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
        more = try_realloc(old, bytes);
    if (!more) { /* a little may still be there where twice as much is not */
        grown = need < SIZE_MAX - need / 32 ? need + need / 32 : need;
        more = xreallocarray(old, grown, size);
    }
    memcpy(array, &more, sizeof more);
    *capacity = grown;
}
