/* Whether files that are given together are parts of one run. One thread at a time. */
#ifndef RECORD_ONE_RUN_H
#define RECORD_ONE_RUN_H

#include <stdbool.h>
#include <stddef.h>

/* Whether two names of files are the same but for one run of digits: "run-7-0.dat" and "run-7-12.dat". */
bool one_run_named(const char *a, const char *b);

/* Their names differ in one number, each looks like the first, and they can be one recording: files of one cell, or
 * events of other neurons or of another time. The first, the second and the last are looked at. False, too, when one of
 * them cannot be read. */
bool one_run(const char *const *paths, size_t count);

#endif
