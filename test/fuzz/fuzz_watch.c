/* Any bytes as what happens to a file that is watched: written, cut, written anew, replaced, removed. Whatever happens
 * is noticed without waiting, and as many bytes at most are read as were written. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "follow/watch.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static char path[64], other[72];

static size_t put(const char *name, const char *mode, const uint8_t *bytes, size_t length)
{
    FILE *file = fopen(name, mode);
    if (!file)
        exit(1);
    size_t written = fwrite(bytes, 1, length, file);
    fclose(file);
    return written;
}

static size_t act(unsigned what, const uint8_t *bytes, size_t length)
{
    size_t written = 0;
    if (what == 0 || what > 4)
        return put(path, "ab", bytes, length);
    if (what == 1)
        return put(path, "wb", bytes, length);
    if (what == 2 && truncate(path, (off_t)length) != 0)
        return 0;
    if (what == 3) {
        written = put(other, "wb", bytes, length);
        rename(other, path);
    }
    if (what == 4)
        unlink(path);
    return written;
}

/* Returns how many bytes came; so many events in a row without an end would be no answer. */
static size_t read_all(struct watch *watch)
{
    char buffer[256];
    size_t total = 0, got = 0;
    struct error error = {""};
    for (int events = 0;; events++) {
        enum watch_event event = watch_read(watch, buffer, sizeof buffer, &got, &error);
        if (event == WATCH_NOTHING || event == WATCH_BROKEN)
            return total;
        if (event == WATCH_BYTES && (got == 0 || got > sizeof buffer))
            abort();
        total += event == WATCH_BYTES ? got : 0;
        if (events > 100000)
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct error error = {""};
    snprintf(path, sizeof path, "/tmp/lifscope-fuzz-watch-%ld", (long)getpid());
    snprintf(other, sizeof other, "%s.new", path);
    put(path, "wb", bytes, 0);
    struct watch *watch = watch_open(path, &error);
    if (!watch)
        abort();
    for (size_t at = 0; at + 1 < length;) {
        size_t count = bytes[at] / 8u, left = length - at - 1;
        count = count < left ? count : left;
        act(bytes[at] % 8u, bytes + at + 1, count);
        at += 1 + count;
        if (read_all(watch) > 64 * (length + 64))
            abort();
    }
    watch_close(watch);
    unlink(path);
    return 0;
}
