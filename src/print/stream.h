/* Cairo writes through a function; this one writes to a FILE. */
#ifndef PRINT_STREAM_H
#define PRINT_STREAM_H

#include <cairo.h>

cairo_status_t stream_write(void *file, const unsigned char *bytes, unsigned length);

#endif
