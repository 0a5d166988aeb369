/* Whether a file is what it was. Any thread. */
#ifndef BASE_CHECKSUM_H
#define BASE_CHECKSUM_H

#include <stdbool.h>
#include <stdint.h>

/* FNV-1a of its bytes, 64 bits (Fowler, Noll & Vo 1991); no guard against somebody who wants two files to look alike.
 * False where it cannot be read. */
bool checksum_of(const char *path, uint64_t *sum);

#endif
