/* Files that are no text at all (NumPy, HDF5, images ...), known by their first bytes. Any thread. */
#ifndef TEXT_MAGIC_H
#define TEXT_MAGIC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* False with "this is a NumPy file (.npy); numpy.savetxt writes it as text" when the first bytes give it
 * away. */
bool magic_check(const char *bytes, size_t length, struct error *error);

#endif
