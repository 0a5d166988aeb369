/* What the codec's files share. */
#ifndef WIRE_CODEC_PRIVATE_H
#define WIRE_CODEC_PRIVATE_H

#include "wire/codec.h"

/* False, with a sentence about the bytes of `what`. */
bool codec_malformed(struct error *error, const char *what);
/* By its name; NULL when bad. */
const struct synapse_type *codec_read_synapse(struct reader *reader);

#endif
