/* What the files of the codec (wire/codec.h) share. Reading from a reader that is bad gives no value. */
#ifndef WIRE_CODEC_PRIVATE_H
#define WIRE_CODEC_PRIVATE_H

#include "wire/codec.h"

/* False, with a sentence about the bytes of `what`. */
bool codec_malformed(struct error *error, const char *what);
/* By its name; NULL when bad. */
const struct synapse_type *codec_read_synapse(struct reader *reader);

#endif
